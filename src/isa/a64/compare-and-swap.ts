// Compare and swap, and compare and swap pair, with their unprivileged forms, Arm ARM C4.1.94.
import { atomicType } from '../access.ts';
import { a64 } from '../row.ts';

/** A pair that begins at an odd register is UNDEFINED. */
const evenPairs = ({ Rs, Rt }: { Rs: number; Rt: number }): boolean => Rs % 2 === 0 && Rt % 2 === 0;

/** Ordering of an atomic by its acquire and release bits. */
const ordered = (L: number, o0: number): boolean => L === 1 || o0 === 1;

export const CASB = a64({
  bits: '00 001000 1 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5',
  asm: 'cas{L,o0:AcquireRelease}b {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Compares a byte in memory with a register and, if equal, stores another; the old value goes to the first register.',
  feature: 'FEAT_LSE',
  exec: (o, { L, Rs, o0, Rn, Rt }) =>
    o.setX(Rs, 0, o.compareAndSwap(o.base(Rn), 1, o.x(Rs), o.x(Rt), atomicType(Rn, ordered(L, o0)))),
});

export const CASH = a64({
  bits: '01 001000 1 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5',
  asm: 'cas{L,o0:AcquireRelease}h {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Compares a halfword in memory with a register and, if equal, stores another; the old value goes to the first register.',
  feature: 'FEAT_LSE',
  exec: (o, { L, Rs, o0, Rn, Rt }) =>
    o.setX(Rs, 0, o.compareAndSwap(o.base(Rn), 2, o.x(Rs), o.x(Rt), atomicType(Rn, ordered(L, o0)))),
});

export const CAS = a64({
  bits: '1 sf:1 001000 1 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5',
  asm: 'cas{L,o0:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Compares a word or doubleword in memory with a register and, if equal, stores another; the old value goes to the first register.',
  feature: 'FEAT_LSE',
  exec: (o, { sf, L, Rs, o0, Rn, Rt }) =>
    o.setX(Rs, sf, o.compareAndSwap(o.base(Rn), sf ? 8 : 4, o.x(Rs), o.x(Rt), atomicType(Rn, ordered(L, o0)))),
});

export const CASP = a64({
  bits: '0 sf:1 001000 0 L:1 1 Rs:5 o0:1 11111 Rn:5 Rt:5',
  asm: 'casp{L,o0:AcquireRelease} {Rs:PairR}, {Rt:PairR}, [{Rn:Base}]',
  doc: 'Compares a pair in memory with two registers and, if equal, stores two others; the old values go to the first two.',
  feature: 'FEAT_LSE',
  allocated: evenPairs,
  exec: (o, { sf, L, Rs, o0, Rn, Rt }) => {
    const expected = [o.x(Rs), o.x(Rs + 1)] as const;
    const [first, second] = o.compareAndSwapPair(
      o.base(Rn),
      sf ? 8 : 4,
      expected,
      [o.x(Rt), o.x(Rt + 1)],
      atomicType(Rn, ordered(L, o0)),
    );
    o.setX(Rs, sf, first);
    o.setX(Rs + 1, sf, second);
  },
});

export const CAST = a64({
  bits: '11 001001 1 L:1 0 Rs:5 o0:1 11111 Rn:5 Rt:5',
  asm: 'cas{L,o0:AcquireRelease}t {Rs:X}, {Rt:X}, [{Rn:Base}]',
  doc: 'Compares and swaps a doubleword as EL0 could.',
  feature: 'FEAT_LSUI',
  exec: (o, { L, Rs, o0, Rn, Rt }) =>
    o.setX(Rs, 1, o.compareAndSwap(o.base(Rn), 8, o.x(Rs), o.x(Rt), atomicType(Rn, ordered(L, o0), true))),
});

export const CASPT = a64({
  bits: '01 001001 1 L:1 0 Rs:5 o0:1 11111 Rn:5 Rt:5',
  asm: 'casp{L,o0:AcquireRelease}t {Rs:PairX}, {Rt:PairX}, [{Rn:Base}]',
  doc: 'Compares and swaps a pair of doublewords as EL0 could.',
  feature: 'FEAT_LSUI',
  allocated: evenPairs,
  exec: (o, { L, Rs, o0, Rn, Rt }) => {
    const expected = [o.x(Rs), o.x(Rs + 1)] as const;
    const access = atomicType(Rn, ordered(L, o0), true);
    const [first, second] = o.compareAndSwapPair(o.base(Rn), 8, expected, [o.x(Rt), o.x(Rt + 1)], access);
    o.setX(Rs, 1, first);
    o.setX(Rs + 1, 1, second);
  },
});
