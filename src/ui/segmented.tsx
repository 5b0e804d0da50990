// A choice of few, all in sight: a radio group drawn as joined segments. Arrow keys move the choice, as radios do.
import { type KeyboardEvent, useId } from 'react';
import './segmented.css';
import { ringMove } from './keys.ts';

/** One segment. */
export interface SegmentOption<T extends string> {
  readonly value: T;
  readonly word: string;
  readonly hint?: string;
}

/** A segmented choice. `look` is `invert` on panes, `underline` inside dense tables. */
export function Segmented<T extends string>({
  label,
  options,
  value,
  onChange,
  look = 'invert',
}: {
  label: string;
  options: readonly SegmentOption<T>[];
  value: T;
  onChange: (value: T) => void;
  look?: 'invert' | 'underline';
}) {
  const group = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const at = options.findIndex((option) => option.value === value);
    const next = options[ringMove(event.key, at, options.length, 'both') ?? -1];
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    document.getElementById(`${group}${next.value}`)?.focus();
  };
  return (
    <div className={`segmented segmented-${look}`} role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio cannot be drawn as a segment without hiding it
        <button
          key={option.value}
          id={`${group}${option.value}`}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          title={option.hint}
          onClick={() => onChange(option.value)}
        >
          {option.word}
        </button>
      ))}
    </div>
  );
}
