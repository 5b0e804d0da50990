// Data-processing (1 source immediate), Arm ARM C4.1.92: authentication of the return address with SP and an earlier PC.
import { a64 } from '../row.ts';

export const AUTIASPPC_immediate = a64({
  bits: '1 11 100111 00 imm16:16 11111',
  asm: 'autiasppc {imm16:LabelBack16}',
  doc: 'Authenticates x30 with key A, SP and the address of the instruction that signed it.',
  feature: 'FEAT_PAuth_LR',
  exec: (o, { imm16 }) => o.setX(30, 1, o.authenticate('IA', o.x(30), o.xsp(31), false, o.sub(o.pc(), o.imm(imm16 * 4)))),
});

export const AUTIBSPPC_immediate = a64({
  bits: '1 11 100111 01 imm16:16 11111',
  asm: 'autibsppc {imm16:LabelBack16}',
  doc: 'Authenticates x30 with key B, SP and the address of the instruction that signed it.',
  feature: 'FEAT_PAuth_LR',
  exec: (o, { imm16 }) => o.setX(30, 1, o.authenticate('IB', o.x(30), o.xsp(31), false, o.sub(o.pc(), o.imm(imm16 * 4)))),
});
