// Makes a program that ends differently as short as it gets, trying many shorter ones in one run; and says what went into its last unit.
import { type Compared, compare, type Pair } from './campaign.ts';
import { SLOTS } from './layout.ts';
import type { Program, Unit } from './program.ts';

export type Minimal = {
  readonly program: Program;
  readonly difference: string;
  /** X0 to X30 before the last unit, on the first engine; undefined when it is more than a unit that counts. */
  readonly before: readonly bigint[] | undefined;
};

export function minimise(program: Program, pair: Pair): Minimal {
  let best = program;
  let difference = firstFailing([program], pair)?.difference ?? '(gone when run alone)';
  const take = (found: Compared | undefined): boolean => {
    if (found?.difference === undefined) return false;
    best = found.program;
    difference = found.difference;
    return true;
  };
  // First the shortest beginning that still fails, then every single thing that can be left out, largest first, until nothing can.
  const whole = best;
  take(
    firstFailing(
      spread(whole.units.length).map((count) => ({ ...whole, units: whole.units.slice(0, count) })),
      pair,
    ),
  );
  for (let turn = 0; turn < 60; turn++) {
    const shorter = edits(best.units).map((units) => ({ ...best, units }));
    if (!take(firstFailing(shorter, pair))) break;
  }
  for (let at = 0; at < 31; at += 8) {
    const less = { ...best, x: best.x.map((value, n) => (n >= at && n < at + 8 && value !== 'middle' ? 0n : value)) };
    take(firstFailing([less], pair));
  }
  const before = best.units.length === 0 ? [] : compare([{ ...best, units: best.units.slice(0, -1) }], pair);
  const [state] = before;
  return {
    program: best,
    difference,
    before: state?.difference === undefined ? state?.result?.x : undefined,
  };
}

function firstFailing(programs: readonly Program[], pair: Pair): Compared | undefined {
  return compare(programs, pair).find(({ difference }) => difference !== undefined);
}

/** 0 to `length`, thinned out where there are more than fit into one run. */
function spread(length: number): readonly number[] {
  const step = Math.ceil((length + 1) / SLOTS);
  return Array.from({ length: Math.ceil((length + 1) / step) }, (_, at) => Math.min(length, at * step));
}

/** Lists that are shorter by a run of units, or by what stands around a body; as many as fit into one run. */
function edits(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const found: (readonly Unit[])[] = [];
  for (let size = units.length >> 1; size > 1; size >>= 1)
    for (let at = 0; at + size <= units.length; at += size) found.push([...units.slice(0, at), ...units.slice(at + size)]);
  found.push(...single(units));
  return found.slice(0, SLOTS);
}

function single(units: readonly Unit[]): readonly (readonly Unit[])[] {
  return units.flatMap((one, at) => {
    const around = (...middle: readonly Unit[]) => [...units.slice(0, at), ...middle, ...units.slice(at + 1)];
    if (one.body.length === 0) return [around()];
    return [around(), around(...one.body), ...single(one.body).map((body) => around({ ...one, body }))];
  });
}
