// Rotate right into flags, Arm ARM C4.1.95.
import { a64 } from '../row.ts';

export const RMIF = a64({
  bits: '1 0 1 11010000 imm6:6 00001 Rn:5 0 mask:4',
  asm: 'rmif {Rn:X}, {imm6:Uimm6}, {mask:Uimm4}',
  doc: 'Rotates a register right and copies its low four bits to the flags that a mask names.',
  feature: 'FEAT_FlagM',
  exec: (o, { imm6, Rn, mask }) => {
    const value = o.ror(1, o.x(Rn), o.imm(imm6));
    const bit = (n: number) => o.and(o.lshr(1, value, o.imm(n)), o.imm(1));
    o.setFlags({
      ...(mask & 8 ? { N: bit(3) } : {}),
      ...(mask & 4 ? { Z: bit(2) } : {}),
      ...(mask & 2 ? { C: bit(1) } : {}),
      ...(mask & 1 ? { V: bit(0) } : {}),
    });
  },
});
