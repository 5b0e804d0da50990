// Stage 2 tables, built: map and unmap ranges of intermediate physical addresses as real descriptors in memory (4 KiB granule), with the
// largest blocks that alignment allows, so that the walk, its fault levels and its views follow from what stands there. What is mapped is
// known from the tables alone, the allocator's state included: everything lies in the pages it was given. Knows nothing of who uses it.
import { fieldRange, setField } from '#arch/field';
import { assert } from '#base';
import type { TableMemory } from './walk.ts';

const PAGE = 4096n;
const ENTRIES = 512;

/** How a range is mapped. */
export interface Stage2Attributes {
  readonly read: boolean;
  readonly write: boolean;
  readonly execute: boolean;
  /** Device-nGnRE instead of Normal write-back. */
  readonly device?: boolean;
}

export interface Stage2Tables {
  /** For VTTBR_EL2.BADDR. */
  readonly base: bigint;
  /** For VTCR_EL2. */
  readonly vtcr: bigint;
  readonly ipaBits: number;
  /** Maps `size` bytes; all three are multiples of 4 KiB. What was mapped there before is replaced. False when the pages run out. */
  map(ipa: bigint, pa: bigint, size: bigint, attributes: Stage2Attributes): boolean;
  unmap(ipa: bigint, size: bigint): void;
}

/** Pages for tables, handed out and taken back; the list lives in the first page of the range. */
export interface TablePages {
  /** The physical address of `count` zeroed pages in a row, aligned to their size; undefined when there are none. */
  allocate(count: number): bigint | undefined;
  free(page: bigint): void;
}

const NEXT = 0;
const FREE = 8;

/** Hands out pages of `[base, base + size)`, page-aligned memory that nobody else touches. `fresh`: start empty; else go on as its first page says. */
export function createTablePages(memory: TableMemory, base: bigint, size: bigint, fresh: boolean): TablePages {
  const at = Number(base);
  const read = (physical: number): bigint => {
    const value = memory.read64(physical);
    assert(value !== undefined, 'table pages are memory');
    return value;
  };
  if (fresh) {
    memory.write64(at + NEXT, base + PAGE);
    memory.write64(at + FREE, 0n);
  }
  const clear = (page: bigint): void => {
    for (let i = 0; i < ENTRIES; i += 1) memory.write64(Number(page) + 8 * i, 0n);
  };
  return {
    allocate(count) {
      const head = read(at + FREE);
      if (count === 1 && head !== 0n) {
        memory.write64(at + FREE, read(Number(head)));
        clear(head);
        return head;
      }
      const bytes = PAGE * BigInt(count);
      const start = ((read(at + NEXT) + bytes - 1n) / bytes) * bytes;
      if (start + bytes > base + size) return undefined;
      memory.write64(at + NEXT, start + bytes);
      for (let i = 0n; i < BigInt(count); i += 1n) clear(start + i * PAGE);
      return start;
    },
    free(page) {
      memory.write64(Number(page), read(at + FREE));
      memory.write64(at + FREE, page);
    },
  };
}

const VTCR = {
  T0SZ: fieldRange('VTCR_EL2', 'T0SZ'),
  SL0: fieldRange('VTCR_EL2', 'SL0'),
  IRGN0: fieldRange('VTCR_EL2', 'IRGN0'),
  ORGN0: fieldRange('VTCR_EL2', 'ORGN0'),
  SH0: fieldRange('VTCR_EL2', 'SH0'),
  PS: fieldRange('VTCR_EL2', 'PS'),
};
const PS_BITS = [32, 36, 40, 42, 44, 48];

const VALID = 1n;
const TABLE = 3n;
const AF = 1n << 10n;
const INNER_SHAREABLE = 3n << 8n;
const READ = 1n << 6n;
const WRITE = 1n << 7n;
const XN = 1n << 54n;
const NORMAL = 0b1111n << 2n;
/** The same under HCR_EL2.FWB=1, where MemAttr has another encoding (Arm ARM D8.6.6). */
const NORMAL_FWB = 0b0110n << 2n;
const DEVICE_NGNRE = 0b0001n << 2n;
const ADDRESS = 0x0000_ffff_ffff_f000n;

function shift(level: number): bigint {
  return BigInt(12 + 9 * (3 - level));
}

/**
 * Empty tables for `ipaBits` (32 to 48) bits of intermediate physical address, or those at `base` when it is given. `paBits`: 32 to 48.
 * `forceWriteBack`: for use with HCR_EL2.FWB=1.
 */
