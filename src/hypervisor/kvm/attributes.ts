// Device attributes (KVM_HAS_DEVICE_ATTR, KVM_GET_DEVICE_ATTR, KVM_SET_DEVICE_ATTR): groups of the VM, of a vCPU and of the in-kernel GICv3, by the
// kernel's numbers. A group or attribute that is not here is ENXIO.
import { ok } from '#base';
import { KVM_MEM, UNPLACED } from './constants.ts';
import { affinityWord, type Registers, type Vcpu, type Vm } from './context.ts';
import { fails, type KvmResult } from './errno.ts';
import { type SmcccFilter, setSmcccFilter } from './hypercalls.ts';
import { findMemslot } from './memslots.ts';
import { addRedistRegion, checkRange, DIST_SIZE, redistRegion } from './redistributors.ts';
import { GICD } from './vgic.ts';

/** The attribute's data: a number, the SMCCC filter, or nothing. */
export type AttributeValue = bigint | SmcccFilter | undefined;

export interface Attribute {
  has(group: number, attr: bigint): KvmResult;
  /** `value`: what the caller's memory holds before the call. */
  get(group: number, attr: bigint, value?: AttributeValue): KvmResult<bigint>;
  set(group: number, attr: bigint, value: AttributeValue): KvmResult;
}

/** Groups and attributes by the kernel's names. Those of the VM, of vCPUs and of the GIC are numbered apart. */
export const KVM_ATTRIBUTES = {
  KVM_ARM_VM_SMCCC_CTRL: 0,
  KVM_ARM_VM_SMCCC_FILTER: 0,
  KVM_ARM_VCPU_PMU_V3_CTRL: 0,
  KVM_ARM_VCPU_PMU_V3_IRQ: 0,
  KVM_ARM_VCPU_PMU_V3_INIT: 1,
  KVM_ARM_VCPU_PMU_V3_FILTER: 2,
  KVM_ARM_VCPU_PMU_V3_SET_PMU: 3,
  KVM_ARM_VCPU_PMU_V3_SET_NR_COUNTERS: 4,
  KVM_ARM_VCPU_TIMER_CTRL: 1,
  KVM_ARM_VCPU_TIMER_IRQ_VTIMER: 0,
  KVM_ARM_VCPU_TIMER_IRQ_PTIMER: 1,
  KVM_ARM_VCPU_TIMER_IRQ_HVTIMER: 2,
  KVM_ARM_VCPU_TIMER_IRQ_HPTIMER: 3,
  KVM_ARM_VCPU_PVTIME_CTRL: 2,
  KVM_ARM_VCPU_PVTIME_IPA: 0,
  KVM_DEV_ARM_VGIC_GRP_ADDR: 0,
  KVM_DEV_ARM_VGIC_GRP_DIST_REGS: 1,
  KVM_DEV_ARM_VGIC_GRP_CPU_REGS: 2,
  KVM_DEV_ARM_VGIC_GRP_NR_IRQS: 3,
  KVM_DEV_ARM_VGIC_GRP_CTRL: 4,
  KVM_DEV_ARM_VGIC_GRP_REDIST_REGS: 5,
  KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS: 6,
  KVM_DEV_ARM_VGIC_GRP_LEVEL_INFO: 7,
  KVM_DEV_ARM_VGIC_GRP_MAINT_IRQ: 9,
  KVM_DEV_ARM_VGIC_CTRL_INIT: 0,
  KVM_DEV_ARM_VGIC_SAVE_PENDING_TABLES: 3,
  KVM_VGIC_V3_ADDR_TYPE_DIST: 2,
  KVM_VGIC_V3_ADDR_TYPE_REDIST: 3,
  KVM_VGIC_V3_ADDR_TYPE_REDIST_REGION: 5,
} as const;

const A = KVM_ATTRIBUTES;
/** What the kernel calls the host's PMU: its perf type. */
const HOST_PMU_ID = 8n;
const PPI_FIRST = 16n;
const SPI_FIRST = 32n;
const SPI_LAST = 1019n;

