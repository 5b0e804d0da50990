// The translation regimes agree with QEMU on a fixed part of the fuzzer's cases, and a wrong descriptor is found out.
import { expect, test } from 'vitest';
import { batchOf } from './cases.ts';
import { compare } from './compare.ts';
import { QEMU, runBatch, TRAPSCOPE } from './run.ts';

test.each([0, 1, 2, 3, 4, 5])('batch %i of seed 11', (number) => {
  const batch = batchOf(11, number, 150);
  const [a, b] = runBatch(batch, [QEMU, TRAPSCOPE]);
  if (a === undefined || b === undefined) throw new Error('an engine gave nothing');
  expect(compare(batch, a, b).map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
  expect(b.tables).toEqual(a.tables);
});

test('other tables are other results', () => {
  const batch = batchOf(11, 0, 150);
  const tables = batch.tables.map((byte, at) => (at % 8 === 1 ? byte ^ 4 : byte)); // the Access flag
  const [a] = runBatch(batch, [QEMU]);
  const [b] = runBatch({ ...batch, tables }, [QEMU]);
  if (a === undefined || b === undefined) throw new Error('an engine gave nothing');
  expect(compare(batch, a, b).length).toBeGreaterThan(20);
});
