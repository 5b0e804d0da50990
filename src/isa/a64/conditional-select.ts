// Conditional select, Arm ARM C4.1.95.
import { a64, alias } from '../row.ts';

export const CSEL = a64({
  bits: 'sf:1 0 0 11010100 Rm:5 cond:4 00 Rn:5 Rd:5',
  asm: 'csel {Rd:R}, {Rn:R}, {Rm:R}, {cond:Condition}',
  doc: 'Takes the first register when the condition holds, else the second.',
  exec: (o, { sf, Rm, cond, Rn, Rd }) => o.setX(Rd, sf, o.select(o.condition(cond), o.x(Rn), o.x(Rm))),
});

export const CSINC = a64({
  bits: 'sf:1 0 0 11010100 Rm:5 cond:4 01 Rn:5 Rd:5',
  asm: 'csinc {Rd:R}, {Rn:R}, {Rm:R}, {cond:Condition}',
  doc: 'Takes the first register when the condition holds, else the second plus one.',
  exec: (o, { sf, Rm, cond, Rn, Rd }) => o.setX(Rd, sf, o.select(o.condition(cond), o.x(Rn), o.add(o.x(Rm), o.imm(1)))),
});

export const CSET = alias(CSINC, {
  asm: 'cset {Rd:R}, {cond:InvertedCondition}',
  fix: { Rn: 31, Rm: 31 },
  doc: 'Gives 1 when the condition holds, else 0.',
});

export const CINC = alias(CSINC, {
  asm: 'cinc {Rd:R}, {Rn,Rm:R}, {cond:InvertedCondition}',
  when: ({ Rn }) => Rn !== 31,
  doc: 'Increments when the condition holds.',
});

export const CSINV = a64({
  bits: 'sf:1 1 0 11010100 Rm:5 cond:4 00 Rn:5 Rd:5',
  asm: 'csinv {Rd:R}, {Rn:R}, {Rm:R}, {cond:Condition}',
  doc: 'Takes the first register when the condition holds, else the inverse of the second.',
  exec: (o, { sf, Rm, cond, Rn, Rd }) => o.setX(Rd, sf, o.select(o.condition(cond), o.x(Rn), o.not(o.x(Rm)))),
});

export const CSETM = alias(CSINV, {
  asm: 'csetm {Rd:R}, {cond:InvertedCondition}',
  fix: { Rn: 31, Rm: 31 },
  doc: 'Gives all ones when the condition holds, else 0.',
});

export const CINV = alias(CSINV, {
  asm: 'cinv {Rd:R}, {Rn,Rm:R}, {cond:InvertedCondition}',
  when: ({ Rn }) => Rn !== 31,
  doc: 'Inverts when the condition holds.',
});

export const CSNEG = a64({
  bits: 'sf:1 1 0 11010100 Rm:5 cond:4 01 Rn:5 Rd:5',
  asm: 'csneg {Rd:R}, {Rn:R}, {Rm:R}, {cond:Condition}',
  doc: 'Takes the first register when the condition holds, else the second negated.',
  exec: (o, { sf, Rm, cond, Rn, Rd }) => o.setX(Rd, sf, o.select(o.condition(cond), o.x(Rn), o.sub(o.imm(0), o.x(Rm)))),
});

export const CNEG = alias(CSNEG, {
  asm: 'cneg {Rd:R}, {Rn,Rm:R}, {cond:InvertedCondition}',
  doc: 'Negates when the condition holds.',
});
