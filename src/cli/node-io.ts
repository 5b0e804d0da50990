// The real Io: this process's streams and the file system. Knows nothing of any command.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { guestFiles } from './guest-files.ts';
import { InputError, type Io, type Output } from './io.ts';

/** What is collected before it is handed to the stream, in bytes; keeps 100,000 short lines from being 100,000 system calls. */
const COLLECT = 65_536;

/** The Io of this process. Writing to a pipe whose reader has left ends the process with status 0: the reader had what it wanted. */
export function nodeIo(): Io {
  return {
    get stdin(): AsyncIterable<Uint8Array> {
      return process.stdin;
    },
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    readFile: (path) => attempt(path, 'read', () => readFileSync(path)),
    writeFile: (path, bytes) => attempt(path, 'written', () => writeFileSync(path, bytes)),
    guestFiles: () => guestFiles(process.cwd()),
  };
}

/** Text collects until COLLECT bytes are there, the event loop turns (so before the next input is waited for) or flush() is called. */
function output(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    writeSync(2, `trapscope: the output cannot be written: ${reason(error)}\n`);
    process.exit(1);
  });
  let collected: Uint8Array[] = [];
  let size = 0;
  let timer: NodeJS.Immediate | undefined;

  function send(): Promise<void> {
    if (timer !== undefined) clearImmediate(timer);
    timer = undefined;
    if (size === 0) return Promise.resolve();
    const bytes = Buffer.concat(collected);
    collected = [];
    size = 0;
    return new Promise((resolve) => stream.write(bytes, () => resolve()));
  }

  return {
    async write(chunk) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk.slice();
      collected.push(bytes);
      size += bytes.length;
      if (size >= COLLECT) await send();
      else timer ??= setImmediate(() => void send());
    },
    async flush() {
      await send();
      if (stream.writableLength > 0) await new Promise<void>((resolve) => stream.write('', () => resolve()));
    },
  };
}

function attempt<T>(path: string, verb: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new InputError(`${path}:1:1: error: cannot be ${verb}: ${reason(error as NodeJS.ErrnoException)}`);
  }
}

function reason({ code = '', message }: NodeJS.ErrnoException): string {
  return REASONS[code] ?? message;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'no space left',
};
