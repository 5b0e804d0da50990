// `trapscope asm`: a source to a flat image, or one instruction a line to words. Owns options and the form of the answer only.
import { parseArgs } from 'node:util';
import { type AssembleResult, assemble, assembleLine } from '#asm';
import { hex, hexDigits, parseInteger } from '#base';
import { type Io, lines, readAll, UsageError } from './io.ts';

const DEFAULT_BASE = 0x4008_0000n;

/** `asm FILE|- [--base ADDR] [--json] [-o IMAGE]` and `asm --lines -`. */
export async function asm(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      base: { type: 'string' },
      json: { type: 'boolean' },
      output: { type: 'string', short: 'o' },
      lines: { type: 'boolean' },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('asm: FILE is missing (- is standard input)');
  if (more.length > 0) throw new UsageError(`asm: one FILE only, not also ${more[0]}`);
  if (values.lines) {
    if (values.base !== undefined || values.json || values.output !== undefined)
      throw new UsageError('asm: --lines goes with no other option');
    return wordByLine(file, io);
  }
  const base = values.base === undefined ? DEFAULT_BASE : address(values.base, 'asm: --base');
  const source = new TextDecoder().decode(file === '-' ? await readAll(io.stdin) : io.readFile(file));
  const result = assemble(source, { base });
  for (const { line, column, severity, message } of result.diagnostics) {
    await io.stderr.write(`${file}:${line}:${column}: ${severity}: ${message}\n`);
  }
  if (result.image !== undefined && values.output !== undefined) io.writeFile(values.output, result.image);
  if (values.json) await io.stdout.write(`${JSON.stringify(answer(result))}\n`);
  else if (result.image !== undefined && values.output === undefined) await io.stdout.write(result.image);
  return result.image === undefined ? 1 : 0;
}

async function wordByLine(file: string, io: Io): Promise<number> {
  async function* ofFile(): AsyncGenerator<Uint8Array> {
    yield io.readFile(file);
  }
  for await (const line of lines(file === '-' ? io.stdin : ofFile())) {
    const result = assembleLine(line);
    await io.stdout.write('word' in result ? `${hexDigits(result.word, 8)}\n` : `error: ${result.error}\n`);
  }
  return 0;
}

/** An address option: 0 to 2^64 - 1. */
export function address(text: string, what: string): bigint {
  const value = parseInteger(text);
  if (value === undefined || value < 0n || value > 0xffff_ffff_ffff_ffffn) throw new UsageError(`${what}: ${text} is no address`);
  return value;
}

function answer(result: AssembleResult): unknown {
  const { image, base } = result;
  return {
    ok: image !== undefined,
    base: hex(base),
    entry: hex(result.entry),
    ...(image === undefined ? {} : { image: hexBytes(image) }),
    // Names that begin with .L never leave an object file.
    symbols: Object.fromEntries(
      [...result.symbols.values()].filter((s) => !s.name.startsWith('.L')).map((s) => [s.name, hex(s.value)]),
    ),
    sections: result.sections.map((s) => ({ name: s.name, address: hex(s.address), size: s.size })),
    lines: result.lines.map((l) => ({
      line: l.line,
      address: hex(l.address),
      bytes: image === undefined ? '' : hexBytes(bytesAt(image, Number(l.address - base), l.size)),
    })),
    diagnostics: result.diagnostics.map(({ line, column, endColumn, severity, code, message }) => ({
      line,
      column,
      endColumn,
      severity,
      code,
      message,
    })),
  };
}

/** Bytes of the image; zeros behind its end, where .bss is. */
function bytesAt(image: Uint8Array, offset: number, size: number): Uint8Array {
  if (offset + size <= image.length) return image.subarray(offset, offset + size);
  const bytes = new Uint8Array(size);
  if (offset < image.length) bytes.set(image.subarray(offset));
  return bytes;
}

const PAIRS = Array.from({ length: 256 }, (_, i) => hexDigits(i, 2));

function hexBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += PAIRS[byte];
  return text;
}
