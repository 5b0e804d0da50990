// What may stand at the cursor: mnemonics, directives and macros at the head of a statement; behind it whatever word some form of the
// instruction reads there. A word is offered because the operand kinds accept it, not because a list says so. Knows no instruction by name.

import { docOf, genericName, PSTATE_FIELDS, SYSREGS, SYSTEM_OPERATIONS } from '#arch/sysreg';
import { directiveByName, directiveRows, headerNames, readOperands, type StatementAt, signatureOf } from '#asm';
import { type Form, formsOf, mnemonics, operandKind, type Token } from '#isa';
import type { Document, Position, Range } from './document.ts';
import { REGISTER_CLASSES } from './registers.ts';
import { usualFirst } from './signature-help.ts';

export type CompletionKind =
  | 'instruction'
  | 'directive'
  | 'macro'
  | 'register'
  | 'system-register'
  | 'word'
  | 'label'
  | 'constant'
  | 'header';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Beside the label: a signature, a value. */
  readonly detail: string;
  /** One sentence; '' when there is none. */
  readonly doc: string;
  /** Smaller comes first; equal ones by label. */
  readonly rank: number;
}

export interface Completion {
  /** The text that an item replaces. */
  readonly range: Range;
  readonly items: readonly CompletionItem[];
}

/** What may stand at a position; undefined in comments, strings and numbers. `typed` is the letter that asks by being typed (a blank, a comma, a
 * bracket): it gets an answer only where an instruction lacks an operand, so that a blank at a line's end is just that. */
export function complete(document: Document, position: Position, typed = ''): Completion | undefined {
  const { line, column } = position;
  const text = document.lines[line - 1] ?? '';
  const before = text.slice(0, column - 1);
  const statement = document.statementAt(line, column);
  const word = /[\w.$\u0080-\uffff]*$/.exec(before)?.[0] ?? '';
  const tail = /^[\w.$\u0080-\uffff]*/.exec(text.slice(column - 1))?.[0] ?? '';
  const range = { line, column: column - word.length, endColumn: column + tail.length };
  if (/^\d/.test(word) || (typed !== '' && !(statement && lacksOperand(document, statement, column)))) return undefined;
  if (statement === undefined) return /^\s*$/.test(before) ? { range, items: heads(document, word) } : undefined;
  const { tokens, head } = statement;
  if (tokens.some((t) => t.kind === 'string' && t.column < column && column < t.end)) {
    const quoted = tokens[head + 1];
    if (tokens[head]?.text.toLowerCase() !== '.include' || quoted === undefined) return undefined;
    const inside = {
      line,
      column: quoted.column + 1,
      endColumn: quoted.end - (quoted.text.endsWith('"') && quoted.text.length > 1 ? 1 : 0),
    };
    return { range: inside, items: headers() };
  }
  // A comment behind the statement's last token.
  const lastToken = tokens.at(-2);
  if (lastToken !== undefined && lastToken.end < column && /\/\/|\/\*/.test(text.slice(lastToken.end - 1, column - 1)))
    return undefined;
  const mnemonic = tokens[head] as Token;
  if (mnemonic.kind === 'end' || column <= mnemonic.end) return { range, items: heads(document, word) };
  return { range, items: operands(document, statement, range) };
}

/** True where no form of the statement's instruction is complete before the column. */
function lacksOperand(document: Document, { tokens, head }: StatementAt, column: number): boolean {
  const mnemonic = tokens[head] as Token;
  const forms = mnemonic.end < column ? formsOf(mnemonic.text.toLowerCase()) : [];
  const before = tokens.filter((t) => t.end <= column && t.kind !== 'end');
  const line: Token[] = [...before, { kind: 'end', text: '', column, end: column + 1 }];
  const registerName = (word: string): string => document.inspection.registerNames.get(word) ?? word;
  const whole = (form: Form): boolean => readOperands(form, line, head + 1, { registerName }).reading.mismatch === undefined;
  return forms.length > 0 && !forms.some(whole);
}

function heads(document: Document, word: string): CompletionItem[] {
  const items: CompletionItem[] = [];
  for (const { name, formals, body } of document.inspection.macros) {
    items.push({ label: name, kind: 'macro', detail: formals.join(', '), doc: body.join('; ').slice(0, 200), rank: 0 });
  }
  if (word.startsWith('.')) {
    for (const { names, syntax, doc } of directiveRows()) {
      for (const name of names)
        items.push({ label: name, kind: 'directive', detail: syntax, doc, rank: name === names[0] ? 1 : 2 });
    }
    return items;
  }
  for (const mnemonic of mnemonics()) {
    if (mnemonic === '') continue;
    const form = usualFirst(formsOf(mnemonic))[0] as Form;
    items.push({
      label: mnemonic,
      kind: 'instruction',
      detail: signatureOf(form, mnemonic).text,
      doc: form.alias?.doc ?? form.row.doc,
      // What this model does not execute, and what only newer processors have, comes later.
      rank: form.row.notModelled === undefined ? (form.row.feature === undefined ? 1 : 2) : 3,
    });
  }
  return items;
}

