export { atomicValue } from './algorithms/atomics.ts';
export { HELPERS } from './algorithms/index.ts';
export { type MoveMachine, moveMemory } from './algorithms/memory-move.ts';
export {
  type Authenticated,
  authenticatePac,
  computePac,
  insertPac,
  joinModifiers,
  type PacKeyValue,
  type PacLevel,
  type PointerLayout,
  stripPac,
} from './algorithms/pointer-authentication.ts';
export { checkReadCheckWrite, type ReadCheckWrite } from './algorithms/read-check-write.ts';
export { loadStructures, type StructureMachine, storeStructures } from './algorithms/structures.ts';
export { chooseTag, stepTagSeed } from './algorithms/tags.ts';
export type { ConstrainedUnpredictable } from './constrained-unpredictable.ts';
export { decode, instructionByName } from './decode.ts';
export { type Form, formsOf, mnemonics, type Reading, readForm } from './forms.ts';
export { type InstructionGroup, instructionGroups } from './groups.ts';
export { operandKind, operandKinds } from './operands/index.ts';
export { generalRegister } from './operands/registers.ts';
export type {
  AccessBytes,
  AccessType,
  AtomicFunction,
  BarrierKind,
  BlockAccess,
  BranchKind,
  Flag,
  MemoryMove,
  Operations,
  PacKey,
  PStateField,
  Raise,
  StructureTransfer,
  WaitKind,
} from './operations.ts';
export { encodeFields, extractFields, type Field, type Pattern } from './pattern.ts';
export { printInstruction } from './print.ts';
export { operationText } from './print-operation.ts';
export { type AccessSyndrome, type Alias, type Decoded, type Fields, type Instruction, type Landing, matchRow } from './row.ts';
export type { Cursor, FieldWriter, Mismatch, OperandKind, Part, PrintContext, Template, Token, Value } from './syntax.ts';
