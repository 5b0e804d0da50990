import { describe, expect, test } from 'vitest';
import { bitsPerRow, itemAt, itemValue, layOutBits, moveBit, nameStands } from './bit-layout.ts';

const ec = { name: 'EC', msb: 31, lsb: 26 };
const il = { name: 'IL', msb: 25, lsb: 25 };

test('rows of 32, highest first, gaps become unnamed boxes', () => {
  const rows = layOutBits([il, ec, { name: 'ISS2', msb: 55, lsb: 32 }], 64);
  expect(rows.map((row) => row.boxes.map((box) => [box.item.name, box.msb, box.lsb, box.from, box.to]))).toEqual([
    [
      ['', 63, 56, 1, 9],
      ['ISS2', 55, 32, 9, 33],
    ],
    [
      ['EC', 31, 26, 1, 7],
      ['IL', 25, 25, 7, 8],
      ['', 24, 0, 8, 33],
    ],
  ]);
});

test('a field across two rows is cut and named in both', () => {
  const rows = layOutBits([{ name: 'BADDR', msb: 47, lsb: 1 }], 64);
  expect(rows.map((row) => row.boxes.filter((box) => box.named).map((box) => [box.msb, box.lsb]))).toEqual([
    [[47, 32]],
    [[31, 1]],
  ]);
});

test('less than 32 bits make one short row', () => {
  const [row] = layOutBits([{ name: 'imm', msb: 15, lsb: 0 }], 16);
  expect(row?.boxes).toMatchObject([{ from: 1, to: 17 }]);
});

test('every bit is in exactly one box', () => {
  for (const row of layOutBits([ec, { name: 'x', msb: 40, lsb: 30 }, { name: 'y', msb: 5, lsb: 5 }], 64)) {
    const covered = row.boxes.flatMap((box) => Array.from({ length: box.msb - box.lsb + 1 }, (_, index) => box.msb - index));
    expect(covered).toEqual(Array.from({ length: 32 }, (_, index) => row.msb - index));
  }
});

test('itemValue and itemAt', () => {
  expect(itemValue(0x9325_8005n, ec)).toBe(0x24n);
  expect(itemAt([ec, il], 25)).toBe(il);
  expect(itemAt([ec, il], 0)).toBeUndefined();
});

test.each([
  ['ArrowLeft', 0, 1],
  ['ArrowLeft', 63, undefined],
  ['ArrowRight', 0, undefined],
  ['ArrowUp', 5, 37],
  ['ArrowDown', 5, undefined],
  ['Home', 5, 31],
  ['Home', 40, 63],
  ['End', 40, 32],
  ['x', 40, undefined],
])('moveBit %s from %s', (key, from, to) => {
  expect(moveBit(key, from, 64)).toBe(to);
});

test('a long name over one narrow cell stands, over many it lies', () => {
  expect(nameStands('WnR', 1, 17)).toBe(true);
  expect(nameStands('EA', 1, 17)).toBe(true);
  expect(nameStands('EA', 1, 28)).toBe(false);
  expect(nameStands('SRT', 5, 17)).toBe(false);
  expect(nameStands('WnR', 1, 28)).toBe(false);
});

describe('where there is little room', () => {
  test('rows have half as many bits', () => {
    expect([544, 352, 351].map((available) => bitsPerRow(available, 64, 'read'))).toEqual([32, 32, 16]);
    expect([544, 511].map((available) => bitsPerRow(available, 64, 'hit'))).toEqual([32, 16]);
    expect([bitsPerRow(100, 16, 'read'), bitsPerRow(200, 20, 'read')]).toEqual([32, 16]);
    const rows = layOutBits([{ name: 'A', msb: 17, lsb: 14 }], 32, 16);
    expect(rows.map(({ msb, lsb }) => [msb, lsb])).toEqual([
      [31, 16],
      [15, 0],
    ]);
    expect(rows[0]?.boxes.at(-1)).toMatchObject({ named: true, msb: 17, lsb: 16, from: 15, to: 17 });
    expect([moveBit('ArrowDown', 20, 32, 16), moveBit('Home', 20, 32, 16), moveBit('ArrowUp', 20, 32, 16)]).toEqual([
      4,
      31,
      undefined,
    ]);
  });
});
