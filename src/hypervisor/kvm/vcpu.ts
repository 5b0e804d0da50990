// One vCPU as its file descriptor: the ioctls of arch/arm64/kvm/arm.c and guest.c, and KVM_RUN. A thread that is inside KVM_RUN can be left and
// found again between two slices of instructions without userspace noticing, so how often a machine looks up never changes what happens.
import { faultStatus } from '#arch/fault';
import { EC } from '#arch/syndrome';
import { assert, ok } from '#base';
import type { ExceptionRecord, Stop } from '#cpu';
import type { RegisterWrite } from '../exit-record.ts';
import {
  KVM_ARM_TARGET_GENERIC_V8,
  KVM_GUESTDBG,
  KVM_GUESTDBG_VALID_MASK,
  KVM_MP_STATE,
  KVM_SYSTEM_EVENT,
  UNPLACED,
  VCPU_FEATURES,
} from './constants.ts';
import type { Vcpu } from './context.ts';
import { loadDebug, putDebug } from './debug.ts';
import { type Errno, fails, type KvmResult } from './errno.ts';
import { handleTrap } from './exits.ts';
import { calculateFgu } from './fgu.ts';
import { finalizeIdRegisters, resetIdRegisters } from './id-registers.ts';
import { adjustPc, injectDataAbort, injectSError, injectVabt } from './inject.ts';
import { decodeKvmRun, KVM_ARM_DEV, KVM_EXITS, type KvmRunPage } from './kvm-run.ts';
import { completeMmio, previewMmio } from './mmio.ts';
import { getOneReg, registerList, setOneReg } from './one-reg.ts';
import { nextPmuOverflow, pmuLevel, updatePmuLine } from './pmu.ts';
import { framesAreApart, redistBase } from './redistributors.ts';
import { BLOCKED } from './state.ts';
import { resetSve } from './sve.ts';
import { completeIdsr } from './sysreg-traps.ts';
import { resetSysRegs } from './sysregs.ts';
import { resetTimers, timerComparators, timerDeadline, timerLevels, updateTimerLines } from './timer.ts';
import { calculateTraps, loadTraps, resetHcr } from './traps.ts';

/** struct kvm_vcpu_init: features as bit numbers of the first word; `reserved` says that another word is not 0. */
export interface VcpuInit {
  readonly target: number;
  readonly features: bigint;
}

/** struct kvm_vcpu_events. */
export interface VcpuEvents {
  readonly serror_pending: number;
  readonly serror_has_esr: number;
  readonly ext_dabt_pending: number;
  readonly serror_esr: bigint;
  /** Pad and reserved words that must be 0, as one number each. */
  readonly pad?: number;
  readonly reserved?: number;
}

/** struct kvm_guest_debug; lists from index 0, the rest 0. */
export interface GuestDebug {
  readonly control: number;
  readonly bcr: readonly bigint[];
  readonly bvr: readonly bigint[];
  readonly wcr: readonly bigint[];
  readonly wvr: readonly bigint[];
}

/**
 * What one call of `run` came to. `exit` and `error` are KVM_RUN's returns. With the others the thread is still inside KVM_RUN and nothing has
 * been said to userspace: the instructions are used up, it sleeps, another vCPU should run, or the processor stopped for the person.
 */
export type RunResult =
  | { readonly kind: 'exit' }
  | { readonly kind: 'error'; readonly errno: Errno; readonly message: string }
  | { readonly kind: 'budget' }
  /** `deadline`: the value of the physical counter (CNTPCT_EL0) at which it wakes up by itself. */
  | { readonly kind: 'blocked'; readonly why: 'wfi' | 'wfe' | 'stopped' | 'suspended'; readonly deadline: bigint | undefined }
  | { readonly kind: 'yield' }
  | { readonly kind: 'stop'; readonly stop: Extract<Stop, { readonly kind: 'breakpoint' | 'semihosting' | 'requested' }> };

const HCR_VSE = 1n << 8n;
/** The system counter runs at 62.5 MHz. */
const NS_PER_COUNT = 16n;
const HCR_INTERRUPTS = (1n << 6n) | (1n << 7n) | HCR_VSE;
const ISS_MASK = (1n << 25n) - 1n;
const DEVICE_LEVELS = Object.values(KVM_ARM_DEV).reduce<bigint>((mask, bit) => mask | bit, 0n);
const FEATURES_MASK = BigInt(Object.values<number>(VCPU_FEATURES).reduce((mask, bit) => mask | (1 << bit), 0));

