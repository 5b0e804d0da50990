import { expect, test } from 'vitest';
import { KVM_ATTRIBUTES as A } from '../index.ts';
import { bench, DEVICE, value } from './machine.fixture.ts';

const PMU = { features: ['pmu_v3'] } as const;
const STOP = `\n mov x28, #${DEVICE}\n str xzr, [x28]\n b .\n`;

test('the cycle counter and a counter of instructions count alike', () => {
  const b = bench(
    `_start: mov x0, #0x8
    msr pmevtyper0_el0, x0
    mov x0, #1
    movk x0, #0x8000, lsl #16
    msr pmcntenset_el0, x0
    mov x0, #1
    msr pmcr_el0, x0
    nop
    nop
    nop
    mrs x1, pmccntr_el0
    mrs x2, pmevcntr0_el0
    mrs x3, pmcr_el0${STOP}`,
    PMU,
  );
  expect(b.run()).toEqual({ kind: 'exit' });
  // Both are read before the instruction that reads is over: nop, nop, nop, mrs.
  expect([b.get('x1'), b.get('x2')]).toEqual([4n, 5n]);
  expect((b.get('x3') >> 11n) & 0x1fn).toBe(6n);
  expect(b.phases.some((p) => p.kind === 'handled' && p.path.some((s) => s.function === 'kvm_pmu'))).toBe(true);
});

test('an overflow interrupts at the instruction that brings it', () => {
  const b = bench(
    `_start: ldr x0, =vectors
    msr vbar_el1, x0
    mov x11, #0x080a0000
    add x11, x11, #0x10, lsl #12
    mov w0, #1
    lsl w0, w0, #23
    str w0, [x11, #0x100]
    mov x10, #0x08000000
    mov w0, #2
    str w0, [x10]
    mov x0, #0xff
    msr icc_pmr_el1, x0
    mov x0, #1
    msr icc_igrpen1_el1, x0
    mov x0, #-100
    msr pmccntr_el0, x0
    mov x0, #0x80000000
    msr pmintenset_el1, x0
    msr pmcntenset_el0, x0
    msr daifclr, #2
    mov x1, #0
    mov x0, #1
    msr pmcr_el0, x0
1:  add x1, x1, #1
    b 1b
    .ltorg
    .balign 2048
vectors: .skip 0x280
    mrs x20, icc_iar1_el1
    mrs x21, pmovsset_el0${STOP}`,
    { ...PMU, vgic: true },
  );
  expect(b.run()).toEqual({ kind: 'exit' });
  expect([b.get('x20'), b.get('x21')]).toEqual([23n, 0x8000_0000n]);
  expect(b.get('x1')).toBe(50n);
});

test('PMSWINC counts what the guest asks for; PMUSERENR lets EL0 in', () => {
  const b = bench(
    `_start: ldr x0, =vectors
    msr vbar_el1, x0
    msr pmevtyper1_el0, xzr
    mov x0, #2
    msr pmcntenset_el0, x0
    mov x0, #1
    msr pmcr_el0, x0
    mov x0, #2
    msr pmswinc_el0, x0
    msr pmswinc_el0, x0
    mrs x3, pmevcntr1_el0
    ldr x0, =user
    msr elr_el1, x0
    mov x0, #0x3c0
    msr spsr_el1, x0
    eret
user: mrs x4, pmccntr_el0
    b .
    .ltorg
    .balign 2048
vectors: .skip 0x400
    mrs x20, esr_el1${STOP}`,
    PMU,
  );
  expect(b.run()).toEqual({ kind: 'exit' });
  expect([b.get('x3'), b.get('x20')]).toEqual([2n, 0x200_0000n]);
});

test('a VM without a PMU has neither its registers nor its attributes', () => {
  const b = bench(
    `_start: ldr x0, =vectors\n msr vbar_el1, x0\n mrs x0, pmcr_el0\n b .\n.ltorg\n .balign 2048\nvectors: .skip 0x200\n mrs x20, esr_el1${STOP}`,
  );
  const own = b.vm.vcpuAttributes(0)!;
  expect(own.has(A.KVM_ARM_VCPU_PMU_V3_CTRL, BigInt(A.KVM_ARM_VCPU_PMU_V3_INIT))).toMatchObject({ ok: false, error: 'ENXIO' });
  expect(own.set(A.KVM_ARM_VCPU_PMU_V3_CTRL, BigInt(A.KVM_ARM_VCPU_PMU_V3_INIT), undefined)).toMatchObject({
    ok: false,
    error: 'ENODEV',
  });
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(b.get('x20')).toBe(0x200_0000n);
  expect(value(b.vcpu.getRegList(1000)).length).toBeGreaterThan(200);
});
