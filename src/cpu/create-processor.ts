// A processor as the layers above hold it: the core, the reference engine over it, and the memory's news passed on to both. A view and
// nothing more: all state is in the machine's memory, so one may be made anew over the same bytes at any time.
import { registerMasks, resetBits } from '#arch/features';
import { registerByName, SYSREG_SLOTS, SYSREGS, storageIndex } from '#arch/sysreg';
import { assert } from '#base';
import { type FaultedWalk, translate, type Walk } from '#mmu';
import type { Abort, AccessDecision, SystemAccess } from '#trap';
import { ATTENTION, CONTEXT, Core, type CoreOptions } from './core.ts';
import { stepState } from './debug/step.ts';
import { debugChanged } from './debug/units.ts';
import { ReferenceEngine } from './engine/reference/engine.ts';
import { describeAbort } from './exceptions/aborts.ts';
import { type Exception, takeException } from './exceptions/entry.ts';
import { exceptionReturn } from './exceptions/return.ts';
import { monitoredWrite } from './memory/access.ts';
import { lookAtTags } from './memory/tag-check.ts';
import { currentAsid, currentVmid, type TlbInvalidation } from './memory/tlb-entries.ts';
import type { CpuModel } from './models/index.ts';
import { changeCounters, countersChanged, resetCounters } from './pmu/counters.ts';
import type {
  ExceptionLevel,
  ExceptionRecord,
  InterruptLine,
  Processor,
  ProcessorObserver,
  RegisterLook,
  StepState,
  Stop,
  TagLook,
  TlbLook,
} from './processor.ts';
import { lookAt, rememberRegisters } from './registers/access.ts';
import { inspectRegister, pokeRegister } from './registers/effects.ts';
import { DAIF, EL_SHIFT, PSTATE, SLOT } from './registers/slots.ts';
import { CPU, cpuBlockSize, LINES } from './state/layout.ts';
import { createMachineMemory, type MachineMemory, type MemoryWatcher, PAGE, type RegionRequest } from './state/memory.ts';
import { leaveWait, waitingIn } from './wait.ts';

export type ProcessorOptions = CoreOptions;

/** The memory of a machine with so many CPUs, sized for this processor's registers. */
export function createMemory(options: {
  readonly cpus: number;
  readonly regions: readonly RegionRequest[];
  readonly deviceBytes?: number;
}): MachineMemory {
  return createMachineMemory({ ...options, cpuBlockSize: cpuBlockSize(SYSREG_SLOTS) });
}

/** Puts a processor over CPU block `index` of a machine's memory. The block is as it was; call `reset` on a fresh memory. */
export function createProcessor(options: ProcessorOptions): Processor {
  return new ProcessorView(options);
}

class ProcessorView implements Processor {
  readonly index: number;
  readonly model: CpuModel;
  private readonly core: Core;
  private readonly engine: ReferenceEngine;
  private readonly watcher: MemoryWatcher;

  constructor(options: ProcessorOptions) {
    this.index = options.index;
    this.model = options.model;
    const core = new Core(options);
    debugChanged(core);
    countersChanged(core);
    const engine = new ReferenceEngine(core);
    this.core = core;
    this.engine = engine;
    const { memory } = options;
    this.watcher = {
      viewsReplaced: () => {
        core.replaceViews();
        engine.replaceViews();
      },
      pageWatched: (page) => core.tlb.slowWrites(page),
      watchedWrite(offset, bytes, flags, writer) {
        if (flags & PAGE.code) engine.codeWritten(offset, bytes);
        if (flags & PAGE.monitored && writer !== core.index) {
          const region = memory.regionAt(offset);
          if (region) monitoredWrite(core, Number(region.base) + (offset - region.offset), bytes);
        }
      },
      dropWrites: () => core.tlb.flush(),
      dropAll() {
        core.tlb.flush();
        engine.dropAll();
        core.tlbEntries.reload();
        core.translationChanged(false);
        debugChanged(core);
        countersChanged(core);
      },
    };
    memory.watch(this.watcher);
  }

  release(): void {
    this.core.memory.unwatch(this.watcher);
  }

  x(n: number): bigint {
    return this.core.u64[this.core.x64 + n] as bigint;
  }

  setX(n: number, value: bigint): void {
    if (n !== 31) this.core.u64[this.core.x64 + n] = value;
  }

  sp(el: ExceptionLevel): bigint {
    return this.core.u64[this.core.spIndex(el)] as bigint;
  }

  setSp(el: ExceptionLevel, value: bigint): void {
    this.core.u64[this.core.spIndex(el)] = value;
  }

