// Load/store no-allocate pair and load/store register pair (post-indexed, offset, pre-indexed), Arm ARM C4.1.94.
import { signExtend32 } from '#base';
import { loadSimd, PAIR, PAIR_UNCHECKED, SIMD_PAIR, SIMD_PAIR_UNCHECKED, storeSimd } from '../access.ts';
import {
  PAIR_LOAD,
  PAIR_WRITE_BACK_LOAD,
  PAIR_WRITE_BACK_STORE,
  SIGNED_PAIR_LOAD,
  SIGNED_PAIR_WRITE_BACK_LOAD,
} from '../constrained-unpredictable.ts';
import type { AccessBytes, AccessType, Operations } from '../operations.ts';
import { a64 } from '../row.ts';

interface PairFields {
  readonly imm7: number;
  readonly Rt: number;
  readonly Rt2: number;
  readonly Rn: number;
}

/** The forms of an address: offset, or with the base register stepped after or before. */
type Form = 'offset' | 'post' | 'pre';

function transfer<V>(
  o: Operations<V>,
  f: PairFields,
  bytes: number,
  form: Form,
  access: (first: V, second: V, checked: boolean) => void,
): void {
  const base = o.base(f.Rn);
  const step = signExtend32(f.imm7, 7) * bytes;
  const moved = step === 0 ? base : o.add(base, o.imm(step));
  const address = form === 'post' ? base : moved;
  access(address, o.add(address, o.imm(bytes)), form !== 'offset' || f.Rn !== 31);
  if (form !== 'offset') o.setXSP(f.Rn, 1, moved);
}

function storePair<V>(o: Operations<V>, f: PairFields, bytes: 4 | 8, form: Form): void {
  transfer(o, f, bytes, form, (first, second, checked) => {
    const type = checked ? PAIR : PAIR_UNCHECKED;
    o.store(first, bytes, o.x(f.Rt), type);
    o.store(second, bytes, o.x(f.Rt2), type);
  });
}

function loadPair<V>(o: Operations<V>, f: PairFields, bytes: 4 | 8, form: Form, sf: number, signed = false): void {
  transfer(o, f, bytes, form, (first, second, checked) => {
    const type = checked ? PAIR : PAIR_UNCHECKED;
    const low = o.load(first, bytes, type);
    const high = o.load(second, bytes, type);
    // With Rt = Rt2 the first element is the one that stays.
    o.setX(f.Rt2, sf, signed ? o.signExtend(high, 32) : high);
    o.setX(f.Rt, sf, signed ? o.signExtend(low, 32) : low);
  });
}

function simdType(checked: boolean): AccessType {
  return checked ? SIMD_PAIR : SIMD_PAIR_UNCHECKED;
}

function storeSimdPair<V>(o: Operations<V>, f: PairFields & { opc: number }, form: Form): void {
  o.requireSimd();
  const bytes = (4 << f.opc) as AccessBytes;
  transfer(o, f, bytes, form, (first, second, checked) => {
    storeSimd(o, f.Rt, first, bytes, simdType(checked));
    storeSimd(o, f.Rt2, second, bytes, simdType(checked));
  });
}

function loadSimdPair<V>(o: Operations<V>, f: PairFields & { opc: number }, form: Form): void {
  o.requireSimd();
  const bytes = (4 << f.opc) as AccessBytes;
  transfer(o, f, bytes, form, (first, second, checked) => {
    const type = simdType(checked);
    if (bytes === 16) {
      const low = o.load128(first, type);
      const high = o.load128(second, type);
      o.setV(f.Rt2, high[0], high[1]);
      o.setV(f.Rt, low[0], low[1]);
    } else {
      const low = o.load(first, bytes, type);
      loadSimd(o, f.Rt2, second, bytes, type);
      o.setV(f.Rt, low, o.imm(0));
    }
  });
}

const allocated = ({ opc }: { opc: number }): boolean => opc !== 3;

export const STNP = a64({
  bits: 'sf:1 0 101 0 000 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stnp {Rt:R}, {Rt2:R}, [{Rn:XSP}{imm7:PairOffsetSf}]',
  doc: 'Stores a pair of words or doublewords hinting that it is not needed again.',
  exec: (o, f) => storePair(o, f, f.sf ? 8 : 4, 'offset'),
});

export const LDNP = a64({
  bits: 'sf:1 0 101 0 000 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldnp {Rt:R}, {Rt2:R}, [{Rn:XSP}{imm7:PairOffsetSf}]',
  doc: 'Loads a pair of words or doublewords hinting that it is not needed again.',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadPair(o, f, f.sf ? 8 : 4, 'offset', f.sf),
});

export const STNP_simd = a64({
  bits: 'opc:2 101 1 000 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stnp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}{imm7:PairOffsetOpc}]',
  doc: 'Stores a pair of SIMD&FP registers hinting that it is not needed again.',
  allocated,
  exec: (o, f) => storeSimdPair(o, f, 'offset'),
});

export const LDNP_simd = a64({
  bits: 'opc:2 101 1 000 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldnp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}{imm7:PairOffsetOpc}]',
  doc: 'Loads a pair of SIMD&FP registers hinting that it is not needed again.',
  allocated,
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadSimdPair(o, f, 'offset'),
});

