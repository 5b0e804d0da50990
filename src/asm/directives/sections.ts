// Directives that choose the section.
import type { Token } from '#isa';
import type { Assembler, At, Directive } from '../assembler.ts';
import { Fault } from '../diagnostics.ts';
import type { Reader } from '../reader.ts';
import { defaultAttributes, type Section, type SectionAttributes } from '../section.ts';

function subsection(assembler: Assembler, reader: Reader): number {
  if (reader.atEnd) return 0;
  const first = reader.peek();
  const value = assembler.numberAt(reader);
  if (value < -8192n || value > 8192n) throw new Fault('section', 'a subsection is -8192 to 8192', first);
  return Number(value);
}

function known(name: string): Directive {
  return {
    names: [name],
    syntax: name === '.bss' ? '' : '{subsection}',
    doc: `Goes on in the section ${name}.`,
    run(assembler, reader) {
      const number = name === '.bss' ? 0 : subsection(assembler, reader);
      assembler.expectEnd(reader);
      const place = { section: assembler.output.sectionNamed(name), subsection: number };
      // GNU as leaves no way back from .bss: .previous after it is what it was before.
      if (name === '.bss') assembler.output.moveTo(place);
      else assembler.output.enter(place.section, number);
    },
  };
}

/** The section's name: words and marks up to a comma, or a string. */
function sectionName(reader: Reader): string {
  const first = reader.peek();
  if (first.kind === 'string') {
    reader.next();
    return first.text.slice(1, -1);
  }
  let name = '';
  let end = -1;
  for (;;) {
    const token = reader.peek();
    if (token.kind === 'end' || token.text === ',' || token.kind === 'string' || (end >= 0 && token.column !== end)) break;
    name += token.text;
    end = token.end;
    reader.next();
  }
  if (name === '') throw new Fault('section', 'expected the name of a section', first);
  return name;
}

const TYPES = new Set(['progbits', 'nobits', 'note', 'init_array', 'fini_array', 'preinit_array', 'unwind']);

/** `, unique, number`, which tells sections of one name apart. */
function uniqueNumber(assembler: Assembler, reader: Reader): bigint | undefined {
  if (!reader.accept(',')) return undefined;
  const word = reader.next();
  if (word.text !== 'unique' || !reader.accept(','))
    throw new Fault('syntax', `unexpected ${word.text === '' ? 'comma' : word.text}`, word);
  const first = reader.peek();
  const number = assembler.numberAt(reader);
  if (number < 0n || number > 0xffff_ffffn) throw new Fault('section', 'a unique number is 0 to 2^32 - 1', first);
  return number;
}

/** Flags and type after the name. */
function attributes(
  assembler: Assembler,
  reader: Reader,
  name: string,
): { readonly attributes: SectionAttributes | undefined; readonly unique: bigint | undefined; readonly at: Token } {
  const at = reader.peek();
  if (reader.atEnd) return { attributes: undefined, unique: undefined, at };
  if (!reader.accept(',')) throw new Fault('syntax', 'expected a comma after the name', at);
  const flags = reader.next();
  if (flags.kind !== 'string') throw new Fault('section', 'expected flags as a string, such as "ax"', flags);
  const text = flags.text.slice(1, -1);
  // The ELF flags as a number, then letters.
  const number = /^(?:0x[0-9a-f]+|[0-9]+)/i.exec(text)?.[0] ?? '';
  const bits = Number(BigInt.asUintN(32, number === '' ? 0n : BigInt(number)));
  const letters = text.slice(number.length);
  const unknown = /[^aewxMSGTo?ldER]/.exec(letters);
  if (unknown !== null)
    throw new Fault(
      'section',
      `${unknown[0]} is no section flag: a (in memory), w (writable), x (code), M, S, G, T and others are`,
      flags,
    );
  let nobits = defaultAttributes(name).nobits;
  let unique: bigint | undefined;
  if (reader.peek(1).text === 'unique') unique = uniqueNumber(assembler, reader);
  else if (reader.accept(',')) {
    if (!reader.accept('@') && !reader.accept('%')) {
      const type = reader.peek();
      if (type.kind === 'string') reader.next();
      else throw new Fault('section', 'expected a type, such as %progbits or %nobits', type);
      nobits = type.text === '"nobits"';
    } else {
      const type = reader.next();
      nobits = type.text.toLowerCase() === 'nobits';
      if (!TYPES.has(type.text.toLowerCase()) && type.kind !== 'number') {
        assembler.warn(
          `${type.text} is no section type that is known: progbits, nobits, note, init_array, fini_array are`,
          type,
          'section',
        );
      }
    }
    // Entry size, group, linked section: they go with flags that ask for them, and mean nothing for an image.
    if (/[MGo?]/.test(letters)) while (!reader.atEnd && reader.peek(1).text !== 'unique') reader.next();
    unique = uniqueNumber(assembler, reader);
  }
  return {
    unique,
    attributes: {
      code: letters.includes('x') || (bits & 4) !== 0,
      nobits,
      allocated: letters.includes('a') || (bits & 2) !== 0,
      writable: letters.includes('w') || (bits & 1) !== 0,
    },
    at,
  };
}

