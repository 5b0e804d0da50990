import { expect, test } from 'vitest';
import { KVM_ATTRIBUTES as A, KVM_ARM_IRQ_TYPE, type RunResult, registerId } from '../index.ts';
import { type Bench, bench, DEVICE, value } from './machine.fixture.ts';

const VGIC = 7;
const DIST = 0x0800_0000n;
const REDIST = 0x080a_0000n;

/** A guest with interrupts on: vectors that keep ICC_IAR1_EL1 in x20 and count in x21, then the body. */
function guest(body: string): string {
  return `
_start:
    ldr x0, =vectors
    msr vbar_el1, x0
    mov x0, #0xff
    msr icc_pmr_el1, x0
    mov x0, #1
    msr icc_igrpen1_el1, x0
    mov x10, #${DIST}
    mov x11, #${REDIST}
    add x12, x11, #0x10, lsl #12
    mov w0, #2
    str w0, [x10]
    isb
    msr daifclr, #2
${body}
done:
    mov x28, #${DEVICE}
    str x21, [x28]
    b .
    .balign 2048
vectors:
    .skip 0x280
    mrs x20, icc_iar1_el1
    add x21, x21, #1
    cmp x20, #27
    b.ne 1f
    mov x0, #2
    msr cntv_ctl_el0, x0
1:  msr icc_eoir1_el1, x20
    eret
`;
}

function exited(b: Bench, result: RunResult): void {
  expect(result).toEqual({ kind: 'exit' });
  expect(b.vcpu.kvmRun.mmio.phys_addr).toBe(DEVICE);
}

test('without places or initialisation KVM_RUN is refused, and the VM is dead', () => {
  const make = (places: boolean, initialise: boolean): Bench => {
    const b = bench('_start: b .', { before: (vm) => value(vm.createDevice(VGIC)) });
    const gic = b.vm.deviceAttributes(VGIC)!;
    if (places) {
      value(gic.set(A.KVM_DEV_ARM_VGIC_GRP_ADDR, BigInt(A.KVM_VGIC_V3_ADDR_TYPE_DIST), DIST));
      value(gic.set(A.KVM_DEV_ARM_VGIC_GRP_ADDR, BigInt(A.KVM_VGIC_V3_ADDR_TYPE_REDIST), REDIST));
    }
    if (initialise) value(gic.set(A.KVM_DEV_ARM_VGIC_GRP_CTRL, BigInt(A.KVM_DEV_ARM_VGIC_CTRL_INIT), undefined));
    return b;
  };
  expect(make(false, true).run()).toMatchObject({ kind: 'error', errno: 'ENXIO' });
  expect(make(true, true).run()).toMatchObject({ kind: 'error', errno: 'EINTR' });
  const b = make(true, false);
  expect(b.vm.irqLine((KVM_ARM_IRQ_TYPE.SPI << 24) | 40, 1)).toMatchObject({ ok: false, error: 'EBUSY' });
  expect(b.run()).toMatchObject({ kind: 'error', errno: 'EBUSY' });
  const gic = b.vm.deviceAttributes(VGIC)!;
  const ctrl = [A.KVM_DEV_ARM_VGIC_GRP_CTRL, BigInt(A.KVM_DEV_ARM_VGIC_CTRL_INIT)] as const;
  const dead = { ok: false, error: 'EIO' };
  expect([gic.set(...ctrl, undefined), gic.has(...ctrl), b.vcpu.getOneReg(0n), b.vm.createVcpu(1), b.vcpu.getMpState()]).toEqual(
    Array.from({ length: 5 }, () => dead),
  );
  expect(b.run()).toMatchObject({ kind: 'error', errno: 'EIO' });
});

