// Operand kinds that name a register. Kinds that can be W or X read and write the field `sf` (1 = X). A hole that names several fields
// gives all of them the same register.
import type { Cursor, FieldWriter, Mismatch, OperandKind } from '../syntax.ts';
import { isMismatch, keyword, readNumber, write } from './common.ts';

interface GeneralRegister {
  readonly number: number;
  readonly sf: 0 | 1;
  readonly role: 'general' | 'zero' | 'sp';
}

const REGISTERS = new Map<string, GeneralRegister>();
for (let n = 0; n < 31; n += 1) {
  REGISTERS.set(`x${n}`, { number: n, sf: 1, role: 'general' });
  REGISTERS.set(`w${n}`, { number: n, sf: 0, role: 'general' });
}
REGISTERS.set('xzr', { number: 31, sf: 1, role: 'zero' });
REGISTERS.set('wzr', { number: 31, sf: 0, role: 'zero' });
REGISTERS.set('sp', { number: 31, sf: 1, role: 'sp' });
REGISTERS.set('wsp', { number: 31, sf: 0, role: 'sp' });
REGISTERS.set('lr', { number: 30, sf: 1, role: 'general' });
REGISTERS.set('fp', { number: 29, sf: 1, role: 'general' });
REGISTERS.set('ip0', { number: 16, sf: 1, role: 'general' });
REGISTERS.set('ip1', { number: 17, sf: 1, role: 'general' });

for (const [name, register] of [...REGISTERS]) REGISTERS.set(name.toUpperCase(), register);

/** The general register that a word names, in lower or in upper case, or undefined. */
export function generalRegister(word: string): GeneralRegister | undefined {
  return REGISTERS.get(word);
}

/** The general register at the cursor, which stays before it. */
export function peekRegister(cursor: Cursor, ahead = 0): GeneralRegister | undefined {
  const token = cursor.peek(ahead);
  return token.kind === 'word' ? generalRegister(cursor.registerName(token.text)) : undefined;
}

/** The text of general register `number`: 31 is the zero register or SP as `at31` says. */
export function registerText(number: number, x: boolean, at31: 'zero' | 'sp' = 'zero'): string {
  if (number < 31) return `${x ? 'x' : 'w'}${number}`;
  return at31 === 'sp' ? (x ? 'sp' : 'wsp') : x ? 'xzr' : 'wzr';
}

/** How a kind knows the width of its register: always the same, by the field sf, or by a field that is 1 for W. */
type Width = 'W' | 'X' | 'R' | 'w';

const WIDTH_FIELD = { W: undefined, X: undefined, R: 'sf', w: 'w' } as const;

function registerNames(width: Width, at31: 'zero' | 'sp'): string {
  const x = at31 === 'sp' ? 'x0–x30 or sp' : 'x0–x30 or xzr';
  const w = at31 === 'sp' ? 'w0–w30 or wsp' : 'w0–w30 or wzr';
  if (width === 'X') return x;
  if (width === 'W') return w;
  return at31 === 'sp' ? 'x0–x30, sp, w0–w30 or wsp' : 'x0–x30, xzr, w0–w30 or wzr';
}

function registerKind(width: Width, at31: 'zero' | 'sp'): OperandKind {
  const doc = registerNames(width, at31);
  const field = WIDTH_FIELD[width];
  const isX = (sf: number | undefined): boolean => width === 'X' || (width === 'R' && sf === 1) || (width === 'w' && sf === 0);
  return {
    doc,
    shown: `<${width === 'w' ? 'R' : width}${at31 === 'sp' ? '|SP' : ''}>`,
    parse(cursor: Cursor, fields: FieldWriter, names: readonly string[]): Mismatch | undefined {
      const token = cursor.peek();
      const register = peekRegister(cursor);
      if (!register || (register.role !== 'general' && register.role !== at31)) return { message: `expected ${doc}` };
      if (field === undefined && register.sf !== (width === 'X' ? 1 : 0)) return { message: `expected ${doc}` };
      if (field !== undefined && !fields.set(field, width === 'R' ? register.sf : 1 - register.sf)) {
        return { message: `expected ${isX(fields.get(field)) ? 'an X' : 'a W'} register, as before it` };
      }
      for (const name of names)
        if (!fields.set(name, register.number)) return { message: 'must be the same register as before', at: token };
      cursor.next();
      return undefined;
    },
    print(fields, names) {
      const number = fields[names[0] as string] as number;
      if (names.some((name) => fields[name] !== number)) return undefined;
      return registerText(number, isX(field === undefined ? undefined : fields[field]), at31);
    },
  };
}

