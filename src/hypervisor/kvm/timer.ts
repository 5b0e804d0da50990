// The generic timer as KVM gives it to a VM (arch/arm64/kvm/arch_timer.c): registers by name for trapped accesses, and by KVM's ids for userspace,
// where two ids are swapped for good. The timers themselves are the processor's, and so are the offsets of both counters, which a VM has once
// for all its vCPUs: CNTVOFF_EL2, and CNTPOFF_EL2 where the host has it. Where it has not, the guest's accesses to the physical counter and
// timer are trapped while there is an offset, and the processor's CNTP_CVAL_EL0 is the guest's plus that.
import { bits } from '#arch/field';
import { sysreg } from '#arch/sysreg';
import { ok } from '#base';
import type { Vcpu, Vm } from './context.ts';
import { fails, type KvmResult } from './errno.ts';
import { KVM_ARM_DEV } from './kvm-run.ts';

/** Registers of which a trapped access is emulated. */
export const TIMER_REGISTERS = [
  'CNTPCT_EL0',
  'CNTVCT_EL0',
  'CNTPCTSS_EL0',
  'CNTVCTSS_EL0',
  'CNTP_TVAL_EL0',
  'CNTP_CTL_EL0',
  'CNTP_CVAL_EL0',
  'CNTV_TVAL_EL0',
  'CNTV_CTL_EL0',
  'CNTV_CVAL_EL0',
] as const;

const MASK64 = (1n << 64n) - 1n;
const CTL = { enable: 1n, imask: 2n, istatus: 4n } as const;
const CTL_WRITABLE = CTL.enable | CTL.imask;

/**
 * KVM's ids, as encodings. KVM_REG_ARM_TIMER_CVAL has the encoding of CNTVCT_EL0 and KVM_REG_ARM_TIMER_CNT that of CNTV_CVAL_EL0: an accident that
 * has become the interface.
 */
export const TIMER_IDS = {
  KVM_REG_ARM_TIMER_CTL: { encoding: sysreg('CNTV_CTL_EL0').encoding, register: 'CNTV_CTL_EL0' },
  KVM_REG_ARM_TIMER_CNT: { encoding: sysreg('CNTV_CVAL_EL0').encoding, register: 'CNTVCT_EL0' },
  KVM_REG_ARM_TIMER_CVAL: { encoding: sysreg('CNTVCT_EL0').encoding, register: 'CNTV_CVAL_EL0' },
  KVM_REG_ARM_PTIMER_CTL: { encoding: sysreg('CNTP_CTL_EL0').encoding, register: 'CNTP_CTL_EL0' },
  KVM_REG_ARM_PTIMER_CNT: { encoding: sysreg('CNTPCT_EL0').encoding, register: 'CNTPCT_EL0' },
  KVM_REG_ARM_PTIMER_CVAL: { encoding: sysreg('CNTP_CVAL_EL0').encoding, register: 'CNTP_CVAL_EL0' },
} as const;

/** The register behind an encoding that is one of KVM's timer ids. */
export function timerRegister(encoding: number): string | undefined {
  return Object.values(TIMER_IDS).find((id) => id.encoding === encoding)?.register;
}

/** CNTHCTL_EL2: the physical counter and timer in the layouts for E2H 1 and 0, and whether CNTPOFF_EL2 is in use. */
const CNTHCTL = { vhe: { counter: 1n << 10n, timer: 1n << 11n }, nvhe: { counter: 1n << 0n }, ...bits('CNTHCTL_EL2', ['ECV']) };

/** has_cntpoff. */
function hasCntpoff(vm: Vm): boolean {
  return vm.hostFeature('FEAT_VHE') && vm.hostFeature('FEAT_ECV_POFF');
}

