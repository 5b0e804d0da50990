// A button that opens a list of actions or choices (menu button pattern): arrows move, letters jump, Escape closes and gives the
// focus back. Drawn in the top layer through the popover attribute, so that no pane clips it.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './menu.css';
import { Icon } from './icon.tsx';
import { ringMove } from './keys.ts';

/** One entry; `chosen` makes it one of a set of choices, `note` stands small at its right (a key, a size, a line of help). */
export interface MenuItem {
  readonly id: string;
  readonly word: ReactNode;
  readonly note?: ReactNode;
  readonly chosen?: boolean;
  readonly unavailable?: boolean;
  readonly run: () => void;
}

/** A heading over a run of entries, or the entries alone. */
export interface MenuSection {
  readonly heading?: string;
  readonly items: readonly MenuItem[];
}

/** `children` fill the button; `label` names it where they are no words; `className` draws it. */
export function Menu({
  label,
  children,
  sections,
  className = 'push-button',
  align = 'start',
}: {
  label?: string;
  children: ReactNode;
  sections: readonly MenuSection[];
  className?: string;
  align?: 'start' | 'end';
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  const entries = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  const close = () => {
    list.current?.hidePopover();
    button.current?.focus();
  };

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const onToggle = (event: Event) => setOpen((event as ToggleEvent).newState === 'open');
    element.addEventListener('toggle', onToggle);
    return () => element.removeEventListener('toggle', onToggle);
  }, []);

  const show = (end: 'first' | 'last' | 'chosen') => {
    const element = list.current;
    const anchor = button.current?.getBoundingClientRect();
    if (!element || !anchor) return;
    element.showPopover();
    const width = element.offsetWidth;
    const left = align === 'start' ? anchor.left : anchor.right - width;
    element.style.left = `${Math.max(4, Math.min(left, innerWidth - width - 4))}px`;
    const below = innerHeight - anchor.bottom;
    if (below > Math.min(element.scrollHeight, 240) || below > anchor.top) {
      element.style.top = `${anchor.bottom + 1}px`;
      element.style.bottom = 'auto';
      element.style.maxHeight = `${below - 8}px`;
    } else {
      element.style.top = 'auto';
      element.style.bottom = `${innerHeight - anchor.top + 1}px`;
      element.style.maxHeight = `${anchor.top - 8}px`;
    }
    const all = entries();
    const chosen = all.find((entry) => entry.getAttribute('aria-checked') === 'true');
    (end === 'last' ? all.at(-1) : end === 'chosen' ? (chosen ?? all[0]) : all[0])?.focus();
  };

  const onListKeyDown = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      close();
      return;
    }
    const next = ringMove(event.key, at, all.length, 'column');
    if (next !== undefined) {
      event.preventDefault();
      all[next]?.focus();
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const letter = event.key.toLowerCase();
      const found = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((entry) =>
        entry.textContent?.trim().toLowerCase().startsWith(letter),
      );
      found?.focus();
    }
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        aria-label={label}
        title={label}
        onClick={() => (open ? close() : show('chosen'))}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            show(event.key === 'ArrowDown' ? 'first' : 'last');
          }
        }}
      >
        {children}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        className="menu-list"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={onListKeyDown}
      >
        {sections.map((section, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a group inside a menu is not a fieldset
          <div key={section.heading ?? index} role="group" aria-label={section.heading} className="menu-section">
            {section.heading && (
              <div className="menu-heading" aria-hidden="true">
                {section.heading}
              </div>
            )}
            {section.items.map((item) => (
              <button
                key={item.id}
                type="button"
                className="menu-item"
                {...(item.chosen === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': item.chosen })}
                aria-disabled={item.unavailable || undefined}
                tabIndex={-1}
                onClick={() => {
                  if (item.unavailable) return;
                  close();
                  item.run();
                }}
              >
                <span className="menu-check">{item.chosen && <Icon name="ok" size={12} />}</span>
                <span className="menu-word">{item.word}</span>
                {item.note !== undefined && <span className="menu-note">{item.note}</span>}
              </button>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}
