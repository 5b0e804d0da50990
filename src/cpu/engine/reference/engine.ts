// The reference engine: fetch, decode, execute, one instruction at a time, on the operations over bigint. Decoded words are kept by page of
// memory and dropped when the page is written, so that self-modifying code works without any maintenance. State is precise at every
// instruction; whatever must be looked at between two of them raises `Core.attention`. Knows no instruction by name.
import { decode, type Instruction, instructionByName, type Operations } from '#isa';
import { ATTENTION, type Core, type CurrentInstruction, LEAVE, SCTLR } from '../../core.ts';
import { instructionStepped, stepOrTake } from '../../debug/step.ts';
import { takeBreakpoint } from '../../debug/units.ts';
import { abortFetch, externalFetchAbort } from '../../exceptions/aborts.ts';
import { illegalState, pcAlignment, raise, undefinedBecause } from '../../exceptions/instructions.ts';
import { takeInterrupt } from '../../exceptions/interrupts.ts';
import { translationRequest } from '../../memory/access.ts';
import { TLB_GUARDED } from '../../memory/tlb.ts';
import { changeCounters, reckonOverflow } from '../../pmu/counters.ts';
import type { Stop } from '../../processor.ts';
import { BTYPE_SHIFT, PSTATE } from '../../registers/slots.ts';
import { PAGE_SHIFT } from '../../state/layout.ts';
import { PAGE } from '../../state/memory.ts';
import { timersChanged } from '../../timers.ts';
import { stillWaiting } from '../../wait.ts';
import { ReferenceOperations } from './operations.ts';

type Execute = (o: Operations<bigint>, f: Readonly<Record<string, number>>) => void;

/** A decoded word. */
interface Entry {
  readonly word: number;
  readonly execute: Execute;
  readonly fields: Readonly<Record<string, number>>;
  readonly row: Instruction | undefined;
}

type PageOfEntries = (Entry | undefined)[];

const WORDS_PER_PAGE = 1024;

const BRK = instructionByName('BRK');

/** What is looked at once the instruction is known. */
const BEFORE = ATTENTION.btype | ATTENTION.illegal | ATTENTION.observe | ATTENTION.context;

export class ReferenceEngine {
  private readonly core: Core;
  readonly operations: ReferenceOperations;
  private readonly words = new Map<number, Entry>();
  private readonly pages = new Map<number, PageOfEntries>();

  // The page that instructions come from: its address (low half cut to the page, high half) and what is decoded of it.
  private pageLow = 1;
  private pageHigh = 0;
  private pageContext = -1;
  private generation = -1;
  private pageOffset = 0;
  private entries: PageOfEntries = [];
  private pageBreakpoints: ReadonlySet<number> | undefined = undefined;
  /** Code breakpoints of the person at the screen. */
  private breakpoints: ReadonlySet<bigint> = new Set();
  /** Instruction count at which a breakpoint stopped the run; running on passes it. */
  private passedAt = -1n;

  constructor(core: Core) {
    this.core = core;
    this.operations = new ReferenceOperations(core);
    core.current = () => this.current();
  }

  replaceViews(): void {
    this.operations.replaceViews();
  }

  setBreakpoints(addresses: ReadonlySet<bigint>): void {
    this.breakpoints = addresses;
    this.leavePage();
  }

  /** The page that is executed from must be found again: translation or its attributes have changed. */
  leavePage(): void {
    this.pageLow = 1;
  }

  /** Bytes of a page with decoded words change. */
  codeWritten(offset: number, bytes: number): void {
    const page = this.pages.get(offset >>> PAGE_SHIFT);
    if (page === undefined) return;
    const first = (offset & 0xfff) >>> 2;
    const last = ((offset + bytes - 1) & 0xfff) >>> 2;
    for (let i = first; i <= last; i += 1) page[i] = undefined;
  }

  /** Forgets every decoded word. */
  dropAll(): void {
    this.pages.clear();
    this.leavePage();
    this.operations.forgetWriters();
  }

  private current(): CurrentInstruction | undefined {
    const entry = this.executing;
    return entry === undefined ? undefined : { word: entry.word, syndrome: entry.row?.syndrome?.(entry.fields) };
  }

  /** The instruction between its fetch and its end. */
  private executing: Entry | undefined = undefined;

