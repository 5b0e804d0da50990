// Where everything lies in the machine that runs a batch: the one place for the addresses and offsets that the generator, the harness
// (harness.S takes them as assembler symbols) and the reader of the results share.

/** Programs in one run of an emulator. */
export const SLOTS = 256;

const PAGE = 0x1000;

/** The harness with its translation tables. */
export const RAM = 0x4000_0000;
export const RAM_SIZE = 0x400_0000;
export const HARNESS = 0x4020_0000;
/** One slot for each program: a page of guest code, a page with its header and its set-up code for EL2. */
export const PROGRAMS = 0x4100_0000;
export const PROGRAM_SIZE = 2 * PAGE;
/** One slot for each program: two pages of guest data, a page with the record. They are what a run writes out. */
export const RESULTS = 0x4200_0000;
export const RESULT_SIZE = 3 * PAGE;
export const DATA_SIZE = 2 * PAGE;

/** The file that a run leaves in its folder. */
export const RESULT_FILE = 'results.bin';

/** 64-bit words of a program's header. */
export const HEADER = {
  x: 0,
  sp_el0: 31,
  sp_el1: 32,
  pc: 33,
  spsr: 34,
  hcr: 35,
  setup: 36,
  pokes: 37,
  words: 38,
} as const;

/** 64-bit words of a program's record. */
export const RECORD = {
  magic: 0,
  /** Why the program ended: 0 its own end, 1 too many exceptions, 2 an exception in the harness. */
  reason: 1,
  count: 2,
  pc: 3,
  spsr: 4,
  x: 5,
  sp_el0: 36,
  sp_el1: 37,
  sysregs: 38,
  /** The last instruction of the set-up code that was UNDEFINED; 0: none. */
  refused: 127,
  log: 128,
} as const;

export const MAGIC = 0x4355_5a5a_4955n;
/** Exceptions that a record has room for. */
export const LOG_ENTRIES = (PAGE / 8 - RECORD.log) / 8;

/** Immediates of HVC, SMC and SVC by which a program ends, and by which an EL1 vector reports itself (lowest 4 bits: which one). */
const END = 0xffff;
const VECTOR = 0xe000;

/** System registers at the end of a program, read at EL2 with HCR_EL2 = RW. */
export const SYSREGS: readonly string[] = [
  'esr_el1',
  'far_el1',
  'elr_el1',
  'spsr_el1',
  'par_el1',
  'tpidr_el0',
  'tpidrro_el0',
  'tpidr_el1',
  'contextidr_el1',
  'sctlr_el1',
  'ttbr0_el1',
  'ttbr1_el1',
  'tcr_el1',
  'mair_el1',
  'amair_el1',
  'vbar_el1',
  'cpacr_el1',
  'afsr0_el1',
  'afsr1_el1',
  'csselr_el1',
  'mdscr_el1',
  'cntkctl_el1',
];

/** Where the guest's pages appear to it, virtually or as IPA, when translation is on; elsewhere it uses the physical addresses of its slot. */
export const GUEST = 0x8000_0000;

/** Pages at GUEST, in order, where stage 1 maps them. Those of data are the two pages of the slot. */
export const STAGE1_PAGES = [
  'code',
  'vectors',
  'data0',
  'data1',
  'readonly',
  'el1only',
  'noaf',
  'invalid',
  'device',
  'xn',
  'pxn',
  'uxn',
  'badsize',
  'hole',
  'reserved',
] as const;

/** From GUEST + this on stage 1 maps each page to the IPA of the same number, where stage 2 has its own kinds of pages. */
export const STAGE2_AT = 0x10_000;
export const STAGE2_PAGES = [
  'rw',
  'readonly',
  'writeonly',
  'none',
  'noaf',
  'invalid',
  'xn',
  'xn01',
  'xn11',
  'device',
  'badsize',
  'hole',
  'reserved',
] as const;

export type Stage1Page = (typeof STAGE1_PAGES)[number];
export type Stage2Page = (typeof STAGE2_PAGES)[number];

export function stage1Page(name: Stage1Page): number {
  return GUEST + STAGE1_PAGES.indexOf(name) * PAGE;
}

/** What harness.S is assembled with. */
export function harnessSymbols(count: number): string {
  const constants: Record<string, number | bigint> = {
    COUNT: count,
    HARNESS,
    PROGRAMS,
    PROGRAM_SIZE,
    RESULTS,
    RESULT_SIZE,
    DATA_SIZE,
    GUEST,
    STAGE2_AT,
    MAGIC,
    LOG_ENTRIES,
    END,
    VECTOR,
  };
  for (const [name, at] of Object.entries(HEADER)) constants[`HEADER_${name}`] = at * 8;
  for (const [name, at] of Object.entries(RECORD)) constants[`RECORD_${name}`] = at * 8;
  const dump = SYSREGS.map((name, at) => `mrs x0, ${name}; str x0, [x20, #${(RECORD.sysregs + at) * 8}]`);
  return [
    ...Object.entries(constants).map(([name, value]) => `.set ${name}, 0x${value.toString(16)}`),
    '.macro DUMP_SYSREGS',
    ...dump,
    '.endm',
    `.macro FILE_NAME\n.asciz "${RESULT_FILE}"\n.endm`,
    `.set FILE_NAME_LENGTH, ${RESULT_FILE.length}`,
  ].join('\n');
}
