// A part of `npm run decode-space`: overlaps, the shape of the gaps, and words there and back.
import { expect, test } from 'vitest';
import { decode } from '#isa';
import { disassemble } from '../oracles/binutils.ts';
import { anyWords, wordsOfRows } from './round-trip.ts';
import { gaps, overlaps, sizeOf, textOf, wordsOf } from './space.ts';
import { randomWords } from './words.ts';

test('no word has two rows', () => {
  expect(overlaps()).toEqual([]);
});

test('what no pattern reaches is no instruction, to this decoder and to objdump', () => {
  const found = gaps();
  const next = randomWords(7);
  const words = found.flatMap((region) => wordsOf(region, Math.min(2, sizeOf(region)), next));
  expect(words.filter((word) => decode(word))).toEqual([]);
  const texts = disassemble(words);
  expect(words.filter((_, n) => texts[n] !== undefined).map((word) => word.toString(16))).toEqual([]);
});

test('gaps and rows are all of the space', () => {
  const found = gaps();
  const inGap = (word: number): boolean => found.some(({ mask, value }) => (word & mask) >>> 0 === value);
  const next = randomWords(8);
  const neither = Array.from({ length: 2000 }, next).filter((word) => inGap(word) && decode(word));
  expect(neither).toEqual([]);
  expect(textOf({ mask: 0xf000_0000, value: 0x5000_0000 })).toBe(`0101${'x'.repeat(28)}`);
});

test('words come back', () => {
  for (const trip of [anyWords(50_000, 11), wordsOfRows(50_000, 12)]) {
    expect(trip.mismatches).toEqual([]);
    expect(trip.decoded).toBeGreaterThan(20_000);
  }
});
