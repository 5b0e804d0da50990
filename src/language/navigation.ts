// From a name to its definition, its uses and a new name for all of them. Names are labels, assigned symbols, numeric labels and macros.
import type { InspectedMacro } from '#asm';
import { contains, type Document, type Position, type Range } from './document.ts';
import { symbolAt } from './hover.ts';

interface Named {
  readonly name: string;
  readonly what: 'symbol' | 'numeric label' | 'macro';
  /** Where the position's own name stands. */
  readonly range: Range;
  readonly definitions: readonly Range[];
  readonly uses: readonly Range[];
}

function namedAt(document: Document, position: Position): Named | undefined {
  const { inspection } = document;
  const found = symbolAt(inspection, position);
  if (found !== undefined) {
    const { name, numeric, definitions, mentions } = found.symbol;
    return { name, what: numeric ? 'numeric label' : 'symbol', range: found.range, definitions, uses: mentions };
  }
  for (const macro of inspection.macros) {
    const range = [macro.place, ...macro.calls].find((r) => contains(r, position));
    if (range !== undefined) return ofMacro(macro, range);
  }
  return undefined;
}

function ofMacro({ name, place, calls }: InspectedMacro, range: Range): Named {
  return { name, what: 'macro', range, definitions: [place], uses: calls };
}

/** Where the name at a position is defined: several places for a name that is assigned again and again, none for an undefined one. */
export function definitions(document: Document, position: Position): readonly Range[] {
  return namedAt(document, position)?.definitions ?? [];
}

/** Where the name at a position stands, its definitions among them. */
export function references(document: Document, position: Position): readonly Range[] {
  const named = namedAt(document, position);
  if (named === undefined) return [];
  const all = new Map([...named.definitions, ...named.uses].map((r) => [`${r.line}:${r.column}`, r]));
  return [...all.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

export type Rename =
  | { readonly ok: true; readonly edits: readonly { readonly range: Range; readonly text: string }[] }
  /** A sentence for people. */
  | { readonly ok: false; readonly reason: string };

/** The name at a position that can be renamed, or why not. */
export function renameable(document: Document, position: Position): { readonly range: Range; readonly name: string } | string {
  const named = namedAt(document, position);
  if (named === undefined) return 'There is no name here.';
  if (named.what === 'numeric label') return 'A numeric label cannot be renamed: it is found by direction.';
  const ranges = references(document, position);
  const odd = ranges.find((r) => textAt(document, r) !== named.name);
  if (odd !== undefined) return `${named.name} is put together by a macro on line ${odd.line}.`;
  return { range: named.range, name: named.name };
}

/** The edits that give the name at a position another one. */
export function rename(document: Document, position: Position, to: string): Rename {
  const found = renameable(document, position);
  if (typeof found === 'string') return { ok: false, reason: found };
  if (!/^[A-Za-z_.$\u0080-\uffff][\w.$\u0080-\uffff]*$/.test(to))
    return { ok: false, reason: `${to === '' ? 'Nothing' : to} is not a name.` };
  const { symbols, macros, registerNames } = document.inspection;
  const taken =
    symbols.some((s) => s.name === to) || macros.some((m) => m.name.toLowerCase() === to.toLowerCase()) || registerNames.has(to);
  if (taken && to !== found.name) return { ok: false, reason: `${to} is a name already.` };
  return { ok: true, edits: references(document, position).map((range) => ({ range, text: to })) };
}

/** The text at a range, without the quotes of a quoted name. */
function textAt(document: Document, { line, column, endColumn }: Range): string {
  return (document.lines[line - 1] ?? '').slice(column - 1, endColumn - 1).replace(/^"(.*)"$/, '$1');
}
