// The offsets of a VM's counters (arch/arm64/kvm/arch_timer.c): by KVM_REG_ARM_PTIMER_CNT, KVM_REG_ARM_TIMER_CNT and KVM_ARM_SET_COUNTER_OFFSET,
// on hosts that have CNTPOFF_EL2 and on hosts that trap in its place.
import { describe, expect, test } from 'vitest';
import { fieldRange, setField } from '#arch/field';
import { cpuModel } from '#cpu';
import { KVM_CAP, registerId } from '../index.ts';
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
