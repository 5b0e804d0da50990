// A VM as its file descriptor: capabilities, memory, vCPUs, interrupt lines, attributes, masks (arch/arm64/kvm/arm.c). All that it knows is in bytes
// of the host's memory; an object of this class can be made anew over them at any time.
import { featuresOfRegisters } from '#arch/features';
import { sysreg } from '#arch/sysreg';
import { assert, type Bytes, ok, subBytes } from '#base';
import { GIC_STATE_SIZE } from '#devices';
import { type Attribute, deviceAttributes, vcpuAttributes, vmAttributes } from './attributes.ts';
import {
  KVM_ARM_IRQ_TYPE,
  KVM_CAP,
  KVM_DEV_TYPE,
  KVM_GUESTDBG_VALID_MASK,
  KVM_MEM,
  type KvmCap,
  TIMER_PPI,
  UNPLACED,
  VCPU_FEATURES,
} from './constants.ts';
import type { Vcpu, Vm } from './context.ts';
import { fails, type KvmResult } from './errno.ts';
import { type UndefinedAccess, undefinedAccesses } from './fgu.ts';
import type { KvmHost } from './host.ts';
import { FW_BITMAPS } from './hypercalls.ts';
import { type IdAdvice, idAdvice } from './id-advice.ts';
import {
  finalizeIdRegisters,
  frozenReason,
  hostField,
  ID_REGISTERS,
  type IdRegister,
  type IdVerdict,
  idRegister,
  idRegisterLimit,
  judgeIdRegister,
  sanitisedHost,
  writableMasks,
} from './id-registers.ts';
import { type IdFieldStory, type IdReason, idFieldStories, judgeThawed, refusalReason } from './id-story.ts';
import { KVM_RUN_PAGE, kvmRunPage } from './kvm-run.ts';
import {
  type CopiedTags,
  type CopyMteTags,
  copyMteTags,
  type MemoryRegion,
  memslots,
  readGuest,
  setUserMemoryRegion,
  writeGuest,
} from './memslots.ts';
import type { KvmPolicy } from './policy.ts';
import { canPlaceAnother } from './redistributors.ts';
import { makeStage2, STAGE2_MAX_IPA_BITS } from './stage2.ts';
import { MAX_MEMSLOTS, MAX_VCPUS, VCPU_STATE_SIZE, VM_STATE_SIZE, vcpuState, vmState } from './state.ts';
import { createTimers, setCounterOffset } from './timer.ts';
import { OVERRIDABLE } from './traps.ts';
import { KvmVcpu } from './vcpu.ts';
import { makeVgic } from './vgic.ts';

/** PARange values as address bits. */
const PA_BITS = [32, 36, 40, 42, 44, 48, 52, 56] as const;
const HCR_VI = 1n << 7n;
const HCR_VF = 1n << 6n;

/** What KVM_ARM_GET_REG_WRITABLE_MASKS is given. */
export interface RegMaskRange {
  readonly range: number;
  /** Reserved words that must be 0, as one number. */
  readonly reserved: number;
}

export class KvmVm {
  readonly #vm: Vm;
  readonly #vcpus: (readonly [Vcpu, KvmVcpu])[] = [];
  readonly #pages: readonly { readonly state: Bytes; readonly run: Bytes }[];

