// Directives about the file, the processor, messages and debug information.
import type { Token } from '#isa';
import type { Directive } from '../assembler.ts';
import { Fault } from '../diagnostics.ts';
import { decodeString } from '../lexer.ts';
import { nearest } from '../nearest.ts';
import { ARCHITECTURES, chooseArchitecture, EXTENSIONS, extend, PROCESSORS } from '../processors.ts';
import type { Reader } from '../reader.ts';
import { expectComma } from './reading.ts';

/** Accepted and without effect on an image: debug and unwind information, listings, attributes. */
function ignored(names: readonly string[], doc: string): Directive {
  return {
    names,
    syntax: '…',
    doc: `${doc} Accepted; has no effect on the image.`,
    run(_assembler, reader) {
      while (!reader.atEnd) reader.next();
    },
  };
}

function text(reader: Reader): string {
  const token = reader.next();
  if (token.kind !== 'string') throw new Fault('syntax', 'expected a string', token);
  return new TextDecoder().decode(new Uint8Array(decodeString(token.text)));
}

/** `armv8-a+crc+nofp`: a known name, then extensions. */
function readProcessor(
  reader: Reader,
  names: ReadonlySet<string>,
  what: string,
): { readonly name: string; readonly extensions: readonly string[] } {
  const start = reader.peek();
  let written = '';
  let end = start.column;
  while (!reader.atEnd && (written === '' || reader.peek().column === end)) {
    const token = reader.next();
    written += token.text;
    end = token.end;
  }
  const [name = '', ...extensions] = written.toLowerCase().split('+');
  const at = { column: start.column, end: Math.max(end, start.end) };
  if (!names.has(name)) {
    const near = nearest(name, names);
    const hint = near.length === 0 ? '' : `; did you mean ${near[0]}?`;
    throw new Fault('directive', `${written === '' ? 'nothing' : name} is no ${what} that is known${hint}`, at);
  }
  for (const extension of extensions) {
    if (!EXTENSIONS.has(extension) && !(extension.startsWith('no') && EXTENSIONS.has(extension.slice(2))))
      throw new Fault('directive', `${extension} is no extension that is known`, at);
  }
  return { name, extensions };
}

