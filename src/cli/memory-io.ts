// An Io without a process, for tests: standard input and files are given, what is written is kept.
import { InputError, type Io, type Output } from './io.ts';

export type MemoryIo = Io & {
  /** What was written so far. */
  readonly written: { stdout: string; stderr: string };
  /** Files by name, those written included. */
  readonly files: Map<string, Uint8Array>;
};

export function memoryIo({
  stdin = '',
  files = {},
}: {
  stdin?: string;
  files?: Readonly<Record<string, string | Uint8Array>>;
} = {}): MemoryIo {
  const written = { stdout: '', stderr: '' };
  const kept = new Map(
    Object.entries(files).map(([name, content]) => [
      name,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  return {
    written,
    files: kept,
    stdin: chunks(stdin),
    stdout: collector((text) => {
      written.stdout += text;
    }),
    stderr: collector((text) => {
      written.stderr += text;
    }),
    readFile(path) {
      const bytes = kept.get(path);
      if (bytes === undefined) throw new InputError(`${path}:1:1: error: cannot be read: no such file or folder`);
      return bytes;
    },
    writeFile(path, bytes) {
      kept.set(path, bytes.slice());
    },
  };
}

/** In pieces of three bytes, so that no reader leans on a chunk being a line or a whole character. */
async function* chunks(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
}

function collector(keep: (text: string) => void): Output {
  const decoder = new TextDecoder();
  return {
    async write(chunk) {
      keep(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
    },
    async flush() {},
  };
}
