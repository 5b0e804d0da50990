// GNU binutils as an oracle: what GNU as makes of a text, and what objdump calls a word. Every extension that the installed version knows is on.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../setup/programs.ts';

/** The newest architecture of binutils 2.40 and the extensions that are not part of it. */
const MARCH =
  'armv9.3-a+crypto+sm4+sha3+crc+fp16+fp16fml+memtag+pauth+profile+predres+rng+ssbs+bf16+i8mm+f32mm+f64mm+tme+ls64+mops+hbc+cssc+sme';

export type Assembled =
  | { readonly ok: true; readonly start: number; readonly bytes: Uint8Array; readonly symbols: ReadonlyMap<string, bigint> }
  | { readonly ok: false; readonly errors: readonly { readonly line: number; readonly message: string }[] };

/** Assembles and links with GNU as and ld, laid out as `trapscope asm` does: .text .rodata .data .bss one after the other from `base`. */
export function assemble(text: string, base = 0x4008_0000): Assembled {
  return inFolder((folder) => {
    const [source, object, script, linked, image] = ['a.s', 'a.o', 'a.ld', 'a.elf', 'a.bin'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string, string];
    writeFileSync(source, text);
    const assembled = spawnSync(program('aarch64-linux-gnu-as'), [`-march=${MARCH}`, '-o', object, source], { encoding: 'utf8' });
    if (assembled.status !== 0) return { ok: false, errors: errorsOf(assembled.stderr) };
    const known = ['.text', '.rodata', '.data', '.bss'];
    const headers = must(program('aarch64-linux-gnu-objdump'), ['-h', object]).matchAll(
      /^ +\d+ (.+?) +(?:[0-9a-f]{8,16} +){2}/gm,
    );
    // As `trapscope asm`: a name with a dot behind one of the four goes with it.
    const others = [...headers]
      .map((header) => header[1] as string)
      .filter((name) => !/^\.(?:text|rodata|data|bss|note|comment|debug)(?:[._]|$)/.test(name));
    const sections = [
      ...known.map((name) => `${name} : { *(${name} ${name}.*) ${name === '.bss' ? '*(COMMON) ' : ''}}`),
      ...others.map((name) => `"${name}" : { *("${name}") }`),
    ].join(' ');
    writeFileSync(script, `SECTIONS { . = 0x${base.toString(16)}; ${sections} /DISCARD/ : { *(.note*) *(.comment) } }`);
    const link = spawnSync(program('aarch64-linux-gnu-ld'), ['--no-warn-rwx-segments', '-T', script, '-o', linked, object], {
      encoding: 'utf8',
    });
    if (link.status !== 0) return { ok: false, errors: [{ line: 0, message: link.stderr.trim() }] };
    const copied = spawnSync(program('aarch64-linux-gnu-objcopy'), ['-O', 'binary', linked, image], { encoding: 'utf8' });
    if (copied.status !== 0 && !copied.stderr.includes('has no sections')) throw new Error(copied.stderr);
    const symbols = must(program('aarch64-linux-gnu-nm'), [linked]).matchAll(/^([0-9a-f]+) [^$] ([^$].*)$/gm);
    const start = must(program('aarch64-linux-gnu-objdump'), ['-h', linked]).matchAll(
      /^ +\d+ .+? +[0-9a-f]{8} +([0-9a-f]{16}) .*\n.*CONTENTS.*ALLOC/gm,
    );
    return {
      ok: true,
      start: Math.min(...[...start].map((match) => Number.parseInt(match[1] as string, 16))),
      bytes: copied.status === 0 ? readFileSync(image) : new Uint8Array(),
      symbols: new Map([...symbols].map((s) => [s[2] as string, BigInt(`0x${s[1]}`)])),
    };
  });
}

/**
 * What GNU as makes of each line when it stands alone: its bytes as the object file has them (what a linker does is left undone), or undefined
 * where it refuses the line. A line that breaks GNU as itself has no bytes. A line makes at most 12 bytes; `prologue` stands before all of them.
 */
