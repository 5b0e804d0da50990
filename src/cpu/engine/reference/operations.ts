// The operations of instruction rows over bigint: evaluated with this, a row is the reference interpreter. Registers and flags are read and
// written in the machine's memory itself; memory accesses take the fast way here when they are aligned, little-endian and in the TLB, and
// the slow way of ../../memory/access.ts otherwise. Knows no instruction.
import type {
  AccessBytes,
  AccessType,
  AtomicFunction,
  BarrierKind,
  BlockAccess,
  BranchKind,
  Flag,
  MemoryMove,
  Operations,
  PacKey,
  PStateField,
  Raise,
  StructureTransfer,
  WaitKind,
} from '#isa';
import { HELPERS, loadStructures, type MoveMachine, moveMemory, type StructureMachine, storeStructures } from '#isa';
import { ATTENTION, type Core } from '../../core.ts';
import { alignmentAbort } from '../../exceptions/aborts.ts';
import { branchAddress } from '../../exceptions/branch-address.ts';
import { call, obey, raise, spAlignment, undefinedBecause } from '../../exceptions/instructions.ts';
import { errorSynchronization } from '../../exceptions/interrupts.ts';
import { exceptionReturn, returnTarget } from '../../exceptions/return.ts';
import {
  atomic,
  atomicPair,
  clearMonitor,
  compareAndSwap,
  compareAndSwapPair,
  loadExclusive,
  loadExclusivePair,
  readData,
  readData128,
  storeExclusive,
  storeExclusivePair,
  writeData,
  writeData128,
} from '../../memory/access.ts';
import { readBlock, writeBlock, writeBlockWithStatus } from '../../memory/blocks.ts';
import { readCheckWrite } from '../../memory/read-check-write.ts';
import { excludedTags, loadTag, loadTagBlock, randomTag, requireTagBlocks, storeTag, storeTagBlock } from '../../memory/tags.ts';
import { dataSet, ENTRY_WORDS } from '../../memory/tlb.ts';
import { addPac, authenticate, genericPac, stripPac } from '../../pointer-authentication.ts';
import { readSystem, writePState, writeSystem } from '../../registers/access.ts';
import { BTYPE_SHIFT, NZCV, PSTATE } from '../../registers/slots.ts';
import { wait } from '../../wait.ts';

const MASK64 = 0xffff_ffff_ffff_ffffn;

const NZCV_SHIFT = 28;
/** The access types of stores of copies and sets: plain, of those that set tags, and the two as of EL0. */
const MOVES: readonly (AccessType | undefined)[] = [
  undefined,
  { tagUnchecked: true },
  { unprivileged: true },
  { unprivileged: true, tagUnchecked: true },
];

// Constants that instructions use most, so that making one costs no conversion.
const SMALL: readonly bigint[] = Array.from({ length: 4096 }, (_, i) => BigInt(i));

// The low `width` bits, and the top one of them, for widths 0 to 64.
const MASKS: readonly bigint[] = Array.from({ length: 65 }, (_, width) => (1n << BigInt(width)) - 1n);
const SIGNS: readonly bigint[] = Array.from({ length: 65 }, (_, width) => (width === 0 ? 0n : 1n << BigInt(width - 1)));

// Values pass through here to be looked at as 32-bit halves.
const pair64 = new BigUint64Array(4);
const pair32 = new Int32Array(pair64.buffer);

const ENTRY_SHIFT = 31 - Math.clz32(ENTRY_WORDS);
const PAGE_MASK = ~0xfff;

/** BTYPE that a branch leaves, outside guarded pages' extra rule for BR (Arm ARM C6.2, BR, BLR, RET). */
const BTYPE: Readonly<Record<BranchKind, number>> = {
  direct: 0,
  call: 0,
  return: 0,
  'indirect-linkage': 1,
  indirect: 3,
  'indirect-call': 2,
};

export class ReferenceOperations implements Operations<bigint> {
  private readonly core: Core;
  /** Set by a branch: PC is already where the next instruction is. */
  branched = false;
  /** Whether the current instruction was fetched from a guarded page. */
  guarded = false;

