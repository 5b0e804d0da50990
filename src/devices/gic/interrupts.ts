// The life of a physical interrupt: inactive, pending, active (IHI 0069, 4.1); which of the pending ones each CPU gets, and when.
// Owns the state machine and the choice; knows no register's address and tells nobody (outputs.ts does).
import { groupPriorityMask, highestActive, passes, precedes, preempts, type Urgency } from './priority.ts';
import { FIRST_SPI, GICD_CTLR, type Gic, type Group, getBit, perGroup, priorityAt, setBit, spiWord, wordOf } from './state.ts';

/** A pending interrupt that a CPU could be told of. */
export interface Pending extends Urgency {
  readonly intid: number;
  readonly group: Group;
}

/** An input line is high or low; `cpu` matters for PPIs only. */
export function setLevel(gic: Gic, cpu: number, intid: number, high: boolean): void {
  const { level, edge, pending } = gic.s;
  if (getBit(level, cpu, intid) === high) return;
  setBit(level, cpu, intid, high);
  if (high && getBit(edge, cpu, intid)) setBit(pending, cpu, intid, true);
}

/** An SGI arrives at a CPU; one that already pends stays one. */
export function receiveSgi(gic: Gic, cpu: number, intid: number): void {
  setBit(gic.s.pending, cpu, intid, true);
}

/** Pending becomes active; a level that is still high pends again at once, underneath. */
export function activate(gic: Gic, cpu: number, intid: number): void {
  setBit(gic.s.pending, cpu, intid, false);
  setBit(gic.s.active, cpu, intid, true);
}

export function deactivate(gic: Gic, cpu: number, intid: number): void {
  if (gic.exists(intid)) setBit(gic.s.active, cpu, intid, false);
}

/** The interrupts of a word that are NMIs: those of group 0 never are (IHI 0069, GICD_INMIR<n>). */
export function nmiWord(gic: Gic, word: number): number {
  return (gic.s.nmi.get(word) & gic.s.group.get(word)) >>> 0;
}

/** The pending bits of a word: latched, or level-sensitive with the line high. */
export function pendingWord(gic: Gic, word: number): number {
  const { pending, level, edge } = gic.s;
  return (pending.get(word) | (level.get(word) & ~edge.get(word))) >>> 0;
}

/**
 * The most urgent interrupt that pends for a CPU, is not active and belongs to a group that both the distributor and this CPU interface have
 * enabled; the lowest INTID among equals. A group that the CPU interface has off stands in nobody's way (IHI 0069, 4.7).
 */
export function highestPending(gic: Gic, cpu: number): Pending | undefined {
  const groups = enabledGroups(gic, cpu);
  if (groups === 0) return undefined;
  let best = pickFrom(gic, cpu, wordOf(cpu, 0), 0, groups, undefined);
  for (let index = 0; index < gic.parameters.spis / 32; index += 1)
    best = pickFrom(gic, cpu, spiWord(index), FIRST_SPI + 32 * index, groups, best);
  return best;
}

/** Bit 0 for group 0, bit 1 for group 1. */
function enabledGroups(gic: Gic, cpu: number): number {
  const { GICD_CTLR: ctlr, ICC_IGRPEN } = gic.s;
  const here = ICC_IGRPEN.get(perGroup(cpu, 0)) | (ICC_IGRPEN.get(perGroup(cpu, 1)) << 1);
  return ctlr.get(0) & (GICD_CTLR.EnableGrp0 | GICD_CTLR.EnableGrp1) & here;
}

/** The better of `best` and what pends in a word whose first interrupt is `first`. */
function pickFrom(
  gic: Gic,
  cpu: number,
  word: number,
  first: number,
  groups: number,
  best: Pending | undefined,
): Pending | undefined {
  const { enabled, active, group, priority } = gic.s;
  let left = enabled.get(word);
  if (left === 0) return best;
  left &= pendingWord(gic, word);
  if (left === 0) return best;
  const members = group.get(word);
  const nmis = nmiWord(gic, word);
  left &= ~active.get(word);
  left &= (groups & 1 ? ~members : 0) | (groups & 2 ? members : 0);
  for (; left !== 0; left &= left - 1) {
    const bit = 31 - Math.clz32(left & -left);
    const nmi = ((nmis >>> bit) & 1) === 1;
    const candidate: Pending = {
      intid: first + bit,
      priority: nmi ? 0 : priority.get(32 * word + bit),
      group: ((members >>> bit) & 1) as Group,
      nmi,
    };
    if (best !== undefined && !precedes(candidate, best)) continue;
    if (first === 0 || target(gic, candidate) === cpu) best = candidate;
  }
  return best;
}

