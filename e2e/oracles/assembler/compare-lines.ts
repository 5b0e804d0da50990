// Lines here and in GNU as: the same word, or refused by both.
import { assembleLine, disassemble } from '#asm';
import { decode } from '#isa';
import { ROWS, wordOfRow } from '../../decode-space/space.ts';
import { assembleLines, disassemble as objdump } from '../binutils.ts';
import { random } from '../fuzz/random.ts';
import { LINE_RULES } from './excluded.ts';
import { lineOf, PROLOGUE } from './lines.ts';
import type { Outcome } from './outcome.ts';

export function compareLines(seed: number, count: number): Outcome {
  const numbers = random(seed);
  const rows = ROWS.filter(({ row }) => row.template.text !== '');
  const lines: string[] = [];
  while (lines.length < count) {
    const word = wordOfRow(numbers.pick(rows), numbers.word);
    const line = word === undefined ? undefined : lineOf(numbers, word);
    if (line !== undefined && !/[\n;]/.test(line)) lines.push(line);
  }
  const wanted = assembleLines(lines, PROLOGUE);
  const candidates: { readonly text: string; readonly word: number | undefined }[] = [];
  let compared = 0;
  for (const [n, line] of lines.entries()) {
    const theirs = wanted[n];
    const want = theirs === undefined ? 'refused' : hex(theirs);
    const answer = assembleLine(`${PROLOGUE}\n${line}`);
    const got = 'error' in answer ? 'refused' : bytesOf(answer.word);
    // A label or an assignment, and no instruction.
    if (want === '') continue;
    if (withoutRows(want) || withoutRows(got)) continue;
    compared += 1;
    if (got === want) continue;
    if (
      Object.values(LINE_RULES).some((rule) =>
        rule.applies(line, { refusedHere: got === 'refused', refusedThere: want === 'refused' }),
      )
    )
      continue;
    const text = `${JSON.stringify(line)}: here ${got}${'error' in answer ? ` (${answer.error})` : ''}, GNU as ${want}`;
    candidates.push({ text, word: 'error' in answer || want !== 'refused' ? undefined : answer.word });
  }
  // What only the newer architecture has, binutils 2.40 does not read either.
  const read = objdump(candidates.map(({ word }) => word ?? 0));
  const differences = candidates.flatMap(({ text, word }, n) => (word !== undefined && isNewer(word, read[n]) ? [] : [text]));
  return { compared, differences };
}

function isNewer(word: number, read: string | undefined): boolean {
  // A register or a field that objdump has no name for.
  if (/^mrs|^msr/.test(disassemble(word)) && read !== undefined && /\bs[0-3]_[0-7]_c\d+_c\d+_[0-7]/.test(read)) return true;
  return read === undefined || (word >>> 12 === 0xd5032 && read.split(' ')[0] !== disassemble(word).split('\t')[0]);
}

/** SIMD, SVE and SME have no rows here. */
function withoutRows(bytes: string): boolean {
  return bytes.length === 8 && decode(Buffer.from(bytes, 'hex').readUInt32LE(0))?.row.template.text === '';
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function bytesOf(word: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(word);
  return bytes.toString('hex');
}
