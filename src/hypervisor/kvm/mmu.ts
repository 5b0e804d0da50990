// Stage 2 aborts (arch/arm64/kvm/mmu.c, kvm_handle_guest_abort): which of them are memory's, which are an access for userspace, and which go
// back to the guest. Knows nothing of translation tables beyond asking for a mapping.

import { type FaultKind, faultStatus } from '#arch/fault';
import { EC } from '#arch/syndrome';
import { bits64, hex } from '#base';
import { KVM_EXIT_ARM_SEA_FLAG_GPA_VALID, KVM_MEM } from './constants.ts';
import { faultIpa, step, type Vcpu } from './context.ts';
import type { Handled } from './handler.ts';
import { hasFeature } from './id-registers.ts';
import {
  incrementPc,
  injectDataAbort,
  injectInstructionAbort,
  injectSizeFault,
  injectUnsupportedAccess,
  injectVabt,
} from './inject.ts';
import { KVM_EXITS } from './kvm-run.ts';
import { findMemslot } from './memslots.ts';
import { dataAbort, ioMemAbort } from './mmio.ts';

/** Parts of ESR_EL2 that a KVM_EXIT_ARM_SEA carries: EC, IL, FnV, EA, CM, WnR, FSC, and SET with FEAT_RAS. */
const SEA_MASK = (0x3fn << 26n) | (1n << 25n) | (1n << 10n) | (1n << 9n) | (1n << 8n) | (1n << 6n) | 0x3fn;
const SEA_SET = 3n << 11n;

/** kvm_handle_guest_abort. */
export function handleGuestAbort(vcpu: Vcpu): Handled {
  const { state, vm } = vcpu;
  const esr = state.esr_el2;
  const abort = dataAbort(esr);
  const instruction = Number(bits64(esr, 31, 26)) === EC.InstructionAbortLowerEl;
  const fault = faultStatus(abort.fsc);
  if (fault && EXTERNAL.has(fault.kind)) return handleGuestSea(vcpu);

  const page = faultIpa(vcpu);
  const offset = state.far_el2 & 0xfffn;
  if (fault?.kind === 'translation' && page >= 1n << BigInt(vm.hostIpaLimit)) {
    injectSizeFault(vcpu, instruction, page | offset, `IPA ${hex(page)} is beyond the host's ${vm.hostIpaLimit} bits`);
    return 'guest';
  }
  if (fault?.kind === 'translation' && page >= 1n << BigInt(vm.state.ipa_bits)) {
    const reason = `IPA ${hex(page)} is beyond the VM's ${vm.state.ipa_bits} bits`;
    if (instruction) injectInstructionAbort(vcpu, page | offset, reason);
    else injectDataAbort(vcpu, page | offset, reason);
    return 'guest';
  }
  if (!fault || !HANDLED.has(fault.kind)) {
    step(vcpu, 'kvm_handle_guest_abort', `a fault status that KVM does not handle: ${hex(abort.fsc)}`);
    return {
      errno: 'EFAULT',
      message: `Unsupported FSC: EC=${hex(bits64(esr, 31, 26))} xFSC=${hex(abort.fsc)} ESR_EL2=${hex(esr)}`,
    };
  }

  const slot = findMemslot(vm, page);
  // kvm_is_write_fault: a walk counts as a write only where it could not update an entry.
  const write = abort.s1ptw ? fault.kind === 'permission' : !instruction && abort.isWrite;
  const readonly = slot !== undefined && (slot.flags & KVM_MEM.readonly) !== 0;
  if (slot === undefined || (write && readonly)) {
    const why = slot === undefined ? `no memory slot holds IPA page ${hex(page)}` : `a write to the read-only slot ${slot.slot}`;
    step(vcpu, 'kvm_handle_guest_abort', why);
    if (instruction) {
      injectInstructionAbort(vcpu, state.far_el2, 'instructions cannot come from there');
      return 'guest';
    }
    if (abort.s1ptw) {
      injectDataAbort(vcpu, state.far_el2, 'a stage 1 walk cannot read tables from there');
      return 'guest';
    }
    if (slot === undefined && abort.cacheMaintenance) {
      step(vcpu, 'kvm_handle_guest_abort', 'cache maintenance where nothing is cached: skipped');
      incrementPc(vcpu);
      return 'guest';
    }
    return ioMemAbort(vcpu, page | offset);
  }
  if (fault.kind === 'access-flag') {
    step(vcpu, 'handle_access_fault', `marks IPA page ${hex(page)} young`);
    return 'guest';
  }
  // user_mem_abort. Slots are mapped when they are set, so what is missing here has no memory behind it.
  const physical = slot.userspace_addr + (page - slot.guest_phys_addr);
  if (vm.host.memory.readBytes(physical, 1) === undefined) {
    step(vcpu, 'user_mem_abort', `slot ${slot.slot} has no memory at ${hex(physical)}`);
    return { errno: 'EFAULT', message: `the memory of slot ${slot.slot} is not there at IPA ${hex(page)}` };
  }
  if (fault.kind === 'exclusive-or-atomic') {
    injectUnsupportedAccess(vcpu, state.far_el2, 'the memory of a slot is cacheable, whatever the guest maps it as');
    return 'guest';
  }
  if (!vm.stage2.map(page, physical, 4096n, { write: !readonly })) {
    return { errno: 'ENOMEM', message: 'no memory left for stage 2 tables' };
  }
  step(vcpu, 'user_mem_abort', `maps IPA page ${hex(page)}`);
  return 'guest';
}

const EXTERNAL: ReadonlySet<FaultKind> = new Set(['external', 'external-on-walk', 'parity', 'parity-on-walk']);
const HANDLED: ReadonlySet<FaultKind> = new Set(['translation', 'permission', 'access-flag', 'exclusive-or-atomic']);

/** kvm_handle_guest_sea: no firmware here claims an error, so it goes to userspace where that is asked for, else to the guest as an SError. */
function handleGuestSea(vcpu: Vcpu): Handled {
  const { state, run, vm } = vcpu;
  if (!vm.state.exit_sea || hostOwnsSea(vcpu)) {
    step(vcpu, 'kvm_handle_guest_sea', 'an external abort that nobody claims');
    injectVabt(vcpu, 'the host does not claim the memory error');
    return 'guest';
  }
  const { arm_sea } = run;
  arm_sea.flags = 0n;
  arm_sea.gpa = 0n;
  arm_sea.esr = state.esr_el2 & (SEA_MASK | (hasFeature(vm, 'ID_AA64PFR0_EL1', 'RAS', 1) ? SEA_SET : 0n));
  arm_sea.gva = bits64(state.esr_el2, 10, 10) === 1n ? 0n : state.far_el2;
  if (state.hpfar_valid) {
    arm_sea.flags = KVM_EXIT_ARM_SEA_FLAG_GPA_VALID;
    arm_sea.gpa = faultIpa(vcpu);
  }
  run.header.exit_reason = KVM_EXITS.KVM_EXIT_ARM_SEA.number;
  step(vcpu, 'kvm_handle_guest_sea', 'KVM_CAP_ARM_SEA_TO_USER is on: userspace gets a syndrome without the instruction');
  return 'user';
}

/** An abort that only a stage 2 walk of the host's own tables can have caused. Without FEAT_RAS every one that gets here is such. */
function hostOwnsSea(vcpu: Vcpu): boolean {
  const abort = dataAbort(vcpu.state.esr_el2);
  return !vcpu.vm.hostHasRas || (faultStatus(abort.fsc)?.kind === 'external-on-walk' && abort.s1ptw);
}
