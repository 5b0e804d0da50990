// The virtual CPU interface of each CPU (IHI 0069, chapter 6): list registers that a hypervisor fills through ICH_*_EL2 and its guest empties
// through ICC_*_EL1, which then mean ICV_*; and the maintenance interrupt. Knows of physical interrupts only that one with HW set is
// deactivated with its virtual one.
import { bit, bits, fieldRange } from '#arch/field';
import { deactivate, ICC_CTLR } from './interrupts.ts';
import {
  activeBit,
  binaryPoint,
  dropped,
  groupPriorityMask,
  highestActive,
  IDLE,
  PRIORITY_BITS,
  PRIORITY_MASK,
  passes,
  precedes,
  preempts,
  type Urgency,
} from './priority.ts';
import { type Gic, type Group, isSpecial, LIST_REGISTERS, listRegister, NMI_WAITS, perGroup, SPURIOUS } from './state.ts';

const LR = bits('ICH_LR0_EL2', ['State', 'HW', 'Group', 'NMI', 'Priority', 'pINTID', 'vINTID']);
const LR_PRIORITY = fieldRange('ICH_LR0_EL2', 'Priority');
const LR_PINTID = fieldRange('ICH_LR0_EL2', 'pINTID');
const LR_STATE = fieldRange('ICH_LR0_EL2', 'State');
const PENDING = 1n << BigInt(LR_STATE.lsb);
const ACTIVE = 2n << BigInt(LR_STATE.lsb);
/** With HW = 0: raise a maintenance interrupt when the guest is done with it. */
const LR_EOI = 1n << 41n;
/** 24 bits, as ICH_VTR_EL2.IDbits says. */
const VINTID = 0xff_ffffn;
/** Bits that a list register keeps, and NMI where there are NMIs. */
const LR_KEPT = LR.State | LR.HW | LR.Group | (BigInt(PRIORITY_MASK) << BigInt(LR_PRIORITY.lsb)) | LR.pINTID | VINTID;

const HCR = numbers(
  bits('ICH_HCR_EL2', [
    ...[
      'EOIcount',
      'TDIR',
      'TSEI',
      'TALL1',
      'TALL0',
      'TC',
      'VGrp1DIE',
      'VGrp1EIE',
      'VGrp0DIE',
      'VGrp0EIE',
      'NPIE',
      'LRENPIE',
      'UIE',
      'En',
    ],
  ] as const),
);
const HCR_KEPT = Object.values(HCR).reduce((all, mask) => all | mask, 0);
const EOICOUNT_ONE = HCR.EOIcount & -HCR.EOIcount;
const MISR = numbers(bits('ICH_MISR_EL2', ['VGrp1D', 'VGrp1E', 'VGrp0D', 'VGrp0E', 'NP', 'LRENP', 'U', 'EOI']));
const VMCR = numbers(bits('ICH_VMCR_EL2', ['VEOIM', 'VCBPR', 'VFIQEn', 'VENG1', 'VENG0']));
const VMCR_VPMR = fieldRange('ICH_VMCR_EL2', 'VPMR').lsb;
const VMCR_VBPR = [fieldRange('ICH_VMCR_EL2', 'VBPR0').lsb, fieldRange('ICH_VMCR_EL2', 'VBPR1').lsb] as const;
const VENG = [VMCR.VENG0, VMCR.VENG1] as const;

function numbers<K extends string>(masks: Readonly<Record<K, bigint>>): Readonly<Record<K, number>> {
  return Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, Number(mask as bigint) | 0])) as Record<K, number>;
}