  // Copies of what the core has, one step nearer.
  private u8: Uint8Array;
  private u16: Uint16Array;
  private u32: Uint32Array;
  private i32: Int32Array;
  private u64: BigUint64Array;
  private readonly x64: number;
  private readonly pc64: number;
  private readonly pstate32: number;
  private readonly pc32: number;
  /** Which instruction wrote each register last, for people: PC in two halves, and the count of instructions. */
  private readonly writerPc = new Uint32Array(64);
  private readonly writerCount = new Float64Array(32).fill(-1);
  /** Instructions before this run, so that `steps` can be told as a count. */
  countBase = 0;

  constructor(core: Core) {
    this.core = core;
    this.x64 = core.x64;
    this.pc64 = core.pc64;
    this.pstate32 = core.pstate32;
    this.pc32 = core.pc32;
    this.u8 = core.u8;
    this.u16 = new Uint16Array(core.memory.wasm.buffer);
    this.u32 = core.u32;
    this.i32 = core.i32;
    this.u64 = core.u64;
  }

  replaceViews(): void {
    const { core } = this;
    this.u8 = core.u8;
    this.u16 = new Uint16Array(core.memory.wasm.buffer);
    this.u32 = core.u32;
    this.i32 = core.i32;
    this.u64 = core.u64;
  }

  // ---- values

  imm(value: bigint | number): bigint {
    if (typeof value === 'number') {
      if (value >= 0 && value < 4096) return SMALL[value] as bigint;
      return BigInt.asUintN(64, BigInt(value));
    }
    return BigInt.asUintN(64, value);
  }

  add(a: bigint, b: bigint): bigint {
    return BigInt.asUintN(64, a + b);
  }

  sub(a: bigint, b: bigint): bigint {
    return BigInt.asUintN(64, a - b);
  }

  mul(a: bigint, b: bigint): bigint {
    return BigInt.asUintN(64, a * b);
  }

  mulHigh(a: bigint, b: bigint, signed: boolean): bigint {
    const product = signed ? BigInt.asIntN(64, a) * BigInt.asIntN(64, b) : a * b;
    return BigInt.asUintN(64, product >> 64n);
  }

  divide(sf: number, a: bigint, b: bigint, signed: boolean): bigint {
    if (!sf) {
      pair64[0] = a;
      pair64[1] = b;
      const x = signed ? (pair32[0] as number) : (pair32[0] as number) >>> 0;
      const y = signed ? (pair32[2] as number) : (pair32[2] as number) >>> 0;
      pair32[0] = y === 0 ? 0 : x / y;
      pair32[1] = 0;
      return pair64[0] as bigint;
    }
    if (b === 0n) return 0n;
    return signed ? BigInt.asUintN(64, BigInt.asIntN(64, a) / BigInt.asIntN(64, b)) : a / b;
  }

  and(a: bigint, b: bigint): bigint {
    return a & b;
  }

  or(a: bigint, b: bigint): bigint {
    return a | b;
  }

  xor(a: bigint, b: bigint): bigint {
    return a ^ b;
  }

  not(a: bigint): bigint {
    return a ^ MASK64;
  }

  // Shifts go by 32-bit halves: a bigint shift by an amount that is no constant is made on the heap.

  shl(sf: number, a: bigint, amount: bigint): bigint {
    pair64[0] = a;
    pair64[1] = amount;
    const low = pair32[0] as number;
    if (!sf) {
      pair32[0] = low << (pair32[2] as number);
      pair32[1] = 0;
      return pair64[0] as bigint;
    }
    const by = (pair32[2] as number) & 63;
    if (by >= 32) {
      pair32[0] = 0;
      pair32[1] = low << by;
    } else if (by > 0) {
      pair32[0] = low << by;
      pair32[1] = ((pair32[1] as number) << by) | (low >>> (32 - by));
    }
    return pair64[0] as bigint;
  }

