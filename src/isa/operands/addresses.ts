// Operand kinds that stand inside the brackets of an address, or after them, and labels. The brackets themselves are template text.
import type { Cursor, FieldWriter, Mismatch, OperandKind } from '../syntax.ts';
import { isMismatch, keyword, readNumber, readRelocated, write } from './common.ts';
import { peekRegister, registerKinds, registerText } from './registers.ts';

type Read = (name: string) => number;

/** Where the scale of an offset comes from: a number of bytes, or the width of the transfer. */
type Scale = number | ((field: Read) => number);

const bySf: Scale = (field) => 4 << field('sf');
const bySize: Scale = (field) => 1 << field('size');
const byOpc: Scale = (field) => 4 << field('opc');

/** An offset of `bits` bits, scaled. `absent`: the operand and its comma may be left out when it is zero. */
function offsetKind(source: {
  readonly bits: number;
  readonly signed: boolean;
  readonly scale: Scale;
  readonly absent: boolean;
  readonly lo12?: boolean;
}): OperandKind {
  const { bits, signed, scale, absent } = source;
  const bytes = (field: Read): number => (typeof scale === 'number' ? scale : scale(field));
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const high = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const range = (by: number): string => (by === 1 ? `${low} to ${high}` : `a multiple of ${by} from ${low * by} to ${high * by}`);
  return {
    doc: typeof scale === 'number' ? range(scale) : `${range(4)} for W, ${range(8)} for X`,
    shown: absent ? '{, #<imm>}' : '#<imm>',
    optional: absent,
    parse(cursor, fields, names) {
      const start = cursor.peek();
      if (absent && !cursor.accept(',')) return store(fields, names, 0, start);
      const number = readRelocated(cursor, 'an offset');
      if (isMismatch(number)) return number;
      const { at, value } = number;
      const by = bytes((name) => fields.get(name) ?? 0);
      let offset = value.value;
      if (value.relocation === 'lo12' && source.lo12) offset &= 0xfffn;
      else if (value.relocation !== undefined) return { message: `:${value.relocation}: has no place here`, at };
      if (!value.known) offset = 0n;
      if (offset % BigInt(by) !== 0n || offset < BigInt(low * by) || offset > BigInt(high * by)) {
        return { message: `offset ${offset} does not fit: ${range(by)}`, at };
      }
      const stored = Number(offset) / by;
      return store(fields, names, stored < 0 ? stored + 2 ** bits : stored, at);
    },
    print(fields, names) {
      const stored = load(fields, names);
      const value = (signed && stored > high ? stored - 2 ** bits : stored) * bytes((name) => fields[name] as number);
      return absent ? (value === 0 ? '' : `, #${value}`) : `#${value}`;
    },
  };

  // The one offset that is split over two fields (LDRAA) has its sign bit in the first.
  function store(
    fields: FieldWriter,
    names: readonly string[],
    stored: number,
    at: ReturnType<Cursor['peek']>,
  ): Mismatch | undefined {
    if (names.length === 1) return write(fields, names[0], stored, at);
    return write(fields, names[0], stored >> 9, at) ?? write(fields, names[1], stored & 511, at);
  }
  function load(fields: Readonly<Record<string, number>>, names: readonly string[]): number {
    const first = fields[names[0] as string] as number;
    return names.length === 1 ? first : first * 512 + (fields[names[1] as string] as number);
  }
}

/** A base register alone; `, #0` may be written after it. */
const base: OperandKind = {
  ...registerKinds.XSP,
  shown: '<Xn|SP>{, #0}',
  parse(cursor, fields, names, ...rest) {
    const mismatch = registerKinds.XSP.parse(cursor, fields, names, ...rest);
    if (mismatch || !cursor.accept(',')) return mismatch;
    const number = readNumber(cursor, 'an offset');
    if (isMismatch(number)) return number;
    return number.value.value === 0n ? undefined : { message: 'this address takes no offset', at: number.at };
  },
};

const INDEX_EXTENDS = ['', '', 'uxtw', 'lsl', '', '', 'sxtw', 'sxtx'] as const;

