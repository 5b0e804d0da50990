// Tag checks of loads and stores (FEAT_MTE2; Arm ARM D10, pseudocode AArch64.AccessIsTagChecked, AArch64.CheckTag, AArch64.EffectiveTCF and
// AArch64.TagCheckFault): which accesses are checked, what a check compares, and what becomes of one that fails. Knows nothing of
// instructions: whoever makes the access says when its form is not checked.
import { bits, fieldRange, getFieldNumber } from '#arch/field';
import { CONTEXT, type Core, contextEl } from '../core.ts';
import { tagCheckAbort } from '../exceptions/aborts.ts';
import { PSTATE, SLOT } from '../registers/slots.ts';

/** Bytes that share a tag. */
export const GRANULE = 16n;
const TAG_LSB = 56n;
/** Address bits 59:55: the tag and the bit that chooses the range. */
const MATCH_LSB = 55n;
const MATCH_ALL_ONES = 0b1_1111n;

const HCR_ATA = bits('HCR_EL2', ['ATA']).ATA;
const { ATA, ATA0 } = bits('SCTLR_EL1', ['ATA', 'ATA0']);
const TCF = fieldRange('SCTLR_EL1', 'TCF');
const TCF0 = fieldRange('SCTLR_EL1', 'TCF0');
const TCR = bits('TCR_EL1', ['TBI0', 'TBI1', 'TCMA0', 'TCMA1']);
const TCR_HYP = bits('TCR_EL2', ['TBI', 'TCMA']);
const { TF0, TF1 } = bits('TFSR_EL1', ['TF0', 'TF1']);

/** The logical tag of an address (AArch64.PhysicalTag). */
export function logicalTag(va: bigint): number {
  return Number((va >> TAG_LSB) & 15n);
}

const isGuest = (context: number): boolean => context <= CONTEXT.el10Pan;
const sctlrOf = (core: Core, context: number): bigint => core.reg(isGuest(context) ? SLOT.SCTLR_EL1 : SLOT.SCTLR_EL2);

/** AArch64.AllocationTagAccessIsEnabled for accesses in this translation context. */
export function tagAccessEnabled(core: Core, context: number): boolean {
  if (!core.mmu.mte2) return false;
  if (isGuest(context) && core.has.el2 && (core.reg(SLOT.HCR_EL2) & HCR_ATA) === 0n) return false;
  return (sctlrOf(core, context) & (contextEl(context) === 0 ? ATA0 : ATA)) !== 0n;
}

/** What a failed check does (AArch64.EffectiveTCF); a value that is reserved here acts as 0 (CONSTRAINED UNPREDICTABLE). */
function effect(core: Core, context: number): 'ignore' | 'synchronous' | 'asynchronous' | 'asymmetric' {
  const { features } = core.model;
  switch (getFieldNumber(sctlrOf(core, context), contextEl(context) === 0 ? TCF0 : TCF)) {
    case 1:
      return 'synchronous';
    case 2:
      return features.has('FEAT_MTE_ASYNC') ? 'asynchronous' : 'ignore';
    case 3:
      return features.has('FEAT_MTE3') ? 'asymmetric' : 'ignore';
    default:
      return 'ignore';
  }
}

/**
 * Whether accesses to Tagged memory through this address are checked, but for PSTATE.TCO and the form of the instruction, and a failed check
 * would have an effect. A function of the address and of registers that empty the TLB when they change.
 */
export function tagChecked(core: Core, context: number, va: bigint): boolean {
  if (!tagAccessEnabled(core, context) || effect(core, context) === 'ignore') return false;
  const tcr = core.reg(isGuest(context) ? SLOT.TCR_EL1 : SLOT.TCR_EL2);
  const top = (va >> MATCH_LSB) & MATCH_ALL_ONES;
  const upper = (top & 1n) !== 0n;
  const hyp = context === CONTEXT.el2;
  // Only an address whose top byte is ignored has a tag (EffectiveTBI), and TCMA leaves two of them out (EffectiveTCMA).
  if ((tcr & (hyp ? TCR_HYP.TBI : upper ? TCR.TBI1 : TCR.TBI0)) === 0n) return false;
  const matchAll = (tcr & (hyp ? TCR_HYP.TCMA : upper ? TCR.TCMA1 : TCR.TCMA0)) !== 0n;
  return !(matchAll && (top === 0n || top === MATCH_ALL_ONES));
}

/**
 * Checks an access of `bytes` bytes within a page, found at `offset` in memory, that `tagChecked` and Tagged memory make a checked one. Takes
 * the exception at its lowest byte that fails, or notes the fault in TFSR_ELx.
 */
export function checkTags(core: Core, context: number, va: bigint, offset: number, bytes: number, write: boolean): void {
  if ((core.pstate & PSTATE.TCO) !== 0) return;
  const tag = logicalTag(va);
  for (let done = 0; done < bytes; done = ((offset + done) | 15) + 1 - offset) {
    const allocated = core.memory.allocationTag(offset + done);
    if (allocated !== tag) {
      fail(core, context, BigInt.asUintN(64, va + BigInt(done)), allocated, write);
      return;
    }
  }
}

function fail(core: Core, context: number, va: bigint, allocated: number, write: boolean): void {
  const how = effect(core, context);
  if (how === 'synchronous' || (how === 'asymmetric' && !write)) {
    const sctlr = sctlrOf(core, context);
    const user = contextEl(context) === 0;
    tagCheckAbort(core, va, write, {
      register: isGuest(context) ? 'SCTLR_EL1' : 'SCTLR_EL2',
      field: user ? 'TCF0' : 'TCF',
      value: `0x${getFieldNumber(sctlr, user ? TCF0 : TCF).toString(16)}`,
      rule: 'tag check',
      doc: `The address has tag ${logicalTag(va)}, its memory has tag ${allocated}.`,
    });
  }
  // AArch64.ReportTagCheckFault.
  const slot = [SLOT.TFSRE0_EL1, SLOT.TFSR_EL1, SLOT.TFSR_EL2][contextEl(context)] as number;
  core.setReg(slot, core.reg(slot) | ((va >> MATCH_LSB) & 1n ? TF1 : TF0));
}
