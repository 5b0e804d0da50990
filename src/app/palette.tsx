// The command palette: a few letters find a command, Enter does it. A combobox over a list (the focus stays in the field).
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Command, Dialog, ringMove, useCell } from '#ui';
import { chordText } from './chord.ts';
import { commands, dialog, isAvailable } from './commands.ts';
import { fuzzySort } from './fuzzy.ts';
import { isMac } from './key-bindings.ts';
import './palette.css';

/** The palette's dialog; opened by the `palette` command. */
export function Palette() {
  const open = useCell(dialog) === 'palette';
  return (
    <Dialog open={open} onClose={() => dialog.get() === 'palette' && dialog.set(undefined)} label="Commands" className="palette">
      <PaletteBody />
    </Dialog>
  );
}

function PaletteBody() {
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = fuzzySort(
    query,
    commands.filter((command) => command.id !== 'palette'),
    (command) => command.title,
    (command) => !isAvailable(command),
  );
  const chosen = Math.min(at, found.length - 1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen line is what moves
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, query]);

  const act = (command: Command) => {
    if (!isAvailable(command)) return;
    // The dialog is gone, and the focus back where it was, before the command runs; and the command has run before the next key is heard.
    flushSync(() => dialog.set(undefined));
    command.run();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const item = found[chosen]?.item;
    if (event.key === 'Enter' && item) {
      event.preventDefault();
      act(item);
      return;
    }
    if (event.key === 'Home' || event.key === 'End') return;
    const next = ringMove(event.key, chosen, found.length, 'column');
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };

  return (
    <>
      <input
        className="palette-input"
        role="combobox"
        aria-label="Find a command"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={found.length > 0 ? `${id}option${chosen}` : undefined}
        aria-autocomplete="list"
        placeholder="Find a command"
        spellCheck={false}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: a palette is opened to be typed in
        autoFocus
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}list`} className="palette-list" role="listbox" aria-label="Commands" tabIndex={-1}>
        {found.map(({ item, at: letters }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and the keys
          <div
            key={item.id}
            id={`${id}option${index}`}
            className="palette-option"
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            aria-disabled={!isAvailable(item) || undefined}
            onClick={() => act(item)}
            onPointerMove={() => setAt(index)}
          >
            <span className="palette-title">
              <Letters text={item.title} at={letters} />
            </span>
            <span className="palette-group">{isAvailable(item) ? item.group : 'not now'}</span>
            <kbd className="keys">{item.keys?.[0] && chordText(item.keys[0], isMac)}</kbd>
          </div>
        ))}
        {found.length === 0 && <p className="palette-none">No command matches “{query}”.</p>}
      </div>
    </>
  );
}

function Letters({ text, at }: { text: string; at: readonly number[] }) {
  if (at.length === 0) return text;
  const marked = new Set(at);
  return [...text].map((letter, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place
    return marked.has(index) ? <b key={index}>{letter}</b> : letter;
  });
}
