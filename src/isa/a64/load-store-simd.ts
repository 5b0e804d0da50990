// Advanced SIMD load/store structures, Arm ARM C4.1.94, and floating-point atomics as a class.
import { SIMD, SIMD_ORDERED, SIMD_ORDERED_UNCHECKED, SIMD_UNCHECKED } from '../access.ts';
import { laneOf, registersOfOpcode } from '../operands/structures.ts';
import type { Operations, StructureTransfer } from '../operations.ts';
import { a64, a64Class } from '../row.ts';

type Bytes = StructureTransfer['bytes'];

/** Whole registers, all of their lanes. */
function whole(Rt: number, registers: number, interleaved: boolean, Q: number, size: number): StructureTransfer {
  return { Rt, registers, interleaved, bytes: (1 << size) as Bytes, lanes: { kind: 'all', width: Q ? 16 : 8 } };
}

/** LD1 and ST1 of one to four registers, one after the other. */
function inTurn(Rt: number, opcode: number, Q: number, size: number): StructureTransfer {
  return whole(Rt, registersOfOpcode(opcode) as number, false, Q, size);
}

/** One element for every lane. */
function every(Rt: number, registers: number, Q: number, size: number): StructureTransfer {
  return { Rt, registers, interleaved: true, bytes: (1 << size) as Bytes, lanes: { kind: 'every', width: Q ? 16 : 8 } };
}

/** One lane. */
function one(Rt: number, registers: number, scale: number, Q: number, S: number, size: number): StructureTransfer {
  const { log2, index } = laneOf(scale, Q, S, size) as { log2: number; index: number };
  return { Rt, registers, interleaved: true, bytes: (1 << log2) as Bytes, lanes: { kind: 'one', index } };
}

// Whole structures of more than one register are never of one lane.
const divides = ({ Q, size }: { readonly Q: number; readonly size: number }): boolean => Q === 1 || size !== 3;
const laneExists = ({
  scale,
  Q,
  S,
  size,
}: {
  readonly scale: number;
  readonly Q: number;
  readonly S: number;
  readonly size: number;
}): boolean => laneOf(scale, Q, S, size) !== undefined;
const isInTurn = ({ opcode }: { readonly opcode: number }): boolean => registersOfOpcode(opcode) !== undefined;

function load<V>(o: Operations<V>, Rn: number, transfer: StructureTransfer): void {
  o.requireSimd();
  o.loadStructures(o.base(Rn), transfer, Rn === 31 ? SIMD_UNCHECKED : SIMD);
}

function store<V>(o: Operations<V>, Rn: number, transfer: StructureTransfer): void {
  o.requireSimd();
  o.storeStructures(o.base(Rn), transfer, Rn === 31 ? SIMD_UNCHECKED : SIMD);
}

/** Steps the base by X[Rm], or by the bytes moved where Rm=31. */
function step<V>(o: Operations<V>, address: V, Rn: number, Rm: number, { registers, bytes, lanes }: StructureTransfer): void {
  const moved = registers * (lanes.kind === 'all' ? lanes.width : bytes);
  o.setXSP(Rn, 1, o.add(address, Rm === 31 ? o.imm(moved) : o.x(Rm)));
}

function loadPost<V>(o: Operations<V>, Rn: number, Rm: number, transfer: StructureTransfer): void {
  o.requireSimd();
  const address = o.base(Rn);
  o.loadStructures(address, transfer, SIMD);
  step(o, address, Rn, Rm, transfer);
}

function storePost<V>(o: Operations<V>, Rn: number, Rm: number, transfer: StructureTransfer): void {
  o.requireSimd();
  const address = o.base(Rn);
  o.storeStructures(address, transfer, SIMD);
  step(o, address, Rn, Rm, transfer);
}

