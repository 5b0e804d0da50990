// Decoding in userspace: an access without syndrome is read from the guest's memory as an instruction, run by its own row against operations
// whose memory is what userspace answers, and its results are written back by the ioctls. An instruction is run anew for every answer, from its
// start and with the answers so far, so that nothing of it lives anywhere but in those answers. Knows no instruction by name.
import { err, hex, hexDigits, ok, type Result } from '#base';
import { KVM_MEM, type KvmVcpu, type KvmVm, registerId, swapBytes } from '#hypervisor';
import { type AccessBytes, type AccessType, type AtomicFunction, decode, type Operations, printInstruction } from '#isa';
import type { FetchedInstruction, Question } from './answer.ts';

/** Where an emulation stands: the next access that userspace must answer, or what it did. */
export type EmulationStep =
  | { readonly kind: 'access'; readonly question: Question }
  | { readonly kind: 'done'; readonly note: string; commit(): void };

/** Thrown out of a row: the next access has no answer yet, or the row does something that userspace does not emulate. */
class Pending {
  readonly question: Question;
  constructor(question: Question) {
    this.question = question;
  }
}
class Unsupported {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

const PC = registerId('pc') as bigint;
const MASK64 = (1n << 64n) - 1n;
const SCTLR_EE = 1n << 25n;
const SCTLR_E0E = 1n << 24n;

/** Reads the instruction at the vCPU's PC through the guest's tables. The error says what is in the way. */
export function fetchInstruction(vm: KvmVm, vcpu: KvmVcpu): Result<FetchedInstruction, string> {
  const { pc } = vcpu.cpu;
  const walk = vcpu.cpu.walk(pc, 'fetch');
  if (walk.kind === 'fault') return err(`the guest's tables do not lead to the instruction at ${hex(pc)} any more`);
  const bytes = vm.readMemory(walk.ipa, 4);
  if (!bytes.ok) return err(`there is no memory at ${hex(walk.ipa)}, where the instruction should be`);
  const word = new DataView(bytes.value.buffer, bytes.value.byteOffset).getUint32(0, true);
  return named(pc, walk, word);
}

/** The instruction that userspace has read before, from its word. */
export function fetchedBefore(vcpu: KvmVcpu, word: number): Result<FetchedInstruction, string> {
  const { pc } = vcpu.cpu;
  return named(pc, vcpu.cpu.walk(pc, 'fetch'), word);
}

function named(pc: bigint, walk: FetchedInstruction['walk'], word: number): Result<FetchedInstruction, string> {
  const decoded = decode(word);
  if (!decoded) return err(`${hexDigits(word, 8)} at ${hex(pc)} is no instruction`);
  return ok({ pc, walk, word, text: printInstruction(decoded, { pc }).replace('\t', ' ') });
}

/** Runs the instruction with the answers so far: one for each access, in order; a read's value, anything for a write. */
export function emulateInstruction(
  vm: KvmVm,
  vcpu: KvmVcpu,
  fetched: FetchedInstruction,
  answers: readonly bigint[],
): Result<EmulationStep, string> {
  const decoded = decode(fetched.word);
  const exec = decoded?.row.exec;
  if (!decoded || !exec) return err(`${fetched.text} is decoded but not executed: ${decoded?.row.notModelled ?? ''}`);
  const run = new Emulator(vm, vcpu, fetched, answers);
  try {
    exec(run.operations, decoded.fields);
  } catch (thrown) {
    if (thrown instanceof Pending) return ok({ kind: 'access', question: thrown.question });
    if (thrown instanceof Unsupported) return err(`${fetched.text} cannot be emulated in userspace: ${thrown.why}`);
    throw thrown;
  }
  return ok({
    kind: 'done',
    note: `${fetched.text} emulated in userspace, ${run.accesses} accesses`,
    commit: () => run.commit(),
  });
}

/** The state of one run: what the row has read and what it would write. */
class Emulator {
  readonly operations: Operations<bigint>;
  accesses = 0;
  readonly #vm: KvmVm;
  readonly #vcpu: KvmVcpu;
  readonly #fetched: FetchedInstruction;
  readonly #answers: readonly bigint[];
  readonly #registers = new Map<string, bigint>();
  readonly #memory: { readonly ipa: bigint; readonly bytes: Uint8Array }[] = [];

