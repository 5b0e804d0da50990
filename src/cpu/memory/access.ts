// Memory accesses the slow way: alignment, translation with the TLB in front, watched pages, tag checks, big-endian data, devices, and the
// aborts of all of these. Engines keep to themselves only the fast way: aligned, little-endian, found in the TLB. Functions over a Core; knows no
// instruction beyond the AccessType it declares.
import { type AccessType, type AtomicFunction, atomicValue } from '#isa';
import type { Regime, Translation, TranslationRequest } from '#mmu';
import { CONTEXT, type Core, contextEl, SCTLR } from '../core.ts';
import { checkWatchpoints, watchesPage } from '../debug/units.ts';
import { abortData, alignmentAbort, externalAbort } from '../exceptions/aborts.ts';
import { CPU, PAGE_SHIFT, PAGE_SIZE } from '../state/layout.ts';
import { PAGE, PAGE_WATCHED } from '../state/memory.ts';
import { checkTags, tagChecked } from './tag-check.ts';
import { TLB_CACHED, TLB_CHECKED, TLB_DEVICE, TLB_EMPTY, TLB_SLOW, TLB_TAGGED } from './tlb.ts';

const IN_PAGE = PAGE_SIZE - 1;
const OFFSET_MASK = ~IN_PAGE;

/** Where the last `locate` led: an offset in memory, or −1 and the physical address that no memory backs. */
let foundPhysical = 0;
/** Whether what it found is Normal write-back memory. */
let foundCached = false;
/** Whether it is Tagged memory, and accesses through this address are checked. */
let foundTagged = false;
let foundChecked = false;

const word64 = new BigUint64Array(1);
const word32 = new Int32Array(word64.buffer);

/** What translation is asked for an access in this context. */
export function translationRequest(
  context: number,
  va: bigint,
  kind: TranslationRequest['kind'],
  aligned: boolean,
): TranslationRequest & { readonly regime: Regime } {
  return {
    va,
    el: contextEl(context),
    kind,
    // PAN has contexts of its own, so that what the TLB keeps is right for one value of it.
    pan: context === CONTEXT.el10Pan || context === CONTEXT.el20Pan,
    aligned,
    regime: context <= CONTEXT.el10Pan ? 'EL1&0' : context === CONTEXT.el2 ? 'EL2' : 'EL2&0',
  };
}

function walk(core: Core, context: number, va: bigint, kind: TranslationRequest['kind'], aligned: boolean): Translation {
  const result = core.tlbEntries.translate(translationRequest(context, va, kind, aligned));
  if (result.kind !== 'fault') return result;
  if (result.fault.kind === 'alignment' && !core.model.choices.spAlignment && throughSpOrPc(core))
    return walk(core, context, va, kind, true);
  return abortData(core, va, result.fault);
}

/** Whether the load or store that executes has SP as its base (Rn is in the same place in all of them), or is a literal's. */
function throughSpOrPc(core: Core): boolean {
  const word = core.current()?.word ?? 0;
  return ((word >>> 5) & 31) === 31 || (word & LITERAL_MASK) === LITERAL;
}

// Load register (literal) (Arm ARM C4.1, Loads and Stores).
const LITERAL_MASK = 0x3b00_0000;
const LITERAL = 0x1800_0000;

/** The offset of `va` in memory, for an access within its page; −1 where no memory is. Aborts when it may not be made. */
function locate(core: Core, context: number, va: bigint, writing: boolean, aligned: boolean): number {
  word64[0] = va;
  const low = word32[0] as number;
  const high = word32[1] as number;
  const { tlb, memory } = core;
  const entry = tlb.dataEntry(context, low);
  const found = tlb.i32;
  const tag = found[entry + (writing ? 1 : 0)] as number;
  const flags = found[entry + 3] as number;
  if ((tag & ~TLB_SLOW) === (low & OFFSET_MASK) && found[entry + 2] === high && (aligned || (flags & TLB_DEVICE) === 0)) {
    foundCached = (flags & TLB_CACHED) !== 0;
    foundTagged = (flags & TLB_TAGGED) !== 0;
    foundChecked = (flags & TLB_CHECKED) !== 0;
    const offset = (flags & OFFSET_MASK) | (low & IN_PAGE);
    if (writing && tag & TLB_SLOW) memory.beginWrites(offset, 1, core.index);
    return offset;
  }
  const result = walk(core, context, va, writing ? 'write' : 'read', aligned);
  foundCached = result.attributes.outer === 2 && result.attributes.inner === 2 && !result.attributes.device;
  foundTagged = false;
  foundChecked = false;
  foundPhysical = Number(result.pa);
  const offset = memory.locate(foundPhysical);
  if (offset < 0) return -1;
  const rom = memory.regionAt(offset)?.kind === 'rom';
  if (writing && rom) return -1;
  foundTagged = result.attributes.tagged;
  foundChecked = foundTagged && tagChecked(core, context, va);
  fill(core, entry, low, high, result, offset, writing);
  return offset;
}

