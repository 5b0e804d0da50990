// Operand kinds that are numbers. Messages name the permitted range.
import type { Cursor, OperandKind, Value } from '../syntax.ts';
import { acceptKeyword, isMismatch, rangeKind, readNumber, readRelocated, registerWidth, write } from './common.ts';

/** An unsigned immediate of `bits` bits. */
function unsigned(bits: number, hex: boolean): OperandKind {
  return rangeKind({ low: 0, high: 2 ** bits - 1, bits, hex });
}

/** The immediate of add and sub with its optional shift; `sign` -1 reads and prints the negated number; `low`: may be `:lo12:` of an address. */
function addImmediate(sign: 1 | -1, low = false): OperandKind {
  const doc = sign > 0 ? '0 to 4095, or a multiple of 4096 to 16773120' : '-4095 to -1, or a multiple of 4096 down to -16773120';
  return {
    doc,
    shown: '#<imm>{, lsl #0|#12}',
    parse(cursor, fields, [imm12, sh]) {
      const number = readRelocated(cursor);
      if (isMismatch(number)) return number;
      const { at } = number;
      let value = number.value.value * BigInt(sign);
      if (low && number.value.relocation === 'lo12') value &= 0xfffn;
      else if (number.value.relocation !== undefined) return { message: `:${number.value.relocation}: has no place here`, at };
      if (sign < 0 && value <= 0n) return { message: 'expected a negative immediate', at };
      if (!number.value.known) value = 0n;
      let shift = 0;
      let shifted = false;
      if (cursor.accept(',')) {
        if (!acceptKeyword(cursor, 'lsl')) return { message: 'expected lsl #0 or lsl #12' };
        const amount = readNumber(cursor, 'a shift amount');
        if (isMismatch(amount)) return amount;
        if (amount.value.value !== 0n && amount.value.value !== 12n)
          return { message: 'the shift is lsl #0 or lsl #12', at: amount.at };
        shifted = true;
        shift = amount.value.value === 12n ? 1 : 0;
      }
      if (!shifted && value > 4095n && value <= 0xfff000n && (value & 0xfffn) === 0n) {
        value >>= 12n;
        shift = 1;
      }
      if (value < 0n || value > 4095n)
        return { message: `immediate ${number.value.value} does not fit: ${shifted ? '0 to 4095 before a shift' : doc}`, at };
      return write(fields, imm12, Number(value), at) ?? write(fields, sh, shift, at);
    },
    print(fields, [imm12, sh]) {
      const value = fields[imm12 as string] as number;
      return sign < 0 ? undefined : `#0x${value.toString(16)}${fields[sh as string] ? ', lsl #12' : ''}`;
    },
  };
}

/**
 * Operators that take 16 bits of a value: of an address, or (prel) of the distance to it from the instruction. `nc`: not checked; `s`, and prel
 * without nc: the value is signed, and the instruction is MOVZ or MOVN by its sign.
 */
const GROUP = /^(abs|prel)_g([0-3])(_nc|_s)?$/;

/** What a move does with signed values: MOVK has none, MOVZ takes those from 0 up and MOVN the others. */
type Signed = 'none' | 'from-zero' | 'below-zero';

/** The 16 bits that an operator gives, and where they go. */
function groupOf(
  cursor: Cursor,
  value: Value,
  width: number,
  signed: Signed,
  settles: boolean,
): { imm16: number; hw: number } | string {
  const group = GROUP.exec(value.relocation ?? '');
  if (!group) return `:${value.relocation}: has no place here`;
  const [, base, number, suffix] = group;
  const hw = Number(number);
  if (hw * 16 >= width) return `:${value.relocation}: needs an X register`;
  const bySign = suffix === '_s' || (base === 'prel' && suffix === undefined);
  if (bySign && signed === 'none') return `:${value.relocation}: goes with movz or movn, which it chooses by the sign`;
  if (settles && !(bySign && value.known)) return 'the sign does not ask for the other instruction';
  if (!value.known) return { imm16: 0, hw };
  const whole = BigInt.asIntN(64, base === 'prel' ? value.value - cursor.pc : value.value);
  const limit = 1n << BigInt(16 * (hw + 1));
  if (!bySign) {
    if (suffix === undefined && BigInt.asUintN(64, whole) >= limit) return `the value does not fit in :${value.relocation}:`;
    return { imm16: Number(BigInt.asUintN(16, whole >> BigInt(16 * hw))), hw };
  }
  if (hw < 3 && (whole < -limit || whole >= limit)) return `the value does not fit in :${value.relocation}:`;
  if (whole < 0n !== (signed === 'below-zero')) return 'the sign asks for the other instruction';
  return { imm16: Number(BigInt.asUintN(16, (whole < 0n ? ~whole : whole) >> BigInt(16 * hw))), hw };
}

