// Assembly templates: `add {Rd:RSP}, {Rn:RSP}, {imm12:AddImm}{sh:Lsl12}`. A hole names the fields that it fills and the operand kind that
// reads and prints them; the type system refuses a hole that names a field which is not in the pattern, or a kind that does not exist.
// A kind that is optional in the language owns its comma. The mnemonic may carry holes too (`b.{cond:Condition}`): those kinds list their
// spellings, and the form is entered under each. What the text of a source line is, is the assembler's business: it comes as a Cursor.
import { AssertionError } from '#base';

/** A lexical element of an operand list. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly column: number; readonly end: number }
  | { readonly kind: 'number'; readonly value: bigint; readonly text: string; readonly column: number; readonly end: number }
  | { readonly kind: 'float'; readonly text: string; readonly column: number; readonly end: number }
  | { readonly kind: 'string'; readonly text: string; readonly column: number; readonly end: number }
  | { readonly kind: 'punct'; readonly text: string; readonly column: number; readonly end: number }
  | { readonly kind: 'end'; readonly text: ''; readonly column: number; readonly end: number };

/** An evaluated operand expression. */
export interface Value {
  readonly value: bigint;
  /** 'address': depends on where the program lies; 'absolute': a plain number. */
  readonly kind: 'absolute' | 'address';
  /** The relocation operator that stood before it (`lo12`, `pg_hi21`, `abs_g0`, …), already applied to nothing. */
  readonly relocation?: string;
  /** False when it names a symbol that is not known (yet): the value is then 0 and range errors are not reported. */
  readonly known: boolean;
}

/** A position in an operand list; every `parse` moves it. */
export interface Cursor {
  /** Address of the instruction being assembled. */
  readonly pc: bigint;
  /** False for an instruction that stands alone, outside a program: what a linker does is then left undone. */
  readonly linked: boolean;
  peek(ahead?: number): Token;
  next(): Token;
  /** Consumes the punctuation or word (any case) if it is next. */
  accept(text: string): boolean;
  /** Consumes an expression, with or without `#`, or gives undefined and stays when none starts here. */
  expression(): Value | undefined;
  /** Where the cursor is, and back to there. */
  save(): number;
  restore(position: number): void;
  /** `.req` names and the like: the register name that a word stands for. */
  registerName(word: string): string;
}

/** What a kind answers when the text is not its own; `at` is the token it concerns (default: where the cursor is). */
export interface Mismatch {
  readonly message: string;
  readonly at?: Token;
}

/** Field values of one instruction while it is being assembled. `set` is false when the field already has another value. */
export interface FieldWriter {
  get(name: string): number | undefined;
  set(name: string, value: number): boolean;
}

export interface PrintContext {
  readonly pc: bigint;
  /** Name of the symbol at an address, where one is known. */
  readonly symbolAt?: (address: bigint) => string | undefined;
}

/** An operand kind: owns reading, printing and explaining one sort of operand. */
export interface OperandKind {
  /** For people: `a general register or SP`, `0 to 4095, optionally shifted left by 12`. */
  readonly doc: string;
  /** How it is shown in a signature: `<Xd|SP>`, `#<imm>`. */
  readonly shown: string;
  /** True when the operand (with its comma) may be absent. */
  readonly optional?: boolean;
  /** Reads the operand at the cursor into the fields named by the hole; undefined = read. */
  parse(cursor: Cursor, fields: FieldWriter, names: readonly string[]): Mismatch | undefined;
  /** Prints the operand; undefined = these field values cannot be written so (another form has to). */
  print(fields: Readonly<Record<string, number>>, names: readonly string[], context: PrintContext): string | undefined;
  /** Spellings, for kinds used in mnemonics and for completion: text and the values of the hole's fields in order. */
  readonly spellings?: readonly (readonly [text: string, ...values: number[]])[];
}

/** One part of a template. */
export type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'hole'; readonly names: readonly string[]; readonly operand: string };

export interface Template {
  readonly text: string;
  readonly mnemonic: readonly Part[];
  readonly operands: readonly Part[];
}

type Split<Text extends string, By extends string> = Text extends `${infer Head}${By}${infer Tail}`
  ? Head | Split<Tail, By>
  : Text;
type CheckHole<Hole extends string, Names extends string, Kinds extends string> = Hole extends `${infer Fields}:${infer Kind}`
  ? [Exclude<Split<Fields, ','>, Names>] extends [never]
    ? Kind extends Kinds
      ? never
      : `no operand kind ${Kind}`
    : `no field ${Exclude<Split<Fields, ','>, Names>} in the pattern`
  : `{${Hole}} names no kind`;
type HoleErrors<
  Text extends string,
  Names extends string,
  Kinds extends string,
> = Text extends `${string}{${infer Hole}}${infer Rest}` ? CheckHole<Hole, Names, Kinds> | HoleErrors<Rest, Names, Kinds> : never;

/** The template type itself when every hole is right, else a message. */
export type CheckTemplate<Text extends string, Names extends string, Kinds extends string> = [
  HoleErrors<Text, Names, Kinds>,
] extends [never]
  ? Text
  : HoleErrors<Text, Names, Kinds>;

// Some seven hundred templates are read at start-up, so this scans by hand.
function parts(text: string): Part[] {
  const out: Part[] = [];
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf('{', from);
    if (open !== from) out.push({ kind: 'literal', text: open < 0 ? text.slice(from) : text.slice(from, open) });
    if (open < 0) break;
    const close = text.indexOf('}', open);
    const colon = text.lastIndexOf(':', close);
    if (close < 0 || colon < open) throw new AssertionError(`hole in "${text}"`);
    out.push({ kind: 'hole', names: text.slice(open + 1, colon).split(','), operand: text.slice(colon + 1, close) });
    from = close + 1;
  }
  return out;
}

/** Parses a template text: the mnemonic is what stands before the first space. */
export function parseTemplate(text: string): Template {
  const space = text.indexOf(' ');
  if (space < 0) return { text, mnemonic: parts(text), operands: [] };
  return { text, mnemonic: parts(text.slice(0, space)), operands: parts(text.slice(space + 1)) };
}
