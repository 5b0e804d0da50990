// The inverse of decoding: from fields by name to the 64 bits of ESR_ELx, by the same tables. Every mistake is reported with the field it is in.
// Bits that no field covers can be given as well, so that any value can be written down as fields and put together again.
import { err, insert64, ok, parseInteger, type Result } from '#base';
import { type El, EXCEPTION_CLASSES, type ExceptionClass, exceptionClass } from './classes.ts';
import { conditionName, ISS_PART, ISS2_PART, registerText, type SyndromeFields } from './decode.ts';
import { type FieldRow, holds, iss2Layout, issLayout, type Layout } from './layouts.ts';

/** One thing wrong with the fields given; `field` is the key as the caller wrote it. */
export type EncodeError = { readonly field: string; readonly message: string };

/** What a field may be given as: a number, or text (a number, a register or condition name, or the text of one of its values). */
export type FieldInput = bigint | number | string;

/**
 * Puts ESR_ELx together. `EC` (a number, or a class's name as in `EC`) is needed; `IL` is 1 when not given, which every class's rule allows;
 * other fields are 0 when not given. `ISS` and `ISS2` give a whole part instead of its fields; `RES0[msb:lsb]` gives reserved bits by their
 * number in the register.
 */
export function encodeSyndrome(fields: Readonly<Record<string, FieldInput>>, el: El): Result<bigint, readonly EncodeError[]> {
  const errors: EncodeError[] = [];
  const fail = (field: string, message: string): undefined => {
    errors.push({ field, message });
    return undefined;
  };

  if (fields.EC === undefined)
    return err([{ field: 'EC', message: 'EC is missing: the exception class decides which fields there are.' }]);
  const ec = classNumber(fields.EC);
  if (ec === undefined)
    return err([{ field: 'EC', message: `EC is a number from 0 to 0x3f, or the name of a class; ${fields.EC} is neither.` }]);
  const row = exceptionClass(ec);
  const layouts = { iss: row ? issLayout(row.iss) : [], iss2: row ? iss2Layout(row.iss2) : [] };

  const values = new Map<string, number>();
  let value = BigInt(ec) << 26n;
  const il = fields.IL === undefined ? 1n : integer(fields.IL);
  if (il !== 0n && il !== 1n) fail('IL', `IL is one bit; ${fields.IL} does not fit.`);
  else value |= il << 25n;

  const parts = [
    { ...ISS_PART, layout: layouts.iss },
    { ...ISS2_PART, layout: layouts.iss2 },
  ].map((part) => ({ ...part, rows: new Map(part.layout), given: new Map<string, number>(), whole: false }));

  for (const [key, input] of Object.entries(fields)) {
    if (key === 'EC' || key === 'IL') continue;
    if (reservedRange(key) !== undefined) continue;
    const part = parts.find(({ rows }) => rows.has(key));
    const whole = parts.find(({ name }) => name === key);
    if (part !== undefined) {
      const number = fieldNumber(part.rows.get(key) as FieldRow, input);
      if (typeof number === 'string') fail(key, `${key} ${number}`);
      else {
        part.given.set(key, number);
        values.set(key, number);
      }
    } else if (whole !== undefined) {
      const number = integer(input);
      if (number === undefined || number < 0n || number >= 1n << BigInt(whole.width)) {
        fail(key, `${key} is a number of ${whole.width} bits; ${input} does not fit.`);
      } else {
        whole.whole = true;
        value |= number << BigInt(whole.at);
      }
    } else fail(key, unknownField(key, row, ec, parts));
  }

  const get = (name: string) => (name === 'EL' ? el : (values.get(name) ?? 0));
  for (const part of parts) {
    for (const [name, number] of part.given) {
      const field = part.rows.get(name) as FieldRow;
      if (part.whole) fail(name, `${name} is a part of ${part.name}, which is given as a whole.`);
      else if (!holds(field.when, get)) fail(name, `${name} is not in this layout: it needs ${conditionText(field)}.`);
      else value |= BigInt(number) << BigInt(field.lsb + part.at);
    }
  }

  for (const [key, input] of Object.entries(fields)) {
    const range = reservedRange(key);
    if (range === undefined) continue;
    const { msb, lsb } = range;
    const number = integer(input);
    const owner = fieldOver(msb, lsb, parts, get);
    if (msb > 63 || lsb > msb) fail(key, `${key} is no range of bits of the register.`);
    else if (owner !== undefined) fail(key, `Bits ${msb}:${lsb} are not reserved: they hold ${owner}.`);
    else if (number === undefined || number < 0n || number >= 1n << BigInt(msb - lsb + 1))
      fail(key, `${input} does not fit bits ${msb}:${lsb}.`);
    else value = insert64(value, msb, lsb, number);
  }
  return errors.length > 0 ? err(errors) : ok(value);
}

