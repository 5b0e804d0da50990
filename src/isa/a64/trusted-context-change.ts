// Trusted context change, after the system instructions of Arm ARM C4.1.93.
import { a64 } from '../row.ts';

const UNPUBLISHED = 'the operation of TCHANGEB and TCHANGEF is not in the edition of the manual that these rows follow';

export const TCHANGEB_immediate = a64({
  bits: '1101010110010 1 op1:1 00000 imm7:7 Rd:5',
  asm: 'tchangeb {Rd:X}, {imm7:Hex7}, {op1:Hex1}',
  doc: 'Changes the trusted execution context.',
  feature: 'FEAT_S1POE2',
  notModelled: UNPUBLISHED,
});

export const TCHANGEB_register = a64({
  bits: '1101010110000 1 op1:1 0000000 Rn:5 Rd:5',
  asm: 'tchangeb {Rd:X}, {Rn:X}, {op1:Hex1}',
  doc: 'Changes the trusted execution context.',
  feature: 'FEAT_S1POE2',
  notModelled: UNPUBLISHED,
});

export const TCHANGEF_immediate = a64({
  bits: '1101010110010 0 op1:1 00000 imm7:7 Rd:5',
  asm: 'tchangef {Rd:X}, {imm7:Hex7}, {op1:Hex1}',
  doc: 'Changes the trusted execution context.',
  feature: 'FEAT_S1POE2',
  notModelled: UNPUBLISHED,
});

export const TCHANGEF_register = a64({
  bits: '1101010110000 0 op1:1 0000000 Rn:5 Rd:5',
  asm: 'tchangef {Rd:X}, {Rn:X}, {op1:Hex1}',
  doc: 'Changes the trusted execution context.',
  feature: 'FEAT_S1POE2',
  notModelled: UNPUBLISHED,
});
