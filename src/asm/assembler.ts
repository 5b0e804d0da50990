// The assembler's run over one source: statements in their order, sections and symbols as they grow, what had to wait for the layout, and
// the image at the end. Directives (directives/) act on it through its methods; instructions.ts encodes lines. Knows nothing of files,
// output formats or editors.
//
// Pass one does every statement once. An instruction is four bytes whatever it is, so it is encoded at once where nothing in it depends on
// an address; the rest waits. Layout gives fragments their offsets and sections their addresses; then what waited is done.
import type { Token } from '#isa';
import { type Diagnostic, type DiagnosticCode, Fault, type Severity } from './diagnostics.ts';
import { type Evaluation, type Expression, evaluate, type Location, type SymbolNode } from './expression.ts';
import { type Encoded, encodeInstruction } from './instructions.ts';
import { tokenise } from './lexer.ts';
import { columnOf, expand, type Macro, type Piece, parseActuals } from './macros.ts';
import { nearest } from './nearest.ts';
import { Reader, type Scope } from './reader.ts';
import {
  defaultAttributes,
  type Fragment,
  imageOrder,
  layOut,
  Section,
  type SectionAttributes,
  writeSection,
} from './section.ts';
import { type Expansion, outermost, placeOf, type Statement, splitStatements } from './source.ts';
import { AssemblerSymbol, SymbolTable } from './symbols.ts';

/** More than this is a mistake (or an attack), not a program. */
const LIMITS = { statements: 4_000_000, depth: 100, sectionBytes: 1 << 30, diagnostics: 1000 } as const;

/** A run of statements being read: the file, a macro's expansion, a repetition. */
interface Frame {
  readonly kind: 'file' | 'macro' | 'repetition';
  readonly statements: readonly Statement[];
  index: number;
  /** Conditionals that were open when it began. */
  readonly conditionals: number;
}

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

/** Bytes to be written once addresses are known. */
interface DataFixup {
  readonly fragment: Fragment;
  readonly offset: number;
  readonly size: number;
  readonly expression: Expression;
  readonly statement: Statement;
  readonly from: number;
  readonly to: number;
}

/** An instruction to be encoded again once addresses are known. */
interface InstructionFixup {
  readonly fragment: Fragment;
  readonly offset: number;
  readonly mnemonic: Token;
  readonly reader: Reader;
  readonly start: number;
  readonly statement: Statement;
}

/** A statement that made bytes. */
export interface Emission {
  readonly statement: Statement;
  readonly fragment: Fragment;
  readonly offset: number;
  size: number;
  readonly kind: 'instruction' | 'data' | 'padding';
}

interface PoolEntry {
  readonly key: string;
  readonly size: number;
  readonly expression: Expression;
  readonly symbol: AssemblerSymbol;
  readonly statement: Statement;
  readonly from: number;
  readonly to: number;
}

/** A literal pool of one subsection. */
interface Pool {
  readonly section: Section;
  readonly subsection: number;
  entries: PoolEntry[];
}

interface SectionPlace {
  readonly section: Section;
  readonly subsection: number;
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

export class Assembler implements Scope {
  readonly options: AssemblerOptions;
  readonly diagnostics: Diagnostic[] = [];
  readonly symbols = new SymbolTable();
  /** By name; `.text .data .bss` come first, as in every object file. */
  readonly sections = new Map<string, Section>();
  readonly emissions: Emission[] = [];
  readonly macros = new Map<string, Macro>();
  readonly conditionals: Conditional[] = [];
  readonly registerNames = new Map<string, string>();
  /** Printed by `.print`, in order. */
  alternate = false;
  section: Section;
  subsection = 0;
  private previous: SectionPlace | undefined;
  private readonly sectionStack: { readonly now: SectionPlace; readonly previous: SectionPlace | undefined }[] = [];
  private readonly frames: Frame[] = [];
  private readonly pools = new Map<string, Pool>();
  private readonly dataFixups: DataFixup[] = [];
  private readonly instructionFixups: InstructionFixup[] = [];
  private statement: Statement | undefined;
  private expansions = 0;
  private lineCount = 1;
  private statementsDone = 0;
  private said = new Set<string>();
  private ended = false;
  private fragment: Fragment;
  /** Where `.` is while an instruction is read: at its first byte. */
  private dot: Location | undefined;

  constructor(options: AssemblerOptions) {
    this.options = options;
    for (const name of ['.text', '.data', '.bss']) this.sections.set(name, new Section(name, defaultAttributes(name)));
    this.section = this.sections.get('.text') as Section;
    this.fragment = this.section.tail(0);
  }

  // ---- the run

  /** Reads a source to its end. To be called once; then `finish`. */
  run(source: string): void {
    const { statements, openComment, lineCount } = splitStatements(source);
    this.lineCount = lineCount;
    if (openComment !== undefined) {
      this.diagnostics.push({
        ...openComment,
        endColumn: openComment.column + 2,
        severity: 'warning',
        code: 'unterminated',
        message: 'this comment has no end',
      });
    }
    this.enter('file', statements);
    this.drain();
    for (const open of this.conditionals)
      this.complain('error', 'conditional', 'this has no .endif', open.statement, open.token.column, open.token.end);
    for (const pool of [...this.pools.values()].reverse()) this.flushPool(pool);
  }

  private drain(): void {
    while (this.frames.length > 0) {
      const frame = this.frames[this.frames.length - 1] as Frame;
      if (this.ended) {
        this.frames.length = 0;
        return;
      }
      const statement = frame.statements[frame.index];
      if (statement === undefined) {
        this.leave(frame);
        continue;
      }
      frame.index += 1;
      this.statementsDone += 1;
      if (this.statementsDone > LIMITS.statements) {
        this.complain(
          'error',
          'limit',
          `more than ${LIMITS.statements} statements after expansion`,
          statement,
          ...whole(statement),
        );
        this.frames.length = 0;
        return;
      }
      this.statement = statement;
      try {
        this.perform(statement);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        this.complain('error', error.code, error.message, statement, error.from, error.to, error.fixes);
      }
    }
  }

  private leave(frame: Frame): void {
    this.frames.pop();
    if (frame.kind === 'macro' && this.conditionals.length > frame.conditionals) {
      for (const open of this.conditionals.splice(frame.conditionals)) {
        this.complain(
          'error',
          'conditional',
          'this has no .endif within the macro',
          open.statement,
          open.token.column,
          open.token.end,
        );
      }
    }
  }

  private enter(kind: Frame['kind'], statements: readonly Statement[]): void {
    this.frames.push({ kind, statements, index: 0, conditionals: this.conditionals.length });
  }

