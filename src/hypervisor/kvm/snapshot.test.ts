import { expect, test } from 'vitest';
import { restoreSnapshot, stateHash, takeSnapshot } from '#cpu';
import { KVM_ARM_IRQ_TYPE } from '../index.ts';
import { type Bench, bench, DEVICE, value } from './machine.fixture.ts';

const PROGRAM = `_start: mov x1, #${DEVICE}
loop:
    ldr w2, [x1]
    add w3, w3, w2
    str w3, [x1, #4]
    b loop
`;

/** Answers so many reads with 1, 2, 3, …; the hash of everything after each exit. */
function play(b: Bench, from: number, exits: number): readonly string[] {
  return Array.from({ length: exits }, (_, i) => {
    expect(b.run()).toEqual({ kind: 'exit' });
    b.vcpu.kvmRun.mmio.data.set(0, from + i);
    return stateHash(b.memory);
  });
}

test('the same calls give the same bytes', () => {
  expect(play(bench(PROGRAM, { vgic: true }), 1, 8)).toEqual(play(bench(PROGRAM, { vgic: true }), 1, 8));
});

test('a VM goes on from restored bytes as it went on before, whatever was in between', () => {
  const b = bench(PROGRAM, { vgic: true, vcpus: 2 });
  play(b, 1, 3);
  const snapshot = takeSnapshot(b.memory);
  const before = stateHash(b.memory);
  const first = play(b, 50, 5);
  value(b.vm.irqLine((KVM_ARM_IRQ_TYPE.SPI << 24) | 40, 1));
  value(b.vm.setUserMemoryRegion({ slot: 3, flags: 0, guest_phys_addr: 0x6000_0000n, memory_size: 0x1000n, userspace_addr: 0n }));
  b.set('ID_AA64PFR0_EL1', b.get('ID_AA64PFR0_EL1'));
  restoreSnapshot(b.memory, snapshot);
  expect(stateHash(b.memory)).toBe(before);
  expect(b.vm.memslots.length).toBe(1);
  expect(play(b, 50, 5)).toEqual(first);
});
