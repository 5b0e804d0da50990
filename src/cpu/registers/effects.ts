// Registers whose read or write does something besides moving their storage: views of PSTATE, identity, translation control, interrupts,
// timers, debug, counters. Every other register is storage whose unallocated bits stay zero. Knows nothing of who may access what: that is decided
// before. Bits of features that are absent are kept as written (which RES0 allows) and looked at by nobody.
import { bits } from '#arch/field';
import { operationByName, registerByName, type Sysreg, storageIndex, sysreg } from '#arch/sysreg';
import { assert } from '#base';
import type { Core } from '../core.ts';
import { DEBUG_EFFECTS } from '../debug/registers.ts';
import { pendingInterrupts } from '../exceptions/interrupts.ts';
import { PMU_EFFECTS } from '../pmu/registers.ts';
import { physicalCountHere, TIMERS, timerControl, timersChanged, virtualCount } from '../timers.ts';
import { allocatedBits, type Effect, MASK64 } from './effect.ts';
import { DAIF, EL_SHIFT, NZCV, PSTATE, SLOT } from './slots.ts';

// A field of PSTATE seen through a register that has it in the same place as SPSR_ELx.
function pstateView(mask: number): Effect {
  return {
    view: true,
    read: (core) => BigInt(core.pstate & mask) & 0xffff_ffffn,
    write: (core, value) => core.setPState(((core.pstate & ~mask) | (Number(value & 0xffff_ffffn) & mask)) >>> 0),
  };
}

function merge(fields: Readonly<Record<string, bigint>>): bigint {
  return Object.values(fields).reduce((all, one) => all | one, 0n);
}

// Translation reads it, so its change is looked at anew. `shape`: the bits that say which descriptors a walk reads, and how.
function translation(name: string, shape: bigint): Effect {
  const slot = storageIndex(sysreg(name)) as number;
  const mask = allocatedBits(sysreg(name));
  return {
    write(core, value) {
      const next = value & mask;
      const changed = core.reg(slot) ^ next;
      if (changed === 0n) return;
      core.setReg(slot, next);
      core.translationChanged((changed & shape) !== 0n);
    },
  };
}

const SCTLR_SHAPE = merge(bits('SCTLR_EL1', ['M', 'EE']));
// When a timer fires depends on it.
function timed(name: string): Effect {
  const slot = storageIndex(sysreg(name)) as number;
  const mask = allocatedBits(sysreg(name));
  return {
    write(core, value) {
      core.setReg(slot, value & mask);
      timersChanged(core);
    },
  };
}

// Whether CNTPOFF_EL2 applies depends on E2H and TGE too. RW is RAO/WI where EL1 has no AArch32.
function hypervisorConfiguration(): Effect {
  const { write } = translation('HCR_EL2', HCR_SHAPE);
  return {
    write(core, value) {
      const host = core.e2h && core.tge;
      write?.(core, core.model.choices.rwWritable || core.model.features.has('FEAT_AA32EL1') ? value : value | HCR_RW);
      if (core.has.ecvPoff && (core.e2h && core.tge) !== host) timersChanged(core);
    },
  };
}

const HCR_RW = bits('HCR_EL2', ['RW']).RW;

// AA64 is RAO/WI where the level has no AArch32. RR asks firmware that is not there for a reset.
function resetManagement(name: 'RMR_EL1' | 'RMR_EL2'): Effect {
  const slot = storageIndex(sysreg(name)) as number;
  const { AA64, RR } = bits(name, ['AA64', 'RR']);
  return { write: (core, value) => core.setReg(slot, (value & RR) | AA64) };
}

const HCR_SHAPE = merge(bits('HCR_EL2', ['VM', 'DC', 'TGE', 'E2H', 'NV', 'NV1']));
const ALL = MASK64;
/** What tells entries of the TLB apart, or only says where tables begin. */
const NONE = 0n;

function timer(timerOf: (typeof TIMERS)[keyof typeof TIMERS]): { tval: Effect; control: Effect; compare: Effect } {
  return {
    tval: {
      view: true,
      read: (core) => (core.reg(timerOf.compare) - timerOf.tval(core)) & 0xffff_ffffn,
      write(core, value) {
        core.setReg(timerOf.compare, (timerOf.tval(core) + BigInt.asIntN(32, value)) & MASK64);
        timersChanged(core);
      },
    },
    control: {
      view: true,
      read: (core) => timerControl(core, timerOf),
      write(core, value) {
        core.setReg(timerOf.control, value & 3n);
        timersChanged(core);
      },
    },
    compare: {
      write(core, value) {
        core.setReg(timerOf.compare, value);
        timersChanged(core);
      },
    },
  };
}

