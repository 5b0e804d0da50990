// What a VMM script works on: a host, KVM on it, at most one VM, and the steps that act on them. Each step reads its members, makes the call and
// gives the result line. Knows nothing of files and streams.
import { fieldsOf, registerByName } from '#arch/sysreg';
import { assemble } from '#asm';
import { hex, hexDigits, insert64 } from '#base';
import {
  type AttributeValue,
  decodeKvmRun,
  type Errno,
  ID_REGISTERS,
  KVM_ARM_TAGS,
  KVM_ARM_TARGET_GENERIC_V8,
  KVM_ATTRIBUTES,
  KVM_CAP,
  KVM_DEV_TYPE,
  KVM_EXITS,
  KVM_GUESTDBG,
  KVM_MEM,
  KVM_MP_STATE,
  KVM_SMCCC_FILTER,
  type KvmPolicy,
  type KvmResult,
  KvmSystem,
  type KvmVcpu,
  type KvmVm,
  kvmRunMember,
  type NewHost,
  newKvmHost,
  POLICY_SWITCHES,
  type PolicyName,
  registerId,
  VCPU_FEATURES,
  writeKvmRunMember,
} from '#hypervisor';
import { type Place, Step, type Value } from './vmm-script.ts';

/** One result line. */
export type StepResult = { readonly ret: number; readonly errno?: Errno } & Readonly<Record<string, unknown>>;

type Reader = (step: Step, session: Session) => () => StepResult;

const PROCESSORS = 8;
/** Virtual time of one count of the system counter. */
const NS_PER_COUNT = 16n;
const DEFAULT_MAX_INSTRUCTIONS = 1_000_000;
const NAME_OF_MP_STATE: ReadonlyMap<number, string> = new Map(Object.entries(KVM_MP_STATE).map(([name, n]) => [n, name]));

function done(extra: Readonly<Record<string, unknown>> = {}): StepResult {
  return { ret: 0, ...extra };
}

function refused(errno: Errno, extra: Readonly<Record<string, unknown>> = {}): StepResult {
  return { ret: -1, errno, ...extra };
}

function result(outcome: KvmResult<unknown>, extra: Readonly<Record<string, unknown>> = {}): StepResult {
  return outcome.ok ? done(extra) : refused(outcome.error);
}

function pairs(bytes: Uint8Array): string {
  return [...bytes].map((byte) => hexDigits(byte, 2)).join('');
}

/** A script's machine. `step` takes one line and gives its result; it throws InputError where the line itself is at fault. */
export class Session {
  /** Called with what is odd and no mistake. */
  warn: (message: string) => void = () => undefined;

  readonly #hostFields = new Map<string, bigint>();
  readonly #policy: { [P in PolicyName]?: string } = {};
  #made: { readonly host: NewHost; readonly vm: KvmVm } | undefined;
  /** Physical addresses behind slots, by slot id. */
  readonly #slots = new Map<number, bigint>();

  step(place: Place, text: string): StepResult {
    const step = new Step(place, text);
    const run = readerOf(step)(step, this);
    for (const message of step.unread()) this.warn(message);
    return run();
  }

  get vm(): KvmVm | undefined {
    return this.#made?.vm;
  }

  vcpu(id: number): KvmVcpu | undefined {
    return this.vm?.vcpu(id);
  }

  setHost(register: string, msb: number, lsb: number, value: bigint): void {
    const before = this.#hostFields.get(register) ?? newKvmHostValue(register);
    this.#hostFields.set(register, insert64(before, msb, lsb, value));
  }

  setPolicy(name: PolicyName, value: string): void {
    this.#policy[name] = value;
  }

  checkExtension(cap: number): number {
    return this.vm ? this.vm.checkExtension(cap) : this.#system(this.#newHost()).checkExtension(cap);
  }

  createVm(ipaBits: number | undefined, isProtected: boolean): StepResult {
    const host = this.#newHost();
    const vm = this.#system(host).createVm({ ...(ipaBits !== undefined && { ipaBits }), protected: isProtected });
    if (!vm.ok) return refused(vm.error);
    this.#made = { host, vm: vm.value };
    this.#slots.clear();
    return done();
  }

