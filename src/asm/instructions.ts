// One instruction line to its word: the forms of its mnemonic are tried in the tables' order and the first that reads the whole line is
// taken; when none does, the one that got furthest explains why. Knows nothing of sections or directives.
import { encodeFields, type Form, formsOf, mnemonics, readForm, type Token } from '#isa';
import { changeTo, Fault } from './diagnostics.ts';
import { mnemonicFixes, operandFixes } from './fixes.ts';
import { nearest } from './nearest.ts';
import type { Reader } from './reader.ts';
import { signatureTexts } from './signature.ts';

/** A line that was understood. */
export interface Encoded {
  readonly word: number;
  readonly form: Form;
  readonly fields: Readonly<Record<string, number>>;
}

/** Reads the operands at the reader as this mnemonic's and gives the word. Throws Fault with the exact range. The reader may have been
 * `deferred`: then the word is not final and the same line is to be read again. */
export function encodeInstruction(mnemonic: Token, reader: Reader): Encoded {
  const text = mnemonic.text;
  let forms = formsOf(text);
  if (forms.length === 0) {
    const lower = text.toLowerCase();
    forms = lower === text ? forms : formsOf(lower);
    if (forms.length === 0) throw unknownMnemonic(mnemonic, reader);
  }
  const start = reader.save();
  const found: Attempt[] = [];
  let furthest = -1;
  for (const form of forms) {
    reader.begin(start);
    const reading = readForm(form, reader);
    if (reading.fields !== undefined)
      return { word: encodeFields(form.row.pattern, reading.fields), form, fields: reading.fields };
    let { message, at } = reading.mismatch;
    // Without a token of its own a mismatch concerns the one that the kind stopped at.
    const named = at === undefined ? -1 : reader.tokens.indexOf(at);
    let position = named >= 0 ? named : Math.max(reading.position, reader.save());
    // The kind only knows that no expression stood there; why not, the expression knows.
    if (reader.fault !== undefined && reader.faultIndex >= position) {
      position = reader.faultIndex;
      message = reader.fault.message;
      at = reader.fault.at;
    }
    if (position < furthest) continue;
    if (position > furthest) found.length = 0;
    furthest = position;
    found.push({ form, message, at });
  }
  throw explain(mnemonic, found, furthest, reader);
}

/** Why a form does not fit. */
interface Attempt {
  readonly form: Form;
  readonly message: string;
  readonly at: Token | undefined;
}

/** One message from those of the forms that got equally far. */
function explain(written: Token, found: readonly Attempt[], furthest: number, reader: Reader): Fault {
  const { code, message, at, wrong = furthest } = reason(written, found, furthest, reader);
  return new Fault(code, message, at, () => operandFixes({ mnemonic: written, reader, wrong }));
}

interface Reason {
  readonly code: 'range' | 'operand';
  readonly message: string;
  readonly at: { readonly column: number; readonly end: number };
  readonly wrong?: number;
}

function reason(written: Token, found: readonly Attempt[], furthest: number, reader: Reader): Reason {
  const mnemonic = written.text.toLowerCase();
  const token = found[0]?.at ?? (reader.tokens[furthest] as Token);
  const code = 'operand';
  const messages = [...new Set(found.map((f) => f.message))];
  // A form that read the operand and refused its value knows more than one that wanted something else there.
  const precise = messages.find((m) => !m.startsWith('expected ') && m !== TOO_MANY);
  if (precise !== undefined) {
    const range = /does not fit|does not exist|cannot be moved/.test(precise);
    return { code: range ? 'range' : code, message: precise, at: operandRange(reader, furthest) };
  }
  if (messages.includes(TOO_MANY)) {
    const at = rest(reader, furthest);
    if (token.text !== ',') return { code, message: `unexpected ${token.text} after the instruction`, at };
    const full = found.filter((f) => f.message === TOO_MANY).map((f) => f.form);
    return { code, message: `too many operands: ${choice(signatureTexts(full, mnemonic))}`, at };
  }
  if (token.kind === 'end' && messages.every((m) => m.startsWith('expected "'))) {
    const short = found.map((f) => f.form);
    const closing = messages.length === 1 && messages[0] === 'expected "]"';
    const what = closing ? 'expected "]"' : `operands are missing: ${choice(signatureTexts(short, mnemonic))}`;
    return { code, message: what, at: token };
  }
  const what = choice(oneList(messages.map((m) => m.slice('expected '.length))));
  return { code, message: token.kind === 'end' ? `expected ${what}` : `expected ${what}, not ${token.text}`, at: token };
}

/** A list of registers, as operand kinds name what they take. */
const REGISTERS = /^(?:(?:w?sp|[wx]zr|[a-z]\d+–[a-z]\d+)(?:, | or |$))+$/;

/** Lists of registers become one, each register once. */
function oneList(things: readonly string[]): string[] {
  const registers = things.filter((thing) => REGISTERS.test(thing));
  if (registers.length < 2) return [...things];
  const names = [...new Set(registers.flatMap((list) => list.split(/, | or /)))];
  const one = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  return [one, ...things.filter((thing) => !REGISTERS.test(thing))];
}

/** What readForm says of operands that are left over. */
const TOO_MANY = 'too many operands';

/** Up to three things as a choice. */
function choice(things: readonly string[]): string {
  const list = things.slice(0, 3);
  return list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`;
}

/** From a token to the end of the line. */
function rest(reader: Reader, index: number): { column: number; end: number } {
  const from = reader.tokens[index] as Token;
  const last = reader.tokens[reader.tokens.length - 2] as Token;
  return { column: from.column, end: Math.max(from.end, last.end) };
}

/** The whole operand that begins at a token: to the next comma or closing bracket at its level. */
function operandRange(reader: Reader, index: number): { column: number; end: number } {
  const { tokens } = reader;
  const from = tokens[index] as Token;
  let depth = 0;
  let last = from;
  for (let at = index; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (token.kind === 'end') break;
    if (token.kind === 'punct') {
      if (depth === 0 && (token.text === ',' || token.text === ']' || token.text === '}' || token.text === ')') && at > index)
        break;
      if (token.text === '(' || token.text === '[' || token.text === '{') depth += 1;
      else if (token.text === ')' || token.text === ']' || token.text === '}') depth -= 1;
    }
    last = token;
  }
  return { column: from.column, end: last.end };
}

function unknownMnemonic(mnemonic: Token, reader: Reader): Fault {
  const meant = mnemonicFixes({ mnemonic, reader, wrong: reader.tokens.indexOf(mnemonic) });
  const near = nearest(mnemonic.text.toLowerCase(), mnemonics());
  const [first] = meant;
  const hint = first !== undefined ? `; did you mean ${first.text}?` : near.length === 0 ? '' : `; did you mean ${choice(near)}?`;
  const message = `there is no instruction ${mnemonic.text}${hint}`;
  return new Fault('unknown-mnemonic', message, mnemonic, [...meant, ...changeTo(near, mnemonic)].slice(0, 3));
}
