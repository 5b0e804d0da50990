// Random programs for traps: EL1 or EL0 code that touches system registers, system instructions, waits, calls, FP, PAuth and pages that fault,
// under random controls of EL2 and EL1. Whoever takes what, and with what syndrome, is in the log; where nobody does, the effect is compared.
import { fieldsOf, genericName, packEncoding, SYSREGS, SYSTEM_OPERATIONS, type Sysreg, unpackEncoding } from '#arch/sysreg';
import { TEMPLATES } from './data-processing.ts';
import { excludes, hasFreeValue, isUntouched } from './excluded.ts';
import { EXCEPTIONS } from './flow.ts';
import { KEYS, MAIR, SCTLR, TCR } from './generate.ts';
import { GUEST, STAGE1_PAGES, STAGE2_AT, STAGE2_PAGES } from './layout.ts';
import { MEMORY } from './memory.ts';
import { fill, registerNumber } from './operands.ts';
import { linesOf, type Program, type Translation, type Unit, unit } from './program.ts';
import { type Random, random } from './random.ts';

const bit = (...numbers: readonly number[]): bigint => numbers.reduce((all, number) => all | (1n << BigInt(number)), 0n);

/** HCR_EL2: what takes something or changes where exceptions go. Bits of features that are not there stay in: they must do nothing. */
const HCR = {
  VM: 0,
  SWIO: 1,
  PTW: 2,
  FMO: 3,
  IMO: 4,
  AMO: 5,
  VF: 6,
  VI: 7,
  VSE: 8,
  DC: 12,
  TWI: 13,
  TWE: 14,
  TSC: 19,
  TGE: 27,
  HCD: 29,
  RW: 31,
  E2H: 34,
  APK: 40,
  API: 41,
} as const;
/** SWIO, PTW, FMO, IMO, AMO, FB, BSU, TWI, TWE, TID0-3, TSC, TACR, TSW, TPCP, TPU, TTLB, TVM, TDZ, HCD, TRVM … TID5; not NV, which EL1 would be. */
function hcrRandom(): readonly number[] {
  const kept = [
    ...[1, 2, 3, 4, 5, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 28, 29, 30, 32, 33, 35, 36, 38, 40, 41],
    ...[46, 47, 49, 50, 51, 52, 53, 54, 55, 58],
  ];
  return [...kept, ...(excludes('tidcp') ? [] : [20]), ...(excludes('tea') ? [] : [37])];
}
/** TPM, TPMCR, TDE, TDA, TDOSA, TDRA, TPMS, HPMD, TTRF, HCCD, HLP. */
function mdcrRandom(): readonly number[] {
  return [6, 8, 9, 10, 11, 14, 17, 19, 23, 26, ...(excludes('tpmcr') ? [] : [5])];
}
const SCTLR_RANDOM = [1, 2, 9, 10, 13, 14, 15, 16, 18, 19, 20, 21, 23, 24, 26, 27, 30, 31, 35, 36, 44];

/** Some of the bits: few, half, or nearly all. */
function some(r: Random, numbers: readonly number[]): bigint {
  const chance = r.pick([1, 3, 8, 15]);
  return bit(...numbers.filter(() => r.below(16) < chance));
}

type World = {
  readonly r: Random;
  readonly el: 0 | 1;
  readonly translation: Translation;
  readonly hcr: bigint;
  readonly sctlr: bigint;
  /** Exceptions can come between any two instructions. */
  readonly isWatched: boolean;
  readonly aligned: boolean;
  /** What system registers hold whose change would lose the program: they are only ever written with that. */
  readonly kept: ReadonlyMap<string, bigint>;
};