  /** Runs at most `budget` instructions. */
  run(budget: number): { stop: Stop; executed: number } {
    const { core } = this;
    core.stop = undefined;
    core.attention = (core.attention & ~ATTENTION.stop) | ATTENTION.interrupts;
    if (core.stopRequested) {
      core.stopRequested = false;
      return { stop: { kind: 'requested' }, executed: 0 };
    }
    const waits = stillWaiting(core);
    if (waits) return { stop: waits, executed: 0 };
    this.leavePage();
    core.steps = 0;
    this.operations.countBase = Number(core.instructions);
    core.budget = budget;
    timersChanged(core);
    if (core.counting) reckonOverflow(core);
    while (core.steps < budget) {
      try {
        this.loop();
        // An instruction that was to be let through by itself and that there was no more time for.
        core.stepping = false;
      } catch (thrown) {
        this.executing = undefined;
        this.operations.branched = false;
        core.stepping = false;
        if (thrown !== LEAVE) {
          core.book();
          throw thrown;
        }
      }
      if (core.stop !== undefined) break;
      if (core.steps >= core.timerSteps) timersChanged(core);
      if (core.steps >= core.counterSteps) changeCounters(core);
    }
    this.executing = undefined;
    const executed = core.steps;
    core.book();
    return { stop: core.stop ?? { kind: 'budget' }, executed };
  }

  private loop(): void {
    const { core, operations } = this;
    const { u32, pc32 } = core;
    for (;;) {
      if (core.attention !== 0 && this.attend()) return;
      if (core.steps >= core.limit) return;
      const low = u32[pc32] as number;
      if (((low & ~0xfff) | 0) !== this.pageLow || u32[pc32 + 1] !== this.pageHigh || (low & 3) !== 0) {
        core.steps += 1;
        this.enterPage(low, u32[pc32 + 1] as number);
        core.steps -= 1;
      }
      if (this.pageBreakpoints?.has(low & 0xfff)) {
        if (this.breakHere()) return;
        if (core.breakpoints.length > 0) this.hardwareBreakpoint(low);
      }
      let entry = this.entries[(low & 0xfff) >>> 2];
      if (entry === undefined) entry = this.decodeAt((low & 0xfff) >>> 2);
      core.steps += 1;
      this.executing = entry;
      if ((core.attention & BEFORE) !== 0) this.before(entry);
      entry.execute(operations, entry.fields);
      if (operations.branched) operations.branched = false;
      else {
        const next = (low + 4) | 0;
        u32[pc32] = next;
        if (next === 0) u32[pc32 + 1] = (u32[pc32 + 1] as number) + 1;
      }
    }
  }

  /** Between two instructions, when something asks for attention; true when the loop must end. */
  private attend(): boolean {
    const { core } = this;
    this.executing = undefined;
    if (core.stepping) instructionStepped(core);
    if (core.attention & ATTENTION.stop) {
      if (core.stop === undefined) {
        core.stop = { kind: 'requested' };
        core.stopRequested = false;
      }
      return true;
    }
    if (core.attention & ATTENTION.step) {
      stepOrTake(core);
      if (core.stop !== undefined) return true;
      // Whoever was told of the exception may want to stop at its vector.
      if (core.attention & ATTENTION.stop) return this.attend();
    }
    // At the vector all of this is asked again: a level above may be stepping what is there.
    if (core.attention & ATTENTION.interrupts && takeInterrupt(core)) return core.stop !== undefined || this.attend();
    // The fetch context may have changed with PSTATE, and translation with a control register or a descriptor.
    if (core.fetchContext !== this.pageContext || core.tlb.generation !== this.generation) this.leavePage();
    return false;
  }

  /** What is due once the instruction is known and before it executes. */
  private before(entry: Entry): void {
    const { core } = this;
    if (core.attention & ATTENTION.context && takeBreakpoint(core)) throw LEAVE;
    if (core.attention & ATTENTION.illegal) illegalState(core);
    if (core.attention & ATTENTION.btype) {
      const btype = (core.pstate & PSTATE.BTYPE) >>> BTYPE_SHIFT;
      if (this.operations.guarded && !this.validTarget(entry, btype)) raise(core, { kind: 'branch-target', iss: btype });
      // Every instruction but the branches that set it leaves BTYPE 0; those set it afresh. A software breakpoint saves it in SPSR
      // (AArch64.TakeException: zero_btype).
      if (entry.row !== BRK) core.setPState((core.pstate & ~PSTATE.BTYPE) >>> 0);
    }
    if (core.attention & ATTENTION.observe) core.observer.instruction?.(core.u64[core.pc64] as bigint, entry.word);
  }

  // Whether a branch of this type may land on this instruction of a guarded page (Arm ARM D8.4.3, BTypeCompatible_*).
  private validTarget(entry: Entry, btype: number): boolean {
    const { core } = this;
    switch (entry.row?.landing?.(entry.fields)) {
      case undefined:
        return false;
      case 'any':
      case 'jc':
        return true;
      case 'c':
        return btype !== 3;
      case 'j':
        return btype !== 2;
      case 'pac':
        // PACIASP and PACIBSP act as BTI c, and as BTI jc unless SCTLR_ELx.BT says otherwise; without the feature they are NOPs.
        if (!core.has.pauth) return false;
        return btype !== 3 || (core.sctlr & (core.el === 0 ? SCTLR.BT0 : SCTLR.BT1)) === 0n;
    }
  }

