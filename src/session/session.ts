// One person's work with a machine: the program, the machine made from it, run control in slices, and the batched news for the page. It
// answers the requests of the protocol. It knows nothing of threads and timers: whoever holds it lends a way to be called again.
import { assert, err, ok } from '#base';
import { CPU_MODEL_NAMES } from '#cpu';
import { printKvmRunFailed } from '#formats';
import {
  createMachine,
  dumpedRegisters,
  type Machine,
  type MemoryFiles,
  MOST_CPUS,
  memoryFiles,
  type RunStop,
  replayInto,
} from '#machine';
import { type Answer, type AnswerRule, type Project, type Recording, readRules } from '#project';
import {
  type AnswerPreview,
  type Ask,
  type CpuLine,
  type ExitDetail,
  type ExitRow,
  type MachineStatus,
  type MachineUpdate,
  type ProgramView,
  REGISTER_ORDER,
  type Reply,
  type RunControl,
  type WorkerApi,
} from '#protocol';
import { ChangeMarks } from './change-marks.ts';
import { exitDetail, exitRow, type ProgramNames } from './exit-views.ts';
import { createHypervisorInspector } from './hypervisor-inspection.ts';
import { createInspector, type Inspected } from './inspect.ts';
import { LineStory } from './line-story.ts';
import { readImage } from './program-image.ts';
import { exportProgram, type RunProgram, readProgram } from './programs.ts';
import { returnsTo, runTo, StepOut, stepAll } from './stepping.ts';

/** What a session needs from the thread that it lives on. */
export interface SessionHost {
  /** Calls back soon, after other requests had their turn. */
  defer(callback: () => void): void;
  /** Milliseconds since some moment; used only to size slices and to space updates. */
  now(): number;
}

/** A slice takes about this long; it is made of chunks, because an exit costs as much as thousands of instructions. */
const SLICE_MS = 8;
const FIRST_CHUNK = 500;
const LARGEST_CHUNK = 1_000_000;
/** Updates while running are at least this far apart: figures that change faster than this cannot be read. */
const UPDATE_MS = 66;

/** How a running machine is to stop. */
interface Running {
  readonly step: (budget: number) => RunStop | 'goal';
  /** What the stop is called when it is neither a question nor the end. */
  readonly why: Extract<MachineStatus, { kind: 'paused' }>['why'];
}

