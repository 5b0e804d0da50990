// `trapscope disasm`: a flat image, or one word a line, to objdump's text. Owns options and the form of the answer only.
import { parseArgs } from 'node:util';
import { disassemble } from '#asm';
import { hexDigits } from '#base';
import { address } from './asm.ts';
import { InputError, type Io, lines, readAll, UsageError } from './io.ts';

/** `disasm [--base ADDR] FILE` and `disasm --words -`, each with `--no-aliases`. */
export async function disasm(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { base: { type: 'string' }, words: { type: 'boolean' }, 'no-aliases': { type: 'boolean' } },
  });
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('disasm: FILE is missing (- is standard input)');
  if (more.length > 0) throw new UsageError(`disasm: one FILE only, not also ${more[0]}`);
  const aliases = values['no-aliases'] !== true;
  if (values.words) {
    if (values.base !== undefined) throw new UsageError('disasm: with --words each word is at address 0; --base has no place');
    return words(file, aliases, io);
  }
  const base = values.base === undefined ? 0n : address(values.base, 'disasm: --base');
  const bytes = file === '-' ? await readAll(io.stdin) : io.readFile(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) {
    const word = view.getUint32(offset, true);
    const pc = base + BigInt(offset);
    await io.stdout.write(`${pc.toString(16).padStart(8)}:\t${hexDigits(word, 8)} \t${disassemble(word, { pc, aliases })}\n`);
  }
  const rest = bytes.length & ~3;
  for (let offset = rest; offset < bytes.length; offset += 1) {
    const byte = hexDigits(bytes[offset] as number, 2);
    await io.stdout.write(`${(base + BigInt(offset)).toString(16).padStart(8)}:\t${byte} \t.byte\t0x${byte}\n`);
  }
  return 0;
}

async function words(file: string, aliases: boolean, io: Io): Promise<number> {
  async function* ofFile(): AsyncGenerator<Uint8Array> {
    yield io.readFile(file);
  }
  let number = 0;
  for await (const line of lines(file === '-' ? io.stdin : ofFile())) {
    number += 1;
    const text = line.trim();
    if (!/^(?:0[xX])?[0-9a-fA-F]{1,8}$/.test(text))
      throw new InputError(`${file}:${number}:1: error: expected a word of 8 hex digits`);
    await io.stdout.write(`${disassemble(Number.parseInt(text, 16), { aliases })}\n`);
  }
  return 0;
}
