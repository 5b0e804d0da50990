// LDAPR/STLR (unscaled immediate) of general and SIMD&FP registers, Arm ARM C4.1.94.
import {
  byBase,
  loadRegister,
  loadSimd,
  ORDERED,
  ORDERED_UNCHECKED,
  offsetAddress,
  SIMD_ORDERED,
  SIMD_ORDERED_UNCHECKED,
  simm9,
  storeSimd,
  transferSyndrome,
} from '../access.ts';
import type { AccessBytes } from '../operations.ts';
import { a64 } from '../row.ts';

export const STLURB = a64({
  bits: '00 011001 00 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'stlurb {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a byte with release.',
  feature: 'FEAT_LRCPC2',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0, 1),
  exec: (o, { imm9, Rn, Rt }) => o.store(offsetAddress(o, Rn, simm9(imm9)), 1, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDAPURB = a64({
  bits: '00 011001 01 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldapurb {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a byte with acquire (RCpc).',
  feature: 'FEAT_LRCPC2',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0, 1),
  exec: (o, { imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 0, offsetAddress(o, Rn, simm9(imm9)), 1, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDAPURSB = a64({
  bits: '00 011001 1 w:1 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldapursb {Rt:Rw}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a byte with acquire (RCpc), sign-extended.',
  feature: 'FEAT_LRCPC2',
  syndrome: ({ w, Rt }) => transferSyndrome(0, 1, Rt, 1 - w, 1),
  exec: (o, { w, imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 1 - w, offsetAddress(o, Rn, simm9(imm9)), 1, true, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const STLURH = a64({
  bits: '01 011001 00 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'stlurh {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a halfword with release.',
  feature: 'FEAT_LRCPC2',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0, 1),
  exec: (o, { imm9, Rn, Rt }) => o.store(offsetAddress(o, Rn, simm9(imm9)), 2, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDAPURH = a64({
  bits: '01 011001 01 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldapurh {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a halfword with acquire (RCpc).',
  feature: 'FEAT_LRCPC2',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0, 1),
  exec: (o, { imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 0, offsetAddress(o, Rn, simm9(imm9)), 2, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDAPURSH = a64({
  bits: '01 011001 1 w:1 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldapursh {Rt:Rw}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a halfword with acquire (RCpc), sign-extended.',
  feature: 'FEAT_LRCPC2',
  syndrome: ({ w, Rt }) => transferSyndrome(1, 1, Rt, 1 - w, 1),
  exec: (o, { w, imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 1 - w, offsetAddress(o, Rn, simm9(imm9)), 2, true, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const STLUR = a64({
  bits: '1 sf:1 011001 00 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'stlur {Rt:R}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a word or doubleword with release.',
  feature: 'FEAT_LRCPC2',
  syndrome: ({ sf, Rt }) => transferSyndrome(2 + sf, 0, Rt, sf, 1),
  exec: (o, { sf, imm9, Rn, Rt }) =>
    o.store(offsetAddress(o, Rn, simm9(imm9)), sf ? 8 : 4, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDAPUR = a64({
  bits: '1 sf:1 011001 01 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldapur {Rt:R}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a word or doubleword with acquire (RCpc).',
  feature: 'FEAT_LRCPC2',
  syndrome: ({ sf, Rt }) => transferSyndrome(2 + sf, 0, Rt, sf, 1),
  exec: (o, { sf, imm9, Rn, Rt }) =>
    loadRegister(o, Rt, sf, offsetAddress(o, Rn, simm9(imm9)), sf ? 8 : 4, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDAPURSW = a64({
  bits: '10 011001 10 0 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldapursw {Rt:X}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a word with acquire (RCpc), sign-extended.',
  feature: 'FEAT_LRCPC2',
  syndrome: ({ Rt }) => transferSyndrome(2, 1, Rt, 1, 1),
  exec: (o, { imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 1, offsetAddress(o, Rn, simm9(imm9)), 4, true, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const STLUR_simd = a64({
  bits: 'size:2 011101 00 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'stlur {Rt,size:Vsize}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a SIMD&FP register with release.',
  feature: 'FEAT_LRCPC3',
  exec: (o, { size, imm9, Rn, Rt }) => {
    o.requireSimd();
    storeSimd(
      o,
      Rt,
      offsetAddress(o, Rn, simm9(imm9)),
      (1 << size) as AccessBytes,
      Rn === 31 ? SIMD_ORDERED_UNCHECKED : SIMD_ORDERED,
    );
  },
});

export const LDAPUR_simd = a64({
  bits: 'size:2 011101 01 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'ldapur {Rt,size:Vsize}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a SIMD&FP register with acquire (RCpc).',
  feature: 'FEAT_LRCPC3',
  exec: (o, { size, imm9, Rn, Rt }) => {
    o.requireSimd();
    loadSimd(
      o,
      Rt,
      offsetAddress(o, Rn, simm9(imm9)),
      (1 << size) as AccessBytes,
      Rn === 31 ? SIMD_ORDERED_UNCHECKED : SIMD_ORDERED,
    );
  },
});

export const STLUR_Q = a64({
  bits: '00 011101 10 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'stlur {Rt:Q}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a SIMD&FP register with release.',
  feature: 'FEAT_LRCPC3',
  exec: (o, { imm9, Rn, Rt }) => {
    o.requireSimd();
    storeSimd(o, Rt, offsetAddress(o, Rn, simm9(imm9)), 16, Rn === 31 ? SIMD_ORDERED_UNCHECKED : SIMD_ORDERED);
  },
});

export const LDAPUR_Q = a64({
  bits: '00 011101 11 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'ldapur {Rt:Q}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a SIMD&FP register with acquire (RCpc).',
  feature: 'FEAT_LRCPC3',
  exec: (o, { imm9, Rn, Rt }) => {
    o.requireSimd();
    loadSimd(o, Rt, offsetAddress(o, Rn, simm9(imm9)), 16, Rn === 31 ? SIMD_ORDERED_UNCHECKED : SIMD_ORDERED);
  },
});
