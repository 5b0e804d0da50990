// Load/store no-allocate pair and load/store register pair (post-indexed, offset, pre-indexed), Arm ARM C4.1.94.
import { signExtend32 } from '#base';
import {
  loadSimd,
  PAIR,
  PAIR_UNCHECKED,
  PAIR_UNPRIVILEGED,
  PAIR_UNPRIVILEGED_UNCHECKED,
  SIMD_PAIR,
  SIMD_PAIR_UNCHECKED,
  SIMD_PAIR_UNPRIVILEGED,
  SIMD_PAIR_UNPRIVILEGED_UNCHECKED,
  storeSimd,
} from '../access.ts';
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

function pairType(checked: boolean, unprivileged: boolean): AccessType {
  if (unprivileged) return checked ? PAIR_UNPRIVILEGED : PAIR_UNPRIVILEGED_UNCHECKED;
  return checked ? PAIR : PAIR_UNCHECKED;
}

function storePair<V>(o: Operations<V>, f: PairFields, bytes: 4 | 8, form: Form, unprivileged = false): void {
  transfer(o, f, bytes, form, (first, second, checked) => {
    const type = pairType(checked, unprivileged);
    o.store(first, bytes, o.x(f.Rt), type);
    o.store(second, bytes, o.x(f.Rt2), type);
  });
}

function loadPair<V>(
  o: Operations<V>,
  f: PairFields,
  bytes: 4 | 8,
  form: Form,
  sf: number,
  signed = false,
  unprivileged = false,
): void {
  transfer(o, f, bytes, form, (first, second, checked) => {
    const type = pairType(checked, unprivileged);
    const low = o.load(first, bytes, type);
    const high = o.load(second, bytes, type);
    // With Rt = Rt2 the first element is the one that stays.
    o.setX(f.Rt2, sf, signed ? o.signExtend(high, 32) : high);
    o.setX(f.Rt, sf, signed ? o.signExtend(low, 32) : low);
  });
}

function simdType(checked: boolean, unprivileged: boolean): AccessType {
  if (unprivileged) return checked ? SIMD_PAIR_UNPRIVILEGED : SIMD_PAIR_UNPRIVILEGED_UNCHECKED;
  return checked ? SIMD_PAIR : SIMD_PAIR_UNCHECKED;
}

function storeSimdPair<V>(o: Operations<V>, f: PairFields & { opc: number }, form: Form, unprivileged = false): void {
  o.requireSimd();
  const bytes = (4 << f.opc) as AccessBytes;
  transfer(o, f, bytes, form, (first, second, checked) => {
    storeSimd(o, f.Rt, first, bytes, simdType(checked, unprivileged));
    storeSimd(o, f.Rt2, second, bytes, simdType(checked, unprivileged));
  });
}

