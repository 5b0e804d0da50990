// Reads one step of a VMM script: a JSON object on a line, taken apart key by key with the position of each, so that a mistake is reported where
// it is. Owns the notation of values (numbers, hex strings, names of constants, sets of bits, hex pairs) and knows no step.
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { parseInteger } from '#base';
import { InputError } from './io.ts';

/** Where a line of a script stands. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Throws the mistake at an offset of the line. */
function mistake(place: Place, offset: number, message: string): never {
  throw new InputError(`${place.file}:${place.line}:${offset + 1}: error: ${message}`);
}

/** A value of a step, read by what the step needs. Every reader throws InputError when the value is none. */
export class Value {
  readonly #place: Place;
  readonly #node: Node;
  readonly #what: string;

  constructor(place: Place, node: Node, what: string) {
    this.#place = place;
    this.#node = node;
    this.#what = what;
  }

  fail(message: string): never {
    return mistake(this.#place, this.#node.offset, message);
  }

  warning(message: string): string {
    return `${this.#place.file}:${this.#place.line}:${this.#node.offset + 1}: warning: ${message}`;
  }

  /** A number or a hex string, 0 to 2^bits - 1. */
  word(bits = 64): bigint {
    const value = this.#integer();
    if (value === undefined) this.fail(`${this.#what} is a number or a string such as "0x2a"`);
    if (value < 0n || value >> BigInt(bits) !== 0n) this.fail(`${this.#what} has ${bits} bits at most`);
    return value;
  }

  number(): number {
    return Number(this.word(32));
  }

  #integer(): bigint | undefined {
    const { type, value } = this.#node;
    if (type === 'boolean') return value ? 1n : 0n;
    if (type === 'number') return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
    return type === 'string' ? parseInteger(value as string) : undefined;
  }

  text(): string {
    return this.#node.type === 'string' ? (this.#node.value as string) : this.fail(`${this.#what} is a string`);
  }

  /** A constant by its name, or its number. */
  constant(names: Readonly<Record<string, number>>, bits = 32): bigint {
    if (this.#node.type === 'string') {
      const name = this.#node.value as string;
      if (Object.hasOwn(names, name)) return BigInt(names[name] as number);
      if (parseInteger(name) === undefined) this.fail(`${name} is no ${this.#what.replace(/^an /, '')}`);
    }
    return this.word(bits);
  }

  /** A set of bits: names of bit numbers, or the number itself. */
  bits(names: Readonly<Record<string, number>>, bits = 64): bigint {
    if (this.#node.type !== 'array') return this.word(bits);
    return this.list().reduce((mask, value) => mask | (1n << BigInt(value.constant(names))), 0n);
  }

  /** A set of bits by names of masks, or the number itself. */
  masks(names: Readonly<Record<string, number>>): number {
    if (this.#node.type !== 'array') return this.number();
    return this.list().reduce((mask, value) => (mask | Number(value.constant(names))) >>> 0, 0);
  }

  list(): readonly Value[] {
    if (this.#node.type !== 'array') this.fail(`${this.#what} is a list`);
    return (this.#node.children ?? []).map((child) => new Value(this.#place, child, `an element of ${this.#what}`));
  }

  /** Hex pairs in memory order, no prefix. */
  bytes(): Uint8Array {
    const text = this.text();
    if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) this.fail(`${this.#what} is hex pairs such as "88776655"`);
    return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
  }

  isList(): boolean {
    return this.#node.type === 'array';
  }

  isText(): boolean {
    return this.#node.type === 'string';
  }

  isTrue(): boolean {
    return this.#node.value === true || this.#node.value === 1;
  }

  /** The members of an object, in order. */
  members(): readonly { readonly key: string; readonly keyValue: Value; readonly value: Value }[] {
    if (this.#node.type !== 'object') this.fail(`${this.#what} is an object`);
    return (this.#node.children ?? []).map((property) => {
      const [key, value] = property.children ?? [];
      if (!key || !value) this.fail(`${this.#what} is not complete`);
      const name = key.value as string;
      return { key: name, keyValue: new Value(this.#place, key, name), value: new Value(this.#place, value, name) };
    });
  }
}

/** One step: its members by name. What is left when a step has read all that it understands is told by `unread`. */
export class Step {
  readonly #root: Value;
  readonly #members: ReadonlyMap<string, { readonly keyValue: Value; readonly value: Value }>;
  readonly #read = new Set<string>();

  constructor(place: Place, text: string) {
    const errors: ParseError[] = [];
    const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    const [first] = errors;
    if (first) mistake(place, first.offset, `not JSON: ${printParseErrorCode(first.error)}`);
    if (tree?.type !== 'object') mistake(place, tree?.offset ?? 0, 'a step is an object');
    this.#root = new Value(place, tree, 'the step');
    this.#members = new Map(this.#root.members().map((member) => [member.key, member]));
  }

  has(key: string): boolean {
    return this.#members.has(key);
  }

  /** A member that must be there. */
  get(key: string): Value {
    return this.optional(key) ?? this.#root.fail(`"${key}" is missing`);
  }

  optional(key: string): Value | undefined {
    this.#read.add(key);
    return this.#members.get(key)?.value;
  }

  fail(message: string): never {
    return this.#root.fail(message);
  }

  /** Members that nobody has read, as `FILE:LINE:COLUMN: warning: …`. `expect` belongs to whoever runs the script. */
  unread(): readonly string[] {
    return [...this.#members].flatMap(([key, { keyValue }]) =>
      this.#read.has(key) || key === 'expect'
        ? []
        : [keyValue.warning(`there is no "${key}" in this step: ${[...this.#read].join(', ')}`)],
    );
  }
}
