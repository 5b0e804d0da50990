// What is read next: the file's statements, with macros, repetitions and headers put in where they are called. Knows nothing of what a
// statement does.
import type { Token } from '#isa';
import { Fault } from './diagnostics.ts';
import { type Calculate, expand, type Macro, type Piece, parseActuals } from './macros.ts';
import type { Report } from './report.ts';
import { type Expansion, offsetOf, type Statement, splitStatements, whole } from './source.ts';

/** More than this is a mistake (or an attack), not a program. */
const LIMITS = { statements: 1_000_000, depth: 100, frames: 400 } as const;

/** A run of statements being read. */
interface Frame {
  readonly kind: 'file' | 'macro' | 'repetition';
  readonly statements: readonly Statement[];
  index: number;
  /** Conditionals that were open when it began. */
  readonly conditionals: number;
}

/** A statement that calls a macro, by the name in it. */
export interface MacroCall {
  readonly macro: Macro;
  readonly statement: Statement;
  readonly name: Token;
}

/** A `.if` that is open. */
export interface Conditional {
  readonly statement: Statement;
  readonly token: Token;
  /** Statements are being left out here. */
  skipping: boolean;
  /** One branch was taken; the others are left out. */
  taken: boolean;
  /** Left out from outside: no branch is ever taken. */
  readonly dead: boolean;
  elseSeen: boolean;
}

/** The first word of a statement behind its labels, dot included. */
const FIRST_WORD = /^\s*(?:[\w.$]+\s*:\s*)*(\.?\w[\w.]*)/;

/** What a statement is about: its directive or mnemonic in lower case, or '' when it has none. */
export function firstWord(statement: Statement): string {
  return FIRST_WORD.exec(statement.text)?.[1]?.toLowerCase() ?? '';
}

export class Input {
  /** By name in lower case. */
  readonly macros = new Map<string, Macro>();
  /** Every macro that ever was. */
  readonly defined: Macro[] = [];
  readonly calls: MacroCall[] = [];
  readonly conditionals: Conditional[] = [];
  /** `.altmacro`: parameters count without a backslash. */
  alternate = false;
  private readonly report: Report;
  private readonly frames: Frame[] = [];
  private lineCount = 1;
  private done = 0;
  private expansions = 0;
  private localNames = 0;

  constructor(report: Report) {
    this.report = report;
  }

  /** Starts on a file. */
  open(source: string): void {
    const { statements, openComment, lineCount } = splitStatements(source);
    this.lineCount = lineCount;
    if (openComment !== undefined) {
      const endColumn = openComment.column + 2;
      this.report.add({
        ...openComment,
        endColumn,
        severity: 'warning',
        code: 'unterminated',
        message: 'this comment has no end',
      });
    }
    this.enter('file', statements);
  }

  /** The next statement; undefined at the end. */
  next(): Statement | undefined {
    for (;;) {
      const frame = this.frames[this.frames.length - 1];
      if (frame === undefined) return undefined;
      const statement = frame.statements[frame.index];
      if (statement === undefined) {
        this.frames.pop();
        if (frame.kind !== 'repetition') this.closeConditionals(frame);
        continue;
      }
      frame.index += 1;
      this.done += 1;
      if (this.done > LIMITS.statements) {
        this.report.error('limit', `this goes on for more than ${LIMITS.statements} statements`, whole(statement));
        this.end();
        return undefined;
      }
      return statement;
    }
  }

  private closeConditionals(frame: Frame): void {
    const where = frame.kind === 'macro' ? ' within the macro' : '';
    for (const { statement, token } of this.conditionals.splice(frame.conditionals)) {
      this.report.error('conditional', `this has no .endif${where}`, { statement, from: token.column, to: token.end });
    }
  }

  private enter(kind: Frame['kind'], statements: readonly Statement[]): void {
    this.frames.push({ kind, statements, index: 0, conditionals: this.conditionals.length });
  }

  /** Leaves everything unread. */
  end(): void {
    const file = this.frames[0];
    if (file !== undefined) this.closeConditionals(file);
    this.frames.length = 0;
  }

  /** True where statements are being left out. */
  get skipping(): boolean {
    const { conditionals } = this;
    return conditionals.length > 0 && (conditionals[conditionals.length - 1] as Conditional).skipping;
  }

