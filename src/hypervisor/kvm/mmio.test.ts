import { describe, expect, test } from 'vitest';
import type { Instruction } from '#isa';
import { decodeKvmRun } from '../index.ts';
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
} from './access.fixture.ts';
import { type Bench, bench, CODE } from './machine.fixture.ts';

test('a load from nowhere exits as MMIO and completes at the next KVM_RUN', () => {
  const b = bench('_start: mov x1, #0x0b000000\n ldr w5, [x1, #0x10]\n ldr w6, [x1]\n');
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(decodeKvmRun(b.vcpu.kvmRun)).toEqual({
    exit_reason: 'KVM_EXIT_MMIO',
    phys_addr: 0x0b00_0010n,
    data: [],
    len: 4,
    is_write: 0,
  });
  expect(b.get('pc')).toBe(CODE + 4n);
  b.vcpu.kvmRun.mmio.data.set(0, 0x2a);
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(b.get('x5')).toBe(0x2an);
  expect(b.get('pc')).toBe(CODE + 8n);
  expect(b.phases.map((p) => p.kind)).toEqual(['trap', 'handled', 'return', 'completion', 'skip', 'trap', 'handled', 'return']);
});

test('a read that nobody answers takes what the page holds, and a write changes only its own bytes', () => {
  const b = bench(
    '_start: mov x1, #0x0b000000\n ldr x5, [x1]\n ldr x6, [x1]\n mov w2, #0x99\n strb w2, [x1]\n ldr x7, [x1]\n str xzr, [x1]\n',
  );
  const { kvmRun } = b.vcpu;
  expect(b.run()).toEqual({ kind: 'exit' });
  for (let i = 0; i < 8; i++) kvmRun.mmio.data.set(i, 0x11 * (i + 1));
  for (let i = 0; i < 4; i++) expect(b.run()).toEqual({ kind: 'exit' });
  expect([b.get('x5'), b.get('x6'), b.get('x7')]).toEqual([
    0x8877_6655_4433_2211n,
    0x8877_6655_4433_2211n,
    0x8877_6655_4433_2299n,
  ]);
});

/** The access as an exit to a VMM with these bytes: the same registers and bytes that the processor comes to with them in memory. */
function throughExit(b: Bench, given: Access): { readonly after: State; readonly bytes: Uint8Array; readonly exit: string } {
  prepare(b, given, NO_SLOT);
  const bytes = given.bytes.slice();
  const { kvmRun: run } = b.vcpu;
  expect(b.run()).toEqual({ kind: 'exit' });
  const exit = decodeKvmRun(run);
  if (exit?.exit_reason !== 'KVM_EXIT_MMIO') return { after: {}, bytes, exit: String(exit?.exit_reason) };
  const at = Number(exit.phys_addr - NO_SLOT);
  if (exit.is_write) bytes.set(exit.data, at);
  else for (let i = 0; i < exit.len; i++) run.mmio.data.set(i, bytes[at + i] as number);
  run.header.immediate_exit = 1;
  expect(b.run()).toMatchObject({ kind: 'error', errno: 'EINTR' });
  run.header.immediate_exit = 0;
  return { after: state(b), bytes, exit: `${exit.is_write ? 'w' : 'r'}${exit.len}@${at - Number(MIDDLE)}` };
}

describe('loads and stores with a syndrome do through userspace what they do in memory', () => {
  const b = accessGuest();
  const based = (row: Instruction): boolean => row.pattern.fields.some(({ name }) => name === 'Rn');
  const rows = LOADS_AND_STORES.flatMap(({ instructions }) => instructions.filter(({ row }) => row.syndrome && based(row)));

  test.each([
    ['little-endian EL1', false, 1],
    ['big-endian EL1', true, 1],
    ['little-endian EL0', false, 0],
    ['big-endian EL0', true, 0],
  ] as const)('%s', (_, bigEndian, el) => {
    const next = numbers(11);
    const bytes = Uint8Array.from({ length: SIZE }, next);
    let tried = 0;
    for (const { name, row } of rows) {
      for (let n = 0; n < 3; n++) {
        const made = instance(row, next);
        if (!made) continue;
        const given = { ...made, registers: randomRegisters(next), bytes, bigEndian, el };
        const expected = execute(b, given);
        // What EL0 may not use, what the processor lacks, and 64 bytes at once are other exceptions.
        if (!expected || row.feature?.startsWith('FEAT_LS64')) continue;
        tried++;
        const got = throughExit(b, given);
        const what = `${name} ${given.word.toString(16).padStart(8, '0')}: ${got.exit}`;
        expect({ ...got.after, [`x${BASE}`]: expected.after[`x${BASE}`] }, what).toEqual(expected.after);
        expect(got.after[`x${BASE}`], what).toBe(NO_SLOT + MIDDLE);
        expect(expected.after[`x${BASE}`], what).toBe(MEMORY + MIDDLE);
        expect(Buffer.compare(got.bytes, expected.bytes), what).toBe(0);
      }
    }
    expect(tried).toBeGreaterThan(150);
  });
});