test('every KVM_IRQ_LINE with 1 is an edge', () => {
  const b = bench(
    guest(`    mov w0, #0x20000
    str w0, [x10, #0xc08]
    mov w0, #0x100
    str w0, [x10, #0x104]
1:  wfi
    cmp x21, #2
    b.lt 1b
`),
    { vgic: true },
  );
  const edge = () => value(b.vm.irqLine((KVM_ARM_IRQ_TYPE.SPI << 24) | 40, 1));
  const sleeps = { kind: 'blocked', why: 'wfi', deadline: undefined };
  expect(b.vcpu.run(1000)).toEqual(sleeps);
  edge();
  expect(b.vcpu.run(1000)).toEqual(sleeps);
  expect(b.vcpu.cpu.x(21)).toBe(1n);
  edge();
  exited(b, b.run());
  expect([b.get('x20'), b.get('x21')]).toEqual([40n, 2n]);
});

test('a frame of the vGIC is answered inside the kernel', () => {
  const b = bench(guest('    ldr w1, [x10, #4]\n    ldr x2, [x11, #8]\n    ldr w3, [x11, #0x14]\n    ldrb w4, [x10, #4]'), {
    vgic: true,
    vcpus: 2,
  });
  exited(b, b.run());
  // Eight blocks of 32 interrupts, 10-bit INTIDs; the first of two CPUs; awake; no bytes of GICD_TYPER.
  expect([1, 2, 3, 4].map((n) => b.get(`x${n}`))).toEqual([0x48_0007n, 0n, 0n, 0n]);
  const handled = b.phases.filter((p) => p.kind === 'handled');
  expect(handled[0]).toMatchObject({ handler: 'kvm_handle_guest_abort', outcome: 'handled' });
  expect(b.phases.some((p) => p.kind === 'return')).toBe(true);
});

test('an SPI: KVM_IRQ_LINE raises it, the guest takes and ends it', () => {
  const b = bench(guest('    mov w0, #0x100\n    str w0, [x10, #0x104]\n    wfi\n'), { vgic: true });
  expect(b.vcpu.run(1000)).toEqual({ kind: 'blocked', why: 'wfi', deadline: undefined });
  value(b.vm.irqLine((KVM_ARM_IRQ_TYPE.SPI << 24) | 40, 1));
  expect(b.vcpu.runnable).toBe(true);
  // Level-sensitive: taken again and again until the line falls.
  expect(b.vcpu.run(50)).toEqual({ kind: 'budget' });
  expect(b.vcpu.cpu.x(20)).toBe(40n);
  expect(b.vcpu.cpu.x(21)).toBeGreaterThan(2n);
  value(b.vm.irqLine((KVM_ARM_IRQ_TYPE.SPI << 24) | 40, 0));
  exited(b, b.run());
  expect(b.vm.irqLine((KVM_ARM_IRQ_TYPE.SPI << 24) | 256, 1)).toMatchObject({ ok: false, error: 'EINVAL' });
});

test('the virtual timer wakes a vCPU in WFI at its moment', () => {
  const b = bench(
    guest(`    mov w0, #1
    lsl w0, w0, #27
    add x13, x12, #0x100
    str w0, [x13]
    mov x0, #1000
    msr cntv_tval_el0, x0
    mrs x5, cntvct_el0
    mov x0, #1
    msr cntv_ctl_el0, x0
    wfi
`),
    { vgic: true },
  );
  const slept = b.vcpu.run(1000);
  expect(slept).toMatchObject({ kind: 'blocked', why: 'wfi' });
  const { deadline } = slept as { deadline: bigint };
  expect(deadline - b.vcpu.cpu.x(5)).toBe(1000n);
  expect(b.vcpu.run(1000)).toEqual(slept);
  b.memory.clock = deadline * 16n;
  exited(b, b.run());
  expect([b.get('x20'), b.get('x21')]).toEqual([27n, 1n]);
});

