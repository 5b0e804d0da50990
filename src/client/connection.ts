// The page's end of the worker: starts it, wraps it with Comlink, and starts it anew after it was lost. Owns no state of the machine.

import { proxy, type Remote, wrap } from 'comlink';
import type { MachineUpdate, WorkerApi } from '#protocol';

/** The worker's requests, and what to do when it is beyond answering. */
export interface Connection {
  readonly api: Remote<WorkerApi>;
  /** Ends the worker at once, whatever it does. */
  terminate(): void;
}

/** Starts a worker. `onUpdate` gets every batched update, `onLost` an uncaught error of the worker itself. */
export function connect(onUpdate: (update: MachineUpdate) => void, onLost: (message: string) => void): Connection {
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'trapscope-machine' });
  worker.addEventListener('error', (event) => onLost(event.message || 'the worker could not be started'));
  const api = wrap<WorkerApi>(worker);
  void api.subscribe(proxy(onUpdate));
  return { api, terminate: () => worker.terminate() };
}
