// Tabs in a pane head: words on a line, the chosen one underlined. Arrow keys move; the panel is the caller's, linked by id.
import { type KeyboardEvent, useRef } from 'react';
import { ringMove } from './keys.ts';
import './tabs.css';

/** `panelId` is the id of the element that the chosen tab fills. */
export function Tabs<T extends string>({
  label,
  tabs,
  value,
  onChange,
  panelId,
}: {
  label: string;
  tabs: readonly { readonly value: T; readonly word: string }[];
  value: T;
  onChange: (value: T) => void;
  panelId: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const next = ringMove(event.key, at, tabs.length, 'row');
    const tab = next === undefined ? undefined : tabs[next];
    if (!tab || next === undefined) return;
    event.preventDefault();
    onChange(tab.value);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <div ref={list} className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          aria-selected={tab.value === value}
          aria-controls={panelId}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
        >
          {tab.word}
        </button>
      ))}
    </div>
  );
}
