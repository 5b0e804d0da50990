// Userspace: takes each exit of a KVM vCPU to a device, a rule or a person, and carries the answer back through kvm_run and the ioctls, as a real
// VMM would. Knows nothing of when vCPUs run.
import { encodingName, packEncoding } from '#arch/sysreg';
import { assert, assertNever, type Bytes, err, hex, layout, ok, type Result, subBytes } from '#base';
import type { Bus } from '#devices';
import {
  dataAbort,
  decodeKvmRun,
  KVM_ARM_TARGET_GENERIC_V8,
  KVM_MP_STATE,
  KVM_SYSTEM_EVENT,
  type KvmVcpu,
  type KvmVm,
  registerId,
} from '#hypervisor';
import type { Answer, AnswerEffect, AnsweredBy, AnswerKind, Disposition, Given, Question, Rule } from './answer.ts';
import { emulateInstruction, fetchedBefore, fetchInstruction, MAX_PIECES, stepOver } from './emulate.ts';
import { makeStorage, STORAGE_SIZE, type Storage } from './storage.ts';

export interface VmmOptions {
  readonly vm: KvmVm;
  readonly bus: Bus;
  readonly rules: readonly Rule[];
  /** Bytes of the machine's memory for this VMM's own state; VMM_STATE_SIZE of them. */
  readonly state: Bytes;
}

/**
 * An instruction that is being emulated: its word, and the answers that its accesses have had so far. `late`: the exit is there, and userspace has
 * not looked at it.
 */
const EMULATION = layout({ active: 'u8', late: 'u8', word: 'u32', count: 'u32', answers: `u64[${MAX_PIECES}]` });
type Emulation = ReturnType<typeof EMULATION.attach>;
const MAX_VCPUS = 8;

/** Bytes of state. */
export const VMM_STATE_SIZE = STORAGE_SIZE + MAX_VCPUS * EMULATION.size;

const PERMITTED: Readonly<Record<Question['kind'], readonly AnswerKind[]>> = {
  mmio: ['value', 'raz-wi', 'storage', 'abort'],
  sysreg: ['value', 'raz-wi', 'storage', 'undef'],
  nisv: ['decode', 'abort', 'skip'],
  hypercall: ['values'],
};

const PC = registerId('pc') as bigint;
const MASK64 = (1n << 64n) - 1n;

export class Vmm {
  rules: readonly Rule[];
  readonly #vm: KvmVm;
  readonly #bus: Bus;
  readonly #storage: Storage;
  /** By the index of the vCPU. */
  readonly #emulations: readonly Emulation[];

