// Compare registers and branch, compare bytes or halfwords and branch, and compare register with immediate and branch (FEAT_CMPBR),
// Arm ARM C4.1.93.
import { signExtend32 } from '#base';
import type { Operations } from '../operations.ts';
import { a64, alias } from '../row.ts';

type Comparison = 'gt' | 'ge' | 'hi' | 'hs' | 'eq' | 'ne' | 'lt' | 'lo';

function compare<V>(o: Operations<V>, a: V, b: V, how: Comparison): V {
  const not = (value: V): V => o.xor(value, o.imm(1));
  switch (how) {
    case 'gt':
      return o.lessSigned(b, a);
    case 'ge':
      return not(o.lessSigned(a, b));
    case 'lt':
      return o.lessSigned(a, b);
    case 'hi':
      return o.lessUnsigned(b, a);
    case 'hs':
      return not(o.lessUnsigned(a, b));
    case 'lo':
      return o.lessUnsigned(a, b);
    case 'eq':
      return o.eq(a, b);
    case 'ne':
      return not(o.eq(a, b));
  }
}

/** The low `width` bits as a number of the comparison's signedness. */
function operand<V>(o: Operations<V>, Rn: number, width: number, how: Comparison): V {
  const value = o.x(Rn);
  if (width === 64) return value;
  return how === 'gt' || how === 'ge' || how === 'lt' ? o.signExtend(value, width) : o.zeroExtend(value, width);
}

function branchOn<V>(o: Operations<V>, condition: V, imm9: number): void {
  o.when(condition, () => o.branch(o.add(o.pc(), o.imm(signExtend32(imm9, 9) * 4)), 'direct'));
}

export const CBGT_register = a64({
  bits: 'sf:1 1110100 000 Rm:5 00 imm9:9 Rt:5',
  asm: 'cbgt {Rt:R}, {Rm:R}, {imm9:Label9}',
  doc: 'Branches to a label when a register is greater than another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, Rm, imm9, Rt }) => {
    const width = sf ? 64 : 32;
    branchOn(o, compare(o, operand(o, Rt, width, 'gt'), operand(o, Rm, width, 'gt'), 'gt'), imm9);
  },
});

export const CBGE_register = a64({
  bits: 'sf:1 1110100 001 Rm:5 00 imm9:9 Rt:5',
  asm: 'cbge {Rt:R}, {Rm:R}, {imm9:Label9}',
  doc: 'Branches to a label when a register is greater than or equal to another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, Rm, imm9, Rt }) => {
    const width = sf ? 64 : 32;
    branchOn(o, compare(o, operand(o, Rt, width, 'ge'), operand(o, Rm, width, 'ge'), 'ge'), imm9);
  },
});

export const CBHI_register = a64({
  bits: 'sf:1 1110100 010 Rm:5 00 imm9:9 Rt:5',
  asm: 'cbhi {Rt:R}, {Rm:R}, {imm9:Label9}',
  doc: 'Branches to a label when a register is higher (unsigned) than another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, Rm, imm9, Rt }) => {
    const width = sf ? 64 : 32;
    branchOn(o, compare(o, operand(o, Rt, width, 'hi'), operand(o, Rm, width, 'hi'), 'hi'), imm9);
  },
});

export const CBHS_register = a64({
  bits: 'sf:1 1110100 011 Rm:5 00 imm9:9 Rt:5',
  asm: 'cbhs {Rt:R}, {Rm:R}, {imm9:Label9}',
  doc: 'Branches to a label when a register is higher than or the same (unsigned) as another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, Rm, imm9, Rt }) => {
    const width = sf ? 64 : 32;
    branchOn(o, compare(o, operand(o, Rt, width, 'hs'), operand(o, Rm, width, 'hs'), 'hs'), imm9);
  },
});

export const CBEQ_register = a64({
  bits: 'sf:1 1110100 110 Rm:5 00 imm9:9 Rt:5',
  asm: 'cbeq {Rt:R}, {Rm:R}, {imm9:Label9}',
  doc: 'Branches to a label when a register equals another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, Rm, imm9, Rt }) => {
    const width = sf ? 64 : 32;
    branchOn(o, compare(o, operand(o, Rt, width, 'eq'), operand(o, Rm, width, 'eq'), 'eq'), imm9);
  },
});

export const CBNE_register = a64({
  bits: 'sf:1 1110100 111 Rm:5 00 imm9:9 Rt:5',
  asm: 'cbne {Rt:R}, {Rm:R}, {imm9:Label9}',
  doc: 'Branches to a label when a register does not equal another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, Rm, imm9, Rt }) => {
    const width = sf ? 64 : 32;
    branchOn(o, compare(o, operand(o, Rt, width, 'ne'), operand(o, Rm, width, 'ne'), 'ne'), imm9);
  },
});

