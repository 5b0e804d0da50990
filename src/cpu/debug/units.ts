// Hardware breakpoints and watchpoints (Arm ARM D2.8 to D2.10; J1.1.3 AArch64.BreakpointMatch, AArch64.WatchpointMatch, AArch64.StateMatch).
// They are read off their registers when one of these changes, so that code without any pays nothing. Where the manual leaves a reserved
// type or mask open, the unit is off. Knows nothing of the person's own breakpoints.
import { bits, type FieldRange, fieldRange, getFieldNumber } from '#arch/field';
import { EC, iss } from '#arch/syndrome';
import { storageIndex, sysreg } from '#arch/sysreg';
import { ATTENTION, type Breakpoint, type Core, LEAVE, type Watchpoint } from '../core.ts';
import { SLOT } from '../registers/slots.ts';
import { DEBUG_STATUS, debugExceptionsFrom, debugExceptionsHere, debugLocked, takeDebugException } from './exceptions.ts';

const { MDE } = bits('MDSCR_EL1', ['MDE']);
const { VS } = bits('VTCR_EL2', ['VS']);
const BCR = ranges('DBGBCR0_EL1', ['E', 'PMC', 'HMC', 'SSC', 'LBN', 'BT']);
const WCR = ranges('DBGWCR0_EL1', ['E', 'PAC', 'LSC', 'BAS', 'HMC', 'SSC', 'LBN', 'WT', 'MASK']);
const DFR0 = ranges('ID_AA64DFR0_EL1', ['BRPs', 'WRPs', 'CTX_CMPs']);
const VMID_SHIFT = 48n;
/** SSC: Secure state only. */
const SECURE = 2;
const WORD = 0xffff_ffffn;

// DBGBCR_EL1.BT, without its lowest bit, which says that the breakpoint is linked (or links, for an address).
const TYPE = { address: 0, context: 1, context1: 3, vmid: 4, vmidContext1: 5, context2: 6, both: 7 } as const;

function ranges<const Names extends string>(register: string, names: readonly Names[]): Readonly<Record<Names, FieldRange>> {
  return Object.fromEntries(names.map((name) => [name, fieldRange(register, name)])) as Record<Names, FieldRange>;
}

const numbered = (prefix: string): readonly number[] =>
  Array.from({ length: 16 }, (_, n) => storageIndex(sysreg(`${prefix}${n}_EL1`)) as number);
const SLOTS = { bvr: numbered('DBGBVR'), bcr: numbered('DBGBCR'), wvr: numbered('DBGWVR'), wcr: numbered('DBGWCR') };

/** How many of each this processor has; the last `contexts` breakpoints can compare contexts. */
function debugUnits(core: Core): {
  readonly breakpoints: number;
  readonly watchpoints: number;
  readonly contexts: number;
} {
  const dfr0 = core.model.registers.get('ID_AA64DFR0_EL1') ?? 0n;
  const count = (field: FieldRange): number => getFieldNumber(dfr0, field) + 1;
  return { breakpoints: count(DFR0.BRPs), watchpoints: count(DFR0.WRPs), contexts: count(DFR0.CTX_CMPs) };
}

/** A debug register, or a lock, has changed: what is watched is read off the registers again. */
export function debugChanged(core: Core): void {
  const before = core.breakpoints.length + core.watchpoints.length;
  const on = (core.reg(SLOT.MDSCR_EL1) & MDE) !== 0n && !debugLocked(core);
  core.breakpoints = on ? readBreakpoints(core) : [];
  core.watchpoints = on ? readWatchpoints(core) : [];
  core.attention &= ~ATTENTION.context;
  if (core.breakpoints.some(({ address }) => address === undefined)) core.attention |= ATTENTION.context;
  // Pages know whether something in them is watched: they are found anew.
  if (before + core.breakpoints.length + core.watchpoints.length > 0) core.tlb.flush();
  core.refresh();
}

function readBreakpoints(core: Core): Breakpoint[] {
  const found: Breakpoint[] = [];
  for (let n = 0; n < debugUnits(core).breakpoints; n += 1) {
    const control = core.reg(SLOTS.bcr[n] as number);
    const type = contextType(core, n, control);
    const linked = (getFieldNumber(control, BCR.BT) & 1) !== 0;
    // A linked context acts only through those that link to it.
    if (!getFieldNumber(control, BCR.E) || type === undefined || (type !== TYPE.address && linked)) continue;
    found.push({
      n,
      address: type === TYPE.address ? signed(core.reg(SLOTS.bvr[n] as number) & ~3n) : undefined,
      levels: levelsOf(getFieldNumber(control, BCR.HMC), getFieldNumber(control, BCR.SSC), getFieldNumber(control, BCR.PMC)),
      linked: linked ? getFieldNumber(control, BCR.LBN) : undefined,
    });
  }
  return found;
}

