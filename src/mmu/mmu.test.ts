// Walks over tables in a little memory: addresses in, outputs, faults and steps out, through the two helpers below.
import { describe, expect, test } from 'vitest';
import { featuresOf } from '#arch/features';
import {
  createStage2Tables,
  createTablePages,
  type MmuFeatures,
  mmuFeatures,
  type TableMemory,
  type TranslationControls,
  type TranslationRequest,
  translate,
  type Walk,
} from './index.ts';

const EVERYTHING: MmuFeatures = {
  ...mmuFeatures(
    featuresOf(() => 0),
    0n,
  ),
  paBits: 52,
  granules: { 12: true, 14: true, 16: true },
  stage2Granules: { 12: true, 14: true, 16: true },
  el2: true,
  vhe: true,
  lpa2: true,
  lpa: true,
  lva: true,
  ttst: true,
  hpds: true,
  e0pd: true,
  tbid: true,
  hafdbs: true,
  pan: true,
  epan: true,
  cmow: false,
  xnx: true,
  bti: true,
  mte2: true,
  mixedEnd: true,
};

function memoryOf(words: Readonly<Record<string, bigint>>): TableMemory & { readonly words: Map<number, bigint> } {
  const map = new Map(Object.entries(words).map(([address, value]) => [Number(address), value]));
  return {
    words: map,
    read64: (at) => map.get(at) ?? (at < 0x1000_0000 ? 0n : undefined),
    write64(at, value) {
      map.set(at, value);
      return true;
    },
  };
}

const OFF = { sctlr: 0n, tcr: 0n, ttbr0: 0n, ttbr1: 0n, mair: 0xffn };
const ON = { ...OFF, sctlr: 0x1005n };

interface Case extends Partial<Omit<TranslationControls, 'features'>> {
  readonly features?: Partial<MmuFeatures>;
  readonly memory?: Readonly<Record<string, bigint>>;
  readonly request?: Partial<TranslationRequest>;
}

function walkOf(va: bigint, options: Case): { walk: Walk; memory: ReturnType<typeof memoryOf> } {
  const controls: TranslationControls = {
    el1: OFF,
    el2: OFF,
    hcr: 0n,
    vtcr: 0n,
    vttbr: 0n,
    ...options,
    features: { ...EVERYTHING, ...options.features },
  };
  const memory = memoryOf(options.memory ?? {});
  const request: TranslationRequest = { va, el: 1, kind: 'read', pan: false, aligned: true, ...options.request };
  return { walk: translate(controls, memory, request), memory };
}

/** `pa 0x…` or the fault as `stage 1 translation L2 [s1ptw] [ipa 0x…]`, then the steps as `1.2:table`. */
function check(va: bigint, options: Case): string {
  const { walk } = walkOf(va, options);
  const steps = walk.steps.map((s) => `${s.stage}.${s.level}${s.of === 'descriptor' ? 'd' : ''}:${s.kind}`).join(' ');
  if (walk.kind === 'translation') return `pa 0x${walk.pa.toString(16)} ${steps}`.trim();
  const { stage, kind, level, s1ptw, ipa } = walk.fault;
  return `stage ${stage} ${kind} L${level}${s1ptw ? ' s1ptw' : ''}${ipa === undefined ? '' : ` ipa 0x${ipa.toString(16)}`} ${steps}`.trim();
}

const TABLE = 3n;
const PAGE = 0x703n;
const BLOCK = 0x701n;

