// What a machine is to those who drive it, whichever hypervisor lives at EL2. Types only.

import type { Result } from '#base';
import type { ExceptionLevel, Processor } from '#cpu';
import type { KvmVm } from '#hypervisor';
import type { Answer, AnswerRule, BoardConfig, MachineConfig, Moment, OutsideInput, Recording } from '#project';
import type { EventLog } from './log/event-log.ts';

/** A question that an exit puts to userspace and that no rule or device has answered. */
export interface Question {
  /** Number of the exit in the log. */
  readonly exit: number;
  readonly cpu: number;
  readonly kind: 'mmio' | 'sysreg' | 'nisv' | 'hypercall';
  readonly access: 'read' | 'write';
  /** Guest physical address, for mmio and nisv. */
  readonly address: bigint | undefined;
  /** Bytes of the access; 8 for registers; 0 where there is no value. */
  readonly bytes: number;
  /** Register name (`S3_0_C15_C2_0`), for sysreg. */
  readonly register: string | undefined;
  /** What the guest writes. */
  readonly value: bigint | undefined;
  /** General register that a read lands in: `x5`, `w3`, `xzr`. */
  readonly lands: string | undefined;
  /** Text of the instruction that userspace emulates, when this is one of its accesses. */
  readonly piece: string | undefined;
  /** Why the rule that matches could not be carried out: an instruction that userspace does not emulate. */
  readonly refused?: string;
  readonly permitted: readonly Answer['do'][];
}

export type MachineState =
  /** Can run. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting'; readonly question: Question }
  | {
      readonly kind: 'ended';
      readonly reason: 'shutdown' | 'reset' | 'halted' | 'exit' | 'error';
      /** KVM_RUN's errno, for 'error'. */
      readonly errno: string | undefined;
      /** Semihosting exit status, for 'exit'. */
      readonly status: number | undefined;
      readonly message: string;
    };

/** Why a CPU does not run: it waits, its power is off, or it is suspended. */
export type CpuSleep = 'wfi' | 'wfe' | 'off' | 'suspended';

/** Where a run is to stop, beyond what stops it anyway (a question, its end). */
export interface RunLimits {
  /** Most instructions to start, over all CPUs. */
  readonly instructions: number;
  /** Stop when the log holds so many exits, as soon as the last of them is dealt with or asks. */
  readonly exits?: number;
  /** Run this CPU alone; when it sleeps the run comes back, unless no other can run either. */
  readonly cpu?: number;
  /** Addresses to stop before, in addition to the breakpoints. */
  readonly addresses?: readonly bigint[];
  /** Heed the person's breakpoints (default true). */
  readonly breakpoints?: boolean;
}

/** Why a run came back. */
export type RunStop = 'budget' | 'exits' | 'address' | 'breakpoint' | 'asleep' | 'state';

/** What an answer would do. */
export interface AnswerEffect {
  readonly register: string | undefined;
  readonly old: bigint | undefined;
  readonly new: bigint | undefined;
  /** Each rule that shapes the value, as sentences. */
  readonly why: string;
}

/** A program in memory at reset. */
export interface LoadImage {
  /** Guest physical addresses, in any order; they must lie in the board's memory. */
  readonly parts: readonly { readonly address: bigint; readonly bytes: Uint8Array }[];
  readonly entry: bigint;
}

export interface MachineOptions {
  readonly board: BoardConfig;
  readonly config: MachineConfig;
  readonly rules: readonly AnswerRule[];
  readonly image: LoadImage;
  /** Receives each byte that the guest's UART sends. */
  readonly console?: (byte: number) => void;
  /** Files for semihosting; absent: semihosting is off. */
  readonly semihosting?: SemihostingFiles | undefined;
}

/** What the guest's semihosting calls reach of the world outside. Handles are small numbers of the host's own. */
export interface SemihostingFiles {
  /** fopen's modes as semihosting numbers them (0 `r` to 11 `a+b`); undefined: it cannot be opened. */
  open(name: string, mode: number): number | undefined;
  close(handle: number): boolean;
  /** Bytes from the handle's position; fewer at its end. */
  read(handle: number, length: number): Uint8Array | undefined;
  write(handle: number, bytes: Uint8Array): boolean;
  seek(handle: number, position: number): boolean;
  length(handle: number): number | undefined;
}

/** One deterministic machine: options and recording determine all that it does. */
export interface Machine {
  readonly log: EventLog;
  readonly state: MachineState;
  readonly moment: Moment;
  readonly cpus: number;
  /** The CPU that ran last. */
  readonly current: number;
  processor(cpu: number): Processor;
  /** Why a CPU does not run; undefined when it does. */
  sleeps(cpu: number): CpuSleep | undefined;
  run(limits: RunLimits): RunStop;
  /** Answers the question that waits; recorded. */
  answer(answer: Answer): Result<void, string>;
  /** What an answer would do, without doing it. */
  preview(answer: Answer): Result<AnswerEffect, string>;
  /** Any other input from outside; recorded. */
  input(input: Exclude<OutsideInput, { kind: 'answer' }>): Result<void, string>;
  rules: readonly AnswerRule[];
  breakpoints: ReadonlySet<bigint>;
  /** The VM of KVM's model, for looking and asking; undefined where nobody is at EL2. Whoever changes it goes through `input`. */
  readonly vm: KvmVm | undefined;
  /** Everything that came from outside so far. */
  readonly recording: Recording;
  /** Called before each instruction while set; slows the machine. */
  onInstruction: ((cpu: number, el: ExceptionLevel, pc: bigint, word: number) => void) | undefined;
  /** Guest memory by guest physical address; undefined when not all of it is memory. */
  readMemory(address: bigint, length: number): Uint8Array | undefined;
  /** Hash of all state bytes, hex. */
  stateHash(): string;
}
