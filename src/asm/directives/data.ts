// Directives that put numbers and text where they stand.
import type { Token } from '#isa';
import type { Assembler, At, Directive } from '../assembler.ts';
import { Fault } from '../diagnostics.ts';
import type { Expression } from '../expression.ts';
import { floatBits } from '../float.ts';
import { decodeString } from '../lexer.ts';
import type { Reader } from '../reader.ts';
import { extentSince, list, readSince } from './reading.ts';

function integers(names: readonly string[], size: number): Directive {
  return {
    names,
    syntax: 'value, …',
    doc: `Puts numbers of ${size} byte${size > 1 ? 's' : ''} each here, low byte first.`,
    run(assembler, reader, { statement }) {
      if (reader.atEnd) return;
      list(reader, () => {
        const first = reader.peek();
        if (first.kind === 'end' || first.text === ',') {
          assembler.warn('a number is missing; zero is taken', first);
          assembler.output.number({ kind: 'number', value: 0n }, size, { statement, from: first.column, to: first.end });
          return;
        }
        const expression = size > 8 ? assembler.wideNumberAt(reader) : assembler.expressionAt(reader);
        assembler.output.number(expression, size, extentSince(statement, reader, first));
      });
    },
  };
}

function text(names: readonly string[], zero: boolean, width: 1 | 2 | 4 | 8, doc: string): Directive {
  return {
    names,
    syntax: '"text", …',
    doc,
    run(assembler, reader, { statement }) {
      if (reader.atEnd) return;
      list(reader, () => {
        const first = reader.peek();
        if (first.kind !== 'string') throw new Fault('syntax', 'expected a string', first);
        // Strings that follow each other without a comma are one.
        const bytes: number[] = [];
        while (reader.peek().kind === 'string') {
          const token = reader.next();
          const unknown: number[] = [];
          bytes.push(...decodeString(token.text, unknown));
          for (const at of unknown)
            assembler.warn('this escape means nothing; the character itself is taken', {
              column: token.column + at,
              end: token.column + at + 2,
            });
          if (token.text.length < 2 || !token.text.endsWith('"')) {
            assembler.warn('this string has no end; a line end is taken as its last character', token, 'unterminated');
            bytes.push(10);
          }
        }
        if (zero) bytes.push(0);
        const wide = width === 1 ? bytes : bytes.flatMap((b) => [b, ...new Array<number>(width - 1).fill(0)]);
        assembler.output.bytes(wide, extentSince(statement, reader, first));
      });
    },
  };
}

/** The text of a floating-point number at the reader: sign, digits, `0f1.5`, `inf`, `nan`, or its bits as in `0f:3fc00000`. */
function floatText(reader: Reader): { readonly text: string; readonly column: number; readonly end: number } {
  const first = reader.peek();
  let sign = '';
  if (first.kind === 'punct' && (first.text === '-' || first.text === '+')) {
    sign = first.text === '-' ? '-' : '';
    reader.next();
  }
  const token = reader.next();
  let body = token.text;
  if (/^0[a-z]$/i.test(body) && sign === '' && reader.accept(':')) body += `:${reader.next().text}`;
  // `.5` and `0r1.5` are words to the lexer, and their exponents may have a sign.
  else if (token.kind === 'word' && /^(?:0[a-z])?[0-9]*\.?[0-9]*e$/i.test(body) && /^[-+]$/.test(reader.peek().text)) {
    const exponentSign = reader.next();
    body += exponentSign.text + reader.next().text;
  }
  return { text: sign + body, ...readSince(reader, first) };
}

type FloatFormat = 'half' | 'bfloat' | 'single' | 'double';

/** The bits of the floating-point number at the reader, and where it stands. */
function floatAt(
  reader: Reader,
  format: FloatFormat,
  size: number,
): { readonly bits: bigint; readonly column: number; readonly end: number } {
  const { text: number, column, end } = floatText(reader);
  const bits = floatBits(number, format);
  if (bits === 'none') throw new Fault('expression', 'expected a floating-point number', { column, end });
  if (typeof bits === 'string')
    throw new Fault('range', `${number} is too ${bits} for a floating-point number of ${size} bytes`, { column, end });
  return { bits, column, end };
}

/** `.dcb.s count {, number}`: one floating-point number again and again. */
function floatBlocks(name: string, format: FloatFormat, size: number): Directive {
  return {
    names: [name],
    syntax: 'count {, number}',
    doc: `Puts as many ${size}-byte floating-point numbers of one value here.`,
    run(assembler, reader, { statement }) {
      const first = reader.peek();
      const count = assembler.expressionAt(reader);
      const extent = extentSince(statement, reader, first);
      const bits = reader.accept(',') ? floatAt(reader, format, size).bits : 0n;
      assembler.expectEnd(reader);
      const bytes = Array.from({ length: size }, (_, i) => Number((bits >> BigInt(8 * i)) & 0xffn));
      assembler.output.fill(count, bytes, extent);
    },
  };
}

