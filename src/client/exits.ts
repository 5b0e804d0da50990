// Rows and details of exits, fetched as views need them and kept while the epoch lasts. A row that still waits is fetched again.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ExitDetail, ExitRow } from '#protocol';
import { fetchExitDetail, fetchExitRows } from './actions.ts';
import { useClient } from './store.ts';

const PAGE = 128;
const PAGES_KEPT = 64;

/** Rows by index (0 = exit 1) for a virtual table: `row` answers from what is here, `onRange` brings what is in sight. */
export function useExitRows(): { row: (index: number) => ExitRow | undefined; onRange: (first: number, count: number) => void } {
  const epoch = useClient((s) => s.machine.epoch);
  const exits = useClient((s) => s.machine.exits);
  const status = useClient((s) => s.machine.status.kind);
  const pages = useRef(new Map<number, readonly ExitRow[]>());
  const range = useRef<readonly [first: number, count: number]>([0, 0]);
  const [, redraw] = useState(0);

  const bring = useCallback(async (page: number) => {
    const current = useClient.getState().machine.epoch;
    const rows = await fetchExitRows(page * PAGE + 1, PAGE);
    if (current !== useClient.getState().machine.epoch) return;
    pages.current.delete(page);
    pages.current.set(page, rows);
    for (const old of pages.current.keys()) {
      if (pages.current.size <= PAGES_KEPT) break;
      pages.current.delete(old);
    }
    redraw((n) => n + 1);
  }, []);

  const onRange = useCallback(
    (first: number, count: number) => {
      range.current = [first, count];
      for (let page = Math.floor(first / PAGE); page * PAGE < first + count; page += 1)
        if (!pages.current.has(page)) void bring(page);
    },
    [bring],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch is what empties the cache
  useEffect(() => {
    pages.current.clear();
    redraw((n) => n + 1);
  }, [epoch]);

  // The page that grows, and the rows whose answer came since, are read again when the machine has news.
  // biome-ignore lint/correctness/useExhaustiveDependencies: news is a change of these
  useEffect(() => {
    const [first, count] = range.current;
    for (let page = Math.floor(first / PAGE); page * PAGE < first + count; page += 1) {
      const rows = pages.current.get(page);
      if (!rows || rows.length < PAGE || rows.some((r) => r.waiting)) void bring(page);
    }
  }, [exits, status, epoch, bring]);

  const row = useCallback((index: number) => pages.current.get(Math.floor(index / PAGE))?.[index % PAGE], []);
  return { row, onRange };
}

/** The exit that the card shows (the chosen one, else the newest), read anew when it moved on. */
export function useShownExit(): ExitDetail | undefined {
  const exits = useClient((s) => s.machine.exits);
  const chosen = useClient((s) => s.selection.exit);
  const epoch = useClient((s) => s.machine.epoch);
  const status = useClient((s) => s.machine.status);
  const [detail, setDetail] = useState<{ readonly epoch: number; readonly value: ExitDetail }>();
  const n = chosen ?? exits;
  const running = status.kind === 'running';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new status is a reason to read again
  useEffect(() => {
    if (n === 0 || (running && chosen === undefined)) return;
    let late = false;
    void fetchExitDetail(n).then((value) => {
      if (!late && value && epoch === useClient.getState().machine.epoch) setDetail({ epoch, value });
    });
    return () => {
      late = true;
    };
  }, [n, epoch, status, running, chosen]);
  return detail?.epoch === epoch && n > 0 ? detail.value : undefined;
}
