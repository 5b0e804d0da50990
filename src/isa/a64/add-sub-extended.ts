// Add/subtract (extended register), Arm ARM C4.1.95.
import { extendedRegister } from '../register-operand.ts';
import { a64, alias } from '../row.ts';

const allocated = ({ imm3 }: { imm3: number }): boolean => imm3 <= 4;

export const ADD_extended = a64({
  bits: 'sf:1 0 0 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5',
  asm: 'add {Rd:RSP}, {Rn:RSP}, {Rm,option,imm3:ExtendedSP}',
  doc: 'Adds an extended and optionally shifted register.',
  allocated,
  exec: (o, { sf, Rm, option, imm3, Rn, Rd }) => o.setXSP(Rd, sf, o.add(o.xsp(Rn), extendedRegister(o, Rm, option, imm3))),
});

export const ADDS_extended = a64({
  bits: 'sf:1 0 1 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5',
  asm: 'adds {Rd:R}, {Rn:RSP}, {Rm,option,imm3:Extended}',
  doc: 'Adds an extended and optionally shifted register and sets the flags.',
  allocated,
  exec: (o, { sf, Rm, option, imm3, Rn, Rd }) =>
    o.setX(Rd, sf, o.addSetFlags(sf, o.xsp(Rn, sf), extendedRegister(o, Rm, option, imm3), o.imm(0))),
});

export const CMN_extended = alias(ADDS_extended, {
  asm: 'cmn {Rn:RSP}, {Rm,option,imm3:Extended}',
  fix: { Rd: 31 },
  doc: 'Adds an extended and optionally shifted register and sets the flags only.',
});

export const SUB_extended = a64({
  bits: 'sf:1 1 0 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5',
  asm: 'sub {Rd:RSP}, {Rn:RSP}, {Rm,option,imm3:ExtendedSP}',
  doc: 'Subtracts an extended and optionally shifted register.',
  allocated,
  exec: (o, { sf, Rm, option, imm3, Rn, Rd }) => o.setXSP(Rd, sf, o.sub(o.xsp(Rn), extendedRegister(o, Rm, option, imm3))),
});

export const SUBS_extended = a64({
  bits: 'sf:1 1 1 01011 00 1 Rm:5 option:3 imm3:3 Rn:5 Rd:5',
  asm: 'subs {Rd:R}, {Rn:RSP}, {Rm,option,imm3:Extended}',
  doc: 'Subtracts an extended and optionally shifted register and sets the flags.',
  allocated,
  exec: (o, { sf, Rm, option, imm3, Rn, Rd }) =>
    o.setX(Rd, sf, o.addSetFlags(sf, o.xsp(Rn, sf), o.not(extendedRegister(o, Rm, option, imm3)), o.imm(1))),
});

export const CMP_extended = alias(SUBS_extended, {
  asm: 'cmp {Rn:RSP}, {Rm,option,imm3:Extended}',
  fix: { Rd: 31 },
  doc: 'Subtracts an extended and optionally shifted register and sets the flags only.',
});
