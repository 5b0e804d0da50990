// The generic timers on virtual time: counts, conditions, and when the next one fires (Arm ARM D12). Time is counted instructions: one is one
// nanosecond, the system counter has the frequency of CNTFRQ_EL0's reset value, 62.5 MHz, so one count is 16 instructions. Knows nothing of
// where timer interrupts go: the levels of the outputs are asked for.
import { bits, fieldRange, getField } from '#arch/field';
import { storageIndex, sysreg } from '#arch/sysreg';
import type { Core, TimerName } from './core.ts';
import { SLOT } from './registers/slots.ts';

/** Nanoseconds per count of the system counter. */
export const NS_PER_COUNT = 16n;

const CTL = bits('CNTV_CTL_EL0', ['ENABLE', 'IMASK', 'ISTATUS']);
const { ECV } = bits('CNTHCTL_EL2', ['ECV']);
const CNTPOFF = storageIndex(sysreg('CNTPOFF_EL2')) as number;
const MASK64 = (1n << 64n) - 1n;

/**
 * Each timer's registers, and the counts that it compares with and that its TimerValue is reckoned from: at EL2 the latter has no physical
 * offset (pseudocode of CNTP_TVAL_EL0 and CNTP_TVAL_EL02).
 */
export const TIMERS = {
  physical: { control: SLOT.CNTP_CTL_EL0, compare: SLOT.CNTP_CVAL_EL0, count: offsetPhysicalCount, tval: physicalCountHere },
  virtual: { control: SLOT.CNTV_CTL_EL0, compare: SLOT.CNTV_CVAL_EL0, count: offsetCount, tval: offsetCount },
  hypPhysical: { control: SLOT.CNTHP_CTL_EL2, compare: SLOT.CNTHP_CVAL_EL2, count: physicalCount, tval: physicalCount },
  hypVirtual: { control: SLOT.CNTHV_CTL_EL2, compare: SLOT.CNTHV_CVAL_EL2, count: physicalCount, tval: physicalCount },
} as const satisfies Readonly<Record<TimerName, unknown>>;

type Timer = (typeof TIMERS)[TimerName];

/** The physical count (CNTPCT_EL0) as EL2 reads it, without any offset. */
function physicalCount(core: Core): bigint {
  return core.clock / NS_PER_COUNT;
}

/** CNTPCT_EL0 as this level reads it: EL1 and EL0 below a hypervisor have its offset (D12.2.1.2). */
export function physicalCountHere(core: Core): bigint {
  return core.el < 2 ? offsetPhysicalCount(core) : physicalCount(core);
}

/** What the EL1 physical timer counts by: less CNTPOFF_EL2, whoever looks, where CNTHCTL_EL2.ECV says so and EL0 is no host's (D12.2.4.1). */
function offsetPhysicalCount(core: Core): bigint {
  return (physicalCount(core) - physicalOffset(core)) & MASK64;
}

function physicalOffset(core: Core): bigint {
  const applies = core.has.ecvPoff && !(core.e2h && core.tge) && (core.reg(SLOT.CNTHCTL_EL2) & ECV) !== 0n;
  return applies ? core.reg(CNTPOFF) : 0n;
}

/** The virtual count (CNTVCT_EL0): without the offset for a host. */
export function virtualCount(core: Core): bigint {
  const host = core.e2h && (core.el === 2 || (core.el === 0 && core.tge));
  return host ? physicalCount(core) : offsetCount(core);
}

function offsetCount(core: Core): bigint {
  return (physicalCount(core) - (core.has.el2 ? core.reg(SLOT.CNTVOFF_EL2) : 0n)) & MASK64;
}

/** CNTx_CTL with ISTATUS as it is now. */
export function timerControl(core: Core, timer: Timer): bigint {
  const control = core.reg(timer.control) & (CTL.ENABLE | CTL.IMASK);
  return control & CTL.ENABLE && timer.count(core) >= core.reg(timer.compare) ? control | CTL.ISTATUS : control;
}

/** The level of a timer's interrupt output. */
function timerOutput(core: Core, name: TimerName): boolean {
  return (timerControl(core, TIMERS[name]) & (CTL.ISTATUS | CTL.IMASK)) === CTL.ISTATUS;
}

const STREAM = {
  EVNTEN: bits('CNTKCTL_EL1', ['EVNTEN']).EVNTEN,
  EVNTDIR: bits('CNTKCTL_EL1', ['EVNTDIR']).EVNTDIR,
  EVNTI: fieldRange('CNTKCTL_EL1', 'EVNTI'),
  EVNTIS: fieldRange('CNTKCTL_EL1', 'EVNTIS'),
};

/** The virtual time (ns) of the next event that the event streams of CNTKCTL_EL1 and CNTHCTL_EL2 make; undefined while both are off. */
export function nextStreamEvent(core: Core): bigint | undefined {
  let next: bigint | undefined;
  const streams = [
    // A host's EL0 is not EL1's: its stream is EL2's alone (TestEventCNTV).
    { control: core.e2h && core.tge ? 0n : core.reg(SLOT.CNTKCTL_EL1), count: offsetCount(core) },
    { control: core.has.el2 ? core.reg(SLOT.CNTHCTL_EL2) : 0n, count: offsetPhysicalCount(core) },
  ];
  for (const { control, count } of streams) {
    if ((control & STREAM.EVNTEN) === 0n) continue;
    // A transition of one bit of the count, from 0 to 1 or the other way; EVNTIS moves the choice up by 8 bits (FEAT_ECV).
    const bit = getField(control, STREAM.EVNTI) + (core.has.ecv && getField(control, STREAM.EVNTIS) ? 8n : 0n);
    const period = 2n << bit;
    const phase = control & STREAM.EVNTDIR ? 0n : 1n << bit;
    const wait = (((phase - count) % period) + period) % period;
    const at = (physicalCount(core) + (wait === 0n ? period : wait)) * NS_PER_COUNT;
    if (next === undefined || at < next) next = at;
  }
  return next;
}

/** The virtual time (ns) at which the next timer output rises; undefined when none will. */
export function nextTimer(core: Core): bigint | undefined {
  let next: bigint | undefined;
  for (const timer of Object.values(TIMERS)) {
    const control = core.reg(timer.control);
    if ((control & (CTL.ENABLE | CTL.IMASK)) !== CTL.ENABLE) continue;
    const count = timer.count(core);
    const compare = core.reg(timer.compare);
    if (count >= compare) continue;
    const at = (physicalCount(core) + (compare - count)) * NS_PER_COUNT;
    if (next === undefined || at < next) next = at;
  }
  return next;
}

/** A timer register, or the time, has changed: the outputs are told, and when the next one rises is reckoned. */
export function timersChanged(core: Core): void {
  const tell = core.options.timerOutput;
  if (tell) for (const name of Object.keys(TIMERS) as TimerName[]) tell(name, timerOutput(core, name));
  const at = nextTimer(core);
  core.timerSteps = at === undefined ? Number.MAX_SAFE_INTEGER : core.steps + Math.max(1, Number(at - core.clock));
  core.limitChanged();
}
