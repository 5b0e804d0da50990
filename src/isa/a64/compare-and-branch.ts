// Compare and branch (immediate), Arm ARM C4.1.93.
import { signExtend32 } from '#base';
import { a64 } from '../row.ts';

export const CBZ = a64({
  bits: 'sf:1 011010 0 imm19:19 Rt:5',
  asm: 'cbz {Rt:R}, {imm19:Label19}',
  doc: 'Branches to a label when a register is zero.',
  exec: (o, { sf, imm19, Rt }) =>
    o.when(o.eq(o.x(Rt, sf), o.imm(0)), () => o.branch(o.add(o.pc(), o.imm(signExtend32(imm19, 19) * 4)), 'direct')),
});

export const CBNZ = a64({
  bits: 'sf:1 011010 1 imm19:19 Rt:5',
  asm: 'cbnz {Rt:R}, {imm19:Label19}',
  doc: 'Branches to a label when a register is not zero.',
  exec: (o, { sf, imm19, Rt }) =>
    o.when(o.xor(o.eq(o.x(Rt, sf), o.imm(0)), o.imm(1)), () =>
      o.branch(o.add(o.pc(), o.imm(signExtend32(imm19, 19) * 4)), 'direct'),
    ),
});
