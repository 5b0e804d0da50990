// The PMU that KVM emulates (arch/arm64/kvm/pmu-emul.c and its rows of sys_regs.c). Every access traps; counters live in the vCPU's record. Cycles
// and retired instructions are both the processor's instruction count, as time is on this machine; SW_INCR counts what the guest asks for, CHAIN
// the overflows of the counter below. Other events can be programmed and stay 0, and PMCEID0_EL0 does not announce them. A counter that is filtered
// to one Exception level counts at both.
import { sysreg } from '#arch/sysreg';
import { ok } from '#base';
import { isPrivileged, step, type Vcpu, type Vm } from './context.ts';
import { hasFeature } from './id-registers.ts';
import { injectUndefined } from './inject.ts';
import { type Access, type SysRegRow, UNKNOWN } from './sysreg-row.ts';

const PMCR = { E: 1n, P: 2n, C: 4n, LC: 64n, LP: 128n, MASK: 0xffn };
const USERENR = { EN: 1n, SW: 2n, CR: 4n, ER: 8n, MASK: 0xfn };
const CYCLE = 31;
const EVENT = { SW_INCR: 0x00n, INST_RETIRED: 0x08n, CPU_CYCLES: 0x11n, CHAIN: 0x1en };
const FILTER = { P: 1n << 31n, U: 1n << 30n, NSK: 1n << 29n, NSU: 1n << 28n, NSH: 1n << 27n, M: 1n << 26n };
const PMCEID0 = Object.values(EVENT).reduce((mask, event) => mask | (1n << event), 0n);
const MASK32 = (1n << 32n) - 1n;
const MASK64 = (1n << 64n) - 1n;

/** The VM's PMUVer is at least this: 1 PMUv3, 4 PMUv3p1, 6 PMUv3p5. */
function pmuIsAtLeast(vm: Vm, version: number): boolean {
  return hasFeature(vm, 'ID_AA64DFR0_EL1', 'PMUVer', version);
}

/** kvm_pmu_event_mask: event numbers have 10 bits, and 16 from PMUv3p1 on. */
function eventMask(vm: Vm): bigint {
  if (pmuIsAtLeast(vm, 4)) return 0xffffn;
  return pmuIsAtLeast(vm, 1) ? 0x3ffn : 0n;
}

/** kvm_pmu_evtyper_mask: the filters of Exception levels that the VM does not have are not there either. */
function typeMask(vm: Vm): bigint {
  let mask = FILTER.P | FILTER.U | eventMask(vm);
  if (hasFeature(vm, 'ID_AA64PFR0_EL1', 'EL2', 1)) mask |= FILTER.NSH;
  if (hasFeature(vm, 'ID_AA64PFR0_EL1', 'EL3', 1)) mask |= FILTER.NSU | FILTER.NSK | FILTER.M;
  return mask;
}

/** kvm_pmc_is_64bit. */
function has64Bits(vm: Vm, n: number): boolean {
  return n === CYCLE || pmuIsAtLeast(vm, 6);
}

/** kvm_pmu_get_pmc_value. */
function counterValue({ state, vm }: Vcpu, n: number): bigint {
  const value = state.pm_evcntr.get(n);
  return has64Bits(vm, n) ? value : value & MASK32;
}

function eventOf({ state, vm }: Vcpu, n: number): bigint {
  return state.pm_evtyper.get(n) & eventMask(vm);
}

/** What the guest reads from PMCR_EL0: the number of counters is the VM's. */
function readPmcr(vcpu: Vcpu): bigint {
  return (vcpu.state.pmcr & ~(0x1fn << 11n)) | (BigInt(vcpu.vm.state.nr_pmu_counters) << 11n);
}

/** Bits of the counters that the VM has, the cycle counter included. */
function counterMask(vm: Vm): bigint {
  return (1n << BigInt(CYCLE)) | ((1n << BigInt(vm.state.nr_pmu_counters)) - 1n);
}

function disabledAtEl0(vcpu: Vcpu, flags: bigint, what: string): boolean {
  if (isPrivileged(vcpu) || vcpu.state.pmuserenr & flags) return false;
  injectUndefined(vcpu, `${what} from EL0, which PMUSERENR_EL0 does not allow`);
  return true;
}

function validCounter(vcpu: Vcpu, n: number): boolean {
  if (n === CYCLE || n < vcpu.vm.state.nr_pmu_counters) return true;
  injectUndefined(vcpu, `event counter ${n}: PMCR_EL0.N is ${vcpu.vm.state.nr_pmu_counters}`);
  return false;
}