function floats(names: readonly string[], format: FloatFormat, size: number): Directive {
  return {
    names,
    syntax: 'number, …',
    doc: `Puts floating-point numbers of ${size} bytes each here.`,
    run(assembler, reader, { statement }) {
      if (reader.atEnd) return;
      list(reader, () => {
        const { bits, column, end } = floatAt(reader, format, size);
        assembler.output.number({ kind: 'number', value: bits }, size, { statement, from: column, to: end });
      });
    },
  };
}

function lebs(name: string, signed: boolean): Directive {
  return {
    names: [name],
    syntax: 'value, …',
    doc: `Puts numbers here in the ${signed ? 'signed' : 'unsigned'} LEB128 form: seven bits to a byte, low bits first.`,
    run(assembler, reader, { statement }) {
      list(reader, () => {
        const first = reader.peek();
        const missing = first.kind === 'end' || first.text === ',';
        if (missing) assembler.warn('a number is missing; zero is taken', first);
        const expression: Expression = missing ? { kind: 'number', value: 0n } : assembler.wideNumberAt(reader);
        assembler.output.leb128(expression, signed, extentSince(statement, reader, first));
      });
    },
  };
}

const NOP = 0xd503_201fn;
/** In bytes. */
const MOST_NOPS = 0x10_0000n;

function needContents(assembler: Assembler, token: Token): void {
  const { section } = assembler.output;
  if (section.nobits || section.absolute) throw new Fault('section', `there can be no instructions in ${section.name}`, token);
}

function instructionWords(assembler: Assembler, reader: Reader, { statement, token }: At): void {
  needContents(assembler, token);
  if (reader.atEnd) return;
  list(reader, () => {
    const first: Token = reader.peek();
    const value = assembler.numberAt(reader);
    if (value < -0xffff_ffffn || value > 0xffff_ffffn)
      assembler.warn('an instruction is 32 bits; the rest is cut off', readSince(reader, first), 'truncated');
    assembler.output.write(assembler.output.instruction(statement), 4, value);
  });
}

export const data: readonly Directive[] = [
  integers(['.byte', '.1byte', '.dc.b'], 1),
  integers(['.hword', '.short', '.2byte', '.dc', '.dc.w'], 2),
  integers(['.word', '.long', '.int', '.4byte', '.dc.l'], 4),
  integers(['.quad', '.xword', '.dword', '.8byte', '.dc.a'], 8),
  integers(['.octa', '.16byte'], 16),
  text(['.ascii'], false, 1, 'Puts text here (UTF-8), without a zero at its end.'),
  text(['.asciz', '.string', '.string8'], true, 1, 'Puts text here (UTF-8), each string with a zero at its end.'),
  text(['.string16'], true, 2, 'Puts text here, two bytes to a character, with a zero at its end.'),
  text(['.string32'], true, 4, 'Puts text here, four bytes to a character, with a zero at its end.'),
  text(['.string64'], true, 8, 'Puts text here, eight bytes to a character, with a zero at its end.'),
  floats(['.float16', '.half'], 'half', 2),
  floats(['.bfloat16'], 'bfloat', 2),
  floats(['.float', '.single', '.dc.s'], 'single', 4),
  floats(['.double', '.dc.d'], 'double', 8),
  floatBlocks('.dcb.s', 'single', 4),
  floatBlocks('.dcb.d', 'double', 8),
  lebs('.uleb128', false),
  lebs('.sleb128', true),
  {
    names: ['.inst'],
    syntax: 'word, …',
    doc: 'Puts instructions here by their 32-bit words.',
    run: instructionWords,
  },
  {
    names: ['.nop'],
    syntax: '{bytes}',
    doc: 'Puts NOP instructions here: one, or as many as these bytes take.',
    run(assembler, reader, { statement, token }) {
      needContents(assembler, token);
      const bytes = reader.atEnd ? 0n : assembler.numberAt(reader);
      assembler.expectEnd(reader);
      if (bytes > MOST_NOPS) throw new Fault('range', `${bytes} bytes of NOP are too many: at most ${MOST_NOPS}`, token);
      let made = 0n;
      do {
        assembler.output.write(assembler.output.instruction(statement), 4, NOP);
        made += 4n;
      } while (made < bytes);
    },
  },
];
