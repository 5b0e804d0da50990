// Files for semihosting where there is no host to keep them: they live as long as the machine does, empty at reset, and a recording makes the
// same ones again.
import type { SemihostingFiles } from './types.ts';

/** All files together hold at most so many bytes; a write beyond is refused. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 64;
/** Handles of files, opened and never closed. */
const MOST_OPEN = 1024;

interface MemoryFile {
  bytes: Uint8Array;
  length: number;
}

/** One open handle: `position` is where it reads and writes, but for a file that is only ever added to. */
interface Opened {
  readonly file: MemoryFile;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly appends: boolean;
  position: number;
}

export interface MemoryFiles extends SemihostingFiles {
  /** What the guest has written, by name, in the order in which it made them. */
  list(): readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** No files yet. */
export function memoryFiles(): MemoryFiles {
  const files = new Map<string, MemoryFile>();
  const open = new Map<number, Opened>();
  let next = 1;

  function resize(file: MemoryFile, length: number): boolean {
    const others = [...files.values()].reduce((sum, other) => sum + (other === file ? 0 : other.length), 0);
    if (others + length > MOST_BYTES) return false;
    if (length > file.bytes.length) {
      const grown = new Uint8Array(Math.max(length, 2 * file.bytes.length));
      grown.set(file.bytes.subarray(0, file.length));
      file.bytes = grown;
    }
    file.length = Math.max(file.length, length);
    return true;
  }

  return {
    open(name, mode) {
      // fopen's modes in semihosting's numbering: r, w, a; each as it is, binary, with the other direction, and with both.
      if (!Number.isInteger(mode) || mode < 0 || mode > 11 || name === '' || open.size >= MOST_OPEN) return undefined;
      const kind = (['read', 'write', 'append'] as const)[Math.floor(mode / 4)];
      const both = mode % 4 >= 2;
      let file = files.get(name);
      if (file === undefined) {
        if (kind === 'read' || files.size >= MOST_FILES) return undefined;
        file = { bytes: new Uint8Array(0), length: 0 };
        files.set(name, file);
      }
      if (kind === 'write') file.length = 0;
      open.set(next, {
        file,
        reads: both || kind === 'read',
        writes: both || kind !== 'read',
        appends: kind === 'append',
        position: 0,
      });
      next += 1;
      return next - 1;
    },
    close: (handle) => open.delete(handle),
    read(handle, length) {
      const it = open.get(handle);
      if (!it?.reads) return undefined;
      const bytes = it.file.bytes.slice(it.position, Math.min(it.position + length, it.file.length));
      it.position += bytes.length;
      return bytes;
    },
    write(handle, bytes) {
      const it = open.get(handle);
      if (!it?.writes) return false;
      const { file } = it;
      const at = it.appends ? file.length : it.position;
      const before = file.length;
      if (!resize(file, Math.max(before, at + bytes.length))) return false;
      if (at > before) file.bytes.fill(0, before, at);
      file.bytes.set(bytes, at);
      it.position = at + bytes.length;
      return true;
    },
    seek(handle, position) {
      const it = open.get(handle);
      if (!it || !Number.isSafeInteger(position) || position < 0) return false;
      it.position = position;
      return true;
    },
    length: (handle) => open.get(handle)?.file.length,
    list: () => [...files].map(([name, { bytes, length }]) => ({ name, bytes: bytes.slice(0, length) })),
  };
}