  /** `.end` */
  end(): void {
    this.ended = true;
  }

  get skipping(): boolean {
    const { conditionals: open } = this;
    return open.length > 0 && (open[open.length - 1] as Conditional).skipping;
  }

  private perform(statement: Statement): void {
    if (this.skipping) {
      // Only conditionals count here; the rest need not even be well formed.
      const word = /^\s*(?:[\w.$]+\s*:\s*)*(\.\w+)/.exec(statement.text)?.[1]?.toLowerCase();
      if (word === undefined || !this.options.conditionals.has(word)) return;
    }
    statement.tokens ??= tokenise(statement.text, columnOf(statement, 0));
    const { tokens } = statement;
    let index = 0;
    let token = tokens[0] as Token;
    // Labels.
    for (;;) {
      const after = tokens[index + 1];
      if (after === undefined || after.kind !== 'punct' || after.text !== ':') break;
      if (token.kind === 'word' && !/^[0-9]/.test(token.text)) {
        if (!this.skipping) this.defineLabel(token.text, token);
      } else if (token.kind === 'number' && /^[0-9]+$/.test(token.text)) {
        if (!this.skipping) this.place(this.symbols.defineNumeric(Number(token.text)), token);
      } else if (token.kind === 'string' && token.text.length > 2) {
        if (!this.skipping) this.defineLabel(token.text.slice(1, -1), token);
      } else throw new Fault('syntax', 'this cannot be a label', token);
      index += 2;
      token = tokens[index] as Token;
    }
    if (token.kind === 'end') return;
    const second = tokens[index + 1] as Token;
    if (
      second.kind === 'punct' &&
      (second.text === '=' || second.text === '==') &&
      (token.kind === 'word' || token.kind === 'string')
    ) {
      const reader = this.reader(tokens, index + 2);
      this.assign(token, reader, second.text === '==');
      this.expectEnd(reader);
      return;
    }
    if (token.kind !== 'word' || /^[0-9]/.test(token.text))
      throw new Fault('syntax', 'expected an instruction, a directive or a label', token);
    const { text } = token;
    if (this.macros.size > 0) {
      const macro = this.macros.get(text.toLowerCase());
      if (macro !== undefined) {
        this.callMacro(macro, statement, token);
        return;
      }
    }
    if (text.charCodeAt(0) === 46) {
      const { directives } = this.options;
      const directive = directives.get(text) ?? directives.get(text.toLowerCase());
      if (directive === undefined) throw this.unknownDirective(token);
      const reader = this.reader(tokens, index + 1);
      directive.run(this, reader, { statement, token, name: text.toLowerCase() });
      return;
    }
    if (second.kind === 'word' && second.text.toLowerCase() === '.req') {
      this.nameRegister(token, this.reader(tokens, index + 2));
      return;
    }
    this.instruction(statement, tokens, index);
  }

  /** A reader of these tokens where the program stands now. */
  reader(tokens: readonly Token[], index: number): Reader {
    const reader = new Reader(tokens, this, this.section);
    reader.index = index;
    reader.linked = this.options.linked;
    return reader;
  }

  private unknownDirective(token: Token): Fault {
    const near = nearest(token.text.toLowerCase(), this.options.directives.keys());
    const hint = near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
    return new Fault('unknown-directive', `there is no directive ${token.text}${hint}`, token, near);
  }

  // ---- instructions

  private instruction(statement: Statement, tokens: readonly Token[], index: number): void {
    const mnemonic = tokens[index] as Token;
    if (this.section.absolute) throw new Fault('section', 'there can be no instructions in a structure', mnemonic);
    if (this.section.nobits) throw new Fault('section', `there can be no instructions in ${this.section.name}`, mnemonic);
    if (this.section.alignment < 4) this.section.alignment = 4;
    let line = tokens;
    let planted: { readonly index: number; readonly entry: PoolEntry } | undefined;
    if (mnemonic.text.length <= 5) {
      const literal = this.literal(statement, tokens, index);
      if (literal !== undefined) {
        line = literal.tokens;
        planted = literal;
      }
    }
    const reader = this.reader(line, index + 1);
    if (planted !== undefined) reader.plant(planted.index, planted.entry.symbol.node);
    const { fragment, offset } = this.emitInstruction(statement);
    this.dot = { fragment, offset };
    let encoded: Encoded | undefined;
    try {
      encoded = encodeInstruction(mnemonic, reader);
    } catch (error) {
      if (!(error instanceof Fault) || !(reader.addressSeen || reader.deferred) || isSyntactic(error)) throw error;
    } finally {
      this.dot = undefined;
    }
    if (encoded !== undefined) reader.commit();
    if (reader.deferred || reader.addressSeen) {
      this.instructionFixups.push({ fragment, offset, mnemonic, reader, start: index + 1, statement });
      return;
    }
    this.write(fragment, offset, 4, BigInt((encoded as Encoded).word));
    this.warnUnpredictable(encoded as Encoded, statement, mnemonic, tokens);
  }

  private warnUnpredictable({ form, fields }: Encoded, statement: Statement, mnemonic: Token, tokens: readonly Token[]): void {
    for (const row of form.row.unpredictable) {
      if (!row.when(fields)) continue;
      const last = tokens[tokens.length - 1] as Token;
      this.complain('warning', 'constrained-unpredictable', row.doc, statement, mnemonic.column, last.column);
    }
  }

  /** `ldr x0, =value`: the line as it is encoded, its literal being an address in the pool. */
  private literal(
    statement: Statement,
    tokens: readonly Token[],
    index: number,
  ): { readonly tokens: readonly Token[]; readonly index: number; readonly entry: PoolEntry } | undefined {
    const equals = index + 3;
    if (tokens[equals]?.text !== '=' || tokens[equals]?.kind !== 'punct' || tokens[index + 2]?.text !== ',') return undefined;
    const mnemonic = (tokens[index] as Token).text.toLowerCase();
    const register = this.registerName((tokens[index + 1] as Token).text).toLowerCase();
    let size = 0;
    if (mnemonic === 'ldrsw') size = 4;
    else if (mnemonic === 'ldr') size = LITERAL_SIZES[register.charAt(0)] ?? 8;
    if (size === 0) return undefined;
    const reader = this.reader(tokens, equals + 1);
    const from = reader.peek();
    let expression = size > 8 ? this.wideNumberAt(reader) : this.expressionAt(reader);
    this.expectEnd(reader);
    const last = tokens[tokens.length - 2] as Token;
    const now = evaluate(expression, this.section);
    if (now.kind === 'absolute') expression = { kind: 'number', value: now.value };
    else if (!isPlace(expression)) {
      throw new Fault('expression', 'a literal is a plain number by now, or a symbol with or without an offset', {
        column: from.column,
        end: last.end,
      });
    }
    const entry = this.poolEntry(expression, size, statement, from.column, last.end);
    const equalsToken = tokens[equals] as Token;
    const stand: Token = { kind: 'string', text: '=', column: equalsToken.column, end: last.end };
    return { tokens: [...tokens.slice(0, equals), stand, tokens[tokens.length - 1] as Token], index: equals, entry };
  }