/** An index register with its extension; the amount is log2 of the bytes moved, or none. */
function indexKind(scale: (field: Read) => number): OperandKind {
  return {
    doc: 'an index register: X with lsl or sxtx, W with uxtw or sxtw, shifted by log2 of the size or not at all',
    shown: '<R>{, <extend> {#<amount>}}',
    parse(cursor, fields, [rm, option, shifted]) {
      const at = cursor.peek();
      const register = peekRegister(cursor);
      if (!register || register.role === 'sp') return { message: 'expected an index register' };
      cursor.next();
      let kind = 3;
      let amount: number | undefined;
      let word: string | undefined;
      const log2 = scale((name) => fields.get(name) ?? 0);
      if (cursor.accept(',')) {
        const token = cursor.peek();
        word = keyword(token);
        kind = word === '' ? -1 : (INDEX_EXTENDS as readonly string[]).indexOf(word);
        if (kind < 0) return { message: 'expected lsl, uxtw, sxtw or sxtx' };
        cursor.next();
        const next = cursor.peek();
        if (!(next.kind === 'punct' && next.text === ']')) {
          const number = readNumber(cursor, 'a shift amount');
          if (isMismatch(number)) return number;
          amount = Number(number.value.value);
          if (amount !== 0 && amount !== log2)
            return { message: `the shift amount is ${log2 === 0 ? '0' : `0 or ${log2}`}`, at: number.at };
        } else if (word === 'lsl') {
          return { message: 'expected a shift amount' };
        }
      }
      if ((register.sf === 1) !== ((kind & 1) === 1)) {
        return { message: register.sf === 1 ? 'an X index takes lsl or sxtx' : 'a W index takes uxtw or sxtw', at };
      }
      // With a byte a written #0 sets S, which changes nothing but the text.
      const s = amount !== undefined && amount === log2 ? 1 : 0;
      return write(fields, rm, register.number, at) ?? write(fields, option, kind, at) ?? write(fields, shifted, s, at);
    },
    print(fields, [rm, option, shifted]) {
      const kind = fields[option as string] as number;
      const word = INDEX_EXTENDS[kind];
      if (!word) return undefined;
      const text = registerText(fields[rm as string] as number, (kind & 1) === 1);
      if (fields[shifted as string]) return `${text}, ${word} #${scale((name) => fields[name] as number)}`;
      return kind === 3 ? text : `${text}, ${word}`;
    },
  };
}

/** A label: the distance to it in units of `2^shift` bytes, in one field or (ADR) its low bits first. */
function labelKind(source: {
  readonly bits: number;
  readonly shift: number;
  readonly page?: boolean;
  readonly backwards?: boolean;
}): OperandKind {
  const { bits, shift } = source;
  const low = source.backwards ? -(2 ** bits - 1) : -(2 ** (bits - 1));
  const high = source.backwards ? 0 : 2 ** (bits - 1) - 1;
  const unit = 2 ** shift;
  const doc = source.page
    ? 'a label within 4 GiB'
    : `a label ${unit === 1 ? '' : `at a multiple of ${unit} bytes, `}${source.backwards ? `up to ${-low * unit} bytes back` : `within ${(high + 1) * unit} bytes`}`;
  return {
    doc,
    shown: '<label>',
    parse(cursor, fields, names) {
      const at = cursor.peek();
      if (source.page && at.text === '#') return { message: 'expected a label: the address of a page is written without #' };
      const value = cursor.expression();
      if (!value) return { message: 'expected a label' };
      if (value.relocation !== undefined && !(source.page && value.relocation.startsWith('pg_hi21'))) {
        return { message: `:${value.relocation}: has no place here`, at };
      }
      // The page is the linker's to find, also of a plain number.
      if (!value.known || (source.page && !cursor.linked)) {
        for (const name of names) if (!fields.set(name, 0)) return { message: 'conflicting value', at };
        return undefined;
      }
      if (value.value < -(1n << 63n) || value.value >= 1n << 64n)
        return { message: `${value.value} is no address of 64 bits`, at };
      // A plain number is the distance itself, as GNU as has it (for ADRP, an address); an address is measured from here.
      const origin = source.page ? (cursor.pc >> 12n) << 12n : cursor.pc;
      const target = source.page ? (value.value >> 12n) << 12n : value.value;
      const distance = BigInt.asIntN(64, value.kind === 'address' || source.page ? target - origin : target);
      if (!source.page && distance % BigInt(unit) !== 0n)
        return { message: `the target is not a multiple of ${unit} bytes away`, at };
      const units = distance >> BigInt(shift);
      if (units < BigInt(low) || units > BigInt(high))
        return { message: `the target is ${distance} bytes away, out of reach: ${doc}`, at };
      const stored = source.backwards ? -Number(units) : Number(units) < 0 ? Number(units) + 2 ** bits : Number(units);
      const [first, second] = names;
      if (second === undefined) return write(fields, first, stored, at);
      return write(fields, first, stored & 3, at) ?? write(fields, second, Math.floor(stored / 4), at);
    },
    print(fields, [first, second], context) {
      const stored =
        second === undefined
          ? (fields[first as string] as number)
          : (fields[second] as number) * 4 + (fields[first as string] as number);
      const units = source.backwards ? -stored : stored > high ? stored - 2 ** bits : stored;
      const origin = source.page ? (context.pc >> 12n) << 12n : context.pc;
      const target = BigInt.asUintN(64, origin + (BigInt(units) << BigInt(shift)));
      const symbol = context.symbolAt?.(target);
      return `0x${target.toString(16)}${symbol === undefined ? '' : ` <${symbol}>`}`;
    },
  };
}

