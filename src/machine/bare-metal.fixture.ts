// A program on the bare-metal board, for tests: at EL2, in 2 MiB of memory.
import { assemble } from '#asm';
import { assert } from '#base';
import { type BoardConfig, DEFAULT_BOARD } from '#project';
import { createMachine } from './machine.ts';
import type { Machine } from './types.ts';

/** The machine at reset with this program at 0x40080000. */
export function bareMetal(text: string, board: Partial<BoardConfig> = {}): Machine {
  const program = assemble(text, { base: 0x4008_0000n });
  assert(program.image, program.diagnostics.map((d) => `${d.line}: ${d.message}`).join('\n'));
  const made = createMachine({
    board: { ...DEFAULT_BOARD, hypervisor: 'none', el: 2, memory: 2 << 20, ...board },
    config: {},
    rules: [],
    image: { parts: [{ address: program.base, bytes: program.image }], entry: program.entry },
    console: () => undefined,
  });
  assert(made.ok, made.ok ? '' : made.error);
  return made.value;
}

/** X registers of the first CPU. */
export const seen = (machine: Machine, ...registers: readonly number[]): readonly bigint[] =>
  registers.map((n) => machine.processor(0).x(n));
