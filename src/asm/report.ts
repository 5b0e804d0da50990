// Collects what is said about a source, each thing once, at the places where its text stands. Knows nothing of why it is said.
import { type Diagnostic, type DiagnosticCode, Fault, type Fix, type Severity, type StatementFix } from './diagnostics.ts';
import { type Extent, outermost, placeOf, whole } from './source.ts';

/** More than this helps nobody. */
const MOST = 1000;
/** Who has more mistakes than this to mend begins with these. */
const MENDED = 200;

type Fixes = () => readonly StatementFix[];
const NONE: Fixes = () => [];

export class Report {
  readonly diagnostics: Diagnostic[] = [];
  private readonly said = new Set<string>();

  /** Says something about columns of a statement. A mistake in a macro's expansion is said where the text stands, on the macro's line and
   * where the macro was called. Fixes `elsewhere` have places of their own. */
  say(
    severity: Severity,
    code: DiagnosticCode,
    message: string,
    extent: Extent,
    fixes: Fixes = NONE,
    elsewhere: readonly Fix[] = [],
  ): void {
    const { statement } = extent;
    const place = placeOf(extent);
    const mending = this.diagnostics.length < MENDED ? fixes() : [];
    const placed = [
      ...mending.map(({ title, from, to, text }): Fix => ({ title, ...placeOf({ statement, from, to }), text })),
      ...elsewhere,
    ];
    this.add({ ...place, severity, code, message, ...(placed.length > 0 ? { fixes: placed } : {}) });
    if (severity !== 'error') return;
    // Text from further up was put in here; from further down, a comment in the statement ends there.
    if (statement.expansion === undefined ? place.line < statement.line : place.line !== statement.line) {
      const column = statement.column + statement.text.length - statement.text.trimStart().length;
      const endColumn = statement.column + statement.text.trimEnd().length;
      this.add({ line: statement.line, column, endColumn, severity, code, message });
    }
    if (statement.expansion === undefined) return;
    const caller = outermost(statement);
    if (caller.line !== place.line) {
      this.add({ ...placeOf(whole(caller)), severity, code, message: `in ${statement.expansion.macro}: ${message}` });
    }
  }

  error(code: DiagnosticCode, message: string, extent: Extent, fixes?: Fixes, elsewhere?: readonly Fix[]): void {
    this.say('error', code, message, extent, fixes, elsewhere);
  }

  warning(code: DiagnosticCode, message: string, extent: Extent): void {
    this.say('warning', code, message, extent);
  }

  /** Runs what may throw a Fault of a statement, and says it. */
  guard(statement: Extent['statement'], action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.say('error', error.code, error.message, { statement, from: error.from, to: error.to }, error.fixes);
    }
  }

  add(diagnostic: Diagnostic): void {
    const key = `${diagnostic.line}:${diagnostic.column}:${diagnostic.message}`;
    if (this.diagnostics.length >= MOST || this.said.has(key)) return;
    this.said.add(key);
    this.diagnostics.push(diagnostic);
  }

  get failed(): boolean {
    return this.diagnostics.some((d) => d.severity === 'error');
  }

  /** True when there is an error over the whole of these columns already. */
  hasErrorAt(extent: Extent): boolean {
    const { line, column, endColumn } = placeOf(extent);
    return this.diagnostics.some(
      (d) => d.severity === 'error' && d.line === line && d.column <= column && d.endColumn >= endColumn,
    );
  }

  hasErrorOn(line: number): boolean {
    return this.diagnostics.some((d) => d.severity === 'error' && d.line === line);
  }
}
