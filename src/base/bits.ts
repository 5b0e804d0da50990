// Bit arithmetic. Functions named ...32 take and return unsigned 32-bit numbers; those named ...64 take bigints in [0, 2^64).
// Bit positions are numbered as in the Arm manuals: msb and lsb inclusive.

/** 2^64 - 1. */
export const MASK64 = 0xffff_ffff_ffff_ffffn;
/** 2^32 - 1 as a bigint. */
export const MASK32 = 0xffff_ffffn;

/** Bits msb:lsb of a 32-bit word, as an unsigned number. */
export function bits32(word: number, msb: number, lsb: number): number {
  const width = msb - lsb + 1;
  return width === 32 ? word >>> 0 : (word >>> lsb) & ((1 << width) - 1);
}

/** Bits msb:lsb of a 64-bit value. */
export function bits64(value: bigint, msb: number, lsb: number): bigint {
  return (value >> BigInt(lsb)) & ((1n << BigInt(msb - lsb + 1)) - 1n);
}

/** A mask with bits msb:lsb set. */
export function mask64(msb: number, lsb: number): bigint {
  return ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb);
}

/** `value` with bits msb:lsb replaced by `field` (cut to the width). */
export function insert64(value: bigint, msb: number, lsb: number, field: bigint): bigint {
  const mask = mask64(msb, lsb);
  return (value & ~mask & MASK64) | ((field << BigInt(lsb)) & mask);
}

/** The low `width` bits of `value` as a two's complement number (1 ≤ width ≤ 32). */
export function signExtend32(value: number, width: number): number {
  const shift = 32 - width;
  return (value << shift) >> shift;
}

/** The low `width` bits of `value`, sign-extended and returned as an unsigned 64-bit value. */
export function signExtend64(value: bigint, width: number): bigint {
  return BigInt.asUintN(64, BigInt.asIntN(width, value));
}
