// Operand kinds of the Advanced SIMD loads and stores of structures: lists of vector registers, one lane of each, and the step after them.
import type { Cursor, Mismatch, OperandKind, Token } from '../syntax.ts';
import { isMismatch, readNumber, write } from './common.ts';
import { peekRegister, registerText } from './registers.ts';

type Read = (name: string) => number;

/** Lane letters by log2 of the element's bytes. */
const LETTERS = 'bhsd';

/** How a whole register is divided: `16b` by Q and size. */
function arrangement(Q: number, size: number): string {
  return `${(8 << Q) >> size}${LETTERS[size]}`;
}

const ARRANGEMENTS = new Map<string, { readonly Q: number; readonly size: number }>();
for (const Q of [0, 1]) for (const size of [0, 1, 2, 3]) ARRANGEMENTS.set(arrangement(Q, size), { Q, size });

const NUMBER_NAMES = ['', 'one register', 'two registers', 'three registers', 'four registers'] as const;

interface RegisterList {
  readonly first: number;
  readonly count: number;
  /** What stands after the dot of the first, lower case. */
  readonly suffix: string;
  readonly at: Token;
}

/** The vector register `v0.16b` or `v0.b` at the cursor, as number and suffix. */
function peekVector(cursor: Cursor): { readonly number: number; readonly suffix: string } | undefined {
  const token = cursor.peek();
  const dot = token.kind === 'word' ? token.text.indexOf('.') : -1;
  if (dot < 0) return undefined;
  const name = /^v([0-9]|[12][0-9]|3[01])$/i.exec(cursor.registerName(token.text.slice(0, dot)));
  const suffix = token.text.slice(dot + 1).toLowerCase();
  if (!name || !(ARRANGEMENTS.has(suffix) || (suffix.length === 1 && LETTERS.includes(suffix)))) return undefined;
  return { number: Number(name[1]), suffix };
}

/** Reads `{v0.16b, v1.16b}` or `{v0.16b-v1.16b}`. Registers follow one another, v0 after v31; a range does not go past v31. */
function readList(cursor: Cursor): RegisterList | Mismatch {
  if (!cursor.accept('{')) return { message: 'expected "{"' };
  const at = cursor.peek();
  const first = peekVector(cursor);
  if (!first) return { message: 'expected a vector register, as v0.16b or v0.b' };
  let last = first.number;
  let count = 1;
  cursor.next();
  while (!cursor.accept('}')) {
    const range = cursor.accept('-');
    if (!range && !cursor.accept(',')) return { message: 'expected "," or "}"' };
    const token = cursor.peek();
    const next = peekVector(cursor);
    if (!next) return { message: 'expected a vector register, as v0.16b or v0.b' };
    // The far end of a range may be divided in any way, into a number of elements or without one as the first is: GNU as compares no more.
    if (range) {
      if ((next.suffix.length === 1) !== (first.suffix.length === 1))
        return { message: `expected .${first.suffix}, as before it`, at: token };
      if (next.number < last) return { message: `a range goes upwards: from v${last} to v31 at most`, at: token };
      count += next.number - last;
    } else {
      if (next.suffix !== first.suffix) return { message: `expected .${first.suffix}, as before it`, at: token };
      if (next.number !== (last + 1) % 32)
        return { message: `expected v${(last + 1) % 32}: the registers follow one another`, at: token };
      count += 1;
    }
    last = next.number;
    cursor.next();
  }
  return { first: first.number, count, suffix: first.suffix, at };
}

/** `{v0.16b-v2.16b}` as objdump writes it: a range from three registers on, where it does not go past v31. */
function listText(first: number, count: number, suffix: string): string {
  const name = (n: number): string => `v${n % 32}.${suffix}`;
  if (count > 2 && first + count <= 32) return `{${name(first)}-${name(first + count - 1)}}`;
  return `{${Array.from({ length: count }, (_, i) => name(first + i)).join(', ')}}`;
}

function shownList(count: number, suffix: string): string {
  return `{ ${['', '2', '3', '4']
    .slice(0, count)
    .map((n) => `<Vt${n}>.${suffix}`)
    .join(', ')} }`;
}

