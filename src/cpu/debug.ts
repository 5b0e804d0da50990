// Self-hosted debug: when debug exceptions can be taken, software step, hardware breakpoints and watchpoints (Arm ARM D2, J1.1.2). Step is a
// state machine over MDSCR_EL1.SS and PSTATE.SS; breakpoints and watchpoints are read off their registers whenever one of them changes, so
// that code without any pays nothing. Knows nothing of the person's own breakpoints.
import { bits, fieldRange, getFieldNumber } from '#arch/field';
import { EC, esr, iss } from '#arch/syndrome';
import { storageIndex, sysreg } from '#arch/sysreg';
import type { Cause } from '#trap';
import { ATTENTION, type BreakpointMatch, type Core, LEAVE, type Watchpoint } from './core.ts';
import { takeException } from './exceptions/entry.ts';
import { PSTATE, SLOT } from './registers/slots.ts';
import { CPU } from './state/layout.ts';

const MDSCR = bits('MDSCR_EL1', ['SS', 'MDE', 'KDE']);
const { TDE } = bits('MDCR_EL2', ['TDE']);
const { OSLK } = bits('OSLSR_EL1', ['OSLK']);
const { DLK } = bits('OSDLR_EL1', ['DLK']);
const BCR = control('DBGBCR0_EL1', ['E', 'PMC', 'HMC', 'SSC', 'LBN', 'BT']);
const WCR = control('DBGWCR0_EL1', ['E', 'PAC', 'LSC', 'BAS', 'HMC', 'SSC', 'LBN', 'WT', 'MASK']);
const BRPS = fieldRange('ID_AA64DFR0_EL1', 'BRPs');
const WRPS = fieldRange('ID_AA64DFR0_EL1', 'WRPs');
const VMID_SHIFT = 48n;
/** IFSC and DFSC of every debug exception. */
const DEBUG_EXCEPTION = 0x22;

function control<const Names extends string>(register: string, names: readonly Names[]) {
  return Object.fromEntries(names.map((name) => [name, fieldRange(register, name)])) as Record<
    Names,
    ReturnType<typeof fieldRange>
  >;
}

const numbered = (prefix: string): readonly number[] =>
  Array.from({ length: 16 }, (_, n) => storageIndex(sysreg(`${prefix}${n}_EL1`)) as number);
const SLOTS = { bvr: numbered('DBGBVR'), bcr: numbered('DBGBCR'), wvr: numbered('DBGWVR'), wcr: numbered('DBGWCR') };
const CONTEXTIDR = [storageIndex(sysreg('CONTEXTIDR_EL1')) as number, storageIndex(sysreg('CONTEXTIDR_EL2')) as number] as const;

/** Bits of CPU.step: an instruction was stepped, and it was a load-exclusive. */
const STEPPED = 1;
const STEPPED_EXCLUSIVE = 2;

/** Whether debug exceptions of code at this level can be taken, with PSTATE.D as given (AArch64.GenerateDebugExceptionsFrom). */
function debugExceptionsFrom(core: Core, el: number, masked: boolean): boolean {
  if (core.reg(SLOT.OSLSR_EL1) & OSLK || core.reg(SLOT.OSDLR_EL1) & DLK) return false;
  const target = core.has.el2 && (core.tge || (core.reg(SLOT.MDCR_EL2) & TDE) !== 0n) ? 2 : 1;
  if (el !== target) return el < target;
  return (core.reg(SLOT.MDSCR_EL1) & MDSCR.KDE) !== 0n && !masked;
}

function enabledHere(core: Core): boolean {
  return debugExceptionsFrom(core, core.el, (core.pstate & PSTATE.D) !== 0);
}

// ---- software step

/** Whether software step is on at this level. */
export function stepActive(core: Core): boolean {
  return (core.reg(SLOT.MDSCR_EL1) & MDSCR.SS) !== 0n && enabledHere(core);
}

/** An instruction is over: what was to be stepped has been, and the exception is pending (SSAdvance). */
export function advanceStep(core: Core): void {
  if ((core.reg(SLOT.MDSCR_EL1) & MDSCR.SS) === 0n || (core.pstate & PSTATE.SS) === 0) return;
  core.u32[core.pstate32] = core.pstate & ~PSTATE.SS;
}

/** The same for an instruction that ran to its end: its exception will say what it was. */
export function instructionStepped(core: Core): void {
  advanceStep(core);
  core.setU32At(CPU.step, STEPPED | (core.steppedExclusive ? STEPPED_EXCLUSIVE : 0));
  core.stepping = false;
}

