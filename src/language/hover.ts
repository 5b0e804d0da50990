// What the thing under the pointer is: an instruction with its encoding and operation, a symbol, a system register, a directive, a macro, a
// number. Plain data; how it is drawn is the view's business.

import { docOf, fieldsOf, genericName, operationByName, registerByName } from '#arch/sysreg';
import { directiveByName, disassemble, type InspectedInstruction, type InspectedSymbol, type Inspection } from '#asm';
import { instructionGroups, operationText, type Pattern, type Token } from '#isa';
import { contains, type Document, type Position, type Range } from './document.ts';
import { type FlagUse, flagUse, type PossibleTrap, possibleTraps, trapsOfRow } from './effects.ts';

/** Bits of an encoding that belong together. */
export interface BitSpan {
  readonly msb: number;
  readonly lsb: number;
  /** '' for fixed bits. */
  readonly name: string;
  readonly value: number;
  /** 'should-be': bits that are written but not looked at; 'repeat': bits that repeat a field. */
  readonly kind: 'fixed' | 'field' | 'should-be' | 'repeat';
}

export interface InstructionHover {
  readonly kind: 'instruction';
  /** Name of the row in the tables, and the title of its group in the manual. */
  readonly row: string;
  readonly group: string;
  readonly address: bigint;
  readonly word: number;
  /** As objdump writes it. */
  readonly text: string;
  readonly bits: readonly BitSpan[];
  readonly doc: string;
  /** FEAT_ name, when it is not in Armv8.0. */
  readonly feature: string | undefined;
  /** Why the model does not execute it. */
  readonly notModelled: string | undefined;
  /** What it does, a step a line. */
  readonly operation: readonly string[];
  readonly flags: FlagUse;
  readonly unpredictable: readonly { readonly doc: string; readonly choice: string; readonly source: string }[];
  readonly traps: readonly PossibleTrap[];
}

export interface SystemRegisterHover {
  readonly kind: 'system-register';
  readonly name: string;
  /** `S3_0_C1_C0_0`, or the operands of SYS. */
  readonly encoding: string;
  readonly doc: string;
  readonly access: string;
  readonly feature: string | undefined;
  readonly fields: readonly { readonly name: string; readonly msb: number; readonly lsb: number }[];
  readonly traps: readonly PossibleTrap[];
}

export type HoverContent =
  | InstructionHover
  | SystemRegisterHover
  | {
      readonly kind: 'symbol';
      readonly name: string;
      readonly what: 'label' | 'constant' | 'undefined';
      readonly value: bigint | undefined;
      readonly section: string | undefined;
      readonly definition: Range | undefined;
      readonly uses: number;
    }
  | { readonly kind: 'directive'; readonly name: string; readonly syntax: string; readonly doc: string }
  | { readonly kind: 'macro'; readonly name: string; readonly formals: readonly string[]; readonly body: readonly string[] }
  | { readonly kind: 'register-name'; readonly name: string; readonly register: string }
  | { readonly kind: 'number'; readonly value: bigint };

export interface Hover {
  readonly range: Range;
  readonly content: HoverContent;
}

/** What is at a position; undefined where there is nothing to say. */
export function hover(document: Document, position: Position): Hover | undefined {
  const { inspection } = document;
  const symbol = symbolAt(inspection, position);
  if (symbol !== undefined) return { range: symbol.range, content: symbolHover(symbol.symbol) };
  const statement = document.statementAt(position.line, position.column);
  if (statement === undefined) return undefined;
  const { tokens, head } = statement;
  const token =
    tokens.find((t) => t.kind !== 'end' && t.column <= position.column && position.column < t.end) ??
    tokens.find((t) => t.kind !== 'end' && t.end === position.column);
  if (token === undefined) return undefined;
  const range = { line: position.line, column: token.column, endColumn: token.end };
  const first = tokens[head] as Token;
  if (token === first) {
    const macro = inspection.macros.findLast((m) => m.name.toLowerCase() === token.text.toLowerCase());
    if (macro !== undefined)
      return { range, content: { kind: 'macro', name: macro.name, formals: macro.formals, body: macro.body } };
    const directive = directiveByName(token.text);
    if (directive !== undefined)
      return { range, content: { kind: 'directive', name: token.text, syntax: directive.syntax, doc: directive.doc } };
  } else if (token.kind === 'word') {
    const named = inspection.registerNames.get(token.text);
    if (named !== undefined) return { range, content: { kind: 'register-name', name: token.text, register: named } };
    const system = systemHover(first.text.toLowerCase(), token.text);
    if (system !== undefined) return { range, content: system };
  } else if (token.kind === 'number') return { range, content: { kind: 'number', value: token.value } };
  const instruction = inspection.instructions.find((i) => contains(i.place, position));
  return instruction === undefined ? undefined : instructionHover(instruction);
}

