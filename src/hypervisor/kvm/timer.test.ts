// The offsets of a VM's counters (arch/arm64/kvm/arch_timer.c): by KVM_REG_ARM_PTIMER_CNT, KVM_REG_ARM_TIMER_CNT and KVM_ARM_SET_COUNTER_OFFSET,
// on hosts that have CNTPOFF_EL2 and on hosts that trap in its place.
import { describe, expect, test } from 'vitest';
import { fieldRange, setField } from '#arch/field';
import { cpuModel } from '#cpu';
import { KVM_ATTRIBUTES as A, KVM_CAP, registerId } from '../index.ts';
import { type Bench, type BenchOptions, bench, DEVICE, RAM, value } from './machine.fixture.ts';

const READ = `_start: mrs x1, cntpct_el0
 mrs x2, cntpctss_el0
 mrs x3, cntvct_el0
 mov x28, #${DEVICE}
 str xzr, [x28]
 b _start
`;
const BEHIND = 1_000_000n;
const MASK64 = (1n << 64n) - 1n;

function host(register: string, field: string, to: number): bigint {
  return setField(cpuModel('max')?.registers.get(register) ?? 0n, fieldRange(register, field), to);
}

/** VHE with CNTPOFF_EL2; VHE without; no VHE. */
const HOSTS: readonly (readonly [string, NonNullable<BenchOptions['host']>, traps: number])[] = [
  ['with CNTPOFF_EL2', {}, 0],
  ['without', { ID_AA64MMFR0_EL1: host('ID_AA64MMFR0_EL1', 'ECV', 1) }, 2],
  ['without VHE', { ID_AA64MMFR1_EL1: host('ID_AA64MMFR1_EL1', 'VH', 0) }, 2],
];

function trapped(b: Bench): number {
  return b.phases.filter((p) => p.kind === 'handled' && p.handler === 'kvm_handle_sys_reg').length;
}

/** Runs to the next exit; how far the guest's counters are from the host's. */
function counters(b: Bench): { readonly physical: bigint; readonly ss: bigint; readonly virtual: bigint } {
  expect(b.run()).toEqual({ kind: 'exit' });
  const now = b.host.now() / 16n;
  const off = (name: string): bigint => BigInt.asIntN(64, (b.get(name) - now) & MASK64);
  return { physical: off('x1'), ss: off('x2'), virtual: off('x3') };
}

