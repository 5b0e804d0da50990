// The TLB that software can tell of (Arm ARM D8.17): what a walk has found stays in use until it is invalidated, whatever becomes of the
// descriptors in memory. An entry is for a page of 4 KiB of one regime, ASID and VMID. It keeps the descriptors that its walk has read, not
// what came of them: an access that hits walks again over these, so that rights, attributes and faults are theirs, whoever accesses. Faults are
// not kept, nor parts of walks. State: the entries lie in the CPU's block. When there is no room for another, all are dropped, as they are when
// a control register other than a TTBR changes (the architecture allows both).
import { type FieldRange, fieldRange, getField, getFieldNumber } from '#arch/field';
import { assert } from '#base';
import { type Regime, type TableMemory, type TranslationControls, type TranslationRequest, translate, type Walk } from '#mmu';
import { SLOT } from '../registers/slots.ts';
import { TLB_BYTES } from '../state/layout.ts';

const REGIMES: readonly Regime[] = ['EL1&0', 'EL2', 'EL2&0'];

// An entry: the page's address (u64), INFO and the tags (u32 each), then a u64 for each descriptor in the order of reading. The area begins
// with the number of its bytes in use (u32) and a word of nothing.
const FIRST = 8;
const HEAD = 16;
const INFO = { regime: 0, global: 2, stage1Off: 3, dropped: 4, size: 8, count: 16 } as const;
const GLOBAL = 1 << INFO.global;
const STAGE1_OFF = 1 << INFO.stage1Off;
const DROPPED = 1 << INFO.dropped;

const field = (register: string, name: string): FieldRange => fieldRange(register, name);
const TCR = { A1: field('TCR_EL1', 'A1'), AS: field('TCR_EL1', 'AS') };
const ASID = field('TTBR0_EL1', 'ASID');
const VMID = field('VTTBR_EL2', 'VMID');
const VS = field('VTCR_EL2', 'VS');
const NOT_GLOBAL = 1n << 11n;

/** An entry as TLBI and views see it. */
export interface TlbEntry {
  readonly regime: Regime;
  /** First address of the page. */
  readonly va: bigint;
  /** Bytes around it that the last descriptor of stage 1 is for, as a power of two. */
  readonly size: number;
  /** Undefined: global. */
  readonly asid: number | undefined;
  readonly vmid: number;
  /** Stage 2 alone: the address is an intermediate physical one. */
  readonly stage1Off: boolean;
  /** The descriptors of the walk, in the order of reading. */
  readonly descriptors: readonly bigint[];
}

/** The entries that an operation drops, wherever they are; undefined members do not restrict. */
export interface TlbInvalidation {
  readonly regime: Regime;
  readonly vmid?: number | undefined;
  /** An ASID; entries that are global count only with an address. */
  readonly asid?: number | undefined;
  /** First address, and the one behind the last. */
  readonly range?: { readonly from: bigint; readonly to: bigint } | undefined;
  /** Intermediate physical addresses: entries of stage 2 alone. */
  readonly stage2?: boolean | undefined;
}

/** Whether an entry is one of what an operation drops. */
function isInvalidated(entry: TlbEntry, { regime, vmid, asid, range, stage2 }: TlbInvalidation): boolean {
  if (entry.regime !== regime || (vmid !== undefined && entry.vmid !== vmid)) return false;
  if (stage2 === true && !entry.stage1Off) return false;
  if (asid !== undefined && (entry.asid === undefined ? range === undefined : entry.asid !== asid)) return false;
  if (range === undefined) return true;
  const size = 1n << BigInt(entry.size);
  const start = BigInt.asUintN(56, entry.va) & ~(size - 1n);
  return start < range.to && start + size > range.from;
}

/** What the entries need of their processor. */
export interface TlbOwner {
  readonly view: DataView;
  readonly u8: Uint8Array;
  readonly has: { readonly el2: boolean };
  /** Memory as walks see it. */
  readonly tables: TableMemory;
  /** What the fast way keeps of the entries. */
  readonly tlb: { flush(): void };
  translation(): TranslationControls;
  reg(slot: number): bigint;
}

/** The ASID that accesses of a regime have now; 0 in one without ASIDs. */
export function currentAsid(core: TlbOwner, regime: Regime): number {
  if (regime === 'EL2') return 0;
  const el1 = regime === 'EL1&0';
  const tcr = core.reg(el1 ? SLOT.TCR_EL1 : SLOT.TCR_EL2);
  const upper = getField(tcr, TCR.A1) !== 0n;
  const ttbr = core.reg(el1 ? (upper ? SLOT.TTBR1_EL1 : SLOT.TTBR0_EL1) : upper ? SLOT.TTBR1_EL2 : SLOT.TTBR0_EL2);
  return cutAsid(tcr, getFieldNumber(ttbr, ASID));
}