export const others: readonly Directive[] = [
  {
    names: ['.arch'],
    syntax: 'name{+extension}',
    doc: 'States the architecture: from here on its instructions are accepted, and those of the extensions asked for. Without it all are.',
    run(assembler, reader) {
      const { name, extensions } = readProcessor(reader, ARCHITECTURES, 'architecture');
      assembler.expectEnd(reader);
      assembler.chosen = chooseArchitecture(name, extensions);
    },
  },
  {
    names: ['.cpu'],
    syntax: 'name{+extension}',
    doc: 'States the processor. What it executes is not told apart: every instruction is accepted from here on.',
    run(assembler, reader) {
      readProcessor(reader, PROCESSORS, 'processor');
      assembler.expectEnd(reader);
      assembler.chosen = undefined;
    },
  },
  {
    names: ['.arch_extension'],
    syntax: 'name',
    doc: 'Allows an extension besides what .arch said, or takes it away (nolse). Without .arch all are allowed.',
    run(assembler, reader) {
      const names = new Set([...EXTENSIONS, ...[...EXTENSIONS].map((e) => `no${e}`)]);
      const { name } = readProcessor(reader, names, 'extension');
      assembler.expectEnd(reader);
      if (assembler.chosen !== undefined) assembler.chosen = extend(assembler.chosen, [name]);
    },
  },
  {
    names: ['.include'],
    syntax: '"header"',
    doc: 'Reads one of the built-in headers.',
    run(assembler, reader, at) {
      const token = reader.peek();
      const name = text(reader);
      assembler.expectEnd(reader);
      const source = assembler.options.include(name);
      if (source === undefined)
        throw new Fault('directive', `there is no built-in header ${name}; no other file can be read`, token);
      assembler.input.include(at.statement, source);
    },
  },
  {
    names: ['.incbin'],
    syntax: '"file"',
    doc: 'Puts a file’s bytes here; there are no files to read.',
    run(_assembler, reader) {
      throw new Fault('directive', 'there are no files that could be put here', reader.peek());
    },
  },
  {
    names: ['.err'],
    syntax: '',
    doc: 'Is an error.',
    run(_assembler, _reader, at) {
      throw new Fault('user', '.err was reached', at.token);
    },
  },
  {
    names: ['.error'],
    syntax: '"text"',
    doc: 'Is an error with this text.',
    run(assembler, reader, at) {
      const message = reader.atEnd ? '.error was reached' : text(reader);
      assembler.expectEnd(reader);
      throw new Fault('user', message, at.token);
    },
  },
  {
    names: ['.fail'],
    syntax: 'value',
    doc: 'Is an error (below 500) or a warning.',
    run(assembler, reader, at) {
      const value = assembler.numberAt(reader);
      assembler.expectEnd(reader);
      if (value < 500n) throw new Fault('user', `.fail ${value} was reached`, at.token);
      assembler.warn(`.fail ${value} was reached`, at.token, 'user');
    },
  },
  {
    names: ['.warning'],
    syntax: '"text"',
    doc: 'Is a warning with this text.',
    run(assembler, reader, at) {
      const message = reader.atEnd ? '.warning was reached' : text(reader);
      assembler.expectEnd(reader);
      assembler.warn(message, at.token, 'user');
    },
  },
  {
    names: ['.print'],
    syntax: '"text"',
    doc: 'Says this text while assembling.',
    run(assembler, reader, at) {
      const message = text(reader);
      assembler.expectEnd(reader);
      assembler.report.say('info', 'user', message, { statement: at.statement, from: at.token.column, to: at.token.end });
    },
  },
  {
    names: ['.end'],
    syntax: '',
    doc: 'Ends the source; what follows is not read.',
    run(assembler) {
      assembler.input.end();
    },
  },
  {
    names: ['.loc'],
    syntax: 'file line {column} {option}…',
    doc: 'Debug information. `view NAME` gives a name a number; nothing else has an effect on the image.',
    run(assembler, reader) {
      while (!reader.atEnd) {
        const option = reader.next();
        if (option.text !== 'view' || reader.peek().kind !== 'word') continue;
        const name = assembler.nameAt(reader);
        const value: Token = { kind: 'number', value: 0n, text: '0', column: name.column, end: name.end };
        assembler.assign(name, assembler.reader([value, { kind: 'end', text: '', column: name.end, end: name.end }], 0), 'now');
      }
    },
  },
  ignored(['.file', '.loc_mark_labels', '.line', '.func', '.endfunc', '.ident', '.version'], 'Debug information.'),
  ignored(
    [
      '.cfi_sections',
      '.cfi_startproc',
      '.cfi_endproc',
      '.cfi_personality',
      '.cfi_personality_id',
      '.cfi_lsda',
      '.cfi_def_cfa',
      '.cfi_def_cfa_register',
      '.cfi_def_cfa_offset',
      '.cfi_adjust_cfa_offset',
      '.cfi_offset',
      '.cfi_rel_offset',
      '.cfi_register',
      '.cfi_restore',
      '.cfi_undefined',
      '.cfi_same_value',
      '.cfi_remember_state',
      '.cfi_restore_state',
      '.cfi_return_column',
      '.cfi_signal_frame',
      '.cfi_window_save',
      '.cfi_escape',
      '.cfi_val_encoded_addr',
      '.cfi_b_key_frame',
      '.cfi_mte_tagged_frame',
      '.cfi_negate_ra_state',
      '.cfi_inline_lsda',
      '.cfi_fde_data',
      '.cfi_label',
      '.cfi_val_offset',
    ],
    'Unwind information.',
  ),
  ignored(
    [
      '.list',
      '.nolist',
      '.eject',
      '.psize',
      '.title',
      '.sbttl',
      '.stabs',
      '.xstabs',
      '.stabn',
      '.stabd',
      '.desc',
      '.symver',
      '.gnu_attribute',
      '.aeabi_attribute',
    ],
    'Listings and object-file attributes.',
  ),
  ignored(['.lflags', '.attach_to_group', '.linkonce'], 'Notes for the linker.'),
  {
    names: ['.reloc'],
    syntax: 'offset, R_AARCH64_NONE {, symbol}',
    doc: 'Asks the linker for a relocation. The image is linked here already, so only the one that does nothing is taken.',
    run(assembler, reader) {
      assembler.expressionAt(reader);
      expectComma(reader, 'the offset');
      const name = reader.next();
      if (!/^(?:R_AARCH64|BFD_RELOC)_NONE$/i.test(name.text))
        throw new Fault(
          'directive',
          `${name.text === '' ? 'this' : name.text} cannot be asked for: write the value itself, as in .xword symbol or :lo12:symbol`,
          name,
        );
      while (!reader.atEnd) reader.next();
    },
  },
  {
    names: ['.tlsdesccall', '.tlsdescadd', '.tlsdescldr', '.tls_common'],
    syntax: '…',
    doc: 'Thread-local storage, which needs a dynamic linker: a flat image has none.',
    run(_assembler, _reader, at) {
      throw new Fault('directive', `${at.name} needs thread-local storage, which a flat image does not have`, at.token);
    },
  },
];
