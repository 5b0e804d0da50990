// Aborts: who takes a fault of translation or memory, with which exception class, syndrome, FAR and HPFAR (Arm ARM DDI 0487, pseudocode
// AArch64.Abort, AArch64.FaultSyndrome, IPAValid). Knows nothing of how the fault was found.
import { type FaultKind, type FaultLevel, faultStatusCode } from '#arch/fault';
import { EC, esr, iss2, issDataAbort, issInstructionAbort } from '#arch/syndrome';
import type { Ipa, Va } from '#base';
import { because, type Cause } from './cause.ts';
import type { ControlView } from './control-view.ts';
import type { Route, Routes } from './route.ts';

/** The load or store of one general-purpose register behind a data abort. */
export interface GprAccess {
  /** log2 of the bytes: 0 to 3. */
  readonly size: 0 | 1 | 2 | 3;
  readonly signExtend: boolean;
  /** The register is 64 bits wide. */
  readonly sf: boolean;
  /** 31 for the zero register. */
  readonly rt: number;
  readonly acquireRelease: boolean;
  /** A 64-byte access (FEAT_LS64): ISS.LST, and ISS2.Xs, the status register of ST64BV and ST64BV0 (0 for the others). */
  readonly ls64?: { readonly lst: 1 | 2 | 3; readonly xs: number };
}

/** A fault, as translation or memory found it. */
export interface Fault {
  readonly kind: FaultKind;
  /** Level of the walk, for the kinds that have one. */
  readonly level?: FaultLevel;
  readonly stage: 1 | 2;
  /** A stage 2 fault on an access that the stage 1 walk made. */
  readonly onStage1Walk?: boolean;
  readonly va: Va;
  /** The address that stage 2 could not translate: needed for stage 2 faults. */
  readonly ipa?: Ipa;
  /** External aborts: the value of EA, 0 by default. */
  readonly externalType?: 0 | 1;
  /** FAR does not hold the address (external aborts only). */
  readonly farNotValid?: boolean;
}

/** What the faulting data access was. */
export interface DataAccess {
  readonly write: boolean;
  /**
   * Present when the instruction loads or stores one general-purpose register, without write-back, and is no exclusive, atomic, pair, SIMD,
   * tag or memory-copy instruction: only then does a stage 2 abort carry an instruction syndrome (ESR_EL2, ISV).
   */
  readonly gpr?: GprAccess;
  /** Cache maintenance, or an address translation instruction. */
  readonly maintenance?: boolean;
  /** By FEAT_NV2 in place of a register access. */
  readonly vncr?: boolean;
}

/** An abort, ready to be taken. */
export interface Abort {
  readonly target: 1 | 2;
  readonly ec: number;
  readonly iss: number;
  /** The whole syndrome, IL included. */
  readonly esr: bigint;
  readonly far: Va;
  readonly farValid: boolean;
  /** HPFAR_EL2's value; 0n unless `hpfarValid`. */
  readonly hpfar: bigint;
  readonly hpfarValid: boolean;
  readonly cause: Cause;
}

/** A data abort. */
export function dataAbort(routes: Routes, view: ControlView, fault: Fault, access: DataAccess): Abort {
  const route = routeOf(routes, view, fault, access.vncr === true);
  const gpr = instructionSyndrome(fault, access);
  const iss = issDataAbort({
    ...(gpr === undefined
      ? {}
      : { ISV: 1, SAS: gpr.size, SSE: bit(gpr.signExtend), SRT: gpr.rt, SF: bit(gpr.sf), AR: bit(gpr.acquireRelease) }),
    ...(gpr?.ls64 === undefined ? {} : { LST: gpr.ls64.lst }),
    ...(access.vncr === true ? { VNCR: 1 } : {}),
    ...(fault.farNotValid === true ? { FnV: 1 } : {}),
    EA: fault.externalType ?? 0,
    CM: bit(access.maintenance === true),
    S1PTW: bit(fault.onStage1Walk === true),
    // Maintenance and translation instructions report a write whatever they do (FaultSyndrome).
    WnR: bit(access.write || access.maintenance === true),
    DFSC: faultStatusCode(fault.kind, fault.level),
  });
  // An access through VNCR_EL2 is one of EL2, whoever's register it stands for (D8.11.3).
  const same = route.target === view.el || access.vncr === true;
  const ec = same ? EC.DataAbortSameEl : EC.DataAbortLowerEl;
  return taken(fault, route, ec, iss, gpr?.ls64 === undefined ? 0 : iss2('dataAbort', { Xs: gpr.ls64.xs }));
}

