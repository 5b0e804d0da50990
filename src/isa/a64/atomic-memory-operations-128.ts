// 128-bit atomic memory operations and read-check-write compare and swap, Arm ARM C4.1.94.
import { atomicType } from '../access.ts';
import { ATOMIC_PAIR } from '../constrained-unpredictable.ts';
import type { AccessType, Operations } from '../operations.ts';
import { a64 } from '../row.ts';

interface PairFields {
  readonly A: number;
  readonly R: number;
  readonly Rt2: number;
  readonly Rn: number;
  readonly Rt: number;
}

/** Both registers are read and receive the old halves; neither may be the zero register. */
const allocated = ({ Rt, Rt2 }: { readonly Rt: number; readonly Rt2: number }): boolean => Rt !== 31 && Rt2 !== 31;

const type = (Rn: number, A: number, R: number): AccessType => atomicType(Rn, A === 1 || R === 1);

function atomicPair<V>(o: Operations<V>, f: PairFields, how: 'clr' | 'set' | 'swp'): void {
  const [first, second] = o.atomicPair(how, o.base(f.Rn), o.x(f.Rt), o.x(f.Rt2), type(f.Rn, f.A, f.R));
  o.setX(f.Rt, 1, first);
  o.setX(f.Rt2, 1, second);
}

function checkedPair<V>(o: Operations<V>, f: PairFields, how: 'clr' | 'set' | 'swp', soft: boolean): void {
  const zero = o.imm(0);
  const [first, second] = o.checkedAtomic(
    how,
    o.base(f.Rn),
    16,
    [o.x(f.Rt), o.x(f.Rt2)],
    [zero, zero],
    soft,
    type(f.Rn, f.A, f.R),
  );
  o.setX(f.Rt, 1, first);
  o.setX(f.Rt2, 1, second);
}

export const LDCLRP = a64({
  bits: '00 011 0 01 A:1 R:1 1 Rt2:5 0 001 00 Rn:5 Rt:5',
  asm: 'ldclrp{A,R:AcquireRelease} {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Clears in memory the bits set in a pair of registers in one atomic step of 16 bytes, and gives the old value.',
  feature: 'FEAT_LSE128',
  allocated,
  unpredictable: [ATOMIC_PAIR],
  exec: (o, f) => atomicPair(o, f, 'clr'),
});

export const LDSETP = a64({
  bits: '00 011 0 01 A:1 R:1 1 Rt2:5 0 011 00 Rn:5 Rt:5',
  asm: 'ldsetp{A,R:AcquireRelease} {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Sets in memory the bits set in a pair of registers in one atomic step of 16 bytes, and gives the old value.',
  feature: 'FEAT_LSE128',
  allocated,
  unpredictable: [ATOMIC_PAIR],
  exec: (o, f) => atomicPair(o, f, 'set'),
});

export const SWPP = a64({
  bits: '00 011 0 01 A:1 R:1 1 Rt2:5 1 000 00 Rn:5 Rt:5',
  asm: 'swpp{A,R:AcquireRelease} {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Exchanges a pair of registers with memory in one atomic step of 16 bytes, and gives the old value.',
  feature: 'FEAT_LSE128',
  allocated,
  unpredictable: [ATOMIC_PAIR],
  exec: (o, f) => atomicPair(o, f, 'swp'),
});

export const RCWCLRP = a64({
  bits: '00 011 0 01 A:1 R:1 1 Rt2:5 1 001 00 Rn:5 Rt:5',
  asm: 'rcwclrp{A,R:AcquireRelease} {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Clears bits of a 16-byte translation table entry in one atomic step, checked against the mask registers, and sets the flags.',
  feature: 'FEAT_THE & FEAT_D128',
  allocated,
  unpredictable: [ATOMIC_PAIR],
  exec: (o, f) => checkedPair(o, f, 'clr', false),
});

export const RCWSCLRP = a64({
  bits: '01 011 0 01 A:1 R:1 1 Rt2:5 1 001 00 Rn:5 Rt:5',
  asm: 'rcwsclrp{A,R:AcquireRelease} {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Clears bits of a 16-byte translation table entry in one atomic step, checked against the soft mask registers, and sets the flags.',
  feature: 'FEAT_THE & FEAT_D128',
  allocated,
  unpredictable: [ATOMIC_PAIR],
  exec: (o, f) => checkedPair(o, f, 'clr', true),
});

export const RCWSWPP = a64({
  bits: '00 011 0 01 A:1 R:1 1 Rt2:5 1 010 00 Rn:5 Rt:5',
  asm: 'rcwswpp{A,R:AcquireRelease} {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Exchanges a 16-byte translation table entry in one atomic step, checked against the mask registers, and sets the flags.',
  feature: 'FEAT_THE & FEAT_D128',
  allocated,
  unpredictable: [ATOMIC_PAIR],
  exec: (o, f) => checkedPair(o, f, 'swp', false),
});

