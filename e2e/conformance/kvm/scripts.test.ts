// Every behaviour of cases.jsonl as a test with its id: its script is played in this process by the command's own session. What is skipped says why.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Session } from '../../../src/cli/vmm-session.ts';
import { path, rows } from '../outcome.ts';
import { hold } from './judge.ts';
import type { Json } from './match.ts';

type Step = Readonly<Record<string, Json>>;

const skipped = new Map(
  (JSON.parse(readFileSync(path('kvm/skipped.json'), 'utf8')) as { id: string; reason: string }[]).map(({ id, reason }) => [
    id,
    reason,
  ]),
);

function play(steps: readonly Step[]): { readonly results: readonly Step[]; readonly why?: string } {
  const session = new Session();
  const results: Step[] = [];
  try {
    for (const [i, step] of steps.entries()) {
      results.push(JSON.parse(JSON.stringify(session.step({ file: 'script', line: i + 1 }, JSON.stringify(step)))) as Step);
    }
  } catch (error) {
    return { results, why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  return { results };
}

for (const { id, when, then } of rows<{ id: string; when: string; then: string }>('kvm/cases.jsonl')) {
  const reason = skipped.get(id);
  const script = `kvm/scripts/${id}.jsonl`;
  if (reason !== undefined) test.skip(`${id}: ${reason}`, () => undefined);
  else
    test(`${id}: ${when}: ${then}`, () => {
      expect(existsSync(path(script)), 'a script').toBe(true);
      expect(hold(rows<Step>(script), play)).toBeUndefined();
    });
}
