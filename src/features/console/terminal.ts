// xterm.js as a plain terminal in the app's type and colours. Owns the terminal object; knows no machine: bytes in, bytes out.
import { FitAddon } from '@xterm/addon-fit';
import { type ITheme, Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { onThemeChange, token } from '#ui';

/** The terminal as the view uses it. */
export interface GuestTerminal {
  /** Shows the output of run `epoch`: writes the chunks that came since, or begins anew when the run is another. */
  readonly show: (epoch: number, chunks: readonly Uint8Array[]) => void;
  readonly focus: () => void;
  readonly dispose: () => void;
}

const FONT = '"IBM Plex Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace';

function theme(): ITheme {
  const ink = token('--ink');
  const ground = token('--bg-inset');
  return {
    background: ground,
    foreground: ink,
    cursor: token('--ink-2'),
    cursorAccent: ground,
    selectionBackground: token('--selection'),
  };
}

/** A terminal inside `host`, fitted to it; `onBytes` gets what the person types. */
export function createTerminal(host: HTMLElement, onBytes: (bytes: Uint8Array) => void): GuestTerminal {
  const terminal = new Terminal({
    fontFamily: FONT,
    fontSize: 12,
    lineHeight: 1.2,
    theme: theme(),
    cursorStyle: 'block',
    cursorInactiveStyle: 'outline',
    cursorBlink: false,
    // A UART carries bare line feeds; a terminal on a real line driver adds the return.
    convertEol: true,
    scrollback: 10_000,
    screenReaderMode: true,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(host);
  if (terminal.textarea) terminal.textarea.setAttribute('aria-label', 'Guest console; Shift+Tab leaves it');
  // Tab belongs to the guest; Shift+Tab leaves, so that the keyboard is never caught here.
  terminal.attachCustomKeyEventHandler((event) => !(event.key === 'Tab' && event.shiftKey));
  const encoder = new TextEncoder();
  terminal.onData((text) => onBytes(encoder.encode(text)));
  terminal.onBinary((text) => onBytes(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));

  const refit = () => {
    if (host.clientWidth > 0 && host.clientHeight > 0) fit.fit();
  };
  const observer = new ResizeObserver(refit);
  observer.observe(host);
  // The cell is measured from the face: once more when it is here.
  document.fonts.load(`12px ${FONT}`).then(() => {
    terminal.options.fontFamily = `${FONT} `;
    refit();
  }, refit);
  const stopTheme = onThemeChange(() => {
    terminal.options.theme = theme();
  });

  let shownEpoch: number | undefined;
  let shown = 0;
  return {
    show: (epoch, chunks) => {
      if (epoch !== shownEpoch || chunks.length < shown) {
        terminal.reset();
        shownEpoch = epoch;
        shown = 0;
      }
      for (; shown < chunks.length; shown++) terminal.write(chunks[shown] as Uint8Array);
    },
    focus: () => terminal.focus(),
    dispose: () => {
      observer.disconnect();
      stopTheme();
      terminal.dispose();
    },
  };
}
