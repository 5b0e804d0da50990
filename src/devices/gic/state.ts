// The bytes of a GICv3 and their names: one word of 32 interrupts at a time, first the SGIs and PPIs of each CPU, then the SPIs, so that the
// distributor's and the redistributors' registers are one set of functions over words; and the registers of the physical and virtual CPU
// interfaces, one element for each CPU. Knows where things are, not what they do.
import { assert, type Bytes, layout } from '#base';

export const MAX_CPUS = 8;
/** SPIs have INTIDs from 32 (GIC architecture IHI 0069, 2.2). */
export const FIRST_SPI = 32;
const MAX_SPIS = 256;
/** List registers of each CPU. */
export const LIST_REGISTERS = 4;
/** What reading an acknowledge register gives when there is nothing to take. */
export const SPURIOUS = 1023;
/** What it gives when the interrupt to take is an NMI, which ICC_NMIAR1_EL1 takes (IHI 0069, 2.2.1). */
export const NMI_WAITS = 1022;
/** The PPI that the virtual CPU interface raises for its hypervisor. */
export const MAINTENANCE = 25;

const PRIVATE_WORDS = MAX_CPUS;
const WORDS = PRIVATE_WORDS + MAX_SPIS / 32;

const STATE = layout({
  GICD_CTLR: 'u32[1]',
  // One bit for each interrupt, by word.
  group: `u32[${WORDS}]`,
  enabled: `u32[${WORDS}]`,
  /** Latched; a level-sensitive interrupt whose line is high is pending without it. */
  pending: `u32[${WORDS}]`,
  active: `u32[${WORDS}]`,
  /** The input lines. */
  level: `u32[${WORDS}]`,
  /** Edge-triggered. */
  edge: `u32[${WORDS}]`,
  /** The non-maskable property; it counts in group 1. */
  nmi: `u32[${WORDS}]`,
  /** One for each interrupt of each word. */
  priority: `u8[${WORDS * 32}]`,
  /** GICD_IROUTER by SPI, counted from 0. */
  route: `u64[${MAX_SPIS}]`,
  GICR_WAKER: `u32[${MAX_CPUS}]`,
  ICC_PMR: `u8[${MAX_CPUS}]`,
  /** Its writable fields. */
  ICC_CTLR: `u8[${MAX_CPUS}]`,
  // One for each group, see perGroup.
  ICC_BPR: `u8[${2 * MAX_CPUS}]`,
  ICC_IGRPEN: `u8[${2 * MAX_CPUS}]`,
  ICC_APR: `u32[${2 * MAX_CPUS}]`,
  /** ICC_AP1R0_EL1.NMI: an NMI is active. */
  ICC_NMI: `u8[${MAX_CPUS}]`,
  ICH_HCR: `u32[${MAX_CPUS}]`,
  ICH_VMCR: `u32[${MAX_CPUS}]`,
  ICH_APR: `u32[${2 * MAX_CPUS}]`,
  /** ICH_AP1R0_EL2.NMI. */
  ICH_NMI: `u8[${MAX_CPUS}]`,
  ICH_LR: `u64[${LIST_REGISTERS * MAX_CPUS}]`,
  /** Bits of `OUTPUT`: what the CPU was told last. */
  outputs: `u8[${MAX_CPUS}]`,
});

/** Bytes of a GIC's state. */
export const GIC_STATE_SIZE: number = STATE.size;

export interface GicParameters {
  /** 1 to 8. */
  readonly cpus: number;
  /** A multiple of 32 up to 256. */
  readonly spis: number;
  /** GICD_IIDR and GICR_IIDR. */
  readonly iidr: number;
  /** GICD_IROUTER.Interrupt_Routing_Mode works; without it GICD_TYPER.No1N is 1. */
  readonly oneOfN: boolean;
  /** The affinity of a CPU, Aff3.Aff2.Aff1.Aff0 in a word as in GICR_TYPER[63:32]. */
  readonly affinity: (cpu: number) => number;
  /** The CPU interfaces have a virtual part in use, whose maintenance interrupt is PPI 25; without it that PPI is like the others. */
  readonly virtual: boolean;
  /** FEAT_GICv3_NMI, of the CPU interfaces and of the rest: GICD_TYPER.NMI. */
  readonly nmi: boolean;
}

