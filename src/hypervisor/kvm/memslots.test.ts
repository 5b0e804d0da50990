import { expect, test } from 'vitest';
import { type Bench, bench } from './machine.fixture.ts';

/** KVM_SET_USER_MEMORY_REGION somewhere without memory of the host. */
function slot(b: Bench, id: number, base: bigint, size: bigint, flags = 0): string {
  const region = { slot: id, flags, guest_phys_addr: base, memory_size: size, userspace_addr: 0x7000_0000_0000n };
  const done = b.vm.setUserMemoryRegion(region);
  return done.ok ? 'ok' : done.error;
}

test.each([
  ['the last slot there is', [32766, 0x8000_0000n, 0x1000n], 'ok'],
  ['one beyond it', [32767, 0x8000_0000n, 0x1000n], 'EINVAL'],
  ['another address space', [0x1_0000, 0x8000_0000n, 0x1000n], 'EINVAL'],
  ['a flag that does not exist', [1, 0x8000_0000n, 0x1000n, 4], 'EINVAL'],
  ['half a page', [1, 0x8000_0000n, 0x800n], 'EINVAL'],
  ['in the middle of a page', [1, 0x8000_0800n, 0x1000n], 'EINVAL'],
  ['up to the very end of all addresses', [1, 0xffff_ffff_ffff_f000n, 0x1000n], 'EINVAL'],
  ['8 TiB', [1, 0n, 1n << 43n], 'EINVAL'],
  ['a page less, which no IPA of this VM reaches', [1, 0x1000_0000_0000n, (1n << 43n) - 0x1000n], 'EFAULT'],
  ['beyond the VM’s addresses', [1, (1n << 40n) - 0x1000n, 0x2000n], 'EFAULT'],
  ['over another slot', [1, 0x4000_0000n, 0x1000n], 'EEXIST'],
  ['nothing, where nothing was', [1, 0x8000_0000n, 0n], 'EINVAL'],
  ['the slot’s memory elsewhere', [0, 0x4000_0000n, 0x20_0000n], 'EINVAL'],
] as const)('%s', (_, [id, base, size, flags], expected) => {
  expect(slot(bench('_start: nop\n'), id, base, size, flags)).toBe(expected);
});
