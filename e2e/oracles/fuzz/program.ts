// A random program: where it runs, with what registers, and its text as units that can be taken out one by one; and how it is written as
// assembly text for its slot. Knows nothing of how programs are made up, run or compared.
import {
  DATA_SIZE,
  GUEST,
  type HEADER,
  PROGRAM_SIZE,
  PROGRAMS,
  RESULT_SIZE,
  RESULTS,
  STAGE1_PAGES,
  STAGE2_AT,
  STAGE2_PAGES,
  type Stage1Page,
  type Stage2Page,
} from './layout.ts';
import { random } from './random.ts';

/** What stands together: the text before and after other units, which may be none. Without its body a unit still terminates and means something. */
export type Unit = { readonly head: readonly string[]; readonly body: readonly Unit[]; readonly tail: readonly string[] };

export type Translation = 'off' | 'stage 1' | 'stage 2' | 'both';

export type Program = {
  readonly seed: number;
  readonly index: number;
  readonly translation: Translation;
  /** PSTATE at entry as SPSR_EL2 has it: Exception level, stack pointer, masks, flags. */
  readonly spsr: bigint;
  readonly hcr: bigint;
  /** System registers written at EL2 before entry, in this order, by a name that GNU as takes or its generic name. */
  readonly sysregs: readonly (readonly [name: string, value: bigint | string])[];
  /** X0 to X30; `middle` is the address in the middle of the data. */
  readonly x: readonly (bigint | 'middle')[];
  /** Which vector set EL1 has: HVC is UNDEFINED under HCR_EL2.HCD. */
  readonly vectors: 'hvc' | 'smc';
  readonly units: readonly Unit[];
};

export function unit(...head: readonly string[]): Unit {
  return { head, body: [], tail: [] };
}

/** Lines of the units, in order. */
export function linesOf(units: readonly Unit[]): readonly string[] {
  return units.flatMap(({ head, body, tail }) => [...head, ...linesOf(body), ...tail]);
}

/** Physical address of the slot's two pages of data. */
function dataAddress(slot: number): number {
  return RESULTS + slot * RESULT_SIZE;
}

function codeAddress(slot: number): number {
  return PROGRAMS + slot * PROGRAM_SIZE;
}

/** The initial data: the same for a program whatever its slot. */
export function initialData({ seed, index }: Program): Uint8Array {
  const r = random(seed, index, 1);
  const data = new DataView(new ArrayBuffer(DATA_SIZE));
  for (let at = 0; at < DATA_SIZE; at += 8) data.setBigUint64(at, r.oneIn(3) ? r.value() : r.bits64(), true);
  return new Uint8Array(data.buffer);
}

/** Where the two data pages meet, as the guest sees it. */
function middleOf({ translation }: Program, slot: number): number {
  if (translation === 'off') return dataAddress(slot) + DATA_SIZE / 2;
  return GUEST + (STAGE1_PAGES.indexOf('data1') << 12);
}

