// Macro definitions and their text: formal parameters, the arguments of a call, and substitution, with the place that every piece of text
// came from. Follows the GNU assembler's macro rules. Knows nothing of statements' meaning.

import { Fault } from './diagnostics.ts';
import { continuesName, opensName, tokenise } from './lexer.ts';
import { columnOf, type Expansion, placeOf, type Span, type Statement, splitStatements } from './source.ts';

/** Text with the places it came from. */
export interface Piece {
  readonly text: string;
  readonly spans: readonly Span[];
}

export interface Formal {
  readonly name: string;
  readonly kind: 'optional' | 'required' | 'vararg';
  readonly standard: Piece;
}

export interface Macro {
  readonly name: string;
  readonly formals: readonly Formal[];
  readonly body: readonly Statement[];
  /** The `.macro` statement. */
  readonly definition: Statement;
  /** Columns of the name in it. */
  readonly from: number;
  readonly to: number;
}

/** Evaluates an expression that must be a plain number; `at` is its place, for what is wrong with it. */
export type Calculate = (text: string, at: { readonly column: number; readonly end: number }) => bigint;

const NOTHING: Piece = { text: '', spans: [] };

function isSpace(c: string | undefined): boolean {
  return c === ' ' || c === '\t';
}

function nameAt(text: string, at: number): string {
  if (at >= text.length || !opensName(text.charCodeAt(at))) return '';
  let end = at + 1;
  while (end < text.length && continuesName(text.charCodeAt(end))) end += 1;
  return text.slice(at, end);
}

/** The places of `length` characters of a statement's text. */
function pieceOf(statement: Statement, at: number, length: number): Piece {
  const text = statement.text.slice(at, at + length);
  return { text, spans: spansOf(statement, at, length) };
}

