// The assembler's run over one source: each statement in its order, then the layout, then what had to wait for it. Directives (directives/)
// act on it through its parts; instructions.ts encodes lines. Knows nothing of files, output formats or editors.
//
// Pass one does every statement once. An instruction is four bytes whatever it is, so it is encoded at once where nothing in it depends on
// an address; the rest waits. Layout gives fragments their offsets and sections their addresses; then what waited is done.
import type { Token } from '#isa';
import { changeTo, type DiagnosticCode, Fault, type Fix, type StatementFix } from './diagnostics.ts';
import { type Evaluation, type Expression, evaluate, type Location, type SymbolNode } from './expression.ts';
import { wordFixes } from './fixes.ts';
import { firstWord, Input } from './input.ts';
import { type Encoded, encodeInstruction } from './instructions.ts';
import { tokenise } from './lexer.ts';
import { Literals } from './literals.ts';
import { nearest } from './nearest.ts';
import { Output } from './output.ts';
import { type Chosen, missing } from './processors.ts';
import { Reader, type Scope } from './reader.ts';
import { Report } from './report.ts';
import type { Section } from './section.ts';
import { columnOf, placeOf, type Statement } from './source.ts';
import { type AssemblerSymbol, type Mention, SymbolTable } from './symbols.ts';

/** Where a directive stands. */
export interface At {
  readonly statement: Statement;
  /** Its name in the source. */
  readonly token: Token;
  /** Its name in lower case. */
  readonly name: string;
}

export interface Directive {
  /** With their dot, lower case; the first is the usual one. */
  readonly names: readonly string[];
  /** What follows the name. */
  readonly syntax: string;
  /** One sentence for people. */
  readonly doc: string;
  /** Does it; the reader stands behind the name. Throws Fault. */
  readonly run: (assembler: Assembler, reader: Reader, at: At) => void;
}

export interface AssemblerOptions {
  readonly base: bigint;
  /** False: one line that stands alone; what a linker does is left undone. */
  readonly linked: boolean;
  /** The text of an `.include`, by name. */
  readonly include: (name: string) => string | undefined;
  /** Every directive by each of its names. */
  readonly directives: ReadonlyMap<string, Directive>;
  /** Those that count even where statements are left out. */
  readonly conditionals: ReadonlyMap<string, Directive>;
}

/** An instruction line, for those who want to know more of it than its bytes. */
export interface InstructionLine extends Location {
  readonly statement: Statement;
  readonly mnemonic: Token;
  /** The architecture that the source had chosen there. */
  readonly chosen: Chosen | undefined;
  /** What it was read as; undefined when it has a mistake. */
  encoded: Encoded | undefined;
}

/** An instruction to be encoded again once addresses are known. */
interface Awaited {
  readonly line: InstructionLine;
  readonly reader: Reader;
  readonly start: number;
}

/** How a name gets its value: now, and others later; now and never again; or never again, and worked out where it is used. */
export type Assignment = 'now' | 'once' | 'anew';

export class Assembler implements Scope {
  readonly options: AssemblerOptions;
  readonly report = new Report();
  readonly input = new Input(this.report);
  readonly output = new Output(this.report);
  readonly literals = new Literals(this.output);
  readonly symbols = new SymbolTable();
  /** Names that `.req` gave registers. */
  readonly registerNames = new Map<string, string>();
  /** What `.arch` chose; undefined: everything is accepted. */
  chosen: Chosen | undefined;
  readonly instructions: InstructionLine[] = [];
  private readonly awaited: Awaited[] = [];
  private statement: Statement | undefined;
  private source = '';
  /** Where `.` is while an instruction is read: at its first byte. */
  private dot: Location | undefined;

  constructor(options: AssemblerOptions) {
    this.options = options;
  }

  /** Assembles a source. To be called once. Gives the sections that make the image, in their order, and the image; what is wrong is in the
   * report, and the image is then of no use. */
  run(source: string): { readonly order: readonly Section[]; readonly image: Uint8Array } {
    this.input.open(source);
    this.source = source;
    for (let statement = this.input.next(); statement !== undefined; statement = this.input.next()) {
      this.statement = statement;
      try {
        this.perform(statement);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        this.report.error(error.code, error.message, { statement, from: error.from, to: error.to }, error.fixes);
      }
    }
    this.literals.flushAll();
    this.placeCommons();
    const { base } = this.options;
    const order = this.output.layOut(base, (statement) => this.enoughSaid(statement));
    for (const awaited of this.awaited) this.report.guard(awaited.line.statement, () => this.encodeAgain(awaited));
    this.output.settleNumbers();
    this.reportUndefined();
    this.reportValues();
    return { order, image: this.output.image(base, order) };
  }

