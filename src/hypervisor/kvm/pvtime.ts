// Paravirtual time (arch/arm64/kvm/pvtime.c): where userspace has placed a vCPU's stolen time record. Nothing is stolen on this machine.
import type { Vcpu } from './context.ts';

/** struct pvclock_vcpu_stolen_time: revision, attributes, stolen time, padding to 64 bytes. */
export const NO_STOLEN_TIME = new Uint8Array(64);

/** steal.base; undefined before userspace has set it. */
export function stolenTimeAddress(vcpu: Vcpu): bigint | undefined {
  return vcpu.state.steal_base_valid ? vcpu.state.steal_base : undefined;
}
