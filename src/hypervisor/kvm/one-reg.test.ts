import { describe, expect, test } from 'vitest';
import { KVM_ARM_TARGET_GENERIC_V8, registerId, VCPU_FEATURES } from '../index.ts';
import { type Bench, bench, value } from './machine.fixture.ts';

const KIND = { core: 0x10n, demux: 0x11n, sysreg: 0x13n, fw: 0x14n, sve: 0x15n, fwBitmap: 0x16n };
const kindOf = (id: bigint): bigint => (id >> 16n) & 0xfffn;

/** A host with SVE, as far as its ID registers tell. */
const SVE_HOST = { host: { ID_AA64PFR0_EL1: 0x1101_0001_1100_0111n }, features: ['sve'] } as const;

function list(b: Bench): readonly bigint[] {
  return value(b.vcpu.getRegList(10_000));
}

describe('KVM_GET_REG_LIST', () => {
  test.each([
    ['a plain vCPU', {}, []],
    ['PMU and pointer authentication', { features: ['pmu_v3', 'ptrauth_address', 'ptrauth_generic'] }, []],
    ['SVE', SVE_HOST, [KIND.sve]],
  ] as const)('%s: kind after kind, each once, each can be read and written back', (_, options, sve) => {
    const b = bench('_start: nop\n', options);
    if (sve.length > 0) {
      expect(b.vcpu.getRegList(10_000)).toMatchObject({ ok: false, error: 'EPERM' });
      value(b.vcpu.finalize(VCPU_FEATURES.sve));
    }
    const ids = list(b);
    const kinds = ids.map(kindOf).filter((kind, i, all) => kind !== all[i - 1]);
    // Timers are system registers by their ids, and stand before those.
    expect(kinds).toEqual([KIND.core, ...sve, KIND.fw, KIND.fwBitmap, KIND.sysreg, KIND.demux]);
    expect(new Set(ids).size).toBe(ids.length);
    const sysregs = ids.filter((id) => kindOf(id) === KIND.sysreg).slice(6);
    expect(sysregs).toEqual([...sysregs].sort((x, y) => (x < y ? -1 : 1)));
    for (const id of ids) {
      const got = value(b.vcpu.getOneReg(id));
      const lengths = id === 0x6060_0000_0015_ffffn;
      expect(b.vcpu.setOneReg(id, got), id.toString(16)).toMatchObject(lengths ? { ok: false, error: 'EPERM' } : { ok: true });
    }
  });

  test('too little room: E2BIG with the number that is needed', () => {
    const b = bench('_start: nop\n');
    const n = list(b).length;
    expect(b.vcpu.getRegList(0)).toEqual({ ok: false, error: 'E2BIG', n });
    expect(b.vcpu.getRegList(n - 1)).toMatchObject({ ok: false, error: 'E2BIG' });
    expect(b.vcpu.getRegList(n)).toMatchObject({ ok: true, n });
  });
});

test.each([
  ['no arm64 register', 0x4030_0000_0010_0000n, 'EINVAL'],
  ['no register at all', 0n, 'EINVAL'],
  ['a core register of another size', 0x6020_0000_0010_0000n, 'EINVAL'],
  ['a core register as a byte', 0x6000_0000_0010_0000n, 'EINVAL'],
  ['a core register as a halfword', 0x6010_0000_0010_0000n, 'EINVAL'],
  ['a core register of 2 KiB', 0x60b0_0000_0010_0000n, 'ENOENT'],
  ['a system register with a stray bit', 0x6030_0000_1013_c020n, 'ENOENT'],
  ['a core register with a stray bit', 0x6030_0000_8010_0000n, 'ENOENT'],
  ['the middle of a core register', 0x6030_0000_0010_0001n, 'EINVAL'],
  ['beyond struct kvm_regs', 0x6030_0000_0010_00d8n, 'ENOENT'],
  ['a system register of 32 bits', 0x6020_0000_0013_c000n, 'ENOENT'],
  ['a system register that nobody has', 0x6030_0000_0013_ffffn, 'ENOENT'],
  ['a register of a feature that the VM does not have', 0x6030_0000_0013_dce0n, 'ENOENT'],
  ['a firmware register that does not exist', 0x6030_0000_0014_0009n, 'ENOENT'],
  ['a bitmap that does not exist', 0x6030_0000_0016_0004n, 'ENOENT'],
  ['CCSIDR of a level beyond the last', 0x6020_0000_0011_000en, 'ENOENT'],
  ['SVE without SVE', 0x6080_0000_0015_0000n, 'ENOENT'],
  ['another kind', 0x6030_0000_0017_0000n, 'ENOENT'],
] as const)('%s', (_, id, error) => {
  const b = bench('_start: nop\n');
  expect(b.vcpu.getOneReg(id)).toEqual({ ok: false, error });
  expect(b.vcpu.setOneReg(id, 0n)).toEqual({ ok: false, error });
});

