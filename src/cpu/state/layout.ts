// Where every byte of a machine lies in its one WebAssembly.Memory. From the bottom: a header, one block per CPU, the device area, the
// caches (derived, no state: never hashed, never saved), then the memory that guests see, region after region, each followed by its allocation
// tags (FEAT_MTE2). Engines, snapshots, hashes and the debugger all work on these bytes. All offsets are bytes; everything is little-endian and
// naturally aligned.

/** Unit of write tracking. */
export const PAGE_SHIFT = 12;
export const PAGE_SIZE = 4096;

/** A WebAssembly page. */
export const WASM_PAGE = 65536;

/** 'TRAP' in the first word. */
export const MAGIC = 0x50415254;
export const LAYOUT_VERSION = 3;

/** The header, at offset 0. u32 unless said. */
export const HEADER = {
  magic: 0x00,
  version: 0x04,
  cpus: 0x08,
  /** Where CPU block 0 starts, and the bytes of each. */
  cpuBlocks: 0x0c,
  cpuBlockSize: 0x10,
  devices: 0x14,
  devicesSize: 0x18,
  /** Bytes of the device area that are reserved so far. */
  devicesUsed: 0x1c,
  /** First byte of the caches: what lies below is state. */
  caches: 0x20,
  /** First byte of guest memory. */
  memory: 0x24,
  regions: 0x28,
  /** u64: virtual time in nanoseconds, as of the last time that a CPU stopped running. */
  clock: 0x30,
  /** The region table: base u64, size u64, offset u32, kind u32 (0 ram, 1 rom) each. */
  regionTable: 0x100,
} as const;

export const REGION_ENTRY = 24;
export const MAX_REGIONS = Math.floor((PAGE_SIZE - HEADER.regionTable) / REGION_ENTRY);

/** log2 of the bytes that one byte of allocation tags is for: two granules of 16, the lower in its low half. */
export const TAG_SHIFT = 5;

/** Bytes of allocation tags behind a region of this size. */
export function tagBytes(size: number): number {
  return Math.ceil(size / 2 ** TAG_SHIFT / PAGE_SIZE) * PAGE_SIZE;
}

/** One CPU's block. u64 unless said. */
export const CPU = {
  /** X0 to X30, and a 32nd that stays zero. */
  x: 0x000,
  pc: 0x100,
  /** u32, in the layout of SPSR_ELx. */
  pstate: 0x108,
  /** u32: the event register of WFE, 0 or 1. */
  event: 0x10c,
  /** Instructions started since reset; one that ends in an exception counts. */
  instructions: 0x110,
  /** The exclusive monitor: physical address of its first byte, and (u32) the bytes that are marked; 0: open. */
  monitor: 0x118,
  monitorBytes: 0x120,
  /** u32: interrupt inputs, bits as in `LINES`. */
  lines: 0x124,
  /** u32: 0 runs, 1 waits in WFI, 2 waits in WFE. */
  waiting: 0x128,
  /** u32: 1 when the CPU is switched off (PSCI). */
  off: 0x12c,
  /** Virtual time in ns at which a WFIT or WFET gives up; all ones: never. */
  deadline: 0x130,
  /** SP_EL2, which only an EL3 could name as a register; SP_EL0 and SP_EL1 are system registers. */
  spEl2: 0x138,
  /** u32: what the instruction was that software step stepped last. */
  step: 0x140,
  /** The instruction count up to which the PMU's counters have counted. */
  counted: 0x148,
  /** V0 to V31, 16 bytes each, low half first. */
  v: 0x200,
  /** One u64 per slot of #arch/sysreg, in its order; SP_EL0, SP_EL1, ELR, SPSR, FPCR and FPSR are among them. */
  system: 0x400,
} as const;

/** Bytes of a CPU block that are the TLB's entries: its last. */
export const TLB_BYTES = 32768;

/** Bytes of a CPU block with so many system register slots. */
export function cpuBlockSize(slots: number): number {
  return tlbEntriesAt(slots) + TLB_BYTES;
}

/** Where the TLB's entries are in a CPU block. */
export function tlbEntriesAt(slots: number): number {
  return Math.ceil((CPU.system + 8 * slots) / PAGE_SIZE) * PAGE_SIZE;
}

/**
 * Interrupt inputs. Physical ones come from a GIC or a board, virtual ones from a virtual CPU interface. `nmi` and `vnmi` say of `irq` and `virq`
 * that the interrupt has Superpriority.
 */
export const LINES = { irq: 1, fiq: 2, serror: 4, virq: 8, vfiq: 16, vserror: 32, nmi: 64, vnmi: 128 } as const;

/** Bytes of caches per CPU: what the fast way of accesses keeps of the TLB. */
export const CACHE_BYTES_PER_CPU = 65536;
