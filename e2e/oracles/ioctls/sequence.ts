// Random sequences of KVM's ioctls over one host, half of them sensible and half of them not: whatever userspace does, a call gives a result or a
// kernel errno, KVM_RUN comes back with a page that can be read, and nothing throws. Knows nothing of what the right answer would be.
import { SYSREGS } from '#arch/sysreg';
import { assert, insert64 } from '#base';
import { cpuModel } from '#cpu';
import {
  type Attribute,
  type AttributeValue,
  decodeKvmRun,
  ERRNO,
  ID_REGISTERS,
  KVM_ARM_TARGET_GENERIC_V8,
  KVM_ATTRIBUTES,
  KVM_CAP,
  KVM_DEV_TYPE,
  KVM_RUN_MEMBERS,
  type KvmResult,
  KvmSystem,
  type KvmVcpu,
  type KvmVm,
  type NewHost,
  newKvmHost,
  POLICY_SWITCHES,
  type RunResult,
  registerId,
  type SmcccFilter,
  sysRegId,
  VCPU_FEATURES,
  writeKvmRunMember,
} from '#hypervisor';
import { type Random, random } from '../fuzz/random.ts';

const RAM = 0x4000_0000n;
const SIZE = 0x1_0000n;
const VECTORS = RAM + 0x8000n;
/** mrs x30, elr_el1; add x30, x30, #4; msr elr_el1, x30; eret. */
const SKIP = [0xd538_403e, 0x9100_13de, 0xd518_403e, 0xd69f_03e0];
const CALLS = 24;
const INSTRUCTIONS = 80;
const PROCESSORS = 2;

/** Instructions that leave the guest in one way or another; between them, random words. */
const WORDS = [
  0xd4000002, 0xd4000003, 0xd503207f, 0xd503205f, 0xd5034fdf, 0xf9000001, 0xb9400002, 0x38401403, 0xa9401404, 0xd53be042,
  0xd51be342, 0xd51be322, 0xd538b205, 0xd51cb206, 0xd53800a7, 0xd5380407, 0xd50b7e20, 0xd4200000, 0xd69f03e0, 0xd5181008,
  0xd51cf009, 0x14000000, 0xd503201f, 0xd538d08a, 0xd5189d0a, 0xd51b9e0b, 0xd5100250, 0xf8210000, 0x4c407001, 0xd5087e40,
  0xd9200800, 0xd9600001, 0x9adf1020, 0xf8a10002, 0x08217c02, 0xf83fd000, 0xf83f9022, 0xf823b024, 0xd53be025, 0xd51be246,
] as const;

/** Values that functions of PSCI and of SMCCC look at. */
const FUNCTIONS = [
  0x8400_0000n,
  0x8400_0001n,
  0xc400_0001n,
  0x8400_0002n,
  0xc400_0003n,
  0xc400_0004n,
  0x8400_0006n,
  0x8400_0008n,
  0x8400_000en,
  0x8400_0009n,
  0x8400_000an,
  0xc400_000en,
  0xc400_0012n,
  0x8000_0000n,
  0x8000_0001n,
  0x8000_8000n,
  0xc500_0020n,
  0xc600_0000n,
  0x8600_ff01n,
  0x8400_0050n,
  0x8400_0053n,
] as const;

const FEATURES = Object.values<number>(VCPU_FEATURES);
const CAPS = Object.values<number>(KVM_CAP);
/** Capabilities that change what the guest's exits are. */
const ENABLED = [
  KVM_CAP.KVM_CAP_ARM_NISV_TO_USER,
  KVM_CAP.KVM_CAP_ARM_IDSR_TO_USER,
  KVM_CAP.KVM_CAP_ARM_SEA_TO_USER,
  KVM_CAP.KVM_CAP_ARM_SYSTEM_SUSPEND,
  KVM_CAP.KVM_CAP_ARM_WRITABLE_IMP_ID_REGS,
  KVM_CAP.KVM_CAP_ARM_MTE,
];
const DEVICES = [...Object.values<number>(KVM_DEV_TYPE), 0, 99];
const ATTRIBUTES = Object.values<number>(KVM_ATTRIBUTES);
const NAMES: readonly bigint[] = [
  ...['pc', 'sp', 'sp_el1', 'pstate', 'elr_el1', 'spsr_el1', 'x0', 'x30', 'v0', 'v31', 'fpsr', 'fpcr'],
  ...[
    'KVM_REG_ARM_TIMER_CTL',
    'KVM_REG_ARM_TIMER_CNT',
    'KVM_REG_ARM_TIMER_CVAL',
    'KVM_REG_ARM_PSCI_VERSION',
    'KVM_REG_ARM_STD_BMAP',
  ],
].flatMap((name) => registerId(name) ?? []);