  private poolEntry(expression: Expression, size: number, statement: Statement, from: number, to: number): PoolEntry {
    const id = `${this.section.name}\0${this.subsection}`;
    let pool = this.pools.get(id);
    if (pool === undefined) {
      pool = { section: this.section, subsection: this.subsection, entries: [] };
      this.pools.set(id, pool);
    }
    const key = `${size} ${keyOf(expression)}`;
    const found = pool.entries.find((e) => e.key === key);
    if (found !== undefined) return found;
    const entry: PoolEntry = {
      key,
      size,
      expression,
      symbol: new AssemblerSymbol(`the literal pool's entry`),
      statement,
      from,
      to,
    };
    pool.entries.push(entry);
    return entry;
  }

  /** Puts the pool of the present subsection here. */
  flushLiterals(): void {
    const pool = this.pools.get(`${this.section.name}\0${this.subsection}`);
    if (pool !== undefined) this.flushPool(pool);
  }

  private flushPool(pool: Pool): void {
    if (pool.entries.length === 0) return;
    const { entries } = pool;
    pool.entries = [];
    const before: SectionPlace = { section: this.section, subsection: this.subsection };
    this.setSection(pool.section, pool.subsection);
    for (const size of [4, 8, 16]) {
      const ofSize = entries.filter((e) => e.size === size);
      if (ofSize.length === 0) continue;
      this.align((ofSize[0] as PoolEntry).statement, size, { fill: [0] });
      for (const entry of ofSize) {
        entry.symbol.location = this.location();
        this.data(entry.statement, entry.expression, size, entry.from, entry.to);
      }
    }
    this.setSection(before.section, before.subsection);
  }

  // ---- bytes

  /** Room for one instruction. In code, instructions that follow data are moved to a multiple of 4; a label before them is not. */
  emitInstruction(statement: Statement): Location {
    const { section } = this;
    if (section.code && section.dataSeen) this.align(statement, 4, { fill: [0] });
    section.dataSeen = false;
    return this.emit(statement, 4, 'instruction');
  }

  /** Takes room for bytes that a statement makes. */
  emit(statement: Statement, size: number, kind: Emission['kind'] = 'data'): Location {
    const { fragment } = this;
    if (fragment.length + size > LIMITS.sectionBytes) {
      const [column, end] = whole(statement);
      throw new Fault('limit', `${this.section.name} would be larger than ${LIMITS.sectionBytes} bytes`, { column, end });
    }
    if (kind === 'data') this.section.dataSeen = true;
    const offset = fragment.reserve(size);
    const last = this.emissions[this.emissions.length - 1];
    if (
      kind !== 'instruction' &&
      last !== undefined &&
      last.statement === statement &&
      last.kind === kind &&
      last.fragment === fragment &&
      last.offset + last.size === offset
    ) {
      last.size += size;
    } else if (size > 0) this.emissions.push({ statement, fragment, offset, size, kind });
    return { fragment, offset };
  }

  /** A number in little-endian order. */
  write(fragment: Fragment, offset: number, size: number, value: bigint): void {
    const { bytes, section } = fragment;
    if (section.nobits || section.absolute) return;
    if (size <= 4) {
      let n = Number(BigInt.asUintN(32, value));
      for (let i = 0; i < size; i += 1) {
        bytes[offset + i] = n & 0xff;
        n >>>= 8;
      }
      return;
    }
    let rest = BigInt.asUintN(size * 8, value);
    for (let i = 0; i < size; i += 4) {
      const low = Number(rest & 0xffff_ffffn);
      bytes[offset + i] = low & 0xff;
      bytes[offset + i + 1] = (low >>> 8) & 0xff;
      bytes[offset + i + 2] = (low >>> 16) & 0xff;
      bytes[offset + i + 3] = low >>> 24;
      rest >>= 32n;
    }
  }

  /** Refuses contents where a section has none. `value` is what would be written, if it is a number already. */
  private refuseContents(statement: Statement, from: number, to: number, value: bigint | undefined): void {
    if (value === 0n) return;
    if (this.section.nobits)
      throw new Fault('section', `${this.section.name} has no contents; only zeros can stand in it`, { column: from, end: to });
    if (this.section.absolute) throw new Fault('section', 'a structure has no contents', { column: from, end: to });
    void statement;
  }

  /** One number of a data directive; `from` and `to` are its columns. */
  data(statement: Statement, expression: Expression, size: number, from: number, to: number): void {
    if (expression.kind === 'number') {
      const { value } = expression;
      this.refuseContents(statement, from, to, value);
      const { fragment, offset } = this.emit(statement, size);
      if (value !== 0n) {
        this.warnTruncated(value, size, statement, from, to);
        this.write(fragment, offset, size, value);
      }
      return;
    }
    const now = evaluate(expression, this.section);
    if (now.kind === 'absolute') {
      this.data(statement, { kind: 'number', value: now.value }, size, from, to);
      return;
    }
    this.refuseContents(statement, from, to, undefined);
    const { fragment, offset } = this.emit(statement, size);
    this.dataFixups.push({ fragment, offset, size, expression, statement, from, to });
  }

  private warnTruncated(value: bigint, size: number, statement: Statement, from: number, to: number): void {
    const limit = 1n << BigInt(size * 8);
    if (value >= limit || value <= -limit) {
      const kept = BigInt.asUintN(size * 8, value);
      this.complain(
        'warning',
        'truncated',
        `value ${show(value)} is cut to ${show(kept)}: ${size} byte${size > 1 ? 's' : ''} hold no more`,
        statement,
        from,
        to,
      );
    }
  }

  /** Plain bytes. */
  bytes(statement: Statement, bytes: ArrayLike<number>, from: number, to: number): void {
    if (this.section.nobits || this.section.absolute) {
      for (let i = 0; i < bytes.length; i += 1) this.refuseContents(statement, from, to, BigInt(bytes[i] as number));
    }
    const { fragment, offset } = this.emit(statement, bytes.length);
    if (!this.section.nobits && !this.section.absolute) fragment.bytes.set(bytes, offset);
  }

