// Memory attributes: what MAIR_ELx and stage 2 descriptors say of a location, and how the two stages combine (Arm ARM J1.1.4,
// S1DecodeMemAttrs, S2DecodeMemAttrs, S2CombineS1MemAttrs, AArch64.S2ApplyFWBMemAttrs, S2MemTagType). Caches are not modelled: cacheability and
// the XS attribute are recorded for views and PAR_EL1; what acts is whether memory is Device, and whether it is Tagged.

/** 0 non-cacheable, 1 write-through, 2 write-back. */
export type Cacheability = 0 | 1 | 2;

/** Shareability as descriptors encode it: 0 non-shareable, 1 reserved, 2 outer, 3 inner. */
export type Shareability = 0 | 1 | 2 | 3;

export interface MemoryAttributes {
  readonly device: boolean;
  /** Device memory: 0 nGnRnE, 1 nGnRE, 2 nGRE, 3 GRE. */
  readonly deviceKind: number;
  readonly outer: Cacheability;
  readonly inner: Cacheability;
  /** Normal write-back memory whose allocation tags are used (MemTag_AllocationTagged). */
  readonly tagged: boolean;
  /** Of stage 1 what the descriptor says (PAR_EL1.SH may give that, or what comes of it), of both stages what comes of both. */
  readonly shareability: Shareability;
  /** Type, cacheability and hints as MAIR_ELx encodes them, were XS 1. */
  readonly attr: number;
  /** The XS attribute (FEAT_XS): accesses may take long. True without the feature. */
  readonly xs: boolean;
}

/** The features that attributes hang on. */
interface AttributeFeatures {
  readonly mte2: boolean;
  readonly xs: boolean;
}

/** What a stage 2 leaf descriptor, and the controls of stage 2, say of a location. */
export interface Stage2Declaration {
  readonly memAttr: number;
  readonly shareability: number;
  /** FnXS of the descriptor: XS becomes 0. */
  readonly fnxs: boolean;
  /** HCR_EL2.FWB. */
  readonly forceWriteBack: boolean;
  /** HCR_EL2.CD or ID: Normal memory is Non-cacheable, whatever the descriptor says. */
  readonly uncached: boolean;
}

/** Device-nGnRnE: what stage 1 gives data accesses when it is off. */
export const DEVICE_NGNRNE = device(0);
/** Normal write-back: stage 1 off with HCR_EL2.DC; the other one with HCR_EL2.DCT too. */
export const NORMAL_WRITE_BACK = normal(2, 2, 0);
/** MAIR_ELx and PAR_EL1.ATTR of Tagged memory, and of Normal memory whose XS is 0: Non-cacheable, and write-through allocating on reads. */
const TAGGED = 0xf0;
const NON_CACHEABLE_NOT_XS = 0x40;
const WRITE_THROUGH_NOT_XS = 0xa0;
const WRITE_THROUGH = 0xaa;
export const NORMAL_TAGGED: MemoryAttributes = { ...normal(2, 2, 0, TAGGED), tagged: true };

function device(kind: number, shareability = 2): MemoryAttributes {
  return {
    device: true,
    deviceKind: kind,
    outer: 0,
    inner: 0,
    tagged: false,
    shareability: shareability as Shareability,
    attr: kind << 2,
    xs: true,
  };
}

function normal(
  outer: Cacheability,
  inner: Cacheability,
  shareability: number,
  attr = (half(outer) << 4) | half(inner),
  xs = outer !== 2 || inner !== 2,
): MemoryAttributes {
  return { device: false, deviceKind: 0, outer, inner, tagged: false, shareability: shareability as Shareability, attr, xs };
}

// Four bits of MAIR with read- and write-allocate hints.
function half(cacheability: Cacheability): number {
  return [0b0100, 0b1011, 0b1111][cacheability] as number;
}

// 0b00RW write-through transient, 0b0100 non-cacheable, 0b01RW write-back transient, 0b10RW write-through, 0b11RW write-back.
function decodeHalf(nibble: number): Cacheability {
  return nibble === 0b0100 ? 0 : nibble & 0b0100 ? 2 : 1;
}

/** Instruction fetches with stage 1 off: write-through with SCTLR_ELx.I, else non-cacheable. */
export function fetchWithoutStage1(cached: boolean): MemoryAttributes {
  return cached ? normal(1, 1, 2) : normal(0, 0, 2);
}

/** What SCTLR_ELx.{C,I} = 0 make of Normal memory, and of Device memory that is fetched from: XS is that of the location. */
export function nonCacheable({ xs }: MemoryAttributes): MemoryAttributes {
  return { ...normal(0, 0, 2), xs };
}

/** PAR_EL1.ATTR (EncodePARAttrs): XS shows for Device and Non-cacheable memory, and for one kind of write-through. */
export function parAttributes({ device, outer, inner, attr, xs }: MemoryAttributes): number {
  if (xs) return attr;
  if (device) return attr | 1;
  if (outer === 0 && inner === 0) return NON_CACHEABLE_NOT_XS;
  return attr >>> 4 === WRITE_THROUGH >>> 4 && inner === 1 ? WRITE_THROUGH_NOT_XS : attr;
}

/**
 * One byte of MAIR_ELx and the shareability of a descriptor. Reserved encodings act as Device-nGnRnE (allowed choice), but Tagged without
 * FEAT_MTE2 as Normal write-back, as in QEMU.
 */
