// MRS, MSR and system instructions: where an access goes, or what stops it, in the manual's order: UNDEFINED because of the encoding, the
// direction or a missing feature; then the rules of the row in order; then UNDEFINED below the row's Exception level (Arm ARM DDI 0487, the
// accessor pseudocode of D24 and C5). Knows nothing of the values that an allowed access reads or writes.

import { issFpAccess, issSysReg } from '#arch/syndrome';
import {
  aliasTarget,
  type Direction,
  encodingName,
  INSTRUCTION_ROWS,
  isFeatureIdSpace,
  isIdBlock,
  isImplementationDefined,
  operationByEncoding,
  PSTATE_FIELDS,
  reachesOf,
  registerByEncoding,
  SYSREGS,
  type Sysreg,
  type SystemOperation,
  sysreg,
  type TrappedInstruction,
  type TrapRow,
  unpackEncoding,
} from '#arch/sysreg';
import { because, type Cause } from './cause.ts';
import type { Compiler, Test } from './compile.ts';
import type { ControlView } from './control-view.ts';
import { belowLevel, compileRules, missingFeature, type Rules, type Stopped } from './decide.ts';
import type { Routes } from './route.ts';

/** Where an access that is allowed goes. */
export type AccessTarget =
  /** The storage and effect of this register: the one named, the one that an alias names, or the one that E2H or NV2 puts in its place. */
  | { readonly kind: 'register'; readonly row: Sysreg }
  /** FEAT_NV2: 8 bytes in memory at VNCR_EL2.BADDR plus this offset. */
  | { readonly kind: 'memory'; readonly offset: number }
  /** An unnamed ID register: reads as zero. */
  | { readonly kind: 'zero' }
  | { readonly kind: 'operation'; readonly row: SystemOperation }
  | { readonly kind: 'pstate'; readonly row: TrappedInstruction };

export type AccessDecision =
  | { readonly kind: 'ok'; readonly target: AccessTarget }
  | { readonly kind: 'undefined'; readonly cause: Cause }
  | { readonly kind: 'trap'; readonly target: 1 | 2; readonly ec: number; readonly iss: number; readonly cause: Cause };

/** An MRS or MSR (register), a SYS or SYSL, or an MSR (immediate), as it was decoded. */
export interface SystemAccess {
  readonly encoding: number;
  readonly direction: 'read' | 'write';
  /** The general register, 31 for none. */
  readonly rt: number;
}

type Outcome = Stopped | { readonly kind: 'ok'; readonly target: AccessTarget };

interface Prepared {
  readonly missing: Stopped | undefined;
  readonly rules: Rules;
}

/** Decisions about system accesses on one processor. */
export type DecideAccess = (view: ControlView, access: SystemAccess) => AccessDecision;

/** What an access from EL0 to the space left to implementers does while HCR_EL2.TIDCP is 1: a processor may choose (Arm ARM DDI 0487, HCR_EL2.TIDCP). */
export type ImplementationDefinedAtEl0 = 'undefined' | 'trapped';

