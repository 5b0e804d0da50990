// All directives by name.
import type { Directive } from '../assembler.ts';
import { conditionalDirectives } from './conditionals.ts';
import { data } from './data.ts';
import { others } from './others.ts';
import { repetition } from './repetition.ts';
import { sections } from './sections.ts';
import { spaces } from './space.ts';
import { symbols } from './symbols.ts';

function byName(rows: readonly Directive[]): ReadonlyMap<string, Directive> {
  return new Map(rows.flatMap((row) => row.names.map((name) => [name, row] as const)));
}

/** Every directive by each of its names (with the dot, lower case). */
export const directives: ReadonlyMap<string, Directive> = byName([
  ...sections,
  ...data,
  ...spaces,
  ...symbols,
  ...repetition,
  ...conditionalDirectives,
  ...others,
]);

/** Those that count even where statements are left out. */
export const conditionals: ReadonlyMap<string, Directive> = byName(conditionalDirectives);
