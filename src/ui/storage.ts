// Small things kept in this browser (theme, layout). Storage may be full, blocked or hold what an older version or a hand wrote:
// reading then gives the default, writing is given up in silence. Nothing here may ever stop the app from opening.

const PREFIX = 'trapscope.';

/** The stored value of `key` as `parse` understands it; undefined when it is absent, unreadable or refused by `parse`. */
export function readStored<T>(key: string, parse: (data: unknown) => T | undefined): T | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Stores `data` (plain JSON) under `key`; undefined removes it. */
export function writeStored(key: string, data: unknown): void {
  try {
    if (data === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(data));
  } catch {
    // The app works without; what the person made (program, answers) is kept elsewhere.
  }
}

/** Whether this browser keeps anything for us at all. */
export function storageWorks(): boolean {
  try {
    localStorage.setItem(`${PREFIX}probe`, '1');
    localStorage.removeItem(`${PREFIX}probe`);
    return true;
  } catch {
    return false;
  }
}
