// The console's body and head. The bytes are the store's; the terminal only draws them, and sends what is typed.
import { useEffect, useRef } from 'react';
import { typeAtConsole, useClient } from '#client';
import { Empty } from '#ui';
import { createTerminal, type GuestTerminal } from './terminal.ts';
import './console.css';

/** The terminal, and before the first byte a word on what will fill it. */
export function View() {
  const host = useRef<HTMLDivElement>(null);
  const terminal = useRef<GuestTerminal>(undefined);
  const { epoch, chunks, bytes } = useClient((state) => state.console);
  const ended = useClient((state) => state.machine.status.kind === 'ended');

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const made = createTerminal(element, (typed) => void typeAtConsole(typed));
    terminal.current = made;
    const { console } = useClient.getState();
    made.show(console.epoch, console.chunks);
    return () => {
      terminal.current = undefined;
      made.dispose();
    };
  }, []);

  useEffect(() => terminal.current?.show(epoch, chunks), [epoch, chunks]);

  return (
    <div className="guest-console">
      <div ref={host} className="guest-console-screen" />
      {bytes === 0 && (
        <div className="guest-console-empty">
          <Empty>
            {ended
              ? 'The guest wrote nothing to its UART.'
              : 'What the guest writes to its UART (PL011 at 0x0900_0000) appears here; what you type here goes to it.'}
          </Empty>
        </div>
      )}
    </div>
  );
}

/** How much came. */
export function Head() {
  const bytes = useClient((state) => state.console.bytes);
  return (
    <span className="sub push">
      PL011 · {bytes} {bytes === 1 ? 'byte' : 'bytes'}
    </span>
  );
}
