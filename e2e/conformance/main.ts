// The conformance command: runs sets against the built command and holds them to the lists of what does not pass yet.
//   npm run conformance -- [SET…] [--command FILE] [--group PREFIX] [--show N] [--accept [--reason TEXT]]
// --group  only looks: prints the failures of these groups, listed or not, and holds nothing to the list
// --show   how many failures to print for each set (10)
// --accept writes the list anew; with --reason also what has got worse
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { a64 } from './a64/judge.ts';
import { el2 } from './el2/judge.ts';
import { esr } from './esr/judge.ts';
import { kvm } from './kvm/judge.ts';
import { type Outcome, path, type Run, runner } from './outcome.ts';
import { judge, type NotYet, rewrite } from './ratchet.ts';

const SETS: Readonly<Record<string, (run: Run) => readonly Outcome[]>> = { a64, esr, kvm, el2 };

export async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      command: { type: 'string', default: path('../../dist-cli/trapscope.js') },
      group: { type: 'string' },
      show: { type: 'string', default: '10' },
      accept: { type: 'boolean', default: false },
      reason: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const unknown = positionals.find((name) => !Object.hasOwn(SETS, name));
  if (unknown !== undefined || !existsSync(values.command)) {
    console.error(
      unknown === undefined
        ? `${values.command} does not exist: npm run build:cli`
        : `no set '${unknown}': there are ${Object.keys(SETS).join(', ')}`,
    );
    return 2;
  }
  const show = Number(values.show);
  const run = runner(values.command);
  let passed = 0;
  let failed = 0;
  for (const [name, set] of Object.entries(SETS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const start = Date.now();
    const outcomes = set(run);
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    if (values.group !== undefined) {
      const { group } = values;
      look(
        name,
        outcomes.filter((outcome) => outcome.group.startsWith(group)),
        show,
      );
      continue;
    }
    const file = path(`not-yet/${name}.json`);
    const before: readonly NotYet[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
    let verdict = judge(outcomes, before);
    if (values.accept && (verdict.regressions.length === 0 || values.reason !== undefined)) {
      const list = rewrite(outcomes, before, values.reason);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(list, null, 2)}\n`);
      verdict = judge(outcomes, list);
    }
    const { regressions, stale, notYet, skipped } = verdict;
    const wrong = regressions.length + stale.length;
    console.log(
      `${name}: ${verdict.passed} pass, ${notYet} not yet${skipped > 0 ? `, ${skipped} not judged` : ''}${wrong > 0 ? `, ${wrong} wrong` : ''} (of ${outcomes.length}; ${seconds} s)`,
    );
    print(
      'fails',
      regressions.map(({ group, failure }) => `${group}: ${failure}`),
      show,
    );
    print('take off the list (--accept)', stale, show);
    passed += verdict.passed;
    failed += wrong;
  }
  if (values.report !== undefined) writeFileSync(values.report, JSON.stringify({ passed, failed }));
  return failed > 0 ? 1 : 0;
}

/** The failures of some groups, whatever the list says of them. */
function look(name: string, outcomes: readonly Outcome[], show: number): void {
  const failures = outcomes.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  console.log(`${name}: ${outcomes.length - failures.length} of ${outcomes.length} pass`);
  print('fails', failures, show);
}

function print(title: string, lines: readonly string[], show: number): void {
  for (const line of lines.slice(0, show)) console.log(`  ${title}: ${line}`);
  if (lines.length > show) console.log(`  … and ${lines.length - show} more`);
}
