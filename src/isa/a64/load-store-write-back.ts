// Load/store register (immediate post-indexed) and (immediate pre-indexed), Arm ARM C4.1.94.
import { loadRegister, loadSimd, SIMD, simm9, storeSimd } from '../access.ts';
import { WRITE_BACK_LOAD, WRITE_BACK_STORE } from '../constrained-unpredictable.ts';
import type { AccessBytes, Operations } from '../operations.ts';
import { a64 } from '../row.ts';

/** A transfer at the base register (post) or the base register plus the step (pre), which is then written back. */
function stepped<V>(o: Operations<V>, imm9: number, Rn: number, form: 'post' | 'pre', transfer: (address: V) => void): void {
  const base = o.base(Rn);
  const next = o.add(base, o.imm(simm9(imm9)));
  transfer(form === 'post' ? base : next);
  o.setXSP(Rn, 1, next);
}

export const STRB_post = a64({
  bits: '00 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'strb {Rt:W}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Stores a byte, then steps the base register.',
  unpredictable: [WRITE_BACK_STORE],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'post', (address) => o.store(address, 1, o.x(Rt))),
});

export const LDRB_post = a64({
  bits: '00 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'ldrb {Rt:W}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Loads a byte, zero-extended, then steps the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'post', (address) => loadRegister(o, Rt, 0, address, 1, false)),
});

export const LDRSB_post = a64({
  bits: '00 111 0 00 1 w:1 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'ldrsb {Rt:Rw}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Loads a byte, sign-extended, then steps the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt, w }) => stepped(o, imm9, Rn, 'post', (address) => loadRegister(o, Rt, 1 - w, address, 1, true)),
});

export const STRH_post = a64({
  bits: '01 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'strh {Rt:W}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Stores a halfword, then steps the base register.',
  unpredictable: [WRITE_BACK_STORE],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'post', (address) => o.store(address, 2, o.x(Rt))),
});

export const LDRH_post = a64({
  bits: '01 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'ldrh {Rt:W}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Loads a halfword, zero-extended, then steps the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'post', (address) => loadRegister(o, Rt, 0, address, 2, false)),
});

export const LDRSH_post = a64({
  bits: '01 111 0 00 1 w:1 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'ldrsh {Rt:Rw}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Loads a halfword, sign-extended, then steps the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt, w }) => stepped(o, imm9, Rn, 'post', (address) => loadRegister(o, Rt, 1 - w, address, 2, true)),
});

export const STR_post = a64({
  bits: '1 sf:1 111 0 00 00 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'str {Rt:R}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Stores a word or doubleword, then steps the base register.',
  unpredictable: [WRITE_BACK_STORE],
  exec: (o, { imm9, Rn, Rt, sf }) => stepped(o, imm9, Rn, 'post', (address) => o.store(address, sf ? 8 : 4, o.x(Rt))),
});

export const LDR_post = a64({
  bits: '1 sf:1 111 0 00 01 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'ldr {Rt:R}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Loads a word or doubleword, then steps the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt, sf }) =>
    stepped(o, imm9, Rn, 'post', (address) => loadRegister(o, Rt, sf, address, sf ? 8 : 4, false)),
});

export const LDRSW_post = a64({
  bits: '10 111 0 00 10 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'ldrsw {Rt:X}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Loads a word, sign-extended, then steps the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'post', (address) => loadRegister(o, Rt, 1, address, 4, true)),
});

export const STR_simd_post = a64({
  bits: 'size:2 111 1 00 00 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'str {Rt,size:Vsize}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Stores a SIMD&FP register of 1 to 8 bytes and steps the base register afterwards.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt, size }) => {
    o.requireSimd();
    stepped(o, imm9, Rn, 'post', (address) => storeSimd(o, Rt, address, (1 << size) as AccessBytes, SIMD));
  },
});

export const LDR_simd_post = a64({
  bits: 'size:2 111 1 00 01 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'ldr {Rt,size:Vsize}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Loads a SIMD&FP register of 1 to 8 bytes, the rest zero and steps the base register afterwards.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt, size }) => {
    o.requireSimd();
    stepped(o, imm9, Rn, 'post', (address) => loadSimd(o, Rt, address, (1 << size) as AccessBytes, SIMD));
  },
});

export const STR_Q_post = a64({
  bits: '00 111 1 00 10 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'str {Rt:Q}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Stores a 16-byte SIMD&FP register and steps the base register afterwards.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt }) => {
    o.requireSimd();
    stepped(o, imm9, Rn, 'post', (address) => storeSimd(o, Rt, address, 16, SIMD));
  },
});