  constructor({ vm, bus, rules, state }: VmmOptions) {
    this.#vm = vm;
    this.#bus = bus;
    this.rules = rules;
    this.#storage = makeStorage(state);
    this.#emulations = Array.from({ length: MAX_VCPUS }, (_, i) =>
      EMULATION.attach(subBytes(state, STORAGE_SIZE + i * EMULATION.size, EMULATION.size)),
    );
  }

  /** An exit of this vCPU has been put off: `handleExit` is to be called before the vCPU runs. */
  late(vcpu: KvmVcpu): boolean {
    return this.#emulation(vcpu).late !== 0;
  }

  /** Takes the exit that KVM_RUN has just returned with. After `answered` the vCPU can run; after `ask` it waits for `answer`. */
  handleExit(vcpu: KvmVcpu): Disposition {
    const run = decodeKvmRun(vcpu.kvmRun);
    assert(run, 'KVM returned with a reason that it knows');
    switch (run.exit_reason) {
      case 'KVM_EXIT_ARM_NISV':
      case 'KVM_EXIT_ARM_LDST64B': {
        const emulation = this.#emulation(vcpu);
        // The window in which another vCPU may change what userspace is about to read.
        emulation.late = emulation.late || this.#vm.policy.nisv_fetch === 'same' ? 0 : 1;
        return emulation.late ? { kind: 'late' } : this.#answerOrAsk(vcpu, questionOf(vcpu));
      }
      case 'KVM_EXIT_MMIO':
      case 'KVM_EXIT_ARM_IDSR':
      case 'KVM_EXIT_HYPERCALL':
        return this.#answerOrAsk(vcpu, questionOf(vcpu));
      case 'KVM_EXIT_SYSTEM_EVENT':
        return this.#systemEvent(vcpu, run.type);
      case 'KVM_EXIT_ARM_SEA':
        // As QEMU does for a memory error that the guest can deal with: it gets the abort.
        this.#abort(vcpu);
        return {
          kind: 'answered',
          given: { by: { kind: 'vmm' }, answer: { do: 'abort' }, value: undefined, note: 'the memory error goes to the guest' },
        };
      case 'KVM_EXIT_INTR':
      case 'KVM_EXIT_UNKNOWN':
        return { kind: 'answered', given: { by: { kind: 'vmm' }, answer: { do: 'skip' }, value: undefined } };
      case 'KVM_EXIT_DEBUG':
        return { kind: 'failed', message: 'a debug exit, and nobody debugs this guest' };
      case 'KVM_EXIT_FAIL_ENTRY':
      case 'KVM_EXIT_INTERNAL_ERROR':
      case 'KVM_EXIT_MEMORY_FAULT':
        return { kind: 'failed', message: `${run.exit_reason}: the guest cannot go on` };
      default:
        return assertNever(run);
    }
  }

  /** Carries out a person's answer to the exit that `handleExit` asked about. The error says why it does not fit. */
  answer(vcpu: KvmVcpu, question: Question, answer: Answer): Result<Disposition, string> {
    const checked = check(question, answer);
    if (!checked.ok) return checked;
    return this.#give(vcpu, question, answer, { kind: 'person' });
  }

  /** What an answer to a read would do to its register; changes nothing. */
  preview(vcpu: KvmVcpu, question: Question, answer: Answer): Result<AnswerEffect, string> {
    const checked = check(question, answer);
    if (!checked.ok) return checked;
    const none: AnswerEffect = { register: undefined, old: undefined, new: undefined, rules: [] };
    if (question.access === 'write' || question.lands === undefined || question.piece) return ok(none);
    const value = this.#readValue(question, answer);
    if (value === undefined) return ok(none);
    if (question.kind === 'sysreg') {
      const n = registerNumber(question.lands);
      return ok({ register: question.lands, old: vcpu.cpu.x(n), new: value, rules: [] });
    }
    return ok(vcpu.previewMmio(value));
  }

  #answerOrAsk(vcpu: KvmVcpu, question: Question): Disposition {
    const device = this.#askDevice(question);
    if (device) {
      this.#complete(vcpu, question, device.value);
      return { kind: 'answered', given: device };
    }
    const index = this.rules.findIndex((rule) => matches(rule, question));
    const rule = this.rules[index];
    if (!rule) return { kind: 'ask', question };
    const given = this.#give(vcpu, question, ruleAnswer(rule, question), { kind: 'rule', index });
    return given.ok ? given.value : { kind: 'ask', question: { ...question, refused: given.error } };
  }

  /** A device on the bus, which answers before any rule. */
  #askDevice(question: Question): Given | undefined {
    if (question.kind !== 'mmio' || question.address === undefined) return undefined;
    const found = this.#bus.find(question.address, question.bytes);
    if (!found) return undefined;
    const { device } = found.placed;
    const by: AnsweredBy = { kind: 'device', device: device.type };
    if (question.access === 'write') {
      const done = device.write(found.offset, question.bytes, question.value ?? 0n);
      return { by, answer: { do: 'raz-wi' }, value: undefined, ...(!done.ok && { note: done.error.message }) };
    }
    const read = device.read(found.offset, question.bytes);
    const value = read.ok ? read.value : 0n;
    return { by, answer: { do: 'value', value }, value, ...(!read.ok && { note: read.error.message }) };
  }

  #give(vcpu: KvmVcpu, question: Question, answer: Answer, by: AnsweredBy): Result<Disposition, string> {
    const done = (value?: bigint): Result<Disposition, string> => ok({ kind: 'answered', given: { by, answer, value } });
    switch (answer.do) {
      case 'abort':
        this.#abort(vcpu);
        return done();
      case 'undef':
        vcpu.kvmRun.arm_idsr.is_handled = 0;
        return done();
      case 'skip': {
        const pc = vcpu.getOneReg(PC);
        assert(pc.ok, 'a vCPU that has run has a PC');
        stepOver(vcpu, pc.value);
        return done();
      }
      case 'values':
        answer.values.forEach((value, i) => {
          vcpu.setOneReg(registerId(`x${i}`) as bigint, value);
        });
        return done();
      case 'decode': {
        const emulation = this.#emulation(vcpu);
        const fetched = fetchInstruction(this.#vm, vcpu);
        if (!fetched.ok) return fetched;
        emulation.active = 1;
        emulation.word = fetched.value.word;
        emulation.count = 0;
        const went = this.#emulate(vcpu, { by, answer, value: undefined });
        if (!went.ok) emulation.active = 0;
        return went;
      }
      case 'value':
      case 'raz-wi':
      case 'storage': {
        if (question.access === 'write') {
          if (answer.do === 'storage' && !this.#store(question)) return err('no room is left for stored values');
          this.#complete(vcpu, question, undefined);
          return this.#after(vcpu, question, { by, answer, value: undefined });
        }
        const value = this.#readValue(question, answer) as bigint;
        this.#complete(vcpu, question, value);
        return this.#after(vcpu, question, { by, answer, value });
      }
      default:
        return assertNever(answer);
    }
  }

  /** Goes on with an instruction under emulation, or is done. */
  #after(vcpu: KvmVcpu, question: Question, given: Given): Result<Disposition, string> {
    return question.piece ? this.#emulate(vcpu, given) : ok({ kind: 'answered', given });
  }

  /** Runs the instruction until one of its accesses needs a person, or it is done. */
  #emulate(vcpu: KvmVcpu, given: Given): Result<Disposition, string> {
    const emulation = this.#emulation(vcpu);
    const fetched = fetchedBefore(vcpu, emulation.word);
    if (!fetched.ok) return fetched;
    for (;;) {
      const answers = Array.from({ length: emulation.count }, (_, i) => emulation.answers.get(i));
      const step = emulateInstruction(this.#vm, vcpu, fetched.value, answers);
      if (!step.ok) return step;
      if (step.value.kind === 'done') {
        step.value.commit();
        emulation.active = 0;
        return ok({
          kind: 'answered',
          given: { ...given, note: step.value.note, fetched: fetched.value, accesses: step.value.accesses },
        });
      }
      const { question } = step.value;
      const device = this.#askDevice(question);
      if (device) {
        this.#complete(vcpu, question, device.value);
        continue;
      }
      const rule = this.rules.find((r) => r.on === 'mmio' && matches(r, question));
      const answer = rule && ruleAnswer(rule, question);
      if (answer?.do === 'abort') {
        this.#abort(vcpu);
        return ok({ kind: 'answered', given: { ...given, note: `a rule aborts the access to ${hex(question.address ?? 0n)}` } });
      }
      if (!answer || (question.access === 'write' && answer.do === 'storage' && !this.#store(question)))
        return ok({ kind: 'ask', question });
      this.#complete(vcpu, question, question.access === 'read' ? this.#readValue(question, answer) : undefined);
    }
  }

  #emulation(vcpu: KvmVcpu): Emulation {
    const emulation = this.#emulations[vcpu.index];
    assert(emulation, 'every vCPU has a place for an emulation');
    return emulation;
  }

  /** The guest takes a synchronous external abort at the access. */
  #abort(vcpu: KvmVcpu): void {
    this.#emulation(vcpu).active = 0;
    vcpu.setEvents({ ext_dabt_pending: 1, serror_pending: 0, serror_has_esr: 0, serror_esr: 0n });
  }

  /** What a read gets from an answer; undefined for one that gives no value. */
  #readValue(question: Question, answer: Answer): bigint | undefined {
    if (answer.do === 'raz-wi') return 0n;
    if (answer.do === 'value') return BigInt.asUintN(8 * question.bytes, answer.value);
    if (answer.do !== 'storage') return undefined;
    return question.kind === 'sysreg'
      ? this.#storage.readRegister(encodingOf(question))
      : this.#storage.read(question.address as bigint, question.bytes);
  }

  #store(question: Question): boolean {
    const value = question.value ?? 0n;
    return question.kind === 'sysreg'
      ? this.#storage.writeRegister(encodingOf(question), value)
      : this.#storage.write(question.address as bigint, question.bytes, value);
  }

  /** Puts an answer where the next KVM_RUN, or the instruction under emulation, takes it from. */
  #complete(vcpu: KvmVcpu, question: Question, value: bigint | undefined): void {
    if (question.piece) {
      const emulation = this.#emulation(vcpu);
      emulation.answers.set(emulation.count++, value ?? 0n);
      return;
    }
    const { mmio, arm_idsr } = vcpu.kvmRun;
    if (question.kind === 'sysreg') {
      arm_idsr.is_handled = 1;
      if (value !== undefined) arm_idsr.regval = value;
    } else if (value !== undefined) {
      for (let i = 0; i < question.bytes; i++) mmio.data.set(i, Number((value >> BigInt(8 * i)) & 0xffn));
    }
  }

  #systemEvent(vcpu: KvmVcpu, type: number): Disposition {
    const given: Given = { by: { kind: 'vmm' }, answer: { do: 'skip' }, value: undefined };
    switch (type) {
      case KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_SHUTDOWN:
        return { kind: 'ended', reason: 'shutdown', message: 'the guest asked to be switched off' };
      case KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_RESET:
        return { kind: 'ended', reason: 'reset', message: 'the guest asked for a reset' };
      case KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_SUSPEND:
        vcpu.setMpState(KVM_MP_STATE.KVM_MP_STATE_SUSPENDED);
        return { kind: 'answered', given: { ...given, note: 'suspended until an interrupt comes' } };
      case KVM_SYSTEM_EVENT.KVM_SYSTEM_EVENT_WAKEUP: {
        // PSCI SYSTEM_SUSPEND: the vCPU starts anew, at the entry point and with the context that it gave.
        const read = (name: string): bigint => {
          const got = vcpu.getOneReg(registerId(name) as bigint);
          return got.ok ? got.value : 0n;
        };
        const [entry, context] = [read('x1'), read('x2')];
        const done = vcpu.init({ target: KVM_ARM_TARGET_GENERIC_V8, features: this.#vm.vcpuFeatures });
        assert(done.ok, 'a vCPU can be initialised again');
        vcpu.setOneReg(registerId('x0') as bigint, context);
        vcpu.setOneReg(PC, entry);
        return { kind: 'answered', given: { ...given, note: `woken: on at ${hex(entry)}` } };
      }
      default:
        return { kind: 'failed', message: `system event ${type}` };
    }
  }
}

