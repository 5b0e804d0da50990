import { describe, expect, test } from 'vitest';
import { KVM_ATTRIBUTES as A, KVM_MP_STATE, KVM_SMCCC_FILTER, KVM_SYSTEM_EVENT } from '../index.ts';
import { type Bench, type BenchOptions, bench, DEVICE, value } from './machine.fixture.ts';

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
    ['SYSTEM_OFF2 of a type that is none', '0xc4000015', ['2', '0'], MINUS(2n)],
    ['SYSTEM_OFF2 with a second argument', '0xc4000015', ['1', '0x100000000'], MINUS(2n)],
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
    ['SYSTEM_OFF', '0x84000008', [], KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_SHUTDOWN],
    ['SYSTEM_RESET', '0x84000009', [], KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_RESET],
    // Of the first argument 32 bits count, in the 64-bit call too.
    ['SYSTEM_OFF2', '0xc4000015', ['0x100000001', '0'], KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_SHUTDOWN],
    ['SYSTEM_RESET2', '0xc4000012', ['0xff80000000', '7'], KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_RESET],
  ] as const)('%s goes to userspace, and every vCPU stops', (_, id, args, type) => {
    const b = bench(`_start:\n${call(id, ...args)}${STOP}`, { vcpus: 2 });
    expect(b.run()).toEqual({ kind: 'exit' });
    expect(b.vcpu.kvmRun.system_event.type).toBe(type);
    for (const vcpu of b.vm.vcpus) expect(vcpu.run(10)).toMatchObject({ kind: 'blocked', why: 'stopped' });
  });
});

describe('SYSTEM_SUSPEND', () => {
  const { KVM_MP_STATE_SUSPENDED, KVM_MP_STATE_RUNNABLE } = KVM_MP_STATE;
  const { KVM_SYSTEM_EVENT_SUSPEND, KVM_SYSTEM_EVENT_WAKEUP } = KVM_SYSTEM_EVENT;
  const CAPABILITY = { capabilities: ['KVM_CAP_ARM_SYSTEM_SUSPEND'] } as const satisfies BenchOptions;
  const suspend = (before = '') => `_start:${before}\n${call('0xc400000e', '0x40090000', '0x55')}${STOP}`;

  function event(b: Bench): number {
    expect(b.run()).toEqual({ kind: 'exit' });
    expect(b.vcpu.kvmRun.header.exit_reason).toBe(24);
    return b.vcpu.kvmRun.system_event.type;
  }

  test('is not there without the capability', () => {
    expect(result(bench(suspend()))).toBe(MINUS(1n));
    expect(result(bench(`_start:\n${call('0x8400000a', '0x8400000e')}${STOP}`))).toBe(MINUS(1n));
    expect(result(bench(`_start:\n${call('0x8400000a', '0x8400000e')}${STOP}`, CAPABILITY))).toBe(0n);
  });

  test('leaves every register and every vCPU as it is; what becomes of it is userspace’s', () => {
    const b = bench(suspend(), { ...CAPABILITY, vcpus: 2 });
    expect(event(b)).toBe(KVM_SYSTEM_EVENT_SUSPEND);
    expect(['x0', 'x1', 'x2'].map((name) => b.get(name))).toEqual([0xc400_000en, 0x4009_0000n, 0x55n]);
    expect(b.vcpu.kvmRun.system_event.ndata).toBe(0);
    expect(value(b.vcpu.getMpState())).toBe(KVM_MP_STATE_RUNNABLE);
    // Denied: the guest goes on behind the call, with what userspace gives it.
    b.set('x0', MINUS(3n));
    expect(result(b)).toBe(MINUS(3n));
  });

  test('a line wakes it, masked or not, and it stays suspended until userspace says otherwise', () => {
    const b = bench(suspend(), CAPABILITY);
    event(b);
    value(b.vcpu.setMpState(KVM_MP_STATE_SUSPENDED));
    expect(b.vcpu.run(10)).toEqual({ kind: 'blocked', why: 'suspended', deadline: undefined });
    value(b.vm.irqLine(0, 1));
    expect(event(b)).toBe(KVM_SYSTEM_EVENT_WAKEUP);
    expect(value(b.vcpu.getMpState())).toBe(KVM_MP_STATE_SUSPENDED);
    expect(event(b)).toBe(KVM_SYSTEM_EVENT_WAKEUP);
    value(b.vm.irqLine(0, 0));
    expect(b.vcpu.run(10)).toMatchObject({ kind: 'blocked', why: 'suspended' });
    b.vcpu.interrupt();
    value(b.vcpu.setMpState(KVM_MP_STATE_RUNNABLE));
    expect(result(b)).toBe(0xc400_000en);
  });

  test('a virtual SError wakes it too', () => {
    const b = bench(suspend(), CAPABILITY);
    event(b);
    value(b.vcpu.setMpState(KVM_MP_STATE_SUSPENDED));
    value(b.vcpu.setEvents({ serror_pending: 1, serror_has_esr: 0, serror_esr: 0n, ext_dabt_pending: 0 }));
    expect(event(b)).toBe(KVM_SYSTEM_EVENT_WAKEUP);
  });

  test('a timer wakes it at its moment, through the vGIC', () => {
    const enable = `
      ldr x1, =0x080b0000
      mov w2, #(1 << 27)
      str w2, [x1, #0x100]
      mov x2, #0xff
      msr icc_pmr_el1, x2
      mov x2, #1
      msr icc_igrpen1_el1, x2
      mov x1, #0x08000000
      mov w2, #2
      str w2, [x1]
      mrs x2, cntvct_el0
      add x2, x2, #0x10, lsl #12
      msr cntv_cval_el0, x2
      mov x2, #1
      msr cntv_ctl_el0, x2`;
    const b = bench(suspend(enable), { ...CAPABILITY, vgic: true });
    event(b);
    value(b.vcpu.setMpState(KVM_MP_STATE_SUSPENDED));
    const asleep = b.vcpu.run(10);
    expect(asleep).toMatchObject({ kind: 'blocked', why: 'suspended' });
    const deadline = asleep.kind === 'blocked' ? asleep.deadline : undefined;
    b.memory.clock = 16n * (deadline ?? 0n) - 1n;
    expect(b.vcpu.run(10)).toMatchObject({ kind: 'blocked', why: 'suspended', deadline });
    b.memory.clock = 16n * (deadline ?? 0n);
    expect(event(b)).toBe(KVM_SYSTEM_EVENT_WAKEUP);
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

test('a filter of no functions: EINVAL, but from 0 on it is all of them, and the reserved ranges are in the way (kvm_smccc_set_filter)', () => {
  const { attributes } = bench('_start: b .\n').vm;
  const set = (base: number) => attributes.set(A.KVM_ARM_VM_SMCCC_CTRL, 0n, { base, nr_functions: 0, action: 1, pad: 0 });
  expect([set(0x8400_0000), set(0)]).toEqual([
    { ok: false, error: 'EINVAL' },
    { ok: false, error: 'EEXIST' },
  ]);
});