/** The register and bit number of TBZ and TBNZ: the width of the register is the top bit of the number. */
const testBit: OperandKind = {
  doc: 'a W register and a bit 0 to 31, or an X register and a bit 0 to 63',
  shown: '<R>, #<imm>',
  parse(cursor, fields, [rt, b5, b40]) {
    const register = peekRegister(cursor);
    const at = cursor.peek();
    if (!register || register.role === 'sp') return { message: 'expected a general register or the zero register' };
    cursor.next();
    if (!cursor.accept(',')) return { message: 'expected ","' };
    const number = readNumber(cursor, 'a bit number');
    if (isMismatch(number)) return number;
    const limit = register.sf ? 63 : 31;
    const bit = number.value.value;
    if (bit < 0n || bit > BigInt(limit)) return { message: `bit ${bit} does not exist: 0 to ${limit}`, at: number.at };
    return (
      write(fields, rt, register.number, at) ??
      write(fields, b5, Number(bit >> 5n), at) ??
      write(fields, b40, Number(bit & 31n), at)
    );
  },
  print(fields, [rt, b5, b40]) {
    const high = fields[b5 as string] as number;
    return `${registerText(fields[rt as string] as number, high === 1)}, #${high * 32 + (fields[b40 as string] as number)}`;
  },
};

/** An offset that is settled by sf: -4 or -8, 4 or 8, or twice that. */
function fixedStep(sign: 1 | -1, elements: 1 | 2): OperandKind {
  const step = (sf: number): number => sign * elements * (sf ? 8 : 4);
  return {
    doc: `${step(0)} for W, ${step(1)} for X`,
    shown: '#<imm>',
    parse(cursor, fields) {
      const number = readNumber(cursor, 'an offset');
      if (isMismatch(number)) return number;
      const want = step(fields.get('sf') ?? 1);
      return number.value.value === BigInt(want) ? undefined : { message: `the offset is ${want}`, at: number.at };
    },
    print: (fields, [sf]) => `#${step(fields[sf as string] as number)}`,
  };
}

const unscaled = { bits: 9, signed: true, scale: 1 } as const;

export const addressKinds = {
  Base: base,
  /** Twelve bits, scaled by the size of the transfer; may be left out. */
  Offset1: offsetKind({ bits: 12, signed: false, scale: 1, absent: true, lo12: true }),
  Offset2: offsetKind({ bits: 12, signed: false, scale: 2, absent: true, lo12: true }),
  Offset4: offsetKind({ bits: 12, signed: false, scale: 4, absent: true, lo12: true }),
  Offset8: offsetKind({ bits: 12, signed: false, scale: 8, absent: true, lo12: true }),
  Offset16: offsetKind({ bits: 12, signed: false, scale: 16, absent: true, lo12: true }),
  OffsetSf: offsetKind({ bits: 12, signed: false, scale: bySf, absent: true, lo12: true }),
  OffsetSize: offsetKind({ bits: 12, signed: false, scale: bySize, absent: true, lo12: true }),
  /** -256 to 255: may be left out, or must stand (write-back). */
  Unscaled: offsetKind({ ...unscaled, absent: true }),
  Step: offsetKind({ ...unscaled, absent: false }),
  /** Pairs. */
  PairOffset4: offsetKind({ bits: 7, signed: true, scale: 4, absent: true }),
  PairOffset8: offsetKind({ bits: 7, signed: true, scale: 8, absent: true }),
  PairOffset16: offsetKind({ bits: 7, signed: true, scale: 16, absent: true }),
  PairOffsetSf: offsetKind({ bits: 7, signed: true, scale: bySf, absent: true }),
  PairOffsetOpc: offsetKind({ bits: 7, signed: true, scale: byOpc, absent: true }),
  PairStep4: offsetKind({ bits: 7, signed: true, scale: 4, absent: false }),
  PairStep8: offsetKind({ bits: 7, signed: true, scale: 8, absent: false }),
  PairStep16: offsetKind({ bits: 7, signed: true, scale: 16, absent: false }),
  PairStepSf: offsetKind({ bits: 7, signed: true, scale: bySf, absent: false }),
  PairStepOpc: offsetKind({ bits: 7, signed: true, scale: byOpc, absent: false }),
  /** Tag granules. */
  TagOffset: offsetKind({ bits: 9, signed: true, scale: 16, absent: true }),
  TagStep: offsetKind({ bits: 9, signed: true, scale: 16, absent: false }),
  /** LDRAA and LDRAB. */
  AuthenticatedOffset: offsetKind({ bits: 10, signed: true, scale: 8, absent: true }),
  PlusSize: fixedStep(1, 1),
  MinusSize: fixedStep(-1, 1),
  PlusPair: fixedStep(1, 2),
  MinusPair: fixedStep(-1, 2),
  Index0: indexKind(() => 0),
  Index1: indexKind(() => 1),
  Index2: indexKind(() => 2),
  Index3: indexKind(() => 3),
  Index4: indexKind(() => 4),
  IndexSf: indexKind((field) => 2 + field('sf')),
  IndexSize: indexKind((field) => field('size')),
  TestBit: testBit,
  Label26: labelKind({ bits: 26, shift: 2 }),
  Label19: labelKind({ bits: 19, shift: 2 }),
  Label14: labelKind({ bits: 14, shift: 2 }),
  Label9: labelKind({ bits: 9, shift: 2 }),
  LabelBack16: labelKind({ bits: 16, shift: 2, backwards: true }),
  LabelByte: labelKind({ bits: 21, shift: 0 }),
  LabelPage: labelKind({ bits: 21, shift: 12, page: true }),
} as const satisfies Record<string, OperandKind>;