  /** `count` copies of a pattern of bytes, `count` possibly known only when the layout is. */
  fill(statement: Statement, count: Expression, pattern: readonly number[], from: number, to: number): void {
    const zero = pattern.every((b) => b === 0);
    if (!zero) this.refuseContents(statement, from, to, undefined);
    const now = evaluate(count, this.section);
    if (now.kind === 'impossible') throw new Fault('expression', now.message, { column: from, end: to });
    if (now.kind === 'relative')
      throw new Fault('expression', 'this is an address; a plain number is wanted', { column: from, end: to });
    if (now.kind === 'absolute') {
      if (now.value <= 0n) {
        if (now.value < 0n) this.complain('warning', 'directive', 'a count below zero; nothing is done', statement, from, to);
        return;
      }
      const size = now.value * BigInt(pattern.length);
      if (size > BigInt(LIMITS.sectionBytes))
        throw new Fault('limit', `${size} bytes are more than a section can have (${LIMITS.sectionBytes})`, {
          column: from,
          end: to,
        });
      const { fragment, offset } = this.emit(statement, Number(size));
      if (!zero && !this.section.nobits) repeat(fragment.bytes, offset, Number(size), pattern);
      return;
    }
    const { section } = this;
    this.elastic(statement, {
      size: () => {
        const then = evaluate(count, section);
        return then.kind === 'absolute' ? Math.max(0, Number(then.value)) * pattern.length : undefined;
      },
      write: (into, at, size) => repeat(into, at, size, pattern),
    });
    this.later(statement, count, from, to);
  }

  /** Moves to the next multiple of `alignment` (a power of two): with `fill` repeated, or what suits the section; not at all when that would
   * take more than `most` bytes. */
  align(
    statement: Statement,
    alignment: number,
    options: { readonly fill?: readonly number[] | undefined; readonly most?: number | undefined } = {},
  ): void {
    const { section, fragment } = this;
    const most = options.most === undefined || options.most === 0 ? Number.POSITIVE_INFINITY : options.most;
    if (alignment > section.alignment && !section.absolute) section.alignment = alignment;
    const write = (into: Uint8Array, at: number, size: number): void => {
      if (options.fill !== undefined) fillAlignment(into, at, size, options.fill);
      else if (section.code) fillNop(into, at, size);
    };
    const start = section.absolute ? Number(section.origin) : 0;
    const padding = (offset: number): number => {
      const size = (alignment - ((start + offset) % alignment)) % alignment;
      return size > most ? 0 : size;
    };
    if (fragment.start >= 0) {
      const size = padding(fragment.start + fragment.length);
      if (size === 0) return;
      const place = this.emit(statement, size, 'padding');
      if (!section.nobits && !section.absolute) write(place.fragment.bytes, place.offset, size);
      return;
    }
    this.elastic(statement, { size: padding, write });
  }

  /** Moves the location counter to a place of this section, with `fill` up to it. */
  org(statement: Statement, target: Expression, fill: number, from: number, to: number): void {
    const { section } = this;
    const wanted = (): number | undefined | Fault => {
      const value = evaluate(target, section);
      if (value.kind === 'unknown') return undefined;
      if (value.kind === 'relative' && value.section === section) return Number(value.offset);
      if (value.kind === 'absolute') return Number(value.value - section.origin);
      return new Fault('expression', value.kind === 'impossible' ? value.message : 'this is not in the present section', {
        column: from,
        end: to,
      });
    };
    const now = wanted();
    if (now instanceof Fault) throw now;
    const { fragment } = this;
    if (now !== undefined && fragment.start >= 0) {
      const size = now - fragment.start - fragment.length;
      if (size < 0)
        throw new Fault('directive', `this is ${-size} bytes back; the location counter only goes forward`, {
          column: from,
          end: to,
        });
      if (size > 0) this.fill(statement, { kind: 'number', value: BigInt(size) }, [fill], from, to);
      return;
    }
    let backwards = false;
    this.elastic(statement, {
      size: (offset) => {
        const then = wanted();
        if (then === undefined || then instanceof Fault) return undefined;
        backwards = then < offset;
        return Math.max(0, then - offset);
      },
      write: (into, at, size) => into.fill(fill, at, at + size),
    });
    this.checks.push(() => {
      if (backwards) this.complain('error', 'directive', 'the location counter only goes forward', statement, from, to);
    });
    this.later(statement, target, from, to);
  }

  /** A ULEB128 or SLEB128 number. */
  leb128(statement: Statement, expression: Expression, signed: boolean, from: number, to: number): void {
    const now = evaluate(expression, this.section);
    if (now.kind === 'absolute') {
      this.bytes(statement, leb128(now.value, signed), from, to);
      return;
    }
    if (now.kind === 'impossible') throw new Fault('expression', now.message, { column: from, end: to });
    if (now.kind === 'relative')
      throw new Fault('expression', 'an address cannot be written as LEB128', { column: from, end: to });
    this.refuseContents(statement, from, to, undefined);
    const { section } = this;
    const encode = (): number[] | undefined => {
      const then = evaluate(expression, section);
      return then.kind === 'absolute' ? leb128(then.value, signed) : undefined;
    };
    let largest = 1;
    this.elastic(statement, {
      // It never shrinks, so that layout comes to an end.
      size: () => {
        const bytes = encode();
        if (bytes === undefined) return undefined;
        largest = Math.max(largest, bytes.length);
        return largest;
      },
      write: (into, at, size) => {
        const bytes = encode() ?? [0];
        into.set(bytes, at);
        for (let i = bytes.length; i < size; i += 1) {
          into[at + i - 1] = (into[at + i - 1] as number) | 0x80;
          into[at + i] = signed && ((bytes.at(-1) as number) & 0x40) !== 0 ? 0x7f : 0;
        }
      },
    });
    this.later(statement, expression, from, to);
  }

  private elastic(
    statement: Statement,
    elastic: { size(offset: number): number | undefined; write(into: Uint8Array, at: number, size: number): void },
  ): void {
    const fragment = this.section.append(this.subsection, elastic);
    this.fragment = this.section.tail(this.subsection);
    this.elastics.push({ statement, fragment });
  }

  private readonly elastics: { readonly statement: Statement; readonly fragment: Fragment }[] = [];
  private readonly checks: (() => void)[] = [];

