// Data-processing (2 source), Arm ARM C4.1.95.
import { maximum, minimum } from '../min-max.ts';
import { a64, alias } from '../row.ts';

export const UDIV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 000010 Rn:5 Rd:5',
  asm: 'udiv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Divides unsigned; by zero gives zero.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.divide(sf, o.x(Rn, sf), o.x(Rm, sf), false)),
});

export const SDIV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 000011 Rn:5 Rd:5',
  asm: 'sdiv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Divides signed, rounding to zero; by zero gives zero.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.divide(sf, o.x(Rn, sf), o.x(Rm, sf), true)),
});

export const LSLV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 001000 Rn:5 Rd:5',
  asm: 'lslv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Shifts left by a register, modulo the width.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.shl(sf, o.x(Rn, sf), o.x(Rm, sf))),
});

export const LSL_register = alias(LSLV, { asm: 'lsl {Rd:R}, {Rn:R}, {Rm:R}' });

export const LSRV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 001001 Rn:5 Rd:5',
  asm: 'lsrv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Shifts right by a register, modulo the width, zeros coming in.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.lshr(sf, o.x(Rn, sf), o.x(Rm, sf))),
});

export const LSR_register = alias(LSRV, { asm: 'lsr {Rd:R}, {Rn:R}, {Rm:R}' });

export const ASRV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 001010 Rn:5 Rd:5',
  asm: 'asrv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Shifts right by a register, modulo the width, copying the sign.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.ashr(sf, o.x(Rn, sf), o.x(Rm, sf))),
});

export const ASR_register = alias(ASRV, { asm: 'asr {Rd:R}, {Rn:R}, {Rm:R}' });

export const RORV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 001011 Rn:5 Rd:5',
  asm: 'rorv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Rotates right by a register, modulo the width.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.ror(sf, o.x(Rn, sf), o.x(Rm, sf))),
});

export const ROR_register = alias(RORV, { asm: 'ror {Rd:R}, {Rn:R}, {Rm:R}' });

export const CRC32B = a64({
  bits: '0 0 0 11010110 Rm:5 010 0 00 Rn:5 Rd:5',
  asm: 'crc32b {Rd:W}, {Rn:W}, {Rm:W}',
  doc: 'CRC-32 of 1 byte after an accumulator.',
  feature: 'FEAT_CRC32',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 0, o.call('crc32', o.x(Rn, 0), o.x(Rm), o.imm(1))),
});

export const CRC32H = a64({
  bits: '0 0 0 11010110 Rm:5 010 0 01 Rn:5 Rd:5',
  asm: 'crc32h {Rd:W}, {Rn:W}, {Rm:W}',
  doc: 'CRC-32 of 2 bytes after an accumulator.',
  feature: 'FEAT_CRC32',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 0, o.call('crc32', o.x(Rn, 0), o.x(Rm), o.imm(2))),
});

export const CRC32W = a64({
  bits: '0 0 0 11010110 Rm:5 010 0 10 Rn:5 Rd:5',
  asm: 'crc32w {Rd:W}, {Rn:W}, {Rm:W}',
  doc: 'CRC-32 of 4 bytes after an accumulator.',
  feature: 'FEAT_CRC32',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 0, o.call('crc32', o.x(Rn, 0), o.x(Rm), o.imm(4))),
});

export const CRC32X = a64({
  bits: '1 0 0 11010110 Rm:5 010 0 11 Rn:5 Rd:5',
  asm: 'crc32x {Rd:W}, {Rn:W}, {Rm:X}',
  doc: 'CRC-32 of 8 bytes after an accumulator.',
  feature: 'FEAT_CRC32',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 0, o.call('crc32', o.x(Rn, 0), o.x(Rm), o.imm(8))),
});

export const CRC32CB = a64({
  bits: '0 0 0 11010110 Rm:5 010 1 00 Rn:5 Rd:5',
  asm: 'crc32cb {Rd:W}, {Rn:W}, {Rm:W}',
  doc: 'CRC-32C (Castagnoli) of 1 byte after an accumulator.',
  feature: 'FEAT_CRC32',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 0, o.call('crc32c', o.x(Rn, 0), o.x(Rm), o.imm(1))),
});

export const CRC32CH = a64({
  bits: '0 0 0 11010110 Rm:5 010 1 01 Rn:5 Rd:5',
  asm: 'crc32ch {Rd:W}, {Rn:W}, {Rm:W}',
  doc: 'CRC-32C (Castagnoli) of 2 bytes after an accumulator.',
  feature: 'FEAT_CRC32',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 0, o.call('crc32c', o.x(Rn, 0), o.x(Rm), o.imm(2))),
});

