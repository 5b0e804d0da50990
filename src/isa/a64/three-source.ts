// Data-processing (3 source), Arm ARM C4.1.95.
import { a64, alias } from '../row.ts';

export const MADD = a64({
  bits: 'sf:1 00 11011 000 Rm:5 0 Ra:5 Rn:5 Rd:5',
  asm: 'madd {Rd:R}, {Rn:R}, {Rm:R}, {Ra:R}',
  doc: 'Multiplies and adds.',
  exec: (o, { sf, Rm, Ra, Rn, Rd }) => o.setX(Rd, sf, o.add(o.x(Ra), o.mul(o.x(Rn), o.x(Rm)))),
});

export const MUL = alias(MADD, { asm: 'mul {Rd:R}, {Rn:R}, {Rm:R}', fix: { Ra: 31 }, doc: 'Multiplies.' });

export const MSUB = a64({
  bits: 'sf:1 00 11011 000 Rm:5 1 Ra:5 Rn:5 Rd:5',
  asm: 'msub {Rd:R}, {Rn:R}, {Rm:R}, {Ra:R}',
  doc: 'Multiplies and subtracts the product.',
  exec: (o, { sf, Rm, Ra, Rn, Rd }) => o.setX(Rd, sf, o.sub(o.x(Ra), o.mul(o.x(Rn), o.x(Rm)))),
});

export const MNEG = alias(MSUB, { asm: 'mneg {Rd:R}, {Rn:R}, {Rm:R}', fix: { Ra: 31 }, doc: 'Multiplies and negates.' });

export const SMADDL = a64({
  bits: '1 00 11011 001 Rm:5 0 Ra:5 Rn:5 Rd:5',
  asm: 'smaddl {Rd:X}, {Rn:W}, {Rm:W}, {Ra:X}',
  doc: 'Multiplies two signed words to 64 bits and adds.',
  exec: (o, { Rm, Ra, Rn, Rd }) => o.setX(Rd, 1, o.add(o.x(Ra), o.mul(o.signExtend(o.x(Rn), 32), o.signExtend(o.x(Rm), 32)))),
});

export const SMULL = alias(SMADDL, {
  asm: 'smull {Rd:X}, {Rn:W}, {Rm:W}',
  fix: { Ra: 31 },
  doc: 'Multiplies two signed words to 64 bits.',
});

export const SMSUBL = a64({
  bits: '1 00 11011 001 Rm:5 1 Ra:5 Rn:5 Rd:5',
  asm: 'smsubl {Rd:X}, {Rn:W}, {Rm:W}, {Ra:X}',
  doc: 'Multiplies two signed words to 64 bits and subtracts the product.',
  exec: (o, { Rm, Ra, Rn, Rd }) => o.setX(Rd, 1, o.sub(o.x(Ra), o.mul(o.signExtend(o.x(Rn), 32), o.signExtend(o.x(Rm), 32)))),
});

export const SMNEGL = alias(SMSUBL, {
  asm: 'smnegl {Rd:X}, {Rn:W}, {Rm:W}',
  fix: { Ra: 31 },
  doc: 'Multiplies two signed words to 64 bits and negates.',
});

export const SMULH = a64({
  bits: '1 00 11011 010 Rm:5 0 (11111) Rn:5 Rd:5',
  asm: 'smulh {Rd:X}, {Rn:X}, {Rm:X}',
  doc: 'High 64 bits of a signed product.',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 1, o.mulHigh(o.x(Rn), o.x(Rm), true)),
});

export const UMADDL = a64({
  bits: '1 00 11011 101 Rm:5 0 Ra:5 Rn:5 Rd:5',
  asm: 'umaddl {Rd:X}, {Rn:W}, {Rm:W}, {Ra:X}',
  doc: 'Multiplies two unsigned words to 64 bits and adds.',
  exec: (o, { Rm, Ra, Rn, Rd }) => o.setX(Rd, 1, o.add(o.x(Ra), o.mul(o.x(Rn, 0), o.x(Rm, 0)))),
});

export const UMULL = alias(UMADDL, {
  asm: 'umull {Rd:X}, {Rn:W}, {Rm:W}',
  fix: { Ra: 31 },
  doc: 'Multiplies two unsigned words to 64 bits.',
});

export const UMSUBL = a64({
  bits: '1 00 11011 101 Rm:5 1 Ra:5 Rn:5 Rd:5',
  asm: 'umsubl {Rd:X}, {Rn:W}, {Rm:W}, {Ra:X}',
  doc: 'Multiplies two unsigned words to 64 bits and subtracts the product.',
  exec: (o, { Rm, Ra, Rn, Rd }) => o.setX(Rd, 1, o.sub(o.x(Ra), o.mul(o.x(Rn, 0), o.x(Rm, 0)))),
});

export const UMNEGL = alias(UMSUBL, {
  asm: 'umnegl {Rd:X}, {Rn:W}, {Rm:W}',
  fix: { Ra: 31 },
  doc: 'Multiplies two unsigned words to 64 bits and negates.',
});

export const UMULH = a64({
  bits: '1 00 11011 110 Rm:5 0 (11111) Rn:5 Rd:5',
  asm: 'umulh {Rd:X}, {Rn:X}, {Rm:X}',
  doc: 'High 64 bits of an unsigned product.',
  exec: (o, { Rm, Rn, Rd }) => o.setX(Rd, 1, o.mulHigh(o.x(Rn), o.x(Rm), false)),
});

export const MADDPT = a64({
  bits: '1 00 11011 011 Rm:5 0 Ra:5 Rn:5 Rd:5',
  asm: 'maddpt {Rd:X}, {Rn:X}, {Rm:X}, {Ra:X}',
  doc: 'Adds a product to a pointer, which is checked to stay in its range.',
  feature: 'FEAT_CPA',
  exec: (o, { Rm, Ra, Rn, Rd }) => {
    const base = o.x(Ra);
    o.setX(Rd, 1, o.checkPointer(o.add(base, o.mul(o.x(Rn), o.x(Rm))), base));
  },
});

export const MSUBPT = a64({
  bits: '1 00 11011 011 Rm:5 1 Ra:5 Rn:5 Rd:5',
  asm: 'msubpt {Rd:X}, {Rn:X}, {Rm:X}, {Ra:X}',
  doc: 'Subtracts a product from a pointer, which is checked to stay in its range.',
  feature: 'FEAT_CPA',
  exec: (o, { Rm, Ra, Rn, Rd }) => {
    const base = o.x(Ra);
    o.setX(Rd, 1, o.checkPointer(o.sub(base, o.mul(o.x(Rn), o.x(Rm))), base));
  },
});