/** Registers that a program may write although something depends on them, as nothing that happens here does. */
const RESETS: readonly (readonly [string, bigint])[] = [
  ...[
    'fpcr',
    'fpsr',
    'esr_el1',
    'far_el1',
    'elr_el1',
    'spsr_el1',
    'par_el1',
    'afsr0_el1',
    'afsr1_el1',
    'amair_el1',
    'csselr_el1',
  ].map(zero),
  ...['tpidr_el0', 'tpidrro_el0', 'tpidr_el1', 'contextidr_el1', 'scxtnum_el0', 'scxtnum_el1', 'disr_el1', 'actlr_el1'].map(zero),
  ...['lorsa_el1', 'lorea_el1', 'lorn_el1', 'lorc_el1'].map(zero),
  ...['oslar_el1', 'osdlr_el1', 'mdccint_el1'].map(zero),
  ...[0, 1, 2, 3, 4, 5].flatMap((n) => [zero(`dbgbcr${n}_el1`), zero(`dbgbvr${n}_el1`)]),
  ...[0, 1, 2, 3].flatMap((n) => [zero(`dbgwcr${n}_el1`), zero(`dbgwvr${n}_el1`)]),
  ...[0, 1, 2, 3, 4, 5].flatMap((n) => [zero(`pmevtyper${n}_el0`), zero(`pmevcntr${n}_el0`)]),
  ['pmcntenclr_el0', 0xffff_ffffn],
  ['pmintenclr_el1', 0xffff_ffffn],
  ['pmovsclr_el0', 0xffff_ffffn],
  ...['pmcr_el0', 'pmselr_el0', 'pmccfiltr_el0', 'pmccntr_el0'].map(zero),
  ...['cntv_ctl_el0', 'cntp_ctl_el0', 'cntv_cval_el0', 'cntp_cval_el0', 'cntvoff_el2', 'cnthp_ctl_el2', 'cnthv_ctl_el2'].map(
    zero,
  ),
  ...['ich_vmcr_el2', 'ich_ap0r0_el2', 'ich_ap1r0_el2', 'ich_lr0_el2', 'ich_lr1_el2', 'ich_lr2_el2', 'ich_lr3_el2'].map(zero),
  ...[
    'icc_pmr_el1',
    'icc_bpr0_el1',
    'icc_bpr1_el1',
    'icc_igrpen0_el1',
    'icc_igrpen1_el1',
    'icc_ctlr_el1',
    'icc_ap0r0_el1',
    'icc_ap1r0_el1',
  ].map(zero),
];

function zero(name: string): readonly [string, bigint] {
  return [name, 0n];
}

