import { expect, test } from 'vitest';
import type { ControlView } from '#client';
import { choiceWord, differs, exitsWord, kvmDigit, runs, takesTitle } from './view-model.ts';

const control = (change: Partial<ControlView>): ControlView => ({
  name: 'TIDCP',
  msb: 20,
  lsb: 20,
  value: 1n,
  meaning: '',
  doc: '',
  absent: '',
  values: [],
  group: 1,
  kvm: '1',
  takes: 1,
  exits: 0,
  lines: [],
  ...change,
});

test('the choice says what a register has decided', () => {
  const line = { name: 'HCR_EL2', doc: '', fine: false, value: 0n, absent: '', exits: 21 };
  expect(choiceWord(line)).toBe('HCR_EL2 · 21 exits');
  expect(choiceWord({ ...line, exits: 0 })).toBe('HCR_EL2');
  expect(choiceWord({ ...line, absent: 'needs FEAT_FGT2' })).toBe('HCR_EL2 · not here');
  expect(exitsWord(1)).toBe('1 exit');
});

test('KVM’s default: a digit, or what it depends on', () => {
  expect(kvmDigit({ kvm: '0' })).toEqual({ digit: '0', depends: '' });
  expect(kvmDigit({ kvm: 'VM with MTE' })).toEqual({ digit: '?', depends: 'VM with MTE' });
});

test('a control that stands otherwise than KVM leaves it', () => {
  expect(differs(control({}))).toBe(false);
  expect(differs(control({ value: 0n }))).toBe(true);
  expect(differs(control({ kvm: '0', value: 1n }))).toBe(true);
  expect(differs(control({ kvm: 'VM with MTE', value: 1n }))).toBe(false);
  // HCR_EL2.BSU: set, to a value of its own.
  expect(differs(control({ msb: 11, lsb: 10, value: 1n }))).toBe(false);
  expect(differs(control({ value: 0n, absent: 'needs FEAT_X' }))).toBe(false);
});

test('what is taken, and runs of numbers', () => {
  const takes = { direction: 'read', from: ['EL0', 'EL1'], to: 'EL2', ec: 0x18, ecName: '', condition: '', names: [] } as const;
  expect(takesTitle(takes)).toBe('Reads at EL0, EL1 → EL2');
  expect(takesTitle({ ...takes, direction: 'execute', to: 'UNDEFINED' })).toBe('Instructions at EL0, EL1 → UNDEFINED');
  expect(runs([1, 2, 3, 7])).toBe('1–3, 7');
  expect(runs([])).toBe('');
});