function loadSimdPair<V>(o: Operations<V>, f: PairFields & { opc: number }, form: Form, unprivileged = false): void {
  o.requireSimd();
  const bytes = (4 << f.opc) as AccessBytes;
  transfer(o, f, bytes, form, (first, second, checked) => {
    const type = simdType(checked, unprivileged);
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

/** STGP: the granule's tag is that of its own address, and the pair is stored unchecked. */
function storeTaggedPair<V>(o: Operations<V>, f: PairFields, form: Form): void {
  const base = o.base(f.Rn);
  const moved = o.add(base, o.imm(signExtend32(f.imm7, 7) * 16));
  const address = form === 'post' ? base : moved;
  o.storeTag(address, o.and(o.lshr(1, address, o.imm(56)), o.imm(15)), 1, false);
  o.store(address, 8, o.x(f.Rt), PAIR_UNCHECKED);
  o.store(o.add(address, o.imm(8)), 8, o.x(f.Rt2), PAIR_UNCHECKED);
  if (form !== 'offset') o.setXSP(f.Rn, 1, moved);
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
  feature: 'FEAT_FP',
  allocated,
  exec: (o, f) => storeSimdPair(o, f, 'offset'),
});

export const LDNP_simd = a64({
  bits: 'opc:2 101 1 000 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldnp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}{imm7:PairOffsetOpc}]',
  doc: 'Loads a pair of SIMD&FP registers hinting that it is not needed again.',
  feature: 'FEAT_FP',
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
  feature: 'FEAT_FP',
  allocated,
  exec: (o, f) => storeSimdPair(o, f, 'post'),
});

export const LDP_simd_post = a64({
  bits: 'opc:2 101 1 001 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}], {imm7:PairStepOpc}',
  doc: 'Loads a pair of SIMD&FP registers, then steps the base register.',
  feature: 'FEAT_FP',
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
  feature: 'FEAT_FP',
  allocated,
  exec: (o, f) => storeSimdPair(o, f, 'offset'),
});

export const LDP_simd_offset = a64({
  bits: 'opc:2 101 1 010 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}{imm7:PairOffsetOpc}]',
  doc: 'Loads a pair of SIMD&FP registers.',
  feature: 'FEAT_FP',
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
  feature: 'FEAT_FP',
  allocated,
  exec: (o, f) => storeSimdPair(o, f, 'pre'),
});

export const LDP_simd_pre = a64({
  bits: 'opc:2 101 1 011 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldp {Rt,opc:Vopc}, {Rt2,opc:Vopc}, [{Rn:XSP}, {imm7:PairStepOpc}]!',
  doc: 'Loads a pair of SIMD&FP registers after stepping the base register.',
  feature: 'FEAT_FP',
  allocated,
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadSimdPair(o, f, 'pre'),
});

export const STGP_post = a64({
  bits: '01 101 0 001 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stgp {Rt:X}, {Rt2:X}, [{Rn:XSP}], {imm7:PairStep16}',
  doc: 'Stores a pair of doublewords and the tag of their granule, then steps the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTaggedPair(o, f, 'post'),
});

export const STGP_offset = a64({
  bits: '01 101 0 010 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stgp {Rt:X}, {Rt2:X}, [{Rn:XSP}{imm7:PairOffset16}]',
  doc: 'Stores a pair of doublewords and the tag of their granule.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTaggedPair(o, f, 'offset'),
});

export const STGP_pre = a64({
  bits: '01 101 0 011 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'stgp {Rt:X}, {Rt2:X}, [{Rn:XSP}, {imm7:PairStep16}]!',
  doc: 'Stores a pair of doublewords and the tag of their granule after stepping the base register.',
  feature: 'FEAT_MTE',
  exec: (o, f) => storeTaggedPair(o, f, 'pre'),
});

export const STTNP = a64({
  bits: '11 101 0 000 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'sttnp {Rt:X}, {Rt2:X}, [{Rn:XSP}{imm7:PairOffset8}]',
  doc: 'Stores a pair of doublewords as EL0 could hinting that it is not needed again.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => storePair(o, f, 8, 'offset', true),
});

export const LDTNP = a64({
  bits: '11 101 0 000 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldtnp {Rt:X}, {Rt2:X}, [{Rn:XSP}{imm7:PairOffset8}]',
  doc: 'Loads a pair of doublewords as EL0 could hinting that it is not needed again.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadPair(o, f, 8, 'offset', 1, false, true),
});

export const STTNP_Q = a64({
  bits: '11 101 1 000 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'sttnp {Rt:Q}, {Rt2:Q}, [{Rn:XSP}{imm7:PairOffset16}]',
  doc: 'Stores a pair of SIMD&FP registers as EL0 could hinting that it is not needed again.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => storeSimdPair(o, { ...f, opc: 2 }, 'offset', true),
});

export const LDTNP_Q = a64({
  bits: '11 101 1 000 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldtnp {Rt:Q}, {Rt2:Q}, [{Rn:XSP}{imm7:PairOffset16}]',
  doc: 'Loads a pair of SIMD&FP registers as EL0 could hinting that it is not needed again.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadSimdPair(o, { ...f, opc: 2 }, 'offset', true),
});

export const STTP_post = a64({
  bits: '11 101 0 001 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'sttp {Rt:X}, {Rt2:X}, [{Rn:XSP}], {imm7:PairStep8}',
  doc: 'Stores a pair of doublewords as EL0 could, then steps the base register.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_WRITE_BACK_STORE],
  exec: (o, f) => storePair(o, f, 8, 'post', true),
});

export const LDTP_post = a64({
  bits: '11 101 0 001 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldtp {Rt:X}, {Rt2:X}, [{Rn:XSP}], {imm7:PairStep8}',
  doc: 'Loads a pair of doublewords as EL0 could, then steps the base register.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_LOAD, PAIR_WRITE_BACK_LOAD],
  exec: (o, f) => loadPair(o, f, 8, 'post', 1, false, true),
});

export const STTP_post_Q = a64({
  bits: '11 101 1 001 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'sttp {Rt:Q}, {Rt2:Q}, [{Rn:XSP}], {imm7:PairStep16}',
  doc: 'Stores a pair of SIMD&FP registers as EL0 could, then steps the base register.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => storeSimdPair(o, { ...f, opc: 2 }, 'post', true),
});

export const LDTP_post_Q = a64({
  bits: '11 101 1 001 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldtp {Rt:Q}, {Rt2:Q}, [{Rn:XSP}], {imm7:PairStep16}',
  doc: 'Loads a pair of SIMD&FP registers as EL0 could, then steps the base register.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadSimdPair(o, { ...f, opc: 2 }, 'post', true),
});

export const STTP_offset = a64({
  bits: '11 101 0 010 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'sttp {Rt:X}, {Rt2:X}, [{Rn:XSP}{imm7:PairOffset8}]',
  doc: 'Stores a pair of doublewords as EL0 could.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => storePair(o, f, 8, 'offset', true),
});

export const LDTP_offset = a64({
  bits: '11 101 0 010 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldtp {Rt:X}, {Rt2:X}, [{Rn:XSP}{imm7:PairOffset8}]',
  doc: 'Loads a pair of doublewords as EL0 could.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadPair(o, f, 8, 'offset', 1, false, true),
});

export const STTP_offset_Q = a64({
  bits: '11 101 1 010 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'sttp {Rt:Q}, {Rt2:Q}, [{Rn:XSP}{imm7:PairOffset16}]',
  doc: 'Stores a pair of SIMD&FP registers as EL0 could.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => storeSimdPair(o, { ...f, opc: 2 }, 'offset', true),
});

export const LDTP_offset_Q = a64({
  bits: '11 101 1 010 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldtp {Rt:Q}, {Rt2:Q}, [{Rn:XSP}{imm7:PairOffset16}]',
  doc: 'Loads a pair of SIMD&FP registers as EL0 could.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadSimdPair(o, { ...f, opc: 2 }, 'offset', true),
});

export const STTP_pre = a64({
  bits: '11 101 0 011 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'sttp {Rt:X}, {Rt2:X}, [{Rn:XSP}, {imm7:PairStep8}]!',
  doc: 'Stores a pair of doublewords as EL0 could after stepping the base register.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_WRITE_BACK_STORE],
  exec: (o, f) => storePair(o, f, 8, 'pre', true),
});

export const LDTP_pre = a64({
  bits: '11 101 0 011 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldtp {Rt:X}, {Rt2:X}, [{Rn:XSP}, {imm7:PairStep8}]!',
  doc: 'Loads a pair of doublewords as EL0 could after stepping the base register.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_LOAD, PAIR_WRITE_BACK_LOAD],
  exec: (o, f) => loadPair(o, f, 8, 'pre', 1, false, true),
});

export const STTP_pre_Q = a64({
  bits: '11 101 1 011 0 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'sttp {Rt:Q}, {Rt2:Q}, [{Rn:XSP}, {imm7:PairStep16}]!',
  doc: 'Stores a pair of SIMD&FP registers as EL0 could after stepping the base register.',
  feature: 'FEAT_LSUI',
  exec: (o, f) => storeSimdPair(o, { ...f, opc: 2 }, 'pre', true),
});

export const LDTP_pre_Q = a64({
  bits: '11 101 1 011 1 imm7:7 Rt2:5 Rn:5 Rt:5',
  asm: 'ldtp {Rt:Q}, {Rt2:Q}, [{Rn:XSP}, {imm7:PairStep16}]!',
  doc: 'Loads a pair of SIMD&FP registers as EL0 could after stepping the base register.',
  feature: 'FEAT_LSUI',
  unpredictable: [PAIR_LOAD],
  exec: (o, f) => loadSimdPair(o, { ...f, opc: 2 }, 'pre', true),
});
