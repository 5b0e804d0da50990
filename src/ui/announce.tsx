// What a screen reader is told without being asked. One polite live region for the whole app: steps, exits, results. Messages
// that come in a burst are joined, so that a running machine does not talk without end.
import { useEffect, useState } from 'react';

const GATHER_MS = 150;
let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let show: ((text: string) => void) | undefined;

/** Says `text` politely. Of many messages within a moment only the newest three are said. */
export function announce(text: string): void {
  waiting.push(text);
  if (timer !== undefined) return;
  timer = setTimeout(() => {
    timer = undefined;
    const said = waiting.slice(-3).join('. ');
    waiting = [];
    show?.(said);
  }, GATHER_MS);
}

/** The region itself; stands once, near the root. */
export function Announcer() {
  const [text, setText] = useState('');
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    show = (next) => {
      setText(next);
      setTurn((n) => n + 1);
    };
    return () => {
      show = undefined;
    };
  }, []);
  // The key makes a repeated message a new node, which is read again.
  return (
    <div className="only-read" role="status" aria-live="polite" data-announcer="">
      <span key={turn}>{text}</span>
    </div>
  );
}