  // ---- statements

  private perform(statement: Statement): void {
    const { skipping } = this.input;
    // Where statements are left out only conditionals count; the rest need not even be well formed.
    if (skipping && !this.options.conditionals.has(firstWord(statement))) return;
    statement.tokens ??= tokenise(statement.text, columnOf(statement, 0));
    const { tokens } = statement;
    let index = 0;
    let token = tokens[0] as Token;
    while (tokens[index + 1]?.kind === 'punct' && tokens[index + 1]?.text === ':') {
      if (!skipping) this.label(token);
      index += 2;
      token = tokens[index] as Token;
    }
    if (token.kind === 'end') return;
    const second = tokens[index + 1] as Token;
    if (second.kind === 'punct' && (second.text === '=' || second.text === '==') && isName(token)) {
      const reader = this.reader(tokens, index + 2);
      this.assign(token, reader, second.text === '==' ? 'anew' : 'now');
      this.expectEnd(reader);
      return;
    }
    if (token.kind !== 'word' || !isName(token))
      throw new Fault('syntax', 'expected an instruction, a directive or a label', token);
    const { text } = token;
    const macro = this.input.macros.size === 0 ? undefined : this.input.macros.get(text.toLowerCase());
    if (macro !== undefined) {
      this.input.call(macro, statement, token, (expression, at) => this.calculate(expression, at));
    } else if (text.startsWith('.')) {
      const name = text.toLowerCase();
      const directive = this.options.directives.get(name);
      if (directive === undefined) throw this.unknownDirective(token);
      directive.run(this, this.reader(tokens, index + 1), { statement, token, name });
    } else if (second.kind === 'word' && second.text.toLowerCase() === '.req') {
      this.nameRegister(token, this.reader(tokens, index + 2));
    } else this.instruction(statement, tokens, index);
  }

  /** A reader of these tokens where the program stands now. */
  reader(tokens: readonly Token[], index: number): Reader {
    const reader = new Reader(tokens, this, this.output.section);
    reader.index = index;
    reader.linked = this.options.linked;
    return reader;
  }

  private unknownDirective(token: Token): Fault {
    const near = nearest(token.text.toLowerCase(), this.options.directives.keys());
    const hint = near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
    return new Fault('unknown-directive', `there is no directive ${token.text}${hint}`, token, changeTo(near, token));
  }

  /** The value of `%expression` in a macro's argument. */
  private calculate(text: string, at: { readonly column: number }): bigint {
    const reader = this.reader(tokenise(text, at.column), 0);
    const value = this.numberAt(reader);
    this.expectEnd(reader);
    return value;
  }

  // ---- instructions

  private instruction(statement: Statement, tokens: readonly Token[], index: number): void {
    const mnemonic = tokens[index] as Token;
    const { section } = this.output;
    if (section.absolute) throw new Fault('section', 'there can be no instructions in a structure', mnemonic);
    if (section.nobits) throw new Fault('section', `there can be no instructions in ${section.name}`, mnemonic);
    const start = index + 1;
    const reader = this.literal(statement, tokens, index) ?? this.reader(tokens, start);
    const place = this.output.instruction(statement);
    const { fragment, offset } = place;
    const line: InstructionLine = { fragment, offset, statement, mnemonic, chosen: this.chosen, encoded: undefined };
    this.instructions.push(line);
    this.dot = place;
    try {
      line.encoded = encodeInstruction(mnemonic, reader);
      reader.commit();
    } catch (error) {
      // What an address may mend is tried again when there are addresses.
      const final = !(error instanceof Fault) || error.code === 'unknown-mnemonic' || !(reader.addressSeen || reader.deferred);
      if (final) throw error;
    } finally {
      this.dot = undefined;
    }
    if (reader.deferred || reader.addressSeen) this.awaited.push({ line, reader, start });
    else this.finishInstruction(line);
  }

