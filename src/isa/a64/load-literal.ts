// Load register (literal), Arm ARM C4.1.94.
import { signExtend32 } from '#base';
import { loadRegister, loadSimd, SIMD_UNCHECKED, transferSyndrome, UNCHECKED } from '../access.ts';
import type { AccessBytes, Operations } from '../operations.ts';
import { a64 } from '../row.ts';

const literal = <V>(o: Operations<V>, imm19: number): V => o.add(o.pc(), o.imm(signExtend32(imm19, 19) * 4));

export const LDR_literal = a64({
  bits: '0 sf:1 011 0 00 imm19:19 Rt:5',
  asm: 'ldr {Rt:R}, {imm19:Label19}',
  doc: 'Loads a word or doubleword from a label.',
  syndrome: ({ sf, Rt }) => transferSyndrome(2 + sf, 0, Rt, sf),
  exec: (o, { sf, imm19, Rt }) => loadRegister(o, Rt, sf, literal(o, imm19), sf ? 8 : 4, false, UNCHECKED),
});

export const LDRSW_literal = a64({
  bits: '10 011 0 00 imm19:19 Rt:5',
  asm: 'ldrsw {Rt:X}, {imm19:Label19}',
  doc: 'Loads a word from a label, sign-extended.',
  syndrome: ({ Rt }) => transferSyndrome(2, 1, Rt, 1),
  exec: (o, { imm19, Rt }) => loadRegister(o, Rt, 1, literal(o, imm19), 4, true, UNCHECKED),
});

export const PRFM_literal = a64({
  bits: '11 011 0 00 imm19:19 Rt:5',
  asm: 'prfm {Rt:Prefetch}, {imm19:Label19}',
  doc: 'Hints that memory at a label will be used.',
  exec: (o, { imm19, Rt }) => o.prefetch(literal(o, imm19), Rt),
});

export const LDR_simd_literal = a64({
  bits: 'opc:2 011 1 00 imm19:19 Rt:5',
  asm: 'ldr {Rt,opc:Vopc}, {imm19:Label19}',
  doc: 'Loads a SIMD&FP register of 4, 8 or 16 bytes from a label.',
  feature: 'FEAT_FP',
  allocated: ({ opc }) => opc !== 3,
  exec: (o, { opc, imm19, Rt }) => {
    o.requireSimd();
    loadSimd(o, Rt, literal(o, imm19), (4 << opc) as AccessBytes, SIMD_UNCHECKED);
  },
});
