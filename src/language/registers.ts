// Names of registers, for completion.

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${letter}${n}`);
}

/** Registers by class, and one of each class that stands for all when it is asked whether the class may stand somewhere. */
export const REGISTER_CLASSES: readonly {
  readonly probe: string;
  readonly names: readonly string[];
  readonly doc: string;
}[] = [
  { probe: 'x2', names: numbered('x', 31), doc: 'a 64-bit general register' },
  { probe: 'w2', names: numbered('w', 31), doc: 'the low 32 bits of a general register' },
  { probe: 'xzr', names: ['xzr'], doc: 'reads as zero, ignores writes' },
  { probe: 'wzr', names: ['wzr'], doc: 'reads as zero, ignores writes' },
  { probe: 'sp', names: ['sp'], doc: 'the stack pointer' },
  { probe: 'wsp', names: ['wsp'], doc: 'the low 32 bits of the stack pointer' },
  { probe: 'q2', names: numbered('q', 32), doc: 'a 128-bit SIMD and floating-point register' },
  { probe: 'd2', names: numbered('d', 32), doc: 'the low 64 bits of a SIMD and floating-point register' },
  { probe: 's2', names: numbered('s', 32), doc: 'the low 32 bits of a SIMD and floating-point register' },
  { probe: 'h2', names: numbered('h', 32), doc: 'the low 16 bits of a SIMD and floating-point register' },
  { probe: 'b2', names: numbered('b', 32), doc: 'the low 8 bits of a SIMD and floating-point register' },
];
