// The text of an instruction as GNU objdump writes it: mnemonic, tab, operands. Chooses the alias that the manual prefers: the first
// declared one whose condition holds and whose operands can be written.
import { hexDigits } from '#base';
import { instructionGroups } from './groups.ts';
import { operandKind } from './operands/index.ts';
import type { Alias, Decoded, Fields, Instruction } from './row.ts';
import type { Part, PrintContext, Template } from './syntax.ts';

const ALIASES = new Map<Instruction, Alias[]>();
for (const group of instructionGroups) {
  for (const { alias } of group.aliases) {
    if (alias.use === 'assemble') continue;
    const list = ALIASES.get(alias.of);
    if (list) list.push(alias);
    else ALIASES.set(alias.of, [alias]);
  }
}

function printParts(parts: readonly Part[], fields: Fields, context: PrintContext): string | undefined {
  let text = '';
  for (const part of parts) {
    const piece = part.kind === 'literal' ? part.text : operandKind(part.operand).print(fields, part.names, context);
    if (piece === undefined) return undefined;
    text += piece;
  }
  return text;
}

function printTemplate(template: Template, fields: Fields, context: PrintContext): string | undefined {
  const mnemonic = printParts(template.mnemonic, fields, context);
  const operands = mnemonic === undefined ? undefined : printParts(template.operands, fields, context);
  if (mnemonic === undefined || operands === undefined) return undefined;
  return operands === '' ? mnemonic : `${mnemonic}\t${operands}`;
}

function fits(alias: Alias, fields: Fields): boolean {
  for (const name in alias.fix) if (fields[name] !== alias.fix[name]) return false;
  return alias.when === undefined || alias.when(fields);
}

/** The text of a decoded instruction; with `aliases` false (default true) the architectural name. */
export function printInstruction({ row, fields, word }: Decoded, context: PrintContext, aliases = true): string {
  // A class has no syntax of its own.
  if (row.template.text === '') return `.inst\t0x${hexDigits(word, 8)}`;
  if (aliases) {
    for (const alias of ALIASES.get(row) ?? []) {
      const text = fits(alias, fields) ? printTemplate(alias.template, fields, context) : undefined;
      if (text !== undefined) return text;
    }
  }
  // A row's own template writes all of its field values; the self-checks hold this.
  return printTemplate(row.template, fields, context) as string;
}
