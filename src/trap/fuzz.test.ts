// No combination of encoding, level and control values may be an internal error, and every answer says why.
import { expect, test } from 'vitest';
import { FEATURE_ROWS, type FeatureSet } from '#arch/features';
import type { Instruction } from './instructions.ts';
import { State } from './test-state.ts';
import { createTraps } from './traps.ts';

/** xorshift32: the same numbers on every run. */
function random(seed: number): () => number {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 0;
  };
}

const INSTRUCTIONS: readonly Instruction[] = [
  ...(
    ['WFI', 'WFE', 'ERET', 'ERETAA', 'ERETAB', 'PAC', 'FP', 'SVE', 'MOPS', 'LD64B', 'ST64BV', 'ST64BV0', 'PSB', 'TSB'] as const
  ).map((kind) => ({ kind })),
  ...(['SVC', 'HVC', 'SMC', 'BRK'] as const).map((kind) => ({ kind, imm16: 0xffff })),
  ...(['WFIT', 'WFET'] as const).map((kind) => ({ kind, rn: 31 })),
];

test('every encoding, at every level, both directions, with random controls and features', () => {
  const next = random(0x7261_7073);
  let trapped = 0;
  for (let round = 0; round < 6; round++) {
    const features: FeatureSet = new Set(
      FEATURE_ROWS.map(({ name }) => name).filter((name) => name !== 'EL3' && (round === 0 || next() % 3 !== 0)),
    );
    const traps = createTraps(features);
    const view = new State(0);
    for (let encoding = 0; encoding < 0x1_0000; encoding++) {
      if (encoding % 4096 === 0) for (let i = 0; i < view.words.length; i++) view.words[i] = next();
      view.el = (next() % 3) as 0 | 1 | 2;
      view.sp = (next() % 2) as 0 | 1;
      const direction = next() % 2 === 0 ? 'read' : 'write';
      const decision = traps.access(view, { encoding, direction, rt: encoding & 31 });
      if (decision.kind === 'ok') continue;
      if (decision.cause.length === 0 || decision.cause[0]!.doc === '') expect.fail(`no cause for ${encoding}`);
      if (decision.kind !== 'trap') continue;
      trapped++;
      if (decision.target < view.el || decision.ec === 0) expect.fail(`EL${view.el} to EL${decision.target} for ${encoding}`);
    }
    for (const instruction of INSTRUCTIONS) {
      for (const el of [0, 1, 2] as const) {
        view.el = el;
        const decision = traps.instruction(view, instruction);
        if (decision.kind === 'trap') expect(decision.target).toBeGreaterThanOrEqual(Math.max(el, 1));
      }
    }
  }
  expect(trapped).toBeGreaterThan(1000);
});
