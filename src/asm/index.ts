export {
  type AssembleOptions,
  type AssembleResult,
  assemble,
  assembleLine,
  type ImageSection,
  type ImageSymbol,
  type InspectedInstruction,
  type InspectedMacro,
  type InspectedSymbol,
  type Inspection,
  inspect,
  type SourceLine,
} from './assemble.ts';
export type { Diagnostic, DiagnosticCode, Fix, Severity } from './diagnostics.ts';
export { directiveByName, directiveRows } from './directives/index.ts';
export { type DisassembledLine, type DisassembleOptions, disassemble, disassembleRegion } from './disassemble.ts';
export { headerNames } from './headers.ts';
export { type OperandScope, readOperands } from './read-operands.ts';
export { type Parameter, type Signature, signatureOf } from './signature.ts';
export type { Place } from './source.ts';
export { type StatementAt, statementFinder } from './statement-at.ts';