describe('stage 1', () => {
  const k4 = { ...ON, tcr: (5n << 32n) | 16n, ttbr0: 0x1000n };

  test('4 KiB: four levels, a block at level 2, an invalid entry', () => {
    const memory = {
      4096: 0x2000n | TABLE,
      8192: 0x3000n | TABLE,
      12288: 0x4000n | TABLE,
      16392: 0x5000n | PAGE,
      12296: 0x60_0000n | BLOCK,
    };
    expect(check(0x1234n, { el1: k4, memory })).toBe('pa 0x5234 1.0:table 1.1:table 1.2:table 1.3:page');
    expect(check(0x3f_1234n, { el1: k4, memory })).toBe('pa 0x7f1234 1.0:table 1.1:table 1.2:block');
    expect(check(0x2000n, { el1: k4, memory })).toBe('stage 1 translation L3 1.0:table 1.1:table 1.2:table 1.3:invalid');
    expect(check(0x8000_0000n, { el1: k4, memory })).toBe('stage 1 translation L1 1.0:table 1.1:invalid');
  });

  test('16 KiB and 64 KiB', () => {
    const k16 = { ...ON, tcr: (5n << 32n) | (2n << 14n) | 28n, ttbr0: 0x4000n };
    expect(check(0x4567n, { el1: k16, memory: { 16384: 0x8000n | TABLE, 32776: 0xc000n | PAGE } })).toBe(
      'pa 0xc567 1.2:table 1.3:page',
    );
    const k64 = { ...ON, tcr: (5n << 32n) | (1n << 14n) | 22n, ttbr0: 0x1_0000n };
    const memory = { 65536: 0x2_0000n | TABLE, 131080: 0x3_0000n | PAGE };
    expect(check(0x1_4567n, { el1: k64, memory })).toBe('pa 0x34567 1.2:table 1.3:page');
  });

  test('LPA2: level −1, and address bits 51:48 in the low bits', () => {
    const wide = { ...ON, tcr: (1n << 59n) | (6n << 32n) | 12n, ttbr0: 0x1000n };
    const memory = {
      4096: 0x2000n | TABLE,
      8192: 0x3000n | TABLE,
      12288: 0x4000n | TABLE,
      16384: 0x5000n | TABLE,
      20480: 0x6000n | 0x703n,
    };
    expect(check(0x123n, { el1: wide, memory })).toBe('pa 0xc000000006123 1.-1:table 1.0:table 1.1:table 1.2:table 1.3:page');
  });

  test('ranges: TTBR1 above, tags with TBI, holes between', () => {
    const both = { ...ON, tcr: (5n << 32n) | (2n << 30n) | (25n << 16n) | 25n | (1n << 38n), ttbr0: 0x1000n, ttbr1: 0x2000n };
    const memory = { 4096: 0x4000_0000n | BLOCK, 12280: 0x8000_0000n | BLOCK };
    expect(check(0x1000n, { el1: both, memory })).toBe('pa 0x40001000 1.1:block');
    expect(check(0xffff_ffff_ffff_f000n, { el1: both, memory })).toBe('pa 0xbffff000 1.1:block');
    expect(check(0x5aff_ffff_ffff_f000n, { el1: both, memory })).toBe('pa 0xbffff000 1.1:block');
    expect(check(0x5a00_0000_0000_1000n, { el1: both, memory })).toBe('stage 1 translation L0');
    expect(check(0x0000_0080_0000_0000n, { el1: both, memory })).toBe('stage 1 translation L0');
  });

  test.each([
    ['privileged read, RW', 0x701n, 'read', 1, true],
    ['EL0 read of a privileged page', 0x701n, 'read', 0, false],
    ['EL0 write, RW all', 0x741n, 'write', 0, true],
    ['write of a read-only page', 0x781n, 'write', 1, false],
    ['PXN', 0x701n | (1n << 53n), 'fetch', 1, false],
    ['UXN at EL1', 0x7c1n | (1n << 54n), 'fetch', 1, true],
    ['UXN at EL0', 0x7c1n | (1n << 54n), 'fetch', 0, false],
    ['EL1 executing what EL0 may write', 0x741n, 'fetch', 1, false],
  ] as const)('permissions: %s', (_, descriptor, kind, el, allowed) => {
    const el1 = { ...ON, tcr: (5n << 32n) | 25n, ttbr0: 0x1000n };
    const answer = check(0n, { el1, memory: { 4096: descriptor }, request: { kind, el } });
    expect(answer).toBe(allowed ? 'pa 0x0 1.1:block' : 'stage 1 permission L1 1.1:block');
  });

  test('hierarchical permissions, WXN, PAN and E0PD', () => {
    const el1 = { ...ON, tcr: (5n << 32n) | 25n, ttbr0: 0x1000n };
    const memory = (table: bigint, leaf: bigint) => ({ 4096: 0x2000n | TABLE | table, 8192: leaf | BLOCK });
    const ask = (kind: TranslationRequest['kind'], el: 0 | 1, table: bigint, leaf: bigint, extra: Case = {}) =>
      check(0n, { el1, memory: memory(table, leaf), ...extra, request: { kind, el, ...extra.request } })
        .split(' ')
        .slice(0, 3)
        .join(' ');
    expect(ask('write', 1, 1n << 62n, 0n)).toBe('stage 1 permission');
    expect(ask('read', 0, 1n << 61n, 0x40n)).toBe('stage 1 permission');
    expect(ask('fetch', 1, 1n << 59n, 0n)).toBe('stage 1 permission');
    expect(ask('write', 1, 1n << 62n, 0n, { el1: { ...el1, tcr: el1.tcr | (1n << 41n) } })).toBe('pa 0x0 1.1:table');
    expect(ask('fetch', 1, 0n, 0n, { el1: { ...el1, sctlr: el1.sctlr | (1n << 19n) } })).toBe('stage 1 permission');
    // PAN does not count for WXN, also where EPAN takes away what EL0 may execute.
    const epan = { ...el1, sctlr: el1.sctlr | (1n << 19n) | (1n << 57n) };
    expect(ask('read', 1, 0n, 0n, { el1: epan, request: { pan: true } })).toBe('stage 1 permission');
    expect(ask('fetch', 1, 0n, 0n, { el1: epan, request: { pan: true } })).toBe('stage 1 permission');
    expect(ask('read', 1, 0n, 0x40n, { request: { pan: true } })).toBe('stage 1 permission');
    expect(ask('read', 1, 0n, 0n, { request: { pan: true } })).toBe('pa 0x0 1.1:table');
    expect(ask('read', 0, 0n, 0x40n, { el1: { ...el1, tcr: el1.tcr | (1n << 55n) } })).toBe('stage 1 translation');
  });

  test('the access flag faults, or is set by hardware; so is dirty state', () => {
    const el1 = { ...ON, tcr: (5n << 32n) | 25n, ttbr0: 0x1000n };
    const leaf = { 4096: 0x301n };
    expect(check(0n, { el1, memory: leaf })).toBe('stage 1 access-flag L1 1.1:block');
    const ha = { ...el1, tcr: el1.tcr | (1n << 39n) };
    const set = walkOf(0n, { el1: ha, memory: leaf });
    expect(set.walk.kind).toBe('translation');
    expect(set.memory.words.get(0x1000)).toBe(0x701n);
    expect(walkOf(0n, { el1: ha, memory: leaf, request: { peek: true } }).memory.words.get(0x1000)).toBe(0x301n);
    const hd = { ...ha, tcr: ha.tcr | (1n << 40n) };
    const clean = { 4096: 0x781n | (1n << 51n) };
    const read = walkOf(0n, { el1: hd, memory: clean });
    expect(read.walk).toMatchObject({ writeUpdates: true });
    expect(walkOf(0n, { el1: hd, memory: clean, request: { kind: 'write' } }).memory.words.get(0x1000)).toBe(
      0x701n | (1n << 51n),
    );
  });

  test('address sizes and missing tables', () => {
    const el1 = { ...ON, tcr: 25n, ttbr0: 0x1000n };
    expect(check(0n, { el1, memory: { 4096: (1n << 32n) | BLOCK } })).toBe('stage 1 address-size L1 1.1:block');
    expect(check(0n, { el1, memory: { 4096: (1n << 32n) | TABLE } })).toBe('stage 1 address-size L1 1.1:table');
    expect(check(0n, { el1: { ...el1, ttbr0: 0x2000_0000n } })).toBe('stage 1 external-on-walk L1 1.1:missing');
    expect(check(1n << 53n, {})).toBe('stage 1 address-size L0');
  });

  test('off: data is Device and must be aligned, with HCR_EL2.DC Normal', () => {
    expect(check(0x1001n, { request: { aligned: false } })).toBe('stage 1 alignment Lundefined');
    expect(walkOf(0x1000n, {}).walk).toMatchObject({ pa: 0x1000n, attributes: { device: true } });
    expect(walkOf(0x1000n, { request: { kind: 'fetch' } }).walk).toMatchObject({ attributes: { device: false } });
  });

  test('big-endian tables', () => {
    const el1 = { ...ON, sctlr: ON.sctlr | (1n << 25n), tcr: (5n << 32n) | 25n, ttbr0: 0x1000n };
    const memory = { 4096: 0x0107_0040_0000_0000n };
    expect(check(0n, { el1, memory })).toBe('pa 0x40000000 1.1:block');
    // Without FEAT_MixedEnd there is no SCTLR_ELx.EE (D24.2, SCTLR_EL1).
    expect(check(0n, { el1, memory, features: { mixedEnd: false } })).toBe('stage 1 translation L1 1.1:invalid');
  });

  test('EL2 has one range and no EL0; with E2H two', () => {
    const el2 = { ...ON, tcr: (5n << 16n) | 25n, ttbr0: 0x1000n };
    expect(check(0n, { el2, memory: { 4096: 0x701n }, request: { el: 2 } })).toBe('pa 0x0 1.1:block');
    const host = { ...ON, tcr: (5n << 32n) | (2n << 30n) | (25n << 16n) | 25n, ttbr0: 0x1000n, ttbr1: 0x2000n };
    const memory = { 4096: 0x701n, 12280: 0x4000_0000n | BLOCK };
    expect(check(0xffff_ffff_c000_0000n, { el2: host, hcr: 1n << 34n, memory, request: { el: 2 } })).toBe(
      'pa 0x40000000 1.1:block',
    );
  });
});