describe.each(HOSTS)('a host %s', (_, ids, traps) => {
  test('the guest’s counters are the host’s until one is set', () => {
    const b = bench(READ, { host: ids });
    expect(counters(b)).toEqual({ physical: 0n, ss: 0n, virtual: 0n });
    expect(trapped(b)).toBe(0);
  });

  test('KVM_REG_ARM_PTIMER_CNT moves the physical counter, and nothing else', () => {
    const b = bench(READ, { host: ids });
    b.set('KVM_REG_ARM_PTIMER_CNT', BEHIND);
    expect(b.get('KVM_REG_ARM_PTIMER_CNT')).toBe(BEHIND);
    expect(counters(b)).toEqual({ physical: BEHIND, ss: BEHIND, virtual: 0n });
    expect(trapped(b)).toBe(traps);
    b.set('KVM_REG_ARM_PTIMER_CNT', b.host.now() / 16n);
    expect(counters(b)).toEqual({ physical: 0n, ss: 0n, virtual: 0n });
  });

  test('KVM_REG_ARM_TIMER_CNT moves the virtual one, for every vCPU', () => {
    const b = bench(READ, { host: ids, vcpus: 2 });
    b.set('KVM_REG_ARM_TIMER_CNT', BEHIND);
    expect(value(b.vm.vcpus[1]!.getOneReg(registerId('KVM_REG_ARM_TIMER_CNT') as bigint))).toBe(BEHIND);
    expect(counters(b)).toEqual({ physical: 0n, ss: 0n, virtual: BEHIND });
  });

  test('KVM_ARM_SET_COUNTER_OFFSET sets both for good', () => {
    const b = bench(READ, { host: ids });
    expect(b.vm.checkExtension(KVM_CAP.KVM_CAP_COUNTER_OFFSET)).toBe(1);
    expect(b.vm.setCounterOffset(0n, 1n)).toEqual({ ok: false, error: 'EINVAL' });
    value(b.vm.setCounterOffset(-BEHIND & MASK64));
    expect(counters(b)).toEqual({ physical: BEHIND, ss: BEHIND, virtual: BEHIND });
    b.set('KVM_REG_ARM_PTIMER_CNT', 0n);
    b.set('KVM_REG_ARM_TIMER_CNT', 0n);
    expect(counters(b)).toEqual({ physical: BEHIND, ss: BEHIND, virtual: BEHIND });
  });

  test('a VM that runs refuses it', () => {
    const b = bench('_start: b _start\n', { host: ids });
    expect(b.vcpu.run(10)).toEqual({ kind: 'budget' });
    expect(b.vm.setCounterOffset(1n)).toEqual({ ok: false, error: 'EBUSY' });
  });

  test('the physical timer’s registers are the guest’s, whatever the offset', () => {
    const b = bench(
      `_start: mov x0, #100
 msr cntp_tval_el0, x0
 mrs x1, cntpct_el0
 mrs x2, cntp_cval_el0
 mov x0, #3
 msr cntp_ctl_el0, x0
 mrs x3, cntp_tval_el0
 ldr x0, =${BEHIND}
 msr cntp_cval_el0, x0
 mrs x4, cntp_cval_el0
 mrs x5, cntp_ctl_el0
 mov x28, #${DEVICE}
 str xzr, [x28]
`,
      { host: ids },
    );
    b.set('KVM_REG_ARM_PTIMER_CNT', BEHIND);
    expect(b.run()).toEqual({ kind: 'exit' });
    // A count is 16 instructions: TVAL is written and read in the same one or the next.
    expect(b.get('x2') - b.get('x1')).toBe(100n);
    expect(b.get('x3')).toBeLessThanOrEqual(100n);
    expect(b.get('x3')).toBeGreaterThan(90n);
    expect([b.get('x4'), b.get('x5')]).toEqual([BEHIND, 7n]);
    // Moving the counter moves neither the comparator that the guest has set nor the one that userspace reads.
    b.set('KVM_REG_ARM_PTIMER_CNT', 5n);
    expect(b.get('KVM_REG_ARM_PTIMER_CVAL')).toBe(BEHIND);
    expect(b.get('KVM_REG_ARM_PTIMER_CTL')).toBe(3n);
    b.set('KVM_REG_ARM_PTIMER_CVAL', 4n);
    expect([b.get('KVM_REG_ARM_PTIMER_CVAL'), b.get('KVM_REG_ARM_PTIMER_CTL')]).toEqual([4n, 7n]);
  });

  test('a vCPU in WFI wakes up when the guest’s own count is there', () => {
    const b = bench(
      `_start: ldr x0, =${BEHIND + 1000n}
 msr cntp_cval_el0, x0
 mov x0, #1
 msr cntp_ctl_el0, x0
1: wfi
 b 1b
`,
      { host: ids },
    );
    b.set('KVM_REG_ARM_PTIMER_CNT', BEHIND);
    expect(b.vcpu.run(1000)).toEqual({ kind: 'blocked', why: 'wfi', deadline: 1000n });
  });

  test('a comparator that the guest’s counter has passed fires, although the processor’s has come round (kvm_timer_should_fire)', () => {
    const b = bench('_start: mov x0, #1\n msr cntp_ctl_el0, x0\n1: wfi\n b 1b\n', { host: ids });
    b.set('KVM_REG_ARM_PTIMER_CNT', 1n << 63n);
    b.set('KVM_REG_ARM_PTIMER_CVAL', 5n);
    expect(b.vcpu.run(1000)).toMatchObject({ kind: 'error', errno: 'EINTR' });
    expect(b.vcpu.kvmRun.sync['s.regs.device_irq_level']).toBe(2n);
  });

  test('PTP gives the guest’s counters', () => {
    const b = bench(
      `_start: ldr x0, =0x86000001\n mov x1, #1\n hvc #0\n lsl x2, x2, #32\n orr x5, x2, x3\n mov x28, #${DEVICE}\n str xzr, [x28]\n`,
      { host: ids },
    );
    b.set('KVM_REG_ARM_PTIMER_CNT', BEHIND);
    expect(b.run()).toEqual({ kind: 'exit' });
    expect(b.get('x5')).toBe(BEHIND);
  });
});