const CORE_ID = 0x6030_0000_0010_0000n;

/** What went wrong: the calls up to the one that did, and how. */
export interface Failure {
  readonly index: number;
  readonly calls: readonly string[];
  readonly what: string;
}

/** Sequences that share one host's memory: each has a VM of its own, and after so many there is a new host. */
const PER_HOST = 16;

export interface Counts {
  calls: number;
  runs: number;
  exits: Record<string, number>;
  errors: Record<string, number>;
}

/** Runs sequences [first, first + count) of a seed; the failures. */
export function fuzzIoctls(seed: number, first: number, count: number, counts?: Counts): readonly Failure[] {
  const failures: Failure[] = [];
  let host: NewHost | undefined;
  // A sequence finds what those before it on its host have left behind, so they are played again.
  for (let i = first - (first % PER_HOST); i < first + count; i++) {
    if (host === undefined || i % PER_HOST === 0) {
      const idRegisters = hostRegisters(random(seed, i - (i % PER_HOST), 1));
      host = newKvmHost({ processors: PROCESSORS, idRegisters });
    }
    const sequence = new Sequence(host, random(seed, i), i < first ? undefined : counts);
    try {
      sequence.play();
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (i >= first) failures.push({ index: i, calls: sequence.calls, what });
      host = undefined;
    }
  }
  return failures;
}

/** Fields in which hosts differ so that KVM does: AArch32, SVE, RAS, GIC, PMU, breakpoints, VHE, the traps' extensions, the size of addresses. */
const HOST_FIELDS: readonly (readonly [register: string, field: string, values: readonly bigint[]])[] = [
  ['ID_AA64PFR0_EL1', 'EL0', [2n]],
  ['ID_AA64PFR0_EL1', 'SVE', [1n]],
  ['ID_AA64PFR0_EL1', 'RAS', [0n, 1n]],
  ['ID_AA64PFR0_EL1', 'GIC', [0n]],
  ['ID_AA64DFR0_EL1', 'PMUVer', [0n, 1n, 15n]],
  ['ID_AA64DFR0_EL1', 'BRPs', [0n, 1n, 15n]],
  ['ID_AA64DFR0_EL1', 'WRPs', [0n, 1n, 15n]],
  ['ID_AA64MMFR0_EL1', 'PARange', [0n, 1n, 2n, 5n]],
  ['ID_AA64MMFR0_EL1', 'FGT', [0n, 1n]],
  ['ID_AA64MMFR1_EL1', 'VH', [0n]],
  ['ID_AA64MMFR1_EL1', 'HCX', [0n]],
  ['ID_AA64MMFR2_EL1', 'EVT', [0n]],
  ['ID_AA64MMFR2_EL1', 'FWB', [0n]],
  ['ID_AA64MMFR2_EL1', 'IDS', [0n]],
  ['CTR_EL0', 'IDC', [0n, 1n]],
];