/** The question that the exit in kvm_run puts. */
function questionOf(vcpu: KvmVcpu): Question {
  const run = decodeKvmRun(vcpu.kvmRun);
  const esr = vcpu.cpu.readRegister('ESR_EL2');
  const none = { address: undefined, register: undefined, function: undefined, value: undefined, lands: undefined };
  switch (run?.exit_reason) {
    case 'KVM_EXIT_MMIO': {
      const abort = dataAbort(esr);
      const write = run.is_write === 1;
      return {
        ...none,
        kind: 'mmio',
        access: write ? 'write' : 'read',
        address: run.phys_addr,
        bytes: run.len,
        value: write ? run.data.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n) : undefined,
        lands: write ? undefined : generalName(abort.rt, abort.sixtyFour),
        permitted: PERMITTED.mmio,
      };
    }
    case 'KVM_EXIT_ARM_IDSR': {
      const write = run.is_write === 1;
      return {
        ...none,
        kind: 'sysreg',
        access: write ? 'write' : 'read',
        bytes: 8,
        register: encodingName(packEncoding(run.Op0, run.Op1, run.CRn, run.CRm, run.Op2)),
        function: undefined,
        value: write ? run.regval : undefined,
        lands: write ? undefined : generalName(Number((esr >> 5n) & 0x1fn), true),
        permitted: PERMITTED.sysreg,
      };
    }
    case 'KVM_EXIT_ARM_NISV':
    case 'KVM_EXIT_ARM_LDST64B':
      return {
        ...none,
        kind: 'nisv',
        access: dataAbort(run.esr_iss).isWrite ? 'write' : 'read',
        address: run.fault_ipa,
        bytes: run.exit_reason === 'KVM_EXIT_ARM_NISV' ? 0 : 64,
        permitted: PERMITTED.nisv,
      };
    case 'KVM_EXIT_HYPERCALL':
      return {
        ...none,
        kind: 'hypercall',
        access: 'read',
        bytes: 0,
        function: Number(run.nr),
        lands: 'x0',
        permitted: PERMITTED.hypercall,
      };
    default:
      assert(false, 'this exit asks nothing');
  }
}

