export {
  esr,
  type Iss2Fields,
  type IssFields,
  iss,
  iss2,
  issDataAbort,
  issFpAccess,
  issImm16,
  issInstructionAbort,
  issSysReg,
  issWfx,
  type SystemEncoding,
} from './build.ts';
export { EC, type El, EXCEPTION_CLASSES, type ExceptionClass, exceptionClass, type IlRule } from './classes.ts';
export type { SyndromeField, SyndromeFields, SyndromeWarning } from './decode.ts';
export { type EncodeError, encodeSyndrome, type FieldInput, fieldValues } from './encode.ts';
export type { SystemName } from './instruction.ts';
export type { Condition, FieldGroup, FieldRow, Iss2Format, IssFormat } from './layouts.ts';
export { type DrawnField, decodeSyndrome, fieldGroups, likelyEl, type Syndrome } from './syndrome.ts';