describe('stage 2', () => {
  const vm = { hcr: 1n, vtcr: (5n << 16n) | (1n << 6n) | 25n, vttbr: 0x8000n };
  const map = (descriptor: bigint) => ({ 32776: descriptor });
  const IPA = 0x4000_1000n;
  const RWX = 0x7fdn;

  test('translation, permission, access flag, address size', () => {
    expect(check(IPA, { ...vm, memory: map(0x8000_0000n | RWX) })).toBe('pa 0x80001000 2.1:block');
    expect(check(IPA, { ...vm })).toBe('stage 2 translation L1 ipa 0x40001000 2.1:invalid');
    expect(check(IPA, { ...vm, memory: map(0x8000_0000n | (RWX & ~0x80n)), request: { kind: 'write' } })).toBe(
      'stage 2 permission L1 ipa 0x40001000 2.1:block',
    );
    expect(check(IPA, { ...vm, memory: map(0x8000_0000n | (RWX & ~0x400n)) })).toBe(
      'stage 2 access-flag L1 ipa 0x40001000 2.1:block',
    );
    expect(check(IPA, { ...vm, vtcr: vm.vtcr & ~(7n << 16n), memory: map((1n << 32n) | RWX) })).toBe(
      'stage 2 address-size L1 ipa 0x40001000 2.1:block',
    );
    expect(check(1n << 40n, { ...vm })).toBe('stage 2 translation L0 ipa 0x10000000000');
  });

  test.each([
    [0n, true, true],
    [1n, false, true],
    [2n, false, false],
    [3n, true, false],
  ])('XN = %s: EL1 %s, EL0 %s', (xn, el1, el0) => {
    const memory = map(0x8000_0000n | RWX | (xn << 53n));
    const ask = (el: 0 | 1): boolean => check(IPA, { ...vm, memory, request: { kind: 'fetch', el } }).startsWith('pa');
    expect([ask(1), ask(0)]).toEqual([el1, el0]);
  });

  test('a stage 1 walk goes through stage 2, and its fault says so', () => {
    const el1 = { ...ON, tcr: (5n << 32n) | 25n, ttbr0: 0x4000_0000n };
    const good = { 32776: 0n | RWX, 0: 0x4000_0000n | BLOCK };
    expect(check(0x1000n, { ...vm, el1, memory: good })).toBe('pa 0x1000 2.1d:block 1.1:block 2.1:block');
    expect(check(0x1000n, { ...vm, el1 })).toBe('stage 2 translation L1 s1ptw ipa 0x40000000 2.1d:invalid');
    const device = { 32776: 0x7c5n };
    expect(check(0x1000n, { ...vm, hcr: 5n, el1, memory: device })).toBe('stage 2 permission L1 s1ptw ipa 0x40000000 2.1d:block');
  });

  test('concatenated tables and a start level that does not fit', () => {
    const wide = { ...vm, vtcr: (5n << 16n) | (1n << 6n) | 24n };
    expect(check((1n << 39n) + 0x1000n, { ...wide, memory: { 36864: 0x8000_0000n | RWX } })).toBe('pa 0x80001000 2.1:block');
    expect(check(0n, { ...vm, vtcr: (5n << 16n) | 20n })).toBe('stage 2 translation L0 ipa 0x0');
  });

  test('Device at either stage is Device, and unaligned accesses to it fault at the stage that says so', () => {
    const options = { ...vm, hcr: 1n | (1n << 12n), memory: map(0x8000_0000n | (RWX & ~0x3cn)) };
    expect(check(IPA, { ...options, request: { aligned: false } })).toBe('stage 2 alignment Lundefined ipa 0x40001000 2.1:block');
    expect(walkOf(IPA, options).walk).toMatchObject({ attributes: { device: true } });
  });
});

