// Two stacked parts with a grip between them, for narrow screens: the lower part is a sheet whose height the person sets by
// dragging or with the arrow keys; Enter shuts and opens it.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import './sheet.css';

const STEP = 0.05;

/** `share` is the sheet's part of the height, 0 (shut) to 0.9. `tone` colours the sheet's upper edge when something waits. */
export function Sheet({
  upper,
  children,
  share,
  onShare,
  label,
  waiting,
}: {
  upper: ReactNode;
  children: ReactNode;
  share: number;
  onShare: (share: number) => void;
  label: string;
  waiting: boolean;
}) {
  const root = useRef<HTMLDivElement>(null);
  const lastOpen = useRef(share || 0.55);
  const set = (next: number) => {
    const clamped = next < 0.08 ? 0 : Math.min(0.9, next);
    if (clamped > 0) lastOpen.current = clamped;
    onShare(clamped);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') set(share + STEP);
    else if (event.key === 'ArrowDown') set(share - STEP);
    else if (event.key === 'Home') set(0.9);
    else if (event.key === 'End') set(0);
    else if (event.key === 'Enter' || event.key === ' ') set(share > 0 ? 0 : lastOpen.current);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = root.current?.getBoundingClientRect();
    if (box) set((box.bottom - event.clientY) / box.height);
  };
  return (
    <div ref={root} className="sheet-split">
      <div className="sheet-upper">{upper}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: a focusable separator is the window splitter pattern */}
      <div
        className={waiting ? 'sheet-grip sheet-grip-waiting' : 'sheet-grip'}
        role="separator"
        aria-orientation="horizontal"
        aria-label={`Height of ${label}`}
        aria-valuemin={0}
        aria-valuemax={90}
        aria-valuenow={Math.round(share * 100)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
      />
      <section className="sheet-lower" aria-label={label} hidden={share === 0} style={{ flexBasis: `${share * 100}%` }}>
        {children}
      </section>
    </div>
  );
}
