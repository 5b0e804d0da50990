// The deterministic machine: schedules the CPUs of a board in turns of a fixed number of instructions, stops where it is told to, and records
// every input from outside with its moment. What it remembers for that (whose turn it is) is in the machine's memory like all other state.

import { type Bytes, err, layout, ok, parseInteger, type Result, subBytes } from '#base';
import { stateHash } from '#cpu';
import type { Answer, AnswerRule, BoardConfig, Moment, OutsideInput, RecordedInput, Recording } from '#project';
import { createBareMetalBoard } from './bare-metal-board.ts';
import type { Board, BoardHooks, BoardStop } from './board.ts';
import { createKvmBoard } from './kvm-board.ts';
import { createEventLog, type EventLog } from './log/event-log.ts';
import { writeRegister } from './registers.ts';
import type { CpuSleep, Machine, MachineOptions, MachineState, RunLimits, RunStop } from './types.ts';

/** Instructions of one turn. */
const QUANTUM = 10_000;

const SCHEDULER = layout({ current: 'u32', left: 'u32' });

/** CPUs that one machine can have. */
export const MOST_CPUS = 8;

/** What is wrong with a board, wherever its numbers came from (a file, a link, a hand); undefined when nothing is. */
function boardMistake({ hypervisor, el, cpus, memory }: BoardConfig): string | undefined {
  if (hypervisor === 'rmm') return 'there is no realm monitor yet: kvm and none are the hypervisors';
  if (hypervisor !== 'kvm' && hypervisor !== 'none') return `there is no hypervisor '${hypervisor}': kvm or none`;
  if (!Number.isInteger(cpus) || cpus < 1 || cpus > MOST_CPUS) return `${cpus} CPUs: 1 to ${MOST_CPUS} are to be had`;
  if (!Number.isSafeInteger(memory) || memory <= 0) return `${memory} bytes of memory are none to be had`;
  if (el !== 0 && el !== 1 && el !== 2) return `there is no EL${el} to start at`;
  if (hypervisor === 'kvm' && el === 2) return 'EL2 is the hypervisor itself: a guest of KVM starts at EL0 or EL1';
  return undefined;
}

/** Makes a machine at reset; the error is a sentence for the person who configured it. */
export function createMachine(options: MachineOptions): Result<Machine, string> {
  const mistake = boardMistake(options.board);
  if (mistake !== undefined) return err(mistake);
  const log = createEventLog();
  let board: Board | undefined;
  let exitGoal = Number.POSITIVE_INFINITY;
  const hooks: BoardHooks = {
    log,
    instructions: () => board?.processors.reduce((sum, p) => sum + Number(p.instructions), 0) ?? 0,
    appended(cpu) {
      if (log.exits >= exitGoal) board?.processors[cpu]?.requestStop();
    },
    exception(cpu, record) {
      log.exception(cpu, hooks.instructions(), record);
    },
  };
  const made = options.board.hypervisor === 'none' ? createBareMetalBoard(options, hooks) : createKvmBoard(options, hooks);
  if (!made.ok) return made;
  board = made.value;
  return ok(new ScheduledMachine(options, board, hooks, (goal) => (exitGoal = goal)));
}

class ScheduledMachine implements Machine {
  readonly log: EventLog;
  readonly #board: Board;
  readonly #hooks: BoardHooks;
  readonly #setExitGoal: (exits: number) => void;
  readonly #scheduler: ReturnType<typeof SCHEDULER.attach>;
  /** The highest level that code runs at: a hypervisor's model has EL2 to itself. */
  readonly #highest: 1 | 2;
  readonly #inputs: RecordedInput[] = [];
  #state: MachineState = { kind: 'ready' };
  #rules: readonly AnswerRule[];
  #breakpoints: ReadonlySet<bigint> = new Set();
  #onInstruction: Machine['onInstruction'];

  constructor(options: MachineOptions, board: Board, hooks: BoardHooks, setExitGoal: (exits: number) => void) {
    this.#board = board;
    this.#hooks = hooks;
    this.#setExitGoal = setExitGoal;
    this.#rules = options.rules;
    this.#highest = options.board.hypervisor === 'none' ? 2 : 1;
    this.log = hooks.log;
    const { memory } = board;
    const bytes: Bytes = {
      get view() {
        return memory.view;
      },
    };
    this.#scheduler = SCHEDULER.attach(subBytes(bytes, memory.reserve(SCHEDULER.size), SCHEDULER.size));
    this.#scheduler.left = QUANTUM;
    this.#observe();
  }

  get state(): MachineState {
    return this.#state;
  }

