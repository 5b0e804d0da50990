// Data-processing (1 source), Arm ARM C4.1.95.
import { a64, alias } from '../row.ts';

export const RBIT = a64({
  bits: 'sf:1 1 0 11010110 00000 000000 Rn:5 Rd:5',
  asm: 'rbit {Rd:R}, {Rn:R}',
  doc: 'Reverses the order of the bits.',
  exec: (o, { sf, Rn, Rd }) => o.setX(Rd, sf, o.reverseBits(sf, o.x(Rn, sf))),
});

export const REV16 = a64({
  bits: 'sf:1 1 0 11010110 00000 000001 Rn:5 Rd:5',
  asm: 'rev16 {Rd:R}, {Rn:R}',
  doc: 'Reverses the order of the bytes in each halfword.',
  exec: (o, { sf, Rn, Rd }) => o.setX(Rd, sf, o.reverseBytes(sf, o.x(Rn, sf), 16)),
});

export const REV_32 = a64({
  bits: '0 1 0 11010110 00000 000010 Rn:5 Rd:5',
  asm: 'rev {Rd:W}, {Rn:W}',
  doc: 'Reverses the order of the bytes.',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 0, o.reverseBytes(0, o.x(Rn, 0), 32)),
});

export const REV32 = a64({
  bits: '1 1 0 11010110 00000 000010 Rn:5 Rd:5',
  asm: 'rev32 {Rd:X}, {Rn:X}',
  doc: 'Reverses the order of the bytes in each word.',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.reverseBytes(1, o.x(Rn), 32)),
});

export const REV = a64({
  bits: '1 1 0 11010110 00000 000011 Rn:5 Rd:5',
  asm: 'rev {Rd:X}, {Rn:X}',
  doc: 'Reverses the order of the bytes.',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.reverseBytes(1, o.x(Rn), 64)),
});

export const REV64 = alias(REV, { asm: 'rev64 {Rd:X}, {Rn:X}', use: 'assemble' });

export const CLZ = a64({
  bits: 'sf:1 1 0 11010110 00000 000100 Rn:5 Rd:5',
  asm: 'clz {Rd:R}, {Rn:R}',
  doc: 'Counts the leading zeros.',
  exec: (o, { sf, Rn, Rd }) => o.setX(Rd, sf, o.clz(sf, o.x(Rn, sf))),
});

export const CLS = a64({
  bits: 'sf:1 1 0 11010110 00000 000101 Rn:5 Rd:5',
  asm: 'cls {Rd:R}, {Rn:R}',
  doc: 'Counts the bits below the sign that are equal to it.',
  exec: (o, { sf, Rn, Rd }) => {
    // Copies of the sign below it are zeros in the value with its neighbour exclusive-ored in, less the sign itself.
    const value = o.x(Rn, sf);
    const changes = o.xor(value, o.ashr(sf, value, o.imm(1)));
    o.setX(Rd, sf, o.sub(o.clz(sf, changes), o.imm(1)));
  },
});

export const CTZ = a64({
  bits: 'sf:1 1 0 11010110 00000 000110 Rn:5 Rd:5',
  asm: 'ctz {Rd:R}, {Rn:R}',
  doc: 'Counts the trailing zeros.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, Rn, Rd }) => o.setX(Rd, sf, o.ctz(sf, o.x(Rn, sf))),
});

export const CNT = a64({
  bits: 'sf:1 1 0 11010110 00000 000111 Rn:5 Rd:5',
  asm: 'cnt {Rd:R}, {Rn:R}',
  doc: 'Counts the ones.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, Rn, Rd }) => o.setX(Rd, sf, o.popcount(sf, o.x(Rn, sf))),
});

export const ABS = a64({
  bits: 'sf:1 1 0 11010110 00000 001000 Rn:5 Rd:5',
  asm: 'abs {Rd:R}, {Rn:R}',
  doc: 'Absolute value; the most negative number stays.',
  feature: 'FEAT_CSSC',
  exec: (o, { sf, Rn, Rd }) => {
    const value = o.x(Rn, sf);
    const sign = o.ashr(sf, value, o.imm(sf ? 63 : 31));
    o.setX(Rd, sf, o.sub(o.xor(value, sign), sign));
  },
});

export const PACIA = a64({
  bits: '1 1 0 11010110 00001 000000 Rn:5 Rd:5',
  asm: 'pacia {Rd:X}, {Rn:XSP}',
  doc: 'Signs an instruction address with key A and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.addPac('IA', o.x(Rd), o.xsp(Rn))),
});

