// What the code view draws, derived from what the store holds: gutter texts, level bars, the current line, badges. Pure; no Monaco.
import type { AccessHintView, LineBadge, LineImage, MachineSlice } from '#client';
import type { World } from '#ui';

/** The parts of an assembled line that the gutter shows. */
export type LineCode = Omit<LineImage, 'line'>;

/** An edit of the text: lines `first`..`last` (from 1, inclusive) became `lines` lines. */
export interface LineEdit {
  readonly first: number;
  readonly last: number;
  readonly lines: number;
}

/** Letters of the gutter's two data columns; the address grows with the highest address. */
export interface GutterShape {
  readonly numberWidth: number;
  readonly addressWidth: number;
}

const WORD_WIDTH = 8;
const GAP = '  ';

/** The code of each line, by line. */
export function codeByLine(lines: readonly LineImage[]): ReadonlyMap<number, LineCode> {
  return new Map(lines.map((image) => [image.line, image]));
}

/** How wide the gutter's columns must be. `code` absent: no address column. */
export function gutterShape(lineCount: number, code: ReadonlyMap<number, LineCode> | undefined): GutterShape {
  let highest = 0n;
  if (code) for (const { address } of code.values()) if (address > highest) highest = address;
  return {
    numberWidth: Math.max(3, lineCount.toString().length),
    addressWidth: code ? Math.max(8, highest.toString(16).length) : 0,
  };
}

/** Letters that the whole gutter text takes. */
export function gutterLetters({ numberWidth, addressWidth }: GutterShape): number {
  return addressWidth === 0 ? numberWidth : numberWidth + 2 * GAP.length + addressWidth + GAP.length + WORD_WIDTH;
}

/** The gutter text of a line: `  38    40080c14  39800d25`, without the code where it is not known, or the number alone. */
export function gutterText(line: number, shape: GutterShape, code: LineCode | undefined): string {
  const number = line.toString().padStart(shape.numberWidth);
  if (shape.addressWidth === 0) return number;
  if (!code) return number;
  const address = `${number}${GAP}${GAP}${code.address.toString(16).padStart(shape.addressWidth, '0')}`;
  return code.word === undefined ? address : `${address}${GAP}${wordText(code.word, code.size)}`;
}

/** `size` bytes that begin with those of a little-endian word: four as that word, others as bytes in their order, cut with `…`. */
export function wordText(word: number, size: number): string {
  const digits = word.toString(16).padStart(8, '0');
  if (size === 4) return digits;
  const bytes = [digits.slice(6), digits.slice(4, 6), digits.slice(2, 4)].slice(0, size).join('');
  return size > 4 ? `${bytes}…` : bytes;
}

/** Line-keyed facts after an edit: those below move, those inside the edited lines keep their line only where it still is. */
export function shiftLines<T>(map: ReadonlyMap<number, T>, { first, last, lines }: LineEdit): ReadonlyMap<number, T> {
  const delta = lines - (last - first + 1);
  if (delta === 0) return map;
  const moved = new Map<number, T>();
  for (const [line, value] of map) {
    if (line <= first) moved.set(line, value);
    else if (line > last) moved.set(line + delta, value);
  }
  return moved;
}

/** The world that ran a line, from the level table of the update (0 none, 1 EL0, 2 EL1, 3 EL2). */
export function levelOfLine(levels: Uint8Array, line: number): World | undefined {
  const level = levels[line] ?? 0;
  return level === 0 ? undefined : (['0', '1', '2'] as const)[level - 1];
}

/** The line that the machine stands at, in the colour of whose move it is; none while it runs. */
export function currentLine({
  status,
  line,
  el,
}: Pick<MachineSlice, 'status' | 'line' | 'el'>): { line: number; world: World } | undefined {
  if (line === undefined) return undefined;
  if (status.kind === 'waiting') return { line, world: 'V' };
  if (status.kind === 'paused' || status.kind === 'ended') return { line, world: (['0', '1', '2'] as const)[el] };
  return undefined;
}

/** A badge in the words that stand on it; EC is two hex digits without prefix. */
export interface BadgeText {
  readonly lead: string;
  readonly count: string;
  readonly what: string;
  /** The whole for a screen reader and the tooltip. */
  readonly spoken: string;
}

/** The words of a badge. */
export function badgeText(badge: {
  readonly kind: 'happened' | 'happening' | 'would';
  readonly line: number;
  readonly ec: number;
  readonly count: number;
  readonly text: string;
}): BadgeText {
  const ec = badge.ec.toString(16).padStart(2, '0');
  if (badge.kind === 'would')
    return { lead: 'would', count: ec, what: badge.text, spoken: `Line ${badge.line} would exit, EC 0x${ec}: ${badge.text}` };
  const times = badge.count === 1 ? 'once' : `${badge.count} times`;
  return {
    lead: '',
    count: `${ec} ×${badge.count}`,
    what: badge.text,
    spoken:
      badge.kind === 'happening'
        ? `Line ${badge.line} exits now, EC 0x${ec}: ${badge.text}`
        : `Line ${badge.line} exited ${times}, last EC 0x${ec}: ${badge.text}`,
  };
}

/** A hint as the editor underlines it. */
export function hintProblem({ line, column, endColumn, message }: AccessHintView) {
  return { line, column, endColumn, severity: 'info' as const, message };
}

/** The badges, with one for each line that would exit without a syndrome and has not exited yet. */
export function withHints(badges: readonly LineBadge[], hints: readonly AccessHintView[]): readonly LineBadge[] {
  const seen = new Set(badges.map(({ line }) => line));
  const would = hints.flatMap(({ line, what }): LineBadge[] => {
    if (seen.has(line)) return [];
    seen.add(line);
    return [{ line, kind: 'would', ec: DATA_ABORT, count: 0, text: `ISV 0, ${what}`, noSyndrome: true }];
  });
  return would.length === 0 ? badges : [...badges, ...would];
}

/** Exception class of a data abort from a lower level. */
const DATA_ABORT = 0x24;

/** How much of a badge fits beside a line's text: all of it, its numbers, or nothing but those over the text's end. */
export function badgeRoom(textEnd: number, right: number, full: number, short: number): 'full' | 'short' {
  return textEnd + 12 + full <= right || full <= short ? 'full' : 'short';
}