export const CRC32CW = a64({
  bits: '0 0 0 11010110 Rm:5 010 1 10 Rn:5 Rd:5',
  asm: 'crc32cw {Rd:W}, {Rn:W}, {Rm:W}',
  doc: 'CRC-32C (Castagnoli) of 4 bytes after an accumulator.',
  feature: 'FEAT_CRC32',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 0, o.call('crc32c', o.x(Rn, 0), o.x(Rm), o.imm(4))),
});

export const CRC32CX = a64({
  bits: '1 0 0 11010110 Rm:5 010 1 11 Rn:5 Rd:5',
  asm: 'crc32cx {Rd:W}, {Rn:W}, {Rm:X}',
  doc: 'CRC-32C (Castagnoli) of 8 bytes after an accumulator.',
  feature: 'FEAT_CRC32',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 0, o.call('crc32c', o.x(Rn, 0), o.x(Rm), o.imm(8))),
});

export const SMAX_register = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 0110 00 Rn:5 Rd:5',
  asm: 'smax {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Signed maximum of two registers.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, maximum(o, sf, o.x(Rn, sf), o.x(Rm, sf), true)),
});

export const UMAX_register = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 0110 01 Rn:5 Rd:5',
  asm: 'umax {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Unsigned maximum of two registers.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, maximum(o, sf, o.x(Rn, sf), o.x(Rm, sf), false)),
});

export const SMIN_register = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 0110 10 Rn:5 Rd:5',
  asm: 'smin {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Signed minimum of two registers.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, minimum(o, sf, o.x(Rn, sf), o.x(Rm, sf), true)),
});

export const UMIN_register = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 0110 11 Rn:5 Rd:5',
  asm: 'umin {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Unsigned minimum of two registers.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, minimum(o, sf, o.x(Rn, sf), o.x(Rm, sf), false)),
});

export const SUBP = a64({
  bits: '1 0 0 11010110 Rm:5 000000 Rn:5 Rd:5',
  asm: 'subp {Rd:X}, {Rn:XSP}, {Rm:XSP}',
  doc: 'Subtracts two addresses without their tags (56 bits, sign-extended).',
  feature: 'FEAT_MTE',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 1, o.sub(o.signExtend(o.xsp(Rn), 56), o.signExtend(o.xsp(Rm), 56))),
});

export const SUBPS = a64({
  bits: '1 0 1 11010110 Rm:5 000000 Rn:5 Rd:5',
  asm: 'subps {Rd:X}, {Rn:XSP}, {Rm:XSP}',
  doc: 'Subtracts two addresses without their tags and sets the flags.',
  feature: 'FEAT_MTE',
  exec: (o, { Rm, Rn, Rd }) =>
    o.setX(Rd, 1, o.addSetFlags(1, o.signExtend(o.xsp(Rn), 56), o.not(o.signExtend(o.xsp(Rm), 56)), o.imm(1))),
});

export const CMPP = alias(SUBPS, {
  asm: 'cmpp {Rn:XSP}, {Rm:XSP}',
  fix: { Rd: 31 },
  doc: 'Compares two addresses without their tags.',
});

export const IRG = a64({
  bits: '1 0 0 11010110 Rm:5 000100 Rn:5 Rd:5',
  asm: 'irg {Rd:XSP}, {Rn:XSP}{Rm:CommaX}',
  doc: 'Gives an address a random logical tag, excluding those that a register and GCR_EL1 name.',
  feature: 'FEAT_MTE',
  exec: (o, { Rm, Rn, Rd }) => {
    const tag = o.randomTag(o.or(o.zeroExtend(o.x(Rm), 16), o.excludedTags()));
    o.setXSP(Rd, 1, o.or(o.and(o.xsp(Rn), o.imm(~(0xfn << 56n))), o.shl(1, tag, o.imm(56))));
  },
});

export const GMI = a64({
  bits: '1 0 0 11010110 Rm:5 000101 Rn:5 Rd:5',
  asm: 'gmi {Rd:X}, {Rn:XSP}, {Rm:X}',
  doc: 'Adds the logical tag of an address to a mask of excluded tags.',
  feature: 'FEAT_MTE',
  exec: (o, { Rm, Rn, Rd }) => {
    const tag = o.and(o.lshr(1, o.xsp(Rn), o.imm(56)), o.imm(15));
    o.setX(Rd, 1, o.or(o.x(Rm), o.shl(1, o.imm(1), tag)));
  },
});

export const PACGA = a64({
  bits: '1 0 0 11010110 Rm:5 001100 Rn:5 Rd:5',
  asm: 'pacga {Rd:X}, {Rn:X}, {Rm:XSP}',
  doc: 'Computes a 32-bit authentication code of a register and a modifier with the generic key.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 1, o.genericPac(o.x(Rn), o.xsp(Rm))),
});
