// How the views are arranged now: the chosen preset, the view that a narrow screen shows, and the handle of whatever arranges them.
// Commands act through the handle and need not know whether it docks.
import { announce, createCell, readStored, showView, writeStored } from '#ui';
import { CODE_VIEW, checkLayout, type DockPreset, type Preset, presetNames, presets } from './dock-layout.ts';
import { featureById, featureTitles } from './registry.ts';

/** A side of a view. */
export type Side = 'left' | 'right' | 'up' | 'down';

/** What can be done with docked views. */
export interface DockHandle {
  readonly show: (view: string) => void;
  /** Puts the focus into a view that is in front. */
  readonly focus: (view: string) => void;
  readonly close: (view: string) => void;
  readonly current: () => string | undefined;
  /** Moves the current view one place to a side; false when nothing is there. */
  readonly move: (side: Side) => boolean;
  /** Puts the current view as a tab of the neighbour on that side. */
  readonly join: (side: Side) => boolean;
  readonly resize: (side: 'wider' | 'narrower' | 'taller' | 'lower') => void;
  readonly cycle: (by: 1 | -1) => void;
  readonly maximize: () => void;
  readonly reset: () => void;
}

/** The dock, while there is one. */
export const dock = createCell<DockHandle | undefined>(undefined);

/** The chosen preset. */
export const preset = createCell<Preset>('debug', { key: 'preset', parse: (data) => presets.find((name) => name === data) });

/** The view beside the code on a narrow screen, and how much of the height it has. */
export const compactView = createCell<string>('exit-card', {
  key: 'compact-view',
  parse: (data) => (typeof data === 'string' && data !== CODE_VIEW && featureTitles.has(data) ? data : undefined),
});
export const compactShare = createCell<number>(0.55, {
  key: 'compact-share',
  parse: (data) => (typeof data === 'number' && data >= 0 && data <= 0.9 ? data : undefined),
});

/** Chooses a preset. */
export function choosePreset(next: Preset): void {
  preset.set(next);
  announce(`Layout ${presetNames[next]}`);
}

/** The layout kept for a preset, if it is still sound. */
export function storedLayout(name: DockPreset) {
  return readStored(`layout.${name}`, (data) => checkLayout(data, new Set(featureTitles.keys())));
}

/** Keeps (or with undefined forgets) the layout of a preset. */
export function storeLayout(name: DockPreset, layout: unknown): void {
  writeStored(`layout.${name}`, layout);
}

/** Brings a view to the front wherever views stand now. */
export function bringToFront(view: string): void {
  const docked = dock.get();
  if (docked) docked.show(view);
  else if (view !== CODE_VIEW && featureById(view)) {
    compactView.set(view);
    if (compactShare.get() === 0) compactShare.set(0.55);
  }
}

/** Goes to a view by a command: front, focus, and a word for the screen reader. */
export function goToView(view: string): void {
  showView(view);
  // The code takes the focus by itself, at the place that was asked for.
  if (view !== CODE_VIEW) dock.get()?.focus(view);
  announce(featureById(view)?.title ?? view);
}
