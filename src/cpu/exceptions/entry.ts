// Taking an exception: what the processor does to PSTATE and the syndrome registers, and where PC goes (Arm ARM J1.1.3,
// AArch64.TakeException). Whoever found the exception has decided who takes it and with what syndrome; this knows nothing of why.
import { EC } from '#arch/syndrome';
import type { Cause } from '#trap';
import { ATTENTION, type Core, HCR, SCTLR } from '../core.ts';
import { countEvent, countersChanged, settleCounters } from '../pmu/counters.ts';
import type { ExceptionRecord } from '../processor.ts';
import { DAIF, EL_SHIFT, NZCV, PSTATE, SLOT } from '../registers/slots.ts';
import { CPU } from '../state/layout.ts';
import { branchAddress } from './branch-address.ts';

/** An exception, decided. Addresses unsigned 64-bit. */
export interface Exception {
  readonly kind: ExceptionRecord['kind'];
  readonly to: 1 | 2;
  readonly esr: bigint;
  /** Written to FAR_ELx when present. */
  readonly far?: bigint;
  /** Written to HPFAR_EL2 when present. */
  readonly hpfar?: bigint;
  readonly hpfarValid?: boolean;
  /** Preferred return address. */
  readonly returnAddress: bigint;
  readonly cause: Cause;
  /** Taken by a hypervisor's hand: the flags stay, as KVM's enter_exception64 keeps them. */
  readonly injected?: boolean;
}

const VECTOR = { sync: 0x000n, irq: 0x080n, fiq: 0x100n, serror: 0x180n } as const;

/** Changes the state as entry to the exception does, and tells whoever must know. The current instruction is over. */
export function takeException(core: Core, exception: Exception): ExceptionRecord {
  const { kind, to, esr, returnAddress } = exception;
  if (core.counting) settleException(core, exception);
  const from = core.el;
  const before = core.pstate;
  const asynchronous = kind === 'irq' || kind === 'fiq';
  const vbar = core.reg(to === 2 ? SLOT.VBAR_EL2 : SLOT.VBAR_EL1) & ~0x7ffn;
  const offset = from < to ? 0x400n : before & 1 ? 0x200n : 0n;
  const sctlr = core.reg(to === 2 ? SLOT.SCTLR_EL2 : SLOT.SCTLR_EL1);

  const saved = to === 1 && seemsFromEl2(core) ? (before & ~(3 << EL_SHIFT)) | (2 << EL_SHIFT) : before;
  core.setReg(to === 2 ? SLOT.SPSR_EL2 : SLOT.SPSR_EL1, BigInt(saved >>> 0));
  core.setReg(to === 2 ? SLOT.ELR_EL2 : SLOT.ELR_EL1, returnAddress);
  // Interrupts leave the syndrome as it was.
  if (!asynchronous) core.setReg(to === 2 ? SLOT.ESR_EL2 : SLOT.ESR_EL1, esr);
  if (exception.far !== undefined) core.setReg(to === 2 ? SLOT.FAR_EL2 : SLOT.FAR_EL1, exception.far);
  if (exception.hpfar !== undefined && to === 2) core.setReg(SLOT.HPFAR_EL2, exception.hpfar);

  let pstate = before & ~(PSTATE.M | PSTATE.SS | PSTATE.IL | PSTATE.BTYPE | PSTATE.UAO | PSTATE.ALLINT | PSTATE.SSBS);
  if (core.model.choices.flagsOnEntry === 'zero' && exception.injected !== true) pstate &= ~NZCV;
  pstate |= (to << EL_SHIFT) | 1 | DAIF;
  // PAN: with SPAN = 0, at EL1, and at EL2 when it hosts EL0.
  if (core.has.pan && (sctlr & SCTLR.SPAN) === 0n && (to === 1 || (core.e2h && core.tge))) pstate |= PSTATE.PAN;
  if (core.has.ssbs && sctlr & SCTLR.DSSBS) pstate |= PSTATE.SSBS;
  if (core.has.mte) pstate |= PSTATE.TCO;
  if (core.has.nmi && (sctlr & SCTLR.SPINTMASK) === 0n) pstate |= PSTATE.ALLINT;
  core.stepping = false;
  // A step exception at the vector is not to say that an instruction was stepped before it.
  core.setU32At(CPU.step, 0);
  core.setPState(pstate >>> 0);
  // A branch like any other: a tag in VBAR_ELx that is ignored there does not get into PC (BranchTo).
  const untagged = core.model.choices.vectorTag === 'ignored' || exception.injected === true;
  const vector = untagged ? branchAddress(core, vbar + offset + VECTOR[kind]) : vbar + offset + VECTOR[kind];
  core.u64[core.pc64] = vector;
  if (core.counting) countersChanged(core);

  const current = core.current();
  const record: ExceptionRecord = {
    kind,
    from,
    to,
    esr: asynchronous ? 0n : esr,
    far: exception.far ?? 0n,
    farValid: exception.far !== undefined,
    hpfar: exception.hpfar ?? 0n,
    hpfarValid: exception.hpfarValid === true,
    elr: returnAddress,
    spsr: BigInt(saved >>> 0),
    vector,
    word: kind === 'sync' ? current?.word : undefined,
    cause: exception.cause,
    instructions: core.instructions,
  };
  core.observer.exception?.(record);
  if (to === 2 && core.options.el2 === 'modelled') {
    core.stop = { kind: 'exception', exception: record };
    core.attention |= ATTENTION.stop;
  }
  return record;
}

// Nested virtualization shows a guest's hypervisor the level that it believes to be at: EffectiveHCR_EL2_NVx() in {x01, 111} (AArch64.TakeException).
function seemsFromEl2(core: Core): boolean {
  if (!core.nested) return false;
  const hcr = core.reg(SLOT.HCR_EL2);
  return (hcr & HCR.NV1) === 0n || (core.has.nv2 && (hcr & HCR.NV2) !== 0n);
}

// What is counted at the level that is left: the instruction, if it was done, and the exception.
function settleException(core: Core, { kind, esr, returnAddress, injected }: Exception): void {
  const ec = Number(esr >> 26n) & 0x3f;
  const before = ec === EC.SoftwareStepLowerEl || ec === EC.SoftwareStepSameEl;
  settleCounters(core, kind === 'sync' && returnAddress === core.u64[core.pc64] && injected !== true && !before);
  countEvent(core, 'EXC_TAKEN');
}
