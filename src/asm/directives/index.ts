// All directives by name.
import type { Directive } from '../assembler.ts';
import { conditionalDirectives } from './conditionals.ts';
import { data } from './data.ts';
import { others } from './others.ts';
import { repetition } from './repetition.ts';
import { sections } from './sections.ts';
import { spaces } from './space.ts';
import { symbols } from './symbols.ts';

const ALL: readonly Directive[] = [
  ...sections,
  ...data,
  ...spaces,
  ...symbols,
  ...repetition,
  ...conditionalDirectives,
  ...others,
];

function byName(rows: readonly Directive[]): ReadonlyMap<string, Directive> {
  return new Map(rows.flatMap((row) => row.names.map((name) => [name, row] as const)));
}

/** Every directive by each of its names (with the dot, lower case). */
export const directives: ReadonlyMap<string, Directive> = byName(ALL);

/** Those that count even where statements are left out. */
export const conditionals: ReadonlyMap<string, Directive> = byName(conditionalDirectives);

/** What there is to say about a directive. */
export interface DirectiveRow {
  /** With their dots; the first is the usual one. */
  readonly names: readonly string[];
  /** What follows the name. */
  readonly syntax: string;
  readonly doc: string;
}

/** All directives. */
export function directiveRows(): readonly DirectiveRow[] {
  return ALL;
}

/** The directive of this name (with its dot, any case). */
export function directiveByName(name: string): DirectiveRow | undefined {
  return directives.get(name.toLowerCase());
}