/** The symbol at a position, and where it stands there. */
export function symbolAt(
  inspection: Inspection,
  position: Position,
): { readonly symbol: InspectedSymbol; readonly range: Range } | undefined {
  for (const symbol of inspection.symbols) {
    const range = [...symbol.definitions, ...symbol.mentions].find((r) => contains(r, position));
    if (range !== undefined) return { symbol, range };
  }
  return undefined;
}

function symbolHover({ name, label, value, definitions, mentions }: InspectedSymbol): HoverContent {
  return {
    kind: 'symbol',
    name,
    what: definitions.length === 0 ? 'undefined' : label ? 'label' : 'constant',
    value: value?.value,
    section: value?.section,
    definition: definitions[0],
    uses: mentions.length,
  };
}

function systemHover(mnemonic: string, word: string): SystemRegisterHover | undefined {
  if (mnemonic === 'mrs' || mnemonic === 'msr' || mnemonic === 'mrrs' || mnemonic === 'msrr') {
    const row = registerByName(word);
    if (row === undefined) return undefined;
    const fields = fieldsOf(row).flatMap(({ name, parts }) => parts.map(({ msb, lsb }) => ({ name, msb, lsb })));
    return {
      kind: 'system-register',
      name: row.name,
      encoding: genericName(row.encoding),
      doc: docOf(row),
      access: row.access,
      feature: row.feature === '' ? undefined : row.feature,
      fields,
      traps: trapsOfRow(row, mnemonic.startsWith('mr') ? 'read' : 'write'),
    };
  }
  const operation = operationByName(`${mnemonic} ${word}`);
  if (operation === undefined) return undefined;
  return {
    kind: 'system-register',
    name: operation.name,
    encoding: genericName(operation.encoding),
    doc: docOf(operation),
    access: 'operation',
    feature: operation.feature === '' ? undefined : operation.feature,
    fields: [],
    traps: trapsOfRow(operation, 'execute'),
  };
}

const NAMES = new Map(
  instructionGroups.flatMap((g) => g.instructions.map(({ name, row }) => [row, { name, group: g.title }] as const)),
);

function instructionHover({ place, address, encoded }: InspectedInstruction): Hover | undefined {
  if (encoded === undefined) return undefined;
  const { word, form, fields } = encoded;
  const { row } = form;
  const named = NAMES.get(row);
  return {
    range: place,
    content: {
      kind: 'instruction',
      row: named?.name ?? form.name,
      group: named?.group ?? '',
      address,
      word,
      text: disassemble(word, { pc: address }),
      bits: bitSpans(row.pattern, word),
      doc: form.alias?.doc ?? row.doc,
      feature: row.feature,
      notModelled: row.notModelled,
      operation: operationText({ row, fields }),
      flags: flagUse(row, fields),
      unpredictable: row.unpredictable.filter((u) => u.when(fields)).map(({ doc, choice, source }) => ({ doc, choice, source })),
      traps: possibleTraps(row, fields),
    },
  };
}

/** The 32 bits of a word by what they belong to, from bit 31 down. */
export function bitSpans(pattern: Pattern, word: number): BitSpan[] {
  const owner = (bit: number): Pick<BitSpan, 'name' | 'kind'> & { readonly lsb?: number } => {
    const field = pattern.fields.find((f) => f.lsb <= bit && bit <= f.msb);
    if (field !== undefined) return { name: field.name, kind: 'field', lsb: field.lsb };
    const repeat = pattern.repeats.find((f) => f.lsb <= bit && bit <= f.msb);
    if (repeat !== undefined) return { name: repeat.name, kind: 'repeat', lsb: repeat.lsb };
    return { name: '', kind: (pattern.shouldBeMask >>> bit) & 1 ? 'should-be' : 'fixed' };
  };
  const spans: BitSpan[] = [];
  for (let msb = 31; msb >= 0; ) {
    const { name, kind, lsb: known } = owner(msb);
    let lsb = known ?? msb;
    while (known === undefined && lsb > 0) {
      const next = owner(lsb - 1);
      if (next.kind !== kind || next.name !== '') break;
      lsb -= 1;
    }
    spans.push({ msb, lsb, name, kind, value: ((word >>> lsb) & (2 ** (msb - lsb + 1) - 1)) >>> 0 });
    msb = lsb - 1;
  }
  return spans;
}
