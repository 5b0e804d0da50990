// Words here and in objdump: the same text, with aliases and without, or undefined to both.
import { disassemble } from '#asm';
import { decode } from '#isa';
import { ROWS, wordOfRow } from '../../decode-space/space.ts';
import { disassemble as objdump } from '../binutils.ts';
import { type Random, random } from '../fuzz/random.ts';
import type { Outcome } from './outcome.ts';

/** Words of rows, words that are one bit away from them, and any. */
function wordFor(numbers: Random): number | undefined {
  const word = wordOfRow(numbers.pick(ROWS), numbers.word);
  switch (numbers.below(4)) {
    case 0:
      return numbers.word();
    case 1:
      return word;
    default:
      return word === undefined ? undefined : (word ^ (1 << numbers.below(32))) >>> 0;
  }
}

export function compareWords(seed: number, count: number): Outcome {
  const numbers = random(seed);
  const words: number[] = [];
  while (words.length < count) {
    const word = wordFor(numbers);
    // Classes of instructions without rows are not read here.
    if (word !== undefined && decode(word)?.row.template.text !== '') words.push(word);
  }
  const differences = [true, false].flatMap((aliases) => {
    const theirs = objdump(words, aliases);
    return words.flatMap((word, n) => {
      const here = disassemble(word, { aliases });
      const ours = here.startsWith('.inst') ? undefined : here.replace(/\s+/g, ' ').trim();
      const want = theirs[n];
      if (ours === want || isNewer(word, ours, want)) return [];
      return [
        `${word.toString(16).padStart(8, '0')}${aliases ? '' : ' (no aliases)'}: here ${ours ?? 'undefined'}, objdump ${want ?? 'undefined'}`,
      ];
    });
  });
  return { compared: words.length, differences };
}

/** What only the newer architecture has is undefined to objdump 2.40, or a hint without a name, or a register without one. */
function isNewer(word: number, ours: string | undefined, theirs: string | undefined): boolean {
  if (ours === undefined) return false;
  // objdump knows the write to PM only as one to a register without a name, and prints SMSTART whatever is asked for.
  if (ours.startsWith('msr pm,') || (ours.startsWith('msr svcr') && theirs?.startsWith('sm'))) return true;
  if (/^m(?:rs|sr) /.test(ours) && /\bs[0-3]_[0-7]_c\d+_c\d+_[0-7]\b/.test(theirs ?? '')) return true;
  if (theirs === undefined) return decode(word)?.row.feature !== undefined;
  if (word >>> 12 === 0xd5032) return theirs.startsWith('hint') || theirs === 'clearbhb';
  return false;
}
