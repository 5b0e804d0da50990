// The notation of semantics cases: a table in text, one case a line, and what stands before and after it. Knows no machine.
//
//   # C6.2.77 CPYFP              the manual's section of the cases that follow
//   cpyfp [x0]!, [x1]!, x2! ; nop | x0=D x1=D+0x100 x2=16 [D+0x100]=seq*16 | x0=D+16 nzcv=0
//
// First the program (` ; ` between lines), then what is set, then what must be. In both: `x7=`, `sp=`, `v3=` (128 bits), `nzcv=`, `el=`,
// `REGISTER=` and `REGISTER.FIELD=` of the system registers, `[ADDRESS]=` bytes in hex in the order of memory (`ab*5`: five times; `seq*5`:
// 00 to 04), `<ADDRESS>=` allocation tags, a hex digit for each granule. Set only: `mmu` and `s2` (translation on), `mmu2` (that of EL2), inputs
// that are high (`irq`, `virq`, `nmi`, …), and ID register fields, which make the processor. Expected only: `to=` (the level
// that an exception went to), `ec=`, `iss=`, `iss2=`, `far=`, `hpfar=`, `vector=` (offset), `pc=` (where it led), `at=` (return address from the start), `undefined`, `waits=`. Values
// are sums of numbers and of the places in PLACES. What is not mentioned must be as it was: registers, flags, memory; and no exception.

/** Addresses by name. The pages from D on differ in what translation gives them while `mmu` (or `s2`) is set. */
export const PLACES: Readonly<Record<string, bigint>> = {
  /** The program. */
  C: 0x4008_0000n,
  /** Normal write-back. */
  D: 0x4010_0000n,
  /** Normal non-cacheable. */
  NC: 0x4010_1000n,
  /** Device-nGnRnE. */
  DEV: 0x4010_2000n,
  /** Read-only. */
  RO: 0x4010_3000n,
  /** Not mapped by stage 1. */
  GONE: 0x4010_4000n,
  /** Access flag clear. */
  AF0: 0x4010_5000n,
  /** Not for EL0. */
  KERN: 0x4010_6000n,
  /** Not mapped by stage 2. */
  S2GONE: 0x4010_7000n,
  /** Read-only in stage 2. */
  S2RO: 0x4010_8000n,
  /** Tagged, and the page that follows it. */
  T: 0x4010_9000n,
  T2: 0x4010_a000n,
  /** The same place as T, as an address with logical tag 3. */
  T3: 0x0300_0000_4010_9000n,
  /** Tagged, read-only. */
  TRO: 0x4010_b000n,
};

/** Bytes that have one allocation tag. */
export const GRANULE = 16;

/** The bytes whose contents are compared. */
export const DATA = { base: PLACES.D as bigint, size: 0xc000 };

/** One `name=value`. */
export type Setting =
  | { readonly kind: 'value'; readonly name: string; readonly value: bigint }
  | { readonly kind: 'memory'; readonly address: bigint; readonly bytes: Uint8Array }
  | { readonly kind: 'tags'; readonly address: bigint; readonly tags: readonly number[] }
  | { readonly kind: 'flag'; readonly name: string };

export interface Case {
  readonly section: string;
  /** The whole line. */
  readonly text: string;
  readonly program: string;
  readonly given: readonly Setting[];
  readonly expected: readonly Setting[];
}

/** Cases about one feature. */
export interface Group {
  readonly title: string;
  /** Lines before each program that give no code (macros), with ` ; ` between them. */
  readonly prefix: string;
  /** What is set before each case's own. */
  readonly given: readonly Setting[];
  readonly cases: readonly Case[];
}

/** Reads a group's table; throws on what is not in the notation. */
export function group(title: string, given: string, table: string, prefix = ''): Group {
  let section = '';
  const cases: Case[] = [];
  for (const line of table.split('\n').map((text) => text.trim())) {
    if (line === '') continue;
    if (line.startsWith('#')) {
      section = line.slice(1).trim();
      continue;
    }
    const [program, before, after, more] = line.split('|').map((part) => part.trim());
    if (program === undefined || before === undefined || after === undefined || more !== undefined || section === '') {
      throw new Error(`no case: "${line}"`);
    }
    cases.push({ section, text: line, program, given: settings(before), expected: settings(after) });
  }
  return { title, prefix, given: settings(given), cases };
}

function settings(text: string): readonly Setting[] {
  return text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map(setting);
}

function setting(text: string): Setting {
  const equals = text.indexOf('=');
  if (equals < 0) return { kind: 'flag', name: text };
  const name = text.slice(0, equals);
  const right = text.slice(equals + 1);
  const address = /^\[(.*)\]$/.exec(name);
  if (address) return { kind: 'memory', address: value(address[1] as string), bytes: bytes(right) };
  const tagged = /^<(.*)>$/.exec(name);
  if (tagged) return { kind: 'tags', address: value(tagged[1] as string), tags: tags(right) };
  return { kind: 'value', name, value: value(right) };
}

/** The value of a sum of numbers and places, modulo 2^64 (2^128 for numbers that large). */
function value(text: string): bigint {
  let sum = 0n;
  for (const [, sign, term] of text.matchAll(/([+-]?)([^+-]+)/g) as Iterable<RegExpMatchArray>) {
    const number = PLACES[term as string] ?? BigInt(term as string);
    sum += sign === '-' ? -number : number;
  }
  return sum >= 1n << 64n ? sum : BigInt.asUintN(64, sum);
}

function tags(text: string): readonly number[] {
  const [digits, times = '1'] = text.split('*') as [string, string?];
  return [...digits.repeat(Number(times))].map((digit) => Number.parseInt(digit, 16));
}

function bytes(text: string): Uint8Array {
  const [pattern, times] = text.split('*') as [string, string | undefined];
  if (pattern === 'seq') return Uint8Array.from({ length: Number(times) }, (_, i) => i);
  if (!/^(?:[0-9a-f]{2})+$/.test(pattern)) throw new Error(`no bytes: "${text}"`);
  const once = Uint8Array.from(pattern.match(/../g) as string[], (byte) => Number.parseInt(byte, 16));
  const count = times === undefined ? 1 : Number(times);
  return Uint8Array.from({ length: once.length * count }, (_, i) => once[i % once.length] as number);
}
