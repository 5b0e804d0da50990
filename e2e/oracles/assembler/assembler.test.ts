// A fixed part of each campaign against GNU binutils.
import { expect, test } from 'vitest';
import { compareCompiled } from './compare-compiled.ts';
import { compareLines } from './compare-lines.ts';
import { compareMistakes, comparePrograms } from './compare-programs.ts';
import { compareWords } from './compare-words.ts';

test('lines: the same words as GNU as, and refused by both', () => {
  expect(compareLines(20_261_120, 4000).differences).toEqual([]);
});

test('words: the same text as objdump', () => {
  expect(compareWords(20_261_120, 20_000).differences).toEqual([]);
});

test('programs: the same bytes and symbols as GNU as and ld', () => {
  expect(comparePrograms(20_261_120, 20).differences).toEqual([]);
});

test('what GCC makes of C: the same bytes', () => {
  expect(compareCompiled(20_261_120, 4).differences).toEqual([]);
});

test('all mistakes of a source are found, as GNU as finds them', () => {
  expect(compareMistakes(20_261_120, 30).differences).toEqual([]);
});
