import { expect, test } from 'vitest';
import { type Counts, fuzzIoctls } from './sequence.ts';

test('random ioctls give results or errnos', () => {
  const counts: Counts = { calls: 0, runs: 0, exits: {}, errors: {} };
  expect(fuzzIoctls(7, 0, 100, counts)).toEqual([]);
  expect(Object.keys(counts.errors).length).toBeGreaterThan(8);
});

test('an internal error is a failure, told with the calls before it', () => {
  const counts = Object.defineProperty({ calls: 0, exits: {}, errors: {} }, 'runs', {
    get: () => 0,
    set() {
      throw new TypeError('planted');
    },
  }) as Counts;
  const failures = fuzzIoctls(7, 0, 4, counts);
  expect(failures.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  for (const { calls, what } of failures) {
    expect(what).toContain('planted');
    expect(calls.length).toBeGreaterThan(3);
  }
});

test('a sequence alone is the same as among others', () => {
  const among: Counts = { calls: 0, runs: 0, exits: {}, errors: {} };
  const alone: Counts = { calls: 0, runs: 0, exits: {}, errors: {} };
  fuzzIoctls(7, 16, 9, among);
  fuzzIoctls(7, 24, 1, alone);
  const before: Counts = { calls: 0, runs: 0, exits: {}, errors: {} };
  fuzzIoctls(7, 16, 8, before);
  expect(alone.calls).toBe(among.calls - before.calls);
  expect(alone.runs).toBe(among.runs - before.runs);
});
