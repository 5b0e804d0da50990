// The order in which a row's rules are asked, and what each answer says: shared by register accesses, system instructions and the instructions
// that controls take. Knows nothing of syndromes beyond the exception class.
import { announcement, holds } from '#arch/features';
import { type Direction, parsePresence, type TrapRow, type TrapRule, trapsOf } from '#arch/sysreg';
import { because, type Cause } from './cause.ts';
import type { Compiler, Test } from './compile.ts';
import type { ControlView } from './control-view.ts';

/** What stops an access; `target` is only for a trap: an UNDEFINED instruction goes where every exception of its level goes. */
export type Stopped =
  | { readonly kind: 'undefined'; readonly cause: Cause }
  | { readonly kind: 'trap'; readonly target: 1 | 2; readonly ec: number; readonly cause: Cause };

interface Ready {
  readonly rule: TrapRule;
  readonly test: Test;
}

/** A row made ready for one direction: undefined when no control of this processor concerns it. */
export interface Rules {
  /** The first rule that holds at the view's Exception level. */
  first(view: ControlView): Stopped | undefined;
}

/** Makes a row's rules for a direction ready. */
export function compileRules(compiler: Compiler, row: TrapRow, direction: Direction): Rules {
  const byLevel: [Ready[], Ready[], Ready[]] = [[], [], []];
  for (const rule of trapsOf(row, direction)) {
    // What concerns EL2 is gone with EL2; so is an EL2 to trap to.
    if (!compiler.present('EL2', row.name) && (rule.from === 2 || rule.to === 2)) continue;
    const test = compiler.condition(rule.condition);
    if (test !== undefined) byLevel[rule.from].push({ rule, test });
  }
  return {
    first(view) {
      for (const { rule, test } of byLevel[view.el]) {
        if (!test.holds(view)) continue;
        const cause = test.facts(view, rule.id, consequence(row, direction, rule));
        const shown = cause.length > 0 ? cause : because(rule.id, consequence(row, direction, rule));
        return rule.to === 'undefined'
          ? { kind: 'undefined', cause: shown }
          : { kind: 'trap', target: rule.to, ec: rule.ec, cause: shown };
      }
      return undefined;
    },
  };
}

/** UNDEFINED because a feature is not announced; undefined when it is. */
export function missingFeature(compiler: Compiler, row: TrapRow): Stopped | undefined {
  if (row.feature === '' || compiler.present(row.feature, row.name)) return undefined;
  const missing: string[] = [];
  holds(parsePresence(row.feature, row.name), (term) => {
    const there = term.kind !== 'feature' || compiler.present(term.name, row.name);
    if (!there && term.kind === 'feature') missing.push(term.name);
    return there;
  });
  const names = missing.length > 0 ? missing : [row.feature];
  const where = names.map((name) => `${name} (${announcement(name)})`).join(', ');
  return {
    kind: 'undefined',
    cause: because(`${row.name} feature`, `${row.name} needs ${where}, which this processor does not announce.`),
  };
}

/** UNDEFINED because it cannot execute at this Exception level at all. */
export function belowLevel(row: TrapRow, el: number, needed: number): Stopped {
  const doc =
    needed === 3
      ? `${row.name} belongs to EL3, which this processor does not have.`
      : `${row.name} can be used from EL${needed} up, and this is EL${el}.`;
  return { kind: 'undefined', cause: because(`${row.name} level`, doc) };
}

function consequence(row: TrapRow, direction: Direction, rule: TrapRule): string {
  const what = direction === 'execute' ? `${row.name} at EL${rule.from}` : `A ${direction} of ${row.name} at EL${rule.from}`;
  return rule.to === 'undefined' ? `${what} is UNDEFINED.` : `${what} is trapped to EL${rule.to}.`;
}
