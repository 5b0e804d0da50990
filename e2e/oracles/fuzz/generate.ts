// Random programs of data processing, memory, control flow and plain exceptions, at EL1 or EL0 under an EL2 that takes nothing but HVC. Which
// features a campaign is made of is a list of their names.
import { TEMPLATES, UNITS } from './data-processing.ts';
import { excludes } from './excluded.ts';
import { type Bodies, EXCEPTIONS, FLOW } from './flow.ts';
import { MEMORY, type Place } from './memory.ts';
import { fill } from './operands.ts';
import { linesOf, type Program, type Translation, type Unit, unit } from './program.ts';
import { type Random, random } from './random.ts';

/** How often a feature is met among the others; 2 where nothing is said. */
const WEIGHTS: Readonly<Record<string, number>> = {
  arithmetic: 5,
  logical: 4,
  bitfield: 4,
  values: 3,
  loop: 1,
  call: 1,
  exceptions: 1,
  'bad branch': 1,
  'exception return': 1,
  prefetch: 1,
  faults: 3,
  atomics: 4,
};

export const FEATURES: readonly string[] = [TEMPLATES, UNITS, MEMORY, FLOW, EXCEPTIONS].flatMap((table) => Object.keys(table));

const SINGLE_DEPTH: readonly string[] = Object.keys(FLOW);

/** Program `index` of `seed`: the same at any time, whatever else is generated. */
export function generate(seed: number, index: number, features: readonly string[] = FEATURES): Program {
  const r = random(seed, index, 0);
  const translation: Translation = r.pick(['stage 1', 'stage 1', 'stage 1', 'off']);
  const el = r.oneIn(4) ? 0 : 1;
  const flags = BigInt(r.below(16)) << 28n;
  const mode = el === 0 ? 0n : r.oneIn(5) ? 4n : 5n;
  const x = Array.from({ length: 31 }, (_, at) => (at === 28 ? ('middle' as const) : r.value()));
  return {
    seed,
    index,
    translation,
    spsr: flags | 0x3c0n | mode,
    hcr: HCR_RW | HCR_API | HCR_APK,
    sysregs: baseline(r, translation),
    x,
    vectors: 'hvc',
    units: units(r, features, { r, translation, el }),
  };
}

const HCR_RW = 1n << 31n;
const HCR_API = 1n << 41n;
const HCR_APK = 1n << 40n;

/** 39-bit addresses in both halves, 4 KiB granule, 40-bit physical addresses, write-back, inner shareable. */
export const TCR = 0x2_b519_3519n;
export const MAIR = 0x44_04ffn;
/** SCTLR_EL1: the bits that are RES1 where features are absent, PAuth keys enabled, cache operations and identification allowed at EL0. */
export const SCTLR =
  0x30d0_0800n | (1n << 31n) | (1n << 30n) | (1n << 27n) | (1n << 13n) | (1n << 26n) | (1n << 15n) | (1n << 14n);

export const KEYS = [
  'apiakeylo',
  'apiakeyhi',
  'apibkeylo',
  'apibkeyhi',
  'apdakeylo',
  'apdakeyhi',
  'apdbkeylo',
  'apdbkeyhi',
  'apgakeylo',
  'apgakeyhi',
];

function baseline(r: Random, translation: Translation): Program['sysregs'] {
  const topByteIgnored = (excludes('tbi-halves') ? r.pick([0n, 3n]) : BigInt(r.below(4))) << 37n;
  return [
    ['cptr_el2', 0x22ffn],
    ['mdcr_el2', 6n],
    ['hstr_el2', 0n],
    ['cpacr_el1', 3n << 20n],
    ['mdscr_el1', 0n],
    ['cntkctl_el1', 0n],
    ['tcr_el1', TCR | topByteIgnored],
    ['mair_el1', MAIR],
    ['amair_el1', 0n],
    ...['esr_el1', 'far_el1', 'elr_el1', 'spsr_el1', 'par_el1', 'afsr0_el1', 'afsr1_el1', 'csselr_el1'].map(
      (name) => [name, 0n] as const,
    ),
    ...['tpidr_el0', 'tpidrro_el0', 'tpidr_el1'].map((name) => [name, r.value()] as const),
    ['contextidr_el1', BigInt(r.word())],
    ...KEYS.map((key) => [`${key}_el1`, r.bits64()] as const),
    // Last: under the harness's HCR_EL2 it changes nothing for EL2.
    ['sctlr_el1', SCTLR | (translation === 'off' ? 0n : 1n)],
  ];
}

function units(r: Random, features: readonly string[], place: Place): readonly Unit[] {
  const weighted = features.flatMap((name) => Array<string>(WEIGHTS[name] ?? 2).fill(name));
  function make(depth: number, inCall: boolean): Unit {
    for (;;) {
      const name = r.pick(weighted);
      if (depth >= 2 && SINGLE_DEPTH.includes(name)) continue;
      if (inCall && USES_X30.includes(name)) continue;
      if (place.el === 0 && name === 'exception return') continue;
      if (place.translation === 'off' && name === 'bad branch') continue;
      return one(name, depth, inCall);
    }
  }
  function one(name: string, depth: number, inCall: boolean): Unit {
    const templates = TEMPLATES[name];
    if (templates !== undefined) return unit(fill(r.pick(templates), r));
    const bodies: Bodies = (count, call) => Array.from({ length: count }, () => make(depth + 1, call));
    const made =
      UNITS[name]?.(r) ?? MEMORY[name]?.(place) ?? FLOW[name]?.(r, bodies, { depth, inCall }) ?? EXCEPTIONS[name]?.(r, place.el);
    if (made === undefined) throw new Error(`no feature '${name}'`);
    return made;
  }
  const size = r.pick([4, 10, 20, 40, 60]);
  const made: Unit[] = [];
  let lines = 0;
  while (made.length < size && lines < 400) {
    const next = make(0, false);
    lines += linesOf([next]).length;
    if (lines < 500) made.push(next);
  }
  return made;
}

const USES_X30: readonly string[] = ['call', 'bad branch', 'signed return address', 'hints'];