export const LD1_multiple = a64({
  bits: '0 Q:1 0011000 1 0 00000 opcode:4 size:2 Rn:5 Rt:5',
  asm: 'ld1 {Rt,opcode,Q,size:Registers}, [{Rn:XSP}]',
  doc: 'Loads one to four SIMD registers, one after the other.',
  feature: 'FEAT_AdvSIMD',
  allocated: isInTurn,
  exec: (o, f) => load(o, f.Rn, inTurn(f.Rt, f.opcode, f.Q, f.size)),
});

export const LD1_multiple_post = a64({
  bits: '0 Q:1 0011001 1 0 Rm:5 opcode:4 size:2 Rn:5 Rt:5',
  asm: 'ld1 {Rt,opcode,Q,size:Registers}, [{Rn:XSP}], {Rm,Q,opcode:StepRegisters}',
  doc: 'Loads one to four SIMD registers, one after the other, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: isInTurn,
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, inTurn(f.Rt, f.opcode, f.Q, f.size)),
});

export const ST1_multiple = a64({
  bits: '0 Q:1 0011000 0 0 00000 opcode:4 size:2 Rn:5 Rt:5',
  asm: 'st1 {Rt,opcode,Q,size:Registers}, [{Rn:XSP}]',
  doc: 'Stores one to four SIMD registers, one after the other.',
  feature: 'FEAT_AdvSIMD',
  allocated: isInTurn,
  exec: (o, f) => store(o, f.Rn, inTurn(f.Rt, f.opcode, f.Q, f.size)),
});

export const ST1_multiple_post = a64({
  bits: '0 Q:1 0011001 0 0 Rm:5 opcode:4 size:2 Rn:5 Rt:5',
  asm: 'st1 {Rt,opcode,Q,size:Registers}, [{Rn:XSP}], {Rm,Q,opcode:StepRegisters}',
  doc: 'Stores one to four SIMD registers, one after the other, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: isInTurn,
  exec: (o, f) => storePost(o, f.Rn, f.Rm, inTurn(f.Rt, f.opcode, f.Q, f.size)),
});

export const LD2_multiple = a64({
  bits: '0 Q:1 0011000 1 0 00000 1000 size:2 Rn:5 Rt:5',
  asm: 'ld2 {Rt,Q,size:Registers2}, [{Rn:XSP}]',
  doc: 'Loads two SIMD registers whose elements alternate in memory.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => load(o, f.Rn, whole(f.Rt, 2, true, f.Q, f.size)),
});

export const LD2_multiple_post = a64({
  bits: '0 Q:1 0011001 1 0 Rm:5 1000 size:2 Rn:5 Rt:5',
  asm: 'ld2 {Rt,Q,size:Registers2}, [{Rn:XSP}], {Rm,Q:StepRegisters2}',
  doc: 'Loads two SIMD registers whose elements alternate in memory, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, whole(f.Rt, 2, true, f.Q, f.size)),
});

export const ST2_multiple = a64({
  bits: '0 Q:1 0011000 0 0 00000 1000 size:2 Rn:5 Rt:5',
  asm: 'st2 {Rt,Q,size:Registers2}, [{Rn:XSP}]',
  doc: 'Stores two SIMD registers whose elements alternate in memory.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => store(o, f.Rn, whole(f.Rt, 2, true, f.Q, f.size)),
});

export const ST2_multiple_post = a64({
  bits: '0 Q:1 0011001 0 0 Rm:5 1000 size:2 Rn:5 Rt:5',
  asm: 'st2 {Rt,Q,size:Registers2}, [{Rn:XSP}], {Rm,Q:StepRegisters2}',
  doc: 'Stores two SIMD registers whose elements alternate in memory, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => storePost(o, f.Rn, f.Rm, whole(f.Rt, 2, true, f.Q, f.size)),
});

export const LD3_multiple = a64({
  bits: '0 Q:1 0011000 1 0 00000 0100 size:2 Rn:5 Rt:5',
  asm: 'ld3 {Rt,Q,size:Registers3}, [{Rn:XSP}]',
  doc: 'Loads three SIMD registers whose elements alternate in memory.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => load(o, f.Rn, whole(f.Rt, 3, true, f.Q, f.size)),
});