  /** Sets a slot; new memory comes with a new slot, and goes with it. */
  setSlot(slot: number, flags: number, address: bigint, size: bigint): StepResult {
    const made = this.#made;
    if (!made) return refused('EBADF');
    const known = this.#slots.get(slot);
    const whole = size % 4096n === 0n && size > 0n;
    const fresh = known === undefined && whole ? made.host.allocate(address & ~0xfffn, size) : undefined;
    if (known === undefined && whole && fresh === undefined) return refused('ENOMEM');
    const outcome = made.vm.setUserMemoryRegion({
      slot,
      flags,
      guest_phys_addr: address,
      memory_size: size,
      userspace_addr: known ?? fresh ?? 0n,
    });
    if (outcome.ok && size === 0n && known !== undefined) {
      made.host.free(known);
      this.#slots.delete(slot);
    } else if (outcome.ok && fresh !== undefined) {
      this.#slots.set(slot, fresh);
    } else if (fresh !== undefined) {
      made.host.free(fresh);
    }
    return result(outcome);
  }

  poison(address: bigint): StepResult {
    return this.vm ? result(this.vm.poison(address)) : refused('EBADF');
  }

  /**
   * KVM_RUN. Without an in-kernel irqchip the kernel returns from it, with EINTR, when a timer or the PMU changes its output; that is told only
   * `notify`, else userspace enters again at once.
   */
  run(vcpu: KvmVcpu, budget: number, notify: boolean): StepResult {
    const before = vcpu.cpu.instructions;
    for (;;) {
      const left = budget - Number(vcpu.cpu.instructions - before);
      const ran = vcpu.run(Math.max(left, 0));
      switch (ran.kind) {
        case 'exit':
          return ranTo(vcpu, { ret: 0 });
        case 'error':
          if (ran.errno === 'EINTR' && !notify && vcpu.kvmRun.header.immediate_exit === 0) break;
          return ranTo(vcpu, { ret: -1, errno: ran.errno, message: ran.message });
        case 'yield':
          break;
        case 'blocked':
          // Nobody else runs: time goes on to the moment at which it wakes by itself.
          if (ran.deadline !== undefined && this.#made) {
            const wakes = ran.deadline * NS_PER_COUNT;
            if (wakes > this.#made.host.memory.clock) this.#made.host.memory.clock = wakes;
            break;
          }
          vcpu.interrupt();
          return ranTo(vcpu, { ret: -1, errno: 'EINTR' });
        default:
          vcpu.interrupt();
          return ranTo(vcpu, { ret: -1, errno: 'EINTR' });
      }
    }
  }

  #newHost(): NewHost {
    return newKvmHost({
      processors: PROCESSORS,
      idRegisters: this.#hostFields,
      policy: this.#policy as Partial<KvmPolicy>,
    });
  }

  #system(host: NewHost): KvmSystem {
    return new KvmSystem(host, this.#policy as Partial<KvmPolicy>);
  }
}

/** What the default host's register holds. */
function newKvmHostValue(register: string): bigint {
  const row = registerByName(register);
  return row ? DEFAULT_HOST().idRegister(row.encoding) : 0n;
}

let defaultHost: NewHost | undefined;
function DEFAULT_HOST(): NewHost {
  defaultHost ??= newKvmHost({ processors: 1 });
  return defaultHost;
}

/** kvm_run and PC as userspace sees them now. */
function ranTo(vcpu: KvmVcpu, outcome: StepResult): StepResult {
  const { message: _, ...said } = outcome;
  const pc = vcpu.getOneReg(registerId('pc') as bigint);
  return { ...said, kvm_run: kvmRunJson(vcpu), ...(pc.ok && { pc: hex(pc.value) }) };
}

const HEX_MEMBERS: ReadonlySet<string> = new Set(['hsr']);