  /** Complains after layout when an expression that a length depends on still has no plain value. */
  private later(statement: Statement, expression: Expression, from: number, to: number): void {
    const { section } = this;
    this.checks.push(() => {
      const value = evaluate(expression, section);
      if (value.kind === 'impossible') this.complain('error', 'expression', value.message, statement, from, to);
    });
  }

  // ---- places and symbols

  /** Where the next byte goes. */
  location(): Location {
    return { fragment: this.fragment, offset: this.fragment.length };
  }

  here(): Expression {
    return { kind: 'location', location: this.dot ?? this.location() };
  }

  private defineLabel(name: string, token: Token): void {
    const symbol = this.symbols.get(name);
    if (symbol.defined) {
      // The same label twice at one place is one label.
      const here = this.location();
      if (symbol.location?.fragment === here.fragment && symbol.location.offset === here.offset) return;
      throw this.duplicate(symbol, token);
    }
    this.place(symbol, token);
  }

  private place(symbol: AssemblerSymbol, token: Token): void {
    symbol.location = this.location();
    symbol.definition = { statement: this.statement as Statement, from: token.column, to: token.end, needed: true };
  }

  private duplicate(symbol: AssemblerSymbol, token: Token): Fault {
    const { definition } = symbol;
    const where =
      definition === undefined ? '' : ` on line ${placeOf(definition.statement, definition.from, definition.to).line}`;
    return new Fault('duplicate-symbol', `${symbol.name} is already defined${where}`, token);
  }

  /** `name = value` and its kin; `once`: it may have no value yet. */
  assign(name: Token, reader: Reader, once: boolean): void {
    const text = name.kind === 'string' ? name.text.slice(1, -1) : name.text;
    const start = reader.peek();
    const expression = this.expressionAt(reader);
    const last = reader.tokens[reader.index - 1] as Token;
    if (text === '.') {
      this.org(this.statement as Statement, expression, 0, start.column, last.end);
      return;
    }
    let symbol = this.symbols.get(text);
    if (symbol.defined && (once || !symbol.reassignable)) throw this.duplicate(symbol, name);
    const now = evaluate(expression, this.section);
    if (now.kind === 'impossible') throw new Fault('expression', now.message, { column: start.column, end: last.end });
    if (symbol.defined) symbol = this.symbols.renew(symbol);
    symbol.value = now.kind === 'absolute' ? { kind: 'number', value: now.value } : expression;
    symbol.reassignable = !once;
    symbol.definition = { statement: this.statement as Statement, from: name.column, to: name.end, needed: true };
  }

  symbol(name: string): AssemblerSymbol {
    return this.symbols.get(name);
  }

  numeric(label: number, direction: 'f' | 'b'): AssemblerSymbol | undefined {
    return this.symbols.numeric(label, direction);
  }

  mention(symbol: SymbolNode, token: Token, needed = true): void {
    (symbol as AssemblerSymbol).mentions.push({
      statement: this.statement as Statement,
      from: token.column,
      to: token.end,
      needed,
    });
  }

  registerName(word: string): string {
    return this.registerNames.size === 0 ? word : (this.registerNames.get(word) ?? word);
  }

  private nameRegister(name: Token, reader: Reader): void {
    const register = reader.next();
    if (register.kind !== 'word') throw new Fault('operand', 'expected a register', register);
    const real = this.registerName(register.text);
    if (!isRegister(real)) {
      this.warn(`${register.text} is not a register; this is left out`, register);
      return;
    }
    this.expectEnd(reader);
    if (isRegister(name.text)) {
      this.warn(`${name.text} is a register itself; this is left out`, name);
      return;
    }
    const old = this.registerNames.get(name.text);
    if (old !== undefined && old.toLowerCase() !== real.toLowerCase()) {
      this.warn(`${name.text} already stands for ${old}; this is left out`, name);
      return;
    }
    this.registerNames.set(name.text, real);
    // As GNU as: a name in one case is a name in upper and lower case too.
    for (const other of [name.text.toUpperCase(), name.text.toLowerCase()])
      if (!this.registerNames.has(other)) this.registerNames.set(other, real);
  }

  // ---- sections

  /** Goes to a section without a trace for `.previous`. */
  private setSection(section: Section, subsection: number): void {
    this.section = section;
    this.subsection = subsection;
    this.fragment = section.tail(subsection);
  }

  /** Goes to a section; `.previous` comes back. */
  enterSection(section: Section, subsection: number): void {
    this.previous = { section: this.section, subsection: this.subsection };
    this.setSection(section, subsection);
  }

  sectionNamed(name: string, attributes?: SectionAttributes): Section {
    let section = this.sections.get(name);
    if (section === undefined) {
      section = new Section(name, attributes ?? defaultAttributes(name));
      this.sections.set(name, section);
    }
    return section;
  }

  pushSection(): void {
    this.sectionStack.push({ now: { section: this.section, subsection: this.subsection }, previous: this.previous });
  }

  /** False when nothing was pushed. */
  popSection(): boolean {
    const top = this.sectionStack.pop();
    if (top === undefined) return false;
    this.setSection(top.now.section, top.now.subsection);
    this.previous = top.previous;
    return true;
  }

  /** False when there was no section before. */
  previousSection(): boolean {
    if (this.previous === undefined) return false;
    this.enterSection(this.previous.section, this.previous.subsection);
    return true;
  }

  /** A structure: labels count from `origin`. */
  enterStructure(origin: bigint): void {
    const section = new Section('*ABS*', { code: false, nobits: true, allocated: false }, true);
    section.origin = origin;
    this.structures.push(section);
    this.enterSection(section, 0);
  }

  private readonly structures: Section[] = [];

  // ---- macros and repetitions

  /** The statements up to the closing directive of what has just been opened; `open` also opens. Throws when it never comes. */
  capture(opener: Token, open: ReadonlySet<string>, close: ReadonlySet<string>): Statement[] {
    const frame = this.frames[this.frames.length - 1] as Frame;
    const body: Statement[] = [];
    let depth = 0;
    while (frame.index < frame.statements.length) {
      const statement = frame.statements[frame.index] as Statement;
      frame.index += 1;
      const word = /^\s*(?:[\w.$]+\s*:\s*)*(\.?\w+)/.exec(statement.text)?.[1]?.toLowerCase();
      if (word !== undefined && open.has(word)) depth += 1;
      else if (word !== undefined && close.has(word)) {
        if (depth === 0) return body;
        depth -= 1;
      }
      body.push(statement);
    }
    const missing = [...close][0] as string;
    if (frame.kind === 'file') {
      const { lineCount } = this;
      this.push({
        line: lineCount,
        column: 1,
        endColumn: 2,
        severity: 'error',
        code: 'unterminated',
        message: `the source ends before ${missing}`,
      });
    }
    throw new Fault('unterminated', `this has no ${missing}`, opener);
  }

