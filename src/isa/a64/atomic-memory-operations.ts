// Atomic memory operations, Arm ARM C4.1.94.
import { atomicType, byBase, loadRegister, ORDERED, ORDERED_UNCHECKED, transferSyndrome } from '../access.ts';
import type { AtomicFunction, Operations } from '../operations.ts';
import { type AccessSyndrome, a64, alias } from '../row.ts';

interface AtomicFields {
  readonly A: number;
  readonly R: number;
  readonly Rs: number;
  readonly Rn: number;
  readonly Rt: number;
}

function atomic<V>(o: Operations<V>, f: AtomicFields, how: AtomicFunction, bytes: 1 | 2 | 4 | 8): void {
  // A discarded result makes it a store, without acquire (Arm ARM B2.10).
  const ordered = f.R === 1 || (f.A === 1 && f.Rt !== 31);
  o.setX(f.Rt, bytes === 8 ? 1 : 0, o.atomic(how, o.base(f.Rn), bytes, o.x(f.Rs), atomicType(f.Rn, ordered)));
}

export const LDADD = a64({
  bits: '1 sf:1 111 0 00 A:1 R:1 1 Rs:5 0 000 00 Rn:5 Rt:5',
  asm: 'ldadd{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Adds a register to memory in one atomic step of a word or doubleword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'add', f.sf ? 8 : 4),
});

export const STADD = alias(LDADD, {
  asm: 'stadd{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Adds a register to memory in one atomic step of a word or doubleword.',
});

export const LDADD_BH = a64({
  bits: '0 size:1 111 0 00 A:1 R:1 1 Rs:5 0 000 00 Rn:5 Rt:5',
  asm: 'ldadd{A,R:AcquireRelease}{size:BH} {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Adds a register to memory in one atomic step of a byte or halfword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'add', f.size ? 2 : 1),
});

export const STADD_BH = alias(LDADD_BH, {
  asm: 'stadd{R:Release}{size:BH} {Rs:W}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Adds a register to memory in one atomic step of a byte or halfword.',
});

export const LDCLR = a64({
  bits: '1 sf:1 111 0 00 A:1 R:1 1 Rs:5 0 001 00 Rn:5 Rt:5',
  asm: 'ldclr{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Clears in memory the bits set in a register in one atomic step of a word or doubleword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'clr', f.sf ? 8 : 4),
});

export const STCLR = alias(LDCLR, {
  asm: 'stclr{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Clears in memory the bits set in a register in one atomic step of a word or doubleword.',
});

export const LDCLR_BH = a64({
  bits: '0 size:1 111 0 00 A:1 R:1 1 Rs:5 0 001 00 Rn:5 Rt:5',
  asm: 'ldclr{A,R:AcquireRelease}{size:BH} {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Clears in memory the bits set in a register in one atomic step of a byte or halfword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'clr', f.size ? 2 : 1),
});

export const STCLR_BH = alias(LDCLR_BH, {
  asm: 'stclr{R:Release}{size:BH} {Rs:W}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Clears in memory the bits set in a register in one atomic step of a byte or halfword.',
});

export const LDEOR = a64({
  bits: '1 sf:1 111 0 00 A:1 R:1 1 Rs:5 0 010 00 Rn:5 Rt:5',
  asm: 'ldeor{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Exclusive-ors a register into memory in one atomic step of a word or doubleword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'eor', f.sf ? 8 : 4),
});

export const STEOR = alias(LDEOR, {
  asm: 'steor{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Exclusive-ors a register into memory in one atomic step of a word or doubleword.',
});

export const LDEOR_BH = a64({
  bits: '0 size:1 111 0 00 A:1 R:1 1 Rs:5 0 010 00 Rn:5 Rt:5',
  asm: 'ldeor{A,R:AcquireRelease}{size:BH} {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Exclusive-ors a register into memory in one atomic step of a byte or halfword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'eor', f.size ? 2 : 1),
});

export const STEOR_BH = alias(LDEOR_BH, {
  asm: 'steor{R:Release}{size:BH} {Rs:W}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Exclusive-ors a register into memory in one atomic step of a byte or halfword.',
});

export const LDSET = a64({
  bits: '1 sf:1 111 0 00 A:1 R:1 1 Rs:5 0 011 00 Rn:5 Rt:5',
  asm: 'ldset{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Sets in memory the bits set in a register in one atomic step of a word or doubleword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'set', f.sf ? 8 : 4),
});

export const STSET = alias(LDSET, {
  asm: 'stset{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Sets in memory the bits set in a register in one atomic step of a word or doubleword.',
});

export const LDSET_BH = a64({
  bits: '0 size:1 111 0 00 A:1 R:1 1 Rs:5 0 011 00 Rn:5 Rt:5',
  asm: 'ldset{A,R:AcquireRelease}{size:BH} {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Sets in memory the bits set in a register in one atomic step of a byte or halfword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'set', f.size ? 2 : 1),
});