test('the timers have the interrupts that userspace gives them, each its own', () => {
  const own = (b: Bench, attr: number) => b.vm.vcpuAttributes(0)!.get(A.KVM_ARM_VCPU_TIMER_CTRL, BigInt(attr));
  const give = (b: Bench, attr: number, irq: bigint) => b.vm.vcpuAttributes(0)!.set(A.KVM_ARM_VCPU_TIMER_CTRL, BigInt(attr), irq);
  const { KVM_ARM_VCPU_TIMER_IRQ_VTIMER: virtual, KVM_ARM_VCPU_TIMER_IRQ_PTIMER: physical } = A;
  const text = guest(`    mov w0, #1
    lsl w0, w0, #20
    add x13, x12, #0x100
    str w0, [x13]
    msr daifset, #2
    mov x0, #1
    msr cntv_ctl_el0, x0
    wfi
    mrs x20, icc_iar1_el1
    mov x21, #1
`);
  const b = bench(text, { vgic: true });
  expect([0, 1, 2, 3].map((attr) => value(own(b, attr)))).toEqual([27n, 30n, 28n, 26n]);
  expect(give(b, virtual, 15n)).toMatchObject({ ok: false, error: 'EINVAL' });
  expect(give(b, virtual, 32n)).toMatchObject({ ok: false, error: 'EINVAL' });
  value(give(b, virtual, 20n));
  exited(b, b.run());
  expect([b.get('x20'), b.get('x21')]).toEqual([20n, 1n]);
  expect(give(b, virtual, 21n)).toMatchObject({ ok: false, error: 'EBUSY' });

  const same = bench(text, { vgic: true });
  value(give(same, physical, 27n));
  expect(same.run()).toMatchObject({ kind: 'error', errno: 'EINVAL' });
  expect(give(bench(text), virtual, 20n)).toMatchObject({ ok: false, error: 'EINVAL' });
});

test('an SGI goes through KVM to the other vCPU', () => {
  const program = guest(`    mrs x0, mpidr_el1
    tbnz x0, #0, wait
    mov x0, #2
    movk x0, #0x500, lsl #16
    msr icc_sgi1r_el1, x0
    b done
wait:
    wfi
`);
  const b = bench(program, { vgic: true, vcpus: 2 });
  const second = b.vm.vcpus[1]!;
  second.cpu.pc = b.symbols.get('_start')!;
  value(second.setMpState(0));
  expect(second.run(1000)).toMatchObject({ kind: 'blocked', why: 'wfi' });
  exited(b, b.run());
  const sgi = b.phases.find((p) => p.kind === 'handled' && p.handler === 'kvm_handle_sys_reg');
  expect(sgi).toMatchObject({
    outcome: 'handled',
    path: expect.arrayContaining([expect.objectContaining({ function: 'access_gic_sgi' })]),
  });
  expect(b.run(second)).toEqual({ kind: 'exit' });
  expect(second.cpu.x(20)).toBe(5n);
});

test('userspace reads and writes the registers of the vGIC', () => {
  const b = bench(guest('    mov w0, #0x100\n    str w0, [x10, #0x104]\n'), { vgic: true });
  const gic = b.vm.deviceAttributes(VGIC)!;
  exited(b, b.run());
  const dist = A.KVM_DEV_ARM_VGIC_GRP_DIST_REGS;
  expect(gic.get(dist, 0n)).toEqual({ ok: true, value: 0x52n });
  expect(gic.get(dist, 0x104n)).toEqual({ ok: true, value: 0x100n });
  expect(gic.get(dist, 0x8n)).toEqual({ ok: true, value: 0x4b00_343bn });
  expect(gic.set(dist, 0x8n, 0x4b00_143bn)).toMatchObject({ ok: true });
  expect(gic.set(dist, 0x8n, 0x4b00_143cn)).toMatchObject({ ok: false, error: 'EINVAL' });
  expect(gic.get(dist, 0x30n)).toMatchObject({ ok: false, error: 'ENXIO' });
  expect(gic.get(A.KVM_DEV_ARM_VGIC_GRP_REDIST_REGS, 0x1_0080n)).toEqual({ ok: true, value: 0xffff_ffffn });
  expect(gic.get(A.KVM_DEV_ARM_VGIC_GRP_REDIST_REGS, (1n << 32n) | 0x1_0080n)).toMatchObject({ ok: false, error: 'EINVAL' });
  const pmr = 0xc230n;
  expect(gic.get(A.KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS, pmr)).toEqual({ ok: true, value: 0xf8n });
  value(gic.set(A.KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS, pmr, 0x80n));
  expect(gic.get(A.KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS, pmr)).toEqual({ ok: true, value: 0x80n });
  value(b.vm.irqLine((KVM_ARM_IRQ_TYPE.PPI << 24) | 20, 1));
  expect(gic.get(A.KVM_DEV_ARM_VGIC_GRP_LEVEL_INFO, 0n)).toEqual({ ok: true, value: 0x10_0000n });
  expect(gic.get(A.KVM_DEV_ARM_VGIC_GRP_LEVEL_INFO, 32n)).toEqual({ ok: true, value: 0n });
});

