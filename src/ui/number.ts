// Numbers as people read and type them: grouped hex, the other readings of a value, and the check of a typed number against a
// width. Pure; widths are in bits, values unsigned in [0, 2^width) unless said otherwise.
import { hexDigits, parseInteger } from '#base';

/** The true minus sign, as wide as a digit. */
const MINUS = '\u2212';

/**
 * Hex for reading: `0x17` up to 16 bits, then groups of four (`0x0b00_0003`, `0xffff_ffff_ffff_fff6`). With `digits` it is padded
 * to exactly that many.
 */
export function groupHex(value: bigint | number, digits?: number): string {
  const bare = value.toString(16).length;
  const wanted = digits ?? (bare <= 4 ? bare : bare <= 8 ? 8 : Math.max(16, Math.ceil(bare / 4) * 4));
  return `0x${hexGroups(value, wanted).join('_')}`;
}

/** The hex digits of `value`, padded to `digits`, cut into groups of four from the right (the first may be shorter). */
export function hexGroups(value: bigint | number, digits: number): string[] {
  const text = hexDigits(value, digits);
  const groups: string[] = [];
  for (let end = text.length; end > 0; end -= 4) groups.unshift(text.slice(Math.max(0, end - 4), end));
  return groups;
}

/** How many leading digits of `text` are zeros that say nothing; the last digit always speaks. */
export function leadingZeros(text: string): number {
  return Math.min(/^0*/.exec(text)?.[0].length ?? 0, Math.max(0, text.length - 1));
}

/** Bits for reading: `1111_0110`, padded to `width`. */
export function groupBinary(value: bigint | number, width: number): string {
  const text = value.toString(2).padStart(width, '0');
  return text.replace(/\B(?=(?:.{4})+$)/g, '_');
}

/** Decimal for reading; a negative number carries the true minus sign. */
export function decimal(value: bigint | number): string {
  const text = value.toString();
  return text.startsWith('-') ? MINUS + text.slice(1) : text;
}

/** The value of a bit field, short: 0/1 and small numbers bare, others as hex of the field's width. */
export function fieldText(value: bigint | number, width: number): string {
  return width <= 3 ? value.toString() : `0x${hexDigits(value, Math.ceil(width / 4))}`;
}

/** What a typed number turned out to be. */
export type NumberReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'value'; readonly value: bigint }
  | { readonly kind: 'not-a-number'; readonly text: string }
  | { readonly kind: 'too-wide'; readonly needs: number; readonly width: number };

/**
 * Reads hex, decimal, binary or octal (`_` between digits, a minus for two's complement) as an unsigned value of `width` bits.
 * `0xf6`, `246`, `-10` and `0b1111_0110` are the same byte.
 */
export function readNumber(text: string, width: number): NumberReading {
  const trimmed = text.trim().replace(MINUS, '-');
  if (trimmed === '') return { kind: 'empty' };
  const number = parseInteger(trimmed);
  if (number === undefined) return { kind: 'not-a-number', text: text.trim() };
  const needs = number < 0n ? (-number - 1n).toString(2).replace(/^0$/, '').length + 1 : number.toString(2).length;
  if (needs > width) return { kind: 'too-wide', needs, width };
  return { kind: 'value', value: BigInt.asUintN(width, number) };
}

/** One sentence on why a typed number cannot be taken, or undefined when it can. */
export function numberTrouble(reading: NumberReading): string | undefined {
  switch (reading.kind) {
    case 'value':
      return undefined;
    case 'empty':
      return 'A value is needed: hex 0x2a, decimal 42 or binary 0b10_1010.';
    case 'not-a-number':
      return `“${reading.text}” is not a number: hex 0x2a, decimal 42 or binary 0b10_1010.`;
    case 'too-wide':
      return `This needs ${reading.needs} bits; ${reading.width} fit.`;
  }
}

/** The other readings of a value beside its hex: unsigned, signed where that differs, and the bits up to 16 of them. */
export function otherReadings(value: bigint, width: number): string[] {
  const signed = BigInt.asIntN(width, value);
  return [decimal(value), ...(signed < 0n ? [decimal(signed)] : []), ...(width <= 16 ? [groupBinary(value, width)] : [])];
}
