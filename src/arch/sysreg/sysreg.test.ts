import { expect, test } from 'vitest';
import {
  aliasTarget,
  docOf,
  encodingName,
  fieldDoc,
  fieldsNamed,
  fieldsOf,
  genericName,
  isImplementationDefined,
  operationByName,
  packEncoding,
  parsePresence,
  reachesOf,
  registerByEncoding,
  registerByName,
  SYSREG_SLOTS,
  SYSREGS,
  SYSTEM_OPERATIONS,
  storageIndex,
  sysreg,
  trapsOf,
  unpackEncoding,
} from '#arch/sysreg';
import { documentedFields } from './field-docs.ts';

test('every encoding and every name stands once', () => {
  const rows = [...SYSREGS, ...SYSTEM_OPERATIONS];
  expect(new Set(rows.map((row) => row.encoding)).size).toBe(rows.length);
  expect(new Set(rows.map((row) => row.name.toUpperCase())).size).toBe(rows.length);
  for (const row of rows) {
    const { op0, op1, crn, crm, op2 } = unpackEncoding(row.encoding);
    expect(packEncoding(op0, op1, crn, crm, op2)).toBe(row.encoding);
    expect(op0).toBe(row.kind === 'operation' ? 1 : row.encoding >>> 14);
    expect(isImplementationDefined(row.encoding), row.name).toBe(false);
  }
});

test('names of every kind are found', () => {
  expect(registerByName('sctlr_el1')?.encoding).toBe(0b11_000_0001_0000_000);
  expect(registerByName('S3_0_C1_C0_0')?.name).toBe('SCTLR_EL1');
  expect(registerByName('s3_0_c15_c2_0')).toBeUndefined();
  expect(registerByName('DBGDTRTX_EL0')).toBe(registerByName('DBGDTRRX_EL0'));
  expect(encodingName(sysreg('DBGDTRRX_EL0').encoding, 'write')).toBe('DBGDTRTX_EL0');
  expect(encodingName(packEncoding(3, 0, 15, 2, 0))).toBe('S3_0_C15_C2_0');
  expect(encodingName(packEncoding(1, 3, 7, 4, 1))).toBe('DC ZVA');
  expect(operationByName('dc  zva')?.operand).toBe('VA');
  for (const row of SYSREGS) {
    expect(registerByName(genericName(row.encoding))).toBe(row);
    expect(registerByEncoding(row.encoding)).toBe(row);
  }
});

test('elements of arrays are encoded as the manual says', () => {
  const encodings = {
    DBGBVR15_EL1: [2, 0, 0, 15, 4],
    PMEVCNTR30_EL0: [3, 3, 14, 11, 6],
    ICH_LR9_EL2: [3, 4, 12, 13, 1],
    TRCACVR11: [2, 1, 2, 6, 1],
  };
  for (const [name, parts] of Object.entries(encodings)) {
    expect(Object.values(unpackEncoding(sysreg(name).encoding)), name).toEqual(parts);
  }
  expect(sysreg('ICH_LR2_EL2').vncr).toBe(0x410);
});

test('every register and system instruction says what it is', () => {
  expect([...SYSREGS, ...SYSTEM_OPERATIONS].filter((row) => docOf(row) === '').map((row) => row.name)).toEqual([]);
  expect(docOf(sysreg('SCTLR_EL12'))).toBe(docOf(sysreg('SCTLR_EL1')));
});

test('every sentence about a field is about a field that is there', () => {
  const documented = documentedFields().map(([register, field]) => [register.replace('<n>', '0'), field] as const);
  const lost = documented.filter(([, field], _, all) =>
    all.every(([register, other]) => other !== field || fieldsNamed(sysreg(register), field).length === 0),
  );
  expect(lost).toEqual([]);
  for (const [register] of documented) expect(sysreg(register).aliasOf).toBeUndefined();
  expect(fieldDoc('SCTLR_EL2', 'M')).toBe('Stage 1 translation is on.');
  expect(fieldDoc('SCTLR_EL1', 'nothing')).toBe('');
  expect(fieldDoc('ICH_LR<n>_EL2', 'NMI')).toContain('Superpriority');
});