/** ICH_VTR_EL2: five bits of priority and preemption, 24-bit INTIDs, all of the affinity levels, no GICv4, ICH_HCR_EL2.TDIR. */
export const ICH_VTR: bigint =
  (BigInt(PRIORITY_BITS - 1) << BigInt(fieldRange('ICH_VTR_EL2', 'PRIbits').lsb)) |
  (BigInt(PRIORITY_BITS - 1) << BigInt(fieldRange('ICH_VTR_EL2', 'PREbits').lsb)) |
  (1n << BigInt(fieldRange('ICH_VTR_EL2', 'IDbits').lsb)) |
  bit('ICH_VTR_EL2', 'A3V') |
  bit('ICH_VTR_EL2', 'nV4') |
  bit('ICH_VTR_EL2', 'TDS') |
  BigInt(LIST_REGISTERS - 1);

/** A virtual interrupt in a list register. */
interface Listed extends Urgency {
  readonly index: number;
  readonly group: Group;
}

function lrOf(gic: Gic, cpu: number, index: number): bigint {
  return gic.s.ICH_LR.get(listRegister(cpu, index));
}

function groupOf(lr: bigint): Group {
  return lr & LR.Group ? 1 : 0;
}

/** Only what is signalled as IRQ can have Superpriority: in group 0 the bit says nothing. */
function isNmi(lr: bigint): boolean {
  return (lr & (LR.NMI | LR.Group)) === (LR.NMI | LR.Group);
}

/** That of an NMI is 0, whatever the field says (IHI 0069, ICH_LR<n>_EL2.Priority). */
function priorityOf(lr: bigint): number {
  return isNmi(lr) ? 0 : Number((lr & LR.Priority) >> BigInt(LR_PRIORITY.lsb));
}

function vintidOf(lr: bigint): number {
  return Number(lr & VINTID);
}

// What a hypervisor reads and writes.

export function writeListRegister(gic: Gic, cpu: number, index: number, value: bigint): void {
  gic.s.ICH_LR.set(listRegister(cpu, index), value & (gic.parameters.nmi ? LR_KEPT | LR.NMI : LR_KEPT));
}

export function readListRegister(gic: Gic, cpu: number, index: number): bigint {
  return lrOf(gic, cpu, index);
}

export function writeHcr(gic: Gic, cpu: number, value: number): void {
  gic.s.ICH_HCR.set(cpu, value & HCR_KEPT);
}

/** ICH_VMCR_EL2: the guest's view of its interface in one register. Group 0 is always signalled as FIQ: VFIQEn is 1 with system registers. */
export function writeVmcr(gic: Gic, cpu: number, value: number): void {
  gic.s.ICH_VMCR.set(cpu, (value & (VMCR.VEOIM | VMCR.VCBPR | VMCR.VENG1 | VMCR.VENG0)) | VMCR.VFIQEn);
  setPriorityMask(gic, cpu, value >>> VMCR_VPMR);
  for (const group of [0, 1] as const) setBinaryPoint(gic, cpu, group, value >>> VMCR_VBPR[group]);
}

/** ICH_EISR_EL2: list registers that are done and asked for a maintenance interrupt. */
export function endOfInterruptStatus(gic: Gic, cpu: number): number {
  return listed(gic, cpu, (lr) => (lr & (LR.State | LR.HW | LR_EOI)) === LR_EOI);
}

/** ICH_ELRSR_EL2: list registers that are free to use. */
export function emptyListRegisters(gic: Gic, cpu: number): number {
  return listed(gic, cpu, (lr) => (lr & LR.State) === 0n && ((lr & LR.HW) !== 0n || (lr & LR_EOI) === 0n));
}

/** One bit for each list register that satisfies. */
function listed(gic: Gic, cpu: number, holds: (lr: bigint) => boolean): number {
  let all = 0;
  for (let index = 0; index < LIST_REGISTERS; index += 1) if (holds(lrOf(gic, cpu, index))) all |= 1 << index;
  return all;
}

