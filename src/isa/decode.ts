// The decoder: rows by their leading bits, the more specific pattern first. Built once from the tables; knows no instruction by name.
import * as addSubImmediate from './a64/add-sub-immediate.ts';
import { extractFields } from './pattern.ts';
import { type Alias, type Decoded, type Instruction, matches } from './row.ts';

/** One encoding group of the Arm manual. */
export interface InstructionGroup {
  readonly title: string;
  readonly instructions: readonly { readonly name: string; readonly row: Instruction }[];
  readonly aliases: readonly { readonly name: string; readonly alias: Alias }[];
}

const SOURCES: readonly (readonly [title: string, rows: Readonly<Record<string, Instruction | Alias>>])[] = [
  ['Add/subtract (immediate)', addSubImmediate],
];

/** All rows and aliases, in the order of the manual. */
export const instructionGroups: readonly InstructionGroup[] = SOURCES.map(([title, rows]) => ({
  title,
  instructions: Object.entries(rows).flatMap(([name, row]) => (row.kind === 'instruction' ? [{ name, row }] : [])),
  aliases: Object.entries(rows).flatMap(([name, alias]) => (alias.kind === 'alias' ? [{ name, alias }] : [])),
}));

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
  const entries: Entry[] = instructionGroups.flatMap((g) => g.instructions).sort((a, b) => specificity(b.row) - specificity(a.row));
  for (const entry of entries) {
    const mask = entry.row.pattern.mask >>> 21;
    const value = entry.row.pattern.value >>> 21;
    for (let index = 0; index < 2048; index += 1) if ((index & mask) === value) (BUCKETS[index] as Entry[]).push(entry);
  }
}

/** The instruction that a 32-bit word encodes, or undefined when it is unallocated (to these tables). */
export function decode(word: number): Decoded | undefined {
  for (const { name, row } of BUCKETS[word >>> 21] as Entry[]) {
    if (matches(row, word)) return { name, row, word, fields: extractFields(row.pattern, word) };
  }
  return undefined;
}
