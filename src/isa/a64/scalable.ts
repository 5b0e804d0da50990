// SME and SVE encodings, Arm ARM C4.1.2 and C4.1.3, as two classes: enough that an access which is trapped traps with the right syndrome.
// Encodings in them that are unallocated are not told apart.
import { a64Class } from '../row.ts';

export const SME = a64Class({
  bits: '1 op0:2 0000 op1:25',
  doc: 'An instruction of the Scalable Matrix Extension.',
  feature: 'FEAT_SME',
  notModelled: 'the Scalable Matrix Extension (FEAT_SME) is not modelled',
  exec: (o) => o.requireSme(),
});

export const SVE = a64Class({
  bits: 'op0:3 0010 op1:25',
  doc: 'An instruction of the Scalable Vector Extension.',
  feature: 'FEAT_SVE',
  notModelled: 'the Scalable Vector Extension (FEAT_SVE) is not modelled',
  exec: (o) => o.requireSve(),
});
