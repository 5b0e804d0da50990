// The shape of a source: what can be folded, what it defines, and the machine code beside its lines.
import type { SourceLine } from '#asm';
import { hexDigits } from '#base';
import type { Document, Range } from './document.ts';

export interface Folding {
  readonly line: number;
  /** Inclusive. */
  readonly endLine: number;
  readonly kind: 'region' | 'comment';
}

const OPENERS: Readonly<Record<string, string>> = {
  '.macro': '.endm',
  '.rept': '.endr',
  '.rep': '.endr',
  '.irp': '.endr',
  '.irpc': '.endr',
};
const SECTIONS = new Set(['.text', '.data', '.bss', '.section']);

/** Ranges of lines that can be folded: macros, repetitions, branches of conditionals, sections, comments. */
export function foldings(document: Document): Folding[] {
  const found: Folding[] = [];
  const open: { readonly close: string; line: number }[] = [];
  let section: number | undefined;
  let comment: number | undefined;
  let block: number | undefined;
  const add = (line: number, endLine: number, kind: Folding['kind'] = 'region'): void => {
    if (endLine > line) found.push({ line, endLine, kind });
  };
  const count = document.lines.length;
  for (let line = 1; line <= count; line += 1) {
    const text = document.lines[line - 1] as string;
    if (block === undefined && /^\s*\/\*/.test(text) && !text.includes('*/')) block = line;
    else if (block !== undefined && text.includes('*/')) {
      add(block, line, 'comment');
      block = undefined;
    }
    const isComment = /^\s*(?:\/\/|#)/.test(text);
    if (isComment) comment ??= line;
    else if (comment !== undefined) {
      add(comment, line - 1, 'comment');
      comment = undefined;
    }
    if (isComment || block !== undefined) continue;
    const word = /^\s*(?:[\w.$]+\s*:\s*)*(\.\w+)/.exec(text)?.[1]?.toLowerCase();
    if (word === undefined) continue;
    if (SECTIONS.has(word) && open.length === 0) {
      if (section !== undefined) add(section, lastText(document, line - 1));
      section = line;
    }
    const close = OPENERS[word] ?? (word.startsWith('.if') ? '.endif' : undefined);
    const top = open.at(-1);
    if (close !== undefined) open.push({ close, line });
    else if (top !== undefined && top.close === '.endif' && (word === '.else' || word === '.elseif')) {
      add(top.line, line - 1);
      top.line = line;
    } else if (top !== undefined && (word === '.endc' ? '.endif' : word) === top.close) {
      add(top.line, top.close === '.endif' && top.line !== line ? line - 1 : line);
      open.pop();
    }
  }
  if (comment !== undefined) add(comment, count, 'comment');
  if (section !== undefined) add(section, lastText(document, count));
  return found.sort((a, b) => a.line - b.line || b.endLine - a.endLine);
}

/** The last line up to this one that is not blank. */
function lastText(document: Document, line: number): number {
  let at = line;
  while (at > 1 && (document.lines[at - 1] as string).trim() === '') at -= 1;
  return at;
}

export interface OutlineItem {
  readonly name: string;
  readonly kind: 'function' | 'label' | 'object' | 'constant' | 'macro';
  /** Address or value; undefined for macros. */
  readonly value: bigint | undefined;
  readonly range: Range;
}

/** What the source defines, in its order; labels that begin with .L and numeric ones are left out. */
export function outline(document: Document): OutlineItem[] {
  const { symbols, macros } = document.inspection;
  const items: OutlineItem[] = macros.map((m) => ({ name: m.name, kind: 'macro', value: undefined, range: m.place }));
  for (const { name, numeric, label, definitions, value } of symbols) {
    const [range] = definitions;
    if (range === undefined || numeric || name.startsWith('.L')) continue;
    const kind = !label ? 'constant' : value?.type === 'function' ? 'function' : value?.type === 'object' ? 'object' : 'label';
    items.push({ name, kind, value: value?.value, range });
  }
  return items.sort((a, b) => a.range.line - b.range.line || a.range.column - b.range.column);
}

export interface CodeHint {
  readonly line: number;
  readonly address: bigint;
  /** `d503201f`, `d503201f …` when the line makes more, `0a 0b 0c` for data. */
  readonly text: string;
}

/** Address and machine code of lines `from` to `to` (inclusive); none while the source has an error. */
export function codeHints(document: Document, from: number, to: number): CodeHint[] {
  const { image, lines, base } = document.inspection.result;
  if (image === undefined) return [];
  const byLine = new Map<number, SourceLine[]>();
  for (const entry of lines) {
    if (entry.line < from || entry.line > to || entry.kind === 'padding') continue;
    const list = byLine.get(entry.line);
    if (list === undefined) byLine.set(entry.line, [entry]);
    else list.push(entry);
  }
  const hints: CodeHint[] = [];
  for (const [line, entries] of byLine) {
    const { address, size, kind } = entries[0] as SourceLine;
    const at = Number(address - base);
    const bytes = [...image.subarray(at, at + Math.min(size, 8))];
    if (bytes.length === 0) continue;
    const shown =
      kind === 'instruction'
        ? hexDigits(new DataView(Uint8Array.from(bytes).buffer).getUint32(0, true), 8)
        : bytes.map((b) => hexDigits(b, 2)).join(' ');
    hints.push({ line, address, text: entries.length > 1 || size > 8 ? `${shown} …` : shown });
  }
  return hints.sort((a, b) => a.line - b.line);
}
