// The processing element as the layers above see it: a thing that executes instructions on state bytes and stops when something happens
// that it does not decide. It knows nothing of who lives at EL2, of devices' meaning, or of time beyond its instruction count.
import type { Result } from '#base';
import type { FaultedWalk, Regime, Walk } from '#mmu';
import type { Abort, AccessDecision, Cause, CauseFact, SystemAccess } from '#trap';
import type { TlbInvalidation } from './memory/tlb-entries.ts';
import type { CpuModel } from './models/index.ts';

/** Exception levels of this machine; EL3 is absent. */
export type ExceptionLevel = 0 | 1 | 2;

/** An exception that was taken, whichever level it went to. Addresses and syndromes are unsigned 64-bit. */
export interface ExceptionRecord {
  readonly kind: 'sync' | 'irq' | 'fiq' | 'serror';
  readonly from: ExceptionLevel;
  readonly to: 1 | 2;
  readonly esr: bigint;
  readonly far: bigint;
  /** HPFAR_EL2 as stage 2 faults set it; 0n for others. Where it is not `hpfarValid` the architecture leaves it UNKNOWN. */
  readonly hpfar: bigint;
  readonly hpfarValid: boolean;
  readonly farValid: boolean;
  readonly elr: bigint;
  readonly spsr: bigint;
  /** Address of the vector that PC went to. */
  readonly vector: bigint;
  /** The instruction that was being executed; undefined when it could not be fetched. */
  readonly word: number | undefined;
  /** The facts that decided, the most telling first. */
  readonly cause: Cause;
  /** This CPU's instruction count, the one that caused it included. */
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
  /** SMC that nothing traps, with firmware modelled outside (bare metal): PC is past the instruction. */
  | { readonly kind: 'firmware'; readonly imm16: number }
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

/** A system register to an observer. */
export type RegisterLook =
  /** `keeper`: whose state it is. */
  | { readonly kind: 'value'; readonly value: bigint; readonly keeper: 'processor' | 'interrupt-controller' }
  /** Reading it does something (takes an interrupt, draws a random number), so it is not looked at. */
  | { readonly kind: 'acts' }
  /** There is nothing to read. */
  | { readonly kind: 'write-only' }
  /** The interrupt controller that is there does not have it. */
  | { readonly kind: 'missing' };

/** Where the state machine of software step stands between two instructions, and the facts that put it there. */
export interface StepState {
  readonly kind: 'inactive' | 'active-not-pending' | 'active-pending';
  readonly why: Cause;
}

/** An entry of the TLB: a page of 4 KiB. */
export interface TlbLook {
  readonly regime: Regime;
  readonly va: bigint;
  /** Undefined: global. */
  readonly asid: number | undefined;
  /** Undefined outside the EL1&0 regime. */
  readonly vmid: number | undefined;
  /** Whether accesses made now can hit it: the ASID and the VMID are those of now. */
  readonly current: boolean;
  /** The walk over the entry's own descriptors, and over what memory holds now, for this access. */
  walks(kind: 'read' | 'write' | 'fetch', el: ExceptionLevel): { readonly kept: Walk; readonly memory: Walk };
}

/**
 * Interrupt inputs: physical ones from an interrupt controller or a board, virtual ones from a virtual CPU interface. While `nmi` (`vnmi`) is high,
 * what `irq` (`virq`) signals has Superpriority.
 */
export type InterruptLine = 'irq' | 'fiq' | 'serror' | 'virq' | 'vfiq' | 'vserror' | 'nmi' | 'vnmi';

/** The tags that a load or store of a checked form meets in Tagged memory. */
export interface TagLook {
  /** Of the address, and of the granule in memory. */
  readonly logical: number;
  readonly allocated: number;
  /** What a mismatch does: an exception, a bit in TFSR_ELx, one at reads and the other at writes, or nothing. */
  readonly effect: 'synchronous' | 'asynchronous' | 'asymmetric' | 'ignore';
  /** Why they are not compared; undefined when they are. */
  readonly unchecked: CauseFact | undefined;
}

/** One PE over a block of the machine's memory. All its state is in those bytes; a Processor is a view and may be made anew at any time. */
export interface Processor {
  readonly index: number;
  readonly model: CpuModel;
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
  /** What it waits in, as of the last `run`; undefined when it does not wait. */
  readonly waiting: 'wfi' | 'wfe' | undefined;
  /** Switched off by whoever powers it: kept with its state, and nothing that `run` heeds. A reset switches it on. */
  off: boolean;
  /** The instruction that last wrote X[n], n 0 to 30, as far as it has been noted since this view was made. Observation, not state. */
  lastWriter(n: number): { readonly pc: bigint; readonly instructions: bigint } | undefined;
  /** A system register's stored value by its row's storage slot or name, past traps and effects (as a debugger or a hypervisor model sees it). */
  readRegister(name: string): bigint;
  /** Writes it, with the effects that a hypervisor's write has (translation regime changes, timers, …), RES0 bits kept 0. */
  writeRegister(name: string, value: bigint): void;
  /** The same for who only looks: those of the interrupt controller too, and nothing is read that changes by it. */
  look(name: string): RegisterLook;
  /** What `look` gives now, to be asked for later. Cheap to take: most of it is one copy of bytes. */
  remember(): (name: string) => RegisterLook;
  /** Where software step stands between two instructions, and why. */
  readonly softwareStep: StepState;
  /** What would become of an access at this level under the controls as they stand. Changes nothing. */
  decide(access: SystemAccess, el: ExceptionLevel): AccessDecision;
  /** Instructions started by this CPU since reset; one that ends in an exception counts, and so does a fetch that fails. */
  instructions: bigint;
  /** Runs at most `budget` instructions. */
  run(budget: number): { readonly stop: Stop; readonly executed: number };
  /** Takes an exception to EL1 as the architecture's entry does (used by hypervisor models to inject: PC is the preferred return address). */
  injectToEl1(exception: {
    readonly kind: 'sync' | 'irq' | 'fiq' | 'serror';
    readonly esr: bigint;
    readonly far?: bigint;
  }): ExceptionRecord;
  /** Exception return from EL2 by a hypervisor model: PC and PSTATE from ELR_EL2 and SPSR_EL2. */
  returnFromEl2(): void;
  /** Architectural reset, at this level and PC. */
  reset(at: { readonly el: ExceptionLevel; readonly pc: bigint }): void;
  /** Sets the level of an interrupt input. An SError is taken once and then no longer pending. */
  setLine(line: InterruptLine, level: boolean): void;
  /** Sets the event register of WFE (another CPU's SEV). */
  setEvent(): void;
  /** Addresses at which `run` stops before executing. A second `run` at the same point passes. */
  setBreakpoints(addresses: ReadonlySet<bigint>): void;
  /** Makes `run` return before its next instruction: the one that is running (asked from inside it), or else the next one. */
  requestStop(): void;
  setObserver(observer: ProcessorObserver): void;
  /** This view is no longer used: the memory tells it nothing any more. */
  release(): void;
  /**
   * Translates an address as data, changing nothing: for debuggers, views, and decoding in userspace. PAN is left aside unless `pan` asks for it;
   * `unprivileged` is an access as LDTR and STTR make it (with PSTATE.UAO as it stands).
   */
  walk(
    va: bigint,
    kind: 'read' | 'write' | 'fetch',
    el?: ExceptionLevel,
    how?: { readonly pan?: boolean; readonly unprivileged?: boolean },
  ): Walk;
  /** The abort that a refused access from this level would be. Changes nothing. */
  describeAbort(walk: FaultedWalk, kind: 'read' | 'write' | 'fetch', el: ExceptionLevel): Abort;
  /** The tags of an address that translates to Tagged memory, as an access from this level would meet them; undefined for other memory. */
  tags(walk: Walk, el: ExceptionLevel, how: { readonly write: boolean; readonly unprivileged: boolean }): TagLook | undefined;
  /** The TLB's entries, the oldest first. */
  tlb(): readonly TlbLook[];
  /** Drops entries as TLBI does; without an argument all of them. */
  invalidateTlb(invalidation?: TlbInvalidation): void;
}
