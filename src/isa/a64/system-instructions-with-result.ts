// System instructions with result, Arm ARM C4.1.93.
import { a64 } from '../row.ts';

const WITHDRAWN = 'transactional memory (FEAT_TME) was withdrawn from the architecture';

export const TSTART = a64({
  bits: '1101010100 1 00 011 0011 0000 011 Rt:5',
  asm: 'tstart {Rt:X}',
  doc: 'Starts a transaction.',
  feature: 'FEAT_TME',
  notModelled: WITHDRAWN,
});

export const TTEST = a64({
  bits: '1101010100 1 00 011 0011 0001 011 Rt:5',
  asm: 'ttest {Rt:X}',
  doc: 'Gives the depth of the transaction.',
  feature: 'FEAT_TME',
  notModelled: WITHDRAWN,
});
