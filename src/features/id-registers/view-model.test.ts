import { expect, test } from 'vitest';
import { asSentence, fieldOf, linesFor, valueText, verdictWords, withField } from './view-model.ts';

const AT = { msb: 19, lsb: 16 };

test('values of fields, and a register with one changed', () => {
  expect(valueText(2n, { ...AT, signed: false })).toBe('2');
  expect(valueText(15n, { ...AT, signed: false })).toBe('0xf');
  expect(valueText(15n, { ...AT, signed: true })).toBe('\u22121');
  expect(valueText(1n, { ...AT, signed: true })).toBe('1');
  expect(fieldOf(0x1234_5678n, AT)).toBe(4n);
  expect(withField(0x1234_5678n, AT, 0xfn)).toBe(0x123f_5678n);
});

test('the list: by words, AArch32 and empty slots last', () => {
  const line = (name: string, note = '') => ({ name, encoding: '', note, changed: 0 });
  const lines = [line('ID_PFR0_EL1'), line('S3_0_C0_C3_7', 'unallocated'), line('ID_AA64PFR0_EL1'), line('CTR_EL0')];
  expect(linesFor(lines, '').map((l) => l.name)).toEqual(['ID_AA64PFR0_EL1', 'CTR_EL0', 'ID_PFR0_EL1', 'S3_0_C0_C3_7']);
  expect(linesFor(lines, 'pfr0 64').map((l) => l.name)).toEqual(['ID_AA64PFR0_EL1']);
});

test('verdicts before and after', () => {
  const verdict = { value: 0n, stored: undefined, errno: 'EINVAL', text: '', by: 'kvm', field: 'SVE', late: false } as const;
  expect(verdictWords(verdict, false)).toBe('would be EINVAL: SVE');
  expect(verdictWords({ ...verdict, errno: '', field: '' }, true)).toBe('returned 0');
});

test('reasons as sentences', () => {
  expect(asSentence('the VM has run')).toBe('The VM has run.');
  expect(asSentence('SVE is fixed.')).toBe('SVE is fixed.');
  expect(asSentence('')).toBe('');
});
