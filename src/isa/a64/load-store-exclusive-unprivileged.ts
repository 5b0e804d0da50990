// Load/store exclusive unprivileged (FEAT_LSUI), Arm ARM C4.1.94.
import { byBase, ORDERED_UNPRIVILEGED, ORDERED_UNPRIVILEGED_UNCHECKED, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED } from '../access.ts';
import { EXCLUSIVE_STORE } from '../constrained-unpredictable.ts';
import { a64 } from '../row.ts';

export const STTXR = a64({
  bits: '1 sf:1 001001 0 0 0 Rs:5 0 11111 Rn:5 Rt:5',
  asm: 'sttxr {Rs:W}, {Rt:R}, [{Rn:Base}]',
  doc: 'Stores a word or doubleword as EL0 could, if the exclusive monitor allows it; 0 says that it did.',
  feature: 'FEAT_LSUI',
  unpredictable: [EXCLUSIVE_STORE],
  exec: (o, { sf, Rs, Rn, Rt }) =>
    o.setX(Rs, 0, o.storeExclusive(o.base(Rn), sf ? 8 : 4, o.x(Rt), byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED))),
});

export const STLTXR = a64({
  bits: '1 sf:1 001001 0 0 0 Rs:5 1 11111 Rn:5 Rt:5',
  asm: 'stltxr {Rs:W}, {Rt:R}, [{Rn:Base}]',
  doc: 'Stores a word or doubleword with release as EL0 could, if the exclusive monitor allows it; 0 says that it did.',
  feature: 'FEAT_LSUI',
  unpredictable: [EXCLUSIVE_STORE],
  exec: (o, { sf, Rs, Rn, Rt }) =>
    o.setX(
      Rs,
      0,
      o.storeExclusive(o.base(Rn), sf ? 8 : 4, o.x(Rt), byBase(Rn, ORDERED_UNPRIVILEGED, ORDERED_UNPRIVILEGED_UNCHECKED)),
    ),
});

export const LDTXR = a64({
  bits: '1 sf:1 001001 0 1 0 11111 0 11111 Rn:5 Rt:5',
  asm: 'ldtxr {Rt:R}, [{Rn:Base}]',
  doc: 'Loads a word or doubleword as EL0 could and sets the exclusive monitor.',
  feature: 'FEAT_LSUI',
  exec: (o, { sf, Rn, Rt }) =>
    o.setX(Rt, sf, o.loadExclusive(o.base(Rn), sf ? 8 : 4, byBase(Rn, UNPRIVILEGED, UNPRIVILEGED_UNCHECKED))),
});

export const LDATXR = a64({
  bits: '1 sf:1 001001 0 1 0 11111 1 11111 Rn:5 Rt:5',
  asm: 'ldatxr {Rt:R}, [{Rn:Base}]',
  doc: 'Loads a word or doubleword with acquire as EL0 could and sets the exclusive monitor.',
  feature: 'FEAT_LSUI',
  exec: (o, { sf, Rn, Rt }) =>
    o.setX(Rt, sf, o.loadExclusive(o.base(Rn), sf ? 8 : 4, byBase(Rn, ORDERED_UNPRIVILEGED, ORDERED_UNPRIVILEGED_UNCHECKED))),
});
