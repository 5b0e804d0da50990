// Exception return (Arm ARM J1.1.3, AArch64.ExceptionReturn, IllegalExceptionReturn, SetPSTATEFromPSR).
import type { Core } from '../core.ts';
import { forgetStepped, stepsAfterReturn } from '../debug/step.ts';
import { clearMonitor } from '../memory/access.ts';
import { countEvent, countersChanged, settleCounters } from '../pmu/counters.ts';
import { DAIF, EL_SHIFT, NRW, NZCV, PSTATE, SLOT } from '../registers/slots.ts';
import { CPU } from '../state/layout.ts';
import { branchAddress } from './branch-address.ts';

/** True when SPSR describes a state that cannot be returned to from here. */
function illegal(core: Core, spsr: number): boolean {
  const target = (spsr >>> EL_SHIFT) & 3;
  // AArch32 is absent; M[1] is reserved; EL0 has no SP of its own kind.
  if (spsr & NRW || spsr & 2) return true;
  if (target === 3 || target > core.el) return true;
  if (target === 0 && spsr & 1) return true;
  return target === 1 && core.tge;
}

/** Fields of PSTATE that this processor has and a return restores. */
function restorable(core: Core): number {
  const { has } = core;
  let mask = NZCV | DAIF | PSTATE.IL | PSTATE.SS;
  if (has.pan) mask |= PSTATE.PAN;
  if (has.uao) mask |= PSTATE.UAO;
  if (has.dit) mask |= PSTATE.DIT;
  if (has.ssbs) mask |= PSTATE.SSBS;
  if (has.bti) mask |= PSTATE.BTYPE;
  if (has.mte) mask |= PSTATE.TCO;
  if (has.nmi) mask |= PSTATE.ALLINT;
  return mask >>> 0;
}

/** The ELR of the current level. */
export function returnTarget(core: Core): bigint {
  return core.reg(core.el === 2 ? SLOT.ELR_EL2 : SLOT.ELR_EL1);
}

/** Returns from the current level: PC and PSTATE from its ELR and SPSR. An illegal return stays at this level with PSTATE.IL set. */
export function exceptionReturn(core: Core, target = returnTarget(core)): void {
  const spsr = Number(core.reg(core.el === 2 ? SLOT.SPSR_EL2 : SLOT.SPSR_EL1) & 0xffff_ffffn);
  const before = core.pstate;
  const refused = illegal(core, spsr);
  const destination = refused ? core.el : (spsr >>> EL_SHIFT) & 3;
  const steps = (spsr & PSTATE.SS) !== 0 && stepsAfterReturn(core, destination, (spsr & PSTATE.D) !== 0);
  let pstate: number;
  if (refused) {
    // EL, SP and nRW stay; flags, masks and PAN come from SPSR; the rest is UNKNOWN and stays.
    const taken = NZCV | DAIF | (core.has.pan ? PSTATE.PAN : 0) | (core.has.nmi ? PSTATE.ALLINT : 0);
    pstate = (before & ~taken) | (spsr & taken) | PSTATE.IL;
  } else {
    pstate = spsr & (restorable(core) | PSTATE.M);
  }
  pstate = steps ? pstate | PSTATE.SS : pstate & ~PSTATE.SS;
  forgetStepped(core);
  if (core.counting) {
    settleCounters(core);
    countEvent(core, 'EXC_RETURN');
  }
  clearMonitor(core);
  core.setU32At(CPU.event, 1);
  core.setPState(pstate >>> 0);
  core.u64[core.pc64] = branchAddress(core, target);
  if (core.counting) countersChanged(core);
}
