// The PMU's counters (Arm ARM D13; J1.1.3 AArch64.CountPMUEvents, AArch64.CheckForPMUOverflow). Nothing is counted as instructions run: the
// machine counts them anyway, and what has passed since a counter was last looked at is added when something changes that it depends on (the
// Exception level, a control), or when it overflows, which is reckoned ahead. Without a counter that is on, nothing here costs anything. Knows
// nothing of interrupt controllers.
import { bits, fieldRange, getFieldNumber, setField } from '#arch/field';
import { storageIndex, sysreg } from '#arch/sysreg';
import type { Core } from '../core.ts';
import { SLOT } from '../registers/slots.ts';
import { CPU } from '../state/layout.ts';
import { EVENT, howCounted, type PmuEvent } from './events.ts';

export const PMCR = bits('PMCR_EL0', ['E', 'P', 'C', 'LP', 'LC', 'DP']);
const N = fieldRange('PMCR_EL0', 'N');
const MDCR = bits('MDCR_EL2', ['HPME', 'HPMD', 'HCCD', 'HLP']);
const HPMN = fieldRange('MDCR_EL2', 'HPMN');
const FILTER = bits('PMCCFILTR_EL0', ['P', 'U', 'NSH']);
const EVENT_MASK = 0xffffn;
const MASK64 = (1n << 64n) - 1n;

/** The number of the cycle counter among the bits of PMCNTENSET_EL0 and its like. */
export const CYCLE = 31;

const numbered = (prefix: string): readonly number[] =>
  Array.from({ length: CYCLE }, (_, n) => storageIndex(sysreg(`${prefix}${n}_EL0`)) as number);
const SLOTS = { counter: numbered('PMEVCNTR'), type: numbered('PMEVTYPER') };

/** Where a counter, and its event and filter, are stored; `n` is an event counter or `CYCLE`. */
export function counterSlot(n: number): number {
  return n === CYCLE ? SLOT.PMCCNTR_EL0 : (SLOTS.counter[n] as number);
}

export function typeSlot(n: number): number {
  return n === CYCLE ? SLOT.PMCCFILTR_EL0 : (SLOTS.type[n] as number);
}

/** How many event counters there are. */
export function eventCounters(core: Core): number {
  return core.has.pmu ? getFieldNumber(core.reg(SLOT.PMCR_EL0), N) : 0;
}

/** The event counters below MDCR_EL2.HPMN: EL1's. Those from it on are EL2's own (AArch64.PMUCounterIsHyp). */
export function guestCounters(core: Core): number {
  const all = eventCounters(core);
  return core.has.el2 ? Math.min(all, getFieldNumber(core.reg(SLOT.MDCR_EL2), HPMN)) : all;
}

/** The bits of PMCNTENSET_EL0 and its like that the current level may see and change. */
export function visibleCounters(core: Core): bigint {
  const count = core.el === 2 ? eventCounters(core) : guestCounters(core);
  return (1n << BigInt(CYCLE)) | ((1n << BigInt(count)) - 1n);
}

function reserved(core: Core, n: number): boolean {
  return n !== CYCLE && n >= guestCounters(core);
}

/** On, as far as the enables go: the level it counts at left aside. */
function enabled(core: Core, n: number): boolean {
  const on = reserved(core, n) ? core.reg(SLOT.MDCR_EL2) & MDCR.HPME : core.reg(SLOT.PMCR_EL0) & PMCR.E;
  return on !== 0n && ((core.reg(SLOT.PMCNTENSET_EL0) >> BigInt(n)) & 1n) !== 0n;
}

/** AArch64.CountPMUEvents: whether counter `n` counts at the current level. */
function counts(core: Core, n: number): boolean {
  if (!enabled(core, n)) return false;
  const mdcr = core.reg(SLOT.MDCR_EL2);
  const filter = core.reg(typeSlot(n));
  if (core.el === 2) {
    const prohibited = (mdcr & MDCR.HPMD) !== 0n && core.model.features.has('FEAT_PMUv3p1') && !reserved(core, n);
    if (n !== CYCLE && prohibited) return false;
    // The cycle counter stops where events are prohibited only if PMCR_EL0.DP says so, and by HCCD.
    if (n === CYCLE && prohibited && core.reg(SLOT.PMCR_EL0) & PMCR.DP) return false;
    if (n === CYCLE && mdcr & MDCR.HCCD && core.has.pmuv3p5) return false;
    return (filter & FILTER.NSH) !== 0n;
  }
  // Without EL3 there is no NSK or NSU to turn P and U round.
  return (filter & (core.el === 1 ? FILTER.P : FILTER.U)) === 0n;
}

/** Whether the model announces this event in PMCEID0_EL0 or PMCEID1_EL0; one that it does not counts nothing. */
function announced(core: Core, event: number): boolean {
  const known = core.model.registers.get(event < 32 ? 'PMCEID0_EL0' : 'PMCEID1_EL0') ?? 0n;
  return event === EVENT.SW_INCR || (event < 64 && ((known >> BigInt(event & 31)) & 1n) === 1n);
}

/** The event that counter `n` counts; undefined for one that this processor does not have. */
function eventOf(core: Core, n: number): number | undefined {
  if (n === CYCLE) return EVENT.CPU_CYCLES;
  const event = Number(core.reg(typeSlot(n)) & EVENT_MASK);
  return announced(core, event) ? event : undefined;
}

