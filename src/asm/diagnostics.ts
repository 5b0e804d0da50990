// What the assembler says about a source: plain data with exact positions. Knows nothing of editors or of how it is printed.

export type Severity = 'error' | 'warning' | 'info';

/** The sort of a diagnostic; stable names that editors and scripts may test. */
export type DiagnosticCode =
  | 'syntax'
  | 'unknown-mnemonic'
  | 'unknown-directive'
  | 'operand'
  | 'range'
  | 'expression'
  | 'undefined-symbol'
  | 'duplicate-symbol'
  | 'directive'
  | 'macro'
  | 'conditional'
  | 'section'
  | 'unterminated'
  | 'user'
  | 'alignment'
  | 'truncated'
  | 'constrained-unpredictable'
  | 'limit';

/** Lines and columns count from 1; `endColumn` is one past the last column, on the same line. */
export interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  readonly message: string;
  /** Texts that would mend it, each a replacement of exactly the range; empty when the intent is not clear. */
  readonly fixes?: readonly string[];
}

/** A user's mistake inside one statement: `from` and `to` are columns of the statement (see Statement.column), `to` exclusive. Thrown by the
 * parts of the assembler and caught once per statement. */
export class Fault {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly fixes: readonly string[];

  constructor(
    code: DiagnosticCode,
    message: string,
    at: { readonly column: number; readonly end: number },
    fixes: readonly string[] = [],
  ) {
    this.code = code;
    this.message = message;
    this.from = at.column;
    this.to = at.end;
    this.fixes = fixes;
  }
}