/** Before an instruction, with step active: takes the pending exception (true), or begins to step. */
export function stepOrTake(core: Core): boolean {
  if (core.pstate & PSTATE.SS) {
    core.stepping = true;
    core.steppedExclusive = false;
    return false;
  }
  const latch = core.u32At(CPU.step);
  core.setU32At(CPU.step, 0);
  const stepped = latch & STEPPED ? 1 : 0;
  const syndrome = iss('softwareStep', {
    ISV: stepped,
    ...(stepped && latch & STEPPED_EXCLUSIVE ? { EX: 1 } : {}),
    IFSC: DEBUG_EXCEPTION,
  });
  takeDebug(core, EC.SoftwareStepSameEl, EC.SoftwareStepLowerEl, syndrome, undefined, [
    {
      register: 'MDSCR_EL1',
      field: 'SS',
      value: '0x1',
      rule: 'software step',
      doc: 'Software step is on, and no instruction is left to step.',
    },
  ]);
  return true;
}

/** DebugExceptionReturnSS: whether SPSR.SS gets into PSTATE on a return to `el` with SPSR.D as given. */
export function stepsAfterReturn(core: Core, el: number, masked: boolean): boolean {
  return (core.reg(SLOT.MDSCR_EL1) & MDSCR.SS) !== 0n && !enabledHere(core) && debugExceptionsFrom(core, el, masked);
}

function takeDebug(core: Core, same: number, lower: number, syndrome: number, far: bigint | undefined, cause: Cause): void {
  const route = core.traps.route.debug(core);
  takeException(core, {
    kind: 'sync',
    to: route.target,
    esr: esr(route.target === core.el ? same : lower, 1, syndrome),
    returnAddress: core.u64[core.pc64] as bigint,
    cause: [...cause, ...route.cause],
    ...(far === undefined ? {} : { far }),
  });
}

// ---- breakpoints and watchpoints

/** A debug register or the OS lock has changed: what is watched is read off the registers again. */
export function debugChanged(core: Core): void {
  const on = (core.reg(SLOT.MDSCR_EL1) & MDSCR.MDE) !== 0n && (core.reg(SLOT.OSLSR_EL1) & OSLK) === 0n;
  const dfr0 = core.model.registers.get('ID_AA64DFR0_EL1') ?? 0n;
  const breakpoints: BreakpointMatch[] = [];
  const watchpoints: Watchpoint[] = [];
  for (let n = 0; on && n <= getFieldNumber(dfr0, BRPS); n += 1) {
    const value = core.reg(SLOTS.bcr[n] as number);
    if (!getFieldNumber(value, BCR.E)) continue;
    const type = getFieldNumber(value, BCR.BT);
    // Linked context breakpoints act only through those that link to them.
    if (type > 1 && type & 1) continue;
    breakpoints.push({
      n,
      address: type <= 1 ? signed(core.reg(SLOTS.bvr[n] as number) & ~3n) : undefined,
      levels: levelsOf(getFieldNumber(value, BCR.HMC), getFieldNumber(value, BCR.SSC), getFieldNumber(value, BCR.PMC)),
      linked: type === 1 ? getFieldNumber(value, BCR.LBN) : undefined,
    });
  }
  for (let n = 0; on && n <= getFieldNumber(dfr0, WRPS); n += 1) {
    const value = core.reg(SLOTS.wcr[n] as number);
    if (!getFieldNumber(value, WCR.E)) continue;
    const wvr = core.reg(SLOTS.wvr[n] as number);
    const mask = getFieldNumber(value, WCR.MASK);
    const select = getFieldNumber(value, WCR.BAS);
    // DBGWVR bit 2 set: a word is watched, whose bytes BAS[3:0] selects.
    const bottom = mask > 2 ? mask : wvr & 4n ? 2 : 3;
    watchpoints.push({
      n,
      base: signed((wvr >> BigInt(bottom)) << BigInt(bottom)),
      size: 1n << BigInt(bottom),
      select: mask > 2 ? undefined : bottom === 2 ? select & 15 : select,
      loads: (getFieldNumber(value, WCR.LSC) & 1) !== 0,
      stores: (getFieldNumber(value, WCR.LSC) & 2) !== 0,
      levels: levelsOf(getFieldNumber(value, WCR.HMC), getFieldNumber(value, WCR.SSC), getFieldNumber(value, WCR.PAC)),
      linked: getFieldNumber(value, WCR.WT) ? getFieldNumber(value, WCR.LBN) : undefined,
    });
  }
  core.breakpoints = breakpoints;
  core.watchpoints = watchpoints;
  core.attention &= ~ATTENTION.context;
  if (breakpoints.some((b) => b.address === undefined)) core.attention |= ATTENTION.context;
  core.tlb.flush();
  core.refresh();
}

