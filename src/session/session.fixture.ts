// A session on a thread of the test's own: it runs when it is told to, and gives its last update.
import { assert } from '#base';
import { DEFAULT_BOARD, type Project } from '#project';
import type { MachineUpdate, Reply, RunControl, WorkerApi } from '#protocol';
import { createSession } from './session.ts';

/** The value of a reply that has one. */
export function need<T>(reply: Reply<T>): T {
  assert(reply.ok, reply.ok ? '' : reply.error.message);
  return reply.value;
}

export interface Running {
  readonly api: WorkerApi;
  readonly last: () => MachineUpdate;
  /** Runs until the machine stands still. */
  readonly run: (kind?: Exclude<RunControl['kind'], 'to-line'>) => void;
}

/** A session with this program at reset. */
export function session(source: string, change: Partial<Project> = {}): Running {
  const waiting: (() => void)[] = [];
  let update: MachineUpdate | undefined;
  const api = createSession({ defer: (callback) => waiting.push(callback), now: () => 0 });
  api.subscribe((next) => {
    update = next;
  });
  const project: Project = {
    version: 1,
    name: 'test.s',
    source,
    board: { ...DEFAULT_BOARD, memory: 4 << 20 },
    config: {},
    rules: [],
    breakpoints: [],
    ...change,
  };
  const loaded = need(api.load(project));
  assert(loaded.program.ok, loaded.program.diagnostics.map((d) => `${d.line}: ${d.message}`).join('\n'));
  const last = (): MachineUpdate => {
    assert(update, 'an update');
    return update;
  };
  return {
    api,
    last,
    run(kind = 'run') {
      need(api.control({ kind }));
      for (let n = 0; n < 10_000 && last().status.kind === 'running'; n += 1) waiting.shift()?.();
      assert(last().status.kind !== 'running', 'it runs for ever');
    },
  };
}