  lshr(sf: number, a: bigint, amount: bigint): bigint {
    pair64[0] = a;
    pair64[1] = amount;
    const high = pair32[1] as number;
    if (!sf) {
      pair32[0] = (pair32[0] as number) >>> (pair32[2] as number);
      pair32[1] = 0;
      return pair64[0] as bigint;
    }
    const by = (pair32[2] as number) & 63;
    if (by >= 32) {
      pair32[0] = high >>> by;
      pair32[1] = 0;
    } else if (by > 0) {
      pair32[0] = ((pair32[0] as number) >>> by) | (high << (32 - by));
      pair32[1] = high >>> by;
    }
    return pair64[0] as bigint;
  }

  ashr(sf: number, a: bigint, amount: bigint): bigint {
    pair64[0] = a;
    pair64[1] = amount;
    const high = pair32[1] as number;
    if (!sf) {
      pair32[0] = (pair32[0] as number) >> (pair32[2] as number);
      pair32[1] = 0;
      return pair64[0] as bigint;
    }
    const by = (pair32[2] as number) & 63;
    if (by >= 32) {
      pair32[0] = high >> by;
      pair32[1] = high >> 31;
    } else if (by > 0) {
      pair32[0] = ((pair32[0] as number) >>> by) | (high << (32 - by));
      pair32[1] = high >> by;
    }
    return pair64[0] as bigint;
  }

  ror(sf: number, a: bigint, amount: bigint): bigint {
    pair64[0] = a;
    pair64[1] = amount;
    const low = pair32[0] as number;
    const high = pair32[1] as number;
    const by = (pair32[2] as number) & 31;
    if (!sf) {
      pair32[0] = by === 0 ? low : (low >>> by) | (low << (32 - by));
      pair32[1] = 0;
      return pair64[0] as bigint;
    }
    const swapped = ((pair32[2] as number) & 32) !== 0;
    const x = swapped ? high : low;
    const y = swapped ? low : high;
    pair32[0] = by === 0 ? x : (x >>> by) | (y << (32 - by));
    pair32[1] = by === 0 ? y : (y >>> by) | (x << (32 - by));
    return pair64[0] as bigint;
  }

  zeroExtend(a: bigint, width: number): bigint {
    return a & (MASKS[width] as bigint);
  }

  signExtend(a: bigint, width: number): bigint {
    const sign = SIGNS[width] as bigint;
    return BigInt.asUintN(64, ((a & (MASKS[width] as bigint)) ^ sign) - sign);
  }

  clz(sf: number, a: bigint): bigint {
    pair64[0] = a;
    const low = pair32[0] as number;
    const high = pair32[1] as number;
    return SMALL[sf ? (high === 0 ? 32 + Math.clz32(low) : Math.clz32(high)) : Math.clz32(low)] as bigint;
  }

  ctz(sf: number, a: bigint): bigint {
    pair64[0] = a;
    const low = pair32[0] as number;
    const high = pair32[1] as number;
    const zeros = (v: number): number => (v === 0 ? 32 : 31 - Math.clz32(v & -v));
    return SMALL[low === 0 && sf ? 32 + zeros(high) : zeros(low)] as bigint;
  }

  popcount(sf: number, a: bigint): bigint {
    pair64[0] = a;
    return SMALL[ones(pair32[0] as number) + (sf ? ones(pair32[1] as number) : 0)] as bigint;
  }

  reverseBits(sf: number, a: bigint): bigint {
    pair64[0] = a;
    const low = pair32[0] as number;
    const high = pair32[1] as number;
    pair32[0] = reverse32(sf ? high : low);
    pair32[1] = sf ? reverse32(low) : 0;
    return pair64[0] as bigint;
  }

  reverseBytes(sf: number, a: bigint, container: 16 | 32 | 64): bigint {
    pair64[0] = a;
    const low = pair32[0] as number;
    const high = pair32[1] as number;
    if (container === 16) {
      pair32[0] = swap16(low);
      pair32[1] = sf ? swap16(high) : 0;
    } else if (container === 32 || !sf) {
      pair32[0] = swap32(low);
      pair32[1] = sf ? swap32(high) : 0;
    } else {
      pair32[0] = swap32(high);
      pair32[1] = swap32(low);
    }
    return pair64[0] as bigint;
  }

