// A machine's memory: one WebAssembly.Memory that holds all of its state (layout.ts), the physical regions in it, and what is known of each
// 4 KiB page: ever written, written since the last snapshot, holding decoded code, watched by an exclusive monitor. Whoever writes guest
// memory does so through a Store here or has asked `beginWrites` for the page first, so that caches over memory can never be stale.
// Knows nothing of processors beyond the place of their blocks.
import { assert } from '#base';
import {
  CACHE_BYTES_PER_CPU,
  HEADER,
  LAYOUT_VERSION,
  MAGIC,
  MAX_REGIONS,
  PAGE_SHIFT,
  PAGE_SIZE,
  REGION_ENTRY,
  TAG_SHIFT,
  tagBytes,
  WASM_PAGE,
} from './layout.ts';

/** A range of physical addresses with memory behind it; `rom` refuses writes by CPUs. Base and size are multiples of 4 KiB. */
export interface RegionRequest {
  readonly base: bigint;
  readonly size: bigint;
  readonly kind: 'ram' | 'rom';
}

export interface Region extends RegionRequest {
  /** Byte offset of its first byte in the machine's memory. */
  readonly offset: number;
}

/** What is known of a page. */
export const PAGE = {
  /** Written at least once; a page without it is all zero. */
  touched: 1,
  /** Written since the last snapshot. */
  dirty: 2,
  /** Instructions decoded from it are kept by an engine. */
  code: 4,
  /** An exclusive monitor of some CPU marks bytes in it. */
  monitored: 8,
} as const;

/** Pages with one of these are written slowly: somebody must hear of it first. */
export const PAGE_WATCHED = PAGE.code | PAGE.monitored;

/** Somebody who keeps caches over memory. */
export interface MemoryWatcher {
  /** The buffer has been replaced: typed arrays must be made anew. */
  viewsReplaced?(): void;
  /** Fast write permissions for this page (by page number in the one memory) must go; it became watched. */
  pageWatched?(page: number): void;
  /** Bytes of a page with these flags are about to change; `writer` is the CPU index, -1 for anybody else. */
  watchedWrite?(offset: number, bytes: number, flags: number, writer: number): void;
  /** Every fast write permission must be asked for again (a snapshot was taken, and counts what is written from now on). */
  dropWrites?(): void;
  /** Everything may have changed: a snapshot came back, or the regions are others. */
  dropAll?(): void;
}

export interface MachineMemory {
  readonly wasm: WebAssembly.Memory;
  readonly cpus: number;
  readonly regions: readonly Region[];
  /** Views over the whole memory, replaced when it grows. */
  readonly u8: Uint8Array;
  readonly u32: Uint32Array;
  readonly u64: BigUint64Array;
  readonly view: DataView;
  /** One byte of PAGE flags for each 4 KiB page of the one memory. */
  readonly pages: Uint8Array;
  cpuBlock(index: number): number;
  /** Where a CPU's caches lie, CACHE_BYTES_PER_CPU long. */
  cpuCaches(index: number): number;
  /** Offset of a physical address, or -1 when no memory is behind it. Addresses are exact numbers below 2^53. */
  locate(physical: number): number;
  /** The region that an offset lies in. */
  regionAt(offset: number): Region | undefined;
  /** The allocation tag, 0 to 15, of the 16-byte granule around an offset in a region. All memory has them; they start as 0. */
  allocationTag(offset: number): number;
  setAllocationTag(offset: number, tag: number): void;
  /** Adds memory; asserts that it does not overlap and is page-aligned. Throws RangeError when the host has no room. */
  addRegion(request: RegionRequest): Region;
  /** Takes memory away; its bytes are cleared and the address range has nothing behind it from then on. */
  removeRegion(region: Region): void;
  /** Moves a region to another physical base, or changes its kind; the bytes stay. */
  changeRegion(region: Region, change: Partial<Pick<RegionRequest, 'base' | 'kind'>>): Region;
  /** Reserves zeroed bytes in the device area (8-byte aligned) for somebody's state; gives their offset. */
  reserve(bytes: number): number;
  /** Must be called before bytes are written by other means than the stores below: marks the pages and tells the watchers. */
  beginWrites(offset: number, bytes: number, writer?: number): void;
  /** Sets flags on a page; tells the watchers when it becomes watched. */
  mark(page: number, flags: number): void;
  /** Reads bytes at a physical address; undefined when not all of them are memory. */
  readBytes(physical: bigint, length: number): Uint8Array | undefined;
  /** Writes bytes (ROM as well: this is the loader, the VMM, a device's DMA); false, and nothing written, when not all of it is memory. */
  writeBytes(physical: bigint, bytes: Uint8Array): boolean;
  /** A little-endian 64-bit word at an aligned physical address; undefined when no memory is behind it. */
  read64(physical: number): bigint | undefined;
  write64(physical: number, value: bigint): boolean;
  /** Virtual time in ns; advances while CPUs run. */
  clock: bigint;
  watch(watcher: MemoryWatcher): void;
  unwatch(watcher: MemoryWatcher): void;
  /** Tells every watcher to ask again before it writes. */
  dropWrites(): void;
  /** Tells every watcher to drop what it keeps. */
  dropCaches(): void;
  /** Reads the region table again after its bytes were replaced (a snapshot came back), and drops every cache. */
  reloadRegions(): void;
}

