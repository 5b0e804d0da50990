// Memory attributes: what MAIR_ELx and stage 2 descriptors say of a location, and how the two stages combine (Arm ARM J1.1.4,
// S1DecodeMemAttrs, S2DecodeMemAttrs, S2CombineS1MemAttrs, AArch64.S2ApplyFWBMemAttrs, S2MemTagType). Caches are not modelled: cacheability is
// recorded for views and PAR_EL1; what acts is whether memory is Device, and whether it is Tagged.

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
  /** The eight bits that PAR_EL1.ATTR shows, as in MAIR_ELx. */
  readonly attr: number;
}

/** Device-nGnRnE: what stage 1 gives data accesses when it is off. */
export const DEVICE_NGNRNE = device(0);
/** Normal write-back: stage 1 off with HCR_EL2.DC; the other one with HCR_EL2.DCT too. */
export const NORMAL_WRITE_BACK = normal(2, 2, 0);
/** MAIR_ELx and PAR_EL1.ATTR of Tagged memory. */
const TAGGED = 0xf0;
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
  };
}

function normal(
  outer: Cacheability,
  inner: Cacheability,
  shareability: number,
  attr = (half(outer) << 4) | half(inner),
): MemoryAttributes {
  return { device: false, deviceKind: 0, outer, inner, tagged: false, shareability: shareability as Shareability, attr };
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

/**
 * One byte of MAIR_ELx and the shareability of a descriptor. Reserved encodings act as Device-nGnRnE (allowed choice), but Tagged without
 * FEAT_MTE2 (`tags` false) as Normal write-back, as in QEMU.
 */
export function stage1Attributes(mairByte: number, shareability: number, tags: boolean): MemoryAttributes {
  const high = mairByte >>> 4;
  const low = mairByte & 15;
  if (high === 0) return device(low & 3 ? 0 : low >>> 2, shareability);
  if (mairByte === TAGGED) return { ...normal(2, 2, shareability, TAGGED), tagged: tags };
  if (low === 0) return device(0, shareability);
  return normal(decodeHalf(high), decodeHalf(low), shareability, mairByte);
}

/** MemAttr[3:0] of a stage 2 descriptor without FEAT_S2FWB. */
function stage2Attributes(memAttr: number, shareability: number): MemoryAttributes {
  if (memAttr >>> 2 === 0) return device(memAttr & 3);
  const cache = (bits: number): Cacheability => Math.max(0, bits - 1) as Cacheability;
  return normal(cache(memAttr >>> 2), cache(memAttr & 3), shareability);
}

/** What both stages together make of a location. */
export function combineStages(
  stage1: MemoryAttributes,
  memAttr: number,
  stage2Shareability: number,
  forceWriteBack: boolean,
): MemoryAttributes {
  if (forceWriteBack) {
    if ((memAttr & 0b0100) === 0) return device(stage1.device ? Math.min(stage1.deviceKind, memAttr & 3) : memAttr & 3);
    if ((memAttr & 3) === 3) return stage1;
    if ((memAttr & 3) === 2) return writeBack(stage1, combineShareability(stage1.shareability, stage2Shareability));
    return stage1.device ? stage1 : normal(0, 0, 2);
  }
  const stage2 = stage2Attributes(memAttr, stage2Shareability);
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

function combineShareability(a: number, b: number): number {
  if (a === 2 || b === 2) return 2;
  return a === 3 || b === 3 ? 3 : 0;
}

/** True when a stage 2 leaf descriptor's MemAttr means Device memory at stage 2. */
export function stage2IsDevice(memAttr: number, forceWriteBack: boolean): boolean {
  return forceWriteBack ? (memAttr & 0b0100) === 0 : memAttr >>> 2 === 0;
}
