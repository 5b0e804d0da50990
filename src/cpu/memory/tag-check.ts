// Tag checks of loads and stores (FEAT_MTE2; Arm ARM D10, pseudocode AArch64.AccessIsTagChecked, AArch64.CheckTag, AArch64.EffectiveTCF and
// AArch64.TagCheckFault): which accesses are checked, what a check compares, and what becomes of one that fails. Knows nothing of
// instructions: whoever makes the access says when its form is not checked.
import { bits, fieldRange, getFieldNumber } from '#arch/field';
import { hex } from '#base';
import type { CauseFact } from '#trap';
import { CONTEXT, type Core, contextEl } from '../core.ts';
import { tagCheckAbort } from '../exceptions/aborts.ts';
import type { TagLook } from '../processor.ts';
import { PSTATE, SLOT } from '../registers/slots.ts';

/** Bytes that share a tag. */
export const GRANULE = 16n;
const TAG_LSB = 56n;
/** Address bits 59:55: the tag and the bit that chooses the range. */
const MATCH_LSB = 55n;
const MATCH_ALL_ONES = 0b1_1111n;

const HCR_ATA = bits('HCR_EL2', ['ATA']).ATA;
const { ATA, ATA0, TCSO, TCSO0 } = bits('SCTLR_EL1', ['ATA', 'ATA0', 'TCSO', 'TCSO0']);
const TCF = fieldRange('SCTLR_EL1', 'TCF');
const TCF0 = fieldRange('SCTLR_EL1', 'TCF0');
const TCR = { ...bits('TCR_EL1', ['TBI0', 'TBI1', 'TCMA0', 'TCMA1']), ...bits('TCR_EL2', ['TBI', 'TCMA']) };
const { TF0, TF1 } = bits('TFSR_EL1', ['TF0', 'TF1']);

/** The logical tag of an address (AArch64.PhysicalTag). */
export function logicalTag(va: bigint): number {
  return Number((va >> TAG_LSB) & 15n);
}

const isGuest = (context: number): boolean => context <= CONTEXT.el10Pan;
const sctlrName = (context: number): string => (isGuest(context) ? 'SCTLR_EL1' : 'SCTLR_EL2');
const sctlrOf = (core: Core, context: number): bigint => core.reg(isGuest(context) ? SLOT.SCTLR_EL1 : SLOT.SCTLR_EL2);
const fieldText = (core: Core, context: number): string =>
  hex(getFieldNumber(sctlrOf(core, context), contextEl(context) === 0 ? TCF0 : TCF));

/** Why tags may not be accessed in this translation context (AArch64.AllocationTagAccessIsEnabled). */
function accessDisabled(core: Core, context: number): CauseFact | undefined {
  if (!core.mmu.mte2) return fact('', '', 'FEAT_MTE2 is not implemented.');
  if (isGuest(context) && core.has.el2 && (core.reg(SLOT.HCR_EL2) & HCR_ATA) === 0n) {
    return fact('HCR_EL2', 'ATA', 'EL1 and EL0 may not access tags.');
  }
  const user = contextEl(context) === 0;
  if ((sctlrOf(core, context) & (user ? ATA0 : ATA)) !== 0n) return undefined;
  return fact(sctlrName(context), user ? 'ATA0' : 'ATA', `${user ? 'EL0' : 'This level'} may not access tags.`);
}

function fact(register: string, field: string, doc: string, value = '0x0'): CauseFact {
  return { register, field, value: register === '' ? '' : value, rule: 'tag check', doc };
}

/** AArch64.AllocationTagAccessIsEnabled for accesses in this translation context. */
export function tagAccessEnabled(core: Core, context: number): boolean {
  return accessDisabled(core, context) === undefined;
}

