// `trapscope bench`: what this machine does in a second: guest instructions by workload and engine, exits, assembled lines. Figures are medians
// of several runs of one process, and depend on the computer and on whatever else it does: compare ratios, taken side by side.
import { parseArgs } from 'node:util';
import { assemble } from '#asm';
import { assert } from '#base';
import { createMachine, type Machine, type MachineOptions, memoryFiles } from '#machine';
import { type AnswerRule, DEFAULT_BOARD } from '#project';
import workloads from '../../guests/bench/workloads.s?raw';
import { type Io, UsageError } from './io.ts';
import { countOption } from './options.ts';

/** One figure. */
interface Row {
  readonly name: string;
  readonly engine: string;
  /** Median, least and greatest of the runs, in `unit`. */
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
  readonly unit: string;
}

/** The workloads of guests/bench/workloads.s; `iterations` last about a quarter of a second each on the reference engine. */
const WORKLOADS: readonly { readonly name: string; readonly iterations: number }[] = [
  { name: 'tight integer loop', iterations: 1_500_000 },
  { name: 'memset, memcpy, checksum', iterations: 8 },
  { name: 'sieve', iterations: 1 },
  { name: 'recursive Fibonacci', iterations: 1 },
  { name: 'SHA-256 rounds and CRC', iterations: 30_000 },
  { name: 'a device write every ten instructions', iterations: 150_000 },
];

/** Runs the command. */
export async function bench(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, runs: { type: 'string', default: '5' } },
  });
  if (positionals.length > 0) throw new UsageError('bench takes no file');
  const runs = countOption('--runs', values.runs, 1, 100);
  const rows: Row[] = [];
  const add = async (row: Row): Promise<void> => {
    rows.push(row);
    if (!values.json) {
      await io.stdout.write(line(row));
      await io.stdout.flush();
    }
  };
  for (const [index, { name, iterations }] of WORKLOADS.entries()) {
    await add(figures(name, 'reference', 'million instructions/s', runs, () => guestRate(index + 1, iterations) / 1e6));
  }
  await add(figures('MMIO reads answered by a rule', 'reference', 'exits/s', runs, () => exitRate(EXITS.mmio)));
  await add(figures('reads of ID registers, handled by KVM', 'reference', 'exits/s', runs, () => exitRate(EXITS.handled)));
  await add(figures('assembler, 2,000 lines', '', 'lines/s', runs, assemblerRate));
  if (values.json) await io.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
  return 0;
}

function figures(name: string, engine: string, unit: string, runs: number, measure: () => number): Row {
  measure();
  const all = Array.from({ length: runs }, measure).sort((a, b) => a - b);
  const at = (index: number): number => all[index] as number;
  const middle = (runs - 1) / 2;
  return {
    name,
    engine,
    unit,
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    least: at(0),
    greatest: at(runs - 1),
  };
}

function seconds(work: () => void): number {
  const before = performance.now();
  work();
  return (performance.now() - before) / 1000;
}

/** Instructions a second of a workload, start-up left out. */
function guestRate(workload: number, iterations: number): number {
  const program = assemble(`.set WL, ${workload}\n.set ITERS, ${iterations}\n${workloads}`, { base: 0x4020_0000n });
  assert(program.image, program.diagnostics.map((d) => `${d.line}: ${d.message}`).join('\n'));
  const machine = build({
    board: { ...DEFAULT_BOARD, hypervisor: 'none', el: 1 },
    image: { parts: [{ address: program.base, bytes: program.image }], entry: program.base },
    semihosting: memoryFiles(),
  });
  const took = seconds(() => machine.run({ instructions: 10_000_000_000 }));
  assert(machine.state.kind === 'ended' && machine.state.reason === 'exit', `workload ${workload} did not come to its end`);
  return machine.moment.instructions / took;
}

const EXITS = {
  mmio: {
    source: '_start: mov x1, #0x0b000000\n1: ldr w2, [x1]\n b 1b\n',
    rules: [{ on: 'mmio', address: '0xb000000', do: 'value', value: '0x2a' }],
  },
  handled: { source: '_start: mrs x0, id_aa64pfr0_el1\n b _start\n', rules: [] },
} as const satisfies Record<string, { source: string; rules: readonly AnswerRule[] }>;

function exitRate({ source, rules }: { readonly source: string; readonly rules: readonly AnswerRule[] }): number {
  const program = assemble(source, { base: 0x4008_0000n });
  assert(program.image, 'the guest assembles');
  const machine = build({
    board: DEFAULT_BOARD,
    rules,
    image: { parts: [{ address: program.base, bytes: program.image }], entry: program.base },
  });
  const took = seconds(() => machine.run({ instructions: 20_000 }));
  return machine.log.exits / took;
}

function assemblerRate(): number {
  const lines = Array.from({ length: 2000 }, (_, n) => LINES[n % LINES.length]?.replaceAll('%', String(n)) ?? '');
  const source = lines.join('\n');
  return lines.length / seconds(() => assert(assemble(source, { base: 0x4008_0000n }).image, 'the lines assemble'));
}

const LINES = [
  'label%: add x0, x1, #%',
  '        ldr w2, [x3, #8]         // a load',
  '        b.ne .',
  '        str x4, [sp, #-16]!',
  '        mov x5, #0x12340000',
  '        and x6, x7, #0xff00ff00ff00ff00',
  '        mrs x8, id_aa64pfr0_el1',
  '        .word %, 0x10 + %',
];

function build(options: Partial<MachineOptions> & Pick<MachineOptions, 'board' | 'image'>): Machine {
  const made = createMachine({ config: {}, rules: [], ...options });
  assert(made.ok, made.ok ? '' : made.error);
  return made.value;
}

function line({ name, engine, median, least, greatest, unit }: Row): string {
  const number = (value: number): string => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(1));
  return `${name.padEnd(38)} ${engine.padEnd(10)} ${number(median).padStart(10)} ${unit.padEnd(23)} (${number(least)} to ${number(greatest)})\n`;
}