export const STSET_BH = alias(LDSET_BH, {
  asm: 'stset{R:Release}{size:BH} {Rs:W}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Sets in memory the bits set in a register in one atomic step of a byte or halfword.',
});

export const LDSMAX = a64({
  bits: '1 sf:1 111 0 00 A:1 R:1 1 Rs:5 0 100 00 Rn:5 Rt:5',
  asm: 'ldsmax{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Keeps in memory the signed maximum of it and a register in one atomic step of a word or doubleword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'smax', f.sf ? 8 : 4),
});

export const STSMAX = alias(LDSMAX, {
  asm: 'stsmax{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Keeps in memory the signed maximum of it and a register in one atomic step of a word or doubleword.',
});

export const LDSMAX_BH = a64({
  bits: '0 size:1 111 0 00 A:1 R:1 1 Rs:5 0 100 00 Rn:5 Rt:5',
  asm: 'ldsmax{A,R:AcquireRelease}{size:BH} {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Keeps in memory the signed maximum of it and a register in one atomic step of a byte or halfword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'smax', f.size ? 2 : 1),
});

export const STSMAX_BH = alias(LDSMAX_BH, {
  asm: 'stsmax{R:Release}{size:BH} {Rs:W}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Keeps in memory the signed maximum of it and a register in one atomic step of a byte or halfword.',
});

export const LDSMIN = a64({
  bits: '1 sf:1 111 0 00 A:1 R:1 1 Rs:5 0 101 00 Rn:5 Rt:5',
  asm: 'ldsmin{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Keeps in memory the signed minimum of it and a register in one atomic step of a word or doubleword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'smin', f.sf ? 8 : 4),
});

export const STSMIN = alias(LDSMIN, {
  asm: 'stsmin{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Keeps in memory the signed minimum of it and a register in one atomic step of a word or doubleword.',
});

export const LDSMIN_BH = a64({
  bits: '0 size:1 111 0 00 A:1 R:1 1 Rs:5 0 101 00 Rn:5 Rt:5',
  asm: 'ldsmin{A,R:AcquireRelease}{size:BH} {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Keeps in memory the signed minimum of it and a register in one atomic step of a byte or halfword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'smin', f.size ? 2 : 1),
});

export const STSMIN_BH = alias(LDSMIN_BH, {
  asm: 'stsmin{R:Release}{size:BH} {Rs:W}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Keeps in memory the signed minimum of it and a register in one atomic step of a byte or halfword.',
});

export const LDUMAX = a64({
  bits: '1 sf:1 111 0 00 A:1 R:1 1 Rs:5 0 110 00 Rn:5 Rt:5',
  asm: 'ldumax{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Keeps in memory the unsigned maximum of it and a register in one atomic step of a word or doubleword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'umax', f.sf ? 8 : 4),
});

export const STUMAX = alias(LDUMAX, {
  asm: 'stumax{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Keeps in memory the unsigned maximum of it and a register in one atomic step of a word or doubleword.',
});

export const LDUMAX_BH = a64({
  bits: '0 size:1 111 0 00 A:1 R:1 1 Rs:5 0 110 00 Rn:5 Rt:5',
  asm: 'ldumax{A,R:AcquireRelease}{size:BH} {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Keeps in memory the unsigned maximum of it and a register in one atomic step of a byte or halfword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'umax', f.size ? 2 : 1),
});

export const STUMAX_BH = alias(LDUMAX_BH, {
  asm: 'stumax{R:Release}{size:BH} {Rs:W}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Keeps in memory the unsigned maximum of it and a register in one atomic step of a byte or halfword.',
});

export const LDUMIN = a64({
  bits: '1 sf:1 111 0 00 A:1 R:1 1 Rs:5 0 111 00 Rn:5 Rt:5',
  asm: 'ldumin{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Keeps in memory the unsigned minimum of it and a register in one atomic step of a word or doubleword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'umin', f.sf ? 8 : 4),
});

export const STUMIN = alias(LDUMIN, {
  asm: 'stumin{R:Release} {Rs:R}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Keeps in memory the unsigned minimum of it and a register in one atomic step of a word or doubleword.',
});

export const LDUMIN_BH = a64({
  bits: '0 size:1 111 0 00 A:1 R:1 1 Rs:5 0 111 00 Rn:5 Rt:5',
  asm: 'ldumin{A,R:AcquireRelease}{size:BH} {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Keeps in memory the unsigned minimum of it and a register in one atomic step of a byte or halfword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'umin', f.size ? 2 : 1),
});

