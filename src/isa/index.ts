export { decode, type InstructionGroup, instructionByName, instructionGroups } from './decode.ts';
export type { ConstrainedUnpredictable } from './constrained-unpredictable.ts';
export type { AccessBytes, AccessType, AtomicFunction, BarrierKind, BranchKind, Flag, Operations, PStateField, Raise, WaitKind } from './operations.ts';
export { generalRegister } from './operands/registers.ts';
export { operandKind } from './operands/index.ts';
export { encodeFields, extractFields, type Field, type Pattern } from './pattern.ts';
export type { AccessSyndrome, Alias, Decoded, Fields, Instruction } from './row.ts';
export type { Cursor, FieldWriter, Mismatch, OperandKind, Part, PrintContext, Template, Token, Value } from './syntax.ts';
