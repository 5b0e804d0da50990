// What translation depends on: the control registers of both stages and the features that a processor has, as plain values, and the
// parameters of one walk read off them (Arm ARM J1.1.4, AArch64.GetS1TTWParams, AArch64.GetS2TTWParams). Knows nothing of where the values
// come from.

import type { FeatureSet } from '#arch/features';
import { bits, type FieldRange, fieldRange, getFieldNumber } from '#arch/field';

/** The registers of one stage 1 regime. */
export interface Stage1Registers {
  readonly sctlr: bigint;
  readonly tcr: bigint;
  readonly ttbr0: bigint;
  readonly ttbr1: bigint;
  readonly mair: bigint;
}

/** Everything that translation reads besides memory. `el2` serves the EL2 and EL2&0 regimes. */
export interface TranslationControls {
  readonly el1: Stage1Registers;
  readonly el2: Stage1Registers;
  readonly hcr: bigint;
  /** 0n by default. */
  readonly hcrx?: bigint;
  readonly vtcr: bigint;
  readonly vttbr: bigint;
  readonly features: MmuFeatures;
  /** As in QEMU: HCR_EL2.CD and ID leave alone what FEAT_S2FWB has stage 2 decide. */
  readonly forcedStaysCached?: boolean;
}

/** What of the processor's features translation needs. */
export interface MmuFeatures {
  /** Bits of a physical address. */
  readonly paBits: number;
  readonly granules: Readonly<Record<12 | 14 | 16, boolean>>;
  readonly stage2Granules: Readonly<Record<12 | 14 | 16, boolean>>;
  readonly el2: boolean;
  readonly vhe: boolean;
  readonly lpa2: boolean;
  readonly lpa: boolean;
  readonly lva: boolean;
  readonly ttst: boolean;
  readonly hpds: boolean;
  readonly e0pd: boolean;
  readonly tbid: boolean;
  readonly hafdbs: boolean;
  readonly pan: boolean;
  readonly epan: boolean;
  readonly cmow: boolean;
  readonly xnx: boolean;
  readonly fwb: boolean;
  readonly nv: boolean;
  readonly bti: boolean;
  readonly mte2: boolean;
  readonly xs: boolean;
  /** SCTLR_ELx.EE is there: walks may be big-endian. */
  readonly mixedEnd: boolean;
}

export type Regime = 'EL1&0' | 'EL2&0' | 'EL2';

const PA_BITS = [32, 36, 40, 42, 44, 48, 52, 56];
const MMFR0 = Object.fromEntries(
  ['PARange', 'TGran4', 'TGran16', 'TGran64', 'TGran4_2', 'TGran16_2', 'TGran64_2'].map((name) => [
    name,
    fieldRange('ID_AA64MMFR0_EL1', name),
  ]),
) as Readonly<Record<string, FieldRange>>;

/** Reads translation's part of a processor's features; `mmfr0` is its ID_AA64MMFR0_EL1. */
export function mmuFeatures(features: FeatureSet, mmfr0: bigint): MmuFeatures {
  const id = (name: string): number => getFieldNumber(mmfr0, MMFR0[name] as FieldRange);
  const granules = { 12: id('TGran4') !== 15, 14: id('TGran16') !== 0, 16: id('TGran64') !== 15 };
  const stage2 = (name: string, stage1: boolean): boolean => (id(name) === 0 ? stage1 : id(name) >= 2);
  return {
    paBits: PA_BITS[id('PARange')] ?? 48,
    granules,
    stage2Granules: {
      12: stage2('TGran4_2', granules[12]),
      14: stage2('TGran16_2', granules[14]),
      16: stage2('TGran64_2', granules[16]),
    },
    el2: features.has('EL2'),
    vhe: features.has('FEAT_VHE'),
    lpa2: features.has('FEAT_LPA2'),
    lpa: features.has('FEAT_LPA'),
    lva: features.has('FEAT_LVA'),
    ttst: features.has('FEAT_TTST'),
    hpds: features.has('FEAT_HPDS'),
    e0pd: features.has('FEAT_E0PD'),
    tbid: features.has('FEAT_PAuth'),
    hafdbs: features.has('FEAT_HAFDBS'),
    pan: features.has('FEAT_PAN'),
    epan: features.has('FEAT_PAN3'),
    cmow: features.has('FEAT_CMOW'),
    xnx: features.has('FEAT_XNX'),
    fwb: features.has('FEAT_S2FWB'),
    nv: features.has('FEAT_NV'),
    bti: features.has('FEAT_BTI'),
    mte2: features.has('FEAT_MTE2'),
    xs: features.has('FEAT_XS'),
    mixedEnd: features.has('FEAT_MixedEnd'),
  };
}