function kvmRunJson(vcpu: KvmVcpu): Readonly<Record<string, unknown>> {
  const run = decodeKvmRun(vcpu.kvmRun);
  const level = vcpu.kvmRun.sync['s.regs.device_irq_level'];
  const levels = level !== 0n && { device_irq_level: hex(level) };
  if (!run) return { exit_reason: vcpu.kvmRun.header.exit_reason };
  const shown: readonly string[] = KVM_EXITS[run.exit_reason].shown;
  const members = run as unknown as Readonly<Record<string, unknown>>;
  return { ...Object.fromEntries(['exit_reason', ...shown].map((name) => [name, memberJson(name, members[name])])), ...levels };
}

function memberJson(name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return hex(value);
  if (typeof value === 'number' && HEX_MEMBERS.has(name)) return hex(value);
  if (!Array.isArray(value)) return value;
  return value.every((v) => typeof v === 'number') && name === 'data' && value.length <= 8 && value.every((v) => v <= 0xff)
    ? value.map((byte) => hexDigits(byte, 2)).join('')
    : value.map((v) => memberJson('', v));
}

/** The id of the vCPU that a step is about. */
function vcpuOf(step: Step): number {
  return step.optional('vcpu')?.number() ?? 0;
}

/** A step on a vCPU; EBADF when there is none. */
function onVcpu(read: (step: Step) => (vcpu: KvmVcpu, session: Session) => StepResult): Reader {
  return (step, session) => {
    const id = vcpuOf(step);
    const run = read(step);
    return () => {
      const vcpu = session.vcpu(id);
      return vcpu ? run(vcpu, session) : refused('EBADF');
    };
  };
}

/** A step on the VM; EBADF when there is none. */
function onVm(read: (step: Step) => (vm: KvmVm, session: Session) => StepResult): Reader {
  return (step, session) => {
    const run = read(step);
    return () => (session.vm ? run(session.vm, session) : refused('EBADF'));
  };
}

function register(value: Value): bigint {
  const name = value.text();
  return registerId(name) ?? value.fail(`${name} is no register`);
}

/** A value as large as the largest register's. */
function registerValue(step: Step): bigint {
  return step.get('value').word(2048);
}

function words(step: Step, key: string): readonly bigint[] {
  return (
    step
      .optional(key)
      ?.list()
      .map((value) => value.word()) ?? []
  );
}

/** Anything that must be zero: a number, or a list of numbers that are or-ed. */
function mustBeZero(value: Value | undefined): number {
  if (!value) return 0;
  const all = value.isList() ? value.list().map((v) => v.word()) : [value.word()];
  return all.some((word) => word !== 0n) ? 1 : 0;
}

