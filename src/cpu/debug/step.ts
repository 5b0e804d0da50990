// Software step: the state machine over MDSCR_EL1.SS and PSTATE.SS (Arm ARM D2.12; J1.1.3 CheckSoftwareStep, SSAdvance,
// DebugExceptionReturnSS). Inactive: debug exceptions cannot be taken, or SS is 0. Active-not-pending: PSTATE.SS is 1 and one instruction is
// let through. Active-pending: PSTATE.SS is 0 and the exception comes before the next instruction.
import { bits } from '#arch/field';
import { EC, iss } from '#arch/syndrome';
import type { CauseFact } from '#trap';
import type { Core } from '../core.ts';
import type { StepState } from '../processor.ts';
import { PSTATE, SLOT } from '../registers/slots.ts';
import { CPU } from '../state/layout.ts';
import {
  DEBUG_STATUS,
  debugExceptionsFrom,
  debugExceptionsHere,
  takeDebugException,
  whyNoDebugExceptions,
} from './exceptions.ts';

const { SS } = bits('MDSCR_EL1', ['SS']);

/** The state machine as an observer sees it, between two instructions. */
export function stepState(core: Core): StepState {
  const fact = (register: string, field: string, on: boolean, doc: string): CauseFact => ({
    register,
    field,
    value: on ? '0x1' : '0x0',
    rule: 'software step',
    doc,
  });
  if ((core.reg(SLOT.MDSCR_EL1) & SS) === 0n)
    return { kind: 'inactive', why: [fact('MDSCR_EL1', 'SS', false, 'Software step is off.')] };
  const on = fact('MDSCR_EL1', 'SS', true, 'Software step is on.');
  const disabled = whyNoDebugExceptions(core);
  if (disabled) return { kind: 'inactive', why: [on, disabled] };
  return core.pstate & PSTATE.SS
    ? {
        kind: 'active-not-pending',
        why: [on, fact('PSTATE', 'SS', true, 'One instruction is let through; the exception comes behind it.')],
      }
    : {
        kind: 'active-pending',
        why: [on, fact('PSTATE', 'SS', false, 'The Software Step exception comes before the next instruction.')],
      };
}

/** CPU.step: the last instruction was stepped; and it was a load-exclusive. */
const STEPPED = 1;
const EXCLUSIVE = 2;

/** SSAdvance: an instruction is over, and if one was to be let through, it was this. */
export function advanceStep(core: Core): void {
  if ((core.reg(SLOT.MDSCR_EL1) & SS) === 0n || (core.pstate & PSTATE.SS) === 0) return;
  core.u32[core.pstate32] = (core.pstate & ~PSTATE.SS) >>> 0;
}

/** The same for the instruction that `beforeInstruction` let through, at its end: the exception will say what it was. */
export function instructionStepped(core: Core): void {
  advanceStep(core);
  core.setU32At(CPU.step, STEPPED | (core.steppedExclusive ? EXCLUSIVE : 0));
  core.stepping = false;
}

/** Between two instructions with MDSCR_EL1.SS set: lets the next one through, or takes the exception that is pending. */
export function stepOrTake(core: Core): void {
  if (core.pstate & PSTATE.SS) {
    core.stepping = true;
    core.steppedExclusive = false;
    return;
  }
  if (!debugExceptionsHere(core)) return;
  const latch = core.u32At(CPU.step);
  takeDebugException(core, {
    same: EC.SoftwareStepSameEl,
    lower: EC.SoftwareStepLowerEl,
    // EX is meaningful only when it is known what was stepped (SoftwareStep_DidNotStep, SoftwareStep_SteppedEX).
    iss: iss('softwareStep', {
      IFSC: DEBUG_STATUS,
      ISV: latch & STEPPED,
      ...(latch & EXCLUSIVE ? { EX: 1 } : {}),
    }),
    cause: [
      {
        register: 'MDSCR_EL1',
        field: 'SS',
        value: '0x1',
        rule: 'software step',
        doc: 'Software step is on, and no instruction is left to step.',
      },
    ],
  });
}

/** An exception was taken or returned from: what comes next is not to be told that an instruction was stepped before it. */
export function forgetStepped(core: Core): void {
  core.setU32At(CPU.step, 0);
}

/** DebugExceptionReturnSS: whether SPSR.SS gets into PSTATE on a return to `el` with SPSR.D as given. */
export function stepsAfterReturn(core: Core, el: number, masked: boolean): boolean {
  return (core.reg(SLOT.MDSCR_EL1) & SS) !== 0n && !debugExceptionsHere(core) && debugExceptionsFrom(core, el, masked);
}
