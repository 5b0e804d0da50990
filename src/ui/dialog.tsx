// A modal dialog on the native element: it keeps the focus inside, closes on Escape and on a click beside it, and gives the focus
// back. No animation.
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import './dialog.css';
import { IconButton } from './button.tsx';

/** `title` is its heading; without `title`, `label` names it and it draws no head (the command palette). */
export function Dialog({
  open,
  onClose,
  title,
  label,
  className,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title?: string;
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  // With the drawing, not after it: a key pressed right after `open` turned false is no longer the dialog's.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog
    <dialog
      ref={dialog}
      className={`dialog${className ? ` ${className}` : ''}`}
      aria-label={title ?? label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {open && (
        <div className="dialog-body">
          {title && (
            <div className="dialog-head">
              <h2 className="title">{title}</h2>
              <span className="push" />
              <IconButton icon="close" label="Close" onClick={onClose} />
            </div>
          )}
          {children}
        </div>
      )}
    </dialog>
  );
}
