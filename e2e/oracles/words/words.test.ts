import { expect, test } from 'vitest';
import { noCounts, randomWords } from './random-words.ts';

test('random words at random levels with random state are no internal errors', () => {
  const counts = noCounts();
  expect(randomWords(11, 0, 40, counts)).toEqual([]);
  expect(counts.words).toBe(20_000);
  expect(counts.executed).toBeGreaterThan(12_000);
  expect(Object.keys(counts.worlds)).toHaveLength(6);
}, 20_000);
