// The processing element as the layers above see it: a thing that executes instructions on state bytes and stops when something happens
// that it does not decide. It knows nothing of who lives at EL2, of devices' meaning, or of time beyond its instruction count.
import type { Result } from '#base';

/** Exception levels of this machine; EL3 is absent. */
export type ExceptionLevel = 0 | 1 | 2;

/** One fact in the reason for a trap: the row that decided it, its control field and the value that was found there. */
export interface CauseFact {
  /** `HCR_EL2`, `stage 2 L1[0]`, … */
  readonly register: string;
  /** Field name, or '' when the whole register counts. */
  readonly field: string;
  /** Value found, hex with 0x. */
  readonly value: string;
  /** Id of the row that decided. */
  readonly rule: string;
  /** The plain consequence, for people. */
  readonly doc: string;
}

/** An exception that was taken, whichever level it went to. Addresses and syndromes are unsigned 64-bit. */
export interface ExceptionRecord {
  readonly kind: 'sync' | 'irq' | 'fiq' | 'serror';
  readonly from: ExceptionLevel;
  readonly to: 1 | 2;
  readonly esr: bigint;
  readonly far: bigint;
  /** 0n unless `hpfarValid`. */
  readonly hpfar: bigint;
  readonly hpfarValid: boolean;
  readonly farValid: boolean;
  readonly elr: bigint;
  readonly spsr: bigint;
  /** Address of the vector that PC went to. */
  readonly vector: bigint;
  /** The instruction that was being executed; undefined when it could not be fetched. */
  readonly word: number | undefined;
  readonly cause: readonly CauseFact[];
  /** Instructions that this CPU had retired before. */
  readonly instructions: bigint;
}

/** Why `run` came back. */
export type Stop =
  | { readonly kind: 'budget' }
  /** Taken to a level that the caller models (EL2 with a hypervisor model): state is as after exception entry. */
  | { readonly kind: 'exception'; readonly exception: ExceptionRecord }
  /** WFI/WFE/WFIT/WFET that really waits; PC is already past it. */
  | { readonly kind: 'wait'; readonly what: 'wfi' | 'wfe'; readonly deadline: bigint | undefined }
  /** A code breakpoint of the person's: PC is at it and it has not been executed. */
  | { readonly kind: 'breakpoint'; readonly address: bigint }
  /** HLT #0xF000 with semihosting on: PC is at the instruction. */
  | { readonly kind: 'semihosting' }
  /** Someone set `stopRequested`. */
  | { readonly kind: 'requested' };

/** A physical location that no memory backs. */
export type DeviceAccess = Result<bigint, 'external-abort'>;

/** What lies behind physical addresses that are no memory (bare metal only; under a hypervisor model stage 2 faults come first). */
export interface DeviceBus {
  read(physical: bigint, bytes: number): DeviceAccess;
  write(physical: bigint, bytes: number, value: bigint): DeviceAccess;
}

/** Hooks that observers may set; none changes what the machine does. */
export interface ProcessorObserver {
  /** Called for every exception taken, to EL1 as well as to EL2, after the state has changed. */
  exception?(record: ExceptionRecord): void;
  /** Called before each instruction when set; slows execution. */
  instruction?(pc: bigint, word: number): void;
}

/** One PE over a block of the machine's memory. All its state is in those bytes; a Processor is a view and may be made anew at any time. */
export interface Processor {
  readonly index: number;
  // General registers, 0 to 30; x(31) is the zero register.
  x(n: number): bigint;
  setX(n: number, value: bigint): void;
  /** SP_EL0 to SP_EL2. */
  sp(el: ExceptionLevel): bigint;
  setSp(el: ExceptionLevel, value: bigint): void;
  /** Half of a SIMD&FP register: 0 low, 1 high. */
  v(n: number, half: 0 | 1): bigint;
  setV(n: number, half: 0 | 1, value: bigint): void;
  pc: bigint;
  /** In the layout of SPSR_ELx: NZCV 31:28, TCO 25, DIT 24, UAO 23, PAN 22, SS 21, IL 20, ALLINT 13, SSBS 12, BTYPE 11:10, DAIF 9:6, nRW 4, EL 3:2, SP 0. */
  pstate: bigint;
  readonly el: ExceptionLevel;
  /** The instruction that last wrote X[n], n 0 to 30, as far as it has been noted since this view was made. Observation, not state. */
  lastWriter(n: number): { readonly pc: bigint; readonly instructions: bigint } | undefined;
  /** A system register's stored value by its row's storage slot or name, past traps and effects (as a debugger or a hypervisor model sees it). */
  readRegister(name: string): bigint;
  /** Writes it, with the effects that a hypervisor's write has (translation regime changes, timers, …), RES0 bits kept 0. */
  writeRegister(name: string, value: bigint): void;
  /** Instructions retired by this CPU since reset. */
  instructions: bigint;
  /** Runs at most `budget` instructions. */
  run(budget: number): { readonly stop: Stop; readonly executed: number };
  /** Takes an exception to EL1 as the architecture's entry does (used by hypervisor models to inject: PC is the preferred return address). */
  injectToEl1(exception: { readonly kind: 'sync' | 'irq' | 'fiq' | 'serror'; readonly esr: bigint; readonly far?: bigint }): ExceptionRecord;
  /** Exception return from EL2 by a hypervisor model: PC and PSTATE from ELR_EL2 and SPSR_EL2. */
  returnFromEl2(): void;
  /** Architectural reset, at this level and PC. */
  reset(at: { readonly el: ExceptionLevel; readonly pc: bigint }): void;
}
