// The state of one processing element as its parts share it: views on its bytes, and what follows from them and is asked at every turn (the
// level, the stack pointer, endianness, which translations apply). All state is in the machine's memory; what stands here besides is derived
// by `refresh`, or lives only while `run` runs. Knows nothing of instructions; entry, return, memory and registers are functions over it.
import { bits } from '#arch/field';
import { SYSREG_SLOTS } from '#arch/sysreg';
import type { AccessSyndrome } from '#isa';
import { type MmuFeatures, mmuFeatures, type TableMemory, type TranslationControls } from '#mmu';
import { type ControlView, createTraps, type Traps } from '#trap';
import { Tlb } from './memory/tlb.ts';
import { TlbEntries, type TlbInvalidation } from './memory/tlb-entries.ts';
import { absentElement } from './models/elements.ts';
import type { CpuModel } from './models/index.ts';
import type { DeviceBus, ExceptionLevel, ProcessorObserver, Stop } from './processor.ts';
import { EL_SHIFT, PSTATE, SLOT } from './registers/slots.ts';
import { CPU, tlbEntriesAt } from './state/layout.ts';
import type { MachineMemory } from './state/memory.ts';

/** The timers of one CPU: EL1 physical, EL1 virtual, EL2 physical, EL2 virtual. */
export type TimerName = 'physical' | 'virtual' | 'hypPhysical' | 'hypVirtual';

/** Thrown to leave an instruction after an exception was taken or the run must stop. One object, so that throwing costs no allocation. */
export const LEAVE = { leave: true } as const;

/** Why the next instruction needs a closer look first; bits of `Core.attention`. */
export const ATTENTION = {
  /** An interrupt may have become takeable. */
  interrupts: 1,
  /** PSTATE.BTYPE is not 0. */
  btype: 2,
  /** PSTATE.IL is 1. */
  illegal: 4,
  /** Somebody asked to stop. */
  stop: 8,
  /** An observer wants to see each instruction. */
  observe: 16,
  /** Software step may apply. */
  step: 32,
  /** A breakpoint on context alone is set: every instruction may match. */
  context: 64,
} as const;

/** The instruction that is being executed. */
export interface CurrentInstruction {
  readonly word: number;
  readonly syndrome: AccessSyndrome | undefined;
}

export const HCR = bits('HCR_EL2', [
  'VM',
  'PTW',
  'FMO',
  'IMO',
  'AMO',
  'VF',
  'VI',
  'VSE',
  'DC',
  'TGE',
  'HCD',
  'E2H',
  'TEA',
  'TSC',
  'NV',
  'NV1',
  'NV2',
  'TDZ',
  'TWI',
  'TWE',
]);
/** SCTLR_EL1's fields; those of SCTLR_EL2 that have the same name stand in the same place. */
export const SCTLR = bits('SCTLR_EL1', ['A', 'SA', 'SA0', 'EE', 'E0E', 'SPAN', 'DSSBS', 'nAA', 'BT0', 'BT1', 'SPINTMASK', 'NMI']);
const MDSCR_SS = bits('MDSCR_EL1', ['SS']).SS;

const TRAPS = new WeakMap<CpuModel, Traps>();

function trapsOf(model: CpuModel): Traps {
  let traps = TRAPS.get(model);
  if (traps === undefined) {
    traps = createTraps(model.features, (row) => absentElement(model, row), model.choices.implementationDefinedAtEl0);
    TRAPS.set(model, traps);
  }
  return traps;
}

export interface CoreFeatures {
  readonly pan: boolean;
  readonly uao: boolean;
  readonly dit: boolean;
  readonly ssbs: boolean;
  readonly mte: boolean;
  readonly bti: boolean;
  readonly pauth: boolean;
  readonly nmi: boolean;
  readonly vhe: boolean;
  readonly el2: boolean;
  readonly lse2: boolean;
  readonly mixedEnd: boolean;
  readonly mixedEndEl0: boolean;
  readonly nv: boolean;
  readonly nv2: boolean;
  readonly ras: boolean;
  readonly ecv: boolean;
  readonly ecvPoff: boolean;
  readonly twed: boolean;
  readonly doubleLock: boolean;
  readonly pmu: boolean;
  readonly pmuv3p5: boolean;
}