function isEnabled({ state }: Vcpu, n: number): boolean {
  return (state.pmcr & PMCR.E) !== 0n && (state.pmcnten & (1n << BigInt(n))) !== 0n;
}

/** The levels at which a counter's filter lets it count (kvm_pmu_create_perf_event). */
function levelsOf(type: bigint): { readonly el0: boolean; readonly el1: boolean } {
  return {
    el0: ((type & FILTER.U) !== 0n) === ((type & FILTER.NSU) !== 0n),
    el1: ((type & FILTER.P) !== 0n) === ((type & FILTER.NSK) !== 0n),
  };
}

/** Whether the processor's instructions are what it counts. */
function counts(vcpu: Vcpu, n: number): boolean {
  if (!isEnabled(vcpu, n)) return false;
  const { el0, el1 } = levelsOf(vcpu.state.pm_evtyper.get(n));
  if (!el0 && !el1) return false;
  return n === CYCLE || eventOf(vcpu, n) === EVENT.INST_RETIRED || eventOf(vcpu, n) === EVENT.CPU_CYCLES;
}

/** The counter above, if it counts this one's overflows (kvm_pmu_counter_can_chain). */
function chained(vcpu: Vcpu, n: number): number | undefined {
  if (n & 1 || n + 1 >= CYCLE || isWide(vcpu, n)) return undefined;
  return isEnabled(vcpu, n + 1) && eventOf(vcpu, n + 1) === EVENT.CHAIN ? n + 1 : undefined;
}

/** Brings every counter up to now, and notes overflows. Before anything that counting depends on changes. */
function sync(vcpu: Vcpu): void {
  const { state, cpu } = vcpu;
  const now = cpu.instructions;
  const passed = now - state.pm_base;
  state.pm_base = now;
  if (passed === 0n) return;
  for (let n = 0; n <= CYCLE; n++) if (counts(vcpu, n)) add(vcpu, n, passed);
}

function add(vcpu: Vcpu, n: number, amount: bigint): void {
  const { state, vm } = vcpu;
  const before = counterValue(vcpu, n);
  const after = before + amount;
  const width = isWide(vcpu, n) ? 64n : 32n;
  state.pm_evcntr.set(n, after & (has64Bits(vm, n) ? MASK64 : MASK32));
  const overflows = (after >> width) - (before >> width);
  if (overflows === 0n) return;
  state.pmovs |= 1n << BigInt(n);
  const above = chained(vcpu, n);
  if (above !== undefined) add(vcpu, above, overflows);
}

/** kvm_pmu_overflow_status: the level of the overflow interrupt. */
export function pmuLevel(vcpu: Vcpu): boolean {
  const { state, vm } = vcpu;
  if (!state.pmu_created) return false;
  sync(vcpu);
  return (state.pmcr & PMCR.E) !== 0n && (state.pmovs & state.pminten & counterMask(vm)) !== 0n;
}

/** kvm_pmu_update_state: the level goes to the vGIC. */
export function updatePmuLine(vcpu: Vcpu): void {
  const { state, vm } = vcpu;
  if (state.pmu_created && state.pmu_irq) vm.vgic.setLine(vcpu, state.pmu_irq, pmuLevel(vcpu));
}

/** Instructions until a counter overflows whose overflow interrupts; undefined when none will. */
export function nextPmuOverflow(vcpu: Vcpu): number | undefined {
  const { state } = vcpu;
  if (!state.pmu_created || !state.pminten || !(state.pmcr & PMCR.E)) return undefined;
  sync(vcpu);
  let next: bigint | undefined;
  for (let n = 0; n <= CYCLE; n++) {
    // A chained counter interrupts at an overflow of the one below it.
    const above = chained(vcpu, n);
    const bits = (1n << BigInt(n)) | (above === undefined ? 0n : 1n << BigInt(above));
    if (!(state.pminten & bits) || !counts(vcpu, n)) continue;
    const width = isWide(vcpu, n) ? 64n : 32n;
    const left = (1n << width) - (state.pm_evcntr.get(n) & ((1n << width) - 1n));
    if (next === undefined || left < next) next = left;
  }
  return next === undefined || next > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(next);
}

function isWide(vcpu: Vcpu, n: number): boolean {
  return (vcpu.state.pmcr & (n === CYCLE ? PMCR.LC : PMCR.LP)) !== 0n;
}

type Rule = (vcpu: Vcpu, access: Access, row: SysRegRow) => boolean;

