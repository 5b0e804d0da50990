// Reading that many directives share.
import type { Token } from '#isa';
import { Fault } from '../diagnostics.ts';
import type { Reader } from '../reader.ts';
import type { Extent, Statement } from '../source.ts';

/** Goes past a comma; throws where there is none. */
export function expectComma(reader: Reader, before: string): void {
  if (!reader.accept(',')) throw new Fault('syntax', `expected a comma after ${before}`, reader.peek());
}

/** The columns from a token to the last one read. */
export function readSince(reader: Reader, first: Token): { readonly column: number; readonly end: number } {
  const last = reader.tokens[Math.max(0, reader.index - 1)] as Token;
  return { column: first.column, end: Math.max(first.end, last.end) };
}

/** The extent of what has been read since a token. */
export function extentSince(statement: Statement, reader: Reader, first: Token): Extent {
  const { column, end } = readSince(reader, first);
  return { statement, from: column, to: end };
}

/** Does `each` for the items of a comma-separated list, of which there is at least one. */
export function list(reader: Reader, each: () => void): void {
  do each();
  while (reader.accept(','));
  if (!reader.atEnd) {
    const token = reader.peek();
    throw new Fault('syntax', `unexpected ${token.text}`, {
      column: token.column,
      end: (reader.tokens[reader.tokens.length - 2] as Token).end,
    });
  }
}