/** AArch64.EffectiveTCF; a value that is reserved here acts as 0 (CONSTRAINED UNPREDICTABLE). */
function effect(core: Core, context: number): TagLook['effect'] {
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
 * Why accesses to Tagged memory through this address are not checked, whatever PSTATE.TCO and the form of the instruction; undefined when they
 * are. A function of the address and of registers that empty the TLB when they change.
 */
function unchecked(core: Core, context: number, va: bigint): CauseFact | undefined {
  const disabled = accessDisabled(core, context);
  if (disabled !== undefined) return disabled;
  const hyp = context === CONTEXT.el2;
  const register = isGuest(context) ? 'TCR_EL1' : 'TCR_EL2';
  const tcr = core.reg(isGuest(context) ? SLOT.TCR_EL1 : SLOT.TCR_EL2);
  const top = (va >> MATCH_LSB) & MATCH_ALL_ONES;
  const upper = (top & 1n) !== 0n;
  // Only an address whose top byte is ignored has a tag (EffectiveTBI), and TCMA leaves two of them out (EffectiveTCMA).
  const [tbi, tcma] = hyp ? (['TBI', 'TCMA'] as const) : upper ? (['TBI1', 'TCMA1'] as const) : (['TBI0', 'TCMA0'] as const);
  if ((tcr & TCR[tbi]) === 0n) return fact(register, tbi, 'Only addresses whose top byte is ignored have a tag.');
  if ((tcr & TCR[tcma]) !== 0n && (top === 0n || top === MATCH_ALL_ONES)) {
    return fact(register, tcma, `Addresses with tag ${Number(top) >> 1} are not checked.`, '0x1');
  }
  if (effect(core, context) !== 'ignore') return undefined;
  const field = contextEl(context) === 0 ? 'TCF0' : 'TCF';
  return fact(sctlrName(context), field, 'A failed check has no effect.', fieldText(core, context));
}

/** Whether accesses to Tagged memory through this address are checked, but for PSTATE.TCO and the form of the instruction, to an effect. */
export function tagChecked(core: Core, context: number, va: bigint): boolean {
  return unchecked(core, context, va) === undefined;
}

/** For who only looks: the tags of an address that translates to `offset` in memory. */
export function lookAtTags(core: Core, context: number, va: bigint, offset: number, write: boolean): TagLook {
  const tco = (core.pstate & PSTATE.TCO) === 0 ? undefined : fact('PSTATE', 'TCO', 'Tag checks are off.', '0x1');
  const tcso =
    write || !storesOnly(core, context)
      ? undefined
      : fact(sctlrName(context), contextEl(context) === 0 ? 'TCSO0' : 'TCSO', 'Only stores are checked.', '0x1');
  return {
    logical: logicalTag(va),
    allocated: core.memory.allocationTag(offset),
    effect: effect(core, context),
    unchecked: unchecked(core, context, va) ?? tco ?? tcso,
  };
}

/**
 * Checks an access of `bytes` bytes within a page, found at `offset` in memory, that `tagChecked` and Tagged memory make a checked one. Takes
 * the exception at its lowest byte that fails, or notes the fault in TFSR_ELx.
 */
export function checkTags(core: Core, context: number, va: bigint, offset: number, bytes: number, write: boolean): void {
  if ((core.pstate & PSTATE.TCO) !== 0 || (!write && storesOnly(core, context))) return;
  const tag = logicalTag(va);
  for (let done = 0; done < bytes; done = ((offset + done) | 15) + 1 - offset) {
    const allocated = core.memory.allocationTag(offset + done);
    if (allocated !== tag) {
      fail(core, context, BigInt.asUintN(64, va + BigInt(done)), allocated, write);
      return;
    }
  }
}

// AArch64.StoreOnlyTagCheckingEnabled: reads are not checked, and an atomic is when it stores.
function storesOnly(core: Core, context: number): boolean {
  const field = contextEl(context) === 0 ? TCSO0 : TCSO;
  return (sctlrOf(core, context) & field) !== 0n && core.model.features.has('FEAT_MTE_STORE_ONLY');
}

function fail(core: Core, context: number, va: bigint, allocated: number, write: boolean): void {
  const how = effect(core, context);
  if (how === 'synchronous' || (how === 'asymmetric' && !write)) {
    const field = contextEl(context) === 0 ? 'TCF0' : 'TCF';
    const doc = `The address has tag ${logicalTag(va)}, its memory has tag ${allocated}.`;
    tagCheckAbort(core, va, write, fact(sctlrName(context), field, doc, fieldText(core, context)));
  }
  // AArch64.ReportTagCheckFault.
  const slot = [SLOT.TFSRE0_EL1, SLOT.TFSR_EL1, SLOT.TFSR_EL2][contextEl(context)] as number;
  core.setReg(slot, core.reg(slot) | ((va >> MATCH_LSB) & 1n ? TF1 : TF0));
}
