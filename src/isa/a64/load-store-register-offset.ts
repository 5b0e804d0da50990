// Load/store register (register offset), Arm ARM C4.1.94.
import { loadRegister, loadSimd, SIMD, storeSimd, transferSyndrome } from '../access.ts';
import type { AccessBytes, Operations } from '../operations.ts';
import { extendedRegister } from '../register-operand.ts';
import { a64, alias } from '../row.ts';

/** Only UXTW, LSL, SXTW and SXTX extend an index. */
const allocated = ({ option }: { option: number }): boolean => (option & 2) === 2;

function indexed<V>(o: Operations<V>, Rn: number, Rm: number, option: number, shift: number): V {
  return o.add(o.base(Rn), extendedRegister(o, Rm, option, shift));
}

export const STRB_register = a64({
  bits: '00 111 0 00 00 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'strb {Rt:W}, [{Rn:XSP}, {Rm,option,S:Index0}]',
  doc: 'Stores a byte at a base register plus an extended and optionally shifted index.',
  allocated,
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0),
  exec: (o, { Rm, option, Rn, Rt }) => o.store(indexed(o, Rn, Rm, option, 0), 1, o.x(Rt)),
});

export const LDRB_register = a64({
  bits: '00 111 0 00 01 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'ldrb {Rt:W}, [{Rn:XSP}, {Rm,option,S:Index0}]',
  doc: 'Loads a byte, zero-extended at a base register plus an extended and optionally shifted index.',
  allocated,
  syndrome: ({ Rt }) => transferSyndrome(0, 0, Rt, 0),
  exec: (o, { Rm, option, Rn, Rt }) => loadRegister(o, Rt, 0, indexed(o, Rn, Rm, option, 0), 1, false),
});

export const LDRSB_register = a64({
  bits: '00 111 0 00 1 w:1 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'ldrsb {Rt:Rw}, [{Rn:XSP}, {Rm,option,S:Index0}]',
  doc: 'Loads a byte, sign-extended at a base register plus an extended and optionally shifted index.',
  allocated,
  syndrome: ({ Rt, w }) => transferSyndrome(0, 1, Rt, 1 - w),
  exec: (o, { Rm, option, Rn, Rt, w }) => loadRegister(o, Rt, 1 - w, indexed(o, Rn, Rm, option, 0), 1, true),
});

export const STRH_register = a64({
  bits: '01 111 0 00 00 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'strh {Rt:W}, [{Rn:XSP}, {Rm,option,S:Index1}]',
  doc: 'Stores a halfword at a base register plus an extended and optionally shifted index.',
  allocated,
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0),
  exec: (o, { Rm, option, S, Rn, Rt }) => o.store(indexed(o, Rn, Rm, option, S ? 1 : 0), 2, o.x(Rt)),
});

export const LDRH_register = a64({
  bits: '01 111 0 00 01 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'ldrh {Rt:W}, [{Rn:XSP}, {Rm,option,S:Index1}]',
  doc: 'Loads a halfword, zero-extended at a base register plus an extended and optionally shifted index.',
  allocated,
  syndrome: ({ Rt }) => transferSyndrome(1, 0, Rt, 0),
  exec: (o, { Rm, option, S, Rn, Rt }) => loadRegister(o, Rt, 0, indexed(o, Rn, Rm, option, S ? 1 : 0), 2, false),
});

export const LDRSH_register = a64({
  bits: '01 111 0 00 1 w:1 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'ldrsh {Rt:Rw}, [{Rn:XSP}, {Rm,option,S:Index1}]',
  doc: 'Loads a halfword, sign-extended at a base register plus an extended and optionally shifted index.',
  allocated,
  syndrome: ({ Rt, w }) => transferSyndrome(1, 1, Rt, 1 - w),
  exec: (o, { Rm, option, S, Rn, Rt, w }) => loadRegister(o, Rt, 1 - w, indexed(o, Rn, Rm, option, S ? 1 : 0), 2, true),
});

export const STR_register = a64({
  bits: '1 sf:1 111 0 00 00 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'str {Rt:R}, [{Rn:XSP}, {Rm,option,S:IndexSf}]',
  doc: 'Stores a word or doubleword at a base register plus an extended and optionally shifted index.',
  allocated,
  syndrome: ({ Rt, sf }) => transferSyndrome(2 + sf, 0, Rt, sf),
  exec: (o, { Rm, option, S, Rn, Rt, sf }) => o.store(indexed(o, Rn, Rm, option, S ? 2 + sf : 0), sf ? 8 : 4, o.x(Rt)),
});