/** ID registers of a host: mostly the model's own, else with a few fields of HOST_FIELDS, or of any register, changed. */
function hostRegisters(r: Random): ReadonlyMap<string, bigint> {
  const changed = new Map<string, bigint>();
  const change = (name: string, msb: number, lsb: number, value: bigint): void => {
    const before = changed.get(name) ?? cpuModel('max')?.registers.get(name) ?? 0n;
    changed.set(name, insert64(before, msb, lsb, value));
  };
  const kind = r.below(4);
  for (let n = kind < 2 ? 0 : r.range(1, 4); n > 0; n--) {
    if (kind === 2) {
      const [name, field, values] = r.pick(HOST_FIELDS);
      const place = ID_REGISTERS.find((row) => row.name === name)?.fields.find((f) => f.name === field);
      assert(place, `${name}.${field}`);
      change(name, place.msb, place.lsb, r.pick(values));
    } else {
      const row = r.pick(ID_REGISTERS.filter(({ fields }) => fields.length > 0));
      const { msb, lsb } = r.pick(row.fields);
      change(row.name, msb, lsb, r.bits64() & ((1n << BigInt(msb - lsb + 1)) - 1n));
    }
  }
  return changed;
}

class Sequence {
  readonly calls: string[] = [];
  readonly #r: Random;
  readonly #host: NewHost;
  readonly #counts: Counts | undefined;
  #vm!: KvmVm;
  #memory = 0n;
  /** The features that its vCPUs are given. */
  #chosen = 4n;

  constructor(host: NewHost, r: Random, counts: Counts | undefined) {
    this.#host = host;
    this.#r = r;
    this.#counts = counts;
  }

  play(): void {
    const r = this.#r;
    const policy = Object.fromEntries(Object.entries(POLICY_SWITCHES).map(([name, { values }]) => [name, r.pick(values)]));
    const system = new KvmSystem(this.#host, policy);
    this.calls.push(`policy ${JSON.stringify(policy)}`);
    this.#call('KVM_CHECK_EXTENSION', () => ({ ok: true, value: system.checkExtension(this.#number(CAPS)) }));
    const options = r.oneIn(3) ? { ipaBits: r.pick([0, 32, 36, 40, 44, 48, 52, 99]), protected: r.oneIn(3) } : {};
    const vm = this.#make(`KVM_CREATE_VM ${JSON.stringify(options)}`, () => system.createVm(options));
    if (vm === undefined) return;
    this.#vm = vm;
    this.#memory = this.#host.allocate(RAM, SIZE) ?? 0n;
    if (!r.oneIn(20)) this.#start();
    for (let n = 0; n < CALLS; n++) this.#any();
    this.#host.free(this.#memory);
  }

  /** What a sensible VMM does first. */
  #start(): void {
    const r = this.#r;
    const vm = this.#vm;
    const flags = r.oneIn(6) ? 2 : 0;
    this.#call('memory', () =>
      vm.setUserMemoryRegion({ slot: 0, flags, guest_phys_addr: RAM, memory_size: SIZE, userspace_addr: this.#memory }),
    );
    if (r.oneIn(2)) this.#call('vgic', () => vm.createDevice(KVM_DEV_TYPE.KVM_DEV_TYPE_ARM_VGIC_V3));
    for (const cap of ENABLED) if (r.oneIn(3)) this.#call('KVM_ENABLE_CAP', () => vm.enableCap(cap));
    this.#chosen = r.pick([4n, 4n, 4n, 0xcn, 0xcn, 0x64n, 0x6cn, 0x6cn, 0x14n, this.#features()]);
    for (let id = 0; id < PROCESSORS; id++) this.#vcpu(id);
    const gic = vm.deviceAttributes(KVM_DEV_TYPE.KVM_DEV_TYPE_ARM_VGIC_V3);
    const A = KVM_ATTRIBUTES;
    if (gic) {
      this.#call('dist', () => gic.set(A.KVM_DEV_ARM_VGIC_GRP_ADDR, BigInt(A.KVM_VGIC_V3_ADDR_TYPE_DIST), 0x0800_0000n));
      this.#call('redist', () => gic.set(A.KVM_DEV_ARM_VGIC_GRP_ADDR, BigInt(A.KVM_VGIC_V3_ADDR_TYPE_REDIST), 0x080a_0000n));
      this.#call('vgic init', () => gic.set(A.KVM_DEV_ARM_VGIC_GRP_CTRL, BigInt(A.KVM_DEV_ARM_VGIC_CTRL_INIT), undefined));
    }
    for (const { id } of vm.vcpus) {
      const own = vm.vcpuAttributes(id);
      if (gic) this.#call('pmu irq', () => own!.set(A.KVM_ARM_VCPU_PMU_V3_CTRL, BigInt(A.KVM_ARM_VCPU_PMU_V3_IRQ), 23n));
      this.#call('pmu init', () => own!.set(A.KVM_ARM_VCPU_PMU_V3_CTRL, BigInt(A.KVM_ARM_VCPU_PMU_V3_INIT), undefined));
    }
    this.#code();
  }

  #vcpu(id: number): void {
    const features = this.#chosen;
    const vcpu = this.#make(`KVM_CREATE_VCPU ${id}`, () => this.#vm.createVcpu(id));
    if (!vcpu) return;
    this.#call(`KVM_ARM_VCPU_INIT ${features}`, () => vcpu.init({ target: KVM_ARM_TARGET_GENERIC_V8, features }));
    this.#call('KVM_ARM_VCPU_FINALIZE', () => vcpu.finalize(VCPU_FEATURES.sve));
  }

