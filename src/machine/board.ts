// What a machine drives: CPUs with somebody at EL2, one CPU at a time. The KVM board and the bare-metal board are the two kinds; the machine
// above schedules them, records what comes from outside, and knows neither.

import type { Result } from '#base';
import type { ExceptionRecord, MachineMemory, Processor } from '#cpu';
import type { KvmVm } from '#hypervisor';
import type { Answer, AnswerRule } from '#project';
import type { EventLog } from './log/event-log.ts';
import type { AnswerEffect, CpuSleep, MachineState, Question } from './types.ts';

/** Why a CPU stopped before its instructions were used up. */
export type BoardStop =
  | { readonly kind: 'budget' }
  /** It sleeps; `deadline` is the virtual time (ns) at which it wakes by itself. */
  | { readonly kind: 'asleep'; readonly deadline: bigint | undefined }
  /** It gives way to the others. */
  | { readonly kind: 'yield' }
  | { readonly kind: 'breakpoint' }
  /** Somebody asked the processor to stop (an exit limit). */
  | { readonly kind: 'requested' }
  | { readonly kind: 'waiting'; readonly question: Question }
  | Extract<MachineState, { kind: 'ended' }>;

export interface Board {
  readonly memory: MachineMemory;
  readonly processors: readonly Processor[];
  /** Why a CPU does not run; undefined when it does. */
  sleeps(cpu: number): CpuSleep | undefined;
  /** Runs one CPU for at most `budget` instructions. */
  run(cpu: number, budget: number): BoardStop;
  /** Answers the question that `run` came back with; a stop when more is to be asked, or it all ends. */
  answer(question: Question, answer: Answer): Result<BoardStop | undefined, string>;
  preview(question: Question, answer: Answer): Result<AnswerEffect, string>;
  setRules(rules: readonly AnswerRule[]): Result<void, string>;
  /** The VM, where there is a hypervisor. */
  readonly vm: KvmVm | undefined;
  /** Writes an ID register of the VM as userspace does; the error names KVM's reason. */
  setIdRegister(name: string, value: bigint): Result<void, string>;
  /** Bytes typed at the guest's console. */
  consoleInput(bytes: Uint8Array): void;
  /** Sets an interrupt line by hand; the error says why there is none. */
  setInterrupt(intid: number, level: 0 | 1): Result<void, string>;
  /** Memory as the guest addresses it; undefined when not all of it is there. */
  readMemory(address: bigint, length: number): Uint8Array | undefined;
  writeMemory(address: bigint, bytes: Uint8Array): boolean;
}

/** Whoever makes a board reports through these. */
export interface BoardHooks {
  readonly log: EventLog;
  /** Instructions of all CPUs. */
  instructions(): number;
  /** An exit or exception was appended. */
  appended(cpu: number): void;
  /** An exception that the guest takes by itself. */
  exception(cpu: number, record: ExceptionRecord): void;
}
