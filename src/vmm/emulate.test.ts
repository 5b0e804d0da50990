// Decoding in userspace against the processor: the same instruction with the same registers is run on memory by the one, and emulated on a device
// with the same bytes by the other. Every load and store of the instruction set is tried; what is refused is listed.
import { describe, expect, test } from 'vitest';
import { cpuModel } from '#cpu';
import { swapBytes } from '#hypervisor';
import {
  type Access,
  accessGuest,
  BASE,
  execute,
  instance,
  LOADS_AND_STORES,
  MEMORY,
  MIDDLE,
  NO_SLOT,
  numbers,
  prepare,
  randomRegisters,
  SIZE,
  type State,
  state,
} from '../hypervisor/kvm/access.fixture.ts';
import { type Bench, value } from '../hypervisor/kvm/machine.fixture.ts';
import { emulateInstruction, fetchInstruction } from './emulate.ts';

type Emulated =
  | { readonly after: State; readonly bytes: Uint8Array; readonly accesses: readonly string[] }
  | { readonly refused: string };

/** The same case with a device in the memory's place. */
function emulate(b: Bench, given: Access): Emulated {
  prepare(b, given, NO_SLOT);
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
    const at = Number((address ?? 0n) - NO_SLOT);
    accesses.push(`${access[0]}${count}@${(at - Number(MIDDLE)).toString()}`);
    let read = 0n;
    for (let i = count - 1; i >= 0; i--) {
      read = (read << 8n) | BigInt(bytes[at + i] as number);
      if (written !== undefined) bytes[at + i] = Number((written >> BigInt(8 * i)) & 0xffn);
    }
    answers.push(read);
  }
}

describe('userspace does what the processor does', () => {
  const b = accessGuest();
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
        const given = { ...made, registers: randomRegisters(next), bytes, bigEndian: n % 2 === 1 };
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
        const moved = base - NO_SLOT + MEMORY;
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
    // 64 bytes at once are not for cacheable memory, and all of a guest's is: they are below.
    const blocks = ['FEAT_LS64', 'FEAT_LS64_V', 'FEAT_LS64_ACCDATA'];
    expect([...untried.keys()].filter((feature) => cpuModel('max')?.features.has(feature))).toEqual(blocks);
  });
});

describe('64 bytes at once (Arm ARM C3.2.8)', () => {
  const b = accessGuest();
  const bytes = Uint8Array.from({ length: SIZE }, (_, i) => i);
  const eight = (access: string): string[] => Array.from({ length: 8 }, (_, i) => `${access}8@${8 * i}`);
  const doubleword = (from: number): bigint =>
    Array.from({ length: 8 }, (_, i) => BigInt((from + i) & 0xff) << BigInt(8 * i)).reduce((a, c) => a | c);
  const at = Number(MIDDLE);

  test('LD64B x2: eight reads', () => {
    const got = emulate(b, { word: 0xf83f_d162, registers: {}, bytes, bigEndian: false });
    expect(got).toMatchObject({ accesses: eight('r'), after: { x2: doubleword(at), x9: doubleword(at + 56) } });
  });

  test('LD64B in a big-endian guest: each doubleword is turned around', () => {
    const got = emulate(b, { word: 0xf83f_d162, registers: {}, bytes, bigEndian: true });
    expect(got).toMatchObject({ after: { x2: swapBytes(doubleword(at), 8), x9: swapBytes(doubleword(at + 56), 8) } });
  });

  test('ST64B x2: eight writes', () => {
    const registers = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`x${2 + i}`, BigInt(0x1111 * (i + 1))]));
    const got = emulate(b, { word: 0xf83f_9162, registers, bytes, bigEndian: false });
    expect(got).toMatchObject({ accesses: eight('w') });
    const after = 'bytes' in got ? new DataView(got.bytes.buffer) : undefined;
    expect([after?.getBigUint64(at, true), after?.getBigUint64(at + 56, true)]).toEqual([0x1111n, 0x8888n]);
  });

  test('ST64BV x20, x2: nobody answers with a status', () => {
    const got = emulate(b, { word: 0xf834_b162, registers: { x20: 0n }, bytes, bigEndian: false });
    expect(got).toMatchObject({ accesses: [], bytes, after: { x20: 0xffff_ffff_ffff_ffffn } });
  });
});

test('DC ZVA zeroes its block, 8 bytes at a time', () => {
  const b = accessGuest();
  const given = { word: 0xd50b_742b, registers: {}, bytes: new Uint8Array(SIZE).fill(0xff), bigEndian: false };
  const got = emulate(b, given);
  expect(got).toMatchObject({ accesses: Array.from({ length: 8 }, (_, i) => `w8@${8 * i - 48}`) });
  expect('bytes' in got && execute(b, given)).toMatchObject({ bytes: 'bytes' in got ? got.bytes : undefined });
});

test('a page that is read-only takes the read from memory, and gives the write to the device', () => {
  const b = accessGuest();
  const bytes = new Uint8Array(SIZE);
  prepare(b, { word: 0xb8ac_0160, registers: { x12: 5n }, bytes, bigEndian: false }, MEMORY);
  const slot = {
    slot: 1,
    flags: 2,
    guest_phys_addr: NO_SLOT,
    memory_size: 0x4000n,
    userspace_addr: b.host.allocate(NO_SLOT, 0x4000n) ?? 0n,
  };
  value(b.vm.setUserMemoryRegion(slot));
  value(b.vm.writeMemory(NO_SLOT + MIDDLE, Uint8Array.of(7)));
  b.set(`x${BASE}`, NO_SLOT + MIDDLE);
  const step = value(emulateInstruction(b.vm, b.vcpu, value(fetchInstruction(b.vm, b.vcpu)), []));
  expect(step).toMatchObject({ kind: 'access', question: { access: 'write', address: NO_SLOT + MIDDLE, bytes: 4, value: 12n } });
});

test('an instruction without an operation is refused, although something stands before it', () => {
  const b = accessGuest();
  prepare(b, { word: 0x4e22_8420, registers: {}, bytes: new Uint8Array(SIZE), bigEndian: false }, MEMORY);
  const refused = emulateInstruction(b.vm, b.vcpu, value(fetchInstruction(b.vm, b.vcpu)), []);
  expect(refused).toMatchObject({ ok: false });
});
