// Load/store register (unsigned immediate), Arm ARM C4.1.94.
import {
  byBase,
  loadRegister,
  loadSimd,
  offsetAddress,
  SIMD,
  SIMD_UNCHECKED,
  storeSimd,
  transferSyndrome,
  UNCHECKED,
} from '../access.ts';
import type { AccessBytes } from '../operations.ts';
import { a64 } from '../row.ts';

export const STRB_unsigned = a64({
  bits: '00 111 0 01 00 imm12:12 Rn:5 Rt:5',
  asm: 'strb {Rt:W}, [{Rn:XSP}{imm12:Offset1}]',
  doc: 'Stores a byte at a base register plus a scaled offset.',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0),
  exec: (o, { imm12, Rn, Rt }) => o.store(offsetAddress(o, Rn, imm12), 1, o.x(Rt), byBase(Rn, undefined, UNCHECKED)),
});

export const LDRB_unsigned = a64({
  bits: '00 111 0 01 01 imm12:12 Rn:5 Rt:5',
  asm: 'ldrb {Rt:W}, [{Rn:XSP}{imm12:Offset1}]',
  doc: 'Loads a byte, zero-extended at a base register plus a scaled offset.',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0),
  exec: (o, { imm12, Rn, Rt }) => loadRegister(o, Rt, 0, offsetAddress(o, Rn, imm12), 1, false, byBase(Rn, undefined, UNCHECKED)),
});

export const LDRSB_unsigned = a64({
  bits: '00 111 0 01 1 w:1 imm12:12 Rn:5 Rt:5',
  asm: 'ldrsb {Rt:Rw}, [{Rn:XSP}{imm12:Offset1}]',
  doc: 'Loads a byte, sign-extended at a base register plus a scaled offset.',
  syndrome: ({ Rt, w }) => transferSyndrome(0, 1, Rt, 1 - w),
  exec: (o, { imm12, Rn, Rt, w }) =>
    loadRegister(o, Rt, 1 - w, offsetAddress(o, Rn, imm12), 1, true, byBase(Rn, undefined, UNCHECKED)),
});

export const STRH_unsigned = a64({
  bits: '01 111 0 01 00 imm12:12 Rn:5 Rt:5',
  asm: 'strh {Rt:W}, [{Rn:XSP}{imm12:Offset2}]',
  doc: 'Stores a halfword at a base register plus a scaled offset.',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0),
  exec: (o, { imm12, Rn, Rt }) => o.store(offsetAddress(o, Rn, imm12 * 2), 2, o.x(Rt), byBase(Rn, undefined, UNCHECKED)),
});

export const LDRH_unsigned = a64({
  bits: '01 111 0 01 01 imm12:12 Rn:5 Rt:5',
  asm: 'ldrh {Rt:W}, [{Rn:XSP}{imm12:Offset2}]',
  doc: 'Loads a halfword, zero-extended at a base register plus a scaled offset.',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0),
  exec: (o, { imm12, Rn, Rt }) =>
    loadRegister(o, Rt, 0, offsetAddress(o, Rn, imm12 * 2), 2, false, byBase(Rn, undefined, UNCHECKED)),
});

export const LDRSH_unsigned = a64({
  bits: '01 111 0 01 1 w:1 imm12:12 Rn:5 Rt:5',
  asm: 'ldrsh {Rt:Rw}, [{Rn:XSP}{imm12:Offset2}]',
  doc: 'Loads a halfword, sign-extended at a base register plus a scaled offset.',
  syndrome: ({ Rt, w }) => transferSyndrome(1, 1, Rt, 1 - w),
  exec: (o, { imm12, Rn, Rt, w }) =>
    loadRegister(o, Rt, 1 - w, offsetAddress(o, Rn, imm12 * 2), 2, true, byBase(Rn, undefined, UNCHECKED)),
});

export const STR_unsigned = a64({
  bits: '1 sf:1 111 0 01 00 imm12:12 Rn:5 Rt:5',
  asm: 'str {Rt:R}, [{Rn:XSP}{imm12:OffsetSf}]',
  doc: 'Stores a word or doubleword at a base register plus a scaled offset.',
  syndrome: ({ Rt, sf }) => transferSyndrome(2 + sf, 0, Rt, sf),
  exec: (o, { imm12, Rn, Rt, sf }) =>
    o.store(offsetAddress(o, Rn, imm12 * (sf ? 8 : 4)), sf ? 8 : 4, o.x(Rt), byBase(Rn, undefined, UNCHECKED)),
});

