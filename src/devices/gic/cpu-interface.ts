// The CPU interface as system registers: which ones this GIC has, and what reading or writing each does, physically and, where HCR_EL2 hands the
// interface to a guest, virtually (IHI 0069, chapter 12). Whether an access is allowed at all is not asked here: no traps, no
// Exception levels beyond "from EL1".
import { bit, bits, fieldRange } from '#arch/field';
import { ICC_CTLR } from './interrupts.ts';
import { updateOutputs } from './outputs.ts';
import * as physical from './physical-interface.ts';
import { PRIORITY_BITS } from './priority.ts';
import { type Gic, type GicOutput, GROUPS, type Group, LIST_REGISTERS, OUTPUT, perGroup } from './state.ts';
import * as virtual from './virtual-interface.ts';

/** Who accesses a register. */
export interface Accessor {
  readonly el: 0 | 1 | 2 | 3;
  /** HCR_EL2, effective. */
  readonly hcr: bigint;
  /** SCTLR_ELx.NMI of that level. */
  readonly nmi: boolean;
}

/** A system register of one CPU's interface. An absent direction does not exist (the access is UNDEFINED). */
export interface CpuInterfaceRegister {
  readonly name: string;
  /** Reading takes an interrupt: not for those who only look. */
  readonly readActs?: true;
  read?(by: Accessor): bigint;
  /** RES0 bits of `value` are ignored. */
  write?(by: Accessor, value: bigint): void;
}

/** One CPU's interface. */
export interface GicCpuInterface {
  /** The registers of this implementation by name, `ICC_IAR1_EL1`, `ICH_LR0_EL2`; those that it has not (ICC_AP0R1_EL1, ICH_LR4_EL2) are UNDEFINED. */
  readonly registers: ReadonlyMap<string, CpuInterfaceRegister>;
  readonly irqLine: boolean;
  readonly fiqLine: boolean;
  readonly virqLine: boolean;
  readonly vfiqLine: boolean;
  /** Power-on state of the CPU interface, as a reset of its CPU brings; the redistributor keeps its own. */
  reset(): void;
}

const HCR = bits('HCR_EL2', ['FMO', 'IMO']);

interface Side {
  /** `nmi`: SCTLR_ELx.NMI of the level that reads. */
  read?(gic: Gic, cpu: number, nmi: boolean): number | bigint;
  /** The lower half of what is written. */
  write?(gic: Gic, cpu: number, value: number): void;
  write64?(gic: Gic, cpu: number, value: bigint): void;
}

interface Row extends Side {
  readonly name: string;
  /** The bits of HCR_EL2 of which one turns an access from EL1 into one to the virtual interface. */
  readonly redirect?: bigint;
  readonly virtual?: Side;
  /** Reading takes an interrupt. */
  readonly readActs?: true;
}

/** ICC_CTLR_EL1 and ICV_CTLR_EL1, their fixed fields: 24-bit INTIDs, all affinity levels. */
const CTLR_FIXED =
  Number(bit('ICC_CTLR_EL1', 'A3V')) |
  (1 << fieldRange('ICC_CTLR_EL1', 'IDbits').lsb) |
  ((PRIORITY_BITS - 1) << fieldRange('ICC_CTLR_EL1', 'PRIbits').lsb);
/** SRE, DFB and DIB; there is no memory-mapped interface to choose. */
const SRE = 7;
const SRE_ENABLE = 8;

// The bit is in the same place in ICC_AP1R0_EL1, ICC_RPR_EL1 and ICH_AP1R0_EL2.
const NMI = bit('ICC_AP1R0_EL1', 'NMI');

/** An active priorities register of a group, which says of group 1 whether an NMI is active. */
function activePriorities(group: Group, priorities: 'ICC_APR' | 'ICH_APR', nmi: 'ICC_NMI' | 'ICH_NMI'): Side {
  return {
    read: ({ s }, cpu) => BigInt(s[priorities].get(perGroup(cpu, group))) | (group === 1 && s[nmi].get(cpu) ? NMI : 0n),
    write64({ s, parameters }, cpu, value) {
      s[priorities].set(perGroup(cpu, group), Number(value & 0xffff_ffffn));
      if (group === 1 && parameters.nmi) s[nmi].set(cpu, value & NMI ? 1 : 0);
    },
  };
}