/** One attribute; what it lacks is ENXIO. */
interface Row {
  readonly group: number;
  readonly attr: number;
  /** `value`: what the caller's memory holds before; most attributes do not look. */
  get?(value: AttributeValue): KvmResult<bigint>;
  set?(value: AttributeValue): KvmResult;
}

function table(rows: readonly Row[]): Attribute {
  const find = (group: number, attr: bigint): Row | undefined =>
    rows.find((row) => row.group === group && BigInt(row.attr) === attr);
  return {
    has: (group, attr) => (find(group, attr) ? ok(undefined) : fails('ENXIO')),
    get: (group, attr, value) => find(group, attr)?.get?.(value) ?? fails('ENXIO'),
    set: (group, attr, value) => find(group, attr)?.set?.(value) ?? fails('ENXIO'),
  };
}

function number(value: AttributeValue, use: (n: bigint) => KvmResult): KvmResult {
  return typeof value === 'bigint' ? use(value) : fails('EFAULT');
}

export function vmAttributes(vm: Vm): Attribute {
  const own = table([
    {
      group: A.KVM_ARM_VM_SMCCC_CTRL,
      attr: A.KVM_ARM_VM_SMCCC_FILTER,
      set: (value) => (typeof value === 'object' ? setSmcccFilter(vm, value) : fails('EFAULT')),
    },
  ]);
  // kvm_arch_vm_ioctl has no KVM_GET_DEVICE_ATTR at all.
  return { ...own, get: () => fails('EINVAL') };
}

export function vcpuAttributes(vcpu: Vcpu): Attribute {
  const { state, vm } = vcpu;
  const pmu = (use: () => KvmResult): KvmResult => {
    if (!vm.hasPmu) return fails('ENODEV');
    return state.pmu_created ? fails('EBUSY') : use();
  };
  const rows: Row[] = [
    {
      group: A.KVM_ARM_VCPU_PMU_V3_CTRL,
      attr: A.KVM_ARM_VCPU_PMU_V3_IRQ,
      get() {
        if (!vm.state.vgic_model) return fails('EINVAL');
        if (!vm.hasPmu) return fails('ENODEV');
        return state.pmu_irq ? ok(BigInt(state.pmu_irq)) : fails('ENXIO');
      },
      set: (value) => pmu(() => number(value, (irq) => setPmuIrq(vcpu, irq))),
    },
    {
      group: A.KVM_ARM_VCPU_PMU_V3_CTRL,
      attr: A.KVM_ARM_VCPU_PMU_V3_INIT,
      set: () =>
        pmu(() => {
          if (vm.state.vgic_model) {
            if (!vm.state.vgic_initialized) return fails('ENODEV');
            if (!state.pmu_irq) return fails('ENXIO');
            // kvm_vgic_set_owner: an SPI that this vGIC does not have cannot be wired up.
            if (state.pmu_irq >= vm.state.vgic_nr_irqs) return fails('EINVAL');
          }
          state.pmu_created = 1;
          return ok(undefined);
        }),
    },
    {
      group: A.KVM_ARM_VCPU_PMU_V3_CTRL,
      attr: A.KVM_ARM_VCPU_PMU_V3_FILTER,
      // Its structure (struct kvm_pmu_event_filter) cannot be given through this interface.
      set: () => pmu(() => fails('EFAULT')),
    },
    {
      group: A.KVM_ARM_VCPU_PMU_V3_CTRL,
      attr: A.KVM_ARM_VCPU_PMU_V3_SET_PMU,
      set: (value) =>
        pmu(() =>
          number(value, (id) => {
            if (id !== HOST_PMU_ID) return fails('ENXIO');
            if (vm.state.has_ran_once) return fails('EBUSY');
            vm.state.nr_pmu_counters = vm.hostPmuCounters;
            return ok(undefined);
          }),
        ),
    },
    {
      group: A.KVM_ARM_VCPU_PMU_V3_CTRL,
      attr: A.KVM_ARM_VCPU_PMU_V3_SET_NR_COUNTERS,
      set: (value) =>
        pmu(() =>
          number(value, (n) => {
            if (n > BigInt(vm.hostPmuCounters)) return fails('EINVAL');
            vm.state.nr_pmu_counters = Number(n);
            return ok(undefined);
          }),
        ),
    },
    {
      group: A.KVM_ARM_VCPU_PVTIME_CTRL,
      attr: A.KVM_ARM_VCPU_PVTIME_IPA,
      get: () => ok(state.steal_base_valid ? state.steal_base : (1n << 64n) - 1n),
      set: (value) => number(value, (ipa) => setPvtime(vcpu, ipa)),
    },
  ];
  for (let attr = A.KVM_ARM_VCPU_TIMER_IRQ_VTIMER; attr <= A.KVM_ARM_VCPU_TIMER_IRQ_HPTIMER; attr++) {
    rows.push({
      group: A.KVM_ARM_VCPU_TIMER_CTRL,
      attr,
      get: () => ok(BigInt(vm.state.timer_ppi.get(attr))),
    });
  }
  const all = table(rows);
  // Without a PMU its attributes are not there to be asked for, while setting one says ENODEV.
  return {
    ...all,
    has: (group, attr) => (group === A.KVM_ARM_VCPU_PMU_V3_CTRL && !vm.hasPmu ? fails('ENXIO') : all.has(group, attr)),
    set: (group, attr, value) =>
      group === A.KVM_ARM_VCPU_TIMER_CTRL ? setTimerInterrupt(vm, attr, value) : all.set(group, attr, value),
  };
}

