// The fast way's part of the TLB: what translation came to, by page, in front of the entries of tlb-entries.ts. It lies in the machine's memory
// (the part that is no state) so that translated code can look things up itself. A cache and nothing more: it is emptied whenever an entry is
// dropped or a register changes that translation reads, so it can never be seen.
//
// Per context (CONTEXT of core.ts) DATA_ENTRIES data entries of four 32-bit words: read tag, write tag, address bits 63:32, and the page's
// offset in memory with flags in its low 12 bits; then FETCH_ENTRIES fetch entries of the same shape (tag in the first word). A tag is address
// bits 31:12 and nothing else; an access compares with its address of which only bits 31:12 and those that must be zero for alignment are
// kept, so that neither a misaligned access nor a tag with TLB_SLOW ever matches.
import type { MachineMemory } from '../state/memory.ts';

const DATA_ENTRIES = 256;
const FETCH_ENTRIES = 64;
export const ENTRY_WORDS = 4;
const CONTEXT_WORDS = (DATA_ENTRIES + FETCH_ENTRIES) * ENTRY_WORDS;

/** Flag of a tag: found, but the access takes the slow way (watched page, big-endian data, tags to compare). */
export const TLB_SLOW = 0x800;
/** Flags of the fourth word. Device memory: unaligned accesses fault. */
export const TLB_DEVICE = 1;
/** Normal memory, write-back inside and outside: unaligned atomics within 16 bytes are allowed (FEAT_LSE2). */
export const TLB_CACHED = 2;
/** Guarded page of stage 1 (BTI). */
export const TLB_GUARDED = 4;
/** Tagged memory, and tags of this address that are compared at every access but those of unchecked forms or with PSTATE.TCO. */
export const TLB_TAGGED = 8;
export const TLB_CHECKED = 16;
/** A tag that never matches: no access keeps these low bits. */
export const TLB_EMPTY = 0xfff;

/** The data entry of a page, by the low word of its address. The upper bits take part, so that two buffers some MiB apart do not share entries. */
export function dataSet(low: number): number {
  return ((low >>> 12) ^ (low >>> 20)) & (DATA_ENTRIES - 1);
}

export class Tlb {
  private readonly memory: MachineMemory;
  private readonly base: number;
  private readonly words: number;
  i32: Int32Array;
  private used = true;
  /** Grows with every flush: what was found before no longer holds. */
  generation = 0;

  constructor(memory: MachineMemory, offset: number, contexts: number) {
    this.memory = memory;
    this.base = offset >>> 2;
    this.words = contexts * CONTEXT_WORDS;
    this.i32 = new Int32Array(memory.wasm.buffer);
    this.flush();
  }

  replaceViews(): void {
    this.i32 = new Int32Array(this.memory.wasm.buffer);
  }

  /** Index (in 32-bit words) of the first data entry of a context. */
  data(context: number): number {
    return this.base + context * CONTEXT_WORDS;
  }

  /** Index of the first fetch entry of a context. */
  fetch(context: number): number {
    return this.base + context * CONTEXT_WORDS + DATA_ENTRIES * ENTRY_WORDS;
  }

  /** Index of the data entry that an address (low word) would be in. */
  dataEntry(context: number, low: number): number {
    return this.base + context * CONTEXT_WORDS + dataSet(low) * ENTRY_WORDS;
  }

  fetchEntry(context: number, low: number): number {
    return this.base + context * CONTEXT_WORDS + DATA_ENTRIES * ENTRY_WORDS + ((low >>> 12) & (FETCH_ENTRIES - 1)) * ENTRY_WORDS;
  }

  /** Something is going to be put in. */
  touch(): void {
    this.used = true;
  }

  flush(): void {
    if (!this.used) return;
    this.i32.fill(TLB_EMPTY, this.base, this.base + this.words);
    this.used = false;
    this.generation += 1;
  }

  /** Takes fast writes to one page of memory away. */
  slowWrites(page: number): void {
    const { i32 } = this;
    const offset = page << 12;
    for (let at = this.base; at < this.base + this.words; at += CONTEXT_WORDS) {
      for (let entry = at; entry < at + DATA_ENTRIES * ENTRY_WORDS; entry += ENTRY_WORDS) {
        if (((i32[entry + 3] as number) & ~0xfff) === offset) i32[entry + 1] = TLB_EMPTY;
      }
    }
  }
}
