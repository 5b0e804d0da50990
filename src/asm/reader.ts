// Reading a statement's tokens: the cursor that operand kinds and directives share, with the expression parser. It knows where it is and
// what an expression is; what names mean it asks of a Scope. An expression is parsed once per place, so that the second pass sees what the
// first saw (a symbol may have been assigned anew in between).
import { type Cursor, generalRegister, type Token, type Value } from '#isa';
import {
  arithmetic,
  BINARY,
  type BinaryOperator,
  type Expression,
  evaluate,
  type SymbolNode,
  unary,
  wrap,
} from './expression.ts';
import type { Section } from './section.ts';

/** What names mean where a statement stands. */
export interface Scope {
  /** The symbol of this name, known or not. */
  symbol(name: string): SymbolNode;
  /** The numeric label `1f` or `1b`; undefined when there is none before. */
  numeric(label: number, direction: 'f' | 'b'): SymbolNode | undefined;
  /** Told of every use of a symbol, once it is certain that it is one. */
  mention(symbol: SymbolNode, token: Token): void;
  /** `.` */
  here(): Expression;
  /** The register that `.req` gave this name, or the word itself. */
  registerName(word: string): string;
  warn(message: string, token: Token): void;
}

/** A mistake in an expression. */
export interface ExpressionFault {
  readonly message: string;
  readonly at: Token;
}

interface Mentioned {
  readonly symbol: SymbolNode;
  readonly token: Token;
}

interface Parsed {
  readonly expression: Expression;
  readonly mentions: readonly Mentioned[];
  readonly relocation: string | undefined;
  readonly next: number;
}

/** Relocation operators that the linker applies to a symbol, not the assembler to a number. */
const LINK_TIME = /^(?:lo12|pg_hi21(?:_nc)?|prel_g(?:[0-3]|[0-2]_nc))$/;
/** All that a flat image can have. */
const RELOCATIONS = /^(?:lo12|pg_hi21(?:_nc)?|(?:prel|abs)_g(?:[0-3]|[0-2]_nc)|abs_g[0-2]_s)$/;
/** Those that GNU as has besides: they need a dynamic linker or thread-local storage. */
const OTHER_RELOCATIONS = /^(?:got|got_lo12|gotpage_lo15|gotoff_\w+|gottprel\w*|tls\w*|tprel\w*|dtprel\w*)$/;

export class Reader implements Cursor {
  readonly tokens: readonly Token[];
  readonly scope: Scope;
  /** The section that the statement stands in; differences may be relative to it. */
  readonly section: Section | undefined;
  index = 0;
  /** The mistake furthest on that an expression had, and where. */
  fault: ExpressionFault | undefined;
  faultIndex = -1;
  /** True once an expression was used whose value is not final. */
  deferred = false;
  /** False for a line that stands alone: what a linker would do is left undone, as GNU as leaves it. */
  linked = true;
  /** Address of the instruction; 0 before layout. */
  address = 0n;
  /** True once the address was asked for. */
  addressSeen = false;
  /** True once a weak name was used that nothing has defined. */
  weakSeen = false;
  private cache: Map<number, Parsed> | undefined;
  private mentions: Mentioned[] | undefined;
  /** Expressions that were given out since `begin`. */
  private given: Parsed[] | undefined;

  constructor(tokens: readonly Token[], scope: Scope, section: Section | undefined) {
    this.tokens = tokens;
    this.scope = scope;
    this.section = section;
  }

  get pc(): bigint {
    this.addressSeen = true;
    return this.address;
  }

  /** Starts an attempt at reading from a position. */
  begin(position: number): void {
    this.index = position;
    this.fault = undefined;
    this.faultIndex = -1;
    this.given = undefined;
  }

  /** The attempt since `begin` was right: its symbols are in use. */
  commit(): void {
    for (const { mentions } of this.given ?? NONE) for (const { symbol, token } of mentions) this.scope.mention(symbol, token);
  }

  peek(ahead = 0): Token {
    const { tokens } = this;
    const at = this.index + ahead;
    return (at < tokens.length ? tokens[at] : tokens[tokens.length - 1]) as Token;
  }

  next(): Token {
    const token = this.tokens[this.index] as Token;
    if (token.kind !== 'end') this.index += 1;
    return token;
  }

  accept(text: string): boolean {
    const token = this.tokens[this.index] as Token;
    if (token.kind !== 'punct' && token.kind !== 'word') return false;
    if (token.text !== text && (token.text.length !== text.length || token.text.toLowerCase() !== text)) return false;
    this.index += 1;
    return true;
  }