// What EL1 reads of the identity is what EL2 wrote for it.
function identity(name: 'MIDR_EL1' | 'MPIDR_EL1', virtual: number): Effect {
  return { read: (core) => core.reg(core.has.el2 && core.el < 2 ? virtual : SLOT[name]) };
}

const DC_ZVA = operationByName('DC ZVA')?.encoding as number;
const { DZP } = bits('DCZID_EL0', ['DZP']);
// Floating-point exceptions are never trapped here: their enables are RAZ/WI, and so is what needs FEAT_AFP or FEAT_EBF16 without it.
const FPCR = storageIndex(sysreg('FPCR')) as number;
const FPCR_MASK = allocatedBits(sysreg('FPCR')) & ~merge(bits('FPCR', ['IDE', 'IXE', 'UFE', 'OFE', 'DZE', 'IOE']));
const FPCR_AFP = merge(bits('FPCR', ['NEP', 'AH', 'FIZ']));
const FPCR_EBF = bits('FPCR', ['EBF']).EBF;
const CSSELR_MASK = allocatedBits(sysreg('CSSELR_EL1'));
const physicalTimer = timer(TIMERS.physical);
const virtualTimer = timer(TIMERS.virtual);
const hypTimer = timer(TIMERS.hypPhysical);
const hypVirtualTimer = timer(TIMERS.hypVirtual);

const BY_NAME: Readonly<Record<string, Effect>> = {
  CurrentEL: { view: true, read: (core) => BigInt((core.nested ? 2 : core.el) << EL_SHIFT) },
  NZCV: pstateView(NZCV),
  DAIF: pstateView(DAIF),
  PAN: pstateView(PSTATE.PAN),
  UAO: pstateView(PSTATE.UAO),
  DIT: pstateView(PSTATE.DIT),
  SSBS: pstateView(PSTATE.SSBS),
  TCO: pstateView(PSTATE.TCO),
  ALLINT: pstateView(PSTATE.ALLINT),
  SPSel: {
    view: true,
    read: (core) => BigInt(core.pstate & 1),
    write: (core, value) => core.setPState(((core.pstate & ~1) | Number(value & 1n)) >>> 0),
  },
  MIDR_EL1: identity('MIDR_EL1', SLOT.VPIDR_EL2),
  MPIDR_EL1: identity('MPIDR_EL1', SLOT.VMPIDR_EL2),
  CCSIDR_EL1: {
    view: true,
    read: (core) => core.model.registers.get(`CCSIDR_EL1[${core.reg(SLOT.CSSELR_EL1)}]`) ?? 0n,
  },
  DCZID_EL0: {
    // DZP says whether DC ZVA can be used here: asked of who decides that.
    read: (core) => {
      const allowed = core.traps.access(core, { encoding: DC_ZVA, direction: 'write', rt: 31 }).kind === 'ok';
      return core.reg(SLOT.DCZID_EL0) | (allowed ? 0n : DZP);
    },
  },
  FPCR: {
    write(core, value) {
      const { features } = core.model;
      const absent = (features.has('FEAT_AFP') ? 0n : FPCR_AFP) | (features.has('FEAT_EBF16') ? 0n : FPCR_EBF);
      core.setReg(FPCR, value & FPCR_MASK & ~absent);
    },
  },
  CSSELR_EL1: { write: (core, value) => core.setReg(SLOT.CSSELR_EL1, value & CSSELR_MASK) },
  SCTLR_EL1: translation('SCTLR_EL1', SCTLR_SHAPE),
  SCTLR_EL2: translation('SCTLR_EL2', SCTLR_SHAPE),
  TCR_EL1: translation('TCR_EL1', ALL),
  TCR_EL2: translation('TCR_EL2', ALL),
  TTBR0_EL1: translation('TTBR0_EL1', NONE),
  TTBR1_EL1: translation('TTBR1_EL1', NONE),
  TTBR0_EL2: translation('TTBR0_EL2', NONE),
  TTBR1_EL2: translation('TTBR1_EL2', NONE),
  MAIR_EL1: translation('MAIR_EL1', NONE),
  MAIR_EL2: translation('MAIR_EL2', NONE),
  HCR_EL2: hypervisorConfiguration(),
  HCRX_EL2: translation('HCRX_EL2', NONE),
  RMR_EL1: resetManagement('RMR_EL1'),
  RMR_EL2: resetManagement('RMR_EL2'),
  VTCR_EL2: translation('VTCR_EL2', ALL),
  VTTBR_EL2: translation('VTTBR_EL2', NONE),
  ...DEBUG_EFFECTS,
  ...PMU_EFFECTS,
  ISR_EL1: { view: true, read: pendingInterrupts },
  CNTPCT_EL0: { view: true, read: physicalCountHere },
  CNTPCTSS_EL0: { view: true, read: physicalCountHere },
  CNTVCT_EL0: { view: true, read: virtualCount },
  CNTVCTSS_EL0: { view: true, read: virtualCount },
  CNTP_TVAL_EL0: physicalTimer.tval,
  CNTP_CTL_EL0: physicalTimer.control,
  CNTP_CVAL_EL0: physicalTimer.compare,
  CNTV_TVAL_EL0: virtualTimer.tval,
  CNTV_CTL_EL0: virtualTimer.control,
  CNTV_CVAL_EL0: virtualTimer.compare,
  CNTHP_TVAL_EL2: hypTimer.tval,
  CNTHP_CTL_EL2: hypTimer.control,
  CNTHP_CVAL_EL2: hypTimer.compare,
  CNTHV_TVAL_EL2: hypVirtualTimer.tval,
  CNTHV_CTL_EL2: hypVirtualTimer.control,
  CNTHV_CVAL_EL2: hypVirtualTimer.compare,
  CNTVOFF_EL2: timed('CNTVOFF_EL2'),
  CNTPOFF_EL2: timed('CNTPOFF_EL2'),
  CNTHCTL_EL2: timed('CNTHCTL_EL2'),
  RNDR: { view: true, readActs: true, read: (core) => randomNumber(core) },
  RNDRRS: { view: true, readActs: true, read: (core) => randomNumber(core) },
};

