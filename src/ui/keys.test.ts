import { expect, test } from 'vitest';
import { ringMove } from './keys.ts';

test.each([
  ['ArrowRight', 0, 'row', 1],
  ['ArrowRight', 2, 'row', 0],
  ['ArrowLeft', 0, 'row', 2],
  ['ArrowDown', 0, 'row', undefined],
  ['ArrowDown', 0, 'column', 1],
  ['ArrowUp', -1, 'column', 2],
  ['ArrowDown', -1, 'both', 0],
  ['Home', 2, 'row', 0],
  ['End', 0, 'row', 2],
  ['x', 0, 'both', undefined],
] as const)('%s from %i along %s', (key, at, axis, to) => {
  expect(ringMove(key, at, 3, axis)).toBe(to);
});

test('nothing to move to', () => {
  expect(ringMove('End', 0, 0, 'row')).toBeUndefined();
});
