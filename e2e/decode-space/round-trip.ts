// decode(encode(row, fields)) gives the row and the fields again: over words drawn from all 2^32, and over words of each row in turn.
import { decode, encodeFields } from '#isa';
import { ROWS, wordOfRow } from './space.ts';
import { randomWords } from './words.ts';

export interface RoundTrip {
  readonly words: number;
  /** Of these, how many are instructions. */
  readonly decoded: number;
  readonly mismatches: readonly string[];
}

const hex = (word: number): string => `0x${word.toString(16).padStart(8, '0')}`;

/** What is wrong with a word, or undefined. */
function mismatch(word: number): string | undefined {
  const first = decode(word);
  if (!first) return undefined;
  const { pattern } = first.row;
  const encoded = encodeFields(pattern, first.fields);
  // Should-be bits are written as they should be.
  if (((encoded ^ word) & ~pattern.shouldBeMask) !== 0) return `${first.name}: ${hex(word)} comes back as ${hex(encoded)}`;
  const again = decode(encoded);
  if (again?.row !== first.row) return `${first.name}: ${hex(encoded)} decodes as ${again?.name ?? 'nothing'}`;
  const changed = pattern.fields.find(({ name }) => again.fields[name] !== first.fields[name]);
  return changed === undefined ? undefined : `${first.name}: field ${changed.name} of ${hex(word)}`;
}

/** `count` words drawn from all there are. */
export function anyWords(count: number, seed: number): RoundTrip {
  const next = randomWords(seed);
  const mismatches: string[] = [];
  let decoded = 0;
  for (let n = 0; n < count; n += 1) {
    const word = next();
    if (decode(word)) decoded += 1;
    const wrong = mismatch(word);
    if (wrong !== undefined) mismatches.push(wrong);
  }
  return { words: count, decoded, mismatches };
}

/** `count` words, as many of each row. A row that is a more general case may find its word owned by the special one. */
export function wordsOfRows(count: number, seed: number): RoundTrip {
  const next = randomWords(seed);
  const mismatches: string[] = [];
  let words = 0;
  for (let n = 0; words < count; n += 1) {
    const named = ROWS[n % ROWS.length] as (typeof ROWS)[number];
    const word = wordOfRow(named, next);
    words += 1;
    const wrong = word === undefined ? `${named.name}: no word found` : (mismatch(word) ?? unread(word, named.name));
    if (wrong !== undefined) mismatches.push(wrong);
  }
  return { words, decoded: words, mismatches };
}

function unread(word: number, name: string): string | undefined {
  return decode(word) ? undefined : `${name}: ${hex(word)} is its own and decodes as nothing`;
}
