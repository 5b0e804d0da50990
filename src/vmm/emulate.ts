// Decoding in userspace: an access without syndrome is read from the guest's memory as an instruction, run by its own row against operations
// whose memory is what userspace answers, and its results are written back by the ioctls. An instruction is run anew for every answer, from its
// start and with the answers so far, so that nothing of it lives anywhere but in those answers. Knows no instruction by name.
import { operationByName } from '#arch/sysreg';
import { err, hex, hexDigits, ok, type Result } from '#base';
import { KVM_MEM, type KvmVcpu, type KvmVm, registerId, swapBytes } from '#hypervisor';
import {
  type AccessBytes,
  type AccessType,
  atomicValue,
  decode,
  HELPERS,
  loadStructures,
  type Operations,
  printInstruction,
  type StructureMachine,
  storeStructures,
} from '#isa';
import type { EmulatedAccess, FetchedInstruction, Question } from './answer.ts';

/** Where an emulation stands: the next access that userspace must answer, or what it did. */
export type EmulationStep =
  | { readonly kind: 'access'; readonly question: Question }
  | { readonly kind: 'done'; readonly note: string; readonly accesses: readonly EmulatedAccess[]; commit(): void };

/** Why operations that belong to loads and stores are refused all the same. */
const EXCLUSIVE = 'the exclusive monitor is the processor’s own';
const TAG_BLOCK = 'it moves the tags of a whole block';
const REFUSED: Partial<Record<keyof Operations<bigint>, string>> = {
  loadExclusive: EXCLUSIVE,
  loadExclusivePair: EXCLUSIVE,
  storeExclusive: EXCLUSIVE,
  storeExclusivePair: EXCLUSIVE,
  checkedAtomic: 'a read-check-write atomic is for translation tables, which no device holds',
  loadTagBlock: TAG_BLOCK,
  storeTagBlock: TAG_BLOCK,
  moveMemory: 'a copy or a set may have any number of accesses',
  raise: 'it raises an exception itself',
  authenticate: 'its address has to be authenticated with the guest’s key',
};

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

/** Most accesses that one instruction may have: LD4 of bytes has as many. */
export const MAX_PIECES = 64;

const PC = registerId('pc') as bigint;
const PSTATE = registerId('pstate') as bigint;
const PSTATE_BTYPE = 3n << 10n;
const MASK64 = (1n << 64n) - 1n;
const DC_ZVA = operationByName('DC ZVA')?.encoding;
const SCTLR_EE = 1n << 25n;
const SCTLR_E0E = 1n << 24n;

/** Moves a vCPU behind the instruction at `pc`, as KVM steps over one that it has emulated (kvm_skip_instr). */
export function stepOver(vcpu: KvmVcpu, pc: bigint): void {
  vcpu.setOneReg(PC, (pc + 4n) & MASK64);
  const pstate = vcpu.getOneReg(PSTATE);
  if (pstate.ok) vcpu.setOneReg(PSTATE, pstate.value & ~PSTATE_BTYPE);
}

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
  if (!decoded || !exec || decoded.row.notModelled) {
    return err(`${fetched.text} is decoded but not executed: ${decoded?.row.notModelled ?? ''}`);
  }
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
    note: `${fetched.text} emulated in userspace, ${run.made.length === 1 ? '1 access' : `${run.made.length} accesses`}`,
    accesses: run.made,
    commit: () => run.commit(),
  });
}

/** The state of one run: what the row has read and what it would write. */
class Emulator {
  readonly operations: Operations<bigint>;
  accesses = 0;
  readonly made: EmulatedAccess[] = [];
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
    stepOver(this.#vcpu, this.#fetched.pc);
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
    const big = bytes > 1 && this.#bigEndian();
    const inMemory = big && write !== undefined ? swapBytes(write, bytes) : write;
    const crosses = (va & 0xfffn) + BigInt(bytes) > 0x1000n;
    const value = crosses ? this.#byBytes(va, bytes, inMemory, type) : this.#within(va, bytes, inMemory, type);
    return big ? swapBytes(value, bytes) : value;
  }

