// Unconditional branch (immediate), Arm ARM C4.1.93.
import { signExtend32 } from '#base';
import { a64 } from '../row.ts';

export const B = a64({
  bits: '0 00101 imm26:26',
  asm: 'b {imm26:Label26}',
  doc: 'Branches to a label.',
  exec: (o, { imm26 }) => o.branch(o.add(o.pc(), o.imm(signExtend32(imm26, 26) * 4)), 'direct'),
});

export const BL = a64({
  bits: '1 00101 imm26:26',
  asm: 'bl {imm26:Label26}',
  doc: 'Calls a label; the return address goes to x30.',
  exec: (o, { imm26 }) => {
    o.setX(30, 1, o.add(o.pc(), o.imm(4)));
    o.branch(o.add(o.pc(), o.imm(signExtend32(imm26, 26) * 4)), 'call');
  },
});