const IOCTLS: Readonly<Record<string, Reader>> = {
  KVM_CREATE_VM(step, session) {
    const bits = step.optional('ipa_bits')?.number();
    const isProtected = step.optional('protected')?.isTrue() ?? false;
    return () => session.createVm(bits, isProtected);
  },
  KVM_CHECK_EXTENSION(step, session) {
    const cap = Number(step.get('cap').constant(KVM_CAP));
    return () => ({ ret: session.checkExtension(cap) });
  },
  KVM_ENABLE_CAP: onVm((step) => {
    const cap = Number(step.get('cap').constant(KVM_CAP));
    const args = words(step, 'args');
    const flags = step.optional('flags')?.number() ?? 0;
    return (vm) => result(vm.enableCap(cap, args, flags));
  }),
  KVM_ARM_SET_COUNTER_OFFSET: onVm((step) => {
    const offset = step.get('counter_offset').word();
    const reserved = step.optional('reserved')?.word() ?? 0n;
    return (vm) => result(vm.setCounterOffset(offset, reserved));
  }),
  KVM_SET_USER_MEMORY_REGION(step, session) {
    const slot = step.get('slot').number();
    const address = step.get('guest_phys_addr').word();
    const size = step.get('memory_size').word();
    const flags = step.optional('flags')?.masks(KVM_MEM) ?? 0;
    return () => session.setSlot(slot, flags, address, size);
  },
  KVM_ARM_MTE_COPY_TAGS: onVm((step) => {
    const guest_ipa = step.get('guest_ipa').word();
    const length = step.get('length').word();
    const flags = step.optional('flags')?.masks(KVM_ARM_TAGS) ?? 0;
    const reserved = mustBeZero(step.optional('reserved'));
    const tags = step.optional('tags')?.bytes();
    return (vm) => {
      const copied = vm.copyMteTags({ guest_ipa, length, flags, reserved, tags });
      if (!copied.ok) return refused(copied.error);
      const from = (flags & KVM_ARM_TAGS.from_guest) !== 0;
      return { ret: copied.value.length, ...(from && { tags: pairs(copied.value.tags) }) };
    };
  }),
  KVM_CREATE_DEVICE: onVm((step) => {
    const type = Number(step.get('type').constant(KVM_DEV_TYPE));
    return (vm) => result(vm.createDevice(type));
  }),
  KVM_HAS_DEVICE_ATTR: attribute((attributes, group, attr) => result(attributes.has(group, attr))),
  KVM_GET_DEVICE_ATTR: attribute((attributes, group, attr, value) => {
    const got = attributes.get(group, attr, value);
    return got.ok ? done({ value: hex(got.value) }) : refused(got.error);
  }),
  KVM_SET_DEVICE_ATTR: attribute((attributes, group, attr, value) => result(attributes.set(group, attr, value))),
  KVM_CREATE_VCPU: onVm((step) => {
    const id = step.get('id').number();
    return (vm) => result(vm.createVcpu(id));
  }),
  KVM_ARM_VCPU_INIT: onVcpu((step) => {
    const features = step.optional('features')?.bits(VCPU_FEATURES) ?? 0n;
    const target = step.optional('target')?.number() ?? KVM_ARM_TARGET_GENERIC_V8;
    return (vcpu) => result(vcpu.init({ target, features }));
  }),
  KVM_ARM_VCPU_FINALIZE: onVcpu((step) => {
    const feature = Number(step.get('feature').constant(VCPU_FEATURES));
    return (vcpu) => result(vcpu.finalize(feature));
  }),
  KVM_GET_ONE_REG: onVcpu((step) => {
    const id = register(step.get('reg'));
    return (vcpu) => {
      const got = vcpu.getOneReg(id);
      return got.ok ? done({ value: hex(got.value) }) : refused(got.error);
    };
  }),
  KVM_SET_ONE_REG: onVcpu((step) => {
    const id = register(step.get('reg'));
    const value = registerValue(step);
    return (vcpu) => result(vcpu.setOneReg(id, value));
  }),
  KVM_GET_REG_LIST: onVcpu((step) => {
    const n = step.optional('n')?.number() ?? Number.MAX_SAFE_INTEGER;
    return (vcpu) => {
      const list = vcpu.getRegList(n);
      const count = list.n !== undefined && { n: list.n };
      return list.ok ? done({ ...count, list: list.value.map(hex) }) : refused(list.error, { ...count });
    };
  }),
  KVM_ARM_GET_REG_WRITABLE_MASKS: onVm((step) => {
    const range = step.optional('range')?.number() ?? 0;
    const reserved = mustBeZero(step.optional('reserved'));
    return (vm) => {
      const masks = vm.writableMasks({ range, reserved });
      if (!masks.ok) return refused(masks.error);
      return done({ masks: Object.fromEntries([...masks.value].map(([name, mask]) => [name, hex(mask)])) });
    };
  }),
  KVM_SET_VCPU_EVENTS: onVcpu((step) => {
    const members = new Map(
      step
        .get('events')
        .members()
        .map(({ key, keyValue, value }) => [key, { keyValue, value }]),
    );
    const known = ['serror_pending', 'serror_has_esr', 'serror_esr', 'ext_dabt_pending', 'reserved', 'pad'];
    for (const [key, { keyValue }] of members)
      if (!known.includes(key)) keyValue.fail(`there is no "${key}" in events: ${known.join(', ')}`);
    const read = (key: string): bigint => members.get(key)?.value.word() ?? 0n;
    const events = {
      serror_pending: Number(read('serror_pending')),
      serror_has_esr: Number(read('serror_has_esr')),
      ext_dabt_pending: Number(read('ext_dabt_pending')),
      serror_esr: read('serror_esr'),
      reserved: mustBeZero(members.get('reserved')?.value),
      pad: mustBeZero(members.get('pad')?.value),
    };
    return (vcpu) => result(vcpu.setEvents(events));
  }),
  KVM_GET_VCPU_EVENTS: onVcpu(() => (vcpu) => {
    const events = vcpu.getEvents();
    return events.ok ? done({ events: { ...events.value, serror_esr: hex(events.value.serror_esr) } }) : refused(events.error);
  }),
  KVM_SET_GUEST_DEBUG: onVcpu((step) => {
    const control = step.get('control').masks(KVM_GUESTDBG);
    const debug = { control, bcr: words(step, 'bcr'), bvr: words(step, 'bvr'), wcr: words(step, 'wcr'), wvr: words(step, 'wvr') };
    return (vcpu) => result(vcpu.setGuestDebug(debug));
  }),
  KVM_SET_MP_STATE: onVcpu((step) => {
    const state = Number(step.get('mp_state').constant(KVM_MP_STATE));
    return (vcpu) => result(vcpu.setMpState(state));
  }),
  KVM_GET_MP_STATE: onVcpu(() => (vcpu) => {
    const state = vcpu.getMpState();
    return state.ok ? done({ mp_state: NAME_OF_MP_STATE.get(state.value) ?? state.value }) : refused(state.error);
  }),
  KVM_IRQ_LINE: onVm((step) => {
    const irq = step.get('irq').number();
    const level = step.get('level').number();
    return (vm) => result(vm.irqLine(irq, level));
  }),
  KVM_RUN: onVcpu((step) => {
    const budget = step.optional('max_instructions')?.number() ?? DEFAULT_MAX_INSTRUCTIONS;
    const notify = step.optional('notify')?.isTrue() ?? false;
    return (vcpu, session) => session.run(vcpu, budget, notify);
  }),
};