/** The program with its header and set-up code, for the section `.programs`. Labels in units are written `@name` and are the program's own. */
export function assemblyOf(program: Program, slot: number): string {
  const { translation, spsr, hcr, sysregs, x, units, vectors } = program;
  const own = (line: string) => line.replaceAll('@', `P${slot}_`);
  const exceptionLevel = (spsr >> 2n) & 3n;
  const end = exceptionLevel === 0n ? 'svc' : vectors;
  const entry = translation === 'off' ? codeAddress(slot) : GUEST;
  const vectorBase = translation === 'off' ? 'guest_vectors' : `${GUEST + 0x1000}`;
  const header: Record<keyof typeof HEADER, string | number | bigint> = {
    x: x.map((value) => (value === 'middle' ? middleOf(program, slot) : hex(value))).join(', '),
    sp_el0: middleOf(program, slot),
    sp_el1: middleOf(program, slot),
    pc: entry,
    spsr: hex(spsr),
    hcr: hex(hcr),
    setup: `P${slot}_setup`,
    pokes: `P${slot}_pokes`,
    words: 0,
  };
  const { words: _, ...quads } = header;
  const setup: readonly (readonly [string, bigint | string])[] = [
    ['vbar_el1', `${vectorBase} + ${vectors === 'smc' ? 0x800 : 0}`],
    ['ttbr0_el1', 'stage1_level1'],
    ['ttbr1_el1', 'stage1_level1'],
    ['vttbr_el2', 'stage2_level1'],
    ...sysregs,
  ];
  return [
    `.org ${slot * PROGRAM_SIZE}`,
    `P${slot}_code:`,
    ...linesOf(units).map(own),
    `${end} #0xffff`,
    '.ltorg',
    `.org ${slot * PROGRAM_SIZE + PROGRAM_SIZE / 2}`,
    ...Object.values(quads).map((value) => `.quad ${value}`),
    `P${slot}_pokes:`,
    ...tableEntries(translation, exceptionLevel === 0n, slot).map(([address, value]) => `.quad ${address}, ${value}`),
    '.quad 0, 0',
    `P${slot}_setup:`,
    ...setup.flatMap(([name, value]) => {
      const text = typeof value === 'bigint' ? hex(value) : own(value);
      return text === '0x0' ? [`msr ${name}, xzr`] : [`ldr x0, =${text}`, `msr ${name}, x0`];
    }),
    'ret',
    '.ltorg',
  ].join('\n');
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

// ── Translation tables ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Stage 1, level 3: page, AF, inner shareable, MAIR attribute 0, readable and writable at both levels, executable at none. */
const STAGE1_RW = 0x60_0000_0000_0743n;
const STAGE1_AP_RO = 1n << 7n;
const STAGE1_AP_EL0 = 1n << 6n;
const STAGE1_UXN = 1n << 54n;
const STAGE1_PXN = 1n << 53n;
const AF = 1n << 10n;
/** Beyond the 40 bits that TCR_EL1.IPS and VTCR_EL2.PS say. */
const TOO_LARGE = 0x8000_0000_0000n;
/** Nothing answers there. */
const HOLE = 0x0b00_0000n;

/** Stage 2, level 3: page, AF, inner shareable, readable and writable, Normal write-back. */
const STAGE2_RW = 0x7ffn;
const S2AP = 3n << 6n;
/** Also for other views of the code: a program must not change itself. */
const STAGE2_RO = (STAGE2_RW & ~S2AP) | (1n << 6n);
const S2_XN = { xn01: 1n << 53n, xn: 2n << 53n, xn11: 3n << 53n };

function tableEntries(
  translation: Translation,
  atEl0: boolean,
  slot: number,
): readonly (readonly [address: string, value: string])[] {
  const code = `P${slot}_code`;
  const data = `${dataAddress(slot)}`;
  const entries: [string, string][] = [];
  if (translation === 'stage 1' || translation === 'both') {
    const pages: Record<Stage1Page, readonly [page: string | bigint, attributes: bigint]> = {
      // Under PAN code that EL0 may read could not read its own literals.
      code: [code, (STAGE1_RW | STAGE1_AP_RO) & ~(STAGE1_PXN | STAGE1_UXN) & ~(atEl0 ? 0n : STAGE1_AP_EL0)],
      vectors: ['guest_vectors', (STAGE1_RW | STAGE1_AP_RO | STAGE1_UXN) & ~(STAGE1_AP_EL0 | STAGE1_PXN)],
      data0: [data, STAGE1_RW],
      data1: [`${data} + 0x1000`, STAGE1_RW],
      readonly: [data, STAGE1_RW | STAGE1_AP_RO],
      el1only: [data, STAGE1_RW & ~STAGE1_AP_EL0],
      noaf: [data, STAGE1_RW & ~AF],
      invalid: [data, STAGE1_RW & ~1n],
      device: [data, STAGE1_RW | (1n << 2n)],
      xn: [code, STAGE1_RW | STAGE1_AP_RO],
      pxn: [code, (STAGE1_RW | STAGE1_AP_RO) & ~STAGE1_UXN],
      uxn: [code, (STAGE1_RW | STAGE1_AP_RO) & ~(STAGE1_PXN | STAGE1_AP_EL0)],
      badsize: [TOO_LARGE, STAGE1_RW],
      hole: [HOLE, STAGE1_RW],
      reserved: [data, STAGE1_RW & ~2n],
    };
    for (const [at, name] of STAGE1_PAGES.entries()) {
      const [page, attributes] = pages[name];
      entries.push([`stage1_level3 + ${at * 8}`, `${page} + ${hex(attributes)}`]);
    }
    for (const [at, name] of STAGE2_PAGES.entries()) {
      const address = GUEST + STAGE2_AT + at * 0x1000;
      // What is writable at EL0 cannot be executed at EL1.
      const attributes = name.startsWith('xn') ? (STAGE1_RW | STAGE1_AP_RO) & ~(STAGE1_PXN | STAGE1_UXN) : STAGE1_RW;
      entries.push([`stage1_level3 + ${((STAGE2_AT >> 12) + at) * 8}`, `${address} + ${hex(attributes)}`]);
    }
  }
  if (translation === 'stage 2' || translation === 'both') {
    const identity: readonly (readonly [Stage1Page, string])[] = [
      ['code', code],
      ['vectors', 'guest_vectors'],
      ['data0', data],
      ['data1', `${data} + 0x1000`],
    ];
    for (const [name, page] of identity)
      entries.push([`stage2_level3 + ${STAGE1_PAGES.indexOf(name) * 8}`, `${page} + ${hex(STAGE2_RW)}`]);
    const pages: Record<Stage2Page, readonly [page: string | bigint, attributes: bigint]> = {
      rw: [data, STAGE2_RW],
      readonly: [data, STAGE2_RO],
      writeonly: [data, (STAGE2_RW & ~S2AP) | (2n << 6n)],
      none: [data, STAGE2_RW & ~S2AP],
      noaf: [data, STAGE2_RW & ~AF],
      invalid: [data, STAGE2_RW & ~1n],
      xn: [code, STAGE2_RO | S2_XN.xn],
      xn01: [code, STAGE2_RO | S2_XN.xn01],
      xn11: [code, STAGE2_RO | S2_XN.xn11],
      device: [data, (STAGE2_RW & ~0x3cn) | 0x4n],
      badsize: [TOO_LARGE, STAGE2_RW],
      hole: [HOLE, STAGE2_RW],
      reserved: [data, STAGE2_RW & ~2n],
    };
    for (const [at, name] of STAGE2_PAGES.entries()) {
      const [page, attributes] = pages[name];
      entries.push([`stage2_level3 + ${((STAGE2_AT >> 12) + at) * 8}`, `${page} + ${hex(attributes)}`]);
    }
  }
  return entries;
}
