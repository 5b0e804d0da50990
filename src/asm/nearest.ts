// Names that a mistyped one may have meant.

/** Up to three of `names` that are one slip away from `name` (a letter more, less, changed or swapped), or two when it is long; the
 * likeliest first. */
export function nearest(name: string, names: Iterable<string>): string[] {
  const limit = name.length >= 5 ? 2 : 1;
  const found: { text: string; distance: number }[] = [];
  if (name.length < 2) return [];
  for (const text of names) {
    if (Math.abs(text.length - name.length) > limit) continue;
    const d = distance(name, text, limit);
    if (d <= limit) found.push({ text, distance: d });
  }
  found.sort((a, b) => a.distance - b.distance || shared(b.text, name) - shared(a.text, name) || (a.text < b.text ? -1 : 1));
  const best = found[0]?.distance;
  return found
    .filter((f) => f.distance === best)
    .slice(0, 3)
    .map((f) => f.text);
}

/** Length of the common beginning. */
function shared(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n += 1;
  return n;
}

/** Insertions, deletions, substitutions and swaps of neighbours that lead from one to the other; more than `limit` is not told apart. */
function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min((previous[j] as number) + 1, (row[j - 1] as number) + 1, (previous[j - 1] as number) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, (before[j - 2] as number) + 1);
      row.push(d);
      if (d < least) least = d;
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length] as number;
}