const PPI = KVM_ARM_IRQ_TYPE.PPI << 24;
const SPI = KVM_ARM_IRQ_TYPE.SPI << 24;

test('interrupts of the timers and the PMU are theirs: KVM_IRQ_LINE succeeds and does nothing', () => {
  const b = bench(guest('    mov w0, #0xffffffff\n    str w0, [x12, #0x100]\n1:  wfi\n    b 1b'), {
    vgic: true,
    features: ['pmu_v3'],
  });
  const sleeps = { kind: 'blocked', why: 'wfi' };
  expect(b.vcpu.run(1000)).toMatchObject(sleeps);
  for (const intid of [27, 30, 23]) value(b.vm.irqLine(PPI | intid, 1));
  expect(b.vcpu.run(1000)).toMatchObject(sleeps);
  expect(b.vcpu.cpu.x(21)).toBe(0n);
  // What belongs to nobody is userspace's, and what does not exist is nobody's.
  value(b.vm.irqLine(PPI | 22, 1));
  b.vcpu.run(100);
  expect(b.vcpu.cpu.x(20)).toBe(22n);
  expect(b.vm.irqLine(SPI | 256, 1)).toEqual({ ok: false, error: 'EINVAL' });
});

test('levels by KVM_DEV_ARM_VGIC_GRP_LEVEL_INFO: 32 at a time, edges and interrupts that do not exist are passed over', () => {
  const b = bench(guest(''), { vgic: true });
  const gic = b.vm.deviceAttributes(VGIC)!;
  const group = A.KVM_DEV_ARM_VGIC_GRP_LEVEL_INFO;
  value(gic.set(group, 32n, 0x101n));
  value(gic.set(A.KVM_DEV_ARM_VGIC_GRP_DIST_REGS, 0xc08n, 0x20000n));
  expect(value(gic.get(group, 32n))).toBe(1n);
  value(gic.set(group, 0n, 0xffff_ffffn));
  expect(value(gic.get(group, 0n))).toBe(0xffff_0000n);
  value(gic.set(group, 256n, 0xffff_ffffn));
  expect(value(gic.get(group, 256n))).toBe(0n);
  for (const attr of [33n, 1024n, 5120n]) {
    expect([gic.set(group, attr, 1n), gic.get(group, attr)]).toEqual(Array(2).fill({ ok: false, error: 'EINVAL' }));
  }
  expect([gic.has(group, 33n).ok, gic.has(group, 1024n)]).toEqual([true, { ok: false, error: 'ENXIO' }]);
});

test('interrupts find a vCPU by the affinity in its MPIDR_EL1, whichever userspace has given it', () => {
  const b = bench(
    guest(`    mrs x0, mpidr_el1
    tbnz x0, #8, 1f
    mov x0, #0x102
    mov x1, #0x6140
    str x0, [x10, x1]
    ldr x22, [x10, x1]
    mov w0, #0x100
    str w0, [x10, #0x104]
    ldr x0, =0x5010004
    msr icc_sgi1r_el1, x0
    b done
1:  wfi
    b 1b`),
    { vgic: true, vcpus: 2 },
  );
  const [first, second] = b.vm.vcpus as [(typeof b.vm.vcpus)[number], (typeof b.vm.vcpus)[number]];
  value(second.setOneReg(registerId('MPIDR_EL1')!, 0x8000_0102n));
  value(second.setOneReg(registerId('pc')!, value(first.getOneReg(registerId('pc')!))));
  value(second.setMpState(0));
  expect(second.run(1000)).toMatchObject({ kind: 'blocked' });
  exited(b, first.run(1000));
  expect(b.get('x22')).toBe(0x102n);
  expect(second.run(1000)).toMatchObject({ kind: 'blocked' });
  expect(second.cpu.x(20)).toBe(5n);
  value(b.vm.irqLine(SPI | 40, 1));
  expect([first.runnable, second.runnable]).toEqual([false, true]);
  // Its attributes are found by it too.
  second.interrupt();
  const gic = b.vm.deviceAttributes(VGIC)!;
  expect(value(gic.get(A.KVM_DEV_ARM_VGIC_GRP_REDIST_REGS, (0x102n << 32n) | 0xcn))).toBe(0x102n);
  expect(gic.get(A.KVM_DEV_ARM_VGIC_GRP_REDIST_REGS, (1n << 32n) | 0xcn)).toEqual({ ok: false, error: 'EINVAL' });
});

