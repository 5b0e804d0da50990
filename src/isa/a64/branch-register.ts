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

export const BRAAZ = a64({
  bits: '1101011 0 000 11111 0000 1 0 Rn:5 11111',
  asm: 'braaz {Rn:X}',
  doc: 'Branches to the address in a register after authenticating it with key A and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn }) =>
    o.branch(o.authenticate('IA', o.x(Rn), o.imm(0), true), Rn === 16 || Rn === 17 ? 'indirect-linkage' : 'indirect'),
});

export const BRAA = a64({
  bits: '1101011 1 000 11111 0000 1 0 Rn:5 Rm:5',
  asm: 'braa {Rn:X}, {Rm:XSP}',
  doc: 'Branches to the address in a register after authenticating it with key A and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rm }) =>
    o.branch(o.authenticate('IA', o.x(Rn), o.xsp(Rm), true), Rn === 16 || Rn === 17 ? 'indirect-linkage' : 'indirect'),
});

export const BLRAAZ = a64({
  bits: '1101011 0 001 11111 0000 1 0 Rn:5 11111',
  asm: 'blraaz {Rn:X}',
  doc: 'Calls the address in a register after authenticating it with key A and zero; the return address goes to x30.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn }) => {
    const target = o.authenticate('IA', o.x(Rn), o.imm(0), true);
    o.setX(30, 1, o.add(o.pc(), o.imm(4)));
    o.branch(target, 'indirect-call');
  },
});

export const BLRAA = a64({
  bits: '1101011 1 001 11111 0000 1 0 Rn:5 Rm:5',
  asm: 'blraa {Rn:X}, {Rm:XSP}',
  doc: 'Calls the address in a register after authenticating it with key A and a register; the return address goes to x30.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rm }) => {
    const target = o.authenticate('IA', o.x(Rn), o.xsp(Rm), true);
    o.setX(30, 1, o.add(o.pc(), o.imm(4)));
    o.branch(target, 'indirect-call');
  },
});

export const RETAA = a64({
  bits: '1101011 0 010 11111 0000 1 0 11111 11111',
  asm: 'retaa',
  doc: 'Returns to x30 after authenticating it with key A and SP.',
  feature: 'FEAT_PAuth',
  exec: (o) => o.branch(o.authenticate('IA', o.x(30), o.xsp(31), true), 'return'),
});

export const RETAASPPCR = a64({
  bits: '1101011 0 010 11111 0000 1 0 11111 Rm:5',
  asm: 'retaasppcr {Rm:X}',
  doc: 'Returns to x30 after authenticating it with key A, SP and the signing address in a register.',
  feature: 'FEAT_PAuth_LR',
  allocated: ({ Rm }) => Rm !== 31,
  exec: (o, { Rm }) => o.branch(o.authenticate('IA', o.x(30), o.xsp(31), true, o.x(Rm)), 'return'),
});

export const ERETAA = a64({
  bits: '1101011 0 100 11111 0000 1 0 11111 11111',
  asm: 'eretaa',
  doc: 'Returns from an exception to ELR after authenticating it with key A and SP.',
  feature: 'FEAT_PAuth',
  exec: (o) => o.exceptionReturn('IA'),
});

export const BRABZ = a64({
  bits: '1101011 0 000 11111 0000 1 1 Rn:5 11111',
  asm: 'brabz {Rn:X}',
  doc: 'Branches to the address in a register after authenticating it with key B and zero.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn }) =>
    o.branch(o.authenticate('IB', o.x(Rn), o.imm(0), true), Rn === 16 || Rn === 17 ? 'indirect-linkage' : 'indirect'),
});

export const BRAB = a64({
  bits: '1101011 1 000 11111 0000 1 1 Rn:5 Rm:5',
  asm: 'brab {Rn:X}, {Rm:XSP}',
  doc: 'Branches to the address in a register after authenticating it with key B and a register.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rm }) =>
    o.branch(o.authenticate('IB', o.x(Rn), o.xsp(Rm), true), Rn === 16 || Rn === 17 ? 'indirect-linkage' : 'indirect'),
});

export const BLRABZ = a64({
  bits: '1101011 0 001 11111 0000 1 1 Rn:5 11111',
  asm: 'blrabz {Rn:X}',
  doc: 'Calls the address in a register after authenticating it with key B and zero; the return address goes to x30.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn }) => {
    const target = o.authenticate('IB', o.x(Rn), o.imm(0), true);
    o.setX(30, 1, o.add(o.pc(), o.imm(4)));
    o.branch(target, 'indirect-call');
  },
});

export const BLRAB = a64({
  bits: '1101011 1 001 11111 0000 1 1 Rn:5 Rm:5',
  asm: 'blrab {Rn:X}, {Rm:XSP}',
  doc: 'Calls the address in a register after authenticating it with key B and a register; the return address goes to x30.',
  feature: 'FEAT_PAuth',
  exec: (o, { Rn, Rm }) => {
    const target = o.authenticate('IB', o.x(Rn), o.xsp(Rm), true);
    o.setX(30, 1, o.add(o.pc(), o.imm(4)));
    o.branch(target, 'indirect-call');
  },
});

export const RETAB = a64({
  bits: '1101011 0 010 11111 0000 1 1 11111 11111',
  asm: 'retab',
  doc: 'Returns to x30 after authenticating it with key B and SP.',
  feature: 'FEAT_PAuth',
  exec: (o) => o.branch(o.authenticate('IB', o.x(30), o.xsp(31), true), 'return'),
});

export const RETABSPPCR = a64({
  bits: '1101011 0 010 11111 0000 1 1 11111 Rm:5',
  asm: 'retabsppcr {Rm:X}',
  doc: 'Returns to x30 after authenticating it with key B, SP and the signing address in a register.',
  feature: 'FEAT_PAuth_LR',
  allocated: ({ Rm }) => Rm !== 31,
  exec: (o, { Rm }) => o.branch(o.authenticate('IB', o.x(30), o.xsp(31), true, o.x(Rm)), 'return'),
});

export const ERETAB = a64({
  bits: '1101011 0 100 11111 0000 1 1 11111 11111',
  asm: 'eretab',
  doc: 'Returns from an exception to ELR after authenticating it with key B and SP.',
  feature: 'FEAT_PAuth',
  exec: (o) => o.exceptionReturn('IB'),
});

export const TEXIT = a64({
  bits: '1101011 0 111 11111 00000 op1:1 11111 00000',
  asm: 'texit {op1:Hex1}',
  doc: 'Leaves a trusted execution context.',
  feature: 'FEAT_TEV',
  notModelled: 'the operation of TENTER and TEXIT is not in the edition of the manual that these rows follow',
});
