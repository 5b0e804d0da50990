// The decoder: rows by their leading bits, the more specific pattern first. Built once from the tables; knows no instruction by name.
import { instructionGroups } from './groups.ts';
import { type Decoded, type Instruction, matchRow } from './row.ts';

interface Entry {
  readonly name: string;
  readonly row: Instruction;
}

const BY_NAME = new Map<string, Instruction>();
for (const group of instructionGroups) for (const { name, row } of group.instructions) BY_NAME.set(name, row);

/** The row with this name in the tables. */
export function instructionByName(name: string): Instruction | undefined {
  return BY_NAME.get(name);
}

function specificity(row: Instruction): number {
  let count = 0;
  for (let mask = row.pattern.mask; mask !== 0; mask = (mask & (mask - 1)) >>> 0) count += 1;
  return count;
}

// Bits 31:21 tell most rows apart; a row whose pattern leaves some of them open stands in every bucket that it reaches.
const BUCKETS: Entry[][] = Array.from({ length: 2048 }, () => []);
{
  const entries = instructionGroups
    .flatMap((g) => g.instructions)
    .map((entry) => ({ entry, specificity: specificity(entry.row) }))
    .sort((a, b) => b.specificity - a.specificity);
  for (const { entry } of entries) {
    const open = ~(entry.row.pattern.mask >>> 21) & 2047;
    const value = entry.row.pattern.value >>> 21;
    // Every subset of the open bits, from all of them down to none.
    for (let subset = open; ; subset = (subset - 1) & open) {
      (BUCKETS[value | subset] as Entry[]).push(entry);
      if (subset === 0) break;
    }
  }
}

/** The instruction that a 32-bit word encodes, or undefined when it is unallocated (to these tables). */
export function decode(word: number): Decoded | undefined {
  for (const { name, row } of BUCKETS[word >>> 21] as Entry[]) {
    const fields = matchRow(row, word);
    if (fields) return { name, row, word: word >>> 0, fields };
  }
  return undefined;
}
