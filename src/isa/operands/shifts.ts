// Operand kinds of shifted and extended registers, and of the shift and bitfield aliases, whose numbers are computed from others.
import type { FieldWriter, Mismatch, OperandKind } from '../syntax.ts';
import { acceptKeyword, isMismatch, keyword, readNumber, registerWidth, write } from './common.ts';
import { peekRegister, registerText } from './registers.ts';

const SHIFTS = ['lsl', 'lsr', 'asr', 'ror'] as const;
const EXTENDS = ['uxtb', 'uxth', 'uxtw', 'uxtx', 'sxtb', 'sxth', 'sxtw', 'sxtx'] as const;

/** `, lsl #n` and the like, or nothing; `ror` only where the logical instructions allow it. */
function shiftKind(withRor: boolean): OperandKind {
  const allowed = SHIFTS.slice(0, withRor ? 4 : 3);
  return {
    doc: `${allowed.join(', ')} with an amount below the register width, or nothing`,
    shown: '{, <shift> #<amount>}',
    optional: true,
    parse(cursor, fields, [shift, amount]) {
      const start = cursor.peek();
      if (!cursor.accept(',')) return write(fields, shift, 0, start) ?? write(fields, amount, 0, start);
      const at = cursor.peek();
      const kind = (allowed as readonly string[]).indexOf(keyword(at));
      if (kind < 0) return { message: `expected ${allowed.join(', ')}` };
      cursor.next();
      const number = readNumber(cursor, 'a shift amount');
      if (isMismatch(number)) return number;
      const width = registerWidth(fields);
      if (number.value.value < 0n || number.value.value >= BigInt(width)) {
        return { message: `the shift amount is 0 to ${width - 1}`, at: number.at };
      }
      return write(fields, shift, kind, at) ?? write(fields, amount, Number(number.value.value), number.at);
    },
    print(fields, [shift, amount]) {
      const kind = fields[shift as string] as number;
      const value = fields[amount as string] as number;
      return kind === 0 && value === 0 ? '' : `, ${SHIFTS[kind]} #${value}`;
    },
  };
}

/** `, lsl #0` to `, lsl #7`, or nothing. */
const lsl3: OperandKind = {
  doc: 'lsl #0 to #7, or nothing',
  shown: '{, lsl #<amount>}',
  optional: true,
  parse(cursor, fields, [amount]) {
    const start = cursor.peek();
    if (!cursor.accept(',')) return write(fields, amount, 0, start);
    if (!acceptKeyword(cursor, 'lsl')) return { message: 'expected lsl' };
    const number = readNumber(cursor, 'a shift amount');
    if (isMismatch(number)) return number;
    if (number.value.value < 0n || number.value.value > 7n) return { message: 'the shift amount is 0 to 7', at: number.at };
    return write(fields, amount, Number(number.value.value), number.at);
  },
  print: (fields, [amount]) => (fields[amount as string] === 0 ? '' : `, lsl #${fields[amount as string]}`),
};

/**
 * The third operand of add and sub (extended register): register, extension and amount. Next to SP, `lsl` and no extension at all mean
 * the extension of the operation's own width.
 */
function extendedKind(rd: string): OperandKind {
  return {
    doc: 'a register, extended (uxtb … sxtx) and shifted left by 0 to 4',
    shown: '<R>{, <extend> {#<amount>}}',
    parse(cursor, fields, [rm, option, imm3]) {
      const at = cursor.peek();
      const register = peekRegister(cursor);
      if (!register || register.role === 'sp') return { message: 'expected a general register or the zero register' };
      const sf = fields.get('sf') ?? 1;
      if (sf === 0 && register.sf === 1) return { message: 'expected a W register' };
      cursor.next();
      // Next to SP a W register is extended by uxtw, said or not.
      const nearSp = fields.get('Rn') === 31 || (rd !== '' && fields.get(rd) === 31);
      const natural = register.sf ? 3 : 2;
      let kind: number = natural;
      let amount = 0;
      if (cursor.accept(',')) {
        const word = cursor.peek();
        const text = keyword(word);
        kind = text === 'lsl' ? natural : (EXTENDS as readonly string[]).indexOf(text);
        if (kind < 0) return { message: 'expected an extension (uxtb, uxth, uxtw, uxtx, sxtb, sxth, sxtw, sxtx) or lsl' };
        if (text === 'lsl' && register.sf !== sf && !nearSp)
          return { message: 'lsl needs a register of the operation’s width', at };
        cursor.next();
        const next = cursor.peek();
        const number = next.kind === 'end' ? undefined : readNumber(cursor, 'a shift amount');
        if (number && isMismatch(number)) return number;
        if (!number && text === 'lsl') return { message: 'expected a shift amount' };
        if (number) {
          if (number.value.value < 0n || number.value.value > 4n) return { message: 'the shift amount is 0 to 4', at: number.at };
          amount = Number(number.value.value);
        }
      } else if (register.sf !== sf && !nearSp) {
        return { message: 'a W register needs an extension here', at };
      }
      return write(fields, rm, register.number, at) ?? write(fields, option, kind, at) ?? write(fields, imm3, amount, at);
    },
    print(fields, [rm, option, imm3]) {
      const kind = fields[option as string] as number;
      const amount = fields[imm3 as string] as number;
      const text = registerText(fields[rm as string] as number, fields.sf === 1 && (kind & 3) === 3);
      const nearSp = fields.Rn === 31 || (rd !== '' && fields[rd] === 31);
      if (nearSp && kind === (fields.sf ? 3 : 2)) return amount === 0 ? text : `${text}, lsl #${amount}`;
      return `${text}, ${EXTENDS[kind]}${amount === 0 ? '' : ` #${amount}`}`;
    },
  };
}