export const STP_post = a64({
  bits: 'sf:1 0 101 0 001 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stp {Rt:R}, {Rt2:R}, [{Rn:XSP}], {imm7:PairStepSf}',
  doc: 'Stores a pair of words or doublewords, then steps the base register.',
  unpredictable: [PAIR_WRITE_BACK_STORE],
  exec: (o, f) => storePair(o, f, f.sf ? 8 : 4, 'post'),
});

export const LDP_post = a64({
  bits: 'sf:1 0 101 0 001 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldp {Rt:R}, {Rt2:R}, [{Rn:XSP}], {imm7:PairStepSf}',
  doc: 'Loads a pair of words or doublewords, then steps the base register.',
  unpredictable: [PAIR_LOAD, PAIR_WRITE_BACK_LOAD],
  exec: (o, f) => loadPair(o, f, f.sf ? 8 : 4, 'post', f.sf),
});

export const LDPSW_post = a64({
  bits: '01 101 0 001 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldpsw {Rt:X}, {Rt2:X}, [{Rn:XSP}], {imm7:PairStep4}',
  doc: 'Loads a pair of words, then steps the base register, sign-extended.',
  unpredictable: [SIGNED_PAIR_LOAD, SIGNED_PAIR_WRITE_BACK_LOAD],
  exec: (o, f) => loadPair(o, f, 4, 'post', 1, true),
});

export const STP_simd_post = a64({
  bits: 'opc:2 101 1 001 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}], {imm7:PairStepOpc}',
  doc: 'Stores a pair of SIMD&FP registers, then steps the base register.',
  allocated,
  exec: (o, f) => storeSimdPair(o, f, 'post'),
});

export const LDP_simd_post = a64({
  bits: 'opc:2 101 1 001 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}], {imm7:PairStepOpc}',
  doc: 'Loads a pair of SIMD&FP registers, then steps the base register.',
  allocated,
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadSimdPair(o, f, 'post'),
});

export const STP_offset = a64({
  bits: 'sf:1 0 101 0 010 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stp {Rt:R}, {Rt2:R}, [{Rn:XSP}{imm7:PairOffsetSf}]',
  doc: 'Stores a pair of words or doublewords.',
  exec: (o, f) => storePair(o, f, f.sf ? 8 : 4, 'offset'),
});

export const LDP_offset = a64({
  bits: 'sf:1 0 101 0 010 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldp {Rt:R}, {Rt2:R}, [{Rn:XSP}{imm7:PairOffsetSf}]',
  doc: 'Loads a pair of words or doublewords.',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadPair(o, f, f.sf ? 8 : 4, 'offset', f.sf),
});

export const LDPSW_offset = a64({
  bits: '01 101 0 010 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldpsw {Rt:X}, {Rt2:X}, [{Rn:XSP}{imm7:PairOffset4}]',
  doc: 'Loads a pair of words, sign-extended.',
  unpredictable: [SIGNED_PAIR_LOAD],
  exec: (o, f) => loadPair(o, f, 4, 'offset', 1, true),
});

export const STP_simd_offset = a64({
  bits: 'opc:2 101 1 010 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}{imm7:PairOffsetOpc}]',
  doc: 'Stores a pair of SIMD&FP registers.',
  allocated,
  exec: (o, f) => storeSimdPair(o, f, 'offset'),
});

export const LDP_simd_offset = a64({
  bits: 'opc:2 101 1 010 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}{imm7:PairOffsetOpc}]',
  doc: 'Loads a pair of SIMD&FP registers.',
  allocated,
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadSimdPair(o, f, 'offset'),
});

export const STP_pre = a64({
  bits: 'sf:1 0 101 0 011 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stp {Rt:R}, {Rt2:R}, [{Rn:XSP}, {imm7:PairStepSf}]!',
  doc: 'Stores a pair of words or doublewords after stepping the base register.',
  unpredictable: [PAIR_WRITE_BACK_STORE],
  exec: (o, f) => storePair(o, f, f.sf ? 8 : 4, 'pre'),
});

export const LDP_pre = a64({
  bits: 'sf:1 0 101 0 011 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldp {Rt:R}, {Rt2:R}, [{Rn:XSP}, {imm7:PairStepSf}]!',
  doc: 'Loads a pair of words or doublewords after stepping the base register.',
  unpredictable: [PAIR_LOAD, PAIR_WRITE_BACK_LOAD],
  exec: (o, f) => loadPair(o, f, f.sf ? 8 : 4, 'pre', f.sf),
});

export const LDPSW_pre = a64({
  bits: '01 101 0 011 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldpsw {Rt:X}, {Rt2:X}, [{Rn:XSP}, {imm7:PairStep4}]!',
  doc: 'Loads a pair of words after stepping the base register, sign-extended.',
  unpredictable: [SIGNED_PAIR_LOAD, SIGNED_PAIR_WRITE_BACK_LOAD],
  exec: (o, f) => loadPair(o, f, 4, 'pre', 1, true),
});

export const STP_simd_pre = a64({
  bits: 'opc:2 101 1 011 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}, {imm7:PairStepOpc}]!',
  doc: 'Stores a pair of SIMD&FP registers after stepping the base register.',
  allocated,
  exec: (o, f) => storeSimdPair(o, f, 'pre'),
});

export const LDP_simd_pre = a64({
  bits: 'opc:2 101 1 011 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}, {imm7:PairStepOpc}]!',
  doc: 'Loads a pair of SIMD&FP registers after stepping the base register.',
  allocated,
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadSimdPair(o, f, 'pre'),
});