/** ICH_MISR_EL2: the reasons for a maintenance interrupt that hold now. */
export function maintenanceStatus(gic: Gic, cpu: number): number {
  const hcr = gic.s.ICH_HCR.get(cpu);
  const vmcr = gic.s.ICH_VMCR.get(cpu);
  const valid = listed(gic, cpu, (lr) => (lr & LR.State) !== 0n);
  const pending = listed(gic, cpu, (lr) => (lr & LR.State) === PENDING);
  let reasons = endOfInterruptStatus(gic, cpu) === 0 ? 0 : MISR.EOI;
  // Underflow: none or one is left.
  if (hcr & HCR.UIE && (valid & (valid - 1)) === 0) reasons |= MISR.U;
  if (hcr & HCR.LRENPIE && hcr & HCR.EOIcount) reasons |= MISR.LRENP;
  if (hcr & HCR.NPIE && pending === 0) reasons |= MISR.NP;
  if (hcr & HCR.VGrp0EIE && vmcr & VMCR.VENG0) reasons |= MISR.VGrp0E;
  if (hcr & HCR.VGrp0DIE && !(vmcr & VMCR.VENG0)) reasons |= MISR.VGrp0D;
  if (hcr & HCR.VGrp1EIE && vmcr & VMCR.VENG1) reasons |= MISR.VGrp1E;
  if (hcr & HCR.VGrp1DIE && !(vmcr & VMCR.VENG1)) reasons |= MISR.VGrp1D;
  return reasons;
}

/** Whether the maintenance interrupt is asserted. */
export function maintenanceInterrupt(gic: Gic, cpu: number): boolean {
  return (gic.s.ICH_HCR.get(cpu) & HCR.En) !== 0 && maintenanceStatus(gic, cpu) !== 0;
}

// What the guest is told.

/** The most urgent interrupt that pends in a list register and belongs to an enabled group; the first register among equals. */
function highestPending(gic: Gic, cpu: number): Listed | undefined {
  const vmcr = gic.s.ICH_VMCR.get(cpu);
  let best: Listed | undefined;
  for (let index = 0; index < LIST_REGISTERS; index += 1) {
    const lr = lrOf(gic, cpu, index);
    const group = groupOf(lr);
    if ((lr & LR.State) !== PENDING || !(vmcr & VENG[group])) continue;
    const listed: Listed = { index, priority: priorityOf(lr), group, nmi: isNmi(lr) };
    if (best === undefined || precedes(listed, best)) best = listed;
  }
  return best;
}

function running(gic: Gic, cpu: number): ReturnType<typeof highestActive> {
  const { ICH_APR, ICH_NMI } = gic.s;
  return highestActive(ICH_APR.get(perGroup(cpu, 0)), ICH_APR.get(perGroup(cpu, 1)), ICH_NMI.get(cpu) === 1);
}

function preemptionMask(gic: Gic, cpu: number, group: Group): number {
  const by = gic.s.ICH_VMCR.get(cpu) & VMCR.VCBPR ? 0 : group;
  return groupPriorityMask(by, storedBinaryPoint(gic, cpu, by));
}

/** The virtual interrupt that the guest is told of now: none while the interface is off (ICH_HCR_EL2.En). */
export function signalledVirtual(gic: Gic, cpu: number): Listed | undefined {
  if (!(gic.s.ICH_HCR.get(cpu) & HCR.En)) return undefined;
  const pending = highestPending(gic, cpu);
  if (pending === undefined || !passes(pending, priorityMask(gic, cpu))) return undefined;
  return preempts(pending, running(gic, cpu), preemptionMask(gic, cpu, pending.group)) ? pending : undefined;
}

// What the guest reads and writes.

/** ICV_PMR_EL1. */
export function priorityMask(gic: Gic, cpu: number): number {
  return (gic.s.ICH_VMCR.get(cpu) >>> VMCR_VPMR) & 0xff;
}

export function setPriorityMask(gic: Gic, cpu: number, value: number): void {
  const rest = gic.s.ICH_VMCR.get(cpu) & ~(0xff << VMCR_VPMR);
  gic.s.ICH_VMCR.set(cpu, rest | ((value & PRIORITY_MASK) << VMCR_VPMR));
}

