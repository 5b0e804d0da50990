// The board with KVM at EL2: a host of processing elements and memory, KVM's model over it, and a VMM that wires the board's devices and takes
// every exit to a device, a rule or the person. What happens is KVM's and the VMM's; here they are put together and their words are logged.

import { fieldRange, setField } from '#arch/field';
import { encodingName, fieldsNamed, registerByName } from '#arch/sysreg';
import { assert, err, hex, ok, parseInteger, type Result, subBytes } from '#base';
import { type CpuModel, cpuModel, createMemory, createProcessor, type MachineMemory, modelOf, type Processor } from '#cpu';
import { BOARD, makeBus, PPI, spiIntid } from '#devices';
import {
  type ExitPhase,
  GuestWiring,
  hardwareUnder,
  idRegisterRow,
  KVM_ARM_IRQ_TYPE,
  KVM_ARM_TARGET_GENERIC_V8,
  KVM_ATTRIBUTES,
  KVM_CAP,
  KVM_DEV_TYPE,
  KVM_RUN_PAGE,
  type KvmCap,
  type KvmHost,
  KvmSystem,
  type KvmVcpu,
  type KvmVm,
  registerId,
  VCPU_FEATURES,
  type VcpuFeature,
} from '#hypervisor';
import { DEFAULT_FEATURES, type MachineConfig, type ScriptedWrite } from '#project';
import { type Question as Asked, type Disposition, VMM_STATE_SIZE, Vmm } from '#vmm';
import { loggedAnswer, vmmAnswer, vmmRules } from './answers.ts';
import type { Board, BoardHooks, BoardStop } from './board.ts';
import { placeDeviceTree } from './describe.ts';
import { loadImage, reasonNoMemory } from './load.ts';
import { bytesOf, makePeripherals } from './peripherals.ts';
import type { MachineOptions, Question } from './types.ts';

/** The guest's RAM, by guest physical address, and where the host keeps it and KVM's tables. */
const RAM_BASE = BOARD.ram.base;
const HOST_RAM = 0x10_4000_0000n;
const HOST_TABLES = 0xf0_0000_0000n;
const TABLES_SIZE = 0x20_0000;
/** kvm_run as it is logged: the header and the longest union member in use (a system event). */
const LOGGED_BYTES = 0xb0;
/** SGIs and PPIs, and the SPIs of QEMU's virt. */
const PRIVATE_INTERRUPTS = 32;
const VIRT_SPIS = 256;
const PSTATE_AT = [0x3c0n, 0x3c5n] as const;

