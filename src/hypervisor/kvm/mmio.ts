// Accesses to guest addresses that no slot backs, for whose data userspace is asked (arch/arm64/kvm/mmio.c): what of the syndrome makes the
// exit, and how the answer reaches the register at the next KVM_RUN. Knows nothing of slots and of how an access came here.
import { type FaultKind, faultStatus } from '#arch/fault';
import { bits64, signExtend64 } from '#base';
import type { RegisterWrite } from '../exit-record.ts';
import { isPrivileged, registerName, step, type Vcpu, writeRegister } from './context.ts';
import type { Handled } from './handler.ts';
import { incrementPc, injectDataAbort } from './inject.ts';
import { KVM_EXITS } from './kvm-run.ts';

/** The data abort's ISS, as kvm_emulate.h names its parts. */
export interface DataAbort {
  readonly isv: boolean;
  /** Bytes. */
  readonly len: number;
  readonly signExtend: boolean;
  readonly rt: number;
  readonly sixtyFour: boolean;
  readonly cacheMaintenance: boolean;
  readonly s1ptw: boolean;
  readonly isWrite: boolean;
  readonly fsc: number;
}

export function dataAbort(esr: bigint): DataAbort {
  return {
    isv: bits64(esr, 24, 24) === 1n,
    len: 1 << Number(bits64(esr, 23, 22)),
    signExtend: bits64(esr, 21, 21) === 1n,
    rt: Number(bits64(esr, 20, 16)),
    sixtyFour: bits64(esr, 15, 15) === 1n,
    cacheMaintenance: bits64(esr, 8, 8) === 1n,
    s1ptw: bits64(esr, 7, 7) === 1n,
    isWrite: bits64(esr, 6, 6) === 1n,
    fsc: Number(bits64(esr, 5, 0)),
  };
}

/** What userspace is told of the syndrome in a KVM_EXIT_ARM_NISV: CM, WnR and DFSC (kvm_vcpu_dabt_iss_nisv_sanitized). */
const NISV_ISS = (1n << 8n) | (1n << 6n) | 0x3fn;

const SCTLR_EE = 1n << 25n;
const SCTLR_E0E = 1n << 24n;

/** kvm_vcpu_is_be. */
export function isBigEndian(vcpu: Vcpu): boolean {
  return (vcpu.cpu.readRegister('SCTLR_EL1') & (isPrivileged(vcpu) ? SCTLR_EE : SCTLR_E0E)) !== 0n;
}

/** The low `len` bytes in reverse order. */
export function swapBytes(value: bigint, len: number): bigint {
  let out = 0n;
  for (let i = 0; i < len; i++) out = (out << 8n) | ((value >> BigInt(8 * i)) & 0xffn);
  return out;
}

function byteCount(n: number): string {
  return n === 1 ? '1 byte' : `${n} bytes`;
}

/** ISS.LST: not 0 for the instructions of FEAT_LS64, where the fault status is one that has it. */
const LST = 3n << 11n;
const DFSC = 0x3fn;
const WITH_LST: ReadonlySet<FaultKind> = new Set(['translation', 'access-flag', 'permission']);

/** io_mem_abort: an access to `ipa` that no memory answers. */
export function ioMemAbort(vcpu: Vcpu, ipa: bigint): Handled {
  const { state, run, vm } = vcpu;
  const abort = dataAbort(state.esr_el2);
  if (!abort.isv) return noSyndrome(vcpu, ipa);
  const kind = faultStatus(abort.fsc)?.kind;
  if ((state.esr_el2 & LST) !== 0n && kind !== undefined && WITH_LST.has(kind)) {
    run.arm_nisv.esr_iss = state.esr_el2 & ~DFSC;
    run.arm_nisv.fault_ipa = ipa;
    run.header.exit_reason = KVM_EXITS.KVM_EXIT_ARM_LDST64B.number;
    step(vcpu, 'io_mem_abort', 'LST: 64 bytes at once, which userspace has promised to emulate');
    return 'user';
  }

  const { mmio } = run;
  const name = registerName(abort.rt, abort.sixtyFour ? 64 : 32);
  // Of the page only what is written changes: a read that nobody answers gets what the last one left there.
  if (abort.isWrite) {
    const register = abort.rt === 31 ? 0n : vcpu.cpu.x(abort.rt);
    const cut = BigInt.asUintN(8 * abort.len, register);
    const big = isBigEndian(vcpu);
    const value = big ? swapBytes(cut, abort.len) : cut;
    for (let i = 0; i < abort.len; i++) mmio.data.set(i, Number((value >> BigInt(8 * i)) & 0xffn));
    step(vcpu, 'io_mem_abort', `ISV=1: a write of ${byteCount(abort.len)} from ${name}${big ? ', big-endian' : ''}`);
  } else {
    step(
      vcpu,
      'io_mem_abort',
      `ISV=1: a read of ${byteCount(abort.len)} into ${name}${abort.signExtend ? ', sign-extended' : ''}`,
    );
  }
  mmio.is_write = abort.isWrite ? 1 : 0;
  mmio.phys_addr = ipa;
  mmio.len = abort.len;
  state.mmio_needed = 1;

  const inKernel = vm.vgic.access(vcpu, ipa, abort.len, abort.isWrite);
  if (inKernel) {
    step(vcpu, 'kvm_io_bus', inKernel);
    completeMmio(vcpu, 'a device inside the kernel answers');
    return 'guest';
  }
  run.header.exit_reason = KVM_EXITS.KVM_EXIT_MMIO.number;
  return 'user';
}

