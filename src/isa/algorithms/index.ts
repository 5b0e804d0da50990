// Pure functions that instruction rows call by name (Operations.call): the same in every engine.
import { crc32, crc32c } from './crc.ts';
import { chooseTag } from './tags.ts';

/** By the name that `call` uses; all numbers are unsigned 64-bit. */
export const HELPERS: Readonly<Record<string, (...values: bigint[]) => bigint>> = {
  crc32: (accumulator, value, bytes) => crc32(accumulator as bigint, value as bigint, bytes as bigint),
  crc32c: (accumulator, value, bytes) => crc32c(accumulator as bigint, value as bigint, bytes as bigint),
  chooseTag: (start, offset, exclude) => chooseTag(start as bigint, offset as bigint, exclude as bigint),
};
