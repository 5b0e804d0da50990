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
  | 'undefined-access'
  | 'limit';

/** A replacement that would mend a mistake; `title` says it in a few words: `Change to strb`. */
export interface Fix {
  readonly title: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly text: string;
}

/** A Fix in columns of the statement that is wrong. */
export interface StatementFix {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Lines and columns count from 1; `endColumn` is one past the last column, on the same line. */
export interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  readonly message: string;
  /** Ways to mend it, the likeliest first; absent where the intent is not clear. */
  readonly fixes?: readonly Fix[];
}

/** A user's mistake inside one statement: `from` and `to` are columns of the statement (see Statement.column), `to` exclusive. Thrown by the
 * parts of the assembler and caught once per statement. */
export class Fault {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly from: number;
  readonly to: number;
  /** Worked out when they are wanted. */
  readonly fixes: () => readonly StatementFix[];

  constructor(
    code: DiagnosticCode,
    message: string,
    at: { readonly column: number; readonly end: number },
    fixes: readonly StatementFix[] | (() => readonly StatementFix[]) = [],
  ) {
    this.code = code;
    this.message = message;
    this.from = at.column;
    this.to = at.end;
    this.fixes = typeof fixes === 'function' ? fixes : () => fixes;
  }
}

/** Fixes that put one of these names at a place. */
export function changeTo(names: readonly string[], at: { readonly column: number; readonly end: number }): StatementFix[] {
  return names.map((text) => ({ title: `Change to ${text}`, from: at.column, to: at.end, text }));
}
