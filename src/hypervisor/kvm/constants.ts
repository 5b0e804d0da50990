// The numbers of the KVM interface by the kernel's names (include/uapi/linux/kvm.h, arch/arm64/include/uapi/asm/kvm.h). Knows no behaviour.

/** Capabilities. The proposal's has no number in the kernel (the one it was posted with is KVM_CAP_S390_PROTECTED), so it has one of our own. */
export const KVM_CAP = {
  KVM_CAP_IRQCHIP: 0,
  KVM_CAP_USER_MEMORY: 3,
  KVM_CAP_NR_VCPUS: 9,
  KVM_CAP_NR_MEMSLOTS: 10,
  KVM_CAP_MP_STATE: 14,
  KVM_CAP_SYNC_MMU: 16,
  KVM_CAP_DESTROY_MEMORY_REGION_WORKS: 21,
  KVM_CAP_SET_GUEST_DEBUG: 23,
  KVM_CAP_JOIN_MEMORY_REGIONS_WORKS: 30,
  KVM_CAP_INTERNAL_ERROR_DATA: 40,
  KVM_CAP_VCPU_EVENTS: 41,
  KVM_CAP_ENABLE_CAP: 54,
  KVM_CAP_MAX_VCPUS: 66,
  KVM_CAP_ONE_REG: 70,
  KVM_CAP_READONLY_MEM: 81,
  KVM_CAP_ARM_PSCI: 87,
  KVM_CAP_ARM_SET_DEVICE_ADDR: 88,
  KVM_CAP_DEVICE_CTRL: 89,
  KVM_CAP_ARM_EL1_32BIT: 93,
  KVM_CAP_ENABLE_CAP_VM: 98,
  KVM_CAP_VM_ATTRIBUTES: 101,
  KVM_CAP_ARM_PSCI_0_2: 102,
  KVM_CAP_CHECK_EXTENSION_VM: 105,
  KVM_CAP_GUEST_DEBUG_HW_BPS: 119,
  KVM_CAP_GUEST_DEBUG_HW_WPS: 120,
  KVM_CAP_ARM_PMU_V3: 126,
  KVM_CAP_VCPU_ATTRIBUTES: 127,
  KVM_CAP_MAX_VCPU_ID: 128,
  KVM_CAP_IMMEDIATE_EXIT: 136,
  KVM_CAP_ARM_USER_IRQ: 144,
  KVM_CAP_ARM_INJECT_SERROR_ESR: 158,
  KVM_CAP_ARM_VM_IPA_SIZE: 165,
  KVM_CAP_ARM_SVE: 170,
  KVM_CAP_ARM_PTRAUTH_ADDRESS: 171,
  KVM_CAP_ARM_PTRAUTH_GENERIC: 172,
  KVM_CAP_ARM_IRQ_LINE_LAYOUT_2: 174,
  KVM_CAP_ARM_NISV_TO_USER: 177,
  KVM_CAP_ARM_INJECT_EXT_DABT: 178,
  KVM_CAP_STEAL_TIME: 187,
  KVM_CAP_SET_GUEST_DEBUG2: 195,
  KVM_CAP_PTP_KVM: 198,
  KVM_CAP_ARM_MTE: 205,
  KVM_CAP_SYSTEM_EVENT_DATA: 215,
  KVM_CAP_ARM_SYSTEM_SUSPEND: 216,
  KVM_CAP_COUNTER_OFFSET: 227,
  KVM_CAP_ARM_EAGER_SPLIT_CHUNK_SIZE: 228,
  KVM_CAP_ARM_SUPPORTED_BLOCK_SIZES: 229,
  KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES: 230,
  KVM_CAP_MEMORY_FAULT_INFO: 232,
  KVM_CAP_ARM_WRITABLE_IMP_ID_REGS: 239,
  KVM_CAP_ARM_EL2: 240,
  KVM_CAP_ARM_EL2_E2H0: 241,
  KVM_CAP_ARM_CACHEABLE_PFNMAP_SUPPORTED: 243,
  KVM_CAP_ARM_SEA_TO_USER: 245,
  KVM_CAP_ARM_IDSR_TO_USER: 0x5453_0001,
} as const;

export type KvmCap = keyof typeof KVM_CAP;

