import { expect, test } from 'vitest';
import { type Counts, fuzzIoctls } from './sequence.ts';

test('random ioctls give results or errnos', () => {
  const counts: Counts = { calls: 0, runs: 0, exits: {}, errors: {} };
  expect(fuzzIoctls(7, 0, 100, counts)).toEqual([]);
  expect(Object.keys(counts.errors).length).toBeGreaterThan(8);
});