export const PACIZA = a64({
  bits: '1 1 0 11010110 00001 001000 11111 Rd:5',
  asm: 'paciza {Rd:X}',
  doc: 'Signs an instruction address with key A and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.addPac('IA', o.x(Rd), o.imm(0))),
});

export const PACIB = a64({
  bits: '1 1 0 11010110 00001 000001 Rn:5 Rd:5',
  asm: 'pacib {Rd:X}, {Rn:XSP}',
  doc: 'Signs an instruction address with key B and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.addPac('IB', o.x(Rd), o.xsp(Rn))),
});

export const PACIZB = a64({
  bits: '1 1 0 11010110 00001 001001 11111 Rd:5',
  asm: 'pacizb {Rd:X}',
  doc: 'Signs an instruction address with key B and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.addPac('IB', o.x(Rd), o.imm(0))),
});

export const PACDA = a64({
  bits: '1 1 0 11010110 00001 000010 Rn:5 Rd:5',
  asm: 'pacda {Rd:X}, {Rn:XSP}',
  doc: 'Signs a data address with key A and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.addPac('DA', o.x(Rd), o.xsp(Rn))),
});

export const PACDZA = a64({
  bits: '1 1 0 11010110 00001 001010 11111 Rd:5',
  asm: 'pacdza {Rd:X}',
  doc: 'Signs a data address with key A and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.addPac('DA', o.x(Rd), o.imm(0))),
});

export const PACDB = a64({
  bits: '1 1 0 11010110 00001 000011 Rn:5 Rd:5',
  asm: 'pacdb {Rd:X}, {Rn:XSP}',
  doc: 'Signs a data address with key B and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.addPac('DB', o.x(Rd), o.xsp(Rn))),
});

export const PACDZB = a64({
  bits: '1 1 0 11010110 00001 001011 11111 Rd:5',
  asm: 'pacdzb {Rd:X}',
  doc: 'Signs a data address with key B and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.addPac('DB', o.x(Rd), o.imm(0))),
});

export const AUTIA = a64({
  bits: '1 1 0 11010110 00001 000100 Rn:5 Rd:5',
  asm: 'autia {Rd:X}, {Rn:XSP}',
  doc: 'Authenticates an instruction address with key A and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.authenticate('IA', o.x(Rd), o.xsp(Rn), false)),
});

export const AUTIZA = a64({
  bits: '1 1 0 11010110 00001 001100 11111 Rd:5',
  asm: 'autiza {Rd:X}',
  doc: 'Authenticates an instruction address with key A and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.authenticate('IA', o.x(Rd), o.imm(0), false)),
});

export const AUTIB = a64({
  bits: '1 1 0 11010110 00001 000101 Rn:5 Rd:5',
  asm: 'autib {Rd:X}, {Rn:XSP}',
  doc: 'Authenticates an instruction address with key B and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.authenticate('IB', o.x(Rd), o.xsp(Rn), false)),
});

export const AUTIZB = a64({
  bits: '1 1 0 11010110 00001 001101 11111 Rd:5',
  asm: 'autizb {Rd:X}',
  doc: 'Authenticates an instruction address with key B and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.authenticate('IB', o.x(Rd), o.imm(0), false)),
});

export const AUTDA = a64({
  bits: '1 1 0 11010110 00001 000110 Rn:5 Rd:5',
  asm: 'autda {Rd:X}, {Rn:XSP}',
  doc: 'Authenticates a data address with key A and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.authenticate('DA', o.x(Rd), o.xsp(Rn), false)),
});

export const AUTDZA = a64({
  bits: '1 1 0 11010110 00001 001110 11111 Rd:5',
  asm: 'autdza {Rd:X}',
  doc: 'Authenticates a data address with key A and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.authenticate('DA', o.x(Rd), o.imm(0), false)),
});

export const AUTDB = a64({
  bits: '1 1 0 11010110 00001 000111 Rn:5 Rd:5',
  asm: 'autdb {Rd:X}, {Rn:XSP}',
  doc: 'Authenticates a data address with key B and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rd }) => o.setX(Rd, 1, o.authenticate('DB', o.x(Rd), o.xsp(Rn), false)),
});

export const AUTDZB = a64({
  bits: '1 1 0 11010110 00001 001111 11111 Rd:5',
  asm: 'autdzb {Rd:X}',
  doc: 'Authenticates a data address with key B and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.authenticate('DB', o.x(Rd), o.imm(0), false)),
});