test('ISTATUS of a timer that is off is that of its comparator (read_timer_ctl)', () => {
  const b = bench(READ);
  expect(b.get('KVM_REG_ARM_TIMER_CTL')).toBe(4n);
  b.set('KVM_REG_ARM_TIMER_CVAL', 1000n);
  expect(b.get('KVM_REG_ARM_TIMER_CTL')).toBe(0n);
  b.set('KVM_REG_ARM_TIMER_CNT', 1000n);
  expect(b.get('KVM_REG_ARM_TIMER_CTL')).toBe(4n);
});

test('CNTHCTL_EL2.ECV is set where the host has it, and its effect survives a reset of the vCPU', () => {
  const b = bench(READ);
  expect(counters(b).physical).toBe(0n);
  expect(b.vcpu.cpu.readRegister('CNTHCTL_EL2')).toBe(0x1c00n);
  b.set('KVM_REG_ARM_PTIMER_CNT', BEHIND);
  const at = b.host.now() / 16n;
  value(b.vcpu.init({ target: 5, features: b.vm.vcpuFeatures }));
  expect(b.get('KVM_REG_ARM_PTIMER_CNT') - b.host.now() / 16n).toBe(BEHIND - at);
  b.set('pc', RAM + 0x8_0000n);
  // The store of before is completed first, which is the first instruction now.
  expect(counters(b).ss).toBe(BEHIND - at);
});

test('a reset turns the timers off and leaves what they compare with', () => {
  const b = bench(READ);
  b.set('KVM_REG_ARM_PTIMER_CNT', BEHIND);
  for (const timer of ['TIMER', 'PTIMER']) {
    b.set(`KVM_REG_ARM_${timer}_CVAL`, 0x1234_5678_9abcn);
    b.set(`KVM_REG_ARM_${timer}_CTL`, 3n);
  }
  value(b.vcpu.init({ target: 5, features: b.vm.vcpuFeatures }));
  for (const timer of ['TIMER', 'PTIMER']) {
    expect([b.get(`KVM_REG_ARM_${timer}_CVAL`), b.get(`KVM_REG_ARM_${timer}_CTL`)]).toEqual([0x1234_5678_9abcn, 0n]);
  }
});

test('a vCPU that is created later takes the virtual counter back to 0, unless the offsets were given for good', () => {
  const b = bench(READ);
  b.run();
  const before = b.get('KVM_REG_ARM_TIMER_CNT');
  b.host.memory.clock += 16_000n;
  b.set('KVM_REG_ARM_PTIMER_CNT', BEHIND);
  value(b.vm.createVcpu(1));
  expect([b.get('KVM_REG_ARM_TIMER_CNT'), b.get('KVM_REG_ARM_PTIMER_CNT')]).toEqual([0n, before + 1000n]);
  const c = bench(READ);
  value(c.vm.setCounterOffset(-5n & MASK64));
  value(c.vm.createVcpu(1));
  expect(c.get('KVM_REG_ARM_TIMER_CNT')).toBe(c.host.now() / 16n + 5n);
});

