// Runs programs on two engines and says which end differently. A batch that an engine does not survive is halved until the program is found.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { difference } from './difference.ts';
import type { Engine } from './engines.ts';
import { build } from './image.ts';
import { RESULT_SIZE, SLOTS } from './layout.ts';
import type { Program } from './program.ts';
import { type Result, resultOf } from './results.ts';

export type Pair = {
  readonly engines: readonly [Engine, Engine];
  /** Where batches are built and run. */
  readonly folder: string;
  /** Milliseconds that the engines took together, by name. */
  readonly spent: Map<string, number>;
};

export type Compared = {
  readonly program: Program;
  /** In words; undefined: equal. */
  readonly difference: string | undefined;
  /** What the first engine made of it, if it got that far. */
  readonly result: Result | undefined;
};

/** With a folder of its own for as long as `action` takes. */
export function withPair<T>(engines: readonly [Engine, Engine], action: (pair: Pair) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-fuzz-'));
  try {
    return action({ engines, folder, spent: new Map() });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each program with its difference, in order. */
export function compare(programs: readonly Program[], pair: Pair): readonly Compared[] {
  if (programs.length > SLOTS) {
    const rest = compare(programs.slice(SLOTS), pair);
    return [...compare(programs.slice(0, SLOTS), pair), ...rest];
  }
  if (programs.length === 0) return [];
  const elf = build(programs, pair.folder);
  const [left, right] = pair.engines;
  const [a, b] = pair.engines.map((engine) => {
    const start = performance.now();
    const ran = engine.run(elf, pair.folder);
    pair.spent.set(engine.name, (pair.spent.get(engine.name) ?? 0) + performance.now() - start);
    // A guest may end the machine before the harness writes anything.
    return 'bytes' in ran && ran.bytes.length !== programs.length * RESULT_SIZE ? { trouble: 'ended without its results' } : ran;
  }) as [ReturnType<Engine['run']>, ReturnType<Engine['run']>];
  if ('bytes' in a && 'bytes' in b) {
    const results = programs.map((program, slot) => ({ program, a: resultOf(a.bytes, slot), b: resultOf(b.bytes, slot) }));
    return results.map(({ program, a, b }) => ({ program, difference: difference(a, b, left.name, right.name), result: a }));
  }
  const [only] = programs;
  if (only !== undefined && programs.length === 1) {
    const say = (name: string, ran: typeof a) => ('trouble' in ran ? [`${name}: ${ran.trouble}`] : []);
    return [{ program: only, difference: [...say(left.name, a), ...say(right.name, b)].join('; '), result: undefined }];
  }
  const half = programs.length >> 1;
  return [...compare(programs.slice(0, half), pair), ...compare(programs.slice(half), pair)];
}
