// The files that a bare-metal guest's semihosting calls reach: those under the current folder and no others, links followed before the check.
import { closeSync, fstatSync, openSync, readSync, realpathSync, writeSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { SemihostingFiles } from '#machine';

/** fopen's modes in semihosting's numbering; text and binary are the same here. */
const MODES = ['r', 'r', 'r+', 'r+', 'w', 'w', 'w+', 'w+', 'a', 'a', 'a+', 'a+'] as const;

/** Files under `folder`. */
export function guestFiles(folder: string): SemihostingFiles {
  const root = realpathSync(folder);
  const open = new Map<number, { readonly descriptor: number; position: number; readonly appends: boolean }>();
  let next = 1;

  function inside(name: string): string | undefined {
    const path = resolve(root, name);
    try {
      // The file itself need not exist yet; its folder must, and an existing file must not be a link that leads out.
      const real = join(realpathSync(dirname(path)), basename(path));
      const target = existing(real) ?? real;
      const way = relative(root, target);
      return way === '' || way.startsWith('..') || resolve(root, way) !== target ? undefined : target;
    } catch {
      return undefined;
    }
  }

  return {
    open(name, mode) {
      const path = inside(name);
      const flags = MODES[mode];
      if (path === undefined || flags === undefined) return undefined;
      try {
        const handle = next;
        open.set(handle, { descriptor: openSync(path, flags), position: 0, appends: flags.startsWith('a') });
        next += 1;
        return handle;
      } catch {
        return undefined;
      }
    },
    close(handle) {
      const file = open.get(handle);
      if (!file) return false;
      open.delete(handle);
      closeSync(file.descriptor);
      return true;
    },
    read(handle, length) {
      const file = open.get(handle);
      if (!file) return undefined;
      try {
        const bytes = new Uint8Array(Math.min(length, Math.max(0, fstatSync(file.descriptor).size - file.position)));
        const got = readSync(file.descriptor, bytes, 0, bytes.length, file.position);
        file.position += got;
        return bytes.subarray(0, got);
      } catch {
        return undefined;
      }
    },
    write(handle, bytes) {
      const file = open.get(handle);
      if (!file) return false;
      try {
        for (let done = 0; done < bytes.length; ) {
          done += writeSync(file.descriptor, bytes, done, bytes.length - done, file.appends ? null : file.position + done);
        }
        file.position += bytes.length;
        return true;
      } catch {
        return false;
      }
    },
    seek(handle, position) {
      const file = open.get(handle);
      if (!file || !Number.isSafeInteger(position) || position < 0) return false;
      file.position = position;
      return true;
    },
    length(handle) {
      const file = open.get(handle);
      return file ? fstatSync(file.descriptor).size : undefined;
    },
  };
}

function existing(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
