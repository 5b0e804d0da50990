// Holds the outcome of a set to the checked-in list of what does not pass yet, in both directions: a case outside the list that fails is
// a regression, a case inside it that passes must be taken off. So the list is always true, and it only gets shorter. Pure functions.
import type { Outcome } from './outcome.ts';

/** A group with cases that do not pass yet. */
export type NotYet = {
  readonly group: string;
  /** How many cases do not pass, of how many; for the reader. */
  readonly count: string;
  /** Which: `all`, or positions within the group in the order of the set, as ranges: `0-4,9`. */
  readonly cases: string;
  readonly reason: string;
};

export type Verdict = {
  readonly passed: number;
  readonly skipped: number;
  readonly notYet: number;
  /** Cases that fail and are not on the list. */
  readonly regressions: readonly Outcome[];
  /** Cases that are on the list and pass, and rows that name no case. */
  readonly stale: readonly string[];
};

/** Compares outcomes with the list. */
export function judge(outcomes: readonly Outcome[], list: readonly NotYet[]): Verdict {
  const groups = byGroup(outcomes);
  const rows = new Map(list.map((row) => [row.group, row]));
  const regressions: Outcome[] = [];
  const stale = list.filter(({ group }) => !groups.has(group)).map(({ group }) => `${group}: no such group`);
  let passed = 0;
  let skipped = 0;
  let notYet = 0;
  for (const [group, cases] of groups) {
    const row = rows.get(group);
    const listed = row === undefined ? new Set<number>() : positions(row.cases, cases.length);
    cases.forEach((outcome, at) => {
      if (outcome.skipped !== undefined) skipped++;
      if (outcome.failure === undefined) {
        if (listed.has(at))
          stale.push(`${group} ${outcome.id}: is on the list and ${outcome.skipped === undefined ? 'passes' : 'is skipped'}`);
        else if (outcome.skipped === undefined) passed++;
      } else if (listed.has(at)) notYet++;
      else regressions.push(outcome);
    });
    for (const at of listed) if (at >= cases.length) stale.push(`${group}: has no case ${at}`);
  }
  return { passed, skipped, notYet, regressions, stale };
}

/** The list that is true of these outcomes. Reasons stay; a group that is new on the list takes `reason`. */
export function rewrite(outcomes: readonly Outcome[], list: readonly NotYet[], reason: string | undefined): readonly NotYet[] {
  const reasons = new Map(list.map((row) => [row.group, row.reason]));
  return [...byGroup(outcomes)].flatMap(([group, cases]) => {
    const failing = cases.flatMap(({ failure }, at) => (failure === undefined ? [] : [at]));
    if (failing.length === 0) return [];
    const why = reasons.get(group) ?? reason;
    if (why === undefined) throw new Error(`${group} is new on the list: give a reason`);
    return [
      {
        group,
        count: `${failing.length} of ${cases.length}`,
        cases: failing.length === cases.length ? 'all' : ranges(failing),
        reason: why,
      },
    ];
  });
}

function byGroup(outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const group = groups.get(outcome.group);
    if (group === undefined) groups.set(outcome.group, [outcome]);
    else group.push(outcome);
  }
  return groups;
}

/** Ascending positions as text: `0-4,9`. */
export function ranges(ascending: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const at of ascending) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] === at - 1) last[1] = at;
    else parts.push([at, at]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

function positions(text: string, count: number): ReadonlySet<number> {
  if (text === 'all') return new Set(Array.from({ length: count }, (_, at) => at));
  return new Set(
    text.split(',').flatMap((part) => {
      const [from = Number.NaN, to = from] = part.split('-').map(Number);
      if (!(Number.isInteger(from) && Number.isInteger(to) && from <= to)) throw new Error(`'${part}' is no range of positions`);
      return Array.from({ length: to - from + 1 }, (_, at) => from + at);
    }),
  );
}
