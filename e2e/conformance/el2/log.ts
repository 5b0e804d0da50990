// The log that the EL2 stub writes, read into the form of expected/*.jsonl. Layout (README.md): for each case one end record, its exit records and a
// dump of guest memory, all little-endian 64-bit words. Knows nothing of what is right.

/** Words of an exit record, in order (struct rec of stub.c), cut after the last one used. */
const EXIT = [
  ...['n', 'kind', 'esr', 'far', 'hpfar', 'elr', 'spsr', 'hcr'],
  ...general(),
  ...[
    'sp0',
    'sp1',
    'esr1',
    'far1',
    'elr1',
    'spsr1',
    'act',
    'val',
    'reg',
    'vbar1',
    'sctlr1',
    'mdscr1',
    'par1',
    'ttbr01',
    'tcr1',
    'tpidr1',
    'irq',
    'pmr',
  ],
];
/** Words of an end record, in order (struct fin). */
const END = [
  ...['magic', 'idx', 'nex', 'why', 'pc', 'spsr'],
  ...general(),
  ...[
    'sp0',
    'sp1',
    'fpcr',
    'fpsr',
    'esr1',
    'far1',
    'elr1',
    'spsr1',
    'par1',
    'vbar1',
    'sctlr1',
    'tpidr0',
    'tpidr1',
    'tpidrro',
    'dump_addr',
    'dump_len',
  ],
];
const WORD = 8;
const EXIT_SIZE = WORD * 64;
const END_SIZE = WORD * (60 + 64);
const V_AT = WORD * 60;
const END_MAGIC = 0x204e_4946n;
const MAX_EXITS = 512n;
const MAX_DUMP = 0x19_0000n;

const WHY = ['hvc_end', 'max_exits', 'policy', 'watchdog'];
const ACT: Readonly<Record<string, string>> = {
  0: 'resume',
  1: 'call',
  2: 'skip',
  3: 'sysreg_read',
  4: 'sysreg_write',
  5: 'inject_undef',
  6: 'inject_sea',
  7: 'pc=x30',
  9: 'end',
  11: 'mmio_read',
  12: 'mmio_write',
  13: 'bcr0=0',
  14: 'step',
  20: 'irq',
  21: 'irq,pc=x30',
  22: 'serror',
  23: 'fiq',
};
/** What the policy did to a register: action, register number, value. */
const ACT_WITH_REGISTER = [3n, 4n, 11n, 12n];

export const DEFAULTS = { hcr: '0x308807d663f', sp_el0: '0x400b0000', sp_el1: '0x400c0000', dump_addr: '0x400a0000' } as const;

/** Classes whose exception sets FAR_ELx. */
const HAS_FAR = [0x20, 0x21, 0x22, 0x24, 0x25, 0x34, 0x35];
const ABORTS = [0x20, 0x21, 0x24, 0x25];

export type Parameter = string | number;
export type Parameters = Readonly<Record<string, Parameter | undefined>> & {
  readonly x?: Readonly<Record<string, Parameter>>;
  readonly v?: Readonly<Record<string, Parameter>>;
};
export type Registers = Readonly<Record<string, string>>;

/** What one exception saved, in hex; absent where it is not defined. */
export type Saved = {
  readonly esr?: string | undefined;
  readonly far?: string | undefined;
  readonly hpfar?: string | undefined;
  readonly elr?: string | undefined;
  readonly spsr?: string | undefined;
};

export type Exit = Saved & {
  readonly k?: string;
  readonly irq?: number;
  readonly hcr?: string;
  /** General registers that differ from the previous exit, by number. */
  readonly dx?: Registers;
  readonly sp?: readonly string[];
  /** What the guest's EL1 vectors took, where this exit is their report. */
  readonly el1?: Saved;
  readonly act?: string | number | readonly (string | number)[];
};

export type Decoded = {
  readonly exits: readonly Exit[];
  readonly end: {
    readonly why: string | number;
    readonly pc: string;
    readonly spsr: string;
    readonly x?: Registers;
    readonly v?: Registers;
    readonly sp?: readonly string[];
    readonly mem?: readonly string[];
  } & Readonly<Record<string, unknown>>;
};