  private callMacro(macro: Macro, statement: Statement, name: Token): void {
    const depth = (statement.expansion?.depth ?? 0) + 1;
    if (depth > LIMITS.depth || this.frames.length > LIMITS.depth * 4)
      throw new Fault('limit', `macros are nested more than ${LIMITS.depth} deep`, name);
    const offset = name.end - columnOf(statement, 0);
    const actuals = parseActuals(macro, statement, offset, this.alternate ? (text, at) => this.calculate(text, at) : undefined);
    const formals = new Map<string, Piece>(macro.formals.map((f, i) => [f.name, actuals[i] as Piece]));
    const expansion: Expansion = { macro: macro.name, caller: statement, depth };
    let { body } = macro;
    if (this.alternate) {
      // LOCAL names are fresh in every expansion.
      const kept: Statement[] = [];
      for (const line of body) {
        const local = /^\s*local\s+(.*)$/i.exec(line.text);
        if (local === null) {
          kept.push(line);
          continue;
        }
        for (const word of (local[1] as string).split(/[\s,]+/)) {
          if (word === '') continue;
          this.localNames += 1;
          formals.set(word, {
            text: `.LL${this.localNames.toString(16).padStart(4, '0')}`,
            spans: [{ at: 0, line: line.line, column: line.column }],
          });
        }
      }
      body = kept;
    }
    const statements = expand(body, { formals, number: this.expansions, alternate: this.alternate }, expansion);
    this.expansions += 1;
    this.enter('macro', statements);
  }

  private calculate(text: string, at: { readonly column: number; readonly end: number }): bigint {
    const reader = this.reader(tokenise(text, at.column), 0);
    const value = this.numberAt(reader);
    this.expectEnd(reader);
    return value;
  }

  private localNames = 0;

  /** Does a body again and again, once for each set of values. */
  repeat(body: readonly Statement[], times: number, formal?: { readonly name: string; readonly values: readonly Piece[] }): void {
    if (this.frames.length > LIMITS.depth * 4) throw new Fault('limit', 'repetitions are nested too deep', { column: 1, end: 2 });
    const statements: Statement[] = [];
    if (body.length * times > LIMITS.statements)
      throw new Fault('limit', `this makes more than ${LIMITS.statements} statements`, {
        column: whole(this.statement as Statement)[0],
        end: whole(this.statement as Statement)[1],
      });
    for (let time = 0; time < times; time += 1) {
      if (formal === undefined) {
        for (const statement of body) statements.push(statement);
        continue;
      }
      const value = formal.values[time] as Piece;
      for (const s of expand(
        body,
        { formals: new Map([[formal.name, value]]), number: undefined, alternate: this.alternate },
        undefined,
      ))
        statements.push(s);
    }
    this.enter('repetition', statements);
  }

  /** `.exitm`: leaves the innermost macro or repetition; false when there is none. */
  exitMacro(): boolean {
    let at = this.frames.length - 1;
    while (at >= 0 && (this.frames[at] as Frame).kind === 'file') at -= 1;
    if (at < 0) return false;
    const frame = this.frames[at] as Frame;
    this.conditionals.length = Math.min(this.conditionals.length, frame.conditionals);
    this.frames.length = at;
    return true;
  }

  /** Reads another text where the program stands. Its statements count as the including one's for positions. */
  include(statement: Statement, text: string): void {
    const [from] = whole(statement);
    const spans = [{ at: 0, line: statement.line, column: from }];
    const expansion: Expansion = { macro: '.include', caller: statement, depth: (statement.expansion?.depth ?? 0) + 1 };
    if (expansion.depth > LIMITS.depth)
      throw new Fault('limit', 'headers include each other without end', { column: from, end: whole(statement)[1] });
    this.enter(
      'repetition',
      splitStatements(text).statements.map((s) => ({
        text: s.text,
        line: statement.line,
        column: from,
        spans,
        expansion,
        tokens: undefined,
      })),
    );
  }

  // ---- reading for directives

  /** An expression; throws where none stands. */
  expressionAt(reader: Reader): Expression {
    const parsed = reader.tree();
    if (parsed === undefined)
      throw new Fault('expression', reader.fault?.message ?? 'expected a number or a symbol', reader.fault?.at ?? reader.peek());
    if (parsed.relocation !== undefined)
      throw new Fault('expression', `:${parsed.relocation}: is for instructions`, reader.tokens[reader.index - 1] as Token);
    return parsed.expression;
  }

  /** An expression that keeps all bits of a number that is written out; arithmetic has 64. */
  wideNumberAt(reader: Reader): Expression {
    const start = reader.save();
    const first = reader.peek();
    const expression = this.expressionAt(reader);
    return first.kind === 'number' && reader.save() === start + 1 ? { kind: 'number', value: first.value } : expression;
  }

  /** An expression that must be a plain number now. */
  numberAt(reader: Reader): bigint {
    const start = reader.peek();
    const expression = this.expressionAt(reader);
    const last = reader.tokens[reader.index - 1] as Token;
    const value = evaluate(expression, this.section);
    if (value.kind === 'absolute') return value.value;
    throw new Fault('expression', notConstant(value), { column: start.column, end: last.end });
  }

  /** A symbol's name. */
  nameAt(reader: Reader): Token {
    const token = reader.peek();
    if (token.kind === 'word' && !/^[0-9]/.test(token.text)) return reader.next();
    if (token.kind === 'string' && token.text.length > 2) return reader.next();
    throw new Fault('syntax', 'expected the name of a symbol', token);
  }

  /** The symbol of a name that a directive says something about. */
  symbolAt(reader: Reader): { readonly symbol: AssemblerSymbol; readonly token: Token } {
    const token = this.nameAt(reader);
    const symbol = this.symbols.get(token.kind === 'string' ? token.text.slice(1, -1) : token.text);
    this.mention(symbol, token, false);
    return { symbol, token };
  }

  expectEnd(reader: Reader): void {
    if (reader.atEnd) return;
    const token = reader.peek();
    const last = reader.tokens[reader.tokens.length - 2] as Token;
    throw new Fault('syntax', `unexpected ${token.text}`, { column: token.column, end: last.end });
  }

  // ---- diagnostics

  warn(message: string, token: { readonly column: number; readonly end: number }, code: DiagnosticCode = 'directive'): void {
    this.complain('warning', code, message, this.statement as Statement, token.column, token.end);
  }