  private encodeAgain({ line, reader, start }: Awaited): void {
    const { fragment, offset, statement, mnemonic } = line;
    this.statement = statement;
    reader.address = (fragment.section.address as bigint) + BigInt(fragment.start + offset);
    reader.index = start;
    reader.weakSeen = false;
    line.encoded = undefined;
    line.encoded = encodeInstruction(mnemonic, reader);
    // A call of what is weak and not there does nothing: the linker writes NOP for it.
    if (reader.weakSeen && /^bl?$/i.test(mnemonic.text)) line.encoded = { ...line.encoded, word: NOP };
    this.finishInstruction(line);
  }

  private finishInstruction(line: InstructionLine): void {
    const { encoded, statement, mnemonic } = line;
    if (encoded === undefined) return;
    const lacking = line.chosen === undefined ? undefined : missing(line.chosen, encoded.form.row.features);
    if (lacking !== undefined) throw notChosen(mnemonic, lacking);
    this.output.write(line, 4, BigInt(encoded.word));
    const { unpredictable, futile } = encoded.form.row;
    const at = { statement, from: mnemonic.column, to: statement.tokens?.at(-1)?.column ?? mnemonic.end };
    for (const row of unpredictable) {
      if (row.when(encoded.fields))
        this.report.warning('constrained-unpredictable', `CONSTRAINED UNPREDICTABLE: ${row.doc}. Here: ${row.choice}`, at);
    }
    const reason = futile?.(encoded.fields);
    if (reason !== undefined) this.report.warning('undefined-access', reason, at);
  }

  /** For `ldr x0, =value`: a reader of the line in which the pool's entry stands for the literal. */
  private literal(statement: Statement, tokens: readonly Token[], index: number): Reader | undefined {
    const at = index + 3;
    const equals = tokens[at];
    if (equals === undefined || equals.text !== '=' || equals.kind !== 'punct' || tokens[index + 2]?.text !== ',')
      return undefined;
    const mnemonic = (tokens[index] as Token).text.toLowerCase();
    if (mnemonic !== 'ldr' && mnemonic !== 'ldrsw') return undefined;
    const register = this.registerName((tokens[index + 1] as Token).text).toLowerCase();
    const size = mnemonic === 'ldrsw' ? 4 : (LITERAL_SIZES[register.charAt(0)] ?? 8);
    const reader = this.reader(tokens, at + 1);
    const first = reader.peek();
    let expression = size > 8 ? this.wideNumberAt(reader) : this.expressionAt(reader);
    this.expectEnd(reader);
    const end = tokens[tokens.length - 1] as Token;
    const now = evaluate(expression, this.output.section);
    if (now.kind === 'absolute') expression = { kind: 'number', value: now.value };
    else if (!isPlace(expression)) {
      const message = 'a literal is a plain number by now, or a symbol with or without an offset';
      throw new Fault('expression', message, { column: first.column, end: end.column });
    }
    const label = this.literals.label(expression, size, { statement, from: first.column, to: end.column });
    const stand: Token = { kind: 'string', text: '=', column: equals.column, end: end.column };
    const line = this.reader([...tokens.slice(0, at), stand, end], index + 1);
    line.plant(at, label.node);
    return line;
  }

  // ---- symbols

  private label(token: Token): void {
    if (token.kind === 'number' && /^[0-9]+$/.test(token.text)) {
      this.place(this.symbols.defineNumeric(Number(token.text)), token);
      return;
    }
    if (!isName(token)) throw new Fault('syntax', 'this cannot be a label', token);
    let symbol = this.symbols.get(nameOf(token));
    // A name that may get another value may become a label, after which it gets none.
    if (symbol.reassignable) symbol = this.symbols.renew(symbol);
    else if (symbol.defined) {
      // The same label twice at one place is one label.
      const { fragment, offset } = this.output.location;
      if (symbol.location?.fragment === fragment && symbol.location.offset === offset) return;
      throw this.duplicate(symbol, token);
    }
    this.place(symbol, token);
  }

  private place(symbol: AssemblerSymbol, token: Token): void {
    symbol.location = this.output.location;
    symbol.definition = { statement: this.statement as Statement, from: token.column, to: token.end };
  }

