import { describe, expect, test } from 'vitest';
import { KVM_ATTRIBUTES as A, KVM_MP_STATE, KVM_SMCCC_FILTER, KVM_SYSTEM_EVENT } from '../index.ts';
import { type Bench, bench, DEVICE, value } from './machine.fixture.ts';

const STOP = `\n mov x28, #${DEVICE}\n str x0, [x28]\n b .\n`;
const MINUS = (n: bigint): bigint => (1n << 64n) - n;

/** Calls a function with up to three arguments; the guest shows x0 afterwards. */
function call(id: string, ...args: readonly string[]): string {
  return `${[id, ...args].map((text, i) => ` ldr x${i}, =${text}\n`).join('')} hvc #0\n`;
}

function result(b: Bench): bigint {
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(b.vcpu.kvmRun.header.exit_reason).toBe(6);
  return b.get('x0');
}

describe('PSCI', () => {
  test.each([
    ['VERSION', '0x84000000', [], 0x1_0003n],
    ['FEATURES of CPU_ON', '0x8400000a', ['0xc4000003'], 0n],
    ['FEATURES of nothing', '0x8400000a', ['0x840000ff'], MINUS(1n)],
    ['MIGRATE_INFO_TYPE', '0x84000006', [], 2n],
    ['AFFINITY_INFO of itself', '0xc4000004', ['0', '0'], 0n],
    ['AFFINITY_INFO of nobody', '0xc4000004', ['5', '0'], MINUS(2n)],
    ['CPU_ON of itself', '0xc4000003', ['0', '0x40080000', '0'], MINUS(4n)],
    ['CPU_ON of nobody', '0xc4000003', ['9', '0x40080000', '0'], MINUS(2n)],
  ] as const)('%s', (_, id, args, x0) => {
    expect(result(bench(`_start:\n${call(id, ...args)}${STOP}`))).toBe(x0);
  });

  test('CPU_ON starts a vCPU at its entry with its context, CPU_OFF stops it', () => {
    const b = bench(
      `_start:\n${call('0xc4000003', '1', 'other', '0x77')}${STOP}\nother: mov x5, x0\n ldr x0, =0x84000002\n hvc #0\n b .\n`,
      { vcpus: 2 },
    );
    const second = b.vm.vcpus[1]!;
    expect(second.run(10)).toEqual({ kind: 'blocked', why: 'stopped', deadline: undefined });
    expect(result(b)).toBe(0n);
    expect(second.run(10)).toMatchObject({ kind: 'blocked', why: 'stopped' });
    expect(second.cpu.x(5)).toBe(0x77n);
    expect(second.getMpState()).toEqual({ ok: true, value: KVM_MP_STATE.KVM_MP_STATE_STOPPED });
  });

  test.each([
    ['SYSTEM_OFF', '0x84000008', KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_SHUTDOWN],
    ['SYSTEM_RESET', '0x84000009', KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_RESET],
  ] as const)('%s goes to userspace, and every vCPU stops', (_, id, type) => {
    const b = bench(`_start:\n${call(id)}${STOP}`, { vcpus: 2 });
    expect(b.run()).toEqual({ kind: 'exit' });
    expect(b.vcpu.kvmRun.system_event.type).toBe(type);
    for (const vcpu of b.vm.vcpus) expect(vcpu.run(10)).toMatchObject({ kind: 'blocked', why: 'stopped' });
  });
});

describe('the hypercall filter', () => {
  const filter = (b: Bench, base: number, action: number) =>
    b.vm.attributes.set(A.KVM_ARM_VM_SMCCC_CTRL, BigInt(A.KVM_ARM_VM_SMCCC_FILTER), { base, nr_functions: 1, action, pad: 0 });

  test('denies, and forwards to userspace with the registers to be read and set', () => {
    const b = bench(`_start:\n${call('0x84000000')} mov x7, x0\n${call('0xc5000020', '1', '2')}${STOP}`);
    value(filter(b, 0x8400_0000, KVM_SMCCC_FILTER.DENY));
    value(filter(b, 0xc500_0020, KVM_SMCCC_FILTER.FWD_TO_USER));
    expect(b.run()).toEqual({ kind: 'exit' });
    expect(b.vcpu.kvmRun.hypercall.nr).toBe(0xc500_0020n);
    expect([b.get('x7'), b.get('x1'), b.get('x2')]).toEqual([MINUS(1n), 1n, 2n]);
    b.set('x0', 0x99n);
    expect(result(b)).toBe(0x99n);
  });

  test('is closed once the VM runs, and keeps the architecture calls out', () => {
    const b = bench(`_start:${STOP}`);
    expect(filter(b, 0x8000_0000, KVM_SMCCC_FILTER.DENY)).toMatchObject({ ok: false, error: 'EEXIST' });
    expect(filter(b, 0xc500_0000, 9)).toMatchObject({ ok: false, error: 'EINVAL' });
    result(b);
    expect(filter(b, 0xc500_0000, KVM_SMCCC_FILTER.DENY)).toMatchObject({ ok: false, error: 'EBUSY' });
  });
});
