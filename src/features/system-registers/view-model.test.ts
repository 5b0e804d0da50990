import { describe, expect, test } from 'vitest';
import type { FieldView } from '#client';
import { draftChanges, drafted, lineOf, namesInSight, position, withField } from './view-model.ts';

function field(name: string, msb: number, lsb: number, value: bigint, change: Partial<FieldView> = {}): FieldView {
  return { name, msb, lsb, value, meaning: '', doc: '', absent: '', values: [], group: 1, ...change };
}

describe('a value edited by hand', () => {
  const order = [
    { value: 0n, text: 'little-endian' },
    { value: 1n, text: 'big-endian' },
  ];
  const fields = [
    field('EE', 25, 25, 0n, { values: order, meaning: 'little-endian' }),
    field('gone', 24, 24, 0n, { absent: 'needs FEAT_X', group: 0 }),
    field('T0SZ', 5, 0, 16n),
  ];

  test('by field, with what the new value means', () => {
    const draft = withField(withField(0x10n, fields[0] as FieldView, 1n), fields[2] as FieldView, 25n);
    expect(draft).toBe(0x200_0019n);
    expect(drafted(fields, draft).map((f) => `${f.name} ${f.value} ${f.meaning}`.trim())).toEqual([
      'EE 1 big-endian',
      'gone 0',
      'T0SZ 25',
    ]);
    expect(draftChanges(fields, draft)).toEqual([
      { name: 'EE', before: 0n, after: 1n, width: 1 },
      { name: 'T0SZ', before: 16n, after: 25n, width: 6 },
    ]);
  });

  test('reserved bits are no change of a field', () => {
    expect(draftChanges(fields, 0x100_0010n)).toEqual([]);
  });
});

test('positions', () => {
  expect([position({ msb: 5, lsb: 0 }), position({ msb: 7, lsb: 7 })]).toEqual(['5:0', '7']);
});

test('lines of the list', () => {
  const register = (name: string, absent = '') =>
    ({ kind: 'register', name, encoding: '', access: 'rw', doc: '', absent }) as const;
  const lines = [{ kind: 'head', title: 'Timers', count: 2 } as const, register('A'), register('B', 'no'), register('C')];
  expect(lineOf(lines, 'C')).toBe(3);
  expect(lineOf(lines, undefined)).toBe(-1);
  expect(namesInSight(lines, 0, 3)).toEqual(['A']);
});