function readWatchpoints(core: Core): Watchpoint[] {
  const found: Watchpoint[] = [];
  for (let n = 0; n < debugUnits(core).watchpoints; n += 1) {
    const control = core.reg(SLOTS.wcr[n] as number);
    if (!getFieldNumber(control, WCR.E)) continue;
    const wvr = core.reg(SLOTS.wvr[n] as number);
    const mask = getFieldNumber(control, WCR.MASK);
    // Reserved.
    if (mask === 1 || mask === 2) continue;
    const bas = getFieldNumber(control, WCR.BAS);
    // With bit 2 of the address set it is a word that is watched, by BAS[3:0].
    const bottom = mask > 0 ? mask : wvr & 4n ? 2 : 3;
    found.push({
      n,
      base: signed((wvr >> BigInt(bottom)) << BigInt(bottom)),
      size: 1n << BigInt(bottom),
      select: mask > 0 ? undefined : bas,
      loads: (getFieldNumber(control, WCR.LSC) & 1) !== 0,
      stores: (getFieldNumber(control, WCR.LSC) & 2) !== 0,
      levels: levelsOf(getFieldNumber(control, WCR.HMC), getFieldNumber(control, WCR.SSC), getFieldNumber(control, WCR.PAC)),
      linked: getFieldNumber(control, WCR.WT) ? getFieldNumber(control, WCR.LBN) : undefined,
    });
  }
  return found;
}

// Address bits above 55 are copies of it, whatever was written there.
function signed(address: bigint): bigint {
  return BigInt.asUintN(64, BigInt.asIntN(56, address));
}

/**
 * The levels that HMC, SSC and PMC or PAC let match, one bit each: AArch64.StateMatch in Non-secure state. Without EL3 most values of SSC are
 * reserved; those that do not ask for Secure state are taken for Non-secure, as QEMU takes them.
 */
function levelsOf(hmc: number, ssc: number, privileges: number): number {
  return ssc === SECURE ? 0 : (hmc << 2) | ((privileges & 1) << 1) | (privileges >>> 1);
}

/** What a breakpoint compares; undefined for a type that is reserved on this processor. */
function contextType(core: Core, n: number, control: bigint): number | undefined {
  const type = getFieldNumber(control, BCR.BT) >>> 1;
  if (type === TYPE.address) return type;
  const { breakpoints, contexts } = debugUnits(core);
  // Mismatch (0b010x) is AArch32's; CONTEXTIDR_EL2 came with Armv8.1.
  const contextIdr2 = type === TYPE.context1 || type === TYPE.context2 || type === TYPE.both;
  if (type === 2 || n < breakpoints - contexts || (contextIdr2 && !core.has.vhe)) return undefined;
  return type >= TYPE.vmid && !core.has.el2 ? undefined : type;
}

/** Whether context breakpoint `n` matches now, by itself or for one that links to it (AArch64.BreakpointValueMatch). */
function contextMatches(core: Core, n: number, linking: boolean): boolean {
  if (n >= debugUnits(core).breakpoints) return false;
  const control = core.reg(SLOTS.bcr[n] as number);
  if (!getFieldNumber(control, BCR.E) || ((getFieldNumber(control, BCR.BT) & 1) === 1) !== linking) return false;
  const value = core.reg(SLOTS.bvr[n] as number);
  const host = core.e2h && (core.el === 2 || (core.el === 0 && core.tge));
  const guest = core.el < 2 && !host;
  const low = value & WORD;
  const context1 = guest && (core.reg(SLOT.CONTEXTIDR_EL1) & WORD) === low;
  const context2 = (core.reg(SLOT.CONTEXTIDR_EL2) & WORD) === value >> 32n;
  switch (contextType(core, n, control)) {
    case TYPE.context:
      return host ? (core.reg(SLOT.CONTEXTIDR_EL2) & WORD) === low : context1;
    case TYPE.context1:
      return context1;
    case TYPE.vmid:
      return guest && vmidMatches(core, value);
    case TYPE.vmidContext1:
      return context1 && vmidMatches(core, value);
    case TYPE.context2:
      return context2;
    case TYPE.both:
      return context1 && context2;
    default:
      return false;
  }
}