/** kvm_arm_timer_set_attr: which timer is meant is looked at last, and whether two have the same interrupt is found out at the first run. */
function setTimerInterrupt(vm: Vm, attr: bigint, value: AttributeValue): KvmResult {
  if (!vm.state.vgic_model) return fails('EINVAL');
  return number(value, (irq) => {
    if (irq < PPI_FIRST || irq >= SPI_FIRST) return fails('EINVAL');
    if (vm.state.timer_ppis_immutable) return fails('EBUSY');
    if (attr > BigInt(A.KVM_ARM_VCPU_TIMER_IRQ_HPTIMER)) return fails('ENXIO');
    vm.state.timer_ppi.set(Number(attr), Number(irq));
    return ok(undefined);
  });
}

function setPmuIrq(vcpu: Vcpu, irq: bigint): KvmResult {
  const { vm, state } = vcpu;
  if (!vm.state.vgic_model) return fails('EINVAL');
  const ppi = irq >= PPI_FIRST && irq < SPI_FIRST;
  if (!ppi && (irq < SPI_FIRST || irq > SPI_LAST)) return fails('EINVAL');
  // All vCPUs have the same PPI, or each an SPI of its own.
  const others = vm.vcpus().filter((v) => v !== vcpu && v.state.pmu_irq !== 0);
  if (others.some((v) => (BigInt(v.state.pmu_irq) === irq) !== ppi)) return fails('EINVAL');
  if (state.pmu_irq) return fails('EBUSY');
  state.pmu_irq = Number(irq);
  return ok(undefined);
}

function setPvtime(vcpu: Vcpu, ipa: bigint): KvmResult {
  const { state, vm } = vcpu;
  if (ipa % 64n !== 0n) return fails('EINVAL');
  if (state.steal_base_valid) return fails('EEXIST');
  // gfn_to_hva: memory that KVM can write.
  const slot = findMemslot(vm, ipa);
  if (!slot || slot.flags & KVM_MEM.readonly) return fails('EINVAL');
  state.steal_base = ipa;
  state.steal_base_valid = 1;
  return ok(undefined);
}