  eq(a: bigint, b: bigint): bigint {
    return a === b ? 1n : 0n;
  }

  lessUnsigned(a: bigint, b: bigint): bigint {
    return a < b ? 1n : 0n;
  }

  lessSigned(a: bigint, b: bigint): bigint {
    return BigInt.asIntN(64, a) < BigInt.asIntN(64, b) ? 1n : 0n;
  }

  select(condition: bigint, a: bigint, b: bigint): bigint {
    return condition === 0n ? b : a;
  }

  when(condition: bigint, then: () => void, otherwise?: () => void): void {
    if (condition !== 0n) then();
    else otherwise?.();
  }

  call(helper: string, ...args: bigint[]): bigint {
    return (HELPERS[helper] as (...values: bigint[]) => bigint)(...args);
  }

  // ---- general registers and flags

  x(n: number, sf = 1): bigint {
    const value = this.u64[this.x64 + n] as bigint;
    return sf ? value : BigInt.asUintN(32, value);
  }

  xsp(n: number, sf = 1): bigint {
    const value = this.u64[n === 31 ? this.core.sp64 : this.x64 + n] as bigint;
    return sf ? value : BigInt.asUintN(32, value);
  }

  setX(n: number, sf: number, value: bigint): void {
    if (n === 31) return;
    this.u64[this.x64 + n] = sf ? value : BigInt.asUintN(32, value);
    this.note(n);
  }

  private note(n: number): void {
    this.writerPc[2 * n] = this.u32[this.pc32] as number;
    this.writerPc[2 * n + 1] = this.u32[this.pc32 + 1] as number;
    this.writerCount[n] = this.countBase + this.core.steps;
  }

  /** The instruction that wrote X[n] last, if it was one of this view's. */
  lastWriter(n: number): { readonly pc: bigint; readonly instructions: bigint } | undefined {
    const count = this.writerCount[n] as number;
    if (count < 0) return undefined;
    const pc = (BigInt(this.writerPc[2 * n + 1] as number) << 32n) | BigInt(this.writerPc[2 * n] as number);
    return { pc, instructions: BigInt(count) };
  }

  /** Nothing is known of writers any more: the state came from elsewhere. */
  forgetWriters(): void {
    this.writerCount.fill(-1);
  }

  setXSP(n: number, sf: number, value: bigint): void {
    this.u64[n === 31 ? this.core.sp64 : this.x64 + n] = sf ? value : BigInt.asUintN(32, value);
    if (n !== 31) this.note(n);
  }

  base(n: number): bigint {
    if (n !== 31) return this.u64[this.x64 + n] as bigint;
    const { core } = this;
    const value = this.u64[core.sp64] as bigint;
    if (core.spCheck && (value & 15n) !== 0n) spAlignment(core);
    return value;
  }

  flag(flag: Flag): bigint {
    return (this.u32[this.pstate32] as number) & PSTATE[flag] ? 1n : 0n;
  }

  setFlags(flags: Partial<Record<Flag, bigint>>): void {
    let pstate = this.u32[this.pstate32] as number;
    if (flags.N !== undefined) pstate = flags.N === 0n ? pstate & ~PSTATE.N : pstate | PSTATE.N;
    if (flags.Z !== undefined) pstate = flags.Z === 0n ? pstate & ~PSTATE.Z : pstate | PSTATE.Z;
    if (flags.C !== undefined) pstate = flags.C === 0n ? pstate & ~PSTATE.C : pstate | PSTATE.C;
    if (flags.V !== undefined) pstate = flags.V === 0n ? pstate & ~PSTATE.V : pstate | PSTATE.V;
    this.u32[this.pstate32] = pstate;
  }

