// Debug exceptions: whether code can take them now, and taking one (Arm ARM D2.3, D2.4; J1.1.3, AArch64.GenerateDebugExceptionsFrom). Knows
// nothing of what found one.
import { bits } from '#arch/field';
import { esr } from '#arch/syndrome';
import type { Cause, CauseFact } from '#trap';
import type { Core } from '../core.ts';
import { takeException } from '../exceptions/entry.ts';
import { PSTATE, SLOT } from '../registers/slots.ts';

const { KDE } = bits('MDSCR_EL1', ['KDE']);
const { TDE } = bits('MDCR_EL2', ['TDE']);
const { OSLK } = bits('OSLSR_EL1', ['OSLK']);
const { DLK } = bits('OSDLR_EL1', ['DLK']);
const { CORENPDRQ } = bits('DBGPRCR_EL1', ['CORENPDRQ']);

/** IFSC and DFSC of every debug exception. */
export const DEBUG_STATUS = 0x22;

/** Whether the OS lock or the OS double lock is set (Arm ARM H6.3; shared pseudocode DoubleLockStatus). BRK alone does not ask. */
export function debugLocked(core: Core): boolean {
  if (core.reg(SLOT.OSLSR_EL1) & OSLK) return true;
  return core.has.doubleLock && (core.reg(SLOT.OSDLR_EL1) & DLK) !== 0n && (core.reg(SLOT.DBGPRCR_EL1) & CORENPDRQ) === 0n;
}

/** Whether breakpoints, watchpoints and software step of code at this level can be taken, with PSTATE.D as given. */
export function debugExceptionsFrom(core: Core, el: number, masked: boolean): boolean {
  if (debugLocked(core)) return false;
  const target = core.has.el2 && (core.tge || (core.reg(SLOT.MDCR_EL2) & TDE) !== 0n) ? 2 : 1;
  // A level takes its own only when it says so twice: MDSCR_EL1.KDE and PSTATE.D.
  return el === target ? (core.reg(SLOT.MDSCR_EL1) & KDE) !== 0n && !masked : el < target;
}

/** The same of the code that runs now. */
export function debugExceptionsHere(core: Core): boolean {
  return debugExceptionsFrom(core, core.el, (core.pstate & PSTATE.D) !== 0);
}

/** The fact for which the code that runs now takes no debug exceptions; undefined when it does. */
export function whyNoDebugExceptions(core: Core): CauseFact | undefined {
  if (debugExceptionsHere(core)) return undefined;
  const fact = (register: string, field: string, value: number, doc: string): CauseFact => ({
    register,
    field,
    value: `0x${value}`,
    rule: 'debug exceptions',
    doc,
  });
  if (core.reg(SLOT.OSLSR_EL1) & OSLK) return fact('OSLSR_EL1', 'OSLK', 1, 'The OS lock is set: no debug exception is taken.');
  if (debugLocked(core)) return fact('OSDLR_EL1', 'DLK', 1, 'The OS double lock is set: no debug exception is taken.');
  const { target, cause } = core.traps.route.debug(core);
  if (core.el > target)
    return (
      cause[0] ?? fact('MDCR_EL2', 'TDE', 0, `Debug exceptions go to EL${target}, and EL${core.el} is above it: it takes none.`)
    );
  if ((core.reg(SLOT.MDSCR_EL1) & KDE) === 0n)
    return fact('MDSCR_EL1', 'KDE', 0, `EL${target} takes debug exceptions of lower levels only, not its own.`);
  return fact('PSTATE', 'D', 1, 'Debug exceptions of this level are masked.');
}

/** What one reports: the classes for code of the level that takes it and of a lower one, and the ISS. */
export interface DebugException {
  readonly same: number;
  readonly lower: number;
  readonly iss: number;
  /** Watchpoints only. */
  readonly far?: bigint;
  readonly cause: Cause;
}

/** Takes a debug exception; the instruction at PC is the one to return to. */
export function takeDebugException(core: Core, { same, lower, iss, far, cause }: DebugException): void {
  const route = core.traps.route.debug(core);
  takeException(core, {
    kind: 'sync',
    to: route.target,
    esr: esr(route.target === core.el ? same : lower, 1, iss),
    returnAddress: core.u64[core.pc64] as bigint,
    cause: [...cause, ...route.cause],
    ...(far === undefined ? {} : { far }),
  });
}
