// Finding a command by a few letters: the letters must come in order; starts of words and runs count more. Pure.

/** How well a text matches, and at which positions, for emphasis. */
export interface FuzzyMatch {
  readonly score: number;
  readonly at: readonly number[];
}

/** The least score per letter that counts. */
const ENOUGH = 4;
/** What being behind costs. */
const BEHIND = 4;

/**
 * Matches `query` against `text`, ignoring case and spaces in the query. Undefined when it does not match; an empty query matches
 * everything with score 0. The best of all placements is found, so `sto` prefers “Step over” by its word starts.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  if (wanted === '') return { score: 0, at: [] };
  const here = text.toLowerCase();
  // best[j]: the best placement of the letters so far whose last letter stands at j
  let best = new Map<number, FuzzyMatch>();
  for (let i = 0; i < wanted.length; i++) {
    const next = new Map<number, FuzzyMatch>();
    for (let j = i; j < here.length; j++) {
      if (here[j] !== wanted[i]) continue;
      const start = j === 0 || /[^a-z0-9]/.test(here[j - 1] ?? ' ') ? 8 : 0;
      if (i === 0) {
        next.set(j, { score: start - j * 0.1, at: [j] });
        continue;
      }
      let found: FuzzyMatch | undefined;
      for (const [k, match] of best) {
        if (k >= j) continue;
        const run = k === j - 1 ? 6 : -Math.min(3, (j - k) * 0.2);
        const score = match.score + start + run;
        if (!found || score > found.score) found = { score, at: [...match.at, j] };
      }
      if (found) next.set(j, found);
    }
    best = next;
  }
  let winner: FuzzyMatch | undefined;
  for (const match of best.values()) if (!winner || match.score > winner.score) winner = match;
  // Letters strewn over a long text match nearly anything: that is no find.
  if (!winner || winner.score < ENOUGH * wanted.length) return undefined;
  return { ...winner, score: winner.score - here.length * 0.02 };
}

/**
 * The items whose text matches, best first; with an empty query all, in their order. Items that are `behind` come after others
 * that match as well.
 */
export function fuzzySort<T>(
  query: string,
  items: readonly T[],
  text: (item: T) => string,
  behind: (item: T) => boolean = () => false,
): { item: T; at: readonly number[] }[] {
  return items
    .flatMap((item) => {
      const match = fuzzyMatch(query, text(item));
      return match ? [{ item, at: match.at, score: match.score - (behind(item) ? BEHIND : 0) }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ item, at }) => ({ item, at }));
}