function noSyndrome(vcpu: Vcpu, ipa: bigint): Handled {
  const { state, run, vm } = vcpu;
  if (vm.state.protected) {
    injectDataAbort(vcpu, state.far_el2, 'ISV=0 in a protected VM: nobody may look into it');
    return 'guest';
  }
  if (vm.state.return_nisv_io_abort_to_user) {
    run.arm_nisv.esr_iss = state.esr_el2 & NISV_ISS;
    run.arm_nisv.fault_ipa = ipa;
    run.header.exit_reason = KVM_EXITS.KVM_EXIT_ARM_NISV.number;
    step(vcpu, 'io_mem_abort', 'ISV=0 and KVM_CAP_ARM_NISV_TO_USER is on: userspace decides');
    return 'user';
  }
  step(vcpu, 'io_mem_abort', 'ISV=0 and no capability: KVM does not decode instructions');
  return { errno: 'ENOSYS', message: 'Data abort outside memslots with no valid syndrome info' };
}

/** kvm_handle_mmio_return: finishes the access whose exit is pending, from kvm_run. Nothing happens when none is, or an abort took its place. */
export function completeMmio(vcpu: Vcpu, by: string): void {
  const { state, run } = vcpu;
  if (!state.mmio_needed || vcpu.adjustment !== undefined) return;
  state.mmio_needed = 0;
  const abort = dataAbort(state.esr_el2);
  let write: RegisterWrite | undefined;
  if (!abort.isWrite) {
    let data = 0n;
    for (let i = abort.len - 1; i >= 0; i--) data = (data << 8n) | BigInt(run.mmio.data.get(i));
    const rules = readRules(vcpu, abort, data);
    write = writeRegister(vcpu, abort.rt, rules.at(-1)?.value ?? data, rules, abort.sixtyFour ? 64 : 32);
  }
  incrementPc(vcpu);
  const what = abort.isWrite ? `write of ${byteCount(abort.len)}` : `read of ${byteCount(abort.len)}`;
  vcpu.report({ kind: 'completion', function: 'kvm_handle_mmio_return', what: `${what}: ${by}`, ...(write && { write }) });
}

/** What a read would do to its register with this answer; changes nothing. */
export function previewMmio(vcpu: Vcpu, data: bigint): RegisterWrite {
  const abort = dataAbort(vcpu.state.esr_el2);
  const cut = BigInt.asUintN(8 * abort.len, data);
  const rules = readRules(vcpu, abort, cut);
  return {
    register: registerName(abort.rt, abort.sixtyFour ? 64 : 32),
    old: vcpu.cpu.x(abort.rt),
    new: rules.at(-1)?.value ?? cut,
    rules,
  };
}

function readRules(vcpu: Vcpu, abort: DataAbort, data: bigint): Rule[] {
  return vcpu.vm.policy.mmio_read === 'fixed' ? fixedRules(vcpu, abort, data) : oldRules(vcpu, abort, data);
}

interface Rule {
  readonly rule: string;
  readonly value: bigint;
  readonly doc: string;
}

function fixedRules(vcpu: Vcpu, abort: DataAbort, data: bigint): Rule[] {
  const rules: Rule[] = [];
  let value = data;
  const apply = (rule: string, next: bigint, doc: string): void => {
    value = next;
    rules.push({ rule, value, doc });
  };
  if (isBigEndian(vcpu)) apply('byte order', swapBytes(value, abort.len), 'the guest is big-endian');
  if (abort.signExtend && abort.len < 8) {
    apply('sign extension', signExtend64(value, 8 * abort.len), 'SSE 1 extends the sign');
  }
  if (!abort.sixtyFour) apply('32 bits', BigInt.asUintN(32, value), 'SF 0 keeps 32 bits');
  return rules;
}

/** Kernels before the fix: vcpu_data_host_to_guest came last and cut to the access width. */
function oldRules(vcpu: Vcpu, abort: DataAbort, data: bigint): Rule[] {
  const rules: Rule[] = [];
  let value = data;
  const apply = (rule: string, next: bigint, doc: string): void => {
    value = next;
    rules.push({ rule, value, doc });
  };
  if (abort.signExtend && abort.len < 8) {
    apply('sign extension', signExtend64(value, 8 * abort.len), 'SSE 1 extends the sign');
  }
  if (!abort.sixtyFour) apply('32 bits', BigInt.asUintN(32, value), 'SF 0 keeps 32 bits');
  const cut = BigInt.asUintN(8 * abort.len, value);
  if (isBigEndian(vcpu)) apply('byte order', swapBytes(cut, abort.len), 'the guest is big-endian; cut to the access width');
  else if (cut !== value)
    apply('access width', cut, `kernels before the fix cut to ${8 * abort.len} bits here: the sign extension is lost`);
  return rules;
}