type Words = Readonly<Record<string, bigint>>;

/** One case as it stands in the log. */
export type Logged = {
  readonly end: Words;
  readonly v: readonly bigint[];
  readonly exits: readonly Words[];
  readonly memory: Buffer;
};

function general(): readonly string[] {
  return Array.from({ length: 31 }, (_, number) => `x${number}`);
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/** A parameter or a written value as an unsigned 64-bit number; absent is 0. */
export function u64(value: Parameter | undefined): bigint {
  return value === undefined ? 0n : BigInt.asUintN(64, BigInt(value));
}

/** `count` bits from `low` up. */
export function field(value: bigint, low: number, count = 1): number {
  return Number((value >> BigInt(low)) & ((1n << BigInt(count)) - 1n));
}

/** The exception class of a syndrome. */
export function classOf(esr: string | undefined): number {
  return field(u64(esr), 26, 6);
}

export function isAbort(esr: string | undefined): boolean {
  return ABORTS.includes(classOf(esr));
}

/** The cases of a log in order, and why it could not be read to its end. */
export function readLog(log: Buffer): { readonly cases: readonly Logged[]; readonly error?: string } {
  const cases: Logged[] = [];
  const words = (names: readonly string[], at: number): Words =>
    Object.fromEntries(names.map((name, position) => [name, log.readBigUInt64LE(at + WORD * position)]));
  let at = 0;
  while (at < log.length) {
    if (at + END_SIZE > log.length) return { cases, error: `the log ends inside a record (byte ${at} of ${log.length})` };
    const end = words(END, at);
    const { magic, idx = 0n, nex = 0n, dump_len = 0n } = end;
    if (magic !== END_MAGIC) return { cases, error: `no end record at byte ${at}` };
    if (idx !== BigInt(cases.length)) return { cases, error: `case number ${idx} at byte ${at}, not ${cases.length}` };
    if (nex > MAX_EXITS || dump_len > MAX_DUMP) return { cases, error: `impossible length at byte ${at}` };
    const exitsAt = at + END_SIZE;
    const dumpAt = exitsAt + Number(nex) * EXIT_SIZE;
    const next = dumpAt + Number(dump_len);
    if (next > log.length) return { cases, error: `the log ends inside case ${idx}` };
    const vectors = at + V_AT;
    cases.push({
      end,
      v: Array.from(
        { length: 32 },
        (_, n) => log.readBigUInt64LE(vectors + 16 * n) | (log.readBigUInt64LE(vectors + 16 * n + 8) << 64n),
      ),
      exits: Array.from({ length: Number(nex) }, (_, n) => words(EXIT, exitsAt + n * EXIT_SIZE)),
      memory: log.subarray(dumpAt, next),
    });
    at = next;
  }
  return { cases };
}

/** A logged case in the form of expected/*.jsonl: registers as differences from their values at entry or at the previous exit. */
export function decode(p: Parameters, { end, v, exits, memory }: Logged): Decoded {
  const entry = Array.from({ length: 31 }, (_, number) => u64(p.x?.[number]));
  const entrySp = [u64(p.sp_el0 ?? DEFAULTS.sp_el0), u64(p.sp_el1 ?? DEFAULTS.sp_el1)];
  let x: readonly bigint[] = entry;
  let sp: readonly bigint[] = entrySp;
  const decoded = exits.map((words) => {
    const exit = decodeExit(p, words, x, sp);
    x = generalOf(words);
    sp = [words.sp0 ?? 0n, words.sp1 ?? 0n];
    return exit;
  });
  return { exits: decoded, end: decodeEnd(p, end, v, memory, entry, entrySp) };
}

function generalOf(words: Words): readonly bigint[] {
  return general().map((name) => words[name] ?? 0n);
}

/** Registers that differ, by number. */
function changes(before: readonly bigint[], after: readonly bigint[]): Registers {
  return Object.fromEntries(after.flatMap((value, number) => (value === before[number] ? [] : [[number, hex(value)]])));
}

function decodeExit(p: Parameters, words: Words, before: readonly bigint[], spBefore: readonly bigint[]): Exit {
  const at = (name: string): bigint => words[name] ?? 0n;
  const kind = ['sync', 'irq', 'fiq', 'serror'][Number(at('kind') & 3n)] ?? '';
  const esr = at('esr');
  const changed = changes(before, generalOf(words));
  const sp = [at('sp0'), at('sp1')];
  const action = ACT[String(at('act'))] ?? Number(at('act'));
  return {
    k: kind,
    ...(kind === 'sync' || kind === 'serror' ? { esr: hex(esr) } : {}),
    ...(kind === 'sync' ? addresses(words) : {}),
    ...(kind === 'irq' ? { irq: Number(at('irq')) } : {}),
    elr: hex(at('elr')),
    spsr: hex(at('spsr')),
    ...(at('hcr') === u64(p.hcr ?? DEFAULTS.hcr) ? {} : { hcr: hex(at('hcr')) }),
    ...(Object.keys(changed).length === 0 ? {} : { dx: changed }),
    ...(sp[0] === spBefore[0] && sp[1] === spBefore[1] ? {} : { sp: sp.map(hex) }),
    ...(kind === 'sync' && field(esr, 26, 6) === 0x16 && (esr & 0xfff0n) === 0xe000n ? { el1: takenAtEl1(words) } : {}),
    ...(ACT_WITH_REGISTER.includes(at('act'))
      ? { act: [action, Number(at('reg')), hex(at('val'))] }
      : action === 'call'
        ? {}
        : { act: action }),
  };
}

/** FAR_EL2 and HPFAR_EL2 where the exception defines them: HPFAR for translation, access flag and address size faults, and walks. */
function addresses(words: Words): Pick<Saved, 'far' | 'hpfar'> {
  const { esr = 0n, far = 0n, hpfar = 0n } = words;
  const code = Number(esr & 0x3fn);
  return {
    ...(HAS_FAR.includes(field(esr, 26, 6)) ? { far: hex(far) } : {}),
    ...(ABORTS.includes(field(esr, 26, 6)) && (code < 0xc || field(esr, 7) === 1) ? { hpfar: hex(hpfar) } : {}),
  };
}

/** The EL1 vectors report by HVC #0xe000 + slot; the slots of synchronous exceptions and SErrors come with a syndrome. */
function takenAtEl1(words: Words): Saved {
  const { esr = 0n, esr1 = 0n, far1 = 0n, elr1 = 0n, spsr1 = 0n } = words;
  const slot = Number(esr & 3n);
  return {
    ...(slot === 0 || slot === 3 ? { esr: hex(esr1) } : {}),
    ...(slot === 0 && HAS_FAR.includes(field(esr1, 26, 6)) ? { far: hex(far1) } : {}),
    elr: hex(elr1),
    spsr: hex(spsr1),
  };
}

function decodeEnd(
  p: Parameters,
  end: Words,
  v: readonly bigint[],
  memory: Buffer,
  entry: readonly bigint[],
  entrySp: readonly bigint[],
): Decoded['end'] {
  const at = (name: string): bigint => end[name] ?? 0n;
  const sp = [at('sp0'), at('sp1')];
  const vectors = changes(
    Array.from({ length: 32 }, (_, number) => BigInt(p.v?.[number] ?? 0)),
    v,
  );
  const bytes = memory.toString('hex').replace(/(00)+$/, '');
  const trimmed = bytes.length % 2 === 1 ? `${bytes}0` : bytes;
  return {
    why: WHY[Number(at('why'))] ?? Number(at('why')),
    pc: hex(at('pc')),
    spsr: hex(at('spsr')),
    x: changes(entry, generalOf(end)),
    ...(sp[0] === entrySp[0] && sp[1] === entrySp[1] ? {} : { sp: sp.map(hex) }),
    ...(Object.keys(vectors).length === 0 ? {} : { v: vectors }),
    ...Object.fromEntries(['fpcr', 'fpsr'].flatMap((name) => (at(name) === u64(p[name]) ? [] : [[name, hex(at(name))]]))),
    ...Object.fromEntries(['tpidr0', 'tpidrro', 'par1'].flatMap((name) => (at(name) === 0n ? [] : [[name, hex(at(name))]]))),
    ...(trimmed === '' ? {} : { mem: [hex(at('dump_addr')), trimmed] }),
  };
}
