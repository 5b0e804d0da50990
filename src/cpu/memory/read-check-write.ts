// Read-check-write atomics on 64-bit translation table entries (FEAT_THE; Arm ARM, pseudocode MemAtomicRCW): what they are checked against
// is in RCWMASK_EL1, RCWSMASK_EL1 and TCR2_ELx. The check itself is #isa's. Knows no instruction.
import { bits } from '#arch/field';
import { type AccessType, checkReadCheckWrite } from '#isa';
import type { Core } from '../core.ts';
import { SLOT } from '../registers/slots.ts';
import { decideAtomic } from './access.ts';

const { PnCH } = bits('TCR2_EL1', ['PnCH']);
const { TCR2En } = bits('HCRX_EL2', ['TCR2En']);

/** ProtectionEnabled: the Protected attribute is in use in the current translation regime. */
function protection(core: Core): boolean {
  if (!core.model.features.has('FEAT_TCR2')) return false;
  const host = core.e2h && (core.el === 2 || (core.el === 0 && core.tge));
  if (core.el === 2 || host) return (core.reg(SLOT.TCR2_EL2) & PnCH) !== 0n;
  const enabled = !core.has.el2 || (core.reg(SLOT.HCRX_EL2) & TCR2En) !== 0n;
  return enabled && (core.reg(SLOT.TCR2_EL1) & PnCH) !== 0n;
}

/** The flags when a comparison failed. */
const NOT_EQUAL = 0b1010;
/** The flags when the new value was stored. */
const STORED = 0b0010;

/** RCWCLR, RCWSET, RCWSWP, RCWCAS and their RCWS forms: the old value, and N:Z:C:V. */
export function readCheckWrite(
  core: Core,
  f: 'clr' | 'set' | 'swp' | 'cas',
  va: bigint,
  operand: bigint,
  expected: bigint,
  soft: boolean,
  type: AccessType | undefined,
): { readonly old: bigint; readonly nzcv: number } {
  let nzcv = NOT_EQUAL;
  const decide = (old: bigint): bigint | undefined => {
    if (f === 'cas' && old !== expected) return undefined;
    const next = f === 'clr' ? old & ~operand : f === 'set' ? old | operand : operand;
    const masks = { mask: core.reg(SLOT.RCWMASK_EL1), softMask: core.reg(SLOT.RCWSMASK_EL1) };
    nzcv = checkReadCheckWrite({ old, new: next, ...masks, soft, protection: protection(core) });
    return nzcv === STORED ? next : undefined;
  };
  return { old: decideAtomic(core, va, 8, decide, type), nzcv };
}