/** A 16-bit immediate and the position it goes to, written as `#imm{, lsl #shift}` or with an operator. */
function moveWide(signed: Signed): OperandKind {
  return {
    doc: '0 to 65535, optionally shifted left by 16, 32 or 48',
    shown: '#<imm>{, lsl #<shift>}',
    parse(cursor, fields, [imm16, hw]) {
      const number = readRelocated(cursor);
      if (isMismatch(number)) return number;
      const { at, value } = number;
      const width = registerWidth(fields);
      if (value.relocation !== undefined) {
        const group = groupOf(cursor, value, width, signed, false);
        if (typeof group === 'string') return { message: group, at };
        return write(fields, imm16, group.imm16, at) ?? write(fields, hw, group.hw, at);
      }
      if (value.known && (value.value < 0n || value.value > 0xffffn))
        return { message: `immediate ${value.value} does not fit: 0 to 65535`, at };
      let position = 0;
      if (cursor.accept(',')) {
        if (!acceptKeyword(cursor, 'lsl')) return { message: 'expected lsl' };
        const amount = readNumber(cursor, 'a shift amount');
        if (isMismatch(amount)) return amount;
        const shift = amount.value.value;
        if (shift < 0n || shift % 16n !== 0n || shift >= BigInt(width)) {
          return { message: `the shift is ${width === 32 ? '0 or 16' : '0, 16, 32 or 48'}`, at: amount.at };
        }
        position = Number(shift) / 16;
      }
      return write(fields, imm16, value.known ? Number(value.value) : 0, at) ?? write(fields, hw, position, at);
    },
    print(fields, [imm16, hw]) {
      const shift = (fields[hw as string] as number) * 16;
      return `#0x${(fields[imm16 as string] as number).toString(16)}${shift ? `, lsl #${shift}` : ''}`;
    },
  };
}

/** An operator with a signed value that makes MOVZ of a written MOVN, or the other way about. */
function moveBySign(signed: Signed): OperandKind {
  return {
    doc: 'an operator such as :prel_g0: with a symbol',
    shown: ':<operator>:<symbol>',
    parse(cursor, fields, [imm16, hw]) {
      const number = readRelocated(cursor);
      if (isMismatch(number)) return number;
      const { at, value } = number;
      if (value.relocation === undefined) return { message: 'expected an operator such as :prel_g0:', at };
      const group = groupOf(cursor, value, registerWidth(fields), signed, true);
      if (typeof group === 'string') return { message: group, at };
      return write(fields, imm16, group.imm16, at) ?? write(fields, hw, group.hw, at);
    },
    print: () => undefined,
  };
}

/** A whole 32- or 64-bit number that MOVZ (or, inverted, MOVN) can make. */
function moveWhole(inverted: boolean): OperandKind {
  return {
    doc: inverted
      ? 'a number with at most one halfword that is not 0xffff'
      : 'a number with at most one halfword that is not zero',
    shown: '#<imm>',
    parse(cursor, fields, [imm16, hw]) {
      const number = readNumber(cursor);
      if (isMismatch(number)) return number;
      const { at } = number;
      if (!number.value.known) return write(fields, imm16, 0, at) ?? write(fields, hw, 0, at);
      const width = registerWidth(fields);
      const value = number.value.value;
      const cut = BigInt.asUintN(width, value);
      // A number for W may be written in 64 bits, sign-extended or not; of MOVN the inverse counts, whatever its own sign.
      const upper = BigInt.asUintN(64, value) >> 32n;
      const wide = value < -(1n << 63n) || value >= 1n << 64n;
      if (wide || (width === 32 && upper !== 0n && upper !== 0xffff_ffffn)) {
        return { message: `immediate ${value} does not fit in ${width} bits`, at };
      }
      const bits = inverted ? BigInt.asUintN(width, ~cut) : cut;
      for (let position = 0; position * 16 < width; position += 1) {
        const shift = BigInt(position * 16);
        if ((bits & ~(0xffffn << shift)) === 0n)
          return write(fields, imm16, Number(bits >> shift), at) ?? write(fields, hw, position, at);
      }
      return { message: `immediate ${value} cannot be moved in one instruction`, at };
    },
    print(fields, [imm16, hw]) {
      const half = fields[imm16 as string] as number;
      const position = fields[hw as string] as number;
      const width = registerWidth(fields);
      // The manual's conditions for MOV: a zero stays MOVZ/MOVN unless unshifted, and MOVN that MOVZ could do stays MOVN.
      if (half === 0 && position !== 0) return undefined;
      if (inverted && width === 32 && half === 0xffff) return undefined;
      const bits = BigInt(half) << BigInt(position * 16);
      return `#0x${(inverted ? BigInt.asUintN(width, ~bits) : bits).toString(16)}`;
    },
  };
}

