// The assembler's view of the tables: every way to write a mnemonic, and the reading of one form's operands. A form is a row's or an
// alias's template under one spelling of its mnemonic. What a source line is, and which message to show of several, is the assembler's.
import { instructionGroups } from './groups.ts';
import { operandKind } from './operands/index.ts';
import type { Alias, Fields, Instruction } from './row.ts';
import type { Cursor, FieldWriter, Mismatch, Part, Template } from './syntax.ts';

/** One way to write an instruction. */
export interface Form {
  /** Name of the row or alias in the tables. */
  readonly name: string;
  readonly row: Instruction;
  /** Absent when the form is the row's own. */
  readonly alias: Alias | undefined;
  readonly template: Template;
  /** Fields that the alias or the spelling of the mnemonic settles. */
  readonly settled: Fields;
}

/** Every text that the mnemonic can have, with the field values that each gives. */
function spell(parts: readonly Part[]): { text: string; fields: Record<string, number> }[] {
  let out: { text: string; fields: Record<string, number> }[] = [{ text: '', fields: {} }];
  for (const part of parts) {
    if (part.kind === 'literal') {
      for (const entry of out) entry.text += part.text;
      continue;
    }
    const spellings = operandKind(part.operand).spellings ?? [];
    out = out.flatMap((entry) =>
      spellings.map(([text, ...values]) => ({
        text: entry.text + text,
        fields: { ...entry.fields, ...Object.fromEntries(part.names.map((name, i) => [name, values[i] as number])) },
      })),
    );
  }
  return out;
}

const FORMS = new Map<string, Form[]>();
{
  const enter = (name: string, row: Instruction, alias: Alias | undefined): void => {
    const template = alias?.template ?? row.template;
    if (template.text === '') return;
    for (const { text, fields } of spell(template.mnemonic)) {
      const form = { name, row, alias, template, settled: { ...fields, ...alias?.fix } };
      const list = FORMS.get(text);
      if (list) list.push(form);
      else FORMS.set(text, [form]);
    }
  };
  // Groups in the manual's order (which is not that of their modules' loading); within one, as declared.
  // Group by group; in each a row comes before its aliases and all in the order of declaration.
  for (const group of instructionGroups) {
    const members = [
      ...group.instructions.map(({ name, row }) => ({ name, row, alias: undefined, order: row.order })),
      ...group.aliases.map(({ name, alias }) => ({ name, row: alias.of, alias, order: alias.order })),
    ].sort((a, b) => a.order - b.order);
    for (const { name, row, alias } of members) enter(name, row, alias);
  }
}

/** The forms of a mnemonic (lower case), in the order in which they are tried; empty when there is none. */
export function formsOf(mnemonic: string): readonly Form[] {
  return FORMS.get(mnemonic) ?? [];
}

/** All mnemonics, lower case. */
export function mnemonics(): IterableIterator<string> {
  return FORMS.keys();
}

class Writer implements FieldWriter {
  readonly values: Record<string, number>;
  constructor(settled: Fields) {
    this.values = { ...settled };
  }
  get(name: string): number | undefined {
    return this.values[name];
  }
  set(name: string, value: number): boolean {
    const old = this.values[name];
    if (old !== undefined && old !== value) return false;
    this.values[name] = value;
    return true;
  }
}

const PIECES = new Map<string, readonly string[]>();

/** The tokens of a literal part: words, and single punctuation marks. */
function pieces(literal: string): readonly string[] {
  let out = PIECES.get(literal);
  if (!out) {
    out = literal.match(/\w+|[^\s\w]/g) ?? [];
    PIECES.set(literal, out);
  }
  return out;
}

/** What reading a form gives: its fields, or why it does not fit, at which cursor position that was found and in which part of the template's
 * operands (their number when all were read). */
export type Reading =
  | { readonly fields: Fields; readonly mismatch?: undefined }
  | { readonly mismatch: Mismatch; readonly position: number; readonly part: number; readonly fields?: undefined };

/** Reads the operands at the cursor as this form's; on success the cursor stands at the end of the operand list. */
export function readForm(form: Form, cursor: Cursor): Reading {
  const writer = new Writer(form.settled);
  const { operands } = form.template;
  for (let index = 0; index < operands.length; index += 1) {
    const part = operands[index] as Part;
    if (part.kind === 'literal') {
      for (const piece of pieces(part.text)) {
        const position = cursor.save();
        if (!cursor.accept(piece)) return { mismatch: { message: `expected "${piece}"` }, position, part: index };
      }
      continue;
    }
    const position = cursor.save();
    const mismatch = operandKind(part.operand).parse(cursor, writer, part.names);
    if (mismatch) return { mismatch, position, part: index };
  }
  const position = cursor.save();
  if (cursor.peek().kind !== 'end') return { mismatch: { message: 'too many operands' }, position, part: operands.length };
  const { row } = form;
  for (const { name } of row.pattern.fields) writer.values[name] ??= 0;
  if (row.allocated && !row.allocated(writer.values))
    return { mismatch: { message: 'these operands have no encoding' }, position, part: operands.length };
  const refusal = row.unpredictable.find((choice) => choice.refused && choice.when(writer.values));
  if (refusal) return { mismatch: { message: refusal.doc }, position, part: operands.length };
  return { fields: writer.values };
}