  /** The mistake of defining a symbol again. */
  duplicate(symbol: AssemblerSymbol, token: Token): Fault {
    const where = symbol.definition === undefined ? '' : ` on line ${placeOf(symbol.definition).line}`;
    return new Fault('duplicate-symbol', `${symbol.name} is already defined${where}`, token);
  }

  /** `name = value` and its kin. */
  assign(name: Token, reader: Reader, how: Assignment): void {
    const statement = this.statement as Statement;
    const first = reader.peek();
    const start = reader.save();
    const expression = this.expressionAt(reader);
    const { end } = reader.tokens[reader.index - 1] as Token;
    if (name.text === '.') {
      this.output.org(expression, 0, { statement, from: first.column, to: end });
      return;
    }
    let symbol = this.symbols.get(nameOf(name));
    if (symbol.defined && (how !== 'now' || !symbol.reassignable)) throw this.duplicate(symbol, name);
    const now = evaluate(expression, this.output.section);
    if (now.kind === 'impossible') throw new Fault('expression', now.message, { column: first.column, end });
    const common = now.kind === 'unknown' ? this.symbols.find(now.symbol?.name ?? '') : undefined;
    if (common?.common !== undefined)
      throw new Fault('expression', `${common.name} is common: only the linker knows its place`, { column: first.column, end });
    if (symbol.defined) symbol = this.symbols.renew(symbol);
    symbol.value = now.kind === 'absolute' && how !== 'anew' ? { kind: 'number', value: now.value } : expression;
    symbol.anew = how === 'anew' ? this.readAnew(reader.tokens, start) : undefined;
    symbol.reassignable = how === 'now';
    symbol.definition = { statement, from: name.column, to: name.end };
  }

  /** Reads an expression where its name is used; a name that leads back to itself is met as the symbol that it is. */
  private readAnew(tokens: readonly Token[], start: number): () => Expression | undefined {
    let reading = false;
    return () => {
      if (reading) return undefined;
      reading = true;
      const expression = this.reader(tokens, start).again();
      reading = false;
      return expression;
    };
  }

  symbol(name: string): AssemblerSymbol {
    return this.symbols.get(name);
  }

  numeric(label: number, direction: 'f' | 'b'): AssemblerSymbol | undefined {
    return this.symbols.numeric(label, direction);
  }

  mention(symbol: SymbolNode, token: Token, needed = true): void {
    const statement = this.statement as Statement;
    (symbol as AssemblerSymbol).mentions.push({ statement, from: token.column, to: token.end, needed });
  }

  here(): Expression {
    return { kind: 'location', location: this.dot ?? this.output.location };
  }

  registerName(word: string): string {
    return this.registerNames.size === 0 ? word : (this.registerNames.get(word) ?? word);
  }

  private nameRegister(name: Token, reader: Reader): void {
    const register = reader.next();
    const real = this.registerName(register.text);
    if (register.kind !== 'word') throw new Fault('operand', 'expected a register', register);
    this.expectEnd(reader);
    const old = this.registerNames.get(name.text);
    if (!isRegister(real)) this.warn(`${register.text} is not a register; this is left out`, register);
    else if (isRegister(name.text)) this.warn(`${name.text} is a register itself; this is left out`, name);
    else if (old !== undefined && old.toLowerCase() !== real.toLowerCase())
      this.warn(`${name.text} already stands for ${old}; this is left out`, name);
    else {
      this.registerNames.set(name.text, real);
      // As GNU as: a name in one case is a name in upper and lower case too.
      for (const other of [name.text.toUpperCase(), name.text.toLowerCase()]) {
        if (!this.registerNames.has(other)) this.registerNames.set(other, real);
      }
    }
  }

  // ---- reading for directives

  /** An expression; throws where none stands. */
  expressionAt(reader: Reader): Expression {
    const parsed = reader.tree();
    if (parsed === undefined) {
      const { message, at } = reader.fault ?? { message: 'expected a number or a symbol', at: reader.peek() };
      throw new Fault('expression', message, at);
    }
    if (parsed.relocation !== undefined) {
      throw new Fault('expression', `:${parsed.relocation}: is for instructions`, reader.tokens[reader.index - 1] as Token);
    }
    return parsed.expression;
  }