/** An ASID with as many bits as TCR_ELx.AS says. */
export function cutAsid(tcr: bigint, asid: number): number {
  return getField(tcr, TCR.AS) !== 0n ? asid : asid & 0xff;
}

/** The VMID that the guest's accesses have now; 0 without EL2. */
export function currentVmid(core: TlbOwner): number {
  if (!core.has.el2) return 0;
  const vmid = getFieldNumber(core.reg(SLOT.VTTBR_EL2), VMID);
  return getField(core.reg(SLOT.VTCR_EL2), VS) !== 0n ? vmid : vmid & 0xff;
}

export class TlbEntries {
  private readonly core: TlbOwner;
  /** First byte of the area. */
  private readonly base: number;
  /** Offsets of entries by regime and page: derived from the area, made when it is asked for. */
  private index: readonly Map<number, number[]>[] | undefined = undefined;
  private readonly kept = new Kept();
  private readonly read = new Recorder();

  constructor(core: TlbOwner, base: number) {
    this.core = core;
    this.base = base;
  }

  /** Translates through the TLB. */
  translate(request: TranslationRequest & { readonly regime: Regime }): Walk {
    const { core, kept, read } = this;
    const controls = core.translation();
    const found = this.find(request.regime, request.va);
    if (found !== undefined) {
      kept.of(core.view, found + HEAD, this.count(found));
      const walk = translate(controls, kept, { ...request, peek: true });
      if (!kept.failed && (walk.kind === 'fault' || !walk.updates)) return walk;
      // A descriptor is to be updated, which is done where it lies now.
      this.remove(found);
      core.tlb.flush();
    }
    read.from(core.tables);
    const walk = translate(controls, read, request);
    if (walk.kind === 'fault' || walk.steps.length === 0) return walk;
    if (walk.updates) {
      // An update reads stage 2 once more: what is kept is a walk without one.
      read.from(core.tables);
      translate(controls, read, { ...request, peek: true });
    }
    this.insert(request.regime, walk, read.values);
    return walk;
  }

  /** Drops these entries, and what the fast way has of them. */
  invalidate(invalidation: TlbInvalidation): void {
    let dropped = false;
    for (const at of this.offsets()) {
      if (!isInvalidated(this.entry(at), invalidation)) continue;
      this.remove(at);
      dropped = true;
    }
    if (dropped) this.core.tlb.flush();
  }

  /** Drops all, and what the fast way has of them. */
  clear(): void {
    this.forget();
    this.core.tlb.flush();
  }

  /** The bytes have been replaced. */
  reload(): void {
    this.index = undefined;
  }

  /** Every entry, the oldest first. */
  all(): readonly TlbEntry[] {
    return this.offsets().map((at) => this.entry(at));
  }

  /** What an entry says of an access, whoever is current: nothing is updated. */
  walk(entry: TlbEntry, request: TranslationRequest): Walk {
    const { kept, core } = this;
    kept.list(entry.descriptors);
    return translate(core.translation(), kept, { ...request, va: entry.va, regime: entry.regime, peek: true });
  }

  private get used(): number {
    return Math.max(FIRST, this.core.view.getUint32(this.base, true));
  }

  private set used(bytes: number) {
    this.core.view.setUint32(this.base, bytes, true);
  }

  private info(at: number): number {
    return this.core.view.getUint32(at + 8, true);
  }

  private count(at: number): number {
    return this.info(at) >>> INFO.count;
  }

  private offsets(): number[] {
    const found: number[] = [];
    for (let at = this.base + FIRST; at < this.base + this.used; at += HEAD + 8 * this.count(at))
      if ((this.info(at) & DROPPED) === 0) found.push(at);
    return found;
  }

  private entry(at: number): TlbEntry {
    const { view } = this.core;
    const info = this.info(at);
    const tags = view.getUint32(at + 12, true);
    return {
      regime: REGIMES[info & 3] as Regime,
      va: view.getBigUint64(at, true),
      size: (info >>> INFO.size) & 0xff,
      asid: info & GLOBAL ? undefined : tags & 0xffff,
      vmid: tags >>> 16,
      stage1Off: (info & STAGE1_OFF) !== 0,
      descriptors: Array.from({ length: info >>> INFO.count }, (_, n) => view.getBigUint64(at + HEAD + 8 * n, true)),
    };
  }