  /** A random program, and registers that lead somewhere. */
  #code(): void {
    const r = this.#r;
    const code = new DataView(new ArrayBuffer(64));
    for (let at = 0; at < 64; at += 4) code.setUint32(at, r.oneIn(3) ? r.word() : r.pick(WORDS), true);
    const at = RAM + BigInt(4 * r.below(64));
    this.#call('code', () => this.#vm.writeMemory(at, new Uint8Array(code.buffer)));
    // The guest's vectors: mostly they go on behind the instruction.
    const vectors = new DataView(new ArrayBuffer(0x800));
    for (let slot = 0; slot < 0x800; slot += 0x80)
      for (const [n, word] of SKIP.entries()) vectors.setUint32(slot + 4 * n, r.oneIn(40) ? r.pick(WORDS) : word, true);
    this.#call('vectors', () => this.#vm.writeMemory(VECTORS, new Uint8Array(vectors.buffer)));
    for (const vcpu of this.#vm.vcpus) {
      const set = (name: string, value: bigint): void =>
        this.#call(`${name}=${value.toString(16)}`, () => vcpu.setOneReg(registerId(name) ?? 0n, value));
      set('pc', at);
      if (!r.oneIn(5)) set('VBAR_EL1', VECTORS);
      set('x0', r.oneIn(2) ? r.pick(FUNCTIONS) : this.#address());
      for (const n of [1, 2, 3]) set(`x${n}`, r.oneIn(2) ? this.#address() : r.value());
      if (r.oneIn(4)) set('pstate', r.pick([0x3c5n, 0x3c0n, 0x5n, 0n, 0x2003c5n, 0x3c4n, r.bits64()]));
    }
  }

  #any(): void {
    const r = this.#r;
    const vm = this.#vm;
    const vcpus = vm.vcpus;
    const vcpu = vcpus.length > 0 && !r.oneIn(20) ? r.pick(vcpus) : undefined;
    const onVm = [
      () => this.#call('KVM_ENABLE_CAP', () => vm.enableCap(this.#number(CAPS), [r.value()], r.oneIn(8) ? 1 : 0)),
      () => this.#call('KVM_ARM_SET_COUNTER_OFFSET', () => vm.setCounterOffset(r.value(), r.oneIn(8) ? 1n : 0n)),
      () => this.#region(),
      () => this.#vcpu(r.pick([0, 1, 2, 5, 511, 512, -1, 0.5])),
      () => {
        const irq = r.oneIn(2) ? r.word() : (r.pick([0, 1, 2, 3]) << 24) | r.pick([0, 1, 16, 27, 31, 32, 40, 63, 64, 1019]);
        this.#call(`KVM_IRQ_LINE ${irq.toString(16)}`, () => vm.irqLine(irq, r.below(2)));
      },
      () => this.#call('KVM_CREATE_DEVICE', () => vm.createDevice(r.pick(DEVICES))),
      () => this.#call('KVM_CHECK_EXTENSION', () => ({ ok: true, value: vm.checkExtension(this.#number(CAPS)) })),
      () => this.#views(),
      () => this.#attribute(vcpu),
      () => this.#attribute(vcpu),
      () => {
        const range = { range: r.below(2), reserved: r.oneIn(4) ? 1 : 0 };
        this.#call('KVM_ARM_GET_REG_WRITABLE_MASKS', () => vm.writableMasks(range));
      },
      () => this.#memoryCall(),
      () => this.#copyTags(),
    ];
    r.pick(vcpu ? [...onVm, ...this.#onVcpu(vcpu)] : onVm)();
  }

  #onVcpu(vcpu: KvmVcpu): readonly (() => void)[] {
    const r = this.#r;
    const run = (): void => this.#run(vcpu);
    return [
      () => {
        const features = r.oneIn(2) ? this.#features() : this.#chosen;
        const target = r.oneIn(9) ? r.word() : KVM_ARM_TARGET_GENERIC_V8;
        this.#call(`KVM_ARM_VCPU_INIT ${features}`, () => vcpu.init({ target, features }));
      },
      () => this.#call('KVM_GET_REG_LIST', () => vcpu.getRegList(r.pick([0, 1, 10_000]))),
      () => this.#call('KVM_ARM_VCPU_FINALIZE', () => vcpu.finalize(this.#number(FEATURES))),
      () => this.#call('KVM_GET_VCPU_EVENTS', () => vcpu.getEvents()),
      () => {
        const [serror_pending, serror_has_esr, ext_dabt_pending] = [r.below(2), r.below(2), r.below(2)];
        const events = { serror_pending, serror_has_esr, ext_dabt_pending, serror_esr: r.value(), pad: r.oneIn(9) ? 1 : 0 };
        this.#call('KVM_SET_VCPU_EVENTS', () => vcpu.setEvents(events));
      },
      () => this.#call('KVM_GET_MP_STATE', () => vcpu.getMpState()),
      () => this.#call('KVM_SET_MP_STATE', () => vcpu.setMpState(r.pick([0, 5, 10, 1, 77]))),
      () => {
        const list = (): bigint[] => Array.from({ length: r.below(18) }, () => r.value());
        const control = r.oneIn(4) ? r.word() : r.pick([0, 1, 3, 0x1_0001, 0x2_0001, 0x2_0003]);
        const debug = { control, bcr: list(), bvr: list(), wcr: list(), wvr: list() };
        this.#call(`KVM_SET_GUEST_DEBUG ${control}`, () => vcpu.setGuestDebug(debug));
      },
      () => this.#code(),
      () => this.#oneReg(vcpu),
      () => this.#oneReg(vcpu),
      () => {
        const member = r.pick(KVM_RUN_MEMBERS);
        this.calls.push(`kvm_run.${member.name}`);
        writeKvmRunMember(vcpu.kvmRun.bytes, member, r.oneIn(2) ? BigInt(r.below(2)) : r.bits64());
      },
      ...[run, run, run, run, run, run, run, run],
    ];
  }

  #region(): void {
    const r = this.#r;
    const region = {
      slot: r.pick([0, 1, 2, 63, 64, 0x1_0000, -1]),
      flags: r.pick([0, 0, 0, 1, 2, 3, 4, 0xffff]),
      guest_phys_addr: r.oneIn(2) ? RAM : this.#address(),
      memory_size: r.pick([0n, SIZE, 0x1000n, 0x20_0000n, 0x800n, 1n << 31n, 1n << 40n, r.bits64()]),
      userspace_addr: r.oneIn(3) ? this.#address() : this.#memory,
    };
    const show = JSON.stringify(region, (_, v) => (typeof v === 'bigint' ? `0x${v.toString(16)}` : v));
    this.#call(`KVM_SET_USER_MEMORY_REGION ${show}`, () => this.#vm.setUserMemoryRegion(region));
  }

