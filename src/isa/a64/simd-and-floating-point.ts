// Data Processing -- Scalar Floating-Point and Advanced SIMD, Arm ARM C4.1.96, as classes: enough that an access which is trapped traps
// with the right syndrome. A class is more than its instructions: encodings in it that are unallocated are not told apart. FMOV between
// the register files stands beside them as rows, and any other instruction that gets a row of its own goes before its class by its bits.
import { a64, a64Class } from '../row.ts';

const NOT_MODELLED = 'floating-point and Advanced SIMD arithmetic is not modelled';

export const FMOV_H_toW = a64({
  bits: '0 0 0 11110 11 1 00 110 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:W}, {Rn:H}',
  doc: 'Copies a halfword from a SIMD&FP register.',
  feature: 'FEAT_FP16',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setX(Rd, 0, o.zeroExtend(o.v(Rn, 0), 16));
  },
});

export const FMOV_W_toH = a64({
  bits: '0 0 0 11110 11 1 00 111 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:H}, {Rn:W}',
  doc: 'Copies a halfword to a SIMD&FP register, the rest zero.',
  feature: 'FEAT_FP16',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setV(Rd, o.zeroExtend(o.x(Rn), 16), o.imm(0));
  },
});

export const FMOV_H_toX = a64({
  bits: '1 0 0 11110 11 1 00 110 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:X}, {Rn:H}',
  doc: 'Copies a halfword from a SIMD&FP register.',
  feature: 'FEAT_FP16',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setX(Rd, 1, o.zeroExtend(o.v(Rn, 0), 16));
  },
});

export const FMOV_X_toH = a64({
  bits: '1 0 0 11110 11 1 00 111 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:H}, {Rn:X}',
  doc: 'Copies a halfword to a SIMD&FP register, the rest zero.',
  feature: 'FEAT_FP16',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setV(Rd, o.zeroExtend(o.x(Rn), 16), o.imm(0));
  },
});

export const FMOV_S_toW = a64({
  bits: '0 0 0 11110 00 1 00 110 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:W}, {Rn:S}',
  doc: 'Copies a word from a SIMD&FP register.',
  feature: 'FEAT_FP',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setX(Rd, 0, o.zeroExtend(o.v(Rn, 0), 32));
  },
});

export const FMOV_W_toS = a64({
  bits: '0 0 0 11110 00 1 00 111 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:S}, {Rn:W}',
  doc: 'Copies a word to a SIMD&FP register, the rest zero.',
  feature: 'FEAT_FP',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setV(Rd, o.zeroExtend(o.x(Rn), 32), o.imm(0));
  },
});

export const FMOV_D_toX = a64({
  bits: '1 0 0 11110 01 1 00 110 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:X}, {Rn:D}',
  doc: 'Copies a doubleword from a SIMD&FP register.',
  feature: 'FEAT_FP',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setX(Rd, 1, o.v(Rn, 0));
  },
});

export const FMOV_X_toD = a64({
  bits: '1 0 0 11110 01 1 00 111 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:D}, {Rn:X}',
  doc: 'Copies a doubleword to a SIMD&FP register, the rest zero.',
  feature: 'FEAT_FP',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setV(Rd, o.x(Rn), o.imm(0));
  },
});

export const FMOV_high_toX = a64({
  bits: '1 0 0 11110 10 1 01 110 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:X}, {Rn:HighD}',
  doc: 'Copies the high half of a SIMD&FP register.',
  feature: 'FEAT_FP',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setX(Rd, 1, o.v(Rn, 1));
  },
});

export const FMOV_X_tohigh = a64({
  bits: '1 0 0 11110 10 1 01 111 000000 Rn:5 Rd:5',
  asm: 'fmov {Rd:HighD}, {Rn:X}',
  doc: 'Copies a register to the high half of a SIMD&FP register and keeps the low half.',
  feature: 'FEAT_FP',
  exec: (o, { Rn, Rd }) => {
    o.requireSimd();
    o.setV(Rd, o.v(Rd, 0), o.x(Rn));
  },
});

