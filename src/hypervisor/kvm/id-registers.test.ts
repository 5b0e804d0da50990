import { describe, expect, test } from 'vitest';
import { fieldRange, getField, setField } from '#arch/field';
import { fieldsOf, sysreg } from '#arch/sysreg';
import {
  ID_REGISTERS,
  type IdField,
  type IdRegister,
  KVM_ARM_TARGET_GENERIC_V8,
  KvmSystem,
  registerId,
  sysRegId,
} from '../index.ts';
import { FGU_GROUPS, fineGrainedFeatures } from './fgu.ts';
import { type Bench, type BenchOptions, bench, benchHost, value } from './machine.fixture.ts';

const SPIN = '_start: b .';

function idBench(options: BenchOptions = {}): Bench {
  return bench(SPIN, options);
}

/** KVM_SET_ONE_REG of one field, the others as they are. */
function setOne(b: Bench, register: string, field: string, to: bigint): string {
  const id = registerId(register)!;
  const now = value(b.vcpu.getOneReg(id));
  const result = b.vcpu.setOneReg(id, setField(now, fieldRange(register, field), Number(to)));
  return result.ok ? 'ok' : result.error;
}

function reason(b: Bench, register: string, field: string, to: number): string {
  const row = ID_REGISTERS.find((r) => r.name === register)!;
  const verdict = b.vm.judgeIdRegister(row, setField(b.get(register), fieldRange(register, field), to));
  return verdict.ok ? 'ok' : verdict.reason;
}

test('a reset leaves every ID register as it is, those of the vCPU too', () => {
  const b = idBench();
  const given = {
    MPIDR_EL1: 0x8000_0001n,
    CLIDR_EL1: 0x0a20_0023n,
    ID_AA64ISAR0_EL1: b.get('ID_AA64ISAR0_EL1') & ~0xf0n,
  } as const;
  for (const [name, to] of Object.entries(given)) b.set(name, to);
  value(b.vcpu.init({ target: KVM_ARM_TARGET_GENERIC_V8, features: 4n }));
  expect(Object.fromEntries(Object.keys(given).map((name) => [name, b.get(name)]))).toEqual(given);
});

test('the GIC’s field is what the VM has once it runs, whatever was written before', () => {
  const gic = (b: Bench): bigint => getField(b.get('ID_AA64PFR0_EL1'), fieldRange('ID_AA64PFR0_EL1', 'GIC'));
  for (const [options, runs] of [
    [{ vgic: true }, 1n],
    [{}, 0n],
  ] as const) {
    const b = idBench(options);
    expect(setOne(b, 'ID_AA64PFR0_EL1', 'GIC', 0n)).toBe('ok');
    expect(gic(b)).toBe(0n);
    b.run();
    expect(gic(b)).toBe(runs);
  }
  const late = idBench();
  expect(setOne(late, 'ID_AA64PFR0_EL1', 'GIC', 0n)).toBe('ok');
  value(late.vm.createDevice(7));
  expect(gic(late)).toBe(1n);
});

describe('every writable field', () => {
  const b = idBench({ features: ['ptrauth_address', 'ptrauth_generic'] });
  const rows = b.vm.idRegisters.filter(({ row }) => row.kind === 'feature');
  const width = (f: IdField): number => f.msb - f.lsb + 1;
  const masked = (f: IdField, v: bigint): bigint => BigInt.asUintN(width(f), v);
  const at = (f: IdField, v: bigint): bigint => BigInt.asUintN(width(f), v >> BigInt(f.lsb));
  const put = (f: IdField, v: bigint, to: bigint): bigint =>
    (v & ~(((1n << BigInt(width(f))) - 1n) << BigInt(f.lsb))) | (masked(f, to) << BigInt(f.lsb));
  const check = (row: IdRegister, v: bigint): boolean => b.vm.judgeIdRegister(row, v).ok;
  /** Registers whose setters have rules of their own; they are tested below. */
  const SPECIAL = new Set(['PMUVer', 'DebugVer', 'MPAM', 'MPAM_frac', 'NV', 'EL0', 'EL1', 'L1Ip', 'MTE_frac']);

  test('takes its limit, and what is safe, and nothing else', () => {
    let fields = 0;
    for (const { row, limit } of rows) {
      expect(check(row, limit), row.name).toBe(true);
      for (const f of row.fields.filter(({ name, rule }) => !SPECIAL.has(name) && rule.kind !== 'none')) {
        fields++;
        const most = f.signed ? BigInt.asIntN(width(f), at(f, limit)) : at(f, limit);
        const what = `${row.name}.${f.name} limit ${most}`;
        const up = check(row, put(f, limit, most + 1n));
        const down = check(row, put(f, limit, most - 1n));
        const top = f.signed ? (1n << BigInt(width(f) - 1)) - 1n : (1n << BigInt(width(f))) - 1n;
        const bottom = f.signed ? -(1n << BigInt(width(f) - 1)) : 0n;
        if (!f.writable) expect([up, down], what).toEqual([false, false]);
        else if (f.rule.kind === 'lower') expect([most < top && up, most > bottom && down], what).toEqual([false, most > bottom]);
        else if (f.rule.kind === 'higher') expect([most < top && up, most > bottom && down], what).toEqual([most < top, false]);
        else if (f.rule.kind === 'exact') expect(check(row, put(f, limit, f.rule.value)), what).toBe(true);
      }
    }
    expect(fields).toBeGreaterThan(130);
  });
});