/** Makes the board at reset. */
export function createKvmBoard(options: MachineOptions, hooks: BoardHooks): Result<Board, string> {
  const { board, config } = options;
  const named = cpuModel(board.cpu);
  if (!named) return err(`there is no CPU model '${board.cpu}'`);
  const model = hostModel(hardwareUnder(named, config.policy ?? {}), config.host ?? {});
  if (!model.ok) return model;
  let memory: MachineMemory;
  try {
    memory = createMemory({
      cpus: board.cpus,
      regions: [
        { base: HOST_RAM, size: BigInt(board.memory), kind: 'ram' },
        { base: HOST_TABLES, size: BigInt(TABLES_SIZE), kind: 'ram' },
      ],
    });
  } catch (error) {
    return err(reasonNoMemory(error, board.memory));
  }
  const bytes = bytesOf(memory);
  const wiring = new GuestWiring();
  const processors: readonly Processor[] = Array.from({ length: board.cpus }, (_, index) =>
    createProcessor({
      ...wiring.options(index),
      memory,
      index,
      model: model.value,
      el2: 'modelled',
      sendEvent: () => {
        for (const other of processors) if (other.index !== index) other.setEvent();
      },
      broadcastTlbi: (invalidation) => {
        for (const other of processors) if (other.index !== index) other.invalidateTlb(invalidation);
      },
    }),
  );
  // The host's processors come out of reset before KVM takes them.
  for (const processor of processors) processor.reset({ el: 2, pc: 0n });
  const vcpus: KvmVcpu[] = [];
  const host: KvmHost = {
    memory,
    processors: board.cpus,
    processor: (index) => {
      const processor = processors[index];
      assert(processor, `processor ${index}`);
      return processor;
    },
    idRegister: (encoding) => model.value.registers.get(encodingName(encoding)) ?? 0n,
    tables: { base: HOST_TABLES, size: TABLES_SIZE },
    now: () => memory.clock,
    wiring,
    observe: (phase: ExitPhase) => {
      const page = phase.kind === 'return' ? vcpus[phase.vcpu]?.kvmRun.bytes.view : undefined;
      const kept = page && new Uint8Array(page.buffer, page.byteOffset, Math.min(LOGGED_BYTES, KVM_RUN_PAGE)).slice();
      hooks.log.phase(phase, hooks.instructions(), kept);
      if (phase.kind === 'trap') hooks.appended(phase.vcpu);
    },
  };
  const made = setUp(host, options, vcpus);
  if (!made.ok) return made;
  const vm = made.value;

  const { placed, uart, timed } = makePeripherals(memory, {
    console: (byte) => options.console?.(byte),
    irq: (spi, level) => vm.irqLine(spiLine(spiIntid(spi)), level),
  });
  const rules = vmmRules(options.rules);
  if (!rules.ok) return rules;
  const vmm = new Vmm({
    vm,
    bus: makeBus(placed),
    rules: rules.value,
    state: subBytes(bytes, memory.reserve(VMM_STATE_SIZE), VMM_STATE_SIZE),
  });
  const script = readScript(vm, options.config.script ?? []);
  if (!script.ok) return script;
  /** The question that waits, as the VMM put it. */
  let asked: Asked | undefined;

  function vcpuAt(index: number): KvmVcpu {
    const vcpu = vcpus[index];
    assert(vcpu, `vCPU ${index}`);
    return vcpu;
  }

  /** Logs what became of an exit; a stop when the vCPU cannot simply go on. */
  function settle(vcpu: KvmVcpu, disposition: Disposition): BoardStop | undefined {
    switch (disposition.kind) {
      case 'answered':
        asked = undefined;
        hooks.log.answered(vcpu.index, loggedAnswer(disposition.given));
        return undefined;
      case 'ask':
        asked = disposition.question;
        return { kind: 'waiting', question: questionFor(vcpu, disposition.question) };
      case 'late':
        return { kind: 'yield' };
      case 'ended':
        hooks.log.closed(vcpu.index);
        return { kind: 'ended', reason: disposition.reason, errno: undefined, status: undefined, message: disposition.message };
      case 'failed':
        hooks.log.closed(vcpu.index);
        return { kind: 'ended', reason: 'error', errno: undefined, status: undefined, message: disposition.message };
    }
  }

  function questionFor(vcpu: KvmVcpu, question: Asked): Question {
    const { kind, access, address, bytes: size, register, value, lands, permitted } = question;
    return {
      exit: hooks.log.exits,
      cpu: vcpu.index,
      kind,
      access,
      address,
      bytes: size,
      register,
      value,
      lands,
      permitted,
      piece: question.piece?.text,
      ...(question.refused !== undefined && { refused: question.refused }),
    };
  }

  return ok({
    memory,
    processors,
    sleeps: (cpu) => vcpuAt(cpu).sleeps,
    run(cpu, budget) {
      const vcpu = vcpuAt(cpu);
      let left = budget;
      for (;;) {
        for (const device of timed) device.advance();
        if (vmm.late(vcpu)) {
          const stop = settle(vcpu, vmm.handleExit(vcpu));
          if (stop) return stop;
        }
        const before = vcpu.cpu.instructions;
        const result = vcpu.run(left);
        left -= Number(vcpu.cpu.instructions - before);
        switch (result.kind) {
          case 'budget':
            return { kind: 'budget' };
          case 'yield':
            return { kind: 'yield' };
          case 'blocked':
            // A count of the virtual counter is 16 ns.
            return { kind: 'asleep', deadline: result.deadline === undefined ? undefined : result.deadline * 16n };
          case 'stop':
            if (result.stop.kind === 'breakpoint') return { kind: 'breakpoint' };
            return { kind: 'requested' };
          case 'error':
            return { kind: 'ended', reason: 'error', errno: result.errno, status: undefined, message: result.message };
          case 'exit': {
            for (const { address, bytes: part } of script.value.get(hooks.log.exits) ?? []) vm.writeMemory(address, part);
            const stop = settle(vcpu, vmm.handleExit(vcpu));
            if (stop) return stop;
            // Userspace has its turn between two KVM_RUNs: the machine may stop here.
            if (left <= 0) return { kind: 'budget' };
          }
        }
      }
    },
    answer(question, answer) {
      assert(asked, 'an answer without a question');
      const read = vmmAnswer(answer);
      if (!read.ok) return read;
      const vcpu = vcpuAt(question.cpu);
      const disposition = vmm.answer(vcpu, asked, read.value);
      if (!disposition.ok) return disposition;
      return ok(settle(vcpu, disposition.value));
    },
    preview(question, answer) {
      assert(asked, 'an answer without a question');
      const read = vmmAnswer(answer);
      if (!read.ok) return read;
      const effect = vmm.preview(vcpuAt(question.cpu), asked, read.value);
      if (!effect.ok) return effect;
      const { register, old, new: value, rules: shaped } = effect.value;
      const why = shaped.map((rule) => `${rule.doc[0]?.toUpperCase()}${rule.doc.slice(1)}.`).join(' ');
      return ok({ register, old, new: value, why });
    },
    vm,
    setIdRegister: (name, value) => writeIdRegister(vm, name, value),
    setRules(next) {
      const read = vmmRules(next);
      if (!read.ok) return read;
      vmm.rules = read.value;
      return ok(undefined);
    },
    consoleInput(typed) {
      for (const byte of typed) uart.receive(byte);
    },
    setInterrupt(intid, level) {
      if (intid < PRIVATE_INTERRUPTS) return err(`INTID ${intid} is a CPU's own; a line that can be set is an SPI, 32 and up`);
      const done = vm.irqLine(spiLine(intid), level);
      return done.ok ? done : err(`this VM's interrupt controller has no INTID ${intid}`);
    },
    readMemory(address, length) {
      const read = vm.readMemory(address, length);
      return read.ok ? read.value : undefined;
    },
    writeMemory: (address, part) => vm.writeMemory(address, part).ok,
  });
}

