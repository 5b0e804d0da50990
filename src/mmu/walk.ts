// What a translation is asked and what it answers: data that the processor acts on and a view can draw. Owns the shapes only.
import type { FaultKind, FaultLevel } from '#arch/fault';
import type { MemoryAttributes } from './attributes.ts';
import type { Regime } from './controls.ts';

/** Memory as table walks see it: 64-bit little-endian words at aligned physical addresses (exact numbers); undefined: nothing is there. */
export interface TableMemory {
  read64(physical: number): bigint | undefined;
  /** Hardware updates of descriptors; false: nothing is there. */
  write64(physical: number, value: bigint): boolean;
}

export interface TranslationRequest {
  readonly va: bigint;
  /** Level whose permissions count: 0 for LDTR and STTR without UAO. */
  readonly el: 0 | 1 | 2;
  readonly kind: 'read' | 'write' | 'fetch' | 'read-write' | 'clean' | 'invalidate' | 'clean-invalidate';
  /** PSTATE.PAN, for the accesses that it concerns. */
  readonly pan: boolean;
  /** False when the access would fault on Device memory: unaligned, or DC ZVA. */
  readonly aligned: boolean;
  /** The regime, where it is not the one of `el` (address translation instructions). */
  readonly regime?: Regime;
  /** Stage 1 only, for AT S1E*: the walk itself still goes through stage 2. */
  readonly stage1Only?: boolean;
  /** True: no descriptor is updated by hardware and nothing else happens (debugger, views). */
  readonly peek?: boolean;
  /** True: asked for by an address translation instruction, which is no write: it leaves dirty state alone. */
  readonly probe?: boolean;
}

/** One descriptor read. Addresses of stage 1 tables are intermediate physical where stage 2 is on. */
export interface WalkStep {
  readonly stage: 1 | 2;
  readonly level: FaultLevel;
  /** 'descriptor': this stage 2 step locates a stage 1 table entry, not the address itself. */
  readonly of: 'address' | 'descriptor';
  readonly tableAddress: bigint;
  readonly index: number;
  readonly descriptorAddress: bigint;
  /** Where it was read from; undefined when nothing is there. */
  readonly physical: bigint | undefined;
  readonly descriptor: bigint | undefined;
  readonly kind: 'table' | 'block' | 'page' | 'invalid' | 'reserved' | 'missing';
  /** The bits of the input address that are the index. */
  readonly msb: number;
  readonly lsb: number;
  /** log2 of the granule. */
  readonly granule: 12 | 14 | 16;
  /** Whether descriptors hold addresses of more than 48 bits (FEAT_LPA2 with DS, or FEAT_LPA with 64 KiB). */
  readonly wide: boolean;
  /** Base address of the next table, block or page. */
  readonly output: bigint | undefined;
}

/** One fact in the reason for a fault; the shape of the processor's causes. */
export interface TranslationReason {
  readonly register: string;
  readonly field: string;
  readonly value: string;
  readonly rule: string;
  readonly doc: string;
}

/** A stage that translates nothing: what goes in comes out. */
export interface StageOff {
  readonly stage: 1 | 2;
  readonly reason: TranslationReason;
}

export interface TranslationFault {
  readonly stage: 1 | 2;
  readonly kind: FaultKind;
  readonly level: FaultLevel | undefined;
  /** IFSC or DFSC. */
  readonly code: number;
  /** Stage 2 fault on a stage 1 table walk. */
  readonly s1ptw: boolean;
  /** Stage 2 faults: the intermediate physical address that could not be translated. */
  readonly ipa: bigint | undefined;
  /** ESR_ELx.WnR, where the fault decides it and not the access (read-modify-write, cache maintenance). */
  readonly write: boolean;
  readonly reasons: readonly TranslationReason[];
}

/** What an access may do at a translated page. */
export interface Permissions {
  readonly read: boolean;
  readonly write: boolean;
  readonly execute: boolean;
}

export interface Translation {
  readonly kind: 'translation';
  readonly va: bigint;
  readonly regime: Regime;
  readonly steps: readonly WalkStep[];
  /** Of each stage that is off, the fact that says so. */
  readonly off: readonly StageOff[];
  /** Output of stage 1. */
  readonly ipa: bigint;
  readonly pa: bigint;
  /** Of the level asked for, both stages and PAN together. */
  readonly permissions: Permissions;
  /** A write would first have to update a descriptor (dirty state): must not be cached as writable. */
  readonly writeUpdates: boolean;
  /** Hardware has updated descriptors for this access (Access flag, dirty state), or with `peek` would have. */
  readonly updates: boolean;
  readonly attributes: MemoryAttributes;
  /** What stage 1 alone says. */
  readonly stage1Attributes: MemoryAttributes;
  /** log2 of the bytes around `va` that translate alike. */
  readonly size: number;
  /** Stage 1 guarded page (BTI). */
  readonly guarded: boolean;
}

export interface FaultedWalk {
  readonly kind: 'fault';
  readonly va: bigint;
  readonly regime: Regime;
  readonly steps: readonly WalkStep[];
  readonly off: readonly StageOff[];
  readonly fault: TranslationFault;
}

export type Walk = Translation | FaultedWalk;