export const LDR_register = a64({
  bits: '1 sf:1 111 0 00 01 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'ldr {Rt:R}, [{Rn:XSP}, {Rm,option,S:IndexSf}]',
  doc: 'Loads a word or doubleword at a base register plus an extended and optionally shifted index.',
  allocated,
  syndrome: ({ Rt, sf }) => transferSyndrome(2 + sf, 0, Rt, sf),
  exec: (o, { Rm, option, S, Rn, Rt, sf }) =>
    loadRegister(o, Rt, sf, indexed(o, Rn, Rm, option, S ? 2 + sf : 0), sf ? 8 : 4, false),
});

export const LDRSW_register = a64({
  bits: '10 111 0 00 10 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'ldrsw {Rt:X}, [{Rn:XSP}, {Rm,option,S:Index2}]',
  doc: 'Loads a word, sign-extended at a base register plus an extended and optionally shifted index.',
  allocated,
  syndrome: ({ Rt }) => transferSyndrome(2, 1, Rt, 1),
  exec: (o, { Rm, option, S, Rn, Rt }) => loadRegister(o, Rt, 1, indexed(o, Rn, Rm, option, S ? 2 : 0), 4, true),
});

export const PRFM_register = a64({
  bits: '11 111 0 00 10 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'prfm {Rt:Prefetch}, [{Rn:XSP}, {Rm,option,S:Index3}]',
  doc: 'Hints that memory at a base register plus an index will be used.',
  allocated,
  // No SP alignment check: a prefetch never faults.
  exec: (o, { Rm, option, S, Rn, Rt }) => o.prefetch(o.add(o.xsp(Rn), extendedRegister(o, Rm, option, S ? 3 : 0)), Rt),
});

// Range prefetches are register-offset prefetches with an operation of 24 or more; objdump 2.40 prints them as such.
export const RPRFM = alias(PRFM_register, {
  asm: 'rprfm {option,S,Rt:RangePrefetch}, {Rm:X}, [{Rn:Base}]',
  use: 'assemble',
  doc: 'Hints that a range of memory, described by a register, will be used.',
});

export const STR_simd_register = a64({
  bits: 'size:2 111 1 00 00 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'str {Rt,size:Vsize}, [{Rn:XSP}, {Rm,option,S:IndexSize}]',
  doc: 'Stores a SIMD&FP register of 1 to 8 bytes.',
  feature: 'FEAT_FP',
  allocated,
  exec: (o, { Rm, option, S, Rn, Rt, size }) => {
    o.requireSimd();
    storeSimd(o, Rt, indexed(o, Rn, Rm, option, S ? size : 0), (1 << size) as AccessBytes, SIMD);
  },
});

export const LDR_simd_register = a64({
  bits: 'size:2 111 1 00 01 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'ldr {Rt,size:Vsize}, [{Rn:XSP}, {Rm,option,S:IndexSize}]',
  doc: 'Loads a SIMD&FP register of 1 to 8 bytes, the rest zero.',
  feature: 'FEAT_FP',
  allocated,
  exec: (o, { Rm, option, S, Rn, Rt, size }) => {
    o.requireSimd();
    loadSimd(o, Rt, indexed(o, Rn, Rm, option, S ? size : 0), (1 << size) as AccessBytes, SIMD);
  },
});

export const STR_Q_register = a64({
  bits: '00 111 1 00 10 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'str {Rt:Q}, [{Rn:XSP}, {Rm,option,S:Index4}]',
  doc: 'Stores a 16-byte SIMD&FP register.',
  feature: 'FEAT_FP',
  allocated,
  exec: (o, { Rm, option, S, Rn, Rt }) => {
    o.requireSimd();
    storeSimd(o, Rt, indexed(o, Rn, Rm, option, S ? 4 : 0), 16, SIMD);
  },
});

export const LDR_Q_register = a64({
  bits: '00 111 1 00 11 1 Rm:5 option:3 S:1 10 Rn:5 Rt:5',
  asm: 'ldr {Rt:Q}, [{Rn:XSP}, {Rm,option,S:Index4}]',
  doc: 'Loads a 16-byte SIMD&FP register.',
  feature: 'FEAT_FP',
  allocated,
  exec: (o, { Rm, option, S, Rn, Rt }) => {
    o.requireSimd();
    loadSimd(o, Rt, indexed(o, Rn, Rm, option, S ? 4 : 0), 16, SIMD);
  },
});