/** The program of this index: the same at any time. */
export function generateTraps(seed: number, index: number, features: readonly string[] = TRAP_FEATURES): Program {
  const r = random(seed, index, 2);
  const tge = r.oneIn(12);
  const e2h = r.oneIn(6);
  const el = tge || r.oneIn(3) ? 0 : 1;
  // Under TGE the EL1&0 translation is off; under E2H as well EL0 has the regime of EL2, which the harness has off.
  const translation: Translation = tge ? 'off' : r.pick(['stage 1', 'both', 'both', 'stage 2', 'off']);
  const stage2 = translation === 'stage 2' || translation === 'both';
  let hcr = bit(HCR.RW) | some(r, hcrRandom());
  if (r.oneIn(2)) hcr |= bit(HCR.APK, HCR.API);
  if (stage2) hcr |= bit(HCR.VM);
  else if (excludes('at-ptw')) hcr &= ~bit(HCR.PTW);
  if (translation === 'stage 2' && r.oneIn(3)) hcr |= bit(HCR.DC);
  if (tge) hcr |= bit(HCR.TGE);
  if (e2h) hcr |= bit(HCR.E2H);
  if (hcr & bit(HCR.HCD)) hcr |= bit(HCR.TSC);
  const interrupts = [HCR.VF, HCR.VI, HCR.VSE];
  if (r.oneIn(8)) hcr |= excludes('two-interrupts') ? bit(r.pick(interrupts)) : some(r, interrupts);
  const withKey = (value: bigint) => (!excludes('xpac-without-keys') || value & bit(13, 27, 30, 31) ? value : value | bit(13));
  const sctlr = withKey(
    (SCTLR & ~bit(...SCTLR_RANDOM)) | some(r, SCTLR_RANDOM) | (translation === 'off' || translation === 'stage 2' ? 0n : 1n),
  );
  const tcr =
    TCR |
    some(r, [22, 39, 40, 41, 42, 56, ...(el === 1 ? [55] : [])]) |
    (excludes('tbi-halves') ? (r.oneIn(2) ? bit(37, 38) : 0n) | (r.oneIn(2) ? bit(51, 52) : 0n) : some(r, [37, 38, 51, 52]));
  const debug = r.pick(['none', 'none', 'none', 'step', 'breakpoint', 'watchpoint'] as const);
  const world: World = {
    r,
    el,
    translation,
    hcr,
    sctlr,
    isWatched: debug === 'step' || debug === 'breakpoint',
    aligned: excludes('unaligned-watched') && debug === 'watchpoint',
    kept: new Map([
      ['SCTLR_EL1', sctlr],
      ['TCR_EL1', tcr],
      ['MAIR_EL1', MAIR],
    ]),
  };
  const made = units(world, features);
  const hostControls = [
    13,
    14,
    15,
    16,
    18,
    26,
    27,
    30,
    31,
    ...(excludes('host-uma') ? [] : [9]),
    ...(excludes('tscxt') ? [] : [20]),
  ];
  const userCounters = r.oneIn(2) ? some(r, [0, 1, 2, 3]) : 0n;
  const flags = BigInt(r.below(16)) << 28n;
  const mode = el === 0 ? 0n : r.oneIn(5) ? 4n : 5n;
  const masks = r.oneIn(3) ? BigInt(r.below(16)) << 6n : 0x3c0n;
  const state = some(r, [22, 23, 24, 12]); // PAN, UAO, DIT, SSBS
  return {
    seed,
    index,
    translation,
    spsr: flags | masks | mode | (el === 0 ? state & ~bit(23) : state) | (debug === 'step' ? bit(21) : 0n),
    hcr,
    sysregs: [
      ['cptr_el2', 0x22ffn],
      ['mdcr_el2', 6n],
      ...RESETS,
      ...KEYS.map((key) => [`${key}_el1`, r.bits64()] as const),
      ['vpidr_el2', 0x4100_0000n | BigInt(r.below(1 << 20))],
      ['vmpidr_el2', bit(31) | BigInt(r.below(1 << 16))],
      ['vsesr_el2', BigInt(r.below(1 << 25))],
      ['tcr_el1', tcr],
      ['mair_el1', MAIR],
      ['vtcr_el2', VTCR | some(r, [21, 22])],
      ['cpacr_el1', (BigInt(r.below(4)) << 20n) | (r.oneIn(3) ? some(r, [16, 17, 24, 25, 28]) : 0n)],
      ['cntkctl_el1', some(r, [0, 1, 8, 9])],
      ['pmuserenr_el0', userCounters],
      ['hstr_el2', r.oneIn(3) ? BigInt(r.below(1 << 16)) : 0n],
      ['cnthctl_el2', counterControl(r, el)],
      ['ich_hcr_el2', some(r, [10, 11, 12, 13, 14])],
      ['sctlr_el2', withKey((0x30c5_0830n & ~bit(...SCTLR_RANDOM, 12)) | some(r, hostControls))],
      ...debugRegisters(r, debug, translation),
      ['sctlr_el1', sctlr],
      ['mdcr_el2', 6n | (some(r, mdcrRandom()) & ~(excludes('user-counters') && el === 0 && userCounters !== 0n ? bit(6) : 0n))],
      // As CPTR_EL2 with E2H = 0, then as with 1. SVE and SME stay off.
      [
        'cptr_el2',
        e2h
          ? (r.oneIn(2) ? 3n << 20n : BigInt(r.below(4)) << 20n) | some(r, [28, 31])
          : (0x33ffn & ~bit(10)) | some(r, [10, 20, 31]),
      ],
    ],
    x: Array.from({ length: 31 }, (_, at) => (at === 28 ? ('middle' as const) : r.value())),
    vectors: hcr & bit(HCR.HCD) ? 'smc' : 'hvc',
    units: made,
  };
}

/** CNTHCTL_EL2: EL1PCTEN, EL1PCEN and their kin. */
function counterControl(r: Random, el: 0 | 1): bigint {
  const value = some(r, [0, 1, 8, 9, 10, 11]);
  return excludes('user-count') && el === 0 ? (value & ~bit(1)) | ((value & bit(0)) << 1n) : value;
}

/** 40-bit IPA from level 1, 4 KiB granule, write-back, inner shareable, 40-bit physical addresses, RES1. */
const VTCR = 0x8002_3558n;

