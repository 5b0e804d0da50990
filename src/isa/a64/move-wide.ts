// Move wide (immediate), Arm ARM C4.1.92, and MOV of a number in its three forms: the first of MOVZ, MOVN and ORR that can make it.
import { a64, alias } from '../row.ts';
import { ORR_immediate } from './logical-immediate.ts';

const allocated = ({ sf, hw }: { sf: number; hw: number }): boolean => sf === 1 || hw < 2;
const placed = ({ hw, imm16 }: { hw: number; imm16: number }): bigint => BigInt(imm16) << BigInt(hw * 16);

export const MOVN = a64({
  bits: 'sf:1 00 100101 hw:2 imm16:16 Rd:5',
  asm: 'movn {Rd:R}, {imm16,hw:MoveWideNot}',
  doc: 'Moves the inverse of a shifted 16-bit immediate.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.imm(~placed(f))),
});

export const MOVZ = a64({
  bits: 'sf:1 10 100101 hw:2 imm16:16 Rd:5',
  asm: 'movz {Rd:R}, {imm16,hw:MoveWideZero}',
  doc: 'Moves a shifted 16-bit immediate, the other bits zero.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.imm(placed(f))),
});

export const MOVK = a64({
  bits: 'sf:1 11 100101 hw:2 imm16:16 Rd:5',
  asm: 'movk {Rd:R}, {imm16,hw:MoveWide}',
  doc: 'Replaces 16 bits of a register and keeps the others.',
  allocated,
  exec: (o, f) => o.setX(f.Rd, f.sf, o.or(o.and(o.x(f.Rd), o.imm(~(0xffffn << BigInt(f.hw * 16)))), o.imm(placed(f)))),
});

export const MOV_wide = alias(MOVZ, { asm: 'mov {Rd:R}, {imm16,hw:MoveZero}', doc: 'Moves a number.' });
export const MOV_inverted = alias(MOVN, { asm: 'mov {Rd:R}, {imm16,hw:MoveNot}', doc: 'Moves a number.' });
export const MOV_bitmask = alias(ORR_immediate, {
  asm: 'mov {Rd:RSP}, {N,immr,imms:MoveBitmask}',
  fix: { Rn: 31 },
  doc: 'Moves a bitmask immediate.',
});

// Signed operators choose between the two by the sign of the value, whichever was written (as the linker does for R_AARCH64_MOVW_PREL_G0).
export const MOVZ_bySign = alias(MOVN, { asm: 'movz {Rd:R}, {imm16,hw:MoveBelowZero}', use: 'assemble' });
export const MOVN_bySign = alias(MOVZ, { asm: 'movn {Rd:R}, {imm16,hw:MoveFromZero}', use: 'assemble' });
