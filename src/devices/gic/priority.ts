// Priorities of a CPU interface, physical or virtual: five bits, all of them group priority at the smallest binary point, so one active priorities
// register for each group (IHI 0069, 4.8). Pure functions over numbers; lower is more urgent.
import type { Group } from './state.ts';

/** Bits of priority that the CPU interfaces have, for preemption too. */
export const PRIORITY_BITS = 5;
export const PRIORITY_MASK = (0xff << (8 - PRIORITY_BITS)) & 0xff;
/** Running priority when nothing is active. */
export const IDLE = 0xff;

/** The smallest binary point: all implemented bits are group priority. Group 1's is one more, as its register counts from [7:1]. */
function smallestBinaryPoint(group: Group): number {
  return 7 - PRIORITY_BITS + group;
}

/** A written binary point as it is kept. */
export function binaryPoint(group: Group, value: number): number {
  return Math.max(value & 7, smallestBinaryPoint(group));
}

/** The bits of a priority that are group priority under ICC_BPR<group> = `point` (IHI 0069, 4.8, priority grouping). */
export function groupPriorityMask(group: Group, point: number): number {
  return (0xfe << (point - group)) & 0xff;
}

/** What decides which interrupt goes first. An NMI has priority 0 and comes before all others of that priority (IHI 0069, 4.8). */
export interface Urgency {
  readonly priority: number;
  readonly nmi: boolean;
}

/** Whether one pending interrupt goes before another. */
export function precedes(one: Urgency, other: Urgency): boolean {
  return one.nmi === other.nmi ? one.priority < other.priority : one.nmi;
}

/** The most urgent active priority of both groups' active priorities registers, and whose it is; `nmi`: that of group 1 says that one is active. */
export function highestActive(apr0: number, apr1: number, nmi: boolean): (Urgency & { readonly group: Group }) | undefined {
  if (nmi) return { priority: 0, group: 1, nmi };
  if ((apr0 | apr1) === 0) return undefined;
  const [first0, first1] = [lowestBit(apr0), lowestBit(apr1)];
  const group = first0 <= first1 ? 0 : 1;
  return { priority: Math.min(first0, first1) << (8 - PRIORITY_BITS), group, nmi };
}

/** Whether an interrupt comes before what is running, as far as `mask` tells their priorities apart. Nothing preempts an NMI, an NMI all else. */
export function preempts(pending: Urgency, running: Urgency | undefined, mask: number): boolean {
  if (running === undefined) return true;
  return !running.nmi && (pending.nmi || (pending.priority & mask) < (running.priority & mask));
}

/** Whether a priority mask (ICC_PMR_EL1, ICV_PMR_EL1) lets an interrupt through: in one Security state it never stops an NMI. */
export function passes(pending: Urgency, mask: number): boolean {
  return pending.nmi || pending.priority < mask;
}

/** The bit of an active priorities register that stands for a group priority. */
export function activeBit(priority: number): number {
  return 1 << (priority >>> (8 - PRIORITY_BITS));
}

/** An active priorities register after priority drop: without its most urgent bit. */
export function dropped(apr: number): number {
  return (apr & (apr - 1)) >>> 0;
}

/** 32 for none. */
function lowestBit(word: number): number {
  return word === 0 ? 32 : 31 - Math.clz32(word & -word);
}