export const LD3_multiple_post = a64({
  bits: '0 Q:1 0011001 1 0 Rm:5 0100 size:2 Rn:5 Rt:5',
  asm: 'ld3 {Rt,Q,size:Registers3}, [{Rn:XSP}], {Rm,Q:StepRegisters3}',
  doc: 'Loads three SIMD registers whose elements alternate in memory, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, whole(f.Rt, 3, true, f.Q, f.size)),
});

export const ST3_multiple = a64({
  bits: '0 Q:1 0011000 0 0 00000 0100 size:2 Rn:5 Rt:5',
  asm: 'st3 {Rt,Q,size:Registers3}, [{Rn:XSP}]',
  doc: 'Stores three SIMD registers whose elements alternate in memory.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => store(o, f.Rn, whole(f.Rt, 3, true, f.Q, f.size)),
});

export const ST3_multiple_post = a64({
  bits: '0 Q:1 0011001 0 0 Rm:5 0100 size:2 Rn:5 Rt:5',
  asm: 'st3 {Rt,Q,size:Registers3}, [{Rn:XSP}], {Rm,Q:StepRegisters3}',
  doc: 'Stores three SIMD registers whose elements alternate in memory, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => storePost(o, f.Rn, f.Rm, whole(f.Rt, 3, true, f.Q, f.size)),
});

export const LD4_multiple = a64({
  bits: '0 Q:1 0011000 1 0 00000 0000 size:2 Rn:5 Rt:5',
  asm: 'ld4 {Rt,Q,size:Registers4}, [{Rn:XSP}]',
  doc: 'Loads four SIMD registers whose elements alternate in memory.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => load(o, f.Rn, whole(f.Rt, 4, true, f.Q, f.size)),
});

export const LD4_multiple_post = a64({
  bits: '0 Q:1 0011001 1 0 Rm:5 0000 size:2 Rn:5 Rt:5',
  asm: 'ld4 {Rt,Q,size:Registers4}, [{Rn:XSP}], {Rm,Q:StepRegisters4}',
  doc: 'Loads four SIMD registers whose elements alternate in memory, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, whole(f.Rt, 4, true, f.Q, f.size)),
});

export const ST4_multiple = a64({
  bits: '0 Q:1 0011000 0 0 00000 0000 size:2 Rn:5 Rt:5',
  asm: 'st4 {Rt,Q,size:Registers4}, [{Rn:XSP}]',
  doc: 'Stores four SIMD registers whose elements alternate in memory.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => store(o, f.Rn, whole(f.Rt, 4, true, f.Q, f.size)),
});

export const ST4_multiple_post = a64({
  bits: '0 Q:1 0011001 0 0 Rm:5 0000 size:2 Rn:5 Rt:5',
  asm: 'st4 {Rt,Q,size:Registers4}, [{Rn:XSP}], {Rm,Q:StepRegisters4}',
  doc: 'Stores four SIMD registers whose elements alternate in memory, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: divides,
  exec: (o, f) => storePost(o, f.Rn, f.Rm, whole(f.Rt, 4, true, f.Q, f.size)),
});

export const LD1_single = a64({
  bits: '0 Q:1 0011010 1 0 00000 scale:2 0 S:1 size:2 Rn:5 Rt:5',
  asm: 'ld1 {Rt,scale,Q,S,size:Lane1}, [{Rn:XSP}]',
  doc: 'Loads one lane of a SIMD register and keeps the others.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => load(o, f.Rn, one(f.Rt, 1, f.scale, f.Q, f.S, f.size)),
});

export const LD1_single_post = a64({
  bits: '0 Q:1 0011011 1 0 Rm:5 scale:2 0 S:1 size:2 Rn:5 Rt:5',
  asm: 'ld1 {Rt,scale,Q,S,size:Lane1}, [{Rn:XSP}], {Rm,scale,size:StepLane1}',
  doc: 'Loads one lane of a SIMD register and keeps the others, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, one(f.Rt, 1, f.scale, f.Q, f.S, f.size)),
});

