// The read-modify-write functions of the atomic instructions (Arm ARM DDI 0487, shared/functions/memory/MemAtomicOp).
import type { AtomicFunction } from '../operations.ts';

/** The new value of an atomic of `bytes` bytes; whoever stores it cuts it to them. `old` is zero-extended. */
export function atomicValue(f: AtomicFunction, bytes: number, old: bigint, operand: bigint): bigint {
  const width = bytes * 8;
  const signed = (v: bigint): bigint => BigInt.asIntN(width, v);
  const unsigned = (v: bigint): bigint => BigInt.asUintN(width, v);
  switch (f) {
    case 'add':
      return old + operand;
    case 'clr':
      return old & ~operand;
    case 'eor':
      return old ^ operand;
    case 'set':
      return old | operand;
    case 'smax':
      return signed(old) >= signed(operand) ? old : operand;
    case 'smin':
      return signed(old) <= signed(operand) ? old : operand;
    case 'umax':
      return old >= unsigned(operand) ? old : operand;
    case 'umin':
      return old <= unsigned(operand) ? old : operand;
    case 'swp':
      return operand;
  }
}
