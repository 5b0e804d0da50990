// Lists overlaps and gaps of the decode space, holds the gaps to GNU objdump, and takes words there and back.
//   npm run decode-space -- [--words N] [--list] [--seed N]
// --words how many words to take there and back, of all and again of the rows (1000000)
// --list  prints every gap: bits from 31 down, x for any
// A gap is unallocated when objdump calls its words undefined too. Exit status 0: no overlap, no gap that objdump reads,
// nothing that does not come back, no row of which objdump reads some words and not others.
import { parseArgs } from 'node:util';
import { decode } from '#isa';
import { disassemble } from '../oracles/binutils.ts';
import { anyWords, type RoundTrip, wordsOfRows } from './round-trip.ts';
import { gaps, overlaps, ROWS, sizeOf, textOf, wordOfRow, wordsOf } from './space.ts';
import { randomWords } from './words.ts';

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      words: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      list: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  const classes = ROWS.filter(({ row }) => row.template.text === '').length;
  console.log(`rows: ${ROWS.length}, of them ${classes} classes of instructions without rows`);
  const twice = overlaps();
  console.log(`overlaps: ${twice.length}`);
  for (const { first, second, word } of twice) console.log(`  ${first} and ${second}: ${word.toString(16)}`);
  const unexplained = checkGaps(seed, values.list);
  const partly = checkNames(seed);
  const trips = [
    ['all words', anyWords(Number(values.words), seed)],
    ['words of rows', wordsOfRows(Number(values.words), seed)],
  ] as const;
  for (const [title, trip] of trips) report(title, trip);
  const wrong = twice.length + unexplained + partly + trips.reduce((sum, [, { mismatches }]) => sum + mismatches.length, 0);
  return wrong === 0 ? 0 : 1;
}

const SHOWN = 20;
const PER_ROW = 64;

/** Rows of which objdump reads some words and not others; those of which it reads none are newer than it. */
function checkNames(seed: number): number {
  const next = randomWords(seed);
  const rows = ROWS.filter(({ row }) => row.template.text !== '');
  const words = rows.flatMap((named) => Array.from({ length: PER_ROW }, () => wordOfRow(named, next) ?? 0));
  const texts = disassemble(words);
  const newer: string[] = [];
  const partly: string[] = [];
  for (const [n, { name, row }] of rows.entries()) {
    const read = texts.slice(n * PER_ROW, (n + 1) * PER_ROW).filter((text) => text !== undefined).length;
    if (read === 0) newer.push(`${name} (${row.feature ?? 'Armv8.0'})`);
    else if (read < PER_ROW) partly.push(`${name}: ${read} of ${PER_ROW}`);
  }
  console.log(`rows that objdump reads in part: ${partly.length}; rows that are newer than it: ${newer.length}`);
  for (const line of partly) console.log(`  ${line}`);
  if (newer.length > 0) console.log(`  ${newer.join(', ')}`);
  return partly.length;
}

function report(title: string, { words, decoded, mismatches }: RoundTrip): void {
  console.log(`there and back, ${title}: ${words}, ${decoded} of them instructions, ${mismatches.length} mismatches`);
  for (const line of mismatches.slice(0, SHOWN)) console.log(`  ${line}`);
}

/** How many words that no row owns are instructions to objdump. */
function checkGaps(seed: number, list: boolean): number {
  const found = gaps();
  const size = found.reduce((sum, region) => sum + sizeOf(region), 0);
  console.log(`gaps: ${found.length} regions that no pattern reaches, ${((size / 2 ** 32) * 100).toFixed(2)} % of all words`);
  if (list) for (const region of found) console.log(`  ${textOf(region)} ${sizeOf(region)}`);
  const next = randomWords(seed);
  const inGaps = found.flatMap((region) => wordsOf(region, Math.min(4, sizeOf(region)), next));
  // And what rows refuse, by conditions on fields.
  const refused = Array.from({ length: 200_000 }, next).filter((word) => !decode(word));
  const words = [...inGaps, ...refused];
  const texts = disassemble(words);
  const unexplained = texts.flatMap((text, n) =>
    text === undefined ? [] : [`${(words[n] as number).toString(16).padStart(8, '0')} ${text}`],
  );
  console.log(`  ${words.length} words of them and of what rows refuse: objdump reads ${unexplained.length}`);
  for (const line of unexplained.slice(0, SHOWN)) console.log(`  ${line}`);
  return unexplained.length;
}