test('the ids of the virtual timer’s counter and comparator are swapped, for good', () => {
  const b = bench('_start: nop\n');
  b.set('KVM_REG_ARM_TIMER_CVAL', 0x1234n);
  expect(registerId('KVM_REG_ARM_TIMER_CVAL')).toBe(registerId('CNTVCT_EL0'));
  expect(registerId('KVM_REG_ARM_TIMER_CNT')).toBe(registerId('CNTV_CVAL_EL0'));
  expect(b.vcpu.cpu.readRegister('CNTV_CVAL_EL0')).toBe(0x1234n);
});

test('KVM_ARM_VCPU_INIT again: what has a reset value gets it, SP_EL1, ELR_EL1 and SPSR_EL1 have none', () => {
  const b = bench('_start: nop\n');
  const names = ['x3', 'pc', 'sp', 'sp_el1', 'elr_el1', 'spsr_el1', 'v2', 'vbar_el1', 'tpidr_el1'];
  for (const name of names) b.set(name, 0x5000n);
  value(b.vcpu.init({ target: KVM_ARM_TARGET_GENERIC_V8, features: 0x4n }));
  expect(names.map(b.get)).toEqual([0n, 0n, 0n, 0x5000n, 0x5000n, 0x5000n, 0n, 0n, 0x1de7_ec7e_dbad_c0den]);
});

test('PSTATE: only modes that the vCPU can have', () => {
  const b = bench('_start: nop\n');
  const set = (pstate: bigint) => b.vcpu.setOneReg(registerId('pstate') as bigint, pstate).ok;
  expect([0n, 4n, 5n, 0xf000_03c5n].map(set)).toEqual([true, true, true, true]);
  expect([1n, 8n, 9n, 0xdn, 0x10n, 0x13n].map(set)).toEqual([false, false, false, false, false, false]);
});

test('SVE: lengths before the vCPU is finalized, contents after it; Z registers hold the V registers', () => {
  const b = bench('_start: nop\n', SVE_HOST);
  const [vls, z3, p2, ffr] = [0x6060_0000_0015_ffffn, 0x6080_0000_0015_0060n, 0x6050_0000_0015_0440n, 0x6050_0000_0015_0600n];
  expect(b.vcpu.getOneReg(vls)).toEqual({ ok: true, value: 1n });
  expect(b.vcpu.setOneReg(vls, 3n)).toEqual({ ok: false, error: 'EINVAL' });
  expect(b.vcpu.setOneReg(vls, 1n)).toMatchObject({ ok: true });
  expect(b.vcpu.getOneReg(z3)).toEqual({ ok: false, error: 'EPERM' });
  // What is no register is said before what comes too early (sve_reg_to_region).
  expect([z3 + 1n, ffr + 0x20n].map((id) => b.vcpu.getOneReg(id))).toEqual([
    { ok: false, error: 'ENOENT' },
    { ok: false, error: 'EINVAL' },
  ]);
  expect(bench('_start: nop\n').vcpu.getOneReg(ffr + 0x20n)).toEqual({ ok: false, error: 'EINVAL' });
  value(b.vcpu.finalize(VCPU_FEATURES.sve));
  expect(b.vcpu.setOneReg(vls, 1n)).toEqual({ ok: false, error: 'EPERM' });
  value(b.vcpu.setOneReg(z3, (7n << 200n) | (5n << 64n) | 6n));
  expect([b.vcpu.cpu.v(3, 0), b.vcpu.cpu.v(3, 1), value(b.vcpu.getOneReg(z3))]).toEqual([6n, 5n, (5n << 64n) | 6n]);
  value(b.vcpu.setOneReg(p2, 0x12345n));
  value(b.vcpu.setOneReg(ffr, 0xffffn));
  expect([value(b.vcpu.getOneReg(p2)), value(b.vcpu.getOneReg(ffr))]).toEqual([0x2345n, 0xffffn]);
  expect(b.vcpu.getOneReg(z3 + 1n)).toEqual({ ok: false, error: 'ENOENT' });
  expect(b.vcpu.getOneReg(ffr + 0x20n)).toEqual({ ok: false, error: 'EINVAL' });
  // As core registers they are gone.
  expect(b.vcpu.getOneReg(registerId('v3') as bigint)).toEqual({ ok: false, error: 'EINVAL' });
  value(b.vcpu.init({ target: KVM_ARM_TARGET_GENERIC_V8, features: 0x14n }));
  expect(value(b.vcpu.getOneReg(ffr))).toBe(0n);
});