function row(name: string, rule: Rule, user: Partial<SysRegRow> = {}): SysRegRow {
  return {
    name,
    encoding: sysreg(name).encoding,
    visible: (vm) => vm.hasPmu,
    access(vcpu, self, access) {
      sync(vcpu);
      const done = rule(vcpu, access, self);
      if (done) step(vcpu, 'kvm_pmu', `${name}: emulated`);
      return done;
    },
    ...user,
  };
}

type Field = 'pmcnten' | 'pminten' | 'pmovs';

/** A pair of set and clear registers over one mask. */
function maskRow(name: string, field: Field, set: boolean): SysRegRow {
  return row(
    name,
    (vcpu, access) => {
      const { state } = vcpu;
      if (disabledAtEl0(vcpu, field === 'pminten' ? 0n : USERENR.EN, name)) return false;
      const mask = counterMask(vcpu.vm);
      if (!access.isWrite) access.value = state[field] & mask;
      else if (set) state[field] |= access.value & mask;
      else state[field] &= ~(access.value & mask);
      return true;
    },
    {
      ...(set && { reset: ({ vm }: Vcpu) => UNKNOWN & counterMask(vm) }),
      get: (vcpu) => ok(vcpu.state[field] & counterMask(vcpu.vm)),
      set(vcpu, _row, value) {
        sync(vcpu);
        vcpu.state[field] = value & counterMask(vcpu.vm);
        return ok(undefined);
      },
    },
  );
}

function counterRow(name: string, number: (vcpu: Vcpu) => number, user: boolean): SysRegRow {
  return row(
    name,
    (vcpu, access) => {
      const n = number(vcpu);
      if (disabledAtEl0(vcpu, USERENR.EN | (n === CYCLE && name === 'PMCCNTR_EL0' ? USERENR.CR : USERENR.ER), name)) return false;
      if (!validCounter(vcpu, n)) return false;
      if (!access.isWrite) access.value = counterValue(vcpu, n);
      else if (disabledAtEl0(vcpu, USERENR.EN, name)) return false;
      else vcpu.state.pm_evcntr.set(n, access.value);
      return true;
    },
    user
      ? {
          reset: name === 'PMCCNTR_EL0' ? UNKNOWN : UNKNOWN & MASK32,
          get(vcpu) {
            sync(vcpu);
            return ok(counterValue(vcpu, number(vcpu)));
          },
          set(vcpu, _row, value) {
            sync(vcpu);
            vcpu.state.pm_evcntr.set(number(vcpu), value);
            return ok(undefined);
          },
        }
      : {},
  );
}

function typeRow(name: string, number: (vcpu: Vcpu) => number, user: boolean): SysRegRow {
  return row(
    name,
    (vcpu, access) => {
      const n = number(vcpu);
      if (disabledAtEl0(vcpu, USERENR.EN, name) || !validCounter(vcpu, n)) return false;
      if (!access.isWrite) {
        access.value = vcpu.state.pm_evtyper.get(n);
        return true;
      }
      const type = access.value & typeMask(vcpu.vm);
      vcpu.state.pm_evtyper.set(n, type);
      const { el0, el1 } = levelsOf(type);
      if (el0 !== el1) {
        const own = el0 ? 'EL0' : 'EL1';
        step(
          vcpu,
          'kvm_pmu_create_perf_event',
          `the filter asks for ${own} only; not modelled: this counter counts at EL0 and EL1`,
        );
      }
      return true;
    },
    user
      ? {
          reset: ({ vm }: Vcpu) => (name === 'PMCCFILTR_EL0' || !vm.hasPmu ? 0n : UNKNOWN & typeMask(vm)),
          get: (vcpu) => ok(vcpu.state.pm_evtyper.get(number(vcpu))),
          set(vcpu, _row, value) {
            sync(vcpu);
            vcpu.state.pm_evtyper.set(number(vcpu), value);
            return ok(undefined);
          },
        }
      : {},
  );
}

const selected = (vcpu: Vcpu): number => Number(vcpu.state.pmselr & 0x1fn);