  /** An access over two pages, which may lead anywhere each. */
  #byBytes(va: bigint, bytes: number, write: bigint | undefined, type: AccessType | undefined): bigint {
    let value = 0n;
    for (let i = 0; i < bytes; i++) {
      const byte = write === undefined ? undefined : (write >> BigInt(8 * i)) & 0xffn;
      value |= this.#within((va + BigInt(i)) & MASK64, 1, byte, type) << BigInt(8 * i);
    }
    return value;
  }

  /** An access inside a page; values little end first. */
  #within(va: bigint, bytes: number, write: bigint | undefined, type: AccessType | undefined): bigint {
    const ipa = this.#translate(va, write !== undefined, type);
    const slot = this.#vm.memslots.find((s) => ipa >= s.guest_phys_addr && ipa < s.guest_phys_addr + s.memory_size);
    const isMemory = slot !== undefined && !(write !== undefined && slot.flags & KVM_MEM.readonly);
    const value = isMemory ? this.#ram(ipa, bytes, write) : this.#device(va, ipa, bytes, write);
    const access = write === undefined ? 'read' : 'write';
    this.made.push({ where: isMemory ? 'memory' : 'device', access, va: va & MASK64, ipa, bytes, value: write ?? value });
    return value;
  }

  #translate(va: bigint, write: boolean, type: AccessType | undefined): bigint {
    const address = va & MASK64;
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
    if (index >= MAX_PIECES) throw new Unsupported(`it has more than ${MAX_PIECES} accesses`);
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

  /** Tags of memory that slots back are out of userspace's reach here. */
  #untagged(va: bigint): void {
    const ipa = this.#translate(va, false, undefined);
    if (this.#vm.memslots.some((s) => ipa >= s.guest_phys_addr && ipa < s.guest_phys_addr + s.memory_size)) {
      throw new Unsupported(`it moves the tags of memory at ${hex(ipa)}`);
    }
  }

  /** DC ZVA; no other system instruction comes here as an access without syndrome. */
  #zeroBlock(encoding: number, va: bigint): void {
    if (encoding !== DC_ZVA) throw new Unsupported('it is no load or store (system)');
    const bytes = 4n << (this.#vcpu.cpu.readRegister('DCZID_EL0') & 0xfn);
    if (bytes > BigInt(8 * MAX_PIECES)) throw new Unsupported(`its block has ${bytes} bytes`);
    const start = va & ~(bytes - 1n) & MASK64;
    for (let at = 0n; at < bytes; at += 8n) this.#access(start + at, 8, 0n, undefined);
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
    const pair = (va: bigint, bytes: 4 | 8, type?: AccessType): readonly [bigint, bigint] => {
      const first = load(va, bytes, type);
      return [first, load(cut(va + BigInt(bytes)), bytes, type)];
    };
    const storePair = (va: bigint, bytes: 4 | 8, [first, second]: readonly [bigint, bigint], type?: AccessType): void => {
      store(va, bytes, first, type);
      store(cut(va + BigInt(bytes)), bytes, second, type);
    };
    const v = (n: number, half: 0 | 1): bigint => cut(this.#register(`v${n}`) >> (half ? 64n : 0n));
    const setV = (n: number, low: bigint, high: bigint): void => set(`v${n}`, cut(low) | (cut(high) << 64n));
    const structures = (type: AccessType | undefined): StructureMachine => ({
      load: (va, bytes) => load(va, bytes, type),
      store: (va, bytes, value) => store(va, bytes, value, type),
      v,
      setV,
    });
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
      lessSigned: (a, b) => (BigInt.asIntN(64, a) < BigInt.asIntN(64, b) ? 1n : 0n),
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
      v,
      setV,
      load,
      store,
      // Of 16 bytes the half at the lower address goes first; that is the high one in a big-endian guest.
      load128: (va, type) => {
        const first = load(va, 8, type);
        const second = load(cut(va + 8n), 8, type);
        return this.#bigEndian() ? [second, first] : [first, second];
      },
      store128: (va, low, high, type) => {
        const big = this.#bigEndian();
        store(va, 8, big ? high : low, type);
        store(cut(va + 8n), 8, big ? low : high, type);
      },
      // Who answers gives 8 bytes at a time, and no status of the whole: a store that wants one is told that there is none.
      requireBlockAccess: () => undefined,
      load64Bytes(va, rt) {
        for (let i = 0; i < 8; i++) set(`x${rt + i}`, load(cut(va + BigInt(8 * i)), 8));
      },
      store64Bytes(va, rt, form) {
        if (form !== 'st64b') return MASK64;
        for (let i = 0; i < 8; i++) store(cut(va + BigInt(8 * i)), 8, x(rt + i));
        return 0n;
      },
      loadStructures: (va, transfer, type) => loadStructures(structures(type), va, transfer),
      storeStructures: (va, transfer, type) => storeStructures(structures(type), va, transfer),
      // Neither a device nor this emulation can do both halves at once: the read and the write are two accesses.
      atomic(f, va, bytes, operand, type) {
        const old = load(va, bytes, type);
        store(va, bytes, atomicValue(f, bytes, old, operand), type);
        return old;
      },
      compareAndSwap(va, bytes, expected, value, type) {
        const old = load(va, bytes, type);
        if (old === cut(expected, 8 * bytes)) store(va, bytes, value, type);
        return old;
      },
      compareAndSwapPair(va, bytes, expected, value, type) {
        const old = pair(va, bytes, type);
        if (old.every((element, i) => element === cut(expected[i] as bigint, 8 * bytes))) storePair(va, bytes, value, type);
        return old;
      },
      atomicPair(f, va, first, second, type) {
        const old = pair(va, 8, type);
        storePair(va, 8, [atomicValue(f, 8, old[0], first), atomicValue(f, 8, old[1], second)], type);
        return old;
      },
      // Memory that no slot backs has no tags: they read 0, and setting them does nothing.
      loadTag: (va) => {
        this.#untagged(va);
        return 0n;
      },
      storeTag: (va, _tag, granules, zero) => {
        for (let i = 0n; i < 16n * BigInt(granules); i += 8n) {
          if (zero) store(cut(va + i), 8, 0n);
          else this.#untagged(cut(va + i));
        }
      },
      prefetch: () => undefined,
      call: (helper, ...args) => (HELPERS[helper] as (...values: bigint[]) => bigint)(...args),
      system: (encoding, va) => this.#zeroBlock(encoding, va),
    };
    return new Proxy(supported, {
      get(target, name) {
        const operation = Reflect.get(target, name);
        if (operation !== undefined) return operation;
        return () => {
          throw new Unsupported(REFUSED[name as keyof Operations<bigint>] ?? `it is no load or store (${String(name)})`);
        };
      },
    }) as Operations<bigint>;
  }
}
