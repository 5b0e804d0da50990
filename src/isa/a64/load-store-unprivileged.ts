// Load/store register (unprivileged), Arm ARM C4.1.94.
import { byBase, loadRegister, offsetAddress, simm9, transferSyndrome, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED } from '../access.ts';
import { a64 } from '../row.ts';

export const STTRB = a64({
  bits: '00 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'sttrb {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a byte as EL0 could.',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0),
  exec: (o, { imm9, Rn, Rt }) =>
    o.store(offsetAddress(o, Rn, simm9(imm9)), 1, o.x(Rt), byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED)),
});

export const LDTRB = a64({
  bits: '00 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'ldtrb {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a byte, zero-extended as EL0 could.',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0),
  exec: (o, { imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 0, offsetAddress(o, Rn, simm9(imm9)), 1, false, byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED)),
});

export const LDTRSB = a64({
  bits: '00 111 0 00 1 w:1 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'ldtrsb {Rt:Rw}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a byte, sign-extended as EL0 could.',
  syndrome: ({ Rt, w }) => transferSyndrome(0, 1, Rt, 1 - w),
  exec: (o, { imm9, Rn, Rt, w }) =>
    loadRegister(o, Rt, 1 - w, offsetAddress(o, Rn, simm9(imm9)), 1, true, byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED)),
});

export const STTRH = a64({
  bits: '01 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'sttrh {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a halfword as EL0 could.',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0),
  exec: (o, { imm9, Rn, Rt }) =>
    o.store(offsetAddress(o, Rn, simm9(imm9)), 2, o.x(Rt), byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED)),
});

export const LDTRH = a64({
  bits: '01 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'ldtrh {Rt:W}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a halfword, zero-extended as EL0 could.',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0),
  exec: (o, { imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 0, offsetAddress(o, Rn, simm9(imm9)), 2, false, byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED)),
});

export const LDTRSH = a64({
  bits: '01 111 0 00 1 w:1 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'ldtrsh {Rt:Rw}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a halfword, sign-extended as EL0 could.',
  syndrome: ({ Rt, w }) => transferSyndrome(1, 1, Rt, 1 - w),
  exec: (o, { imm9, Rn, Rt, w }) =>
    loadRegister(o, Rt, 1 - w, offsetAddress(o, Rn, simm9(imm9)), 2, true, byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED)),
});

export const STTR = a64({
  bits: '1 sf:1 111 0 00 00 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'sttr {Rt:R}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Stores a word or doubleword as EL0 could.',
  syndrome: ({ Rt, sf }) => transferSyndrome(2 + sf, 0, Rt, sf),
  exec: (o, { imm9, Rn, Rt, sf }) =>
    o.store(offsetAddress(o, Rn, simm9(imm9)), sf ? 8 : 4, o.x(Rt), byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED)),
});

export const LDTR = a64({
  bits: '1 sf:1 111 0 00 01 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'ldtr {Rt:R}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a word or doubleword as EL0 could.',
  syndrome: ({ Rt, sf }) => transferSyndrome(2 + sf, 0, Rt, sf),
  exec: (o, { imm9, Rn, Rt, sf }) =>
    loadRegister(
      o,
      Rt,
      sf,
      offsetAddress(o, Rn, simm9(imm9)),
      sf ? 8 : 4,
      false,
      byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED),
    ),
});

export const LDTRSW = a64({
  bits: '10 111 0 00 10 0 imm9:9 10 Rn:5 Rt:5',
  asm: 'ldtrsw {Rt:X}, [{Rn:XSP}{imm9:Unscaled}]',
  doc: 'Loads a word, sign-extended as EL0 could.',
  syndrome: ({ Rt }) => transferSyndrome(2, 1, Rt, 1),
  exec: (o, { imm9, Rn, Rt }) =>
    loadRegister(o, Rt, 1, offsetAddress(o, Rn, simm9(imm9)), 4, true, byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED)),
});