  /** Says something about columns of a statement. A mistake in a macro's expansion is shown where the text stands, on the macro's line and
   * on the line that called it. */
  complain(
    severity: Severity,
    code: DiagnosticCode,
    message: string,
    statement: Statement,
    from: number,
    to: number,
    fixes: readonly string[] = [],
  ): void {
    const place = placeOf(statement, from, to);
    this.push({ ...place, severity, code, message, ...(fixes.length > 0 ? { fixes } : {}) });
    if (severity !== 'error' || statement.expansion === undefined) return;
    if (statement.line !== place.line) {
      this.push({
        line: statement.line,
        column: statement.column + leading(statement.text),
        endColumn: statement.column + statement.text.trimEnd().length,
        severity,
        code,
        message,
      });
    }
    const caller = outermost(statement);
    if (caller.line !== place.line) {
      const [first, last] = whole(caller);
      this.push({ ...placeOf(caller, first, last), severity, code, message: `in ${statement.expansion.macro}: ${message}` });
    }
  }

  private push(diagnostic: Diagnostic): void {
    if (this.diagnostics.length >= LIMITS.diagnostics) return;
    const key = `${diagnostic.line}:${diagnostic.column}:${diagnostic.message}`;
    if (this.said.has(key)) return;
    this.said.add(key);
    this.diagnostics.push(diagnostic);
  }

  /** True for the name of a directive (lower case). */
  isDirective(name: string): boolean {
    return this.options.directives.has(name);
  }

  // ---- the end

  /** Layout, what had to wait, and the image. Returns the sections that make it, in their order. */
  finish(): { readonly order: readonly Section[]; readonly image: Uint8Array } {
    for (const [, symbol] of this.symbols.names()) {
      if (symbol.common !== undefined && symbol.location === undefined && symbol.value === undefined) this.placeCommon(symbol);
    }
    const all = [...this.sections.values(), ...this.structures];
    const settled = layOut(all);
    const order = imageOrder([...this.sections.values()]).filter((s) => s.size > 0 || s.name === '.text');
    let address = this.options.base;
    for (const section of order) {
      const a = BigInt(section.alignment);
      address = ((address + a - 1n) / a) * a;
      section.address = address;
      address += BigInt(section.size);
    }
    // Sections that are not part of the image have addresses of their own, from zero, and empty ones stand where they would begin.
    for (const section of all) section.address ??= section.allocated ? address : 0n;
    for (const check of this.checks) check();
    for (const { statement, fragment } of settled ? [] : this.elastics) {
      if (fragment.elastic?.size(fragment.start + fragment.length) === fragment.elasticSize) continue;
      // An undefined symbol is said where it stands; what is left are lengths that depend on themselves or on addresses.
      if (this.hasErrorOn(statement) || this.mentionsUndefined(statement)) continue;
      this.complain(
        'error',
        'expression',
        'this length cannot be found: it depends on itself or on an address',
        statement,
        ...whole(statement),
      );
    }
    for (const fixup of this.instructionFixups) this.redo(fixup);
    for (const fixup of this.dataFixups) this.resolve(fixup);
    this.reportUndefined();
    this.reportMisaligned();
    const loaded = order.filter((s) => s.size > 0 && !s.nobits);
    const last = loaded.at(-1);
    const end = last === undefined ? this.options.base : (last.address as bigint) + BigInt(last.size);
    const failed = this.diagnostics.some((d) => d.severity === 'error');
    const image = new Uint8Array(failed ? 0 : Number(end - this.options.base));
    if (!failed)
      for (const section of loaded) writeSection(section, image, Number((section.address as bigint) - this.options.base));
    return { order: order.filter((s) => s.size > 0), image };
  }

  /** Room in .bss for a local name, now. */
  reserveLocal(symbol: AssemblerSymbol, size: number, alignment: number, statement: Statement): void {
    const before: SectionPlace = { section: this.section, subsection: this.subsection };
    this.setSection(this.sections.get('.bss') as Section, 0);
    this.align(statement, alignment);
    symbol.location = this.location();
    this.emit(statement, size);
    this.setSection(before.section, before.subsection);
  }

  /** What a symbol stands for once all is laid out; undefined when it is not defined. */
  symbolValue(
    symbol: AssemblerSymbol,
  ): { readonly value: bigint; readonly kind: 'address' | 'number'; readonly section: string | undefined } | undefined {
    if (!symbol.defined) return undefined;
    const value = evaluate(symbol.node, undefined);
    if (value.kind === 'absolute') return { value: BigInt.asUintN(64, value.value), kind: 'number', section: undefined };
    if (value.kind !== 'relative' || value.section.address === undefined) return undefined;
    return { value: value.section.address + value.offset, kind: 'address', section: value.section.name };
  }

  definitionPlace(symbol: AssemblerSymbol): { readonly line: number; readonly column: number } {
    const { definition } = symbol;
    if (definition === undefined) return { line: 1, column: 1 };
    const { line, column } = placeOf(definition.statement, definition.from, definition.to);
    return { line, column };
  }

  private placeCommon(symbol: AssemblerSymbol): void {
    const common = symbol.common as { readonly size: number; readonly alignment: number };
    const bss = this.sections.get('.bss') as Section;
    this.setSection(bss, 0);
    const { statement } = symbol.definition as { readonly statement: Statement };
    this.align(statement, common.alignment);
    symbol.location = this.location();
    this.emit(statement, common.size);
  }

  private hasErrorOn(statement: Statement): boolean {
    return this.diagnostics.some((d) => d.severity === 'error' && d.line === statement.line);
  }

  private mentionsUndefined(statement: Statement): boolean {
    return this.symbols.all.some((s) => !s.defined && s.mentions.some((m) => m.statement === statement));
  }

  private redo({ fragment, offset, mnemonic, reader, start, statement }: InstructionFixup): void {
    const { section } = fragment;
    reader.address = (section.address as bigint) + BigInt(fragment.start + offset);
    reader.index = start;
    this.statement = statement;
    try {
      const encoded = encodeInstruction(mnemonic, reader);
      this.write(fragment, offset, 4, BigInt(encoded.word));
      this.warnUnpredictable(encoded, statement, mnemonic, reader.tokens);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.complain('error', error.code, error.message, statement, error.from, error.to, error.fixes);
    }
  }

