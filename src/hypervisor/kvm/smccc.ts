// The SMC calling convention: function ids and how a call is answered (Arm DEN 0028). Knows no service.
import type { Vcpu } from './context.ts';

/** Function ids of the SMC calling convention that KVM knows, PSCI apart. */
export const SMCCC = {
  VERSION: 0x8000_0000,
  ARCH_FEATURES: 0x8000_0001,
  ARCH_WORKAROUND_1: 0x8000_8000,
  ARCH_WORKAROUND_2: 0x8000_7fff,
  ARCH_WORKAROUND_3: 0x8000_3fff,
  TRNG_VERSION: 0x8400_0050,
  TRNG_FEATURES: 0x8400_0051,
  TRNG_GET_UUID: 0x8400_0052,
  TRNG_RND32: 0x8400_0053,
  TRNG_RND64: 0xc400_0053,
  PV_TIME_FEATURES: 0xc500_0020,
  PV_TIME_ST: 0xc500_0021,
  VENDOR_HYP_KVM_FEATURES: 0x8600_0000,
  VENDOR_HYP_KVM_PTP: 0x8600_0001,
  VENDOR_HYP_CALL_UID: 0x8600_ff01,
} as const;

/** KVM's PSCI 0.1 functions: CPU_SUSPEND, CPU_OFF, CPU_ON, MIGRATE. */
export const KVM_PSCI_FN_BASE = 0x95c1_ba5e;

export const NOT_SUPPORTED = -1n;

/** Writes the result of a call (smccc_set_retval); values modulo 2^64. */
export function setReturn(vcpu: Vcpu, ...values: readonly bigint[]): void {
  for (let i = 0; i < 4; i++) vcpu.cpu.setX(i, BigInt.asUintN(64, values[i] ?? 0n));
}