export function createSystemAccess(
  compiler: Compiler,
  routes: Routes,
  absent: (row: Sysreg) => string | undefined,
  atEl0: ImplementationDefinedAtEl0,
): DecideAccess {
  const prepared: Record<Direction, Map<TrapRow, Prepared>> = { read: new Map(), write: new Map(), execute: new Map() };
  const prepare = (row: TrapRow, direction: Direction): Prepared => {
    let known = prepared[direction].get(row);
    if (known === undefined) {
      const reason = row.kind === 'register' ? absent(row) : undefined;
      const missing: Stopped | undefined =
        missingFeature(compiler, row) ??
        (reason === undefined ? undefined : { kind: 'undefined', cause: because(`${row.name} absent`, reason) });
      known = { missing, rules: compileRules(compiler, row, direction) };
      prepared[direction].set(row, known);
    }
    return known;
  };
  const targets = new Map<Sysreg, (view: ControlView) => AccessTarget | undefined>();
  // Nothing is implemented in the space left to implementers, so what no control takes is UNDEFINED.
  const space = atEl0 === 'trapped' ? 'IMPDEF EL0' : 'IMPLEMENTATION DEFINED';
  const implementationDefined = prepare(INSTRUCTION_ROWS.find((row) => row.name === space)!, 'execute').rules;
  const idBlock = prepare(sysreg('ID_AA64PFR0_EL1'), 'read').rules;

  function register(view: ControlView, row: Sysreg, direction: 'read' | 'write'): Outcome {
    const { missing, rules } = prepare(row, direction);
    if (missing !== undefined) return missing;
    if (row.access === (direction === 'read' ? 'wo' : 'ro')) return wrongDirection(row, direction);
    const stop = rules.first(view);
    if (stop !== undefined) return stop;
    let target = targets.get(row);
    if (target === undefined) {
      target = createTarget(compiler, row);
      targets.set(row, target);
    }
    const elsewhere = target(view);
    if (elsewhere !== undefined) return { kind: 'ok', target: elsewhere };
    const needed = direction === 'read' ? row.readEl : row.writeEl;
    if (view.el < needed) return belowLevel(row, view.el, needed);
    return { kind: 'ok', target: { kind: 'register', row: aliasTarget(row) } };
  }

  function instruction(view: ControlView, row: SystemOperation | TrappedInstruction, target: AccessTarget): Outcome {
    const { missing, rules } = prepare(row, 'execute');
    if (missing !== undefined) return missing;
    const stop = rules.first(view);
    if (stop !== undefined) return stop;
    return view.el < row.el ? belowLevel(row, view.el, row.el) : { kind: 'ok', target };
  }

  function pstate(view: ControlView, row: TrappedInstruction, crm: number): Outcome {
    const target: AccessTarget = { kind: 'pstate', row };
    // HCRX_EL2.TALLINT takes only the write of 1; writing 0 stays with EL1 (Arm ARM DDI 0487, HCRX_EL2.TALLINT).
    const untrapped = row.name === 'ALLINT' && (crm & 1) === 0 && view.el > 0 && prepare(row, 'execute').missing === undefined;
    return untrapped ? { kind: 'ok', target } : instruction(view, row, target);
  }

  function unnamed(view: ControlView, encoding: number, direction: 'read' | 'write'): Outcome {
    if (isIdBlock(encoding) && direction === 'read') {
      const stop = idBlock.first(view);
      if (stop !== undefined)
        return { ...stop, cause: stop.cause.map((fact) => ({ ...fact, rule: `${encodingName(encoding)} read` })) };
      if (view.el > 0) return { kind: 'ok', target: { kind: 'zero' } };
    }
    return (isImplementationDefined(encoding) ? implementationDefined.first(view) : undefined) ?? unallocated(encoding);
  }

  function decide(view: ControlView, { encoding, direction }: SystemAccess): Outcome {
    const row = registerByEncoding(encoding);
    if (row !== undefined) return register(view, row, direction);
    if (direction === 'write') {
      const operation = operationByEncoding(encoding);
      if (operation !== undefined) return instruction(view, operation, { kind: 'operation', row: operation });
      const field = pstateField(encoding);
      if (field !== undefined) return pstate(view, field, unpackEncoding(encoding).crm);
    }
    return unnamed(view, encoding, direction);
  }

  const idst = compiler.present('FEAT_IDST', 'ID_AA64MMFR2_EL1');

  return (view, access) => {
    const outcome = decide(view, access);
    if (outcome.kind === 'trap') return { ...outcome, iss: syndrome(access, outcome.ec) };
    if (outcome.kind !== 'undefined' || !idst || access.direction === 'write' || !isFeatureIdSpace(access.encoding))
      return outcome;
    // FEAT_IDST: it goes where an UNDEFINED instruction goes, but says which register was read.
    const { target, cause } = routes.sync(view);
    return { kind: 'trap', target, ec: 0x18, iss: syndrome(access, 0x18), cause: [...outcome.cause, ...cause] };
  };
}

/** ISS of a trapped system access: EC 0x18 names it, EC 0x07 has only a condition, EC 0x19 nothing and EC 0x1d the reason 0. */
function syndrome({ encoding, direction, rt }: SystemAccess, ec: number): number {
  if (ec === 0x18) return issSysReg({ ...unpackEncoding(encoding), rt, isRead: direction === 'read' });
  return ec === 0x07 ? issFpAccess() : 0;
}

