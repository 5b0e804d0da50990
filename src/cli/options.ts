// Readers of option values that several commands share: addresses, sizes, counts and files with JSON in them.
import { parseInteger, type Result } from '#base';
import type { JsonMistake } from '#project';
import { InputError, type Io, UsageError } from './io.ts';

/** An address: hex, decimal, `_` allowed. */
export function addressOption(name: string, text: string): bigint {
  const value = parseInteger(text);
  if (value === undefined || value < 0n || value >> 64n !== 0n)
    throw new UsageError(`${name} takes an address; '${text}' is none`);
  return value;
}

/** Bytes, with K, M or G for multiples of 1024. */
export function sizeOption(name: string, text: string): number {
  const match = /^([0-9]+|0[xX][0-9a-fA-F]+)([kKmMgG]?)$/.exec(text);
  const value = match ? Number(match[1]) * 1024 ** ['', 'k', 'm', 'g'].indexOf((match[2] as string).toLowerCase()) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new UsageError(`${name} takes a size such as 64M; '${text}' is none`);
  return value;
}

/** A whole number in a range. */
export function countOption(name: string, text: string, least: number, most: number): number {
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new UsageError(`${name} is a number from ${least} to ${most}; '${text}' is not`);
  return value;
}

/** One of some words. */
export function choiceOption<const T extends string>(name: string, text: string, values: readonly T[]): T {
  const value = values.find((v) => v === text);
  if (value === undefined) throw new UsageError(`${name} is ${values.join(', ')}; '${text}' is none of them`);
  return value;
}

/** A file of JSON read by `read`; mistakes are reported with their positions in the file. */
export function jsonFile<T>(io: Io, path: string, read: (text: string) => Result<T, readonly JsonMistake[]>): T {
  const result = read(new TextDecoder().decode(io.readFile(path)));
  if (result.ok) return result.value;
  throw new InputError(result.error.map((m) => `${path}:${m.line}:${m.column}: error: ${m.message}`).join('\n'));
}