/** Who accesses a register of the CPU interface. */
export interface InterfaceAccess {
  readonly el: ExceptionLevel;
  /** HCR_EL2, 0n without EL2. */
  readonly hcr: bigint;
  /** SCTLR_ELx.NMI of that level. */
  readonly nmi: boolean;
}

/** A GIC CPU interface as system registers; a direction that is absent is UNDEFINED, and so is a register that is not in the map. */
export interface InterruptInterface {
  readonly registers: ReadonlyMap<
    string,
    {
      /** Reading does something: not for those who only look. */
      readonly readActs?: boolean;
      read?(by: InterfaceAccess): bigint;
      write?(by: InterfaceAccess, value: bigint): void;
    }
  >;
}

/** A breakpoint that may be taken by itself: an address, or (without one) a context. */
export interface Breakpoint {
  /** Its number. */
  readonly n: number;
  /** Sign-extended from bit 55, as all addresses are here: tags do not count. */
  readonly address: bigint | undefined;
  /** Exception levels that it matches at, one bit each. */
  readonly levels: number;
  /** The context breakpoint that must match too. */
  readonly linked: number | undefined;
}

/** A watchpoint: bytes of `[base, base + size)`, those that `select` has a bit for when it is given. */
export interface Watchpoint extends Omit<Breakpoint, 'address'> {
  readonly base: bigint;
  readonly size: bigint;
  readonly select: number | undefined;
  readonly loads: boolean;
  readonly stores: boolean;
}

/** What a processor is made from. */
export interface CoreOptions {
  readonly memory: MachineMemory;
  readonly index: number;
  readonly model: CpuModel;
  /** 'modelled': exceptions to EL2 stop `run` for a hypervisor model. 'guest': EL2 is executed like any other level. */
  readonly el2: 'modelled' | 'guest';
  /** What answers where no memory is; without one such accesses are external aborts. */
  readonly bus?: DeviceBus | undefined;
  /** HLT #0xF000 stops `run`. */
  readonly semihosting?: boolean | undefined;
  /** Level of a timer's interrupt output; told whenever it may have changed (whoever wires it to an interrupt controller). */
  readonly timerOutput?: ((timer: TimerName, level: boolean) => void) | undefined;
  /** Level of the PMU's overflow interrupt, told when it changes. */
  readonly pmuOutput?: ((level: boolean) => void) | undefined;
  /** The interrupt controller's CPU interface: registers by name that are its own (ICC_*, ICH_*). Without one they are plain storage. */
  readonly interruptInterface?: InterruptInterface | undefined;
  /** SEV: tells the other CPUs. */
  readonly sendEvent?: (() => void) | undefined;
  /** TLBI with IS or OS: tells the other CPUs. */
  readonly broadcastTlbi?: ((invalidation: TlbInvalidation) => void) | undefined;
  /** SMC that nothing traps stops `run` (firmware is modelled); without it SMC is UNDEFINED, as EL3 is absent. */
  readonly firmware?: boolean | undefined;
}

/** Translation contexts that the TLB keeps apart. */
export const CONTEXT = { el10User: 0, el10: 1, el10Pan: 2, el2: 3, el20User: 4, el20: 5, el20Pan: 6 } as const;
const CONTEXTS = 7;

/** Level whose permissions an access in this context has. */
export function contextEl(context: number): 0 | 1 | 2 {
  if (context === CONTEXT.el10User || context === CONTEXT.el20User) return 0;
  return context === CONTEXT.el10 || context === CONTEXT.el10Pan ? 1 : 2;
}

export class Core implements ControlView {
  readonly memory: MachineMemory;
  readonly index: number;
  readonly model: CpuModel;
  readonly options: CoreOptions;
  readonly has: CoreFeatures;
  readonly mmu: MmuFeatures;
  /** What the fast way keeps of the entries. */
  readonly tlb: Tlb;
  readonly tlbEntries: TlbEntries;
  readonly traps: Traps;
  /** Memory as table walks see it. */
  readonly tables: TableMemory;

  // Views, replaced when memory grows.
  u8: Uint8Array;
  u32: Uint32Array;
  i32: Int32Array;
  u64: BigUint64Array;
  view: DataView;

  // Where this CPU's state lies: indices into u64 (64) and u32/i32 (32).
  readonly x64: number;
  readonly pc64: number;
  readonly pc32: number;
  readonly pstate32: number;
  readonly v64: number;
  readonly sys64: number;
  readonly sys32: number;
  readonly block: number;

