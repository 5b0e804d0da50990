// Add/subtract (shifted register), Arm ARM C4.1.95.
import { shiftedRegister } from '../register-operand.ts';
import { a64, alias } from '../row.ts';

const allocated = ({ sf, shift, imm6 }: { sf: number; shift: number; imm6: number }): boolean =>
  shift !== 3 && (sf === 1 || imm6 < 32);

export const ADD_shifted = a64({
  bits: 'sf:1 0 0 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'add {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:Shift}',
  doc: 'Adds an optionally shifted register.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.add(o.x(f.Rn), shiftedRegister(o, f))),
});

export const ADDS_shifted = a64({
  bits: 'sf:1 0 1 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'adds {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:Shift}',
  doc: 'Adds an optionally shifted register and sets the flags.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.addSetFlags(f.sf, o.x(f.Rn, f.sf), shiftedRegister(o, f), o.imm(0))),
});

export const CMN_shifted = alias(ADDS_shifted, {
  asm: 'cmn {Rn:R}, {Rm:R}{shift,imm6:Shift}',
  fix: { Rd: 31 },
  doc: 'Adds an optionally shifted register and sets the flags only.',
});

export const SUB_shifted = a64({
  bits: 'sf:1 1 0 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'sub {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:Shift}',
  doc: 'Subtracts an optionally shifted register.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.sub(o.x(f.Rn), shiftedRegister(o, f))),
});

export const NEG = alias(SUB_shifted, {
  asm: 'neg {Rd:R}, {Rm:R}{shift,imm6:Shift}',
  fix: { Rn: 31 },
  doc: 'Negates an optionally shifted register.',
});

export const SUBS_shifted = a64({
  bits: 'sf:1 1 1 01011 shift:2 0 Rm:5 imm6:6 Rn:5 Rd:5',
  asm: 'subs {Rd:R}, {Rn:R}, {Rm:R}{shift,imm6:Shift}',
  doc: 'Subtracts an optionally shifted register and sets the flags.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.addSetFlags(f.sf, o.x(f.Rn, f.sf), o.not(shiftedRegister(o, f)), o.imm(1))),
});

export const CMP_shifted = alias(SUBS_shifted, {
  asm: 'cmp {Rn:R}, {Rm:R}{shift,imm6:Shift}',
  fix: { Rd: 31 },
  doc: 'Subtracts an optionally shifted register and sets the flags only.',
});

export const NEGS = alias(SUBS_shifted, {
  asm: 'negs {Rd:R}, {Rm:R}{shift,imm6:Shift}',
  fix: { Rn: 31 },
  doc: 'Negates an optionally shifted register and sets the flags.',
});