export const ST1_single = a64({
  bits: '0 Q:1 0011010 0 0 00000 scale:2 0 S:1 size:2 Rn:5 Rt:5',
  asm: 'st1 {Rt,scale,Q,S,size:Lane1}, [{Rn:XSP}]',
  doc: 'Stores one lane of a SIMD register.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => store(o, f.Rn, one(f.Rt, 1, f.scale, f.Q, f.S, f.size)),
});

export const ST1_single_post = a64({
  bits: '0 Q:1 0011011 0 0 Rm:5 scale:2 0 S:1 size:2 Rn:5 Rt:5',
  asm: 'st1 {Rt,scale,Q,S,size:Lane1}, [{Rn:XSP}], {Rm,scale,size:StepLane1}',
  doc: 'Stores one lane of a SIMD register, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => storePost(o, f.Rn, f.Rm, one(f.Rt, 1, f.scale, f.Q, f.S, f.size)),
});

export const LD2_single = a64({
  bits: '0 Q:1 0011010 1 1 00000 scale:2 0 S:1 size:2 Rn:5 Rt:5',
  asm: 'ld2 {Rt,scale,Q,S,size:Lane2}, [{Rn:XSP}]',
  doc: 'Loads the same lane of two SIMD registers and keeps the others.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => load(o, f.Rn, one(f.Rt, 2, f.scale, f.Q, f.S, f.size)),
});

export const LD2_single_post = a64({
  bits: '0 Q:1 0011011 1 1 Rm:5 scale:2 0 S:1 size:2 Rn:5 Rt:5',
  asm: 'ld2 {Rt,scale,Q,S,size:Lane2}, [{Rn:XSP}], {Rm,scale,size:StepLane2}',
  doc: 'Loads the same lane of two SIMD registers and keeps the others, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, one(f.Rt, 2, f.scale, f.Q, f.S, f.size)),
});

export const ST2_single = a64({
  bits: '0 Q:1 0011010 0 1 00000 scale:2 0 S:1 size:2 Rn:5 Rt:5',
  asm: 'st2 {Rt,scale,Q,S,size:Lane2}, [{Rn:XSP}]',
  doc: 'Stores the same lane of two SIMD registers.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => store(o, f.Rn, one(f.Rt, 2, f.scale, f.Q, f.S, f.size)),
});

export const ST2_single_post = a64({
  bits: '0 Q:1 0011011 0 1 Rm:5 scale:2 0 S:1 size:2 Rn:5 Rt:5',
  asm: 'st2 {Rt,scale,Q,S,size:Lane2}, [{Rn:XSP}], {Rm,scale,size:StepLane2}',
  doc: 'Stores the same lane of two SIMD registers, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => storePost(o, f.Rn, f.Rm, one(f.Rt, 2, f.scale, f.Q, f.S, f.size)),
});

export const LD3_single = a64({
  bits: '0 Q:1 0011010 1 0 00000 scale:2 1 S:1 size:2 Rn:5 Rt:5',
  asm: 'ld3 {Rt,scale,Q,S,size:Lane3}, [{Rn:XSP}]',
  doc: 'Loads the same lane of three SIMD registers and keeps the others.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => load(o, f.Rn, one(f.Rt, 3, f.scale, f.Q, f.S, f.size)),
});

export const LD3_single_post = a64({
  bits: '0 Q:1 0011011 1 0 Rm:5 scale:2 1 S:1 size:2 Rn:5 Rt:5',
  asm: 'ld3 {Rt,scale,Q,S,size:Lane3}, [{Rn:XSP}], {Rm,scale,size:StepLane3}',
  doc: 'Loads the same lane of three SIMD registers and keeps the others, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, one(f.Rt, 3, f.scale, f.Q, f.S, f.size)),
});

export const ST3_single = a64({
  bits: '0 Q:1 0011010 0 0 00000 scale:2 1 S:1 size:2 Rn:5 Rt:5',
  asm: 'st3 {Rt,scale,Q,S,size:Lane3}, [{Rn:XSP}]',
  doc: 'Stores the same lane of three SIMD registers.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => store(o, f.Rn, one(f.Rt, 3, f.scale, f.Q, f.S, f.size)),
});

