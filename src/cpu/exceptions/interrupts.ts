// Interrupts and SErrors: which are pending, which can be taken now and where to (Arm ARM D1.4.6, J1.1.3 TakePendingInterrupts and friends).
// Physical ones arrive on the lines of the CPU block; virtual ones on lines too, or by HCR_EL2.VI, VF and VSE. An interrupt may have Superpriority
// (FEAT_NMI). Knows nothing of interrupt controllers.
import { bits } from '#arch/field';
import { EC, esr } from '#arch/syndrome';
import type { Cause } from '#trap';
import { ATTENTION, type Core, HCR, SCTLR } from '../core.ts';
import type { ExceptionRecord } from '../processor.ts';
import { PSTATE, SLOT } from '../registers/slots.ts';
import { CPU, LINES } from '../state/layout.ts';
import { takeException } from './entry.ts';

type Asynchronous = 'irq' | 'fiq' | 'serror';

const KINDS: readonly Asynchronous[] = ['fiq', 'irq', 'serror'];
const MASK_BIT = { irq: PSTATE.I, fiq: PSTATE.F, serror: PSTATE.A } as const;
const VIRTUAL = {
  irq: { line: LINES.virq, pending: HCR.VI, enable: HCR.IMO, name: 'VI' },
  fiq: { line: LINES.vfiq, pending: HCR.VF, enable: HCR.FMO, name: 'VF' },
  serror: { line: LINES.vserror, pending: HCR.VSE, enable: HCR.AMO, name: 'VSE' },
} as const;
const ISR = bits('ISR_EL1', ['A', 'I', 'F', 'IS', 'FS']);
const ISR_BIT = { irq: ISR.I, fiq: ISR.F, serror: ISR.A } as const;
const ISR_SUPER = { irq: ISR.IS, fiq: ISR.FS, serror: 0n } as const;
const HCRX = bits('HCRX_EL2', ['VINMI', 'VFNMI']);
// ESR_ELx.ISS of an SError as VSESR_EL2 gives it: IDS and ISS.
const SERROR_ISS = 0x1ff_ffffn;

function lines(core: Core): number {
  return core.u32At(CPU.lines);
}

/** Virtual interrupts exist for EL1 and EL0 where the physical ones belong to EL2. */
function virtualEnabled(core: Core, kind: Asynchronous): boolean {
  return core.has.el2 && !core.tge && (core.reg(SLOT.HCR_EL2) & VIRTUAL[kind].enable) !== 0n;
}

function virtualPending(core: Core, kind: Asynchronous): boolean {
  const { line, pending } = VIRTUAL[kind];
  return virtualEnabled(core, kind) && ((lines(core) & line) !== 0 || (core.reg(SLOT.HCR_EL2) & pending) !== 0n);
}

/** Whether the physical interrupt that pends has Superpriority. A GIC gives it to IRQs only (IHI 0069, 4.6.3). */
function physicalSuperpriority(core: Core, kind: Asynchronous): boolean {
  return core.has.nmi && kind === 'irq' && (lines(core) & (LINES.irq | LINES.nmi)) === (LINES.irq | LINES.nmi);
}

/** Whether a virtual interrupt that pends has it: one that HCR_EL2 makes pending by HCRX_EL2.VINMI and VFNMI, another by its line. */
function virtualSuperpriority(core: Core, kind: Asynchronous): boolean {
  if (!core.has.nmi || kind === 'serror') return false;
  if (kind === 'irq' && (lines(core) & (LINES.virq | LINES.vnmi)) === (LINES.virq | LINES.vnmi)) return true;
  const made = (core.reg(SLOT.HCR_EL2) & VIRTUAL[kind].pending) !== 0n;
  return made && (core.reg(SLOT.HCRX_EL2) & (kind === 'irq' ? HCRX.VINMI : HCRX.VFNMI)) !== 0n;
}

/** SCTLR_ELx.NMI of an interrupt's target. */
function nmiEnabled(core: Core, target: 1 | 2): boolean {
  return core.has.nmi && (core.reg(target === 2 ? SLOT.SCTLR_EL2 : SLOT.SCTLR_EL1) & SCTLR.NMI) !== 0n;
}

/**
 * Whether PSTATE holds an interrupt back that its target's own level, or EL0 under it, may mask (Arm ARM D1.4.6.4, AllIntMask): with
 * SCTLR_ELx.NMI at ELx itself ALLINT, or SP by SPINTMASK, holds back all of them; what is left is PSTATE.I and F, for those without Superpriority.
 */
function masked(core: Core, kind: Asynchronous, target: 1 | 2, superpriority: boolean): boolean {
  const { pstate } = core;
  if (kind !== 'serror' && nmiEnabled(core, target)) {
    const sctlr = core.reg(target === 2 ? SLOT.SCTLR_EL2 : SLOT.SCTLR_EL1);
    const all = (pstate & PSTATE.ALLINT) !== 0 || (core.sp === 1 && (sctlr & SCTLR.SPINTMASK) !== 0n);
    if (core.el === target && all) return true;
    if (superpriority) return false;
  }
  return (pstate & MASK_BIT[kind]) !== 0;
}

/** For an interrupt that PSTATE.I or F would hold back: the fact that it did not. */
function becauseSuperpriority(core: Core, kind: Asynchronous, target: 1 | 2): Cause {
  if (!nmiEnabled(core, target) || (core.pstate & MASK_BIT[kind]) === 0) return [];
  const [register, name] = [`SCTLR_EL${target}`, kind.toUpperCase()];
  const doc = `The ${name} has Superpriority: PSTATE.${name[0]} does not mask it.`;
  return [{ register, field: 'NMI', value: '0x1', rule: `${register}.NMI`, doc }];
}

