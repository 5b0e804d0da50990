// What every conformance set has in common: its outcome, case by case, and the reading of its files. Knows no set.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** One case. Neither `failure` nor `skipped`: it passed. */
export type Outcome = {
  /** Cases that stand or fall together for the reader: an area, a category. */
  readonly group: string;
  /** Unique within the group. */
  readonly id: string;
  /** What was seen and what was wanted. */
  readonly failure?: string;
  /** Why the set itself does not judge this case. */
  readonly skipped?: string;
};

export type Result = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the built command. `status` is null when it had to be killed after `timeout` milliseconds (60,000). */
export type Run = (
  args: readonly string[],
  options?: { readonly input?: string; readonly cwd?: string; readonly timeout?: number },
) => Result;

export function runner(file: string): Run {
  return (args, { input = '', cwd, timeout = 60_000 } = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
      input,
      cwd,
      timeout,
      encoding: 'utf8',
      maxBuffer: 2 ** 29,
      killSignal: 'SIGKILL',
    });
    return { status, stdout: stdout ?? '', stderr: stderr ?? '' };
  };
}

/** Path of a file of the sets. */
export function path(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** The rows of a JSON Lines file, gzipped or not. */
export function rows<T>(name: string): readonly T[] {
  const bytes = readFileSync(path(name));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** The first line of what a command said for people, for the report of a failure. */
export function complaint({ status, stderr }: Result): string {
  const first = stderr.trim().split('\n', 1)[0] ?? '';
  return `${status === null ? 'killed' : `exit status ${status}`}${first === '' ? '' : `: ${first.slice(0, 200)}`}`;
}