/** The VM with memory, vCPUs and everything that the configuration asks for; `vcpus` is filled. */
function setUp(host: KvmHost, options: MachineOptions, vcpus: KvmVcpu[]): Result<KvmVm, string> {
  const { board, config, image } = options;
  const created = new KvmSystem(host, config.policy ?? {}).createVm({ protected: config.protected ?? false });
  if (!created.ok) return err(`KVM_CREATE_VM: ${created.error}`);
  const vm = created.value;
  for (const name of config.capabilities ?? []) {
    const cap = Object.hasOwn(KVM_CAP, name) ? KVM_CAP[name as KvmCap] : undefined;
    const done = cap === undefined ? undefined : vm.enableCap(cap);
    if (!done) return err(`capabilities: there is no '${name}'`);
    if (!done.ok) return err(`capabilities: KVM refuses ${name} (${done.error})`);
  }
  const slot = vm.setUserMemoryRegion({
    slot: 0,
    flags: 0,
    guest_phys_addr: RAM_BASE,
    memory_size: BigInt(board.memory),
    userspace_addr: HOST_RAM,
  });
  if (!slot.ok) return err(`memory: KVM refuses ${board.memory} bytes at ${hex(RAM_BASE)} (${slot.error})`);
  const gic = vm.createDevice(KVM_DEV_TYPE.KVM_DEV_TYPE_ARM_VGIC_V3);
  if (!gic.ok) return err(`the vGIC cannot be made (${gic.error})`);

  let features = 0n;
  for (const name of config.features ?? DEFAULT_FEATURES) {
    if (!Object.hasOwn(VCPU_FEATURES, name))
      return err(`features: there is no '${name}': ${Object.keys(VCPU_FEATURES).join(', ')}`);
    features |= 1n << BigInt(VCPU_FEATURES[name as VcpuFeature]);
  }
  for (let id = 0; id < board.cpus; id += 1) {
    const vcpu = vm.createVcpu(id);
    if (!vcpu.ok) return err(`KVM_CREATE_VCPU: ${vcpu.error}`);
    const done = vcpu.value.init({ target: KVM_ARM_TARGET_GENERIC_V8, features: id === 0 ? features : features | 1n });
    if (!done.ok) return err(`features: KVM refuses ${(config.features ?? []).join(', ')} (${done.error})`);
    vcpus.push(vcpu.value);
  }
  const [first] = vcpus;
  assert(first, 'a VM without a vCPU');
  const ready = finishDevices(vm, vcpus, config.features ?? []);
  if (!ready.ok) return ready;

  for (const [name, text] of Object.entries(config.id_registers ?? {})) {
    const value = parseInteger(text);
    const done = value === undefined ? err(`${text} is not a number`) : writeIdRegister(vm, name, value);
    if (!done.ok) return err(`id_registers: ${done.error}`);
  }
  const trapped = overrideTraps(vm, config);
  if (!trapped.ok) return trapped;

  const write = (address: bigint, part: Uint8Array): boolean => vm.writeMemory(address, part).ok;
  const has = (feature: VcpuFeature): boolean => (config.features ?? DEFAULT_FEATURES).includes(feature);
  const psci = has('psci_0_2') ? { psci: 'hvc' as const } : {};
  const tree = placeDeviceTree(options, { ...psci, el2: false, pmu: has('pmu_v3') }, write);
  const loaded = loadImage(image, write, 1);
  if (!loaded.ok) return loaded;
  // As a VMM does it: the first write outside the ID space.
  first.setOneReg(registerId('pc') as bigint, image.entry);
  if (tree !== undefined) first.setOneReg(registerId('x0') as bigint, tree);
  first.cpu.pstate = PSTATE_AT[board.el === 0 ? 0 : 1];
  const set = loaded.value.registers(first.cpu, config.registers ?? {});
  return set.ok ? ok(vm) : set;
}

