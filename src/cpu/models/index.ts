// Processor models: which ID and feature registers each announces, and what follows from them. `max` announces everything that this machine
// implements; the others give what QEMU 7.2 gives, without what this machine lacks. Knows nothing of a running processor.

import { type FeatureSet, featuresOfRegisters } from '#arch/features';
import { fieldRange, setField } from '#arch/field';
import { assert } from '#base';
import type { ImplementationDefinedAtEl0 } from '#trap';
import { announcedEvents } from '../pmu/events.ts';
import { MAX } from './max.ts';
import { MEASURED } from './measured.ts';

export interface CpuModel {
  readonly name: string;
  /** ID, feature and other constant registers by name; one that is absent reads as zero. */
  readonly registers: ReadonlyMap<string, bigint>;
  readonly features: FeatureSet;
  readonly choices: CpuChoices;
}

/** Where processors differ in what no ID register tells. */
export interface CpuChoices {
  /**
   * False: an access through SP is not checked for alignment by SCTLR_ELx.SA, nor one through SP or PC for Device memory, as in QEMU
   * (translate-a64.c leaves it out). Ordered and atomic accesses are.
   */
  readonly spAlignment: boolean;
  /** What exception entry does to PSTATE.{N,Z,C,V}: the manual names them neither among what is set nor among what is kept. */
  readonly flagsOnEntry: 'kept' | 'zero';
  /** True: the syndrome of MSR DAIFSet/DAIFClr trapped from EL0 has Op1 and Op2 in each other's place, as in QEMU 7.2 (helper-a64.c, daif_check). */
  readonly daifSyndromeSwapped: boolean;
  /**
   * True: an access of 128 bits of a SIMD&FP register to Device memory is to be aligned to 8 bytes; QEMU has no alignment fault for Device
   * memory at all, and programs made with it rely on that for their vector registers. By the manual it is 16 (J1.1.3 Mem).
   */
  readonly deviceQuadwords: boolean;
  /**
   * True: a watchpoint comes before the alignment fault of DC ZVA to Device memory, as in QEMU, which has no such fault. By the manual's
   * priorities it comes after (D1.3.5).
   */
  readonly zvaWatchpointFirst: boolean;
  /**
   * False: no watchpoint matches DC IVAC and its like, as in QEMU. By the manual it is watched as a store of the block that it invalidates
   * (J1.1.3 AArch64.DC, AArch64.WatchpointMatch).
   */
  readonly invalidationWatched: boolean;
  /** What becomes of a tag in VBAR_ELx that branches ignore: 'kept' leaves it in PC, as in QEMU (helper.c, arm_cpu_do_interrupt_aarch64). */
  readonly vectorTag: 'ignored' | 'kept';
  /** True: HCR_EL2.RW is what was written even where EL1 has no AArch32, as in QEMU 7.2. By the manual it is RAO/WI there. */
  readonly rwWritable: boolean;
  /**
   * What PAR_EL1.SH says of Device and Normal Non-cacheable memory: outer shareable, or as in QEMU what stands in the descriptor
   * (PAREncodeShareability).
   */
  readonly parShareability: 'effective' | 'descriptor';
  /**
   * True: HCR_EL2.CD does not act on memory whose type FEAT_S2FWB has stage 2 decide, as in QEMU (ptw.c, combined_attrs_fwb). By the manual it
   * acts on the type that comes of it (AArch64.S2Translate).
   */
  readonly forcedStaysCached: boolean;
  /**
   * True: AT of a write marks a page as dirty where hardware manages dirty state, as in QEMU (ptw.c does not tell it from a write). By the
   * manual it does not (AArch64.S1Translate, AArch64.S2Translate).
   */
  readonly translationDirties: boolean;
  /** What EL0's use of IMPLEMENTATION DEFINED registers is while HCR_EL2.TIDCP is 1. */
  readonly implementationDefinedAtEl0: ImplementationDefinedAtEl0;
}

