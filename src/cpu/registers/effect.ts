// What reading or writing a register does besides moving its storage, and which of its bits are stored. Knows no register by name.
import { fieldsOf, reservedOnesOf, type Sysreg } from '#arch/sysreg';
import type { Core } from '../core.ts';

export interface Effect {
  /** What MRS gives; without it, the storage. */
  readonly read?: (core: Core) => bigint;
  /** What MSR does; without it, the storage is written. */
  readonly write?: (core: Core, value: bigint) => void;
  /** True when there is nothing stored behind it: a debugger too sees what `read` gives. */
  readonly view?: boolean;
  /** Reading changes the state: not for those who only look. */
  readonly readActs?: boolean;
}

export const MASK64 = (1n << 64n) - 1n;

const ALLOCATED = new Map<Sysreg, bigint>();

/** The bits of a register that some field has, in any layout, and its RES1 bits; all bits when its table lists no field. */
export function allocatedBits(row: Sysreg): bigint {
  let mask = ALLOCATED.get(row);
  if (mask === undefined) {
    mask = 0n;
    for (const { parts } of [...fieldsOf(row), ...reservedOnesOf(row)])
      for (const { msb, lsb } of parts) if (msb < 64) mask |= ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb);
    if (mask === 0n) mask = MASK64;
    ALLOCATED.set(row, mask);
  }
  return mask;
}