export const LDR_unsigned = a64({
  bits: '1 sf:1 111 0 01 01 imm12:12 Rn:5 Rt:5',
  asm: 'ldr {Rt:R}, [{Rn:XSP}{imm12:OffsetSf}]',
  doc: 'Loads a word or doubleword at a base register plus a scaled offset.',
  syndrome: ({ Rt, sf }) => transferSyndrome(2 + sf, 0, Rt, sf),
  exec: (o, { imm12, Rn, Rt, sf }) =>
    loadRegister(o, Rt, sf, offsetAddress(o, Rn, imm12 * (sf ? 8 : 4)), sf ? 8 : 4, false, byBase(Rn, undefined, UNCHECKED)),
});

export const LDRSW_unsigned = a64({
  bits: '10 111 0 01 10 imm12:12 Rn:5 Rt:5',
  asm: 'ldrsw {Rt:X}, [{Rn:XSP}{imm12:Offset4}]',
  doc: 'Loads a word, sign-extended at a base register plus a scaled offset.',
  syndrome: ({ Rt }) => transferSyndrome(2, 1, Rt, 1),
  exec: (o, { imm12, Rn, Rt }) =>
    loadRegister(o, Rt, 1, offsetAddress(o, Rn, imm12 * 4), 4, true, byBase(Rn, undefined, UNCHECKED)),
});

export const PRFM_unsigned = a64({
  bits: '11 111 0 01 10 imm12:12 Rn:5 Rt:5',
  asm: 'prfm {Rt:Prefetch}, [{Rn:XSP}{imm12:Offset8}]',
  doc: 'Hints that memory at a base register plus a scaled offset will be used.',
  // No SP alignment check: a prefetch never faults.
  exec: (o, { imm12, Rn, Rt }) => o.prefetch(o.add(o.xsp(Rn), o.imm(imm12 * 8)), Rt),
});

export const STR_simd_unsigned = a64({
  bits: 'size:2 111 1 01 00 imm12:12 Rn:5 Rt:5',
  asm: 'str {Rt,size:Vsize}, [{Rn:XSP}{imm12:OffsetSize}]',
  doc: 'Stores a SIMD&FP register of 1 to 8 bytes.',
  feature: 'FEAT_FP',
  exec: (o, { imm12, Rn, Rt, size }) => {
    o.requireSimd();
    storeSimd(o, Rt, offsetAddress(o, Rn, imm12 << size), (1 << size) as AccessBytes, Rn === 31 ? SIMD_UNCHECKED : SIMD);
  },
});

export const LDR_simd_unsigned = a64({
  bits: 'size:2 111 1 01 01 imm12:12 Rn:5 Rt:5',
  asm: 'ldr {Rt,size:Vsize}, [{Rn:XSP}{imm12:OffsetSize}]',
  doc: 'Loads a SIMD&FP register of 1 to 8 bytes, the rest zero.',
  feature: 'FEAT_FP',
  exec: (o, { imm12, Rn, Rt, size }) => {
    o.requireSimd();
    loadSimd(o, Rt, offsetAddress(o, Rn, imm12 << size), (1 << size) as AccessBytes, Rn === 31 ? SIMD_UNCHECKED : SIMD);
  },
});

export const STR_Q_unsigned = a64({
  bits: '00 111 1 01 10 imm12:12 Rn:5 Rt:5',
  asm: 'str {Rt:Q}, [{Rn:XSP}{imm12:Offset16}]',
  doc: 'Stores a 16-byte SIMD&FP register.',
  feature: 'FEAT_FP',
  exec: (o, { imm12, Rn, Rt }) => {
    o.requireSimd();
    storeSimd(o, Rt, offsetAddress(o, Rn, imm12 * 16), 16, Rn === 31 ? SIMD_UNCHECKED : SIMD);
  },
});

export const LDR_Q_unsigned = a64({
  bits: '00 111 1 01 11 imm12:12 Rn:5 Rt:5',
  asm: 'ldr {Rt:Q}, [{Rn:XSP}{imm12:Offset16}]',
  doc: 'Loads a 16-byte SIMD&FP register.',
  feature: 'FEAT_FP',
  exec: (o, { imm12, Rn, Rt }) => {
    o.requireSimd();
    loadSimd(o, Rt, offsetAddress(o, Rn, imm12 * 16), 16, Rn === 31 ? SIMD_UNCHECKED : SIMD);
  },
});