/** CNTHCTL_EL2 while the guest runs (kvm_timer_init_vhe, timer_set_traps, __timer_enable_traps). */
export function timerTraps(vm: Vm): bigint {
  const counter = vm.state.poffset === 0n || hasCntpoff(vm);
  if (!vm.hostFeature('FEAT_VHE')) return counter || vm.state.protected ? CNTHCTL.nvhe.counter : 0n;
  return (counter ? CNTHCTL.vhe.counter | CNTHCTL.vhe.timer : 0n) | (hasCntpoff(vm) ? CNTHCTL.ECV : 0n);
}

/** What the processor's CNTP_CVAL_EL0 has more than the guest's. */
function comparatorShift(vm: Vm): bigint {
  return hasCntpoff(vm) ? 0n : vm.state.poffset;
}

/** kvm_phys_timer_read. */
function physicalCount({ cpu }: Vcpu): bigint {
  return (cpu.readRegister('CNTVCT_EL0') + cpu.readRegister('CNTVOFF_EL2')) & MASK64;
}

/** A timer register as the guest sees it. */
export function timerGet(vcpu: Vcpu, name: string): bigint {
  const { cpu, vm } = vcpu;
  switch (name) {
    case 'CNTPCT_EL0':
    case 'CNTPCTSS_EL0':
      return (physicalCount(vcpu) - vm.state.poffset) & MASK64;
    case 'CNTP_CVAL_EL0':
      return (cpu.readRegister(name) - comparatorShift(vm)) & MASK64;
    case 'CNTP_CTL_EL0':
      return control(vcpu, name, timerGet(vcpu, 'CNTPCT_EL0') >= timerGet(vcpu, 'CNTP_CVAL_EL0'));
    case 'CNTV_CTL_EL0':
      return control(vcpu, name, cpu.readRegister('CNTVCT_EL0') >= cpu.readRegister('CNTV_CVAL_EL0'));
    default:
      return cpu.readRegister(name);
  }
}

/** read_timer_ctl: ISTATUS, UNKNOWN while the timer is off, is that of its comparator all the same. */
function control({ cpu }: Vcpu, name: string, met: boolean): bigint {
  return (cpu.readRegister(name) & CTL_WRITABLE) | (met ? CTL.istatus : 0n);
}

/** Writing a counter moves its offset, for all vCPUs of the VM, unless KVM_ARM_SET_COUNTER_OFFSET has given both. */
export function timerSet(vcpu: Vcpu, name: string, value: bigint): void {
  const { cpu, vm } = vcpu;
  switch (name) {
    case 'CNTVCT_EL0':
      if (!vm.state.counter_offset_set) setVirtualOffset(vm, (physicalCount(vcpu) - value) & MASK64);
      return;
    case 'CNTPCT_EL0':
      if (!vm.state.counter_offset_set) setPhysicalOffset(vm, (physicalCount(vcpu) - value) & MASK64);
      return;
    case 'CNTP_CVAL_EL0':
      cpu.writeRegister(name, (value + comparatorShift(vm)) & MASK64);
      return;
    default:
      cpu.writeRegister(name, name.includes('_CTL_') ? value & CTL_WRITABLE : value);
  }
}

function setVirtualOffset(vm: Vm, offset: bigint): void {
  if (vm.state.protected) return;
  vm.state.voffset = offset;
  for (const vcpu of vm.vcpus()) loadOffsets(vcpu);
}

/** The guest's own comparator stays as it is. */
function setPhysicalOffset(vm: Vm, offset: bigint): void {
  if (vm.state.protected) return;
  const compare = vm.vcpus().map((vcpu) => [vcpu, timerGet(vcpu, 'CNTP_CVAL_EL0')] as const);
  vm.state.poffset = offset;
  for (const [vcpu, value] of compare) {
    loadOffsets(vcpu);
    timerSet(vcpu, 'CNTP_CVAL_EL0', value);
  }
}