/** `sp` or `wsp` and no other register. */
const stackPointer: OperandKind = {
  doc: 'sp or wsp',
  shown: '<SP>',
  parse(cursor, fields, [name]) {
    const at = cursor.peek();
    const register = peekRegister(cursor);
    if (register?.role !== 'sp' || !fields.set('sf', register.sf)) return { message: 'expected sp' };
    cursor.next();
    return write(fields, name, 31, at);
  },
  print: (fields, [name]) => (fields[name as string] === 31 ? registerText(31, fields.sf === 1, 'sp') : undefined),
};

/** An X register that may be left out, with the comma before it when `comma`; `absent` then. */
function optionalX(absent: number, comma: boolean): OperandKind {
  return {
    doc: 'x0–x30 or xzr, or nothing',
    shown: comma ? '{, <X>}' : '{<X>}',
    optional: true,
    parse(cursor, fields, [name]) {
      const start = cursor.save();
      const at = cursor.peek();
      if (at.kind === 'end' || (comma && !cursor.accept(','))) return write(fields, name, absent, at);
      const token = cursor.peek();
      const register = peekRegister(cursor);
      if (!register || register.role === 'sp' || register.sf !== 1) {
        cursor.restore(start);
        return { message: 'expected x0–x30 or xzr', at: token };
      }
      cursor.next();
      return write(fields, name, register.number, token);
    },
    print(fields, [name]) {
      const number = fields[name as string] as number;
      return number === absent ? '' : `${comma ? ', ' : ''}${registerText(number, true)}`;
    },
  };
}

/** An even-numbered register and the one after it, as CASP and the 128-bit system moves take them. */
function pairKind(width: 'R' | 'X'): OperandKind {
  const doc = 'an even-numbered register and the one after it';
  return {
    doc,
    shown: `<${width}n>, <${width}(n+1)>`,
    parse(cursor, fields, [name]) {
      const at = cursor.peek();
      const first = peekRegister(cursor);
      const x = width === 'X' || fields.get('sf') === 1 || (fields.get('sf') === undefined && first?.sf === 1);
      if (!first || first.role === 'sp' || (first.sf === 1) !== x) return { message: `expected ${doc}` };
      if (width === 'R') fields.set('sf', first.sf);
      if (first.number % 2 !== 0) return { message: 'the first register of the pair must be even-numbered', at };
      cursor.next();
      if (!cursor.accept(',')) return { message: 'expected ","' };
      const second = peekRegister(cursor);
      if (!second || second.role === 'sp' || second.sf !== first.sf || second.number !== first.number + 1) {
        return { message: `expected ${registerText(first.number + 1, x)}` };
      }
      cursor.next();
      return write(fields, name, first.number, at);
    },
    print(fields, [name]) {
      const number = fields[name as string] as number;
      const x = width === 'X' || fields.sf === 1;
      return number % 2 === 0 ? `${registerText(number, x)}, ${registerText(number + 1, x)}` : undefined;
    },
  };
}

/** The pair of a 128-bit system instruction: xzr, or an even-numbered register, with the one that follows named or not. */
export function parseSystemPair(cursor: Cursor, fields: FieldWriter, name: string | undefined): Mismatch | undefined {
  const first = peekRegister(cursor);
  if (!first || first.role === 'sp' || first.sf !== 1) return { message: `expected ${SYSTEM_PAIR}` };
  const at = cursor.peek();
  if (first.role === 'general' && first.number % 2 !== 0)
    return { message: 'the first register of the pair must be even-numbered', at };
  cursor.next();
  if (cursor.accept(',')) {
    const second = peekRegister(cursor);
    // The one after x30 is xzr, and so is the one after xzr.
    const number = Math.min(first.number + 1, 31);
    if (!second || second.role === 'sp' || second.sf !== 1 || second.number !== number)
      return { message: `expected ${registerText(number, true)}` };
    cursor.next();
  }
  return write(fields, name, first.number, at);
}

const SYSTEM_PAIR = 'an even-numbered register and the one after it, or xzr';

/** An optional pair after a comma; 31 when it is absent (SYSP). */
const optionalPair: OperandKind = {
  doc: `${SYSTEM_PAIR}, or nothing`,
  shown: '{, <Xt1>{, <Xt2>}}',
  optional: true,
  parse(cursor, fields, [name]) {
    return cursor.accept(',') ? parseSystemPair(cursor, fields, name) : write(fields, name, 31, cursor.peek());
  },
  print(fields, [name]) {
    const number = fields[name as string] as number;
    if (number === 31) return '';
    return number % 2 === 0 ? `, ${registerText(number, true)}, ${registerText(number + 1, true)}` : undefined;
  },
};

