// Hashes and snapshots of a machine's state: every byte of the one memory but the caches, page by page, and only the pages that were ever
// written. Two machines have the same hash exactly when (64 bits of luck aside) all of their state is the same.
import { assert } from '#base';
import { HEADER, PAGE_SHIFT, PAGE_SIZE } from './layout.ts';
import { type MachineMemory, PAGE } from './memory.ts';

const WORDS = PAGE_SIZE / 4;

/** A copy of a machine's state. Pages that did not change since the snapshot before are shared with it. */
export interface Snapshot {
  /** By page number; a page that is absent is zero. */
  readonly pages: ReadonlyMap<number, Uint8Array>;
  /** Bytes of the memory that it was taken from. */
  readonly bytes: number;
}

/** The last snapshot of each memory: what `PAGE.dirty` counts from. */
const LAST = new WeakMap<MachineMemory, Snapshot>();

function* statePages(memory: MachineMemory): Generator<number> {
  const caches = (memory.u32[HEADER.caches >> 2] as number) >>> PAGE_SHIFT;
  const start = (memory.u32[HEADER.memory >> 2] as number) >>> PAGE_SHIFT;
  for (let page = 0; page < caches; page += 1) yield page;
  for (let page = start; page < memory.pages.length; page += 1) if ((memory.pages[page] as number) & PAGE.touched) yield page;
}

/** A 64-bit hash over all state, as 16 hex digits. */
export function stateHash(memory: MachineMemory): string {
  const words = memory.u32;
  // Two lanes of multiply-rotate over 32-bit words (the finalizer is MurmurHash3's fmix32).
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  for (const page of statePages(memory)) {
    const from = page * WORDS;
    let any = 0;
    for (let i = from; i < from + WORDS; i += 1) any |= words[i] as number;
    // A zero page counts as one that was never written.
    if (any === 0) continue;
    a = Math.imul(a ^ page, 0x9e3779b1);
    b = Math.imul(b + page, 0x85ebca77);
    for (let i = from; i < from + WORDS; i += 1) {
      const word = words[i] as number;
      a = Math.imul(a ^ word, 0xcc9e2d51);
      a = (a << 15) | (a >>> 17);
      b = Math.imul(b + word, 0x1b873593) ^ (a >>> 7);
      b = (b << 13) | (b >>> 19);
    }
  }
  return hex32(finish(a)) + hex32(finish(b ^ Math.imul(a, 5)));
}

function finish(h: number): number {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** Copies the state. Taken often, it costs what changed since the last one. */
export function takeSnapshot(memory: MachineMemory): Snapshot {
  const last = LAST.get(memory);
  const pages = new Map<number, Uint8Array>();
  for (const page of statePages(memory)) {
    const shared = last?.pages.get(page);
    const clean = ((memory.pages[page] as number) & PAGE.dirty) === 0;
    if (shared && clean) {
      pages.set(page, shared);
      continue;
    }
    pages.set(page, memory.u8.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE));
    memory.pages[page] = (memory.pages[page] as number) & ~PAGE.dirty;
  }
  keepFixedPagesDirty(memory);
  const snapshot = { pages, bytes: memory.u8.length };
  LAST.set(memory, snapshot);
  memory.dropWrites();
  return snapshot;
}

/** Puts the state back that a snapshot of this memory (or of one of the same making) holds. */
export function restoreSnapshot(memory: MachineMemory, snapshot: Snapshot): void {
  assert(snapshot.bytes <= memory.u8.length, 'the snapshot is of a larger memory');
  for (const page of statePages(memory))
    if (!snapshot.pages.has(page)) memory.u8.fill(0, page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
  for (const [page, bytes] of snapshot.pages) {
    memory.u8.set(bytes, page * PAGE_SIZE);
    memory.pages[page] = ((memory.pages[page] as number) | PAGE.touched) & ~PAGE.dirty;
  }
  keepFixedPagesDirty(memory);
  LAST.set(memory, snapshot);
  memory.reloadRegions();
}

// Header, CPU blocks and devices are written without asking, so they always count as changed.
function keepFixedPagesDirty(memory: MachineMemory): void {
  memory.pages.fill(PAGE.touched | PAGE.dirty, 0, (memory.u32[HEADER.caches >> 2] as number) >>> PAGE_SHIFT);
}