export const XPACI = a64({
  bits: '1 1 0 11010110 00001 010000 11111 Rd:5',
  asm: 'xpaci {Rd:X}',
  doc: 'Removes the authentication code from an instruction address.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.stripPac(o.x(Rd), false)),
});

export const XPACD = a64({
  bits: '1 1 0 11010110 00001 010001 11111 Rd:5',
  asm: 'xpacd {Rd:X}',
  doc: 'Removes the authentication code from a data address.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rd }) => o.setX(Rd, 1, o.stripPac(o.x(Rd), true)),
});

export const PACNBIASPPC = a64({
  bits: '1 1 0 11010110 00001 100000 11111 11110',
  asm: 'pacnbiasppc',
  doc: 'Signs x30 with key A, SP and PC; no landing pad.',
  feature: 'FEAT_PAuth_LR',
  exec: (o) => o.setX(30, 1, o.addPac('IA', o.x(30), o.xsp(31), o.pc())),
});

export const PACNBIBSPPC = a64({
  bits: '1 1 0 11010110 00001 100001 11111 11110',
  asm: 'pacnbibsppc',
  doc: 'Signs x30 with key B, SP and PC; no landing pad.',
  feature: 'FEAT_PAuth_LR',
  exec: (o) => o.setX(30, 1, o.addPac('IB', o.x(30), o.xsp(31), o.pc())),
});

export const PACIA171615 = a64({
  bits: '1 1 0 11010110 00001 100010 11111 11110',
  asm: 'pacia171615',
  doc: 'Signs x17 with key A, x16 and x15.',
  feature: 'FEAT_PAuth_LR',
  exec: (o) => o.setX(17, 1, o.addPac('IA', o.x(17), o.x(16), o.x(15))),
});

export const PACIB171615 = a64({
  bits: '1 1 0 11010110 00001 100011 11111 11110',
  asm: 'pacib171615',
  doc: 'Signs x17 with key B, x16 and x15.',
  feature: 'FEAT_PAuth_LR',
  exec: (o) => o.setX(17, 1, o.addPac('IB', o.x(17), o.x(16), o.x(15))),
});

export const AUTIASPPCR = a64({
  bits: '1 1 0 11010110 00001 100100 Rn:5 11110',
  asm: 'autiasppcr {Rn:X}',
  doc: 'Authenticates x30 with key A, SP and the signing address in a register.',
  feature: 'FEAT_PAuth_LR',
  exec: (o, { Rn }) => o.setX(30, 1, o.authenticate('IA', o.x(30), o.xsp(31), false, o.x(Rn))),
});

export const AUTIBSPPCR = a64({
  bits: '1 1 0 11010110 00001 100101 Rn:5 11110',
  asm: 'autibsppcr {Rn:X}',
  doc: 'Authenticates x30 with key B, SP and the signing address in a register.',
  feature: 'FEAT_PAuth_LR',
  exec: (o, { Rn }) => o.setX(30, 1, o.authenticate('IB', o.x(30), o.xsp(31), false, o.x(Rn))),
});

export const PACIASPPC = a64({
  bits: '1 1 0 11010110 00001 101000 11111 11110',
  asm: 'paciasppc',
  doc: 'Signs x30 with key A, SP and PC.',
  feature: 'FEAT_PAuth_LR',
  landing: () => 'pac',
  exec: (o) => o.setX(30, 1, o.addPac('IA', o.x(30), o.xsp(31), o.pc())),
});

export const PACIBSPPC = a64({
  bits: '1 1 0 11010110 00001 101001 11111 11110',
  asm: 'pacibsppc',
  doc: 'Signs x30 with key B, SP and PC.',
  feature: 'FEAT_PAuth_LR',
  landing: () => 'pac',
  exec: (o) => o.setX(30, 1, o.addPac('IB', o.x(30), o.xsp(31), o.pc())),
});

export const AUTIA171615 = a64({
  bits: '1 1 0 11010110 00001 101110 11111 11110',
  asm: 'autia171615',
  doc: 'Authenticates x17 with key A, x16 and x15.',
  feature: 'FEAT_PAuth_LR',
  exec: (o) => o.setX(17, 1, o.authenticate('IA', o.x(17), o.x(16), false, o.x(15))),
});

export const AUTIB171615 = a64({
  bits: '1 1 0 11010110 00001 101111 11111 11110',
  asm: 'autib171615',
  doc: 'Authenticates x17 with key B, x16 and x15.',
  feature: 'FEAT_PAuth_LR',
  exec: (o) => o.setX(17, 1, o.authenticate('IB', o.x(17), o.x(16), false, o.x(15))),
});