export const CBLT_register = alias(CBGT_register, { asm: 'cblt {Rm:R}, {Rt:R}, {imm9:Label9}', use: 'assemble' });
export const CBLE_register = alias(CBGE_register, { asm: 'cble {Rm:R}, {Rt:R}, {imm9:Label9}', use: 'assemble' });
export const CBLO_register = alias(CBHI_register, { asm: 'cblo {Rm:R}, {Rt:R}, {imm9:Label9}', use: 'assemble' });
export const CBLS_register = alias(CBHS_register, { asm: 'cbls {Rm:R}, {Rt:R}, {imm9:Label9}', use: 'assemble' });

export const CBBGT = a64({
  bits: '01110100 000 Rm:5 10 imm9:9 Rt:5',
  asm: 'cbbgt {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low byte of a register is greater than that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 8, 'gt'), operand(o, Rm, 8, 'gt'), 'gt'), imm9),
});

export const CBBGE = a64({
  bits: '01110100 001 Rm:5 10 imm9:9 Rt:5',
  asm: 'cbbge {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low byte of a register is greater than or equal to that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 8, 'ge'), operand(o, Rm, 8, 'ge'), 'ge'), imm9),
});

export const CBBHI = a64({
  bits: '01110100 010 Rm:5 10 imm9:9 Rt:5',
  asm: 'cbbhi {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low byte of a register is higher (unsigned) than that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 8, 'hi'), operand(o, Rm, 8, 'hi'), 'hi'), imm9),
});

export const CBBHS = a64({
  bits: '01110100 011 Rm:5 10 imm9:9 Rt:5',
  asm: 'cbbhs {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low byte of a register is higher than or the same (unsigned) as that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 8, 'hs'), operand(o, Rm, 8, 'hs'), 'hs'), imm9),
});

export const CBBEQ = a64({
  bits: '01110100 110 Rm:5 10 imm9:9 Rt:5',
  asm: 'cbbeq {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low byte of a register equals that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 8, 'eq'), operand(o, Rm, 8, 'eq'), 'eq'), imm9),
});

export const CBBNE = a64({
  bits: '01110100 111 Rm:5 10 imm9:9 Rt:5',
  asm: 'cbbne {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low byte of a register does not equal that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 8, 'ne'), operand(o, Rm, 8, 'ne'), 'ne'), imm9),
});

export const CBBLT = alias(CBBGT, { asm: 'cbblt {Rm:W}, {Rt:W}, {imm9:Label9}', use: 'assemble' });
export const CBBLE = alias(CBBGE, { asm: 'cbble {Rm:W}, {Rt:W}, {imm9:Label9}', use: 'assemble' });
export const CBBLO = alias(CBBHI, { asm: 'cbblo {Rm:W}, {Rt:W}, {imm9:Label9}', use: 'assemble' });
export const CBBLS = alias(CBBHS, { asm: 'cbbls {Rm:W}, {Rt:W}, {imm9:Label9}', use: 'assemble' });

export const CBHGT = a64({
  bits: '01110100 000 Rm:5 11 imm9:9 Rt:5',
  asm: 'cbhgt {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low halfword of a register is greater than that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 16, 'gt'), operand(o, Rm, 16, 'gt'), 'gt'), imm9),
});

export const CBHGE = a64({
  bits: '01110100 001 Rm:5 11 imm9:9 Rt:5',
  asm: 'cbhge {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low halfword of a register is greater than or equal to that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 16, 'ge'), operand(o, Rm, 16, 'ge'), 'ge'), imm9),
});

export const CBHHI = a64({
  bits: '01110100 010 Rm:5 11 imm9:9 Rt:5',
  asm: 'cbhhi {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low halfword of a register is higher (unsigned) than that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 16, 'hi'), operand(o, Rm, 16, 'hi'), 'hi'), imm9),
});

export const CBHHS = a64({
  bits: '01110100 011 Rm:5 11 imm9:9 Rt:5',
  asm: 'cbhhs {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low halfword of a register is higher than or the same (unsigned) as that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 16, 'hs'), operand(o, Rm, 16, 'hs'), 'hs'), imm9),
});

export const CBHEQ = a64({
  bits: '01110100 110 Rm:5 11 imm9:9 Rt:5',
  asm: 'cbheq {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low halfword of a register equals that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 16, 'eq'), operand(o, Rm, 16, 'eq'), 'eq'), imm9),
});