function debugRegisters(
  r: Random,
  debug: 'none' | 'step' | 'breakpoint' | 'watchpoint',
  translation: Translation,
): Program['sysregs'] {
  const enable = bit(15) | some(r, [13]); // MDSCR_EL1.MDE, KDE
  const code = (at: number) => (translation === 'off' ? `@code + ${at}` : BigInt(GUEST + at));
  const data = (at: number) => (translation === 'off' ? undefined : BigInt(GUEST + (STAGE1_PAGES.indexOf('data1') << 12) + at));
  switch (debug) {
    case 'none':
      return [['mdscr_el1', r.oneIn(4) ? some(r, [13, 15, ...(excludes('tdcc') ? [] : [12])]) : 0n]];
    case 'step':
      return [['mdscr_el1', bit(0) | some(r, [13, 15])]];
    case 'breakpoint':
      return [
        ['mdscr_el1', enable],
        ['dbgbvr0_el1', code(r.below(12) * 4)],
        ['dbgbcr0_el1', bit(0) | (BigInt(r.range(1, 3)) << 1n) | (0xfn << 5n)],
      ];
    case 'watchpoint': {
      const address = excludes('vector-watched') ? data(r.range(-20, 20) * 16) : data(r.range(-40, 40) * 8);
      if (address === undefined) return [['mdscr_el1', enable]];
      const first = r.below(8);
      const levels = r.range(1, 3);
      const stage2 = translation === 'both' || translation === 'stage 2';
      const privileges = BigInt(excludes('unprivileged-watched') && stage2 ? 3 : levels);
      const select = BigInt((((1 << r.range(1, 8 - first)) - 1) << first) & 0xff);
      return [
        ['mdscr_el1', enable],
        ['dbgwvr0_el1', address],
        ['dbgwcr0_el1', bit(0) | (privileges << 1n) | (BigInt(r.range(1, 3)) << 3n) | (select << 5n)],
      ];
    }
  }
}

// ── Units ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Groups whose registers `max` has or that have many controls come up more often than those that are all UNDEFINED. */
const GROUPS = [...new Set(SYSREGS.map(({ group }) => group))].flatMap((name) =>
  Array<string>(['trace', 'brbe', 'spmu', 'amu', 'mpam', 'gcs', 'spe', 'el3'].includes(name) ? 1 : 5).fill(name),
);

function anyRegister(r: Random): Sysreg {
  const name = r.pick(GROUPS);
  return r.pick(SYSREGS.filter(({ group }) => group === name));
}

function isUnused({ hcr }: World, { name }: Sysreg): boolean {
  const isHost = (hcr & bit(HCR.TGE, HCR.E2H)) === bit(HCR.TGE, HCR.E2H);
  return isUntouched(name) || (excludes('tscxt') && isHost && name === 'SCXTNUM_EL0');
}

function read(world: World): Unit {
  const { r, isWatched } = world;
  const row = anyRegister(r);
  const name = genericName(row.encoding);
  if (isUnused(world, row) || (isWatched && (hasFreeValue(row.name) || row.name.startsWith('FAR_EL1')))) return unit();
  const at = registerNumber(r);
  return unit(`mrs x${at}, ${name} // ${row.name}`, ...(hasFreeValue(row.name) ? [`mov x${at}, xzr`] : []));
}

function write(world: World): Unit {
  const { r, kept } = world;
  const row = anyRegister(r);
  if (isUnused(world, row) || (row.name === 'DAIF' && world.isWatched && excludes('step-masked'))) return unit();
  if (row.name === 'MDSCR_EL1' && world.isWatched && excludes('step-switched')) return unit();
  const encoding = row.encoding;
  const name = genericName(encoding);
  const at = registerNumber(r);
  const any = valueFor(row.writeName ?? row.name, r, kept);
  if (any === undefined) return unit();
  const value = excludes('reserved-bits') ? any & meaningOf(row) : any;
  return unit(`ldr x${at}, =0x${value.toString(16)}`, `msr ${name}, x${at} // ${row.writeName ?? row.name}`);
}

