// Conditional branch (immediate), Arm ARM C4.1.93.
import { signExtend32 } from '#base';
import { a64, alias } from '../row.ts';

export const B_cond = a64({
  bits: '01010100 imm19:19 0 cond:4',
  asm: 'b.{cond:Condition} {imm19:Label19}',
  doc: 'Branches to a label when the condition holds.',
  exec: (o, { imm19, cond }) =>
    o.when(o.condition(cond), () => o.branch(o.add(o.pc(), o.imm(signExtend32(imm19, 19) * 4)), 'direct')),
});

// GNU as takes the dot to be optional.
export const B_cond_joined = alias(B_cond, { asm: 'b{cond:PlainCondition} {imm19:Label19}', use: 'assemble' });

export const BC_cond = a64({
  bits: '01010100 imm19:19 1 cond:4',
  asm: 'bc.{cond:Condition} {imm19:Label19}',
  doc: 'Branches to a label when the condition holds, with the hint that it goes the same way each time.',
  feature: 'FEAT_HBC',
  exec: (o, { imm19, cond }) =>
    o.when(o.condition(cond), () => o.branch(o.add(o.pc(), o.imm(signExtend32(imm19, 19) * 4)), 'direct')),
});