function fill(core: Core, entry: number, low: number, high: number, result: Translation, offset: number, writing: boolean): void {
  const { memory, tlb } = core;
  if (writing) memory.beginWrites(offset, 1, core.index);
  tlb.touch();
  const found = tlb.i32;
  const page = low & OFFSET_MASK;
  const slow = core.bigEndian || foundChecked || (core.watchpoints.length > 0 && watchesPage(core, result.va)) ? TLB_SLOW : 0;
  const same = found[entry + 2] === high && ((found[entry] as number) & ~TLB_SLOW) === page;
  if (!same) found[entry + 1] = TLB_EMPTY;
  found[entry] = result.permissions.read ? page | slow : TLB_EMPTY;
  found[entry + 2] = high;
  found[entry + 3] =
    (offset & OFFSET_MASK) |
    (result.attributes.device ? TLB_DEVICE : 0) |
    (foundCached ? TLB_CACHED : 0) |
    (foundTagged ? TLB_TAGGED : 0) |
    (foundChecked ? TLB_CHECKED : 0);
  if (!writing || result.writeUpdates) return;
  const watched = ((memory.pages[offset >>> PAGE_SHIFT] as number) & PAGE_WATCHED) !== 0;
  found[entry + 1] = page | slow | (watched ? TLB_SLOW : 0);
}

/** Which translations an access uses: LDTR and STTR have their own. */
function contextOf(core: Core, type: AccessType | undefined): number {
  return type?.unprivileged ? core.userContext : core.dataContext;
}

/**
 * Whether the address is aligned to `size` (a power of two). Aborts where an unaligned access of this type never works (Arm ARM B2.8,
 * AArch64.UnalignedAccessFaults): SCTLR_ELx.A; atomics, exclusives and ordered accesses without FEAT_LSE2, or across 16 bytes.
 */
function alignment(core: Core, va: bigint, size: number, type: AccessType | undefined, writing: boolean): boolean {
  const rest = Number(va & BigInt(size - 1));
  if (rest === 0) return true;
  const special = type?.atomic || type?.ordered;
  const crosses = Number(va & 15n) + (type?.whole ?? size) > 16;
  const refused =
    core.alignAll ||
    (type?.atomic && (!core.has.lse2 || crosses)) ||
    (type?.ordered && (!core.has.lse2 || (crosses && (core.sctlr & SCTLR.nAA) === 0n)));
  if (!refused && size === 16 && !special && (rest & 7) === 0 && core.model.choices.deviceQuadwords) return true;
  if (refused) alignmentAbort(core, va, writing, core.alignAll ? 'SCTLR.A' : special && type?.atomic ? 'atomic' : 'ordered');
  return false;
}

/** An unaligned atomic or ordered access that may be made at all needs Normal write-back memory. */
function needsCached(core: Core, va: bigint, aligned: boolean, type: AccessType | undefined, writing: boolean): void {
  if (!aligned && (type?.atomic || type?.ordered) && !foundCached) alignmentAbort(core, va, writing, 'memory-type');
}

const bytes16 = new Uint8Array(16);
const view16 = new DataView(bytes16.buffer);