  addSetFlags(sf: number, a: bigint, b: bigint, carry: bigint): bigint {
    // Two widths that are constants, so that each compiles to machine arithmetic.
    const result = sf ? BigInt.asUintN(64, a + b + carry) : BigInt.asUintN(32, a + b + carry);
    pair64[0] = result;
    pair64[1] = a;
    pair64[2] = b;
    // The word that holds the sign bit of each.
    const top = sf ? 1 : 0;
    const r = pair32[top] as number;
    const x = pair32[2 + top] as number;
    const y = pair32[4 + top] as number;
    const zero = ((pair32[0] as number) | (pair32[1] as number)) === 0 ? 0x4000_0000 : 0;
    // Carry out of the top bit: both set, or either set and the sum's not. Overflow: operands alike, the sum unlike them.
    const carryOut = (((x & y) | ((x | y) & ~r)) >>> 31) << 29;
    const overflow = (((x ^ r) & (y ^ r)) >>> 31) << 28;
    this.u32[this.pstate32] =
      ((this.u32[this.pstate32] as number) & 0x0fff_ffff) | (r & 0x8000_0000) | zero | carryOut | overflow;
    return result;
  }

  logicSetFlags(sf: number, a: bigint): void {
    pair64[0] = a;
    const low = pair32[0] as number;
    const high = pair32[1] as number;
    const negative = (sf ? high : low) & 0x8000_0000;
    const zero = (sf ? low | high : low) === 0 ? 0x4000_0000 : 0;
    this.u32[this.pstate32] = ((this.u32[this.pstate32] as number) & 0x0fff_ffff) | negative | zero;
  }

  condition(code: number): bigint {
    return conditionHolds((this.u32[this.pstate32] as number) >>> 28, code) ? 1n : 0n;
  }

  // ---- SIMD&FP

  requireSimd(): void {
    obey(this.core, this.core.traps.instruction(this.core, { kind: 'FP' }));
  }

  requireSve(): void {
    obey(this.core, this.core.traps.instruction(this.core, { kind: 'SVE' }));
  }

  requireSme(): void {
    notModelled(this.core, 'FEAT_SME');
  }

  v(n: number, half: 0 | 1): bigint {
    return this.u64[this.core.v64 + 2 * n + half] as bigint;
  }

  setV(n: number, low: bigint, high: bigint): void {
    this.u64[this.core.v64 + 2 * n] = low;
    this.u64[this.core.v64 + 2 * n + 1] = high;
  }

  // ---- memory

  load(address: bigint, bytes: AccessBytes, type?: AccessType): bigint {
    const { core, i32 } = this;
    pair64[0] = address;
    const low = pair32[0] as number;
    const context = type?.unprivileged ? core.userContext : core.dataContext;
    const entry = core.tlb.data(context) + (dataSet(low) << ENTRY_SHIFT);
    if (i32[entry] === (low & (PAGE_MASK | (bytes - 1))) && i32[entry + 2] === pair32[1]) {
      const offset = ((i32[entry + 3] as number) & PAGE_MASK) | (low & 0xfff);
      switch (bytes) {
        case 8:
          return this.u64[offset >>> 3] as bigint;
        case 4:
          return BigInt(this.u32[offset >>> 2] as number);
        case 2:
          return BigInt(this.u16[offset >>> 1] as number);
        case 1:
          return BigInt(this.u8[offset] as number);
      }
    }
    return readData(core, address, bytes, type);
  }

  store(address: bigint, bytes: AccessBytes, value: bigint, type?: AccessType): void {
    const { core, i32 } = this;
    pair64[0] = address;
    const low = pair32[0] as number;
    const context = type?.unprivileged ? core.userContext : core.dataContext;
    const entry = core.tlb.data(context) + (dataSet(low) << ENTRY_SHIFT);
    if (i32[entry + 1] === (low & (PAGE_MASK | (bytes - 1))) && i32[entry + 2] === pair32[1]) {
      const offset = ((i32[entry + 3] as number) & PAGE_MASK) | (low & 0xfff);
      switch (bytes) {
        case 8:
          this.u64[offset >>> 3] = value;
          return;
        case 4:
          pair64[1] = value;
          this.i32[offset >>> 2] = pair32[2] as number;
          return;
        case 2:
          pair64[1] = value;
          this.u16[offset >>> 1] = pair32[2] as number;
          return;
        case 1:
          pair64[1] = value;
          this.u8[offset] = pair32[2] as number;
          return;
      }
    }
    writeData(core, address, bytes, value, type);
  }

