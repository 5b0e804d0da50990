export {
  type BitPattern,
  type Condition,
  type FieldRef,
  type Presence,
  parseCondition,
  parsePresence,
  type StateName,
  type Term,
} from './condition.ts';
export {
  type EncodingParts,
  genericName,
  isIdBlock,
  isImplementationDefined,
  packEncoding,
  parseGenericName,
  unpackEncoding,
} from './encoding.ts';
export type { BitRange, Direction, El, Field, FieldValue, Reach, TrapRule } from './notation.ts';
export {
  aliasTarget,
  encodingName,
  fieldsNamed,
  fieldsOf,
  operationByEncoding,
  operationByName,
  reachesOf,
  registerByEncoding,
  registerByName,
  SYSREG_SLOTS,
  SYSREGS,
  SYSTEM_OPERATIONS,
  type Sysreg,
  type SystemOperation,
  storageIndex,
  sysreg,
  trapsOf,
} from './registers.ts';
