// Logical (shifted register), Arm ARM C4.1.95.
import { shiftedRegister } from '../register-operand.ts';
import { a64, alias } from '../row.ts';

const allocated = ({ sf, imm6 }: { sf: number; imm6: number }): boolean => sf === 1 || imm6 < 32;

export const AND_shifted = a64({
  bits: 'sf:1 00 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'and {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  doc: 'Bitwise AND with an optionally shifted register.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.and(o.x(f.Rn), shiftedRegister(o, f))),
});

export const BIC_shifted = a64({
  bits: 'sf:1 00 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'bic {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  doc: 'Clears the bits that are set in an optionally shifted register.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.and(o.x(f.Rn), o.not(shiftedRegister(o, f)))),
});

export const ORR_shifted = a64({
  bits: 'sf:1 01 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'orr {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  doc: 'Bitwise OR with an optionally shifted register.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.or(o.x(f.Rn), shiftedRegister(o, f))),
});

export const MOV_register = alias(ORR_shifted, {
  asm: 'mov {Rd:R}, {Rm:R}',
  fix: { Rn: 31, shift: 0, imm6: 0 },
  doc: 'Copies a register.',
});
export const MOV_shifted = alias(ORR_shifted, {
  asm: 'mov {Rd:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  fix: { Rn: 31 },
  use: 'assemble',
});
export const UXTW = alias(ORR_shifted, {
  asm: 'uxtw {Rd:W}, {Rm:W}',
  fix: { sf: 0, Rn: 31, shift: 0, imm6: 0 },
  use: 'assemble',
});
export const UXTW_x = alias(ORR_shifted, {
  asm: 'uxtw {Rd:X}, {Rm:W}',
  fix: { sf: 0, Rn: 31, shift: 0, imm6: 0 },
  use: 'assemble',
});

export const ORN_shifted = a64({
  bits: 'sf:1 01 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'orn {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  doc: 'Bitwise OR with the inverse of an optionally shifted register.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.or(o.x(f.Rn), o.not(shiftedRegister(o, f)))),
});

export const MVN = alias(ORN_shifted, {
  asm: 'mvn {Rd:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  fix: { Rn: 31 },
  doc: 'Bitwise inverse.',
});

export const EOR_shifted = a64({
  bits: 'sf:1 10 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'eor {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  doc: 'Bitwise exclusive OR with an optionally shifted register.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.xor(o.x(f.Rn), shiftedRegister(o, f))),
});

export const EON_shifted = a64({
  bits: 'sf:1 10 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'eon {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  doc: 'Bitwise exclusive OR with the inverse of an optionally shifted register.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.xor(o.x(f.Rn), o.not(shiftedRegister(o, f)))),
});

export const ANDS_shifted = a64({
  bits: 'sf:1 11 01010 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'ands {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  doc: 'Bitwise AND with an optionally shifted register; sets N and Z, clears C and V.',
  allocated,
  exec: (o, f) => {
    const result = o.and(o.x(f.Rn), shiftedRegister(o, f));
    o.logicSetFlags(f.sf, result);
    o.setX(f.Rd, f.sf, result);
  },
});

export const TST_shifted = alias(ANDS_shifted, {
  asm: 'tst {Rn:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  fix: { Rd: 31 },
  doc: 'Sets N and Z from the bitwise AND with an optionally shifted register; clears C and V.',
});

export const BICS_shifted = a64({
  bits: 'sf:1 11 01010 shift:2 1 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'bics {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:ShiftOrRotate}',
  doc: 'Clears the bits that are set in an optionally shifted register; sets N and Z, clears C and V.',
  allocated,
  exec: (o, f) => {
    const result = o.and(o.x(f.Rn), o.not(shiftedRegister(o, f)));
    o.logicSetFlags(f.sf, result);
    o.setX(f.Rd, f.sf, result);
  },
});