function headers(): CompletionItem[] {
  return headerNames.map((label) => ({ label, kind: 'header', detail: 'built-in header', doc: '', rank: 0 }));
}

function operands(document: Document, { tokens, head }: StatementAt, range: Range): CompletionItem[] {
  const mnemonic = tokens[head] as Token;
  const name = mnemonic.text.toLowerCase();
  const symbols = symbolItems(document);
  if (directiveByName(name) !== undefined || mnemonic.text.startsWith('.')) return name === '.include' ? headers() : symbols;
  const forms = formsOf(name);
  if (forms.length === 0) return symbols;
  const before = tokens.filter((t) => t.end <= range.column && t.kind !== 'end');
  const registerName = (word: string): string => document.inspection.registerNames.get(word) ?? word;
  /** True when some form reads past this word at the cursor, as what it says or (`symbol`) as the name of a symbol. */
  const accepts = (word: string, symbol = false): boolean => {
    const token: Token = { kind: 'word', text: word, column: range.column, end: range.column + word.length };
    const end: Token = { kind: 'end', text: '', column: token.end, end: token.end + 1 };
    const line = [...before, token, end];
    return forms.some((form) => {
      const { reached, symbols: taken } = readOperands(form, line, head + 1, { registerName });
      return reached > before.length && taken.has(word) === symbol;
    });
  };
  const items: CompletionItem[] = [];
  for (const { probe, names, doc } of REGISTER_CLASSES) {
    if (accepts(probe)) for (const label of names) items.push({ label, kind: 'register', detail: doc, doc: '', rank: 2 });
  }
  for (const [label, register] of document.inspection.registerNames) {
    if (accepts(label)) items.push({ label, kind: 'register', detail: register, doc: '', rank: 1 });
  }
  for (const [label, doc] of spellings(forms))
    if (accepts(label)) items.push({ label, kind: 'word', detail: doc, doc: '', rank: 1 });
  if (reads(forms, /^Sysreg/)) {
    // The assembler takes any register in either direction; only those that make sense are offered.
    const useless = name.startsWith('mr') ? 'wo' : 'ro';
    for (const row of SYSREGS) {
      const label = row.name.toLowerCase();
      if (row.access !== useless && accepts(label))
        items.push({ label, kind: 'system-register', detail: genericName(row.encoding), doc: docOf(row), rank: 1 });
    }
  }
  const prefix = `${name.toUpperCase()} `;
  for (const operation of SYSTEM_OPERATIONS) {
    if (!operation.name.startsWith(prefix)) continue;
    const label = operation.name.slice(prefix.length).toLowerCase();
    if (accepts(label))
      items.push({ label, kind: 'system-register', detail: `EL${operation.el}`, doc: docOf(operation), rank: 1 });
  }
  if (reads(forms, /^Pstate/)) {
    for (const { name: field } of PSTATE_FIELDS) {
      const label = field.toLowerCase();
      if (accepts(label)) items.push({ label, kind: 'system-register', detail: 'PSTATE', doc: '', rank: 0 });
    }
  }
  // Symbols are expressions: where one may stand, any may.
  if (accepts('symbol', true)) items.push(...symbols);
  return items;
}

/** True when one of these forms has an operand of a kind with such a name. */
function reads(forms: readonly Form[], kind: RegExp): boolean {
  return forms.some((form) => form.template.operands.some((part) => part.kind === 'hole' && kind.test(part.operand)));
}

/** The words that operand kinds of these forms list, with what the kind is. */
function spellings(forms: readonly Form[]): Map<string, string> {
  const found = new Map<string, string>(SHIFTS.map((word) => [word, 'a shift or extension']));
  for (const form of forms) {
    for (const part of form.template.operands) {
      if (part.kind !== 'hole') continue;
      const { spellings: words, doc } = operandKind(part.operand);
      for (const [word] of words ?? []) if (word !== '') found.set(word.toLowerCase(), doc);
    }
  }
  return found;
}

const SHIFTS = ['lsl', 'lsr', 'asr', 'ror', 'uxtb', 'uxth', 'uxtw', 'uxtx', 'sxtb', 'sxth', 'sxtw', 'sxtx'];

function symbolItems(document: Document): CompletionItem[] {
  const items: CompletionItem[] = [];
  for (const { name, numeric, label, definitions, value } of document.inspection.symbols) {
    if (numeric || definitions.length === 0) continue;
    const shown = value === undefined ? '' : `0x${value.value.toString(16)}`;
    const detail = `${shown}${value?.section === undefined ? '' : ` in ${value.section}`}`;
    items.push({ label: name, kind: label ? 'label' : 'constant', detail, doc: '', rank: name.startsWith('.L') ? 4 : 3 });
  }
  return items;
}