export const CryptographicAES = a64Class({
  bits: '01001110 size:2 10100 opcode:5 10 Rn:5 Rd:5',
  doc: 'Cryptographic AES.',
  feature: 'FEAT_AES',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const CryptographicThreeSHA = a64Class({
  bits: '01011110 size:2 0 Rm:5 0 opcode:3 00 Rn:5 Rd:5',
  doc: 'Cryptographic three-register SHA.',
  feature: 'FEAT_SHA1',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const CryptographicTwoSHA = a64Class({
  bits: '01011110 size:2 10100 opcode:5 10 Rn:5 Rd:5',
  doc: 'Cryptographic two-register SHA.',
  feature: 'FEAT_SHA1',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarCopy = a64Class({
  bits: '01 op:1 11110000 imm5:5 0 imm4:4 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar copy.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarThreeSameFP16 = a64Class({
  bits: '01 U:1 11110 a:1 10 Rm:5 00 opcode:3 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar three same, half precision.',
  feature: 'FEAT_FP16',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarTwoMiscFP16 = a64Class({
  bits: '01 U:1 11110 a:1 111100 opcode:5 10 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar two-register miscellaneous, half precision.',
  feature: 'FEAT_FP16',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarThreeSameExtra = a64Class({
  bits: '01 U:1 11110 size:2 0 Rm:5 1 opcode:4 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar three same, extra.',
  feature: 'FEAT_RDM',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarTwoMisc = a64Class({
  bits: '01 U:1 11110 size:2 10000 opcode:5 10 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar two-register miscellaneous.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarPairwise = a64Class({
  bits: '01 U:1 11110 size:2 11000 opcode:5 10 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar pairwise.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarThreeDifferent = a64Class({
  bits: '01 U:1 11110 size:2 1 Rm:5 opcode:4 00 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar three different.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarThreeSame = a64Class({
  bits: '01 U:1 11110 size:2 1 Rm:5 opcode:5 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar three same.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarShiftImmediate = a64Class({
  bits: '01 U:1 111110 immh:4 immb:3 opcode:5 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar shift by immediate.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const ScalarIndexed = a64Class({
  bits: '01 U:1 11111 size:2 L:1 M:1 Rm:4 opcode:4 H:1 0 Rn:5 Rd:5',
  doc: 'Advanced SIMD scalar by indexed element.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorTable = a64Class({
  bits: '0 Q:1 001110 op2:2 0 Rm:5 0 len:2 op:1 00 Rn:5 Rd:5',
  doc: 'Advanced SIMD table lookup.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorPermute = a64Class({
  bits: '0 Q:1 001110 size:2 0 Rm:5 0 opcode:3 10 Rn:5 Rd:5',
  doc: 'Advanced SIMD permute.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorExtract = a64Class({
  bits: '0 Q:1 101110 op2:2 0 Rm:5 0 imm4:4 0 Rn:5 Rd:5',
  doc: 'Advanced SIMD extract.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorCopy = a64Class({
  bits: '0 Q:1 op:1 01110000 imm5:5 0 imm4:4 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD copy.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorThreeSameFP16 = a64Class({
  bits: '0 Q:1 U:1 01110 a:1 10 Rm:5 00 opcode:3 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD three same, half precision.',
  feature: 'FEAT_FP16',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorTwoMiscFP16 = a64Class({
  bits: '0 Q:1 U:1 01110 a:1 111100 opcode:5 10 Rn:5 Rd:5',
  doc: 'Advanced SIMD two-register miscellaneous, half precision.',
  feature: 'FEAT_FP16',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorThreeSameExtra = a64Class({
  bits: '0 Q:1 U:1 01110 size:2 0 Rm:5 1 opcode:4 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD three-register extension.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorTwoMisc = a64Class({
  bits: '0 Q:1 U:1 01110 size:2 10000 opcode:5 10 Rn:5 Rd:5',
  doc: 'Advanced SIMD two-register miscellaneous.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorAcross = a64Class({
  bits: '0 Q:1 U:1 01110 size:2 11000 opcode:5 10 Rn:5 Rd:5',
  doc: 'Advanced SIMD across lanes.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorThreeDifferent = a64Class({
  bits: '0 Q:1 U:1 01110 size:2 1 Rm:5 opcode:4 00 Rn:5 Rd:5',
  doc: 'Advanced SIMD three different.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorThreeSame = a64Class({
  bits: '0 Q:1 U:1 01110 size:2 1 Rm:5 opcode:5 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD three same.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorModifiedImmediate = a64Class({
  bits: '0 Q:1 op:1 0111100000 abc:3 cmode:4 o2:1 1 defgh:5 Rd:5',
  doc: 'Advanced SIMD modified immediate.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorShiftImmediate = a64Class({
  bits: '0 Q:1 U:1 011110 immh:4 immb:3 opcode:5 1 Rn:5 Rd:5',
  doc: 'Advanced SIMD shift by immediate.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const VectorIndexed = a64Class({
  bits: '0 Q:1 U:1 01111 size:2 L:1 M:1 Rm:4 opcode:4 H:1 0 Rn:5 Rd:5',
  doc: 'Advanced SIMD vector by indexed element.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const CryptographicThreeImm2 = a64Class({
  bits: '11001110 010 Rm:5 10 imm2:2 opcode:2 Rn:5 Rd:5',
  doc: 'Cryptographic three-register, imm2.',
  feature: 'FEAT_SM3',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const CryptographicThreeSHA512 = a64Class({
  bits: '11001110 011 Rm:5 1 O:1 00 opcode:2 Rn:5 Rd:5',
  doc: 'Cryptographic three-register SHA 512.',
  feature: 'FEAT_SHA512',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const CryptographicFour = a64Class({
  bits: '11001110 0 Op0:2 Rm:5 0 Ra:5 Rn:5 Rd:5',
  doc: 'Cryptographic four-register.',
  feature: 'FEAT_SHA3',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const XAR = a64Class({
  bits: '11001110 100 Rm:5 imm6:6 Rn:5 Rd:5',
  doc: 'Exclusive OR and rotate.',
  feature: 'FEAT_SHA3',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const CryptographicTwoSHA512 = a64Class({
  bits: '11001110 11000000 1000 opcode:2 Rn:5 Rd:5',
  doc: 'Cryptographic two-register SHA 512.',
  feature: 'FEAT_SHA512',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const FloatFixed = a64Class({
  bits: 'sf:1 0 S:1 11110 ftype:2 0 rmode:2 opcode:3 scale:6 Rn:5 Rd:5',
  doc: 'Conversion between floating-point and fixed-point.',
  feature: 'FEAT_FP',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const FloatInteger = a64Class({
  bits: 'sf:1 0 S:1 11110 ftype:2 1 rmode:2 opcode:3 000000 Rn:5 Rd:5',
  doc: 'Conversion between floating-point and integer.',
  feature: 'FEAT_FP',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const FloatOneSource = a64Class({
  bits: 'M:1 0 S:1 11110 ftype:2 1 opcode:6 10000 Rn:5 Rd:5',
  doc: 'Floating-point data-processing (1 source).',
  feature: 'FEAT_FP',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const FloatCompare = a64Class({
  bits: 'M:1 0 S:1 11110 ftype:2 1 Rm:5 op:2 1000 Rn:5 opcode2:5',
  doc: 'Floating-point compare.',
  feature: 'FEAT_FP',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const FloatImmediate = a64Class({
  bits: 'M:1 0 S:1 11110 ftype:2 1 imm8:8 100 imm5:5 Rd:5',
  doc: 'Floating-point immediate.',
  feature: 'FEAT_FP',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const FloatConditionalCompare = a64Class({
  bits: 'M:1 0 S:1 11110 ftype:2 1 Rm:5 cond:4 01 Rn:5 op:1 nzcv:4',
  doc: 'Floating-point conditional compare.',
  feature: 'FEAT_FP',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const FloatTwoSource = a64Class({
  bits: 'M:1 0 S:1 11110 ftype:2 1 Rm:5 opcode:4 10 Rn:5 Rd:5',
  doc: 'Floating-point data-processing (2 source).',
  feature: 'FEAT_FP',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const FloatSelect = a64Class({
  bits: 'M:1 0 S:1 11110 ftype:2 1 Rm:5 cond:4 11 Rn:5 Rd:5',
  doc: 'Floating-point conditional select.',
  feature: 'FEAT_FP',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const FloatThreeSource = a64Class({
  bits: 'M:1 0 S:1 11111 ftype:2 o1:1 Rm:5 o0:1 Ra:5 Rn:5 Rd:5',
  doc: 'Floating-point data-processing (3 source).',
  feature: 'FEAT_FP',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});