test('why a value is refused', () => {
  const b = idBench();
  expect(reason(b, 'ID_AA64ISAR0_EL1', 'RNDR', 2)).toBe('RNDR promises more than the host has: 2, where 1 is the limit');
  expect(reason(b, 'ID_AA64MMFR1_EL1', 'VH', 0)).toContain('VH is not writable');
  expect(reason(b, 'ID_AA64PFR0_EL1', 'EL1', 0)).toContain('cannot be taken away');
  expect(reason(b, 'ID_AA64DFR0_EL1', 'DebugVer', 5)).toContain('no Armv8 debug architecture');
  expect(reason(b, 'MIDR_EL1', 'PartNum', 7)).toContain('KVM_CAP_ARM_WRITABLE_IMP_ID_REGS');
  expect(b.run()).toMatchObject({ errno: 'EINTR' });
  expect(reason(b, 'ID_AA64ISAR0_EL1', 'RNDR', 0)).toContain('has run');
  expect(setOne(b, 'ID_AA64ISAR0_EL1', 'RNDR', 0n)).toBe('EBUSY');
  expect(setOne(b, 'ID_AA64ISAR0_EL1', 'RNDR', 1n)).toBe('ok');
});

test('PMUVer and DebugVer: 0xf is stored as 0, and no PMU is promised where there is none', () => {
  const b = idBench();
  expect(setOne(b, 'ID_AA64DFR0_EL1', 'PMUVer', 15n)).toBe('ok');
  expect(getField(b.get('ID_AA64DFR0_EL1'), fieldRange('ID_AA64DFR0_EL1', 'PMUVer'))).toBe(0n);
  expect(setOne(b, 'ID_AA64DFR0_EL1', 'PMUVer', 6n)).toBe('EINVAL');
  const withPmu = idBench({ features: ['pmu_v3'] });
  expect(getField(withPmu.get('ID_AA64DFR0_EL1'), fieldRange('ID_AA64DFR0_EL1', 'PMUVer'))).toBe(6n);
  expect(setOne(withPmu, 'ID_AA64DFR0_EL1', 'PMUVer', 4n)).toBe('ok');
});

test.each([
  ['first-run', true],
  ['first-write', false],
] as const)('they freeze at %s', (id_freeze, open) => {
  const vm = value(new KvmSystem(benchHost().host, { id_freeze }).createVm());
  const vcpu = value(vm.createVcpu(0));
  value(vcpu.init({ target: KVM_ARM_TARGET_GENERIC_V8, features: 4n }));
  const id = registerId('ID_AA64MMFR1_EL1')!;
  const without = (field: string): boolean =>
    vcpu.setOneReg(id, setField(value(vcpu.getOneReg(id)), fieldRange('ID_AA64MMFR1_EL1', field), 0)).ok;
  expect(without('PAN')).toBe(true);
  expect(without('LO')).toBe(true);
  // Any register outside the space of ID registers counts, with whatever value.
  value(vcpu.setOneReg(registerId('x0')!, 0n));
  expect(without('HPDS')).toBe(open);
});