  constructor(host: KvmHost, policy: KvmPolicy) {
    const bytes = (size: number): Bytes => subBytes(host.memory, host.memory.reserve(size), size);
    const state = vmState(bytes(VM_STATE_SIZE));
    this.#pages = Array.from({ length: Math.min(MAX_VCPUS, host.processors) }, () => ({
      state: bytes(VCPU_STATE_SIZE),
      run: bytes(KVM_RUN_PAGE),
    }));
    const features = featuresOfRegisters((name) => host.idRegister(sysreg(name).encoding));
    const has = (name: keyof typeof VCPU_FEATURES): boolean => (state.vcpu_features & (1 << VCPU_FEATURES[name])) !== 0;
    const vcpus = (): readonly Vcpu[] => this.#existing().map(([vcpu]) => vcpu);
    const vm: Vm = {
      host,
      policy,
      state,
      get stage2() {
        return stage2;
      },
      get hostPaBits() {
        return PA_BITS[hostField(vm, 'ID_AA64MMFR0_EL1', 'PARange')] ?? 48;
      },
      get hostIpaLimit() {
        return Math.min(vm.hostPaBits, STAGE2_MAX_IPA_BITS);
      },
      hostHasRas: features.has('FEAT_RAS'),
      get hostHasAArch32() {
        return hostField(vm, 'ID_AA64PFR0_EL1', 'EL0') === 2;
      },
      get hostBreakpoints() {
        return hostField(vm, 'ID_AA64DFR0_EL1', 'BRPs') + 1;
      },
      get hostWatchpoints() {
        return hostField(vm, 'ID_AA64DFR0_EL1', 'WRPs') + 1;
      },
      get hostPmuCounters() {
        const version = hostField(vm, 'ID_AA64DFR0_EL1', 'PMUVer');
        return version === 0 || version === 15 ? 0 : HOST_PMU_COUNTERS;
      },
      hostFeature: (name) => features.has(name),
      hostRegister: (name) => sanitisedHost(vm, sysreg(name).encoding),
      hostField: (register, field) => hostField(vm, register, field),
      get hasPtrauth() {
        return has('ptrauth_address');
      },
      get hasSve() {
        return has('sve');
      },
      get hasPmu() {
        return has('pmu_v3');
      },
      get hasGicV3() {
        return state.vgic_model === KVM_DEV_TYPE.KVM_DEV_TYPE_ARM_VGIC_V3;
      },
      get vgic() {
        return vgic;
      },
      vcpus,
    };
    const stage2 = makeStage2(vm);
    const vgic = makeVgic(vm, bytes(GIC_STATE_SIZE));
    this.#vm = vm;
  }

  /** KVM_CREATE_VM's part that sets the VM up; `bits` has been checked. */
  start(bits: number, isProtected: boolean): void {
    const { state } = this.#vm;
    assert(!state.created, 'the VM exists');
    state.created = 1;
    state.ipa_bits = bits;
    state.protected = isProtected ? 1 : 0;
    state.vcpu_ids.set(0, 0xffff);
    state.vgic_dist_base = UNPLACED;
    for (const [i, ppi] of Object.values(TIMER_PPI).entries()) state.timer_ppi.set(i, ppi);
    for (const [name, row] of Object.entries(FW_BITMAPS)) state[name as keyof typeof FW_BITMAPS] = row.reset;
    this.#vm.stage2.create();
  }

  get policy(): KvmPolicy {
    return this.#vm.policy;
  }

  /** What its vCPUs were given by KVM_ARM_VCPU_INIT (features[0], without POWER_OFF). */
  get vcpuFeatures(): bigint {
    return BigInt(this.#vm.state.vcpu_features);
  }

  /** The vCPUs that exist, in order of creation. */
  get vcpus(): readonly KvmVcpu[] {
    return this.#existing().map(([, vcpu]) => vcpu);
  }

  /** The vCPU with this id. */
  vcpu(id: number): KvmVcpu | undefined {
    return this.vcpus.find((vcpu) => vcpu.id === id);
  }

  /** KVM_CHECK_EXTENSION on the VM; 0 for a capability that it does not have. */
  checkExtension(cap: number): number {
    const { host, state } = this.#vm;
    const vm = this.#vm;
    const max = this.#pages.length;
    if (state.protected && !PROTECTED_CAPS.has(cap)) return 0;
    switch (cap) {
      case KVM_CAP.KVM_CAP_NR_VCPUS:
      case KVM_CAP.KVM_CAP_MAX_VCPUS:
      case KVM_CAP.KVM_CAP_MAX_VCPU_ID:
        return max;
      case KVM_CAP.KVM_CAP_NR_MEMSLOTS:
        return MAX_MEMSLOTS;
      case KVM_CAP.KVM_CAP_SET_GUEST_DEBUG2:
        return KVM_GUESTDBG_VALID_MASK;
      case KVM_CAP.KVM_CAP_GUEST_DEBUG_HW_BPS:
        return vm.hostBreakpoints;
      case KVM_CAP.KVM_CAP_GUEST_DEBUG_HW_WPS:
        return vm.hostWatchpoints;
      case KVM_CAP.KVM_CAP_ARM_PMU_V3:
        return vm.hostPmuCounters > 0 ? 1 : 0;
      case KVM_CAP.KVM_CAP_ARM_INJECT_SERROR_ESR:
        return vm.hostHasRas ? 1 : 0;
      case KVM_CAP.KVM_CAP_ARM_VM_IPA_SIZE:
        return vm.hostIpaLimit;
      case KVM_CAP.KVM_CAP_ARM_SVE:
        return vm.hostFeature('FEAT_SVE') ? 1 : 0;
      case KVM_CAP.KVM_CAP_ARM_PTRAUTH_ADDRESS:
      case KVM_CAP.KVM_CAP_ARM_PTRAUTH_GENERIC:
        return vm.hostFeature('FEAT_PAuth') ? 1 : 0;
      case KVM_CAP.KVM_CAP_ARM_MTE:
        return vm.hostFeature('FEAT_MTE2') ? 1 : 0;
      case KVM_CAP.KVM_CAP_ARM_EAGER_SPLIT_CHUNK_SIZE:
        return Number(state.eager_split_chunk_size);
      case KVM_CAP.KVM_CAP_ARM_SUPPORTED_BLOCK_SIZES:
        return SUPPORTED_BLOCK_SIZES;
      case KVM_CAP.KVM_CAP_IRQCHIP:
        return hostField(vm, 'ID_AA64PFR0_EL1', 'GIC') >= 1 ? 1 : 0;
      default:
        return ALWAYS.has(cap) && host.processors > 0 ? 1 : 0;
    }
  }

  /** KVM_ENABLE_CAP on the VM. */
  enableCap(cap: number, args: readonly bigint[] = [], flags = 0): KvmResult {
    if (this.#dead) return fails('EIO');
    const { state, hostFeature } = this.#vm;
    if (flags !== 0) return fails('EINVAL');
    if (state.protected && !PROTECTED_CAPS.has(cap)) return fails('EINVAL');
    switch (cap) {
      case KVM_CAP.KVM_CAP_ARM_NISV_TO_USER:
        state.return_nisv_io_abort_to_user = 1;
        return ok(undefined);
      case KVM_CAP.KVM_CAP_ARM_SYSTEM_SUSPEND:
        state.system_suspend_enabled = 1;
        return ok(undefined);
      case KVM_CAP.KVM_CAP_ARM_SEA_TO_USER:
        state.exit_sea = 1;
        return ok(undefined);
      case KVM_CAP.KVM_CAP_ARM_IDSR_TO_USER:
        state.idsr_to_user = 1;
        return ok(undefined);
      case KVM_CAP.KVM_CAP_ARM_MTE:
        if (!hostFeature('FEAT_MTE2') || state.created_vcpus) return fails('EINVAL');
        state.mte_enabled = 1;
        return ok(undefined);
      case KVM_CAP.KVM_CAP_ARM_WRITABLE_IMP_ID_REGS:
        if (state.created_vcpus) return fails('EINVAL');
        state.writable_imp_id_regs = 1;
        return ok(undefined);
      case KVM_CAP.KVM_CAP_ARM_EAGER_SPLIT_CHUNK_SIZE: {
        const size = args[0] ?? 0n;
        const supported = size === 0n || (size & BigInt(SUPPORTED_BLOCK_SIZES)) === size;
        if (state.memslots !== 0 || !supported || (size & (size - 1n)) !== 0n) return fails('EINVAL');
        state.eager_split_chunk_size = size;
        return ok(undefined);
      }
      default:
        return fails('EINVAL');
    }
  }

  /** KVM_ARM_SET_COUNTER_OFFSET: what the guest's counters, virtual and physical, are behind the host's. */
  setCounterOffset(offset: bigint, reserved = 0n): KvmResult {
    if (this.#dead) return fails('EIO');
    return setCounterOffset(this.#vm, offset, reserved);
  }

  /** KVM_SET_USER_MEMORY_REGION. */
  setUserMemoryRegion(region: MemoryRegion): KvmResult {
    if (this.#dead) return fails('EIO');
    return setUserMemoryRegion(this.#vm, region);
  }

  /** The slots that exist. */
  get memslots(): readonly MemoryRegion[] {
    return memslots(this.#vm);
  }

  /** The VMM's own view of guest memory: EFAULT when some of the range has no slot. */
  readMemory(ipa: bigint, length: number): KvmResult<Uint8Array> {
    return readGuest(this.#vm, ipa, length);
  }

  /** Writes guest memory as the VMM does, read-only slots too. */
  writeMemory(ipa: bigint, bytes: Uint8Array): KvmResult {
    return writeGuest(this.#vm, ipa, bytes);
  }

  /** KVM_ARM_MTE_COPY_TAGS. */
  copyMteTags(request: CopyMteTags): KvmResult<CopiedTags> {
    if (this.#dead) return fails('EIO');
    return copyMteTags(this.#vm, request);
  }

  /**
   * An uncorrectable error in the page behind a guest address: whatever the guest does there takes a synchronous external abort from now on.
   * For tests of what follows; EFAULT where no slot is.
   */
  poison(ipa: bigint): KvmResult {
    const page = ipa & ~0xfffn;
    const slot = memslots(this.#vm).find((s) => page >= s.guest_phys_addr && page < s.guest_phys_addr + s.memory_size);
    if (!slot) return fails('EFAULT');
    const mapped = this.#vm.stage2.map(page, NO_MEMORY, 4096n, { write: !(slot.flags & KVM_MEM.readonly) });
    return mapped ? ok(undefined) : fails('ENOMEM');
  }

  /** KVM_CREATE_VCPU. */
  createVcpu(id: number): KvmResult<KvmVcpu> {
    if (this.#dead) return fails('EIO');
    const { state } = this.#vm;
    if (!Number.isInteger(id) || id < 0 || id >= MAX_VCPU_IDS) return fails('EINVAL');
    if (state.created_vcpus >= this.#pages.length) return fails('EINVAL');
    if (state.vgic_initialized) return fails('EBUSY');
    if (!canPlaceAnother(this.#vm)) return fails('EINVAL');
    if (this.vcpu(id)) return fails('EEXIST');
    state.vcpu_ids.set(state.created_vcpus, id);
    state.created_vcpus += 1;
    const made = this.#existing().at(-1);
    assert(made, 'the vCPU that was just created');
    createTimers(made[0]);
    return ok(made[1]);
  }

  /** KVM_IRQ_LINE. */
  irqLine(irq: number, level: number): KvmResult {
    if (this.#dead) return fails('EIO');
    const vm = this.#vm;
    const type = (irq >>> 24) & 0xf;
    const vcpuId = ((irq >>> 16) & 0xff) + ((irq >>> 28) & 0xf) * 256;
    const number = irq & 0xffff;
    const inKernel = vm.state.vgic_model !== 0;
    switch (type) {
      case KVM_ARM_IRQ_TYPE.CPU: {
        if (inKernel) return fails('ENXIO');
        const vcpu = vm.vcpus().find((v) => v.id === vcpuId);
        if (!vcpu || number > 1) return fails('EINVAL');
        const bit = number === 0 ? HCR_VI : HCR_VF;
        vcpu.state.hcr_el2 = level ? vcpu.state.hcr_el2 | bit : vcpu.state.hcr_el2 & ~bit;
        return ok(undefined);
      }
      case KVM_ARM_IRQ_TYPE.PPI: {
        if (!inKernel) return fails('ENXIO');
        const vcpu = vm.vcpus().find((v) => v.id === vcpuId);
        if (!vcpu || number < 16 || number >= 32) return fails('EINVAL');
        return this.#raise(vcpu, number, level !== 0);
      }
      case KVM_ARM_IRQ_TYPE.SPI:
        if (!inKernel) return fails('ENXIO');
        return number < 32 ? fails('EINVAL') : this.#raise(undefined, number, level !== 0);
      default:
        return fails('EINVAL');
    }
  }

  /**
   * kvm_vgic_inject_irq: of an edge-triggered interrupt every call with a level of 1 is an edge, whether or not one with 0 was between. An interrupt
   * that belongs to a timer or a PMU is theirs alone: the call does nothing, and succeeds.
   */
  #raise(vcpu: Vcpu | undefined, intid: number, level: boolean): KvmResult {
    const { vgic } = this.#vm;
    if (vgic.isReady && this.#isOwned(vcpu, intid)) return ok(undefined);
    if (level) vgic.setLine(vcpu, intid, false);
    return vgic.setLine(vcpu, intid, level);
  }

  /** kvm_vgic_set_owner has been called for it: at the first run for the timers, at KVM_ARM_VCPU_PMU_V3_INIT for a PMU. */
  #isOwned(vcpu: Vcpu | undefined, intid: number): boolean {
    const vm = this.#vm;
    const timers = [vm.state.timer_ppi.get(0), vm.state.timer_ppi.get(1)];
    if (vcpu?.state.timer_enabled && timers.includes(intid)) return true;
    return (vcpu ? [vcpu] : vm.vcpus()).some(({ state }) => state.pmu_created !== 0 && state.pmu_irq === intid);
  }

  /** KVM_CREATE_DEVICE. */
  createDevice(type: number): KvmResult {
    if (this.#dead) return fails('EIO');
    const { state } = this.#vm;
    if (type !== KVM_DEV_TYPE.KVM_DEV_TYPE_ARM_VGIC_V3) return fails('ENODEV');
    if (hostField(this.#vm, 'ID_AA64PFR0_EL1', 'GIC') === 0) return fails('ENODEV');
    if (state.vgic_model) return fails('EEXIST');
    // kvm_vgic_create: too late once a vCPU has run.
    if (this.#vm.vcpus().some((v) => v.state.has_run_once)) return fails('EBUSY');
    state.vgic_model = type;
    finalizeIdRegisters(this.#vm);
    return ok(undefined);
  }

  /** KVM_HAS_DEVICE_ATTR, KVM_GET_DEVICE_ATTR and KVM_SET_DEVICE_ATTR: on the VM, on a vCPU, or on a device by its type. */
  get attributes(): Attribute {
    return this.#alive(vmAttributes(this.#vm));
  }

  vcpuAttributes(id: number): Attribute | undefined {
    const vcpu = this.#vm.vcpus().find((v) => v.id === id);
    return vcpu && this.#alive(vcpuAttributes(vcpu));
  }

  deviceAttributes(type: number): Attribute | undefined {
    return this.#vm.state.vgic_model === type ? this.#alive(deviceAttributes(this.#vm)) : undefined;
  }

  /** KVM_ARM_GET_REG_WRITABLE_MASKS: the masks that are not 0, by register name. */
  writableMasks(range: RegMaskRange): KvmResult<ReadonlyMap<string, bigint>> {
    if (this.#dead) return fails('EIO');
    return range.range !== 0 || range.reserved !== 0 ? fails('EINVAL') : ok(writableMasks(this.#vm));
  }

  /** One row of the view of ID registers: what the host has, what KVM allows, what the VM has. */
  get idRegisters(): readonly {
    readonly row: IdRegister;
    readonly host: bigint;
    readonly limit: bigint;
    readonly value: bigint;
  }[] {
    const vm = this.#vm;
    return ID_REGISTERS.map((row) => ({
      row,
      host: vm.host.idRegister(row.encoding),
      limit: row.kind === 'implementation' ? vm.host.idRegister(row.encoding) : idRegisterLimit(vm, row),
      value: idRegister(vm, row.encoding),
    }));
  }

  /** What KVM_SET_ONE_REG would say to a value, with the reason; changes nothing. */
  judgeIdRegister(row: IdRegister, value: bigint): IdVerdict {
    return judgeIdRegister(this.#vm, row, value);
  }

  /** What it would say if nothing were frozen. */
  judgeThawed(row: IdRegister, value: bigint): IdVerdict {
    return judgeThawed(this.#vm, row, value);
  }

  /** Who refuses, and why, in full. */
  refusalReason(row: IdRegister, value: bigint, verdict: Extract<IdVerdict, { ok: false }>): IdReason {
    return refusalReason(this.#vm, row, value, verdict);
  }

  /** The fields of an ID register with their limits, reasons and consequences. */
  idFieldStories(row: IdRegister): readonly IdFieldStory[] {
    return idFieldStories(this.#vm, row);
  }

  /** Why ID registers no longer change; undefined while they do. */
  get idRegistersFrozen(): string | undefined {
    return frozenReason(this.#vm);
  }

  /** Rules between ID registers that KVM leaves to userspace, and that the values as they are break. */
  get idAdvice(): readonly IdAdvice[] {
    return idAdvice(this.#vm);
  }

  /** What the guest will find UNDEFINED because of the ID registers as they are. */
  get undefinedAccesses(): readonly UndefinedAccess[] {
    return undefinedAccesses(this.#vm);
  }

  /** Sets and clears bits of a trap register on top of KVM's own choice, for experiments. False for a register that is none. */
  overrideTrapControl(register: string, set: bigint, clear: bigint): boolean {
    const i = OVERRIDABLE.indexOf(register);
    if (i < 0) return false;
    this.#vm.state.override_set.set(i, set);
    this.#vm.state.override_clear.set(i, clear);
    return true;
  }

  get #dead(): boolean {
    return this.#vm.state.vm_dead !== 0;
  }

  #alive(attributes: Attribute): Attribute {
    return this.#dead ? NO_ATTRIBUTES : attributes;
  }

  #existing(): readonly (readonly [Vcpu, KvmVcpu])[] {
    const { state } = this.#vm;
    const count = state.created_vcpus;
    this.#vcpus.length = Math.min(this.#vcpus.length, count);
    for (let index = 0; index < count; index++) {
      const id = state.vcpu_ids.get(index);
      if (this.#vcpus[index]?.[0].id !== id) this.#vcpus[index] = this.#makeVcpu(index, id);
    }
    return this.#vcpus;
  }

  #makeVcpu(index: number, id: number): readonly [Vcpu, KvmVcpu] {
    const vm = this.#vm;
    const page = this.#pages[index];
    assert(page, 'a vCPU has a page');
    const vcpu: Vcpu = {
      vm,
      index,
      id,
      cpu: vm.host.processor(index),
      state: vcpuState(page.state),
      run: kvmRunPage(page.run),
      path: [],
      adjustment: undefined,
      yielded: false,
      inGuest: false,
      report(phase) {
        vm.host.observe?.({ ...phase, vcpu: id, exit: vcpu.state.exits });
      },
    };
    return [vcpu, new KvmVcpu(vcpu)];
  }
}

/** Attributes of a VM that is dead. */
const NO_ATTRIBUTES: Attribute = { has: () => fails('EIO'), get: () => fails('EIO'), set: () => fails('EIO') };

/** A physical address where a host has no memory. */
const NO_MEMORY = 0xff00_0000_0000n;
/** KVM_MAX_VCPU_IDS. */
const MAX_VCPU_IDS = 512;
/** Event counters of the host's PMU. */
const HOST_PMU_COUNTERS = 6;
/** 4 KiB pages, 2 MiB and 1 GiB blocks. */
const SUPPORTED_BLOCK_SIZES = (1 << 12) | (1 << 21) | (1 << 30);

const caps = (...names: readonly KvmCap[]): ReadonlySet<number> => new Set(names.map((name) => KVM_CAP[name]));

/** Capabilities whose value is 1 on every host. */
const ALWAYS = caps(
  'KVM_CAP_USER_MEMORY',
  'KVM_CAP_SYNC_MMU',
  'KVM_CAP_DESTROY_MEMORY_REGION_WORKS',
  'KVM_CAP_JOIN_MEMORY_REGIONS_WORKS',
  'KVM_CAP_INTERNAL_ERROR_DATA',
  'KVM_CAP_ENABLE_CAP_VM',
  'KVM_CAP_CHECK_EXTENSION_VM',
  'KVM_CAP_VM_ATTRIBUTES',
  'KVM_CAP_DEVICE_CTRL',
  'KVM_CAP_ONE_REG',
  'KVM_CAP_ARM_PSCI',
  'KVM_CAP_ARM_PSCI_0_2',
  'KVM_CAP_READONLY_MEM',
  'KVM_CAP_MP_STATE',
  'KVM_CAP_IMMEDIATE_EXIT',
  'KVM_CAP_VCPU_EVENTS',
  'KVM_CAP_ARM_IRQ_LINE_LAYOUT_2',
  'KVM_CAP_ARM_NISV_TO_USER',
  'KVM_CAP_ARM_INJECT_EXT_DABT',
  'KVM_CAP_SET_GUEST_DEBUG',
  'KVM_CAP_VCPU_ATTRIBUTES',
  'KVM_CAP_PTP_KVM',
  'KVM_CAP_STEAL_TIME',
  'KVM_CAP_ARM_SYSTEM_SUSPEND',
  'KVM_CAP_SYSTEM_EVENT_DATA',
  'KVM_CAP_ARM_WRITABLE_IMP_ID_REGS',
  'KVM_CAP_ARM_SEA_TO_USER',
  'KVM_CAP_ARM_SET_DEVICE_ADDR',
  'KVM_CAP_ARM_USER_IRQ',
  'KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES',
  'KVM_CAP_COUNTER_OFFSET',
  'KVM_CAP_ARM_IDSR_TO_USER',
);

/** What a protected VM has; none of it can be enabled (kvm_pkvm_ext_allowed). */
const PROTECTED_CAPS = caps(
  'KVM_CAP_IRQCHIP',
  'KVM_CAP_NR_VCPUS',
  'KVM_CAP_MAX_VCPUS',
  'KVM_CAP_MAX_VCPU_ID',
  'KVM_CAP_ARM_PSCI',
  'KVM_CAP_ARM_PSCI_0_2',
  'KVM_CAP_ARM_VM_IPA_SIZE',
  'KVM_CAP_ARM_PTRAUTH_ADDRESS',
  'KVM_CAP_ARM_PTRAUTH_GENERIC',
);