// Address bits above 55 are copies of it, whatever was written there.
function signed(address: bigint): bigint {
  return BigInt.asUintN(64, BigInt.asIntN(56, address));
}

/** The levels that HMC, SSC and PMC or PAC let match, one bit each (AArch64.StateMatch, Non-secure without EL3). */
function levelsOf(hmc: number, ssc: number, pmc: number): number {
  // SSC = 0b10 asks for Secure state only.
  if (ssc === 2 && !(hmc === 1 && pmc === 0)) return 0;
  const el2 = (hmc === 1 && !(ssc === 2 && pmc === 0)) || ssc === 3;
  return (el2 ? 4 : 0) | (pmc & 1 ? 2 : 0) | (pmc & 2 ? 1 : 0);
}

/** Whether context breakpoint `n` matches now (AArch64.BreakpointValueMatch). */
function contextMatches(core: Core, n: number): boolean {
  const control = core.reg(SLOTS.bcr[n] as number);
  if (!getFieldNumber(control, BCR.E)) return false;
  const value = core.reg(SLOTS.bvr[n] as number);
  const type = getFieldNumber(control, BCR.BT) >>> 1;
  const context1 = (core.reg(CONTEXTIDR[0]) & 0xffff_ffffn) === (value & 0xffff_ffffn);
  const context2 = (core.reg(CONTEXTIDR[1]) & 0xffff_ffffn) === value >> 32n;
  const host = core.e2h && (core.el === 2 || core.tge);
  const vmid = core.el < 2 && !core.tge && core.reg(SLOT.VTTBR_EL2) >> VMID_SHIFT === ((value >> 32n) & 0xffffn);
  switch (type) {
    case 1:
      return host ? (core.reg(CONTEXTIDR[1]) & 0xffff_ffffn) === (value & 0xffff_ffffn) : core.el < 2 && context1;
    case 3:
      return core.el < 2 && context1;
    case 4:
      return vmid;
    case 5:
      return vmid && context1;
    case 6:
      return context2;
    case 7:
      return context1 && context2;
    default:
      return false;
  }
}

/** A hardware breakpoint at PC (or of the context) that is to be taken now: takes it and gives true. */
export function takeBreakpoint(core: Core): boolean {
  if (!enabledHere(core)) return false;
  const pc = core.u64[core.pc64] as bigint;
  for (const { n, address, levels, linked } of core.breakpoints) {
    if (((levels >>> core.el) & 1) === 0) continue;
    if (address === undefined ? !contextMatches(core, n) : address !== signed(pc)) continue;
    if (linked !== undefined && !contextMatches(core, linked)) continue;
    takeDebug(core, EC.BreakpointSameEl, EC.BreakpointLowerEl, iss('breakpoint', { IFSC: DEBUG_EXCEPTION }), undefined, [
      { register: `DBGBCR${n}_EL1`, field: 'E', value: '0x1', rule: 'breakpoint', doc: `Breakpoint ${n} matches.` },
    ]);
    return true;
  }
  return false;
}

/** Whether any watchpoint lies in the page of this address (any level): the page is then accessed slowly. */
export function watchesPage(core: Core, va: bigint): boolean {
  const page = signed(va) >> 12n;
  return core.watchpoints.some(({ base, size }) => base >> 12n <= page && (base + size - 1n) >> 12n >= page);
}

/** An access that translation allows: takes the exception when a watchpoint watches any of its bytes. */
export function checkWatchpoints(core: Core, va: bigint, bytes: number, write: boolean, el: number): void {
  if (core.watchpoints.length === 0 || !enabledHere(core)) return;
  for (const { n, base, size, select, loads, stores, levels, linked } of core.watchpoints) {
    if (!(write ? stores : loads) || ((levels >>> el) & 1) === 0) continue;
    for (let i = 0; i < bytes; i += 1) {
      const at = signed(va + BigInt(i));
      if (at < base || at >= base + size || (select !== undefined && ((select >>> Number(at - base)) & 1) === 0)) continue;
      if (linked !== undefined && !contextMatches(core, linked)) break;
      const syndrome = iss('watchpoint', { WnR: write ? 1 : 0, DFSC: DEBUG_EXCEPTION });
      takeDebug(core, EC.WatchpointSameEl, EC.WatchpointLowerEl, syndrome, BigInt.asUintN(64, va + BigInt(i)), [
        { register: `DBGWCR${n}_EL1`, field: 'E', value: '0x1', rule: 'watchpoint', doc: `Watchpoint ${n} watches this byte.` },
      ]);
      throw LEAVE;
    }
  }
}
