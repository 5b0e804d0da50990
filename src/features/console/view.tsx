// The console's body and head. The bytes are the store's; the terminal only draws them, and sends what is typed. The terminal
// itself is brought when there is something to draw or the person wants to type.
import { useEffect, useRef, useState } from 'react';
import { typeAtConsole, useClient } from '#client';
import { Button, Empty } from '#ui';
import './console.css';
import type { GuestTerminal } from './terminal.ts';

/** The terminal, and before the first byte a word on what will fill it. */
export function View() {
  const host = useRef<HTMLDivElement>(null);
  const [terminal, setTerminal] = useState<GuestTerminal>();
  const [typing, setTyping] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const { epoch, chunks, bytes } = useClient((state) => state.console);
  const ended = useClient((state) => state.machine.status.kind === 'ended');
  const needed = bytes > 0 || typing;
  if (failure) throw failure;

  useEffect(() => {
    if (!needed) return;
    let gone = false;
    let made: GuestTerminal | undefined;
    import('./terminal.ts').then(
      ({ createTerminal }) => {
        if (gone || !host.current) return;
        made = createTerminal(host.current, (typed) => void typeAtConsole(typed));
        setTerminal(made);
      },
      (error: unknown) => setFailure(error instanceof Error ? error : new Error(String(error))),
    );
    return () => {
      gone = true;
      made?.dispose();
      setTerminal(undefined);
    };
  }, [needed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list grows in place, and its bytes say so
  useEffect(() => terminal?.show(epoch, chunks), [terminal, epoch, chunks, bytes]);
  useEffect(() => {
    if (typing) terminal?.focus();
  }, [terminal, typing]);

  return (
    <div className="guest-console">
      <div ref={host} className="guest-console-screen" hidden={!needed} />
      {!needed && (
        <Empty action={<Button onClick={() => setTyping(true)}>Type to the guest</Button>}>
          {ended
            ? 'The guest wrote nothing to its UART.'
            : 'What the guest writes to its UART (PL011 at 0x0900_0000) appears here; what you type goes to it.'}
        </Empty>
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
