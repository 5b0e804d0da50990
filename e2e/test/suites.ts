// The suites of the one test command: what each runs, and how its real result is read. Counts come from the tools' reports, never from this file.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** `again`: how many of the passed did so only on their second try. */
export type Count = { readonly passed: number; readonly failed: number; readonly again?: number };

export type Suite = {
  readonly name: string;
  /** Suites that must not have failed before: without a build there is nothing to test in a browser. */
  readonly needs: readonly string[];
  readonly run: () => Count;
};

/** One check: passed when the command's exit status is 0. */
function command(name: string, args: readonly string[], needs: readonly string[] = []): Suite {
  return { name, needs, run: () => (execute(args) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }) };
}

/** A command that writes a report with its counts; a failure that the report does not show counts as one. */
function reported(
  name: string,
  args: (report: string) => readonly string[],
  read: (report: unknown) => Count,
  needs: readonly string[] = [],
): Suite {
  return {
    name,
    needs,
    run: () => {
      const report = `.cache/test/${name}.json`;
      mkdirSync(dirname(report), { recursive: true });
      rmSync(report, { force: true });
      const status = execute(args(report), { PLAYWRIGHT_JSON_OUTPUT_NAME: report });
      const count = readReport(report, read);
      return count.failed === 0 && (status !== 0 || count.passed === 0) ? { ...count, failed: 1 } : count;
    },
  };
}

function readReport(file: string, read: (report: unknown) => Count): Count {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function execute([program = '', ...args]: readonly string[], env: Readonly<Record<string, string>> = {}): number | null {
  const surroundings = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', CI: '1', ...env };
  return spawnSync(program === 'node' ? process.execPath : `node_modules/.bin/${program}`, args, {
    stdio: ['ignore', 2, 2],
    env: surroundings,
  }).status;
}

/** Vitest's JSON report. A skipped test is a test that did not run: it counts as failed, as does a file that could not be loaded. */
export function countVitest(report: unknown): Count {
  const { numPassedTests, numTotalTests, testResults } = report as {
    numPassedTests: number;
    numTotalTests: number;
    testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
  };
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + broken };
}

/** Playwright's JSON report; skipped tests count as failed. */
export function countPlaywright(report: unknown): Count {
  const { stats, errors } = report as {
    stats: { expected: number; unexpected: number; skipped: number; flaky: number };
    errors: readonly unknown[];
  };
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + stats.skipped + errors.length,
    ...(stats.flaky > 0 && { again: stats.flaky }),
  };
}

export const SUITES: readonly Suite[] = [
  command('types', ['tsc', '-b']),
  command('lint', ['biome', 'ci', '--colors=off']),
  command('dead code', ['knip']),
  command('build web', ['vite', 'build', '--logLevel', 'warn']),
  command('build command', ['vite', 'build', '--ssr', 'src/cli/main.ts', '--logLevel', 'warn']),
  reported('unit', (file) => ['vitest', 'run', 'src', ...vitestReports(file)], countVitest),
  reported('guard and tools', (file) => ['vitest', 'run', 'e2e', ...vitestReports(file)], countVitest, ['build command']),
  reported(
    'conformance',
    (file) => ['node', 'e2e/launch.mjs', 'e2e/conformance/main.ts', '--report', file],
    (report) => report as Count,
    ['build command'],
  ),
  reported('browser', () => ['playwright', 'test', '--reporter=list,json'], countPlaywright, ['build web']),
];

function vitestReports(file: string): readonly string[] {
  return ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
}