  load128(address: bigint, type?: AccessType): readonly [bigint, bigint] {
    return readData128(this.core, address, type);
  }

  store128(address: bigint, low: bigint, high: bigint, type?: AccessType): void {
    writeData128(this.core, address, low, high, type);
  }

  loadStructures(address: bigint, transfer: StructureTransfer, type?: AccessType): void {
    loadStructures(this.structures(type), address, transfer);
  }

  storeStructures(address: bigint, transfer: StructureTransfer, type?: AccessType): void {
    storeStructures(this.structures(type), address, transfer);
  }

  private structures(type: AccessType | undefined): StructureMachine {
    return {
      load: (address, bytes) => this.load(address, bytes, type),
      store: (address, bytes, value) => this.store(address, bytes, value, type),
      v: (n, half) => this.v(n, half),
      setV: (n, low, high) => this.setV(n, low, high),
    };
  }

  loadExclusive(address: bigint, bytes: AccessBytes, type?: AccessType): bigint {
    return loadExclusive(this.core, address, bytes, type);
  }

  loadExclusivePair(address: bigint, bytes: 4 | 8, type?: AccessType): readonly [bigint, bigint] {
    return loadExclusivePair(this.core, address, bytes, type);
  }

  storeExclusive(address: bigint, bytes: AccessBytes, value: bigint, type?: AccessType): bigint {
    return storeExclusive(this.core, address, bytes, value, type) ? 0n : 1n;
  }

  storeExclusivePair(address: bigint, bytes: 4 | 8, first: bigint, second: bigint, type?: AccessType): bigint {
    return storeExclusivePair(this.core, address, bytes, first, second, type) ? 0n : 1n;
  }

  atomic(f: AtomicFunction, address: bigint, bytes: AccessBytes, operand: bigint, type?: AccessType): bigint {
    return atomic(this.core, f, address, bytes, operand, type);
  }

  compareAndSwap(address: bigint, bytes: AccessBytes, expected: bigint, value: bigint, type?: AccessType): bigint {
    return compareAndSwap(this.core, address, bytes, expected, value, type);
  }

  compareAndSwapPair(
    address: bigint,
    bytes: 4 | 8,
    expected: readonly [bigint, bigint],
    value: readonly [bigint, bigint],
    type?: AccessType,
  ): readonly [bigint, bigint] {
    return compareAndSwapPair(this.core, address, bytes, expected, value, type);
  }

  atomicPair(
    f: 'clr' | 'set' | 'swp',
    address: bigint,
    first: bigint,
    second: bigint,
    type?: AccessType,
  ): readonly [bigint, bigint] {
    return atomicPair(this.core, f, address, first, second, type);
  }

  checkedAtomic(
    f: 'clr' | 'set' | 'swp' | 'cas',
    address: bigint,
    bytes: 8 | 16,
    [operand]: readonly [bigint, bigint],
    [expected]: readonly [bigint, bigint],
    soft: boolean,
    type?: AccessType,
  ): readonly [bigint, bigint] {
    const { core } = this;
    // Pairs of registers are for 128-bit entries only, which are never in use: FEAT_D128's translation is announced by no model.
    if (bytes === 16) return raise(core, { kind: 'undefined', reason: '128-bit descriptors are not in use' });
    const { nzcv, old } = readCheckWrite(core, f, address, operand, expected, soft, type);
    this.u32[this.pstate32] = ((core.pstate & ~NZCV) | (nzcv << NZCV_SHIFT)) >>> 0;
    return [old, 0n];
  }

  requireBlockAccess(form: BlockAccess): void {
    const kind = form === 'st64bv' ? 'ST64BV' : form === 'st64bv0' ? 'ST64BV0' : 'LD64B';
    obey(this.core, this.core.traps.instruction(this.core, { kind }));
  }

