// System pair instructions and system register pair move, Arm ARM C4.1.93.
import { packEncoding } from '#arch/sysreg';
import { a64, alias } from '../row.ts';

export const SYSP = a64({
  bits: '1101010101 0 01 op1:3 CRn:4 CRm:4 op2:3 Rt:5',
  asm: 'sysp {op1:Uimm3}, {CRn:Cn}, {CRm:Cn}, {op2:Uimm3}{Rt:CommaPairX}',
  doc: 'Performs a system operation with a 128-bit operand.',
  feature: 'FEAT_SYSINSTR128',
  allocated: ({ Rt }) => Rt === 31 || Rt % 2 === 0,
  exec: (o, { op1, CRn, CRm, op2, Rt }) =>
    o.systemPair(packEncoding(1, op1, CRn, CRm, op2), o.x(Rt), o.x(Rt === 31 ? 31 : Rt + 1), Rt),
});

export const TLBIP = alias(SYSP, {
  asm: 'tlbip {op1,CRn,CRm,op2,Rt:TlbipOperation}',
  doc: 'Invalidates cached translations of addresses of up to 56 bits.',
});

export const MSRR = a64({
  bits: '1101010101 0 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5',
  asm: 'msrr {o0,op1,CRn,CRm,op2:SysregWrite}, {Rt:PairX}',
  doc: 'Writes a 128-bit system register from a pair.',
  feature: 'FEAT_SYSREG128',
  allocated: ({ Rt }) => Rt % 2 === 0,
  exec: (o, { o0, op1, CRn, CRm, op2, Rt }) =>
    o.writeSystemPair(packEncoding(2 + o0, op1, CRn, CRm, op2), o.x(Rt), o.x(Rt + 1), Rt),
});

export const MRRS = a64({
  bits: '1101010101 1 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5',
  asm: 'mrrs {Rt:PairX}, {o0,op1,CRn,CRm,op2:SysregRead}',
  doc: 'Reads a 128-bit system register into a pair.',
  feature: 'FEAT_SYSREG128',
  allocated: ({ Rt }) => Rt % 2 === 0,
  exec: (o, { o0, op1, CRn, CRm, op2, Rt }) => {
    const [low, high] = o.readSystemPair(packEncoding(2 + o0, op1, CRn, CRm, op2), Rt);
    o.setX(Rt, 1, low);
    o.setX(Rt + 1, 1, high);
  },
});