  get atEnd(): boolean {
    return (this.tokens[this.index] as Token).kind === 'end';
  }

  save(): number {
    return this.index;
  }

  restore(position: number): void {
    this.index = position;
  }

  registerName(word: string): string {
    return this.scope.registerName(word);
  }

  expression(): Value | undefined {
    const { tokens } = this;
    const start = this.index;
    let token = tokens[start] as Token;
    const hash = token.kind === 'punct' && token.text === '#';
    if (hash) token = tokens[start + 1] as Token;
    const first = hash ? start + 1 : start;
    if (token.kind === 'number') {
      const after = tokens[first + 1] as Token;
      if (after.kind === 'end' || (after.kind === 'punct' && !BINARY.has(after.text))) {
        this.index = first + 1;
        return { value: wrap(token.value), kind: 'absolute', known: true };
      }
    } else if (!this.startsExpression(token)) {
      if (hash) this.note('expected a number', first);
      return undefined;
    }
    const parsed = this.parseAt(first);
    if (parsed === undefined) {
      this.index = start;
      return undefined;
    }
    const value = this.valueOf(parsed, first);
    this.index = value === undefined ? start : parsed.next;
    if (value !== undefined && parsed.mentions.length > 0) {
      this.given ??= [];
      this.given.push(parsed);
    }
    return value;
  }

  /** Puts an expression where no text of one stands (a literal pool's entry for `=value`). */
  plant(index: number, expression: Expression): void {
    this.cache ??= new Map();
    this.cache.set(index, { expression, mentions: [], relocation: undefined, next: index + 1 });
  }

  /** An expression as a tree, for directives; undefined when none starts here or it is wrong (then `fault` says why). */
  tree(): { readonly expression: Expression; readonly relocation: string | undefined } | undefined {
    const start = (this.tokens[this.index] as Token).text === '#' ? this.index + 1 : this.index;
    const parsed = this.parseAt(start);
    if (parsed === undefined) return undefined;
    this.index = parsed.next;
    for (const { symbol, token } of parsed.mentions) this.scope.mention(symbol, token);
    return parsed;
  }

  /** The expression here once more, where its names may have other values by now; it was read before, and its names are no new uses. */
  again(): Expression | undefined {
    return this.parseAt(this.index)?.expression;
  }

  private startsExpression(token: Token): boolean {
    switch (token.kind) {
      case 'number':
        return true;
      case 'word':
        return generalRegister(this.scope.registerName(token.text)) === undefined;
      case 'punct':
        return (
          token.text === '(' ||
          token.text === '-' ||
          token.text === '+' ||
          token.text === '~' ||
          token.text === '!' ||
          token.text === ':'
        );
      case 'string':
        return true; // a quoted symbol, or where a literal was planted
      default:
        return false;
    }
  }

  private valueOf({ expression, relocation }: Parsed, first: number): Value | undefined {
    const evaluation = evaluate(expression, this.section);
    switch (evaluation.kind) {
      case 'absolute': {
        const known = this.linked || relocation === undefined || !LINK_TIME.test(relocation);
        return value(known ? evaluation.value : 0n, 'absolute', relocation, known);
      }
      case 'relative': {
        const base = evaluation.section.address;
        if (base !== undefined) return value(BigInt.asUintN(64, base + evaluation.offset), 'address', relocation, true);
        this.deferred = true;
        return value(0n, 'address', relocation, false);
      }
      case 'unknown':
        this.deferred = true;
        if (evaluation.symbol?.weak === true) this.weakSeen = true;
        return value(0n, 'absolute', relocation, false);
      case 'impossible':
        this.note(evaluation.message, first);
        return undefined;
    }
  }

  private parseAt(index: number): Parsed | undefined {
    const cached = this.cache?.get(index);
    if (cached !== undefined) return cached;
    const before = this.index;
    this.index = index;
    let relocation: string | undefined;
    if ((this.tokens[index] as Token).text === ':') {
      const name = this.peek(1);
      if (name.kind !== 'word' || this.peek(2).text !== ':')
        return this.fail('expected a relocation operator, as in :lo12:symbol', index, before);
      relocation = name.text.toLowerCase();
      if (!RELOCATIONS.test(relocation)) {
        const reason = OTHER_RELOCATIONS.test(relocation)
          ? `:${relocation}: needs a dynamic linker or thread-local storage, which a flat image does not have`
          : `there is no relocation operator :${name.text}:`;
        return this.fail(reason, index + 1, before);
      }
      this.index += 3;
    }
    this.mentions = undefined;
    const expression = this.binary(0);
    if (expression === undefined) {
      this.index = before;
      return undefined;
    }
    const parsed = { expression, mentions: this.mentions ?? NONE, relocation, next: this.index };
    this.cache ??= new Map();
    this.cache.set(index, parsed);
    this.index = before;
    return parsed;
  }

