// What crosses between the page and the worker: plain data that structured clone carries (bigint included). Times are counted instructions.
// Requests return Results; the worker sends one batched MachineUpdate per animation frame at most. `epoch` grows with each load or reset:
// an answer or update of an older epoch is dropped.

import type { Result } from '#base';
import type { Answer, AnswerRule, Moment } from '#project';

/** A person's mistake in a source text; lines and columns count from 1, endColumn is exclusive. */
export interface SourceDiagnostic {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly message: string;
  /** Ways to mend it, the likeliest first. */
  readonly fixes?: readonly SourceFix[];
}

/** A replacement of letters of one line; `title` says what it does: `Change to strb`. */
export interface SourceFix {
  readonly title: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly text: string;
}

/** What a source line became. */
export interface LineImage {
  readonly line: number;
  readonly address: bigint;
  /** Bytes of machine code or data. */
  readonly size: number;
  /** The first four of them as a little-endian word; undefined where a mistake keeps them unknown. */
  readonly word: number | undefined;
}

/** The assembled program as the editor needs it. */
export interface ProgramView {
  /** False with errors. */
  readonly ok: boolean;
  readonly diagnostics: readonly SourceDiagnostic[];
  /** Each line once, with the first bytes it made; with errors as far as addresses can be told. */
  readonly lines: readonly LineImage[];
  readonly symbols: Readonly<Record<string, bigint>>;
}

export type World = 'EL0' | 'EL1' | 'EL2' | 'VMM';

/** Whose move it is. */
export type MachineStatus =
  | { readonly kind: 'empty' }
  /** Stopped and able to go on. */
  | { readonly kind: 'paused'; readonly why: 'reset' | 'step' | 'pause' | 'breakpoint' | 'exit' | 'input' | 'asleep' }
  | { readonly kind: 'running' }
  /** The person must answer an exit. */
  | { readonly kind: 'waiting'; readonly ask: Ask }
  | {
      readonly kind: 'ended';
      readonly reason: 'shutdown' | 'reset' | 'halted' | 'exit' | 'limit' | 'error';
      readonly errno?: string;
      readonly message: string;
    }
  /** The worker met a bug of ours: it stays so until a reset. */
  | { readonly kind: 'crashed'; readonly message: string };

/** The question an exit puts to the person. */
export interface Ask {
  /** Number of the exit in the log, from 1. */
  readonly exit: number;
  readonly kind: 'mmio' | 'sysreg' | 'nisv' | 'hypercall';
  readonly access: 'read' | 'write';
  /** `1 byte at 0x0b00_0003` or `S3_0_C15_C2_0`. */
  readonly what: string;
  /** Width of the answer in bytes; 0 when none is asked for. */
  readonly bytes: number;
  /** Guest physical address, for mmio and nisv. */
  readonly address?: bigint;
  /** Register name, for sysreg. */
  readonly register?: string;
  /** The value that the guest writes. */
  readonly value?: bigint;
  /** General register that the answer lands in (`x5`, `xzr`), for reads that name one. */
  readonly lands?: string;
  /** What was answered to the same question last time. */
  readonly last?: bigint;
  /** Why the rule that matches could not be carried out. */
  readonly refused?: string;
  /** The answers that this question permits. */
  readonly permitted: readonly Answer['do'][];
}

/** What an answer would do, before it is given. */
export interface AnswerPreview {
  /** Register it lands in, if any. */
  readonly register?: string;
  readonly before?: bigint;
  readonly after?: bigint;
  /** The rule that makes it so: `SSE 1 extends the sign, SF 1 fills 64 bits.` */
  readonly why: string;
}

export type ChangedBy = 'guest' | 'answer' | 'person';

/** A register that changed since the mark was last set (the exit before, or the last stop). */
export interface RegisterChange {
  readonly register: string;
  readonly before: bigint;
  readonly after: bigint;
  readonly by: ChangedBy;
  /** `ldrsb, line 38`, `answer to exit 19`, `you, by hand`. */
  readonly detail: string;
}

/** One CPU's registers: x0–x30 at 0–30, then sp_el0, sp_el1, sp_el2, pc, pstate. */
export interface RegisterFile {
  readonly cpu: number;
  readonly values: BigUint64Array;
}

/** Position of each value in RegisterFile.values. */
export const REGISTER_ORDER: readonly string[] = [
  ...Array.from({ length: 31 }, (_, n) => `x${n}`),
  'sp_el0',
  'sp_el1',
  'sp_el2',
  'pc',
  'pstate',
];

/** What happened, or would happen, on a source line. */
export interface LineBadge {
  readonly line: number;
  readonly kind: 'happened' | 'happening' | 'would';
  /** Exception class of the last exit. */
  readonly ec: number;
  readonly count: number;
  /** `MMIO · you`, `MMIO · PL011`, `TIDCP`. */
  readonly text: string;
  /** The last exit was an abort of an access that its syndrome does not describe (ISV = 0). */
  readonly noSyndrome: boolean;
}

/** What a CPU does: it can run, waits in an instruction, is switched off or suspended, or userspace has it and asks the person. */
export type CpuDoing = 'ready' | 'wfi' | 'wfe' | 'off' | 'suspended' | 'asks';

/** One CPU in the list of all. */
export interface CpuLine {
  readonly cpu: number;
  readonly doing: CpuDoing;
  readonly el: 0 | 1 | 2;
  readonly pc: bigint;
  /** 1-based line of the instruction at PC, where the program has one. */
  readonly line: number | undefined;
}

