import { describe, expect, test } from 'vitest';
import { KVM_ATTRIBUTES as A, KVM_ARM_TARGET_GENERIC_V8, KvmSystem, type KvmVm } from '../index.ts';
import { benchHost, value } from './machine.fixture.ts';

const VGIC = 7;
const TOP = 1n << 40n;
const { KVM_VGIC_V3_ADDR_TYPE_DIST: DIST, KVM_VGIC_V3_ADDR_TYPE_REDIST: REDIST, KVM_VGIC_V3_ADDR_TYPE_REDIST_REGION: REGION } = A;
const GICR_TYPER = 8n;

function vmWith(ids: readonly number[]): KvmVm {
  const vm = value(new KvmSystem(benchHost({ vcpus: 6 }).host, {}).createVm({}));
  addVcpus(vm, ids);
  value(vm.createDevice(VGIC));
  return vm;
}

function addVcpus(vm: KvmVm, ids: readonly number[]): void {
  for (const id of ids) value(value(vm.createVcpu(id)).init({ target: KVM_ARM_TARGET_GENERIC_V8, features: 4n }));
}

const gic = (vm: KvmVm) => vm.deviceAttributes(VGIC)!;
const place = (vm: KvmVm, what: number, at: bigint): string => {
  const done = gic(vm).set(A.KVM_DEV_ARM_VGIC_GRP_ADDR, BigInt(what), at);
  return done.ok ? 'ok' : done.error;
};
const region = (count: number, base: bigint, flags: number, index: number): bigint =>
  (BigInt(count) << 52n) | base | BigInt((flags << 12) | index);
const initialise = (vm: KvmVm): void => {
  value(gic(vm).set(A.KVM_DEV_ARM_VGIC_GRP_CTRL, BigInt(A.KVM_DEV_ARM_VGIC_CTRL_INIT), undefined));
};
const run = (vm: KvmVm, index: number): string => {
  const ran = vm.vcpus[index]!.run(1);
  return ran.kind === 'error' ? ran.errno : ran.kind;
};
const typer = (vm: KvmVm, id: number): string => {
  const got = gic(vm).get(A.KVM_DEV_ARM_VGIC_GRP_REDIST_REGS, (BigInt(id) << 32n) | GICR_TYPER);
  return got.ok ? `0x${got.value.toString(16)}` : got.error;
};

describe('one region for all', () => {
  test('its place: aligned, within the VM’s addresses, once', () => {
    const vm = vmWith([0, 1, 2, 3]);
    expect([DIST, REDIST].map((what) => place(vm, what, 0x1000n))).toEqual(['EINVAL', 'EINVAL']);
    expect([DIST, REDIST].map((what) => place(vm, what, TOP))).toEqual(['E2BIG', 'E2BIG']);
    expect(place(vm, REDIST, TOP - 0x1_0000n)).toBe('E2BIG');
    expect(place(vm, REDIST, 0n)).toBe('ok');
    expect(place(vm, REDIST, 0xe_0000n)).toBe('EEXIST');
    expect(place(vm, REGION, region(4, 0x10_0000n, 0, 0))).toBe('EINVAL');
    expect(place(vm, DIST, 0x7_0000n)).toBe('ok');
    initialise(vm);
    expect(run(vm, 3)).toBe('EINVAL');
  });

  test('it grows with the vCPUs, and the first run finds out that it is too large', () => {
    const vm = vmWith([0]);
    expect(place(vm, REDIST, TOP - 3n * 0x2_0000n)).toBe('ok');
    expect(place(vm, DIST, 0n)).toBe('ok');
    addVcpus(vm, [1, 2, 3]);
    initialise(vm);
    expect(run(vm, 2)).toBe('EINVAL');
  });

  test('GICR_TYPER.Last belongs to the vCPU that was created last', () => {
    const vm = vmWith([0, 3, 5, 4, 1, 2]);
    initialise(vm);
    expect(place(vm, REDIST, 0x1_0000n)).toBe('ok');
    expect([0, 3, 5, 1, 2].map((id) => typer(vm, id))).toEqual(['0x0', '0x300', '0x500', '0x100', '0x210']);
  });
});