/** Bits of kvm_vcpu_init.features[0], by the names without KVM_ARM_VCPU_ in lower case. */
export const VCPU_FEATURES = {
  power_off: 0,
  el1_32bit: 1,
  psci_0_2: 2,
  pmu_v3: 3,
  sve: 4,
  ptrauth_address: 5,
  ptrauth_generic: 6,
  has_el2: 7,
  has_el2_e2h0: 8,
} as const;

export type VcpuFeature = keyof typeof VCPU_FEATURES;

export const KVM_ARM_TARGET_GENERIC_V8 = 5;

export const KVM_MP_STATE = {
  KVM_MP_STATE_RUNNABLE: 0,
  KVM_MP_STATE_UNINITIALIZED: 1,
  KVM_MP_STATE_INIT_RECEIVED: 2,
  KVM_MP_STATE_HALTED: 3,
  KVM_MP_STATE_SIPI_RECEIVED: 4,
  KVM_MP_STATE_STOPPED: 5,
  KVM_MP_STATE_CHECK_STOP: 6,
  KVM_MP_STATE_OPERATING: 7,
  KVM_MP_STATE_LOAD: 8,
  KVM_MP_STATE_AP_RESET_HOLD: 9,
  KVM_MP_STATE_SUSPENDED: 10,
} as const;

export const KVM_SYSTEM_EVENT = {
  KVM_SYSTEM_EVENT_SHUTDOWN: 1,
  KVM_SYSTEM_EVENT_RESET: 2,
  KVM_SYSTEM_EVENT_CRASH: 3,
  KVM_SYSTEM_EVENT_WAKEUP: 4,
  KVM_SYSTEM_EVENT_SUSPEND: 5,
} as const;

/** system_event.data[0] of a PSCI SYSTEM_RESET2 and SYSTEM_OFF2. */
export const KVM_SYSTEM_EVENT_RESET_FLAG_PSCI_RESET2 = 1n;
export const KVM_SYSTEM_EVENT_SHUTDOWN_FLAG_PSCI_OFF2 = 1n;

/** kvm_userspace_memory_region.flags. */
export const KVM_MEM = { log_dirty_pages: 1, readonly: 2 } as const;

/** kvm_arm_copy_mte_tags.flags. */
export const KVM_ARM_TAGS = { from_guest: 1 } as const;

/** kvm_guest_debug.control. */
export const KVM_GUESTDBG = { enable: 1, singlestep: 2, use_sw_bp: 1 << 16, use_hw: 1 << 17 } as const;
export const KVM_GUESTDBG_VALID_MASK =
  KVM_GUESTDBG.enable | KVM_GUESTDBG.singlestep | KVM_GUESTDBG.use_sw_bp | KVM_GUESTDBG.use_hw;

/** kvm_run.flags after KVM_EXIT_DEBUG: debug.arch.hsr_high counts. */
export const KVM_DEBUG_ARCH_HSR_HIGH_VALID = 1;

/** hypercall.flags. */
export const KVM_HYPERCALL_EXIT = { SMC: 1n, '16BIT': 2n } as const;

/** arm_sea.flags. */
export const KVM_EXIT_ARM_SEA_FLAG_GPA_VALID = 1n;

/** arm_idsr.flags, which the review of the proposal asked for: which instruction set accessed the register, and how wide. */
export const KVM_ARM_IDSR_FLAG = { AARCH32: 1, WIDE: 2 } as const;

export const KVM_DEV_TYPE = { KVM_DEV_TYPE_ARM_VGIC_V2: 5, KVM_DEV_TYPE_ARM_VGIC_V3: 7, KVM_DEV_TYPE_ARM_VGIC_ITS: 8 } as const;

/** kvm_irq_level.irq: type 27:24, vcpu2 31:28, vcpu 23:16, number 15:0. */
export const KVM_ARM_IRQ_TYPE = { CPU: 0, SPI: 1, PPI: 2 } as const;

/** Interrupts of a vGIC that is initialised before anybody has said how many (VGIC_NR_IRQS_LEGACY). */
export const DEFAULT_NR_IRQS = 256;

/** INTIDs of a guest's timers unless userspace gives others; in the order of KVM_ARM_VCPU_TIMER_IRQ_*. */
export const TIMER_PPI = { virtual: 27, physical: 30, hypVirtual: 28, hypPhysical: 26 } as const;

/** The place of a vGIC's frame that userspace has not placed (VGIC_ADDR_UNDEF). */
export const UNPLACED = 0xffff_ffff_ffff_ffffn;
