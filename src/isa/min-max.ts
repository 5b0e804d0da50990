// Minimum and maximum of two values (FEAT_CSSC), signed or unsigned, over 32 or 64 bits.
import type { Operations } from './operations.ts';

function less<V>(o: Operations<V>, sf: number, a: V, b: V, signed: boolean): V {
  if (!signed) return o.lessUnsigned(a, b);
  return sf ? o.lessSigned(a, b) : o.lessSigned(o.signExtend(a, 32), o.signExtend(b, 32));
}

/** The greater of two values; with sf=0 only their low words count, and unsigned ones must be zero-extended. */
export function maximum<V>(o: Operations<V>, sf: number, a: V, b: V, signed: boolean): V {
  return o.select(less(o, sf, a, b, signed), b, a);
}

/** The lesser of two values; as `maximum`. */
export function minimum<V>(o: Operations<V>, sf: number, a: V, b: V, signed: boolean): V {
  return o.select(less(o, sf, a, b, signed), a, b);
}