describe('several regions', () => {
  /** Two regions, for three of four vCPUs. */
  function three(vm: KvmVm): void {
    expect(place(vm, REGION, region(4, 0x10_0000n, 2, 0))).toBe('EINVAL');
    expect(place(vm, REGION, region(0, 0x10_0000n, 0, 0))).toBe('EINVAL');
    expect(place(vm, REGION, region(2, 0x20_0000n, 0, 1))).toBe('EINVAL');
    expect(place(vm, REGION, region(2, 0x20_0000n, 0, 0))).toBe('ok');
    expect(place(vm, REGION, region(2, 0x20_0000n, 0, 1))).toBe('EINVAL');
    expect(place(vm, REGION, region(1, 0x21_0000n, 0, 2))).toBe('EINVAL');
    expect(place(vm, REGION, region(1, 0x24_0000n, 0, 2))).toBe('EINVAL');
    expect(place(vm, REGION, region(1, 0x24_0000n, 0, 1))).toBe('ok');
    expect(place(vm, REGION, region(1, TOP, 0, 2))).toBe('E2BIG');
    expect(place(vm, REGION, region(2, TOP - 0x3_0000n, 0, 2))).toBe('E2BIG');
    expect(place(vm, REDIST, 0x26_0000n)).toBe('EINVAL');
    const read = (index: bigint) => gic(vm).get(A.KVM_DEV_ARM_VGIC_GRP_ADDR, BigInt(REGION), index);
    expect(read(0n)).toEqual({ ok: true, value: region(2, 0x20_0000n, 0, 0) });
    expect(read(1n)).toEqual({ ok: true, value: region(1, 0x24_0000n, 0, 1) });
    expect(read(2n)).toEqual({ ok: false, error: 'ENOENT' });
    expect(place(vm, DIST, 0x26_0000n)).toBe('ok');
    expect(place(vm, REGION, region(1, 0x26_0000n, 0, 2))).toBe('EINVAL');
  }

  test('their order, size and places; too few for the vCPUs, not initialised, enough', () => {
    const few = vmWith([0, 1, 2, 3]);
    three(few);
    initialise(few);
    expect(run(few, 3)).toBe('ENXIO');
    const early = vmWith([0, 1, 2, 3]);
    three(early);
    expect(place(early, REGION, region(1, 0x28_0000n, 0, 2))).toBe('ok');
    expect(run(early, 3)).toBe('EBUSY');
    const enough = vmWith([0, 1, 2, 3]);
    three(enough);
    expect(gic(enough).set(A.KVM_DEV_ARM_VGIC_GRP_ADDR, BigInt(REGION), undefined)).toEqual({ ok: false, error: 'EFAULT' });
    expect(place(enough, REGION, region(1, 0x28_0000n, 0, 2))).toBe('ok');
    initialise(enough);
    expect(run(enough, 3)).not.toMatch(/^E/);
  });

  test('GICR_TYPER follows the vCPUs into the regions', () => {
    const vm = vmWith([0, 3]);
    expect(typer(vm, 1)).toBe('EINVAL');
    addVcpus(vm, [1]);
    expect(typer(vm, 1)).toBe('EBUSY');
    addVcpus(vm, [2]);
    initialise(vm);
    expect([0, 1, 2, 3].map((id) => typer(vm, id))).toEqual(['0x0', '0x100', '0x200', '0x300']);
    expect(place(vm, REGION, region(2, 0x20_0000n, 0, 0))).toBe('ok');
    expect([0, 3].map((id) => typer(vm, id))).toEqual(['0x0', '0x310']);
    expect(place(vm, REGION, region(10, 0x10_0000n, 0, 1))).toBe('EINVAL');
    expect([1, 2].map((id) => typer(vm, id))).toEqual(['0x100', '0x200']);
    expect(place(vm, REGION, region(10, 0x2_0000n, 0, 1))).toBe('ok');
    expect([1, 2].map((id) => typer(vm, id))).toEqual(['0x100', '0x210']);
  });

  test('of regions that touch only the last has a last redistributor', () => {
    const vm = vmWith([0, 3, 5, 4, 1, 2]);
    initialise(vm);
    for (const [index, base] of [0x10_0000n, 0x24_0000n, 0x20_0000n].entries())
      expect(place(vm, REGION, region(2, base, 0, index))).toBe('ok');
    expect([0, 1, 2, 3, 5, 4].map((id) => typer(vm, id))).toEqual(['0x0', '0x100', '0x200', '0x310', '0x500', '0x410']);
  });
});

test('GICD_IIDR and GICD_TYPER2 are there before KVM_DEV_ARM_VGIC_CTRL_INIT', () => {
  const vm = vmWith([0]);
  const register = (offset: bigint) => gic(vm).get(A.KVM_DEV_ARM_VGIC_GRP_DIST_REGS, offset);
  const set = (offset: bigint, to: bigint) => {
    const done = gic(vm).set(A.KVM_DEV_ARM_VGIC_GRP_DIST_REGS, offset, to);
    return done.ok ? 'ok' : done.error;
  };
  expect(register(8n)).toEqual({ ok: true, value: 0x4b00_343bn });
  expect([set(8n, 0x4b00_243bn), set(8n, 0x4c00_343bn)]).toEqual(['ok', 'EINVAL']);
  expect(register(0xcn)).toEqual({ ok: true, value: 0n });
  expect([set(0xcn, 0x100n), set(0xcn, 0n), set(4n, 0n)]).toEqual(['EINVAL', 'ok', 'EBUSY']);
  initialise(vm);
  expect([set(0xcn, 0x100n), set(0xcn, 0n)]).toEqual(['EBUSY', 'ok']);
});
