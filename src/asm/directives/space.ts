// Directives that move the location counter: alignment, room, origin.
import type { Assembler, At, Directive } from '../assembler.ts';
import { Fault } from '../diagnostics.ts';
import type { Expression } from '../expression.ts';
import type { Reader } from '../reader.ts';
import type { Extent, Statement } from '../source.ts';
import { extentSince, readSince } from './reading.ts';

/** `.balign 8`, `.p2align 3`, with a fill of `width` bytes and the most bytes to spend. */
function align(names: readonly string[], power: boolean, width: 1 | 2 | 4, syntax: string): Directive {
  return {
    names,
    syntax,
    doc: power
      ? 'Moves to a multiple of two to this power; fills with the value, or with NOP in code and zeros elsewhere.'
      : 'Moves to a multiple of this many bytes; fills with the value, or with NOP in code and zeros elsewhere.',
    run(assembler, reader, { statement }) {
      const first = reader.peek();
      const amount = reader.atEnd ? 0n : assembler.numberAt(reader);
      const at = readSince(reader, first);
      let alignment: number;
      if (power) {
        if (amount < 0n) throw new Fault('directive', 'an alignment cannot be below zero', at);
        if (amount > 31n) throw new Fault('directive', 'the alignment is larger than 2^31', at);
        alignment = 2 ** Number(amount);
      } else {
        if (amount < 0n || amount > 0x8000_0000n || (amount & (amount - 1n)) !== 0n)
          throw new Fault('directive', `${amount} is not a power of two`, at);
        alignment = Math.max(1, Number(amount));
      }
      let fill: number[] | undefined;
      let most: number | undefined;
      if (reader.accept(',')) {
        if (!reader.atEnd && reader.peek().text !== ',') fill = bytesOf(assembler.numberAt(reader), width);
        if (reader.accept(',') && !reader.atEnd) most = Number(assembler.numberAt(reader));
      }
      assembler.expectEnd(reader);
      assembler.output.align(statement, alignment, { fill, most });
    },
  };
}

function bytesOf(value: bigint, width: number): number[] {
  return Array.from({ length: width }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

/** An expression with its extent. */
function amount(
  assembler: Assembler,
  reader: Reader,
  statement: Statement,
): { readonly expression: Expression; readonly extent: Extent } {
  const first = reader.peek();
  const expression = assembler.expressionAt(reader);
  return { expression, extent: extentSince(statement, reader, first) };
}

function space(assembler: Assembler, reader: Reader, { statement }: At): void {
  const { expression, extent } = amount(assembler, reader, statement);
  const fill = reader.accept(',') ? Number(BigInt.asUintN(8, assembler.numberAt(reader))) : 0;
  assembler.expectEnd(reader);
  assembler.output.fill(expression, [fill], extent);
}

function fill(assembler: Assembler, reader: Reader, { statement }: At): void {
  const { expression, extent } = amount(assembler, reader, statement);
  let size = 1;
  let value = 0n;
  if (reader.accept(',')) {
    const first = reader.peek();
    size = 0;
    if (first.text !== ',') {
      const n = assembler.numberAt(reader);
      if (n < 0n) {
        assembler.warn('a size below zero; nothing is done', readSince(reader, first));
        return;
      }
      if (n > 8n) assembler.warn('a size above 8; 8 is taken', readSince(reader, first));
      size = n > 8n ? 8 : Number(n);
    }
    if (reader.accept(',')) value = assembler.numberAt(reader);
  }
  assembler.expectEnd(reader);
  if (size === 0) return;
  // Only four bytes of the value count; what an item has beyond is zero.
  assembler.output.fill(expression, bytesOf(BigInt.asUintN(32, value), size), extent);
}

function org(assembler: Assembler, reader: Reader, { statement }: At): void {
  const { expression, extent } = amount(assembler, reader, statement);
  const value = reader.accept(',') ? Number(BigInt.asUintN(8, assembler.numberAt(reader))) : 0;
  assembler.expectEnd(reader);
  assembler.output.org(expression, value, extent);
}

function blocks(name: string, size: number): Directive {
  return {
    names: [name],
    syntax: 'count {, value}',
    doc: `Puts as many ${size}-byte numbers of one value here.`,
    run(assembler, reader, { statement }) {
      const { expression, extent } = amount(assembler, reader, statement);
      const value = reader.accept(',') ? assembler.numberAt(reader) : 0n;
      assembler.expectEnd(reader);
      assembler.output.fill(expression, bytesOf(BigInt.asUintN(size * 8, value), size), extent);
    },
  };
}

function structure(assembler: Assembler, reader: Reader): void {
  const origin = reader.atEnd ? 0n : assembler.numberAt(reader);
  assembler.expectEnd(reader);
  assembler.output.enterStructure(origin);
}

export const spaces: readonly Directive[] = [
  align(['.align', '.p2align'], true, 1, 'power {, {fill} {, most}}'),
  align(['.p2alignw'], true, 2, 'power {, {fill} {, most}}'),
  align(['.p2alignl'], true, 4, 'power {, {fill} {, most}}'),
  align(['.balign'], false, 1, 'bytes {, {fill} {, most}}'),
  align(['.balignw'], false, 2, 'bytes {, {fill} {, most}}'),
  align(['.balignl'], false, 4, 'bytes {, {fill} {, most}}'),
  {
    names: ['.space', '.skip', '.zero'],
    syntax: 'bytes {, fill}',
    doc: 'Leaves this many bytes, zero or filled with the value.',
    run: space,
  },
  {
    names: ['.fill'],
    syntax: 'count {, size {, value}}',
    doc: 'Puts `count` numbers of `size` bytes (1 unless stated) here.',
    run: fill,
  },
  { names: ['.org'], syntax: 'place {, fill}', doc: 'Moves the location counter forward to a place in this section.', run: org },
  blocks('.dcb.b', 1),
  blocks('.dcb.w', 2),
  blocks('.dcb', 2),
  blocks('.dcb.l', 4),
  blocks('.ds.b', 1),
  blocks('.ds', 2),
  blocks('.ds.w', 2),
  blocks('.ds.l', 4),
  blocks('.ds.s', 4),
  blocks('.ds.d', 8),
  blocks('.ds.x', 12),
  blocks('.ds.p', 12),
  {
    names: ['.struct', '.offset'],
    syntax: '{start}',
    doc: 'Opens a structure: the labels that follow are offsets, counted from here, and nothing is stored, until a section is chosen.',
    run: structure,
  },
];
