import { expect, test } from 'vitest';
import { sysreg } from '#arch/sysreg';
import { assert } from '#base';
import { ID_REGISTERS, type IdFieldStory } from '../index.ts';
import { type Bench, bench, value } from './machine.fixture.ts';

function story(b: Bench, register: string, field: string): IdFieldStory {
  const row = ID_REGISTERS.find((r) => r.name === register);
  assert(row, register);
  const found = b.vm.idFieldStories(row).find((s) => s.field.name === field);
  assert(found, field);
  return found;
}

function refused(b: Bench, register: string, wanted: bigint): string {
  const row = ID_REGISTERS.find((r) => r.encoding === sysreg(register).encoding);
  assert(row, register);
  const verdict = b.vm.judgeIdRegister(row, wanted);
  assert(!verdict.ok, 'it should be refused');
  const { by, text } = b.vm.refusalReason(row, wanted, verdict);
  return `${verdict.errno} ${by}: ${text}`;
}

const NOTHING = '_start: nop\n mov x28, #0xb000000\n str x0, [x28]\n';

test('who keeps a field from the guest: KVM, a vCPU feature, the host, the architecture', () => {
  const b = bench(NOTHING);
  expect(story(b, 'ID_AA64PFR0_EL1', 'AMU').reason).toMatchObject({ by: 'kvm' });
  expect(story(b, 'ID_AA64DFR0_EL1', 'PMUVer')).toMatchObject({
    limit: 0n,
    reason: { by: 'feature', text: 'The vCPUs are made without pmu_v3.' },
  });
  expect(story(b, 'ID_AA64ISAR0_EL1', 'Atomic')).toMatchObject({ reason: undefined, writable: true, rule: 'the limit or lower' });
  const pfr0 = b.get('ID_AA64PFR0_EL1');
  expect(refused(b, 'ID_AA64PFR0_EL1', pfr0 & ~0xfn)).toBe('EINVAL architecture: AArch64 at EL0 cannot be taken away');
  expect(refused(b, 'ID_AA64DFR0_EL1', (b.get('ID_AA64DFR0_EL1') & ~0xf00n) | 0x100n)).toMatch(
    /^EINVAL feature: PMUVer .* without pmu_v3/,
  );
  expect(refused(b, 'ID_AA64PFR0_EL1', pfr0 | (0xfn << 48n))).toMatch(/^EINVAL host: DIT promises more/);
  expect(b.vm.idRegistersFrozen).toBeUndefined();
  b.run();
  expect(b.vm.idRegistersFrozen).toBe('the VM has run: ID registers are frozen');
  expect(refused(b, 'ID_AA64PFR0_EL1', pfr0 & ~(0xfn << 48n))).toBe('EBUSY frozen: the VM has run: ID registers are frozen');
  const row = ID_REGISTERS.find((r) => r.name === 'ID_AA64PFR0_EL1');
  assert(row, 'the row');
  expect(b.vm.judgeThawed(row, pfr0 & ~(0xfn << 48n)).ok).toBe(true);
});

test('what follows from a lowered field', () => {
  const b = bench(NOTHING, { features: ['pmu_v3'] });
  expect(story(b, 'ID_AA64MMFR1_EL1', 'LO').follows).toBeUndefined();
  b.set('ID_AA64MMFR1_EL1', b.get('ID_AA64MMFR1_EL1') & ~(0xfn << 16n));
  expect(story(b, 'ID_AA64MMFR1_EL1', 'LO').follows).toContainEqual({
    control: 'HFGRTR_EL2.LORC_EL1',
    what: 'LORC_EL1 UNDEFINED',
  });
  b.set('ID_AA64MMFR3_EL1', b.get('ID_AA64MMFR3_EL1') & ~0xffn);
  expect(story(b, 'ID_AA64MMFR3_EL1', 'TCRX').follows).toEqual([
    { control: 'KVM’s table', what: 'TCR2_EL1 UNDEFINED' },
    { control: 'HCRX_EL2.TCR2En', what: "0, where the host's value gives 1" },
  ]);
  b.set('ID_AA64PFR0_EL1', b.get('ID_AA64PFR0_EL1') & ~(0xfn << 48n));
  expect(story(b, 'ID_AA64PFR0_EL1', 'DIT').follows).toEqual([]);
  expect(value(b.vcpu.getOneReg(0x6030_0000_0013_c020n))).toBe(b.get('ID_AA64PFR0_EL1'));
});
