// `.if` and its kin: which statements count.
import type { Assembler, At, Directive } from '../assembler.ts';
import { Fault } from '../diagnostics.ts';
import { decodeString } from '../lexer.ts';
import type { Reader } from '../reader.ts';
import { offsetOf } from '../source.ts';
import { expectComma } from './reading.ts';

type Test = (assembler: Assembler, reader: Reader, at: At) => boolean;

/** `wrong`: whether what follows counts when the test itself is wrong. */
function opener(names: readonly string[], syntax: string, doc: string, test: Test, wrong = false): Directive {
  return {
    names,
    syntax,
    doc,
    run(assembler, reader, at) {
      const dead = assembler.input.skipping;
      // Opened before the test, so that its .endif has something to close when the test is wrong.
      const frame = { statement: at.statement, token: at.token, skipping: true, taken: true, dead, elseSeen: false };
      assembler.input.conditionals.push(frame);
      if (dead) return;
      frame.skipping = !wrong;
      const holds = test(assembler, reader, at);
      frame.skipping = !holds;
      frame.taken = holds;
    },
  };
}

function compare(name: string, shown: string, test: (value: bigint) => boolean): Directive {
  return opener([name], 'value', `Does what follows if the value is ${shown}.`, (assembler, reader) => {
    const value = assembler.numberAt(reader);
    assembler.expectEnd(reader);
    return test(value);
  });
}

/** What follows a directive's name, as text. */
function rest({ statement, token }: At): string {
  return statement.text.slice(offsetOf(statement, token.end));
}

function defined(assembler: Assembler, reader: Reader): boolean {
  const { symbol } = assembler.symbolAt(reader);
  assembler.expectEnd(reader);
  // A register's name counts as one.
  return symbol.defined || assembler.registerName(symbol.name) !== symbol.name;
}

/** The two texts of `.ifc a, b`: as they stand, without the space around them. */
function texts(at: At): [string, string] {
  const text = rest(at);
  const comma = text.indexOf(',');
  if (comma < 0)
    throw new Fault('syntax', 'expected two texts with a comma between them', {
      column: at.token.end,
      end: at.token.end + text.length + 1,
    });
  return [text.slice(0, comma).trim(), text.slice(comma + 1).trim()];
}

function strings(assembler: Assembler, reader: Reader): [string, string] {
  const one = (): string => {
    const token = reader.next();
    if (token.kind !== 'string') throw new Fault('syntax', 'expected a string', token);
    return String.fromCharCode(...decodeString(token.text));
  };
  const a = one();
  expectComma(reader, 'the first string');
  const b = one();
  assembler.expectEnd(reader);
  return [a, b];
}

function current(assembler: Assembler, at: At): (typeof assembler.input.conditionals)[number] {
  const frame = assembler.input.conditionals.at(-1);
  if (frame === undefined) throw new Fault('conditional', `${at.name} without .if`, at.token);
  return frame;
}

export const conditionalDirectives: readonly Directive[] = [
  opener(['.if'], 'value', 'Does what follows, to .else or .endif, if the value is not zero.', (assembler, reader) => {
    const value = assembler.numberAt(reader);
    assembler.expectEnd(reader);
    return value !== 0n;
  }),
  compare('.ifeq', 'zero', (v) => v === 0n),
  compare('.ifne', 'not zero', (v) => v !== 0n),
  compare('.ifgt', 'above zero', (v) => v > 0n),
  compare('.ifge', 'zero or more', (v) => v >= 0n),
  compare('.iflt', 'below zero', (v) => v < 0n),
  compare('.ifle', 'zero or less', (v) => v <= 0n),
  opener(['.ifdef'], 'name', 'Does what follows if the name is defined by now.', (a, r) => defined(a, r), true),
  opener(['.ifndef', '.ifnotdef'], 'name', 'Does what follows if the name is not defined yet.', (a, r) => !defined(a, r), true),
  opener(
    ['.ifb'],
    'text',
    'Does what follows if there is no text (an empty macro argument).',
    (_a, _r, at) => rest(at).trim() === '',
  ),
  opener(
    ['.ifnb'],
    'text',
    'Does what follows if there is some text (a macro argument that was given).',
    (_a, _r, at) => rest(at).trim() !== '',
  ),
  opener(['.ifc'], 'text, text', 'Does what follows if the two texts are the same.', (_a, _r, at) => {
    const [a, b] = texts(at);
    return a === b;
  }),
  opener(['.ifnc'], 'text, text', 'Does what follows if the two texts differ.', (_a, _r, at) => {
    const [a, b] = texts(at);
    return a !== b;
  }),
  opener(
    ['.ifeqs'],
    '"text", "text"',
    'Does what follows if the two strings are the same.',
    (a, r) => {
      const [x, y] = strings(a, r);
      return x === y;
    },
    true,
  ),
  opener(
    ['.ifnes'],
    '"text", "text"',
    'Does what follows if the two strings differ.',
    (a, r) => {
      const [x, y] = strings(a, r);
      return x !== y;
    },
    true,
  ),
  {
    names: ['.elseif'],
    syntax: 'value',
    doc: 'Does what follows if no branch before it was done and the value is not zero.',
    run(assembler, reader, at) {
      const frame = current(assembler, at);
      if (frame.elseSeen) throw new Fault('conditional', '.elseif after .else', at.token);
      if (frame.dead || frame.taken) {
        frame.skipping = true;
        return;
      }
      // Its condition is evaluated, so it counts as if it stood outside.
      const value = assembler.numberAt(reader);
      assembler.expectEnd(reader);
      frame.taken = value !== 0n;
      frame.skipping = !frame.taken;
    },
  },
  {
    names: ['.else'],
    syntax: '',
    doc: 'Does what follows if no branch before it was done.',
    run(assembler, reader, at) {
      const frame = current(assembler, at);
      if (frame.elseSeen) throw new Fault('conditional', 'a second .else', at.token);
      frame.elseSeen = true;
      frame.skipping = frame.dead || frame.taken;
      frame.taken = true;
      assembler.expectEnd(reader);
    },
  },
  {
    names: ['.endif', '.endc'],
    syntax: '',
    doc: 'Closes .if.',
    run(assembler, reader, at) {
      current(assembler, at);
      assembler.input.conditionals.pop();
      assembler.expectEnd(reader);
    },
  },
];
