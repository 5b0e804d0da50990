// Min/max (immediate), Arm ARM C4.1.92.
import { signExtend32 } from '#base';
import { maximum, minimum } from '../min-max.ts';
import { a64 } from '../row.ts';

export const SMAX_immediate = a64({
  bits: 'sf:1 0 0 1000111 0000 imm8:8 Rn:5 Rd:5',
  asm: 'smax {Rd:R}, {Rn:R}, {imm8:Simm8}',
  doc: 'Signed maximum of a register and an immediate.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, imm8, Rn, Rd }) => o.setX(Rd, sf, maximum(o, sf, o.x(Rn, sf), o.imm(signExtend32(imm8, 8)), true)),
});

export const UMAX_immediate = a64({
  bits: 'sf:1 0 0 1000111 0001 imm8:8 Rn:5 Rd:5',
  asm: 'umax {Rd:R}, {Rn:R}, {imm8:Uimm8}',
  doc: 'Unsigned maximum of a register and an immediate.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, imm8, Rn, Rd }) => o.setX(Rd, sf, maximum(o, sf, o.x(Rn, sf), o.imm(imm8), false)),
});

export const SMIN_immediate = a64({
  bits: 'sf:1 0 0 1000111 0010 imm8:8 Rn:5 Rd:5',
  asm: 'smin {Rd:R}, {Rn:R}, {imm8:Simm8}',
  doc: 'Signed minimum of a register and an immediate.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, imm8, Rn, Rd }) => o.setX(Rd, sf, minimum(o, sf, o.x(Rn, sf), o.imm(signExtend32(imm8, 8)), true)),
});

export const UMIN_immediate = a64({
  bits: 'sf:1 0 0 1000111 0011 imm8:8 Rn:5 Rd:5',
  asm: 'umin {Rd:R}, {Rn:R}, {imm8:Uimm8}',
  doc: 'Unsigned minimum of a register and an immediate.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, imm8, Rn, Rd }) => o.setX(Rd, sf, minimum(o, sf, o.x(Rn, sf), o.imm(imm8), false)),
});
