// Condition codes, Arm ARM C1.2.4, with the names that SVE gives them.
import type { OperandKind } from '../syntax.ts';
import { wordKind } from './common.ts';

// The first name of each code is the one printed.
const CONDITIONS: readonly (readonly [name: string, code: number])[] = [
  ['eq', 0],
  ['none', 0],
  ['ne', 1],
  ['any', 1],
  ['cs', 2],
  ['hs', 2],
  ['nlast', 2],
  ['cc', 3],
  ['lo', 3],
  ['ul', 3],
  ['last', 3],
  ['mi', 4],
  ['first', 4],
  ['pl', 5],
  ['nfrst', 5],
  ['vs', 6],
  ['vc', 7],
  ['hi', 8],
  ['pmore', 8],
  ['ls', 9],
  ['plast', 9],
  ['ge', 10],
  ['tcont', 10],
  ['lt', 11],
  ['tstop', 11],
  ['gt', 12],
  ['le', 13],
  ['al', 14],
  ['nv', 15],
];

/** The names that a branch without a dot may have. */
const PLAIN = new Set(['eq', 'ne', 'cs', 'hs', 'cc', 'lo', 'mi', 'pl', 'vs', 'vc', 'hi', 'ls', 'ge', 'lt', 'gt', 'le']);

const SHOWN = 'a condition (eq, ne, cs, cc, mi, pl, vs, vc, hi, ls, ge, lt, gt, le, al)';

/** Options of CPY: unprivileged write (1) and read (2), non-temporal write (4) and read (8). */
const COPY_OPTIONS = ['', 'wt', 'rt', 't', 'wn', 'wtwn', 'rtwn', 'twn', 'rn', 'wtrn', 'rtrn', 'trn', 'n', 'wtn', 'rtn', 'tn'];

export const conditionKinds = {
  MoveStage: wordKind({
    doc: 'p, m or e',
    shown: '<p|m|e>',
    spellings: [
      ['p', 0],
      ['m', 1],
      ['e', 2],
    ],
  }),
  CopyOptions: wordKind({
    doc: 'options of reading and writing',
    shown: '{<options>}',
    spellings: COPY_OPTIONS.map((text, value) => [text, value] as const),
  }),
  SetOptions: wordKind({
    doc: 't, n, tn or nothing',
    shown: '{t}{n}',
    spellings: [
      ['', 0],
      ['t', 1],
      ['n', 2],
      ['tn', 3],
    ],
  }),
  Condition: wordKind({ doc: SHOWN, shown: '<cond>', spellings: CONDITIONS }),
  PlainCondition: wordKind({ doc: SHOWN, shown: '<cond>', spellings: CONDITIONS.filter(([name]) => PLAIN.has(name)) }),
  /** The field holds the inverse; al and nv have none that means anything. */
  InvertedCondition: wordKind({
    doc: 'a condition other than al',
    shown: '<cond>',
    spellings: CONDITIONS.filter(([, code]) => code < 14).map(([name, code]) => [name, code ^ 1] as const),
  }),
  /** In mnemonics: a byte or halfword suffix. */
  BH: wordKind({
    doc: 'b or h',
    shown: '<b|h>',
    spellings: [
      ['b', 0],
      ['h', 1],
    ],
  }),
  /** In mnemonics: acquire and release suffixes. */
  AcquireRelease: wordKind({
    doc: 'a, l, al or nothing',
    shown: '{a}{l}',
    spellings: [
      ['', 0, 0],
      ['l', 0, 1],
      ['a', 1, 0],
      ['al', 1, 1],
    ],
  }),
  Release: wordKind({
    doc: 'l or nothing',
    shown: '{l}',
    spellings: [
      ['', 0],
      ['l', 1],
    ],
  }),
} as const satisfies Record<string, OperandKind>;
