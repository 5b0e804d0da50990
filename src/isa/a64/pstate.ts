// PSTATE, Arm ARM C4.1.93: MSR (immediate) and the flag instructions.

import { pstateField } from '../operands/system.ts';
import type { PStateField } from '../operations.ts';
import { a64, alias } from '../row.ts';

/** The names of the operands as the manual writes them. */
const FIELDS: Readonly<Record<string, PStateField>> = {
  uao: 'UAO',
  pan: 'PAN',
  spsel: 'SPSel',
  allint: 'ALLINT',
  pm: 'PM',
  ssbs: 'SSBS',
  dit: 'DIT',
  svcrsm: 'SVCRSM',
  svcrza: 'SVCRZA',
  svcrsmza: 'SVCRSMZA',
  tco: 'TCO',
  daifset: 'DAIFSet',
  daifclr: 'DAIFClr',
};

export const MSR_immediate = a64({
  bits: '1101010100000 op1:3 0100 CRm:4 op2:3 11111',
  asm: 'msr {op1,op2,CRm:Pstate}',
  doc: 'Writes a field of PSTATE; of a field of one bit the lowest bit of the immediate counts.',
  allocated: ({ op1, op2, CRm }) => pstateField(op1, op2, CRm) !== undefined,
  exec: (o, { op1, op2, CRm }) => {
    const field = pstateField(op1, op2, CRm);
    if (field) o.writePState(FIELDS[field.name] as PStateField, field.value);
  },
});

// SME's way to write the same: streaming mode (SM), the ZA storage (ZA), or both.
const SME_MODE = { op1: 3, op2: 3 } as const;
export const SMSTOP_SM = alias(MSR_immediate, {
  asm: 'smstop sm',
  fix: { ...SME_MODE, CRm: 2 },
  doc: 'Leaves streaming SVE mode.',
});
export const SMSTART_SM = alias(MSR_immediate, {
  asm: 'smstart sm',
  fix: { ...SME_MODE, CRm: 3 },
  doc: 'Enters streaming SVE mode.',
});
export const SMSTOP_ZA = alias(MSR_immediate, {
  asm: 'smstop za',
  fix: { ...SME_MODE, CRm: 4 },
  doc: 'Disables the ZA storage.',
});
export const SMSTART_ZA = alias(MSR_immediate, {
  asm: 'smstart za',
  fix: { ...SME_MODE, CRm: 5 },
  doc: 'Enables the ZA storage.',
});
export const SMSTOP = alias(MSR_immediate, {
  asm: 'smstop',
  fix: { ...SME_MODE, CRm: 6 },
  doc: 'Leaves streaming SVE mode and disables the ZA storage.',
});
export const SMSTART = alias(MSR_immediate, {
  asm: 'smstart',
  fix: { ...SME_MODE, CRm: 7 },
  doc: 'Enters streaming SVE mode and enables the ZA storage.',
});

export const CFINV = a64({
  bits: '1101010100000 000 0100 0000 000 11111',
  asm: 'cfinv',
  doc: 'Inverts the C flag.',
  feature: 'FEAT_FlagM',
  exec: (o) => o.setFlags({ C: o.xor(o.flag('C'), o.imm(1)) }),
});

export const XAFLAG = a64({
  bits: '1101010100000 000 0100 0000 001 11111',
  asm: 'xaflag',
  doc: 'Converts the flags from the external floating-point comparison format.',
  feature: 'FEAT_FlagM2',
  exec: (o) => {
    const c = o.flag('C');
    const z = o.flag('Z');
    const notC = o.xor(c, o.imm(1));
    const notZ = o.xor(z, o.imm(1));
    o.setFlags({ N: o.and(notC, notZ), Z: o.and(z, c), C: o.or(c, z), V: o.and(notC, z) });
  },
});

export const AXFLAG = a64({
  bits: '1101010100000 000 0100 0000 010 11111',
  asm: 'axflag',
  doc: 'Converts the flags to the external floating-point comparison format.',
  feature: 'FEAT_FlagM2',
  exec: (o) => {
    const v = o.flag('V');
    o.setFlags({ N: o.imm(0), Z: o.or(o.flag('Z'), v), C: o.and(o.flag('C'), o.xor(v, o.imm(1))), V: o.imm(0) });
  },
});
