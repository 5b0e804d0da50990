// System register move, Arm ARM C4.1.93.
import { encodingName, packEncoding, registerByEncoding } from '#arch/sysreg';
import { a64 } from '../row.ts';

interface Named {
  readonly o0: number;
  readonly op1: number;
  readonly CRn: number;
  readonly CRm: number;
  readonly op2: number;
}

/** A register cannot be accessed in a direction that it does not have. */
function wrongDirection(direction: 'read' | 'write') {
  return ({ o0, op1, CRn, CRm, op2 }: Named): string | undefined => {
    const encoding = packEncoding(2 + o0, op1, CRn, CRm, op2);
    if (registerByEncoding(encoding)?.access !== (direction === 'read' ? 'wo' : 'ro')) return undefined;
    const name = encodingName(encoding, direction);
    return direction === 'read'
      ? `${name} can only be written: reading it is UNDEFINED`
      : `${name} can only be read: writing it is UNDEFINED`;
  };
}

export const MSR_register = a64({
  bits: '1101010100 0 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5',
  asm: 'msr {o0,op1,CRn,CRm,op2:SysregWrite}, {Rt:X}',
  doc: 'Writes a system register.',
  futile: wrongDirection('write'),
  exec: (o, { o0, op1, CRn, CRm, op2, Rt }) => o.writeSystem(packEncoding(2 + o0, op1, CRn, CRm, op2), o.x(Rt), Rt),
});

export const MRS = a64({
  bits: '1101010100 1 1 o0:1 op1:3 CRn:4 CRm:4 op2:3 Rt:5',
  asm: 'mrs {Rt:X}, {o0,op1,CRn,CRm,op2:SysregRead}',
  doc: 'Reads a system register.',
  futile: wrongDirection('read'),
  exec: (o, { o0, op1, CRn, CRm, op2, Rt }) => o.setX(Rt, 1, o.readSystem(packEncoding(2 + o0, op1, CRn, CRm, op2), Rt)),
});

// What is left of op0 = 0 beside barriers, hints and PSTATE has no instruction, but GNU as and objdump have a text for it.
const UNALLOCATED = 'op0 = 0b00 names no register';

export const MSR_unallocated = a64({
  bits: '1101010100 0 00 op1:3 CRn:4 CRm:4 op2:3 Rt:5',
  asm: 'msr {op1,CRn,CRm,op2:SysregWrite0}, {Rt:X}',
  doc: 'Is UNDEFINED: this space has no registers.',
  exec: (o) => o.raise({ kind: 'undefined', reason: UNALLOCATED }),
});

export const MRS_unallocated = a64({
  bits: '1101010100 1 00 op1:3 CRn:4 CRm:4 op2:3 Rt:5',
  asm: 'mrs {Rt:X}, {op1,CRn,CRm,op2:SysregRead0}',
  doc: 'Is UNDEFINED: this space has no registers.',
  exec: (o) => o.raise({ kind: 'undefined', reason: UNALLOCATED }),
});