const COMMON: readonly Row[] = [
  {
    name: 'ICC_PMR_EL1',
    redirect: HCR.FMO | HCR.IMO,
    read: (g, cpu) => g.s.ICC_PMR.get(cpu),
    write: physical.writePriorityMask,
    virtual: { read: virtual.priorityMask, write: virtual.setPriorityMask },
  },
  {
    name: 'ICC_CTLR_EL1',
    redirect: HCR.FMO | HCR.IMO,
    read: (g, cpu) => CTLR_FIXED | g.s.ICC_CTLR.get(cpu),
    write: (g, cpu, value) => g.s.ICC_CTLR.set(cpu, value & (ICC_CTLR.CBPR | ICC_CTLR.EOImode)),
    virtual: { read: (g, cpu) => CTLR_FIXED | virtual.readControl(g, cpu), write: virtual.writeControl },
  },
  {
    name: 'ICC_RPR_EL1',
    redirect: HCR.FMO | HCR.IMO,
    read: (g, cpu) => BigInt(physical.runningPriority(g, cpu)) | (g.s.ICC_NMI.get(cpu) ? NMI : 0n),
    virtual: { read: (g, cpu) => BigInt(virtual.runningPriority(g, cpu)) | (g.s.ICH_NMI.get(cpu) ? NMI : 0n) },
  },
  {
    name: 'ICC_DIR_EL1',
    redirect: HCR.FMO | HCR.IMO,
    write: (g, cpu, value) => physical.deactivateInterrupt(g, cpu, value & 0xff_ffff),
    virtual: { write: (g, cpu, value) => virtual.deactivateVirtual(g, cpu, value & 0xff_ffff) },
  },
  { name: 'ICC_SRE_EL1', read: () => SRE, write: () => undefined },
  { name: 'ICC_SRE_EL2', read: () => SRE | SRE_ENABLE, write: () => undefined },
  { name: 'ICC_SGI0R_EL1', write64: (g, cpu, value) => physical.generateSgi(g, cpu, value, [0]) },
  { name: 'ICC_SGI1R_EL1', write64: (g, cpu, value) => physical.generateSgi(g, cpu, value, GROUPS) },
  { name: 'ICC_ASGI1R_EL1', write64: (g, cpu, value) => physical.generateSgi(g, cpu, value, [0]) },
];

const BY_GROUP: readonly Row[] = GROUPS.flatMap((group): readonly Row[] => {
  const redirect = group === 0 ? HCR.FMO : HCR.IMO;
  return [
    {
      name: `ICC_IAR${group}_EL1`,
      redirect,
      readActs: true,
      read: (g, cpu, nmi) => physical.acknowledge(g, cpu, group, nmi),
      virtual: { read: (g, cpu, nmi) => virtual.acknowledge(g, cpu, group, nmi) },
    },
    {
      name: `ICC_EOIR${group}_EL1`,
      redirect,
      write: (g, cpu, value) => physical.endOfInterrupt(g, cpu, group, value & 0xff_ffff),
      virtual: { write: (g, cpu, value) => virtual.endOfInterrupt(g, cpu, group, value & 0xff_ffff) },
    },
    {
      name: `ICC_HPPIR${group}_EL1`,
      redirect,
      read: (g, cpu) => physical.pendingIntid(g, cpu, group),
      virtual: { read: (g, cpu) => virtual.pendingIntid(g, cpu, group) },
    },
    {
      name: `ICC_BPR${group}_EL1`,
      redirect,
      read: (g, cpu) => physical.readBinaryPoint(g, cpu, group),
      write: (g, cpu, value) => physical.writeBinaryPoint(g, cpu, group, value),
      virtual: {
        read: (g, cpu) => virtual.readBinaryPoint(g, cpu, group),
        write: (g, cpu, value) => virtual.writeBinaryPoint(g, cpu, group, value),
      },
    },
    {
      name: `ICC_IGRPEN${group}_EL1`,
      redirect,
      read: (g, cpu) => g.s.ICC_IGRPEN.get(perGroup(cpu, group)),
      write: (g, cpu, value) => g.s.ICC_IGRPEN.set(perGroup(cpu, group), value & 1),
      virtual: {
        read: (g, cpu) => virtual.groupEnabled(g, cpu, group),
        write: (g, cpu, value) => virtual.enableGroup(g, cpu, group, (value & 1) === 1),
      },
    },
    {
      name: `ICC_AP${group}R0_EL1`,
      redirect,
      ...activePriorities(group, 'ICC_APR', 'ICC_NMI'),
      virtual: activePriorities(group, 'ICH_APR', 'ICH_NMI'),
    },
    { name: `ICH_AP${group}R0_EL2`, ...activePriorities(group, 'ICH_APR', 'ICH_NMI') },
  ];
});