/** The GIC of QEMU's virt board. */
export const VIRT_GIC: Omit<GicParameters, 'cpus'> = {
  spis: 256,
  iidr: 0x43b,
  oneOfN: false,
  affinity: affinityOf,
  virtual: true,
  nmi: false,
};

/** GICD_CTLR; ARE and DS are fixed at 1 (affinity routing only, one Security state). */
export const GICD_CTLR = { EnableGrp0: 1 << 0, EnableGrp1: 1 << 1, ARE: 1 << 4, DS: 1 << 6 } as const;

/** What a GIC tells a CPU: physical interrupts, and those of its virtual interface. With `nmi` or `vnmi` the IRQ has Superpriority. */
export type GicOutput = 'irq' | 'fiq' | 'virq' | 'vfiq' | 'nmi' | 'vnmi';
export const OUTPUT: Readonly<Record<GicOutput, number>> = { irq: 1, fiq: 2, virq: 4, vfiq: 8, nmi: 16, vnmi: 32 };

export interface GicOutputs {
  /** A line to a CPU changed its level. Called while an access or a change of an input is being handled. */
  line(cpu: number, output: GicOutput, level: 0 | 1): void;
}

/** The affinity of a CPU on virt: its clusters of 16 never fill up with 8 CPUs. */
export function affinityOf(cpu: number): number {
  return cpu;
}

type State = ReturnType<typeof STATE.attach>;
/** An array of the state, read and written by element. */
export type Words = State['group'];

/** A GIC's state and surroundings, as its parts share them. */
export class Gic {
  readonly parameters: GicParameters;
  readonly outputs: GicOutputs;
  /** The arrays of the state. */
  readonly s: Readonly<State>;

  constructor(bytes: Bytes, parameters: GicParameters, outputs: GicOutputs) {
    const { cpus, spis } = parameters;
    assert(cpus >= 1 && cpus <= MAX_CPUS, `a GIC for ${cpus} CPUs`);
    assert(spis >= 0 && spis <= MAX_SPIS && spis % 32 === 0, `a GIC with ${spis} SPIs`);
    this.parameters = parameters;
    this.outputs = outputs;
    const view = STATE.attach(bytes);
    // Every access of an array's name makes an accessor; these are made once.
    this.s = Object.fromEntries(STATE.members.map(({ name }) => [name, view[name as keyof State]])) as unknown as State;
  }

  /** Whether an INTID names an SGI, PPI or SPI that exists. */
  exists(intid: number): boolean {
    return intid < FIRST_SPI + this.parameters.spis;
  }
}

/** The word that holds an interrupt's bit: `cpu`'s own for SGIs and PPIs. */
export function wordOf(cpu: number, intid: number): number {
  return intid < FIRST_SPI ? cpu : PRIVATE_WORDS + (intid >>> 5) - 1;
}

/** The word of the SPIs 32·(index + 1) and up. */
export function spiWord(index: number): number {
  return PRIVATE_WORDS + index;
}

/** The place of an interrupt in `priority`. */
export function priorityAt(cpu: number, intid: number): number {
  return 32 * wordOf(cpu, intid) + (intid & 31);
}

export function getBit(words: Words, cpu: number, intid: number): boolean {
  return ((words.get(wordOf(cpu, intid)) >>> (intid & 31)) & 1) === 1;
}

export function setBit(words: Words, cpu: number, intid: number, value: boolean): void {
  const word = wordOf(cpu, intid);
  const mask = 1 << (intid & 31);
  const old = words.get(word);
  words.set(word, value ? old | mask : old & ~mask);
}

/** INTIDs from 1020 to 1023 stand for no interrupt (IHI 0069, 2.2.1). */
export function isSpecial(intid: number): boolean {
  return intid >= 1020 && intid <= SPURIOUS;
}

/** Where a group's element lies in an array that has one for each group of each CPU. */
export function perGroup(cpu: number, group: Group): number {
  return 2 * cpu + group;
}

/** Where a list register lies in `ICH_LR`. */
export function listRegister(cpu: number, index: number): number {
  return LIST_REGISTERS * cpu + index;
}

/** Interrupt groups: without EL3 there are two, 0 signalled as FIQ and 1 as IRQ (IHI 0069, 4.6). */
export type Group = 0 | 1;
export const GROUPS: readonly Group[] = [0, 1];