  load64Bytes(address: bigint, rt: number): void {
    for (const [i, word] of readBlock(this.core, address).entries()) this.setX(rt + i, 1, word);
  }

  store64Bytes(address: bigint, rt: number, form: Exclude<BlockAccess, 'ld64b'>): bigint {
    if (form !== 'st64b') return writeBlockWithStatus(this.core, address);
    writeBlock(
      this.core,
      address,
      Array.from({ length: 8 }, (_, i) => this.x(rt + i)),
    );
    return 0n;
  }

  moveMemory(move: MemoryMove): void {
    obey(this.core, this.core.traps.instruction(this.core, { kind: 'MOPS' }));
    moveMemory(this.mover, move);
  }

  private readonly mover: MoveMachine = {
    x: (n) => this.x(n),
    setX: (n, value) => this.setX(n, 1, value),
    nzcv: () => (this.u32[this.pstate32] as number) >>> NZCV_SHIFT,
    setNzcv: (value) => {
      this.u32[this.pstate32] = ((this.u32[this.pstate32] as number) & ~NZCV) | (value << NZCV_SHIFT);
    },
    load: (address, bytes, unprivileged) => this.load(address, bytes, MOVES[unprivileged ? 2 : 0]),
    store: (address, bytes, value, unprivileged, unchecked) =>
      this.store(address, bytes, value, MOVES[(unprivileged ? 2 : 0) | (unchecked ? 1 : 0)]),
    storeTag: (address, tag, unprivileged) => storeTag(this.core, address, tag, 1, false, unprivileged),
    raiseMops: (iss) => raise(this.core, { kind: 'mops', iss }),
    raiseAlignment: (address) => alignmentAbort(this.core, address, true, 'tags'),
  };

  prefetch(): void {}

  // ---- allocation tags

  excludedTags(): bigint {
    return excludedTags(this.core);
  }

  randomTag(exclude: bigint): bigint {
    return randomTag(this.core, exclude);
  }

  loadTag(address: bigint): bigint {
    return loadTag(this.core, address);
  }

  storeTag(address: bigint, tag: bigint, granules: 1 | 2, zero: boolean): void {
    storeTag(this.core, address, tag, granules, zero);
  }

  loadTagBlock(rn: number): bigint {
    requireTagBlocks(this.core);
    return loadTagBlock(this.core, this.base(rn));
  }

  storeTagBlock(rn: number, tags: bigint, zero: boolean): void {
    requireTagBlocks(this.core);
    storeTagBlock(this.core, this.base(rn), tags, zero);
  }

  // ---- pointers

  addPac(key: PacKey, pointer: bigint, modifier: bigint, second?: bigint): bigint {
    return addPac(this.core, key, pointer, modifier, second);
  }

  authenticate(key: PacKey, pointer: bigint, modifier: bigint, combined: boolean, second?: bigint): bigint {
    return authenticate(this.core, key, pointer, modifier, combined, second);
  }

  stripPac(pointer: bigint, data: boolean): bigint {
    return stripPac(this.core, pointer, data);
  }

  genericPac(value: bigint, modifier: bigint): bigint {
    return genericPac(this.core, value, modifier);
  }

  checkPointer(result: bigint): bigint {
    // FEAT_CPA2 is announced by no model: nothing is checked.
    return result;
  }

  // ---- control

  pc(): bigint {
    return this.u64[this.pc64] as bigint;
  }

  branch(target: bigint, kind: BranchKind): void {
    const { core } = this;
    this.u64[this.pc64] = core.branchTagged ? branchAddress(core, target) : target;
    this.branched = true;
    const btype = BTYPE[kind];
    if (btype !== 0 && core.has.bti) {
      // BR from outside a guarded page may land where a call may (Arm ARM C6.2, BR).
      core.setPState(((core.pstate & ~PSTATE.BTYPE) | ((kind === 'indirect' && !this.guarded ? 1 : btype) << BTYPE_SHIFT)) >>> 0);
    }
  }