export const HCR = bits('HCR_EL2', ['VM', 'PTW', 'DC', 'DCT', 'TGE', 'E2H', 'FWB', 'NV', 'NV1', 'CD', 'ID']);
export const SCTLR = bits('SCTLR_EL1', ['M', 'C', 'I', 'WXN', 'EE', 'EPAN', 'CMOW']);
const HCRX = bits('HCRX_EL2', ['CMOW']);

// TCR_EL1 and TCR_EL2 with E2H=1 have one layout, TCR_EL2 with E2H=0 another.
const TCR = tcrFields('TCR_EL1');
const TCR_HYP = fields('TCR_EL2', ['T0SZ', 'TG0', 'PS', 'TBI', 'HA', 'HD', 'HPD', 'TBID', 'DS', 'SH0']);
const VTCR = fields('VTCR_EL2', ['T0SZ', 'SL0', 'SH0', 'TG0', 'PS', 'HA', 'HD', 'DS', 'SL2']);

function fields<const Names extends string>(register: string, names: readonly Names[]): Readonly<Record<Names, FieldRange>> {
  return Object.fromEntries(names.map((name) => [name, fieldRange(register, name)])) as Record<Names, FieldRange>;
}

function tcrFields(register: string) {
  return {
    lower: fields(register, ['T0SZ', 'TG0', 'EPD0', 'TBI0', 'TBID0', 'HPD0', 'E0PD0', 'SH0']),
    upper: fields(register, ['T1SZ', 'TG1', 'EPD1', 'TBI1', 'TBID1', 'HPD1', 'E0PD1', 'SH1']),
    both: fields(register, ['IPS', 'HA', 'HD', 'DS']),
  };
}

/** log2 of the granule: 4, 16 or 64 KiB. */
export type GranuleBits = 12 | 14 | 16;

export interface Stage1Parameters {
  readonly regime: Regime;
  /** Whether the regime has unprivileged (EL0) permissions. */
  readonly unprivileged: boolean;
  readonly upper: boolean;
  readonly enabled: boolean;
  readonly granule: GranuleBits;
  readonly txsz: number;
  readonly tbi: boolean;
  readonly tbid: boolean;
  readonly epd: boolean;
  readonly e0pd: boolean;
  readonly hpd: boolean;
  readonly ds: boolean;
  readonly sh: number;
  /** Bits of the output address. */
  readonly oaBits: number;
  readonly ha: boolean;
  readonly hd: boolean;
  readonly wxn: boolean;
  readonly epan: boolean;
  /** Cleaning and invalidating from EL0 needs write permission. */
  readonly cmow: boolean;
  readonly ee: boolean;
  readonly nv1: boolean;
  /** Translation off with HCR_EL2.DC: Normal memory. */
  readonly dc: boolean;
  /** The same with HCR_EL2.DCT: Tagged memory. */
  readonly dct: boolean;
  readonly dataCache: boolean;
  readonly instructionCache: boolean;
  readonly ttbr: bigint;
  readonly mair: bigint;
}

const TG0: readonly (GranuleBits | undefined)[] = [12, 16, 14, undefined];
const TG1: readonly (GranuleBits | undefined)[] = [undefined, 14, 12, 16];

// A granule that is reserved or not implemented acts as one that is: IMPLEMENTATION DEFINED which, here the smallest (AArch64.S1DecodeTG0).
function granuleOr(granule: GranuleBits | undefined, implemented: MmuFeatures['granules']): GranuleBits {
  if (granule !== undefined && implemented[granule]) return granule;
  return implemented[12] ? 12 : implemented[16] ? 16 : 14;
}

// AArch64.PhysicalAddressSize.
function outputBits(encoded: number, wide: boolean, features: MmuFeatures): number {
  return Math.min(PA_BITS[encoded] as number, Math.min(features.lpa && wide ? 52 : 48, features.paBits));
}

/** Effective HCR_EL2.E2H and TGE: 0 without EL2 or FEAT_VHE. */
export function hostState(controls: TranslationControls): { readonly e2h: boolean; readonly tge: boolean } {
  const { features, hcr } = controls;
  return { e2h: features.vhe && (hcr & HCR.E2H) !== 0n, tge: features.el2 && (hcr & HCR.TGE) !== 0n };
}

/** HCR_EL2.{E2H,TGE} = {1,1}: VM, DC, CD and ID behave as 0 (D24.2.57); only AT S12* translates for EL1&0 then. */
function isHost(controls: TranslationControls): boolean {
  const { e2h, tge } = hostState(controls);
  return e2h && tge;
}