export function stage1Attributes(mairByte: number, shareability: number, has: AttributeFeatures): MemoryAttributes {
  const high = mairByte >>> 4;
  const low = mairByte & 15;
  if (high === 0) {
    if ((low & 3) === 0) return device(low >>> 2, shareability);
    return has.xs && (low & 3) === 1 ? { ...device(low >>> 2, shareability), xs: false } : device(0, shareability);
  }
  if (mairByte === TAGGED) return { ...normal(2, 2, shareability, TAGGED), tagged: has.mte2, xs: !has.xs };
  if (has.xs && mairByte === NON_CACHEABLE_NOT_XS) return { ...normal(0, 0, shareability), xs: false };
  if (has.xs && mairByte === WRITE_THROUGH_NOT_XS) return normal(1, 1, shareability, WRITE_THROUGH, false);
  if (low === 0) return device(0, shareability);
  const attributes = normal(decodeHalf(high), decodeHalf(low), shareability, mairByte);
  return { ...attributes, xs: attributes.xs || !has.xs };
}

/** MemAttr[3:0] of a stage 2 descriptor without FEAT_S2FWB. */
function stage2Attributes(memAttr: number, shareability: number): MemoryAttributes {
  if (memAttr >>> 2 === 0) return device(memAttr & 3);
  const cache = (bits: number): Cacheability => Math.max(0, bits - 1) as Cacheability;
  return normal(cache(memAttr >>> 2), cache(memAttr & 3), shareability);
}

/** What both stages together make of a location. */
export function combineStages(stage1: MemoryAttributes, stage2: Stage2Declaration, has: AttributeFeatures): MemoryAttributes {
  const { memAttr, forceWriteBack, uncached } = stage2;
  // HCR_EL2.CD and ID act on the type of stage 2 alone, or on that of both where FEAT_S2FWB has stage 2 decide (AArch64.S2Translate).
  const ignored = uncached && !forceWriteBack && memAttr >>> 2 !== 0;
  const together = forceWriteBack
    ? combineForced(stage1, stage2)
    : combineFreely(stage1, stage2Attributes(ignored ? NORMAL_NON_CACHEABLE : memAttr, stage2.shareability));
  const isWriteBack = !together.device && together.outer === 2 && together.inner === 2;
  const xs = !has.xs || (!isWriteBack && stage1.xs && !stage2.fnxs);
  const attributes = uncached && forceWriteBack && !together.device ? normal(0, 0, 2) : together;
  return { ...attributes, xs };
}

const NORMAL_NON_CACHEABLE = 0b0101;

// AArch64.S2ApplyFWBMemAttrs.
function combineForced(stage1: MemoryAttributes, { memAttr, shareability }: Stage2Declaration): MemoryAttributes {
  if ((memAttr & 0b0100) === 0) return device(stage1.device ? Math.min(stage1.deviceKind, memAttr & 3) : memAttr & 3);
  const both = combineShareability(stage1.shareability, shareability);
  if ((memAttr & 3) === 3) return { ...stage1, shareability: both };
  if ((memAttr & 3) === 2) return writeBack(stage1, both);
  return stage1.device ? stage1 : normal(0, 0, 2);
}

// S2CombineS1MemAttrs.
function combineFreely(stage1: MemoryAttributes, stage2: MemoryAttributes): MemoryAttributes {
  if (stage1.device || stage2.device) {
    return device(Math.min(stage1.device ? stage1.deviceKind : 3, stage2.device ? stage2.deviceKind : 3));
  }
  const outer = Math.min(stage1.outer, stage2.outer) as Cacheability;
  const inner = Math.min(stage1.inner, stage2.inner) as Cacheability;
  if (outer === 0 && inner === 0) return normal(outer, inner, 2);
  const shareability = combineShareability(stage1.shareability, stage2.shareability);
  return outer === 2 && inner === 2
    ? writeBack(stage1, shareability)
    : normal(outer, inner, shareability, hinted(stage1, outer, inner));
}

// Tagged memory of stage 1 stays so where both stages together are write-back (S2MemTagType).
function writeBack(stage1: MemoryAttributes, shareability: number): MemoryAttributes {
  return stage1.tagged
    ? { ...normal(2, 2, shareability, TAGGED), tagged: true }
    : normal(2, 2, shareability, hinted(stage1, 2, 2));
}

// Stage 2 says nothing of allocation and transience: stage 1 does, where it is cacheable (S2CombineS1AttrHints).
function hinted(stage1: MemoryAttributes, outer: Cacheability, inner: Cacheability): number {
  const attr = stage1.device || stage1.attr === TAGGED ? 0xff : stage1.attr;
  const part = (nibble: number, cacheability: Cacheability): number => {
    if (cacheability === 0 || decodeHalf(nibble) === 0) return half(cacheability);
    const permanent = nibble & 0b1000;
    return (cacheability === 2 ? permanent | 0b0100 : permanent) | (nibble & 3);
  };
  return (part(attr >>> 4, outer) << 4) | part(attr & 15, inner);
}

function combineShareability(a: number, b: number): Shareability {
  if (a === 2 || b === 2) return 2;
  return a === 3 || b === 3 ? 3 : 0;
}

/** True when a stage 2 leaf descriptor's MemAttr means Device memory at stage 2. */
export function stage2IsDevice(memAttr: number, forceWriteBack: boolean): boolean {
  return forceWriteBack ? (memAttr & 0b0100) === 0 : memAttr >>> 2 === 0;
}