function storedBinaryPoint(gic: Gic, cpu: number, group: Group): number {
  return (gic.s.ICH_VMCR.get(cpu) >>> VMCR_VBPR[group]) & 7;
}

/** ICV_BPR<n>_EL1: with a common binary point that of group 0 stands for both, read as group 1 counts it. */
export function readBinaryPoint(gic: Gic, cpu: number, group: Group): number {
  if (group === 1 && gic.s.ICH_VMCR.get(cpu) & VMCR.VCBPR) return Math.min(storedBinaryPoint(gic, cpu, 0) + 1, 7);
  return storedBinaryPoint(gic, cpu, group);
}

export function writeBinaryPoint(gic: Gic, cpu: number, group: Group, value: number): void {
  if (group === 1 && gic.s.ICH_VMCR.get(cpu) & VMCR.VCBPR) return;
  setBinaryPoint(gic, cpu, group, value);
}

function setBinaryPoint(gic: Gic, cpu: number, group: Group, value: number): void {
  const rest = gic.s.ICH_VMCR.get(cpu) & ~(7 << VMCR_VBPR[group]);
  gic.s.ICH_VMCR.set(cpu, rest | (binaryPoint(group, value) << VMCR_VBPR[group]));
}

/** ICV_CTLR_EL1's writable fields, as in ICC_CTLR_EL1. */
export function readControl(gic: Gic, cpu: number): number {
  const vmcr = gic.s.ICH_VMCR.get(cpu);
  return (vmcr & VMCR.VCBPR ? ICC_CTLR.CBPR : 0) | (vmcr & VMCR.VEOIM ? ICC_CTLR.EOImode : 0);
}

export function writeControl(gic: Gic, cpu: number, value: number): void {
  const rest = gic.s.ICH_VMCR.get(cpu) & ~(VMCR.VCBPR | VMCR.VEOIM);
  gic.s.ICH_VMCR.set(cpu, rest | (value & ICC_CTLR.CBPR ? VMCR.VCBPR : 0) | (value & ICC_CTLR.EOImode ? VMCR.VEOIM : 0));
}

/** ICV_IGRPEN<n>_EL1. */
export function groupEnabled(gic: Gic, cpu: number, group: Group): number {
  return gic.s.ICH_VMCR.get(cpu) & VENG[group] ? 1 : 0;
}

export function enableGroup(gic: Gic, cpu: number, group: Group, enable: boolean): void {
  const vmcr = gic.s.ICH_VMCR.get(cpu);
  gic.s.ICH_VMCR.set(cpu, enable ? vmcr | VENG[group] : vmcr & ~VENG[group]);
}

/** ICV_RPR_EL1, without NMI. */
export function runningPriority(gic: Gic, cpu: number): number {
  return running(gic, cpu)?.priority ?? IDLE;
}

/** ICV_HPPIR<n>_EL1. */
export function pendingIntid(gic: Gic, cpu: number, group: Group): number {
  const pending = highestPending(gic, cpu);
  return pending?.group === group ? vintidOf(lrOf(gic, cpu, pending.index)) : SPURIOUS;
}

/** ICV_IAR<n>_EL1: takes the interrupt, except that with SCTLR_EL1.NMI an NMI is left to ICV_NMIAR1_EL1. */
export function acknowledge(gic: Gic, cpu: number, group: Group, nmi: boolean): number {
  const pending = signalledVirtual(gic, cpu);
  if (pending?.group !== group) return SPURIOUS;
  return nmi && pending.nmi ? NMI_WAITS : take(gic, cpu, pending);
}

/** ICV_NMIAR1_EL1. */
export function acknowledgeNmi(gic: Gic, cpu: number): number {
  const pending = signalledVirtual(gic, cpu);
  return pending?.nmi ? take(gic, cpu, pending) : SPURIOUS;
}

