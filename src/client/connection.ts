// The page's ends of its two workers, the machine's and the language's: starts them and wraps them with Comlink. Owns no state of theirs.

import { proxy, type Remote, wrap } from 'comlink';
import type { LanguageApi, MachineUpdate, WorkerApi } from '#protocol';

/** A worker's requests, and what to do when it is beyond answering. */
export interface Connection<Api = WorkerApi> {
  readonly api: Remote<Api>;
  /** Ends the worker at once, whatever it does. */
  terminate(): void;
}

/** Starts the machine's worker. `onUpdate` gets every batched update, `onLost` an uncaught error of the worker itself. */
export function connect(onUpdate: (update: MachineUpdate) => void, onLost: (message: string) => void): Connection {
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'trapscope-machine' });
  worker.addEventListener('error', (event) => onLost(event.message || 'the worker could not be started'));
  const api = wrap<WorkerApi>(worker);
  void api.subscribe(proxy(onUpdate));
  return { api, terminate: () => worker.terminate() };
}

/** Starts the language's worker. `onLost` gets an uncaught error of the worker itself. */
export function connectLanguage(onLost: (message: string) => void): Connection<LanguageApi> {
  const worker = new Worker(new URL('../worker/language.ts', import.meta.url), { type: 'module', name: 'trapscope-language' });
  worker.addEventListener('error', (event) => onLost(event.message || 'the worker could not be started'));
  return { api: wrap<LanguageApi>(worker), terminate: () => worker.terminate() };
}