describe('stage 2 tables', () => {
  const all = { read: true, write: true, execute: true };

  function build(ipaBits: number) {
    const memory = memoryOf({});
    const pages = createTablePages(memory, 0x10_0000n, 0x40_0000n, true);
    const tables = createStage2Tables(memory, pages, { ipaBits, paBits: 48 });
    if (tables === undefined) throw new Error('no tables');
    const ask = (ipa: bigint, kind: TranslationRequest['kind'] = 'read'): string => {
      const controls: TranslationControls = {
        el1: OFF,
        el2: OFF,
        hcr: 1n,
        vtcr: tables.vtcr,
        vttbr: tables.base,
        features: EVERYTHING,
      };
      const walk = translate(controls, memory, { va: ipa, el: 1, kind, pan: false, aligned: true });
      const at = walk.steps.at(-1);
      return walk.kind === 'translation' ? `0x${walk.pa.toString(16)} L${at?.level}` : `${walk.fault.kind} L${walk.fault.level}`;
    };
    return { tables, ask };
  }

  test('blocks where alignment allows, pages where not', () => {
    const { tables, ask } = build(40);
    expect(tables.map(0x4000_0000n, 0x8000_0000n, 1n << 30n, all)).toBe(true);
    expect(tables.map(0x8000_0000n, 0x1_0020_0000n, 0x40_1000n, all)).toBe(true);
    expect(ask(0x4000_1234n)).toBe('0x80001234 L1');
    expect(ask(0x8020_0010n)).toBe('0x100400010 L2');
    expect(ask(0x8040_0010n)).toBe('0x100600010 L3');
    expect(ask(0x8040_1000n)).toBe('translation L3');
    expect(ask(0x9000_0000n)).toBe('translation L2');
    expect(ask(0xc000_0000n)).toBe('translation L1');
  });

  test('part of a block can be changed or taken away', () => {
    const { tables, ask } = build(40);
    tables.map(0x4000_0000n, 0x8000_0000n, 1n << 30n, all);
    tables.map(0x4000_3000n, 0x8000_3000n, 0x1000n, { read: true, write: false, execute: false });
    tables.unmap(0x4000_5000n, 0x1000n);
    expect(ask(0x4000_2000n, 'write')).toBe('0x80002000 L3');
    expect(ask(0x4000_3000n, 'write')).toBe('permission L3');
    expect(ask(0x4000_3000n, 'fetch')).toBe('permission L3');
    expect(ask(0x4000_5000n)).toBe('translation L3');
    expect(ask(0x4020_0000n)).toBe('0x80200000 L2');
    tables.unmap(0x4000_0000n, 1n << 30n);
    expect(ask(0x4000_2000n)).toBe('translation L1');
  });

  test('tables that are no longer needed are used again', () => {
    const { tables } = build(40);
    for (let i = 0; i < 2000; i += 1) {
      expect(tables.map(0x4000_0000n, 0x8000_0000n, 0x1000n, all)).toBe(true);
      tables.unmap(0x4000_0000n, 1n << 30n);
    }
  });

  test.each([32, 34, 36, 40, 43, 44, 48])('%i bits of address', (ipaBits) => {
    const { tables, ask } = build(ipaBits);
    const top = (1n << BigInt(ipaBits)) - 0x1000n;
    expect(tables.map(top, 0x4000_0000n, 0x1000n, all)).toBe(true);
    expect(ask(top + 4n)).toBe('0x40000004 L3');
    expect(ask(top + 0x1000n)).toBe('translation L0');
  });
});