/** What a machine's memory is made from. */
export interface MemoryOptions {
  readonly cpus: number;
  /** Bytes of one CPU block (`cpuBlockSize` of layout.ts). */
  readonly cpuBlockSize: number;
  /** Bytes of the device area, default 1 MiB. */
  readonly deviceBytes?: number;
  readonly regions: readonly RegionRequest[];
}

const KINDS = ['ram', 'rom'] as const;

/** Bytes of the machine's memory that a region takes: its own and its tags. */
function occupied({ size }: RegionRequest): number {
  return Number(size) + tagBytes(Number(size));
}

/** The half of its byte that a granule's tag is in, as a shift. */
function tagPlace(offset: number): 0 | 4 {
  return offset & 16 ? 4 : 0;
}

function pageUp(bytes: number): number {
  return Math.ceil(bytes / PAGE_SIZE) * PAGE_SIZE;
}

/** Makes the memory of a machine: zero, with these regions. Throws RangeError when the host cannot give that much. */
export function createMachineMemory(options: MemoryOptions): MachineMemory {
  const cpuBlocks = PAGE_SIZE;
  const devices = cpuBlocks + options.cpus * options.cpuBlockSize;
  const devicesSize = pageUp(options.deviceBytes ?? 1 << 20);
  const caches = devices + devicesSize;
  const memoryStart = Math.ceil((caches + options.cpus * CACHE_BYTES_PER_CPU) / WASM_PAGE) * WASM_PAGE;
  const total = options.regions.reduce((sum, r) => sum + occupied(r), memoryStart);
  const wasm = new WebAssembly.Memory({ initial: Math.ceil(total / WASM_PAGE), maximum: 65536 });
  const watchers: MemoryWatcher[] = [];
  let regions: Region[] = [];
  // The region that `locate` found last, as plain numbers.
  let lastBase = 0;
  let lastEnd = 0;
  let lastOffset = 0;

  const memory = {
    wasm,
    cpus: options.cpus,
    get regions(): readonly Region[] {
      return regions;
    },
    u8: new Uint8Array(wasm.buffer),
    u32: new Uint32Array(wasm.buffer),
    u64: new BigUint64Array(wasm.buffer),
    view: new DataView(wasm.buffer),
    pages: new Uint8Array(wasm.buffer.byteLength >>> PAGE_SHIFT),
    cpuBlock: (index: number) => cpuBlocks + index * options.cpuBlockSize,
    cpuCaches: (index: number) => caches + index * CACHE_BYTES_PER_CPU,
    locate,
    regionAt: (offset: number) => regions.find((r) => offset >= r.offset && offset < r.offset + Number(r.size)),
    allocationTag,
    setAllocationTag,
    addRegion,
    removeRegion,
    changeRegion,
    reserve,
    beginWrites,
    mark,
    readBytes,
    writeBytes,
    read64,
    write64,
    get clock(): bigint {
      return memory.u64[HEADER.clock >> 3] as bigint;
    },
    set clock(value: bigint) {
      memory.u64[HEADER.clock >> 3] = value;
    },
    watch(watcher: MemoryWatcher): void {
      watchers.push(watcher);
    },
    unwatch(watcher: MemoryWatcher): void {
      const at = watchers.indexOf(watcher);
      if (at >= 0) watchers.splice(at, 1);
    },
    dropWrites,
    dropCaches,
    reloadRegions,
  };

  memory.pages.fill(PAGE.touched | PAGE.dirty, 0, caches >>> PAGE_SHIFT);
  const header = memory.u32;
  header[HEADER.magic >> 2] = MAGIC;
  header[HEADER.version >> 2] = LAYOUT_VERSION;
  header[HEADER.cpus >> 2] = options.cpus;
  header[HEADER.cpuBlocks >> 2] = cpuBlocks;
  header[HEADER.cpuBlockSize >> 2] = options.cpuBlockSize;
  header[HEADER.devices >> 2] = devices;
  header[HEADER.devicesSize >> 2] = devicesSize;
  header[HEADER.caches >> 2] = caches;
  header[HEADER.memory >> 2] = memoryStart;
  for (const request of options.regions) addRegion(request);
  return memory;

  // Where the byte with the tag of the granule at an offset lies.
  function tagByte(offset: number): number {
    let start = lastOffset;
    let size = lastEnd - lastBase;
    if (offset < start || offset >= start + size) {
      const region = memory.regionAt(offset);
      assert(region !== undefined, 'what has an offset is memory');
      start = region.offset;
      size = Number(region.size);
    }
    return start + size + ((offset - start) >>> TAG_SHIFT);
  }

  function allocationTag(offset: number): number {
    return ((memory.u8[tagByte(offset)] as number) >>> tagPlace(offset)) & 15;
  }

  function setAllocationTag(offset: number, tag: number): void {
    const at = tagByte(offset);
    const place = tagPlace(offset);
    beginWrites(at, 1);
    memory.u8[at] = ((memory.u8[at] as number) & ~(15 << place)) | (tag << place);
  }

  function locate(physical: number): number {
    if (physical >= lastBase && physical < lastEnd) return lastOffset + (physical - lastBase);
    for (const region of regions) {
      const base = Number(region.base);
      const size = Number(region.size);
      if (physical >= base && physical < base + size) {
        lastBase = base;
        lastEnd = base + size;
        lastOffset = region.offset;
        return region.offset + (physical - base);
      }
    }
    return -1;
  }

  function setRegions(next: Region[]): void {
    regions = next;
    lastBase = 0;
    lastEnd = 0;
    memory.u32[HEADER.regions >> 2] = regions.length;
    memory.u8.fill(0, HEADER.regionTable, PAGE_SIZE);
    regions.forEach((region, i) => {
      const at = HEADER.regionTable + i * REGION_ENTRY;
      memory.view.setBigUint64(at, region.base, true);
      memory.view.setBigUint64(at + 8, region.size, true);
      memory.view.setUint32(at + 16, region.offset, true);
      memory.view.setUint32(at + 20, KINDS.indexOf(region.kind), true);
    });
    dropCaches();
  }

  function reloadRegions(): void {
    regions = Array.from({ length: memory.u32[HEADER.regions >> 2] as number }, (_, i) => {
      const at = HEADER.regionTable + i * REGION_ENTRY;
      return {
        base: memory.view.getBigUint64(at, true),
        size: memory.view.getBigUint64(at + 8, true),
        offset: memory.view.getUint32(at + 16, true),
        kind: KINDS[memory.view.getUint32(at + 20, true)] as Region['kind'],
      };
    });
    lastBase = 0;
    lastEnd = 0;
    dropCaches();
  }

  function addRegion(request: RegionRequest): Region {
    const size = Number(request.size);
    assert(size > 0 && size % PAGE_SIZE === 0 && request.base % BigInt(PAGE_SIZE) === 0n, 'regions are whole pages');
    assert(request.base + request.size <= 1n << 52n, 'physical addresses have 52 bits');
    assert(regions.length < MAX_REGIONS, 'too many regions');
    for (const r of regions)
      assert(request.base >= r.base + r.size || request.base + request.size <= r.base, 'regions must not overlap');
    const bytes = occupied(request);
    const offset = hole(bytes);
    if (offset + bytes > memory.u8.length) grow(offset + bytes);
    const region: Region = { base: request.base, size: request.size, kind: request.kind, offset };
    setRegions([...regions, region]);
    return region;
  }

  // The lowest place that is free: what a removed region left is used again.
  function hole(bytes: number): number {
    let at = memoryStart;
    for (const r of [...regions].sort((a, b) => a.offset - b.offset)) {
      if (r.offset - at >= bytes) return at;
      at = r.offset + occupied(r);
    }
    return at;
  }

  function grow(bytes: number): void {
    wasm.grow(Math.ceil((bytes - memory.u8.length) / WASM_PAGE));
    memory.u8 = new Uint8Array(wasm.buffer);
    memory.u32 = new Uint32Array(wasm.buffer);
    memory.u64 = new BigUint64Array(wasm.buffer);
    memory.view = new DataView(wasm.buffer);
    const pages = new Uint8Array(wasm.buffer.byteLength >>> PAGE_SHIFT);
    pages.set(memory.pages);
    memory.pages = pages;
    for (const watcher of watchers) watcher.viewsReplaced?.();
  }

  function removeRegion(region: Region): void {
    assert(regions.includes(region), 'no such region');
    const end = region.offset + occupied(region);
    memory.u8.fill(0, region.offset, end);
    memory.pages.fill(PAGE.touched | PAGE.dirty, region.offset >>> PAGE_SHIFT, end >>> PAGE_SHIFT);
    setRegions(regions.filter((r) => r !== region));
  }

  function changeRegion(region: Region, change: Partial<Pick<RegionRequest, 'base' | 'kind'>>): Region {
    assert(regions.includes(region), 'no such region');
    const changed: Region = { ...region, ...change };
    for (const r of regions) {
      assert(
        r === region || changed.base >= r.base + r.size || changed.base + changed.size <= r.base,
        'regions must not overlap',
      );
    }
    setRegions(regions.map((r) => (r === region ? changed : r)));
    return changed;
  }

  function reserve(bytes: number): number {
    const used = memory.u32[HEADER.devicesUsed >> 2] as number;
    const next = used + Math.ceil(bytes / 8) * 8;
    assert(next <= devicesSize, `device area is full: ${next} of ${devicesSize} bytes`);
    memory.u32[HEADER.devicesUsed >> 2] = next;
    return devices + used;
  }

  function beginWrites(offset: number, bytes: number, writer = -1): void {
    const last = (offset + bytes - 1) >>> PAGE_SHIFT;
    for (let page = offset >>> PAGE_SHIFT; page <= last; page += 1) {
      const flags = memory.pages[page] as number;
      memory.pages[page] = flags | PAGE.touched | PAGE.dirty;
      if (flags & PAGE_WATCHED) {
        const from = Math.max(offset, page * PAGE_SIZE);
        const to = Math.min(offset + bytes, (page + 1) * PAGE_SIZE);
        for (const watcher of watchers) watcher.watchedWrite?.(from, to - from, flags, writer);
      }
    }
  }

  function mark(page: number, flags: number): void {
    const before = memory.pages[page] as number;
    memory.pages[page] = before | flags;
    if ((before & PAGE_WATCHED) === 0 && flags & PAGE_WATCHED) for (const watcher of watchers) watcher.pageWatched?.(page);
  }

  // Calls `each` with the offset of every contiguous piece; false (and no call) when some of the range is no memory.
  function pieces(physical: bigint, length: number, each: (offset: number, at: number, bytes: number) => void): boolean {
    const found: [number, number, number][] = [];
    let address = Number(physical);
    let at = 0;
    while (at < length) {
      const offset = locate(address);
      if (offset < 0) return false;
      const region = memory.regionAt(offset) as Region;
      const bytes = Math.min(length - at, region.offset + Number(region.size) - offset);
      found.push([offset, at, bytes]);
      at += bytes;
      address += bytes;
    }
    for (const [offset, from, bytes] of found) each(offset, from, bytes);
    return true;
  }

  function readBytes(physical: bigint, length: number): Uint8Array | undefined {
    const out = new Uint8Array(length);
    return pieces(physical, length, (offset, at, bytes) => out.set(memory.u8.subarray(offset, offset + bytes), at))
      ? out
      : undefined;
  }

  function writeBytes(physical: bigint, data: Uint8Array): boolean {
    return pieces(physical, data.length, (offset, at, bytes) => {
      beginWrites(offset, bytes);
      memory.u8.set(data.subarray(at, at + bytes), offset);
    });
  }

  function read64(physical: number): bigint | undefined {
    const offset = locate(physical);
    return offset < 0 ? undefined : memory.view.getBigUint64(offset, true);
  }

  function write64(physical: number, value: bigint): boolean {
    const offset = locate(physical);
    if (offset < 0) return false;
    beginWrites(offset, 8);
    memory.view.setBigUint64(offset, value, true);
    return true;
  }

  function dropWrites(): void {
    for (const watcher of watchers) watcher.dropWrites?.();
  }

  function dropCaches(): void {
    for (let page = memoryStart >>> PAGE_SHIFT; page < memory.pages.length; page += 1) {
      if ((memory.pages[page] as number) & PAGE_WATCHED) memory.pages[page] = (memory.pages[page] as number) & ~PAGE_WATCHED;
    }
    for (const watcher of watchers) watcher.dropAll?.();
  }
}
