// WFI, WFE, WFIT and WFET: when one completes at once, when a trap takes it, and when it really waits (Arm ARM D1.6, J1.1.3 WFI, WFE). A CPU
// that waits stops the run; whoever schedules wakes it by running it again once something has happened.
import type { WaitKind } from '#isa';
import type { Core } from './core.ts';
import { instructionStepped } from './debug/step.ts';
import { obey, stopRun } from './exceptions/instructions.ts';
import { wakesWfi } from './exceptions/interrupts.ts';
import { CPU } from './state/layout.ts';
import { NS_PER_COUNT, nextStreamEvent, nextTimer, virtualCount } from './timers.ts';

/** No deadline. */
const NEVER = 0xffff_ffff_ffff_ffffn;

const RUNS = 0;
const IN_WFI = 1;
const IN_WFE = 2;

/** What the instruction does. `timeout` is a virtual count, `rn` the register that held it. */
export function wait(core: Core, kind: WaitKind, timeout: bigint | undefined, rn: number): void {
  const forEvent = kind === 'wfe' || kind === 'wfet';
  if (forEvent && core.u32At(CPU.event) !== 0) {
    core.setU32At(CPU.event, 0);
    return;
  }
  if (!forEvent && wakesWfi(core)) return;
  const timed = kind === 'wfit' || kind === 'wfet';
  if (timed && timeout !== undefined && virtualCount(core) >= timeout) return;
  obey(
    core,
    core.traps.instruction(
      core,
      kind === 'wfi' ? { kind: 'WFI' } : kind === 'wfe' ? { kind: 'WFE' } : { kind: kind === 'wfit' ? 'WFIT' : 'WFET', rn },
    ),
  );
  const end = timed && timeout !== undefined ? (core.clock / NS_PER_COUNT + timeout - virtualCount(core)) * NS_PER_COUNT : NEVER;
  const event = forEvent ? nextStreamEvent(core) : undefined;
  const deadline = event === undefined || end < event ? end : event;
  core.setU32At(CPU.waiting, forEvent ? IN_WFE : IN_WFI);
  core.u64[(core.block + CPU.deadline) >>> 3] = deadline;
  core.u64[core.pc64] = BigInt.asUintN(64, (core.u64[core.pc64] as bigint) + 4n);
  if (core.stepping) instructionStepped(core);
  // The instruction is over: what comes before the next one is looked at when the CPU wakes.
  stopRun(core, waitStop(core));
}

/** The stop that a waiting CPU gives: what it waits for and until when at the latest (virtual ns). */
function waitStop(core: Core): NonNullable<Core['stop']> {
  const own = core.u64[(core.block + CPU.deadline) >>> 3] as bigint;
  const timer = nextTimer(core);
  const deadline = timer === undefined || own <= timer ? (own === NEVER ? undefined : own) : timer;
  return { kind: 'wait', what: core.u32At(CPU.waiting) === IN_WFE ? 'wfe' : 'wfi', deadline };
}

/** What a CPU waits in, as of when it was looked at last. */
export function waitingIn(core: Core): 'wfi' | 'wfe' | undefined {
  const waiting = core.u32At(CPU.waiting);
  return waiting === RUNS ? undefined : waiting === IN_WFE ? 'wfe' : 'wfi';
}

/** Whether a CPU that waits can go on; if so it no longer waits. */
export function stillWaiting(core: Core): Core['stop'] {
  const waiting = core.u32At(CPU.waiting);
  if (waiting === RUNS) return undefined;
  const own = core.u64[(core.block + CPU.deadline) >>> 3] as bigint;
  let wakes = wakesWfi(core) || core.clock >= own;
  if (waiting === IN_WFE && core.u32At(CPU.event) !== 0) {
    core.setU32At(CPU.event, 0);
    wakes = true;
  }
  if (!wakes) return waitStop(core);
  core.setU32At(CPU.waiting, RUNS);
  return undefined;
}
