// What the machine's state means for the person: the words in the status box and which run controls can act. Pure; it takes what
// the store holds and knows no component.

import { assertNever } from '#base';
import type { MachineSlice, ProgramSlice } from '#client';
import type { BoardConfig } from '#project';
import type { World } from '#ui';

/** The status box: whose move it is, in a few words, and where the machine stands. */
export interface StatusText {
  readonly world: World | undefined;
  readonly words: string;
  readonly where: string;
  /** `waits` and `failed` colour the words; `plain` does not. */
  readonly tone: 'plain' | 'waits' | 'failed';
}

/** Which controls can act now. */
export interface Controls {
  readonly reset: boolean;
  readonly step: boolean;
  readonly pause: boolean;
  readonly run: boolean;
  /** Run first goes back to reset: the run has ended. */
  readonly runAnew: boolean;
}

const worldOfLevel = ['0', '1', '2'] as const satisfies readonly World[];

/** The world of an exception level. */
export function levelWorld(el: 0 | 1 | 2): World {
  return worldOfLevel[el];
}

/** Counts for reading: thin spaces between thousands. */
export function count(value: number): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

function instructions(machine: MachineSlice): string {
  return `${count(machine.moment.instructions)} instr`;
}

/** See StatusText. */
export function statusText(machine: MachineSlice, program: ProgramSlice): StatusText {
  const { status, el, line, cpu } = machine;
  const errors = program.assembled?.diagnostics.filter((d) => d.severity === 'error').length ?? 0;
  const place = `${instructions(machine)} · vCPU ${cpu}`;
  switch (status.kind) {
    case 'empty':
      return {
        world: undefined,
        words: errors > 0 ? 'Not assembled' : 'Not started',
        where: errors > 0 ? `${errors} ${errors === 1 ? 'error' : 'errors'} in the program` : 'Run or Step loads the program',
        tone: 'plain',
      };
    case 'running':
      return { world: levelWorld(el), words: 'Running', where: place, tone: 'plain' };
    case 'waiting':
      return { world: 'V', words: 'Waiting for you', where: `exit ${status.ask.exit} · ${place}`, tone: 'waits' };
    case 'ended':
      return {
        world: undefined,
        words: endWords[status.reason],
        where: place,
        tone: status.reason === 'error' ? 'failed' : 'plain',
      };
    case 'crashed':
      return { world: undefined, words: 'Internal error', where: place, tone: 'failed' };
    case 'paused':
      return {
        world: levelWorld(el),
        words: pausedText(status.why, line),
        where: status.why === 'reset' && machine.moment.instructions === 0 ? 'not run yet · 0 instr' : place,
        tone: 'plain',
      };
    default:
      return assertNever(status, 'status');
  }
}

function pausedText(why: Extract<MachineSlice['status'], { kind: 'paused' }>['why'], line: number | undefined): string {
  if (why === 'reset') return 'At reset';
  if (why === 'asleep') return 'This vCPU sleeps';
  return line === undefined ? pausedWords[why].replace(/ at$|,$/, '') : `${pausedWords[why]} line ${line}`;
}

const pausedWords = {
  step: 'Stopped at',
  pause: 'Paused at',
  breakpoint: 'Breakpoint,',
  exit: 'Stopped after an exit,',
  input: 'Waiting for input,',
} as const;

const endWords = {
  shutdown: 'Powered off',
  reset: 'Asked for a reset',
  halted: 'Halted',
  exit: 'Ended',
  limit: 'Stopped at the limit',
  error: 'KVM_RUN failed',
} as const;

/** See Controls. A changed text may always be run: it is loaded first. */
export function controls({ status, moment }: MachineSlice, { loaded, source }: ProgramSlice): Controls {
  const program = source.trim() !== '' && status.kind !== 'crashed';
  const stopped = status.kind === 'paused' || !loaded;
  const running = status.kind === 'running';
  const ended = status.kind === 'ended' && loaded;
  return {
    reset:
      program &&
      status.kind !== 'empty' &&
      !(status.kind === 'paused' && status.why === 'reset' && moment.instructions === 0 && loaded),
    step: program && stopped && !running,
    pause: running,
    run: program && !running && (stopped || ended),
    runAnew: ended,
  };
}

/** Bytes as people say them. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value} ${units[unit]}`;
}

const hypervisors = { kvm: 'KVM', rmm: 'RMM', none: 'bare metal' } as const;

/** The board in a few words: `KVM, EL1, 2 vCPUs, 64 MiB, max`. */
export function boardText({ hypervisor, el, cpus, memory, cpu, semihosting }: BoardConfig): string {
  const calls = hypervisor === 'none' && semihosting ? ', semihosting' : '';
  return `${hypervisors[hypervisor]}, EL${el}, ${cpus === 1 ? '1 vCPU' : `${cpus} vCPUs`}, ${sizeText(memory)}, ${cpu}${calls}`;
}
