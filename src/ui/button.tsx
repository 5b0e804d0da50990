// The buttons. An unavailable button keeps its place and its focus (aria-disabled, not disabled): nothing jumps, and a screen
// reader can still say why it is there.
import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';
import './button.css';
import { Icon, type IconName } from './icon.tsx';

interface Common extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'type' | 'children'> {
  readonly ref?: Ref<HTMLButtonElement> | undefined;
  readonly unavailable?: boolean | undefined;
  readonly submit?: boolean | undefined;
}

function common({ unavailable, submit, onClick, ...rest }: Common) {
  return {
    ...rest,
    type: submit ? ('submit' as const) : ('button' as const),
    'aria-disabled': unavailable || undefined,
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      if (unavailable) event.preventDefault();
      else onClick?.(event);
    },
  };
}

/** How a button looks: outlined, without an edge until it is pointed at, or solid (one a view at most). */
export type ButtonLook = 'plain' | 'quiet' | 'solid';

/** A button with words, and perhaps an icon before them and its key after them. */
export function Button({
  look = 'plain',
  icon,
  keys,
  children,
  className,
  ...rest
}: Common & { look?: ButtonLook; icon?: IconName; keys?: string | undefined; children: ReactNode }) {
  return (
    <button {...common(rest)} className={`push-button button-${look}${className ? ` ${className}` : ''}`}>
      {icon && <Icon name={icon} />}
      {children}
      {keys && <kbd>{keys}</kbd>}
    </button>
  );
}

/** A square button with an icon only; `label` is its name for everyone (tooltip and screen reader). */
export function IconButton({ icon, label, className, ...rest }: Common & { icon: IconName; label: string }) {
  return (
    <button {...common(rest)} className={`icon-button${className ? ` ${className}` : ''}`} title={label} aria-label={label}>
      <Icon name={icon} />
    </button>
  );
}

/** A toolbar button: icon above, word below. `hint` is the tooltip, e.g. "Step into (F11)". */
export function WordButton({
  icon,
  word,
  hint,
  className,
  ...rest
}: Common & { icon: IconName; word: string; hint?: string | undefined }) {
  return (
    <button {...common(rest)} className={`word-button${className ? ` ${className}` : ''}`} title={hint}>
      <Icon name={icon} />
      <span>{word}</span>
    </button>
  );
}
