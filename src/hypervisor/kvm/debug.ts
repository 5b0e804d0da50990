// Guest debugging (arch/arm64/kvm/debug.c): who owns the breakpoint registers and the step machine, what hardware holds while the guest runs, and
// the exit to whoever debugs it. The guest's own registers are kept in the vCPU's record whenever hardware holds others.
import { bits } from '#arch/field';
import { EC } from '#arch/syndrome';
import { KVM_DEBUG_ARCH_HSR_HIGH_VALID, KVM_GUESTDBG } from './constants.ts';
import { step, type Vcpu } from './context.ts';
import type { Handled } from './handler.ts';
import { KVM_EXITS } from './kvm-run.ts';
import { DEBUG_OWNER } from './state.ts';
import { writeTrapRegister } from './traps.ts';

const MDSCR = bits('MDSCR_EL1', ['SS', 'MDE', 'KDE']);
const MDCR = bits('MDCR_EL2', ['TPM', 'TPMS', 'TTRF', 'TPMCR', 'TDRA', 'TDOSA', 'TDE', 'TDA']);
const OSLK = 1n << 1n;
const PSTATE_SS = 1n << 21n;

/** kvm_handle_guest_debug. */
export function handleGuestDebug(vcpu: Vcpu): Handled {
  const { run, state } = vcpu;
  const esr = state.esr_el2;
  run.header.exit_reason = KVM_EXITS.KVM_EXIT_DEBUG.number;
  run.header.flags = KVM_DEBUG_ARCH_HSR_HIGH_VALID;
  run.debug.hsr = Number(esr & 0xffff_ffffn);
  run.debug.hsr_high = Number(esr >> 32n);
  const ec = Number((esr >> 26n) & 0x3fn);
  if (ec === EC.WatchpointLowerEl) run.debug.far = state.far_el2;
  if (ec === EC.SoftwareStepLowerEl) vcpu.cpu.pstate |= PSTATE_SS;
  step(vcpu, 'kvm_handle_guest_debug', 'userspace debugs this vCPU and gets every debug exception');
  return 'user';
}

/** kvm_vcpu_load_debug: decides the owner, and gives hardware what the owner wants. */
export function loadDebug(vcpu: Vcpu): void {
  const { state, cpu } = vcpu;
  if (state.debug_loaded) return;
  state.debug_loaded = 1;
  if (state.guest_debug || state.oslsr_el1 & OSLK) {
    state.debug_owner = DEBUG_OWNER.host;
    let mdscr = state.mdscr_el1 & ~(MDSCR.SS | MDSCR.MDE | MDSCR.KDE);
    if (state.guest_debug & KVM_GUESTDBG.singlestep) {
      mdscr |= MDSCR.SS;
      state.guest_ss_active_pending = cpu.pstate & PSTATE_SS ? 0 : 1;
      cpu.pstate = state.host_ss_active_pending ? cpu.pstate & ~PSTATE_SS : cpu.pstate | PSTATE_SS;
    }
    if (state.guest_debug & KVM_GUESTDBG.use_hw) mdscr |= MDSCR.MDE | MDSCR.KDE;
    loadRegisters(vcpu, 'external');
    cpu.writeRegister('MDSCR_EL1', mdscr);
  } else if (state.mdscr_el1 & (MDSCR.KDE | MDSCR.MDE)) {
    giveToGuest(vcpu);
  } else {
    state.debug_owner = DEBUG_OWNER.free;
    cpu.writeRegister('MDSCR_EL1', state.mdscr_el1);
  }
  setupMdcr(vcpu);
}

/** kvm_vcpu_put_debug: the guest's registers go back to its record, and so does its step state. */
export function putDebug(vcpu: Vcpu): void {
  const { state, cpu } = vcpu;
  if (!state.debug_loaded) return;
  state.debug_loaded = 0;
  if (state.debug_owner === DEBUG_OWNER.guest) saveFromGuest(vcpu);
  if (!(state.guest_debug & KVM_GUESTDBG.singlestep)) return;
  state.host_ss_active_pending = cpu.pstate & PSTATE_SS ? 0 : 1;
  cpu.pstate = state.guest_ss_active_pending ? cpu.pstate & ~PSTATE_SS : cpu.pstate | PSTATE_SS;
}

/** kvm_debug_set_guest_ownership: the guest has begun to use the registers; it never takes them from the host. */
export function setGuestOwnership(vcpu: Vcpu): void {
  if (vcpu.state.debug_owner !== DEBUG_OWNER.free) return;
  giveToGuest(vcpu);
  setupMdcr(vcpu);
}

/** kvm_debug_handle_oslar. */
export function handleOslar(vcpu: Vcpu, value: bigint): void {
  const { state } = vcpu;
  state.oslsr_el1 = value & 1n ? state.oslsr_el1 | OSLK : state.oslsr_el1 & ~OSLK;
  putDebug(vcpu);
  loadDebug(vcpu);
}

/** kvm_arm_setup_mdcr_el2. */
function setupMdcr(vcpu: Vcpu): void {
  const { state, vm } = vcpu;
  let mdcr = BigInt(vm.hostPmuCounters) | MDCR.TPM | MDCR.TPMS | MDCR.TTRF | MDCR.TPMCR | MDCR.TDRA | MDCR.TDOSA;
  if (state.guest_debug) mdcr |= MDCR.TDE;
  if (state.debug_owner !== DEBUG_OWNER.guest) mdcr |= MDCR.TDA;
  state.mdcr_el2 = mdcr;
  writeTrapRegister(vcpu, 'MDCR_EL2', mdcr);
}

function giveToGuest(vcpu: Vcpu): void {
  vcpu.state.debug_owner = DEBUG_OWNER.guest;
  loadRegisters(vcpu, 'guest');
  vcpu.cpu.writeRegister('MDSCR_EL1', vcpu.state.mdscr_el1);
}

function saveFromGuest(vcpu: Vcpu): void {
  const { state, cpu, vm } = vcpu;
  state.mdscr_el1 = cpu.readRegister('MDSCR_EL1');
  for (let n = 0; n < vm.hostBreakpoints; n++) {
    state.guest_dbgbcr.set(n, cpu.readRegister(`DBGBCR${n}_EL1`));
    state.guest_dbgbvr.set(n, cpu.readRegister(`DBGBVR${n}_EL1`));
  }
  for (let n = 0; n < vm.hostWatchpoints; n++) {
    state.guest_dbgwcr.set(n, cpu.readRegister(`DBGWCR${n}_EL1`));
    state.guest_dbgwvr.set(n, cpu.readRegister(`DBGWVR${n}_EL1`));
  }
}

function loadRegisters({ state, cpu, vm }: Vcpu, whose: 'guest' | 'external'): void {
  const guest = whose === 'guest';
  for (let n = 0; n < vm.hostBreakpoints; n++) {
    cpu.writeRegister(`DBGBVR${n}_EL1`, (guest ? state.guest_dbgbvr : state.external_bvr).get(n));
    cpu.writeRegister(`DBGBCR${n}_EL1`, (guest ? state.guest_dbgbcr : state.external_bcr).get(n));
  }
  for (let n = 0; n < vm.hostWatchpoints; n++) {
    cpu.writeRegister(`DBGWVR${n}_EL1`, (guest ? state.guest_dbgwvr : state.external_wvr).get(n));
    cpu.writeRegister(`DBGWCR${n}_EL1`, (guest ? state.guest_dbgwcr : state.external_wcr).get(n));
  }
}
