// A small hypervisor at EL2 puts guests through every kind of exit and logs what it sees (README.md). Runs it on the built command, area by
// area, and compares the log with what the architecture asks for.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaint, type Outcome, path, type Result, type Run, rows } from '../outcome.ts';
import { type Case, firstDifference } from './compare.ts';
import { DEFAULTS, decode, type Logged, readLog, u64 } from './log.ts';

export type Area = {
  readonly name: string;
  readonly blobs: readonly { readonly file: string; readonly address: string }[];
  readonly log: string;
};
export type Manifest = { readonly stub: string; readonly machine: string; readonly cpu: string; readonly areas: readonly Area[] };

export function manifest(): Manifest {
  return JSON.parse(readFileSync(path('el2/manifest.json'), 'utf8')) as Manifest;
}

export function el2(run: Run): readonly Outcome[] {
  const { stub, areas } = manifest();
  return areas.flatMap((area) =>
    inFolder((cwd) => {
      const blobs = area.blobs.flatMap(({ file, address }) => ['--blob', `${path(`el2/${file}`)}@${address}`]);
      const machine = ['--hypervisor', 'none', '--cpu', 'qemu-7.2-max', '--cpus', '1', '--memory', '512M', '--semihosting', 'on'];
      const result = run(['run', path(`el2/${stub}`), ...machine, '--max-instructions', '1000000000', ...blobs], {
        cwd,
        timeout: 300_000,
      });
      return judgeArea(area, join(cwd, area.log), complaintOf(result), false);
    }),
  );
}

/** In an empty folder of its own: the stub writes its log into the current one. */
export function inFolder<T>(action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-el2-'));
  try {
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function complaintOf(result: Result): string | undefined {
  return result.status === 0 ? undefined : complaint(result);
}

/** The cases of an area against its log; `trouble` is why the run itself failed. With `asQemu` by what QEMU 7.2 did. */
export function judgeArea(area: Area, log: string, trouble: string | undefined, asQemu: boolean): readonly Outcome[] {
  const { cases, error } = load(log);
  const expected = rows<Case>(`el2/expected/${area.name}.jsonl`);
  const why = trouble ?? error ?? 'the log ends before this case';
  const outcomes = expected.map((one, at): Outcome => {
    const name = { group: area.name, id: one.id };
    if (one.dev !== undefined && one.arch === undefined && !asQemu) return { ...name, skipped: one.dev };
    const failure = caseFailure(one, cases[at], why, asQemu);
    return failure === undefined ? name : { ...name, failure: `${one.id}: ${failure}` };
  });
  if (cases.length <= expected.length) return outcomes;
  return [...outcomes, { group: area.name, id: 'extra', failure: `${cases.length - expected.length} results too many` }];
}

function load(log: string): ReturnType<typeof readLog> {
  try {
    return readLog(readFileSync(log));
  } catch {
    return { cases: [], error: 'no log' };
  }
}

function caseFailure(one: Case, logged: Logged | undefined, why: string, asQemu: boolean): string | undefined {
  if (logged === undefined) return why;
  const { dump_addr, dump_len } = logged.end;
  if (dump_addr !== u64(one.p.dump_addr ?? DEFAULTS.dump_addr) || dump_len !== u64(one.p.dump_len))
    return 'the dump is not the one of the case';
  return firstDifference(one, decode(one.p, logged), asQemu);
}
