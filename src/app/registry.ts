// The views of the app, in the order of the tab bar, and their parts once loaded.
import { useSyncExternalStore } from 'react';
import { answerRulesFeature } from '#features/answer-rules';
import { consoleFeature } from '#features/console';
import { editorFeature } from '#features/editor';
import { exitCardFeature } from '#features/exit-card';
import { exitLogFeature } from '#features/exit-log';
import { hypervisorFeature } from '#features/hypervisor';
import { idRegistersFeature } from '#features/id-registers';
import { registersFeature } from '#features/registers';
import { systemRegistersFeature } from '#features/system-registers';
import { translationFeature } from '#features/translation';
import { trapControlsFeature } from '#features/trap-controls';
import type { Feature, FeatureParts } from '#ui';

/** Every view there is. */
export const features: readonly Feature[] = [
  editorFeature,
  exitCardFeature,
  exitLogFeature,
  registersFeature,
  consoleFeature,
  systemRegistersFeature,
  trapControlsFeature,
  hypervisorFeature,
  answerRulesFeature,
  idRegistersFeature,
  translationFeature,
];

/** The view with this id. */
export function featureById(id: string): Feature | undefined {
  return features.find((feature) => feature.id === id);
}

/** Titles by id, for layouts. */
export const featureTitles: ReadonlyMap<string, string> = new Map(features.map((feature) => [feature.id, feature.title]));

type Loading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly parts: FeatureParts }
  | { readonly kind: 'failed'; readonly message: string };

const LOADING: Loading = { kind: 'loading' };
const state = new Map<string, Loading>();
const listeners = new Set<() => void>();

function settle(id: string, next: Loading): void {
  state.set(id, next);
  for (const listener of listeners) listener();
}

/** Starts loading a view's parts; does nothing when they are here or on their way. After a failure it tries again. */
export function loadFeature(feature: Feature): void {
  const now = state.get(feature.id);
  if (now && now.kind !== 'failed') return;
  settle(feature.id, LOADING);
  feature.load().then(
    (parts) => settle(feature.id, { kind: 'loaded', parts }),
    (error: unknown) => settle(feature.id, { kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
}

/** How far a view's loading is. */
export function useFeatureParts(id: string): Loading {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state.get(id) ?? LOADING,
  );
}
