// Giving exceptions to the guest and stepping over its instructions (arch/arm64/kvm/inject_fault.c, hyp/exception.c, kvm_emulate.h). Both are
// noted in flags and carried out when the guest is entered or KVM_RUN returns; an exception wins over a step. Knows nothing of why.

import { type FaultLevel, faultStatusCode } from '#arch/fault';
import { bits } from '#arch/field';
import { EC, esr, issDataAbort, issInstructionAbort } from '#arch/syndrome';
import { assert, bits64 } from '#base';
import { faultIpa, isPrivileged, step, type Vcpu } from './context.ts';

const PSTATE_BTYPE_SS = (0b11n << 10n) | (1n << 21n);
const PSTATE_A = 1n << 8n;
const PSTATE_ALLINT = 1n << 13n;
const PSTATE_TCO = 1n << 25n;
const HCR_VSE = 1n << 8n;
const ESR_IL = 1n << 25n;
const ESR_S1PTW = 1n << 7n;
const SCTLR2 = bits('SCTLR2_EL1', ['NMEA', 'EASE']);
/** The only ISS of an SError whose syndrome nobody gave: IDS, the rest being IMPLEMENTATION DEFINED. */
const SERROR_IDS = 1n << 24n;

/** kvm_incr_pc. */
export function incrementPc(vcpu: Vcpu): void {
  assert(vcpu.adjustment?.kind !== 'exception', 'a step and an exception at once');
  vcpu.adjustment = { kind: 'skip' };
}

/** kvm_inject_undefined: EC 0, the guest's instruction length in IL, FAR untouched. */
export function injectUndefined(vcpu: Vcpu, reason: string): void {
  pend(vcpu, 'kvm_inject_undefined', 'sync', esr(EC.Unknown, instructionLength(vcpu), 0), undefined, reason);
}

/** kvm_inject_sea_dabt: a synchronous external data abort at `far`. */
export function injectDataAbort(vcpu: Vcpu, far: bigint, reason: string): void {
  injectAbort(vcpu, false, far, reason);
}

/** kvm_inject_sea_iabt: a synchronous external instruction abort at `far`. */
export function injectInstructionAbort(vcpu: Vcpu, far: bigint, reason: string): void {
  injectAbort(vcpu, true, far, reason);
}

/** kvm_inject_dabt_excl_atomic: the fault status of an exclusive, atomic or 64-byte access that the memory does not support. */
export function injectUnsupportedAccess(vcpu: Vcpu, far: bigint, reason: string): void {
  const ec = isPrivileged(vcpu) ? EC.DataAbortSameEl : EC.DataAbortLowerEl;
  const value = esr(ec, instructionLength(vcpu), issDataAbort({ DFSC: faultStatusCode('exclusive-or-atomic') }));
  pend(vcpu, 'kvm_inject_dabt_excl_atomic', 'sync', value, far, reason);
}

/** kvm_inject_size_fault: like an external abort, with the address size fault of level 0 and the IPA in FAR. */
export function injectSizeFault(vcpu: Vcpu, instruction: boolean, address: bigint, reason: string): void {
  pendAbort(vcpu, 'kvm_inject_size_fault', instruction, address, faultStatusCode('address-size', 0), reason);
}

/**
 * kvm_inject_serror_esr: an SError with this ISS (bits 24:0). Masked (SCTLR2_EL1.NMEA lets no mask hold it), it waits in HCR_EL2.VSE and VSESR_EL2 until the guest unmasks it;
 * otherwise it is taken before the next instruction.
 */
export function injectSError(vcpu: Vcpu, iss: bigint, reason: string): void {
  if (vcpu.cpu.pstate & PSTATE_A && !(vcpu.cpu.readRegister('SCTLR2_EL1') & SCTLR2.NMEA)) {
    vcpu.state.hcr_el2 |= HCR_VSE;
    vcpu.state.vsesr_el2 = iss;
    vcpu.cpu.writeRegister('HCR_EL2', vcpu.state.hcr_el2);
    vcpu.cpu.writeRegister('VSESR_EL2', iss);
    step(
      vcpu,
      'kvm_inject_serror_esr',
      `PSTATE.A masks it: HCR_EL2.VSE is set, and the guest takes it once it unmasks. ${reason}`,
    );
    return;
  }
  pend(vcpu, 'kvm_inject_serror_esr', 'serror', esr(EC.SError, 1, 0) | iss, undefined, reason);
}

/** kvm_inject_vabt: an SError without a syndrome. */
export function injectVabt(vcpu: Vcpu, reason: string): void {
  injectSError(vcpu, SERROR_IDS, reason);
}

/** Gives the guest an exception with a syndrome that already exists (kvm_inject_sync). */
export function injectSync(vcpu: Vcpu, name: string, syndrome: bigint, reason: string): void {
  pend(vcpu, name, 'sync', syndrome, undefined, reason);
}

