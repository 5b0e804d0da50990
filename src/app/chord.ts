// Key chords as text (`Mod+K`, `Ctrl+Shift+F5`, `?`): read, matched against a key event, and written as this platform writes them.
// `Mod` is Command on a Mac and Ctrl elsewhere. Pure.

/** A chord, read. `key` is a KeyboardEvent.key, letters in lower case. */
export interface Chord {
  readonly key: string;
  readonly mod: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** The parts of a key event that matter. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Reads a chord; the last part is the key, a lone `+` is allowed. */
export function parseChord(text: string): Chord {
  const parts = text === '+' ? ['+'] : text.split('+');
  const key = parts.at(-1) ?? '';
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return {
    key: key.length === 1 ? key.toLowerCase() : key,
    mod: has('Mod'),
    ctrl: has('Ctrl'),
    shift: has('Shift'),
    alt: has('Alt'),
  };
}

/** Whether `pressed` is exactly this chord. A sign such as `?` is taken whatever it needs to be typed with. */
export function matchesChord(chord: Chord, pressed: Pressed, mac: boolean): boolean {
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (key !== chord.key) return false;
  const sign = key.length === 1 && !/[a-z0-9 ]/.test(key);
  return (
    pressed.ctrlKey === (chord.ctrl || (chord.mod && !mac)) &&
    pressed.metaKey === (chord.mod && mac) &&
    (sign || pressed.shiftKey === chord.shift) &&
    (sign || pressed.altKey === chord.alt)
  );
}

/** Whether a chord types something in a text field, so that it must be left to the field. */
export function isTyping({ key, mod, ctrl, alt }: Chord): boolean {
  return key.length === 1 && !mod && !ctrl && !alt;
}

/** The chord as a reader of this platform expects it: `Ctrl K`, `Cmd K`, `Shift F11`. */
export function chordText(text: string, mac: boolean): string {
  const { key, mod, ctrl, shift, alt } = parseChord(text);
  const names: Record<string, string> = {
    ArrowLeft: 'Left',
    ArrowRight: 'Right',
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    PageUp: 'PgUp',
    PageDown: 'PgDn',
    ' ': 'Space',
  };
  return [
    ctrl && 'Ctrl',
    mod && (mac ? 'Cmd' : 'Ctrl'),
    alt && (mac ? 'Option' : 'Alt'),
    shift && 'Shift',
    names[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ]
    .filter((part) => part !== false)
    .join(' ');
}
