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