/** GICD_IROUTER<n>.Interrupt_Routing_Mode. */
const ROUTE_ANY = 1n << 31n;

/** The CPU that an SPI goes to; -1 when it names none. */
function target(gic: Gic, spi: Pending): number {
  const route = gic.s.route.get(spi.intid - FIRST_SPI);
  if (route & ROUTE_ANY) return anyTarget(gic, spi);
  const affinity = Number(((route >> 8n) & 0xff00_0000n) | (route & 0xff_ffffn));
  for (let cpu = 0; cpu < gic.parameters.cpus; cpu += 1) if (gic.parameters.affinity(cpu) === affinity) return cpu;
  // Nobody has routed it, and no CPU has affinity 0: KVM's vCPUs may have any, and its SPIs belong to the first until they are routed.
  return affinity === 0 ? 0 : -1;
}

/**
 * 1 of N (IHI 0069, 2.3 leaves the choice to the implementation): the first CPU, among those that have the group enabled, which would be told
 * of it at once; if each is busy with something as urgent, the first of them.
 */
function anyTarget(gic: Gic, spi: Pending): number {
  let first = -1;
  for (let cpu = 0; cpu < gic.parameters.cpus; cpu += 1) {
    if ((enabledGroups(gic, cpu) & (1 << spi.group)) === 0) continue;
    if (canSignal(gic, cpu, spi)) return cpu;
    if (first < 0) first = cpu;
  }
  return first;
}

/** ICC_CTLR_EL1.CBPR and EOImode. */
export const ICC_CTLR = { CBPR: 1 << 0, EOImode: 1 << 1 } as const;

/** The bits of a priority that count for preemption in a group of this CPU's physical interface. */
function preemptionMask(gic: Gic, cpu: number, group: Group): number {
  const by = gic.s.ICC_CTLR.get(cpu) & ICC_CTLR.CBPR ? 0 : group;
  return groupPriorityMask(by, gic.s.ICC_BPR.get(perGroup(cpu, by)));
}

/** The bits of an interrupt's priority that become active with it. */
export function groupPriority(gic: Gic, cpu: number, { priority, group }: Pending): number {
  return priority & preemptionMask(gic, cpu, group);
}

/** What is active on a CPU, most urgent first. */
export function running(gic: Gic, cpu: number): ReturnType<typeof highestActive> {
  const { ICC_APR, ICC_NMI } = gic.s;
  return highestActive(ICC_APR.get(perGroup(cpu, 0)), ICC_APR.get(perGroup(cpu, 1)), ICC_NMI.get(cpu) === 1);
}

/**
 * Whether a CPU is told of an interrupt: it passes the priority mask and preempts what is active (IHI 0069, 4.8), both seen through
 * the binary point of the pending interrupt's group.
 */
function canSignal(gic: Gic, cpu: number, pending: Pending): boolean {
  if (!passes(pending, gic.s.ICC_PMR.get(cpu))) return false;
  return preempts(pending, running(gic, cpu), preemptionMask(gic, cpu, pending.group));
}

/** The interrupt that a CPU is told of now. */
export function signalled(gic: Gic, cpu: number): Pending | undefined {
  const pending = highestPending(gic, cpu);
  return pending && canSignal(gic, cpu, pending) ? pending : undefined;
}

/** Where an interrupt stands, for views. */
export interface InterruptState {
  readonly intid: number;
  readonly enabled: boolean;
  readonly pending: boolean;
  readonly active: boolean;
  /** The input line. */
  readonly high: boolean;
  readonly trigger: 'level' | 'edge';
  readonly group: Group;
  readonly priority: number;
  readonly nmi: boolean;
  /** The CPU that it goes to; undefined when its route names none. */
  readonly cpu: number | undefined;
}

/** The state of an interrupt; `cpu` matters for SGIs and PPIs. */
export function interruptState(gic: Gic, intid: number, cpu: number): InterruptState {
  const { s } = gic;
  const group: Group = getBit(s.group, cpu, intid) ? 1 : 0;
  const priority = s.priority.get(priorityAt(cpu, intid));
  const nmi = ((nmiWord(gic, wordOf(cpu, intid)) >>> (intid & 31)) & 1) === 1;
  const to = intid < FIRST_SPI ? cpu : target(gic, { intid, priority, group, nmi });
  return {
    intid,
    enabled: getBit(s.enabled, cpu, intid),
    pending: ((pendingWord(gic, wordOf(cpu, intid)) >>> (intid & 31)) & 1) === 1,
    active: getBit(s.active, cpu, intid),
    high: getBit(s.level, cpu, intid),
    trigger: getBit(s.edge, cpu, intid) ? 'edge' : 'level',
    group,
    priority,
    nmi,
    cpu: to < 0 ? undefined : to,
  };
}