test('an SPI that nobody has routed goes to the first vCPU, also when none has affinity 0', () => {
  const b = bench(guest('    mov w0, #0x100\n    str w0, [x10, #0x104]\n1:  wfi\n    b 1b'), { vgic: true });
  b.set('MPIDR_EL1', 0x8000_0003n);
  expect(b.vcpu.run(1000)).toMatchObject({ kind: 'blocked' });
  value(b.vm.irqLine(SPI | 40, 1));
  b.vcpu.run(100);
  expect(b.vcpu.cpu.x(20)).toBe(40n);
});

test('KVM_HAS_DEVICE_ATTR knows registers from gaps, and from bytes inside of them', () => {
  const gic = bench(guest(''), { vgic: true }).vm.deviceAttributes(VGIC)!;
  const has = (group: number, attr: bigint): string => {
    const done = gic.has(group, attr);
    return done.ok ? 'yes' : done.error;
  };
  const {
    KVM_DEV_ARM_VGIC_GRP_DIST_REGS: dist,
    KVM_DEV_ARM_VGIC_GRP_REDIST_REGS: redist,
    KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS: sys,
  } = A;
  expect([has(dist, 0n), has(dist, 2n), has(dist, 0x3cn)]).toEqual(['yes', 'ENXIO', 'ENXIO']);
  expect([has(redist, 0xcn), has(redist, 0x30n), has(redist, (7n << 32n) | 8n)]).toEqual(['yes', 'ENXIO', 'EINVAL']);
  // ICC_PMR_EL1, and a register that is none of the interface.
  expect([has(sys, 0xc230n), has(sys, 0xc080n)]).toEqual(['yes', 'ENXIO']);
});

test('how many interrupts: the private ones until it is settled, 256 by the initialisation, and then for good', () => {
  const group = A.KVM_DEV_ARM_VGIC_GRP_NR_IRQS;
  const b = bench(guest(''), { before: (vm) => value(vm.createDevice(VGIC)) });
  const gic = b.vm.deviceAttributes(VGIC)!;
  expect(value(gic.get(group, 0n))).toBe(32n);
  value(gic.set(A.KVM_DEV_ARM_VGIC_GRP_MAINT_IRQ, 0n, 25n));
  value(gic.set(A.KVM_DEV_ARM_VGIC_GRP_CTRL, BigInt(A.KVM_DEV_ARM_VGIC_CTRL_INIT), undefined));
  expect(value(gic.get(group, 0n))).toBe(256n);
  expect(gic.set(group, 0n, 64n)).toEqual({ ok: false, error: 'EBUSY' });
  expect(gic.set(A.KVM_DEV_ARM_VGIC_GRP_MAINT_IRQ, 0n, 25n)).toEqual({ ok: false, error: 'EBUSY' });
  expect(value(gic.get(A.KVM_DEV_ARM_VGIC_GRP_MAINT_IRQ, 0n))).toBe(25n);
  value(gic.set(A.KVM_DEV_ARM_VGIC_GRP_CTRL, BigInt(A.KVM_DEV_ARM_VGIC_SAVE_PENDING_TABLES), undefined));
});