  v(n: number, half: 0 | 1): bigint {
    return this.core.u64[this.core.v64 + 2 * n + half] as bigint;
  }

  setV(n: number, half: 0 | 1, value: bigint): void {
    this.core.u64[this.core.v64 + 2 * n + half] = value;
  }

  get pc(): bigint {
    return this.core.u64[this.core.pc64] as bigint;
  }

  set pc(value: bigint) {
    leaveWait(this.core);
    this.core.u64[this.core.pc64] = value;
  }

  get pstate(): bigint {
    return BigInt(this.core.pstate);
  }

  set pstate(value: bigint) {
    const { core } = this;
    changeCounters(core, () => core.setPState(Number(value & 0xffff_ffffn)));
  }

  get el(): ExceptionLevel {
    return this.core.el;
  }

  get waiting(): 'wfi' | 'wfe' | undefined {
    return waitingIn(this.core);
  }

  get off(): boolean {
    return this.core.u32At(CPU.off) !== 0;
  }

  set off(off: boolean) {
    this.core.setU32At(CPU.off, off ? 1 : 0);
  }

  lastWriter(n: number): { readonly pc: bigint; readonly instructions: bigint } | undefined {
    return this.engine.operations.lastWriter(n);
  }

  readRegister(name: string): bigint {
    return inspectRegister(this.core, name);
  }

  writeRegister(name: string, value: bigint): void {
    pokeRegister(this.core, name, value);
  }

  look(name: string): RegisterLook {
    const row = registerByName(name);
    assert(row !== undefined, `no system register ${name}`);
    return lookAt(this.core, row);
  }

  remember(): (name: string) => RegisterLook {
    const remembered = rememberRegisters(this.core);
    return (name) => {
      const row = registerByName(name);
      assert(row !== undefined, `no system register ${name}`);
      return row.access === 'wo' ? { kind: 'write-only' } : remembered(row);
    };
  }

  get softwareStep(): StepState {
    return stepState(this.core);
  }

  decide(access: SystemAccess, el: ExceptionLevel): AccessDecision {
    const { core } = this;
    // At EL0 PSTATE.SP is 0; of another level it is not known before one is there, and SP_ELx is what software there uses.
    const sp = el === core.el ? core.sp : el === 0 ? 0 : 1;
    return core.traps.access({ el, sp, word: (index) => core.word(index) }, access);
  }

  get instructions(): bigint {
    return this.core.instructions;
  }

  set instructions(value: bigint) {
    const { core } = this;
    changeCounters(core, () => {
      core.u64[(core.block + CPU.instructions) >>> 3] = value;
      core.u64[(core.block + CPU.counted) >>> 3] = value;
    });
  }

  run(budget: number): { readonly stop: Stop; readonly executed: number } {
    assert(
      !(this.core.el === 2 && this.core.options.el2 === 'modelled'),
      'EL2 is modelled outside: return from it before running',
    );
    return this.engine.run(budget);
  }

  injectToEl1(exception: {
    readonly kind: ExceptionRecord['kind'];
    readonly esr: bigint;
    readonly far?: bigint;
  }): ExceptionRecord {
    assert(this.core.el < 2, 'an exception goes to EL1 from EL1 or EL0: return from EL2 first');
    const entry: Exception = { ...exception, to: 1, returnAddress: this.pc, cause: [INJECTED], injected: true };
    return takeException(this.core, entry);
  }

  returnFromEl2(): void {
    assert(this.core.el === 2, 'not at EL2');
    exceptionReturn(this.core);
  }

  reset(at: { readonly el: ExceptionLevel; readonly pc: bigint }): void {
    const { core } = this;
    const { memory } = core;
    memory.u8.fill(0, core.block, core.block + (memory.cpuBlock(1) - memory.cpuBlock(0)));
    for (const [name, value] of core.model.registers) {
      const row = registerByName(name);
      const slot = row && storageIndex(row);
      if (slot !== undefined) core.setReg(slot, value);
    }
    resetFields(core);
    const affinity = core.reg(SLOT.MPIDR_EL1) | BigInt(core.index);
    core.setReg(SLOT.MPIDR_EL1, affinity);
    core.setReg(SLOT.VMPIDR_EL2, affinity);
    core.setReg(SLOT.VPIDR_EL2, core.reg(SLOT.MIDR_EL1));
    core.setPState(((at.el << EL_SHIFT) | (at.el === 0 ? 0 : 1) | DAIF | (core.has.mte ? PSTATE.TCO : 0)) >>> 0);
    this.pc = at.pc;
    resetCounters(core);
    core.tlbEntries.reload();
    core.translationChanged(false);
    debugChanged(core);
    this.engine.dropAll();
  }

