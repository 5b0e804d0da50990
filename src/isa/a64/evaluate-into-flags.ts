// Evaluate into flags, Arm ARM C4.1.95.
import type { Operations } from '../operations.ts';
import { a64 } from '../row.ts';

/** N the sign of the low `width` bits, Z whether they are zero, V whether the bit above differs from the sign. */
function setFlags<V>(o: Operations<V>, Rn: number, width: number): void {
  const value = o.x(Rn);
  const sign = o.and(o.lshr(1, value, o.imm(width - 1)), o.imm(1));
  const above = o.and(o.lshr(1, value, o.imm(width)), o.imm(1));
  o.setFlags({ N: sign, Z: o.eq(o.zeroExtend(value, width), o.imm(0)), V: o.xor(sign, above) });
}

export const SETF8 = a64({
  bits: '0 0 1 11010000 000000 0 0010 Rn:5 0 1101',
  asm: 'setf8 {Rn:W}',
  doc: 'Sets N, Z and V from a byte and the bit above it.',
  feature: 'FEAT_FlagM',
  exec: (o, { Rn }) => setFlags(o, Rn, 8),
});

export const SETF16 = a64({
  bits: '0 0 1 11010000 000000 1 0010 Rn:5 0 1101',
  asm: 'setf16 {Rn:W}',
  doc: 'Sets N, Z and V from a halfword and the bit above it.',
  feature: 'FEAT_FlagM',
  exec: (o, { Rn }) => setFlags(o, Rn, 16),
});
