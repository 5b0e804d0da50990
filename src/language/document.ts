// A source text as the editor's service sees it: analysed once, then asked. Everything else in this folder takes a Document and gives plain
// data. Lines and columns count from 1, as Monaco's do; the end of a range is exclusive. Knows nothing of editors, threads or messages.
import { type Inspection, inspect, type StatementAt, statementFinder } from '#asm';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A range on one line. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

export interface Document {
  readonly source: string;
  readonly lines: readonly string[];
  readonly inspection: Inspection;
  /** The statement that a position stands in or at the end of. */
  readonly statementAt: (line: number, column: number) => StatementAt | undefined;
}

/** Analyses a source that will be assembled at `base`. About as long as assembling it. */
export function openDocument(source: string, options: { readonly base: bigint }): Document {
  return {
    source,
    lines: source.split(/\r?\n/),
    inspection: inspect(source, options),
    statementAt: statementFinder(source),
  };
}

/** True when the position is in the range or at its end. */
export function contains(range: Range, { line, column }: Position): boolean {
  return range.line === line && range.column <= column && column <= range.endColumn;
}
