// Add/subtract (with carry), Arm ARM C4.1.95.
import { a64, alias } from '../row.ts';

export const ADC = a64({
  bits: 'sf:1 0 0 11010000 Rm:5 000000 Rn:5 Rd:5',
  asm: 'adc {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Adds with carry.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.add(o.add(o.x(Rn), o.x(Rm)), o.flag('C'))),
});

export const ADCS = a64({
  bits: 'sf:1 0 1 11010000 Rm:5 000000 Rn:5 Rd:5',
  asm: 'adcs {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Adds with carry and sets the flags.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.addSetFlags(sf, o.x(Rn, sf), o.x(Rm, sf), o.flag('C'))),
});

export const SBC = a64({
  bits: 'sf:1 1 0 11010000 Rm:5 000000 Rn:5 Rd:5',
  asm: 'sbc {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Subtracts with borrow (carry inverted).',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.add(o.add(o.x(Rn), o.not(o.x(Rm))), o.flag('C'))),
});

export const NGC = alias(SBC, { asm: 'ngc {Rd:R}, {Rm:R}', fix: { Rn: 31 }, doc: 'Negates with borrow.' });

export const SBCS = a64({
  bits: 'sf:1 1 1 11010000 Rm:5 000000 Rn:5 Rd:5',
  asm: 'sbcs {Rd:R}, {Rn:R}, {Rm:R}',
  doc: 'Subtracts with borrow (carry inverted) and sets the flags.',
  exec: (o, { sf, Rm, Rn, Rd }) => o.setX(Rd, sf, o.addSetFlags(sf, o.x(Rn, sf), o.not(o.x(Rm, sf)), o.flag('C'))),
});

export const NGCS = alias(SBCS, { asm: 'ngcs {Rd:R}, {Rm:R}', fix: { Rn: 31 }, doc: 'Negates with borrow and sets the flags.' });
