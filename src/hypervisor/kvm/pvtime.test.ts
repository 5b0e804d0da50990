import { expect, test } from 'vitest';
import { KVM_ATTRIBUTES as A } from '../index.ts';
import { bench, CODE, DEVICE, RAM, value } from './machine.fixture.ts';

const READ_ONLY = 0x5000_0000n;

test('the stolen time record: in memory that KVM can write, aligned, once; the guest finds it by PV_TIME_ST', () => {
  const b = bench(`_start: ldr x0, =0xc5000021\n hvc #0\n mov x28, #${DEVICE}\n str x0, [x28]\n b .\n`, {
    before: (vm) => {
      const place = { guest_phys_addr: READ_ONLY, memory_size: 0x1000n, userspace_addr: 0xf000_0010_0000n };
      value(vm.setUserMemoryRegion({ slot: 1, flags: 2, ...place }));
    },
  });
  const set = (ipa: bigint): string => {
    const done = b.vm.vcpuAttributes(0)!.set(A.KVM_ARM_VCPU_PVTIME_CTRL, BigInt(A.KVM_ARM_VCPU_PVTIME_IPA), ipa);
    return done.ok ? 'ok' : done.error;
  };
  expect([RAM + 0x20n, 0x6000_0000n, READ_ONLY, 1n << 40n].map(set)).toEqual(['EINVAL', 'EINVAL', 'EINVAL', 'EINVAL']);
  value(b.vm.writeMemory(RAM + 0x40n, new Uint8Array(64).fill(0xff)));
  expect([RAM + 0x40n, RAM + 0x80n].map(set)).toEqual(['ok', 'EEXIST']);
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(b.get('x0')).toBe(RAM + 0x40n);
  expect(value(b.vm.readMemory(RAM + 0x40n, 16))).toEqual(new Uint8Array(16));
  expect(b.get('pc')).toBeGreaterThan(CODE);
});