test('fields lie in their register, and those that overlap differ in layout or presence', () => {
  const wrong: string[] = [];
  for (const row of SYSREGS.filter((r) => r.aliasOf === undefined)) {
    const fields = fieldsOf(row);
    for (const [i, a] of fields.entries()) {
      parsePresence(a.presence, row.name);
      if (a.parts.some(({ msb, lsb }) => msb < lsb || msb > (row.wide ? 127 : 63))) wrong.push(`${row.name}.${a.name}`);
      for (const b of fields.slice(i + 1)) {
        const meet = a.parts.some((x) => b.parts.some((y) => x.lsb <= y.msb && y.lsb <= x.msb));
        if (meet && a.layout === b.layout && a.presence === b.presence) wrong.push(`${row.name}: ${a.name}, ${b.name}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('every condition names fields that exist', () => {
  const missing = new Set<string>();
  const need = (ref: { register: string; field: string; index?: { register: string; field: string } }): void => {
    if (ref.register === 'PSTATE') return;
    const row = registerByName(ref.register);
    if (row === undefined) missing.add(ref.register);
    else if (ref.index !== undefined) {
      need(ref.index);
      if (!fieldsOf(row).some((field) => field.name === `${ref.field}0`)) missing.add(`${ref.register}.${ref.field}0`);
    } else if (ref.field !== '' && fieldsNamed(row, ref.field).length === 0) missing.add(`${ref.register}.${ref.field}`);
  };
  for (const row of [...SYSREGS, ...SYSTEM_OPERATIONS]) {
    const rules = (['read', 'write', 'execute'] as const).flatMap((direction) =>
      trapsOf(row, direction).map((rule) => rule.condition),
    );
    const reaches = row.kind === 'register' ? reachesOf(row).flatMap((reach) => reach.condition ?? []) : [];
    for (const condition of [...rules, ...reaches]) {
      for (const term of [...condition.deciding, ...condition.context]) {
        if (term.kind === 'field') need(term.ref);
        if (term.kind === 'compare') need(term.left);
        if (term.kind === 'compare' && typeof term.right !== 'number') need(term.right);
      }
    }
    if (row.kind === 'register') for (const reach of reachesOf(row)) expect(registerByName(reach.to), reach.to).toBeDefined();
  }
  expect([...missing]).toEqual([]);
});

test('storage: one slot each, aliases share, views of PSTATE and EL3 have none', () => {
  const taken = new Map<number, string>();
  for (const row of SYSREGS) {
    const slot = storageIndex(row);
    if (row.aliasOf !== undefined) {
      expect(slot, row.name).toBe(storageIndex(aliasTarget(row)));
      continue;
    }
    expect(slot === undefined, row.name).toBe(row.pstate || row.readEl === 3);
    if (slot === undefined) continue;
    for (let i = slot; i < slot + (row.wide ? 2 : 1); i++) {
      expect(taken.get(i), row.name).toBeUndefined();
      taken.set(i, row.name);
    }
  }
  expect(taken.size).toBe(SYSREG_SLOTS);
});

test('_EL12 and _EL02 names are aliases with an E2H condition', () => {
  for (const row of SYSREGS.filter((r) => /_EL[01]2$/.test(r.name))) {
    expect(row.aliasOf, row.name).toBe(row.name.replace(/2$/, ''));
    for (const direction of ['read', 'write'] as const) {
      const undef = trapsOf(row, direction).filter((rule) => rule.to === 'undefined' && rule.from === 2);
      expect(
        undef.map((rule) => rule.condition.text),
        row.name,
      ).toEqual(['E2H=0']);
    }
  }
});