  // Derived from PSTATE and control registers by `refresh`.
  el: ExceptionLevel = 1;
  /** Index in u64 of the current stack pointer. */
  sp64 = 0;
  e2h = false;
  tge = false;
  bigEndian = false;
  /** SCTLR_ELx.A: every unaligned access faults. */
  alignAll = false;
  spCheck = false;
  /** TLB contexts of data accesses, of LDTR/STTR, and of fetches. */
  dataContext = 0;
  userContext = 0;
  fetchContext = 0;
  /** Highest bit of a branch target that counts, when some tag bits are ignored (63: all count). */
  branchTagged = false;
  attention: number = ATTENTION.interrupts;

  /** Read off the debug registers by `debugChanged`. */
  breakpoints: readonly Breakpoint[] = [];
  watchpoints: readonly Watchpoint[] = [];

  /** Derived by `countersChanged`: some PMU counter is on; those that count at this level, one bit each; what was told of the interrupt. */
  counting = false;
  running = 0;
  overflowLevel = false;

  // While `run` runs.
  /** The instruction that executes is being stepped; and it has loaded exclusively. */
  stepping = false;
  steppedExclusive = false;
  /** The value of `steps` at which the next timer output rises, and at which the next PMU counter overflows. */
  timerSteps = 0;
  counterSteps = Number.MAX_SAFE_INTEGER;
  /** The most steps of this run, and the value of `steps` at which the first of all these is due. */
  budget = 0;
  limit = 0;
  /** Instructions started in this run that the counter in memory does not have yet. */
  steps = 0;
  stop: Stop | undefined = undefined;
  /** Somebody asked to stop, and no run has come back with it yet. */
  stopRequested = false;
  observer: ProcessorObserver = {};
  current: () => CurrentInstruction | undefined = () => undefined;
  /** What translation reads, made when it is asked for. */
  private controls: TranslationControls | undefined = undefined;

  constructor(options: CoreOptions) {
    const { memory, index, model } = options;
    this.options = options;
    this.memory = memory;
    this.index = index;
    this.model = model;
    const has = (name: string): boolean => model.features.has(name);
    this.has = {
      pan: has('FEAT_PAN'),
      uao: has('FEAT_UAO'),
      dit: has('FEAT_DIT'),
      ssbs: has('FEAT_SSBS'),
      mte: has('FEAT_MTE'),
      bti: has('FEAT_BTI'),
      pauth: has('FEAT_PAuth'),
      nmi: has('FEAT_NMI'),
      vhe: has('FEAT_VHE'),
      el2: has('EL2'),
      lse2: has('FEAT_LSE2'),
      mixedEnd: has('FEAT_MixedEnd'),
      mixedEndEl0: has('FEAT_MixedEndEL0'),
      nv: has('FEAT_NV'),
      nv2: has('FEAT_NV2'),
      ras: has('FEAT_RAS'),
      ecv: has('FEAT_ECV'),
      ecvPoff: has('FEAT_ECV_POFF') && has('EL2'),
      twed: has('FEAT_TWED'),
      doubleLock: has('FEAT_DoubleLock'),
      pmu: has('FEAT_PMUv3'),
      pmuv3p5: has('FEAT_PMUv3p5'),
    };
    this.mmu = mmuFeatures(model.features, model.registers.get('ID_AA64MMFR0_EL1') ?? 0n);
    const block = memory.cpuBlock(index);
    this.block = block;
    this.x64 = (block + CPU.x) / 8;
    this.pc64 = (block + CPU.pc) / 8;
    this.pc32 = (block + CPU.pc) / 4;
    this.pstate32 = (block + CPU.pstate) / 4;
    this.v64 = (block + CPU.v) / 8;
    this.sys64 = (block + CPU.system) / 8;
    this.sys32 = (block + CPU.system) / 4;
    this.u8 = memory.u8;
    this.u32 = memory.u32;
    this.i32 = new Int32Array(memory.wasm.buffer);
    this.u64 = memory.u64;
    this.view = memory.view;
    this.traps = trapsOf(model);
    this.tables = { read64: memory.read64, write64: memory.write64 };
    this.tlb = new Tlb(memory, memory.cpuCaches(index), CONTEXTS);
    this.tlbEntries = new TlbEntries(this, block + tlbEntriesAt(SYSREG_SLOTS));
    this.refresh();
  }