/** The regime that translates accesses made at this level. */
export function regimeOf(controls: TranslationControls, el: 0 | 1 | 2): Regime {
  const { e2h, tge } = hostState(controls);
  if (el === 2) return e2h ? 'EL2&0' : 'EL2';
  return el === 0 && e2h && tge ? 'EL2&0' : 'EL1&0';
}

/** The parameters of a stage 1 walk for an address. */
export function stage1Parameters(controls: TranslationControls, regime: Regime, address: bigint): Stage1Parameters {
  const upper = regime !== 'EL2' && ((address >> 55n) & 1n) === 1n;
  const key = upper ? `${regime} upper` : regime;
  let known = WORKED_OUT.get(controls);
  if (known === undefined) {
    known = {};
    WORKED_OUT.set(controls, known);
  }
  known[key] ??= workOutStage1(controls, regime, upper);
  return known[key];
}

// Controls are made anew when a register changes, so what follows from one set of them is worked out once for each range of addresses.
const WORKED_OUT = new WeakMap<TranslationControls, Record<string, Stage1Parameters>>();

function workOutStage1(controls: TranslationControls, regime: Regime, upper: boolean): Stage1Parameters {
  const { features, hcr } = controls;
  const own = regime === 'EL1&0' ? controls.el1 : controls.el2;
  const { sctlr, tcr } = own;
  const flag = (field: FieldRange): boolean => (tcr & field.mask) !== 0n;
  const guest = regime === 'EL1&0' && features.el2;
  const host = isHost(controls);
  const common = {
    regime,
    mair: own.mair,
    wxn: (sctlr & SCTLR.WXN) !== 0n,
    ee: features.mixedEnd && (sctlr & SCTLR.EE) !== 0n,
    nv1: guest && features.nv && (hcr & (HCR.NV | HCR.NV1)) === (HCR.NV | HCR.NV1),
    dc: guest && !host && (hcr & HCR.DC) !== 0n,
    dct: features.mte2 && (hcr & HCR.DCT) !== 0n,
    enabled: (sctlr & SCTLR.M) !== 0n && !(guest && (hcr & (HCR.DC | HCR.TGE)) !== 0n),
    dataCache: (sctlr & SCTLR.C) !== 0n,
    instructionCache: (sctlr & SCTLR.I) !== 0n,
  };
  if (regime === 'EL2') {
    const granule = granuleOr(TG0[getFieldNumber(tcr, TCR_HYP.TG0)], features.granules);
    const ds = granule !== 16 && features.lpa2 && flag(TCR_HYP.DS);
    return {
      ...common,
      unprivileged: false,
      upper: false,
      granule,
      txsz: getFieldNumber(tcr, TCR_HYP.T0SZ),
      tbi: flag(TCR_HYP.TBI),
      tbid: features.tbid && flag(TCR_HYP.TBID),
      epd: false,
      e0pd: false,
      hpd: features.hpds && flag(TCR_HYP.HPD),
      ds,
      sh: getFieldNumber(tcr, TCR_HYP.SH0),
      oaBits: outputBits(getFieldNumber(tcr, TCR_HYP.PS), granule === 16 || ds, features),
      ha: features.hafdbs && flag(TCR_HYP.HA),
      hd: features.hafdbs && flag(TCR_HYP.HA) && flag(TCR_HYP.HD),
      epan: false,
      cmow: false,
      ttbr: own.ttbr0,
    };
  }
  const half = upper
    ? {
        size: TCR.upper.T1SZ,
        epd: TCR.upper.EPD1,
        tbi: TCR.upper.TBI1,
        tbid: TCR.upper.TBID1,
        hpd: TCR.upper.HPD1,
        e0pd: TCR.upper.E0PD1,
        sh: TCR.upper.SH1,
      }
    : {
        size: TCR.lower.T0SZ,
        epd: TCR.lower.EPD0,
        tbi: TCR.lower.TBI0,
        tbid: TCR.lower.TBID0,
        hpd: TCR.lower.HPD0,
        e0pd: TCR.lower.E0PD0,
        sh: TCR.lower.SH0,
      };
  const granule = granuleOr(
    upper ? TG1[getFieldNumber(tcr, TCR.upper.TG1)] : TG0[getFieldNumber(tcr, TCR.lower.TG0)],
    features.granules,
  );
  const ds = granule !== 16 && features.lpa2 && flag(TCR.both.DS);
  return {
    ...common,
    unprivileged: true,
    upper,
    granule,
    txsz: getFieldNumber(tcr, half.size),
    tbi: flag(half.tbi),
    tbid: features.tbid && flag(half.tbid),
    epd: flag(half.epd),
    e0pd: features.e0pd && flag(half.e0pd),
    hpd: features.hpds && flag(half.hpd),
    ds,
    sh: getFieldNumber(tcr, half.sh),
    oaBits: outputBits(getFieldNumber(tcr, TCR.both.IPS), granule === 16 || ds, features),
    ha: features.hafdbs && flag(TCR.both.HA),
    hd: features.hafdbs && flag(TCR.both.HA) && flag(TCR.both.HD),
    epan: features.epan && (sctlr & SCTLR.EPAN) !== 0n,
    cmow: features.cmow && (sctlr & SCTLR.CMOW) !== 0n,
    ttbr: upper ? own.ttbr1 : own.ttbr0,
  };
}

