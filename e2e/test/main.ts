// The one test command: everything, in order, on a bare system.
//   npm test [-- SUITE…]
// First sees to it that the system's programs are there; then runs every suite, also after a failure; closes with `N passed, N failed` alone on a line.
// Nothing is skipped: what could not run counts as failed. Exit status 0 only if all passed.
import { type Program, provide, versionOf } from '../setup/programs.ts';
import { type Count, SUITES, type Suite } from './suites.ts';

const SHOWN: readonly Program[] = ['chromium', 'qemu-system-aarch64', 'aarch64-linux-gnu-as'];

export async function main(argv: readonly string[]): Promise<number> {
  const unknown = argv.find((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    console.log(`there is no suite '${unknown}': ${SUITES.map(({ name }) => `'${name}'`).join(', ')}`);
    return 2;
  }
  const trouble = provide(console.log);
  if (trouble !== undefined) {
    console.log(trouble);
    return 1;
  }
  console.log(`Node ${process.version}`);
  for (const name of SHOWN) console.log(versionOf(name));
  const rows = runAll(SUITES.filter(({ name }) => argv.length === 0 || argv.includes(name)));
  const total = rows.reduce((sum, { count }) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed }), {
    passed: 0,
    failed: 0,
  });
  console.log(`\n${'suite'.padEnd(18)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'seconds'.padStart(9)}`);
  for (const { suite, count, seconds, note } of rows) {
    console.log(
      `${suite.name.padEnd(18)}${String(count.passed).padStart(8)}${String(count.failed).padStart(8)}${seconds.toFixed(1).padStart(9)}${note}`,
    );
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

type Row = { readonly suite: Suite; readonly count: Count; readonly seconds: number; readonly note: string };

function runAll(suites: readonly Suite[]): readonly Row[] {
  const failed = new Set<string>();
  return suites.map((suite) => {
    const missing = suite.needs.find((name) => failed.has(name));
    const start = performance.now();
    if (missing === undefined) console.log(`\n── ${suite.name}`);
    const count = missing === undefined ? suite.run() : { passed: 0, failed: 1 };
    if (count.failed > 0) failed.add(suite.name);
    return {
      suite,
      count,
      seconds: (performance.now() - start) / 1000,
      note: missing === undefined ? secondTries(count) : `  not run: ${missing} failed`,
    };
  });
}

function secondTries({ again }: Count): string {
  return again === undefined ? '' : `  ${again} on the second try`;
}