  /** Takes the views from memory again. */
  replaceViews(): void {
    const { memory } = this;
    this.u8 = memory.u8;
    this.u32 = memory.u32;
    this.i32 = new Int32Array(memory.wasm.buffer);
    this.u64 = memory.u64;
    this.view = memory.view;
    this.tlb.replaceViews();
  }

  /** PSTATE.SP, for decisions about traps. */
  get sp(): 0 | 1 {
    return (this.pstate & 1) as 0 | 1;
  }

  /** 32 bits of system register storage, for decisions about traps. */
  word(index: number): number {
    return this.i32[this.sys32 + index] as number;
  }

  /** Index in u64 of SP_EL0, SP_EL1 or SP_EL2. */
  spIndex(el: ExceptionLevel): number {
    return el === 2 ? (this.block + CPU.spEl2) >>> 3 : this.sys64 + (el === 0 ? SLOT.SP_EL0 : SLOT.SP_EL1);
  }

  /** A system register's stored value. */
  reg(slot: number): bigint {
    return this.u64[this.sys64 + slot] as bigint;
  }

  setReg(slot: number, value: bigint): void {
    this.u64[this.sys64 + slot] = value;
  }

  get pstate(): number {
    return this.u32[this.pstate32] as number;
  }

  /** Writes PSTATE (unsigned 32-bit, layout of SPSR_ELx) and what follows from it. */
  setPState(value: number): void {
    this.u32[this.pstate32] = value;
    this.refresh();
  }

  u32At(offset: number): number {
    return this.u32[(this.block + offset) >>> 2] as number;
  }

  setU32At(offset: number, value: number): void {
    this.u32[(this.block + offset) >>> 2] = value;
  }

  /** Instructions started since reset. */
  get instructions(): bigint {
    return (this.u64[(this.block + CPU.instructions) >>> 3] as bigint) + BigInt(this.steps);
  }

  /** Virtual time in nanoseconds. */
  get clock(): bigint {
    return this.memory.clock + BigInt(this.steps);
  }

  /** Books the steps of this run into the counters in memory. */
  book(): void {
    const steps = BigInt(this.steps);
    this.u64[(this.block + CPU.instructions) >>> 3] = (this.u64[(this.block + CPU.instructions) >>> 3] as bigint) + steps;
    this.memory.clock += steps;
    this.steps = 0;
  }

  /** The control register of the regime that the current level runs in. */
  get sctlr(): bigint {
    return this.reg(this.el === 2 || (this.el === 0 && this.e2h && this.tge) ? SLOT.SCTLR_EL2 : SLOT.SCTLR_EL1);
  }

  /** The level that EL0's exceptions go to, or this level's own: EL1 or EL2. */
  get home(): 1 | 2 {
    return this.el === 2 || (this.el === 0 && this.tge) ? 2 : 1;
  }

  /** HCR_EL2.NV at EL1: software there is to believe that it is at EL2 (Arm ARM D8.11). */
  get nested(): boolean {
    return this.has.nv && this.el === 1 && (this.reg(SLOT.HCR_EL2) & HCR.NV) !== 0n;
  }

  /** What translation depends on, now. */
  translation(): TranslationControls {
    this.controls ??= {
      el1: {
        sctlr: this.reg(SLOT.SCTLR_EL1),
        tcr: this.reg(SLOT.TCR_EL1),
        ttbr0: this.reg(SLOT.TTBR0_EL1),
        ttbr1: this.reg(SLOT.TTBR1_EL1),
        mair: this.reg(SLOT.MAIR_EL1),
      },
      el2: {
        sctlr: this.reg(SLOT.SCTLR_EL2),
        tcr: this.reg(SLOT.TCR_EL2),
        ttbr0: this.reg(SLOT.TTBR0_EL2),
        ttbr1: this.reg(SLOT.TTBR1_EL2),
        mair: this.reg(SLOT.MAIR_EL2),
      },
      hcr: this.reg(SLOT.HCR_EL2),
      hcrx: this.reg(SLOT.HCRX_EL2),
      vtcr: this.reg(SLOT.VTCR_EL2),
      vttbr: this.reg(SLOT.VTTBR_EL2),
      features: this.mmu,
      forcedStaysCached: this.model.choices.forcedStaysCached,
    };
    return this.controls;
  }