export class KvmVcpu {
  readonly #vcpu: Vcpu;

  constructor(vcpu: Vcpu) {
    this.#vcpu = vcpu;
  }

  /** What KVM_CREATE_VCPU was given. */
  get id(): number {
    return this.#vcpu.id;
  }

  /** Index of its processor. */
  get index(): number {
    return this.#vcpu.index;
  }

  /** Why it does not run; undefined when it does. */
  get sleeps(): 'off' | 'suspended' | 'wfi' | 'wfe' | undefined {
    const { state, cpu } = this.#vcpu;
    if (state.mp_state === KVM_MP_STATE.KVM_MP_STATE_STOPPED) return 'off';
    if (state.mp_state === KVM_MP_STATE.KVM_MP_STATE_SUSPENDED) return 'suspended';
    return state.blocked === BLOCKED.wfi ? 'wfi' : cpu.waiting;
  }

  get cpu(): Vcpu['cpu'] {
    return this.#vcpu.cpu;
  }

  /** The page that KVM shares with userspace. */
  get kvmRun(): KvmRunPage {
    return this.#vcpu.run;
  }

  /** Exits so far. */
  get exits(): number {
    return this.#vcpu.state.exits;
  }

  /** Whether the thread is inside KVM_RUN. */
  get inRun(): boolean {
    return this.#vcpu.state.in_run !== 0;
  }