/** What userspace does once there are vCPUs: the vGIC's places, its start, and the features that have to be finished. */
function finishDevices(vm: KvmVm, vcpus: readonly KvmVcpu[], features: readonly string[]): Result<void, string> {
  const A = KVM_ATTRIBUTES;
  const gic = vm.deviceAttributes(KVM_DEV_TYPE.KVM_DEV_TYPE_ARM_VGIC_V3);
  assert(gic, 'the vGIC was made');
  for (const [group, attr, value] of [
    [A.KVM_DEV_ARM_VGIC_GRP_NR_IRQS, 0, BigInt(PRIVATE_INTERRUPTS + VIRT_SPIS)],
    [A.KVM_DEV_ARM_VGIC_GRP_ADDR, A.KVM_VGIC_V3_ADDR_TYPE_DIST, BOARD.distributor.base],
    [A.KVM_DEV_ARM_VGIC_GRP_ADDR, A.KVM_VGIC_V3_ADDR_TYPE_REDIST, BOARD.redistributors.base],
    [A.KVM_DEV_ARM_VGIC_GRP_CTRL, A.KVM_DEV_ARM_VGIC_CTRL_INIT, undefined],
  ] as const) {
    const done = gic.set(group, BigInt(attr), value);
    if (!done.ok) return err(`the vGIC cannot be set up (${done.error})`);
  }
  for (const vcpu of vcpus) {
    if (features.includes('sve') && !vcpu.finalize(VCPU_FEATURES.sve).ok) return err('features: SVE cannot be finalized');
    if (!features.includes('pmu_v3')) continue;
    const own = vm.vcpuAttributes(vcpu.id);
    for (const [attr, value] of [
      [A.KVM_ARM_VCPU_PMU_V3_IRQ, BigInt(PPI.pmu)],
      [A.KVM_ARM_VCPU_PMU_V3_INIT, undefined],
    ] as const) {
      const done = own?.set(A.KVM_ARM_VCPU_PMU_V3_CTRL, BigInt(attr), value);
      if (!done?.ok) return err(`features: the PMU cannot be set up (${done?.error})`);
    }
  }
  return ok(undefined);
}

