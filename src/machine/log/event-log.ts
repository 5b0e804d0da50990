// The one append-only log of a run: every exception and every exit, with each phase that an exit went through. Columns of typed arrays, with
// recurring texts kept once. Views, exports, lessons and the command line's events are read from here and from nothing else. It decides
// nothing and knows nothing of how an exit is handled.

import { assert } from '#base';
import type { CauseFact, ExceptionRecord } from '#cpu';
import type { ExitPhase, Injection, KvmRunExit, Outcome, PathStep, RegisterWrite } from '#hypervisor';
import type { EmulatedAccess } from '#vmm';
import { createColumns } from './columns.ts';
import { createInterned } from './interned.ts';

/** Who answered a user exit. */
export type AnsweredBy =
  | { readonly by: 'person' }
  | { readonly by: 'rule'; readonly rule: number }
  | { readonly by: 'device'; readonly device: string }
  | { readonly by: 'vmm' };

/** What was answered, as a short text (`0x17`, `RAZ/WI`, `abort`) and by whom. */
export interface LoggedAnswer {
  readonly from: AnsweredBy;
  readonly text: string;
  /** The value, for reads answered with one. */
  readonly value: bigint | undefined;
  /** Something that deserves to be said, in a sentence. */
  readonly note: string | undefined;
  /** The answer as it was given, for events on the command line. */
  readonly answer: object;
  /** The instruction that userspace carried out in the guest's place. */
  readonly emulated: Emulated | undefined;
}

/** An instruction that userspace read through the guest's tables, decoded, and carried out. */
export interface Emulated {
  readonly pc: bigint;
  readonly word: number;
  readonly text: string;
  /** Where it was read from, and the descriptors of stage 1 on the way there; none with the MMU off. */
  readonly ipa: bigint;
  readonly steps: readonly {
    readonly level: number;
    readonly address: bigint;
    readonly descriptor: bigint;
    readonly kind: string;
  }[];
  readonly accesses: readonly EmulatedAccess[];
}

/** One entry as plain data. An exception that the guest took by itself has no exit number. */
export interface LogEntry {
  readonly index: number;
  /** From 1; 0 for an exception that was no exit. */
  readonly exit: number;
  readonly cpu: number;
  /** Instructions of all CPUs before it. */
  readonly instructions: number;
  readonly exception: ExceptionRecord;
  readonly handler: string | undefined;
  readonly path: readonly PathStep[];
  readonly outcome: Outcome | undefined;
  readonly errno: string | undefined;
  readonly message: string | undefined;
  readonly kvmRun: KvmRunExit | undefined;
  /** The bytes of kvm_run up to the end of its union member, as KVM left them. */
  readonly kvmRunBytes: Uint8Array;
  readonly answer: LoggedAnswer | undefined;
  /** A register written by the handler or by the completion. */
  readonly write: RegisterWrite | undefined;
  readonly injection: Injection | undefined;
  readonly completion: { readonly function: string; readonly what: string } | undefined;
  /** PC behind the instruction, where it was skipped. */
  readonly skippedTo: bigint | undefined;
  /** True while userspace has it. */
  readonly waiting: boolean;
}

export interface EventLog {
  /** Entries, exits and plain exceptions alike. */
  readonly length: number;
  readonly exits: number;
  /** Appends an exception that goes to EL1. */
  exception(cpu: number, instructions: number, record: ExceptionRecord): void;
  /** Takes a phase of an exit; a `trap` starts a new entry, the others belong to the vCPU's last one. */
  phase(phase: ExitPhase, instructions: number, kvmRunBytes?: Uint8Array): void;
  /** Notes the answer to the last user exit of a CPU. */
  answered(cpu: number, answer: LoggedAnswer): void;
  /** Notes that the last user exit of a CPU ended the run: nobody is waited for. */
  closed(cpu: number): void;
  entry(index: number): LogEntry;
  /** The entry of exit `n`, from 1. */
  exit(n: number): LogEntry;
  /** Bumped whenever an entry that existed before changes. */
  readonly revision: number;
}

const KINDS = ['sync', 'irq', 'fiq', 'serror'] as const;
const OUTCOMES = [undefined, 'handled', 'injected', 'user', 'error'] as const;

const FLAG = { farValid: 1, hpfarValid: 2, word: 4, waiting: 8, skipped: 16, injectionFar: 32 } as const;