  private find(regime: Regime, va: bigint): number | undefined {
    this.index ??= this.makeIndex();
    const candidates = this.index[REGIMES.indexOf(regime)]?.get(Number(va >> 12n));
    if (candidates === undefined) return undefined;
    const asid = currentAsid(this.core, regime);
    const vmid = regime === 'EL1&0' ? currentVmid(this.core) : 0;
    return candidates.find((at) => {
      const tags = this.core.view.getUint32(at + 12, true);
      return tags >>> 16 === vmid && (this.info(at) & GLOBAL || (tags & 0xffff) === asid);
    });
  }

  private makeIndex(): readonly Map<number, number[]>[] {
    const index = REGIMES.map(() => new Map<number, number[]>());
    for (const at of this.offsets()) note(index, this.info(at) & 3, this.core.view.getBigUint64(at, true), at);
    return index;
  }

  private insert(regime: Regime, walk: Extract<Walk, { kind: 'translation' }>, values: readonly bigint[]): void {
    const bytes = HEAD + 8 * values.length;
    assert(FIRST + bytes <= TLB_BYTES, 'the longest walk fits');
    if (this.used + bytes > TLB_BYTES) this.clear();
    const { core } = this;
    const { view } = core;
    const at = this.base + this.used;
    const leaf = walk.steps.findLast(({ stage, of }) => stage === 1 && of === 'address');
    const global = leaf === undefined || regime === 'EL2' || ((leaf.descriptor ?? 0n) & NOT_GLOBAL) === 0n;
    const size = leaf?.lsb ?? 12;
    const info =
      REGIMES.indexOf(regime) |
      (global ? GLOBAL : 0) |
      (leaf ? 0 : STAGE1_OFF) |
      (size << INFO.size) |
      (values.length << INFO.count);
    const vmid = regime === 'EL1&0' ? currentVmid(core) : 0;
    const va = walk.va & ~0xfffn;
    view.setBigUint64(at, va, true);
    view.setUint32(at + 8, info, true);
    view.setUint32(at + 12, ((vmid << 16) | (global ? 0 : currentAsid(core, regime))) >>> 0, true);
    for (const [n, value] of values.entries()) view.setBigUint64(at + HEAD + 8 * n, value, true);
    this.used += bytes;
    if (this.index) note(this.index, REGIMES.indexOf(regime), va, at);
  }

  private remove(at: number): void {
    this.core.view.setUint32(at + 8, this.info(at) | DROPPED, true);
    const places = this.index?.[this.info(at) & 3]?.get(Number(this.core.view.getBigUint64(at, true) >> 12n));
    if (places) places.splice(places.indexOf(at), 1);
  }

  private forget(): void {
    // Bytes that mean nothing are zero, so that equal machines are equal byte by byte.
    if (this.used > FIRST) this.core.u8.fill(0, this.base, this.base + this.used);
    this.used = FIRST;
    this.index = undefined;
  }
}

function note(index: readonly Map<number, number[]>[], regime: number, va: bigint, at: number): void {
  const pages = index[regime];
  const page = Number(va >> 12n);
  const places = pages?.get(page);
  if (places) places.push(at);
  else pages?.set(page, [at]);
}

/** An entry's descriptors as memory: each reading gets the next. Nothing is written to it. */
class Kept implements TableMemory {
  private values: readonly bigint[] = [];
  private next = 0;
  /** There was no next. */
  failed = false;

  of(view: DataView, at: number, count: number): void {
    this.list(Array.from({ length: count }, (_, n) => view.getBigUint64(at + 8 * n, true)));
  }

  list(values: readonly bigint[]): void {
    this.values = values;
    this.next = 0;
    this.failed = false;
  }

  read64(): bigint | undefined {
    const value = this.values[this.next];
    this.next += 1;
    if (value === undefined) this.failed = true;
    return value;
  }

  write64(): boolean {
    return false;
  }
}

/** Memory that notes what is read of it. */
class Recorder implements TableMemory {
  private memory: TableMemory | undefined = undefined;
  values: bigint[] = [];

  from(memory: TableMemory): void {
    this.memory = memory;
    this.values = [];
  }

  read64(physical: number): bigint | undefined {
    const value = this.memory?.read64(physical);
    if (value === undefined) return undefined;
    this.values.push(value);
    return value;
  }

  write64(physical: number, value: bigint): boolean {
    return this.memory?.write64(physical, value) === true;
  }
}
