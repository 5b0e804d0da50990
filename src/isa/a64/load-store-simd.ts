// Advanced SIMD load/store structures and floating-point atomics, Arm ARM C4.1.94, as classes.
import { a64Class } from '../row.ts';

const NOT_MODELLED = 'loads and stores of SIMD structures are not modelled';

export const LoadStoreMultiple = a64Class({
  bits: '0 Q:1 0011000 L:1 000000 opcode:4 size:2 Rn:5 Rt:5',
  doc: 'Advanced SIMD load/store of multiple structures.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const LoadStoreMultiplePost = a64Class({
  bits: '0 Q:1 0011001 L:1 0 Rm:5 opcode:4 size:2 Rn:5 Rt:5',
  doc: 'Advanced SIMD load/store of multiple structures, post-indexed.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const LoadStoreSingle = a64Class({
  bits: '0 Q:1 0011010 L:1 R:1 0000 o2:1 opcode:3 S:1 size:2 Rn:5 Rt:5',
  doc: 'Advanced SIMD load/store of a single structure.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const LoadStoreSinglePost = a64Class({
  bits: '0 Q:1 0011011 L:1 R:1 Rm:5 opcode:3 S:1 size:2 Rn:5 Rt:5',
  doc: 'Advanced SIMD load/store of a single structure, post-indexed.',
  feature: 'FEAT_AdvSIMD',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});

export const AtomicFloat = a64Class({
  bits: 'size:2 111100 A:1 R:1 1 Rs:5 o3:1 opc:3 00 Rn:5 Rt:5',
  doc: 'Floating-point atomic memory operations.',
  feature: 'FEAT_LSFE',
  notModelled: NOT_MODELLED,
  exec: (o) => o.requireSimd(),
});
