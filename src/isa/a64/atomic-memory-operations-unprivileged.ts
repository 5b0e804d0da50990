// Atomic memory operations (unprivileged), Arm ARM C4.1.94.
import { atomicType } from '../access.ts';
import type { AtomicFunction, Operations } from '../operations.ts';
import { a64, alias } from '../row.ts';

function atomic<V>(
  o: Operations<V>,
  f: { sf: number; A: number; R: number; Rs: number; Rn: number; Rt: number },
  how: AtomicFunction,
): void {
  const ordered = f.R === 1 || (f.A === 1 && f.Rt !== 31);
  o.setX(f.Rt, f.sf, o.atomic(how, o.base(f.Rn), f.sf ? 8 : 4, o.x(f.Rs), atomicType(f.Rn, ordered, true)));
}

export const LDTADD = a64({
  bits: '0 sf:1 011 0 01 A:1 R:1 1 Rs:5 0 000 01 Rn:5 Rt:5',
  asm: 'ldtadd{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Adds a register to memory in one atomic step as EL0 could, and gives the old value.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => atomic(o, f, 'add'),
});

export const STTADD = alias(LDTADD, {
  asm: 'sttadd{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Adds a register to memory in one atomic step as EL0 could.',
});

export const LDTCLR = a64({
  bits: '0 sf:1 011 0 01 A:1 R:1 1 Rs:5 0 001 01 Rn:5 Rt:5',
  asm: 'ldtclr{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Clears in memory the bits set in a register in one atomic step as EL0 could, and gives the old value.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => atomic(o, f, 'clr'),
});

export const STTCLR = alias(LDTCLR, {
  asm: 'sttclr{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Clears in memory the bits set in a register in one atomic step as EL0 could.',
});

export const LDTSET = a64({
  bits: '0 sf:1 011 0 01 A:1 R:1 1 Rs:5 0 011 01 Rn:5 Rt:5',
  asm: 'ldtset{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Sets in memory the bits set in a register in one atomic step as EL0 could, and gives the old value.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => atomic(o, f, 'set'),
});

export const STTSET = alias(LDTSET, {
  asm: 'sttset{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Sets in memory the bits set in a register in one atomic step as EL0 could.',
});

export const SWPT = a64({
  bits: '0 sf:1 011 0 01 A:1 R:1 1 Rs:5 1 000 01 Rn:5 Rt:5',
  asm: 'swpt{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Exchanges a register with memory in one atomic step as EL0 could, and gives the old value.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => atomic(o, f, 'swp'),
});
