// The example scripts of guests/vmm, played by the command's own session and held to what they expect.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Session, type StepResult } from '../../src/cli/vmm-session.ts';
import { hold } from '../conformance/kvm/judge.ts';
import type { Json } from '../conformance/kvm/match.ts';

type Step = Readonly<Record<string, Json>>;

const FOLDER = join(import.meta.dirname, '../../guests/vmm');
const SCRIPTS = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'));

function play(steps: readonly Step[]): { readonly results: readonly Step[] } {
  const session = new Session();
  const results = steps.map((step, i): StepResult => session.step({ file: 'script', line: i + 1 }, JSON.stringify(step)));
  return { results: JSON.parse(JSON.stringify(results)) as Step[] };
}

test('ten scripts, each in the table of their page', () => {
  expect(SCRIPTS.length).toBe(10);
  const page = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  for (const script of SCRIPTS) expect(page).toContain(`\`${script.replace('.jsonl', '')}\``);
});

test.each(SCRIPTS)('%s', (script) => {
  const lines = readFileSync(join(FOLDER, script), 'utf8').trim().split('\n');
  expect(
    hold(
      lines.map((line) => JSON.parse(line) as Step),
      play,
    ),
  ).toBeUndefined();
});
