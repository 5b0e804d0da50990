// Miscellaneous branch (immediate), Arm ARM C4.1.93: return with authentication by SP and an earlier PC.
import { a64 } from '../row.ts';

export const RETAASPPC_immediate = a64({
  bits: '0101010 1 000 imm16:16 11111',
  asm: 'retaasppc {imm16:LabelBack16}',
  doc: 'Returns to x30 after authenticating it with key A, SP and the address of the instruction that signed it.',
  feature: 'FEAT_PAuth_LR',
  exec: (o, { imm16 }) => o.branch(o.authenticate('IA', o.x(30), o.xsp(31), true, o.sub(o.pc(), o.imm(imm16 * 4))), 'return'),
});

export const RETABSPPC_immediate = a64({
  bits: '0101010 1 001 imm16:16 11111',
  asm: 'retabsppc {imm16:LabelBack16}',
  doc: 'Returns to x30 after authenticating it with key B, SP and the address of the instruction that signed it.',
  feature: 'FEAT_PAuth_LR',
  exec: (o, { imm16 }) => o.branch(o.authenticate('IB', o.x(30), o.xsp(31), true, o.sub(o.pc(), o.imm(imm16 * 4))), 'return'),
});