/** __kvm_adjust_pc: carries out what is noted, reporting it. */
export function adjustPc(vcpu: Vcpu): void {
  const { adjustment, cpu } = vcpu;
  vcpu.adjustment = undefined;
  if (adjustment === undefined) return;
  if (adjustment.kind === 'skip') {
    const old = cpu.pc;
    cpu.pc = BigInt.asUintN(64, old + 4n);
    cpu.pstate &= ~PSTATE_BTYPE_SS;
    vcpu.report({ kind: 'skip', function: 'kvm_skip_instr', pc: { old, new: cpu.pc } });
    return;
  }
  const { kind: _, ...injection } = adjustment;
  const { elr, spsr, vector } = cpu.injectToEl1({
    kind: adjustment.exception,
    esr: adjustment.esr,
    ...(adjustment.far !== undefined && { far: adjustment.far }),
  });
  // enter_exception64 makes PSTATE afresh: TCO is 1 when the VM has MTE, else 0, whatever the host has.
  if (!vcpu.vm.state.mte_enabled) cpu.pstate &= ~PSTATE_TCO;
  // It knows nothing of ALLINT, which is 0 then, where an exception that hardware takes has the inverse of SPINTMASK.
  cpu.pstate &= ~PSTATE_ALLINT;
  vcpu.report({ kind: 'injection', injection: { ...injection, elr, spsr, vector } });
}

/** kvm_vcpu_trap_il_is32bit. */
function instructionLength(vcpu: Vcpu): 0 | 1 {
  return vcpu.state.esr_el2 & ESR_IL ? 1 : 0;
}

function injectAbort(vcpu: Vcpu, instruction: boolean, far: bigint, reason: string): void {
  const name = instruction ? 'kvm_inject_sea_iabt' : 'kvm_inject_sea_dabt';
  if (vcpu.vm.policy.s1ptw_abort === 'external' || !(vcpu.state.esr_el2 & ESR_S1PTW)) {
    pendAbort(vcpu, name, instruction, far, faultStatusCode('external'), reason);
    return;
  }
  const level = vcpu.state.hpfar_valid ? failedWalkLevel(vcpu, far) : undefined;
  if (level !== undefined) pendAbort(vcpu, name, instruction, far, faultStatusCode('external-on-walk', level), reason);
  else step(vcpu, name, 'no table of the walk is in that page any more: the guest tries again');
}

/** __kvm_find_s1_desc_level: the level of the stage 1 table that is in the page of the fault. Where stage 1 is off by now it is 0. */
function failedWalkLevel(vcpu: Vcpu, va: bigint): FaultLevel | undefined {
  const { cpu } = vcpu;
  const page = faultIpa(vcpu);
  const walk = cpu.walk(va, 'read');
  if (walk.off.some(({ stage }) => stage === 1)) return 0;
  const tables = walk.steps.filter(({ stage }) => stage === 1);
  const found = tables.find(({ tableAddress, granule }) => tableAddress === page - (page % (1n << BigInt(granule))));
  if (found) return found.level;
  // A table that stage 2 refuses comes after those that could be read.
  const refused =
    walk.kind === 'fault' && walk.fault.s1ptw && walk.fault.ipa !== undefined && walk.fault.ipa >> 12n === page >> 12n;
  if (!refused) return undefined;
  const last = tables.at(-1);
  return last ? ((last.level + 1) as FaultLevel) : startLevel(va, cpu.readRegister('TCR_EL1'));
}

/** Where the walk of an address begins: TCR_EL1's size of the half of addresses that it is in, and log2 of the granule there. */
function startLevel(va: bigint, tcr: bigint): FaultLevel {
  const upper = ((va >> 55n) & 1n) === 1n;
  const size = 64 - Number(bits64(tcr, upper ? 21 : 5, upper ? 16 : 0));
  const granule = upper
    ? ([12, 14, 12, 16] as const)[Number(bits64(tcr, 31, 30))]
    : ([12, 16, 14, 12] as const)[Number(bits64(tcr, 15, 14))];
  assert(granule, 'two bits');
  return (3 - Math.floor((size - 1 - granule) / (granule - 3))) as FaultLevel;
}

function pendAbort(vcpu: Vcpu, name: string, instruction: boolean, far: bigint, fsc: number, reason: string): void {
  const il = instructionLength(vcpu);
  const value = instruction
    ? esr(isPrivileged(vcpu) ? EC.InstructionAbortSameEl : EC.InstructionAbortLowerEl, il, issInstructionAbort({ IFSC: fsc }))
    : esr(isPrivileged(vcpu) ? EC.DataAbortSameEl : EC.DataAbortLowerEl, il, issDataAbort({ DFSC: fsc }));
  // FEAT_DoubleFault2: SCTLR2_EL1.EASE sends synchronous external aborts to the SError vector.
  const toSError = (vcpu.cpu.readRegister('SCTLR2_EL1') & SCTLR2.EASE) !== 0n;
  pend(vcpu, name, toSError ? 'serror' : 'sync', value, far, reason);
}

function pend(
  vcpu: Vcpu,
  name: string,
  exception: 'sync' | 'serror',
  value: bigint,
  far: bigint | undefined,
  reason: string,
): void {
  assert(vcpu.adjustment?.kind !== 'skip', 'an exception and a step at once');
  vcpu.adjustment = { kind: 'exception', function: name, reason, exception, esr: value, far };
  step(vcpu, name, reason);
}
