// Allocation tags as state: with memory, its regions, snapshots and hashes. What instructions do with them is held case by case in
// e2e/semantics.
import { expect, test } from 'vitest';
import { createMemory, type MachineMemory, restoreSnapshot, stateHash, takeSnapshot } from '../index.ts';
import { RAM, run, TABLES } from '../program.fixture.ts';

const KIB4 = 4096n;
const regions = [
  { base: RAM, size: 16n * KIB4, kind: 'ram' },
  { base: 2n * RAM, size: KIB4, kind: 'ram' },
] as const;

const at = (memory: MachineMemory, physical: bigint): number => memory.locate(Number(physical));
const tagsOf = (memory: MachineMemory, physical: bigint, count: number): string =>
  Array.from({ length: count }, (_, i) => memory.allocationTag(at(memory, physical) + 16 * i).toString(16)).join('');

test('each granule has its own tag, and the bytes of memory are others', () => {
  const memory = createMemory({ cpus: 1, regions });
  const last = RAM + 16n * KIB4 - 16n;
  memory.setAllocationTag(at(memory, RAM) + 16, 5);
  memory.setAllocationTag(at(memory, RAM) + 47, 15);
  memory.setAllocationTag(at(memory, last), 9);
  memory.setAllocationTag(at(memory, 2n * RAM), 1);
  expect(tagsOf(memory, RAM, 4)).toBe('05f0');
  expect(tagsOf(memory, last, 1)).toBe('9');
  expect(tagsOf(memory, 2n * RAM, 2)).toBe('10');
  memory.setAllocationTag(at(memory, RAM) + 16, 0);
  expect(tagsOf(memory, RAM, 4)).toBe('00f0');
  for (const { base, size } of regions) expect(memory.readBytes(base, Number(size))?.every((byte) => byte === 0)).toBe(true);
});

test('they go with their region, and a new one in its place has none', () => {
  const memory = createMemory({ cpus: 1, regions });
  memory.setAllocationTag(at(memory, RAM), 7);
  const moved = memory.changeRegion(memory.regionAt(at(memory, RAM))!, { base: 4n * RAM });
  expect(tagsOf(memory, 4n * RAM, 1)).toBe('7');
  memory.removeRegion(moved);
  memory.addRegion({ base: RAM, size: 16n * KIB4, kind: 'ram' });
  expect(tagsOf(memory, RAM, 1)).toBe('0');
  memory.addRegion({ base: 8n * RAM, size: 64n << 20n, kind: 'ram' });
  memory.setAllocationTag(at(memory, 8n * RAM + (64n << 20n) - 1n), 3);
  expect(tagsOf(memory, 8n * RAM + (64n << 20n) - 32n, 2)).toBe('03');
});

test('they are state: hashed, kept in a snapshot, put back', () => {
  const memory = createMemory({ cpus: 1, regions });
  const clean = stateHash(memory);
  memory.setAllocationTag(at(memory, RAM), 7);
  const tagged = stateHash(memory);
  expect(tagged).not.toBe(clean);
  const snapshot = takeSnapshot(memory);
  memory.setAllocationTag(at(memory, RAM), 8);
  expect(stateHash(memory)).not.toBe(tagged);
  restoreSnapshot(memory, snapshot);
  expect(tagsOf(memory, RAM, 1)).toBe('7');
  expect(stateHash(memory)).toBe(tagged);
  memory.setAllocationTag(at(memory, RAM), 0);
  expect(stateHash(memory)).toBe(clean);
});

// A translation that the TLB has must not outlive what it was found under.
test('turning checks on and off is seen at the next access', () => {
  const registers = {
    HCR_EL2: (1n << 31n) | (1n << 56n),
    MAIR_EL1: 0xf0n,
    TCR_EL1: (1n << 37n) | (1n << 32n) | 25n,
    TTBR0_EL1: TABLES,
    SCTLR_EL1: (1n << 43n) | 0x1005n,
    TCO: 0n,
  };
  const program = `
    ldr x2, [x1]          // TCF is 0
    mrs x3, sctlr_el1
    orr x4, x3, #0x20000000000
    msr sctlr_el1, x4     // asynchronous
    ldr x2, [x1]
    mrs x5, tfsr_el1
    msr tfsr_el1, xzr
    stg x1, [x1]          // now they agree
    ldr x2, [x1]
    mrs x6, tfsr_el1
    stg x9, [x1]          // x9 is 0
    msr tco, #1
    ldr x2, [x1]
    mrs x7, tfsr_el1
    msr tco, #0
    str x2, [x1]
    mrs x8, tfsr_el1
    hvc #0`;
  // One block of 1 GiB.
  const prepare = (_: unknown, memory: MachineMemory) => void memory.write64(Number(TABLES) + 8, RAM | 0x701n);
  const { p, exceptions } = run(program, { registers, x: [0n, (3n << 56n) | RAM], prepare });
  expect(exceptions).toHaveLength(1);
  expect([5, 6, 7, 8].map((n) => p.x(n))).toEqual([1n, 0n, 0n, 1n]);
});
