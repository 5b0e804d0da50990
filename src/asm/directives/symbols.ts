// Directives that say something of symbols.
import type { Token } from '#isa';
import { type Assembler, type Assignment, type Directive, isRegister } from '../assembler.ts';
import { Fault } from '../diagnostics.ts';
import type { Reader } from '../reader.ts';
import type { AssemblerSymbol } from '../symbols.ts';
import { expectComma, list, readSince } from './reading.ts';

function each(names: readonly string[], doc: string, what: (symbol: AssemblerSymbol, assembler: Assembler) => void): Directive {
  return {
    names,
    syntax: 'name, …',
    doc,
    run(assembler, reader) {
      list(reader, () => what(assembler.symbolAt(reader).symbol, assembler));
    },
  };
}

function assign(names: readonly string[], how: Assignment, doc: string): Directive {
  return {
    names,
    syntax: 'name, value',
    doc,
    run(assembler, reader) {
      const name = assembler.nameAt(reader);
      expectComma(reader, name.text);
      assembler.assign(name, reader, how);
      assembler.expectEnd(reader);
    },
  };
}

/** A size and, for `.comm`, an alignment, for a symbol that gets room in .bss. */
function common(
  assembler: Assembler,
  reader: Reader,
  global: boolean,
  statement: Parameters<Directive['run']>[2]['statement'],
): void {
  const { symbol: named, token } = assembler.symbolAt(reader);
  reader.accept(',');
  const first = reader.peek();
  if (reader.atEnd) throw new Fault('directive', 'expected a size', first);
  const size = assembler.numberAt(reader);
  const at = readSince(reader, first);
  if (size < 0n) {
    assembler.warn(`${size} bytes are not possible; nothing is done`, at);
    return;
  }
  if (size > 0x4000_0000n) throw new Fault('range', `${size} bytes are not possible`, at);
  // GNU as: common symbols get the power of two from their size up, at most 16; .lcomm the one from their size down, at most 8.
  let alignment = 1;
  while (global ? alignment < Number(size) && alignment < 16 : alignment * 2 <= Number(size) && alignment < 8) alignment *= 2;
  if (global && reader.accept(',')) {
    const third = reader.peek();
    const value = assembler.numberAt(reader);
    if (value <= 0n || value > 0x8000_0000n) throw new Fault('directive', 'an alignment is a power of two', third);
    // One that is no power of two is taken as the next that is.
    alignment = 1;
    while (alignment < Number(value)) alignment *= 2;
  }
  assembler.expectEnd(reader);
  const definition = { statement, from: token.column, to: token.end };
  // A name that may get another value may become one with room.
  const symbol = named.reassignable ? assembler.symbols.renew(named) : named;
  if (!global) {
    if (symbol.defined) throw assembler.duplicate(symbol, token);
    symbol.definition = definition;
    assembler.placeInBss(symbol, 1, Number(size), alignment, statement);
    return;
  }
  if (symbol.location !== undefined || symbol.value !== undefined) throw assembler.duplicate(symbol, token);
  symbol.binding = 'global';
  symbol.definition ??= definition;
  symbol.common = {
    size: Math.max(symbol.common?.size ?? 0, Number(size)),
    alignment: Math.max(symbol.common?.alignment ?? 1, alignment),
  };
}

const TYPES: Readonly<Record<string, AssemblerSymbol['type']>> = {
  function: 'function',
  object: 'object',
  notype: 'none',
  tls_object: 'object',
  gnu_unique_object: 'object',
  gnu_indirect_function: 'function',
  common: 'object',
  stt_func: 'function',
  stt_object: 'object',
  stt_notype: 'none',
  stt_tls: 'object',
  stt_gnu_ifunc: 'function',
  stt_common: 'object',
};

function type(assembler: Assembler, reader: Reader): void {
  const { symbol } = assembler.symbolAt(reader);
  reader.accept(',');
  if (!reader.accept('%')) reader.accept('@');
  const token: Token = reader.next();
  const name = (token.kind === 'string' ? token.text.slice(1, -1) : token.text).toLowerCase();
  const found = token.kind === 'number' ? 'none' : TYPES[name];
  if (found === undefined)
    throw new Fault(
      'directive',
      `${token.text === '' ? 'this' : token.text} is no symbol type: %function, %object, %notype are`,
      token,
    );
  assembler.expectEnd(reader);
  symbol.type = found;
}

export const symbols: readonly Directive[] = [
  each(['.global', '.globl'], 'Makes names visible to other files.', (s) => {
    if (s.binding === 'local') s.binding = 'global';
  }),
  each(['.weak'], 'Makes names weak: without a definition they are zero.', (s) => {
    s.binding = 'weak';
    s.weak = true;
  }),
  each(['.local'], 'Keeps names to this file.', (s) => {
    s.binding = 'local';
  }),
  each(['.hidden', '.protected', '.internal'], 'Keeps names to this program.', () => {}),
  each(['.extern'], 'Says that names are defined elsewhere; has no effect.', () => {}),
  each(['.variant_pcs'], 'Says that a function has a calling convention of its own; has no effect.', () => {}),
  assign(['.equ', '.set'], 'now', 'Gives a name a value; it may get another one later.'),
  assign(['.equiv'], 'once', 'Gives a name a value, which it must not have yet.'),
  assign(
    ['.eqv'],
    'anew',
    'Gives a name an expression, which is worked out wherever the name is used; it must have no value yet.',
  ),
  {
    names: ['.weakref'],
    syntax: 'name, target',
    doc: 'Makes a name stand for another, which is weak unless it is used itself.',
    run(assembler, reader) {
      const name = assembler.nameAt(reader);
      expectComma(reader, name.text);
      assembler.assign(name, reader, 'once');
      assembler.expectEnd(reader);
    },
  },
  { names: ['.type'], syntax: 'name, %function | %object', doc: 'Says what a symbol names.', run: type },
  {
    names: ['.size'],
    syntax: 'name, bytes',
    doc: 'Says how many bytes a symbol names.',
    run(assembler, reader) {
      assembler.symbolAt(reader);
      expectComma(reader, 'the name');
      assembler.expressionAt(reader);
      assembler.expectEnd(reader);
    },
  },
  {
    names: ['.comm', '.common'],
    syntax: 'name, bytes {, alignment}',
    doc: 'Gives a global name room in .bss.',
    run: (a, r, at) => common(a, r, true, at.statement),
  },
  {
    names: ['.lcomm'],
    syntax: 'name, bytes',
    doc: 'Gives a local name room in .bss.',
    run: (a, r, at) => common(a, r, false, at.statement),
  },
  {
    names: ['.unreq'],
    syntax: 'name',
    doc: 'Takes back a name that .req gave a register.',
    run(assembler, reader) {
      const token = reader.next();
      if (token.kind !== 'word') throw new Fault('syntax', 'expected a name that .req gave', token);
      assembler.expectEnd(reader);
      if (isRegister(token.text)) {
        assembler.warn(`${token.text} is a register itself; nothing is done`, token);
        return;
      }
      const register = assembler.registerNames.get(token.text);
      if (register === undefined) throw new Fault('operand', `no register is named ${token.text}`, token);
      for (const name of [token.text, token.text.toUpperCase(), token.text.toLowerCase()]) {
        if (assembler.registerNames.get(name) === register) assembler.registerNames.delete(name);
      }
    },
  },
  {
    names: ['.req'],
    syntax: '',
    doc: 'As in `name .req register`: gives a register another name.',
    run(_assembler, _reader, at) {
      throw new Fault('syntax', 'a name stands before this: name .req register', at.token);
    },
  },
];
