import { expect, test } from 'vitest';
import type { AnswerRule } from '#project';
import { draftOf, NEW_DRAFT, ruleOf, ruleWords, withKind, withMoved } from './view-model.ts';

const RULES: readonly AnswerRule[] = [
  { on: 'mmio', address: '0xb000003', size: 1, access: 'read', do: 'value', value: '0x2a' },
  { on: 'sysreg', register: '*', access: 'any', do: 'undef' },
  { on: 'nisv', do: 'decode' },
  { on: 'hypercall', function: '0x86000000', do: 'value', values: ['0x0', '0x1'] },
];

test('rules in words', () => {
  expect(RULES.map(ruleWords)).toEqual([
    { kind: 'MMIO', on: 'read 0xb000003', answer: '0x2a' },
    { kind: 'register', on: 'any register', answer: 'refuse: UNDEFINED' },
    { kind: 'no syndrome', on: 'any access', answer: 'decode in userspace' },
    { kind: 'hypercall', on: '0x86000000', answer: '0x0, 0x1' },
  ]);
});

test('a rule is the same after it was opened and kept', () => {
  for (const rule of RULES) expect(ruleOf(draftOf(rule))).toEqual(rule);
});

test('another kind keeps what it can say, and what is missing is told', () => {
  expect(withKind(NEW_DRAFT, 'nisv')).toMatchObject({ on: 'nisv', do: 'decode' });
  expect(withKind(NEW_DRAFT, 'sysreg')).toMatchObject({ on: 'sysreg', do: 'storage', place: 'S3_0_C15_C2_0' });
  expect(ruleOf({ ...NEW_DRAFT, do: 'value' })).toBe('The value is missing.');
  expect(ruleOf({ ...NEW_DRAFT, size: '1.5' })).toContain('whole number');
  expect(ruleOf({ ...NEW_DRAFT, place: ' ' })).toBe('The number is missing.');
});

test('rules move by one place, and not past the ends', () => {
  const [a, b, c] = RULES as [AnswerRule, AnswerRule, AnswerRule];
  expect(withMoved([a, b, c], 0, 1)).toEqual([b, a, c]);
  expect(withMoved([a, b, c], 2, -1)).toEqual([a, c, b]);
  expect(withMoved([a, b], 1, 1)).toEqual([a, b]);
});