/** `count` whole registers, into the fields Rt, Q, size. */
function wholeRegisters(count: number): OperandKind {
  return {
    doc: `${NUMBER_NAMES[count]} in braces, as ${listText(0, count, '4s')}`,
    shown: shownList(count, '<T>'),
    parse(cursor, fields, [Rt, Q, size]) {
      const list = readList(cursor);
      if ('message' in list) return list;
      if (list.count !== count) return { message: `expected ${NUMBER_NAMES[count]} in the list`, at: list.at };
      const arranged = ARRANGEMENTS.get(list.suffix);
      if (!arranged) return { message: 'expected 8b, 16b, 4h, 8h, 2s, 4s, 1d or 2d after the dot', at: list.at };
      return (
        write(fields, Rt, list.first, list.at) ??
        write(fields, Q, arranged.Q, list.at) ??
        write(fields, size, arranged.size, list.at)
      );
    },
    print: (fields, names) => {
      const [Rt, Q, size] = names.map((name) => fields[name]) as [number, number, number];
      return listText(Rt, count, arrangement(Q, size));
    },
  };
}

/** Registers in the list by the opcode of LD1 and ST1. */
const COUNT_OF_OPCODE: Readonly<Record<number, number>> = { 7: 1, 10: 2, 6: 3, 2: 4 };

/** Number of registers that an LD1 or ST1 of whole registers moves; undefined: the opcode is another instruction's. */
export function registersOfOpcode(opcode: number): number | undefined {
  return COUNT_OF_OPCODE[opcode];
}

/** One to four whole registers, into the fields Rt, opcode, Q, size. */
const oneToFour: OperandKind = {
  doc: 'one to four registers in braces, as {v0.4s, v1.4s}',
  shown: '{ <Vt>.<T>, … }',
  parse(cursor, fields, [Rt, opcode, Q, size]) {
    const start = cursor.save();
    const list = readList(cursor);
    if ('message' in list) return list;
    if (list.count > 4) return { message: 'expected one to four registers in the list', at: list.at };
    const found = Object.entries(COUNT_OF_OPCODE).find(([, count]) => count === list.count);
    cursor.restore(start);
    return (
      wholeRegisters(list.count).parse(cursor, fields, [Rt as string, Q as string, size as string]) ??
      write(fields, opcode, Number(found?.[0]), list.at)
    );
  },
  print: (fields, names) => {
    const [Rt, opcode, Q, size] = names.map((name) => fields[name]) as [number, number, number, number];
    return listText(Rt, COUNT_OF_OPCODE[opcode] as number, arrangement(Q, size));
  },
};

/**
 * The lane that the fields scale, Q, S and size select; `scale` 0 to 2 is log2 of the element's bytes, of which 2 with size=1 are 8.
 * Undefined: reserved.
 */
export function laneOf(
  scale: number,
  Q: number,
  S: number,
  size: number,
): { readonly log2: number; readonly index: number } | undefined {
  if (scale === 0) return { log2: 0, index: (Q << 3) | (S << 2) | size };
  if (scale === 1) return size & 1 ? undefined : { log2: 1, index: (Q << 2) | (S << 1) | (size >> 1) };
  if (scale === 2 && size === 0) return { log2: 2, index: (Q << 1) | S };
  if (scale === 2 && size === 1 && S === 0) return { log2: 3, index: Q };
  return undefined;
}

/** The values of scale, Q, S and size for a lane. */
function selectLane(log2: number, index: number): readonly [scale: number, Q: number, S: number, size: number] {
  if (log2 === 0) return [0, index >> 3, (index >> 2) & 1, index & 3];
  if (log2 === 1) return [1, index >> 2, (index >> 1) & 1, (index & 1) << 1];
  return log2 === 2 ? [2, index >> 1, index & 1, 0] : [2, index, 0, 1];
}

/** Reads `{v0.h, v1.h}[3]`. */
function readLanes(
  cursor: Cursor,
  count: number,
  letters: string,
): Mismatch | { readonly list: RegisterList; readonly log2: number; readonly index: number } {
  const list = readList(cursor);
  if ('message' in list) return list;
  if (list.count !== count) return { message: `expected ${NUMBER_NAMES[count]} in the list`, at: list.at };
  const log2 = list.suffix.length === 1 && letters.includes(list.suffix) ? LETTERS.indexOf(list.suffix) : -1;
  if (log2 < 0) return { message: `expected ${[...letters].join(', ')} after the dot`, at: list.at };
  if (!cursor.accept('[')) return { message: 'expected the number of a lane, as [1]' };
  const highest = (16 >> log2) - 1;
  const hash = cursor.peek();
  if (hash.kind === 'punct' && hash.text === '#') return { message: 'the number of a lane is written without #' };
  const number = readNumber(cursor, 'the number of a lane');
  if (isMismatch(number)) return number;
  const index = number.value.known ? number.value.value : 0n;
  if (index < 0n || index > BigInt(highest)) return { message: `there is no lane ${index}: 0 to ${highest}`, at: number.at };
  if (!cursor.accept(']')) return { message: 'expected "]"' };
  return { list, log2, index: Number(index) };
}

