// Add/subtract (immediate), Arm ARM C4.1.92.
import { a64, alias } from '../row.ts';

const shifted = (sh: number, imm12: number): number => (sh ? imm12 * 4096 : imm12);

export const ADD_immediate = a64({
  bits: 'sf:1 0 0 100010 sh:1 imm12:12 Rn:5 Rd:5',
  asm: 'add {Rd:RSP}, {Rn:RSP}, {imm12,sh:AddImmediateLow}',
  doc: 'Adds a 12-bit immediate, optionally shifted left by 12.',
  exec: (o, { sf, sh, imm12, Rn, Rd }) => o.setXSP(Rd, sf, o.add(o.xsp(Rn), o.imm(shifted(sh, imm12)))),
});

export const MOV_toSP = alias(ADD_immediate, {
  asm: 'mov {Rd:SP}, {Rn:RSP}',
  fix: { sh: 0, imm12: 0 },
  doc: 'Copies a register to the stack pointer.',
});

export const MOV_fromSP = alias(ADD_immediate, {
  asm: 'mov {Rd:RSP}, {Rn:SP}',
  fix: { sh: 0, imm12: 0 },
  doc: 'Copies the stack pointer to a register.',
});

export const ADDS_immediate = a64({
  bits: 'sf:1 0 1 100010 sh:1 imm12:12 Rn:5 Rd:5',
  asm: 'adds {Rd:R}, {Rn:RSP}, {imm12,sh:AddImmediate}',
  doc: 'Adds a 12-bit immediate, optionally shifted left by 12, and sets the flags.',
  exec: (o, { sf, sh, imm12, Rn, Rd }) => o.setX(Rd, sf, o.addSetFlags(sf, o.xsp(Rn, sf), o.imm(shifted(sh, imm12)), o.imm(0))),
});

export const CMN_immediate = alias(ADDS_immediate, {
  asm: 'cmn {Rn:RSP}, {imm12,sh:AddImmediate}',
  fix: { Rd: 31 },
  doc: 'Adds a 12-bit immediate, optionally shifted left by 12, and sets the flags only.',
});

export const SUB_immediate = a64({
  bits: 'sf:1 1 0 100010 sh:1 imm12:12 Rn:5 Rd:5',
  asm: 'sub {Rd:RSP}, {Rn:RSP}, {imm12,sh:AddImmediate}',
  doc: 'Subtracts a 12-bit immediate, optionally shifted left by 12.',
  exec: (o, { sf, sh, imm12, Rn, Rd }) => o.setXSP(Rd, sf, o.sub(o.xsp(Rn), o.imm(shifted(sh, imm12)))),
});

export const SUBS_immediate = a64({
  bits: 'sf:1 1 1 100010 sh:1 imm12:12 Rn:5 Rd:5',
  asm: 'subs {Rd:R}, {Rn:RSP}, {imm12,sh:AddImmediate}',
  doc: 'Subtracts a 12-bit immediate, optionally shifted left by 12, and sets the flags.',
  exec: (o, { sf, sh, imm12, Rn, Rd }) =>
    o.setX(Rd, sf, o.addSetFlags(sf, o.xsp(Rn, sf), o.not(o.imm(shifted(sh, imm12))), o.imm(1))),
});

export const CMP_immediate = alias(SUBS_immediate, {
  asm: 'cmp {Rn:RSP}, {imm12,sh:AddImmediate}',
  fix: { Rd: 31 },
  doc: 'Subtracts a 12-bit immediate, optionally shifted left by 12, and sets the flags only.',
});

// A negative number makes the opposite instruction.
export const ADD_negative = alias(SUB_immediate, {
  asm: 'add {Rd:RSP}, {Rn:RSP}, {imm12,sh:NegatedAddImmediate}',
  use: 'assemble',
});
export const SUB_negative = alias(ADD_immediate, {
  asm: 'sub {Rd:RSP}, {Rn:RSP}, {imm12,sh:NegatedAddImmediate}',
  use: 'assemble',
});
export const ADDS_negative = alias(SUBS_immediate, {
  asm: 'adds {Rd:R}, {Rn:RSP}, {imm12,sh:NegatedAddImmediate}',
  use: 'assemble',
});
export const SUBS_negative = alias(ADDS_immediate, {
  asm: 'subs {Rd:R}, {Rn:RSP}, {imm12,sh:NegatedAddImmediate}',
  use: 'assemble',
});
export const CMN_negative = alias(SUBS_immediate, {
  asm: 'cmn {Rn:RSP}, {imm12,sh:NegatedAddImmediate}',
  fix: { Rd: 31 },
  use: 'assemble',
});
export const CMP_negative = alias(ADDS_immediate, {
  asm: 'cmp {Rn:RSP}, {imm12,sh:NegatedAddImmediate}',
  fix: { Rd: 31 },
  use: 'assemble',
});
