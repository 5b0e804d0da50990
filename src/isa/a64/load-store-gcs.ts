// Guarded Control Stack store, Arm ARM C4.1.94.
import { a64 } from '../row.ts';

const NOT_MODELLED = 'Guarded Control Stacks (FEAT_GCS) are not modelled';

export const GCSSTR = a64({
  bits: '11011001 000 11111 000 0 11 Rn:5 Rt:5',
  asm: 'gcsstr {Rt:X}, [{Rn:Base}]',
  doc: 'Stores to a Guarded Control Stack.',
  feature: 'FEAT_GCS',
  notModelled: NOT_MODELLED,
});

export const GCSSTTR = a64({
  bits: '11011001 000 11111 000 1 11 Rn:5 Rt:5',
  asm: 'gcssttr {Rt:X}, [{Rn:Base}]',
  doc: 'Stores to a Guarded Control Stack as EL0 could.',
  feature: 'FEAT_GCS',
  notModelled: NOT_MODELLED,
});