  setLine(line: InterruptLine, level: boolean): void {
    const { core } = this;
    const lines = core.u32At(CPU.lines);
    core.setU32At(CPU.lines, level ? lines | LINES[line] : lines & ~LINES[line]);
    core.attention |= ATTENTION.interrupts;
  }

  setEvent(): void {
    this.core.setU32At(CPU.event, 1);
  }

  setBreakpoints(addresses: ReadonlySet<bigint>): void {
    this.engine.setBreakpoints(addresses);
  }

  requestStop(): void {
    this.core.stopRequested = true;
    this.core.attention |= ATTENTION.stop;
  }

  setObserver(observer: ProcessorObserver): void {
    const { core } = this;
    core.observer = observer;
    core.attention = observer.instruction ? core.attention | ATTENTION.observe : core.attention & ~ATTENTION.observe;
  }

  walk(
    va: bigint,
    kind: 'read' | 'write' | 'fetch',
    el: ExceptionLevel = this.core.el,
    { pan = false, unprivileged = false }: { readonly pan?: boolean; readonly unprivileged?: boolean } = {},
  ): Walk {
    const { core } = this;
    const level = unprivileged ? core.unprivileged(el) : el;
    return translate(core.translation(), core.tables, { va, el: level, kind, pan, aligned: true, peek: true });
  }

  describeAbort({ va, fault }: FaultedWalk, kind: 'read' | 'write' | 'fetch', el: ExceptionLevel): Abort {
    return describeAbort(this.core, el, kind === 'fetch', va, { ...fault, write: fault.write || kind === 'write' });
  }

  tags(
    walk: Walk,
    el: ExceptionLevel,
    { write, unprivileged }: { readonly write: boolean; readonly unprivileged: boolean },
  ): TagLook | undefined {
    const { core } = this;
    if (walk.kind === 'fault' || !walk.attributes.tagged) return undefined;
    const offset = core.memory.locate(Number(walk.pa));
    if (offset < 0) return undefined;
    const [user, privileged] =
      walk.regime === 'EL1&0'
        ? [CONTEXT.el10User, CONTEXT.el10]
        : [CONTEXT.el20User, walk.regime === 'EL2' ? CONTEXT.el2 : CONTEXT.el20];
    const level = unprivileged ? core.unprivileged(el) : el;
    return lookAtTags(core, level === 0 ? user : privileged, walk.va, offset, write);
  }

  tlb(): readonly TlbLook[] {
    const { core } = this;
    return core.tlbEntries.all().map((entry): TlbLook => {
      const { regime, va, asid, vmid } = entry;
      return {
        regime,
        va,
        asid,
        vmid: regime === 'EL1&0' && core.has.el2 ? vmid : undefined,
        current: (asid === undefined || asid === currentAsid(core, regime)) && (regime !== 'EL1&0' || vmid === currentVmid(core)),
        walks(kind, el) {
          const request = { va, el, kind, pan: false, aligned: true, regime, peek: true } as const;
          return {
            kept: core.tlbEntries.walk(entry, request),
            memory: translate(core.translation(), core.tables, request),
          };
        },
      };
    });
  }

  invalidateTlb(invalidation?: TlbInvalidation): void {
    if (invalidation === undefined) this.core.tlbEntries.clear();
    else this.core.tlbEntries.invalidate(invalidation);
  }
}

const INJECTED = { register: '', field: '', value: '', rule: 'injected', doc: 'Injected by the hypervisor.' };

/** What the register tables say of values after reset, RES1 bits included, for registers that no model gives. */
function resetFields(core: Core): void {
  let values = RESET_FIELDS.get(core.model);
  if (values === undefined) {
    values = resetValues(core.model);
    RESET_FIELDS.set(core.model, values);
  }
  for (const [slot, value] of values) core.setReg(slot, value);
}

const RESET_FIELDS = new WeakMap<CpuModel, readonly (readonly [slot: number, value: bigint])[]>();

function resetValues({ features, registers }: CpuModel): readonly (readonly [slot: number, value: bigint])[] {
  return SYSREGS.flatMap((row) => {
    const slot = storageIndex(row);
    if (slot === undefined || row.aliasOf !== undefined || registers.has(row.name)) return [];
    const value = BigInt.asUintN(64, resetBits(row).value | registerMasks(row, features, 0).res1);
    return value === 0n ? [] : [[slot, value] as const];
  });
}