export const LDR_Q_post = a64({
  bits: '00 111 1 00 11 0 imm9:9 01 Rn:5 Rt:5',
  asm: 'ldr {Rt:Q}, [{Rn:XSP}], {imm9:Step}',
  doc: 'Loads a 16-byte SIMD&FP register and steps the base register afterwards.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt }) => {
    o.requireSimd();
    stepped(o, imm9, Rn, 'post', (address) => loadSimd(o, Rt, address, 16, SIMD));
  },
});

export const STRB_pre = a64({
  bits: '00 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'strb {Rt:W}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Stores a byte after stepping the base register.',
  unpredictable: [WRITE_BACK_STORE],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'pre', (address) => o.store(address, 1, o.x(Rt))),
});

export const LDRB_pre = a64({
  bits: '00 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'ldrb {Rt:W}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Loads a byte, zero-extended after stepping the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'pre', (address) => loadRegister(o, Rt, 0, address, 1, false)),
});

export const LDRSB_pre = a64({
  bits: '00 111 0 00 1 w:1 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'ldrsb {Rt:Rw}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Loads a byte, sign-extended after stepping the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt, w }) => stepped(o, imm9, Rn, 'pre', (address) => loadRegister(o, Rt, 1 - w, address, 1, true)),
});

export const STRH_pre = a64({
  bits: '01 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'strh {Rt:W}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Stores a halfword after stepping the base register.',
  unpredictable: [WRITE_BACK_STORE],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'pre', (address) => o.store(address, 2, o.x(Rt))),
});

export const LDRH_pre = a64({
  bits: '01 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'ldrh {Rt:W}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Loads a halfword, zero-extended after stepping the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'pre', (address) => loadRegister(o, Rt, 0, address, 2, false)),
});

export const LDRSH_pre = a64({
  bits: '01 111 0 00 1 w:1 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'ldrsh {Rt:Rw}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Loads a halfword, sign-extended after stepping the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt, w }) => stepped(o, imm9, Rn, 'pre', (address) => loadRegister(o, Rt, 1 - w, address, 2, true)),
});

export const STR_pre = a64({
  bits: '1 sf:1 111 0 00 00 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'str {Rt:R}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Stores a word or doubleword after stepping the base register.',
  unpredictable: [WRITE_BACK_STORE],
  exec: (o, { imm9, Rn, Rt, sf }) => stepped(o, imm9, Rn, 'pre', (address) => o.store(address, sf ? 8 : 4, o.x(Rt))),
});

export const LDR_pre = a64({
  bits: '1 sf:1 111 0 00 01 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'ldr {Rt:R}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Loads a word or doubleword after stepping the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt, sf }) =>
    stepped(o, imm9, Rn, 'pre', (address) => loadRegister(o, Rt, sf, address, sf ? 8 : 4, false)),
});

export const LDRSW_pre = a64({
  bits: '10 111 0 00 10 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'ldrsw {Rt:X}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Loads a word, sign-extended after stepping the base register.',
  unpredictable: [WRITE_BACK_LOAD],
  exec: (o, { imm9, Rn, Rt }) => stepped(o, imm9, Rn, 'pre', (address) => loadRegister(o, Rt, 1, address, 4, true)),
});

export const STR_simd_pre = a64({
  bits: 'size:2 111 1 00 00 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'str {Rt,size:Vsize}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Stores a SIMD&FP register of 1 to 8 bytes after stepping the base register.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt, size }) => {
    o.requireSimd();
    stepped(o, imm9, Rn, 'pre', (address) => storeSimd(o, Rt, address, (1 << size) as AccessBytes, SIMD));
  },
});

export const LDR_simd_pre = a64({
  bits: 'size:2 111 1 00 01 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'ldr {Rt,size:Vsize}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Loads a SIMD&FP register of 1 to 8 bytes, the rest zero after stepping the base register.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt, size }) => {
    o.requireSimd();
    stepped(o, imm9, Rn, 'pre', (address) => loadSimd(o, Rt, address, (1 << size) as AccessBytes, SIMD));
  },
});

export const STR_Q_pre = a64({
  bits: '00 111 1 00 10 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'str {Rt:Q}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Stores a 16-byte SIMD&FP register after stepping the base register.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt }) => {
    o.requireSimd();
    stepped(o, imm9, Rn, 'pre', (address) => storeSimd(o, Rt, address, 16, SIMD));
  },
});

export const LDR_Q_pre = a64({
  bits: '00 111 1 00 11 0 imm9:9 11 Rn:5 Rt:5',
  asm: 'ldr {Rt:Q}, [{Rn:XSP}, {imm9:Step}]!',
  doc: 'Loads a 16-byte SIMD&FP register after stepping the base register.',
  feature: 'FEAT_FP',
  exec: (o, { imm9, Rn, Rt }) => {
    o.requireSimd();
    stepped(o, imm9, Rn, 'pre', (address) => loadSimd(o, Rt, address, 16, SIMD));
  },
});
