// The theme: system, dark, light or high contrast. It sets two attributes on the root and nothing else; the tokens do the rest.
// Drawing code that needs a colour as a value (canvas, Monaco, xterm) asks `token` and listens for changes.
import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from './storage.ts';

/** The choices in the order in which the switch steps through them. */
export const themes = ['system', 'dark', 'light', 'contrast'] as const;
export type Theme = (typeof themes)[number];

/** What a theme is called on screen. */
export const themeNames: Record<Theme, string> = {
  system: 'As the system',
  dark: 'Dark',
  light: 'Light',
  contrast: 'High contrast',
};

const listeners = new Set<() => void>();
let current: Theme = 'system';

function apply(): void {
  const root = document.documentElement;
  if (current === 'dark' || current === 'light') root.dataset.theme = current;
  else delete root.dataset.theme;
  const more = current === 'contrast' || (current === 'system' && matchMedia('(prefers-contrast: more)').matches);
  if (more) root.dataset.contrast = 'more';
  else delete root.dataset.contrast;
  for (const listener of listeners) listener();
}

/** Applies the stored theme and follows the system from now on. Called once, before the first paint. */
export function startTheme(): void {
  current = readStored('theme', (data) => themes.find((theme) => theme === data)) ?? 'system';
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'])
    matchMedia(query).addEventListener('change', apply);
  apply();
}

/** Chooses and stores a theme. */
export function setTheme(theme: Theme): void {
  current = theme;
  writeStored('theme', theme === 'system' ? undefined : theme);
  apply();
}

/** Calls `listener` after every change of what is shown; returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The chosen theme. */
export function useTheme(): Theme {
  return useSyncExternalStore(onThemeChange, () => current);
}

/** Whether dark colours are shown now. */
export function isDark(): boolean {
  if (current === 'dark') return true;
  if (current === 'light') return false;
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Whether the high-contrast colours are shown now. */
export function isHighContrast(): boolean {
  return document.documentElement.dataset.contrast === 'more';
}

/** The colour that a token has now, as #rrggbb: `token('--ink')`. */
export function token(name: `--${string}`): string {
  // A custom property computes to its text, light-dark() and all; a real property computes to the colour.
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/\d+(\.\d+)?/g) ?? [];
  probe.remove();
  return `#${parts
    .slice(0, 3)
    .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'))
    .join('')}`;
}
