// Configurations and answer rules from JSON text. What is wrong is reported with its line and column, all of it at once; nothing that is not
// understood is dropped in silence. The shapes are those of config.ts and rules.ts; names of registers, capabilities and policies are checked
// by whoever knows them.

import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { err, ok, parseInteger, type Result } from '#base';
import type { MachineConfig } from './config.ts';
import { type AnswerRule, RULE_ACCESSES, RULE_ANSWERS } from './rules.ts';

/** A mistake in a JSON text; line and column count from 1. */
export interface JsonMistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Reads a node into a value, or notes a mistake and gives undefined. */
type Reader<T> = (node: Node, mistakes: Mistakes) => T | undefined;

class Mistakes {
  readonly all: JsonMistake[] = [];
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  at(offset: number, message: string): undefined {
    const before = this.#text.slice(0, offset);
    const line = before.split('\n').length;
    this.all.push({ line, column: offset - before.lastIndexOf('\n'), message });
    return undefined;
  }
}

function kindOf(node: Node): string {
  return node.type === 'object'
    ? 'an object'
    : node.type === 'array'
      ? 'a list'
      : node.type === 'null'
        ? 'null'
        : `a ${node.type}`;
}

const text: Reader<string> = (node, m) =>
  node.type === 'string' ? (node.value as string) : m.at(node.offset, `expected a string, found ${kindOf(node)}`);

/** An unsigned number of 64 bits as a hex string with 0x or a plain JSON number; given back as hex. */
const word: Reader<string> = (node, m) => {
  const value =
    node.type === 'string'
      ? parseInteger(node.value as string)
      : node.type === 'number' && Number.isSafeInteger(node.value)
        ? BigInt(node.value as number)
        : undefined;
  if (value === undefined) return m.at(node.offset, 'expected a number, or a string such as "0x2a"');
  if (value < 0n || value >> 64n !== 0n) return m.at(node.offset, `${node.value} does not fit 64 bits`);
  return `0x${value.toString(16)}`;
};

const count: Reader<number> = (node, m) =>
  node.type === 'number' && Number.isSafeInteger(node.value) && (node.value as number) >= 0
    ? (node.value as number)
    : m.at(node.offset, 'expected a whole number');

const flag: Reader<boolean> = (node, m) =>
  node.type === 'boolean' ? (node.value as boolean) : m.at(node.offset, 'expected true or false');

const bytes: Reader<string> = (node, m) =>
  node.type === 'string' && /^([0-9a-f]{2})+$/i.test(node.value as string)
    ? (node.value as string)
    : m.at(node.offset, 'expected bytes as hex pairs in memory order, such as "1f2003d5"');

function oneOf<const T extends string>(...values: readonly T[]): Reader<T> {
  return (node, m) =>
    values.find((value) => value === node.value) ?? m.at(node.offset, `expected ${values.map((v) => `"${v}"`).join(', ')}`);
}

function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (node, m) => {
    if (node.type !== 'array') return m.at(node.offset, `expected a list, found ${kindOf(node)}`);
    return (node.children ?? []).flatMap((child) => {
      const value = reader(child, m);
      return value === undefined ? [] : [value];
    });
  };
}

function properties(node: Node, m: Mistakes): readonly { readonly key: string; readonly keyNode: Node; readonly value: Node }[] {
  if (node.type !== 'object') {
    m.at(node.offset, `expected an object, found ${kindOf(node)}`);
    return [];
  }
  return (node.children ?? []).flatMap((property) => {
    const [keyNode, value] = property.children ?? [];
    return keyNode && value ? [{ key: keyNode.value as string, keyNode, value }] : [];
  });
}

function record<T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (node, m) => {
    const out: Record<string, T> = {};
    for (const { key, value } of properties(node, m)) {
      const read = reader(value, m);
      if (read !== undefined) out[key] = read;
    }
    return out;
  };
}

