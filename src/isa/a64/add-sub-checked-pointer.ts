// Add/subtract (checked pointer), Arm ARM C4.1.95.
import { a64 } from '../row.ts';

export const ADDPT = a64({
  bits: '1 0 0 11010000 Rm:5 001 imm3:3 Rn:5 Rd:5',
  asm: 'addpt {Rd:XSP}, {Rn:XSP}, {Rm:X}{imm3:Lsl3}',
  doc: 'Adds a shifted register to a pointer, which is checked to stay in its range.',
  feature: 'FEAT_CPA',
  exec: (o, { Rm, imm3, Rn, Rd }) => {
    const base = o.xsp(Rn);
    o.setXSP(Rd, 1, o.checkPointer(o.add(base, o.shl(1, o.x(Rm), o.imm(imm3))), base));
  },
});

export const SUBPT = a64({
  bits: '1 1 0 11010000 Rm:5 001 imm3:3 Rn:5 Rd:5',
  asm: 'subpt {Rd:XSP}, {Rn:XSP}, {Rm:X}{imm3:Lsl3}',
  doc: 'Subtracts a shifted register from a pointer, which is checked to stay in its range.',
  feature: 'FEAT_CPA',
  exec: (o, { Rm, imm3, Rn, Rd }) => {
    const base = o.xsp(Rn);
    o.setXSP(Rd, 1, o.checkPointer(o.sub(base, o.shl(1, o.x(Rm), o.imm(imm3))), base));
  },
});