  private resolve({ fragment, offset, size, expression, statement, from, to }: DataFixup): void {
    const value = evaluate(expression, fragment.section);
    switch (value.kind) {
      case 'unknown':
        return; // said by reportUndefined, or a weak symbol: zero
      case 'impossible':
        this.complain('error', 'expression', value.message, statement, from, to);
        return;
      case 'absolute': {
        const limit = 1n << BigInt(size * 8);
        if (size < 8 && (value.value >= limit || value.value < -limit / 2n)) {
          this.complain(
            'error',
            'range',
            `value ${value.value} does not fit in ${size} byte${size > 1 ? 's' : ''}`,
            statement,
            from,
            to,
          );
          return;
        }
        this.write(fragment, offset, size, value.value);
        return;
      }
      case 'relative': {
        const address = (value.section.address as bigint) + value.offset;
        if (size < 2) this.complain('error', 'range', 'an address does not fit in one byte', statement, from, to);
        else if (size < 8 && (address >= 1n << BigInt(size * 8) || address < -(1n << BigInt(size * 8 - 1)))) {
          this.complain('error', 'range', `the address ${show(address)} does not fit in ${size} bytes`, statement, from, to);
        } else this.write(fragment, offset, size, address);
      }
    }
  }

  /** Every use of a name that nothing defines is a mistake, in a file that is its own whole program. */
  private reportUndefined(): void {
    for (const symbol of this.symbols.all) {
      if (symbol.defined || symbol.weak || !symbol.mentions.some((m) => m.needed)) continue;
      const near = this.symbols.all
        .filter((s) => s.defined && s.name !== symbol.name && s.name.toLowerCase() === symbol.name.toLowerCase())
        .map((s) => s.name);
      const close =
        near.length > 0
          ? near.slice(0, 1)
          : nearest(
              symbol.name,
              this.symbols.all.filter((s) => s.defined && !s.numeric).map((s) => s.name),
            ).slice(0, 1);
      const hint = close.length === 0 ? '' : `; did you mean ${close[0]}?`;
      const message = symbol.numeric ? `there is no label ${symbol.name} after this` : `${symbol.name} is not defined${hint}`;
      for (const { statement, from, to, needed } of symbol.mentions) {
        if (needed && !this.hasErrorAt(statement, from, to))
          this.complain('error', 'undefined-symbol', message, statement, from, to, close);
      }
    }
  }

  private hasErrorAt(statement: Statement, from: number, to: number): boolean {
    const place = placeOf(statement, from, to);
    return this.diagnostics.some(
      (d) => d.severity === 'error' && d.line === place.line && d.column <= place.column && d.endColumn >= place.endColumn,
    );
  }

  private reportMisaligned(): void {
    for (const { kind, fragment, offset, statement } of this.emissions) {
      if (kind !== 'instruction' || ((fragment.start + offset) & 3) === 0) continue;
      this.complain(
        'warning',
        'alignment',
        'this instruction is not at a multiple of 4 and cannot be executed there',
        statement,
        ...whole(statement),
      );
    }
  }
}

/** Faults that no address could mend. */
function isSyntactic(fault: Fault): boolean {
  return fault.code === 'unknown-mnemonic';
}

const LITERAL_SIZES: Readonly<Record<string, number>> = { w: 4, x: 8, s: 4, d: 8, q: 16, l: 8 };

/** True for a word that names a register of any kind. */
export function isRegister(word: string): boolean {
  return /^(?:[xw](?:[0-9]|[12][0-9]|30)|[xw]zr|w?sp|lr|fp|ip[01]|[bhsdqvz](?:[0-9]|[12][0-9]|3[01])|p(?:[0-9]|1[0-5]))$/i.test(
    word,
  );
}

/** The columns of a statement without the white space around it. */
export function whole(statement: Statement): [from: number, to: number] {
  return [columnOf(statement, leading(statement.text)), columnOf(statement, statement.text.trimEnd().length)];
}

function leading(text: string): number {
  return text.length - text.trimStart().length;
}

/** A symbol or a place, with or without an offset. */
function isPlace(expression: Expression): boolean {
  if (expression.kind === 'symbol' || expression.kind === 'location') return true;
  if (expression.kind !== 'binary') return false;
  const { operator, left, right } = expression;
  return (
    ((operator === '+' || operator === '-') && isPlace(left) && right.kind === 'number') ||
    (operator === '+' && left.kind === 'number' && isPlace(right))
  );
}

function keyOf(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `${expression.value}`;
    case 'symbol':
      return `@${expression.symbol.name}`;
    case 'location':
      return `${expression.location.fragment.section.name}+${expression.location.fragment.start}+${expression.location.offset}`;
    case 'unary':
      return `${expression.operator}(${keyOf(expression.operand)})`;
    case 'binary':
      return `(${keyOf(expression.left)}${expression.operator}${keyOf(expression.right)})`;
  }
}

function notConstant(value: Evaluation): string {
  switch (value.kind) {
    case 'impossible':
      return value.message;
    case 'unknown':
      return value.symbol === undefined
        ? 'this is not known yet'
        : `${value.symbol.name} is not known yet; a plain number is wanted`;
    default:
      return 'this is an address; a plain number is wanted';
  }
}

function show(value: bigint): string {
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

function repeat(into: Uint8Array, at: number, size: number, pattern: readonly number[]): void {
  if (pattern.length === 1) {
    into.fill(pattern[0] as number, at, at + size);
    return;
  }
  for (let i = 0; i < size; i += 1) into[at + i] = pattern[i % pattern.length] as number;
}

/** Zeros up to a multiple of 4, then NOPs (HINT #0). */
function fillNop(into: Uint8Array, at: number, size: number): void {
  const odd = size & 3;
  for (let i = odd; i < size; i += 4) {
    into[at + i] = 0x1f;
    into[at + i + 1] = 0x20;
    into[at + i + 2] = 0x03;
    into[at + i + 3] = 0xd5;
  }
}

/** A pattern that ends where the alignment ends; what is left over in front of it is zero. */
function fillAlignment(into: Uint8Array, at: number, size: number, pattern: readonly number[]): void {
  const odd = size % pattern.length;
  for (let i = odd; i < size; i += 1) into[at + i] = pattern[(i - odd) % pattern.length] as number;
}

/** The bytes of a LEB128 number (unsigned: taken modulo 2^64). */
export function leb128(value: bigint, signed: boolean): number[] {
  const bytes: number[] = [];
  let rest = signed ? value : value < 0n ? BigInt.asUintN(64, value) : value;
  for (;;) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = signed ? (rest === 0n && (byte & 0x40) === 0) || (rest === -1n && (byte & 0x40) !== 0) : rest === 0n;
    bytes.push(done ? byte : byte | 0x80);
    if (done) return bytes;
  }
}
