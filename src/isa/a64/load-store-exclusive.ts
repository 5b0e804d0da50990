// Load/store exclusive register and pair, Arm ARM C4.1.94.
import { byBase, ORDERED, ORDERED_UNCHECKED, UNCHECKED } from '../access.ts';
import { EXCLUSIVE_PAIR_LOAD, EXCLUSIVE_STORE, EXCLUSIVE_STORE_PAIR } from '../constrained-unpredictable.ts';
import { a64 } from '../row.ts';

export const STXP = a64({
  bits: '1 sf:1 001000 0 0 1 Rs:5 0 Rt2:5 Rn:5 Rt:5',
  asm: 'stxp {Rs:W}, {Rt:R}, {Rt2:R}, [{Rn:Base}]',
  doc: 'Stores a pair if the exclusive monitor allows it; 0 says that it did.',
  unpredictable: [EXCLUSIVE_STORE, EXCLUSIVE_STORE_PAIR],
  exec: (o, { sf, Rs, Rt2, Rn, Rt }) =>
    o.setX(Rs, 0, o.storeExclusivePair(o.base(Rn), sf ? 8 : 4, o.x(Rt), o.x(Rt2), byBase(Rn, undefined, UNCHECKED))),
});

export const STLXP = a64({
  bits: '1 sf:1 001000 0 0 1 Rs:5 1 Rt2:5 Rn:5 Rt:5',
  asm: 'stlxp {Rs:W}, {Rt:R}, {Rt2:R}, [{Rn:Base}]',
  doc: 'Stores a pair with release if the exclusive monitor allows it; 0 says that it did.',
  unpredictable: [EXCLUSIVE_STORE, EXCLUSIVE_STORE_PAIR],
  exec: (o, { sf, Rs, Rt2, Rn, Rt }) =>
    o.setX(Rs, 0, o.storeExclusivePair(o.base(Rn), sf ? 8 : 4, o.x(Rt), o.x(Rt2), byBase(Rn, ORDERED, ORDERED_UNCHECKED))),
});

export const LDXP = a64({
  bits: '1 sf:1 001000 0 1 1 (11111) 0 Rt2:5 Rn:5 Rt:5',
  asm: 'ldxp {Rt:R}, {Rt2:R}, [{Rn:Base}]',
  doc: 'Loads a pair and sets the exclusive monitor.',
  unpredictable: [EXCLUSIVE_PAIR_LOAD],
  exec: (o, { sf, Rt2, Rn, Rt }) => {
    const [first, second] = o.loadExclusivePair(o.base(Rn), sf ? 8 : 4, byBase(Rn, undefined, UNCHECKED));
    o.setX(Rt2, sf, second);
    o.setX(Rt, sf, first);
  },
});

export const LDAXP = a64({
  bits: '1 sf:1 001000 0 1 1 (11111) 1 Rt2:5 Rn:5 Rt:5',
  asm: 'ldaxp {Rt:R}, {Rt2:R}, [{Rn:Base}]',
  doc: 'Loads a pair with acquire and sets the exclusive monitor.',
  unpredictable: [EXCLUSIVE_PAIR_LOAD],
  exec: (o, { sf, Rt2, Rn, Rt }) => {
    const [first, second] = o.loadExclusivePair(o.base(Rn), sf ? 8 : 4, byBase(Rn, ORDERED, ORDERED_UNCHECKED));
    o.setX(Rt2, sf, second);
    o.setX(Rt, sf, first);
  },
});

export const STXRB = a64({
  bits: '00 001000 0 0 0 Rs:5 0 (11111) Rn:5 Rt:5',
  asm: 'stxrb {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Stores a byte if the exclusive monitor allows it; 0 says that it did.',
  unpredictable: [EXCLUSIVE_STORE],
  exec: (o, { Rs, Rn, Rt }) => o.setX(Rs, 0, o.storeExclusive(o.base(Rn), 1, o.x(Rt), byBase(Rn, undefined, UNCHECKED))),
});

export const STLXRB = a64({
  bits: '00 001000 0 0 0 Rs:5 1 (11111) Rn:5 Rt:5',
  asm: 'stlxrb {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Stores a byte with release if the exclusive monitor allows it; 0 says that it did.',
  unpredictable: [EXCLUSIVE_STORE],
  exec: (o, { Rs, Rn, Rt }) => o.setX(Rs, 0, o.storeExclusive(o.base(Rn), 1, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED))),
});

export const LDXRB = a64({
  bits: '00 001000 0 1 0 (11111) 0 (11111) Rn:5 Rt:5',
  asm: 'ldxrb {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a byte and sets the exclusive monitor.',
  exec: (o, { Rn, Rt }) => o.setX(Rt, 0, o.loadExclusive(o.base(Rn), 1, byBase(Rn, undefined, UNCHECKED))),
});