  raise(exception: Raise): void {
    if (exception.kind !== 'svc' && exception.kind !== 'hvc') raise(this.core, exception);
    // Throwing is what costs; a call has nothing after it that would have to be left.
    call(this.core, exception);
    this.branched = true;
  }

  exceptionReturn(key?: 'IA' | 'IB'): void {
    const { core } = this;
    // The trap comes first: AArch64.CheckForERetTrap stands before the authentication.
    obey(core, core.traps.instruction(core, { kind: key === undefined ? 'ERET' : key === 'IA' ? 'ERETAA' : 'ERETAB' }));
    const target = key === undefined ? undefined : authenticate(core, key, returnTarget(core), this.xsp(31), true);
    exceptionReturn(core, target);
    this.branched = true;
  }

  wait(kind: WaitKind, timeout?: bigint, register?: number): void {
    wait(this.core, kind, timeout, register ?? 31);
  }

  sendEvent(local: boolean): void {
    this.core.sendEvent(local);
  }

  yield(): void {}

  barrier(kind: BarrierKind): void {
    if (kind === 'clrex') clearMonitor(this.core);
    // Everything else is in order already; an ISB is a point at which interrupts are looked at anew.
    else if (kind === 'isb') this.core.attention |= ATTENTION.interrupts;
    else if (kind === 'esb') errorSynchronization(this.core);
  }

  // ---- system

  readSystem(encoding: number, rt: number): bigint {
    return readSystem(this.core, encoding, rt);
  }

  writeSystem(encoding: number, value: bigint, rt: number): void {
    writeSystem(this.core, encoding, value, rt);
  }

  system(encoding: number, value: bigint, rt: number): void {
    writeSystem(this.core, encoding, value, rt);
  }

  systemResult(encoding: number, rt: number): bigint {
    return readSystem(this.core, encoding, rt);
  }

  readSystemPair(): readonly [bigint, bigint] {
    return notModelled(this.core, 'FEAT_SYSREG128');
  }

  writeSystemPair(): void {
    notModelled(this.core, 'FEAT_SYSREG128');
  }

  systemPair(): void {
    notModelled(this.core, 'FEAT_D128');
  }

  writePState(field: PStateField, imm4: number): void {
    writePState(this.core, field, imm4);
  }
}

// No model announces the feature; a processor that is made up may, and its instructions are UNDEFINED all the same.
function notModelled(core: Core, feature: string): never {
  return undefinedBecause(core, `${feature} not modelled`, `${feature} is not modelled.`);
}

/** ConditionHolds over NZCV as four bits (Arm ARM J1.1.2). */
function conditionHolds(nzcv: number, code: number): boolean {
  const n = (nzcv & 8) !== 0;
  const z = (nzcv & 4) !== 0;
  const c = (nzcv & 2) !== 0;
  const v = (nzcv & 1) !== 0;
  let holds: boolean;
  switch (code >>> 1) {
    case 0:
      holds = z;
      break;
    case 1:
      holds = c;
      break;
    case 2:
      holds = n;
      break;
    case 3:
      holds = v;
      break;
    case 4:
      holds = c && !z;
      break;
    case 5:
      holds = n === v;
      break;
    case 6:
      holds = n === v && !z;
      break;
    default:
      return true;
  }
  return (code & 1) === 1 ? !holds : holds;
}

function ones(v: number): number {
  let count = 0;
  for (let rest = v >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count += 1;
  return count;
}

function reverse32(v: number): number {
  let r = v;
  r = ((r >>> 1) & 0x5555_5555) | ((r & 0x5555_5555) << 1);
  r = ((r >>> 2) & 0x3333_3333) | ((r & 0x3333_3333) << 2);
  r = ((r >>> 4) & 0x0f0f_0f0f) | ((r & 0x0f0f_0f0f) << 4);
  return swap32(r);
}

function swap16(v: number): number {
  return ((v >>> 8) & 0x00ff_00ff) | ((v & 0x00ff_00ff) << 8);
}

function swap32(v: number): number {
  return (v >>> 24) | ((v >>> 8) & 0xff00) | ((v & 0xff00) << 8) | (v << 24);
}