/** Copies `size` bytes at `va` into the scratch, in memory order. */
function readBytes(core: Core, context: number, va: bigint, size: number, aligned: boolean, type: AccessType | undefined): void {
  const inFirst = Math.min(size, PAGE_SIZE - Number(va & BigInt(IN_PAGE)));
  let done = 0;
  let address = va;
  while (done < size) {
    const count = done === 0 ? inFirst : size - inFirst;
    const offset = locate(core, context, address, false, aligned);
    needsCached(core, va, aligned, type, false);
    if (core.watchpoints.length > 0) checkWatchpoints(core, address, count, false, contextEl(context));
    if (foundChecked && !type?.tagUnchecked) checkTags(core, context, address, offset, count, false);
    if (offset >= 0) bytes16.set(core.u8.subarray(offset, offset + count), done);
    else readDevice(core, address, foundPhysical, count, done);
    done += count;
    address = BigInt.asUintN(64, address + BigInt(count));
  }
}

// A device is read in accesses of 8, 4, 2 or 1 bytes.
function readDevice(core: Core, va: bigint, physical: number, size: number, at: number): void {
  for (let done = 0; done < size; ) {
    const step = Math.min(size - done, 8);
    const count = step === 8 ? 8 : step >= 4 ? 4 : step >= 2 ? 2 : 1;
    const answer = core.options.bus?.read(BigInt(physical + done), count);
    if (!answer?.ok) externalAbort(core, va, false);
    for (let i = 0; i < count; i += 1) bytes16[at + done + i] = Number((answer.value >> BigInt(8 * i)) & 0xffn);
    done += count;
  }
}

function writeDevice(core: Core, va: bigint, physical: number, size: number, at: number): void {
  for (let done = 0; done < size; ) {
    const step = Math.min(size - done, 8);
    const count = step === 8 ? 8 : step >= 4 ? 4 : step >= 2 ? 2 : 1;
    let value = 0n;
    for (let i = count - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes16[at + done + i] as number);
    if (!core.options.bus?.write(BigInt(physical + done), count, value)?.ok) externalAbort(core, va, true);
    done += count;
  }
}

function writeBytes(core: Core, context: number, va: bigint, size: number, aligned: boolean, type: AccessType | undefined): void {
  const inFirst = Math.min(size, PAGE_SIZE - Number(va & BigInt(IN_PAGE)));
  const first = locate(core, context, va, true, aligned);
  needsCached(core, va, aligned, type, true);
  const firstPhysical = foundPhysical;
  if (core.watchpoints.length > 0) checkWatchpoints(core, va, inFirst, true, contextEl(context));
  if (foundChecked && !type?.tagUnchecked) checkTags(core, context, va, first, inFirst, true);
  if (inFirst === size) {
    put(core, va, first, firstPhysical, size, 0);
    return;
  }
  // Both pages must be writable before the first byte changes.
  const next = BigInt.asUintN(64, va + BigInt(inFirst));
  const second = locate(core, context, next, true, aligned);
  const secondPhysical = foundPhysical;
  if (core.watchpoints.length > 0) checkWatchpoints(core, next, size - inFirst, true, contextEl(context));
  if (foundChecked && !type?.tagUnchecked) checkTags(core, context, next, second, size - inFirst, true);
  put(core, va, first, firstPhysical, inFirst, 0);
  put(core, next, second, secondPhysical, size - inFirst, inFirst);
}

function put(core: Core, va: bigint, offset: number, physical: number, size: number, at: number): void {
  if (offset < 0) {
    writeDevice(core, va, physical, size, at);
  } else {
    watch(core, offset, size);
    core.u8.set(bytes16.subarray(at, at + size), offset);
  }
}

// `locate` announced one byte; whoever watches the page hears of all of them.
function watch(core: Core, offset: number, size: number): void {
  if ((core.memory.pages[offset >>> PAGE_SHIFT] as number) & PAGE_WATCHED) core.memory.beginWrites(offset, size, core.index);
}

function scratchValue(core: Core, size: number): bigint {
  if (core.bigEndian) bytes16.subarray(0, size).reverse();
  switch (size) {
    case 1:
      return BigInt(bytes16[0] as number);
    case 2:
      return BigInt(view16.getUint16(0, true));
    case 4:
      return BigInt(view16.getUint32(0, true));
    default:
      return view16.getBigUint64(0, true);
  }
}

function scratchStore(core: Core, size: number, value: bigint): void {
  view16.setBigUint64(0, value, true);
  if (core.bigEndian) bytes16.subarray(0, size).reverse();
}

