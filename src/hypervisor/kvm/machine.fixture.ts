// A host with one VM for tests: memory, processors and KVM over them, a guest assembled into a slot, and every phase that KVM reports.

import { assemble } from '#asm';
import { assert } from '#base';
import { cpuModel, type MachineMemory } from '#cpu';
import type { ExitPhase } from '../exit-record.ts';
import {
  KVM_ARM_TARGET_GENERIC_V8,
  KVM_ATTRIBUTES,
  KVM_CAP,
  type KvmCap,
  type KvmPolicy,
  KvmSystem,
  type KvmVcpu,
  type KvmVm,
  type NewHost,
  newKvmHost,
  type RunResult,
  registerId,
  VCPU_FEATURES,
  type VcpuFeature,
} from '../index.ts';

export const RAM = 0x4000_0000n;
export const CODE = 0x4008_0000n;
/** Where nothing is: accesses exit as MMIO. */
export const DEVICE = 0x0b00_0000n;

const RAM_SIZE = 0x20_0000n;

export interface Bench {
  readonly memory: MachineMemory;
  readonly host: NewHost;
  readonly system: KvmSystem;
  readonly vm: KvmVm;
  readonly vcpu: KvmVcpu;
  readonly phases: ExitPhase[];
  readonly symbols: ReadonlyMap<string, bigint>;
  /** Runs KVM_RUN to its end (at most 10,000 instructions, then a signal). */
  run(vcpu?: KvmVcpu): RunResult;
  get(register: string): bigint;
  set(register: string, value: bigint): void;
  enable(cap: KvmCap): void;
}

export interface BenchOptions {
  readonly features?: readonly VcpuFeature[];
  readonly capabilities?: readonly KvmCap[];
  readonly policy?: Partial<KvmPolicy>;
  readonly vcpus?: number;
  readonly protected?: boolean;
  readonly vgic?: boolean;
  /** Leaves KVM_ARM_VCPU_PMU_V3_INIT to the test. */
  readonly pmu?: 'later';
  /** Host ID registers that differ from `max`. */
  readonly host?: Readonly<Record<string, bigint>>;
  /** Called before the first vCPU is initialised. */
  readonly before?: (vm: KvmVm) => void;
}

/** The host alone, without a VM. */
export function benchHost(options: BenchOptions = {}): { host: NewHost; phases: ExitPhase[] } {
  const model = cpuModel('max');
  assert(model, 'the model max');
  const phases: ExitPhase[] = [];
  const idRegisters = new Map(Object.entries(options.host ?? {}));
  const host = newKvmHost({
    processors: Math.max(options.vcpus ?? 1, 2),
    model,
    idRegisters,
    policy: options.policy ?? {},
    observe(phase) {
      phases.push(phase);
    },
  });
  return { host, phases };
}

/** A VM with 2 MiB of RAM at RAM, the program at CODE, and PC of vCPU 0 at `_start`. */
export function bench(program: string, options: BenchOptions = {}): Bench {
  const { host, phases } = benchHost(options);
  const { memory } = host;
  const system = new KvmSystem(host, options.policy);
  const vm = value(system.createVm({ protected: options.protected ?? false }));
  for (const cap of options.capabilities ?? []) value(vm.enableCap(KVM_CAP[cap]));
  value(
    vm.setUserMemoryRegion({
      slot: 0,
      flags: 0,
      guest_phys_addr: RAM,
      memory_size: RAM_SIZE,
      userspace_addr: host.allocate(RAM, RAM_SIZE) ?? 0n,
    }),
  );
  if (options.vgic) value(vm.createDevice(7));
  options.before?.(vm);
  const features = ['psci_0_2' as const, ...(options.features ?? [])].reduce(
    (mask, name) => mask | (1n << BigInt(VCPU_FEATURES[name])),
    0n,
  );
  for (let id = 0; id < (options.vcpus ?? 1); id++) {
    const vcpu = value(vm.createVcpu(id));
    value(vcpu.init({ target: KVM_ARM_TARGET_GENERIC_V8, features: id === 0 ? features : features | 1n }));
  }
  if (options.vgic) {
    const gic = vm.deviceAttributes(7);
    assert(gic, 'a vGIC');
    const { KVM_DEV_ARM_VGIC_GRP_ADDR: addr, KVM_DEV_ARM_VGIC_GRP_CTRL: ctrl } = KVM_ATTRIBUTES;
    value(gic.set(addr, BigInt(KVM_ATTRIBUTES.KVM_VGIC_V3_ADDR_TYPE_DIST), 0x0800_0000n));
    value(gic.set(addr, BigInt(KVM_ATTRIBUTES.KVM_VGIC_V3_ADDR_TYPE_REDIST), 0x080a_0000n));
    value(gic.set(ctrl, BigInt(KVM_ATTRIBUTES.KVM_DEV_ARM_VGIC_CTRL_INIT), undefined));
  }
  if (options.features?.includes('pmu_v3') && options.pmu !== 'later') {
    const { KVM_ARM_VCPU_PMU_V3_CTRL: ctrl, KVM_ARM_VCPU_PMU_V3_IRQ: irq, KVM_ARM_VCPU_PMU_V3_INIT: init } = KVM_ATTRIBUTES;
    for (const { id } of vm.vcpus) {
      const own = vm.vcpuAttributes(id);
      assert(own, 'a vCPU');
      if (options.vgic) value(own.set(ctrl, BigInt(irq), 23n));
      value(own.set(ctrl, BigInt(init), undefined));
    }
  }
  const image = assemble(program, { base: CODE });
  assert(image.image, image.diagnostics.map((d) => `${d.line}:${d.column}: ${d.message}`).join('\n'));
  value(vm.writeMemory(CODE, image.image));
  const vcpu = vm.vcpus[0]!;
  const id = (register: string): bigint => {
    const found = registerId(register);
    assert(found !== undefined, register);
    return found;
  };
  const result: Bench = {
    memory,
    host,
    system,
    vm,
    vcpu,
    phases,
    symbols: new Map([...image.symbols].map(([name, symbol]) => [name, symbol.value])),
    run(target = vcpu) {
      const ran = target.run(10_000);
      if (ran.kind === 'exit' || ran.kind === 'error' || ran.kind === 'stop') return ran;
      return ran.kind === 'yield' ? result.run(target) : target.interrupt();
    },
    get: (register) => value(vcpu.getOneReg(id(register))),
    set: (register, v) => value(vcpu.setOneReg(id(register), v)),
    enable: (cap) => value(vm.enableCap(KVM_CAP[cap])),
  };
  result.set('pc', image.entry);
  return result;
}

/** The value of a call that must not be refused. */
export function value<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  assert(result.ok, `refused: ${result.ok ? '' : String(result.error)}`);
  return result.value;
}
