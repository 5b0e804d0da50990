// What KVM remembers of a VM and of each vCPU, as structures in the machine's memory: snapshots, hashes and what-if runs see all of it, and a
// KVM object is nothing but a view over these bytes. Field names follow struct kvm_arch and struct kvm_vcpu_arch. Guest registers are not here:
// they are the processor's own.
import { type Bytes, layout } from '#base';

/** Most that one VM can have; the kernel's limits are 512 vCPUs and 32767 slots. */
export const MAX_VCPUS = 8;
export const MAX_MEMSLOTS = 64;
export const MAX_SMCCC_FILTERS = 64;
export const MAX_REDIST_REGIONS = 16;

/** ID registers that live per VM: op0 3, op1 0, CRn 0, CRm 1 to 7, then CTR_EL0, MIDR_EL1, REVIDR_EL1, AIDR_EL1. */
const ID_REGISTER_SLOTS = 7 * 8 + 4;

const VM = layout({
  created: 'u8',
  /** kvm_vm_dead: every ioctl but KVM_CREATE_VM says EIO from now on. */
  vm_dead: 'u8',
  protected: 'u8',
  ipa_bits: 'u8',
  /** KVM_ARCH_FLAG_HAS_RAN_ONCE. */
  has_ran_once: 'u8',
  /** Set by the first-write policy; ID registers refuse changes from then on. */
  id_frozen: 'u8',
  features_configured: 'u8',
  return_nisv_io_abort_to_user: 'u8',
  system_suspend_enabled: 'u8',
  writable_imp_id_regs: 'u8',
  /** KVM_ARM_SET_COUNTER_OFFSET has given the offsets of both counters. */
  counter_offset_set: 'u8',
  exit_sea: 'u8',
  idsr_to_user: 'u8',
  mte_enabled: 'u8',
  /** In-kernel irqchip: 0 none, else the KVM_DEV_TYPE_ number. */
  vgic_model: 'u8',
  vgic_initialized: 'u8',
  smccc_filter_configured: 'u8',
  /** KVM_ARCH_FLAG_TIMER_PPIS_IMMUTABLE. */
  timer_ppis_immutable: 'u8',
  fgu_initialized: 'u8',
  /** kvm_vcpu_init.features[0] that all vCPUs share, without POWER_OFF. */
  vcpu_features: 'u32',
  created_vcpus: 'u32',
  memslots: 'u32',
  smccc_filters: 'u32',
  nr_pmu_counters: 'u32',
  /** Interrupts of the timers, by the attribute's number: virtual, physical, and the two of EL2. */
  timer_ppi: 'u8[4]',
  /** 0: neither given nor settled by the initialisation. */
  vgic_nr_irqs: 'u32',
  /** Maintenance interrupt, as userspace has given it. */
  mi_intid: 'u8',
  /** Bytes of the table region that stage 2 has used. */
  stage2_used: 'u32',
  eager_split_chunk_size: 'u64',
  /** What the guest's counters are behind the host's: virtual, physical. */
  voffset: 'u64',
  poffset: 'u64',
  /** All ones: not placed yet. */
  vgic_dist_base: 'u64',
  /** Regions of redistributors: where, and how many redistributors (0: as many as there are vCPUs). */
  redist_regions: 'u32',
  redist_region_base: `u64[${MAX_REDIST_REGIONS}]`,
  redist_region_count: `u32[${MAX_REDIST_REGIONS}]`,
  vttbr: 'u64',
  vtcr: 'u64',
  psci_version: 'u64',
  /** Counter of the guest's random numbers. */
  random: 'u64',
  std_bmap: 'u64',
  std_hyp_bmap: 'u64',
  vendor_hyp_bmap: 'u64',
  vendor_hyp_bmap_2: 'u64',
  id_regs: `u64[${ID_REGISTER_SLOTS}]`,
  /** Fine-grained UNDEF masks by group: HFGRTR, HFGITR, HDFGRTR, HAFGRTR, HFGRTR2, HFGITR2, HDFGRTR2. */
  fgu: 'u64[8]',
  /** Bits of trap registers that a configuration sets or clears, in the order of OVERRIDABLE. */
  override_set: 'u64[24]',
  override_clear: 'u64[24]',
  /** vCPU id of the vCPU with this index; 0xffff: none. */
  vcpu_ids: `u16[${MAX_VCPUS}]`,
  slot_id: `u16[${MAX_MEMSLOTS}]`,
  slot_flags: `u32[${MAX_MEMSLOTS}]`,
  slot_guest_phys_addr: `u64[${MAX_MEMSLOTS}]`,
  slot_memory_size: `u64[${MAX_MEMSLOTS}]`,
  slot_userspace_addr: `u64[${MAX_MEMSLOTS}]`,
  filter_base: `u32[${MAX_SMCCC_FILTERS}]`,
  filter_end: `u32[${MAX_SMCCC_FILTERS}]`,
  filter_action: `u8[${MAX_SMCCC_FILTERS}]`,
});

