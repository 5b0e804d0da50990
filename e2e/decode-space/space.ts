// The decode space as the rows divide it: who owns a word twice, and what nobody owns. Exact over patterns; conditions on fields (`allocated`,
// CONSTRAINED UNPREDICTABLE choices that are UNDEFINED) are tried with words. Knows no instruction by name.
import { encodeFields, type Instruction, instructionGroups, matchRow, type Pattern } from '#isa';
import { randomWords } from './words.ts';

/** The words of which the bits in `mask` are those of `value`. */
export interface Region {
  readonly mask: number;
  readonly value: number;
}

/** A row by its name in the tables. */
export interface Named {
  readonly name: string;
  readonly row: Instruction;
}

export const ROWS: readonly Named[] = instructionGroups.flatMap((group) => group.instructions);

/** Two rows that both own a word, neither pattern being a special case of the other's (then the special case is the decoder's choice). */
export interface Overlap {
  readonly first: string;
  readonly second: string;
  readonly word: number;
}

const TRIES = 4096;

/** Pairs of rows that only a condition on fields could tell apart, and does not: each with a word of both. */
export function overlaps(): readonly Overlap[] {
  const found: Overlap[] = [];
  const next = randomWords(1);
  for (const [i, { name, row }] of ROWS.entries()) {
    const a = row.pattern;
    for (const { name: otherName, row: other } of ROWS.slice(i + 1)) {
      const b = other.pattern;
      const common = a.mask & b.mask;
      if (((a.value ^ b.value) & common) !== 0) continue;
      const nested = common >>> 0 === a.mask || common >>> 0 === b.mask;
      if (nested && a.mask !== b.mask) continue;
      const free = ~(a.mask | b.mask);
      for (let n = 0; n < TRIES; n += 1) {
        const word = (a.value | b.value | (next() & free)) >>> 0;
        if (!matchRow(row, word) || !matchRow(other, word)) continue;
        found.push({ first: name, second: otherName, word });
        break;
      }
    }
  }
  return found;
}

/** The regions that no pattern reaches, the largest that halving the space bit by bit from the top gives; together they are all of it. */
export function gaps(): readonly Region[] {
  const found: Region[] = [];
  const patterns = ROWS.map(({ row }) => row.pattern);
  const search = (mask: number, value: number, candidates: readonly Pattern[]): void => {
    const reaching = candidates.filter((p) => ((p.value ^ value) & p.mask & mask) === 0);
    if (reaching.length === 0) {
      found.push({ mask: mask >>> 0, value: value >>> 0 });
      return;
    }
    // A pattern that asks for nothing more owns all of it.
    if (reaching.some((p) => (p.mask & ~mask) === 0)) return;
    const open = reaching.reduce((all, p) => all | (p.mask & ~mask), 0);
    const bit = (1 << (31 - Math.clz32(open))) >>> 0;
    search(mask | bit, value, reaching);
    search(mask | bit, value | bit, reaching);
  };
  search(0, 0, patterns);
  return found;
}

/** How many words a region has. */
export function sizeOf({ mask }: Region): number {
  let open = 32;
  for (let rest = mask; rest !== 0; rest = (rest & (rest - 1)) >>> 0) open -= 1;
  return 2 ** open;
}

/** Words of a region: its first, its last, and some between. */
export function wordsOf({ mask, value }: Region, count: number, next: () => number): readonly number[] {
  const free = ~mask;
  return Array.from({ length: count }, (_, n) => (value | (free & (n === 0 ? 0 : n === 1 ? -1 : next()))) >>> 0);
}

/** A word that the row owns, with random fields; undefined when none was found. */
export function wordOfRow({ row }: Named, next: () => number): number | undefined {
  for (let tries = 0; tries < 200; tries += 1) {
    const random = next();
    const { pattern } = row;
    const fields = Object.fromEntries(
      pattern.fields.map(({ name, msb, lsb }) => [name, (random >>> lsb) & (2 ** (msb - lsb + 1) - 1)]),
    );
    const word = encodeFields(pattern, fields);
    if (matchRow(row, word)) return word;
  }
  return undefined;
}

/** A region as text, bit 31 first: `1x0…`. */
export function textOf({ mask, value }: Region): string {
  return Array.from({ length: 32 }, (_, i) => (((mask >>> (31 - i)) & 1) === 0 ? 'x' : (value >>> (31 - i)) & 1)).join('');
}