  /** The statements up to the closing directive of what has just been opened; `open` also opens. Throws when it never comes. */
  capture(opener: Token, open: ReadonlySet<string>, close: string): Statement[] {
    const frame = this.frames[this.frames.length - 1] as Frame;
    const body: Statement[] = [];
    let depth = 0;
    while (frame.index < frame.statements.length) {
      const statement = frame.statements[frame.index] as Statement;
      frame.index += 1;
      const word = firstWord(statement);
      if (open.has(word)) depth += 1;
      else if (word === close) {
        if (depth === 0) return body;
        depth -= 1;
      }
      body.push(statement);
    }
    if (frame.kind === 'file') {
      const message = `the source ends before ${close}`;
      this.report.add({ line: this.lineCount, column: 1, endColumn: 2, severity: 'error', code: 'unterminated', message });
    }
    throw new Fault('unterminated', `this has no ${close}`, opener);
  }

  define(macro: Macro): void {
    this.macros.set(macro.name.toLowerCase(), macro);
    this.defined.push(macro);
  }

  /** Puts a macro's text in for the statement that calls it. */
  call(macro: Macro, statement: Statement, name: Token, calculate: Calculate): void {
    const depth = (statement.expansion?.depth ?? 0) + 1;
    if (depth > LIMITS.depth) throw new Fault('limit', `macros are nested more than ${LIMITS.depth} deep`, name);
    this.calls.push({ macro, statement, name });
    const actuals = parseActuals(macro, statement, offsetOf(statement, name.end), this.alternate ? calculate : undefined);
    const formals = new Map<string, Piece>(macro.formals.map((f, i) => [f.name, actuals[i] as Piece]));
    const expansion: Expansion = { macro: macro.name, caller: statement, depth };
    const body = this.alternate ? this.withoutLocals(macro.body, formals) : macro.body;
    this.enter('macro', expand(body, { formals, number: this.expansions, alternate: this.alternate }, expansion));
    this.expansions += 1;
  }

  /** A body without its LOCAL lines, whose names become formals with fresh values. */
  private withoutLocals(body: readonly Statement[], formals: Map<string, Piece>): readonly Statement[] {
    return body.filter((statement) => {
      const names = /^\s*local\s+(.*)$/i.exec(statement.text)?.[1];
      if (names === undefined) return true;
      for (const name of names.split(/[\s,]+/)) {
        if (name === '') continue;
        this.localNames += 1;
        const text = `.LL${this.localNames.toString(16).padStart(4, '0')}`;
        formals.set(name, { text, spans: [{ at: 0, line: statement.line, column: statement.column }] });
      }
      return false;
    });
  }

  /** Reads a body again and again; with a formal parameter, once for each of its values. */
  repeat(
    statement: Statement,
    body: readonly Statement[],
    times: number,
    formal?: { readonly name: string; readonly values: readonly Piece[] },
  ): void {
    const { from, to } = whole(statement);
    if (this.frames.length > LIMITS.frames)
      throw new Fault('limit', 'repetitions are nested too deep', { column: from, end: to });
    if (body.length * times > LIMITS.statements) {
      throw new Fault('limit', `this makes more than ${LIMITS.statements} statements`, { column: from, end: to });
    }
    const statements: Statement[] = [];
    const { alternate } = this;
    for (let time = 0; time < times; time += 1) {
      if (formal === undefined) {
        for (const s of body) statements.push(s);
        continue;
      }
      const formals = new Map([[formal.name, formal.values[time] as Piece]]);
      for (const s of expand(body, { formals, number: undefined, alternate }, undefined)) statements.push(s);
    }
    this.enter('repetition', statements);
  }

  /** `.exitm`: leaves the innermost macro or repetition; false when there is none. */
  exit(): boolean {
    const frame = this.frames.at(-1);
    if (frame === undefined || frame.kind === 'file') return false;
    this.conditionals.length = Math.min(this.conditionals.length, frame.conditionals);
    this.frames.pop();
    return true;
  }

  /** Reads another text here. Its statements count as the including one's for positions. */
  include(statement: Statement, text: string): void {
    const { from, to } = whole(statement);
    const expansion: Expansion = { macro: '.include', caller: statement, depth: (statement.expansion?.depth ?? 0) + 1 };
    if (expansion.depth > LIMITS.depth)
      throw new Fault('limit', 'headers include each other without end', { column: from, end: to });
    const place = { line: statement.line, column: from, spans: [{ at: 0, line: statement.line, column: from }] };
    this.enter(
      'repetition',
      splitStatements(text).statements.map((s) => ({ ...place, text: s.text, expansion, tokens: undefined })),
    );
  }
}
