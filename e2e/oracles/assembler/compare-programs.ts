// Programs here and in GNU as and ld: the same bytes and symbols, or refused by both.
import { assemble } from '#asm';
import { assemble as gnuAssemble } from '../binutils.ts';
import { random } from '../fuzz/random.ts';
import type { Outcome } from './outcome.ts';
import { type Block, programOf } from './programs.ts';

const BASE = 0x4008_0000;

/** What is not the same; undefined: nothing. */
export function differenceOf(text: string): string | undefined {
  const theirs = gnuAssemble(text, BASE);
  const ours = assemble(text, { base: BigInt(BASE) });
  if (!theirs.ok) {
    // An error without a line is one of GNU as itself.
    if (ours.image === undefined || theirs.errors.length === 0) return undefined;
    return `GNU as refuses it: ${theirs.errors.map(({ line, message }) => `${line}: ${message}`).join('; ')}`;
  }
  if (ours.image === undefined) {
    const { line, message } = ours.diagnostics.find((d) => d.severity === 'error') ?? { line: 0, message: '' };
    // ld cuts the low bits off a distance from or to a place that is not at a multiple of 4.
    if (message.includes('is not a multiple of 4 bytes away')) return undefined;
    return `refused here: ${line}: ${message}`;
  }
  // objcopy begins with the first section that has contents.
  const gap = theirs.bytes.length === 0 ? 0 : theirs.start - BASE;
  const [a, b] = [ours.image, Buffer.concat([new Uint8Array(gap), theirs.bytes])];
  const at = Array.from({ length: Math.max(a.length, b.length) }, (_, n) => n).find((n) => a[n] !== b[n]);
  if (at !== undefined) {
    const some = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(at & ~7, (at & ~7) + 16)).toString('hex');
    return `byte ${at}: here ${some(a)} (${a.length}), GNU as ${some(b)} (${b.length})`;
  }
  for (const [name, value] of theirs.symbols) {
    const here = ours.symbols.get(name)?.value;
    if (here !== value) return `${name}: here ${here?.toString(16)}, GNU as ${value.toString(16)}`;
  }
  return undefined;
}

/** The blocks without those that the difference does not need. */
function minimal(blocks: readonly Block[]): readonly Block[] {
  let kept = blocks.map((block) => [...block]);
  const kindOf = (difference: string | undefined): string | undefined => difference?.replace(/\d+/g, '').slice(0, 60);
  const kind = kindOf(differenceOf(`${blocks.flat().join('\n')}\n`));
  const textOf = (some: readonly Block[]): string => `${some.flat().join('\n')}\n`;
  for (const lines of [false, true]) {
    if (lines) kept = kept.flat().map((line) => [line]);
    for (let n = kept.length - 1; n >= 0 && kept.length > 1; n -= 1) {
      const without = kept.filter((_, at) => at !== n);
      if (kindOf(differenceOf(textOf(without))) === kind) kept = without;
    }
  }
  return kept;
}

export function comparePrograms(seed: number, count: number): Outcome {
  const differences: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const blocks = programOf(random(seed, n));
    if (differenceOf(`${blocks.flat().join('\n')}\n`) === undefined) continue;
    const small = minimal(blocks).flat().join('\n');
    differences.push(`program ${n}: ${differenceOf(`${small}\n`)}\n${small.replace(/^/gm, '    ')}`);
  }
  return { compared: count, differences };
}

/** Lines that are wrong, each for itself, or that look it. */
const WRONG = [
  ' foo x1',
  ' add x0, x1',
  ' add w0, x1, #3',
  ' mov x0, #0x12345',
  ' ldr x0, [x1, #32761]',
  ' .bogus 1',
  ' b.xx .',
  ' ldr x0, [x1',
  ' .word 08',
  ' .byte (1',
  ' .balign 3',
  ' .error "stop"',
  ' .err',
  ' .fill 1, 2, 3, 4',
  ' .ascii abc',
  ' .space later_symbol_x',
  ' .org 0',
  ' .set 1x, 3',
  ' .equ onlyname',
  ' .arch armv7-a',
  ' .req x0',
  ' .unreq nobody',
  ' b 3b',
  ' tbz x0, #64, .',
  ' movz x0, #1, lsl #8',
  ' str x0, [x1], x2',
  ' .float abc',
  ' .type f, %nothing',
  ' .inst zzz',
  ' .section',
  ' .popsection extra',
  ' .ltorg 4',
  ' ldr x0, =',
  ' mrs x0, no_such_register',
  ' msr midr_el1, #3',
  ' svc #65536',
  ' .hword 1 2',
  ' .string "a" 5',
  ' .p2align 2 3',
  ' nop nop',
  '9abc: nop',
  ' ,',
  ' adr x0, .+0x200000',
  ' cbz x0, .+2',
  ' .dc.q 1',
  ' .purgem nobody_m',
] as const;

/** Lines that are right. */
const RIGHT = [
  ' nop',
  ' .word 1',
  ' .byte 1, 2',
  ' add x0, x1, x2',
  ' .ascii "text"',
  ' .set n, 5',
  ' b .',
  ' ldr x0, =1',
  ' .balign 8',
  '# comment',
] as const;

/** Lines that GNU as finds fault with and that are not found here, and the other way about. */
export function compareMistakes(seed: number, count: number): Outcome {
  const differences: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const numbers = random(seed, n, 1);
    const lines = Array.from({ length: numbers.range(4, 16) }, () => numbers.pick<string>(numbers.oneIn(3) ? WRONG : RIGHT));
    const text = `${lines.join('\n')}\n`;
    const theirs = gnuAssemble(text, BASE);
    const wrongThere = new Map((theirs.ok ? [] : theirs.errors).map(({ line, message }) => [line, message]));
    const errors = assemble(text, { base: BigInt(BASE) }).diagnostics.filter((d) => d.severity === 'error');
    const wrongHere = new Map(errors.map(({ line, message }) => [line, message]));
    // A wrong instruction takes no room there; here its four bytes stay, and .org may not fit.
    if (text.includes('.org')) continue;
    // GNU as loses count of lines behind some mistakes, so how many lines are wrong is what is compared.
    if (wrongHere.size === wrongThere.size) continue;
    const listed = (wrong: ReadonlyMap<number, string>): string =>
      [...wrong].map(([line, message]) => `${line} ${message}`).join('; ');
    differences.push(`program ${n}: here ${listed(wrongHere)}\n  GNU as ${listed(wrongThere)}\n${text.replace(/^/gm, '    ')}`);
  }
  return { compared: count, differences };
}