/** The target of a physical interrupt when it can be taken now, masks considered; undefined when it waits. */
function physicalTarget(core: Core, kind: Asynchronous): { readonly target: 1 | 2; readonly cause: Cause } | undefined {
  const route = core.traps.route.async(core, kind);
  const hcr = core.reg(SLOT.HCR_EL2);
  // With the interrupt going to EL1 (IMO and TGE 0), EL2 is not interrupted by it.
  const toEl2 = core.has.el2 && (core.tge || (hcr & VIRTUAL[kind].enable) !== 0n);
  if (core.el === 2 && !toEl2) return undefined;
  // Masks of a lower level do not hold back what goes to a higher one, except for a host's own EL0.
  if (route.target > core.el && !(core.el === 0 && route.target === 1) && !(core.e2h && core.tge)) return route;
  const superpriority = physicalSuperpriority(core, kind);
  if (masked(core, kind, route.target, superpriority)) return undefined;
  return superpriority ? { ...route, cause: [...route.cause, ...becauseSuperpriority(core, kind, route.target)] } : route;
}

/** Takes one interrupt if there is one to take; true when it did. */
export function takeInterrupt(core: Core): boolean {
  const pending = lines(core);
  for (const kind of KINDS) {
    if (pending & LINES[kind]) {
      const route = physicalTarget(core, kind);
      if (route) {
        if (kind === 'serror') core.setU32At(CPU.lines, lines(core) & ~LINES.serror);
        deliver(core, kind, route.target, kind === 'serror' ? serrorSyndrome(0n) : 0n, route.cause);
        return true;
      }
    }
    if (core.el < 2 && virtualPending(core, kind) && !masked(core, kind, 1, virtualSuperpriority(core, kind))) {
      const hcr = core.reg(SLOT.HCR_EL2);
      const field = VIRTUAL[kind].name;
      const cause: Cause = [
        {
          register: 'HCR_EL2',
          field,
          value: hcr & VIRTUAL[kind].pending ? '0x1' : '0x0',
          rule: `HCR_EL2.${field}`,
          doc: `A virtual ${kind === 'serror' ? 'SError' : kind.toUpperCase()} is pending for EL1.`,
        },
        ...(virtualSuperpriority(core, kind) ? becauseSuperpriority(core, kind, 1) : []),
      ];
      let syndrome = 0n;
      if (kind === 'serror') {
        // Taking a virtual SError clears it; its syndrome is what the hypervisor left in VSESR_EL2.
        core.setReg(SLOT.HCR_EL2, hcr & ~HCR.VSE);
        core.setU32At(CPU.lines, lines(core) & ~LINES.vserror);
        syndrome = serrorSyndrome(core.reg(SLOT.VSESR_EL2) & SERROR_ISS);
      }
      deliver(core, kind, 1, syndrome, cause);
      return true;
    }
  }
  core.attention &= ~ATTENTION.interrupts;
  return false;
}

function serrorSyndrome(iss: bigint): bigint {
  return esr(EC.SError, 1, Number(iss));
}

function deliver(core: Core, kind: ExceptionRecord['kind'], to: 1 | 2, syndrome: bigint, cause: Cause): void {
  takeException(core, { kind, to, esr: syndrome, returnAddress: core.u64[core.pc64] as bigint, cause });
}

const DISR = bits('DISR_EL1', ['A']);

/**
 * ESB: an SError that is pending and cannot be taken is deferred into DISR_EL1, a virtual one into VDISR_EL2; one that can be is taken next
 * (Arm ARM C6.2, ESB; J1.1.3 AArch64.ESBOperation, AArch64.vESBOperation).
 */
export function errorSynchronization(core: Core): void {
  if (!core.has.ras) return;
  if (lines(core) & LINES.serror && physicalTarget(core, 'serror') === undefined) {
    core.setU32At(CPU.lines, lines(core) & ~LINES.serror);
    core.setReg(SLOT.DISR_EL1, DISR.A);
  }
  if (core.el < 2 && core.pstate & PSTATE.A && virtualPending(core, 'serror')) {
    core.setReg(SLOT.HCR_EL2, core.reg(SLOT.HCR_EL2) & ~HCR.VSE);
    core.setU32At(CPU.lines, lines(core) & ~LINES.vserror);
    core.setReg(SLOT.VDISR_EL2, DISR.A | (core.reg(SLOT.VSESR_EL2) & SERROR_ISS));
  }
  core.attention |= ATTENTION.interrupts;
}

/** Something that ends a WFI is pending, masked or not (Arm ARM D1.6.2). */
export function wakesWfi(core: Core): boolean {
  const pending = lines(core);
  for (const kind of KINDS) {
    if (pending & LINES[kind]) return true;
    if (core.el < 2 && virtualPending(core, kind)) return true;
  }
  return false;
}

/** ISR_EL1: what is pending for the current level, virtual where EL1 has virtual interrupts, and what of it has Superpriority. */
export function pendingInterrupts(core: Core): bigint {
  const pending = lines(core);
  let value = 0n;
  for (const kind of KINDS) {
    const virtual = core.el < 2 && virtualEnabled(core, kind);
    if (!(virtual ? virtualPending(core, kind) : (pending & LINES[kind]) !== 0)) continue;
    value |= ISR_BIT[kind];
    if ((virtual ? virtualSuperpriority : physicalSuperpriority)(core, kind)) value |= ISR_SUPER[kind];
  }
  return value;
}