function loadOffsets({ cpu, vm }: Vcpu): void {
  cpu.writeRegister('CNTVOFF_EL2', vm.state.voffset);
  if (hasCntpoff(vm)) cpu.writeRegister('CNTPOFF_EL2', vm.state.poffset);
  cpu.writeRegister('CNTHCTL_EL2', timerTraps(vm));
}

/** kvm_timer_vcpu_reset: timers are off, with the VM's offsets; what they compare with is what it was, at first 0. */
export function resetTimers(vcpu: Vcpu, compare: readonly (readonly [name: string, value: bigint])[]): void {
  loadOffsets(vcpu);
  for (const [name, value] of compare) timerSet(vcpu, name, value);
}

/** The comparators of a vCPU as its guest sees them. */
export function timerComparators(vcpu: Vcpu): readonly (readonly [name: string, value: bigint])[] {
  return GUEST_TIMERS.map(({ compare }) => [compare, vcpu.state.initialized ? timerGet(vcpu, compare) : 0n] as const);
}

/** kvm_timer_vcpu_init: each vCPU that is created takes the VM's virtual counter back to 0, unless userspace has given the offsets for good. */
export function createTimers(vcpu: Vcpu): void {
  if (vcpu.vm.state.counter_offset_set) return;
  setVirtualOffset(vcpu.vm, physicalCount(vcpu));
  setPhysicalOffset(vcpu.vm, 0n);
}

/** kvm_vm_ioctl_set_counter_offset: of both counters, for good. */
export function setCounterOffset(vm: Vm, offset: bigint, reserved: bigint): KvmResult {
  if (reserved !== 0n) return fails('EINVAL');
  if (vm.vcpus().some(({ state }) => state.in_run !== 0)) return fails('EBUSY');
  vm.state.counter_offset_set = 1;
  setVirtualOffset(vm, offset);
  setPhysicalOffset(vm, offset);
  return ok(undefined);
}

/** In the order of the VM's timer_ppi. */
const GUEST_TIMERS = [
  { control: 'CNTV_CTL_EL0', compare: 'CNTV_CVAL_EL0', count: 'CNTVCT_EL0' },
  { control: 'CNTP_CTL_EL0', compare: 'CNTP_CVAL_EL0', count: 'CNTPCT_EL0' },
] as const;

/**
 * kvm_timer_should_fire, by the guest's own counter and comparator: where the processor's are both that much further, a comparator may have come
 * round to the other side of its counter.
 */
export function timerFires(vcpu: Vcpu, timer: 0 | 1): boolean {
  return (timerGet(vcpu, GUEST_TIMERS[timer].control) & (CTL.enable | CTL.imask | CTL.istatus)) === (CTL.enable | CTL.istatus);
}

/** Gives the vGIC the levels of the timers' outputs as they are now: while a vCPU sleeps, its processor does not. */
export function updateTimerLines(vcpu: Vcpu): void {
  const { vgic, state } = vcpu.vm;
  for (const timer of [0, 1] as const) vgic.setLine(vcpu, state.timer_ppi.get(timer), timerFires(vcpu, timer));
}

/** The timers' outputs as s.regs.device_irq_level has them (kvm_timer_update_run). */
export function timerLevels(vcpu: Vcpu): bigint {
  return (timerFires(vcpu, 0) ? KVM_ARM_DEV.EL1_VTIMER : 0n) | (timerFires(vcpu, 1) ? KVM_ARM_DEV.EL1_PTIMER : 0n);
}

/** kvm_timer_earliest_exp: the physical count at which a timer of the guest fires; undefined when none will. */
export function timerDeadline(vcpu: Vcpu): bigint | undefined {
  let first: bigint | undefined;
  for (const { control, compare, count } of GUEST_TIMERS) {
    if ((timerGet(vcpu, control) & (CTL.enable | CTL.imask | CTL.istatus)) !== CTL.enable) continue;
    const at = physicalCount(vcpu) + timerGet(vcpu, compare) - timerGet(vcpu, count);
    if (first === undefined || at < first) first = at;
  }
  return first;
}