  /**
   * A register that translation reads has changed. `shape`: in what decides which descriptors a walk reads, or how; then no entry of the TLB
   * makes sense any more.
   */
  translationChanged(shape: boolean): void {
    this.controls = undefined;
    if (shape) this.tlbEntries.clear();
    this.tlb.flush();
    this.refresh();
  }

  /** SEV and SEVL. */
  sendEvent(local: boolean): void {
    this.setU32At(CPU.event, 1);
    if (!local) this.options.sendEvent?.();
  }

  /** One of what `limit` is the first of has changed. */
  limitChanged(): void {
    this.limit = Math.min(this.budget, this.timerSteps, this.counterSteps);
  }

  /**
   * Level whose permissions LDTR and STTR have at this one: EL0's unless UAO says otherwise; at EL1 with HCR_EL2.{NV,NV1} = {1,1} they act as
   * the level they are at (Arm ARM C6.2, LDTR; AArch64.IsUnprivAccessPriv).
   */
  unprivileged(el: ExceptionLevel): ExceptionLevel {
    const hcr = this.reg(SLOT.HCR_EL2);
    const nested = el === 1 && this.has.nv && (hcr & (HCR.NV | HCR.NV1)) === (HCR.NV | HCR.NV1);
    if ((this.pstate & PSTATE.UAO) !== 0 || nested) return el;
    return el === 1 || (el === 2 && this.e2h && this.tge) ? 0 : el;
  }

  /** Derives what hangs on PSTATE and the control registers. */
  refresh(): void {
    const pstate = this.pstate;
    const el = ((pstate >>> EL_SHIFT) & 3) as ExceptionLevel;
    this.el = el;
    this.sp64 = this.spIndex((pstate & 1) === 0 ? 0 : el);
    const hcr = this.reg(SLOT.HCR_EL2);
    this.e2h = this.has.vhe && (hcr & HCR.E2H) !== 0n;
    this.tge = this.has.el2 && (hcr & HCR.TGE) !== 0n;
    const host = this.e2h && this.tge;
    const { sctlr } = this;
    this.bigEndian =
      el === 0 ? this.has.mixedEndEl0 && (sctlr & SCTLR.E0E) !== 0n : this.has.mixedEnd && (sctlr & SCTLR.EE) !== 0n;
    this.alignAll = (sctlr & SCTLR.A) !== 0n;
    this.spCheck = this.model.choices.spAlignment && (sctlr & (el === 0 ? SCTLR.SA0 : SCTLR.SA)) !== 0n;
    const pan = (pstate & PSTATE.PAN) !== 0;
    if (el === 0) {
      this.dataContext = this.fetchContext = host ? CONTEXT.el20User : CONTEXT.el10User;
    } else if (el === 1) {
      this.fetchContext = CONTEXT.el10;
      this.dataContext = pan ? CONTEXT.el10Pan : CONTEXT.el10;
    } else if (this.e2h) {
      this.fetchContext = CONTEXT.el20;
      this.dataContext = pan ? CONTEXT.el20Pan : CONTEXT.el20;
    } else {
      this.dataContext = this.fetchContext = CONTEXT.el2;
    }
    this.userContext = this.unprivileged(el) === el ? this.dataContext : el === 1 ? CONTEXT.el10User : CONTEXT.el20User;
    let { attention } = this;
    attention &= ~(ATTENTION.btype | ATTENTION.illegal | ATTENTION.step);
    if (pstate & PSTATE.BTYPE) attention |= ATTENTION.btype;
    if (pstate & PSTATE.IL) attention |= ATTENTION.illegal;
    if (this.reg(SLOT.MDSCR_EL1) & MDSCR_SS) attention |= ATTENTION.step;
    this.attention = attention | ATTENTION.interrupts;
    this.branchTagged = this.tagged();
  }

  // Whether some branch targets lose their top byte here: TBI without TBID, for either range (AArch64.BranchAddr).
  private tagged(): boolean {
    const tcr = this.reg(this.el === 2 || (this.el === 0 && this.e2h && this.tge) ? SLOT.TCR_EL2 : SLOT.TCR_EL1);
    return (tcr & (this.el === 2 && !this.e2h ? TBI_EL2 : TBI_EL1)) !== 0n;
  }
}

const { TBI0, TBI1 } = bits('TCR_EL1', ['TBI0', 'TBI1']);
const TBI_EL1 = TBI0 | TBI1;
const TBI_EL2 = bits('TCR_EL2', ['TBI']).TBI;