function vmidMatches(core: Core, value: bigint): boolean {
  const mask = core.reg(SLOT.VTCR_EL2) & VS ? 0xffffn : 0xffn;
  return ((core.reg(SLOT.VTTBR_EL2) >> VMID_SHIFT) & mask) === ((value >> 32n) & mask);
}

/** Takes the exception when a breakpoint matches the instruction at PC: true. It comes after the fetch and before all else. */
export function takeBreakpoint(core: Core): boolean {
  if (core.breakpoints.length === 0 || !debugExceptionsHere(core)) return false;
  const pc = signed(core.u64[core.pc64] as bigint);
  for (const { n, address, levels, linked } of core.breakpoints) {
    if (((levels >>> core.el) & 1) === 0) continue;
    if (address === undefined ? !contextMatches(core, n, false) : address !== pc) continue;
    if (linked !== undefined && !contextMatches(core, linked, true)) continue;
    takeDebugException(core, {
      same: EC.BreakpointSameEl,
      lower: EC.BreakpointLowerEl,
      iss: iss('breakpoint', { IFSC: DEBUG_STATUS }),
      cause: [{ register: `DBGBCR${n}_EL1`, field: 'E', value: '0x1', rule: 'breakpoint', doc: `Breakpoint ${n} matches.` }],
    });
    return true;
  }
  return false;
}

/** Whether any watchpoint lies in the page of this address, at any level: the page is then accessed slowly. */
export function watchesPage(core: Core, va: bigint): boolean {
  const page = signed(va) >> 12n;
  return core.watchpoints.some(({ base, size }) => base >> 12n <= page && (base + size - 1n) >> 12n >= page);
}

/** What else makes memory accesses that watchpoints watch: FEAT_NV2 in place of a register access, and cache maintenance that invalidates. */
export type Watched = 'access' | 'vncr' | 'maintenance';

/**
 * An access of `bytes` bytes that translation allows, with the privileges of `el`: takes the exception, and leaves the instruction, when a
 * watchpoint watches any of them. Nothing has been read or written yet. `given`: the address that maintenance was asked for.
 */
export function checkWatchpoints(
  core: Core,
  va: bigint,
  bytes: number,
  write: boolean,
  el: number,
  by: Watched = 'access',
  given?: bigint,
): void {
  if (core.watchpoints.length === 0) return;
  // What FEAT_NV2 does is done by EL2, which masks nothing (AArch64.CheckDebug).
  if (!(by === 'vncr' ? debugExceptionsFrom(core, 2, false) : debugExceptionsHere(core))) return;
  for (const watchpoint of core.watchpoints) {
    const { n, levels, linked } = watchpoint;
    if (!(write ? watchpoint.stores : watchpoint.loads) || ((levels >>> el) & 1) === 0) continue;
    const offset = firstWatched(watchpoint, va, bytes);
    if (offset === undefined || (linked !== undefined && !contextMatches(core, linked, true))) continue;
    takeDebugException(core, {
      same: EC.WatchpointSameEl,
      // Reported as one of EL2's own (Exception_NV2Watchpoint).
      lower: by === 'vncr' ? EC.WatchpointSameEl : EC.WatchpointLowerEl,
      iss: iss('watchpoint', {
        WnR: write ? 1 : 0,
        DFSC: DEBUG_STATUS,
        ...(by === 'vncr' ? { VNCR: 1 } : by === 'maintenance' ? { CM: 1 } : {}),
      }),
      far: given ?? BigInt.asUintN(64, va + BigInt(offset)),
      cause: [
        { register: `DBGWCR${n}_EL1`, field: 'E', value: '0x1', rule: 'watchpoint', doc: `Watchpoint ${n} watches this byte.` },
      ],
    });
    throw LEAVE;
  }
}

function firstWatched({ base, size, select }: Watchpoint, va: bigint, bytes: number): number | undefined {
  for (let i = 0; i < bytes; i += 1) {
    const at = signed(va + BigInt(i)) - base;
    if (at >= 0n && at < size && (select === undefined || (select >>> Number(at)) & 1)) return i;
  }
  return undefined;
}