  constructor(vm: KvmVm, vcpu: KvmVcpu, fetched: FetchedInstruction, answers: readonly bigint[]) {
    this.#vm = vm;
    this.#vcpu = vcpu;
    this.#fetched = fetched;
    this.#answers = answers;
    this.operations = this.#makeOperations();
  }

  commit(): void {
    for (const { ipa, bytes } of this.#memory) this.#vm.writeMemory(ipa, bytes);
    for (const [name, value] of this.#registers) this.#vcpu.setOneReg(registerId(name) as bigint, value);
    this.#vcpu.setOneReg(PC, (this.#fetched.pc + 4n) & MASK64);
  }

  #register(name: string): bigint {
    const own = this.#registers.get(name);
    if (own !== undefined) return own;
    const got = this.#vcpu.getOneReg(registerId(name) as bigint);
    if (!got.ok) throw new Unsupported(`${name} cannot be read`);
    return got.value;
  }

  /** The stack pointer in use. */
  #sp(): string {
    return this.#vcpu.cpu.pstate & 1n ? 'sp_el1' : 'sp';
  }

  #bigEndian(): boolean {
    const sctlr = this.#vcpu.cpu.readRegister('SCTLR_EL1');
    return (sctlr & (this.#vcpu.cpu.el === 0 ? SCTLR_E0E : SCTLR_EE)) !== 0n;
  }

  #access(va: bigint, bytes: number, write: bigint | undefined, type: AccessType | undefined): bigint {
    const ipa = this.#translate(va, bytes, write !== undefined, type);
    const big = bytes > 1 && this.#bigEndian();
    const inMemory = big && write !== undefined ? swapBytes(write, bytes) : write;
    const slot = this.#vm.memslots.find((s) => ipa >= s.guest_phys_addr && ipa < s.guest_phys_addr + s.memory_size);
    let value: bigint;
    if (slot && !(inMemory !== undefined && slot.flags & KVM_MEM.readonly)) value = this.#ram(ipa, bytes, inMemory);
    else value = this.#device(va, ipa, bytes, inMemory);
    return big ? swapBytes(value, bytes) : value;
  }

  #translate(va: bigint, bytes: number, write: boolean, type: AccessType | undefined): bigint {
    const address = va & MASK64;
    if ((address & 0xfffn) + BigInt(bytes) > 0x1000n) throw new Unsupported('an access crosses a page');
    const walk = this.#vcpu.cpu.walk(address, write ? 'write' : 'read', type?.unprivileged ? 0 : this.#vcpu.cpu.el);
    if (walk.kind === 'translation') return walk.ipa;
    const { fault } = walk;
    if (fault.stage === 1 || fault.s1ptw || fault.ipa === undefined)
      throw new Unsupported(`the guest's tables do not lead to ${hex(address)}`);
    return (fault.ipa & ~0xfffn) | (address & 0xfffn);
  }