test('what follows: accesses that become UNDEFINED', () => {
  const b = idBench();
  expect(b.vm.undefinedAccesses.some(({ name }) => name === 'LORC_EL1')).toBe(false);
  expect(setOne(b, 'ID_AA64MMFR1_EL1', 'LO', 0n)).toBe('ok');
  expect(b.vm.undefinedAccesses).toContainEqual({
    name: 'LORC_EL1',
    direction: 'read',
    features: ['FEAT_LOR'],
    register: 'HFGRTR_EL2',
    field: 'LORC_EL1',
  });
});

test('every bit of a fine-grained trap register of feature registers has the feature that it waits for', () => {
  for (const { registers } of FGU_GROUPS) {
    for (const register of registers.filter((name) => name.includes('2_EL2'))) {
      for (const { name } of fieldsOf(sysreg(register))) {
        if (!name.startsWith('RES')) expect(fineGrainedFeatures(register, name), `${register}.${name}`).not.toEqual([]);
      }
    }
  }
  expect(fineGrainedFeatures('HDFGWTR2_EL2', 'nPMUACR_EL1')).toEqual(['FEAT_PMUv3p9']);
  expect(fineGrainedFeatures('HFGRTR_EL2', 'SCTLR_EL1')).toEqual([]);
  expect(fineGrainedFeatures('HCR_EL2', 'TVM')).toBeUndefined();
});

test('rules between fields are advice', () => {
  const b = idBench();
  const before = b.vm.idAdvice.map(({ doc }) => doc);
  expect(setOne(b, 'ID_AA64MMFR1_EL1', 'PAN', 0n)).toBe('ok');
  const added = b.vm.idAdvice.filter(({ doc }) => !before.includes(doc));
  expect(added).toEqual([
    {
      doc: 'UAO came with PAN2: a processor with UAO has PAN.',
      fields: [
        { name: 'ID_AA64MMFR1_EL1.PAN', value: 0 },
        { name: 'ID_AA64MMFR2_EL1.UAO', value: 1 },
      ],
    },
  ]);
  expect(before).toEqual([]);
});

test('unallocated registers read as zero and hold nothing', () => {
  const b = idBench();
  for (const { row } of b.vm.idRegisters.filter((r) => r.row.kind === 'raz')) {
    expect(b.vcpu.getOneReg(sysRegId(row.encoding))).toEqual({ ok: true, value: 0n });
    expect(b.vcpu.setOneReg(sysRegId(row.encoding), 0n).ok).toBe(true);
    expect(b.vcpu.setOneReg(sysRegId(row.encoding), 1n)).toMatchObject({ ok: false, error: 'EINVAL' });
  }
});

test('the masks are those of the writable fields', () => {
  const b = idBench();
  const masks = value(b.vm.writableMasks({ range: 0, reserved: 0 }));
  expect(masks.get('ID_AA64ISAR0_EL1')).toBe(0xffff_ffff_f0ff_fff0n);
  expect([...masks.keys()].every((name) => registerId(name) !== undefined)).toBe(true);
  expect(b.vm.writableMasks({ range: 1, reserved: 0 })).toMatchObject({ ok: false, error: 'EINVAL' });
});

test('MIDR_EL1 and its kin: with the capability the guest reads what userspace set', () => {
  const text = `_start: mrs x1, midr_el1\n mrs x2, revidr_el1\n mrs x3, aidr_el1\n mov x28, #${0x0b00_0000}\n str xzr, [x28]\n`;
  const set = (b: Bench) =>
    (['MIDR_EL1', 'REVIDR_EL1', 'AIDR_EL1'] as const).map((name, i) => {
      const done = b.vcpu.setOneReg(registerId(name)!, 0x410f_d0c0n + BigInt(i));
      return done.ok ? 'ok' : done.error;
    });
  const without = bench(text);
  expect(set(without)).toEqual(['EINVAL', 'EINVAL', 'EINVAL']);
  const b = bench(text, { capabilities: ['KVM_CAP_ARM_WRITABLE_IMP_ID_REGS'] });
  expect(set(b)).toEqual(['ok', 'ok', 'ok']);
  expect(b.run()).toEqual({ kind: 'exit' });
  expect(['x1', 'x2', 'x3'].map((name) => b.get(name))).toEqual([0x410f_d0c0n, 0x410f_d0c1n, 0x410f_d0c2n]);
});
