// Bitfield, Arm ARM C4.1.92, with the immediate shifts and extensions that are its aliases.

import type { Operations } from '../operations.ts';
import { a64, alias } from '../row.ts';

interface BitfieldFields {
  readonly sf: number;
  readonly immr: number;
  readonly imms: number;
}

const allocated = ({ sf, immr, imms }: BitfieldFields): boolean => sf === 1 || (immr < 32 && imms < 32);

/** The field as it stands in the result, zero- or sign-extended: bits imms:immr moved to 0, or bits imms:0 moved to width - immr. */
function moved<V>(o: Operations<V>, value: V, { sf, immr, imms }: BitfieldFields, signed: boolean): V {
  const width = imms >= immr ? imms - immr + 1 : imms + 1;
  const low = imms >= immr && immr > 0 ? o.lshr(1, o.zeroExtend(value, imms + 1), o.imm(immr)) : value;
  const field = signed ? o.signExtend(low, width) : o.zeroExtend(low, width);
  return imms >= immr ? field : o.shl(1, field, o.imm((sf ? 64 : 32) - immr));
}

export const SBFM = a64({
  bits: 'sf:1 00 100110 N=sf:1 immr:6 imms:6 Rn:5 Rd:5',
  asm: 'sbfm {Rd:R}, {Rn:R}, {immr:BelowWidth}, {imms:BelowWidth}',
  doc: 'Moves a bitfield and sign-extends it.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, moved(o, o.x(f.Rn), f, true)),
});

export const ASR_immediate = alias(SBFM, {
  asm: 'asr {Rd:R}, {Rn:R}, {immr,imms:RightShift}',
  doc: 'Shifts right, copying the sign.',
});
export const SXTB = alias(SBFM, { asm: 'sxtb {Rd:R}, {Rn:W}', fix: { immr: 0, imms: 7 }, doc: 'Sign-extends a byte.' });
export const SXTH = alias(SBFM, { asm: 'sxth {Rd:R}, {Rn:W}', fix: { immr: 0, imms: 15 }, doc: 'Sign-extends a halfword.' });
export const SXTW = alias(SBFM, { asm: 'sxtw {Rd:X}, {Rn:W}', fix: { sf: 1, immr: 0, imms: 31 }, doc: 'Sign-extends a word.' });
export const SBFIZ = alias(SBFM, {
  asm: 'sbfiz {Rd:R}, {Rn:R}, {immr:InsertLsb}, {imms:InsertWidth}',
  doc: 'Moves the low bits to a position, zeros below and the sign above.',
});
export const SBFX = alias(SBFM, {
  asm: 'sbfx {Rd:R}, {Rn:R}, {immr:BelowWidth}, {imms:ExtractWidth}',
  doc: 'Extracts a bitfield and sign-extends it.',
});

export const BFM = a64({
  bits: 'sf:1 01 100110 N=sf:1 immr:6 imms:6 Rn:5 Rd:5',
  asm: 'bfm {Rd:R}, {Rn:R}, {immr:BelowWidth}, {imms:BelowWidth}',
  doc: 'Moves a bitfield into a register and keeps its other bits.',
  allocated,
  exec: (o, f) => {
    const { sf, immr, imms } = f;
    const lsb = imms >= immr ? 0 : (sf ? 64 : 32) - immr;
    const width = imms >= immr ? imms - immr + 1 : imms + 1;
    const mask = ((1n << BigInt(width)) - 1n) << BigInt(lsb);
    o.setX(f.Rd, sf, o.or(o.and(o.x(f.Rd), o.imm(~mask)), moved(o, o.x(f.Rn), f, false)));
  },
});

export const BFC = alias(BFM, {
  asm: 'bfc {Rd:R}, {immr:InsertLsb}, {imms:InsertWidth}',
  fix: { Rn: 31 },
  doc: 'Clears a bitfield.',
});
export const BFI = alias(BFM, {
  asm: 'bfi {Rd:R}, {Rn:R}, {immr:InsertLsb}, {imms:InsertWidth}',
  doc: 'Copies the low bits into a bitfield.',
});
export const BFXIL = alias(BFM, {
  asm: 'bfxil {Rd:R}, {Rn:R}, {immr:BelowWidth}, {imms:ExtractWidth}',
  doc: 'Copies a bitfield into the low bits and keeps the others.',
});

export const UBFM = a64({
  bits: 'sf:1 10 100110 N=sf:1 immr:6 imms:6 Rn:5 Rd:5',
  asm: 'ubfm {Rd:R}, {Rn:R}, {immr:BelowWidth}, {imms:BelowWidth}',
  doc: 'Moves a bitfield, the other bits zero.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, moved(o, o.x(f.Rn), f, false)),
});

export const LSR_immediate = alias(UBFM, {
  asm: 'lsr {Rd:R}, {Rn:R}, {immr,imms:RightShift}',
  doc: 'Shifts right, zeros coming in.',
});
export const LSL_immediate = alias(UBFM, { asm: 'lsl {Rd:R}, {Rn:R}, {immr,imms:LeftShift}', doc: 'Shifts left.' });
export const UXTB = alias(UBFM, { asm: 'uxtb {Rd:W}, {Rn:W}', fix: { sf: 0, immr: 0, imms: 7 }, doc: 'Zero-extends a byte.' });
export const UXTH = alias(UBFM, {
  asm: 'uxth {Rd:W}, {Rn:W}',
  fix: { sf: 0, immr: 0, imms: 15 },
  doc: 'Zero-extends a halfword.',
});
export const UBFIZ = alias(UBFM, {
  asm: 'ubfiz {Rd:R}, {Rn:R}, {immr:InsertLsb}, {imms:InsertWidth}',
  doc: 'Moves the low bits to a position, the other bits zero.',
});
export const UBFX = alias(UBFM, {
  asm: 'ubfx {Rd:R}, {Rn:R}, {immr:BelowWidth}, {imms:ExtractWidth}',
  doc: 'Extracts a bitfield.',
});
// The X spellings are the W instructions, whose result is zero-extended anyway.
export const UXTB_x = alias(UBFM, { asm: 'uxtb {Rd:X}, {Rn:W}', fix: { sf: 0, immr: 0, imms: 7 }, use: 'assemble' });
export const UXTH_x = alias(UBFM, { asm: 'uxth {Rd:X}, {Rn:W}', fix: { sf: 0, immr: 0, imms: 15 }, use: 'assemble' });