/** Makes an empty log. */
export function createEventLog(): EventLog {
  const rows = createColumns({
    exit: 'u32',
    cpu: 'u8',
    kind: 'u8',
    from: 'u8',
    to: 'u8',
    outcome: 'u8',
    flags: 'u8',
    word: 'u32',
    instructions: 'f64',
    cpuInstructions: 'f64',
    esr: 'u64',
    far: 'u64',
    hpfar: 'u64',
    elr: 'u64',
    spsr: 'u64',
    vector: 'u64',
    skippedTo: 'u64',
    cause: 'u32',
    handler: 'u32',
    path: 'u32',
    errno: 'u32',
    message: 'u32',
    kvmRun: 'u32',
    kvmRunAt: 'u32',
    kvmRunLength: 'u16',
    answer: 'u32',
    answerValue: 'u64',
    write: 'u32',
    writeOld: 'u64',
    writeNew: 'u64',
    injection: 'u32',
    injectionFar: 'u64',
    injectionElr: 'u64',
    completion: 'u32',
  });
  const exitRows = createColumns({ row: 'u32' });
  const causes = createInterned<readonly CauseFact[]>();
  const texts = createInterned<string>();
  const paths = createInterned<readonly PathStep[]>();
  const runs = createInterned<KvmRunExit>();
  const answers = createInterned<Omit<LoggedAnswer, 'value'> & { readonly hasValue: boolean }>();
  const writes = createInterned<Omit<RegisterWrite, 'old' | 'new'>>();
  const injections = createInterned<Omit<Injection, 'far' | 'elr'>>();
  const completions = createInterned<{ readonly function: string; readonly what: string }>();
  let pool = new Uint8Array(4096);
  let poolUsed = 0;
  let revision = 0;
  /** The row of each CPU's last exit, or -1. */
  const last: number[] = [];

  function addException(cpu: number, instructions: number, record: ExceptionRecord): number {
    const row = rows.add();
    rows.cpu[row] = cpu;
    rows.kind[row] = KINDS.indexOf(record.kind);
    rows.from[row] = record.from;
    rows.to[row] = record.to;
    rows.flags[row] =
      (record.farValid ? FLAG.farValid : 0) |
      (record.hpfarValid ? FLAG.hpfarValid : 0) |
      (record.word === undefined ? 0 : FLAG.word);
    rows.word[row] = record.word ?? 0;
    rows.instructions[row] = instructions;
    rows.cpuInstructions[row] = Number(record.instructions);
    rows.esr[row] = record.esr;
    rows.far[row] = record.far;
    rows.hpfar[row] = record.hpfar;
    rows.elr[row] = record.elr;
    rows.spsr[row] = record.spsr;
    rows.vector[row] = record.vector;
    rows.cause[row] = causes.number(record.cause);
    return row;
  }

  function noteWrite(row: number, { old, new: value, ...rest }: RegisterWrite): void {
    rows.write[row] = writes.number(rest);
    rows.writeOld[row] = old;
    rows.writeNew[row] = value;
  }

  function keepBytes(row: number, bytes: Uint8Array): void {
    if (poolUsed + bytes.length > pool.length) {
      const bigger = new Uint8Array(Math.max(pool.length * 2, poolUsed + bytes.length));
      bigger.set(pool);
      pool = bigger;
    }
    pool.set(bytes, poolUsed);
    rows.kvmRunAt[row] = poolUsed;
    rows.kvmRunLength[row] = bytes.length;
    poolUsed += bytes.length;
  }

  function entry(index: number): LogEntry {
    assert(index >= 0 && index < rows.rows, `log entry ${index} of ${rows.rows}`);
    const at = <T>(array: ArrayLike<T>): T => array[index] as T;
    const flags = at(rows.flags);
    const answer = answers.value(at(rows.answer));
    const write = writes.value(at(rows.write));
    const injection = injections.value(at(rows.injection));
    return {
      index,
      exit: at(rows.exit),
      cpu: at(rows.cpu),
      instructions: at(rows.instructions),
      exception: {
        kind: KINDS[at(rows.kind)] as ExceptionRecord['kind'],
        from: at(rows.from) as ExceptionRecord['from'],
        to: at(rows.to) as ExceptionRecord['to'],
        esr: at(rows.esr),
        far: at(rows.far),
        hpfar: at(rows.hpfar),
        hpfarValid: (flags & FLAG.hpfarValid) !== 0,
        farValid: (flags & FLAG.farValid) !== 0,
        elr: at(rows.elr),
        spsr: at(rows.spsr),
        vector: at(rows.vector),
        word: flags & FLAG.word ? at(rows.word) : undefined,
        cause: causes.value(at(rows.cause)) ?? [],
        instructions: BigInt(at(rows.cpuInstructions)),
      },
      handler: texts.value(at(rows.handler)),
      path: paths.value(at(rows.path)) ?? [],
      outcome: OUTCOMES[at(rows.outcome)],
      errno: texts.value(at(rows.errno)),
      message: texts.value(at(rows.message)),
      kvmRun: runs.value(at(rows.kvmRun)),
      kvmRunBytes: pool.slice(at(rows.kvmRunAt), at(rows.kvmRunAt) + at(rows.kvmRunLength)),
      answer: answer && {
        from: answer.from,
        text: answer.text,
        note: answer.note,
        answer: answer.answer,
        emulated: answer.emulated,
        value: answer.hasValue ? at(rows.answerValue) : undefined,
      },
      write: write && { ...write, old: at(rows.writeOld), new: at(rows.writeNew) },
      injection: injection && {
        ...injection,
        elr: at(rows.injectionElr),
        far: flags & FLAG.injectionFar ? at(rows.injectionFar) : undefined,
      },
      completion: completions.value(at(rows.completion)),
      skippedTo: flags & FLAG.skipped ? at(rows.skippedTo) : undefined,
      waiting: (flags & FLAG.waiting) !== 0,
    };
  }

  return {
    get length() {
      return rows.rows;
    },
    get exits() {
      return exitRows.rows;
    },
    get revision() {
      return revision;
    },
    exception(cpu, instructions, record) {
      addException(cpu, instructions, record);
    },
    phase(phase, instructions, kvmRunBytes) {
      if (phase.kind === 'trap') {
        const row = addException(phase.vcpu, instructions, phase.exception);
        exitRows.row[exitRows.add()] = row;
        rows.exit[row] = exitRows.rows;
        last[phase.vcpu] = row;
        return;
      }
      const row = last[phase.vcpu];
      // What happens before the first exit (a run that is refused, say) concerns no entry.
      if (row === undefined) return;
      revision += 1;
      switch (phase.kind) {
        case 'handled':
          rows.handler[row] = texts.number(phase.handler);
          rows.path[row] = paths.number(phase.path);
          rows.outcome[row] = OUTCOMES.indexOf(phase.outcome);
          rows.errno[row] = texts.number(phase.errno);
          return;
        case 'register':
          noteWrite(row, phase.write);
          return;
        case 'skip':
          rows.skippedTo[row] = phase.pc.new;
          rows.flags[row] = (rows.flags[row] as number) | FLAG.skipped;
          return;
        case 'injection': {
          const { far, elr, ...rest } = phase.injection;
          rows.injection[row] = injections.number(rest);
          rows.injectionElr[row] = elr;
          rows.injectionFar[row] = far ?? 0n;
          if (far !== undefined) rows.flags[row] = (rows.flags[row] as number) | FLAG.injectionFar;
          return;
        }
        case 'return':
          // A run that was only cut off (EINTR) says nothing about the exit before it.
          if (phase.errno === 'EINTR') return;
          rows.kvmRun[row] = runs.number(phase.kvm_run);
          rows.message[row] = texts.number(phase.message);
          if (phase.errno !== undefined) rows.errno[row] = texts.number(phase.errno);
          if (phase.ret === 0) rows.flags[row] = (rows.flags[row] as number) | FLAG.waiting;
          if (kvmRunBytes) keepBytes(row, kvmRunBytes);
          return;
        case 'completion':
          rows.completion[row] = completions.number({ function: phase.function, what: phase.what });
          rows.flags[row] = (rows.flags[row] as number) & ~FLAG.waiting;
          if (phase.write) noteWrite(row, phase.write);
          return;
      }
    },
    answered(cpu, answer) {
      const row = last[cpu];
      assert(row !== undefined, `an answer for CPU ${cpu}, which had no exit`);
      const { value, ...rest } = answer;
      rows.answer[row] = answers.number({ ...rest, hasValue: value !== undefined });
      rows.answerValue[row] = value ?? 0n;
      rows.flags[row] = (rows.flags[row] as number) & ~FLAG.waiting;
      revision += 1;
    },
    closed(cpu) {
      const row = last[cpu];
      if (row === undefined) return;
      rows.flags[row] = (rows.flags[row] as number) & ~FLAG.waiting;
      revision += 1;
    },
    entry,
    exit(n) {
      assert(n >= 1 && n <= exitRows.rows, `exit ${n} of ${exitRows.rows}`);
      return entry(exitRows.row[n - 1] as number);
    },
  };
}