type Attributes = KvmVm['attributes'];

function attribute(use: (attributes: Attributes, group: number, attr: bigint, value: AttributeValue) => StepResult): Reader {
  return (step, session) => {
    const group = Number(step.get('group').constant(KVM_ATTRIBUTES));
    const attr = step.get('attr').constant(KVM_ATTRIBUTES, 64);
    const filter = step.optional('filter');
    const plain = step.optional('value');
    const value: AttributeValue = filter ? readFilter(filter) : plain?.word();
    const vcpu = step.optional('vcpu')?.number();
    const device = step.optional('device')?.constant(KVM_DEV_TYPE);
    return () => {
      const { vm } = session;
      const target =
        device !== undefined
          ? vm?.deviceAttributes(Number(device))
          : vcpu !== undefined
            ? vm?.vcpuAttributes(vcpu)
            : vm?.attributes;
      return target ? use(target, group, attr, value) : refused('EBADF');
    };
  };
}

function readFilter(value: Value): AttributeValue {
  const members = new Map(value.members().map((member) => [member.key, member.value]));
  const get = (key: string): Value => members.get(key) ?? value.fail(`"${key}" is missing`);
  return {
    base: get('base').number(),
    nr_functions: get('nr_functions').number(),
    action: Number(get('action').constant(FILTER_ACTIONS)),
    pad: mustBeZero(members.get('pad')),
  };
}

const FILTER_ACTIONS = Object.fromEntries(Object.entries(KVM_SMCCC_FILTER).map(([name, n]) => [`KVM_SMCCC_FILTER_${name}`, n]));