export function deviceAttributes(vm: Vm): Attribute {
  const { state } = vm;
  const fixed = table([
    {
      group: A.KVM_DEV_ARM_VGIC_GRP_ADDR,
      attr: A.KVM_VGIC_V3_ADDR_TYPE_DIST,
      get: () => ok(state.vgic_dist_base),
      set: (value) =>
        number(value, (base) => {
          if (state.vgic_dist_base !== UNPLACED) return fails('EEXIST');
          const range = checkRange(vm, base, DIST_SIZE);
          if (range.ok) state.vgic_dist_base = base;
          return range;
        }),
    },
    {
      group: A.KVM_DEV_ARM_VGIC_GRP_ADDR,
      attr: A.KVM_VGIC_V3_ADDR_TYPE_REDIST,
      get: () => ok(redistRegion(vm)?.base ?? UNPLACED),
      set: (value) => number(value, (base) => addRedistRegion(vm, 0, base, 0)),
    },
    {
      // 63:52 how many, 51:16 where, 15:12 flags, 11:0 which.
      group: A.KVM_DEV_ARM_VGIC_GRP_ADDR,
      attr: A.KVM_VGIC_V3_ADDR_TYPE_REDIST_REGION,
      get(value) {
        if (typeof value !== 'bigint') return fails('EFAULT');
        const index = value & 0xffn;
        const region = redistRegion(vm, Number(index));
        return region ? ok(index | region.base | (BigInt(region.count) << 52n)) : fails('ENOENT');
      },
      set: (value) =>
        number(value, (n) => {
          const count = Number(n >> 52n);
          if (count === 0 || (n >> 12n) & 0xfn) return fails('EINVAL');
          return addRedistRegion(vm, Number(n & 0xffn), n & 0xf_ffff_ffff_0000n, count);
        }),
    },
    {
      group: A.KVM_DEV_ARM_VGIC_GRP_NR_IRQS,
      attr: 0,
      // Before it is settled there are the private ones.
      get: () => ok(BigInt(state.vgic_nr_irqs) || SPI_FIRST),
      set: (value) =>
        number(value, (n) => {
          // 1024 is out, although the documentation has it: VGIC_MAX_RESERVED is 1023.
          if (n < 64n || n > 1023n || n % 32n !== 0n) return fails('EINVAL');
          if (state.vgic_nr_irqs) return fails('EBUSY');
          state.vgic_nr_irqs = Number(n);
          return ok(undefined);
        }),
    },
    {
      // Of nested guests: kept all the same.
      group: A.KVM_DEV_ARM_VGIC_GRP_MAINT_IRQ,
      attr: 0,
      get: () => ok(BigInt(state.mi_intid)),
      set: (value) =>
        number(value, (irq) => {
          if (state.vgic_initialized) return fails('EBUSY');
          if (irq < PPI_FIRST || irq >= SPI_FIRST) return fails('EINVAL');
          state.mi_intid = Number(irq);
          return ok(undefined);
        }),
    },
    {
      // vgic_v3_save_pending_tables: there are no LPIs to save.
      group: A.KVM_DEV_ARM_VGIC_GRP_CTRL,
      attr: A.KVM_DEV_ARM_VGIC_SAVE_PENDING_TABLES,
      set: () => (vm.vcpus().some((v) => v.state.in_run) ? fails('EBUSY') : ok(undefined)),
    },
    {
      group: A.KVM_DEV_ARM_VGIC_GRP_CTRL,
      attr: A.KVM_DEV_ARM_VGIC_CTRL_INIT,
      set() {
        if (state.vgic_initialized) return ok(undefined);
        if (state.created_vcpus === 0) return fails('ENODEV');
        vm.vgic.initialise();
        return ok(undefined);
      },
    },
  ]);
  return {
    has(group, attr) {
      const registers = vgicRegisters(vm, group, attr);
      if (!registers) return fixed.has(group, attr);
      // Of the levels only what is asked for counts, neither whose nor which (vgic_v3_has_attr).
      if (group === A.KVM_DEV_ARM_VGIC_GRP_LEVEL_INFO) return levelInfo(attr) === LINE_LEVEL ? ok(undefined) : fails('ENXIO');
      if (registers === 'no vCPU') return fails('EINVAL');
      // vgic_v3_has_attr_regs: words that are registers. Which there are is asked of the GIC once there is one.
      if (group !== A.KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS && attr & 3n) return fails('ENXIO');
      const there = !state.vgic_initialized || registers.get().ok;
      return there ? ok(undefined) : fails('ENXIO');
    },
    get(group, attr, data) {
      const registers = vgicRegisters(vm, group, attr);
      if (!registers) return fixed.get(group, attr, data);
      if (registers === 'no vCPU') return fails('EINVAL');
      if (!(state.vgic_initialized || allowedBefore(group, attr)) || vm.vcpus().some((v) => v.state.in_run))
        return fails('EBUSY');
      return registers.get();
    },
    set(group, attr, value) {
      const registers = vgicRegisters(vm, group, attr);
      if (!registers) return fixed.set(group, attr, value);
      if (registers === 'no vCPU') return fails('EINVAL');
      if (!(state.vgic_initialized || allowedBefore(group, attr)) || vm.vcpus().some((v) => v.state.in_run))
        return fails('EBUSY');
      return number(value, (n) => registers.set(n));
    },
  };
}

