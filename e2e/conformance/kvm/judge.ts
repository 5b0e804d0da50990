// The model of KVM/arm64 against behaviours of the kernel. cases.jsonl states them, one a line; scripts/ID.jsonl makes one executable through
// `trapscope vmm`; a case that the model cannot express stands in skipped.json with the reason. The script language is described in README.md.
import { existsSync, readFileSync } from 'node:fs';
import { Session } from '../../../src/cli/vmm-session.ts';
import { type Outcome, path, rows } from '../outcome.ts';
import { differs, type Json, resolve, type Saved, UnknownName } from './match.ts';

type Step = Readonly<Record<string, Json>>;

export function kvm(): readonly Outcome[] {
  const skipped = new Map(
    (JSON.parse(readFileSync(path('kvm/skipped.json'), 'utf8')) as { id: string; reason: string }[]).map(({ id, reason }) => [
      id,
      reason,
    ]),
  );
  return rows<{ id: string; area: string }>('kvm/cases.jsonl').map(({ id, area }) => {
    const reason = skipped.get(id);
    if (reason !== undefined) return { group: area, id, skipped: reason };
    const script = `kvm/scripts/${id}.jsonl`;
    if (!existsSync(path(script))) return { group: area, id, failure: `${id}: no script yet` };
    const failure = hold(rows<Step>(script), (steps) => play(script, steps));
    return { group: area, id, ...(failure === undefined ? {} : { failure: `${id}: ${failure}` }) };
  });
}

type Played = { readonly results: readonly Step[]; readonly why?: string };

/** Plays the steps alone, as `trapscope vmm` does but without a process for each of hundreds of scripts; `why` when the script itself is refused. */
function play(file: string, steps: readonly Step[]): Played {
  const session = new Session();
  const results: Step[] = [];
  for (const [at, step] of steps.entries()) {
    try {
      results.push(JSON.parse(JSON.stringify(session.step({ file, line: at + 1 }, JSON.stringify(step)))) as Step);
    } catch (error) {
      return { results, why: error instanceof Error ? error.message : String(error) };
    }
  }
  return { results };
}

/** Plays a script and holds each result to its `expect`; the reason of the first failure. */
export function hold(script: readonly Step[], player: (steps: readonly Step[]) => Played): string | undefined {
  const saved: Saved = new Map();
  const steps: Step[] = [];
  const check = ({ results, why }: Played, upTo: number): string | undefined => {
    for (const [at, line] of script.slice(0, upTo).entries()) {
      const result = results[at];
      const name = `step ${at + 1} (${line.ioctl ?? Object.keys(line)[0]}${line.reg === undefined ? '' : ` ${line.reg}`})`;
      if (result === undefined) return `${name}: ${why ?? 'no result'}`;
      const difference = differs(line.expect ?? { ret: { $not: -1 } }, result, '', saved);
      if (difference !== undefined)
        return `${name}: ${difference}${result.errno === undefined || difference.includes('errno') ? '' : ` (${result.errno})`}`;
    }
    return why;
  };
  for (const [at, line] of script.entries()) {
    const { expect: _, ...bare } = line;
    let step = resolved(bare, saved);
    if (step === undefined) {
      // A value that is not known yet: the lines before this one give it. The command is deterministic, so they may run again.
      const failure = check(player(steps), at);
      if (failure !== undefined) return failure;
      step = resolved(bare, saved);
      if (step === undefined) return `step ${at + 1}: uses a value that no step before it saves`;
    }
    steps.push(step);
  }
  return check(player(steps), script.length);
}

function resolved(step: Step, saved: Saved): Step | undefined {
  try {
    return resolve(step, saved) as Step;
  } catch (error) {
    if (error instanceof UnknownName) return undefined;
    throw error;
  }
}