export function createStage2Tables(
  memory: TableMemory,
  pages: TablePages,
  options: { readonly ipaBits: number; readonly paBits: number; readonly base?: bigint; readonly forceWriteBack?: boolean },
): Stage2Tables | undefined {
  const { ipaBits } = options;
  assert(ipaBits >= 32 && ipaBits <= 48, `${ipaBits} bits of intermediate physical address`);
  // The fewest levels whose first has at most 16 concatenated tables (Arm ARM D8.2.9).
  const start = [2, 1, 0].find((level) => ipaBits <= Number(shift(level)) + 9 + 4) as number;
  const concatenated = 2 ** Math.max(0, ipaBits - Number(shift(start)) - 9);
  const found = options.base ?? pages.allocate(concatenated);
  if (found === undefined) return undefined;
  const base = found;
  const ps = PS_BITS.findLastIndex((bits) => bits <= options.paBits);
  let vtcr = 1n << 31n;
  vtcr = setField(vtcr, VTCR.T0SZ, 64 - ipaBits);
  vtcr = setField(vtcr, VTCR.SL0, 2 - start);
  vtcr = setField(vtcr, VTCR.IRGN0, 1);
  vtcr = setField(vtcr, VTCR.ORGN0, 1);
  vtcr = setField(vtcr, VTCR.SH0, 3);
  vtcr = setField(vtcr, VTCR.PS, ps);

  const read = (entry: number): bigint => memory.read64(entry) ?? 0n;

  function leaf(pa: bigint, level: number, { read: r, write: w, execute: x, device }: Stage2Attributes): bigint {
    const attributes =
      AF |
      INNER_SHAREABLE |
      (device ? DEVICE_NGNRE : options.forceWriteBack ? NORMAL_FWB : NORMAL) |
      (r ? READ : 0n) |
      (w ? WRITE : 0n) |
      (x ? 0n : XN);
    return pa | attributes | (level === 3 ? TABLE : VALID);
  }

  /** The table below an entry; a block is split into one that maps the same. */
  function below(entry: number, level: number): bigint | undefined {
    const descriptor = read(entry);
    if ((descriptor & TABLE) === TABLE) return descriptor & ADDRESS;
    const table = pages.allocate(1);
    if (table === undefined) return undefined;
    if (descriptor & VALID) {
      const bits = descriptor & ~ADDRESS;
      for (let i = 0; i < ENTRIES; i += 1) {
        const pa = (descriptor & ADDRESS) + (BigInt(i) << shift(level + 1));
        memory.write64(Number(table) + 8 * i, pa | (level + 1 === 3 ? bits | TABLE : bits));
      }
    }
    memory.write64(entry, table | TABLE);
    return table;
  }

  function release(descriptor: bigint, level: number): void {
    if (level === 3 || (descriptor & TABLE) !== TABLE) return;
    const table = descriptor & ADDRESS;
    for (let i = 0; i < ENTRIES; i += 1) release(read(Number(table) + 8 * i), level + 1);
    pages.free(table);
  }

  /** Sets `[from, to)` within the table at `level` that covers addresses from `origin` on; `pa` undefined: unmaps. */
  function set(
    table: bigint,
    level: number,
    origin: bigint,
    from: bigint,
    to: bigint,
    pa: bigint | undefined,
    attributes: Stage2Attributes,
  ): boolean {
    const size = 1n << shift(level);
    for (let at = from; at < to; ) {
      const index = (at - origin) >> shift(level);
      const entry = Number(table + 8n * index);
      const slot = origin + (index << shift(level));
      const end = to < slot + size ? to : slot + size;
      const whole = at === slot && end === slot + size;
      const target = pa === undefined ? undefined : pa + (at - from);
      const fits = target === undefined || (level >= 1 && target % size === 0n);
      if (whole && fits) {
        const before = read(entry);
        memory.write64(entry, target === undefined ? 0n : leaf(target, level, attributes));
        release(before, level);
      } else if (target !== undefined || read(entry) & VALID) {
        const next = below(entry, level);
        if (next === undefined || !set(next, level + 1, slot, at, end, target, attributes)) return false;
      }
      at = end;
    }
    return true;
  }

  const check = (...addresses: bigint[]): void => {
    for (const address of addresses) assert(address % PAGE === 0n && address >= 0n, 'stage 2 maps whole pages');
  };
  return {
    base,
    vtcr,
    ipaBits,
    map(ipa, pa, size, attributes) {
      check(ipa, pa, size);
      assert(ipa + size <= 1n << BigInt(ipaBits), 'the range fits the intermediate physical address size');
      return set(base, start, 0n, ipa, ipa + size, pa, attributes);
    },
    unmap(ipa, size) {
      check(ipa, size);
      set(base, start, 0n, ipa, ipa + size, undefined, { read: false, write: false, execute: false });
    },
  };
}