/** A number from which bitfield fields are computed: `encode` gives them, or undefined when it does not fit; `decode` is its inverse. */
function computedKind(source: {
  readonly what: string;
  readonly doc: (width: number) => string;
  readonly encode: (value: number, width: number, fields: FieldWriter) => readonly number[] | undefined;
  readonly decode: (values: readonly number[], width: number) => number | undefined;
}): OperandKind {
  return {
    doc: source.what,
    shown: `#<${source.what.split(' ').at(-1)}>`,
    parse(cursor, fields, names): Mismatch | undefined {
      const number = readNumber(cursor, source.what);
      if (isMismatch(number)) return number;
      const width = registerWidth(fields);
      const { value } = number.value;
      const encoded = value >= 0n && value <= 64n ? source.encode(Number(value), width, fields) : undefined;
      if (!encoded) return { message: `${value} does not fit: ${source.doc(width)}`, at: number.at };
      for (const [i, name] of names.entries()) {
        const mismatch = write(fields, name, encoded[i] as number, number.at);
        if (mismatch) return mismatch;
      }
      return undefined;
    },
    print(fields, names) {
      const value = source.decode(
        names.map((name) => fields[name] as number),
        registerWidth(fields),
      );
      return value === undefined ? undefined : `#${value}`;
    },
  };
}

const below = (width: number): string => `0 to ${width - 1}`;

/** Rotation, or any number below the width. */
const belowWidth = computedKind({
  what: 'an amount',
  doc: below,
  encode: (value, width) => (value < width ? [value] : undefined),
  decode: ([value], width) => ((value as number) < width ? value : undefined),
});

/** LSR and ASR by a number: {immr, imms} with imms the last bit. */
const rightShift = computedKind({
  what: 'a shift amount',
  doc: below,
  encode: (value, width) => (value < width ? [value, width - 1] : undefined),
  decode: ([immr, imms], width) => (imms === width - 1 ? immr : undefined),
});

/** LSL by a number: {immr, imms} with imms + 1 = immr. */
const leftShift = computedKind({
  what: 'a shift amount',
  doc: below,
  encode: (value, width) => (value < width ? [(width - value) % width, width - 1 - value] : undefined),
  decode: ([immr, imms], width) =>
    imms !== width - 1 && (imms as number) + 1 === immr ? width - 1 - (imms as number) : undefined,
});

/** The least significant bit of an insertion (BFI, BFC, SBFIZ, UBFIZ): immr is its negative. Prints only where imms < immr. */
const insertLsb: OperandKind = {
  ...computedKind({
    what: 'the lsb',
    doc: below,
    encode: (value, width) => (value < width ? [(width - value) % width] : undefined),
    decode: ([immr], width) => width - (immr as number),
  }),
  print: (fields, [immr]) =>
    (fields.imms as number) < (fields[immr as string] as number)
      ? `#${registerWidth(fields) - (fields[immr as string] as number)}`
      : undefined,
};

const insertWidth = computedKind({
  what: 'the width',
  doc: (width) => `1 to ${width} less the lsb`,
  encode(value, width, fields) {
    const lsb = (width - (fields.get('immr') ?? 0)) % width;
    return value >= 1 && lsb + value <= width ? [value - 1] : undefined;
  },
  decode: ([imms]) => (imms as number) + 1,
});

/** The width of an extraction (BFXIL, SBFX, UBFX): imms is the last bit. Prints only where imms >= immr. */
const extractWidth: OperandKind = {
  ...computedKind({
    what: 'the width',
    doc: (width) => `1 to ${width} less the lsb`,
    encode(value, width, fields) {
      const lsb = fields.get('immr') ?? 0;
      return value >= 1 && lsb + value <= width ? [lsb + value - 1] : undefined;
    },
    decode: ([imms]) => imms,
  }),
  print(fields, [imms]) {
    const width = (fields[imms as string] as number) - (fields.immr as number) + 1;
    return width >= 1 ? `#${width}` : undefined;
  },
};

export const shiftKinds = {
  Shift: shiftKind(false),
  ShiftOrRotate: shiftKind(true),
  Lsl3: lsl3,
  ExtendedSP: extendedKind('Rd'),
  Extended: extendedKind(''),
  BelowWidth: belowWidth,
  RightShift: rightShift,
  LeftShift: leftShift,
  InsertLsb: insertLsb,
  InsertWidth: insertWidth,
  ExtractWidth: extractWidth,
} as const satisfies Record<string, OperandKind>;