// A pseudo-random number that is a function of the instruction count alone, so that a replay sees the same. NZCV = 0 says that it is one.
function randomNumber(core: Core): bigint {
  core.setPState((core.pstate & ~NZCV) >>> 0);
  let z = (core.instructions * 0x9e3779b97f4a7c15n + BigInt(core.index)) & MASK64;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK64;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK64;
  return z ^ (z >> 31n);
}

const EFFECTS: ReadonlyMap<Sysreg, Effect> = new Map(Object.entries(BY_NAME).map(([name, effect]) => [sysreg(name), effect]));

/** What MRS of this register gives at the current level. */
export function readRegister(core: Core, row: Sysreg): bigint {
  const read = EFFECTS.get(row)?.read;
  if (read) return read(core);
  const slot = storageIndex(row);
  return slot === undefined ? 0n : core.reg(slot);
}

/** What MSR to this register does. */
export function writeRegister(core: Core, row: Sysreg, value: bigint): void {
  const write = EFFECTS.get(row)?.write;
  if (write) {
    write(core, value);
    return;
  }
  const slot = storageIndex(row);
  if (slot !== undefined) core.setReg(slot, value & allocatedBits(row));
}

/** The stored value, for debuggers and hypervisor models; what `read` gives where nothing is stored. */
export function inspectRegister(core: Core, name: string): bigint {
  const row = registerByName(name);
  assert(row !== undefined, `no system register ${name}`);
  const effect = EFFECTS.get(row);
  if (effect?.view && effect.read) return effect.read(core);
  const slot = storageIndex(row);
  return slot === undefined ? 0n : core.reg(slot);
}

/** Whether `inspectRegister` gives what is stored and nothing else. */
export function isStored(row: Sysreg): boolean {
  const effect = EFFECTS.get(row);
  return !(effect?.view && effect.read);
}

/** Whether reading it as software does changes something. */
export function readActs(row: Sysreg): boolean {
  return EFFECTS.get(row)?.readActs === true;
}

/** Writes past traps, with the effects; read-only registers (ID registers) are written too. */
export function pokeRegister(core: Core, name: string, value: bigint): void {
  const row = registerByName(name);
  assert(row !== undefined, `no system register ${name}`);
  writeRegister(core, row, BigInt.asUintN(64, value));
}