  #attribute(vcpu: KvmVcpu | undefined): void {
    const r = this.#r;
    const vm = this.#vm;
    const gic = vm.deviceAttributes(KVM_DEV_TYPE.KVM_DEV_TYPE_ARM_VGIC_V3);
    const on = r.pick<Attribute | undefined>([vm.attributes, gic, vcpu && vm.vcpuAttributes(vcpu.id)]);
    if (!on) return;
    const group = this.#number(ATTRIBUTES);
    const attr = r.oneIn(3) ? r.value() : BigInt(r.oneIn(2) ? this.#number(ATTRIBUTES) : 4 * r.below(0x4000));
    const value = r.pick<AttributeValue>([undefined, 0n, r.value(), this.#address(), this.#filter()]);
    const calls: readonly (() => KvmResult<unknown>)[] = [
      () => on.has(group, attr),
      () => on.get(group, attr),
      () => on.set(group, attr, value),
    ];
    this.#call(`KVM_…_DEVICE_ATTR ${group} ${attr}`, r.pick(calls));
  }

  #oneReg(vcpu: KvmVcpu): void {
    const r = this.#r;
    const id = this.#registerId();
    if (r.oneIn(3)) {
      this.#call(`KVM_SET_ONE_REG ${id.toString(16)}`, () => vcpu.setOneReg(id, r.value()));
      return;
    }
    const value = this.#make(`KVM_GET_ONE_REG ${id.toString(16)}`, () => vcpu.getOneReg(id));
    if (value === undefined || r.oneIn(2)) return;
    this.#call(`KVM_SET_ONE_REG ${id.toString(16)}`, () => vcpu.setOneReg(id, value ^ (1n << BigInt(r.below(64)))));
  }

  /** What views ask of a VM: no ioctls, but over the same state. */
  #views(): void {
    const r = this.#r;
    const vm = this.#vm;
    this.calls.push('views');
    const { row } = r.pick(vm.idRegisters);
    const wanted = r.value();
    const verdict = vm.judgeIdRegister(row, wanted);
    if (!verdict.ok) vm.refusalReason(row, wanted, verdict);
    vm.judgeThawed(row, wanted);
    vm.idFieldStories(row);
    for (const vcpu of vm.vcpus) vcpu.previewMmio(r.value());
    assert(
      vm.idAdvice.every(({ doc }) => doc !== ''),
      'advice says something',
    );
    assert(
      vm.undefinedAccesses.every(({ name }) => name !== ''),
      'an access has a name',
    );
  }