  /** An expression that keeps all bits of a number that is written out; arithmetic has 64. */
  wideNumberAt(reader: Reader): Expression {
    const start = reader.save();
    const negative = reader.peek().text === '-';
    const first = reader.peek(negative ? 1 : 0);
    const expression = this.expressionAt(reader);
    if (first.kind !== 'number' || reader.save() !== start + (negative ? 2 : 1)) return expression;
    return { kind: 'number', value: negative ? -first.value : first.value };
  }

  /** An expression that must be a plain number now. */
  numberAt(reader: Reader): bigint {
    const { column } = reader.peek();
    const expression = this.expressionAt(reader);
    const value = evaluate(expression, this.output.section);
    if (value.kind === 'absolute') return value.value;
    throw new Fault('expression', notConstant(value), { column, end: (reader.tokens[reader.index - 1] as Token).end });
  }

  /** A symbol's name. */
  nameAt(reader: Reader): Token {
    if (!isName(reader.peek())) throw new Fault('syntax', 'expected the name of a symbol', reader.peek());
    return reader.next();
  }

  /** The symbol of a name that a directive says something about. */
  symbolAt(reader: Reader): { readonly symbol: AssemblerSymbol; readonly token: Token } {
    const token = this.nameAt(reader);
    const symbol = this.symbols.get(nameOf(token));
    this.mention(symbol, token, false);
    return { symbol, token };
  }

  expectEnd(reader: Reader): void {
    if (reader.atEnd) return;
    const token = reader.peek();
    const end = (reader.tokens[reader.tokens.length - 2] as Token).end;
    throw new Fault('syntax', `unexpected ${token.text}`, { column: token.column, end });
  }

  warn(message: string, at: { readonly column: number; readonly end: number }, code: DiagnosticCode = 'directive'): void {
    this.report.warning(code, message, { statement: this.statement as Statement, from: at.column, to: at.end });
  }

  // ---- the end

  /** Common symbols that nothing defined get their room in .bss. */
  private placeCommons(): void {
    for (const [, symbol] of this.symbols.names()) {
      const { common, definition } = symbol;
      if (common === undefined || definition === undefined || symbol.location !== undefined || symbol.value !== undefined)
        continue;
      this.placeInBss(symbol, COMMONS, common.size, common.alignment, definition.statement);
    }
  }

  /** Gives a symbol room in .bss; GNU as keeps what .lcomm asks for in subsection 1. */
  placeInBss(
    symbol: AssemblerSymbol,
    subsection: 1 | typeof COMMONS,
    size: number,
    alignment: number,
    statement: Statement,
  ): void {
    const { output } = this;
    const before = output.place;
    output.moveTo({ section: output.sectionNamed('.bss'), subsection });
    output.align(statement, alignment);
    symbol.location = output.location;
    output.room(statement, size);
    output.moveTo(before);
  }

  /** True where an error stands already, or an undefined symbol which will be said. */
  private enoughSaid(statement: Statement): boolean {
    if (this.report.hasErrorOn(statement.line)) return true;
    return this.symbols.all.some((s) => !s.defined && s.mentions.some((m) => m.statement === statement));
  }

  /** What a word may have meant that the instruction took for a symbol. */
  private wordsMeant({ statement, mnemonic }: InstructionLine, { from, to }: Mention): StatementFix[] {
    const tokens = statement.tokens ?? [];
    const wrong = tokens.findIndex((t) => t.column === from && t.end === to);
    return wrong < 0 ? [] : wordFixes({ mnemonic, reader: this.reader(tokens, 0), wrong });
  }

  private labelAtEnd(name: string): Fix {
    const lines = this.source.split('\n');
    const column = (lines.at(-1) as string).length + 1;
    return { title: `Define ${name} at the end`, line: lines.length, column, endColumn: column, text: `\n${name}:\n` };
  }

  /** A name whose definition comes to nothing is a mistake, used or not. */
  private reportValues(): void {
    for (const { value, definition } of this.symbols.all) {
      if (value === undefined || value.kind === 'number' || definition === undefined) continue;
      const evaluation = evaluate(value, undefined);
      if (evaluation.kind !== 'impossible') continue;
      const said = this.report.diagnostics.some((d) => d.severity === 'error' && d.message === evaluation.message);
      if (!said && !this.report.hasErrorOn(placeOf(definition).line))
        this.report.error('expression', evaluation.message, definition);
    }
  }

