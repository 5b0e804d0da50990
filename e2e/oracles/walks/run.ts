// A batch on an engine: PAR_EL1 or the syndrome of each case, and the tables as the hardware left them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program as tool } from '../../setup/programs.ts';
import { type Batch, bytesOf, CASES, OPERATIONS, RESULTS, TABLE_BYTES, TABLES } from './cases.ts';

export type Engine = { readonly name: string; readonly command: string; readonly args: readonly string[] };

/** `results`: PAR_EL1 and ESR_EL2 of each case; the latter is 0 when the AT took no exception, the former when it did. */
export type Outcome = { readonly results: BigUint64Array; readonly tables: BigUint64Array };

const HARNESS = 0x4040_0000;
const HARNESS_TEXT = readFileSync(fileURLToPath(new URL('harness.S', import.meta.url)), 'utf8');
const RESULT_FILE = 'walks.bin';

export const QEMU: Engine = {
  name: 'QEMU',
  command: tool('qemu-system-aarch64'),
  args: [
    ...['-M', 'virt,virtualization=on,gic-version=3', '-cpu', 'max', '-m', '64M', '-accel', 'tcg', '-net', 'none'],
    ...['-display', 'none', '-monitor', 'none', '-serial', 'none', '-no-reboot'],
    ...['-semihosting-config', 'enable=on,target=native', '-kernel'],
  ],
};

export const TRAPSCOPE: Engine = {
  name: 'Trapscope',
  command: process.execPath,
  args: [
    ...[fileURLToPath(new URL('../../../dist-cli/trapscope.js', import.meta.url)), 'run'],
    ...['--hypervisor', 'none', '--cpu', 'qemu-7.2-max', '--memory', '64M', '--semihosting', 'on'],
  ],
};

/** Runs the batch on each engine. Throws when one does not get through it. */
export function runBatch(batch: Batch, engines: readonly Engine[]): readonly Outcome[] {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-walks-'));
  try {
    const elf = build(batch, folder);
    return engines.map(({ name, command, args }) => {
      rmSync(join(folder, RESULT_FILE), { force: true });
      const { status, stderr } = spawnSync(command, [...args, elf], { cwd: folder, encoding: 'utf8', timeout: 300_000 });
      if (status !== 0) throw new Error(`${name}: exit status ${status}: ${stderr.slice(0, 400)}`);
      const bytes = new Uint8Array(readFileSync(join(folder, RESULT_FILE))).buffer;
      return {
        results: new BigUint64Array(bytes, 0, 2 * batch.cases.length),
        tables: new BigUint64Array(bytes, TABLES - RESULTS, TABLE_BYTES / 8),
      };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function build({ cases, tables }: Batch, folder: string): string {
  const file = (name: string): string => join(folder, name);
  const constants = {
    COUNT: cases.length,
    CASES,
    RESULTS,
    RESULT_BYTES: TABLES + TABLE_BYTES - RESULTS,
    FILE_NAME_LENGTH: RESULT_FILE.length,
  };
  writeFileSync(file('cases.bin'), bytesOf(cases));
  writeFileSync(file('tables.bin'), tables);
  const text = [
    ...Object.entries(constants).map(([name, value]) => `.set ${name}, ${value}`),
    `.macro FILE_NAME\n.asciz "${RESULT_FILE}"\n.endm`,
    `.macro OPERATIONS\n${OPERATIONS.map((name) => `operation ${name}`).join('\n')}\n.endm`,
    HARNESS_TEXT,
    `.section .cases, "a"\n.incbin "${file('cases.bin')}"`,
    `.section .tables, "aw"\n.incbin "${file('tables.bin')}"`,
    '',
  ].join('\n');
  writeFileSync(file('batch.s'), text);
  const places: readonly (readonly [string, number])[] = [
    ['.harness', HARNESS],
    ['.cases', CASES],
    ['.tables', TABLES],
  ];
  const sections = places.map(([name, at]) => `${name} ${at} : { *(${name}) }`).join(' ');
  writeFileSync(file('batch.ld'), `ENTRY(_start) SECTIONS { ${sections} }`);
  run('aarch64-linux-gnu-as', ['-march=armv8.2-a', '-o', file('batch.o'), file('batch.s')]);
  const link = [
    '--no-warn-rwx-segments',
    '-z',
    'max-page-size=4096',
    '-T',
    file('batch.ld'),
    '-o',
    file('batch.elf'),
    file('batch.o'),
  ];
  run('aarch64-linux-gnu-ld', link);
  return file('batch.elf');
}

function run(name: Parameters<typeof tool>[0], args: readonly string[]): void {
  const { status, stderr } = spawnSync(tool(name), args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name}: ${stderr.slice(0, 800)}`);
}
