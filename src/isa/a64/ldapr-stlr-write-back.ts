// LDAPR/STLR (write-back) and LDIAPP/STILP, Arm ARM C4.1.94.
import { byBase, ORDERED, ORDERED_PAIR, ORDERED_PAIR_UNCHECKED } from '../access.ts';
import {
  PAIR_LOAD,
  PAIR_WRITE_BACK_LOAD,
  PAIR_WRITE_BACK_STORE,
  WRITE_BACK_LOAD,
  WRITE_BACK_STORE,
} from '../constrained-unpredictable.ts';
import type { AccessType, Operations } from '../operations.ts';
import { a64 } from '../row.ts';

interface PairFields {
  readonly sf: number;
  readonly Rt: number;
  readonly Rt2: number;
}

export const STLR_pre = a64({
  bits: '1 sf:1 011001 10 0 00000 0000 10 Rn:5 Rt:5',
  asm: 'stlr {Rt:R}, [{Rn:XSP}, {sf:MinusSize}]!',
  doc: 'Stores a word or doubleword with release below the base register, which is stepped.',
  feature: 'FEAT_LRCPC3',
  unpredictable: [WRITE_BACK_STORE],
  exec: (o, { sf, Rn, Rt }) => {
    const address = o.sub(o.base(Rn), o.imm(sf ? 8 : 4));
    o.store(address, sf ? 8 : 4, o.x(Rt), ORDERED);
    o.setXSP(Rn, 1, address);
  },
});

export const LDAPR_post = a64({
  bits: '1 sf:1 011001 11 0 00000 0000 10 Rn:5 Rt:5',
  asm: 'ldapr {Rt:R}, [{Rn:XSP}], {sf:PlusSize}',
  doc: 'Loads a word or doubleword with acquire (RCpc) and steps the base register over it.',
  feature: 'FEAT_LRCPC3',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { sf, Rn, Rt }) => {
    const base = o.base(Rn);
    const data = o.load(base, sf ? 8 : 4, ORDERED);
    o.setX(Rt, sf, data);
    o.setXSP(Rn, 1, o.add(base, o.imm(sf ? 8 : 4)));
  },
});

const FIRST_HALF = [8, 16].map((whole) => ({
  checked: { ...ORDERED_PAIR, whole } as AccessType,
  unchecked: { ...ORDERED_PAIR_UNCHECKED, whole } as AccessType,
}));

/** The type of the first half's access: it asks for the alignment of both, so that neither is made where they fault (Mem, J1.1.3). */
function firstHalf(sf: number, type: AccessType): AccessType {
  const types = FIRST_HALF[sf] as (typeof FIRST_HALF)[number];
  return type.tagUnchecked ? types.unchecked : types.checked;
}

function storePair<V>(o: Operations<V>, f: PairFields, address: V, type: AccessType = ORDERED_PAIR): void {
  const bytes = f.sf ? 8 : 4;
  o.store(address, bytes, o.x(f.Rt), firstHalf(f.sf, type));
  o.store(o.add(address, o.imm(bytes)), bytes, o.x(f.Rt2), type);
}

function loadPair<V>(o: Operations<V>, f: PairFields, address: V, type: AccessType = ORDERED_PAIR): void {
  const bytes = f.sf ? 8 : 4;
  const first = o.load(address, bytes, firstHalf(f.sf, type));
  const second = o.load(o.add(address, o.imm(bytes)), bytes, type);
  o.setX(f.Rt2, f.sf, second);
  o.setX(f.Rt, f.sf, first);
}

/** Without write-back, accesses through SP are not tag-checked. */
const unstepped = (Rn: number): AccessType | undefined => byBase(Rn, ORDERED_PAIR, ORDERED_PAIR_UNCHECKED);

export const STILP_pre = a64({
  bits: '1 sf:1 011001 00 0 Rt2:5 0000 10 Rn:5 Rt:5',
  asm: 'stilp {Rt:R}, {Rt2:R}, [{Rn:XSP}, {sf:MinusPair}]!',
  doc: 'Stores a pair with release, in order, below the base register, which is stepped.',
  feature: 'FEAT_LRCPC3',
  unpredictable: [PAIR_WRITE_BACK_STORE],
  exec: (o, f) => {
    const address = o.sub(o.base(f.Rn), o.imm(f.sf ? 16 : 8));
    storePair(o, f, address);
    o.setXSP(f.Rn, 1, address);
  },
});

export const STILP = a64({
  bits: '1 sf:1 011001 00 0 Rt2:5 0001 10 Rn:5 Rt:5',
  asm: 'stilp {Rt:R}, {Rt2:R}, [{Rn:Base}]',
  doc: 'Stores a pair with release, in order.',
  feature: 'FEAT_LRCPC3',
  exec: (o, f) => storePair(o, f, o.base(f.Rn), unstepped(f.Rn)),
});

export const LDIAPP_post = a64({
  bits: '1 sf:1 011001 01 0 Rt2:5 0000 10 Rn:5 Rt:5',
  asm: 'ldiapp {Rt:R}, {Rt2:R}, [{Rn:XSP}], {sf:PlusPair}',
  doc: 'Loads a pair with acquire (RCpc), in order, and steps the base register over it.',
  feature: 'FEAT_LRCPC3',
  unpredictable: [PAIR_LOAD, PAIR_WRITE_BACK_LOAD],
  exec: (o, f) => {
    const base = o.base(f.Rn);
    loadPair(o, f, base);
    o.setXSP(f.Rn, 1, o.add(base, o.imm(f.sf ? 16 : 8)));
  },
});

export const LDIAPP = a64({
  bits: '1 sf:1 011001 01 0 Rt2:5 0001 10 Rn:5 Rt:5',
  asm: 'ldiapp {Rt:R}, {Rt2:R}, [{Rn:Base}]',
  doc: 'Loads a pair with acquire (RCpc), in order.',
  feature: 'FEAT_LRCPC3',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadPair(o, f, o.base(f.Rn), unstepped(f.Rn)),
});

export const STLP = a64({
  bits: '11 011001 00 0 Rt2:5 0101 10 Rn:5 Rt:5',
  asm: 'stlp {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Stores a pair of doublewords with release.',
  feature: 'FEAT_LSCP',
  exec: (o, f) => storePair(o, { ...f, sf: 1 }, o.base(f.Rn), unstepped(f.Rn)),
});

export const LDAP = a64({
  bits: '11 011001 01 0 Rt2:5 0101 10 Rn:5 Rt:5',
  asm: 'ldap {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Loads a pair of doublewords with acquire.',
  feature: 'FEAT_LSCP',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadPair(o, { ...f, sf: 1 }, o.base(f.Rn), unstepped(f.Rn)),
});

export const LDAPP = a64({
  bits: '11 011001 01 0 Rt2:5 0111 10 Rn:5 Rt:5',
  asm: 'ldapp {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Loads a pair of doublewords with acquire (RCpc).',
  feature: 'FEAT_LSCP',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadPair(o, { ...f, sf: 1 }, o.base(f.Rn), unstepped(f.Rn)),
});