/** `{, #imm}` that is left out when it has this value. */
function optionalHex(bits: number, absent: number): OperandKind {
  const inner = unsigned(bits, true);
  return {
    doc: inner.doc,
    shown: '{#<imm>}',
    optional: true,
    parse(cursor, fields, names) {
      if (cursor.peek().kind === 'end') return write(fields, names[0], absent, cursor.peek());
      return inner.parse(cursor, fields, names);
    },
    print: (fields, names, context) => (fields[names[0] as string] === absent ? '' : inner.print(fields, names, context)),
  };
}

/** A number one above or below what the field holds: `x >= n` is `x > n - 1`. */
function neighbour(by: 1 | -1): OperandKind {
  const low = by > 0 ? 1 : -1;
  const high = low + 63;
  return {
    doc: `${low} to ${high}`,
    shown: '#<imm>',
    parse(cursor, fields, [field]) {
      const number = readNumber(cursor);
      if (isMismatch(number)) return number;
      const { value } = number.value;
      if (value < BigInt(low) || value > BigInt(high))
        return { message: `immediate ${value} does not fit: ${low} to ${high}`, at: number.at };
      return write(fields, field, Number(value) - by, number.at);
    },
    print: (fields, [field]) => `#${(fields[field as string] as number) + by}`,
  };
}

/** The four flags: a number, or their letters in this order, a capital one for each flag that is set (`nZCv`). */
const flags: OperandKind = {
  ...unsigned(4, true),
  doc: '0 to 15, or nzcv with a capital letter for each flag that is set',
  shown: '#<nzcv>',
  parse(cursor, fields, names) {
    const at = cursor.peek();
    if (at.kind !== 'word' || !/^nzcv$/i.test(at.text)) return unsigned(4, true).parse(cursor, fields, names);
    cursor.next();
    const value = [...at.text].reduce((bits, letter) => bits * 2 + (letter < 'a' ? 1 : 0), 0);
    return write(fields, names[0], value, at);
  },
};

export const immediateKinds = {
  Above6: neighbour(1),
  Below6: neighbour(-1),
  AddImmediate: addImmediate(1),
  AddImmediateLow: addImmediate(1, true),
  NegatedAddImmediate: addImmediate(-1),
  MoveWide: moveWide('none'),
  MoveWideZero: moveWide('from-zero'),
  MoveWideNot: moveWide('below-zero'),
  MoveBelowZero: moveBySign('below-zero'),
  MoveFromZero: moveBySign('from-zero'),
  MoveZero: moveWhole(false),
  MoveNot: moveWhole(true),
  Uimm3: unsigned(3, false),
  Uimm4: unsigned(4, false),
  Uimm6: unsigned(6, false),
  Uimm8: unsigned(8, false),
  Simm8: rangeKind({ low: -128, high: 127, bits: 8 }),
  Uimm16: unsigned(16, false),
  Hex1: unsigned(1, true),
  Hex4: unsigned(4, true),
  Flags: flags,
  Hex5: unsigned(5, true),
  Hex7: unsigned(7, true),
  Hex16: unsigned(16, true),
  HexTag6: rangeKind({ low: 0, high: 1008, scale: 16, bits: 6, hex: true }),
  OptionalHex4: optionalHex(4, 15),
  OptionalHex16: optionalHex(16, 0),
} as const satisfies Record<string, OperandKind>;