test('a timer’s interrupt: a PPI, given before a vCPU has run, and which timer is meant comes last', () => {
  const group = A.KVM_ARM_VCPU_TIMER_CTRL;
  const error = (b: Bench, attr: bigint, irq: bigint): string | undefined => {
    const done = b.vm.vcpuAttributes(0)!.set(group, attr, irq);
    return done.ok ? undefined : done.error;
  };
  const without = bench(READ);
  expect([error(without, 0n, 20n), error(without, 9n, 20n)]).toEqual(['EINVAL', 'EINVAL']);
  const b = bench(READ, { vgic: true });
  expect([error(b, 0n, 15n), error(b, 0n, 32n), error(b, 9n, 20n), error(b, 1n, 27n)]).toEqual([
    'EINVAL',
    'EINVAL',
    'ENXIO',
    undefined,
  ]);
  // Both timers have 27 now: the vCPU cannot run, and they can still be told apart.
  expect(b.run()).toMatchObject({ kind: 'error', errno: 'EINVAL' });
  expect(error(b, 1n, 20n)).toBeUndefined();
  expect(b.run()).toEqual({ kind: 'exit' });
  expect([error(b, 1n, 21n), error(b, 9n, 21n), error(b, 1n, 32n)]).toEqual(['EBUSY', 'EBUSY', 'EINVAL']);
});

describe('an irqchip of userspace’s', () => {
  const FIRES = `_start: mov x0, #1
 msr cntv_cval_el0, x0
 msr cntv_ctl_el0, x0
1: cbz x9, 1b
 mov x0, #3
 msr cntv_ctl_el0, x0
 mov x28, #${DEVICE}
 str xzr, [x28]
`;
  const INTR = { kind: 'error', errno: 'EINTR' };
  const level = (b: Bench): readonly [reason: number, levels: bigint] => [
    b.vcpu.kvmRun.header.exit_reason,
    b.vcpu.kvmRun.sync['s.regs.device_irq_level'],
  ];

  test('is told by EINTR that a timer has fired, once, and by the page of the next exit that it is over', () => {
    const b = bench(FIRES);
    expect(b.vcpu.run(10_000)).toMatchObject(INTR);
    expect(level(b)).toEqual([10, 1n]);
    expect(b.host.now()).toBeLessThan(20n * 16n);
    // The same level again is no news.
    expect(b.vcpu.run(10_000)).toEqual({ kind: 'budget' });
    b.vcpu.interrupt();
    b.set('x9', 1n);
    expect(b.run()).toEqual({ kind: 'exit' });
    expect(level(b)).toEqual([6, 0n]);
  });

  test('wakes a vCPU in WFI, and one that has been told does not', () => {
    const b = bench(FIRES.replace('1: cbz x9, 1b', '1: wfi\n b 1b'));
    const asleep = b.vcpu.run(10_000);
    expect(asleep).toEqual({ kind: 'blocked', why: 'wfi', deadline: 1n });
    b.host.memory.clock = 16n;
    expect(b.vcpu.run(10_000)).toMatchObject(INTR);
    expect(level(b)).toEqual([10, 1n]);
    expect(b.vcpu.run(10_000)).toMatchObject({ kind: 'blocked', why: 'wfi' });
  });

  test('sees the physical timer and the PMU in bits of their own', () => {
    const b = bench(FIRES.replaceAll('cntv_', 'cntp_'));
    expect(b.vcpu.run(10_000)).toMatchObject(INTR);
    expect(level(b)).toEqual([10, 2n]);
    const pmu = bench(
      '_start: mov x0, #1\n msr pmovsset_el0, x0\n msr pmintenset_el1, x0\n mov x9, #1\n msr pmcr_el0, x0\n mov x9, #2\n b .\n',
      { features: ['pmu_v3'] },
    );
    expect(pmu.vcpu.run(10_000)).toMatchObject(INTR);
    expect([level(pmu), pmu.get('x9')]).toEqual([[10, 4n], 1n]);
  });

  test('is none of that with a vGIC', () => {
    const b = bench(FIRES, { vgic: true });
    expect(b.vcpu.run(10_000)).toEqual({ kind: 'budget' });
    expect(level(b)).toEqual([0, 0n]);
  });
});
