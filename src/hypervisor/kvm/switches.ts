// What a VMM can ask of KVM before a VM runs, in words: capabilities to enable and vCPU features, each with a sentence for off and for on. The
// policy switches are policy.ts. Knows nothing of how they are carried out.
import type { KvmCap, VcpuFeature } from './constants.ts';

export interface ConfigurationSwitch {
  readonly title: string;
  /** One sentence for off, one for on. */
  readonly docs: readonly [off: string, on: string];
}

/** The capabilities that KVM_ENABLE_CAP takes on a VM without an argument. */
export const CAPABILITY_SWITCHES = {
  KVM_CAP_ARM_IDSR_TO_USER: {
    title: 'IMPLEMENTATION DEFINED registers leave to userspace (proposal)',
    docs: [
      'KVM knows none of them: the guest takes UNDEFINED at EL1, and userspace never hears of it.',
      'KVM_EXIT_ARM_IDSR: userspace is the register. What it does not handle is UNDEFINED in the guest.',
    ],
  },
  KVM_CAP_ARM_NISV_TO_USER: {
    title: 'Accesses without syndrome leave to userspace',
    docs: [
      'Where ISV = 0 KVM does not know what was to be loaded or stored, and does not decode: KVM_RUN fails with ENOSYS.',
      'KVM_EXIT_ARM_NISV: userspace gets the address and decides: an abort, a skip, or decoding the instruction itself.',
    ],
  },
  KVM_CAP_ARM_WRITABLE_IMP_ID_REGS: {
    title: 'MIDR_EL1, REVIDR_EL1 and AIDR_EL1 are writable',
    docs: ['The guest reads the host’s; a write of anything else is EINVAL.', 'Userspace may set them before the VM runs.'],
  },
  KVM_CAP_ARM_SEA_TO_USER: {
    title: 'Memory errors leave to userspace',
    docs: [
      'A synchronous external abort that the host does not claim becomes an SError of the guest.',
      'KVM_EXIT_ARM_SEA: userspace gets the syndrome and the address, and decides.',
    ],
  },
  KVM_CAP_ARM_SYSTEM_SUSPEND: {
    title: 'PSCI SYSTEM_SUSPEND',
    docs: ['The call is not supported.', 'The call leaves with KVM_SYSTEM_EVENT_SUSPEND.'],
  },
  KVM_CAP_ARM_MTE: {
    title: 'Memory tagging',
    docs: ['ID_AA64PFR1_EL1.MTE reads 0, and HCR_EL2.TID5 takes GMID_EL1.', 'The VM has FEAT_MTE2 where the host has it.'],
  },
} as const satisfies Partial<Readonly<Record<KvmCap, ConfigurationSwitch>>>;

/** What kind of VM KVM_CREATE_VM makes. */
export const VM_SWITCHES = {
  protected: {
    title: 'Protected VM (pKVM)',
    docs: [
      'The host may look into the guest’s memory.',
      'The host may not: an access without syndrome is an external abort in the guest, and no capability can be enabled.',
    ],
  },
} as const satisfies Readonly<Record<string, ConfigurationSwitch>>;

/** The bits of kvm_vcpu_init.features; `capability` says whether this host has it. */
export const FEATURE_SWITCHES: Readonly<Record<VcpuFeature, ConfigurationSwitch & { readonly capability?: KvmCap }>> = {
  psci_0_2: {
    title: 'PSCI 0.2 and later',
    docs: ['The guest gets PSCI 0.1, whose calls have numbers of their own.', 'The guest gets PSCI 1.3 by HVC.'],
    capability: 'KVM_CAP_ARM_PSCI_0_2',
  },
  pmu_v3: {
    title: 'PMUv3',
    docs: [
      'ID_AA64DFR0_EL1.PMUVer reads 0, and the PMU’s registers are UNDEFINED.',
      'The guest has a PMU, PMUv3p5 at most; KVM emulates its registers.',
    ],
    capability: 'KVM_CAP_ARM_PMU_V3',
  },
  ptrauth_address: {
    title: 'Pointer authentication of addresses',
    docs: [
      'ID_AA64ISAR1_EL1.APA and API read 0; the instructions are UNDEFINED or do nothing.',
      'The guest has it; together with ptrauth_generic.',
    ],
    capability: 'KVM_CAP_ARM_PTRAUTH_ADDRESS',
  },
  ptrauth_generic: {
    title: 'Pointer authentication, generic codes',
    docs: ['ID_AA64ISAR1_EL1.GPA and GPI read 0.', 'The guest has it; together with ptrauth_address.'],
    capability: 'KVM_CAP_ARM_PTRAUTH_GENERIC',
  },
  sve: {
    title: 'Scalable Vector Extension',
    docs: [
      'ID_AA64PFR0_EL1.SVE reads 0, and CPTR_EL2 takes every access.',
      'The guest has the host’s SVE; to be finalized before the first run.',
    ],
    capability: 'KVM_CAP_ARM_SVE',
  },
  power_off: {
    title: 'The first vCPU starts powered off',
    docs: ['It runs at once; the others wait for CPU_ON in any case.', 'It waits for CPU_ON, which nobody can call.'],
  },
  el1_32bit: {
    title: 'AArch32 at EL1',
    docs: ['The guest’s EL1 is AArch64.', 'The guest’s EL1 is AArch32.'],
    capability: 'KVM_CAP_ARM_EL1_32BIT',
  },
  has_el2: {
    title: 'Nested virtualization',
    docs: ['The guest has EL1 and EL0.', 'The guest has an EL2.'],
    capability: 'KVM_CAP_ARM_EL2',
  },
  has_el2_e2h0: {
    title: 'Nested virtualization with HCR_EL2.E2H = 0',
    docs: ['A nested hypervisor finds E2H fixed at 1.', 'A nested hypervisor may clear E2H.'],
    capability: 'KVM_CAP_ARM_EL2_E2H0',
  },
};