/** Makes a session; its methods are the worker's requests. */
export function createSession(host: SessionHost): WorkerApi {
  let listener: ((update: MachineUpdate) => unknown) | undefined;
  /** Updates on their way that the listener has not taken yet. */
  let untaken = 0;
  let project: Project | undefined;
  let program: RunProgram | undefined;
  let names: ProgramNames = { symbolAt: () => undefined, lineAt: () => undefined };
  let machine: Machine | undefined;
  /** The CPU that views show. */
  let shown = 0;
  let epoch = 0;
  let running: Running | undefined;
  let paused: Extract<MachineStatus, { kind: 'paused' }>['why'] = 'reset';
  let crashed: string | undefined;
  let chunk = FIRST_CHUNK;
  let lastUpdate = -Infinity;
  let consoleBytes: number[] = [];
  /** Of the machine, where it has semihosting. */
  let files: MemoryFiles | undefined;
  let marks = new ChangeMarks();
  const inspector = createInspector(inspected);
  const hypervisor = createHypervisorInspector(inspected, (name, value) => {
    // What KVM has taken, the next machine is made with.
    if (project && value !== undefined) {
      const id_registers = { ...project.config.id_registers, [name]: `0x${value.toString(16)}` };
      project = { ...project, config: { ...project.config, id_registers } };
    }
    tell();
  });
  let story = new LineStory(0, inspector.exit);
  let rulesChanged = false;
  let lastAnswers = new Map<string, bigint>();

  function inspected(): Inspected | undefined {
    if (!machine || !project) return undefined;
    return {
      machine,
      cpu: shown,
      kvm: project.board.hypervisor === 'kvm',
      symbol: (name) => program?.symbol(name),
    };
  }

  function status(): MachineStatus {
    if (crashed !== undefined) return { kind: 'crashed', message: crashed };
    if (!machine) return { kind: 'empty' };
    const { state } = machine;
    if (state.kind === 'waiting') return { kind: 'waiting', ask: ask(machine) };
    if (state.kind === 'ended') {
      return {
        kind: 'ended',
        reason: state.reason,
        message: state.message,
        ...(state.errno === undefined ? {} : { errno: state.errno }),
      };
    }
    return running ? { kind: 'running' } : { kind: 'paused', why: paused };
  }

  function ask({ state }: Machine): Ask {
    assert(state.kind === 'waiting', 'an ask without a question');
    const { question } = state;
    const last = lastAnswers.get(questionKey(question));
    const where =
      question.register ??
      `${question.bytes === 1 ? '1 byte' : `${question.bytes} bytes`} at 0x${question.address?.toString(16)}`;
    return {
      exit: question.exit,
      kind: question.kind,
      access: question.access,
      what: question.kind === 'nisv' ? `an access without syndrome at 0x${question.address?.toString(16)}` : where,
      bytes: question.bytes,
      permitted: question.permitted,
      ...(question.address === undefined ? {} : { address: question.address }),
      ...(question.register === undefined ? {} : { register: question.register }),
      ...(question.value === undefined ? {} : { value: question.value }),
      ...(question.lands === undefined ? {} : { lands: question.lands.replace(/^w/, 'x') }),
      ...(last === undefined ? {} : { last }),
      ...(question.refused === undefined ? {} : { refused: question.refused }),
    };
  }

  function update(): MachineUpdate | undefined {
    if (!machine) return undefined;
    const cpu = shown;
    const processor = machine.processor(cpu);
    const values = new BigUint64Array(REGISTER_ORDER.length);
    for (let n = 0; n < 31; n += 1) values[n] = processor.x(n);
    for (const el of [0, 1, 2] as const) values[31 + el] = processor.sp(el);
    values[34] = processor.pc;
    values[35] = processor.pstate;
    const bytes = Uint8Array.from(consoleBytes);
    consoleBytes = [];
    const told = story.news(machine.log, names, status());
    const rules = rulesChanged ? machine.rules : undefined;
    rulesChanged = false;
    return {
      epoch,
      status: status(),
      moment: machine.moment,
      cpu,
      el: processor.el,
      cpus: cpuLines(machine),
      registers: { cpu, values },
      changes: running ? [] : marks.changes(processor, machine.log, names),
      changesSince: marks.since,
      line: names.lineAt(processor.pc),
      exits: machine.log.exits,
      console: bytes,
      badges: told.badges,
      lineLevels: told.levels,
      rules,
    };
  }

  function cpuLines(m: Machine): readonly CpuLine[] {
    return Array.from({ length: m.cpus }, (_, cpu): CpuLine => {
      const { el, pc } = m.processor(cpu);
      const asks = m.state.kind === 'waiting' && m.state.question.cpu === cpu;
      return { cpu, doing: asks ? 'asks' : (m.sleeps(cpu) ?? 'ready'), el, pc, line: names.lineAt(pc) };
    });
  }

  function tell(): void {
    lastUpdate = host.now();
    const news = update();
    if (!news) return;
    const taken = listener?.(news);
    if (!(taken instanceof Promise)) return;
    untaken += 1;
    const done = () => {
      untaken -= 1;
    };
    taken.then(done, done);
  }

  /** Runs what may meet a bug of ours; a bug latches until the next reset or load. */
  function guarded<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      running = undefined;
      crashed = error instanceof Error ? error.message : String(error);
      tell();
      return undefined;
    }
  }

  /** One slice: chunks until its time is used up, or something stops it. */
  function slice(current: Running): RunStop | 'goal' {
    const begun = host.now();
    for (let before = begun; ; ) {
      const stop = current.step(chunk);
      const now = host.now();
      if (now - before > SLICE_MS / 4) chunk = Math.max(1, chunk >> 1);
      else if (now - before < SLICE_MS / 16) chunk = Math.min(LARGEST_CHUNK, chunk * 2);
      if (stop !== 'budget' || now - begun >= SLICE_MS) return stop;
      before = now;
    }
  }

  function pump(): void {
    if (!running || !machine) return;
    const current = running;
    const stop = guarded(() => slice(current));
    if (stop === undefined || running !== current) return;
    if (stop === 'budget') {
      // A page that is busy is not told more than it can take: what it is told last counts.
      if (untaken === 0 && host.now() - lastUpdate >= UPDATE_MS) tell();
      host.defer(pump);
      return;
    }
    running = undefined;
    paused = stop === 'breakpoint' || stop === 'asleep' ? stop : current.why;
    // Who stopped the run is who is looked at; after a step, and where nobody did, it stays with the one that was.
    if (machine.state.kind === 'waiting') shown = machine.state.question.cpu;
    else if (stop === 'breakpoint' || stop === 'address' || stop === 'exits') shown = machine.current;
    tell();
  }

  function start(next: Running): void {
    assert(machine, 'a run without a machine');
    marks.set(machine);
    inspector.mark();
    running = next;
    host.defer(pump);
    tell();
  }

  function build(from: Project, recording: Recording | undefined): Reply<{ epoch: number; program: ProgramView }> {
    const read = readProgram(from);
    if (!read.ok) return err({ message: read.error });
    const next = read.value;
    const { view } = next;
    if (!view.ok) return ok({ epoch, program: view });
    consoleBytes = [];
    const store = from.board.hypervisor === 'none' && from.board.semihosting ? memoryFiles() : undefined;
    const made = createMachine({
      board: from.board,
      config: configFor(from),
      rules: from.rules,
      image: { parts: next.parts, entry: next.entry },
      console: (byte) => consoleBytes.push(byte),
      semihosting: store,
    });
    if (!made.ok) return err({ message: made.error });
    project = from;
    files = store;
    program = next;
    names = next.names;
    machine = made.value;
    shown = 0;
    crashed = undefined;
    running = undefined;
    paused = 'reset';
    epoch += 1;
    marks = new ChangeMarks();
    marks.set(machine);
    inspector.renew();
    hypervisor.renew(from);
    inspector.mark();
    story = new LineStory(
      next.lines.reduce((last, { line }) => Math.max(last, line), 0),
      inspector.exit,
    );
    lastAnswers = new Map();
    applyBreakpoints(from.breakpoints);
    observe(machine);
    if (recording) {
      const done = guarded(() => replayInto(made.value, recording));
      if (done && !done.ok) return err({ message: done.error });
      if (made.value.moment.instructions > 0) paused = 'pause';
    }
    tell();
    return ok({ epoch, program: view });
  }

  function observe(observed: Machine): void {
    observed.onInstruction = (_cpu, el, pc) => {
      const line = names.lineAt(pc);
      if (line !== undefined) story.ran(line, el);
    };
  }

  function applyBreakpoints(lines: readonly number[]): readonly number[] {
    if (!machine || !program) return [];
    const kept: number[] = [];
    const addresses = new Set<bigint>();
    for (const line of lines) {
      const address = addressOfLine(line);
      if (address === undefined) continue;
      kept.push(line);
      addresses.add(address);
    }
    machine.breakpoints = addresses;
    return kept;
  }

  /** Address of the first instruction of a line, or of the next line that has one. */
  function addressOfLine(line: number): bigint | undefined {
    let best: { line: number; address: bigint } | undefined;
    for (const l of program?.lines ?? []) {
      if (l.line >= line && (!best || l.line < best.line || (l.line === best.line && l.address < best.address))) best = l;
    }
    return best?.address;
  }

  function ready(): Reply<Machine> {
    if (crashed !== undefined) return err({ message: 'The machine met an internal error. Reset it to go on.' });
    if (!machine) return err({ message: 'No program is loaded.' });
    return ok(machine);
  }

  function plan(control: RunControl, m: Machine): Running | string {
    const run = (limits: Omit<Parameters<Machine['run']>[0], 'instructions'>) => (budget: number) =>
      m.run({ ...limits, instructions: budget });
    const cpu = shown;
    const processor = m.processor(cpu);
    switch (control.kind) {
      case 'run':
        return { step: run({}), why: 'pause' };
      case 'step':
        return {
          step: () => {
            const stop = m.run({ instructions: 1, cpu, breakpoints: false });
            return stop === 'asleep' ? stop : 'goal';
          },
          why: 'step',
        };
      case 'step-all':
        return { step: () => stepAll(m), why: 'step' };
      case 'step-over': {
        const address = returnsTo(processor, m);
        return address === undefined
          ? plan({ kind: 'step' }, m)
          : { step: (budget) => runTo(m, cpu, address, budget), why: 'step' };
      }
      case 'step-out': {
        const out = new StepOut(m, cpu);
        return { step: (budget) => out.step(budget), why: 'step' };
      }
      case 'next-exit':
        return { step: run({ exits: m.log.exits + 1 }), why: 'exit' };
      case 'to-line': {
        const address = addressOfLine(control.line);
        return address === undefined
          ? `Line ${control.line} has no instruction.`
          : { step: run({ addresses: [address] }), why: 'step' };
      }
    }
  }

  return {
    ...inspector.requests,
    ...hypervisor.requests,
    subscribe(next) {
      listener = next;
      tell();
    },
    load: (from) => build(from, undefined),
    replay: (from, recording) => build(from, recording),
    readImage(name, image) {
      const read = readImage(name, image);
      return read.ok ? ok({ listing: read.value.listing }) : err({ message: read.error });
    },
    exportProgram: (from, format) => exportProgram(from, format),
    guestFiles: () => ok(files?.list() ?? []),
    boardChoices: () => ok({ cpus: CPU_MODEL_NAMES, mostCpus: MOST_CPUS }),
    reset() {
      if (!project) return err({ message: 'No program is loaded.' });
      const rules = machine?.rules ?? project.rules;
      const reply = build({ ...project, rules }, undefined);
      return reply.ok ? ok({ epoch: reply.value.epoch }) : reply;
    },
    control(control) {
      const m = ready();
      if (!m.ok) return m;
      const { state } = m.value;
      if (running) return err({ message: 'The guest is running. Pause it first.' });
      if (state.kind === 'waiting')
        return err({
          message: 'The guest waits for your answer: it goes on once exit is answered.'.replace(
            'exit',
            `exit ${state.question.exit}`,
          ),
        });
      if (state.kind === 'ended') return err({ message: 'The run has ended. Reset to start again.' });
      const planned = plan(control, m.value);
      if (typeof planned === 'string') return err({ message: planned });
      start(planned);
      return ok(null);
    },
    pause() {
      if (running) {
        running = undefined;
        paused = 'pause';
        tell();
      }
      return ok(null);
    },
    showCpu(cpu) {
      if (!machine) return err({ message: 'No program is loaded.' });
      if (!Number.isInteger(cpu) || cpu < 0 || cpu >= machine.cpus) return err({ message: `There is no vCPU ${cpu}.` });
      shown = cpu;
      tell();
      return ok(null);
    },
    answer(answer, { exit, always }) {
      const m = ready();
      if (!m.ok) return m;
      const { state } = m.value;
      if (state.kind !== 'waiting' || state.question.exit !== exit)
        return err({ message: `Exit ${exit} does not wait any more.` });
      const { question } = state;
      marks.set(m.value);
      inspector.mark();
      const done = guarded(() => m.value.answer(answer));
      if (!done) return err({ message: crashed ?? 'internal error' });
      if (!done.ok) return err({ message: done.error });
      if (answer.do === 'value' && question.access === 'read') lastAnswers.set(questionKey(question), BigInt(answer.value));
      if (always) {
        const rule = ruleFor(question, answer);
        if (rule) {
          m.value.rules = [...m.value.rules, rule];
          rulesChanged = true;
        }
      }
      running = { step: (budget) => m.value.run({ instructions: budget }), why: 'pause' };
      host.defer(pump);
      return ok(null);
    },
    previewAnswer(answer, exit): Reply<AnswerPreview> {
      const m = ready();
      if (!m.ok) return m;
      if (m.value.state.kind !== 'waiting' || m.value.state.question.exit !== exit)
        return err({ message: `Exit ${exit} does not wait any more.` });
      const effect = m.value.preview(answer);
      if (!effect.ok) return err({ message: effect.error });
      const { register, old, new: value, why } = effect.value;
      return ok({
        why,
        ...(register === undefined ? {} : { register }),
        ...(old === undefined ? {} : { before: old }),
        ...(value === undefined ? {} : { after: value }),
      });
    },
    setRules(rules) {
      const done = machine?.input({ kind: 'rules', rules });
      if (done && !done.ok) return err({ message: done.error });
      if (project) project = { ...project, rules };
      return ok(null);
    },
    readRules(text) {
      const read = readRules(text);
      if (read.ok) return ok(read.value);
      return err({ message: read.error.map(({ line, column, message }) => `${line}:${column}: ${message}`).join('\n') });
    },
    setBreakpoints(lines) {
      if (project) project = { ...project, breakpoints: lines };
      return ok({ lines: applyBreakpoints(lines) });
    },
    writeRegister(cpu, register, value) {
      const m = ready();
      if (!m.ok) return m;
      if (running) return err({ message: 'The guest is running. Pause it first.' });
      const done = m.value.input({ kind: 'register', cpu, register, value: `0x${value.toString(16)}` });
      if (!done.ok) return err({ message: done.error });
      marks.byHand(cpu, register);
      inspector.byHand(cpu, register);
      tell();
      return ok(null);
    },
    consoleInput(bytes) {
      const m = ready();
      if (!m.ok) return m;
      const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      const done = m.value.input({ kind: 'console', bytes: text });
      return done.ok ? ok(null) : err({ message: done.error });
    },
    exitRows(first, count): Reply<readonly ExitRow[]> {
      if (!machine) return ok([]);
      const rows: ExitRow[] = [];
      const end = Math.min(machine.log.exits, first + Math.min(count, 1000) - 1);
      for (let n = Math.max(1, first); n <= end; n += 1) rows.push(exitRow(machine.log.exit(n), names));
      return ok(rows);
    },
    exitDetail(n): Reply<ExitDetail> {
      if (!machine || n < 1 || n > machine.log.exits) return err({ message: `There is no exit ${n}.` });
      return ok(exitDetail(machine.log.exit(n), names, n === machine.log.exits ? failureDump(machine) : ''));
    },
    recording: () => (machine ? ok(machine.recording) : err({ message: 'No program is loaded.' })),
    stateHash: () => (machine ? ok(machine.stateHash()) : err({ message: 'No program is loaded.' })),
  };
}