export const ST3_single_post = a64({
  bits: '0 Q:1 0011011 0 0 Rm:5 scale:2 1 S:1 size:2 Rn:5 Rt:5',
  asm: 'st3 {Rt,scale,Q,S,size:Lane3}, [{Rn:XSP}], {Rm,scale,size:StepLane3}',
  doc: 'Stores the same lane of three SIMD registers, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => storePost(o, f.Rn, f.Rm, one(f.Rt, 3, f.scale, f.Q, f.S, f.size)),
});

export const LD4_single = a64({
  bits: '0 Q:1 0011010 1 1 00000 scale:2 1 S:1 size:2 Rn:5 Rt:5',
  asm: 'ld4 {Rt,scale,Q,S,size:Lane4}, [{Rn:XSP}]',
  doc: 'Loads the same lane of four SIMD registers and keeps the others.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => load(o, f.Rn, one(f.Rt, 4, f.scale, f.Q, f.S, f.size)),
});

export const LD4_single_post = a64({
  bits: '0 Q:1 0011011 1 1 Rm:5 scale:2 1 S:1 size:2 Rn:5 Rt:5',
  asm: 'ld4 {Rt,scale,Q,S,size:Lane4}, [{Rn:XSP}], {Rm,scale,size:StepLane4}',
  doc: 'Loads the same lane of four SIMD registers and keeps the others, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, one(f.Rt, 4, f.scale, f.Q, f.S, f.size)),
});

export const ST4_single = a64({
  bits: '0 Q:1 0011010 0 1 00000 scale:2 1 S:1 size:2 Rn:5 Rt:5',
  asm: 'st4 {Rt,scale,Q,S,size:Lane4}, [{Rn:XSP}]',
  doc: 'Stores the same lane of four SIMD registers.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => store(o, f.Rn, one(f.Rt, 4, f.scale, f.Q, f.S, f.size)),
});

export const ST4_single_post = a64({
  bits: '0 Q:1 0011011 0 1 Rm:5 scale:2 1 S:1 size:2 Rn:5 Rt:5',
  asm: 'st4 {Rt,scale,Q,S,size:Lane4}, [{Rn:XSP}], {Rm,scale,size:StepLane4}',
  doc: 'Stores the same lane of four SIMD registers, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  allocated: laneExists,
  exec: (o, f) => storePost(o, f.Rn, f.Rm, one(f.Rt, 4, f.scale, f.Q, f.S, f.size)),
});

export const LD1R = a64({
  bits: '0 Q:1 0011010 1 0 00000 110 0 size:2 Rn:5 Rt:5',
  asm: 'ld1r {Rt,Q,size:Registers1}, [{Rn:XSP}]',
  doc: 'Loads one element into every lane of a SIMD register.',
  feature: 'FEAT_AdvSIMD',
  exec: (o, f) => load(o, f.Rn, every(f.Rt, 1, f.Q, f.size)),
});

export const LD1R_post = a64({
  bits: '0 Q:1 0011011 1 0 Rm:5 110 0 size:2 Rn:5 Rt:5',
  asm: 'ld1r {Rt,Q,size:Registers1}, [{Rn:XSP}], {Rm,size:StepElement1}',
  doc: 'Loads one element into every lane of a SIMD register, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, every(f.Rt, 1, f.Q, f.size)),
});

export const LD2R = a64({
  bits: '0 Q:1 0011010 1 1 00000 110 0 size:2 Rn:5 Rt:5',
  asm: 'ld2r {Rt,Q,size:Registers2}, [{Rn:XSP}]',
  doc: 'Loads two elements, each into every lane of a SIMD register.',
  feature: 'FEAT_AdvSIMD',
  exec: (o, f) => load(o, f.Rn, every(f.Rt, 2, f.Q, f.size)),
});

