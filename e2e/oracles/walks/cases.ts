// Random translation controls, tables and addresses; hardware manages the Access flag and dirty state at times. Every doubleword of the tables is
// a descriptor and most of what descriptors point to is tables again, so that a walk which begins anywhere goes on. What the harness needs to know
// of memory stands here as well.
import { type Random, random } from '../fuzz/random.ts';

export const CASES = 0x4080_0000;
export const RESULTS = 0x4100_0000;
/** The tables lie behind the results, at a place that fits the largest granule and sixteen concatenated tables. */
export const TABLES = 0x4120_0000;
export const TABLE_BYTES = 1 << 20;

export const OPERATIONS = [
  's1e1r',
  's1e1w',
  's1e0r',
  's1e0w',
  's12e1r',
  's12e1w',
  's12e0r',
  's12e0w',
  's1e1rp',
  's1e1wp',
] as const;

/** One AT with the controls that it sees; unsigned 64-bit. */
export type Case = {
  readonly hcr: bigint;
  readonly sctlr: bigint;
  readonly tcr: bigint;
  readonly mair: bigint;
  readonly ttbr0: bigint;
  readonly ttbr1: bigint;
  readonly vtcr: bigint;
  readonly vttbr: bigint;
  readonly va: bigint;
  readonly operation: (typeof OPERATIONS)[number];
  readonly pan: boolean;
};

export type Batch = { readonly cases: readonly Case[]; readonly tables: Uint8Array };

const GRANULES = [12, 14, 16] as const;
type Granule = (typeof GRANULES)[number];
const TG0: Readonly<Record<Granule, bigint>> = { 12: 0n, 14: 2n, 16: 1n };
const TG1: Readonly<Record<Granule, bigint>> = { 12: 2n, 14: 1n, 16: 3n };
/**
 * QEMU 7.2 takes a block at a level that has none, and bits 15:12 of a descriptor of 64 KiB as nothing unless TCR.IPS says 52 bits: tables without blocks suit
 * every granule, and those with blocks one granule and the levels that have them.
 */
type Kind = { readonly granules: readonly Granule[]; readonly blocks: boolean };
type Shape = Kind & { readonly forceWriteBack: boolean };
const KINDS: readonly Kind[] = [
  { granules: [12], blocks: true },
  { granules: [14], blocks: true },
  { granules: [16], blocks: true },
  { granules: [12, 14, 16], blocks: false },
];
/** The highest level that has blocks, without LPA2. */
const BLOCK_LEVEL: Readonly<Record<Granule, number>> = { 12: 1, 14: 2, 16: 2 };

/** MemAttr without FEAT_S2FWB in use and with it, but for what is reserved. Stage 1 takes the same bits for AttrIndx and NS. */
const MEM_ATTR = [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15];
const FORCED = [0, 1, 2, 3, 5, 6, 7];
const ATTRIBUTES = [0x00n, 0x04n, 0x0cn, 0x44n, 0xffn, 0xbbn, 0x77n, 0x4fn, 0xf4n, 0xeen];

/** The batch of this number: the same at any time. */
export function batchOf(seed: number, number: number, count: number): Batch {
  const r = random(seed, number, 3);
  const kind: Shape = { ...r.pick(KINDS), forceWriteBack: r.oneIn(4) };
  const tables = new Uint8Array(TABLE_BYTES);
  const view = new DataView(tables.buffer);
  for (let at = 0; at < TABLE_BYTES; at += 8) view.setBigUint64(at, descriptor(r, kind), true);
  return { tables, cases: Array.from({ length: count }, () => oneCase(r, kind)) };
}

/** Bits of an address whose walk begins with a whole table of this level. */
function bitsFrom(granule: Granule, level: number): number {
  return granule + (4 - level) * (granule - 3);
}

function bit(n: number): bigint {
  return 1n << BigInt(n);
}

/** Each of the bits with a chance of one in `count`. */
function few(r: Random, count: number, ...numbers: readonly number[]): bigint {
  return numbers.filter(() => r.oneIn(count)).reduce((all, n) => all | bit(n), 0n);
}

function tableAddress(r: Random, alignment: number): bigint {
  return BigInt(TABLES) + (BigInt(r.below(TABLE_BYTES)) & ~(bit(alignment) - 1n));
}