/** The PMU's registers; none is there for a VM without the feature. */
export const PMU_ROWS: readonly SysRegRow[] = [
  row(
    'PMCR_EL0',
    (vcpu, access) => {
      if (disabledAtEl0(vcpu, USERENR.EN, 'PMCR_EL0')) return false;
      if (access.isWrite) writePmcr(vcpu, access.value);
      else access.value = readPmcr(vcpu) & ~(PMCR.P | PMCR.C);
      return true;
    },
    {
      reset: (vcpu) => (vcpu.vm.hostHasAArch32 ? 0n : PMCR.LC),
      onReset(vcpu, value) {
        vcpu.state.pmcr = value;
      },
      get: (vcpu) => ok(readPmcr(vcpu)),
      set(vcpu, _row, value) {
        const n = Number((value >> 11n) & 0x1fn);
        if (!vcpu.vm.state.has_ran_once && n <= vcpu.vm.hostPmuCounters) vcpu.vm.state.nr_pmu_counters = n;
        sync(vcpu);
        vcpu.state.pmcr = (value & PMCR.MASK) | (vcpu.vm.hostHasAArch32 ? 0n : PMCR.LC);
        return ok(undefined);
      },
    },
  ),
  maskRow('PMCNTENSET_EL0', 'pmcnten', true),
  maskRow('PMCNTENCLR_EL0', 'pmcnten', false),
  maskRow('PMOVSSET_EL0', 'pmovs', true),
  maskRow('PMOVSCLR_EL0', 'pmovs', false),
  maskRow('PMINTENSET_EL1', 'pminten', true),
  maskRow('PMINTENCLR_EL1', 'pminten', false),
  row(
    'PMSWINC_EL0',
    (vcpu, access) => {
      if (!access.isWrite) {
        injectUndefined(vcpu, 'a read of PMSWINC_EL0, which is write-only');
        return false;
      }
      if (disabledAtEl0(vcpu, USERENR.SW | USERENR.EN, 'PMSWINC_EL0')) return false;
      for (let n = 0; n < vcpu.vm.state.nr_pmu_counters; n++) {
        const bit = 1n << BigInt(n);
        if (access.value & bit && isEnabled(vcpu, n) && eventOf(vcpu, n) === EVENT.SW_INCR) add(vcpu, n, 1n);
      }
      return true;
    },
    { get: () => ok(0n), set: () => ok(undefined) },
  ),
  row(
    'PMSELR_EL0',
    (vcpu, access) => {
      if (disabledAtEl0(vcpu, USERENR.ER | USERENR.EN, 'PMSELR_EL0')) return false;
      if (access.isWrite) vcpu.state.pmselr = access.value;
      else access.value = vcpu.state.pmselr & 0x1fn;
      return true;
    },
    {
      reset: UNKNOWN & 0x1fn,
      get: (vcpu) => ok(vcpu.state.pmselr & 0x1fn),
      set(vcpu, _row, value) {
        vcpu.state.pmselr = value;
        return ok(undefined);
      },
    },
  ),
  row('PMCEID0_EL0', (vcpu, access) => {
    if (disabledAtEl0(vcpu, USERENR.EN, 'PMCEID0_EL0')) return false;
    access.value = PMCEID0;
    return true;
  }),
  row('PMCEID1_EL0', (vcpu, access) => {
    if (disabledAtEl0(vcpu, USERENR.EN, 'PMCEID1_EL0')) return false;
    access.value = 0n;
    return true;
  }),
  row(
    'PMUSERENR_EL0',
    (vcpu, access) => {
      if (access.isWrite && !isPrivileged(vcpu)) {
        injectUndefined(vcpu, 'a write to PMUSERENR_EL0 from EL0');
        return false;
      }
      if (access.isWrite) vcpu.state.pmuserenr = access.value & USERENR.MASK;
      else access.value = vcpu.state.pmuserenr & USERENR.MASK;
      return true;
    },
    {
      reset: 0n,
      get: (vcpu) => ok(vcpu.state.pmuserenr),
      set(vcpu, _row, value) {
        vcpu.state.pmuserenr = value;
        return ok(undefined);
      },
    },
  ),
  counterRow('PMCCNTR_EL0', () => CYCLE, true),
  counterRow('PMXEVCNTR_EL0', selected, false),
  typeRow('PMXEVTYPER_EL0', selected, false),
  typeRow('PMCCFILTR_EL0', () => CYCLE, true),
  ...Array.from({ length: 31 }, (_, n) => [
    counterRow(`PMEVCNTR${n}_EL0`, () => n, true),
    typeRow(`PMEVTYPER${n}_EL0`, () => n, true),
  ]).flat(),
];

/** kvm_pmu_handle_pmcr: P and C reset counters and read as 0. */
function writePmcr(vcpu: Vcpu, value: bigint): void {
  const { state, vm } = vcpu;
  const gone = PMCR.P | PMCR.C | (pmuIsAtLeast(vm, 6) ? 0n : PMCR.LP);
  state.pmcr = (value & PMCR.MASK & ~gone) | (vm.hostHasAArch32 ? 0n : PMCR.LC);
  if (value & PMCR.C) state.pm_evcntr.set(CYCLE, 0n);
  if (value & PMCR.P) for (let n = 0; n < vm.state.nr_pmu_counters; n++) state.pm_evcntr.set(n, 0n);
}
