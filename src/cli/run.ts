// `trapscope run`: a guest from a source file, an ELF file or a flat image, run to its end by a machine with rules for answers, its exits
// reported as they happen. Owns the options and the two output formats; what happens is the machine's.
import { parseArgs } from 'node:util';
import { assemble, disassemble } from '#asm';
import { hex } from '#base';
import { isElf, printKvmRunFailed, readElf } from '#formats';
import { createMachine, dumpedRegisters, type LoadImage, type Machine } from '#machine';
import { DEFAULT_BOARD, type HypervisorName, readConfig, readRules } from '#project';
import { InputError, type Io, UsageError } from './io.ts';
import { addressOption, choiceOption, countOption, jsonFile, sizeOption } from './options.ts';
import { endEvent, logEvent } from './run-events.ts';

const DEFAULT_LOAD = 0x4008_0000n;
/** Instructions between two looks at the log. */
const SLICE = 1_000_000;

/** Runs the command. Status 0 done, 1 the input is at fault, 3 a limit or an answer that is needed, 4 KVM_RUN failed. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values: o, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      hypervisor: { type: 'string', default: 'kvm' },
      el: { type: 'string' },
      load: { type: 'string' },
      entry: { type: 'string' },
      memory: { type: 'string', default: '64M' },
      cpus: { type: 'string', default: '1' },
      kernel: { type: 'string' },
      initrd: { type: 'string' },
      append: { type: 'string' },
      cpu: { type: 'string', default: DEFAULT_BOARD.cpu },
      config: { type: 'string' },
      answers: { type: 'string' },
      blob: { type: 'string', multiple: true },
      semihosting: { type: 'string', default: 'off' },
      engine: { type: 'string', default: 'auto' },
      'max-instructions': { type: 'string', default: '100000000' },
      serial: { type: 'string', default: 'stdio' },
      trace: { type: 'string', default: 'exits' },
      json: { type: 'boolean', default: false },
    },
  });
  for (const name of ['kernel', 'initrd', 'append'] as const) {
    if (o[name] !== undefined) throw new UsageError(`--${name}: this version does not start Linux kernels yet`);
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('run takes one FILE');
  const hypervisor: HypervisorName = choiceOption('--hypervisor', o.hypervisor, ['kvm', 'rmm', 'none']);
  if (hypervisor === 'rmm') throw new UsageError('--hypervisor rmm: this version has no realm monitor yet');
  const engine = choiceOption('--engine', o.engine, ['auto', 'reference', 'wasm']);
  if (engine === 'wasm') throw new UsageError('--engine wasm: this version has the reference engine only');
  const el = o.el === undefined ? (hypervisor === 'none' ? 2 : 1) : countOption('--el', o.el, 0, 2);
  if (hypervisor === 'kvm' && el === 2) throw new UsageError('--el 2 is the hypervisor itself; a guest of KVM starts at 0 or 1');
  const trace = choiceOption('--trace', o.trace, ['exits', 'instructions']);
  const semihosting = choiceOption('--semihosting', o.semihosting, ['on', 'off']) === 'on';
  const limit = countOption('--max-instructions', o['max-instructions'], 0, Number.MAX_SAFE_INTEGER);
  const load = o.load === undefined ? undefined : addressOption('--load', o.load);
  const entry = o.entry === undefined ? undefined : addressOption('--entry', o.entry);
  const config = o.config === undefined ? {} : jsonFile(io, o.config, readConfig);
  const rules = o.answers === undefined ? [] : jsonFile(io, o.answers, readRules);

  const image = loadProgram(io, file, load, entry, await warnTo(io));
  const blobs = (o.blob ?? []).map((text) => blob(io, text));
  const serial: number[] = [];
  const made = createMachine({
    board: {
      hypervisor,
      el: el as 0 | 1 | 2,
      memory: sizeOption('--memory', o.memory),
      cpus: countOption('--cpus', o.cpus, 1, 8),
      cpu: o.cpu,
    },
    config,
    rules,
    image: { ...image, parts: [...image.parts, ...blobs] },
    console: (byte) => serial.push(byte),
    semihosting: semihosting ? io.guestFiles?.() : undefined,
  });
  if (!made.ok) throw new InputError(`${file}:1:1: error: ${made.error}`);
  const machine = made.value;

  const toStream = o.serial === 'stdio';
  const serialFile: number[] = [];
  async function drainSerial(): Promise<void> {
    if (serial.length === 0) return;
    const bytes = Uint8Array.from(serial);
    serial.length = 0;
    if (toStream) await (o.json ? io.stderr : io.stdout).write(bytes);
    else for (const byte of bytes) serialFile.push(byte);
  }
  let traced: string[] = [];
  if (trace === 'instructions' && o.json) {
    machine.onInstruction = (cpu, at, pc, word) => {
      const text = disassemble(word, { pc }).replace('\t', ' ');
      traced.push(JSON.stringify({ event: 'instruction', cpu, el: `EL${at}`, pc: hex(pc), word: hex(word), text }));
    };
  }

  let told = 0;
  async function tellLog(final: boolean): Promise<void> {
    if (traced.length > 0) {
      const lines = traced;
      traced = [];
      await io.stdout.write(`${lines.join('\n')}\n`);
    }
    // The last entry may still change: it waits for its answer, or its completion comes with the next run.
    const end = final ? machine.log.length : machine.log.length - 1;
    const lines: string[] = [];
    for (; told < end; told += 1) lines.push(JSON.stringify(logEvent(machine.log.entry(told))));
    if (lines.length > 0) await io.stdout.write(`${lines.join('\n')}\n`);
  }

  // Tracing keeps a line for every instruction until it is written, so its slices are short.
  const slice = machine.onInstruction ? 5000 : SLICE;
  let left = limit;
  let limitReached = false;
  while (machine.state.kind === 'ready') {
    if (left <= 0) {
      limitReached = true;
      break;
    }
    const before = machine.moment.instructions;
    machine.run({ instructions: Math.min(slice, left) });
    left -= machine.moment.instructions - before;
    if (o.json) await tellLog(false);
    await drainSerial();
    await io.stdout.flush();
  }
  if (o.json) {
    await tellLog(true);
    await io.stdout.write(`${JSON.stringify(endEvent(machine, limitReached))}\n`);
  } else {
    await drainSerial();
    const end = endEvent(machine, limitReached);
    await io.stderr.write(
      `${end['reason']}: ${end['message']} (${machine.moment.instructions} instructions, ${machine.log.exits} exits)\n`,
    );
    // As QEMU does.
    if (machine.state.kind === 'ended' && machine.state.errno !== undefined)
      await io.stderr.write(printKvmRunFailed(machine.state.errno, dumpedRegisters(machine.processor(machine.current))));
  }
  await drainSerial();
  if (!toStream) io.writeFile(o.serial, Uint8Array.from(serialFile));
  return status(machine);
}

function status({ state }: Machine): number {
  if (state.kind !== 'ended') return 3;
  return state.reason === 'error' ? 4 : 0;
}

async function warnTo(io: Io): Promise<(text: string) => void> {
  return (text) => void io.stderr.write(`${text}\n`);
}

function loadProgram(
  io: Io,
  file: string,
  load: bigint | undefined,
  entry: bigint | undefined,
  warn: (text: string) => void,
): LoadImage {
  const bytes = io.readFile(file);
  if (/\.[sS]$/.test(file)) {
    const assembly = assemble(new TextDecoder().decode(bytes), { base: load ?? DEFAULT_LOAD });
    const lines = assembly.diagnostics.map((d) => `${file}:${d.line}:${d.column}: ${d.severity}: ${d.message}`);
    if (!assembly.image) throw new InputError(lines.join('\n'));
    for (const line of lines) warn(line);
    return { parts: [{ address: assembly.base, bytes: assembly.image }], entry: entry ?? assembly.entry };
  }
  if (isElf(bytes)) {
    const elf = readElf(bytes);
    if (!elf.ok) throw new InputError(`${file}:1:1: error: ${elf.error}`);
    return { parts: elf.value.segments.map((s) => ({ address: s.address, bytes: s.bytes })), entry: entry ?? elf.value.entry };
  }
  const address = load ?? DEFAULT_LOAD;
  return { parts: [{ address, bytes }], entry: entry ?? address };
}

function blob(io: Io, text: string): { address: bigint; bytes: Uint8Array } {
  const at = text.lastIndexOf('@');
  if (at <= 0) throw new UsageError(`--blob takes FILE@ADDRESS; '${text}' has no address`);
  return { address: addressOption('--blob', text.slice(at + 1)), bytes: io.readFile(text.slice(0, at)) };
}
