// Test and branch (immediate), Arm ARM C4.1.93.
import { signExtend32 } from '#base';
import type { Operations } from '../operations.ts';
import { a64 } from '../row.ts';

const tested = <V>(o: Operations<V>, Rt: number, b5: number, b40: number): V =>
  o.and(o.lshr(1, o.x(Rt), o.imm(b5 * 32 + b40)), o.imm(1));

export const TBZ = a64({
  bits: 'b5:1 011011 0 b40:5 imm14:14 Rt:5',
  asm: 'tbz {Rt,b5,b40:TestBit}, {imm14:Label14}',
  doc: 'Branches to a label when a bit of a register is zero.',
  exec: (o, { b5, b40, imm14, Rt }) =>
    o.when(o.xor(tested(o, Rt, b5, b40), o.imm(1)), () => o.branch(o.add(o.pc(), o.imm(signExtend32(imm14, 14) * 4)), 'direct')),
});

export const TBNZ = a64({
  bits: 'b5:1 011011 1 b40:5 imm14:14 Rt:5',
  asm: 'tbnz {Rt,b5,b40:TestBit}, {imm14:Label14}',
  doc: 'Branches to a label when a bit of a register is one.',
  exec: (o, { b5, b40, imm14, Rt }) =>
    o.when(tested(o, Rt, b5, b40), () => o.branch(o.add(o.pc(), o.imm(signExtend32(imm14, 14) * 4)), 'direct')),
});