export const STUMIN_BH = alias(LDUMIN_BH, {
  asm: 'stumin{R:Release}{size:BH} {Rs:W}, [{Rn:Base}]',
  fix: { A: 0, Rt: 31 },
  doc: 'Keeps in memory the unsigned minimum of it and a register in one atomic step of a byte or halfword.',
});

export const SWP = a64({
  bits: '1 sf:1 111 0 00 A:1 R:1 1 Rs:5 1 000 00 Rn:5 Rt:5',
  asm: 'swp{A,R:AcquireRelease} {Rs:R}, {Rt:R}, [{Rn:Base}]',
  doc: 'Exchanges a register with memory in one atomic step of a word or doubleword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'swp', f.sf ? 8 : 4),
});

export const SWP_BH = a64({
  bits: '0 size:1 111 0 00 A:1 R:1 1 Rs:5 1 000 00 Rn:5 Rt:5',
  asm: 'swp{A,R:AcquireRelease}{size:BH} {Rs:W}, {Rt:W}, [{Rn:Base}]',
  doc: 'Exchanges a register with memory in one atomic step of a byte or halfword, and gives the old value.',
  feature: 'FEAT_LSE',
  exec: (o, f) => atomic(o, f, 'swp', f.size ? 2 : 1),
});

export const LDAPRB = a64({
  bits: '00 111 0 00 1 0 1 11111 1 100 00 Rn:5 Rt:5',
  asm: 'ldaprb {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a byte with acquire (RCpc).',
  feature: 'FEAT_LRCPC',
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => loadRegister(o, Rt, 0, o.base(Rn), 1, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDAPRH = a64({
  bits: '01 111 0 00 1 0 1 11111 1 100 00 Rn:5 Rt:5',
  asm: 'ldaprh {Rt:W}, [{Rn:Base}]',
  doc: 'Loads a halfword with acquire (RCpc).',
  feature: 'FEAT_LRCPC',
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0, 1),
  exec: (o, { Rn, Rt }) => loadRegister(o, Rt, 0, o.base(Rn), 2, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

export const LDAPR = a64({
  bits: '1 sf:1 111 0 00 1 0 1 11111 1 100 00 Rn:5 Rt:5',
  asm: 'ldapr {Rt:R}, [{Rn:Base}]',
  doc: 'Loads a word or doubleword with acquire (RCpc).',
  feature: 'FEAT_LRCPC',
  syndrome: ({ sf, Rt }) => transferSyndrome(2 + sf, 0, Rt, sf, 1),
  exec: (o, { sf, Rn, Rt }) => loadRegister(o, Rt, sf, o.base(Rn), sf ? 8 : 4, false, byBase(Rn, ORDERED, ORDERED_UNCHECKED)),
});

/** What aborts of a 64-byte access say of it (AArch64.SetLSInstructionSyndrome, ISS.LST, ISS2.Xs). */
function block(Rt: number, lst: 1 | 2 | 3, xs: number): AccessSyndrome {
  return { ...transferSyndrome(3, 0, Rt, 1), ls64: { lst, xs } };
}

/** Eight registers from Rt on: the first is even and at most x22, else UNDEFINED. The others have a text all the same. */
function eight<V>(o: Operations<V>, Rt: number): boolean {
  if (Rt % 2 === 0 && Rt <= 22) return true;
  o.raise({ kind: 'undefined', reason: 'the first of the eight registers must be even and at most x22' });
  return false;
}

export const LD64B = a64({
  bits: '11 111 0 00 0 0 1 11111 1 101 00 Rn:5 Rt:5',
  asm: 'ld64b {Rt:EightX}, [{Rn:Base}]',
  doc: 'Loads 64 bytes in one access into eight registers.',
  feature: 'FEAT_LS64',
  syndrome: ({ Rt }) => block(Rt, 2, 0),
  exec: (o, { Rn, Rt }) => {
    if (!eight(o, Rt)) return;
    o.requireBlockAccess('ld64b');
    o.load64Bytes(o.base(Rn), Rt);
  },
});

export const ST64B = a64({
  bits: '11 111 0 00 0 0 1 11111 1 001 00 Rn:5 Rt:5',
  asm: 'st64b {Rt:EightX}, [{Rn:Base}]',
  doc: 'Stores 64 bytes in one access from eight registers.',
  feature: 'FEAT_LS64',
  syndrome: ({ Rt }) => block(Rt, 2, 0),
  exec: (o, { Rn, Rt }) => {
    if (!eight(o, Rt)) return;
    o.requireBlockAccess('st64b');
    o.store64Bytes(o.base(Rn), Rt, 'st64b');
  },
});

export const ST64BV = a64({
  bits: '11 111 0 00 0 0 1 Rs:5 1 011 00 Rn:5 Rt:5',
  asm: 'st64bv {Rs:X}, {Rt:EightX}, [{Rn:Base}]',
  doc: 'Stores 64 bytes in one access and gives the status that came back.',
  feature: 'FEAT_LS64_V',
  syndrome: ({ Rs, Rt }) => block(Rt, 1, Rs),
  exec: (o, { Rs, Rn, Rt }) => {
    if (!eight(o, Rt)) return;
    o.requireBlockAccess('st64bv');
    o.setX(Rs, 1, o.store64Bytes(o.base(Rn), Rt, 'st64bv'));
  },
});

export const ST64BV0 = a64({
  bits: '11 111 0 00 0 0 1 Rs:5 1 010 00 Rn:5 Rt:5',
  asm: 'st64bv0 {Rs:X}, {Rt:EightX}, [{Rn:Base}]',
  doc: 'Stores 64 bytes, the lowest four from ACCDATA_EL1, in one access and gives the status that came back.',
  feature: 'FEAT_LS64_ACCDATA',
  syndrome: ({ Rs, Rt }) => block(Rt, 3, Rs),
  exec: (o, { Rs, Rn, Rt }) => {
    if (!eight(o, Rt)) return;
    o.requireBlockAccess('st64bv0');
    o.setX(Rs, 1, o.store64Bytes(o.base(Rn), Rt, 'st64bv0'));
  },
});

function checked<V>(o: Operations<V>, f: AtomicFields, how: 'clr' | 'set' | 'swp', soft: boolean): void {
  const zero = o.imm(0);
  const [old] = o.checkedAtomic(
    how,
    o.base(f.Rn),
    8,
    [o.x(f.Rs), zero],
    [zero, zero],
    soft,
    atomicType(f.Rn, f.A === 1 || f.R === 1),
  );
  o.setX(f.Rt, 1, old);
}

export const RCWCLR = a64({
  bits: '00 111 0 00 A:1 R:1 1 Rs:5 1 001 00 Rn:5 Rt:5',
  asm: 'rcwclr{A,R:AcquireRelease} {Rs:X}, {Rt:X}, [{Rn:Base}]',
  doc: 'Clears bits of a translation table entry in one atomic step, checked against the mask registers, and sets the flags.',
  feature: 'FEAT_THE',
  exec: (o, f) => checked(o, f, 'clr', false),
});

export const RCWSCLR = a64({
  bits: '01 111 0 00 A:1 R:1 1 Rs:5 1 001 00 Rn:5 Rt:5',
  asm: 'rcwsclr{A,R:AcquireRelease} {Rs:X}, {Rt:X}, [{Rn:Base}]',
  doc: 'Clears bits of a translation table entry in one atomic step, checked against the soft mask registers, and sets the flags.',
  feature: 'FEAT_THE',
  exec: (o, f) => checked(o, f, 'clr', true),
});

export const RCWSWP = a64({
  bits: '00 111 0 00 A:1 R:1 1 Rs:5 1 010 00 Rn:5 Rt:5',
  asm: 'rcwswp{A,R:AcquireRelease} {Rs:X}, {Rt:X}, [{Rn:Base}]',
  doc: 'Exchanges a translation table entry in one atomic step, checked against the mask registers, and sets the flags.',
  feature: 'FEAT_THE',
  exec: (o, f) => checked(o, f, 'swp', false),
});

export const RCWSSWP = a64({
  bits: '01 111 0 00 A:1 R:1 1 Rs:5 1 010 00 Rn:5 Rt:5',
  asm: 'rcwsswp{A,R:AcquireRelease} {Rs:X}, {Rt:X}, [{Rn:Base}]',
  doc: 'Exchanges a translation table entry in one atomic step, checked against the soft mask registers, and sets the flags.',
  feature: 'FEAT_THE',
  exec: (o, f) => checked(o, f, 'swp', true),
});

export const RCWSET = a64({
  bits: '00 111 0 00 A:1 R:1 1 Rs:5 1 011 00 Rn:5 Rt:5',
  asm: 'rcwset{A,R:AcquireRelease} {Rs:X}, {Rt:X}, [{Rn:Base}]',
  doc: 'Sets bits of a translation table entry in one atomic step, checked against the mask registers, and sets the flags.',
  feature: 'FEAT_THE',
  exec: (o, f) => checked(o, f, 'set', false),
});

export const RCWSSET = a64({
  bits: '01 111 0 00 A:1 R:1 1 Rs:5 1 011 00 Rn:5 Rt:5',
  asm: 'rcwsset{A,R:AcquireRelease} {Rs:X}, {Rt:X}, [{Rn:Base}]',
  doc: 'Sets bits of a translation table entry in one atomic step, checked against the soft mask registers, and sets the flags.',
  feature: 'FEAT_THE',
  exec: (o, f) => checked(o, f, 'set', true),
});