  /** Every use of a name that nothing defines is a mistake, in a file that is a whole program. */
  private reportUndefined(): void {
    const lines = new Map(this.instructions.map((line) => [line.statement, line]));
    const defined = this.symbols.all.filter((s) => s.defined && !s.numeric).map((s) => s.name);
    for (const symbol of this.symbols.all) {
      if (symbol.defined || symbol.weak || !symbol.mentions.some((m) => m.needed)) continue;
      const otherCase = defined.find((name) => name.toLowerCase() === symbol.name.toLowerCase());
      const near = symbol.numeric ? [] : otherCase !== undefined ? [otherCase] : nearest(symbol.name, defined).slice(0, 1);
      const hint = near.length === 0 ? '' : `; did you mean ${near[0]}?`;
      const what = /^[bdhqrswx]\d+$/i.test(symbol.name) ? 'is no register, and not defined as a symbol' : 'is not defined';
      const message = symbol.numeric ? `there is no label ${symbol.name} after this` : `${symbol.name} ${what}${hint}`;
      for (const mention of symbol.mentions) {
        if (!mention.needed || this.report.hasErrorAt(mention)) continue;
        const fixes = changeTo(near, { column: mention.from, end: mention.to });
        const line = near.length > 0 || symbol.numeric ? undefined : lines.get(mention.statement);
        if (line !== undefined) fixes.push(...this.wordsMeant(line, mention));
        const label = line !== undefined && fixes.length === 0 && TAKES_LABEL.test(line.mnemonic.text);
        this.report.error('undefined-symbol', message, mention, () => fixes, label ? [this.labelAtEnd(symbol.name)] : []);
      }
    }
  }
}

/** Instructions that name a place. */
const TAKES_LABEL = /^(?:bl?|bc?\..*|b[a-z]{2}|cb.*|tb.*|adrp?)$/i;

/** HINT #0. */
const NOP = 0xd503201f;

/** Behind all that the source itself puts into .bss. */
const COMMONS = 8193;

const LITERAL_SIZES: Readonly<Record<string, 4 | 8 | 16>> = { w: 4, x: 8, s: 4, d: 8, q: 16, l: 8 };

/** True for a word that names a register of any kind. */
export function isRegister(word: string): boolean {
  return /^(?:[xw](?:[12]?[0-9]|30)|[xw]zr|w?sp|lr|fp|ip[01]|[bhsdqvz](?:[12]?[0-9]|3[01])|p(?:[0-9]|1[0-5]))$/i.test(word);
}

function isName(token: Token): boolean {
  if (token.kind === 'string') return token.text.length > 2 && token.text.endsWith('"');
  return token.kind === 'word' && !/^[0-9]/.test(token.text);
}

/** The name that a token is, quoted or not. */
function nameOf(token: Token): string {
  return token.kind === 'string' ? token.text.slice(1, -1) : token.text;
}

/** A symbol or a place, with or without an offset. */
function isPlace(expression: Expression): boolean {
  if (expression.kind === 'symbol' || expression.kind === 'location') return true;
  if (expression.kind !== 'binary') return false;
  const { operator, left, right } = expression;
  if (operator === '+' && left.kind === 'number') return isPlace(right);
  return (operator === '+' || operator === '-') && isPlace(left) && right.kind === 'number';
}

/** An instruction that `.arch` does not allow. */
function notChosen(
  mnemonic: Token,
  { feature, extension }: { readonly feature: string; readonly extension: string | undefined },
): Fault {
  const hint = extension === undefined ? '' : `; .arch_extension ${extension} allows it`;
  const title = `Allow it: .arch_extension ${extension}`;
  const text = `.arch_extension ${extension}\n        ${mnemonic.text}`;
  const fixes = extension === undefined ? [] : [{ title, from: mnemonic.column, to: mnemonic.end, text }];
  return new Fault('operand', `${mnemonic.text} needs ${feature}, which the chosen .arch does not have${hint}`, mnemonic, fixes);
}

function notConstant(value: Evaluation): string {
  if (value.kind === 'impossible') return value.message;
  if (value.kind !== 'unknown') return 'this is an address; a plain number is wanted';
  if (value.symbol === undefined) return 'this is not known yet; a plain number is wanted';
  return `${value.symbol.name} is not known yet; a plain number is wanted`;
}