/** Reads 1, 2, 4 or 8 bytes, zero-extended. */
export function readData(core: Core, va: bigint, size: number, type?: AccessType): bigint {
  const aligned = alignment(core, va, size, type, false);
  readBytes(core, contextOf(core, type), va, size, aligned, type);
  return scratchValue(core, size);
}

export function writeData(core: Core, va: bigint, size: number, value: bigint, type?: AccessType): void {
  const aligned = alignment(core, va, size, type, true);
  scratchStore(core, size, value);
  writeBytes(core, contextOf(core, type), va, size, aligned, type);
}

/** Reads 16 bytes; gives the low and the high half of the value. */
export function readData128(core: Core, va: bigint, type?: AccessType): readonly [bigint, bigint] {
  const aligned = alignment(core, va, 16, type, false);
  readBytes(core, contextOf(core, type), va, 16, aligned, type);
  if (core.bigEndian) bytes16.reverse();
  return [view16.getBigUint64(0, true), view16.getBigUint64(8, true)];
}

export function writeData128(core: Core, va: bigint, low: bigint, high: bigint, type?: AccessType): void {
  const aligned = alignment(core, va, 16, type, true);
  view16.setBigUint64(0, low, true);
  view16.setBigUint64(8, high, true);
  if (core.bigEndian) bytes16.reverse();
  writeBytes(core, contextOf(core, type), va, 16, aligned, type);
}

/**
 * DC ZVA, and DC GVA and DC GZVA before their tags: the block of `size` bytes around `va` is checked as one store, and zeroed when `zero`.
 * Device memory refuses it; translation's faults report the address that was given. Gives the block's address.
 */
export function storeBlock(core: Core, va: bigint, size: number, zero: boolean, checksTags: boolean): bigint {
  const start = va & ~BigInt(size - 1);
  const context = core.dataContext;
  const result = core.tlbEntries.translate(translationRequest(context, start, 'write', false));
  const allowed = result.kind !== 'fault' || (result.fault.kind === 'alignment' && core.model.choices.zvaWatchpointFirst);
  if (allowed && core.watchpoints.length > 0) checkWatchpoints(core, start, size, true, contextEl(context));
  if (result.kind === 'fault') return abortData(core, va, result.fault);
  const offset = locate(core, context, start, true, true);
  if (checksTags && foundChecked) checkTags(core, context, start, offset, size, true);
  if (zero) writeZeroes(core, context, start, size);
  return start;
}

/** Zeroes `size` bytes, a multiple of 16 at a multiple of 16, without looking at tags. */
export function writeZeroes(core: Core, context: number, va: bigint, size: number): void {
  for (let done = 0; done < size; done += 16) {
    bytes16.fill(0);
    writeBytes(core, context, va + BigInt(done), 16, true, TAG_UNCHECKED);
  }
}

const TAG_UNCHECKED: AccessType = { tagUnchecked: true };

/** The offset in memory of a granule whose tag is loaded or stored: the access is one of its 16 bytes. −1 where no tags are kept. */
export function locateGranule(core: Core, context: number, va: bigint, write: boolean): number {
  const offset = locate(core, context, va, write, true);
  if (core.watchpoints.length > 0) checkWatchpoints(core, va, 16, write, contextEl(context));
  return foundTagged ? offset : -1;
}

// ---- exclusives

const EXCLUSIVE: AccessType = { atomic: true };
const EXCLUSIVE_UNCHECKED: AccessType = { atomic: true, tagUnchecked: true };

function exclusive(type: AccessType | undefined): AccessType {
  return type?.tagUnchecked ? EXCLUSIVE_UNCHECKED : EXCLUSIVE;
}

function setMonitor(core: Core, physical: number, size: number): void {
  const { memory, block } = core;
  core.u64[(block + CPU.monitor) >>> 3] = BigInt(physical);
  core.setU32At(CPU.monitorBytes, size);
  const offset = memory.locate(physical);
  // Other CPUs' stores to the page must be seen; a CPU alone has nobody to watch.
  if (offset >= 0 && memory.cpus > 1) memory.mark(offset >>> PAGE_SHIFT, PAGE.monitored);
}

/** Opens the exclusive monitor (CLREX, exception return). */
export function clearMonitor(core: Core): void {
  core.setU32At(CPU.monitorBytes, 0);
}

