import { expect, test } from 'vitest';
import { announcement, FEATURE_ROWS, featureRow, featuresOf, featuresOfRegisters, toldByField } from '#arch/features';
import {
  fieldsNamed,
  fieldsOf,
  type Presence,
  parsePresence,
  registerByName,
  SYSREGS,
  SYSTEM_OPERATIONS,
  trapsOf,
} from '#arch/sysreg';

function terms(presence: Presence): string[] {
  if (presence.kind === 'always') return [];
  if (presence.kind === 'term') {
    const { term } = presence;
    return [term.kind === 'feature' ? term.name : term.kind === 'field' ? `${term.ref.register}.${term.ref.field}` : term.kind];
  }
  return presence.kind === 'not' ? terms(presence.of) : presence.all.flatMap(terms);
}

test('each feature has one row, and its fields exist', () => {
  expect(new Set(FEATURE_ROWS.map((row) => row.name)).size).toBe(FEATURE_ROWS.length);
  for (const row of FEATURE_ROWS) {
    for (const term of row.definition === undefined ? [] : terms(row.definition)) {
      const [register, field] = term.split('.') as [string, string | undefined];
      if (field === undefined) expect(featureRow(term), `${row.name}: ${term}`).toBeDefined();
      else expect(fieldsNamed(registerByName(register)!, field).length, `${row.name}: ${term}`).toBe(1);
    }
  }
});

test('what one field tells', () => {
  expect(toldByField('ID_AA64MMFR1_EL1', 'PAN', 2)).toEqual({ announced: ['FEAT_PAN', 'FEAT_PAN2'], others: ['FEAT_PAN3'] });
  expect(toldByField('ID_AA64PFR0_EL1', 'SVE', 0)).toEqual({ announced: [], others: ['FEAT_SVE'] });
  expect(toldByField('SCTLR_EL1', 'M', 1)).toEqual({ announced: [], others: [] });
});

test('every feature that a register, a field or a trap names has a row', () => {
  const named = new Set<string>();
  const add = (text: string): void => {
    for (const term of terms(parsePresence(text, ''))) if (/^FEAT_|^EL\d$/.test(term)) named.add(term);
  };
  for (const row of [...SYSREGS, ...SYSTEM_OPERATIONS]) {
    add(row.feature);
    if (row.kind === 'register') for (const field of fieldsOf(row)) add(field.presence);
    for (const direction of ['read', 'write', 'execute'] as const) {
      for (const rule of trapsOf(row, direction)) {
        for (const term of rule.condition.deciding) if (term.kind === 'feature') named.add(term.name);
      }
    }
  }
  expect([...named].filter((name) => featureRow(name) === undefined)).toEqual([]);
});

test('fields announce features at and above their value', () => {
  const of = (fields: Record<string, number>) => featuresOf((register, field) => fields[`${register}.${field}`] ?? 0);
  const pan = of({ 'ID_AA64MMFR1_EL1.PAN': 2 });
  expect([pan.has('FEAT_PAN'), pan.has('FEAT_PAN2'), pan.has('FEAT_PAN3')]).toEqual([true, true, false]);
  // Fields that count down or have a value that says no.
  expect(of({}).has('FEAT_FP')).toBe(true);
  expect(of({ 'ID_AA64PFR0_EL1.FP': 15 }).has('FEAT_FP')).toBe(false);
  expect(of({ 'ID_AA64DFR0_EL1.PMUVer': 15 }).has('FEAT_PMUv3p5')).toBe(false);
  expect(of({ 'ID_AA64DFR0_EL1.PMUVer': 6 }).has('FEAT_PMUv3p5')).toBe(true);
  expect(of({ 'ID_AA64DFR0_EL1.DebugVer': 10 }).has('FEAT_Debugv8p8')).toBe(true);
  // Two fields that count together.
  expect(of({ 'ID_AA64PFR0_EL1.RAS': 1, 'ID_AA64PFR1_EL1.RAS_frac': 1 }).has('FEAT_RASv1p1')).toBe(true);
  expect(of({ 'ID_AA64PFR0_EL1.MPAM': 1, 'ID_AA64PFR1_EL1.MPAM_frac': 1 }).has('FEAT_MPAMv0p1')).toBe(false);
});

test("QEMU 7.2's max at EL2", () => {
  const values: Record<string, bigint> = {
    ID_AA64PFR0_EL1: 0x1201001121110222n,
    ID_AA64PFR1_EL1: 0x1000021n,
    ID_AA64DFR0_EL1: 0x10305609n,
    ID_AA64ISAR0_EL1: 0x1221111110212120n,
    ID_AA64ISAR1_EL1: 0x11111101211012n,
    ID_AA64MMFR0_EL1: 0x32310201126n,
    ID_AA64MMFR1_EL1: 0x11010211122n,
    ID_AA64MMFR2_EL1: 0x1021011010011011n,
  };
  const max = featuresOfRegisters((register) => values[register] ?? 0n);
  for (const name of [
    'EL2',
    'FEAT_VHE',
    'FEAT_SVE',
    'FEAT_PAN2',
    'FEAT_HCX',
    'FEAT_LPA2',
    'FEAT_GICv3',
    'FEAT_RNG',
    'FEAT_IDST',
  ]) {
    expect(max.has(name), name).toBe(true);
  }
  for (const name of [
    'EL3',
    'FEAT_FGT',
    'FEAT_NV',
    'FEAT_EVT',
    'FEAT_MTE',
    'FEAT_TRC_SR',
    'FEAT_PAN3',
    'FEAT_AMUv1',
    'FEAT_ECV',
  ]) {
    expect(max.has(name), name).toBe(false);
  }
});

test('a feature says where to look it up', () => {
  expect(announcement('FEAT_MTE2')).toBe('ID_AA64PFR1_EL1.MTE>=2');
  expect(announcement('FEAT_DoPD')).toBe('no ID register announces it');
  expect(announcement('FEAT_LSCP')).toBe('the field that announces it is newer than the register tables');
});
