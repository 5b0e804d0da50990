import { expect, test } from 'vitest';
import { hold } from './judge.ts';
import { differs, type Json, resolve } from './match.ts';

/** A pattern, what came, and the difference. */
function check(want: Json, got: Json, expected: string | undefined): void {
  expect(differs(want, got, '', new Map())).toBe(expected);
}

test('patterns', () => {
  check({ a: '0x10' }, { a: 16, b: 1 }, undefined);
  check({ a: 1 }, { a: '0x2' }, 'a: 1 expected, "0x2" found');
  check({ a: 1 }, {}, 'a: 1 expected, undefined found');
  check({ a: [1, 2] }, { a: [1, 2, 3] }, undefined);
  check({ a: [1, 2] }, { a: [1] }, 'a[1]: 2 expected, undefined found');
  check({ errno: 'EINVAL' }, { errno: 'einval' }, undefined);
  check({ ret: { $not: -1 } }, { ret: -1 }, 'ret: must not be -1');
  check({ ret: { $in: [1, 2] } }, { ret: 3 }, 'ret: none of [1,2]: 3');
  check({ v: { $mask: ['0xf0', '0x30'] } }, { v: '0x3f' }, undefined);
  check({ v: { $mask: ['0xf0', '0x30'] } }, { v: '0x4f' }, 'v: 0x4f & 0xf0 is 0x40, not 0x30');
  check({ v: { $any: [{ a: 1 }, { b: 1 }] } }, { v: { b: 1 } }, undefined);
});

test('values of earlier steps', () => {
  const saved = new Map<string, Json>([['id', '0x1234']]);
  expect(resolve({ value: { $from: 'id', field: [7, 4], set: '+1' } }, saved)).toEqual({ value: '0x1244' });
  expect(resolve({ $from: 'id', field: [3, 0], set: '-1' }, saved)).toBe('0x1233');
  expect(resolve({ $from: 'id', field: [15, 12], set: 0, add: 1 }, saved)).toBe('0x235');
});

test('a script is held to its expectations and may use what was saved', () => {
  // A player that answers each step with the value it was given, plus one.
  const player = (steps: readonly Readonly<Record<string, Json>>[]) => ({
    results: steps.map((step) => ({ ret: 0, value: Number(step.value ?? 0) + 1 })),
  });
  const script = (wanted: number) => [
    { ioctl: 'A', value: 4, expect: { value: { save: 'x' } } },
    { ioctl: 'B', value: { $from: 'x' }, expect: { value: wanted } },
  ];
  expect(hold(script(6), player)).toBeUndefined();
  expect(hold(script(7), player)).toBe('step 2 (B): value: 7 expected, 6 found');
  expect(hold([{ ioctl: 'A' }], () => ({ results: [{ ret: -1, errno: 'EINVAL' }] }))).toBe(
    'step 1 (A): ret: must not be -1 (EINVAL)',
  );
  expect(hold([{ ioctl: 'A' }], () => ({ results: [], why: 'exit status 70' }))).toBe('step 1 (A): exit status 70');
});
