// Decoding in userspace against the processor: the same instruction with the same registers is run on memory by the one, and emulated on a device
// with the same bytes by the other. Every load and store of the instruction set is tried; what is refused is listed.
import { describe, expect, test } from 'vitest';
import { cpuModel } from '#cpu';
import { decode, encodeFields, type Instruction, instructionGroups } from '#isa';
import { type Bench, bench, CODE, RAM, value } from '../hypervisor/kvm/machine.fixture.ts';
import { emulateInstruction, fetchInstruction } from './emulate.ts';

const MEMORY = RAM + 0x10_0000n;
const DEVICE = 0x0b00_0000n;
/** From where to where instructions may reach, and the base register's place in it: in front of a page boundary. */
const SIZE = 0x4000;
const MIDDLE = 0x1ff0n;
const BASE = 11;
const INDEX = 12;

const BIG_ENDIAN = 1n << 25n;
const NAMES = [
  ...Array.from({ length: 31 }, (_, n) => `x${n}`),
  ...Array.from({ length: 32 }, (_, n) => `v${n}`),
  'pc',
  'pstate',
];

/** Numbers that repeat (mulberry32). */
function numbers(seed: number): () => number {
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
function guest(): Bench {
  const b = bench('_start: nop\n', { features: ['ptrauth_address', 'ptrauth_generic'] });
  // Stage 2 is there from the first run on.
  b.run();
  for (const bigEndian of [false, true]) value(b.vm.writeMemory(tablesAt(bigEndian), tables(bigEndian)));
  b.set('MAIR_EL1', 0xffn);
  b.set('TCR_EL1', (2n << 32n) | (1n << 23n) | 0x3500n | 25n);
  b.set('CPACR_EL1', 3n << 20n);
  return b;
}

type State = Readonly<Record<string, bigint>>;

function state(b: Bench): State {
  return Object.fromEntries(NAMES.map((name) => [name, b.get(name)]));
}

interface Case {
  readonly word: number;
  readonly registers: State;
  readonly bytes: Uint8Array;
  readonly bigEndian: boolean;
}

function prepare(b: Bench, { word, registers, bytes, bigEndian }: Case, base: bigint): void {
  b.set('TTBR0_EL1', tablesAt(bigEndian));
  b.set('SCTLR_EL1', 0x00c5_1079n | 4n | (bigEndian ? BIG_ENDIAN : 0n));
  for (const [name, own] of Object.entries(registers)) b.set(name, own);
  b.set(`x${BASE}`, base + MIDDLE);
  b.set('pstate', 0x6000_03c5n);
  b.set('pc', CODE);
  const code = new DataView(new ArrayBuffer(4));
  code.setUint32(0, word, true);
  value(b.vm.writeMemory(CODE, new Uint8Array(code.buffer)));
  value(b.vm.writeMemory(MEMORY, bytes));
}

/** What the processor makes of the case; undefined when it takes an exception. */
function execute(b: Bench, given: Case): { readonly after: State; readonly bytes: Uint8Array } | undefined {
  prepare(b, given, MEMORY);
  const ran = b.vcpu.run(1);
  if (ran.kind !== 'budget') return undefined;
  b.vcpu.interrupt();
  if (b.get('pc') !== CODE + 4n) return undefined;
  return { after: state(b), bytes: value(b.vm.readMemory(MEMORY, SIZE)) };
}

type Emulated =
  | { readonly after: State; readonly bytes: Uint8Array; readonly accesses: readonly string[] }
  | { readonly refused: string };

/** The same case with a device in the memory's place. */
function emulate(b: Bench, given: Case): Emulated {
  prepare(b, given, DEVICE);
  const bytes = given.bytes.slice();
  const fetched = value(fetchInstruction(b.vm, b.vcpu));
  const answers: bigint[] = [];
  const accesses: string[] = [];
  for (;;) {
    const step = emulateInstruction(b.vm, b.vcpu, fetched, answers);
    if (!step.ok) return { refused: step.error };
    if (step.value.kind === 'done') {
      step.value.commit();
      return { after: state(b), bytes, accesses };
    }
    const { address, bytes: count, access, value: written } = step.value.question;
    const at = Number((address ?? 0n) - DEVICE);
    accesses.push(`${access[0]}${count}@${(at - Number(MIDDLE)).toString()}`);
    let read = 0n;
    for (let i = count - 1; i >= 0; i--) {
      read = (read << 8n) | BigInt(bytes[at + i] as number);
      if (written !== undefined) bytes[at + i] = Number((written >> BigInt(8 * i)) & 0xffn);
    }
    answers.push(read);
  }
}

const LOADS_AND_STORES = instructionGroups.slice(
  instructionGroups.findIndex((g) => g.title === 'Advanced SIMD load/store structures'),
);
/** Fields that would lead out of the window. */
const SMALL: Readonly<Record<string, number>> = { imm12: 63, imm19: 255, S: 1 };

/** A random instance of a row that the architecture defines, with its operands. */
function instance(row: Instruction, next: () => number): { readonly word: number } | undefined {
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

describe('userspace does what the processor does', () => {
  const b = guest();
  const refusals = new Map<string, Set<string>>();
  const untried = new Map<string, Set<string>>();

  test.each(LOADS_AND_STORES.map((group) => [group.title, group] as const))('%s', (_, { instructions }) => {
    const next = numbers(7);
    const bytes = Uint8Array.from({ length: SIZE }, next);
    for (const { name, row } of instructions) {
      if (row.exec === undefined || row.notModelled !== undefined) continue;
      let done = 0;
      for (let n = 0; n < 4; n++) {
        const made = instance(row, next);
        if (!made) continue;
        const wide = (): bigint => (BigInt(next()) << 32n) | BigInt(next());
        const registers = Object.fromEntries([
          ...Array.from({ length: 31 }, (_, r) => [`x${r}`, r === INDEX ? BigInt(next() % 256) : wide()]),
          ...Array.from({ length: 32 }, (_, r) => [`v${r}`, (wide() << 64n) | wide()]),
        ]) as State;
        const given = { ...made, registers, bytes, bigEndian: n % 2 === 1 };
        const got = emulate(b, given);
        if ('refused' in got) {
          const why = got.refused.slice(got.refused.indexOf('userspace: ') + 'userspace: '.length);
          refusals.set(why, (refusals.get(why) ?? new Set()).add(name));
          done++;
          continue;
        }
        const expected = execute(b, given);
        if (!expected) continue;
        done++;
        // The base, and what was made of it, are as far apart as memory and device.
        const base = got.after[`x${BASE}`] as bigint;
        const moved = base - DEVICE + MEMORY;
        const own = { ...got.after, [`x${BASE}`]: expected.after[`x${BASE}`] === moved ? moved : base };
        const what = `${name} ${given.word.toString(16).padStart(8, '0')}${given.bigEndian ? ', big-endian' : ''}: ${got.accesses.join(' ')}`;
        expect(own, what).toEqual(expected.after);
        expect(Buffer.compare(got.bytes, expected.bytes), what).toBe(0);
      }
      if (done === 0) untried.set(row.feature ?? '', (untried.get(row.feature ?? '') ?? new Set()).add(name));
    }
  });

  test('what is refused, and why', () => {
    const refused = Object.fromEntries([...refusals].map(([why, names]) => [why, [...names].sort().join(' ')]));
    expect(refused).toEqual({
      'a 64-byte access is one transaction, and an MMIO exit carries 8 bytes': 'LD64B ST64B ST64BV ST64BV0',
      'a copy or a set may have any number of accesses': 'CPY CPYF SET SETG SETGO',
      'a read-check-write atomic is for translation tables, which no device holds':
        'RCWCAS RCWCASP RCWCLR RCWCLRP RCWSCAS RCWSCASP RCWSCLR RCWSCLRP RCWSET RCWSETP RCWSSET RCWSSETP RCWSSWP RCWSSWPP RCWSWP RCWSWPP',
      'it moves the tags of a whole block': 'LDGM STGM STZGM',
      'its address has to be authenticated with the guest’s key': 'LDRAA LDRAA_pre LDRAB LDRAB_pre',
      'the exclusive monitor is the processor’s own':
        'LDATXR LDAXP LDAXR LDAXRB LDAXRH LDTXR LDXP LDXR LDXRB LDXRH STLTXR STLXP STLXR STLXRB STLXRH STTXR STXP STXR STXRB STXRH',
    });
  });

  test('what is not tried is of features that the processor lacks', () => {
    expect([...untried.keys()].filter((feature) => cpuModel('max')?.features.has(feature))).toEqual([]);
  });
});

test('DC ZVA zeroes its block, 8 bytes at a time', () => {
  const b = guest();
  const given = { word: 0xd50b_742b, registers: {}, bytes: new Uint8Array(SIZE).fill(0xff), bigEndian: false };
  const got = emulate(b, given);
  expect(got).toMatchObject({ accesses: Array.from({ length: 8 }, (_, i) => `w8@${8 * i - 48}`) });
  expect('bytes' in got && execute(b, given)).toMatchObject({ bytes: 'bytes' in got ? got.bytes : undefined });
});

test('a page that is read-only takes the read from memory, and gives the write to the device', () => {
  const b = guest();
  const bytes = new Uint8Array(SIZE);
  prepare(b, { word: 0xb8ac_0160, registers: { x12: 5n }, bytes, bigEndian: false }, MEMORY);
  const slot = {
    slot: 1,
    flags: 2,
    guest_phys_addr: DEVICE,
    memory_size: 0x4000n,
    userspace_addr: b.host.allocate(DEVICE, 0x4000n) ?? 0n,
  };
  value(b.vm.setUserMemoryRegion(slot));
  value(b.vm.writeMemory(DEVICE + MIDDLE, Uint8Array.of(7)));
  b.set(`x${BASE}`, DEVICE + MIDDLE);
  const step = value(emulateInstruction(b.vm, b.vcpu, value(fetchInstruction(b.vm, b.vcpu)), []));
  expect(step).toMatchObject({ kind: 'access', question: { access: 'write', address: DEVICE + MIDDLE, bytes: 4, value: 12n } });
});

test('an instruction without an operation is refused, although something stands before it', () => {
  const b = guest();
  prepare(b, { word: 0x4e22_8420, registers: {}, bytes: new Uint8Array(SIZE), bigEndian: false }, MEMORY);
  const refused = emulateInstruction(b.vm, b.vcpu, value(fetchInstruction(b.vm, b.vcpu)), []);
  expect(refused).toMatchObject({ ok: false });
});
