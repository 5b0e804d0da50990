export {
  type AssembleOptions,
  type AssembleResult,
  assemble,
  assembleLine,
  type ImageSection,
  type ImageSymbol,
  type SourceLine,
} from './assemble.ts';
export type { Diagnostic, DiagnosticCode, Severity } from './diagnostics.ts';
export { type DisassembleOptions, disassemble } from './disassemble.ts';