/** An instruction abort: `fault.va` is the address of the instruction. */
export function instructionAbort(routes: Routes, view: ControlView, fault: Fault): Abort {
  const route = routeOf(routes, view, fault, false);
  const iss = issInstructionAbort({
    ...(fault.farNotValid === true ? { FnV: 1 } : {}),
    EA: fault.externalType ?? 0,
    S1PTW: bit(fault.onStage1Walk === true),
    IFSC: faultStatusCode(fault.kind, fault.level),
  });
  return taken(fault, route, route.target === view.el ? EC.InstructionAbortSameEl : EC.InstructionAbortLowerEl, iss);
}

/** Whether this is an abort from outside: by memory or a device, on the access itself or on a walk. */
export function isExternal(kind: FaultKind): boolean {
  return kind === 'external' || kind === 'external-on-walk' || kind === 'parity' || kind === 'parity-on-walk';
}

/**
 * ISV: stage 2, not on the stage 1 walk, not external, and a single general register (FaultSyndrome, LSInstructionSyndrome); for a 64-byte
 * access of either stage, and these faults only.
 */
function instructionSyndrome(fault: Fault, access: DataAccess): GprAccess | undefined {
  if (access.gpr?.ls64 !== undefined) {
    return fault.kind === 'translation' || fault.kind === 'access-flag' || fault.kind === 'permission' ? access.gpr : undefined;
  }
  const may =
    fault.stage === 2 &&
    fault.onStage1Walk !== true &&
    !isExternal(fault.kind) &&
    access.maintenance !== true &&
    access.vncr !== true;
  return may ? access.gpr : undefined;
}

function routeOf(routes: Routes, view: ControlView, fault: Fault, vncr: boolean): Route {
  if (vncr)
    return { target: 2, cause: because('route VNCR', 'Faults on accesses that FEAT_NV2 redirects to memory are taken to EL2.') };
  // IsSecondStage: also an external abort that the stage 2 walk met.
  if (fault.stage === 2) return { target: 2, cause: because('route stage 2', 'Stage 2 faults are taken to EL2.') };
  return isExternal(fault.kind) ? routes.external(view) : routes.sync(view);
}

/** HPFAR_EL2 holds the page of the IPA for these stage 2 faults; for permission faults on the access itself it is UNKNOWN (IPAValid). */
function ipaValid(fault: Fault): boolean {
  if (fault.stage !== 2 || fault.ipa === undefined) return false;
  switch (fault.kind) {
    case 'translation':
    case 'access-flag':
    case 'address-size':
      return true;
    case 'permission':
      return fault.onStage1Walk === true;
    default:
      return false;
  }
}

function taken(fault: Fault, route: Route, ec: number, iss: number, iss2Word = 0): Abort {
  const hpfarValid = route.target === 2 && ipaValid(fault);
  // FIPA is bits 43:4 (47:4 with larger addresses): the IPA without its low 12 bits, at bit 4.
  const hpfar = hpfarValid ? (fault.ipa! >> 12n) << 4n : 0n;
  const farValid = fault.farNotValid !== true;
  return {
    target: route.target,
    ec,
    iss,
    esr: esr(ec, 1, iss, iss2Word),
    far: fault.va,
    farValid,
    hpfar,
    hpfarValid,
    cause: route.cause,
  };
}

function bit(condition: boolean): 0 | 1 {
  return condition ? 1 : 0;
}
