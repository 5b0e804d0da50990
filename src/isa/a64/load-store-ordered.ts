// Load/store ordered, Arm ARM C4.1.94. Should-be bits of LDAR that are wrong make it UNDEFINED here, which is one of the permitted choices
// and what objdump says (but for the first of LDARB and LDAR); those of the others are not looked at.
import { byBase, loadRegister, ORDERED, ORDERED_UNCHECKED, transferSyndrome } from '../access.ts';
import { a64 } from '../row.ts';

export const STLLRB = a64({
  bits: '00 001000 1 0 0 (11111) 0 (11111) Rn:5 Rt:5',
  asm: 'stllrb {Rt:W}, [{Rn:Base}]',
  doc: 'Stores a byte with release to limited ordering regions.',
  feature: 'FEAT_LOR',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => o.store(o.base(Rn), 1, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const STLRB = a64({
  bits: '00 001000 1 0 0 (11111) 1 (11111) Rn:5 Rt:5',
  asm: 'stlrb {Rt:W}, [{Rn:Base}]',
  doc: 'Stores a byte with release.',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => o.store(o.base(Rn), 1, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDLARB = a64({
  bits: '00 001000 1 1 0 (11111) 0 (11111) Rn:5 Rt:5',
  asm: 'ldlarb {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a byte with acquire from limited ordering regions.',
  feature: 'FEAT_LOR',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => loadRegister(o, Rt, 0, o.base(Rn), 1, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDARB = a64({
  bits: '00 001000 1 1 0 (1) 1111 1 11111 Rn:5 Rt:5',
  asm: 'ldarb {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a byte with acquire.',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => loadRegister(o, Rt, 0, o.base(Rn), 1, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const STLLRH = a64({
  bits: '01 001000 1 0 0 (11111) 0 (11111) Rn:5 Rt:5',
  asm: 'stllrh {Rt:W}, [{Rn:Base}]',
  doc: 'Stores a halfword with release to limited ordering regions.',
  feature: 'FEAT_LOR',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => o.store(o.base(Rn), 2, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const STLRH = a64({
  bits: '01 001000 1 0 0 (11111) 1 (11111) Rn:5 Rt:5',
  asm: 'stlrh {Rt:W}, [{Rn:Base}]',
  doc: 'Stores a halfword with release.',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => o.store(o.base(Rn), 2, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDLARH = a64({
  bits: '01 001000 1 1 0 (11111) 0 (11111) Rn:5 Rt:5',
  asm: 'ldlarh {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a halfword with acquire from limited ordering regions.',
  feature: 'FEAT_LOR',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => loadRegister(o, Rt, 0, o.base(Rn), 2, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDARH = a64({
  bits: '01 001000 1 1 0 11111 1 11111 Rn:5 Rt:5',
  asm: 'ldarh {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a halfword with acquire.',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => loadRegister(o, Rt, 0, o.base(Rn), 2, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const STLLR = a64({
  bits: '1 sf:1 001000 1 0 0 (11111) 0 (11111) Rn:5 Rt:5',
  asm: 'stllr {Rt:R}, [{Rn:Base}]',
  doc: 'Stores a word or doubleword with release to limited ordering regions.',
  feature: 'FEAT_LOR',
  syndrome: ({ sf, Rt }) => transferSyndrome(2 + sf, 0, Rt, sf, 1),
  exec: (o, { sf, Rn, Rt }) => o.store(o.base(Rn), sf ? 8 : 4, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const STLR = a64({
  bits: '1 sf:1 001000 1 0 0 (11111) 1 (11111) Rn:5 Rt:5',
  asm: 'stlr {Rt:R}, [{Rn:Base}]',
  doc: 'Stores a word or doubleword with release.',
  syndrome: ({ sf, Rt }) => transferSyndrome(2 + sf, 0, Rt, sf, 1),
  exec: (o, { sf, Rn, Rt }) => o.store(o.base(Rn), sf ? 8 : 4, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDLAR = a64({
  bits: '1 sf:1 001000 1 1 0 (11111) 0 (11111) Rn:5 Rt:5',
  asm: 'ldlar {Rt:R}, [{Rn:Base}]',
  doc: 'Loads a word or doubleword with acquire from limited ordering regions.',
  feature: 'FEAT_LOR',
  syndrome: ({ sf, Rt }) => transferSyndrome(2 + sf, 0, Rt, sf, 1),
  exec: (o, { sf, Rn, Rt }) => loadRegister(o, Rt, sf, o.base(Rn), sf ? 8 : 4, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDAR = a64({
  bits: '1 sf:1 001000 1 1 0 (1) 1111 1 11111 Rn:5 Rt:5',
  asm: 'ldar {Rt:R}, [{Rn:Base}]',
  doc: 'Loads a word or doubleword with acquire.',
  syndrome: ({ sf, Rt }) => transferSyndrome(2 + sf, 0, Rt, sf, 1),
  exec: (o, { sf, Rn, Rt }) => loadRegister(o, Rt, sf, o.base(Rn), sf ? 8 : 4, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});
