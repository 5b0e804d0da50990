// Data-processing (2 source), Arm ARM C4.1.95.
import { a64, alias } from '../row.ts';

export const UDIV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 000010 Rn:5 Rd:5',
  asm: 'udiv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Divides unsigned; by zero gives zero.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.divide(sf, o.x(Rn, sf), o.x(Rm, sf), false)),
});

export const SDIV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 000011 Rn:5 Rd:5',
  asm: 'sdiv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Divides signed, rounding to zero; by zero gives zero.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.divide(sf, o.x(Rn, sf), o.x(Rm, sf), true)),
});

export const LSLV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 001000 Rn:5 Rd:5',
  asm: 'lslv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Shifts left by a register, modulo the width.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.shl(sf, o.x(Rn, sf), o.x(Rm, sf))),
});

export const LSL_register = alias(LSLV, { asm: 'lsl {Rd:R}, {Rn:R}, {Rm:R}' });

export const LSRV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 001001 Rn:5 Rd:5',
  asm: 'lsrv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Shifts right by a register, modulo the width, zeros coming in.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.lshr(sf, o.x(Rn, sf), o.x(Rm, sf))),
});

export const LSR_register = alias(LSRV, { asm: 'lsr {Rd:R}, {Rn:R}, {Rm:R}' });

export const ASRV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 001010 Rn:5 Rd:5',
  asm: 'asrv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Shifts right by a register, modulo the width, copying the sign.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.ashr(sf, o.x(Rn, sf), o.x(Rm, sf))),
});

export const ASR_register = alias(ASRV, { asm: 'asr {Rd:R}, {Rn:R}, {Rm:R}' });

export const RORV = a64({
  bits: 'sf:1 0 0 11010110 Rm:5 001011 Rn:5 Rd:5',
  asm: 'rorv {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Rotates right by a register, modulo the width.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.ror(sf, o.x(Rn, sf), o.x(Rm, sf))),
});

export const ROR_register = alias(RORV, { asm: 'ror {Rd:R}, {Rn:R}, {Rm:R}' });