function take(gic: Gic, cpu: number, taken: Listed): number {
  const at = listRegister(cpu, taken.index);
  const lr = gic.s.ICH_LR.get(at);
  const intid = vintidOf(lr);
  // A list register with a special INTID is dropped, and the INTID still returned (IHI 0069, pseudocode of ICV_IAR0_EL1).
  const special = isSpecial(intid);
  gic.s.ICH_LR.set(at, (lr & ~LR.State) | (special ? 0n : ACTIVE));
  if (!special && taken.nmi) gic.s.ICH_NMI.set(cpu, 1);
  else if (!special) {
    const apr = perGroup(cpu, taken.group);
    gic.s.ICH_APR.set(apr, gic.s.ICH_APR.get(apr) | activeBit(taken.priority & preemptionMask(gic, cpu, taken.group)));
  }
  return intid;
}

/** ICV_EOIR<n>_EL1: priority drop, and deactivation unless EOImode leaves that to ICV_DIR_EL1. */
export function endOfInterrupt(gic: Gic, cpu: number, group: Group, intid: number): void {
  if (isSpecial(intid)) return;
  const done = running(gic, cpu);
  if (done === undefined) return;
  const apr = perGroup(cpu, done.group);
  if (done.nmi) gic.s.ICH_NMI.set(cpu, 0);
  else gic.s.ICH_APR.set(apr, dropped(gic.s.ICH_APR.get(apr)));
  const index = activeIndex(gic, cpu, intid);
  if (index < 0) {
    if (!separateDeactivation(gic, cpu)) countEnd(gic, cpu);
    return;
  }
  const lr = lrOf(gic, cpu, index);
  const matches =
    groupOf(lr) === group && isNmi(lr) === done.nmi && (priorityOf(lr) & preemptionMask(gic, cpu, group)) === done.priority;
  if (matches && !separateDeactivation(gic, cpu)) deactivateListed(gic, cpu, index);
}

/** ICV_DIR_EL1: deactivation alone, where EOImode separates the two. */
export function deactivateVirtual(gic: Gic, cpu: number, intid: number): void {
  if (isSpecial(intid) || !separateDeactivation(gic, cpu)) return;
  const index = activeIndex(gic, cpu, intid);
  if (index < 0) countEnd(gic, cpu);
  else deactivateListed(gic, cpu, index);
}

function separateDeactivation(gic: Gic, cpu: number): boolean {
  return (gic.s.ICH_VMCR.get(cpu) & VMCR.VEOIM) !== 0;
}

/** The first list register in which an INTID is active; -1 when there is none. */
function activeIndex(gic: Gic, cpu: number, intid: number): number {
  for (let index = 0; index < LIST_REGISTERS; index += 1) {
    const lr = lrOf(gic, cpu, index);
    if (lr & ACTIVE && vintidOf(lr) === intid) return index;
  }
  return -1;
}

function deactivateListed(gic: Gic, cpu: number, index: number): void {
  const lr = lrOf(gic, cpu, index);
  gic.s.ICH_LR.set(listRegister(cpu, index), lr & ~ACTIVE);
  if (lr & LR.HW) deactivate(gic, cpu, Number((lr & LR.pINTID) >> BigInt(LR_PINTID.lsb)));
}

/** ICH_HCR_EL2.EOIcount: the guest ended an interrupt that is in no list register. The count wraps. */
function countEnd(gic: Gic, cpu: number): void {
  const hcr = gic.s.ICH_HCR.get(cpu);
  gic.s.ICH_HCR.set(cpu, (hcr & ~HCR.EOIcount) | ((hcr + EOICOUNT_ONE) & HCR.EOIcount));
}

/** Power-on values. */
export function resetVirtual(gic: Gic, cpu: number): void {
  gic.s.ICH_HCR.set(cpu, 0);
  gic.s.ICH_NMI.set(cpu, 0);
  writeVmcr(gic, cpu, 0);
  for (const group of [0, 1] as const) gic.s.ICH_APR.set(perGroup(cpu, group), 0);
  for (let index = 0; index < LIST_REGISTERS; index += 1) gic.s.ICH_LR.set(listRegister(cpu, index), 0n);
}