export const RCWSSWPP = a64({
  bits: '01 011 0 01 A:1 R:1 1 Rt2:5 1 010 00 Rn:5 Rt:5',
  asm: 'rcwsswpp{A,R:AcquireRelease} {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Exchanges a 16-byte translation table entry in one atomic step, checked against the soft mask registers, and sets the flags.',
  feature: 'FEAT_THE & FEAT_D128',
  allocated,
  unpredictable: [ATOMIC_PAIR],
  exec: (o, f) => checkedPair(o, f, 'swp', true),
});

export const RCWSETP = a64({
  bits: '00 011 0 01 A:1 R:1 1 Rt2:5 1 011 00 Rn:5 Rt:5',
  asm: 'rcwsetp{A,R:AcquireRelease} {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Sets bits of a 16-byte translation table entry in one atomic step, checked against the mask registers, and sets the flags.',
  feature: 'FEAT_THE & FEAT_D128',
  allocated,
  unpredictable: [ATOMIC_PAIR],
  exec: (o, f) => checkedPair(o, f, 'set', false),
});

export const RCWSSETP = a64({
  bits: '01 011 0 01 A:1 R:1 1 Rt2:5 1 011 00 Rn:5 Rt:5',
  asm: 'rcwssetp{A,R:AcquireRelease} {Rt:X}, {Rt2:X}, [{Rn:Base}]',
  doc: 'Sets bits of a 16-byte translation table entry in one atomic step, checked against the soft mask registers, and sets the flags.',
  feature: 'FEAT_THE & FEAT_D128',
  allocated,
  unpredictable: [ATOMIC_PAIR],
  exec: (o, f) => checkedPair(o, f, 'set', true),
});

export const RCWCAS = a64({
  bits: '00 011 0 01 A:1 R:1 1 Rs:5 0 000 10 Rn:5 Rt:5',
  asm: 'rcwcas{A,R:AcquireRelease} {Rs:X}, {Rt:X}, [{Rn:Base}]',
  doc: 'Compares and swaps a translation table entry, checked against the mask registers, and sets the flags.',
  feature: 'FEAT_THE',
  exec: (o, { A, R, Rs, Rn, Rt }) => {
    const zero = o.imm(0);
    const [old] = o.checkedAtomic('cas', o.base(Rn), 8, [o.x(Rt), zero], [o.x(Rs), zero], false, type(Rn, A, R));
    o.setX(Rs, 1, old);
  },
});

export const RCWCASP = a64({
  bits: '00 011 0 01 A:1 R:1 1 Rs:5 0 000 11 Rn:5 Rt:5',
  asm: 'rcwcasp{A,R:AcquireRelease} {Rs:PairX}, {Rt:PairX}, [{Rn:Base}]',
  doc: 'Compares and swaps a 16-byte translation table entry, checked against the mask registers, and sets the flags.',
  feature: 'FEAT_THE & FEAT_D128',
  allocated: ({ Rs, Rt }) => Rs % 2 === 0 && Rt % 2 === 0,
  exec: (o, { A, R, Rs, Rn, Rt }) => {
    const operand = [o.x(Rt), o.x(Rt + 1)] as const;
    const [low, high] = o.checkedAtomic('cas', o.base(Rn), 16, operand, [o.x(Rs), o.x(Rs + 1)], false, type(Rn, A, R));
    o.setX(Rs, 1, low);
    o.setX(Rs + 1, 1, high);
  },
});

export const RCWSCAS = a64({
  bits: '01 011 0 01 A:1 R:1 1 Rs:5 0 000 10 Rn:5 Rt:5',
  asm: 'rcwscas{A,R:AcquireRelease} {Rs:X}, {Rt:X}, [{Rn:Base}]',
  doc: 'Compares and swaps a translation table entry, checked against the soft mask registers, and sets the flags.',
  feature: 'FEAT_THE',
  exec: (o, { A, R, Rs, Rn, Rt }) => {
    const zero = o.imm(0);
    const [old] = o.checkedAtomic('cas', o.base(Rn), 8, [o.x(Rt), zero], [o.x(Rs), zero], true, type(Rn, A, R));
    o.setX(Rs, 1, old);
  },
});

export const RCWSCASP = a64({
  bits: '01 011 0 01 A:1 R:1 1 Rs:5 0 000 11 Rn:5 Rt:5',
  asm: 'rcwscasp{A,R:AcquireRelease} {Rs:PairX}, {Rt:PairX}, [{Rn:Base}]',
  doc: 'Compares and swaps a 16-byte translation table entry, checked against the soft mask registers, and sets the flags.',
  feature: 'FEAT_THE & FEAT_D128',
  allocated: ({ Rs, Rt }) => Rs % 2 === 0 && Rt % 2 === 0,
  exec: (o, { A, R, Rs, Rn, Rt }) => {
    const operand = [o.x(Rt), o.x(Rt + 1)] as const;
    const [low, high] = o.checkedAtomic('cas', o.base(Rn), 16, operand, [o.x(Rs), o.x(Rs + 1)], true, type(Rn, A, R));
    o.setX(Rs, 1, low);
    o.setX(Rs + 1, 1, high);
  },
});
