// One load or store, with given registers and memory: run by the processor on RAM, or prepared so that it goes to addresses that no slot backs. What a
// test needs to hold KVM's MMIO, and userspace's decoding, to the processor's own accesses.
import { decode, encodeFields, type Instruction, instructionGroups } from '#isa';
import { type Bench, bench, CODE, RAM, value } from './machine.fixture.ts';

/** The window of instructions' accesses in memory, and the same without a slot. */
export const MEMORY = RAM + 0x10_0000n;
export const NO_SLOT = 0x0b00_0000n;
/** Code that EL0 may run: what it may write, EL1 may not. */
const USER_CODE = RAM + 0x1f_0000n;
/** From where to where instructions may reach, and the base register's place in it: in front of a page boundary. */
export const SIZE = 0x4000;
export const MIDDLE = 0x1ff0n;
export const BASE = 11;
const INDEX = 12;

const SCTLR_EE = 1n << 25n;
const SCTLR_E0E = 1n << 24n;
/** RES1 bits, and MMU, caches, UCI, DZE and nTWE on. */
const SCTLR = 0x00c5_1079n | 4n | (1n << 14n) | (1n << 26n);
const NAMES = [
  ...Array.from({ length: 31 }, (_, n) => `x${n}`),
  ...Array.from({ length: 32 }, (_, n) => `v${n}`),
  'pc',
  'pstate',
];

/** Numbers that repeat (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return (z ^ (z >>> 14)) >>> 0;
  };
}

/** The guest's tables: SCTLR_EL1.EE is their byte order too. */
function tablesAt(bigEndian: boolean): bigint {
  return bigEndian ? RAM + 0x3000n : RAM;
}

function tables(bigEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(0x3000));
  const at = tablesAt(bigEndian);
  const set = (offset: number, descriptor: bigint): void => view.setBigUint64(offset, descriptor, !bigEndian);
  const [block, page, userPage, table] = [0x741n, 0x703n, 0x743n, 3n];
  set(0, block);
  set(8, (at + 0x1000n) | table);
  set(0x1000, (at + 0x2000n) | table);
  for (let n = 0n; n < 512n; n++) {
    const address = RAM + n * 0x1000n;
    set(0x2000 + 8 * Number(n), address | (address >= MEMORY ? userPage : page));
  }
  return new Uint8Array(view.buffer);
}

/** A guest whose memory and device are Normal memory for EL1 and EL0, so that every access is allowed wherever it lies. */
export function accessGuest(): Bench {
  const b = bench('_start: nop\n', { features: ['ptrauth_address', 'ptrauth_generic'] });
  // Stage 2 is there from the first run on.
  b.run();
  for (const bigEndian of [false, true]) value(b.vm.writeMemory(tablesAt(bigEndian), tables(bigEndian)));
  b.set('MAIR_EL1', 0xffn);
  b.set('TCR_EL1', (2n << 32n) | (1n << 23n) | 0x3500n | 25n);
  b.set('CPACR_EL1', 3n << 20n);
  return b;
}

export type State = Readonly<Record<string, bigint>>;

export function state(b: Bench): State {
  return Object.fromEntries(NAMES.map((name) => [name, b.get(name)]));
}

export interface Access {
  readonly word: number;
  readonly registers: State;
  readonly bytes: Uint8Array;
  readonly bigEndian: boolean;
  /** 1 when absent. */
  readonly el?: 0 | 1;
}

/** Puts the instruction, the registers and the memory in place, with the window of its accesses at `window`. */
export function prepare(b: Bench, { word, registers, bytes, bigEndian, el = 1 }: Access, window: bigint): void {
  b.set('TTBR0_EL1', tablesAt(bigEndian && el === 1));
  b.set('SCTLR_EL1', SCTLR | (bigEndian ? (el === 1 ? SCTLR_EE : SCTLR_E0E) : 0n));
  for (const [name, own] of Object.entries(registers)) b.set(name, own);
  b.set(`x${BASE}`, window + MIDDLE);
  b.set('pstate', el === 1 ? 0x6000_03c5n : 0x6000_03c0n);
  const at = el === 1 ? CODE : USER_CODE;
  b.set('pc', at);
  const code = new DataView(new ArrayBuffer(4));
  code.setUint32(0, word, true);
  value(b.vm.writeMemory(at, new Uint8Array(code.buffer)));
  value(b.vm.writeMemory(MEMORY, bytes));
}

/** What the processor makes of the case; undefined when it takes an exception. */
export function execute(b: Bench, given: Access): { readonly after: State; readonly bytes: Uint8Array } | undefined {
  prepare(b, given, MEMORY);
  const next = b.get('pc') + 4n;
  const ran = b.vcpu.run(1);
  if (ran.kind !== 'budget') return undefined;
  b.vcpu.interrupt();
  if (b.get('pc') !== next) return undefined;
  return { after: state(b), bytes: value(b.vm.readMemory(MEMORY, SIZE)) };
}

/** The groups of the manual's chapter on loads and stores. */
export const LOADS_AND_STORES = instructionGroups.slice(
  instructionGroups.findIndex((g) => g.title === 'Advanced SIMD load/store structures'),
);
/** Fields that would lead out of the window. */
const SMALL: Readonly<Record<string, number>> = { imm12: 63, imm19: 255, S: 1 };

/** A random instance of a row that the architecture defines, with its operands. */
export function instance(row: Instruction, next: () => number): { readonly word: number } | undefined {
  for (let attempt = 0; attempt < 200; attempt++) {
    const fields: Record<string, number> = {};
    for (const { name, msb, lsb } of row.pattern.fields) fields[name] = next() % ((SMALL[name] ?? 2 ** (msb - lsb + 1) - 1) + 1);
    // The base register's value is not the same in both worlds, so nothing else may use it, alone or as the second of a pair.
    if (Object.entries(fields).some(([name, n]) => /^R[^nm]/.test(name) && (n === BASE || n === BASE - 1))) continue;
    if ('Rn' in fields) fields['Rn'] = BASE;
    // Eight registers from an even one on.
    if (row.feature?.startsWith('FEAT_LS64')) fields['Rt'] = 2;
    if ('Rm' in fields) fields['Rm'] = INDEX;
    if (row.unpredictable.some((choice) => choice.when(fields))) continue;
    const word = encodeFields(row.pattern, fields);
    if (decode(word)?.row === row) return { word };
  }
  return undefined;
}

/** Random registers: the index is small, the base is set by `prepare`. */
export function randomRegisters(next: () => number): State {
  const wide = (): bigint => (BigInt(next()) << 32n) | BigInt(next());
  return Object.fromEntries([
    ...Array.from({ length: 31 }, (_, r) => [`x${r}`, r === INDEX ? BigInt(next() % 256) : wide()]),
    ...Array.from({ length: 32 }, (_, r) => [`v${r}`, (wide() << 64n) | wide()]),
  ]) as State;
}
