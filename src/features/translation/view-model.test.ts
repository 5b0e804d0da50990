import { expect, test } from 'vitest';
import type { TranslationView, WalkStageView, WalkStepView } from '#client';
import { opensUnasked, outcomeSentence, registerPicks, stepLeads, stepName } from './view-model.ts';

const step: WalkStepView = {
  stage: 2,
  level: 1,
  table: 0xf0_0000_2000n,
  index: 3,
  msb: 38,
  lsb: 30,
  address: 0xf0_0000_2018n,
  physical: 0xf0_0000_2018n,
  descriptor: 0n,
  kind: 'invalid',
  output: undefined,
  what: 'invalid',
  fields: [],
  located: [],
};

test('addresses to pick are those of the registers, the stack pointer that of the mode', () => {
  const registers = new BigUint64Array(36);
  registers.set([1n, 2n, 3n, 0x4008_0000n, 0x3c5n], 31);
  registers[7] = 77n;
  const { places, general } = registerPicks(registers);
  expect(places).toEqual([
    { text: 'pc', address: 0x4008_0000n },
    { text: 'sp', address: 2n },
  ]);
  expect(general[7]).toEqual({ text: 'x7', address: 77n });
  registers[35] = 0x3c4n;
  expect(registerPicks(registers).places[1]?.address).toBe(1n);
});

test('steps in words', () => {
  expect(stepName(step)).toBe('L1[3]');
  expect(stepLeads(step)).toBe('invalid');
  expect(stepLeads({ ...step, what: '2 MiB block', output: 0x10_4000_0000n })).toBe('2 MiB block at 0x0000_0010_4000_0000');
});

test('only the last step of a stage stands open unasked', () => {
  const last = { ...step, level: 2 };
  const stage = { steps: [step, last] } as unknown as WalkStageView;
  expect([opensUnasked(stage, step), opensUnasked(stage, last)]).toEqual([false, true]);
});

test('the outcome in a sentence', () => {
  const view = { address: 0xb00_0003n, access: 'read', level: 'EL1' } as unknown as TranslationView;
  const abort = { to: 'EL2', ec: 0x24, ecName: '', esr: 0n, fields: [], far: 0n, hpfar: undefined, why: [] } as const;
  const fault = {
    kind: 'fault',
    name: 'Translation fault, level 1',
    stage: 2,
    code: 5,
    ipa: 1n,
    onWalk: false,
    reasons: [],
    abort,
  } as const;
  expect(outcomeSentence({ ...view, outcome: fault })).toBe('read of 0xb000003 at EL1: Translation fault, level 1, stage 2');
  expect(outcomeSentence({ ...view, outcome: { ...fault, onWalk: true } })).toContain('on the walk of stage 1');
});
