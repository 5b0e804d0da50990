// Load/store memory tags, Arm ARM C4.1.94.
import { offsetAddress, simm9 } from '../access.ts';
import type { Operations } from '../operations.ts';
import { a64 } from '../row.ts';

interface TagFields {
  readonly imm9: number;
  readonly Rn: number;
  readonly Rt: number;
}

type Form = 'post' | 'offset' | 'pre';

/** STG and its kin: the tag of the second register to one or two granules, which are zeroed as well by STZG. */
function storeTags<V>(o: Operations<V>, f: TagFields, granules: 1 | 2, zero: boolean, form: Form): void {
  const tag = o.and(o.lshr(1, o.xsp(f.Rt), o.imm(56)), o.imm(15));
  const base = o.base(f.Rn);
  const moved = o.add(base, o.imm(simm9(f.imm9) * 16));
  o.storeTag(form === 'post' ? base : moved, tag, granules, zero);
  if (form !== 'offset') o.setXSP(f.Rn, 1, moved);
}

export const STG_post = a64({
  bits: '11011001 00 1 imm9:9 01 Rn:5 Rt:5',
  asm: 'stg {Rt:XSP}, [{Rn:XSP}], {imm9:TagStep}',
  doc: 'Stores the tag of a granule, then steps the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 1, false, 'post'),
});

export const STG_offset = a64({
  bits: '11011001 00 1 imm9:9 10 Rn:5 Rt:5',
  asm: 'stg {Rt:XSP}, [{Rn:XSP}{imm9:TagOffset}]',
  doc: 'Stores the tag of a granule.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 1, false, 'offset'),
});

export const STG_pre = a64({
  bits: '11011001 00 1 imm9:9 11 Rn:5 Rt:5',
  asm: 'stg {Rt:XSP}, [{Rn:XSP}, {imm9:TagStep}]!',
  doc: 'Stores the tag of a granule after stepping the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 1, false, 'pre'),
});

export const STZG_post = a64({
  bits: '11011001 01 1 imm9:9 01 Rn:5 Rt:5',
  asm: 'stzg {Rt:XSP}, [{Rn:XSP}], {imm9:TagStep}',
  doc: 'Stores the tag of a granule and zeroes it, then steps the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 1, true, 'post'),
});

export const STZG_offset = a64({
  bits: '11011001 01 1 imm9:9 10 Rn:5 Rt:5',
  asm: 'stzg {Rt:XSP}, [{Rn:XSP}{imm9:TagOffset}]',
  doc: 'Stores the tag of a granule and zeroes it.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 1, true, 'offset'),
});

export const STZG_pre = a64({
  bits: '11011001 01 1 imm9:9 11 Rn:5 Rt:5',
  asm: 'stzg {Rt:XSP}, [{Rn:XSP}, {imm9:TagStep}]!',
  doc: 'Stores the tag of a granule and zeroes it after stepping the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 1, true, 'pre'),
});

export const ST2G_post = a64({
  bits: '11011001 10 1 imm9:9 01 Rn:5 Rt:5',
  asm: 'st2g {Rt:XSP}, [{Rn:XSP}], {imm9:TagStep}',
  doc: 'Stores the tag of two granules, then steps the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 2, false, 'post'),
});

export const ST2G_offset = a64({
  bits: '11011001 10 1 imm9:9 10 Rn:5 Rt:5',
  asm: 'st2g {Rt:XSP}, [{Rn:XSP}{imm9:TagOffset}]',
  doc: 'Stores the tag of two granules.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 2, false, 'offset'),
});

export const ST2G_pre = a64({
  bits: '11011001 10 1 imm9:9 11 Rn:5 Rt:5',
  asm: 'st2g {Rt:XSP}, [{Rn:XSP}, {imm9:TagStep}]!',
  doc: 'Stores the tag of two granules after stepping the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 2, false, 'pre'),
});

export const STZ2G_post = a64({
  bits: '11011001 11 1 imm9:9 01 Rn:5 Rt:5',
  asm: 'stz2g {Rt:XSP}, [{Rn:XSP}], {imm9:TagStep}',
  doc: 'Stores the tag of two granules and zeroes them, then steps the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 2, true, 'post'),
});

export const STZ2G_offset = a64({
  bits: '11011001 11 1 imm9:9 10 Rn:5 Rt:5',
  asm: 'stz2g {Rt:XSP}, [{Rn:XSP}{imm9:TagOffset}]',
  doc: 'Stores the tag of two granules and zeroes them.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 2, true, 'offset'),
});

export const STZ2G_pre = a64({
  bits: '11011001 11 1 imm9:9 11 Rn:5 Rt:5',
  asm: 'stz2g {Rt:XSP}, [{Rn:XSP}, {imm9:TagStep}]!',
  doc: 'Stores the tag of two granules and zeroes them after stepping the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTags(o, f, 2, true, 'pre'),
});

export const LDG = a64({
  bits: '11011001 01 1 imm9:9 00 Rn:5 Rt:5',
  asm: 'ldg {Rt:X}, [{Rn:XSP}{imm9:TagOffset}]',
  doc: 'Loads the tag of a granule into the tag bits of a register.',
  feature: 'FEAT_MTE',
  exec: (o, { imm9, Rn, Rt }) => {
    const tag = o.loadTag(offsetAddress(o, Rn, simm9(imm9) * 16));
    o.setX(Rt, 1, o.or(o.and(o.x(Rt), o.imm(~(0xfn << 56n))), o.shl(1, tag, o.imm(56))));
  },
});

export const STZGM = a64({
  bits: '11011001 00 1 000000000 00 Rn:5 Rt:5',
  asm: 'stzgm {Rt:X}, [{Rn:Base}]',
  doc: 'Stores one tag to a block and zeroes it. UNDEFINED at EL0.',
  feature: 'FEAT_MTE2',
  exec: (o, { Rn, Rt }) => o.storeTagBlock(Rn, o.x(Rt), true),
});

export const STGM = a64({
  bits: '11011001 10 1 000000000 00 Rn:5 Rt:5',
  asm: 'stgm {Rt:X}, [{Rn:Base}]',
  doc: 'Stores the tags of a block. UNDEFINED at EL0.',
  feature: 'FEAT_MTE2',
  exec: (o, { Rn, Rt }) => o.storeTagBlock(Rn, o.x(Rt), false),
});

export const LDGM = a64({
  bits: '11011001 11 1 000000000 00 Rn:5 Rt:5',
  asm: 'ldgm {Rt:X}, [{Rn:Base}]',
  doc: 'Loads the tags of a block. UNDEFINED at EL0.',
  feature: 'FEAT_MTE2',
  exec: (o, { Rn, Rt }) => o.setX(Rt, 1, o.loadTagBlock(Rn)),
});