describe('what a view is told', () => {
  const k4 = { ...ON, tcr: (5n << 32n) | 16n, ttbr0: 0x1000n };
  const memory = { 4096: 0x2000n | TABLE, 8192: 0x3000n | TABLE, 12296: 0x60_0000n | BLOCK };

  test('which address bits each index is, and where each descriptor leads', () => {
    const { walk } = walkOf(0x3f_1234n, { el1: k4, memory });
    expect(walk.steps.map(({ msb, lsb, index, output }) => `[${msb}:${lsb}]=${index} ${output?.toString(16)}`)).toEqual([
      '[47:39]=0 2000',
      '[38:30]=0 3000',
      '[29:21]=1 600000',
    ]);
    expect(walk.off).toMatchObject([{ stage: 2, reason: { register: 'HCR_EL2', field: 'VM', value: '0x0' } }]);
  });

  test('what turned stage 1 off', () => {
    const off = (options: Case) => walkOf(0n, options).walk.off.find(({ stage }) => stage === 1)?.reason;
    expect(off({})).toMatchObject({ register: 'SCTLR_EL1', field: 'M', value: '0x0' });
    expect(off({ el1: k4, memory, hcr: 1n << 12n })).toMatchObject({ register: 'HCR_EL2', field: 'DC', value: '0x1' });
    expect(off({ el1: k4, memory, hcr: 1n << 27n })).toMatchObject({ register: 'HCR_EL2', field: 'TGE', value: '0x1' });
    expect(off({ request: { el: 2 } })).toMatchObject({ register: 'SCTLR_EL2', field: 'M' });
    expect(off({ el1: k4, memory })).toBeUndefined();
  });
});
