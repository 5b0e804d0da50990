// What an empty view says: what would fill it, and perhaps the one thing that starts that.
import type { ReactNode } from 'react';
import './empty.css';

/** `children` is one or two sentences; `action` a button. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty-note">
      <p>{children}</p>
      {action}
    </div>
  );
}