/** The fields of a syndrome as `encodeSyndrome` takes them; reserved runs that are not 0 are included, so nothing is lost. */
export function fieldValues(syndrome: SyndromeFields): Record<string, number> {
  const values: Record<string, number> = { EC: syndrome.ec, IL: syndrome.il };
  const top = Number(syndrome.value >> 56n);
  if (top !== 0) values['RES0[63:56]'] = top;
  for (const { part, fields } of [
    { part: ISS_PART, fields: syndrome.iss.fields },
    { part: ISS2_PART, fields: syndrome.iss2.fields },
  ]) {
    for (const field of fields) {
      if (field.name !== 'RES0') values[field.name] = field.value;
      else if (field.value !== 0) values[`RES0[${field.msb + part.at}:${field.lsb + part.at}]`] = field.value;
    }
  }
  return values;
}

type PartFields = {
  readonly name: string;
  readonly width: number;
  readonly at: number;
  readonly layout: Layout;
  readonly rows: ReadonlyMap<string, FieldRow>;
};

/** The bits of the register that a key like `RES0[23:16]` or `RES0[8]` names. */
function reservedRange(key: string): { readonly msb: number; readonly lsb: number } | undefined {
  const match = /^RES0\[(\d{1,2})(?::(\d{1,2}))?\]$/.exec(key);
  return match ? { msb: Number(match[1]), lsb: Number(match[2] ?? match[1]) } : undefined;
}

function integer(input: FieldInput): bigint | undefined {
  if (typeof input === 'bigint') return input;
  if (typeof input === 'number') return Number.isSafeInteger(input) ? BigInt(input) : undefined;
  return parseInteger(input);
}

function classNumber(input: FieldInput): number | undefined {
  if (typeof input === 'string') {
    const named = EXCEPTION_CLASSES.find(({ id }) => id.toLowerCase() === input.trim().toLowerCase());
    if (named !== undefined) return named.ec;
  }
  const number = integer(input);
  return number === undefined || number < 0n || number > 63n ? undefined : Number(number);
}

/** The number of a field, or the end of a sentence that says why there is none. */
function fieldNumber(row: FieldRow, input: FieldInput): number | string {
  const width = row.msb - row.lsb + 1;
  const number = integer(input) ?? (typeof input === 'string' ? namedValue(row, input.trim().toLowerCase()) : undefined);
  if (number === undefined) return `takes a number; ${input} is none.`;
  if (number < 0n || number >= 1n << BigInt(width)) return `has ${width} bit${width === 1 ? '' : 's'}; ${input} does not fit.`;
  return Number(number);
}

function namedValue(row: FieldRow, text: string): bigint | undefined {
  const last = 2 ** (row.msb - row.lsb + 1) - 1;
  const byText = Object.entries(row.values ?? {}).find(([, meaning]) => meaning.toLowerCase() === text);
  if (byText !== undefined) return BigInt(byText[0]);
  const names = Array.from({ length: Math.min(last, 31) + 1 }, (_, value) => value);
  switch (row.reads) {
    case 'register':
    case 'transfer':
      return position(names.findIndex((value) => text === registerText(value, 'x') || text === registerText(value, 'w')));
    case 'condition':
      return position(names.findIndex((value) => text === conditionName(value).toLowerCase()));
    default:
      return undefined;
  }
}

function position(index: number): bigint | undefined {
  return index < 0 ? undefined : BigInt(index);
}

function conditionText(row: FieldRow): string {
  return Object.entries(row.when ?? {})
    .map(([name, allowed]) => {
      const list = allowed
        .map((value) => (name === 'EL' || allowed.length === 1 ? `${value}` : `0x${value.toString(16)}`))
        .join(', ');
      return allowed.length === 1 ? `${name} ${list}` : `${name} one of ${list}`;
    })
    .join(' and ');
}

function unknownField(key: string, row: ExceptionClass | undefined, ec: number, parts: readonly PartFields[]): string {
  const known = parts.flatMap(({ layout }) => layout.map(([name]) => name));
  const close = known.find((name) => name.toLowerCase() === key.toLowerCase());
  const which =
    row === undefined ? `reserved class 0x${ec.toString(16)}` : `class 0x${ec.toString(16).padStart(2, '0')}, ${row.name}`;
  if (close !== undefined) return `There is no field ${key}; it is written ${close}.`;
  if (known.length === 0) return `There is no field ${key}: the ${which} has none.`;
  return `There is no field ${key} in ${which}; it has ${known.join(' ')}.`;
}

/** The name of a field in the layout that covers one of the bits msb:lsb of the register. */
function fieldOver(msb: number, lsb: number, parts: readonly PartFields[], get: (name: string) => number): string | undefined {
  const overlaps = (high: number, low: number) => low <= msb && high >= lsb;
  if (overlaps(31, 26)) return 'EC';
  if (overlaps(25, 25)) return 'IL';
  for (const { layout, at } of parts) {
    const hit = layout.find(([, row]) => holds(row.when, get) && overlaps(row.msb + at, row.lsb + at));
    if (hit !== undefined) return hit[0];
  }
  return undefined;
}