const HYPERVISOR: readonly Row[] = [
  { name: 'ICH_HCR_EL2', read: (g, cpu) => g.s.ICH_HCR.get(cpu), write: virtual.writeHcr },
  { name: 'ICH_VMCR_EL2', read: (g, cpu) => g.s.ICH_VMCR.get(cpu), write: virtual.writeVmcr },
  { name: 'ICH_VTR_EL2', read: () => virtual.ICH_VTR },
  { name: 'ICH_MISR_EL2', read: virtual.maintenanceStatus },
  { name: 'ICH_EISR_EL2', read: virtual.endOfInterruptStatus },
  { name: 'ICH_ELRSR_EL2', read: virtual.emptyListRegisters },
  ...Array.from(
    { length: LIST_REGISTERS },
    (_, index): Row => ({
      name: `ICH_LR${index}_EL2`,
      read: (g, cpu) => virtual.readListRegister(g, cpu, index),
      write64: (g, cpu, value) => virtual.writeListRegister(g, cpu, index, value),
    }),
  ),
];

/** What there is only with FEAT_GICv3_NMI. */
const NMIS: readonly Row[] = [
  {
    name: 'ICC_NMIAR1_EL1',
    redirect: HCR.IMO,
    readActs: true,
    read: physical.acknowledgeNmi,
    virtual: { read: virtual.acknowledgeNmi },
  },
];

const ROWS: readonly Row[] = [...COMMON, ...BY_GROUP, ...HYPERVISOR];

/** The CPU interface of one CPU. */
export function cpuInterface(gic: Gic, cpu: number): GicCpuInterface {
  const told = (output: GicOutput): boolean => (gic.s.outputs.get(cpu) & OUTPUT[output]) !== 0;
  return {
    registers: new Map((gic.parameters.nmi ? [...ROWS, ...NMIS] : ROWS).map((row) => [row.name, register(gic, cpu, row)])),
    get irqLine() {
      return told('irq');
    },
    get fiqLine() {
      return told('fiq');
    },
    get virqLine() {
      return told('virq');
    },
    get vfiqLine() {
      return told('vfiq');
    },
    reset() {
      resetCpuInterface(gic, cpu);
      updateOutputs(gic);
    },
  };
}

/** Power-on values, of which nobody is told yet. */
export function resetCpuInterface(gic: Gic, cpu: number): void {
  physical.resetPhysical(gic, cpu);
  virtual.resetVirtual(gic, cpu);
}

function register(gic: Gic, cpu: number, row: Row): CpuInterfaceRegister {
  const { name, redirect = 0n, readActs } = row;
  const side = ({ el, hcr }: Accessor): Side => (el === 1 && (hcr & redirect) !== 0n ? (row.virtual ?? {}) : row);
  const reads = row.read !== undefined;
  const writes = row.write !== undefined || row.write64 !== undefined;
  return {
    name,
    ...(readActs && { readActs }),
    ...(reads && {
      read(by) {
        const value = BigInt(side(by).read?.(gic, cpu, by.nmi) ?? 0);
        if (readActs) updateOutputs(gic);
        return value;
      },
    }),
    ...(writes && {
      write(by, value) {
        const to = side(by);
        if (to.write64) to.write64(gic, cpu, value);
        else to.write?.(gic, cpu, Number(value & 0xffff_ffffn));
        updateOutputs(gic);
      },
    }),
  };
}
