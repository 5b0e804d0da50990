// Expressions: what may stand where a number is wanted. Owns GNU as's operators, their precedence and their arithmetic (64 bits, signed,
// except `>>`), and what may be done with addresses. Knows nothing of directives or instructions.
import { assertNever } from '#base';
import type { Fragment, Section } from './section.ts';

/** A place in a section. */
export interface Location {
  readonly fragment: Fragment;
  readonly offset: number;
}

/** What an expression knows of a symbol. */
export interface SymbolNode {
  readonly name: string;
  /** The reference to it; one object for all uses. */
  readonly node: Expression;
  /** Where a label stands. */
  location: Location | undefined;
  /** What an assigned symbol stands for. */
  value: Expression | undefined;
  /** Of a name that `.eqv` or `==` gave: what it stands for where it is used now; undefined while that is being found. */
  anew?: (() => Expression | undefined) | undefined;
  /** `.weak`: without a definition it is zero. */
  weak: boolean;
}

export type UnaryOperator = '-' | '~' | '!';
export type BinaryOperator =
  | '*'
  | '/'
  | '%'
  | '<<'
  | '>>'
  | '|'
  | '!'
  | '^'
  | '&'
  | '+'
  | '-'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>='
  | '>'
  | '&&'
  | '||';

export type Expression =
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'symbol'; readonly symbol: SymbolNode }
  | { readonly kind: 'location'; readonly location: Location }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression };

/** Binary operators by spelling, and how tightly each binds (larger is tighter; all bind to the left). `=` alone is none. */
export const BINARY: ReadonlyMap<string, readonly [operator: BinaryOperator, rank: number]> = new Map<
  string,
  readonly [BinaryOperator, number]
>([
  ['*', ['*', 8]],
  ['/', ['/', 8]],
  ['%', ['%', 8]],
  ['<<', ['<<', 8]],
  ['>>', ['>>', 8]],
  ['|', ['|', 7]],
  ['!', ['!', 7]],
  ['^', ['^', 7]],
  ['&', ['&', 7]],
  ['+', ['+', 5]],
  ['-', ['-', 5]],
  ['==', ['==', 4]],
  ['<>', ['!=', 4]],
  ['!=', ['!=', 4]],
  ['<', ['<', 4]],
  ['<=', ['<=', 4]],
  ['>=', ['>=', 4]],
  ['>', ['>', 4]],
  ['&&', ['&&', 3]],
  ['||', ['||', 2]],
]);

/** What an expression comes to. `section`-relative values become addresses when the section has one. */
export type Evaluation =
  | { readonly kind: 'absolute'; readonly value: bigint }
  | { readonly kind: 'relative'; readonly section: Section; readonly offset: bigint }
  /** Not known, now or ever: a symbol that is not defined (yet), or a place that layout has not reached. */
  | { readonly kind: 'unknown'; readonly symbol: SymbolNode | undefined }
  | { readonly kind: 'impossible'; readonly message: string };

const TRUE = -1n;
const UNKNOWN: Evaluation = { kind: 'unknown', symbol: undefined };

/** A constant, in the form that `evaluate` gives. */
function absolute(value: bigint): Evaluation {
  return { kind: 'absolute', value };
}

/** A number as an expression, cut to 64 bits signed; numbers beyond 64 bits (for `.octa`) stay as they are. */
export function wrap(value: bigint): bigint {
  return value >= -0x1_0000_0000_0000_0000n && value <= 0xffff_ffff_ffff_ffffn ? BigInt.asIntN(64, value) : value;
}

/** Arithmetic on two numbers; undefined for a division by zero. */
export function arithmetic(operator: BinaryOperator, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '*':
      return BigInt.asIntN(64, a * b);
    case '/':
      return b === 0n ? undefined : BigInt.asIntN(64, a / b);
    case '%':
      return b === 0n ? undefined : a % b;
    case '<<':
      return b < 0n || b > 63n ? 0n : BigInt.asIntN(64, a << b);
    case '>>':
      return b < 0n || b > 63n ? 0n : BigInt.asIntN(64, BigInt.asUintN(64, a) >> b);
    case '|':
      return a | b;
    case '!':
      return a | ~b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '+':
      return BigInt.asIntN(64, a + b);
    case '-':
      return BigInt.asIntN(64, a - b);
    case '==':
      return a === b ? TRUE : 0n;
    case '!=':
      return a !== b ? TRUE : 0n;
    case '<':
      return a < b ? TRUE : 0n;
    case '<=':
      return a <= b ? TRUE : 0n;
    case '>=':
      return a >= b ? TRUE : 0n;
    case '>':
      return a > b ? TRUE : 0n;
    case '&&':
      return a !== 0n && b !== 0n ? 1n : 0n;
    case '||':
      return a !== 0n || b !== 0n ? 1n : 0n;
    default:
      return assertNever(operator, 'operator');
  }
}

export function unary(operator: UnaryOperator, a: bigint): bigint {
  switch (operator) {
    case '-':
      return wrap(-a);
    case '~':
      return ~a;
    case '!':
      return a === 0n ? 1n : 0n;
    default:
      return assertNever(operator, 'operator');
  }
}

/** The value of an expression as far as it is known now. `here` is the section in which it stands: a difference of two sections is only
 * possible when the second is that one (it is then relative to the place). */
export function evaluate(expression: Expression, here: Section | undefined): Evaluation {
  return evaluateIn(expression, { here, values: undefined, steps: 0 }, 0);
}

