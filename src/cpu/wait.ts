// WFI, WFE, WFIT and WFET: when one completes at once, when a trap takes it at once or after a delay, and when it really waits (Arm ARM D1.7,
// J1.3.3 Hint_WFI, Hint_WFE and so on). A CPU that waits stops the run; whoever schedules wakes it by running it again once something has
// happened.
import { bits, fieldRange, getField } from '#arch/field';
import type { WaitKind } from '#isa';
import type { InstructionDecision } from '#trap';
import { ATTENTION, type Core } from './core.ts';
import { instructionStepped } from './debug/step.ts';
import { obey, stopRun } from './exceptions/instructions.ts';
import { wakesWfi } from './exceptions/interrupts.ts';
import { PSTATE, SLOT } from './registers/slots.ts';
import { CPU } from './state/layout.ts';
import { NS_PER_COUNT, nextStreamEvent, nextTimer, timersChanged, virtualCount } from './timers.ts';

/** No deadline. */
const NEVER = 0xffff_ffff_ffff_ffffn;

const RUNS = 0;
const IN_WFI = 1;
const IN_WFE = 2;
/** A WFE that will be trapped unless an event comes in time (FEAT_TWED): PC is at it. */
const BEFORE_TRAP = 3;
/** None came: the WFE, which executes again, is trapped. */
const NO_EVENT_CAME = 4;

/** Where the delay of a control that traps WFE stands. */
const DELAYS = (['SCTLR_EL1', 'SCTLR_EL2', 'HCR_EL2'] as const).map((register) => ({
  register,
  slot: SLOT[register],
  enable: bits(register === 'SCTLR_EL2' ? 'SCTLR_EL1' : register, ['TWEDEn']).TWEDEn,
  length: fieldRange(register === 'SCTLR_EL2' ? 'SCTLR_EL1' : register, 'TWEDEL'),
}));

/** What the instruction does. `timeout` is a virtual count, `rn` the register that held it. */
export function wait(core: Core, kind: WaitKind, timeout: bigint | undefined, rn: number): void {
  const forEvent = kind === 'wfe' || kind === 'wfet';
  const waited = core.u32At(CPU.waiting) === NO_EVENT_CAME;
  core.setU32At(CPU.waiting, RUNS);
  if (forEvent && core.u32At(CPU.event) !== 0) {
    core.setU32At(CPU.event, 0);
    return;
  }
  if (!forEvent && wakesWfi(core)) return;
  const timed = kind === 'wfit' || kind === 'wfet';
  if (timed && timeout !== undefined && virtualCount(core) >= timeout) return;
  const decision = core.traps.instruction(
    core,
    kind === 'wfi' ? { kind: 'WFI' } : kind === 'wfe' ? { kind: 'WFE' } : { kind: kind === 'wfit' ? 'WFIT' : 'WFET', rn },
  );
  const end = timed && timeout !== undefined ? (core.clock / NS_PER_COUNT + timeout - virtualCount(core)) * NS_PER_COUNT : NEVER;
  const event = forEvent ? nextStreamEvent(core) : undefined;
  const deadline = event === undefined || end < event ? end : event;
  const delay = waited ? 0n : trapDelay(core, decision);
  // What is sure to end the wait before the delay does makes it an ordinary one.
  if (deadline > core.clock + delay || delay === 0n) {
    if (delay > 0n) sleep(core, BEFORE_TRAP, core.clock + delay);
    obey(core, decision);
  }
  core.u64[core.pc64] = BigInt.asUintN(64, (core.u64[core.pc64] as bigint) + 4n);
  if (core.stepping) instructionStepped(core);
  // The instruction is over: what comes before the next one is looked at when the CPU wakes.
  sleep(core, forEvent ? IN_WFE : IN_WFI, deadline);
}

function sleep(core: Core, waiting: number, deadline: bigint): never {
  core.setU32At(CPU.waiting, waiting);
  core.u64[(core.block + CPU.deadline) >>> 3] = deadline;
  return stopRun(core, waitStop(core));
}

/** WFETrapDelay: the cycles, each one of virtual time, that a trap of WFE or WFET waits for an event; 0n for none. */
function trapDelay(core: Core, decision: InstructionDecision): bigint {
  if (!core.has.twed || decision.kind !== 'trap') return 0n;
  const [by] = decision.cause;
  const control = by?.field.endsWith('TWE') ? DELAYS.find(({ register }) => register === by.register) : undefined;
  if (control === undefined || (core.reg(control.slot) & control.enable) === 0n) return 0n;
  return 1n << (getField(core.reg(control.slot), control.length) + 8n);
}

/** The stop that a waiting CPU gives: what it waits for and until when at the latest (virtual ns). */
function waitStop(core: Core): NonNullable<Core['stop']> {
  const own = core.u64[(core.block + CPU.deadline) >>> 3] as bigint;
  const timer = nextTimer(core);
  const deadline = timer === undefined || own <= timer ? (own === NEVER ? undefined : own) : timer;
  return { kind: 'wait', what: core.u32At(CPU.waiting) === IN_WFI ? 'wfi' : 'wfe', deadline };
}

/** What a CPU waits in, as of when it was looked at last. */
export function waitingIn(core: Core): 'wfi' | 'wfe' | undefined {
  const waiting = core.u32At(CPU.waiting);
  return waiting === RUNS || waiting === NO_EVENT_CAME ? undefined : waiting === IN_WFI ? 'wfi' : 'wfe';
}

/** PC is about to be written: a WFE that was to be trapped is no longer what executes. */
export function leaveWait(core: Core): void {
  if (core.u32At(CPU.waiting) >= BEFORE_TRAP) core.setU32At(CPU.waiting, RUNS);
}

/** Whether a CPU that waits can go on; if so it no longer waits. */
export function stillWaiting(core: Core): Core['stop'] {
  const waiting = core.u32At(CPU.waiting);
  if (waiting === RUNS || waiting === NO_EVENT_CAME) return undefined;
  // Time has gone on while it slept: whoever the timers interrupt is to know it now.
  timersChanged(core);
  const own = core.u64[(core.block + CPU.deadline) >>> 3] as bigint;
  let wakes = wakesWfi(core);
  if (waiting !== IN_WFI && core.u32At(CPU.event) !== 0) {
    core.setU32At(CPU.event, 0);
    wakes = true;
  }
  if (!wakes && core.clock < own) return waitStop(core);
  core.setU32At(CPU.waiting, waiting === BEFORE_TRAP && !wakes ? NO_EVENT_CAME : RUNS);
  if (waiting === BEFORE_TRAP && wakes) complete(core);
  return undefined;
}

/** A WFE that was to be trapped is over without it. */
function complete(core: Core): void {
  core.u64[core.pc64] = BigInt.asUintN(64, (core.u64[core.pc64] as bigint) + 4n);
  if ((core.attention & ATTENTION.step) === 0 || (core.pstate & PSTATE.SS) === 0) return;
  core.steppedExclusive = false;
  instructionStepped(core);
}