export function assembleLines(lines: readonly string[], prologue = ''): readonly (Uint8Array | undefined)[] {
  const together = tryLines(lines, prologue);
  if (together !== 'broken') return together;
  if (lines.length === 1) return [new Uint8Array(0)];
  const half = lines.length >> 1;
  return [...assembleLines(lines.slice(0, half), prologue), ...assembleLines(lines.slice(half), prologue)];
}

function tryLines(lines: readonly string[], prologue: string): readonly (Uint8Array | undefined)[] | 'broken' {
  return inFolder((folder) => {
    const [source, object, image] = ['a.s', 'a.o', 'a.bin'].map((name) => join(folder, name)) as [string, string, string];
    const refused = new Set<number>();
    const above = prologue.split('\n').length;
    for (;;) {
      // Each line stands in a record of its own, behind its number.
      const records = lines.map((line, n) => `.word ${n}\n${refused.has(n) ? '' : line}\n.p2align 4, 0xa5`);
      writeFileSync(source, `${prologue}\n${records.join('\n')}\n`);
      const { status, stderr } = spawnSync(program('aarch64-linux-gnu-as'), ['-W', `-march=${MARCH}`, '-o', object, source], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      });
      if (status === 0) break;
      if (stderr.includes('Internal error')) return 'broken';
      const before = refused.size;
      for (const { line } of errorsOf(stderr)) refused.add(Math.floor((line - above - 1) / 3));
      if (refused.size === before) throw new Error(`GNU as: ${stderr.slice(0, 500)}`);
    }
    must(program('aarch64-linux-gnu-objcopy'), ['-O', 'binary', '-j', '.text', object, image]);
    const bytes = readFileSync(image);
    return lines.map((_, n) => {
      if (refused.has(n)) return undefined;
      const record = bytes.subarray(n * 16, n * 16 + 16);
      if (record.readUInt32LE(0) !== n) throw new Error(`GNU as: line ${n} makes more than 12 bytes: ${lines[n]}`);
      let end = 16;
      while (end > 4 && record[end - 1] === 0xa5) end -= 1;
      return record.subarray(4, end);
    });
  });
}

/** The text of objdump for each word, each at address 0; undefined for what it calls undefined. Blanks are single, comments and `<symbol>` cut. */
export function disassemble(words: readonly number[], aliases = true): readonly (string | undefined)[] {
  return inFolder((folder) => {
    const image = join(folder, 'a.bin');
    const bytes = Buffer.alloc(words.length * 4);
    for (const [at, word] of words.entries()) bytes.writeUInt32LE(word >>> 0, at * 4);
    writeFileSync(image, bytes);
    const output = must(program('aarch64-linux-gnu-objdump'), [
      ...['-D', '-z', '-b', 'binary', '-m', 'aarch64', ...(aliases ? [] : ['-M', 'no-aliases']), image],
    ]);
    const lines = output.split('\n').flatMap((line) => /^ *([0-9a-f]+):\t[0-9a-f]{8} \t(.*)$/.exec(line)?.slice(1) ?? []);
    return words.map((_, at) => normal(lines[2 * at + 1] ?? '', at * 4));
  });
}

/** objdump shows targets as addresses; at address 0 they are the offsets (for ADRP those of the page). */
function normal(text: string, address: number): string | undefined {
  const cut = text
    .replace(/\s*\/\/.*$/, '')
    .replace(/\s*;.*undefined.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (cut.startsWith('.inst')) return undefined;
  const base = BigInt(cut.startsWith('adrp') ? address - (address % 4096) : address);
  return cut.replace(/(?<= )0x[0-9a-f]+$/, (target) => `0x${BigInt.asUintN(64, BigInt(target) - base).toString(16)}`);
}

function errorsOf(stderr: string): readonly { line: number; message: string }[] {
  return stderr.split('\n').flatMap((line) => {
    const [, number, message] = /^.*?:(\d+): Error: (.*)$/.exec(line) ?? [];
    return number === undefined || message === undefined ? [] : [{ line: Number(number), message }];
  });
}

function must(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout;
}

function inFolder<T>(action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-binutils-'));
  try {
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
