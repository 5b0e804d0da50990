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