  #copyTags(): void {
    const r = this.#r;
    const guest_ipa = r.oneIn(2) ? RAM + BigInt(0x1000 * r.below(17)) : this.#address();
    const length = r.pick([0n, 0x1000n, 0x2000n, 0x11_0000n, 0x7fff_ffff_ffff_f000n, r.bits64()]);
    const tags = r.oneIn(2) ? new Uint8Array(r.pick([0, 1, 256, 512])).fill(r.below(32)) : undefined;
    const request = { guest_ipa, length, flags: r.pick([0, 1, 1, 2]), reserved: r.oneIn(8) ? 1 : 0, tags };
    this.#call(`KVM_ARM_MTE_COPY_TAGS ${guest_ipa.toString(16)} ${length.toString(16)}`, () => this.#vm.copyMteTags(request));
  }

  #memoryCall(): void {
    const r = this.#r;
    const at = r.oneIn(2) ? RAM + BigInt(r.below(0x2_0000)) : this.#address();
    if (r.oneIn(2)) this.#call('read', () => this.#vm.readMemory(at, r.pick([0, 1, 64, 5000])));
    else if (r.oneIn(5)) this.#call('poison', () => this.#vm.poison(at));
    else this.#call('write', () => this.#vm.writeMemory(at, new Uint8Array(r.pick([0, 3, 64]))));
  }

  #run(vcpu: KvmVcpu): void {
    const r = this.#r;
    let left = INSTRUCTIONS;
    if (this.#counts) this.#counts.runs++;
    for (;;) {
      this.calls.push(`KVM_RUN ${vcpu.id}`);
      const before = vcpu.cpu.instructions;
      const result: RunResult = vcpu.run(left);
      left -= Math.max(1, Number(vcpu.cpu.instructions - before));
      switch (result.kind) {
        case 'exit': {
          const page = decodeKvmRun(vcpu.kvmRun);
          assert(page !== undefined, `exit_reason ${vcpu.kvmRun.header.exit_reason}`);
          if (this.#counts) {
            this.#counts.exits[page.exit_reason] = (this.#counts.exits[page.exit_reason] ?? 0) + 1;
          }
          if (r.oneIn(2)) for (let i = 0; i < 8; i++) vcpu.kvmRun.mmio.data.set(i, r.below(256));
          return;
        }
        case 'error':
          assert(Object.hasOwn(ERRNO, result.errno), `errno ${result.errno}`);
          if (this.#counts) this.#counts.errors[result.errno] = (this.#counts.errors[result.errno] ?? 0) + 1;
          return;
        case 'stop':
          assert(false, `stopped: ${result.stop.kind}`);
          break;
        default:
          if (left > 0 && result.kind !== 'blocked') continue;
          this.calls.push('signal');
          vcpu.interrupt();
          return;
      }
    }
  }

  #features(): bigint {
    const r = this.#r;
    if (r.oneIn(6)) return r.value();
    return FEATURES.reduce((mask, bit) => (r.oneIn(3) ? mask | (1n << BigInt(bit)) : mask), 4n);
  }

  #filter(): SmcccFilter {
    const r = this.#r;
    return {
      base: r.oneIn(2) ? Number(r.pick(FUNCTIONS)) : r.word(),
      nr_functions: r.pick([0, 1, 2, 0x100, 0x1_0000, 0xffff_ffff]),
      action: r.below(4),
      pad: r.oneIn(6) ? 1 : 0,
    };
  }

  #registerId(): bigint {
    const r = this.#r;
    switch (r.below(8)) {
      case 0:
        return r.bits64();
      case 1:
        return r.pick(NAMES);
      case 2:
        return sysRegId(r.pick(ID_REGISTERS).encoding);
      case 3:
        return CORE_ID | BigInt(r.below(0x100));
      case 4:
        return (
          r.pick([0x6030_0000_0014_0000n, 0x6030_0000_0016_0000n, 0x6020_0000_0011_0000n, 0x6060_0000_0015_0000n]) |
          BigInt(r.below(0x10))
        );
      case 5:
        // Any size of any kind of register, with a place that may be right.
        return (0x60n << 56n) | (BigInt(r.below(16)) << 52n) | (BigInt(r.range(0x10, 0x17)) << 16n) | BigInt(r.below(0x1_0000));
      case 6:
        return 0x6030_0000_0013_0000n | BigInt(r.below(0x1_0000));
      default:
        return sysRegId(r.pick(SYSREGS).encoding);
    }
  }

  #address(): bigint {
    const r = this.#r;
    const base = r.pick([RAM, RAM, 0n, 0x0800_0000n, 0x080a_0000n, 0x080b_0000n, 0x0b00_0000n, 1n << 40n, 1n << 48n, r.bits64()]);
    return BigInt.asUintN(64, base + BigInt(r.oneIn(2) ? 0x1000 * r.below(32) : r.below(0x1_0000)));
  }

  #number(known: readonly number[]): number {
    return this.#r.oneIn(8) ? this.#r.word() : this.#r.pick(known);
  }

  /** Makes a call and holds its result to a kernel's. */
  #call(what: string, call: () => KvmResult<unknown>): void {
    this.#make(what, call);
  }

  /** Makes a call that gives something; undefined when it is refused. */
  #make<T>(what: string, call: () => KvmResult<T>): T | undefined {
    this.calls.push(what);
    if (this.#counts) this.#counts.calls++;
    const result = call();
    if (result.ok) return result.value;
    assert(Object.hasOwn(ERRNO, result.error), `errno ${result.error}`);
    if (this.#counts) this.#counts.errors[result.error] = (this.#counts.errors[result.error] ?? 0) + 1;
    return undefined;
  }
}
