// A fixed part of each campaign against GNU binutils.
import { expect, test } from 'vitest';
import { compareLines } from './compare-lines.ts';
import { compareWords } from './compare-words.ts';

test('lines: the same words as GNU as, and refused by both', () => {
  expect(compareLines(20_261_120, 4000).differences).toEqual([]);
});

test('words: the same text as objdump', () => {
  expect(compareWords(20_261_120, 20_000).differences).toEqual([]);
});
