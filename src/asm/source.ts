// From text to statements: comments, statement separators and the places where text came from. A statement is what the assembler does at a
// time: one instruction, directive or assignment with its labels. Knows nothing of what a statement means.
//
// Comments as GNU as has them on AArch64: `//` to the end of the line, `/* … */` anywhere, `#` where nothing but labels stands before it.
// `;` separates statements. Quotes protect all of them; a character constant is `'c` or `'\c`, its closing quote optional.
import type { Token } from '#isa';

/** From offset `at` of a statement's text on, the text stands at this place of the file. */
export interface Span {
  readonly at: number;
  readonly line: number;
  readonly column: number;
}

/** One expansion of a macro. */
export interface Expansion {
  readonly macro: string;
  /** The statement that called the macro. */
  readonly caller: Statement;
  readonly depth: number;
}

export interface Statement {
  /** The text without comments, which are blanks here. */
  readonly text: string;
  /** Where it begins; columns count from 1. */
  readonly line: number;
  readonly column: number;
  /** Present when the text was put together from several places; columns within the statement then count from 1 whatever `column` says. */
  readonly spans: readonly Span[] | undefined;
  readonly expansion: Expansion | undefined;
  /** Its tokens, once they were needed. */
  tokens: readonly Token[] | undefined;
}

export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** Columns of a statement, as the statement counts them (see Statement); `to` is exclusive. */
export interface Extent {
  readonly statement: Statement;
  readonly from: number;
  readonly to: number;
}

/** The column of an offset of a statement's text, as the statement's tokens count. */
export function columnOf(statement: Statement, offset: number): number {
  return (statement.spans === undefined ? statement.column : 1) + offset;
}

/** The offset of a column. */
export function offsetOf(statement: Statement, column: number): number {
  return column - (statement.spans === undefined ? statement.column : 1);
}

/** A statement without the white space around it. */
export function whole(statement: Statement): Extent {
  const { text } = statement;
  return {
    statement,
    from: columnOf(statement, text.length - text.trimStart().length),
    to: columnOf(statement, text.trimEnd().length),
  };
}

/** Where columns of a statement stand in the file; cut to one line. */
export function placeOf({ statement, from, to }: Extent): Place {
  const { spans } = statement;
  if (spans === undefined) return { line: statement.line, column: from, endColumn: Math.max(to, from + 1) };
  const offset = from - 1;
  let index = spans.length - 1;
  while (index > 0 && (spans[index] as Span).at > offset) index -= 1;
  const span = spans[index] as Span;
  const next = spans[index + 1];
  const column = span.column + Math.max(0, offset - span.at);
  const limit = next === undefined ? Number.POSITIVE_INFINITY : span.column + next.at - span.at;
  const last = spans.findLast((s) => s.at < to - 1) ?? span;
  // A range over several pieces of one line (a name pasted from parts) is marked from its beginning to where its last piece ends.
  const end =
    last !== span && last.line === span.line && last.column > span.column
      ? last.column + (to - 1 - last.at)
      : Math.min(span.column + (to - 1 - span.at), limit);
  return { line: span.line, column, endColumn: Math.max(end, column + 1) };
}

/** The statement at the outermost level that a statement was expanded from, or itself. */
export function outermost(statement: Statement): Statement {
  let at = statement;
  while (at.expansion !== undefined) at = at.expansion.caller;
  return at;
}

/** A piece of text that never ends: what was opened, and where. */
export interface Unterminated {
  readonly line: number;
  readonly column: number;
}

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const STAR = 42;
const SLASH = 47;
const SEMICOLON = 59;
const BACKSLASH = 92;

/** Only labels, or nothing: a `#` after this opens a comment. */
const ONLY_LABELS = /^\s*(?:[\w.$\u0080-\uffff]+\s*:\s*)*$/;