function descriptor(r: Random, { granules, blocks, forceWriteBack }: Shape): bigint {
  const type = r.pick([3n, 3n, 3n, 3n, 3n, 3n, ...(blocks ? [1n, 1n, 1n] : []), 0n]);
  const low = tableAddress(r, Math.max(...granules));
  const address = r.pick([low, low, low, low, low, low | few(r, 3, 36, 38, 40, 42, 44, 46, 47), low | few(r, 3, 48, 49)]);
  // AttrIndx or MemAttr, NS, AP or S2AP, SH, AF, nG; DBM, Contiguous, PXN, UXN, and the hierarchical ones of a table.
  const attributes =
    (BigInt(r.pick(forceWriteBack ? FORCED : MEM_ATTR)) << 2n) |
    (BigInt(r.below(4)) << 6n) |
    (r.oneIn(2) ? 0xc0n : 0n) |
    (r.oneIn(8) ? 0n : bit(10)) |
    few(r, 2, 11);
  const shareability = r.oneIn(5) ? r.pick([2n, 3n]) << 8n : 0n;
  return type | address | attributes | shareability | few(r, 6, 51, 52, 53, 54) | few(r, 12, 59, 60, 61, 62, 63) | few(r, 4, 55);
}

function oneCase(r: Random, kind: Shape): Case {
  const stage2 = r.oneIn(2);
  const granules: readonly [Granule, Granule] = [r.pick(kind.granules), r.pick(kind.granules)];
  const wide = !kind.blocks && r.oneIn(3);
  // QEMU 7.2 does not survive a fault at level -1.
  const sizes = granules.map((granule) => {
    const first = kind.blocks ? 64 - bitsFrom(granule, BLOCK_LEVEL[granule]) : wide && granule === 14 ? 12 : 16;
    return r.range(first, granule === 16 ? 47 : 48);
  });
  const [t0sz, t1sz] = sizes as [number, number];
  const ips = outputSize(r, wide);
  const tcr =
    BigInt(t0sz) |
    (BigInt(t1sz) << 16n) |
    (TG0[granules[0]] << 14n) |
    (TG1[granules[1]] << 30n) |
    (ips << 32n) |
    (wide ? bit(59) : 0n) |
    (BigInt(r.below(64)) << 8n) |
    (BigInt(r.below(64)) << 24n) |
    few(r, 8, 7, 23) | // EPD
    few(r, 2, 22, 36, 37, 38) | // A1, AS, TBI
    few(r, 3, 39, 40, 41, 42) | // HA, HD, HPD
    few(r, 4, 51, 52, 55, 56); // TBID, E0PD
  const one: Case = {
    hcr:
      bit(31) |
      (stage2 ? bit(0) : 0n) |
      few(r, 16, 12) |
      (stage2 ? few(r, 4, 2) : 0n) |
      few(r, 6, 32, 33) |
      (kind.forceWriteBack ? bit(46) : 0n),
    sctlr: 0x30d0_0800n | (r.oneIn(12) ? 0n : 1n) | few(r, 2, 2, 12) | few(r, 4, 19, 25) | few(r, 3, 57),
    tcr,
    mair: Array.from({ length: 8 }, () => r.pick(ATTRIBUTES)).reduce((all, one) => (all << 8n) | one, 0n),
    ttbr0: root(r, t0sz, granules[0], wide) | (BigInt(r.below(1 << 16)) << 48n),
    ttbr1: root(r, t1sz, granules[1], wide) | (BigInt(r.below(1 << 16)) << 48n),
    ...secondStage(r, kind),
    va: address(r, t0sz, t1sz),
    operation: r.pick(OPERATIONS),
    pan: r.oneIn(3),
  };
  // A permission fault sets the Access flag or does not (Unpredictable_AFUPDATE): in QEMU the one of HCR_EL2.PTW does, and no other.
  return one.hcr & PTW ? { ...one, vtcr: one.vtcr & ~VTCR_HA } : one;
}

const PTW = bit(2);
const VTCR_HA = bit(21);