export const LDAXRB = a64({
  bits: '00 001000 0 1 0 (11111) 1 (11111) Rn:5 Rt:5',
  asm: 'ldaxrb {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a byte with acquire and sets the exclusive monitor.',
  exec: (o, { Rn, Rt }) => o.setX(Rt, 0, o.loadExclusive(o.base(Rn), 1, byBase(Rn, ORDERED, ORDERED_UNCHECKED))),
});

export const STXRH = a64({
  bits: '01 001000 0 0 0 Rs:5 0 (11111) Rn:5 Rt:5',
  asm: 'stxrh {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Stores a halfword if the exclusive monitor allows it; 0 says that it did.',
  unpredictable: [EXCLUSIVE_STORE],
  exec: (o, { Rs, Rn, Rt }) => o.setX(Rs, 0, o.storeExclusive(o.base(Rn), 2, o.x(Rt), byBase(Rn, undefined, UNCHECKED))),
});

export const STLXRH = a64({
  bits: '01 001000 0 0 0 Rs:5 1 (11111) Rn:5 Rt:5',
  asm: 'stlxrh {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Stores a halfword with release if the exclusive monitor allows it; 0 says that it did.',
  unpredictable: [EXCLUSIVE_STORE],
  exec: (o, { Rs, Rn, Rt }) => o.setX(Rs, 0, o.storeExclusive(o.base(Rn), 2, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED))),
});

export const LDXRH = a64({
  bits: '01 001000 0 1 0 (11111) 0 (11111) Rn:5 Rt:5',
  asm: 'ldxrh {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a halfword and sets the exclusive monitor.',
  exec: (o, { Rn, Rt }) => o.setX(Rt, 0, o.loadExclusive(o.base(Rn), 2, byBase(Rn, undefined, UNCHECKED))),
});

export const LDAXRH = a64({
  bits: '01 001000 0 1 0 (11111) 1 (11111) Rn:5 Rt:5',
  asm: 'ldaxrh {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a halfword with acquire and sets the exclusive monitor.',
  exec: (o, { Rn, Rt }) => o.setX(Rt, 0, o.loadExclusive(o.base(Rn), 2, byBase(Rn, ORDERED, ORDERED_UNCHECKED))),
});

export const STXR = a64({
  bits: '1 sf:1 001000 0 0 0 Rs:5 0 (11111) Rn:5 Rt:5',
  asm: 'stxr {Rs:W}, {Rt:R}, [{Rn:Base}]',
  doc: 'Stores a word or doubleword if the exclusive monitor allows it; 0 says that it did.',
  unpredictable: [EXCLUSIVE_STORE],
  exec: (o, { sf, Rs, Rn, Rt }) =>
    o.setX(Rs, 0, o.storeExclusive(o.base(Rn), sf ? 8 : 4, o.x(Rt), byBase(Rn, undefined, UNCHECKED))),
});

export const STLXR = a64({
  bits: '1 sf:1 001000 0 0 0 Rs:5 1 (11111) Rn:5 Rt:5',
  asm: 'stlxr {Rs:W}, {Rt:R}, [{Rn:Base}]',
  doc: 'Stores a word or doubleword with release if the exclusive monitor allows it; 0 says that it did.',
  unpredictable: [EXCLUSIVE_STORE],
  exec: (o, { sf, Rs, Rn, Rt }) =>
    o.setX(Rs, 0, o.storeExclusive(o.base(Rn), sf ? 8 : 4, o.x(Rt), byBase(Rn, ORDERED, ORDERED_UNCHECKED))),
});

export const LDXR = a64({
  bits: '1 sf:1 001000 0 1 0 (11111) 0 (11111) Rn:5 Rt:5',
  asm: 'ldxr {Rt:R}, [{Rn:Base}]',
  doc: 'Loads a word or doubleword and sets the exclusive monitor.',
  exec: (o, { sf, Rn, Rt }) => o.setX(Rt, sf, o.loadExclusive(o.base(Rn), sf ? 8 : 4, byBase(Rn, undefined, UNCHECKED))),
});

export const LDAXR = a64({
  bits: '1 sf:1 001000 0 1 0 (11111) 1 (11111) Rn:5 Rt:5',
  asm: 'ldaxr {Rt:R}, [{Rn:Base}]',
  doc: 'Loads a word or doubleword with acquire and sets the exclusive monitor.',
  exec: (o, { sf, Rn, Rt }) => o.setX(Rt, sf, o.loadExclusive(o.base(Rn), sf ? 8 : 4, byBase(Rn, ORDERED, ORDERED_UNCHECKED))),
});
