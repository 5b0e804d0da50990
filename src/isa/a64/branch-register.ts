// Unconditional branch (register), Arm ARM C4.1.93.
import { a64 } from '../row.ts';

export const BR = a64({
  bits: '1101011 0 0 00 11111 0000 0 0 Rn:5 00000',
  asm: 'br {Rn:X}',
  doc: 'Branches to the address in a register.',
  exec: (o, { Rn }) => o.branch(o.x(Rn), Rn === 16 || Rn === 17 ? 'indirect-linkage' : 'indirect'),
});

export const BLR = a64({
  bits: '1101011 0 0 01 11111 0000 0 0 Rn:5 00000',
  asm: 'blr {Rn:X}',
  doc: 'Calls the address in a register; the return address goes to x30.',
  exec: (o, { Rn }) => {
    const target = o.x(Rn);
    o.setX(30, 1, o.add(o.pc(), o.imm(4)));
    o.branch(target, 'indirect-call');
  },
});

export const RET = a64({
  bits: '1101011 0 0 10 11111 0000 0 0 Rn:5 00000',
  asm: 'ret {Rn:X30}',
  doc: 'Returns to the address in a register, x30 unless another is named.',
  exec: (o, { Rn }) => o.branch(o.x(Rn), 'return'),
});

export const ERET = a64({
  bits: '1101011 0 100 11111 0000 0 0 11111 00000',
  asm: 'eret',
  doc: 'Returns from an exception: PSTATE from SPSR, PC from ELR of the current level.',
  exec: (o) => o.exceptionReturn(),
});

export const DRPS = a64({
  bits: '1101011 0 101 11111 0000 0 0 11111 00000',
  asm: 'drps',
  doc: 'Restores PSTATE in Debug state; UNDEFINED otherwise.',
  exec: (o) => o.raise({ kind: 'undefined', reason: 'DRPS is UNDEFINED outside Debug state' }),
});