/** Splits a file into statements, empty ones left out. `openComment` is where a block comment begins that never ends. */
export function splitStatements(source: string): {
  statements: Statement[];
  openComment: Unterminated | undefined;
  lineCount: number;
} {
  const statements: Statement[] = [];
  const length = source.length;
  let openComment: Unterminated | undefined;
  let line = 1;
  let lineStart = 0;
  let index = 0;

  while (index < length) {
    // One statement from here.
    const startLine = line;
    const startColumn = index - lineStart + 1;
    let pieceStart = index;
    let text = '';
    let spans: Span[] | undefined;
    let end = -1;
    let more = true;
    while (more) {
      if (index >= length) {
        end = index;
        break;
      }
      const c = source.charCodeAt(index);
      if (c > SEMICOLON && c !== BACKSLASH) {
        index += 1;
        continue;
      }
      switch (c) {
        case NEWLINE:
          end = index;
          index += 1;
          more = false;
          break;
        case SEMICOLON:
          end = index;
          index += 1;
          more = false;
          break;
        case RETURN:
          if (source.charCodeAt(index + 1) === NEWLINE) {
            end = index;
            index += 2;
            more = false;
          } else index += 1;
          break;
        case QUOTE: {
          index += 1;
          while (index < length) {
            const q = source.charCodeAt(index);
            if (q === NEWLINE) break;
            index += q === BACKSLASH && source.charCodeAt(index + 1) !== NEWLINE ? 2 : 1;
            if (q === QUOTE) break;
          }
          break;
        }
        case APOSTROPHE: {
          index += source.charCodeAt(index + 1) === BACKSLASH ? 3 : 2;
          if (source.charCodeAt(index - 1) === NEWLINE) index -= 1;
          else if (source.charCodeAt(index) === APOSTROPHE) index += 1;
          break;
        }
        case HASH:
          if (ONLY_LABELS.test(text + source.slice(pieceStart, index))) {
            text += source.slice(pieceStart, index);
            index = endOfLine(source, index);
            pieceStart = index;
          } else index += 1;
          break;
        case SLASH: {
          const after = source.charCodeAt(index + 1);
          if (after === SLASH) {
            text += source.slice(pieceStart, index);
            index = endOfLine(source, index);
            pieceStart = index;
          } else if (after === STAR) {
            const close = source.indexOf('*/', index + 2);
            const stop = close < 0 ? length : close + 2;
            if (close < 0) openComment = { line, column: index - lineStart + 1 };
            text += source.slice(pieceStart, index);
            let lines = 0;
            for (let at = source.indexOf('\n', index); at >= 0 && at < stop; at = source.indexOf('\n', at + 1)) {
              lines += 1;
              lineStart = at + 1;
            }
            if (lines === 0) text += ' '.repeat(stop - index);
            else {
              line += lines;
              text += ' ';
              spans ??= [{ at: 0, line: startLine, column: startColumn }];
              spans.push({ at: text.length, line, column: stop - lineStart + 1 });
            }
            index = stop;
            pieceStart = stop;
          } else index += 1;
          break;
        }
        default:
          index += 1;
      }
    }
    const tail = source.slice(pieceStart, end);
    const whole = text === '' ? tail : text + tail;
    if (/\S/.test(whole)) {
      const moved = spans !== undefined && /^\s*$/.test(whole.slice(0, (spans.at(-1) as Span).at));
      if (moved) {
        // The comment stood before the statement: it simply begins on a later line.
        const last = (spans as Span[]).at(-1) as Span;
        statements.push({
          text: whole.slice(last.at),
          line: last.line,
          column: last.column,
          spans: undefined,
          expansion: undefined,
          tokens: undefined,
        });
      } else {
        statements.push({ text: whole, line: startLine, column: startColumn, spans, expansion: undefined, tokens: undefined });
      }
    }
    if (source.charCodeAt(index - 1) === NEWLINE && end < index) {
      line += 1;
      lineStart = index;
    }
  }
  return { statements, openComment, lineCount: line };
}

function endOfLine(source: string, from: number): number {
  const at = source.indexOf('\n', from);
  if (at < 0) return source.length;
  return source.charCodeAt(at - 1) === RETURN ? at - 1 : at;
}
