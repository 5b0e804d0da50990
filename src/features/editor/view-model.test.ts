import { describe, expect, test } from 'vitest';
import {
  badgeRoom,
  badgeText,
  codeByLine,
  currentLine,
  gutterLetters,
  gutterShape,
  gutterText,
  hintProblem,
  levelOfLine,
  shiftLines,
  withHints,
  wordText,
} from './view-model.ts';

const bytes = (...list: number[]) => Uint8Array.from(list);

test.each([
  [0x39800d25, 4, '39800d25'],
  [0x48, 1, '48'],
  [0x6948, 2, '4869'],
  [0x6c6548, 3, '48656c'],
  [0x6c6c6548, 5, '48656c…'],
])('wordText %i of %i bytes', (word, size, text) => {
  expect(wordText(word, size)).toBe(text);
});

describe('gutter', () => {
  const code = codeByLine([
    { line: 38, address: 0x40080c14n, size: 4, word: 0x39800d25 },
    { line: 39, address: 0x40080c18n, size: 4, word: undefined },
  ]);
  const shape = gutterShape(45, code);

  test('address and code; the address alone where the line has a mistake; nothing where there is neither', () => {
    expect(gutterText(38, shape, code.get(38))).toBe(' 38    40080c14  39800d25');
    expect(gutterText(39, shape, code.get(39))).toBe(' 39    40080c18');
    expect(gutterText(40, shape, code.get(40))).toBe(' 40');
  });

  test('a full text takes the letters that are set aside', () => {
    expect(gutterText(38, shape, code.get(38))).toHaveLength(gutterLetters(shape));
    expect(gutterLetters(gutterShape(45, undefined))).toBe(3);
  });

  test('high addresses and many lines widen it', () => {
    const high = codeByLine([{ line: 1, address: 0xffff_0000_4008_0000n, size: 4, word: 1 }]);
    expect(gutterShape(12345, high)).toEqual({ numberWidth: 5, addressWidth: 16 });
  });
});

test.each([
  ['a line inserted below line 2', { first: 2, last: 2, lines: 2 }, { 1: 'a', 2: 'b', 4: 'c' }],
  ['lines 2 and 3 joined', { first: 2, last: 3, lines: 1 }, { 1: 'a', 2: 'b' }],
  ['a change inside a line', { first: 2, last: 2, lines: 1 }, { 1: 'a', 2: 'b', 3: 'c' }],
  ['line 1 removed', { first: 1, last: 2, lines: 1 }, { 1: 'a', 2: 'c' }],
])('shiftLines: %s', (_, edit, expected) => {
  const map = new Map([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]);
  expect(Object.fromEntries(shiftLines(map, edit))).toEqual(expected);
});

test('levelOfLine', () => {
  const levels = bytes(0, 1, 2, 3, 0);
  expect([1, 2, 3, 4, 99].map((line) => levelOfLine(levels, line))).toEqual(['0', '1', '2', undefined, undefined]);
});

test('the current line is the machine’s, and none while it runs', () => {
  const at = { line: 38, el: 1 } as const;
  const ask = { exit: 1, kind: 'mmio', access: 'read', what: '', bytes: 1, permitted: [] } as const;
  expect(currentLine({ ...at, status: { kind: 'waiting', ask } })).toEqual({ line: 38, world: 'V' });
  expect(currentLine({ ...at, status: { kind: 'paused', why: 'step' } })).toEqual({ line: 38, world: '1' });
  expect(currentLine({ ...at, status: { kind: 'running' } })).toBeUndefined();
  expect(currentLine({ el: 1, line: undefined, status: { kind: 'paused', why: 'reset' } })).toBeUndefined();
});

test.each([
  [
    { kind: 'happened', line: 37, ec: 0x24, count: 3, text: 'MMIO · rule 1' },
    '24 ×3',
    'Line 37 exited 3 times, last EC 0x24: MMIO · rule 1',
  ],
  [{ kind: 'happening', line: 38, ec: 0x24, count: 1, text: 'MMIO · you' }, '24 ×1', 'Line 38 exits now, EC 0x24: MMIO · you'],
  [{ kind: 'would', line: 41, ec: 0x18, count: 0, text: 'TIDCP' }, '18', 'Line 41 would exit, EC 0x18: TIDCP'],
  [{ kind: 'happened', line: 2, ec: 1, count: 1, text: 'WFI' }, '01 ×1', 'Line 2 exited once, last EC 0x01: WFI'],
] as const)('badge %o', (badge, count, spoken) => {
  expect(badgeText(badge)).toMatchObject({ count, spoken, lead: badge.kind === 'would' ? 'would' : '' });
});

test('a badge shrinks before it covers text', () => {
  expect(badgeRoom(200, 400, 120, 40)).toBe('full');
  expect(badgeRoom(300, 400, 120, 40)).toBe('short');
});

describe('hints of accesses without a syndrome', () => {
  const hint = { line: 4, column: 9, endColumn: 20, message: 'No syndrome', what: 'a pair', fix: undefined };
  const badge = { line: 4, kind: 'happened', ec: 0x24, count: 1, text: 'ENOSYS', noSyndrome: true } as const;
  test('stand as would-be exits on lines that have not exited', () => {
    expect(withHints([], [hint, hint]).map(({ line, kind, text }) => [line, kind, text])).toEqual([
      [4, 'would', 'ISV 0, a pair'],
    ]);
    expect(withHints([badge], [hint])).toEqual([badge]);
    expect(hintProblem(hint)).toMatchObject({ severity: 'info', message: 'No syndrome' });
  });
});
