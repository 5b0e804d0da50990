// The physical CPU interface of each CPU: what ICC_*_EL1 do without EL3, in one Security state (IHI 0069, chapters 4 and 12).
// Knows nothing of register encodings, traps or redirection.
import { type FieldRange, fieldRange, getFieldNumber } from '#arch/field';
import {
  activate,
  deactivate,
  groupPriority,
  highestPending,
  ICC_CTLR,
  type Pending,
  receiveSgi,
  running,
  signalled,
} from './interrupts.ts';
import { activeBit, binaryPoint, dropped, IDLE, PRIORITY_MASK } from './priority.ts';
import { type Gic, type Group, getBit, isSpecial, NMI_WAITS, perGroup, SPURIOUS } from './state.ts';

/**
 * ICC_IAR<n>_EL1: takes the interrupt that this CPU is told of, if it is of the group. `nmi`: who reads has SCTLR_ELx.NMI set, so that an NMI is
 * left to ICC_NMIAR1_EL1.
 */
export function acknowledge(gic: Gic, cpu: number, group: Group, nmi: boolean): number {
  const pending = signalled(gic, cpu);
  if (pending?.group !== group) return SPURIOUS;
  return nmi && pending.nmi ? NMI_WAITS : take(gic, cpu, pending);
}

/** ICC_NMIAR1_EL1: takes the interrupt that this CPU is told of, if it is an NMI. */
export function acknowledgeNmi(gic: Gic, cpu: number): number {
  const pending = signalled(gic, cpu);
  return pending?.nmi ? take(gic, cpu, pending) : SPURIOUS;
}

function take(gic: Gic, cpu: number, pending: Pending): number {
  const { ICC_APR, ICC_NMI } = gic.s;
  const apr = perGroup(cpu, pending.group);
  // An active NMI has a bit of its own besides the priorities.
  if (pending.nmi) ICC_NMI.set(cpu, 1);
  else ICC_APR.set(apr, ICC_APR.get(apr) | activeBit(groupPriority(gic, cpu, pending)));
  activate(gic, cpu, pending.intid);
  return pending.intid;
}

/** ICC_HPPIR<n>_EL1: the most urgent pending interrupt whatever the priority mask, if it is of the group. */
export function pendingIntid(gic: Gic, cpu: number, group: Group): number {
  const pending = highestPending(gic, cpu);
  return pending?.group === group ? pending.intid : SPURIOUS;
}

/** ICC_RPR_EL1, without NMI. */
export function runningPriority(gic: Gic, cpu: number): number {
  return running(gic, cpu)?.priority ?? IDLE;
}

/** ICC_EOIR<n>_EL1: priority drop, and deactivation unless EOImode leaves that to ICC_DIR_EL1. Ignored when the other group is running. */
export function endOfInterrupt(gic: Gic, cpu: number, group: Group, intid: number): void {
  const done = running(gic, cpu);
  if (!gic.exists(intid) || done?.group !== group) return;
  const apr = perGroup(cpu, group);
  if (done.nmi) gic.s.ICC_NMI.set(cpu, 0);
  else gic.s.ICC_APR.set(apr, dropped(gic.s.ICC_APR.get(apr)));
  if (!(gic.s.ICC_CTLR.get(cpu) & ICC_CTLR.EOImode)) deactivate(gic, cpu, intid);
}

/** ICC_DIR_EL1. */
export function deactivateInterrupt(gic: Gic, cpu: number, intid: number): void {
  if (!isSpecial(intid) && gic.s.ICC_CTLR.get(cpu) & ICC_CTLR.EOImode) deactivate(gic, cpu, intid);
}

export function writePriorityMask(gic: Gic, cpu: number, value: number): void {
  gic.s.ICC_PMR.set(cpu, value & PRIORITY_MASK);
}

/** ICC_BPR<n>_EL1: with a common binary point that of group 0 stands for both, read as group 1 counts it. */
export function readBinaryPoint(gic: Gic, cpu: number, group: Group): number {
  const common = group === 1 && gic.s.ICC_CTLR.get(cpu) & ICC_CTLR.CBPR;
  return common ? Math.min(gic.s.ICC_BPR.get(perGroup(cpu, 0)) + 1, 7) : gic.s.ICC_BPR.get(perGroup(cpu, group));
}

export function writeBinaryPoint(gic: Gic, cpu: number, group: Group, value: number): void {
  if (group === 1 && gic.s.ICC_CTLR.get(cpu) & ICC_CTLR.CBPR) return;
  gic.s.ICC_BPR.set(perGroup(cpu, group), binaryPoint(group, value));
}

const SGI = Object.fromEntries(
  (['Aff3', 'IRM', 'Aff2', 'INTID', 'Aff1', 'TargetList'] as const).map((name) => [name, fieldRange('ICC_SGI1R_EL1', name)]),
) as Record<'Aff3' | 'IRM' | 'Aff2' | 'INTID' | 'Aff1' | 'TargetList', FieldRange>;

/**
 * ICC_SGI0R_EL1, ICC_SGI1R_EL1, ICC_ASGI1R_EL1. In one Security state the first and the last reach SGIs of group 0 only, ICC_SGI1R_EL1 those of
 * either group (IHI 0069, "Forwarding an SGI to a target PE"; KVM's access_gic_sgi acts so too).
 */
export function generateSgi(gic: Gic, cpu: number, value: bigint, groups: readonly Group[]): void {
  const intid = getFieldNumber(value, SGI.INTID);
  const all = getFieldNumber(value, SGI.IRM) === 1;
  for (let to = 0; to < gic.parameters.cpus; to += 1) {
    if (all ? to === cpu : !names(value, gic.parameters.affinity(to))) continue;
    if (groups.includes(getBit(gic.s.group, to, intid) ? 1 : 0)) receiveSgi(gic, to, intid);
  }
}

/** Whether the target list names a CPU by affinity; Aff0 above 15 cannot be named (ICC_CTLR_EL1.RSS = 0). */
function names(value: bigint, affinity: number): boolean {
  const [aff3, aff2, aff1] = [SGI.Aff3, SGI.Aff2, SGI.Aff1].map((field) => getFieldNumber(value, field)) as [
    number,
    number,
    number,
  ];
  const cluster = ((aff3 << 16) | (aff2 << 8) | aff1) >>> 0;
  return affinity >>> 8 === cluster && ((getFieldNumber(value, SGI.TargetList) >>> (affinity & 0xff)) & 1) === 1;
}

/** Power-on values. */
export function resetPhysical(gic: Gic, cpu: number): void {
  gic.s.ICC_PMR.set(cpu, 0);
  gic.s.ICC_CTLR.set(cpu, 0);
  gic.s.ICC_NMI.set(cpu, 0);
  for (const group of [0, 1] as const) {
    gic.s.ICC_BPR.set(perGroup(cpu, group), binaryPoint(group, 0));
    gic.s.ICC_IGRPEN.set(perGroup(cpu, group), 0);
    gic.s.ICC_APR.set(perGroup(cpu, group), 0);
  }
}
