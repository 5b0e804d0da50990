// Which values registers surely have before each instruction of a program, as far as its text tells: constants followed along its branches, by
// running each row's operation over values that are either known or not. A call is taken to keep what the procedure call standard keeps. It
// knows no instruction by name and no device.
import { type AccessType, type Decoded, decode, type Operations } from '#isa';

/** A value that is known, or not. */
export type Known = bigint | undefined;

/** One access to memory that an instruction makes. */
export interface HeardAccess {
  readonly address: Known;
  readonly write: boolean;
  readonly bytes: number;
  readonly type: AccessType;
  /** What is more than one load or store of its own. */
  readonly as: 'plain' | 'exclusive' | 'atomic' | 'structures' | 'block';
}

/** What was heard of one instruction. */
export interface Heard {
  readonly accesses: readonly HeardAccess[];
  /** The base register is written as well. */
  readonly writesBack: boolean;
}

/** Reads bytes of the program's image; undefined outside. */
export type ReadImage = (address: bigint, bytes: number) => Known;

/** x0 to x30, then the stack pointer. */
type Registers = readonly Known[];

const SP = 31;
const MASK64 = (1n << 64n) - 1n;
/** Steps after which what is known so far has to do. */
const MOST_STEPS = 20_000;

/** What AAPCS64 lets a called function change: x0 to x18 and x30. */
const CALL_CHANGES = [...Array.from({ length: 19 }, (_, n) => n), 30];
/** What a call of the hypervisor or the kernel may change: x0 to x17. */
const TRAP_CHANGES = Array.from({ length: 18 }, (_, n) => n);

interface Followed extends Heard {
  /** At the targets of its branch, and behind it. */
  readonly after: Registers;
  readonly returned: Registers;
  readonly targets: readonly bigint[];
  readonly falls: boolean;
}

/** Every instruction that was reached, by address, with the accesses that it makes. `starts` are addresses that are entered with nothing known. */
export function followConstants(
  starts: readonly bigint[],
  word: (address: bigint) => number | undefined,
  read: ReadImage,
): ReadonlyMap<bigint, Heard> {
  const before = new Map<bigint, Registers>();
  const heard = new Map<bigint, Heard>();
  const nothing: Registers = Array.from({ length: 32 }, () => undefined);
  const work: bigint[] = [];
  let steps = 0;
  const enter = (address: bigint, registers: Registers): void => {
    const known = before.get(address);
    const next = known === undefined ? registers : meet(known, registers);
    if (known !== undefined && next.every((value, n) => value === known[n])) return;
    before.set(address, next);
    work.push(address);
  };
  for (const start of starts) {
    // An entry that another has led to is known already; what nobody leads to (a vector) starts with nothing.
    if (!before.has(start)) enter(start, nothing);
    for (let address = work.pop(); address !== undefined && steps < MOST_STEPS; address = work.pop(), steps += 1) {
      const bits = word(address);
      const decoded = bits === undefined ? undefined : decode(bits);
      if (!decoded?.row.exec) continue;
      const went = follow(decoded, address, before.get(address) as Registers, read);
      heard.set(address, went);
      for (const target of went.targets) enter(target, went.after);
      if (went.falls) enter(address + 4n, went.returned);
    }
  }
  return heard;
}

function meet(a: Registers, b: Registers): Registers {
  return a.map((value, n) => (value === b[n] ? value : undefined));
}