/** What a VMM prints when KVM_RUN has failed; '' otherwise. */
function failureDump(machine: Machine): string {
  const { state } = machine;
  if (state.kind !== 'ended' || state.errno === undefined) return '';
  return printKvmRunFailed(state.errno, dumpedRegisters(machine.processor(machine.current)));
}

/** The configuration that the machine is made of: KVM's switches rest while there is no KVM. */
function configFor({ board, config }: Project): Project['config'] {
  if (board.hypervisor === 'kvm') return config;
  return config.registers === undefined ? {} : { registers: config.registers };
}

type Question = Extract<Machine['state'], { kind: 'waiting' }>['question'];

/** Two questions are the same when a rule would match both. */
function questionKey(question: Question): string {
  return `${question.kind} ${question.access} ${question.register ?? `${question.address} ${question.bytes}`}`;
}

/** The rule that gives this answer to this question from now on; undefined where rules cannot say it. */
function ruleFor(question: Question, answer: Answer): AnswerRule | undefined {
  const value = answer.do === 'value' ? { value: answer.value } : {};
  switch (question.kind) {
    case 'mmio': {
      if (answer.do !== 'value' && answer.do !== 'storage' && answer.do !== 'raz-wi' && answer.do !== 'abort') return undefined;
      const access = answer.do === 'storage' ? 'any' : question.access;
      return {
        on: 'mmio',
        address: `0x${question.address?.toString(16)}`,
        size: question.bytes,
        access,
        do: answer.do,
        ...value,
      };
    }
    case 'sysreg': {
      if (answer.do !== 'value' && answer.do !== 'storage' && answer.do !== 'raz-wi' && answer.do !== 'undef') return undefined;
      const access = answer.do === 'storage' ? 'any' : question.access;
      return { on: 'sysreg', register: question.register ?? '*', access, do: answer.do, ...value };
    }
    case 'nisv':
      return answer.do === 'abort' || answer.do === 'skip' || answer.do === 'decode' ? { on: 'nisv', do: answer.do } : undefined;
    case 'hypercall':
      return undefined;
  }
}