/** KVM_SET_ONE_REG of an ID register, on the first vCPU; they are the VM's. */
function writeIdRegister(vm: KvmVm, name: string, value: bigint): Result<void, string> {
  const id = registerId(name);
  const [vcpu] = vm.vcpus;
  if (id === undefined || !vcpu) return err(`there is no register '${name}'`);
  const row = idRegisterRow(registerByName(name)?.encoding ?? -1);
  const verdict = row && vm.judgeIdRegister(row, value);
  const done = vcpu.setOneReg(id, value);
  if (done.ok) return done;
  const why = row && verdict && !verdict.ok ? `: ${vm.refusalReason(row, value, verdict).text}` : '';
  return err(`KVM refuses ${hex(value)} for ${name} (${done.error})${why}`);
}

/** Scripted writes by the exit that they follow; the error names one that does not fit the VM's memory. */
function readScript(
  vm: KvmVm,
  script: readonly ScriptedWrite[],
): Result<ReadonlyMap<number, readonly { readonly address: bigint; readonly bytes: Uint8Array }[]>, string> {
  const byExit = new Map<number, { readonly address: bigint; readonly bytes: Uint8Array }[]>();
  for (const { exit, write, bytes: pairs } of script) {
    const address = parseInteger(write);
    const part = Uint8Array.from(pairs.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    if (address === undefined || !vm.readMemory(address, part.length).ok) return err(`script: there is no memory at ${write}`);
    byExit.set(exit, [...(byExit.get(exit) ?? []), { address, bytes: part }]);
  }
  return ok(byExit);
}

/** KVM_IRQ_LINE's argument for an SPI. */
function spiLine(intid: number): number {
  return (KVM_ARM_IRQ_TYPE.SPI << 24) | intid;
}

/** The processor model with fields of its ID registers as the configuration has them: `ID_AA64ISAR0_EL1.AES`. */
function hostModel(model: CpuModel, host: Readonly<Record<string, number>>): Result<CpuModel, string> {
  const registers = new Map(model.registers);
  for (const [key, value] of Object.entries(host)) {
    const [name = '', field = ''] = key.split('.');
    const row = registerByName(name);
    if (!row || fieldsNamed(row, field).length === 0) return err(`host: there is no field '${key}' (written REGISTER.FIELD)`);
    const range = fieldRange(row.name, field);
    const width = range.msb - range.lsb + 1;
    if (value >= 2 ** width) return err(`host: ${key} has ${width} bits; ${value} does not fit`);
    registers.set(row.name, setField(registers.get(row.name) ?? 0n, range, value));
  }
  return ok(Object.keys(host).length === 0 ? model : modelOf('host', registers, model.choices));
}

/** Bits of trap registers that the configuration sets or clears on top of KVM's choice. */
function overrideTraps(vm: KvmVm, config: MachineConfig): Result<void, string> {
  for (const [name, { set = [], clear = [] }] of Object.entries(config.trap_controls ?? {})) {
    const masks: bigint[] = [];
    for (const fields of [set, clear]) {
      let mask = 0n;
      for (const field of fields) {
        const row = registerByName(name);
        if (!row || fieldsNamed(row, field).length === 0) return err(`trap_controls: ${name} has no field '${field}'`);
        mask |= fieldRange(row.name, field).mask;
      }
      masks.push(mask);
    }
    if (!vm.overrideTrapControl(name, masks[0] ?? 0n, masks[1] ?? 0n))
      return err(`trap_controls: '${name}' is not one that KVM lets go`);
  }
  return ok(undefined);
}
