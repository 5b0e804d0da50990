// What several operand kinds share: reading a number in a range, kinds that are a list of names, messages.
import type { Cursor, FieldWriter, Mismatch, OperandKind, Token, Value } from '../syntax.ts';

/** A number that was read, with the token it began at. */
export interface ReadNumber {
  readonly at: Token;
  readonly value: Value;
}

/** Reads an expression that is a plain number; `#` before it or not. */
export function readNumber(cursor: Cursor, what = 'an immediate'): ReadNumber | Mismatch {
  const number = readRelocated(cursor, what);
  if (isMismatch(number) || number.value.relocation === undefined) return number;
  return { message: `:${number.value.relocation}: has no place here`, at: number.at };
}

/** Reads a plain number, or an expression behind a relocation operator, which is then the caller's to judge. */
export function readRelocated(cursor: Cursor, what = 'an immediate'): ReadNumber | Mismatch {
  const at = cursor.peek();
  const value = cursor.expression();
  if (!value) return { message: `expected ${what}` };
  if (value.kind === 'address' && value.relocation === undefined)
    return { message: 'this is an address; a plain number is wanted', at };
  return { at, value };
}

/** True when reading gave a Mismatch. */
export function isMismatch(result: ReadNumber | Mismatch): result is Mismatch {
  return 'message' in result;
}

/** Writes a field, or says that another operand settled it differently. */
export function write(fields: FieldWriter, name: string | undefined, value: number, at: Token): Mismatch | undefined {
  return name === undefined || fields.set(name, value) ? undefined : { message: 'does not go with the operands before it', at };
}

/** The width of the instruction's registers: 64, or 32 where it has a field sf that is 0. */
export function registerWidth(fields: { get(name: string): number | undefined } | Readonly<Record<string, number>>): 32 | 64 {
  const sf = typeof fields.get === 'function' ? fields.get('sf') : (fields as Readonly<Record<string, number>>).sf;
  return sf === 0 ? 32 : 64;
}

/** A word as a key of tables: lower case when it is written all in one case, as GNU as asks; otherwise ''. */
export function keyword(token: Token): string {
  if (token.kind !== 'word') return '';
  const lower = token.text.toLowerCase();
  return token.text === lower || token.text === token.text.toUpperCase() ? lower : '';
}

/** Consumes a keyword if it is next. */
export function acceptKeyword(cursor: Cursor, word: string): boolean {
  if (keyword(cursor.peek()) !== word) return false;
  cursor.next();
  return true;
}

/** A number in a range, stored as `value / scale` in a field of `bits` bits (two's complement when `low` is negative). */
export function rangeKind(source: {
  readonly low: number;
  readonly high: number;
  readonly scale?: number;
  readonly bits: number;
  readonly shown?: string;
  readonly hex?: boolean;
}): OperandKind {
  const { low, high, bits, scale = 1 } = source;
  const doc = scale === 1 ? `${low} to ${high}` : `a multiple of ${scale} from ${low} to ${high}`;
  return {
    doc,
    shown: source.shown ?? '#<imm>',
    parse(cursor, fields, [field]) {
      const number = readNumber(cursor);
      if (isMismatch(number)) return number;
      const { value, at } = number;
      if (!value.known) return write(fields, field, 0, at);
      if (value.value < BigInt(low) || value.value > BigInt(high) || value.value % BigInt(scale) !== 0n) {
        return { message: `immediate ${value.value} does not fit: ${doc}`, at };
      }
      const stored = Number(value.value) / scale;
      return write(fields, field, stored < 0 ? stored + 2 ** bits : stored, at);
    },
    print(fields, [field]) {
      const stored = fields[field as string] as number;
      const value = (low < 0 && stored >= 2 ** (bits - 1) ? stored - 2 ** bits : stored) * scale;
      return value < low || value > high ? undefined : source.hex ? `#0x${value.toString(16)}` : `#${value}`;
    },
  };
}

/** An operand or suffix that is one of a few words. */
export function wordKind(source: {
  readonly doc: string;
  readonly shown: string;
  readonly spellings: readonly (readonly [text: string, ...values: number[]])[];
  /** Nothing at all may be written too, and means the spelling ''. */
  readonly optional?: true;
}): OperandKind {
  const { doc, shown, spellings, optional } = source;
  const byText = new Map(spellings.map((s) => [s[0], s]));
  return {
    doc,
    shown,
    spellings,
    ...(optional ? { optional } : {}),
    parse(cursor, fields, names) {
      const at = cursor.peek();
      if (optional && at.kind === 'end') return write(fields, names[0], byText.get('')?.[1] ?? 0, at);
      const found = byText.get(keyword(at));
      if (!found || at.kind !== 'word') return { message: `expected ${doc}` };
      for (const [i, name] of names.entries()) {
        const mismatch = write(fields, name, found[i + 1] as number, at);
        if (mismatch) return mismatch;
      }
      cursor.next();
      return undefined;
    },
    print(fields, names) {
      // The first spelling with these values is the one printed.
      for (const [text, ...values] of spellings) if (names.every((name, i) => fields[name] === values[i])) return text;
      return undefined;
    },
  };
}