function object(
  readers: Readonly<Record<string, Reader<unknown>>>,
  required: readonly string[] = [],
): Reader<Record<string, unknown>> {
  return (node, m) => {
    const out: Record<string, unknown> = {};
    const known = Object.keys(readers);
    const seen = new Set<string>();
    for (const { key, keyNode, value } of properties(node, m)) {
      seen.add(key);
      const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (!reader) {
        m.at(keyNode.offset, `there is no "${key}" here: ${known.join(', ')}`);
        continue;
      }
      const read = reader(value, m);
      if (read !== undefined) out[key] = read;
    }
    for (const key of required) if (!seen.has(key) && node.type === 'object') m.at(node.offset, `"${key}" is missing`);
    return out;
  };
}

const CONFIG = object({
  capabilities: list(text),
  features: list(text),
  host: record(count),
  policy: object({
    idsr: oneOf('reviewed', 'posted'),
    id_freeze: oneOf('first-run', 'first-write'),
    mmio_read: oneOf('fixed', 'zero-extended'),
    s1ptw_abort: oneOf('external', 'level'),
    el0_impdef: oneOf('undef', 'trap'),
    nisv_fetch: oneOf('same', 'replaced'),
    qemu_sync: oneOf('before', 'posted', 'array'),
    rmi_mmio_flag: oneOf('posted', 'agreed'),
  }),
  protected: flag,
  script: list(object({ exit: count, write: word, bytes }, ['exit', 'write', 'bytes'])),
  id_registers: record(word),
  registers: record(word),
  trap_controls: record(object({ set: list(text), clear: list(text) })),
});

const ACCESS = oneOf(...RULE_ACCESSES);

const RULE_BY_KIND: Readonly<Record<string, Reader<Record<string, unknown>>>> = {
  mmio: object({ on: text, address: word, size: count, access: ACCESS, do: oneOf(...RULE_ANSWERS.mmio), value: word }, [
    'address',
    'do',
  ]),
  sysreg: object({ on: text, register: text, access: ACCESS, do: oneOf(...RULE_ANSWERS.sysreg), value: word }, [
    'register',
    'do',
  ]),
  nisv: object({ on: text, do: oneOf(...RULE_ANSWERS.nisv) }, ['do']),
  hypercall: object({ on: text, function: word, do: oneOf(...RULE_ANSWERS.hypercall), values: list(word) }, [
    'function',
    'do',
    'values',
  ]),
};

const RULE: Reader<AnswerRule> = (node, m) => {
  const on = properties(node, m).find((p) => p.key === 'on')?.value;
  if (!on)
    return node.type === 'object' ? m.at(node.offset, `"on" is missing: ${Object.keys(RULE_BY_KIND).join(', ')}`) : undefined;
  const reader = typeof on.value === 'string' && Object.hasOwn(RULE_BY_KIND, on.value) ? RULE_BY_KIND[on.value] : undefined;
  if (!reader) return m.at(on.offset, `"on" is one of ${Object.keys(RULE_BY_KIND).join(', ')}`);
  const before = m.all.length;
  const read = reader(node, m);
  if (read?.['do'] === 'value' && on.value !== 'hypercall' && read['value'] === undefined && m.all.length === before)
    return m.at(node.offset, '"value" is missing');
  return m.all.length === before ? (read as unknown as AnswerRule) : undefined;
};

const ANSWERS = object({ rules: list(RULE) }, ['rules']);

function read<T>(source: string, reader: Reader<T>): Result<T, readonly JsonMistake[]> {
  const mistakes = new Mistakes(source);
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { disallowComments: false, allowTrailingComma: true });
  for (const error of errors) mistakes.at(error.offset, `not JSON: ${printParseErrorCode(error.error)}`);
  if (!tree && errors.length === 0) mistakes.at(0, 'not JSON: the text is empty');
  const value = tree && errors.length === 0 ? reader(tree, mistakes) : undefined;
  return mistakes.all.length === 0 && value !== undefined ? ok(value) : err(mistakes.all);
}

/** Reads a `--config` text. */
export function readConfig(source: string): Result<MachineConfig, readonly JsonMistake[]> {
  return read(source, CONFIG as Reader<MachineConfig>);
}

/** Reads an `--answers` text. */
export function readRules(source: string): Result<readonly AnswerRule[], readonly JsonMistake[]> {
  const answers = read(source, ANSWERS);
  return answers.ok ? ok(answers.value['rules'] as readonly AnswerRule[]) : answers;
}