export interface Stage2Parameters {
  readonly enabled: boolean;
  readonly granule: GranuleBits;
  readonly txsz: number;
  /** Level of the first lookup; undefined when SL0 is reserved or not possible here (AArch64.S2InvalidSL). */
  readonly start: number | undefined;
  readonly ds: boolean;
  readonly sh: number;
  readonly oaBits: number;
  readonly ha: boolean;
  readonly hd: boolean;
  readonly ee: boolean;
  readonly ptw: boolean;
  readonly fwb: boolean;
  /** Data accesses, and fetches, are to Non-cacheable memory where it is Normal. */
  readonly cd: boolean;
  readonly id: boolean;
  readonly cmow: boolean;
  readonly vttbr: bigint;
}

/** The parameters of a stage 2 walk. */
export function stage2Parameters(controls: TranslationControls): Stage2Parameters {
  const { features, hcr, vtcr } = controls;
  const granule = granuleOr(TG0[getFieldNumber(vtcr, VTCR.TG0)], features.stage2Granules);
  const ds = granule !== 16 && features.lpa2 && (vtcr & VTCR.DS.mask) !== 0n;
  const ha = features.hafdbs && (vtcr & VTCR.HA.mask) !== 0n;
  const fwb = features.fwb && (hcr & HCR.FWB) !== 0n;
  const disables = !(fwb && controls.forcedStaysCached === true);
  const sl2 = granule === 12 && ds && (vtcr & VTCR.SL2.mask) !== 0n;
  return {
    enabled: features.el2 && !isHost(controls) && (hcr & (HCR.VM | HCR.DC)) !== 0n,
    granule,
    txsz: getFieldNumber(vtcr, VTCR.T0SZ),
    start: startLevel(granule, getFieldNumber(vtcr, VTCR.SL0), sl2, ds, features),
    ds,
    sh: getFieldNumber(vtcr, VTCR.SH0),
    oaBits: outputBits(getFieldNumber(vtcr, VTCR.PS), granule === 16 || ds, features),
    ha,
    hd: ha && (vtcr & VTCR.HD.mask) !== 0n,
    ee: features.mixedEnd && (controls.el2.sctlr & SCTLR.EE) !== 0n,
    ptw: (hcr & HCR.TGE) === 0n && (hcr & HCR.PTW) !== 0n,
    fwb,
    cd: disables && (hcr & HCR.CD) !== 0n,
    id: disables && (hcr & HCR.ID) !== 0n,
    cmow: features.cmow && ((controls.hcrx ?? 0n) & HCRX.CMOW) !== 0n,
    vttbr: controls.vttbr,
  };
}

// AArch64.S2StartLevel and AArch64.S2InvalidSL.
function startLevel(granule: GranuleBits, sl0: number, sl2: boolean, ds: boolean, features: MmuFeatures): number | undefined {
  const { paBits } = features;
  if (granule === 12) {
    if (sl2) return sl0 === 0 && paBits >= 52 ? -1 : undefined;
    if (sl0 === 3) return features.ttst ? 3 : undefined;
    return sl0 === 2 && paBits < 44 ? undefined : 2 - sl0;
  }
  if (granule === 14) {
    if (sl0 === 3) return ds && paBits >= 52 ? 0 : undefined;
    return sl0 === 2 && paBits < 42 ? undefined : 3 - sl0;
  }
  if (sl0 === 3) return undefined;
  return sl0 === 2 && paBits < 44 ? undefined : 3 - sl0;
}

/** The lowest TxSZ that is in range (AArch64.S1MinTxSZ). */
export function stage1MinTxsz(p: Stage1Parameters, features: MmuFeatures): number {
  return features.lva && (p.granule === 16 || p.ds) ? 12 : 16;
}

/** The same for stage 2 (AArch64.S2MinTxSZ). */
export function stage2MinTxsz(p: Stage2Parameters, features: MmuFeatures): number {
  return 64 - (features.paBits >= 52 ? (p.granule === 16 || p.ds ? 52 : 48) : features.paBits);
}

/** The highest TxSZ that is in range (AArch64.MaxTxSZ). */
export function maxTxsz(granule: GranuleBits, features: MmuFeatures): number {
  if (!features.ttst) return 39;
  return granule === 16 ? 47 : 48;
}