export const CBHNE = a64({
  bits: '01110100 111 Rm:5 11 imm9:9 Rt:5',
  asm: 'cbhne {Rt:W}, {Rm:W}, {imm9:Label9}',
  doc: 'Branches to a label when the low halfword of a register does not equal that of another.',
  feature: 'FEAT_CMPBR',
  exec: (o, { Rm, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, 16, 'ne'), operand(o, Rm, 16, 'ne'), 'ne'), imm9),
});

export const CBHLT = alias(CBHGT, { asm: 'cbhlt {Rm:W}, {Rt:W}, {imm9:Label9}', use: 'assemble' });
export const CBHLE = alias(CBHGE, { asm: 'cbhle {Rm:W}, {Rt:W}, {imm9:Label9}', use: 'assemble' });
export const CBHLO = alias(CBHHI, { asm: 'cbhlo {Rm:W}, {Rt:W}, {imm9:Label9}', use: 'assemble' });
export const CBHLS = alias(CBHHS, { asm: 'cbhls {Rm:W}, {Rt:W}, {imm9:Label9}', use: 'assemble' });

export const CBGT_immediate = a64({
  bits: 'sf:1 1110101 000 imm6:6 0 imm9:9 Rt:5',
  asm: 'cbgt {Rt:R}, {imm6:Uimm6}, {imm9:Label9}',
  doc: 'Branches to a label when a register is greater than an immediate.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, imm6, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, sf ? 64 : 32, 'gt'), o.imm(imm6), 'gt'), imm9),
});

export const CBLT_immediate = a64({
  bits: 'sf:1 1110101 001 imm6:6 0 imm9:9 Rt:5',
  asm: 'cblt {Rt:R}, {imm6:Uimm6}, {imm9:Label9}',
  doc: 'Branches to a label when a register is less than an immediate.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, imm6, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, sf ? 64 : 32, 'lt'), o.imm(imm6), 'lt'), imm9),
});

export const CBHI_immediate = a64({
  bits: 'sf:1 1110101 010 imm6:6 0 imm9:9 Rt:5',
  asm: 'cbhi {Rt:R}, {imm6:Uimm6}, {imm9:Label9}',
  doc: 'Branches to a label when a register is higher (unsigned) than an immediate.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, imm6, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, sf ? 64 : 32, 'hi'), o.imm(imm6), 'hi'), imm9),
});

export const CBLO_immediate = a64({
  bits: 'sf:1 1110101 011 imm6:6 0 imm9:9 Rt:5',
  asm: 'cblo {Rt:R}, {imm6:Uimm6}, {imm9:Label9}',
  doc: 'Branches to a label when a register is lower (unsigned) than an immediate.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, imm6, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, sf ? 64 : 32, 'lo'), o.imm(imm6), 'lo'), imm9),
});

export const CBEQ_immediate = a64({
  bits: 'sf:1 1110101 110 imm6:6 0 imm9:9 Rt:5',
  asm: 'cbeq {Rt:R}, {imm6:Uimm6}, {imm9:Label9}',
  doc: 'Branches to a label when a register equals an immediate.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, imm6, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, sf ? 64 : 32, 'eq'), o.imm(imm6), 'eq'), imm9),
});

export const CBNE_immediate = a64({
  bits: 'sf:1 1110101 111 imm6:6 0 imm9:9 Rt:5',
  asm: 'cbne {Rt:R}, {imm6:Uimm6}, {imm9:Label9}',
  doc: 'Branches to a label when a register does not equal an immediate.',
  feature: 'FEAT_CMPBR',
  exec: (o, { sf, imm6, imm9, Rt }) => branchOn(o, compare(o, operand(o, Rt, sf ? 64 : 32, 'ne'), o.imm(imm6), 'ne'), imm9),
});

export const CBGE_immediate = alias(CBGT_immediate, { asm: 'cbge {Rt:R}, {imm6:Above6}, {imm9:Label9}', use: 'assemble' });
export const CBLE_immediate = alias(CBLT_immediate, { asm: 'cble {Rt:R}, {imm6:Below6}, {imm9:Label9}', use: 'assemble' });
export const CBHS_immediate = alias(CBHI_immediate, { asm: 'cbhs {Rt:R}, {imm6:Above6}, {imm9:Label9}', use: 'assemble' });
export const CBLS_immediate = alias(CBLO_immediate, { asm: 'cbls {Rt:R}, {imm6:Below6}, {imm9:Label9}', use: 'assemble' });