function physicalOf(core: Core, context: number, va: bigint, writing: boolean, aligned: boolean): number {
  const offset = locate(core, context, va, writing, aligned);
  if (offset < 0) return foundPhysical;
  const region = core.memory.regionAt(offset);
  return region ? Number(region.base) + (offset - region.offset) : foundPhysical;
}

/** Loads `size` bytes (1 to 16) exclusively into the scratch and marks them. */
function readExclusive(core: Core, va: bigint, size: number, type: AccessType | undefined): void {
  const aligned = alignment(core, va, size, EXCLUSIVE, false);
  const context = contextOf(core, type);
  const physical = physicalOf(core, context, va, false, aligned);
  readBytes(core, context, va, size, aligned, exclusive(type));
  setMonitor(core, physical, size);
  core.steppedExclusive = true;
}

/** LDXR: sets the monitor and reads. */
export function loadExclusive(core: Core, va: bigint, size: number, type?: AccessType): bigint {
  readExclusive(core, va, size, type);
  return scratchValue(core, size);
}

/** LDXP: two elements of `size` bytes each. */
export function loadExclusivePair(core: Core, va: bigint, size: number, type?: AccessType): readonly [bigint, bigint] {
  readExclusive(core, va, 2 * size, type);
  return pairFromScratch(core, size);
}

function pairFromScratch(core: Core, size: number): readonly [bigint, bigint] {
  if (core.bigEndian) {
    bytes16.subarray(0, size).reverse();
    bytes16.subarray(size, 2 * size).reverse();
  }
  return size === 4
    ? [BigInt(view16.getUint32(0, true)), BigInt(view16.getUint32(4, true))]
    : [view16.getBigUint64(0, true), view16.getBigUint64(8, true)];
}

function pairToScratch(core: Core, size: number, first: bigint, second: bigint): void {
  if (size === 4) {
    view16.setUint32(0, Number(first & 0xffff_ffffn), true);
    view16.setUint32(4, Number(second & 0xffff_ffffn), true);
  } else {
    view16.setBigUint64(0, first, true);
    view16.setBigUint64(8, second, true);
  }
  if (core.bigEndian) {
    bytes16.subarray(0, size).reverse();
    bytes16.subarray(size, 2 * size).reverse();
  }
}

// AArch64.ExclusiveMonitorsPass: alignment first, then (a choice that the manual leaves) an open monitor fails without touching memory.
function monitorPasses(core: Core, va: bigint, size: number, type: AccessType | undefined): boolean {
  const aligned = alignment(core, va, size, EXCLUSIVE, true);
  const marked = core.u32At(CPU.monitorBytes);
  if (marked === 0) return false;
  const physical = physicalOf(core, contextOf(core, type), va, true, aligned);
  const passes = marked === size && core.u64[(core.block + CPU.monitor) >>> 3] === BigInt(physical);
  clearMonitor(core);
  return passes;
}

/** STXR: true when stored. */
export function storeExclusive(core: Core, va: bigint, size: number, value: bigint, type?: AccessType): boolean {
  if (!monitorPasses(core, va, size, type)) return false;
  scratchStore(core, size, value);
  storePassed(core, va, size, type);
  return true;
}

/** STXP: true when stored. */
export function storeExclusivePair(
  core: Core,
  va: bigint,
  size: number,
  first: bigint,
  second: bigint,
  type?: AccessType,
): boolean {
  if (!monitorPasses(core, va, 2 * size, type)) return false;
  pairToScratch(core, size, first, second);
  storePassed(core, va, 2 * size, type);
  return true;
}

// Unaligned, it is within 16 bytes.
function storePassed(core: Core, va: bigint, size: number, type: AccessType | undefined): void {
  const aligned = (va & BigInt(size - 1)) === 0n;
  writeBytes(core, contextOf(core, type), va, size, aligned, exclusive(type));
}

/** Another CPU wrote to these bytes: an exclusive monitor that marks any of them opens, which is an event for WFE. */
export function monitoredWrite(core: Core, physical: number, size: number): void {
  const marked = core.u32At(CPU.monitorBytes);
  if (marked === 0) return;
  const at = Number(core.u64[(core.block + CPU.monitor) >>> 3] as bigint);
  if (physical < at + marked && at < physical + size) {
    clearMonitor(core);
    core.setU32At(CPU.event, 1);
  }
}