/** One lane of `count` registers, into the fields Rt, scale, Q, S, size. */
function lanes(count: number): OperandKind {
  return {
    doc: `one lane of ${NUMBER_NAMES[count]}, as ${listText(0, count, 's')}[1]`,
    shown: `${shownList(count, '<Ts>')}[<index>]`,
    parse(cursor, fields, [Rt, ...select]) {
      const read = readLanes(cursor, count, LETTERS);
      if ('message' in read) return read;
      const { at, first } = read.list;
      const values = selectLane(read.log2, read.index);
      return select.reduce<Mismatch | undefined>(
        (wrong, name, i) => wrong ?? write(fields, name, values[i] as number, at),
        write(fields, Rt, first, at),
      );
    },
    print: (fields, names) => {
      const [Rt, scale, Q, S, size] = names.map((name) => fields[name]) as [number, number, number, number, number];
      const lane = laneOf(scale, Q, S, size);
      return lane && `${listText(Rt, count, LETTERS[lane.log2] as string)}[${lane.index}]`;
    },
  };
}

/** One doubleword lane, into the fields Rt and Q (LDAP1, STL1). */
const doublewordLane: OperandKind = {
  doc: 'a doubleword lane, as {v0.d}[1]',
  shown: '{ <Vt>.D }[<index>]',
  parse(cursor, fields, [Rt, Q]) {
    const read = readLanes(cursor, 1, 'd');
    if ('message' in read) return read;
    return write(fields, Rt, read.list.first, read.list.at) ?? write(fields, Q, read.index, read.list.at);
  },
  print: (fields, [Rt, Q]) => `{v${fields[Rt as string]}.d}[${fields[Q as string]}]`,
};

/** What the base register is stepped by: an X register, or the bytes moved, which Rm=31 stands for. */
function step(bytes: (read: Read, names: readonly string[]) => number): OperandKind {
  return {
    doc: 'the number of bytes moved, or x0–x30',
    shown: '#<bytes> or <Xm>',
    parse(cursor, fields, [Rm, ...names]) {
      const at = cursor.peek();
      const register = peekRegister(cursor);
      if (register) {
        if (register.role !== 'general' || register.sf !== 1) return { message: 'expected x0–x30 or the number of bytes moved' };
        cursor.next();
        return write(fields, Rm, register.number, at);
      }
      const number = readNumber(cursor, 'x0–x30 or the number of bytes moved');
      if (isMismatch(number)) return number;
      const moved = bytes((name) => fields.get(name) ?? 0, names);
      if (number.value.known && number.value.value !== BigInt(moved)) {
        return { message: `the step is ${moved}, the number of bytes moved, or a register`, at: number.at };
      }
      return write(fields, Rm, 31, at);
    },
    print(fields, [Rm, ...names]) {
      const number = fields[Rm as string] as number;
      return number === 31 ? `#${bytes((name) => fields[name] as number, names)}` : registerText(number, true);
    },
  };
}

const stepWhole = (count: number): OperandKind => step((read, [Q]) => count * (8 << read(Q as string)));
const stepElement = (count: number): OperandKind => step((read, [size]) => count << read(size as string));
const stepLane = (count: number): OperandKind =>
  step((read, [scale, size]) => count << (read(scale as string) === 2 ? 2 + read(size as string) : read(scale as string)));

export const structureKinds = {
  /** One to four whole registers by opcode. */
  Registers: oneToFour,
  Registers1: wholeRegisters(1),
  Registers2: wholeRegisters(2),
  Registers3: wholeRegisters(3),
  Registers4: wholeRegisters(4),
  Lane1: lanes(1),
  Lane2: lanes(2),
  Lane3: lanes(3),
  Lane4: lanes(4),
  LaneD: doublewordLane,
  /** After whole registers: Rm, Q and, where opcode has the number of registers, opcode. */
  StepRegisters: step((read, [Q, opcode]) => (COUNT_OF_OPCODE[read(opcode as string)] ?? 0) * (8 << read(Q as string))),
  StepRegisters2: stepWhole(2),
  StepRegisters3: stepWhole(3),
  StepRegisters4: stepWhole(4),
  /** After one element for all lanes: Rm, size. */
  StepElement1: stepElement(1),
  StepElement2: stepElement(2),
  StepElement3: stepElement(3),
  StepElement4: stepElement(4),
  /** After one lane: Rm, scale, size. */
  StepLane1: stepLane(1),
  StepLane2: stepLane(2),
  StepLane3: stepLane(3),
  StepLane4: stepLane(4),
} as const satisfies Record<string, OperandKind>;
