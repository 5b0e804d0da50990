// System instructions, Arm ARM C4.1.93: SYS and SYSL, and the operations that have names of their own.
import { packEncoding } from '#arch/sysreg';
import { a64, alias } from '../row.ts';

export const SYS = a64({
  bits: '1101010100 0 01 op1:3 CRn:4 CRm:4 op2:3 Rt:5',
  asm: 'sys {op1:Uimm3}, {CRn:Cn}, {CRm:Cn}, {op2:Uimm3}{Rt:CommaX}',
  doc: 'Performs a system operation.',
  exec: (o, { op1, CRn, CRm, op2, Rt }) => o.system(packEncoding(1, op1, CRn, CRm, op2), o.x(Rt), Rt),
});

export const AT = alias(SYS, {
  asm: 'at {op1,CRn,CRm,op2,Rt:AtOperation}',
  doc: 'Translates an address; the result is in PAR_EL1.',
});
export const DC = alias(SYS, {
  asm: 'dc {op1,CRn,CRm,op2,Rt:DcOperation}',
  doc: 'Cleans, invalidates or zeroes data cache lines.',
});
export const IC = alias(SYS, { asm: 'ic {op1,CRn,CRm,op2,Rt:IcOperation}', doc: 'Invalidates instruction caches.' });
export const TLBI = alias(SYS, { asm: 'tlbi {op1,CRn,CRm,op2,Rt:TlbiOperation}', doc: 'Invalidates cached translations.' });
export const CFP = alias(SYS, {
  asm: 'cfp {op1,CRn,CRm,op2,Rt:CfpOperation}',
  doc: 'Restricts control flow prediction by context.',
});
export const CPP = alias(SYS, {
  asm: 'cpp {op1,CRn,CRm,op2,Rt:CppOperation}',
  doc: 'Restricts cache prefetch prediction by context.',
});
export const DVP = alias(SYS, {
  asm: 'dvp {op1,CRn,CRm,op2,Rt:DvpOperation}',
  doc: 'Restricts data value prediction by context.',
});
export const COSP = alias(SYS, {
  asm: 'cosp {op1,CRn,CRm,op2,Rt:CospOperation}',
  doc: 'Restricts other speculation by context.',
});
export const BRB = alias(SYS, { asm: 'brb {op1,CRn,CRm,op2,Rt:BrbOperation}', doc: 'Invalidates or injects branch records.' });
export const APAS = alias(SYS, {
  asm: 'apas {Rt:X}',
  fix: { op1: 6, CRn: 7, CRm: 0, op2: 0 },
  use: 'assemble',
  doc: 'Associates a physical address with another physical address space.',
});
export const TRCIT = alias(SYS, {
  asm: 'trcit {Rt:X}',
  fix: { op1: 3, CRn: 7, CRm: 2, op2: 7 },
  use: 'assemble',
  doc: 'Writes a value into the instruction trace.',
});

// The Guarded Control Stack's instructions among those of SYS, Arm ARM C6.2. objdump 2.40 has no names for them.
export const GCSPUSHX = alias(SYS, {
  asm: 'gcspushx',
  fix: { op1: 0, CRn: 7, CRm: 7, op2: 4, Rt: 31 },
  use: 'assemble',
  doc: 'Pushes an exception return record onto the Guarded Control Stack.',
});
export const GCSPOPCX = alias(SYS, {
  asm: 'gcspopcx',
  fix: { op1: 0, CRn: 7, CRm: 7, op2: 5, Rt: 31 },
  use: 'assemble',
  doc: 'Pops an exception return record from the Guarded Control Stack and compares it.',
});
export const GCSPOPX = alias(SYS, {
  asm: 'gcspopx',
  fix: { op1: 0, CRn: 7, CRm: 7, op2: 6, Rt: 31 },
  use: 'assemble',
  doc: 'Pops an exception return record from the Guarded Control Stack.',
});
export const GCSPUSHM = alias(SYS, {
  asm: 'gcspushm {Rt:X}',
  fix: { op1: 3, CRn: 7, CRm: 7, op2: 0 },
  use: 'assemble',
  doc: 'Pushes a value onto the Guarded Control Stack.',
});
export const GCSSS1 = alias(SYS, {
  asm: 'gcsss1 {Rt:X}',
  fix: { op1: 3, CRn: 7, CRm: 7, op2: 2 },
  use: 'assemble',
  doc: 'Begins the switch to another Guarded Control Stack.',
});

export const SYSL = a64({
  bits: '1101010100 1 01 op1:3 CRn:4 CRm:4 op2:3 Rt:5',
  asm: 'sysl {Rt:X}, {op1:Uimm3}, {CRn:Cn}, {CRm:Cn}, {op2:Uimm3}',
  doc: 'Performs a system operation that gives a result.',
  exec: (o, { op1, CRn, CRm, op2, Rt }) => o.setX(Rt, 1, o.systemResult(packEncoding(1, op1, CRn, CRm, op2), Rt)),
});

export const GCSPOPM = alias(SYSL, {
  asm: 'gcspopm {Rt:X}',
  fix: { op1: 3, CRn: 7, CRm: 7, op2: 1 },
  use: 'assemble',
  doc: 'Pops a value from the Guarded Control Stack.',
});
export const GCSPOPM_none = alias(SYSL, { asm: 'gcspopm', fix: { op1: 3, CRn: 7, CRm: 7, op2: 1, Rt: 31 }, use: 'assemble' });
export const GCSSS2 = alias(SYSL, {
  asm: 'gcsss2 {Rt:X}',
  fix: { op1: 3, CRn: 7, CRm: 7, op2: 3 },
  use: 'assemble',
  doc: 'Completes the switch to another Guarded Control Stack.',
});

// GNU as takes the generic register names of this space too.
export const MRS_system = alias(SYSL, { asm: 'mrs {Rt:X}, {op1,CRn,CRm,op2:SysregRead1}', use: 'assemble' });
export const MSR_system = alias(SYS, { asm: 'msr {op1,CRn,CRm,op2:SysregWrite1}, {Rt:X}', use: 'assemble' });
