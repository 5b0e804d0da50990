// The checks of the read-check-write atomics on translation table entries (FEAT_THE; Arm ARM D8.3 and the pseudocode RCWCheck), for
// 64-bit entries, over bigint. Knows neither memory nor registers.

/** What a check is made with. */
export interface ReadCheckWrite {
  readonly old: bigint;
  readonly new: bigint;
  /** RCWMASK_EL1 and RCWSMASK_EL1, bits 63:0. */
  readonly mask: bigint;
  readonly softMask: bigint;
  /** An RCWS instruction: software's own checks too. */
  readonly soft: boolean;
  /** The Protected attribute is in use (TCR2_ELx.PnCH): hardware's checks are made. */
  readonly protection: boolean;
}

const VALID = 1n;
const PROTECTED = 1n << 52n;
/** Bits that one bit of a mask register stands for: 17 for all of the address from there to 49. */
const ADDRESS = ((1n << 50n) - 1n) & ~((1n << 17n) - 1n);
const ADDRESS_BIT = 1n << 17n;

/** The bits of an entry that a mask lets change: one bit speaks for the whole address, and the valid bit is never among them. */
function changeable(mask: bigint): bigint {
  const address = (mask & ADDRESS_BIT) === 0n ? 0n : ADDRESS;
  return (mask & ~ADDRESS & ~VALID) | address;
}

/** N:Z:C:V as the instruction sets them: C is set unless a check of software's failed, Z where one of hardware's did. Only 0b0010 is stored. */
export function checkReadCheckWrite({ old, new: next, mask, softMask, soft, protection }: ReadCheckWrite): number {
  const changed = old ^ next;
  const valid = (old & VALID) !== 0n;
  const guarded = (old & PROTECTED) !== 0n;
  let failed = false;
  if (protection) {
    // A protected entry keeps its Protected and valid bits, an unprotected one stays unprotected.
    failed = (changed & (guarded ? PROTECTED | VALID : PROTECTED)) !== 0n;
    if (guarded && valid && (changed & ~changeable(mask)) !== 0n) failed = true;
  }
  let softFailed = false;
  if (soft) {
    const allowed = changeable(softMask) & ~(protection ? PROTECTED : 0n);
    if (valid) softFailed = (changed & VALID) !== 0n || (changed & ~allowed) !== 0n;
    else if (!protection || !guarded) softFailed = (changed & VALID) !== 0n;
  }
  return (failed ? 0b0100 : 0) | (softFailed ? 0 : 0b0010);
}
