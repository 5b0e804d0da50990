// Macros and repetitions.
import type { Directive } from '../assembler.ts';
import { Fault } from '../diagnostics.ts';
import { parseFormals, parseIteration } from '../macros.ts';
import { offsetOf } from '../source.ts';

const MACRO = new Set(['.macro']);
const REPEAT = new Set(['.rept', '.irp', '.irpc', '.rep']);

export const repetition: readonly Directive[] = [
  {
    names: ['.macro'],
    syntax: 'name {parameter{:req|:vararg}{=value}, …}',
    doc: 'Defines a macro, to .endm. In its text \\parameter stands for an argument, \\@ for the number of the expansion, \\() for nothing.',
    run(assembler, reader, at) {
      const body = assembler.input.capture(at.token, MACRO, '.endm');
      const name = reader.next();
      if (name.kind !== 'word') throw new Fault('macro', 'expected the name of the macro', name);
      const formals = parseFormals(at.statement, offsetOf(at.statement, name.end));
      const key = name.text.toLowerCase();
      if (assembler.input.macros.has(key)) throw new Fault('macro', `the macro ${name.text} is already defined`, name);
      if (assembler.options.directives.has(key)) {
        assembler.warn(`${name.text} is a directive and stays one`, name, 'macro');
        return;
      }
      assembler.input.define({
        name: name.text,
        formals,
        body,
        definition: at.statement,
        from: name.column,
        to: name.end,
      });
    },
  },
  {
    names: ['.endm'],
    syntax: '',
    doc: 'Ends a macro.',
    run(assembler, _reader, at) {
      assembler.warn('.endm without .macro; nothing is done', at.token, 'macro');
    },
  },
  {
    names: ['.exitm'],
    syntax: '',
    doc: 'Leaves the macro here.',
    run(assembler, reader, at) {
      assembler.expectEnd(reader);
      if (!assembler.input.exit()) assembler.warn('there is no macro to leave', at.token, 'macro');
    },
  },
  {
    names: ['.purgem'],
    syntax: 'name',
    doc: 'Forgets a macro.',
    run(assembler, reader) {
      const name = reader.next();
      assembler.expectEnd(reader);
      if (!assembler.input.macros.delete(name.text.toLowerCase()))
        assembler.warn(`there is no macro ${name.text}; nothing is done`, name, 'macro');
    },
  },
  {
    names: ['.rept', '.rep'],
    syntax: 'count',
    doc: 'Does what follows, to .endr, this many times.',
    run(assembler, reader, at) {
      const body = assembler.input.capture(at.token, REPEAT, '.endr');
      const first = reader.peek();
      const count = assembler.numberAt(reader);
      assembler.expectEnd(reader);
      if (count < 0n) throw new Fault('directive', 'a count cannot be below zero', first);
      if (count > 0x1000_0000n) throw new Fault('limit', 'that many repetitions are not possible', first);
      assembler.input.repeat(at.statement, body, Number(count));
    },
  },
  {
    names: ['.irp'],
    syntax: 'name, value, …',
    doc: 'Does what follows, to .endr, once for each value, for which \\name stands.',
    run(assembler, _reader, at) {
      const body = assembler.input.capture(at.token, REPEAT, '.endr');
      const { formal, values } = parseIteration(at.statement, offsetOf(at.statement, at.token.end), false);
      assembler.input.repeat(at.statement, body, values.length, { name: formal, values });
    },
  },
  {
    names: ['.irpc'],
    syntax: 'name, characters',
    doc: 'Does what follows, to .endr, once for each character, for which \\name stands.',
    run(assembler, _reader, at) {
      const body = assembler.input.capture(at.token, REPEAT, '.endr');
      const { formal, values } = parseIteration(at.statement, offsetOf(at.statement, at.token.end), true);
      assembler.input.repeat(at.statement, body, values.length, { name: formal, values });
    },
  },
  {
    names: ['.endr'],
    syntax: '',
    doc: 'Ends .rept, .irp and .irpc.',
    run(assembler, _reader, at) {
      assembler.warn('.endr without .rept; nothing is done', at.token, 'macro');
    },
  },
  {
    names: ['.altmacro'],
    syntax: '',
    doc: 'Macro parameters count without a backslash from here on, & pastes, and LOCAL makes names of an expansion’s own.',
    run(assembler, reader) {
      assembler.expectEnd(reader);
      assembler.input.alternate = true;
    },
  },
  {
    names: ['.noaltmacro'],
    syntax: '',
    doc: 'Ends .altmacro.',
    run(assembler, reader) {
      assembler.expectEnd(reader);
      assembler.input.alternate = false;
    },
  },
];
