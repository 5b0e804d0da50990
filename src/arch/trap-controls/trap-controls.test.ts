import { expect, test } from 'vitest';
import { fieldsOf, sysreg } from '#arch/sysreg';
import { TRAP_CONTROLS, trapControl, trapControls, trappedBy } from '#arch/trap-controls';

const REGISTERS = ['HCR_EL2', 'HCRX_EL2', 'MDCR_EL2', 'CPTR_EL2', 'CNTHCTL_EL2', 'HSTR_EL2'];

test('every field of the control registers has a row, and every row a field', () => {
  for (const register of REGISTERS) {
    const fields = new Set(fieldsOf(sysreg(register)).map((field) => field.name));
    expect(
      trapControls(register)
        .map((control) => control.field)
        .sort(),
    ).toEqual([...fields].sort());
  }
  expect(TRAP_CONTROLS.every((control) => REGISTERS.includes(control.register) && control.doc !== '')).toBe(true);
});

test('what a bit traps comes from the rows of what is trapped', () => {
  const rows = (register: string, field: string) => new Set(trappedBy(register, field).map(({ row }) => row.name));
  expect([...rows('HCR_EL2', 'TID1')].sort()).toEqual(['AIDR_EL1', 'REVIDR_EL1', 'SMIDR_EL1']);
  expect([...rows('HCR_EL2', 'TSC')]).toEqual(['SMC']);
  expect([...rows('HCR_EL2', 'TSW')].every((name) => /^DC \w*SW$/.test(name))).toBe(true);
  expect(rows('HCR_EL2', 'TID3').has('ID_AA64PFR0_EL1')).toBe(true);
  const tvm = trappedBy('HCR_EL2', 'TVM');
  expect(tvm.every(({ direction, to, ec }) => direction === 'write' && to === 2 && ec === 0x18)).toBe(true);
  expect(tvm.filter(({ from }) => from === 1).map(({ row }) => row.name)).toContain('SCTLR_EL1');
  expect(trappedBy('SCTLR_EL1', 'UCT').map(({ from, to }) => `${from}>${to}`)).toEqual(['0>1', '0>2']);
  expect(trappedBy('HFGITR_EL2', 'DCZVA').length).toBeGreaterThan(0);
});

test('a control that the text calls a trap traps something', () => {
  // Decided outside the rows: interrupts and aborts by routing, AArch32, 128-bit forms; NV1 is only ever context.
  const elsewhere = ['NV1', 'TEA', 'GPF', 'TMEA', 'TID0', 'MCE2', 'AMO', 'EnIDCP128', 'D128En', 'TWEDEL'];
  for (const { register, field, doc } of TRAP_CONTROLS) {
    if (register === 'HSTR_EL2' || elsewhere.includes(field) || !/\bgo(es)? (to EL2|there)/.test(doc)) continue;
    expect(trappedBy(register, field).length, `${register}.${field}`).toBeGreaterThan(0);
  }
});

test("KVM's defaults", () => {
  const kvm = (field: string) => trapControl('HCR_EL2', field)?.kvm;
  expect(
    TRAP_CONTROLS.filter(({ register, kvm: { kind } }) => register === 'HCR_EL2' && kind === 'set').map(({ field }) => field),
  ).toEqual('TLOR TSW TACR TIDCP TSC TID3 TID1 BSU FB AMO IMO FMO PTW SWIO VM'.split(' '));
  expect(kvm('TVM')).toMatchObject({ kind: 'depends' });
  expect(kvm('TGE')).toEqual({ kind: 'clear' });
  expect(trapControl('CPTR_EL2', 'TTA')?.places.map(({ parts }) => parts[0]!.lsb)).toEqual([20, 28]);
});
