// What the rows of loads and stores share: addresses, transfers and the syndrome of their aborts. Knows no encoding.
import { signExtend32 } from '#base';
import type { AccessBytes, AccessType, Operations } from './operations.ts';
import type { AccessSyndrome } from './row.ts';

/** A load or store that is not subject to tag checking: through SP with an immediate, or relative to PC. */
export const UNCHECKED: AccessType = { tagUnchecked: true };
export const UNPRIVILEGED: AccessType = { unprivileged: true };
export const UNPRIVILEGED_UNCHECKED: AccessType = { unprivileged: true, tagUnchecked: true };
export const ORDERED: AccessType = { ordered: true };
export const ORDERED_UNCHECKED: AccessType = { ordered: true, tagUnchecked: true };
export const ORDERED_UNPRIVILEGED: AccessType = { ordered: true, unprivileged: true };
export const ORDERED_UNPRIVILEGED_UNCHECKED: AccessType = { ordered: true, unprivileged: true, tagUnchecked: true };
export const PAIR: AccessType = { pair: true };
export const PAIR_UNCHECKED: AccessType = { pair: true, tagUnchecked: true };
export const PAIR_UNPRIVILEGED: AccessType = { pair: true, unprivileged: true };
export const PAIR_UNPRIVILEGED_UNCHECKED: AccessType = { pair: true, unprivileged: true, tagUnchecked: true };
export const SIMD: AccessType = { simd: true };
export const SIMD_UNCHECKED: AccessType = { simd: true, tagUnchecked: true };
export const SIMD_PAIR: AccessType = { simd: true, pair: true };
export const SIMD_PAIR_UNCHECKED: AccessType = { simd: true, pair: true, tagUnchecked: true };

export const SIMD_PAIR_UNPRIVILEGED: AccessType = { simd: true, pair: true, unprivileged: true };
export const SIMD_PAIR_UNPRIVILEGED_UNCHECKED: AccessType = { simd: true, pair: true, unprivileged: true, tagUnchecked: true };
export const SIMD_ORDERED: AccessType = { simd: true, ordered: true };
export const SIMD_ORDERED_UNCHECKED: AccessType = { simd: true, ordered: true, tagUnchecked: true };
export const ORDERED_PAIR: AccessType = { ordered: true, pair: true };
export const ORDERED_PAIR_UNCHECKED: AccessType = { ordered: true, pair: true, tagUnchecked: true };
/** An atomic read-modify-write, by its ordering and whether it is made as EL0 would. */
const ATOMICS = [0, 1, 2, 3, 4, 5, 6, 7].map(
  (n): AccessType => ({
    atomic: true,
    readModifyWrite: true,
    ...(n & 1 ? { ordered: true } : {}),
    ...(n & 2 ? { unprivileged: true } : {}),
    ...(n & 4 ? { tagUnchecked: true } : {}),
  }),
);

/** The access type of an atomic through base register `Rn`. */
export function atomicType(Rn: number, ordered: boolean, unprivileged = false): AccessType {
  return ATOMICS[(ordered ? 1 : 0) | (unprivileged ? 2 : 0) | (Rn === 31 ? 4 : 0)] as AccessType;
}

/** The access type of an offset form: SP as the base is not tag-checked (Arm ARM, AArch64.AccessIsTagChecked). */
export function byBase(Rn: number, checked: AccessType | undefined, unchecked: AccessType): AccessType | undefined {
  return Rn === 31 ? unchecked : checked;
}

/** Base register plus a constant. */
export function offsetAddress<V>(o: Operations<V>, Rn: number, offset: number): V {
  const base = o.base(Rn);
  return offset === 0 ? base : o.add(base, o.imm(offset));
}

/** The signed 9-bit offset of the unscaled and write-back forms. */
export function simm9(imm9: number): number {
  return signExtend32(imm9, 9);
}

/** Loads a general register: zero-extended, or from its sign to 32 (sf=0) or 64 bits. */
export function loadRegister<V>(
  o: Operations<V>,
  Rt: number,
  sf: number,
  address: V,
  bytes: AccessBytes,
  signed: boolean,
  type?: AccessType,
): void {
  const data = o.load(address, bytes, type);
  o.setX(Rt, sf, signed ? o.signExtend(data, bytes * 8) : data);
}

/** Loads a SIMD&FP register of 1 to 16 bytes, the rest zero. */
export function loadSimd<V>(o: Operations<V>, Rt: number, address: V, bytes: AccessBytes, type: AccessType): void {
  if (bytes === 16) {
    const [low, high] = o.load128(address, type);
    o.setV(Rt, low, high);
  } else {
    o.setV(Rt, o.load(address, bytes, type), o.imm(0));
  }
}

/** Stores the low bytes of a SIMD&FP register. */
export function storeSimd<V>(o: Operations<V>, Rt: number, address: V, bytes: AccessBytes, type: AccessType): void {
  if (bytes === 16) o.store128(address, o.v(Rt, 0), o.v(Rt, 1), type);
  else o.store(address, bytes, o.v(Rt, 0), type);
}

/** ISS[23:14] of a stage 2 abort on this transfer. */
export function transferSyndrome(sas: number, sse: number, srt: number, sf: number, ar = 0): AccessSyndrome {
  return { sas, sse, srt, sf, ar };
}
