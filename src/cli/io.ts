// What a command may do to the outside world: standard streams and files, so that a command can be run in a test without a process.
// Owns the error types that end a command and the reading of lines. Knows nothing of any command; node-io.ts is the real one.

import type { SemihostingFiles } from '#machine';

/** The input is at fault: exit status 1. `message` is printed as it is, so it opens with `FILE:LINE:COLUMN: error: `. */
export class InputError extends Error {
  override name = 'InputError';
}

/** The command line is at fault: exit status 2. `message` is one sentence without a prefix. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export type Output = {
  /** Appends text (UTF-8) or bytes, in order. Resolves when more may be written; await it where much is written, so that memory stays bounded. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Resolves when everything written so far has been handed to the system. */
  flush(): Promise<void>;
};

export type Io = {
  /** Standard input, in chunks as they come. Iterate it at most once; see `lines` and `readAll`. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** The answer and nothing else. */
  readonly stdout: Output;
  /** Diagnostics for people. */
  readonly stderr: Output;
  /** The whole file. Throws InputError when it cannot be read. */
  readFile(path: string): Uint8Array;
  /** Replaces the whole file. Throws InputError when it cannot be written. */
  writeFile(path: string, bytes: Uint8Array): void;
  /** Files that a guest may open itself; absent where there is no file system. */
  readonly guestFiles?: () => SemihostingFiles;
};

/** A command: takes the words after its name, returns the exit status (0, 1, 2, 3 or 4; a bug is thrown and becomes 70). */
export type Command = (argv: readonly string[], io: Io) => Promise<number>;

/** The lines of a UTF-8 stream without their line ends (`\n` or `\r\n`), each as soon as it is complete; a last line needs no line end. */
export async function* lines(input: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** A stream to its end. */
export async function readAll(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    chunks.push(chunk);
    length += chunk.length;
  }
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