/** One evaluation. Definitions share parts, so what it has met is worked out once; small expressions do without the map. */
interface Course {
  readonly here: Section | undefined;
  values: Map<Expression | SymbolNode, Evaluation> | undefined;
  steps: number;
}

const MANY_STEPS = 64;
/** Definitions of definitions; a limit for the stack's sake. */
const DEEPEST = 500;
const TOO_DEEP: Evaluation = { kind: 'impossible', message: 'this expression goes too deep' };

function evaluateIn(expression: Expression, course: Course, depth: number): Evaluation {
  switch (expression.kind) {
    case 'number':
      return { kind: 'absolute', value: expression.value };
    case 'location':
      return locate(expression.location);
    case 'symbol': {
      const { symbol } = expression;
      if (symbol.location !== undefined) return locate(symbol.location);
      if (symbol.value === undefined) return { kind: 'unknown', symbol };
      if (depth > DEEPEST) return TOO_DEEP;
      course.values ??= new Map();
      const known = course.values.get(symbol);
      if (known !== undefined) return known;
      // What it is until it is known: met again, it stands in its own definition.
      course.values.set(symbol, { kind: 'impossible', message: `the definition of ${symbol.name} leads back to itself` });
      const value = evaluateIn(symbol.value, course, depth + 1);
      course.values.set(symbol, value);
      return value;
    }
    case 'unary':
    case 'binary': {
      course.steps += 1;
      if (depth > DEEPEST) return TOO_DEEP;
      const known = course.values?.get(expression);
      if (known !== undefined) return known;
      const value =
        expression.kind === 'unary' ? evaluateUnary(expression, course, depth) : evaluateBinary(expression, course, depth);
      if (course.steps > MANY_STEPS) {
        course.values ??= new Map();
        course.values.set(expression, value);
      }
      return value;
    }
    default:
      return assertNever(expression, 'expression');
  }
}

function evaluateUnary({ operator, operand }: Expression & { kind: 'unary' }, course: Course, depth: number): Evaluation {
  const value = evaluateIn(operand, course, depth + 1);
  if (value.kind === 'absolute') return absolute(unary(operator, value.value));
  return value.kind === 'relative' ? { kind: 'impossible', message: `an address cannot be operand of ${operator}` } : value;
}

function evaluateBinary(expression: Expression & { kind: 'binary' }, course: Course, depth: number): Evaluation {
  const left = evaluateIn(expression.left, course, depth + 1);
  const right = evaluateIn(expression.right, course, depth + 1);
  if (left.kind === 'unknown' && right.kind === 'unknown' && expression.operator === '-') {
    // Two places of one fragment have a distance before the fragment has a place.
    const from = locationOf(expression.right);
    const to = locationOf(expression.left);
    if (from !== undefined && to !== undefined && from.fragment === to.fragment) return absolute(BigInt(to.offset - from.offset));
  }
  return combine(expression.operator, left, right, course.here);
}

function locationOf(expression: Expression): Location | undefined {
  if (expression.kind === 'location') return expression.location;
  return expression.kind === 'symbol' ? expression.symbol.location : undefined;
}

function locate({ fragment, offset }: Location): Evaluation {
  const { section } = fragment;
  if (fragment.start < 0) return UNKNOWN;
  if (section.absolute) return absolute(section.origin + BigInt(fragment.start + offset));
  return { kind: 'relative', section, offset: BigInt(fragment.start + offset) };
}

function combine(operator: BinaryOperator, left: Evaluation, right: Evaluation, here: Section | undefined): Evaluation {
  if (left.kind === 'impossible') return left;
  if (right.kind === 'impossible') return right;
  if (left.kind === 'unknown') return left;
  if (right.kind === 'unknown') return right;
  if (left.kind === 'absolute' && right.kind === 'absolute') {
    const value = arithmetic(operator, left.value, right.value);
    // A divisor of zero is taken as 1, as where it is written out.
    return absolute(value ?? (operator === '%' ? 0n : left.value));
  }
  if (operator === '+') {
    if (left.kind === 'relative' && right.kind === 'absolute')
      return { kind: 'relative', section: left.section, offset: left.offset + right.value };
    if (left.kind === 'absolute' && right.kind === 'relative')
      return { kind: 'relative', section: right.section, offset: right.offset + left.value };
    return { kind: 'impossible', message: 'two addresses cannot be added' };
  }
  if (operator === '-' && left.kind === 'relative' && right.kind === 'absolute')
    return { kind: 'relative', section: left.section, offset: left.offset - right.value };
  if (left.kind === 'relative' && right.kind === 'relative') {
    if (left.section === right.section) {
      if (operator === '-' || RELATIONAL.has(operator))
        return absolute(arithmetic(operator, left.offset, right.offset) as bigint);
    } else if (operator === '-') {
      if (left.section.address !== undefined && right.section.address !== undefined && right.section === here) {
        return absolute(left.section.address + left.offset - right.section.address - right.offset);
      }
      if (right.section === here && left.section.address === undefined) return UNKNOWN;
      return {
        kind: 'impossible',
        message: `the distance between ${left.section.name} and ${right.section.name} is only known to the linker`,
      };
    }
  }
  return { kind: 'impossible', message: `an address cannot be operand of ${operator}` };
}

const RELATIONAL: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(['==', '!=', '<', '<=', '>=', '>']);
