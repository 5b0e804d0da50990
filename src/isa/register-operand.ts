// The second operand of data processing and the index of an address: a register, shifted or extended (Arm ARM C1.3.3, J1.1.3).
import type { Operations } from './operations.ts';

interface ShiftedFields {
  readonly sf: number;
  readonly shift: number;
  readonly imm6: number;
  readonly Rm: number;
}

/** Rm shifted by LSL, LSR, ASR or ROR. */
export function shiftedRegister<V>(o: Operations<V>, { sf, shift, imm6, Rm }: ShiftedFields): V {
  const value = o.x(Rm, sf);
  if (imm6 === 0) return value;
  const amount = o.imm(imm6);
  return shift === 0
    ? o.shl(sf, value, amount)
    : shift === 1
      ? o.lshr(sf, value, amount)
      : shift === 2
        ? o.ashr(sf, value, amount)
        : o.ror(sf, value, amount);
}

/** Rm's low byte, halfword, word or all of it, zero- or sign-extended as option says, shifted left. */
export function extendedRegister<V>(o: Operations<V>, Rm: number, option: number, shift: number): V {
  const width = 8 << (option & 3);
  const value = o.x(Rm);
  const extended = width === 64 ? value : option & 4 ? o.signExtend(value, width) : o.zeroExtend(value, width);
  return shift === 0 ? extended : o.shl(1, extended, o.imm(shift));
}