/** The PSTATE field that an MSR (immediate) writes. CRm is the immediate, except that ALLINT, PM and SVCR fix its high bits. */
function pstateField(encoding: number): TrappedInstruction | undefined {
  if (encoding >>> 14 !== 0) return undefined;
  return WHOLE_CRM.get(encoding & ~CRM) ?? LOW_CRM.get(encoding & ~CRM_LOW);
}

const CRM = 0b1111 << 3;
const CRM_LOW = 1 << 3;
const FIXED_CRM: ReadonlySet<string> = new Set(['ALLINT', 'PM', 'SVCRSM', 'SVCRZA', 'SVCRSMZA']);
const byEncoding = (rows: readonly TrappedInstruction[]): ReadonlyMap<number, TrappedInstruction> =>
  new Map(rows.map((row) => [row.encoding, row]));
const WHOLE_CRM = byEncoding(PSTATE_FIELDS.filter((row) => !FIXED_CRM.has(row.name)));
const LOW_CRM = byEncoding(PSTATE_FIELDS.filter((row) => FIXED_CRM.has(row.name)));

/** Where an access goes that does not reach the register of its name, for the rows that have such a case. */
function createTarget(compiler: Compiler, row: Sysreg): (view: ControlView) => AccessTarget | undefined {
  const reaches: { from: number; to: Sysreg; test: Test | undefined }[] = [];
  for (const { from, to, condition } of reachesOf(row)) {
    const target = sysreg(to);
    if (!compiler.present('EL2', row.name) || !compiler.present(target.feature, target.name)) continue;
    const test = condition === undefined ? undefined : compiler.condition(condition);
    if (condition === undefined || test !== undefined) reaches.push({ from, to: target, test });
  }
  const memory = createMemoryRedirection(compiler, row);
  return (view) => {
    if (memory?.(view) === true) return { kind: 'memory', offset: row.vncr! };
    for (const { from, to, test } of reaches) {
      if (from === view.el && (test === undefined || test.holds(view))) return { kind: 'register', row: to };
    }
    return undefined;
  };
}

const ALIASES: readonly Sysreg[] = SYSREGS.filter((row) => row.aliasOf !== undefined);

/**
 * FEAT_NV2: with NV and NV2 set, accesses from EL1 go to memory, by EL2 names always, by _EL12 and _EL02 names while NV1 is 0, by EL1 names
 * while NV1 is 1, and by EL1 names that have no _EL12 twin always (Arm ARM DDI 0487, D8.11 and the accessors of D24).
 */
function createMemoryRedirection(compiler: Compiler, row: Sysreg): ((view: ControlView) => boolean) | undefined {
  if (row.vncr === undefined || !compiler.present('FEAT_NV2', row.name)) return undefined;
  const { NV1, NV2 } = compiler.states;
  const redirected = (view: ControlView): boolean => view.el === 1 && NV2(view) === 1;
  if (/_EL[01]2$/.test(row.name)) return (view) => redirected(view) && NV1(view) === 0;
  // A twin that a later feature brought (ACTLR_EL12) is none without it.
  const twin = ALIASES.some(({ name, aliasOf, feature }) => aliasOf === row.name && compiler.present(feature, name));
  if (row.readEl === 2 || !(twin || row.name.includes('ALIAS'))) return redirected;
  return (view) => redirected(view) && NV1(view) === 1;
}

function unallocated(encoding: number): Stopped {
  const name = encodingName(encoding);
  const doc = isImplementationDefined(encoding)
    ? `${name} is IMPLEMENTATION DEFINED, and this processor implements nothing there.`
    : `${name} is not allocated.`;
  return { kind: 'undefined', cause: because(`${name} unallocated`, doc) };
}

function wrongDirection(row: Sysreg, direction: Direction): Stopped {
  const doc =
    direction === 'read'
      ? `${row.name} is write-only: MRS of it is UNDEFINED.`
      : `${row.name} is read-only: MSR to it is UNDEFINED.`;
  return { kind: 'undefined', cause: because(`${row.name} ${direction}`, doc) };
}
