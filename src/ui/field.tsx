// Fields to type in: the shell (edge, icon, focus ring) and the number input that shows the other readings of what is typed and
// refuses what does not fit its width. Native inputs inside.
import { type InputHTMLAttributes, type KeyboardEvent, type ReactNode, type Ref, useId } from 'react';
import './field.css';
import { Icon, type IconName } from './icon.tsx';
import { numberTrouble, otherReadings, readNumber } from './number.ts';

interface InputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'size'> {
  readonly ref?: Ref<HTMLInputElement> | undefined;
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** A one-line text field. `label` is its accessible name; `trail` stands inside at the right. */
export function TextField({
  label,
  text,
  onText,
  icon,
  trail,
  className,
  ...rest
}: InputProps & { icon?: IconName; trail?: ReactNode }) {
  return (
    <span className={`field${className ? ` ${className}` : ''}`}>
      {icon && <Icon name={icon} size={12} />}
      <input
        {...rest}
        type="text"
        aria-label={label}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
      />
      {trail}
    </span>
  );
}

/**
 * A number of `width` bits typed as hex, decimal or binary. Controlled by its text: the caller reads it with `readNumber`. The
 * other readings stand inside at the right; what is wrong is announced, and drawn by the caller in a place that does not move
 * (`numberTrouble`), unless `trouble` is set, which puts it below.
 */
export function NumberField({
  label,
  text,
  onText,
  width,
  look = 'base',
  trouble = false,
  onEnter,
  className,
  ...rest
}: InputProps & { width: number; look?: 'base' | 'answer'; trouble?: boolean; onEnter?: (value: bigint) => void }) {
  const id = useId();
  const reading = readNumber(text, width);
  const wrong = reading.kind === 'empty' ? undefined : numberTrouble(reading);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && onEnter && reading.kind === 'value') {
      event.preventDefault();
      onEnter(reading.value);
    }
    rest.onKeyDown?.(event);
  };
  return (
    <span className={`number-field number-field-${look}${className ? ` ${className}` : ''}`}>
      <span className="field" data-wrong={wrong ? '' : undefined}>
        <input
          {...rest}
          type="text"
          inputMode="text"
          aria-label={label}
          aria-invalid={wrong !== undefined}
          aria-describedby={id}
          value={text}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span className="readings" aria-hidden="true">
          {reading.kind === 'value' && otherReadings(reading.value, width).join(' · ')}
        </span>
      </span>
      <span id={id} className={trouble ? 'trouble' : 'only-read'} role="status">
        {wrong}
      </span>
    </span>
  );
}

/** A checkbox with its words. */
export function Checkbox({
  checked,
  onChange,
  children,
  hint,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  hint?: string;
}) {
  return (
    <label className="checkbox" title={hint}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}

/** One of many, as the platform's own list. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly { readonly value: T; readonly word: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <span className="select">
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.word}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
    </span>
  );
}
