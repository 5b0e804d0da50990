// Conditional compare (register) and (immediate), Arm ARM C4.1.95.
import type { Operations } from '../operations.ts';
import { a64 } from '../row.ts';

/** The flags of n + operand (or n - operand) when the condition holds, else the four bits given. */
function compare<V>(
  o: Operations<V>,
  f: { sf: number; cond: number; Rn: number; nzcv: number },
  operand: V,
  subtract: boolean,
): void {
  o.when(
    o.condition(f.cond),
    () => {
      o.addSetFlags(f.sf, o.x(f.Rn, f.sf), subtract ? o.not(operand) : operand, o.imm(subtract ? 1 : 0));
    },
    () => o.setFlags({ N: o.imm(f.nzcv >> 3), Z: o.imm((f.nzcv >> 2) & 1), C: o.imm((f.nzcv >> 1) & 1), V: o.imm(f.nzcv & 1) }),
  );
}

export const CCMN_register = a64({
  bits: 'sf:1 0 1 11010010 Rm:5 cond:4 00 Rn:5 0 nzcv:4',
  asm: 'ccmn {Rn:R}, {Rm:R}, {nzcv:Flags}, {cond:Condition}',
  doc: 'Sets the flags of an addition when the condition holds, else to a given value.',
  exec: (o, f) => compare(o, f, o.x(f.Rm, f.sf), false),
});

export const CCMP_register = a64({
  bits: 'sf:1 1 1 11010010 Rm:5 cond:4 00 Rn:5 0 nzcv:4',
  asm: 'ccmp {Rn:R}, {Rm:R}, {nzcv:Flags}, {cond:Condition}',
  doc: 'Sets the flags of a subtraction when the condition holds, else to a given value.',
  exec: (o, f) => compare(o, f, o.x(f.Rm, f.sf), true),
});

export const CCMN_immediate = a64({
  bits: 'sf:1 0 1 11010010 imm5:5 cond:4 10 Rn:5 0 nzcv:4',
  asm: 'ccmn {Rn:R}, {imm5:Hex5}, {nzcv:Flags}, {cond:Condition}',
  doc: 'Sets the flags of an addition when the condition holds, else to a given value.',
  exec: (o, f) => compare(o, f, o.imm(f.imm5), false),
});

export const CCMP_immediate = a64({
  bits: 'sf:1 1 1 11010010 imm5:5 cond:4 10 Rn:5 0 nzcv:4',
  asm: 'ccmp {Rn:R}, {imm5:Hex5}, {nzcv:Flags}, {cond:Condition}',
  doc: 'Sets the flags of a subtraction when the condition holds, else to a given value.',
  exec: (o, f) => compare(o, f, o.imm(f.imm5), true),
});
