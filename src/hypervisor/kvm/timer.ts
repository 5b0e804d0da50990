// The generic timer as KVM gives it to a VM (arch/arm64/kvm/arch_timer.c): registers by name for trapped accesses, and by KVM's ids for userspace,
// where two ids are swapped for good. The timers themselves are the processor's.
import { sysreg } from '#arch/sysreg';
import type { Vcpu } from './context.ts';

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
const CTL_WRITABLE = 3n;

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

export function timerGet(vcpu: Vcpu, name: string): bigint {
  return vcpu.cpu.readRegister(name);
}

/** Writing a counter moves its offset: CNTVOFF_EL2 for the virtual one; the physical one cannot be moved here and keeps its value. */
export function timerSet(vcpu: Vcpu, name: string, value: bigint): void {
  if (name === 'CNTVCT_EL0') {
    vcpu.cpu.writeRegister('CNTVOFF_EL2', (vcpu.cpu.readRegister('CNTPCT_EL0') - value) & MASK64);
  } else if (name !== 'CNTPCT_EL0') {
    vcpu.cpu.writeRegister(name, name.includes('_CTL_') ? value & CTL_WRITABLE : value);
  }
}

const CTL = { enable: 1n, imask: 2n, istatus: 4n } as const;
/** In the order of the VM's timer_ppi. */
const GUEST_TIMERS = [
  { control: 'CNTV_CTL_EL0', compare: 'CNTV_CVAL_EL0', virtual: true },
  { control: 'CNTP_CTL_EL0', compare: 'CNTP_CVAL_EL0', virtual: false },
] as const;

/** Gives the vGIC the levels of the timers' outputs as they are now: while a vCPU sleeps, its processor does not. */
export function updateTimerLines(vcpu: Vcpu): void {
  for (const [i, { control }] of GUEST_TIMERS.entries()) {
    const level = (vcpu.cpu.readRegister(control) & (CTL.enable | CTL.imask | CTL.istatus)) === (CTL.enable | CTL.istatus);
    vcpu.vm.vgic.setLine(vcpu, vcpu.vm.state.timer_ppi.get(i), level);
  }
}

/** kvm_timer_earliest_exp: the physical count at which a timer of the guest fires; undefined when none will. */
export function timerDeadline({ cpu }: Vcpu): bigint | undefined {
  let first: bigint | undefined;
  for (const { control, compare, virtual } of GUEST_TIMERS) {
    if ((cpu.readRegister(control) & (CTL.enable | CTL.imask | CTL.istatus)) !== CTL.enable) continue;
    const at = (cpu.readRegister(compare) + (virtual ? cpu.readRegister('CNTVOFF_EL2') : 0n)) & MASK64;
    if (first === undefined || at < first) first = at;
  }
  return first;
}