  private note(message: string, index: number): void {
    if (index > this.faultIndex) {
      this.faultIndex = index;
      this.fault = { message, at: this.tokens[Math.min(index, this.tokens.length - 1)] as Token };
    }
  }

  private fail(message: string, index: number, restore: number): undefined {
    this.note(message, index);
    this.index = restore;
    return undefined;
  }

  private use(symbol: SymbolNode, token: Token): Expression {
    this.mentions ??= [];
    this.mentions.push({ symbol, token });
    return symbol.anew?.() ?? symbol.value ?? symbol.node;
  }

  private binary(rank: number): Expression | undefined {
    let left = this.operand();
    while (left !== undefined) {
      const token = this.tokens[this.index] as Token;
      const found = token.kind === 'punct' ? BINARY.get(token.text) : undefined;
      if (found === undefined || found[1] <= rank) return left;
      this.index += 1;
      // Behind an operand !! is another spelling of ^.
      const exclusive = token.text === '!' && this.accept('!');
      const right = this.binary(found[1]);
      if (right === undefined) return undefined;
      left = this.fold(exclusive ? '^' : found[0], left, right, token);
    }
    return left;
  }

  private fold(operator: BinaryOperator, left: Expression, right: Expression, token: Token): Expression {
    if (left.kind === 'number' && right.kind === 'number') {
      if ((operator === '<<' || operator === '>>') && (right.value < 0n || right.value > 63n)) {
        this.scope.warn(`the shift count ${right.value} is not 0 to 63; the result is zero`, token);
      }
      const result = arithmetic(operator, left.value, right.value);
      if (result !== undefined) return { kind: 'number', value: result };
      this.scope.warn('division by zero; the divisor is taken as 1', token);
      return { kind: 'number', value: operator === '%' ? 0n : left.value };
    }
    return { kind: 'binary', operator, left, right };
  }

  private operand(): Expression | undefined {
    const index = this.index;
    const token = this.tokens[index] as Token;
    switch (token.kind) {
      case 'number':
        this.index += 1;
        return { kind: 'number', value: wrap(token.value) };
      case 'word': {
        const c = token.text.charCodeAt(0);
        if (c >= 48 && c <= 57) {
          const label = /^([0-9]+)([fb])$/.exec(token.text);
          if (label === null) return this.fail(`${token.text} is not a number`, index, index);
          this.index += 1;
          const direction = label[2] as 'f' | 'b';
          const symbol = this.scope.numeric(Number(label[1]), direction);
          return symbol === undefined
            ? this.fail(`there is no label ${label[1]} before this`, index, index)
            : this.use(symbol, token);
        }
        this.index += 1;
        return token.text === '.' ? this.scope.here() : this.use(this.scope.symbol(token.text), token);
      }
      case 'punct':
        switch (token.text) {
          case '(': {
            this.index += 1;
            const inner = this.binary(0);
            if (inner === undefined) return undefined;
            if (!this.accept(')')) return this.fail('expected )', this.index, index);
            return inner;
          }
          case '+':
          case '-':
          case '~':
          case '!': {
            this.index += 1;
            const inner = this.operand();
            if (inner === undefined || token.text === '+') return inner;
            return inner.kind === 'number'
              ? { kind: 'number', value: unary(token.text, inner.value) }
              : { kind: 'unary', operator: token.text, operand: inner };
          }
          default:
            return this.fail('expected a number or a symbol', index, index);
        }
      case 'string': {
        // A quoted symbol name.
        const name = token.text.slice(1, -1);
        if (name === '' || !token.text.endsWith('"')) return this.fail('expected a number or a symbol', index, index);
        this.index += 1;
        return this.use(this.scope.symbol(name), token);
      }
      default:
        return this.fail('expected a number or a symbol', index, index);
    }
  }
}

const NONE: readonly never[] = [];

function value(number: bigint, kind: 'absolute' | 'address', relocation: string | undefined, known: boolean): Value {
  return relocation === undefined ? { value: number, kind, known } : { value: number, kind, known, relocation };
}
