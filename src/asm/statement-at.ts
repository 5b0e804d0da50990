// The statement at a place of a source, for editors.
import type { Token } from '#isa';
import { tokenise } from './lexer.ts';
import { columnOf, type Statement, splitStatements } from './source.ts';

export interface StatementAt {
  /** Tokens, closed by an `end` token; their columns are the file's. */
  readonly tokens: readonly Token[];
  /** Index of the first token behind the labels: mnemonic, directive, macro or assigned name; the `end` token when there is none. */
  readonly head: number;
}

/** Finds statements of a source, which is split when the first is asked for. */
export function statementFinder(source: string): (line: number, column: number) => StatementAt | undefined {
  let byLine: Map<number, Statement[]> | undefined;
  return (line, column) => {
    byLine ??= statementsByLine(source);
    const statement = byLine.get(line)?.findLast((s) => columnOf(s, 0) <= column && column <= columnOf(s, s.text.length));
    if (statement === undefined || statement.spans !== undefined) return undefined;
    const tokens = tokenise(statement.text, statement.column);
    let head = 0;
    while (tokens[head + 1]?.text === ':' && tokens[head + 1]?.kind === 'punct') head += 2;
    return { tokens, head };
  };
}

function statementsByLine(source: string): Map<number, Statement[]> {
  const byLine = new Map<number, Statement[]>();
  for (const statement of splitStatements(source).statements) {
    const list = byLine.get(statement.line);
    if (list === undefined) byLine.set(statement.line, [statement]);
    else list.push(statement);
  }
  return byLine;
}