/** The batched news of a frame. `cpu` is the one that views show; `el`, `registers`, `changes` and `line` are its. */
export interface MachineUpdate {
  readonly epoch: number;
  readonly status: MachineStatus;
  readonly moment: Moment;
  readonly cpu: number;
  readonly el: 0 | 1 | 2;
  readonly cpus: readonly CpuLine[];
  readonly registers: RegisterFile;
  readonly changes: readonly RegisterChange[];
  /** The exit that `changes` counts from; 0 is reset. */
  readonly changesSince: number;
  /** 1-based line of the instruction at PC, where the program has one. */
  readonly line: number | undefined;
  /** Exits in the log. */
  readonly exits: number;
  /** Console bytes that came since the update before. */
  readonly console: Uint8Array;
  /** Badges of all lines that have one, when they changed. */
  readonly badges: readonly LineBadge[] | undefined;
  /** Level that last ran each source line (index = line; 0 none, 1 EL0, 2 EL1, 3 EL2), when it changed. */
  readonly lineLevels: Uint8Array | undefined;
  readonly rules: readonly AnswerRule[] | undefined;
}

/** A row of the exit log. */
export interface ExitRow {
  readonly n: number;
  readonly cpu: number;
  readonly from: World;
  readonly instructions: number;
  readonly pc: bigint;
  readonly instruction: string;
  readonly ec: number;
  readonly ecName: string;
  readonly cause: string;
  /** `KVM_EXIT_MMIO r1`, or how the hypervisor dealt with it. */
  readonly reason: string;
  readonly outcome: 'handled' | 'injected' | 'user';
  /** `you · 0x17`, `rule 1 · WI`, `PL011`, '' while it waits. */
  readonly answer: string;
  readonly waiting: boolean;
}

/** One fact of the "why" chain. */
export interface CauseView {
  readonly register: string;
  readonly field: string;
  readonly value: string;
  readonly rule: string;
  readonly doc: string;
}

export interface SyndromeFieldView {
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
  readonly value: bigint;
  readonly meaning: string;
  /** 0 reserved, 1 class, 2 instruction, 3 circumstances, 4 outcome. */
  readonly group: 0 | 1 | 2 | 3 | 4;
}

/** One step of an exit's route. */
export interface RouteStep {
  readonly world: World;
  readonly label: string;
  /** False: still to come (drawn dashed). */
  readonly done: boolean;
  /** Kernel function, or what happens here, for people. */
  readonly doc: string;
}

/** A run of bytes in kvm_run. */
export interface KvmRunField {
  readonly offset: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly meaning: string;
  /** How many of the bytes, from the first, wait for the answer. */
  readonly waits: number;
}

/** Everything the exit card shows of one exit. */
export interface ExitDetail {
  readonly row: ExitRow;
  readonly title: string;
  readonly sentence: string;
  readonly address: bigint;
  readonly line: number | undefined;
  readonly word: number | undefined;
  readonly route: readonly RouteStep[];
  readonly why: readonly CauseView[];
  readonly esr: bigint;
  readonly fields: readonly SyndromeFieldView[];
  readonly warnings: readonly string[];
  readonly kvmRun: readonly KvmRunField[];
  readonly saved: readonly { readonly register: string; readonly value: bigint; readonly note: string }[];
  /** What came back to the guest, once it did. */
  readonly completion: AnswerPreview | undefined;
  /** The exception that was injected instead. */
  readonly injected:
    | { readonly esr: bigint; readonly elr: bigint; readonly far: bigint; readonly vector: bigint; readonly sentence: string }
    | undefined;
  /** The instruction that userspace read, decoded and carried out in the guest's place. */
  readonly emulated: EmulatedView | undefined;
  /** What a VMM prints when KVM_RUN fails: the error, and QEMU's register dump; '' where it did not. */
  readonly dump: string;
  /** Where this model leaves the architecture or the kernel, for this exit. */
  readonly notes: readonly string[];
}

/** Decoding in userspace, from the walk to the accesses. */
export interface EmulatedView {
  readonly pc: bigint;
  readonly word: number;
  readonly text: string;
  /** The word is not the one that trapped. */
  readonly replaced: boolean;
  /** Where it was read from. */
  readonly ipa: bigint;
  /** The guest's own descriptors on the way; none with its MMU off. */
  readonly steps: readonly {
    readonly level: number;
    readonly address: bigint;
    readonly descriptor: bigint;
    readonly kind: string;
  }[];
  readonly accesses: readonly {
    readonly where: 'device' | 'memory';
    readonly access: 'read' | 'write';
    readonly va: bigint;
    readonly ipa: bigint;
    readonly bytes: number;
    readonly value: bigint;
  }[];
}

export type RunControl =
  | { readonly kind: 'run' }
  /** One instruction of the CPU that is shown, alone. */
  | { readonly kind: 'step' }
  /** One instruction of each CPU that can run. */
  | { readonly kind: 'step-all' }
  | { readonly kind: 'step-over' }
  | { readonly kind: 'step-out' }
  | { readonly kind: 'next-exit' }
  | { readonly kind: 'to-line'; readonly line: number };

/** A program given away: an ELF file with sections and symbols, or the bytes alone. */
export type ProgramFormat = 'elf' | 'flat';

export interface BoardChoices {
  /** Names of processor models. */
  readonly cpus: readonly string[];
  readonly mostCpus: number;
}

/** What went wrong with a request, for people. */
export interface RequestError {
  readonly message: string;
}

export type Reply<T> = Result<T, RequestError>;

/** An example program of the gallery. */
export interface GuestSummary {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}
