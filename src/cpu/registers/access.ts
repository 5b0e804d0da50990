// MRS, MSR, SYS and MSR (immediate) as instructions execute them: the decision of #trap first, then the effect. Knows nothing of encodings
// beyond handing them on.

import { esr } from '#arch/syndrome';
import { aliasTarget, PSTATE_FIELDS, SYSREG_SLOTS, SYSREGS, type Sysreg, storageIndex } from '#arch/sysreg';
import { assert } from '#base';
import type { PStateField } from '#isa';
import type { AccessDecision, AccessTarget } from '#trap';
import { type Core, type InterfaceAccess, type InterruptInterface, LEAVE, SCTLR } from '../core.ts';
import { takeException } from '../exceptions/entry.ts';
import { undefinedBecause, undefinedInstruction } from '../exceptions/instructions.ts';
import { readRedirected, writeRedirected } from '../memory/redirected.ts';
import type { RegisterLook } from '../processor.ts';
import { inspectRegister, isStored, readActs, readRegister, writeRegister } from './effects.ts';
import { systemOperation } from './operations.ts';
import { DAIF, PSTATE, SLOT } from './slots.ts';

/** The target of an access that is allowed; takes the exception otherwise. */
function allowed(core: Core, decision: AccessDecision): AccessTarget {
  if (decision.kind === 'ok') return decision.target;
  if (decision.kind === 'undefined') return undefinedInstruction(core, decision.cause);
  takeException(core, {
    kind: 'sync',
    to: decision.target,
    esr: esr(decision.ec, 1, decision.iss),
    returnAddress: core.u64[core.pc64] as bigint,
    cause: decision.cause,
  });
  throw LEAVE;
}

// The interrupt controller's own register of this name; one that it does not have is empty, one that is not its business undefined.
function interfaceRegister(core: Core, row: Sysreg): ReturnType<InterruptInterface['registers']['get']> {
  const controller = core.options.interruptInterface;
  if (controller === undefined || row.group !== 'gic') return undefined;
  return controller.registers.get(row.name) ?? {};
}

/** What an observer sees of a register; of one that the interrupt controller keeps, what EL1 reads. */
export function lookAt(core: Core, row: Sysreg): RegisterLook {
  if (row.access === 'wo') return { kind: 'write-only' };
  const external = interfaceRegister(core, row);
  // A hypervisor that is modelled outside keeps its own part of the interface in the processor's registers.
  if (external === undefined || (row.readEl === 2 && core.options.el2 === 'modelled')) {
    const target = aliasTarget(row);
    if (readActs(target)) return { kind: 'acts' };
    return { kind: 'value', value: inspectRegister(core, target.name), keeper: 'processor' };
  }
  const { read, write } = external;
  if (external.readActs) return { kind: 'acts' };
  if (read) return { kind: 'value', value: read({ ...accessor(core), el: 1 }), keeper: 'interrupt-controller' };
  return { kind: write ? 'write-only' : 'missing' };
}

/** What `lookAt` gives now, for later: the stored registers as a copy of their bytes, and only the others one by one. */
export function rememberRegisters(core: Core): (row: Sysreg) => RegisterLook {
  const slots = core.u64.slice(core.sys64, core.sys64 + SYSREG_SLOTS);
  let rows = ONE_BY_ONE.get(core);
  if (rows === undefined) {
    rows = SYSREGS.filter((row) => row.aliasOf === undefined && row.access !== 'wo' && !isPlain(core, row));
    ONE_BY_ONE.set(core, rows);
  }
  const others = new Map(rows.map((row) => [row, lookAt(core, row)]));
  return (row) => {
    const target = aliasTarget(row);
    const slot = storageIndex(target);
    return others.get(target) ?? { kind: 'value', value: slot === undefined ? 0n : (slots[slot] as bigint), keeper: 'processor' };
  };
}

/** The registers of a core whose stored bytes do not say what they read as. */
const ONE_BY_ONE = new WeakMap<Core, readonly Sysreg[]>();

