// The bit pattern of an instruction: 32 bits in reading order, as `sf:1 0 0 100010 sh:1 imm12:12 Rn:5 Rd:5`. Mask, value and field
// positions are derived here and never typed by hand; the field names are known to the type system. Knows nothing of what bits mean.
import { assert } from '#base';

/** One named field of a pattern; bit positions as in the manual, inclusive. */
export interface Field {
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
}

/** A parsed pattern: a word matches when `(word & mask) >>> 0 === value`. */
export interface Pattern {
  readonly text: string;
  readonly mask: number;
  readonly value: number;
  readonly fields: readonly Field[];
}

type FieldOf<Token extends string> = Token extends `${infer Name}:${number}` ? Name : never;

/** The union of the field names in a pattern text. */
export type FieldNames<Bits extends string> = Bits extends `${infer Head} ${infer Tail}` ? FieldOf<Head> | FieldNames<Tail> : FieldOf<Bits>;

/** Parses a pattern text; asserts that it has exactly 32 bits and no field twice. */
export function parsePattern(text: string): Pattern {
  const fields: Field[] = [];
  let mask = 0;
  let value = 0;
  let bit = 32;
  for (const token of text.split(' ')) {
    const named = /^([A-Za-z]\w*):(\d+)$/.exec(token);
    if (named) {
      const width = Number(named[2]);
      const name = named[1] as string;
      assert(!fields.some((f) => f.name === name), `field ${name} twice in "${text}"`);
      fields.push({ name, msb: bit - 1, lsb: bit - width });
      bit -= width;
      continue;
    }
    assert(/^[01]+$/.test(token), `"${token}" in pattern "${text}"`);
    for (const digit of token) {
      bit -= 1;
      if (bit < 0) break;
      mask |= 1 << bit;
      if (digit === '1') value |= 1 << bit;
    }
  }
  assert(bit === 0, `pattern "${text}" has ${32 - bit} bits`);
  return { text, mask: mask >>> 0, value: value >>> 0, fields };
}

/** The values of the fields of `word`. */
export function extractFields(pattern: Pattern, word: number): Record<string, number> {
  const out: Record<string, number> = {};
  for (const { name, msb, lsb } of pattern.fields) out[name] = (word >>> lsb) & (2 ** (msb - lsb + 1) - 1);
  return out;
}

/** The word with these field values; a missing field is 0. Asserts that each value fits its field. */
export function encodeFields(pattern: Pattern, values: Readonly<Record<string, number>>): number {
  let word = pattern.value;
  for (const { name, msb, lsb } of pattern.fields) {
    const value = values[name] ?? 0;
    assert(Number.isInteger(value) && value >= 0 && value < 2 ** (msb - lsb + 1), `field ${name}=${value} does not fit in "${pattern.text}"`);
    word |= value << lsb;
  }
  return word >>> 0;
}
