// The script language's values and patterns: what `expect` accepts and how a step uses what an earlier one gave. Pure; runs nothing.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Saved = Map<string, Json>;

/** A value is used before it was saved. */
export class UnknownName extends Error {}

const ALL = 0xffff_ffff_ffff_ffffn;

type JsonObject = { readonly [key: string]: Json };

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function integer(value: Json | undefined): bigint | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string' && /^0x[0-9a-f]+$/i.test(value)) return BigInt(value);
  return undefined;
}

function needInteger(value: Json | undefined): bigint {
  const number = integer(value);
  if (number === undefined) throw new Error(`not a number: ${JSON.stringify(value)}`);
  return number;
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/**
 * `value` with every `{"$from": NAME, "field"?: [msb, lsb], "set"?: N | "+1" | "-1", "signed"?: true, "add"?: N}` replaced by what was saved.
 * "-1" stops at 0; "+1" of a signed field goes from all ones to 0. Throws UnknownName.
 */
export function resolve(value: Json, saved: Saved): Json {
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, saved));
  if (!isObject(value)) return value;
  const from = value.$from;
  if (typeof from !== 'string')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, saved)]));
  if (!saved.has(from)) throw new UnknownName(from);
  let number = needInteger(saved.get(from));
  const { field, set, signed, add } = value;
  if (Array.isArray(field)) {
    const [msb, lsb] = [needInteger(field[0]), needInteger(field[1])];
    const ones = (1n << (msb - lsb + 1n)) - 1n;
    const changed = changeField((number >> lsb) & ones, ones, set, signed === true);
    number = (number & ~(ones << lsb) & ALL) | (changed << lsb);
  }
  if (add !== undefined) number = (number + needInteger(add)) & ALL;
  return hex(number);
}

function changeField(field: bigint, ones: bigint, set: Json | undefined, signed: boolean): bigint {
  if (set === undefined) return field;
  if (set === '-1') return field === 0n ? 0n : field - 1n;
  if (set !== '+1') return needInteger(set) & ones;
  if (!signed && field === ones) throw new Error(`no value above ${hex(field)} in this field`);
  return (field + 1n) & ones;
}

/**
 * The first difference between what is wanted and what came, or undefined. Objects match by key, lists element by element as far as given, numbers
 * and 0x-strings as integers; `$not`, `$in`, `$any`, `$mask` and `save` as README.md says. `path` names the place in the message.
 */
export function differs(pattern: Json, got: Json | undefined, path: string, saved: Saved): string | undefined {
  const want = isObject(pattern) && '$from' in pattern ? resolve(pattern, saved) : pattern;
  if (Array.isArray(want)) {
    if (!Array.isArray(got)) return `${path}: not a list: ${JSON.stringify(got)}`;
    return first(want.map((item: Json, at) => () => differs(item, got[at], `${path}[${at}]`, saved)));
  }
  if (isObject(want)) {
    const { save, $not, $in, $any, $mask, ...rest } = want;
    const controls = Object.keys(rest).length < Object.keys(want).length;
    const difference = first([
      () => (save === undefined ? undefined : keep(String(save), got, path, saved)),
      () =>
        $not === undefined || differs($not, got, path, saved) !== undefined
          ? undefined
          : `${path}: must not be ${JSON.stringify($not)}`,
      () => oneOf($in, got, path, saved),
      () => oneOf($any, got, path, saved),
      () => masked($mask, got, path),
    ]);
    if (difference !== undefined || (controls && Object.keys(rest).length === 0)) return difference;
    if (!isObject(got)) return `${path}: not an object: ${JSON.stringify(got)}`;
    return first(
      Object.entries(rest).map(
        ([key, item]) =>
          () =>
            differs(item, got[key], path === '' ? key : `${path}.${key}`, saved),
      ),
    );
  }
  const [a, b] = [integer(want), integer(got)];
  const same =
    a !== undefined && b !== undefined
      ? a === b
      : want === got || (typeof want === 'string' && typeof got === 'string' && want.toLowerCase() === got.toLowerCase());
  return same ? undefined : `${path}: ${JSON.stringify(want)} expected, ${JSON.stringify(got)} found`;
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const difference = check();
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function keep(name: string, got: Json | undefined, path: string, saved: Saved): string | undefined {
  if (got === undefined) return `${path} is missing`;
  const before = saved.get(name);
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(got)) {
    return `${path}: ${JSON.stringify(got)}, and ${JSON.stringify(before)} the time before: not deterministic`;
  }
  saved.set(name, got);
  return undefined;
}

function oneOf(wanted: Json | undefined, got: Json | undefined, path: string, saved: Saved): string | undefined {
  if (!Array.isArray(wanted)) return undefined;
  const differences = wanted.map((want: Json) => differs(want, got, path, saved));
  if (differences.includes(undefined)) return undefined;
  return differences.length === 1 ? differences[0] : `${path}: none of ${JSON.stringify(wanted)}: ${JSON.stringify(got)}`;
}

function masked(wanted: Json | undefined, got: Json | undefined, path: string): string | undefined {
  if (!Array.isArray(wanted)) return undefined;
  const [mask, value] = [needInteger(wanted[0]), needInteger(wanted[1])];
  const number = integer(got);
  if (number === undefined) return `${path}: not a number: ${JSON.stringify(got)}`;
  const found = BigInt.asUintN(64, number) & mask;
  return found === value
    ? undefined
    : `${path}: ${hex(BigInt.asUintN(64, number))} & ${hex(mask)} is ${hex(found)}, not ${hex(value)}`;
}