  #ram(ipa: bigint, count: number, write: bigint | undefined): bigint {
    if (write !== undefined) {
      this.#memory.push({ ipa, bytes: Uint8Array.from({ length: count }, (_, i) => Number((write >> BigInt(8 * i)) & 0xffn)) });
      return 0n;
    }
    const read = this.#vm.readMemory(ipa, count);
    if (!read.ok) throw new Unsupported(`there is no memory at ${hex(ipa)}`);
    return read.value.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  }

  #device(va: bigint, ipa: bigint, bytes: number, write: bigint | undefined): bigint {
    const index = this.accesses++;
    const answer = this.#answers[index];
    if (answer !== undefined) return BigInt.asUintN(8 * bytes, answer);
    const { pc, word, text } = this.#fetched;
    throw new Pending({
      kind: 'mmio',
      access: write === undefined ? 'read' : 'write',
      address: ipa,
      bytes,
      register: undefined,
      function: undefined,
      value: write,
      lands: undefined,
      permitted: ['value', 'raz-wi', 'storage', 'abort'],
      piece: { index, pc, word, text, va: va & MASK64 },
    });
  }

  #makeOperations(): Operations<bigint> {
    const cut = (value: bigint, bits = 64): bigint => BigInt.asUintN(bits, value);
    const width = (sf: number): number => (sf ? 64 : 32);
    const set = (name: string, value: bigint): void => {
      this.#registers.set(name, value);
    };
    const x = (n: number, sf = 1): bigint => (n === 31 ? 0n : cut(this.#register(`x${n}`), width(sf)));
    const xsp = (n: number, sf = 1): bigint => (n === 31 ? cut(this.#register(this.#sp()), width(sf)) : x(n, sf));
    const load = (va: bigint, bytes: AccessBytes, type?: AccessType): bigint => this.#access(va, bytes, undefined, type);
    const store = (va: bigint, bytes: AccessBytes, value: bigint, type?: AccessType): void => {
      this.#access(va, bytes, cut(value, 8 * bytes), type);
    };
    const supported: Partial<Operations<bigint>> = {
      imm: (value) => cut(BigInt(value)),
      add: (a, b) => cut(a + b),
      sub: (a, b) => cut(a - b),
      and: (a, b) => a & b,
      or: (a, b) => a | b,
      xor: (a, b) => a ^ b,
      not: (a) => cut(~a),
      shl: (sf, a, amount) => cut(cut(a, width(sf)) << (amount & BigInt(width(sf) - 1)), width(sf)),
      lshr: (sf, a, amount) => cut(a, width(sf)) >> (amount & BigInt(width(sf) - 1)),
      ashr: (sf, a, amount) => cut(BigInt.asIntN(width(sf), a) >> (amount & BigInt(width(sf) - 1)), width(sf)),
      zeroExtend: (a, bits) => cut(a, bits),
      signExtend: (a, bits) => cut(BigInt.asIntN(bits, a)),
      eq: (a, b) => (a === b ? 1n : 0n),
      lessUnsigned: (a, b) => (a < b ? 1n : 0n),
      select: (condition, a, b) => (condition ? a : b),
      when(condition, then, otherwise) {
        if (condition) then();
        else otherwise?.();
      },
      x,
      xsp,
      base: (n) => xsp(n),
      setX(n, sf, value) {
        if (n !== 31) set(`x${n}`, cut(value, width(sf)));
      },
      setXSP: (n, sf, value) => set(n === 31 ? this.#sp() : `x${n}`, cut(value, width(sf))),
      pc: () => this.#fetched.pc,
      requireSimd: () => undefined,
      v: (n, half) => cut(this.#register(`v${n}`) >> (half ? 64n : 0n)),
      setV: (n, low, high) => set(`v${n}`, cut(low) | (cut(high) << 64n)),
      load,
      store,
      load128: (va, type) => [load(va, 8, type), load(cut(va + 8n), 8, type)],
      store128(va, low, high, type) {
        store(va, 8, low, type);
        store(cut(va + 8n), 8, high, type);
      },
      // Neither a device nor this emulation can do both halves at once: the read and the write are two accesses.
      atomic(f, va, bytes, operand, type) {
        const old = load(va, bytes, type);
        store(va, bytes, atomicResult(f, old, operand, 8 * bytes), type);
        return old;
      },
      compareAndSwap(va, bytes, expected, value, type) {
        const old = load(va, bytes, type);
        if (old === cut(expected, 8 * bytes)) store(va, bytes, value, type);
        return old;
      },
    };
    return new Proxy(supported, {
      get(target, name) {
        const operation = Reflect.get(target, name);
        if (operation !== undefined) return operation;
        return () => {
          throw new Unsupported(`it is more than loads, stores and their addresses (${String(name)})`);
        };
      },
    }) as Operations<bigint>;
  }
}

function atomicResult(f: AtomicFunction, old: bigint, operand: bigint, bits: number): bigint {
  const a = BigInt.asUintN(bits, old);
  const b = BigInt.asUintN(bits, operand);
  const less = (signed: boolean): boolean => (signed ? BigInt.asIntN(bits, a) < BigInt.asIntN(bits, b) : a < b);
  switch (f) {
    case 'add':
      return BigInt.asUintN(bits, a + b);
    case 'clr':
      return a & ~b;
    case 'eor':
      return a ^ b;
    case 'set':
      return a | b;
    case 'smax':
      return less(true) ? b : a;
    case 'smin':
      return less(true) ? a : b;
    case 'umax':
      return less(false) ? b : a;
    case 'umin':
      return less(false) ? a : b;
    case 'swp':
      return b;
  }
}