function generalName(n: number, wide: boolean): string {
  if (n === 31) return wide ? 'xzr' : 'wzr';
  return `${wide ? 'x' : 'w'}${n}`;
}

function registerNumber(name: string): number {
  const n = Number(name.slice(1));
  return Number.isNaN(n) ? 31 : n;
}

function encodingOf(question: Question): number {
  const id = registerId(question.register ?? '');
  assert(id !== undefined, `a register has an encoding: ${question.register}`);
  return Number(id & 0xffffn);
}

function matches(rule: Rule, question: Question): boolean {
  if (rule.on !== question.kind) return false;
  switch (rule.on) {
    case 'mmio': {
      const address = question.address as bigint;
      return allows(rule.access, question) && address >= rule.address && address < rule.address + rule.size;
    }
    case 'sysreg':
      return allows(rule.access, question) && (rule.encoding === undefined || rule.encoding === encodingOf(question));
    case 'nisv':
      return true;
    case 'hypercall':
      return rule.function === question.function;
  }
}

function allows(access: 'read' | 'write' | 'any', question: Question): boolean {
  return access === 'any' || access === question.access;
}

/** The answer of a rule to this question: a value over several bytes is read from where the access starts. */
function ruleAnswer(rule: Rule, question: Question): Answer {
  if (rule.on !== 'mmio' || rule.answer.do !== 'value' || rule.size > 8n) return rule.answer;
  const offset = (question.address as bigint) - rule.address;
  return { do: 'value', value: rule.answer.value >> (8n * offset) };
}

/** Whether an answer fits its question. */
function check(question: Question, answer: Answer): Result<void, string> {
  if (!question.permitted.includes(answer.do)) {
    return err(`this exit can be answered with ${question.permitted.join(', ')}, not with ${answer.do}`);
  }
  if (answer.do === 'value' && question.access === 'read') {
    const bits = 8 * question.bytes;
    const fits = answer.value >= 0n && answer.value >> BigInt(bits) === 0n;
    if (!fits) return err(`${hex(answer.value)} does not fit ${question.bytes === 1 ? '1 byte' : `${question.bytes} bytes`}`);
  }
  if (answer.do === 'values') {
    if (answer.values.length < 1 || answer.values.length > 4) return err('a call returns one to four values, x0 to x3');
    if (answer.values.some((value) => value < 0n || value > MASK64)) return err('each value has 64 bits at most');
  }
  return ok(undefined);
}