// ---- atomics

// Both rights come before watchpoints, and these before tags (MemAtomic, J1.1.3). A fault that a read would take too reports WnR = 0.
function readForUpdate(core: Core, va: bigint, size: number, type: AccessType): boolean {
  const aligned = alignment(core, va, size, type, false);
  const context = contextOf(core, type);
  locate(core, context, va, false, aligned);
  locate(core, context, va, true, aligned);
  if (core.watchpoints.length > 0) {
    checkWatchpoints(core, va, size, false, contextEl(context));
    // It counts as a store whether or not a comparison lets it store.
    checkWatchpoints(core, va, size, true, contextEl(context));
  }
  readBytes(core, context, va, size, aligned, type);
  return aligned;
}

/** LDADD and the like: gives the old value, zero-extended. */
export function atomic(core: Core, f: AtomicFunction, va: bigint, size: number, operand: bigint, type?: AccessType): bigint {
  const kind = { ...type, atomic: true };
  const aligned = readForUpdate(core, va, size, kind);
  const old = scratchValue(core, size);
  scratchStore(core, size, BigInt.asUintN(64, atomicValue(f, size, old, operand)));
  writeBytes(core, contextOf(core, kind), va, size, aligned, kind);
  return old;
}

/** LDCLRP, LDSETP, SWPP: 16 bytes at once; gives the old halves. */
export function atomicPair(
  core: Core,
  f: 'clr' | 'set' | 'swp',
  va: bigint,
  first: bigint,
  second: bigint,
  type?: AccessType,
): readonly [bigint, bigint] {
  const kind = { ...type, atomic: true };
  const aligned = readForUpdate(core, va, 16, kind);
  const old = pairFromScratch(core, 8);
  pairToScratch(core, 8, atomicValue(f, 8, old[0], first), atomicValue(f, 8, old[1], second));
  writeBytes(core, contextOf(core, kind), va, 16, aligned, kind);
  return old;
}

/** CAS: gives the old value. Write permission is needed whether or not it stores (the manual leaves it open). */
export function compareAndSwap(core: Core, va: bigint, size: number, expected: bigint, value: bigint, type?: AccessType): bigint {
  const kind = { ...type, atomic: true };
  const aligned = readForUpdate(core, va, size, kind);
  const old = scratchValue(core, size);
  if (old === BigInt.asUintN(8 * size, expected)) {
    scratchStore(core, size, value);
    writeBytes(core, contextOf(core, kind), va, size, aligned, kind);
  }
  return old;
}

/**
 * An atomic step of which `decide` gives the new value, or undefined to leave memory as it is; write permission is needed either way. Must be
 * aligned to its size, whatever FEAT_LSE2 allows others. Gives the old value.
 */
export function decideAtomic(
  core: Core,
  va: bigint,
  size: number,
  decide: (old: bigint) => bigint | undefined,
  type?: AccessType,
): bigint {
  const kind = { ...type, atomic: true };
  if ((va & BigInt(size - 1)) !== 0n) alignmentAbort(core, va, false, 'atomic');
  const aligned = readForUpdate(core, va, size, kind);
  const old = scratchValue(core, size);
  const value = decide(old);
  if (value !== undefined) {
    scratchStore(core, size, value);
    writeBytes(core, contextOf(core, kind), va, size, aligned, kind);
  }
  return old;
}

/** CASP over two elements of `size` bytes each. */
export function compareAndSwapPair(
  core: Core,
  va: bigint,
  size: number,
  expected: readonly [bigint, bigint],
  value: readonly [bigint, bigint],
  type?: AccessType,
): readonly [bigint, bigint] {
  const kind = { ...type, atomic: true };
  const aligned = readForUpdate(core, va, 2 * size, kind);
  const old = pairFromScratch(core, size);
  if (old[0] === BigInt.asUintN(8 * size, expected[0]) && old[1] === BigInt.asUintN(8 * size, expected[1])) {
    pairToScratch(core, size, value[0], value[1]);
    writeBytes(core, contextOf(core, kind), va, 2 * size, aligned, kind);
  }
  return old;
}