function isPlain(core: Core, row: Sysreg): boolean {
  if (interfaceRegister(core, row) !== undefined && !(row.readEl === 2 && core.options.el2 === 'modelled')) return false;
  return isStored(row) && !readActs(row);
}

function accessor(core: Core): InterfaceAccess {
  return {
    el: core.el,
    hcr: core.has.el2 ? core.reg(SLOT.HCR_EL2) : 0n,
    nmi: core.has.nmi && (core.sctlr & SCTLR.NMI) !== 0n,
  };
}

/** MRS, or SYSL when op0 is 1. */
export function readSystem(core: Core, encoding: number, rt: number): bigint {
  const target = allowed(core, core.traps.access(core, { encoding, direction: 'read', rt }));
  if (target.kind === 'memory') return readRedirected(core, target.offset);
  if (target.kind !== 'register') return 0n;
  const external = interfaceRegister(core, target.row);
  if (external === undefined) return readRegister(core, target.row);
  return external.read
    ? external.read(accessor(core))
    : undefinedBecause(core, 'GIC', `This GIC has no ${target.row.name} to read.`);
}

/** MSR (register), or SYS when op0 is 1. */
export function writeSystem(core: Core, encoding: number, value: bigint, rt: number): void {
  const target = allowed(core, core.traps.access(core, { encoding, direction: 'write', rt }));
  if (target.kind === 'register') {
    const external = interfaceRegister(core, target.row);
    if (external === undefined) writeRegister(core, target.row, value);
    else if (external.write) {
      external.write(accessor(core), value);
      // Its traps of EL1 are decided here, by the processor's own copy.
      if (target.row.name === 'ICH_HCR_EL2') writeRegister(core, target.row, value);
    } else undefinedBecause(core, 'GIC', `This GIC has no ${target.row.name} to write.`);
  }
  if (target.kind === 'memory') writeRedirected(core, target.offset, value);
  if (target.kind === 'operation') systemOperation(core, target.row, value);
}

const FIELD_ENCODINGS: Readonly<Record<string, number>> = Object.fromEntries(
  PSTATE_FIELDS.map((row) => [row.name, row.encoding ?? 0]),
);
const CRM_SHIFT = 3;

/** MSR (immediate). */
export function writePState(core: Core, field: PStateField, imm4: number): void {
  const base = FIELD_ENCODINGS[field];
  assert(base !== undefined, `PSTATE field ${field}`);
  // The part of CRm that is not the immediate tells PM from ALLINT.
  const encoding = base | (imm4 << CRM_SHIFT);
  const decision = core.traps.access(core, { encoding, direction: 'write', rt: 31 });
  const swapped = core.model.choices.daifSyndromeSwapped && decision.kind === 'trap' && field.startsWith('DAIF');
  allowed(core, swapped ? { ...decision, iss: swapOp1Op2(decision.iss) } : decision);
  core.setPState(withField(core.pstate, field, imm4) >>> 0);
}

// ISS of EC 0x18 with Op2 [19:17] and Op1 [16:14] exchanged.
function swapOp1Op2(iss: number): number {
  return (iss & ~0xfc000) | ((iss & 0x1c000) << 3) | ((iss & 0xe0000) >>> 3);
}

// PSTATE with one field written. PM and SVCR belong to features that no model announces: the decision has made them UNDEFINED before.
function withField(pstate: number, field: PStateField, imm4: number): number {
  // DAIFSet and DAIFClr take D, A, I, F as bits 3:0, which PSTATE has in the same order further up.
  if (field === 'DAIFSet') return pstate | ((imm4 << F_SHIFT) & DAIF);
  if (field === 'DAIFClr') return pstate & ~((imm4 << F_SHIFT) & DAIF);
  const mask = field === 'SPSel' ? 1 : (PSTATE as Readonly<Record<string, number>>)[field];
  assert(mask !== undefined, `PSTATE has no ${field}`);
  return imm4 & 1 ? pstate | mask : pstate & ~mask;
}

const F_SHIFT = 31 - Math.clz32(PSTATE.F);
