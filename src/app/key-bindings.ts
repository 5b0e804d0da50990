// Keys pressed anywhere, turned into commands. A key that belongs to a command never reaches the browser, even when the command
// cannot act now: F5 must not reload the page because the guest happens to run.
import type { Command } from '#ui';
import { type Chord, isTyping, matchesChord, parseChord } from './chord.ts';
import { commands, isAvailable } from './commands.ts';

/** Whether this is a Mac, where `Mod` is Command. */
export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const bindings: readonly (readonly [Chord, Command])[] = commands.flatMap((command) =>
  (command.keys ?? []).map((keys): readonly [Chord, Command] => [parseChord(keys), command]),
);

/** Whether typing goes into `target`; Monaco takes text in an element that is a text box by role only. */
function isTextTarget(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select') || target.closest('[role="textbox"]') !== null)
  );
}

/** Listens from now on; returns how to stop. */
export function startKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const found = bindings.find(
      ([chord]) => matchesChord(chord, event, isMac) && !(isTyping(chord) && isTextTarget(event.target)),
    );
    if (!found || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (document.querySelector('dialog[open]')) return;
    if (isAvailable(found[1])) found[1].run();
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
}