/** reg_allowed_pre_init: what the GIC is to be is told before it is initialised. */
function allowedBefore(group: number, attr: bigint): boolean {
  const offset = Number(attr & 0xffff_ffffn);
  return group === A.KVM_DEV_ARM_VGIC_GRP_DIST_REGS && (offset === GICD.IIDR || offset === GICD.TYPER2);
}

interface OneRegister {
  get(): KvmResult<bigint>;
  set(value: bigint): KvmResult;
}

/** KVM_DEV_ARM_VGIC_LINE_LEVEL_INFO: what is asked of 32 interrupts; there is nothing but their levels. */
function levelInfo(attr: bigint): bigint {
  return (attr & 0xffff_ffffn) >> 10n;
}
const LINE_LEVEL = 0n;

/** The register behind an attribute: the affinity of its vCPU is in the upper half, which one it is in the lower. */
function vgicRegisters(vm: Vm, group: number, attr: bigint): OneRegister | 'no vCPU' | undefined {
  const low = Number(attr & 0xffff_ffffn);
  const affinity = attr >> 32n;
  const vcpu = vm.vcpus().find((v) => BigInt(affinityWord(v)) === affinity);
  const at = (registers: Registers, n: number): OneRegister => ({
    get() {
      const value = registers.get(n);
      return value === undefined ? fails('ENXIO') : ok(value);
    },
    set: (value) => registers.set(n, value),
  });
  switch (group) {
    case A.KVM_DEV_ARM_VGIC_GRP_DIST_REGS:
      return vm.vcpus().length === 0 ? 'no vCPU' : at(vm.vgic.distributor, low);
    case A.KVM_DEV_ARM_VGIC_GRP_REDIST_REGS:
      return vcpu ? at(vm.vgic.redistributor(vcpu), low) : 'no vCPU';
    case A.KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS:
      return vcpu ? at(vm.vgic.cpuRegisters(vcpu), low & 0xffff) : 'no vCPU';
    case A.KVM_DEV_ARM_VGIC_GRP_LEVEL_INFO: {
      // The lower half: an INTID, a multiple of 32, and what is asked of it.
      if (!vcpu) return 'no vCPU';
      if (levelInfo(attr) !== LINE_LEVEL || low % 32 !== 0) return { get: () => fails('EINVAL'), set: () => fails('EINVAL') };
      return at(vm.vgic.levels(vcpu, low), low);
    }
    default:
      return undefined;
  }
}
