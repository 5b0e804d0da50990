// A batch of programs and the harness as one ELF file, by GNU as and ld; and what objdump reads in it.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program as tool } from '../../setup/programs.ts';
import { DATA_SIZE, HARNESS, harnessSymbols, PROGRAM_SIZE, PROGRAMS, RESULT_SIZE, RESULTS } from './layout.ts';
import { assemblyOf, initialData, type Program } from './program.ts';

const HARNESS_TEXT = readFileSync(fileURLToPath(new URL('harness.S', import.meta.url)), 'utf8');

/** What QEMU 7.2's `max` has, and what the assembler needs to write the harness and set-up code. */
const MARCH = 'armv8.7-a+crypto+sm4+sha3+crc+rng+ssbs+pauth+predres+flagm+memtag+profile';

/** Builds the batch in `folder` and returns the file's name. Throws with the assembler's message if a text is wrong. */
export function build(programs: readonly Program[], folder: string): string {
  const [source, object, script, elf, data] = ['batch.s', 'batch.o', 'batch.ld', 'batch.elf', 'data.bin'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string, string];
  writeFileSync(source, textOf(programs, data));
  writeFileSync(data, dataOf(programs));
  writeFileSync(
    script,
    `ENTRY(_start) SECTIONS { ${section('.harness', HARNESS)} ${section('.programs', PROGRAMS)} ${section('.results', RESULTS)} }`,
  );
  run('aarch64-linux-gnu-as', [`-march=${MARCH}`, '-o', object, source]);
  run('aarch64-linux-gnu-ld', ['--no-warn-rwx-segments', '-z', 'max-page-size=4096', '-T', script, '-o', elf, object]);
  return elf;
}

function section(name: string, address: number): string {
  return `${name} 0x${address.toString(16)} : { *(${name}) }`;
}

function textOf(programs: readonly Program[], data: string): string {
  return [
    harnessSymbols(programs.length),
    HARNESS_TEXT,
    '.section .programs, "awx"',
    ...programs.map(assemblyOf),
    `.org ${programs.length * PROGRAM_SIZE}`,
    '.section .results, "aw"',
    `.incbin "${data}"`,
    '',
  ].join('\n');
}

function dataOf(programs: readonly Program[]): Uint8Array {
  const bytes = new Uint8Array(programs.length * RESULT_SIZE);
  for (const [slot, program] of programs.entries()) bytes.set(initialData(program), slot * RESULT_SIZE);
  return bytes.fill(0, bytes.length - (RESULT_SIZE - DATA_SIZE));
}

/** objdump's lines (address, word, text) of the slot's guest code, in order. */
export function disassemblyOf(elf: string, slot: number): readonly { readonly address: number; readonly text: string }[] {
  const start = PROGRAMS + slot * PROGRAM_SIZE;
  const output = run('aarch64-linux-gnu-objdump', [
    '-D',
    '-z',
    '-j',
    '.programs',
    `--start-address=${start}`,
    `--stop-address=${start + PROGRAM_SIZE / 2}`,
    elf,
  ]);
  return output.split('\n').flatMap((line) => {
    const [, address, text] = /^ *([0-9a-f]+):\t[0-9a-f]{8} \t(.*)$/.exec(line) ?? [];
    return address === undefined || text === undefined
      ? []
      : [{ address: Number.parseInt(address, 16) - start, text: text.replace(/\t/g, ' ').replace(/ *\/\/.*$/, '') }];
  });
}

function run(name: Parameters<typeof tool>[0], args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(tool(name), args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${name}: ${stderr.split('\n').slice(0, 12).join('\n')}`);
  return stdout;
}
