// Logical (immediate), Arm ARM C4.1.92.
import { decodeBitmask } from '../operands/bitmask.ts';
import { a64, alias } from '../row.ts';

interface BitmaskFields {
  readonly sf: number;
  readonly N: number;
  readonly immr: number;
  readonly imms: number;
}

const bitmask = ({ sf, N, immr, imms }: BitmaskFields): bigint | undefined => decodeBitmask(sf ? 64 : 32, N, immr, imms);
const allocated = (f: BitmaskFields): boolean => bitmask(f) !== undefined;
// Kept by encoding: the interpreter asks each time it executes one.
const IMMEDIATES: bigint[] = [];
const immediate = (f: BitmaskFields): bigint => {
  const key = (f.sf << 13) | (f.N << 12) | (f.immr << 6) | f.imms;
  IMMEDIATES[key] ??= bitmask(f) ?? 0n;
  return IMMEDIATES[key];
};

export const AND_immediate = a64({
  bits: 'sf:1 00 100100 N:1 immr:6 imms:6 Rn:5 Rd:5',
  asm: 'and {Rd:RSP}, {Rn:R}, {N,immr,imms:Bitmask}',
  doc: 'Bitwise AND with a bitmask immediate.',
  allocated,
  exec: (o, f) => o.setXSP(f.Rd, f.sf, o.and(o.x(f.Rn), o.imm(immediate(f)))),
});

export const ORR_immediate = a64({
  bits: 'sf:1 01 100100 N:1 immr:6 imms:6 Rn:5 Rd:5',
  asm: 'orr {Rd:RSP}, {Rn:R}, {N,immr,imms:Bitmask}',
  doc: 'Bitwise OR with a bitmask immediate.',
  allocated,
  exec: (o, f) => o.setXSP(f.Rd, f.sf, o.or(o.x(f.Rn), o.imm(immediate(f)))),
});

export const EOR_immediate = a64({
  bits: 'sf:1 10 100100 N:1 immr:6 imms:6 Rn:5 Rd:5',
  asm: 'eor {Rd:RSP}, {Rn:R}, {N,immr,imms:Bitmask}',
  doc: 'Bitwise exclusive OR with a bitmask immediate.',
  allocated,
  exec: (o, f) => o.setXSP(f.Rd, f.sf, o.xor(o.x(f.Rn), o.imm(immediate(f)))),
});

export const ANDS_immediate = a64({
  bits: 'sf:1 11 100100 N:1 immr:6 imms:6 Rn:5 Rd:5',
  asm: 'ands {Rd:R}, {Rn:R}, {N,immr,imms:Bitmask}',
  doc: 'Bitwise AND with a bitmask immediate; sets N and Z, clears C and V.',
  allocated,
  exec: (o, f) => {
    const result = o.and(o.x(f.Rn), o.imm(immediate(f)));
    o.logicSetFlags(f.sf, result);
    o.setX(f.Rd, f.sf, result);
  },
});

export const TST_immediate = alias(ANDS_immediate, {
  asm: 'tst {Rn:R}, {N,immr,imms:Bitmask}',
  fix: { Rd: 31 },
  doc: 'Sets N and Z from the bitwise AND with a bitmask immediate; clears C and V.',
});

export const BIC_immediate = alias(AND_immediate, {
  asm: 'bic {Rd:RSP}, {Rn:R}, {N,immr,imms:InvertedBitmask}',
  use: 'assemble',
});