  /** kvm_vcpu_ioctl's first question. */
  get #dead(): boolean {
    return this.#vcpu.vm.state.vm_dead !== 0;
  }

  /** KVM_ARM_VCPU_INIT. */
  init(init: VcpuInit): KvmResult {
    if (this.#dead) return fails('EIO');
    const vcpu = this.#vcpu;
    const { state, vm } = vcpu;
    const powerOff = (init.features & 1n) !== 0n;
    const features = init.features & ~1n;
    if (init.target !== KVM_ARM_TARGET_GENERIC_V8) return fails('EINVAL');
    if (features & ~FEATURES_MASK) return fails('ENOENT');
    if (features & ~supportedFeatures(vcpu)) return fails('EINVAL');
    const has = (name: keyof typeof VCPU_FEATURES): boolean => (features & (1n << BigInt(VCPU_FEATURES[name]))) !== 0n;
    if (has('ptrauth_address') !== has('ptrauth_generic')) return fails('EINVAL');
    if (has('el1_32bit') && (vm.state.mte_enabled || has('has_el2'))) return fails('EINVAL');
    if (vm.state.features_configured && BigInt(vm.state.vcpu_features) !== features) return fails('EINVAL');
    if (!vm.state.features_configured) {
      vm.state.vcpu_features = Number(features);
      vm.state.features_configured = 1;
      vm.state.nr_pmu_counters = vm.hasPmu ? vm.hostPmuCounters : 0;
      resetIdRegisters(vm);
    }
    resetVcpu(vcpu);
    state.initialized = 1;
    resetHcr(vcpu);
    state.mp_state = powerOff ? KVM_MP_STATE.KVM_MP_STATE_STOPPED : KVM_MP_STATE.KVM_MP_STATE_RUNNABLE;
    return ok(undefined);
  }

  /** KVM_ARM_VCPU_FINALIZE; SVE is the only feature that needs it. */
  finalize(feature: number): KvmResult {
    if (this.#dead) return fails('EIO');
    const { state, vm } = this.#vcpu;
    if (!state.initialized) return fails('ENOEXEC');
    if (feature !== VCPU_FEATURES.sve || !vm.hasSve) return fails('EINVAL');
    if (state.sve_finalized) return fails('EPERM');
    state.sve_finalized = 1;
    return ok(undefined);
  }

  /** KVM_GET_ONE_REG. */
  getOneReg(id: bigint): KvmResult<bigint> {
    if (this.#dead) return fails('EIO');
    const vcpu = this.#vcpu;
    if (!vcpu.state.initialized) return fails('ENOEXEC');
    if (vcpu.state.reset) resetVcpu(vcpu);
    return getOneReg(vcpu, id);
  }

  /** KVM_SET_ONE_REG. */
  setOneReg(id: bigint, value: bigint): KvmResult {
    if (this.#dead) return fails('EIO');
    const vcpu = this.#vcpu;
    if (!vcpu.state.initialized) return fails('ENOEXEC');
    if (vcpu.state.reset) resetVcpu(vcpu);
    return setOneReg(vcpu, id, value);
  }

  /** KVM_GET_REG_LIST with room for `n` ids. E2BIG comes with the number needed. */
  getRegList(n: number): KvmResult<readonly bigint[]> & { readonly n?: number } {
    if (this.#dead) return fails('EIO');
    const vcpu = this.#vcpu;
    if (!vcpu.state.initialized) return fails('ENOEXEC');
    if (!isFinalized(vcpu)) return fails('EPERM');
    const list = registerList(vcpu);
    return n < list.length ? { ...fails('E2BIG'), n: list.length } : { ...ok(list), n: list.length };
  }

  /** KVM_GET_VCPU_EVENTS. An external abort is never among them: it is delivered when it is set. */
  getEvents(): KvmResult<VcpuEvents> {
    if (this.#dead) return fails('EIO');
    const { state, vm } = this.#vcpu;
    if (!state.initialized) return fails('ENOEXEC');
    const pending = (state.hcr_el2 & HCR_VSE) !== 0n;
    return ok({
      serror_pending: pending ? 1 : 0,
      serror_has_esr: vm.hostHasRas ? 1 : 0,
      ext_dabt_pending: 0,
      serror_esr: pending && vm.hostHasRas ? state.vsesr_el2 : 0n,
    });
  }

  /** KVM_SET_VCPU_EVENTS. */
  setEvents(events: VcpuEvents): KvmResult {
    if (this.#dead) return fails('EIO');
    const vcpu = this.#vcpu;
    const { state, vm } = vcpu;
    if (!state.initialized) return fails('ENOEXEC');
    if (events.pad || events.reserved) return fails('EINVAL');
    if (events.ext_dabt_pending) {
      injectDataAbort(vcpu, state.far_el2, 'userspace sets ext_dabt_pending');
      commit(vcpu);
    }
    if (!events.serror_pending) return ok(undefined);
    if (!vm.hostHasRas && events.serror_has_esr) return fails('EINVAL');
    if (events.serror_has_esr && events.serror_esr & ~ISS_MASK) return fails('EINVAL');
    if (events.serror_has_esr) injectSError(vcpu, events.serror_esr, 'userspace sets serror_pending with a syndrome');
    else injectVabt(vcpu, 'userspace sets serror_pending');
    commit(vcpu);
    return ok(undefined);
  }

  /** KVM_GET_MP_STATE. */
  getMpState(): KvmResult<number> {
    if (this.#dead) return fails('EIO');
    return ok(this.#vcpu.state.mp_state);
  }

  /** KVM_SET_MP_STATE. */
  setMpState(state: number): KvmResult {
    if (this.#dead) return fails('EIO');
    if (
      state !== KVM_MP_STATE.KVM_MP_STATE_RUNNABLE &&
      state !== KVM_MP_STATE.KVM_MP_STATE_STOPPED &&
      state !== KVM_MP_STATE.KVM_MP_STATE_SUSPENDED
    ) {
      return fails('EINVAL');
    }
    this.#vcpu.state.mp_state = state;
    return ok(undefined);
  }

  /** KVM_SET_GUEST_DEBUG. */
  setGuestDebug(debug: GuestDebug): KvmResult {
    if (this.#dead) return fails('EIO');
    const { state } = this.#vcpu;
    if (debug.control & ~KVM_GUESTDBG_VALID_MASK) return fails('EINVAL');
    if (!(debug.control & KVM_GUESTDBG.enable)) {
      state.guest_debug = 0;
      state.host_ss_active_pending = 0;
      return ok(undefined);
    }
    state.guest_debug = debug.control;
    if (debug.control & KVM_GUESTDBG.use_hw) {
      for (let n = 0; n < 16; n++) {
        state.external_bcr.set(n, debug.bcr[n] ?? 0n);
        state.external_bvr.set(n, debug.bvr[n] ?? 0n);
        state.external_wcr.set(n, debug.wcr[n] ?? 0n);
        state.external_wvr.set(n, debug.wvr[n] ?? 0n);
      }
    }
    return ok(undefined);
  }

  /**
   * KVM_RUN for at most `budget` instructions (an exit that KVM handles counts as one). Called again after `budget`, `blocked`, `yield` or `stop`,
   * it goes on inside the same KVM_RUN.
   */
  run(budget: number): RunResult {
    const vcpu = this.#vcpu;
    const { state } = vcpu;
    if (!state.in_run) {
      const refused = this.#enter();
      if (refused) return refused;
    }
    let left = budget;
    for (;;) {
      const sleeping = this.#sleep();
      if (sleeping) return sleeping;
      if (state.in_run === 0) return { kind: 'exit' };
      if (left <= 0) return { kind: 'budget' };
      loadDebug(vcpu);
      adjustPc(vcpu);
      loadTraps(vcpu);
      vcpu.inGuest = true;
      const { stop, executed } = vcpu.cpu.run(Math.min(left, nextPmuOverflow(vcpu) ?? left));
      vcpu.inGuest = false;
      // A virtual SError that the guest has taken is no longer pending (___deactivate_traps).
      if (state.hcr_el2 & HCR_VSE && !(vcpu.cpu.readRegister('HCR_EL2') & HCR_VSE)) state.hcr_el2 &= ~HCR_VSE;
      left -= Math.max(executed, 1);
      if (stop.kind === 'budget' && left > 0) continue;
      const result = this.#stopped(stop);
      if (result) return result;
    }
  }

  /** A signal for the thread: KVM_RUN returns EINTR. Does nothing when the thread is not inside. */
  interrupt(): RunResult {
    const vcpu = this.#vcpu;
    assert(vcpu.state.in_run, 'no thread is inside KVM_RUN');
    vcpu.run.header.exit_reason = KVM_EXITS.KVM_EXIT_INTR.number;
    return this.#leave({ errno: 'EINTR', message: 'a signal for the thread' });
  }

  /** What the pending MMIO read would do to its register with this answer; changes nothing. */
  previewMmio(data: bigint): RegisterWrite {
    return previewMmio(this.#vcpu, data);
  }

  /** kvm_arch_vcpu_runnable: an interrupt or a virtual SError waits for it, or news for userspace's irqchip. PSTATE's masks do not matter. */
  get runnable(): boolean {
    const vcpu = this.#vcpu;
    return (vcpu.state.hcr_el2 & HCR_INTERRUPTS) !== 0n || vcpu.vm.vgic.pending(vcpu) || shouldNotifyUser(vcpu);
  }

  /** What happens before the loop of KVM_RUN; a result when it does not come to one. */
  #enter(): RunResult | undefined {
    const vcpu = this.#vcpu;
    const { state, run } = vcpu;
    if (this.#dead) return failure('EIO', 'the VM is dead: its vGIC could not be mapped');
    if (!state.initialized) return failure('ENOEXEC', 'the vCPU has not been initialised');
    if (!isFinalized(vcpu)) return failure('EPERM', 'SVE has not been finalized');
    if (!state.has_run_once) {
      const errno = firstRun(vcpu);
      if (errno) return errno;
    }
    if (run.header.exit_reason === KVM_EXITS.KVM_EXIT_MMIO.number) completeMmio(vcpu, 'userspace answers');
    if (run.header.exit_reason === KVM_EXITS.KVM_EXIT_ARM_IDSR.number) completeIdsr(vcpu);
    state.in_run = 1;
    // vcpu_load comes before what the completion noted is carried out: an emulated instruction is one step of whoever steps the guest.
    loadDebug(vcpu);
    if (run.header.immediate_exit) {
      run.header.exit_reason = KVM_EXITS.KVM_EXIT_INTR.number;
      return this.#leave({ errno: 'EINTR', message: 'immediate_exit is set' });
    }
    run.header.exit_reason = KVM_EXITS.KVM_EXIT_UNKNOWN.number;
    run.header.flags = 0;
    return undefined;
  }

  /** check_vcpu_requests: stopped and suspended vCPUs, WFI, and a reset that PSCI asked for. */
  #sleep(): RunResult | undefined {
    const vcpu = this.#vcpu;
    const { state, run } = vcpu;
    updateTimerLines(vcpu);
    updatePmuLine(vcpu);
    if (state.mp_state === KVM_MP_STATE.KVM_MP_STATE_STOPPED) return { kind: 'blocked', why: 'stopped', deadline: undefined };
    if (state.reset) resetVcpu(vcpu);
    if (state.mp_state === KVM_MP_STATE.KVM_MP_STATE_SUSPENDED) {
      if (!this.runnable) return { kind: 'blocked', why: 'suspended', deadline: timerDeadline(vcpu) };
      run.system_event.type = KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_WAKEUP;
      run.system_event.ndata = 0;
      for (let i = 0; i < 16; i++) run.system_event.data.set(i, 0n);
      run.header.exit_reason = KVM_EXITS.KVM_EXIT_SYSTEM_EVENT.number;
      return this.#leave(undefined);
    }
    if (state.blocked === BLOCKED.wfi) {
      const passed = state.wfx_timed !== 0 && vcpu.cpu.readRegister('CNTVCT_EL0') >= state.wfx_deadline;
      // The instruction is over as soon as the thread sleeps: whatever wakes it finds PC behind it.
      adjustPc(vcpu);
      if (!passed && !this.runnable) return { kind: 'blocked', why: 'wfi', deadline: wakeUp(vcpu) };
      state.blocked = BLOCKED.no;
      state.wfx_timed = 0;
    }
    if (!shouldNotifyUser(vcpu)) return undefined;
    // kvm_vcpu_exit_request: the userspace irqchip is to learn of a level first.
    run.header.exit_reason = KVM_EXITS.KVM_EXIT_INTR.number;
    return this.#leave({ errno: 'EINTR', message: 'a timer or the PMU has changed its output, and the irqchip is userspace’s' });
  }

  #stopped(stop: Stop): RunResult | undefined {
    const vcpu = this.#vcpu;
    const { state } = vcpu;
    switch (stop.kind) {
      case 'budget':
        return { kind: 'budget' };
      case 'wait':
        // Untrapped: the processor itself waits.
        if (stop.what === 'wfe') return { kind: 'blocked', why: 'wfe', deadline: eventDeadline(vcpu, stop.deadline) };
        state.blocked = BLOCKED.wfi;
        // The timers' deadlines are reckoned when it sleeps; only a WFIT brings one of its own.
        state.wfx_timed = stop.deadline === undefined ? 0 : 1;
        state.wfx_deadline =
          stop.deadline === undefined ? 0n : stop.deadline / NS_PER_COUNT - vcpu.cpu.readRegister('CNTVOFF_EL2');
        return undefined;
      case 'exception':
        return this.#trapped(stop.exception);
      case 'requested':
        // The processor has been asked to look up because of an output (see makeVgic's timer).
        return shouldNotifyUser(vcpu) ? undefined : { kind: 'stop', stop };
      case 'firmware':
        assert(false, 'SMC is trapped for every guest');
        break;
      default:
        return { kind: 'stop', stop };
    }
  }

  /** Back from the guest: handle_exit. */
  #trapped(exception: ExceptionRecord): RunResult | undefined {
    const vcpu = this.#vcpu;
    const { state, cpu } = vcpu;
    assert(exception.to === 2, 'an exception that is the guest’s own');
    state.exits += 1;
    state.esr_el2 = exception.esr;
    state.far_el2 = exception.far;
    state.hpfar_el2 = exception.hpfar;
    state.hpfar_valid = exception.hpfarValid ? 1 : 0;
    // The guest's PC and PSTATE are its own again while EL2 works, as in the context that KVM saves.
    cpu.returnFromEl2();
    if (isExternalAbort(exception.esr) && !exception.hpfarValid) translateFar(vcpu);
    vcpu.report({ kind: 'trap', exception });
    if (exception.kind !== 'sync') return undefined;
    const handled = handleTrap(vcpu);
    if (handled === 'user') return this.#leave(undefined);
    if (handled !== 'guest') return this.#leave(handled);
    if (vcpu.yielded) {
      vcpu.yielded = false;
      adjustPc(vcpu);
      return { kind: 'yield' };
    }
    return undefined;
  }

  /** KVM_RUN returns: what is noted is carried out first, so that userspace sees a consistent PC. */
  #leave(error: { readonly errno: Errno; readonly message: string } | undefined): RunResult {
    const vcpu = this.#vcpu;
    adjustPc(vcpu);
    putDebug(vcpu);
    // kvm_timer_update_run, kvm_pmu_update_run.
    if (!vcpu.vm.state.vgic_model) vcpu.run.sync['s.regs.device_irq_level'] = deviceLevels(vcpu);
    vcpu.state.in_run = 0;
    vcpu.state.blocked = BLOCKED.no;
    const kvm_run = decodeKvmRun(vcpu.run);
    vcpu.report({
      kind: 'return',
      ret: error ? -1 : 0,
      ...(error && { errno: error.errno, message: error.message }),
      ...(kvm_run && { kvm_run }),
    });
    return error ? { kind: 'error', ...error } : { kind: 'exit' };
  }
}

/** What the timers and the PMU put out. */
function deviceLevels(vcpu: Vcpu): bigint {
  return timerLevels(vcpu) | (pmuLevel(vcpu) ? KVM_ARM_DEV.PMU : 0n);
}

/** kvm_timer_should_notify_user, kvm_pmu_should_notify_user: with a userspace irqchip, an output is not what kvm_run says. */
function shouldNotifyUser(vcpu: Vcpu): boolean {
  if (vcpu.vm.state.vgic_model) return false;
  return deviceLevels(vcpu) !== (vcpu.run.sync['s.regs.device_irq_level'] & DEVICE_LEVELS);
}

/** An external abort of an access from the guest (EC 0x20 or 0x24, FSC 0x10). */
function isExternalAbort(esr: bigint): boolean {
  const ec = Number((esr >> 26n) & 0x3fn);
  return (
    (ec === EC.InstructionAbortLowerEl || ec === EC.DataAbortLowerEl) && faultStatus(Number(esr & 0x3fn))?.kind === 'external'
  );
}

/** __translate_far_to_hpfar: hardware gives no IPA with an external abort, so stage 1 is walked for it. */
function translateFar({ state, cpu }: Vcpu): void {
  const walk = cpu.walk(state.far_el2, 'read');
  if (walk.kind !== 'translation') return;
  state.hpfar_el2 = (walk.ipa >> 12n) << 4n;
  state.hpfar_valid = 1;
}

/** The physical count at which a vCPU in WFI wakes up by itself: the end of a WFIT, or a timer. */
/** The same for a WFE that the processor itself waits in until `deadline` (virtual ns): a timer's interrupt is an event too. */
function eventDeadline(vcpu: Vcpu, deadline: bigint | undefined): bigint | undefined {
  const timer = timerDeadline(vcpu);
  const own = deadline === undefined ? undefined : (deadline + NS_PER_COUNT - 1n) / NS_PER_COUNT;
  if (own === undefined) return timer;
  return timer === undefined || own < timer ? own : timer;
}

function wakeUp(vcpu: Vcpu): bigint | undefined {
  const { state, cpu } = vcpu;
  const timer = timerDeadline(vcpu);
  if (!state.wfx_timed) return timer;
  const own = state.wfx_deadline + cpu.readRegister('CNTVOFF_EL2');
  return timer === undefined || own < timer ? own : timer;
}

function failure(errno: Errno, message: string): RunResult {
  return { kind: 'error', errno, message };
}

/** system_supported_vcpu_features, as a mask. Nested guests and AArch32 guests are not modelled, so this host does not support them. */
function supportedFeatures({ vm }: Vcpu): bigint {
  const bit = (name: keyof typeof VCPU_FEATURES, when: boolean): bigint => (when ? 1n << BigInt(VCPU_FEATURES[name]) : 0n);
  return (
    bit('psci_0_2', true) |
    bit('pmu_v3', vm.hostPmuCounters > 0) |
    bit('sve', vm.hostFeature('FEAT_SVE')) |
    bit('ptrauth_address', vm.hostFeature('FEAT_PAuth')) |
    bit('ptrauth_generic', vm.hostFeature('FEAT_PAuth'))
  );
}

function isFinalized({ state, vm }: Vcpu): boolean {
  return !vm.hasSve || state.sve_finalized !== 0;
}

/** kvm_arch_vcpu_run_pid_change: what waits for the first KVM_RUN of a vCPU. */
function firstRun(vcpu: Vcpu): RunResult | undefined {
  const { vm, state } = vcpu;
  const refused = mapIrqchip(vcpu);
  if (refused) {
    // Half of the frames may be registered by then, and nobody takes them away: kvm_vgic_map_resources gives the VM up.
    vm.state.vm_dead = 1;
    return refused;
  }
  finalizeIdRegisters(vm);
  if (!vm.state.fgu_initialized) {
    calculateFgu(vm);
    vm.state.fgu_initialized = 1;
  }
  calculateTraps(vcpu);
  // kvm_timer_enable, then kvm_arm_pmu_v3_enable.
  if (vm.hasGicV3) {
    if (!timerInterruptsDiffer(vcpu)) return failure('EINVAL', 'two timers, or a timer and the PMU, have the same interrupt');
    vm.state.timer_ppis_immutable = 1;
  }
  state.timer_enabled = 1;
  if (vm.hasPmu) {
    if (!state.pmu_created) return failure('EINVAL', 'the vCPU has a PMU that was not initialised (KVM_ARM_VCPU_PMU_V3_INIT)');
    if ((vm.state.vgic_model !== 0) !== (state.pmu_irq !== 0))
      return failure('EINVAL', 'the PMU needs an interrupt exactly when there is an in-kernel irqchip');
  }
  vm.state.has_ran_once = 1;
  state.has_run_once = 1;
  return undefined;
}

/** timer_irqs_are_valid: the timers that a guest has, and its PMU, each have an interrupt of their own. */
function timerInterruptsDiffer({ vm, state }: Vcpu): boolean {
  const [virtual, physical] = [vm.state.timer_ppi.get(0), vm.state.timer_ppi.get(1)];
  return virtual !== physical && virtual !== state.pmu_irq && physical !== state.pmu_irq;
}

/** kvm_vgic_map_resources: a GICv3 must have its places and be initialised. */
function mapIrqchip({ vm }: Vcpu): RunResult | undefined {
  if (!vm.hasGicV3) return undefined;
  const placeless = vm.vcpus().find(({ index }) => redistBase(vm, index) === undefined);
  if (placeless) return failure('ENXIO', `the vGIC has no redistributor address for vCPU ${placeless.id}`);
  if (vm.state.vgic_dist_base === UNPLACED) return failure('ENXIO', 'the vGIC has no distributor address');
  if (!framesAreApart(vm)) return failure('EINVAL', 'the frames of the vGIC overlap, or are beyond the VM’s addresses');
  return vm.state.vgic_initialized ? undefined : failure('EBUSY', 'the vGIC has not been initialised');
}

/** VCPU_RESET_PSTATE_EL1: EL1h with D, A, I and F, and nothing else, whatever hardware resets to. */
const RESET_PSTATE = 0x3c5n;

/** Beside SP_EL1, registers that neither struct user_pt_regs nor kvm_reset_sys_regs has, and the guest's MPIDR_EL1: a reset leaves them alone. */
const KEPT = ['ELR_EL1', 'SPSR_EL1', 'VMPIDR_EL2'];

/** kvm_reset_vcpu: architectural reset, then what a CPU_ON asked for. */
function resetVcpu(vcpu: Vcpu): void {
  const { state, cpu } = vcpu;
  const { reset, reset_pc, reset_r0, reset_be } = state;
  state.reset = 0;
  const { instructions } = cpu;
  // The first time they hold nothing of this vCPU's.
  const kept = state.initialized ? KEPT.map((name) => [name, cpu.readRegister(name)] as const) : [];
  const stack = state.initialized ? cpu.sp(1) : 0n;
  const comparators = timerComparators(vcpu);
  cpu.reset({ el: 1, pc: 0n });
  for (const [name, value] of kept) cpu.writeRegister(name, value);
  cpu.setSp(1, stack);
  cpu.pstate = RESET_PSTATE;
  // What counts the machine's time goes on, and the VM's counters with it.
  cpu.instructions = instructions;
  resetTimers(vcpu, comparators);
  // The host's kernel has cleared the OS lock; the guest's is KVM's own (oslsr_el1).
  cpu.writeRegister('OSLAR_EL1', 0n);
  state.blocked = BLOCKED.no;
  state.debug_loaded = 0;
  resetSve(vcpu);
  state.pm_base = cpu.instructions;
  resetSysRegs(vcpu);
  if (!reset) return;
  // A big-endian caller gets a big-endian target: CPU_ON has no other way to say so.
  if (reset_be) cpu.writeRegister('SCTLR_EL1', cpu.readRegister('SCTLR_EL1') | (1n << 25n));
  cpu.pc = reset_pc;
  cpu.setX(0, reset_r0);
}

/** commit_pending_events: carries an exception out at once, and takes back an MMIO access that it interrupts. */
function commit(vcpu: Vcpu): void {
  if (vcpu.adjustment?.kind !== 'exception') return;
  vcpu.state.mmio_needed = 0;
  vcpu.state.idsr_pending = 0;
  adjustPc(vcpu);
}