/** Runs one instruction. */
function follow({ row, fields }: Decoded, pc: bigint, before: Registers, read: ReadImage): Followed {
  let registers: Known[] = [...before];
  const accesses: HeardAccess[] = [];
  const targets: bigint[] = [];
  let falls = true;
  let unsure = 0;
  let changes: readonly number[] = [];
  const bases = new Set<number>();
  let writesBack = false;

  const cut = (value: Known, bits = 64): Known => (value === undefined ? undefined : BigInt.asUintN(bits, value));
  const width = (sf = 1): number => (sf ? 64 : 32);
  const two = (f: (a: bigint, b: bigint) => bigint) => (a: Known, b: Known) =>
    a === undefined || b === undefined ? undefined : f(a, b) & MASK64;
  const access = (
    address: Known,
    write: boolean,
    bytes: number,
    type: AccessType = {},
    as: HeardAccess['as'] = 'plain',
  ): void => {
    accesses.push({ address, write, bytes, type, as });
  };
  const set = (n: number, value: Known): void => {
    registers[n] = value;
  };
  const unknownPair = [undefined, undefined] as const;
  const operations: Partial<Operations<Known>> = {
    imm: (value) => BigInt(value) & MASK64,
    add: two((a, b) => a + b),
    sub: two((a, b) => a - b),
    and: two((a, b) => a & b),
    or: two((a, b) => a | b),
    xor: two((a, b) => a ^ b),
    not: (a) => cut(a === undefined ? undefined : ~a),
    shl: (sf, a, n) => two((x, s) => cut(cut(x, width(sf))! << (s & BigInt(width(sf) - 1)), width(sf))!)(a, n),
    lshr: (sf, a, n) => two((x, s) => cut(x, width(sf))! >> (s & BigInt(width(sf) - 1)))(a, n),
    zeroExtend: (a, bits) => cut(a, bits),
    signExtend: (a, bits) => (a === undefined ? undefined : BigInt.asIntN(bits, a) & MASK64),
    select: (condition, a, b) => (condition === undefined ? (a === b ? a : undefined) : condition ? a : b),
    when(condition, then, otherwise) {
      if (condition !== undefined) {
        if (condition) then();
        else otherwise?.();
        return;
      }
      unsure += 1;
      const at = registers;
      registers = [...at];
      then();
      const one = registers;
      registers = [...at];
      otherwise?.();
      registers = one.map((value, n) => (value === registers[n] ? value : undefined));
      unsure -= 1;
    },
    x: (n, sf) => (n === 31 ? 0n : cut(registers[n], width(sf))),
    xsp: (n, sf) => cut(registers[n === 31 ? SP : n], width(sf)),
    base(n) {
      bases.add(n === 31 ? SP : n);
      return registers[n === 31 ? SP : n];
    },
    setX(n, sf, value) {
      if (n !== 31) set(n, cut(value, width(sf)));
    },
    setXSP(n, sf, value) {
      const at = n === 31 ? SP : n;
      // Loads write their registers by setX; a base written so is a step of the address.
      writesBack ||= accesses.length > 0 && bases.has(at);
      set(at, cut(value, width(sf)));
    },
    pc: () => pc,
    load(address, bytes, type) {
      access(address, false, bytes, type);
      return address === undefined ? undefined : read(address, bytes);
    },
    store: (address, bytes, _value, type) => access(address, true, bytes, type),
    load128(address, type) {
      access(address, false, 16, type);
      return unknownPair;
    },
    store128: (address, _low, _high, type) => access(address, true, 16, type),
    loadStructures: (address, { bytes }, type) => access(address, false, bytes, type, 'structures'),
    storeStructures: (address, { bytes }, type) => access(address, true, bytes, type, 'structures'),
    loadExclusive(address, bytes, type) {
      access(address, false, bytes, type, 'exclusive');
      return undefined;
    },
    loadExclusivePair(address, bytes, type) {
      access(address, false, bytes, type, 'exclusive');
      return unknownPair;
    },
    storeExclusive(address, bytes, _value, type) {
      access(address, true, bytes, type, 'exclusive');
      return undefined;
    },
    storeExclusivePair(address, bytes, _first, _second, type) {
      access(address, true, bytes, type, 'exclusive');
      return undefined;
    },
    atomic(_f, address, bytes, _operand, type) {
      access(address, true, bytes, type, 'atomic');
      return undefined;
    },
    compareAndSwap(address, bytes, _expected, _value, type) {
      access(address, true, bytes, type, 'atomic');
      return undefined;
    },
    compareAndSwapPair(address, bytes, _expected, _value, type) {
      access(address, true, bytes, type, 'atomic');
      return unknownPair;
    },
    atomicPair(_f, address, _first, _second, type) {
      access(address, true, 16, type, 'atomic');
      return unknownPair;
    },
    load64Bytes(address, rt) {
      access(address, false, 64, {}, 'block');
      for (let n = rt; n < rt + 8; n += 1) set(n, undefined);
    },
    store64Bytes(address) {
      access(address, true, 64, {}, 'block');
      return undefined;
    },
    moveMemory({ Rd, Rs, Rn }) {
      for (const n of [Rd, Rs, Rn]) set(n, undefined);
    },
    branch(target, kind) {
      if (unsure === 0) falls = false;
      if (kind === 'call' || kind === 'indirect-call') {
        falls = true;
        changes = CALL_CHANGES;
      }
      if (target !== undefined && kind !== 'return') targets.push(target);
    },
    raise(exception) {
      if (exception.kind === 'undefined') falls = false;
      else changes = TRAP_CHANGES;
    },
    exceptionReturn() {
      falls = false;
    },
  };
  const listening = new Proxy(operations, {
    get: (target, name) =>
      Reflect.get(target, name) ?? (() => (/pair|128|checkedAtomic/i.test(String(name)) ? unknownPair : undefined)),
  }) as Operations<Known>;
  row.exec?.(listening, fields);
  // A function starts with what there is; what it may change is unknown once it has come back.
  const returned = changes.length === 0 ? registers : registers.map((value, n) => (changes.includes(n) ? undefined : value));
  return { accesses, writesBack, after: registers, returned, targets, falls };
}
