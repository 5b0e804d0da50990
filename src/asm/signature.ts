// How a form is written, as a line of text for people with its operands marked in it.
import { type Form, operandKind } from '#isa';

export interface Parameter {
  /** Where it stands in the signature's text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** What it may be. */
  readonly doc: string;
  /** Its place among the parts of the template's operands. */
  readonly part: number;
}

export interface Signature {
  readonly text: string;
  readonly parameters: readonly Parameter[];
}

/** The signature of a form: `add <Rd|SP>, <Rn|SP>, #<imm>{, lsl #0|#12}`. */
export function signatureOf(form: Form, mnemonic: string): Signature {
  let text = mnemonic;
  const parameters: Parameter[] = [];
  for (const [part, piece] of form.template.operands.entries()) {
    if (part === 0) text += ' ';
    if (piece.kind === 'literal') {
      text += piece.text;
      continue;
    }
    const { shown, doc } = operandKind(piece.operand);
    // Registers carry the name of their field: <R> in the hole Rt2 is <Rt2>.
    const suffix = /^R(\w+)$/.exec(piece.names[0] ?? '')?.[1];
    const named = suffix === undefined ? shown : shown.replace(/^(\{?<[A-Z])(?=[|>])/, `$1${suffix}`);
    parameters.push({ start: text.length, end: text.length + named.length, doc, part });
    text += named;
  }
  return { text, parameters };
}

/** The signatures of several forms, each text once. */
export function signatureTexts(forms: Iterable<Form>, mnemonic: string): string[] {
  return [...new Set([...forms].map((form) => signatureOf(form, mnemonic).text))];
}