  /** An instruction at whose place in the page a breakpoint unit waits. */
  private hardwareBreakpoint(low: number): void {
    const { core } = this;
    this.executing = this.entries[(low & 0xfff) >>> 2] ?? this.decodeAt((low & 0xfff) >>> 2);
    core.steps += 1;
    if (takeBreakpoint(core)) throw LEAVE;
    core.steps -= 1;
  }

  private breakHere(): boolean {
    const { core } = this;
    if (core.instructions === this.passedAt || !this.breakpoints.has(core.u64[core.pc64] as bigint)) return false;
    this.passedAt = core.instructions;
    core.stop = { kind: 'breakpoint', address: core.u64[core.pc64] as bigint };
    return true;
  }

  /** Finds the page of PC; takes the abort when it cannot be fetched from. */
  private enterPage(low: number, high: number): void {
    const { core } = this;
    const va = core.u64[core.pc64] as bigint;
    this.executing = undefined;
    if ((low & 3) !== 0) pcAlignment(core);
    const context = core.fetchContext;
    const { tlb, memory } = core;
    const entry = tlb.fetchEntry(context, low);
    const page = (low & ~0xfff) | 0;
    let flags: number;
    if (tlb.i32[entry] === page && tlb.i32[entry + 2] === (high | 0)) {
      flags = tlb.i32[entry + 3] as number;
    } else {
      const walk = core.tlbEntries.translate(translationRequest(context, va, 'fetch', true));
      if (walk.kind === 'fault') abortFetch(core, va, walk.fault);
      const offset = memory.locate(Number(walk.pa));
      if (offset < 0) externalFetchAbort(core, va);
      tlb.touch();
      flags = (offset & ~0xfff) | (walk.guarded ? TLB_GUARDED : 0);
      tlb.i32[entry] = page;
      tlb.i32[entry + 2] = high | 0;
      tlb.i32[entry + 3] = flags;
    }
    this.pageLow = page;
    this.pageHigh = high;
    this.pageContext = context;
    this.generation = tlb.generation;
    this.pageOffset = flags & ~0xfff;
    this.operations.guarded = (flags & TLB_GUARDED) !== 0;
    const number = this.pageOffset >>> PAGE_SHIFT;
    let entries = this.pages.get(number);
    if (entries === undefined) {
      entries = new Array<Entry | undefined>(WORDS_PER_PAGE).fill(undefined);
      this.pages.set(number, entries);
    }
    memory.mark(number, PAGE.code);
    this.entries = entries;
    this.pageBreakpoints = this.breakpointsIn(va);
  }

  private breakpointsIn(va: bigint): ReadonlySet<number> | undefined {
    const hardware = this.core.breakpoints;
    if (this.breakpoints.size === 0 && hardware.length === 0) return undefined;
    const page = va >> 12n;
    const addresses = [...this.breakpoints, ...hardware.flatMap(({ address }) => (address === undefined ? [] : [address]))];
    const found = addresses.filter((address) => address >> 12n === page).map((address) => Number(address & 0xfffn));
    return found.length > 0 ? new Set(found) : undefined;
  }

  private decodeAt(index: number): Entry {
    const word = this.core.view.getUint32(this.pageOffset + 4 * index, true);
    let entry = this.words.get(word);
    if (entry === undefined) {
      entry = makeEntry(this.core, word);
      this.words.set(word, entry);
    }
    this.entries[index] = entry;
    return entry;
  }
}

function makeEntry(core: Core, word: number): Entry {
  const decoded = decode(word);
  if (decoded === undefined) {
    const execute: Execute = () => undefinedBecause(core, 'unallocated', 'No instruction has this encoding.');
    return { word, execute, fields: {}, row: undefined };
  }
  const { row, fields, name } = decoded;
  const { exec, notModelled } = row;
  const refuse = (rule: string, doc: string): never => undefinedBecause(core, rule, doc);
  const missing = row.features.find((feature) => !core.model.features.has(feature));
  if (missing !== undefined) {
    const doc = `${name} needs ${missing}, which this processor does not announce.`;
    return { word, execute: () => refuse(`${name} feature`, doc), fields, row };
  }
  if (exec === undefined || notModelled !== undefined) {
    // The checks before the operation come first, where the row has them.
    const execute: Execute = (o, f) => {
      (exec as Execute | undefined)?.(o, f);
      refuse(`${name} not modelled`, `${name} is not modelled: ${notModelled ?? ''}.`);
    };
    return { word, execute, fields, row };
  }
  return { word, execute: exec as Execute, fields, row };
}
