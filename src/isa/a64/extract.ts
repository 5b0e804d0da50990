// Extract, Arm ARM C4.1.92.
import { a64, alias } from '../row.ts';

export const EXTR = a64({
  bits: 'sf:1 00 100111 N=sf:1 0 Rm:5 imms:6 Rn:5 Rd:5',
  asm: 'extr {Rd:R}, {Rn:R}, {Rm:R}, {imms:BelowWidth}',
  doc: 'Takes a register-wide run of bits from the pair Rn:Rm, starting at a bit of Rm.',
  allocated: ({ sf, imms }) => sf === 1 || imms < 32,
  exec: (o, { sf, imms, Rm, Rn, Rd }) => {
    const low = o.lshr(sf, o.x(Rm, sf), o.imm(imms));
    // Shifting by the whole width is no shift to the operations: at 0 the result is Rm alone.
    o.setX(Rd, sf, imms === 0 ? low : o.or(low, o.shl(sf, o.x(Rn, sf), o.imm((sf ? 64 : 32) - imms))));
  },
});

export const ROR_immediate = alias(EXTR, { asm: 'ror {Rd:R}, {Rn,Rm:R}, {imms:BelowWidth}', doc: 'Rotates right.' });
