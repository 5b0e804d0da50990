// Add/subtract (immediate), Arm ARM C4.1.92.
import { a64, alias } from '../row.ts';

export const ADD_immediate = a64({
  bits: 'sf:1 0 0 100010 sh:1 imm12:12 Rn:5 Rd:5',
  asm: 'add {Rd:RSP}, {Rn:RSP}, {imm12:Uimm12}{sh:Lsl12}',
  doc: 'Adds a 12-bit immediate, optionally shifted left by 12.',
  exec: (o, { sf, sh, imm12, Rn, Rd }) => o.setXSP(Rd, sf, o.add(o.xsp(Rn), o.imm(sh ? imm12 * 4096 : imm12))),
});

export const SUBS_immediate = a64({
  bits: 'sf:1 1 1 100010 sh:1 imm12:12 Rn:5 Rd:5',
  asm: 'subs {Rd:R}, {Rn:RSP}, {imm12:Uimm12}{sh:Lsl12}',
  doc: 'Subtracts a 12-bit immediate, optionally shifted left by 12, and sets the flags.',
  exec: (o, { sf, sh, imm12, Rn, Rd }) =>
    o.setX(Rd, sf, o.addSetFlags(sf, o.xsp(Rn, sf), o.not(o.imm(sh ? imm12 * 4096 : imm12)), o.imm(1))),
});

export const CMP_immediate = alias(SUBS_immediate, { asm: 'cmp {Rn:RSP}, {imm12:Uimm12}{sh:Lsl12}', fix: { Rd: 31 } });
