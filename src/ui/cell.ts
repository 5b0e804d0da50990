// One value outside React that components share (a view's head and its body, say), optionally kept in this browser.
import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from './storage.ts';

/** A shared value. */
export interface Cell<T> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** A cell that starts with `initial`; with `stored` it starts with what was kept under that name, if `parse` accepts it. */
export function createCell<T>(
  initial: T,
  stored?: { readonly key: string; readonly parse: (data: unknown) => T | undefined },
): Cell<T> {
  let value = (stored && readStored(stored.key, stored.parse)) ?? initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      if (stored) writeStored(stored.key, next);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The cell's value, followed. */
export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.get);
}