/** The steps that are no ioctls, by the member that names them. */
const OTHERS: Readonly<Record<string, Reader>> = {
  host(step, session) {
    const fields = step
      .get('host')
      .members()
      .map(({ key, keyValue, value }) => {
        const [name = '', field = ''] = key.split('.');
        const row = registerByName(name.toUpperCase()) ?? registerByName(name);
        const named = (f: { readonly name: string }): boolean => f.name.toLowerCase() === field.toLowerCase();
        // KVM knows a field or two that the architecture's tables do not have yet.
        const place =
          row &&
          (fieldsOf(row).find((f) => f.layout === '' && named(f))?.parts[0] ??
            ID_REGISTERS.find((r) => r.encoding === row.encoding)?.fields.find(named));
        if (!row || !place) return keyValue.fail(`${key} is no field of an ID register`);
        const number = value.word();
        if (number >> BigInt(place.msb - place.lsb + 1) !== 0n) value.fail(`${key} has ${place.msb - place.lsb + 1} bits`);
        return { register: row.name, place, number };
      });
    return () => {
      for (const { register: name, place, number } of fields) session.setHost(name, place.msb, place.lsb, number);
      return done();
    };
  },
  policy(step, session) {
    const set = step
      .get('policy')
      .members()
      .map(({ key, keyValue, value }) => {
        const row = Object.hasOwn(POLICY_SWITCHES, key) ? POLICY_SWITCHES[key as PolicyName] : undefined;
        if (!row) return keyValue.fail(`there is no policy ${key}: ${Object.keys(POLICY_SWITCHES).join(', ')}`);
        const values: readonly string[] = row.values;
        const position = value.text();
        if (!values.includes(position)) value.fail(`${key} is ${values.join(', ')}`);
        return [key as PolicyName, position] as const;
      });
    return () => {
      for (const [name, position] of set) session.setPolicy(name, position);
      return done();
    };
  },
  asm(step, session) {
    const source = step.get('asm');
    const text = source.text();
    const at = step.get('at').word();
    const start = step.optional('start')?.isTrue() ?? false;
    const id = vcpuOf(step);
    const image = assemble(text, { base: at });
    const mistake = image.diagnostics.find((d) => d.severity === 'error');
    if (mistake) source.fail(`line ${mistake.line}, column ${mistake.column} of the assembly: ${mistake.message}`);
    return () => {
      const { vm } = session;
      if (!vm) return refused('EBADF');
      const bytes = image.image ?? new Uint8Array();
      const written = vm.writeMemory(at, bytes);
      if (!written.ok) return refused(written.error);
      const symbols = Object.fromEntries([...image.symbols].map(([name, symbol]) => [name, hex(symbol.value)]));
      if (start) {
        const vcpu = session.vcpu(id);
        if (!vcpu) return refused('EBADF');
        const set = vcpu.setOneReg(registerId('pc') as bigint, image.entry);
        if (!set.ok) return refused(set.error);
      }
      return done({ symbols, size: bytes.length });
    };
  },
  write: onVm((step) => {
    const address = step.get('write').word();
    const bytes = step.get('bytes').bytes();
    return (vm) => result(vm.writeMemory(address, bytes));
  }),
  read: onVm((step) => {
    const address = step.get('read').word();
    const length = step.get('length').number();
    return (vm) => {
      const bytes = vm.readMemory(address, length);
      return bytes.ok ? done({ bytes: pairs(bytes.value) }) : refused(bytes.error);
    };
  }),
  poison(step, session) {
    const address = step.get('poison').word();
    return () => session.poison(address);
  },
  run: onVcpu((step) => {
    const writes = step
      .get('run')
      .members()
      .map(({ key, keyValue, value }) => {
        const member = kvmRunMember(key);
        if (!member) return keyValue.fail(`kvm_run has no member ${key}`);
        if (key === 'exit_reason' && value.isText()) {
          return [
            member,
            value.constant(Object.fromEntries(Object.entries(KVM_EXITS).map(([name, exit]) => [name, exit.number]))),
          ] as const;
        }
        if (member.count === undefined) return [member, value.word()] as const;
        const elements = member.scalar === 'u8' ? [...value.bytes()] : value.list().map((v) => v.word());
        if (elements.length > member.count) value.fail(`${key} has ${member.count} elements`);
        return [member, elements] as const;
      });
    return (vcpu) => {
      for (const [member, value] of writes) writeKvmRunMember(vcpu.kvmRun.bytes, member, value);
      return done();
    };
  }),
};

function readerOf(step: Step): Reader {
  const ioctl = step.optional('ioctl');
  if (ioctl) {
    const name = ioctl.text();
    return (Object.hasOwn(IOCTLS, name) ? IOCTLS[name] : undefined) ?? ioctl.fail(`there is no ioctl ${name}`);
  }
  const name = Object.keys(OTHERS).find((key) => step.has(key));
  return (
    (name === undefined ? undefined : OTHERS[name]) ?? step.fail(`this is no step: ioctl, ${Object.keys(OTHERS).join(', ')}`)
  );
}
