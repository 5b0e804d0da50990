// The bit pattern of an instruction: 32 bits in reading order, as `sf:1 0 0 100010 sh:1 imm12:12 Rn:5 Rd:5`. Mask, value and field
// positions are derived here and never typed by hand; the field names are known to the type system. Knows nothing of what bits mean.
//
//   0101      fixed bits
//   (11111)   should-be bits, as the manual prints them: written when encoding, not looked at when decoding
//   Rd:5      a field
//   N=sf:1    bits that repeat the field `sf`; other values are unallocated
import { AssertionError, assert } from '#base';

/** One named field of a pattern; bit positions as in the manual, inclusive. */
export interface Field {
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
}

/** A parsed pattern: a word matches when `(word & mask) >>> 0 === value` and every repetition holds. */
export interface Pattern {
  readonly text: string;
  readonly mask: number;
  readonly value: number;
  /** The should-be bits that are one. */
  readonly shouldBeOnes: number;
  /** All should-be bits. */
  readonly shouldBeMask: number;
  readonly fields: readonly Field[];
  /** Bits that repeat a field: `name` is the field. */
  readonly repeats: readonly Field[];
}

type FieldOf<Token extends string> = Token extends `${string}=${string}`
  ? never
  : Token extends `${infer Name}:${number}`
    ? Name
    : never;

/** The union of the field names in a pattern text. */
export type FieldNames<Bits extends string> = Bits extends `${infer Head} ${infer Tail}`
  ? FieldOf<Head> | FieldNames<Tail>
  : FieldOf<Bits>;

/** Parses a pattern text; asserts that it has exactly 32 bits, no field twice, and that repetitions name a field. */
export function parsePattern(text: string): Pattern {
  const fields: Field[] = [];
  const repeats: Field[] = [];
  let mask = 0;
  let value = 0;
  let shouldBeOnes = 0;
  let shouldBeMask = 0;
  let bit = 32;
  const wrong = (what: string): never => {
    throw new AssertionError(`${what} in pattern "${text}"`);
  };
  for (const token of text.split(' ')) {
    const colon = token.indexOf(':');
    if (colon > 0) {
      const width = Number(token.slice(colon + 1));
      const place = { msb: bit - 1, lsb: bit - width };
      bit -= width;
      const equals = token.indexOf('=');
      if (equals > 0) {
        repeats.push({ name: token.slice(equals + 1, colon), ...place });
      } else {
        const name = token.slice(0, colon);
        if (!(width > 0) || fields.some((f) => f.name === name)) wrong(`field ${token}`);
        fields.push({ name, ...place });
      }
      continue;
    }
    const shouldBe = token.charCodeAt(0) === 40;
    const end = shouldBe ? token.length - 1 : token.length;
    for (let at = shouldBe ? 1 : 0; at < end; at += 1) {
      const digit = token.charCodeAt(at) - 48;
      if (digit !== 0 && digit !== 1) wrong(`"${token}"`);
      bit -= 1;
      if (shouldBe) {
        shouldBeMask |= 1 << bit;
        shouldBeOnes |= digit << bit;
      } else {
        mask |= 1 << bit;
        value |= digit << bit;
      }
    }
  }
  if (bit !== 0) wrong(`${32 - bit} bits`);
  for (const repeat of repeats) {
    const field = fields.find((f) => f.name === repeat.name);
    if (field?.msb === undefined || field.msb - field.lsb !== repeat.msb - repeat.lsb) wrong(`repetition of ${repeat.name}`);
  }
  return {
    text,
    mask: mask >>> 0,
    value: value >>> 0,
    shouldBeOnes: shouldBeOnes >>> 0,
    shouldBeMask: shouldBeMask >>> 0,
    fields,
    repeats,
  };
}

function slice(word: number, field: Field): number {
  return (word >>> field.lsb) & (2 ** (field.msb - field.lsb + 1) - 1);
}

/** The values of the fields of `word`. */
export function extractFields(pattern: Pattern, word: number): Record<string, number> {
  const out: Record<string, number> = {};
  for (const field of pattern.fields) out[field.name] = slice(word, field);
  return out;
}

/** The fields of `word` when it matches the pattern, else undefined. */
export function matchPattern(pattern: Pattern, word: number): Record<string, number> | undefined {
  if ((word & pattern.mask) >>> 0 !== pattern.value) return undefined;
  const fields = extractFields(pattern, word);
  for (const repeat of pattern.repeats) if (slice(word, repeat) !== fields[repeat.name]) return undefined;
  return fields;
}

/** The word with these field values; a missing field is 0. Asserts that each value fits its field. */
export function encodeFields(pattern: Pattern, values: Readonly<Record<string, number>>): number {
  let word = pattern.value | pattern.shouldBeOnes;
  for (const { name, msb, lsb } of pattern.fields) {
    const value = values[name] ?? 0;
    // The message is only put together when it is needed: this runs for every line that is assembled.
    if (!(Number.isInteger(value) && value >= 0 && value < 2 ** (msb - lsb + 1))) {
      assert(false, `field ${name}=${value} does not fit in "${pattern.text}"`);
    }
    word |= value << lsb;
  }
  for (const { name, lsb } of pattern.repeats) word |= (values[name] ?? 0) << lsb;
  return word >>> 0;
}