function spansOf(statement: Statement, at: number, length: number): Span[] {
  const { spans } = statement;
  if (spans === undefined) return [{ at: 0, line: statement.line, column: statement.column + at }];
  const out: Span[] = [];
  for (const [index, span] of spans.entries()) {
    const end = spans[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (end <= at || span.at >= at + length) continue;
    const from = Math.max(span.at, at);
    out.push({ at: from - at, line: span.line, column: span.column + (from - span.at) });
  }
  return out.length > 0 ? out : [{ at: 0, line: statement.line, column: statement.column }];
}

/** Text under construction, with its places. */
class Builder {
  text = '';
  readonly spans: Span[] = [];

  add(piece: Piece): void {
    for (const span of piece.spans) this.spans.push({ ...span, at: span.at + this.text.length });
    this.text += piece.text;
  }

  /** Adds characters of a statement. */
  copy(statement: Statement, at: number, length = 1): void {
    if (length > 0) this.add(pieceOf(statement, at, length));
  }

  finish(): Piece {
    // Neighbouring spans that go on from each other are one.
    const merged: Span[] = [];
    for (const span of this.spans) {
      const last = merged[merged.length - 1];
      if (last !== undefined && last.line === span.line && span.column - last.column === span.at - last.at) continue;
      if (last !== undefined && last.at === span.at) merged.pop();
      merged.push(span);
    }
    return { text: this.text, spans: merged };
  }
}

/** Reads a statement's text from an offset, by the rules for macro arguments: white space counts only between two names. */
class Arguments {
  readonly statement: Statement;
  readonly text: string;
  at: number;
  /** In `.altmacro`: gives the value of the expression in `%expression`. */
  readonly calculate: Calculate | undefined;
  private readonly alternate: boolean;

  constructor(statement: Statement, at: number, calculate?: Calculate) {
    this.statement = statement;
    this.text = statement.text;
    this.at = at;
    this.calculate = calculate;
    this.alternate = calculate !== undefined;
    this.skip();
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** A character constant is a number before it is an argument. */
  private character(out: Builder): void {
    const { statement, text, at } = this;
    const [token] = tokenise(text.slice(at, at + 4), 0);
    const length = Math.max(1, token?.end ?? 1);
    out.add({ text: token?.kind === 'number' ? `${token.value}` : "'", spans: spansOf(statement, at, 1) });
    this.at += length;
  }

  skip(): void {
    while (this.at < this.text.length && isSpace(this.text[this.at])) this.at += 1;
  }

  /** Fault at the present place. */
  fault(message: string): Fault {
    const column = columnOf(this.statement, this.at);
    return new Fault('macro', message, { column, end: column + 1 });
  }

  /** True when the white space here stands between two names, and so separates. */
  private separates(): boolean {
    const before = this.text.charCodeAt(this.at - 1);
    let next = this.at;
    while (next < this.text.length && isSpace(this.text[next])) next += 1;
    if (next >= this.text.length) return true;
    const after = this.text.charCodeAt(next);
    return continuesName(before) && (continuesName(after) || after === 92);
  }

  /** One argument: up to a comma or separating white space outside brackets. Quotes around it are taken off. */
  value(): Piece {
    const out = new Builder();
    const { text } = this;
    this.skip();
    const first = text[this.at];
    if (first === '"' || (this.alternate && first === '<')) {
      this.quoted(out);
      return out.finish();
    }
    if (first === '%' && this.calculate !== undefined) {
      const start = this.at;
      this.at += 1;
      const written = this.value();
      const column = columnOf(this.statement, start + 1);
      const value = this.calculate(written.text, { column, end: column + Math.max(1, this.at - start - 1) });
      return { text: `${value}`, spans: spansOf(this.statement, start, 1) };
    }
    const brackets: string[] = [];
    while (this.at < text.length) {
      const c = text[this.at] as string;
      if (c === ',') break;
      if (isSpace(c)) {
        const separates = this.separates();
        if (separates && brackets.length === 0) break;
        if (separates) out.copy(this.statement, this.at);
        this.skip();
        continue;
      }
      if (c === "'") {
        this.character(out);
        continue;
      }
      if (c === '"') {
        const start = this.at;
        this.at += 1;
        while (this.at < text.length && text[this.at] !== c) this.at += text[this.at] === '\\' ? 2 : 1;
        this.at = Math.min(this.at + 1, text.length);
        out.copy(this.statement, start, this.at - start);
        continue;
      }
      if (c === '(' || c === '[') brackets.push(c);
      else if ((c === ')' && brackets.at(-1) === '(') || (c === ']' && brackets.at(-1) === '[')) brackets.pop();
      out.copy(this.statement, this.at);
      this.at += 1;
    }
    return out.finish();
  }

  private quoted(out: Builder): void {
    const { text } = this;
    while (text[this.at] === '"' || (this.alternate && text[this.at] === '<')) {
      const open = text[this.at] as string;
      const close = open === '<' ? '>' : open;
      let depth = 0;
      this.at += 1;
      for (;;) {
        if (this.at >= text.length) throw this.fault('a quoted macro argument has no end');
        const c = text[this.at] as string;
        if (this.alternate && c === '!' && this.at + 1 < text.length) {
          out.copy(this.statement, this.at + 1);
          this.at += 2;
          continue;
        }
        if (c === '\\' && open === '"' && text[this.at + 1] === '"') {
          out.copy(this.statement, this.at, 2);
          this.at += 2;
          continue;
        }
        if (open === '<' && c === '<') depth += 1;
        if (c === close) {
          if (depth === 0) {
            this.at += 1;
            if (text[this.at] !== close || open === '<') break;
          } else depth -= 1;
        }
        out.copy(this.statement, this.at);
        this.at += 1;
      }
    }
  }

  /** Everything to the end of the statement; white space only where it separates. */
  rest(): Piece {
    this.skip();
    const { text } = this;
    const end = text.trimEnd().length;
    const out = new Builder();
    while (this.at < end) {
      const c = text[this.at] as string;
      const start = this.at;
      if (isSpace(c)) {
        if (this.separates()) out.copy(this.statement, this.at);
        this.skip();
        continue;
      }
      if (c === "'") {
        this.character(out);
        continue;
      }
      this.at += 1;
      if (c === '"') {
        while (this.at < end && text[this.at] !== '"') this.at += text[this.at] === '\\' ? 2 : 1;
        this.at += 1;
      }
      out.copy(this.statement, start, Math.min(this.at, end) - start);
    }
    this.at = text.length;
    return out.finish();
  }

  /** Goes past one comma and white space. */
  comma(): boolean {
    this.skip();
    if (this.text[this.at] !== ',') return false;
    this.at += 1;
    this.skip();
    return true;
  }
}

/** The formal parameters after `.macro name`, from an offset on. */
export function parseFormals(statement: Statement, offset: number): Formal[] {
  const args = new Arguments(statement, offset);
  if (args.comma() && args.done) throw args.fault('expected the name of a parameter');
  let parenthesis = false;
  if (args.text[args.at] === '(') {
    parenthesis = true;
    args.at += 1;
    args.skip();
  }
  const formals: Formal[] = [];
  while (!args.done) {
    if (parenthesis && args.text[args.at] === ')') {
      args.at += 1;
      args.skip();
      if (!args.done) throw args.fault('unexpected text after the parameters');
      return formals;
    }
    const name = nameAt(args.text, args.at);
    if (name === '') throw args.fault('expected the name of a parameter');
    if (formals.some((f) => f.name === name)) throw args.fault(`the parameter ${name} is there twice`);
    if (formals.at(-1)?.kind === 'vararg') throw args.fault('a vararg parameter must be the last');
    args.at += name.length;
    args.skip();
    let kind: Formal['kind'] = 'optional';
    if (args.text[args.at] === ':') {
      args.at += 1;
      args.skip();
      const qualifier = nameAt(args.text, args.at);
      if (qualifier === 'req') kind = 'required';
      else if (qualifier === 'vararg') kind = 'vararg';
      else throw args.fault(`expected req or vararg`);
      args.at += qualifier.length;
      args.skip();
    }
    let standard = NOTHING;
    if (args.text[args.at] === '=') {
      args.at += 1;
      standard = args.value();
    }
    formals.push({ name, kind, standard });
    args.comma();
  }
  if (parenthesis) throw args.fault('expected )');
  return formals;
}

/** The arguments of a call, by formal parameter. */
export function parseActuals(macro: Macro, statement: Statement, offset: number, calculate?: Calculate): Piece[] {
  const { formals } = macro;
  const actuals: (Piece | undefined)[] = formals.map(() => undefined);
  const args = new Arguments(statement, offset, calculate);
  let position = 0;
  let keywords = false;
  while (!args.done) {
    const start = args.at;
    const name = nameAt(args.text, args.at);
    let keyword = -1;
    if (name !== '') {
      let after = args.at + name.length;
      while (isSpace(args.text[after])) after += 1;
      if (args.text[after] === '=' && args.text[after + 1] !== '=') {
        keyword = formals.findIndex((f) => f.name === name);
        if (keyword >= 0) {
          args.at = after + 1;
          keywords = true;
          actuals[keyword] = formals[keyword]?.kind === 'vararg' ? args.rest() : args.value();
          args.comma();
          continue;
        }
      }
    }
    if (keywords) throw args.fault('a positional argument cannot follow one given by name');
    const formal = formals[position];
    if (formal === undefined)
      throw args.fault(
        formals.length === 0 ? `${macro.name} takes no arguments` : `too many arguments: ${macro.name} takes ${formals.length}`,
      );
    if (formal.kind === 'vararg') actuals[position] = args.rest();
    else actuals[position] = args.value();
    position += 1;
    const separated = args.comma();
    if (!separated && args.at === start) throw args.fault('this cannot be a macro argument');
    // A comma at the very end gives an empty last argument, as leaving it out does.
  }
  for (const [index, formal] of formals.entries()) {
    const actual = actuals[index];
    if (formal.kind === 'required' && (actual === undefined || actual.text === '')) {
      throw args.fault(`${macro.name} needs a value for ${formal.name}`);
    }
  }
  return formals.map((formal, index) => {
    const actual = actuals[index];
    return actual === undefined || actual.text === '' ? formal.standard : actual;
  });
}

/** The values of `.irp name, a, b` or the characters of `.irpc name, text`, and the name. */
export function parseIteration(
  statement: Statement,
  offset: number,
  characters: boolean,
): { readonly formal: string; readonly values: Piece[] } {
  const args = new Arguments(statement, offset);
  const formal = nameAt(args.text, args.at);
  if (formal === '') throw args.fault('expected the name of a parameter');
  args.at += formal.length;
  args.comma();
  const values: Piece[] = [];
  if (characters) {
    const quoted = args.text[args.at] === '"';
    const text = quoted ? args.value() : args.rest();
    if (text.text === '') return { formal, values: [NOTHING] };
    const whole: Statement = { ...statement, text: text.text, spans: text.spans };
    for (let at = 0; at < text.text.length; at += 1) if (quoted || !isSpace(text.text[at])) values.push(pieceOf(whole, at, 1));
    return { formal, values };
  }
  if (args.done) return { formal, values: [NOTHING] };
  while (!args.done) {
    const start = args.at;
    values.push(args.value());
    const more = args.comma();
    if (!more && args.at === start) throw args.fault('this cannot be a value');
  }
  return { formal, values };
}

export interface Substitution {
  readonly formals: ReadonlyMap<string, Piece>;
  /** What `\@` becomes. */
  readonly number: number | undefined;
  /** Names become values without a backslash too, `&` pastes, `LOCAL` names are known (`.altmacro`). */
  readonly alternate: boolean;
}

/** A body with its parameters replaced, as statements. A statement in which nothing was replaced is given back as it is when it may be. */
export function expand(body: readonly Statement[], substitution: Substitution, expansion: Expansion | undefined): Statement[] {
  const out: Statement[] = [];
  for (const statement of body) {
    const piece = substitute(statement, substitution);
    if (piece === undefined) {
      out.push(expansion === undefined ? statement : { ...statement, expansion, tokens: statement.tokens });
      continue;
    }
    const made: Statement = {
      text: piece.text,
      line: statement.line,
      column: statement.column,
      spans: piece.spans,
      expansion: expansion ?? statement.expansion,
      tokens: undefined,
    };
    if (!/[;#\n]|\/[/*]/.test(piece.text)) {
      if (/\S/.test(piece.text)) out.push(made);
      continue;
    }
    for (const part of splitStatements(piece.text).statements) {
      out.push({ ...made, text: part.text, spans: spansOf(made, part.column - 1, part.text.length) });
    }
  }
  return out;
}

/** The text of one statement with parameters replaced; undefined when there is nothing to replace. */
function substitute(statement: Statement, { formals, number, alternate }: Substitution): Piece | undefined {
  const { text } = statement;
  if (!alternate && !text.includes('\\') && !text.includes('&')) return undefined;
  const out = new Builder();
  let copied = 0;
  let changed = false;
  let quote = false;
  /** Puts `value` in for the text from `from` to `to`. */
  const put = (value: Piece, from: number, to: number): number => {
    out.copy(statement, copied, from - copied);
    out.add(value.text === '' ? { text: '', spans: spansOf(statement, from, 1) } : value);
    changed = true;
    copied = to;
    return to;
  };
  for (let at = 0; at < text.length; ) {
    const c = text[at] as string;
    if (c === '"' && text[at - 1] !== '\\') quote = !quote;
    // A character constant is one before anything is put in: '\n stays a line feed whatever n stands for.
    if (c === "'" && !quote && text[at + 1] === '\\') {
      at += 3;
      continue;
    }
    if (c === '\\') {
      const next = text[at + 1];
      if (next === '(') {
        const close = text.indexOf(')', at + 2);
        const end = close < 0 ? text.length : close;
        at = put(pieceOf(statement, at + 2, end - at - 2), at, Math.min(end + 1, text.length));
        continue;
      }
      if (next === '@' && number !== undefined) {
        at = put({ text: `${number}`, spans: spansOf(statement, at, 2) }, at, at + 2);
        continue;
      }
      const name = nameAt(text, at + 1);
      const value = name === '' ? undefined : formals.get(name);
      const end = at + 1 + name.length;
      if (value !== undefined) at = put(value, at, alternate && text[end] === '&' ? end + 1 : end);
      else at = name === '' ? at + (next === '\\' ? 2 : 1) : end;
      continue;
    }
    if (c === '&') {
      // &name and &name& stand for a parameter in every macro. Outside strings the space around & is none.
      const from = quote ? at : text.slice(0, at).trimEnd().length;
      let start = at + 1;
      while (!quote && isSpace(text[start])) start += 1;
      const name = nameAt(text, start);
      const value = name === '' ? undefined : formals.get(name);
      const end = start + name.length;
      const past = text[end] === '&' ? end + 1 : end;
      at = value === undefined ? past : put(value, Math.max(from, copied), past);
      continue;
    }
    if (alternate && opensName(c.charCodeAt(0)) && !(at > 0 && continuesName(text.charCodeAt(at - 1)))) {
      const name = nameAt(text, at);
      const value = formals.get(name);
      const end = at + name.length;
      const past = text[end] === '&' ? end + 1 : end;
      if (value !== undefined) at = put(value, at, past);
      // The & behind any name is lost.
      else at = past === end ? end : put({ text: '', spans: spansOf(statement, end, 1) }, end, past);
      continue;
    }
    at += 1;
  }
  if (!changed) return undefined;
  out.copy(statement, copied, text.length - copied);
  return out.finish();
}

/** Where a macro's name stands in the file. */
export function macroPlace(macro: Macro): { readonly line: number; readonly column: number; readonly endColumn: number } {
  return placeOf({ statement: macro.definition, from: macro.from, to: macro.to });
}
