// How the instruction at the cursor is written, and which of its operands the cursor is at.
import { directiveByName, type Parameter, readOperands, signatureOf } from '#asm';
import { type Form, formsOf, type Token } from '#isa';
import type { Document, Position } from './document.ts';

export interface SignatureHelp {
  readonly signatures: readonly {
    readonly text: string;
    readonly doc: string;
    readonly parameters: readonly Pick<Parameter, 'start' | 'end' | 'doc'>[];
    /** Index into `parameters`; -1 behind the last. */
    readonly activeParameter: number;
  }[];
  /** The signature that fits what is written best. */
  readonly active: number;
}

/** Help at a position behind a mnemonic, directive or macro name; undefined elsewhere. */
export function signatureHelp(document: Document, { line, column }: Position): SignatureHelp | undefined {
  const statement = document.statementAt(line, column);
  if (statement === undefined) return undefined;
  const { tokens, head } = statement;
  const mnemonic = tokens[head] as Token;
  if (mnemonic.kind !== 'word' || column <= mnemonic.end) return undefined;
  const name = mnemonic.text.toLowerCase();
  const macro = document.inspection.macros.findLast((m) => m.name.toLowerCase() === name);
  if (macro !== undefined) return only(`${macro.name} ${macro.formals.join(', ')}`, macro.body.join('\n'));
  const directive = directiveByName(name);
  if (directive !== undefined) return only(`${name} ${directive.syntax}`, directive.doc);

  const before = tokens.filter((t) => t.kind !== 'end' && t.end <= column);
  const cut: Token[] = [...before, { kind: 'end', text: '', column, end: column + 1 }];
  const registerName = (word: string): string => document.inspection.registerNames.get(word) ?? word;
  const signatures: SignatureHelp['signatures'][number][] = [];
  const seen = new Set<string>();
  let active = 0;
  let furthest = -1;
  for (const form of usualFirst(formsOf(name))) {
    const { text, parameters } = signatureOf(form, name);
    if (seen.has(text)) continue;
    seen.add(text);
    const { reading, reached } = readOperands(form, cut, head + 1, { registerName });
    const part = reading.mismatch === undefined ? form.template.operands.length : reading.part;
    // A parameter that is just written, with nothing behind it, is still the active one.
    const after = parameters.findIndex((p) => p.part >= part);
    const separated = before.at(-1)?.text === ',' || before.at(-1)?.text === '[' || before.length === head + 1;
    const activeParameter = separated
      ? after
      : parameters.findLastIndex((p) => p.part <= part && (p.part < part || reached < cut.length - 1 || after === 0));
    if (reached > furthest) {
      furthest = reached;
      active = signatures.length;
    }
    signatures.push({ text, doc: form.alias?.doc ?? form.row.doc, parameters, activeParameter });
  }
  return signatures.length === 0 ? undefined : { signatures, active };
}

/** The forms with those that are only accepted, never printed, behind the others. */
export function usualFirst(forms: readonly Form[]): Form[] {
  const odd = (form: Form): boolean => form.alias?.use === 'assemble';
  return [...forms.filter((form) => !odd(form)), ...forms.filter(odd)];
}

function only(text: string, doc: string): SignatureHelp {
  return { signatures: [{ text: text.trim(), doc, parameters: [], activeParameter: -1 }], active: 0 };
}
