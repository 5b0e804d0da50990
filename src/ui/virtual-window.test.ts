import { expect, test } from 'vitest';
import { moveRow, rowsInSight, scrolledHeight, scrollToRow } from './virtual-window.ts';

const short = { count: 10, rowHeight: 20, viewHeight: 100 };
const million = { count: 1_000_000, rowHeight: 19, viewHeight: 190 };

test('a short list scrolls one to one', () => {
  expect(scrolledHeight(short)).toBe(200);
  expect(rowsInSight(short, 30, 0)).toEqual({ first: 1, last: 7, top: 20 });
});

test('overscan stays inside the list', () => {
  expect(rowsInSight(short, 0)).toEqual({ first: 0, last: 9, top: 0 });
});

test('a list shorter than the view shows all of it', () => {
  expect(rowsInSight({ ...short, count: 2 }, 0)).toEqual({ first: 0, last: 1, top: 0 });
  expect(rowsInSight({ ...short, count: 0 }, 0).last).toBe(-1);
});

test('a million rows fit a height that browsers draw, and both ends are reached', () => {
  const height = scrolledHeight(million);
  expect(height).toBeLessThanOrEqual(8_000_000);
  expect(rowsInSight(million, 0, 0).first).toBe(0);
  const end = rowsInSight(million, height - million.viewHeight, 0);
  expect(end.last).toBe(999_999);
  expect(end.first).toBe(999_990);
  expect(end.top + 10 * 19).toBeCloseTo(height, 3);
});

test.each([0, 1, 4711, 500_000, 999_999])('row %i of a million can be brought in sight', (index) => {
  for (const from of [0, 4_000_000, scrolledHeight(million) - million.viewHeight]) {
    const scrollTop = scrollToRow(million, from, index);
    const { first, top } = rowsInSight(million, scrollTop, 0);
    const y = top + (index - first) * 19 - scrollTop;
    expect(y).toBeGreaterThanOrEqual(-0.01);
    expect(y + 19).toBeLessThanOrEqual(190.01);
  }
});

test('a row in sight does not scroll', () => {
  expect(scrollToRow(short, 30, 3)).toBe(30);
});

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 9, 9],
  ['ArrowUp', -1, 9],
  ['PageDown', 0, 4],
  ['End', 0, 9],
  ['a', 0, undefined],
])('%s from %i', (key, from, to) => {
  expect(moveRow(key, from, short)).toBe(to);
});
