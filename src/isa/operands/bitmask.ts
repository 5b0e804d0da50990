// The bitmask immediates of the logical instructions: a run of ones, rotated, repeated in elements of 2 to 64 bits
// (DecodeBitMasks, Arm ARM J1.1.3).
import type { OperandKind } from '../syntax.ts';
import { isMismatch, readNumber, registerWidth, write } from './common.ts';

/** The immediate that N:immr:imms encode over 32 or 64 bits, or undefined when they are reserved. */
export function decodeBitmask(width: 32 | 64, N: number, immr: number, imms: number): bigint | undefined {
  const key = (N << 6) | (~imms & 63);
  const length = 31 - Math.clz32(key);
  if (length < 1 || (width === 32 && N === 1)) return undefined;
  const size = 1 << length;
  const levels = size - 1;
  const ones = (imms & levels) + 1;
  const rotation = immr & levels;
  if (ones === size) return undefined;
  const run = (1n << BigInt(ones)) - 1n;
  let element = run;
  if (rotation > 0) element = (run >> BigInt(rotation)) | ((run << BigInt(size - rotation)) & ((1n << BigInt(size)) - 1n));
  let value = 0n;
  for (let at = 0; at < width; at += size) value |= element << BigInt(at);
  return value;
}

/** The encoding of a bitmask immediate, or undefined when the value is none. */
function encodeBitmask(width: 32 | 64, value: bigint): { N: number; immr: number; imms: number } | undefined {
  const whole = BigInt.asUintN(width, value);
  if (whole === 0n || whole === (1n << BigInt(width)) - 1n) return undefined;
  let size: number = width;
  while (size > 2) {
    const half = BigInt(size / 2);
    const low = whole & ((1n << half) - 1n);
    if (low !== ((whole >> half) & ((1n << half) - 1n))) break;
    size /= 2;
  }
  const mask = (1n << BigInt(size)) - 1n;
  const element = whole & mask;
  let ones = 0;
  for (let bits = element; bits !== 0n; bits &= bits - 1n) ones += 1;
  const run = (1n << BigInt(ones)) - 1n;
  for (let rotation = 0; rotation < size; rotation += 1) {
    const rotated = rotation === 0 ? run : (run >> BigInt(rotation)) | ((run << BigInt(size - rotation)) & mask);
    if (rotated !== element) continue;
    // imms carries the size as a prefix of ones ended by a zero, above the length of the run less one.
    return { N: size === 64 ? 1 : 0, immr: rotation, imms: (~(size * 2 - 1) & 63) | (ones - 1) };
  }
  return undefined;
}

/** True when MOV (bitmask) is not the preferred text because one MOVZ or MOVN makes the same number (MoveWidePreferred). */
function moveWidePreferred(width: 32 | 64, value: bigint): boolean {
  const inverse = BigInt.asUintN(width, ~value);
  for (let shift = 0n; shift < width; shift += 16n) {
    const outside = ~(0xffffn << shift);
    if ((value & outside) === 0n || (inverse & outside) === 0n) return true;
  }
  return false;
}

function bitmaskKind(inverted: boolean, move = false): OperandKind {
  return {
    doc: `${inverted ? 'the inverse of ' : ''}a bitmask immediate: a run of ones, rotated and repeated`,
    shown: '#<imm>',
    parse(cursor, fields, [N, immr, imms]) {
      const number = readNumber(cursor);
      if (isMismatch(number)) return number;
      const { value, at } = number;
      const width = registerWidth(fields);
      const bits = BigInt.asUintN(64, value.value);
      const upper = bits >> 32n;
      const inRange =
        value.value >= -(1n << 63n) && value.value < 1n << 64n && (width === 64 || upper === 0n || upper === 0xffff_ffffn);
      const encoded = inRange ? encodeBitmask(width, inverted ? ~bits : bits) : undefined;
      if (!encoded) {
        if (!value.known) return write(fields, N, 0, at) ?? write(fields, immr, 0, at) ?? write(fields, imms, 0, at);
        return {
          message: `immediate ${value.value} is no bitmask: a run of ones, rotated and repeated over elements of 2 to ${width} bits`,
          at,
        };
      }
      return write(fields, N, encoded.N, at) ?? write(fields, immr, encoded.immr, at) ?? write(fields, imms, encoded.imms, at);
    },
    print(fields, [N, immr, imms]) {
      if (inverted) return undefined;
      const n = fields[N as string] as number;
      const r = fields[immr as string] as number;
      const s = fields[imms as string] as number;
      const width = registerWidth(fields);
      const value = decodeBitmask(width, n, r, s);
      // MOVZ and MOVN cannot write SP, so there it is MOV whatever the number.
      if (value === undefined || (move && fields.Rd !== 31 && moveWidePreferred(width, value))) return undefined;
      return `#0x${value.toString(16)}`;
    },
  };
}

export const bitmaskKinds = {
  Bitmask: bitmaskKind(false),
  InvertedBitmask: bitmaskKind(true),
  MoveBitmask: bitmaskKind(false, true),
} as const satisfies Record<string, OperandKind>;