const SIMD = /^([bhsdq])([0-9]|[12][0-9]|3[01])$/;

/** A SIMD&FP register seen as a scalar. `letters` by the value of the second field, or one letter. */
function simdKind(letters: string): OperandKind {
  const doc = `${[...letters].map((l) => `${l}0–${l}31`).join(', ')}`;
  return {
    doc,
    shown: letters.length === 1 ? `<${letters.toUpperCase()}>` : '<V>',
    parse(cursor, fields, [name, size]) {
      const at = cursor.peek();
      const match = at.kind === 'word' ? SIMD.exec(cursor.registerName(at.text).toLowerCase()) : null;
      const index = match ? letters.indexOf(match[1] as string) : -1;
      if (!match || index < 0) return { message: `expected ${doc}` };
      if (size !== undefined && !fields.set(size, index))
        return { message: `expected a ${letters[fields.get(size) ?? 0]} register, as before it` };
      cursor.next();
      return write(fields, name, Number(match[2]), at);
    },
    print(fields, [name, size]) {
      const letter = letters[size === undefined ? 0 : (fields[size] as number)];
      return letter === undefined ? undefined : `${letter}${fields[name as string]}`;
    },
  };
}

/** x0 to x30: never the zero register. */
const generalX: OperandKind = {
  ...registerKind('X', 'zero'),
  doc: 'x0–x30',
  parse(cursor, fields, [name]) {
    const at = cursor.peek();
    const register = peekRegister(cursor);
    if (register?.role !== 'general' || register.sf !== 1) return { message: 'expected x0–x30' };
    cursor.next();
    return write(fields, name, register.number, at);
  },
};

/** The first of eight consecutive registers: even, x0 to x22. Others are UNDEFINED, and printed. */
const eightX: OperandKind = {
  ...registerKind('X', 'zero'),
  doc: 'an even register from x0 to x22, the first of eight',
  parse(cursor, fields, [name]) {
    const at = cursor.peek();
    const register = peekRegister(cursor);
    if (register?.role !== 'general' || register.sf !== 1 || register.number % 2 !== 0 || register.number > 22) {
      return { message: 'expected an even register from x0 to x22' };
    }
    cursor.next();
    return write(fields, name, register.number, at);
  },
};

/** The high half of a SIMD&FP register as FMOV writes it: v0.d[1]. */
const highD: OperandKind = {
  doc: 'v0.d[1]–v31.d[1]',
  shown: '<Vn>.D[1]',
  parse(cursor, fields, [name]) {
    const at = cursor.peek();
    const match = /^v([0-9]|[12][0-9]|3[01])\.d$/.exec(keyword(at));
    if (!match) return { message: 'expected v0.d[1] to v31.d[1]' };
    cursor.next();
    if (!cursor.accept('[')) return { message: 'expected "[1]"' };
    const hash = cursor.peek().text === '#';
    const index = readNumber(cursor);
    if (hash || isMismatch(index) || index.value.value !== 1n || !cursor.accept(']')) return { message: 'expected "[1]"', at };
    return write(fields, name, Number(match[1]), at);
  },
  print: (fields, [name]) => `v${fields[name as string]}.d[1]`,
};

export const registerKinds = {
  HighD: highD,
  H: simdKind('h'),
  S: simdKind('s'),
  D: simdKind('d'),
  XGeneral: generalX,
  EightX: eightX,
  R: registerKind('R', 'zero'),
  RSP: registerKind('R', 'sp'),
  W: registerKind('W', 'zero'),
  X: registerKind('X', 'zero'),
  XSP: registerKind('X', 'sp'),
  /** W when the field `w` is 1, else X (sign-extending loads). */
  Rw: registerKind('w', 'zero'),
  SP: stackPointer,
  X30: optionalX(30, false),
  CommaX: optionalX(31, true),
  PairR: pairKind('R'),
  PairX: pairKind('X'),
  CommaPairX: optionalPair,
  /** B, H, S or D by the second field. */
  Vsize: simdKind('bhsd'),
  /** S, D or Q by the second field. */
  Vopc: simdKind('sdq'),
  Q: simdKind('q'),
} as const satisfies Record<string, OperandKind>;
