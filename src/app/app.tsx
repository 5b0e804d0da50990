// The whole page: toolbar, notices, the views in one of two arrangements, the foot, and what hangs over them (palette, key sheet).
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { useClient } from '#client';
import { Announcer, announce, showView, useCell, viewRequest } from '#ui';
import { bringToFront, preset } from './arrangement.ts';
import { BoardDialog } from './board-dialog.tsx';
import './app.css';
import { Compact } from './compact.tsx';
import { startDrops } from './file-drop.ts';
import { startKeys } from './key-bindings.ts';
import { KeySheet } from './key-sheet.tsx';
import { Notice } from './notice.tsx';
import { Palette } from './palette.tsx';
import { StatusLine } from './status-line.tsx';
import { CompactToolbar, Toolbar } from './toolbar.tsx';

/** The dock is a chunk of its own: narrow screens never load it. */
export const loadDock = () => import('./dock.tsx');
const Dock = lazy(async () => ({ default: (await loadDock()).Dock }));

const narrow = matchMedia('(width < 700px)');

/** Whether there is room for one pane only. */
export function isNarrow(): boolean {
  return narrow.matches;
}

function useNarrow(): boolean {
  return useSyncExternalStore((listener) => {
    narrow.addEventListener('change', listener);
    return () => narrow.removeEventListener('change', listener);
  }, isNarrow);
}

/** See the head of this file. */
export function App() {
  const small = useNarrow();
  const chosen = useCell(preset);
  const announcement = useClient((state) => state.notice.announcement);
  const asked = useClient((state) => (state.machine.status.kind === 'waiting' ? state.machine.status.ask.exit : undefined));
  const name = useClient((state) => state.program.name);

  useEffect(startKeys, []);
  useEffect(startDrops, []);
  // At once, before the view takes its place (and the focus) in an effect of its own.
  useEffect(
    () =>
      viewRequest.subscribe(() => {
        const request = viewRequest.get();
        if (request) bringToFront(request.view);
      }),
    [],
  );
  useEffect(() => {
    if (announcement !== '') announce(announcement);
  }, [announcement]);
  useEffect(() => {
    if (asked !== undefined) showView('exit-card');
  }, [asked]);
  useEffect(() => {
    document.title = `${asked === undefined ? '' : '● '}${name} · Trapscope`;
  }, [name, asked]);

  return (
    <div className="app">
      {small ? <CompactToolbar /> : <Toolbar />}
      <Notice />
      <main className="app-main">
        {small || chosen === 'embed' ? (
          <Compact />
        ) : (
          <Suspense fallback={null}>
            <Dock preset={chosen} />
          </Suspense>
        )}
      </main>
      {!small && <StatusLine />}
      <Palette />
      <BoardDialog />
      <KeySheet />
      <Announcer />
    </div>
  );
}