const ARCHITECTURE: CpuChoices = {
  spAlignment: true,
  flagsOnEntry: 'kept',
  daifSyndromeSwapped: false,
  deviceQuadwords: false,
  zvaWatchpointFirst: false,
  invalidationWatched: true,
  rwWritable: false,
  vectorTag: 'ignored',
  parShareability: 'effective',
  forcedStaysCached: false,
  translationDirties: false,
  implementationDefinedAtEl0: 'undefined',
};
const QEMU: CpuChoices = {
  spAlignment: false,
  flagsOnEntry: 'zero',
  daifSyndromeSwapped: true,
  deviceQuadwords: true,
  zvaWatchpointFirst: true,
  invalidationWatched: false,
  rwWritable: true,
  vectorTag: 'kept',
  parShareability: 'descriptor',
  forcedStaysCached: true,
  translationDirties: true,
  implementationDefinedAtEl0: 'undefined',
};

// Alike in every model: the OS lock is implemented (OSLM = 0b10) and locked after reset, GIC system registers are on for good.
const EVERYWHERE = `
OSLSR_EL1 0xa
ICC_SRE_EL1 0x7
`;

// What a measured model announces and this machine does not have: AArch32, SVE, SME, and what hangs on them.
const ABSENT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ID_AA64PFR0_EL1: { EL0: 1, EL1: 1, EL2: 1, EL3: 0, SVE: 0, AMU: 0, MPAM: 0 },
  ID_AA64PFR1_EL1: { SME: 0, MTE: 0 },
  ID_AA64DFR0_EL1: { TraceVer: 0, TraceFilt: 0, PMSVer: 0, TraceBuffer: 0, BRBE: 0 },
  ID_AA64MMFR0_EL1: {},
};
// The AArch32 ID registers, which a processor without AArch32 leaves zero (Arm ARM DDI 0487, ID_PFR0_EL1).
const AARCH32 = /^(ID_(PFR|DFR|AFR|MMFR|ISAR)\d|MVFR\d)_EL1$/;
const WITHOUT = new Set(['ID_AA64ZFR0_EL1', 'ID_AA64SMFR0_EL1']);

export const CPU_MODEL_NAMES: readonly string[] = ['max', ...Object.keys(MEASURED)];

const MODELS = new Map<string, CpuModel>();

/** The model of this name, or undefined. */
export function cpuModel(name: string): CpuModel | undefined {
  let model = MODELS.get(name);
  if (model === undefined) {
    const registers =
      name === 'max' ? fromFields(MAX) : Object.hasOwn(MEASURED, name) ? fromMeasured(MEASURED[name] as string) : undefined;
    if (registers === undefined) return undefined;
    if (name === 'max') for (const n of [0, 1] as const) registers.set(`PMCEID${n}_EL0`, announcedEvents(n));
    for (const [register, value] of fromFields(EVERYWHERE)) if (!registers.has(register)) registers.set(register, value);
    model = modelOf(name, registers, name.startsWith('qemu-') ? QEMU : ARCHITECTURE);
    MODELS.set(name, model);
  }
  return model;
}

/** A model with these register values (a host that is made up, ID registers that a hypervisor gives its guest). */
export function modelOf(name: string, registers: ReadonlyMap<string, bigint>, choices: CpuChoices = ARCHITECTURE): CpuModel {
  return { name, registers, features: featuresOfRegisters((register) => registers.get(register) ?? 0n), choices };
}

function fromMeasured(text: string): Map<string, bigint> {
  const registers = new Map<string, bigint>();
  const words = text.trim().split(/\s+/);
  for (let i = 0; i < words.length; i += 2) {
    const name = words[i] as string;
    if (words[i + 1] === '-' || AARCH32.test(name) || WITHOUT.has(name)) continue;
    let value = BigInt(words[i + 1] as string);
    for (const [field, absent] of Object.entries(ABSENT[name] ?? {})) value = setField(value, fieldRange(name, field), absent);
    registers.set(name, value);
  }
  return registers;
}

// `REGISTER VALUE` or `REGISTER FIELD=n FIELD=n …`, one register a line.
function fromFields(text: string): Map<string, bigint> {
  const registers = new Map<string, bigint>();
  for (const line of text.trim().split('\n')) {
    const [name, ...parts] = line.trim().split(/\s+/) as [string, ...string[]];
    let value = 0n;
    for (const part of parts) {
      const [field, number] = part.split('=') as [string, string | undefined];
      if (number === undefined) {
        assert(parts.length === 1, `model line '${line}'`);
        value = BigInt(field);
      } else {
        const range = fieldRange(name, field);
        assert(BigInt(number) << BigInt(range.lsb) <= range.mask, `model field ${name}.${part}`);
        value = setField(value, range, Number(number));
      }
    }
    registers.set(name, value);
  }
  return registers;
}