export const LD2R_post = a64({
  bits: '0 Q:1 0011011 1 1 Rm:5 110 0 size:2 Rn:5 Rt:5',
  asm: 'ld2r {Rt,Q,size:Registers2}, [{Rn:XSP}], {Rm,size:StepElement2}',
  doc: 'Loads two elements, each into every lane of a SIMD register, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, every(f.Rt, 2, f.Q, f.size)),
});

export const LD3R = a64({
  bits: '0 Q:1 0011010 1 0 00000 111 0 size:2 Rn:5 Rt:5',
  asm: 'ld3r {Rt,Q,size:Registers3}, [{Rn:XSP}]',
  doc: 'Loads three elements, each into every lane of a SIMD register.',
  feature: 'FEAT_AdvSIMD',
  exec: (o, f) => load(o, f.Rn, every(f.Rt, 3, f.Q, f.size)),
});

export const LD3R_post = a64({
  bits: '0 Q:1 0011011 1 0 Rm:5 111 0 size:2 Rn:5 Rt:5',
  asm: 'ld3r {Rt,Q,size:Registers3}, [{Rn:XSP}], {Rm,size:StepElement3}',
  doc: 'Loads three elements, each into every lane of a SIMD register, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, every(f.Rt, 3, f.Q, f.size)),
});

export const LD4R = a64({
  bits: '0 Q:1 0011010 1 1 00000 111 0 size:2 Rn:5 Rt:5',
  asm: 'ld4r {Rt,Q,size:Registers4}, [{Rn:XSP}]',
  doc: 'Loads four elements, each into every lane of a SIMD register.',
  feature: 'FEAT_AdvSIMD',
  exec: (o, f) => load(o, f.Rn, every(f.Rt, 4, f.Q, f.size)),
});

export const LD4R_post = a64({
  bits: '0 Q:1 0011011 1 1 Rm:5 111 0 size:2 Rn:5 Rt:5',
  asm: 'ld4r {Rt,Q,size:Registers4}, [{Rn:XSP}], {Rm,size:StepElement4}',
  doc: 'Loads four elements, each into every lane of a SIMD register, and steps the base register.',
  feature: 'FEAT_AdvSIMD',
  exec: (o, f) => loadPost(o, f.Rn, f.Rm, every(f.Rt, 4, f.Q, f.size)),
});

export const LDAP1 = a64({
  bits: '0 Q:1 0011010 1 0 00001 100 0 01 Rn:5 Rt:5',
  asm: 'ldap1 {Rt,Q:LaneD}, [{Rn:Base}]',
  doc: 'Loads a doubleword into one half of a SIMD register with acquire semantics (RCpc).',
  feature: 'FEAT_LRCPC3',
  exec: (o, f) => {
    o.requireSimd();
    o.loadStructures(o.base(f.Rn), one(f.Rt, 1, 2, f.Q, 0, 1), f.Rn === 31 ? SIMD_ORDERED_UNCHECKED : SIMD_ORDERED);
  },
});

export const STL1 = a64({
  bits: '0 Q:1 0011010 0 0 00001 100 0 01 Rn:5 Rt:5',
  asm: 'stl1 {Rt,Q:LaneD}, [{Rn:Base}]',
  doc: 'Stores one half of a SIMD register with release semantics.',
  feature: 'FEAT_LRCPC3',
  exec: (o, f) => {
    o.requireSimd();
    o.storeStructures(o.base(f.Rn), one(f.Rt, 1, 2, f.Q, 0, 1), f.Rn === 31 ? SIMD_ORDERED_UNCHECKED : SIMD_ORDERED);
  },
});

export const AtomicFloat = a64Class({
  bits: 'size:2 111100 A:1 R:1 1 Rs:5 o3:1 opc:3 00 Rn:5 Rt:5',
  doc: 'Floating-point atomic memory operations.',
  feature: 'FEAT_LSFE',
  notModelled: 'floating-point atomic memory operations are not modelled',
  exec: (o) => o.requireSimd(),
});