  get moment(): Moment {
    return { instructions: this.#hooks.instructions(), exits: this.log.exits };
  }

  get cpus(): number {
    return this.#board.processors.length;
  }

  get current(): number {
    return this.#scheduler.current;
  }

  processor(cpu: number) {
    const processor = this.#board.processors[cpu];
    if (!processor) throw new RangeError(`CPU ${cpu} of ${this.cpus}`);
    return processor;
  }

  sleeps(cpu: number): CpuSleep | undefined {
    return this.#board.sleeps(cpu);
  }

  run(limits: RunLimits): RunStop {
    if (this.#state.kind !== 'ready') return 'state';
    if (limits.cpu !== undefined && limits.cpu !== this.current) this.#do({ kind: 'turn', cpu: limits.cpu });
    const stops = new Set([...(limits.breakpoints === false ? [] : this.#breakpoints), ...(limits.addresses ?? [])]);
    for (const processor of this.#board.processors) processor.setBreakpoints(stops);
    const exitsBefore = this.log.exits;
    this.#setExitGoal(limits.exits ?? Number.POSITIVE_INFINITY);
    try {
      return this.#run(limits, exitsBefore);
    } finally {
      this.#setExitGoal(Number.POSITIVE_INFINITY);
    }
  }

  #run(limits: RunLimits, exitsBefore: number): RunStop {
    const scheduler = this.#scheduler;
    let left = limits.instructions;
    /** CPUs that were found asleep one after the other; the earliest moment at which one wakes. */
    let asleep = 0;
    let deadline: bigint | undefined;
    while (left > 0) {
      const cpu = scheduler.current;
      const processor = this.processor(cpu);
      const before = processor.instructions;
      const stop: BoardStop = this.#board.run(cpu, Math.min(left, scheduler.left));
      const executed = Number(processor.instructions - before);
      left -= executed;
      scheduler.left = Math.max(0, scheduler.left - executed);
      if (executed > 0) asleep = 0;
      switch (stop.kind) {
        case 'budget':
          if (scheduler.left === 0) this.#nextTurn();
          break;
        case 'yield':
          if (limits.cpu === cpu && executed === 0 && this.cpus > 1) return 'asleep';
          this.#nextTurn();
          break;
        case 'asleep': {
          // Alone, and others could run: time is theirs, and does not jump.
          if (limits.cpu === cpu && this.#someoneElseRuns(cpu)) return 'asleep';
          deadline = asleep === 0 ? stop.deadline : earlier(deadline, stop.deadline);
          asleep += 1;
          this.#nextTurn();
          if (asleep < this.cpus) break;
          // Everybody sleeps: time jumps to the first who wakes by himself.
          if (deadline === undefined) {
            this.#state = {
              kind: 'ended',
              reason: 'halted',
              errno: undefined,
              status: undefined,
              message: 'every CPU waits, and nothing can wake one',
            };
            return 'state';
          }
          if (deadline > this.#board.memory.clock) this.#board.memory.clock = deadline;
          asleep = 0;
          break;
        }
        case 'breakpoint':
          return limits.addresses?.includes(processor.pc) ? 'address' : 'breakpoint';
        case 'requested':
          if (limits.exits !== undefined && this.log.exits >= limits.exits) return 'exits';
          break;
        case 'waiting':
          this.#state = stop;
          return 'state';
        case 'ended':
          this.#state = stop;
          return 'state';
      }
      if (limits.exits !== undefined && this.log.exits >= limits.exits && this.log.exits > exitsBefore) return 'exits';
    }
    return 'budget';
  }

  #someoneElseRuns(cpu: number): boolean {
    return this.#board.processors.some(({ index }) => index !== cpu && this.sleeps(index) === undefined);
  }

  #nextTurn(): void {
    this.#scheduler.current = (this.#scheduler.current + 1) % this.cpus;
    this.#scheduler.left = QUANTUM;
  }

  answer(answer: Answer): Result<void, string> {
    if (this.#state.kind !== 'waiting') return err('no exit waits for an answer');
    const at = this.moment;
    const done = this.#board.answer(this.#state.question, answer);
    if (!done.ok) return done;
    this.#inputs.push({ at, input: { kind: 'answer', answer } });
    const stop = done.value;
    this.#state = stop?.kind === 'waiting' || stop?.kind === 'ended' ? stop : { kind: 'ready' };
    return ok(undefined);
  }

  preview(answer: Answer) {
    if (this.#state.kind !== 'waiting') return err('no exit waits for an answer');
    return this.#board.preview(this.#state.question, answer);
  }

  input(input: Exclude<OutsideInput, { kind: 'answer' }>): Result<void, string> {
    return this.#do(input);
  }

  #do(input: Exclude<OutsideInput, { kind: 'answer' }>): Result<void, string> {
    const at = this.moment;
    const done = this.#apply(input);
    if (done.ok) this.#inputs.push({ at, input });
    return done;
  }

  #apply(input: Exclude<OutsideInput, { kind: 'answer' }>): Result<void, string> {
    switch (input.kind) {
      case 'console': {
        const bytes = bytesOf(input.bytes);
        if (!bytes) return err(`'${input.bytes}' is not a run of hex pairs`);
        this.#board.consoleInput(bytes);
        return ok(undefined);
      }
      case 'register':
        return this.#writeRegister(input.cpu, input.register, input.value);
      case 'id-register': {
        const value = parseInteger(input.value);
        return value === undefined ? err(`${input.value} is not a number`) : this.#board.setIdRegister(input.register, value);
      }
      case 'memory': {
        const bytes = bytesOf(input.bytes);
        const address = parseInteger(input.address);
        if (!bytes || address === undefined) return err('memory takes an address and hex pairs');
        return this.#board.writeMemory(address, bytes) ? ok(undefined) : err(`there is no memory at ${input.address}`);
      }
      case 'interrupt':
        return this.#board.setInterrupt(input.intid, input.level);
      case 'turn':
        if (!Number.isInteger(input.cpu) || input.cpu < 0 || input.cpu >= this.cpus) return err(`there is no CPU ${input.cpu}`);
        this.#scheduler.current = input.cpu;
        this.#scheduler.left = QUANTUM;
        return ok(undefined);
      case 'rules': {
        const done = this.#board.setRules(input.rules);
        if (done.ok) this.#rules = input.rules;
        return done;
      }
    }
  }

  #writeRegister(cpu: number, name: string, text: string): Result<void, string> {
    const processor = this.#board.processors[cpu];
    const value = parseInteger(text);
    if (!processor) return err(`there is no CPU ${cpu}`);
    if (value === undefined) return err(`${text} is not a number`);
    return writeRegister(processor, name, value, this.#highest);
  }

  get rules(): readonly AnswerRule[] {
    return this.#rules;
  }

  set rules(rules: readonly AnswerRule[]) {
    this.#do({ kind: 'rules', rules });
  }

  get vm() {
    return this.#board.vm;
  }

  get breakpoints(): ReadonlySet<bigint> {
    return this.#breakpoints;
  }

  set breakpoints(addresses: ReadonlySet<bigint>) {
    this.#breakpoints = addresses;
  }

  get recording(): Recording {
    return { version: 1, inputs: [...this.#inputs], end: this.moment };
  }

  get onInstruction(): Machine['onInstruction'] {
    return this.#onInstruction;
  }

  set onInstruction(hook: Machine['onInstruction']) {
    this.#onInstruction = hook;
    this.#observe();
  }

  #observe(): void {
    for (const processor of this.#board.processors) {
      const hook = this.#onInstruction;
      processor.setObserver({
        exception: (record) => {
          if (record.to === 1) this.#hooks.exception(processor.index, record);
        },
        ...(hook ? { instruction: (pc: bigint, word: number) => hook(processor.index, processor.el, pc, word) } : {}),
      });
    }
  }

  readMemory(address: bigint, length: number): Uint8Array | undefined {
    return this.#board.readMemory(address, length);
  }

  stateHash(): string {
    return stateHash(this.#board.memory);
  }
}

function earlier(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined) return b;
  return b === undefined || a < b ? a : b;
}

function bytesOf(text: string): Uint8Array | undefined {
  if (!/^([0-9a-fA-F]{2})*$/.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Brings a machine at reset to the end of a recording; the error says at which input the two disagree. */
export function replayInto(machine: Machine, recording: Recording): Result<void, string> {
  const reach = (at: Moment): boolean => {
    for (;;) {
      const { instructions, exits } = machine.moment;
      if (instructions === at.instructions && exits === at.exits) return true;
      if (instructions > at.instructions || exits > at.exits || machine.state.kind !== 'ready') return false;
      // The last exit may come after the last instruction: then one more step brings it.
      machine.run({
        instructions: Math.max(1, at.instructions - instructions),
        exits: at.exits > exits ? at.exits : Number.POSITIVE_INFINITY,
        breakpoints: false,
      });
    }
  };
  for (const [index, { at, input }] of recording.inputs.entries()) {
    if (!reach(at))
      return err(
        `the recording does not fit this program: input ${index + 1} (${input.kind}) came at instruction ${at.instructions}, exit ${at.exits}, which this run never reaches`,
      );
    const done = input.kind === 'answer' ? machine.answer(input.answer) : machine.input(input);
    if (!done.ok) return err(`input ${index + 1} of the recording is refused: ${done.error}`);
  }
  if (recording.end && !reach(recording.end)) return err('the recording does not fit this program: its end is never reached');
  return ok(undefined);
}