/** Bits after which a counter overflows: 64 for the cycle counter (there is no AArch32 to ask for less), 32 or 64 for the others. */
function width(core: Core, n: number): bigint {
  if (n === CYCLE) return 64n;
  const long = reserved(core, n) ? core.reg(SLOT.MDCR_EL2) & MDCR.HLP : core.reg(SLOT.PMCR_EL0) & PMCR.LP;
  return core.has.pmuv3p5 && long !== 0n ? 64n : 32n;
}

/** Instructions that have started since the counters were brought up to date. */
function passed(core: Core): bigint {
  return core.instructions - (core.u64[(core.block + CPU.counted) >>> 3] as bigint);
}

/** What counter `n` has on top of what is stored. */
function due(core: Core, n: number, unfinished: bigint): bigint {
  if (((core.running >>> n) & 1) === 0) return 0n;
  const how = howCounted(eventOf(core, n) ?? -1);
  if (how !== 'cycle' && how !== 'instruction') return 0n;
  const amount = passed(core) - (how === 'instruction' ? unfinished : 0n);
  return amount > 0n ? amount : 0n;
}

/** The count now; nothing changes. */
export function counterValue(core: Core, n: number): bigint {
  const value = core.reg(counterSlot(n)) + due(core, n, 0n);
  return n === CYCLE || core.has.pmuv3p5 ? value & MASK64 : value & 0xffff_ffffn;
}

function add(core: Core, n: number, amount: bigint): void {
  if (amount === 0n) return;
  const before = core.reg(counterSlot(n));
  const after = before + amount;
  const bit = width(core, n);
  core.setReg(counterSlot(n), n === CYCLE || core.has.pmuv3p5 ? after & MASK64 : after & 0xffff_ffffn);
  if (after >> bit === before >> bit) return;
  core.setReg(SLOT.PMOVSSET_EL0, core.reg(SLOT.PMOVSSET_EL0) | (1n << BigInt(n)));
  const next = n + 1;
  if (n % 2 === 0 && bit === 32n && (core.running >>> next) & 1 && next !== CYCLE && eventOf(core, next) === EVENT.CHAIN)
    add(core, next, 1n);
}

function eachRunning(core: Core, visit: (n: number) => void): void {
  for (let rest = core.running; rest !== 0; ) {
    const n = 31 - Math.clz32(rest & -rest);
    rest &= rest - 1;
    visit(n);
  }
}

/**
 * Brings the counters up to now, before something changes that they depend on; `countersChanged` must follow. `unfinished`: the current
 * instruction has started and will not be done.
 */
export function settleCounters(core: Core, unfinished = false): void {
  eachRunning(core, (n) => add(core, n, due(core, n, unfinished ? 1n : 0n)));
  core.u64[(core.block + CPU.counted) >>> 3] = core.instructions;
}

/** One more event that is told one by one, at the current level. `countersChanged` must follow. */
export function countEvent(core: Core, event: PmuEvent, among = -1): void {
  eachRunning(core, (n) => {
    if (n !== CYCLE && (among >>> n) & 1 && eventOf(core, n) === EVENT[event]) add(core, n, 1n);
  });
}

/** What the counters depend on has changed, they having been settled before: which count now, and when the next one overflows. */
export function countersChanged(core: Core): void {
  if (!core.has.pmu) return;
  let running = 0;
  let on = false;
  if (core.reg(SLOT.PMCNTENSET_EL0) !== 0n) {
    const counters = [...Array.from({ length: eventCounters(core) }, (_, n) => n), CYCLE];
    for (const n of counters) {
      on ||= enabled(core, n);
      if (counts(core, n)) running |= 1 << n;
    }
  }
  core.counting = on;
  core.running = running;
  reckonOverflow(core);
  const level = overflowOutput(core);
  if (level === core.overflowLevel) return;
  core.overflowLevel = level;
  core.options.pmuOutput?.(level);
}

/** When the next running counter overflows, in steps of this run. */
export function reckonOverflow(core: Core): void {
  let next = Number.MAX_SAFE_INTEGER;
  const now = passed(core);
  eachRunning(core, (n) => {
    const how = howCounted(eventOf(core, n) ?? -1);
    if (how !== 'cycle' && how !== 'instruction') return;
    const size = 1n << width(core, n);
    const left = size - (core.reg(counterSlot(n)) & (size - 1n)) - now;
    if (left < BigInt(next)) next = Number(left);
  });
  core.counterSteps = next === Number.MAX_SAFE_INTEGER ? next : core.steps + Math.max(1, next);
  core.limitChanged();
}

/** After reset every counter is off, and EL1 has all of them. */
export function resetCounters(core: Core): void {
  core.setReg(SLOT.MDCR_EL2, setField(core.reg(SLOT.MDCR_EL2), HPMN, eventCounters(core)));
  countersChanged(core);
}

/** Does something that the counters depend on, if anything, and brings them up to date. */
export function changeCounters(core: Core, change?: () => void): void {
  settleCounters(core);
  change?.();
  countersChanged(core);
}

/** The level of PMUIRQ (AArch64.CheckForPMUOverflow). */
function overflowOutput(core: Core): boolean {
  const flags = core.reg(SLOT.PMOVSSET_EL0) & core.reg(SLOT.PMINTENSET_EL1);
  const own = ((1n << BigInt(guestCounters(core))) - 1n) | (1n << BigInt(CYCLE));
  if (flags & own && core.reg(SLOT.PMCR_EL0) & PMCR.E) return true;
  return (flags & ~own) !== 0n && (core.reg(SLOT.MDCR_EL2) & MDCR.HPME) !== 0n;
}