/** IPS or PS. With DS set QEMU 7.2 looks at bits 9:8 of a descriptor only when addresses have 52 bits. */
function outputSize(r: Random, wide: boolean): bigint {
  if (wide) return 6n;
  return r.oneIn(4) ? BigInt(r.below(7)) : r.pick([5n, 6n]);
}

/** TTBR: the first table, aligned to its size, which may be less than a granule. */
function root(r: Random, tsz: number, granule: Granule, wide: boolean): bigint {
  const stride = granule - 3;
  const levels = Math.ceil((64 - tsz - granule) / stride);
  const top = 64 - tsz - granule - (levels - 1) * stride + 3;
  return tableAddress(r, Math.max(top, wide || granule === 16 ? 6 : 4));
}

function address(r: Random, t0sz: number, t1sz: number): bigint {
  const low = !r.oneIn(3);
  const bits = 64 - (low ? t0sz : t1sz) + (r.oneIn(8) ? 1 : 0);
  const within = BigInt.asUintN(bits, r.bits64());
  const sign = low ? 0n : ~(bit(bits) - 1n);
  const tagged = r.oneIn(6) ? BigInt(r.below(256)) << 56n : 0n;
  return BigInt.asUintN(64, (sign | within) ^ tagged);
}

/**
 * VTCR_EL2 and VTTBR_EL2 with an initial level that fits the size, mostly. QEMU 7.2 asks PS, not the processor's own size, whether an initial level and a
 * size of addresses are possible, and never lets a walk of 16 KiB tables begin at level 0.
 */
function secondStage(r: Random, kind: Kind): Pick<Case, 'vtcr' | 'vttbr'> {
  const granule = r.pick(kind.granules);
  const wide = !kind.blocks && granule !== 16 && r.oneIn(4);
  const most = kind.blocks ? Math.min(48, bitsFrom(granule, BLOCK_LEVEL[granule]) + 4) : wide && granule === 14 ? 52 : 48;
  const tsz = r.range(64 - most, granule === 16 ? 39 : 40);
  const stride = granule - 3;
  const bits = 64 - tsz;
  // Any number of levels whose first table is at most sixteen concatenated ones.
  const counts = [1, 2, 3, 4, 5].filter((levels) => {
    const top = bits - granule - (levels - 1) * stride;
    const start = 4 - levels;
    if (granule === 14 && start === 0) return false;
    return top >= 1 && top <= stride + 4 && (!kind.blocks || start >= BLOCK_LEVEL[granule]);
  });
  const levels = r.pick(counts.length > 0 ? counts : [3]);
  const start = 4 - levels;
  // SL0 counts the other way round, from level 2 (4 KiB) or 3; SL2 makes it level -1, or with 16 KiB level 0.
  const encoded = granule === 12 ? 2 - start : 3 - start;
  const [sl0, sl2] = granule === 12 && start === -1 ? [0, 1] : [encoded & 3, 0];
  const top = bits - granule - (levels - 1) * stride + 3;
  const misfit = !kind.blocks && r.oneIn(16);
  const vtcr =
    BigInt(misfit ? r.range(tsz, 40) : tsz) |
    (BigInt(misfit && granule !== 14 ? r.below(3) : sl0) << 6n) |
    (BigInt(r.below(64)) << 8n) |
    (TG0[granule] << 14n) |
    ((wide ? 6n : r.pick(bits > 44 ? [5n, 6n] : [4n, 5n, 6n])) << 16n) |
    bit(31) |
    (r.oneIn(3) ? VTCR_HA : 0n) |
    few(r, 3, 22) | // HD
    (wide ? bit(32) : 0n) |
    (sl2 ? bit(33) : 0n);
  return { vtcr, vttbr: tableAddress(r, Math.max(top, granule === 16 || wide ? 6 : 5)) };
}

/** As the harness reads them. */
export function bytesOf(cases: readonly Case[]): Uint8Array {
  const words = cases.flatMap((one) => [
    one.hcr,
    one.sctlr,
    one.tcr,
    one.mair,
    one.ttbr0,
    one.ttbr1,
    one.vtcr,
    one.vttbr,
    one.va,
    BigInt(OPERATIONS.indexOf(one.operation)) | (one.pan ? bit(22 + 8) : 0n),
  ]);
  return new Uint8Array(BigUint64Array.from(words).buffer);
}