function meaningOf(row: Sysreg): bigint {
  return fieldsOf(row)
    .flatMap(({ parts }) => parts)
    .reduce((all, { msb, lsb }) => all | (((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb)), 0n);
}

/** What may be written to a register without losing the program; undefined: nothing. */
function valueFor(name: string, r: Random, kept: World['kept']): bigint | undefined {
  const same = kept.get(name);
  if (same !== undefined) return same;
  if (/^(TTBR[01]|VBAR|RMR)_EL1$/.test(name)) return undefined; // hold addresses of the batch; RMR resets
  if (/^(SPSel|DAIF|ALLINT)$/.test(name)) return name === 'DAIF' ? 0x3c0n : 1n;
  if (/^MDSCR_EL1$/.test(name)) return 0n;
  if (/^CSSELR_EL1$/.test(name)) return BigInt(r.below(16)); // no tags
  if (/^(DBGBCR|DBGWCR)/.test(name)) return r.value() & ~1n; // not enabled
  if (/^PMCR_EL0$/.test(name)) return r.value() & ~1n; // counters stand still
  if (/^(OSLAR_EL1|OSDLR_EL1)$/.test(name)) return BigInt(r.below(2));
  if (/^CNT[PV]_(CTL|CVAL|TVAL)_EL0$/.test(name)) return name.includes('CTL') ? BigInt(r.below(4)) : r.pick([0n, bit(62)]);
  if (/^(PAN|UAO)$/.test(name)) return 0n;
  return r.value();
}

/** Any encoding of MRS, or of MSR where the tables have nothing. */
function encodings(world: World): Unit {
  const { r } = world;
  const encoding = packEncoding(
    r.pick([2, 3, 3]),
    r.below(8),
    r.oneIn(3) ? r.pick([11, 15]) : r.below(16),
    r.below(16),
    r.below(8),
  );
  if (isUntouched(genericName(encoding))) return unit();
  const row = SYSREGS.find((one) => one.encoding === encoding);
  if (row !== undefined && (isUnused(world, row) || hasFreeValue(row.name))) return unit();
  const at = registerNumber(r);
  const name = genericName(encoding);
  return row === undefined && r.oneIn(2) ? unit(`msr ${name}, x${at}`) : unit(`mrs x${at}, ${name}`);
}

function address({ r, translation }: World, faulting: boolean): readonly string[] {
  if (!faulting || translation === 'off') return [`${r.oneIn(2) ? 'add' : 'sub'} x29, x28, #${r.below(2000)}`];
  const pages = [
    ...(translation === 'stage 2' ? [] : STAGE1_PAGES.map((_, at) => GUEST + at * 0x1000)),
    ...(translation === 'stage 1' ? [] : STAGE2_PAGES.map((_, at) => GUEST + STAGE2_AT + at * 0x1000)),
    GUEST + 0x20_0000,
    0x9000_0000,
  ];
  return [`ldr x29, =0x${(r.oneIn(8) ? r.bits64() : BigInt(r.pick(pages) + r.below(0xf00))).toString(16)}`];
}

/** AT with its result. */
function translate(world: World): Unit {
  const { r, sctlr, translation } = world;
  const name = r.pick(['s1e1r', 's1e1w', 's1e0r', 's1e0w', 's1e1rp', 's1e1wp', 's12e1r', 's12e0w', 's1e2r']);
  const at = registerNumber(r);
  const label = `@par${r.word()}`;
  const isNormal = (sctlr & bit(2)) !== 0n && (translation === 'stage 1' || translation === 'both');
  const isCompared = isNormal || !excludes('par-attributes');
  // A step or breakpoint would show what is cut off.
  if (excludes('par-attributes') && world.isWatched) return unit();
  // A page may be Device memory also where the rest is compared.
  const attributes = isCompared ? [] : [`bfc x${at}, #56, #8`];
  const cut = excludes('par-attributes') ? [`tbnz x${at}, #0, ${label}`, ...attributes, `bfc x${at}, #7, #2`, `${label}:`] : [];
  return unit(...address(world, !r.oneIn(3)), `at ${name}, x29`, 'isb', `mrs x${at}, par_el1`, ...cut);
}

/** Named system instructions of caches, TLB, prediction: at addresses that are there. */
function operations(world: World): Unit {
  const { r } = world;
  const row = r.pick(SYSTEM_OPERATIONS);
  if (isUntouched(row.name) || row.name.startsWith('AT')) return unit();
  const { op1, crn, crm, op2 } = unpackEncoding(row.encoding);
  const isDevice = world.translation === 'off' || world.translation === 'stage 2';
  if (excludes('dc-zva-device') && row.name === 'DC ZVA' && isDevice) return unit();
  const isLoad = excludes('cache-aborts') && (row.name === 'DC CVAP' || row.name === 'DC CVADP') && world.el === 1;
  return unit(
    ...address(world, !excludes('cache-aborts') && row.name.startsWith('DC')),
    ...(isLoad ? ['msr pan, #0'] : []),
    `sys #${op1}, C${crn}, C${crm}, #${op2}, ${row.operand === 'none' ? 'xzr' : 'x29'} // ${row.name}`,
  );
}

/** Any SYS or SYSL that no table has. */
function systemWords(world: World): Unit {
  const { r } = world;
  const encoding = packEncoding(1, r.below(8), r.pick([7, 8, 9, 11, 15, r.below(16)]), r.below(16), r.below(8));
  if (SYSTEM_OPERATIONS.some((row) => row.encoding === encoding)) return unit();
  if (isUntouched(genericName(encoding))) return unit();
  const { op1, crn, crm, op2 } = unpackEncoding(encoding);
  const at = registerNumber(r);
  return unit(r.oneIn(3) ? `sysl x${at}, #${op1}, C${crn}, C${crm}, #${op2}` : `sys #${op1}, C${crn}, C${crm}, #${op2}, x${at}`);
}

function waits({ r, el, hcr, sctlr, isWatched }: World): Unit {
  const has = (...numbers: readonly number[]) => (hcr & bit(...numbers)) === bit(...numbers);
  // A wait that nobody takes would never end; of a host's EL0 SCTLR_EL2 decides, which may be anything here.
  const isHost = has(HCR.E2H, HCR.TGE);
  const isTaken = !isHost && (has(HCR.TWI) || (el === 0 && !has(HCR.TGE) && (sctlr & bit(16)) === 0n));
  const isExcluded =
    (excludes('wfi-while-stepping') && isWatched) ||
    (excludes('wfi-virtual-interrupt') && (hcr & bit(HCR.VF, HCR.VI, HCR.VSE)) !== 0n);
  if (isTaken && !isExcluded) return unit('wfi');
  return unit(r.pick(['yield', 'nop', 'esb', 'isb', ...(excludes('wfe') ? [] : ['wfe'])]));
}

function calls({ r, el, hcr }: World): Unit {
  const immediate = r.oneIn(3) ? r.below(16) : r.below(0xe000);
  const names = ['svc', 'hvc', 'brk', 'udf', 'hlt', 'dcps1', 'dcps2', 'dcps3', 'drps'];
  if (!excludes('smc-firmware') || el === 0 || (hcr & bit(HCR.TSC)) !== 0n) names.push('smc', 'smc');
  const name = r.pick(names);
  return unit(name === 'drps' ? 'drps' : `${name} #${name === 'hlt' ? immediate & 0xfff : immediate}`);
}

/** Moves between the register files and loads of them: FP as far as traps need it. */
function floatingPoint({ r }: World): Unit {
  const at = registerNumber(r);
  return unit(
    ...r.pick([
      [`fmov d${r.below(8)}, x${at}`],
      [`fmov s${r.below(8)}, w${at}`],
      [`mrs x${at}, fpcr`],
      [`mrs x${at}, fpsr`],
      [`fmov d1, x${at}`, `fmov x${registerNumber(r)}, d1`],
      [`fmov s2, w${at}`, `fmov w${registerNumber(r)}, s2`],
      [`ldr q${r.below(8)}, [x28, #${r.below(64) * 16}]`],
      [`ldr q3, [x28, #${r.below(64) * 16}]`, `str q3, [x28, #${r.below(64) * 16}]`],
      ['ldr d4, [x28, #8]', 'str s4, [x28, #16]'],
    ]),
  );
}

function pstate({ r, el, hcr, isWatched }: World): Unit {
  const at = registerNumber(r);
  const unmasks = !(excludes('two-interrupts') && isWatched && hcr & bit(HCR.VF, HCR.VI, HCR.VSE));
  const masks = excludes('step-masked') && isWatched ? r.below(8) : r.below(16);
  return unit(
    ...r.pick([
      [`msr daifset, #${masks}`, `mrs x${at}, daif`],
      [...(unmasks ? [`msr daifclr, #${r.below(16)}`] : []), `mrs x${at}, daif`],
      ['msr dit, #1', `mrs x${at}, dit`],
      ['msr ssbs, #1', `mrs x${at}, ssbs`],
      ['msr pan, #1', `ldr x${at}, [x28]`, `ldtr x${at}, [x28]`, 'msr pan, #0'],
      ['msr uao, #1', `ldtr x${at}, [x28]`, 'msr uao, #0'],
      ...(el === 1 ? [['msr spsel, #0', 'mov sp, x28', 'msr spsel, #1']] : []),
      [`mrs x${at}, daif`],
      [`mrs x${at}, currentel`],
    ]),
  );
}

function branchTargets({ r }: World): Unit {
  const label = `@target${r.word()}`;
  const landing = r.pick(['nop', 'bti', 'bti c', 'bti j', 'bti jc', 'paciasp', 'pacibsp', 'brk #1', 'hlt #1']);
  const jump = r.pick([
    ['br x29'],
    ['blr x29'],
    ['mov x16, x29', 'br x16'],
    ['mov x17, x29', 'br x17'],
    ['paciza x29', 'braaz x29'],
    ['mov x30, x29', 'ret'],
  ]);
  return unit(`adr x29, ${label}`, ...jump, `${label}:`, landing, ...(landing.startsWith('paci') ? [`mov x30, xzr`] : []));
}

const KINDS: Readonly<Record<string, { readonly weight: number; readonly make: (world: World) => Unit }>> = {
  'register reads': { weight: 8, make: read },
  'register writes': { weight: 8, make: write },
  'register encodings': { weight: 3, make: encodings },
  'address translation': { weight: 3, make: translate },
  'system operations': { weight: 5, make: operations },
  'system words': { weight: 2, make: systemWords },
  waits: { weight: 1, make: waits },
  calls: { weight: 3, make: calls },
  'floating point': { weight: 2, make: floatingPoint },
  pstate: { weight: 2, make: pstate },
  'branch targets': { weight: 2, make: branchTargets },
  'pointer authentication': { weight: 2, make: ({ r }) => unit(fill(r.pick(TEMPLATES['pauth'] ?? []), r)) },
  'data processing': { weight: 2, make: ({ r }) => unit(fill(r.pick(TEMPLATES['arithmetic'] ?? []), r)) },
  memory: { weight: 4, make: (world) => world.r.pick(MEMORY_KINDS)(world) },
  'memory faults': { weight: 5, make: (world) => need(MEMORY['faults'])(world) },
  'bad branch': {
    weight: 1,
    make: (world) =>
      world.translation === 'off' || world.translation === 'stage 2' ? unit() : need(EXCEPTIONS['bad branch'])(world.r, world.el),
  },
  // A step or breakpoint that EL1 takes would change ELR_EL1 on the way.
  'exception return': {
    weight: 1,
    make: ({ r, el, isWatched }) => (el === 0 || isWatched ? unit('nop') : need(EXCEPTIONS['exception return'])(r, el)),
  },
  'exception return at EL0': { weight: 1, make: ({ el }) => (el === 0 ? unit('eret') : unit()) },
};

const MEMORY_KINDS = Object.values(MEMORY);

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a feature is gone');
  return value;
}

export const TRAP_FEATURES: readonly string[] = Object.keys(KINDS);

function units(world: World, features: readonly string[]): readonly Unit[] {
  const { r } = world;
  const weighted = features.flatMap((name) => Array<string>(KINDS[name]?.weight ?? 0).fill(name));
  const made: Unit[] = [];
  const size = r.range(6, 30);
  while (made.length < size) {
    const next = need(KINDS[r.pick(weighted)]).make(world);
    const lines = linesOf([next]);
    if (lines.length > 0) made.push(next);
  }
  return made;
}
