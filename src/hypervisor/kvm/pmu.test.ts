import { expect, test } from 'vitest';
import { KVM_ATTRIBUTES as A } from '../index.ts';
import { bench, DEVICE, value } from './machine.fixture.ts';

const PMU = { features: ['pmu_v3'], vgic: true } as const;
const STOP = `\n mov x28, #${DEVICE}\n str xzr, [x28]\n b .\n`;

test('the cycle counter and a counter of instructions count alike', () => {
  const b = bench(
    `_start: mov x0, #0x8
    msr pmevtyper0_el0, x0
    mov x0, #1
    movk x0, #0x8000, lsl #16
    msr pmcntenset_el0, x0
    mov x0, #7
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
    mov x0, #-1
    msr pmovsclr_el0, x0
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
    mov x0, #3
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

test('after a reset what the architecture leaves UNKNOWN is not zero, within the counters that there are', () => {
  const b = bench('_start: b .\n', PMU);
  const at = (name: string): bigint => b.get(name);
  expect(['PMCNTENSET_EL0', 'PMOVSCLR_EL0', 'PMINTENSET_EL1'].map(at)).toEqual([0x8000_001en, 0x8000_001en, 0x8000_001en]);
  expect(['PMSELR_EL0', 'PMEVCNTR3_EL0', 'PMUSERENR_EL0', 'PMCCFILTR_EL0'].map(at)).toEqual([0x1en, 0xdbad_c0den, 0n, 0n]);
  expect(at('PMCCNTR_EL0')).toBe(0x1de7_ec7e_dbad_c0den);
});

/** Two counters of software increments, the lower one about to overflow, the upper one a chain; what they hold after one increment. */
const CHAIN = `_start: mov x0, #-1
    msr pmovsclr_el0, x0
    msr pmevtyper0_el0, xzr
    mov x0, #0x1e
    msr pmevtyper1_el0, x0
    ldr x0, =0x5ffffffff
    msr pmevcntr0_el0, x0
    msr pmevcntr1_el0, xzr
    mov x0, #3
    msr pmcntenset_el0, x0
    mov x0, #0x81
    msr pmcr_el0, x0
    mov x0, #1
    msr pmswinc_el0, x0
    mrs x1, pmevcntr0_el0
    mrs x2, pmevcntr1_el0
    mrs x3, pmovsset_el0
    mrs x4, pmcr_el0
    mov x0, #-1
    msr pmevtyper2_el0, x0
    mrs x5, pmevtyper2_el0
    mrs x6, pmceid0_el0${STOP}`;

test.each([
  ['PMUv3: 32 bits, 10 of an event’s number, no PMCR_EL0.LP', 1n, [0n, 1n, 1n, 0n, 0xc800_03ffn]],
  ['PMUv3p4: 16 bits of it', 5n, [0n, 1n, 1n, 0n, 0xc800_ffffn]],
  ['PMUv3p5: 64 bits, and with LP nothing overflows at 32', 6n, [0x6_0000_0000n, 0n, 0n, 0x80n, 0xc800_ffffn]],
] as const)('%s', (_, version, [low, high, overflow, lp, type]) => {
  const b = bench(CHAIN, PMU);
  const field = 0xfn << 8n;
  b.set('ID_AA64DFR0_EL1', (b.get('ID_AA64DFR0_EL1') & ~field) | (version << 8n));
  // EL2 in the VM's ID registers, EL3 not: PMEVTYPER has NSH, and neither NSU, NSK nor M.
  b.set('ID_AA64PFR0_EL1', b.get('ID_AA64PFR0_EL1') & ~0xf000n);
  const el2 = (b.get('ID_AA64PFR0_EL1') >> 8n) & 0xfn;
  expect(b.run()).toEqual({ kind: 'exit' });
  expect([b.get('x1'), b.get('x2'), b.get('x3') & 3n, b.get('x4') & 0x80n]).toEqual([low, high, overflow, lp]);
  expect(b.get('x5')).toBe(el2 ? type : type & ~(1n << 27n));
  expect(b.get('x6')).toBe(0x4002_0101n);
});

test('KVM_ARM_VCPU_PMU_V3_INIT knows which interrupts there are', () => {
  const b = bench('_start: b .\n', {
    features: ['pmu_v3'],
    before: (vm) => value(vm.createDevice(7)),
    pmu: 'later',
  });
  const gic = b.vm.deviceAttributes(7)!;
  value(gic.set(A.KVM_DEV_ARM_VGIC_GRP_CTRL, BigInt(A.KVM_DEV_ARM_VGIC_CTRL_INIT), undefined));
  const own = b.vm.vcpuAttributes(0)!;
  value(own.set(A.KVM_ARM_VCPU_PMU_V3_CTRL, BigInt(A.KVM_ARM_VCPU_PMU_V3_IRQ), 256n));
  expect(own.set(A.KVM_ARM_VCPU_PMU_V3_CTRL, BigInt(A.KVM_ARM_VCPU_PMU_V3_INIT), undefined)).toEqual({
    ok: false,
    error: 'EINVAL',
  });
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

test('a filter for one level is kept, and the exit says that it does not filter here', () => {
  const b = bench(
    `_start: mov x0, #0x40000000\n msr pmevtyper0_el0, x0\n mrs x1, pmevtyper0_el0\n msr pmevtyper0_el0, xzr${STOP}`,
    PMU,
  );
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(b.get('x1')).toBe(0x4000_0000n);
  const said = b.phases.flatMap((p) => (p.kind === 'handled' ? p.path : [])).filter((s) => s.what.includes('not modelled'));
  expect(said.map((s) => s.what)).toEqual([expect.stringContaining('EL1 only')]);
});