const VCPU = layout({
  initialized: 'u8',
  sve_finalized: 'u8',
  /** P0 to P15 and FFR of 128-bit vectors. */
  sve_predicates: 'u16[17]',
  has_run_once: 'u8',
  /** Its timers own their interrupts (timer_cpu.enabled). */
  timer_enabled: 'u8',
  /** KVM_RUN has been entered and has not returned: the thread is inside the ioctl. */
  in_run: 'u8',
  /** Why the thread sleeps inside KVM_RUN: 0 it does not, 1 WFI, 2 stopped, 3 suspended. */
  blocked: 'u8',
  /** vcpu->mmio_needed, and what completion needs of the abort. */
  mmio_needed: 'u8',
  /** The proposal's pending access. */
  idsr_pending: 'u8',
  /** Debug register ownership: 0 free, 1 guest, 2 host. */
  debug_owner: 'u8',
  guest_ss_active_pending: 'u8',
  host_ss_active_pending: 'u8',
  debug_loaded: 'u8',
  /** KVM_REQ_VCPU_RESET with its arguments (vcpu->arch.reset_state). */
  reset: 'u8',
  reset_be: 'u8',
  mp_state: 'u32',
  guest_debug: 'u32',
  exits: 'u32',
  steal_base_valid: 'u8',
  steal_base: 'u64',
  reset_pc: 'u64',
  reset_r0: 'u64',
  /** Syndrome and addresses of the last exit. */
  esr_el2: 'u64',
  far_el2: 'u64',
  hpfar_el2: 'u64',
  /** HPFAR_EL2 was written by that exit. */
  hpfar_valid: 'u8',
  /** vcpu->arch.hcr_el2. */
  hcr_el2: 'u64',
  mdcr_el2: 'u64',
  vsesr_el2: 'u64',
  wfx_deadline: 'u64',
  /** WFIT: wfx_deadline counts. */
  wfx_timed: 'u8',
  /** Registers that KVM keeps for the guest while hardware holds others. */
  mdscr_el1: 'u64',
  oslsr_el1: 'u64',
  csselr_el1: 'u64',
  clidr_el1: 'u64',
  /** Userspace has set one: `ccsidr` counts. */
  ccsidr_set: 'u8',
  ccsidr: 'u64[14]',
  pmu_created: 'u8',
  pmu_irq: 'u32',
  pmcr: 'u64',
  pmcnten: 'u64',
  pminten: 'u64',
  pmovs: 'u64',
  pmuserenr: 'u64',
  pmselr: 'u64',
  /** Instruction count up to which the counters have been brought; 31 is the cycle counter. */
  pm_base: 'u64',
  pm_evcntr: 'u64[32]',
  pm_evtyper: 'u64[32]',
  guest_dbgbcr: 'u64[16]',
  guest_dbgbvr: 'u64[16]',
  guest_dbgwcr: 'u64[16]',
  guest_dbgwvr: 'u64[16]',
  /** KVM_SET_GUEST_DEBUG's arrays. */
  external_bcr: 'u64[16]',
  external_bvr: 'u64[16]',
  external_wcr: 'u64[16]',
  external_wvr: 'u64[16]',
});

export type VmState = ReturnType<typeof VM.attach>;
export type VcpuState = ReturnType<typeof VCPU.attach>;

/** Bytes of a VM's record and of one vCPU's. */
export const VM_STATE_SIZE = VM.size;
export const VCPU_STATE_SIZE = VCPU.size;

export function vmState(bytes: Bytes): VmState {
  return VM.attach(bytes);
}

export function vcpuState(bytes: Bytes): VcpuState {
  return VCPU.attach(bytes);
}

/** Values of VcpuState.blocked. */
export const BLOCKED = { no: 0, wfi: 1, stopped: 2, suspended: 3 } as const;
export const DEBUG_OWNER = { free: 0, guest: 1, host: 2 } as const;
