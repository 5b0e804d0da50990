// Load/store register (unscaled immediate), Arm ARM C4.1.94.
import {
  byBase,
  loadRegister,
  loadSimd,
  offsetAddress,
  SIMD,
  SIMD_UNCHECKED,
  simm9,
  storeSimd,
  transferSyndrome,
  UNCHECKED,
} from '../access.ts';
import type { AccessBytes } from '../operations.ts';
import { a64, alias } from '../row.ts';

export const STURB = a64({
  bits: '00 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'sturb {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a byte at a base register plus an offset of -256 to 255.',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0),
  exec: (o, { imm9, Rn, Rt }) => o.store(offsetAddress(o, Rn, simm9(imm9)), 1, o.x(Rt), byBase(Rn, undefined, UNCHECKED)),
});

export const LDURB = a64({
  bits: '00 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldurb {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a byte, zero-extended at a base register plus an offset of -256 to 255.',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0),
  exec: (o, { imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 0, offsetAddress(o, Rn, simm9(imm9)), 1, false, byBase(Rn, undefined, UNCHECKED)),
});

export const LDURSB = a64({
  bits: '00 111 0 00 1 w:1 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldursb {Rt:Rw}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a byte, sign-extended at a base register plus an offset of -256 to 255.',
  syndrome: ({ Rt, w }) => transferSyndrome(0, 1, Rt, 1 - w),
  exec: (o, { imm9, Rn, Rt, w }) =>
    loadRegister(o, Rt, 1 - w, offsetAddress(o, Rn, simm9(imm9)), 1, true, byBase(Rn, undefined, UNCHECKED)),
});

export const STURH = a64({
  bits: '01 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'sturh {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a halfword at a base register plus an offset of -256 to 255.',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0),
  exec: (o, { imm9, Rn, Rt }) => o.store(offsetAddress(o, Rn, simm9(imm9)), 2, o.x(Rt), byBase(Rn, undefined, UNCHECKED)),
});

export const LDURH = a64({
  bits: '01 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldurh {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a halfword, zero-extended at a base register plus an offset of -256 to 255.',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0),
  exec: (o, { imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 0, offsetAddress(o, Rn, simm9(imm9)), 2, false, byBase(Rn, undefined, UNCHECKED)),
});

export const LDURSH = a64({
  bits: '01 111 0 00 1 w:1 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldursh {Rt:Rw}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a halfword, sign-extended at a base register plus an offset of -256 to 255.',
  syndrome: ({ Rt, w }) => transferSyndrome(1, 1, Rt, 1 - w),
  exec: (o, { imm9, Rn, Rt, w }) =>
    loadRegister(o, Rt, 1 - w, offsetAddress(o, Rn, simm9(imm9)), 2, true, byBase(Rn, undefined, UNCHECKED)),
});

export const STUR = a64({
  bits: '1 sf:1 111 0 00 00 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'stur {Rt:R}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a word or doubleword at a base register plus an offset of -256 to 255.',
  syndrome: ({ Rt, sf }) => transferSyndrome(2 + sf, 0, Rt, sf),
  exec: (o, { imm9, Rn, Rt, sf }) =>
    o.store(offsetAddress(o, Rn, simm9(imm9)), sf ? 8 : 4, o.x(Rt), byBase(Rn, undefined, UNCHECKED)),
});

export const LDUR = a64({
  bits: '1 sf:1 111 0 00 01 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldur {Rt:R}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a word or doubleword at a base register plus an offset of -256 to 255.',
  syndrome: ({ Rt, sf }) => transferSyndrome(2 + sf, 0, Rt, sf),
  exec: (o, { imm9, Rn, Rt, sf }) =>
    loadRegister(o, Rt, sf, offsetAddress(o, Rn, simm9(imm9)), sf ? 8 : 4, false, byBase(Rn, undefined, UNCHECKED)),
});

export const LDURSW = a64({
  bits: '10 111 0 00 10 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldursw {Rt:X}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a word, sign-extended at a base register plus an offset of -256 to 255.',
  syndrome: ({ Rt }) => transferSyndrome(2, 1, Rt, 1),
  exec: (o, { imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 1, offsetAddress(o, Rn, simm9(imm9)), 4, true, byBase(Rn, undefined, UNCHECKED)),
});

export const PRFUM = a64({
  bits: '11 111 0 00 10 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'prfum {Rt:Prefetch}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Hints that memory at a base register plus an offset of -256 to 255 will be used.',
  // No SP alignment check: a prefetch never faults.
  exec: (o, { imm9, Rn, Rt }) => o.prefetch(o.add(o.xsp(Rn), o.imm(simm9(imm9))), Rt),
});

export const STUR_simd = a64({
  bits: 'size:2 111 1 00 00 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'stur {Rt,size:Vsize}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a SIMD&FP register of 1 to 8 bytes.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt, size }) => {
    o.requireSimd();
    storeSimd(o, Rt, offsetAddress(o, Rn, simm9(imm9)), (1 << size) as AccessBytes, Rn === 31 ? SIMD_UNCHECKED : SIMD);
  },
});

export const LDUR_simd = a64({
  bits: 'size:2 111 1 00 01 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldur {Rt,size:Vsize}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a SIMD&FP register of 1 to 8 bytes, the rest zero.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt, size }) => {
    o.requireSimd();
    loadSimd(o, Rt, offsetAddress(o, Rn, simm9(imm9)), (1 << size) as AccessBytes, Rn === 31 ? SIMD_UNCHECKED : SIMD);
  },
});

export const STUR_Q = a64({
  bits: '00 111 1 00 10 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'stur {Rt:Q}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a 16-byte SIMD&FP register.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt }) => {
    o.requireSimd();
    storeSimd(o, Rt, offsetAddress(o, Rn, simm9(imm9)), 16, Rn === 31 ? SIMD_UNCHECKED : SIMD);
  },
});

export const LDUR_Q = a64({
  bits: '00 111 1 00 11 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldur {Rt:Q}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a 16-byte SIMD&FP register.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt }) => {
    o.requireSimd();
    loadSimd(o, Rt, offsetAddress(o, Rn, simm9(imm9)), 16, Rn === 31 ? SIMD_UNCHECKED : SIMD);
  },
});

// An offset that does not fit the scaled form makes the unscaled instruction.
export const STRB_unscaled = alias(STURB, { asm: 'strb {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const LDRB_unscaled = alias(LDURB, { asm: 'ldrb {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const LDRSB_unscaled = alias(LDURSB, { asm: 'ldrsb {Rt:Rw}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const STRH_unscaled = alias(STURH, { asm: 'strh {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const LDRH_unscaled = alias(LDURH, { asm: 'ldrh {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const LDRSH_unscaled = alias(LDURSH, { asm: 'ldrsh {Rt:Rw}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const STR_unscaled = alias(STUR, { asm: 'str {Rt:R}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const LDR_unscaled = alias(LDUR, { asm: 'ldr {Rt:R}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const LDRSW_unscaled = alias(LDURSW, { asm: 'ldrsw {Rt:X}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const PRFM_unscaled = alias(PRFUM, { asm: 'prfm {Rt:Prefetch}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const STR_simd_unscaled = alias(STUR_simd, { asm: 'str {Rt,size:Vsize}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const LDR_simd_unscaled = alias(LDUR_simd, { asm: 'ldr {Rt,size:Vsize}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const STR_Q_unscaled = alias(STUR_Q, { asm: 'str {Rt:Q}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
export const LDR_Q_unscaled = alias(LDUR_Q, { asm: 'ldr {Rt:Q}, [{Rn:XSP}{imm9:Unscaled}]', use: 'assemble' });