function choose(
  assembler: Assembler,
  reader: Reader,
  numbered: boolean,
): { readonly section: Section; readonly subsection: number } {
  const name = sectionName(reader);
  let number = 0;
  if (numbered && reader.peek().text === ',' && reader.peek(1).kind !== 'string') {
    reader.next();
    const first = reader.peek();
    const value = assembler.numberAt(reader);
    if (value < -8192n || value > 8192n) throw new Fault('section', 'a subsection is -8192 to 8192', first);
    number = Number(value);
  }
  const stated = attributes(assembler, reader, name);
  assembler.expectEnd(reader);
  const key = stated.unique === undefined ? name : `${name},${stated.unique}`;
  const old = assembler.output.sections.get(key);
  if (old !== undefined && stated.attributes !== undefined) {
    const { code, nobits, allocated } = stated.attributes;
    if (old.code !== code || old.nobits !== nobits || old.allocated !== allocated)
      assembler.warn(`${name} already has other flags; they stay`, stated.at, 'section');
  }
  return { section: assembler.output.sectionNamed(name, stated.attributes, key), subsection: number };
}

function pop(assembler: Assembler, reader: Reader, at: At): void {
  assembler.expectEnd(reader);
  if (!assembler.output.pop()) assembler.warn('there was no .pushsection; nothing is done', at.token, 'section');
}

function previous(assembler: Assembler, reader: Reader, at: At): void {
  assembler.expectEnd(reader);
  if (!assembler.output.back()) assembler.warn('there was no section before; nothing is done', at.token, 'section');
}

export const sections: readonly Directive[] = [
  known('.text'),
  known('.data'),
  known('.bss'),
  {
    names: ['.section'],
    syntax: 'name {, "flags" {, %type}}',
    doc: 'Goes on in a section of this name. Flags: a in memory, w writable, x code. Types: %progbits, %nobits.',
    run(assembler, reader) {
      const { section, subsection: number } = choose(assembler, reader, false);
      assembler.output.enter(section, number);
    },
  },
  {
    names: ['.pushsection'],
    syntax: 'name {, subsection} {, "flags" {, %type}}',
    doc: 'Goes on in another section until .popsection.',
    run(assembler, reader) {
      const { section, subsection: number } = choose(assembler, reader, true);
      assembler.output.push();
      assembler.output.enter(section, number);
    },
  },
  { names: ['.popsection'], syntax: '', doc: 'Goes back to where .pushsection was.', run: pop },
  { names: ['.previous'], syntax: '', doc: 'Goes back to the section before this one.', run: previous },
  {
    names: ['.subsection'],
    syntax: 'number',
    doc: 'Goes on in a part of this section; parts follow each other by number.',
    run(assembler, reader) {
      const number = subsection(assembler, reader);
      assembler.expectEnd(reader);
      assembler.output.enter(assembler.output.section, number);
    },
  },
  {
    names: ['.ltorg', '.pool'],
    syntax: '',
    doc: 'Puts the literals that `ldr x0, =value` has asked for here. Without it they follow at the end of the section.',
    run(assembler, reader) {
      assembler.expectEnd(reader);
      assembler.literals.flush();
    },
  },
];
