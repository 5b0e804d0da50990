// The operations that instruction rows are written against. A row's `exec` is run with different implementations of this interface:
// over bigint it is the reference interpreter, over an emitter the translator, over a printer the operation text of the hover.
// `V` is an opaque 64-bit value. Field values (register numbers, immediates) are plain numbers: they are known at decode time.
// An operation that can fault does not return when it does; so a row does everything that can fault before it writes any state.

/** Condition flags by name, each 0 or 1. */
export type Flag = 'N' | 'Z' | 'C' | 'V';

/** Bytes of one memory access. */
export type AccessBytes = 1 | 2 | 4 | 8 | 16;

/** What kind of access this is, beyond its size; every member is optional and false when absent. */
export interface AccessType {
  /** LDTR/STTR: checked as EL0 would be (unless UAO). */
  readonly unprivileged?: boolean;
  /** Acquire and/or release semantics, which ask for alignment as SCTLR_ELx.nAA and FEAT_LSE2 say. */
  readonly ordered?: boolean;
  /** A single-copy atomic read-modify-write or an exclusive: must be aligned. */
  readonly atomic?: boolean;
  /** One half of a pair (alignment is to the element). */
  readonly pair?: boolean;
  /** The first half of an ordered pair: bytes of the whole, which is to lie within 16 bytes unless it is aligned (FEAT_LSE2). */
  readonly whole?: 8 | 16;
  /** A load or store of a SIMD&FP register (checked against CPACR/CPTR before). */
  readonly simd?: boolean;
  /** Tag checking does not apply (SP-relative immediate forms, tag instructions). */
  readonly tagUnchecked?: boolean;
  /** The instruction reads as well as writes (fault reports WnR as the manual says for atomics). */
  readonly readModifyWrite?: boolean;
}

/** Read-modify-write functions of the atomic instructions. */
export type AtomicFunction = 'add' | 'clr' | 'eor' | 'set' | 'smax' | 'smin' | 'umax' | 'umin' | 'swp';

/** Pointer authentication keys. */
export type PacKey = 'IA' | 'IB' | 'DA' | 'DB';

/** One memory copy or set instruction (FEAT_MOPS). Register numbers; the instruction reads and updates all three. */
export interface MemoryMove {
  readonly kind: 'copy' | 'copy-forward' | 'set' | 'set-tags' | 'set-tags-only';
  /** Prologue, main, epilogue. */
  readonly stage: 0 | 1 | 2;
  /** Accesses are checked as EL0's. */
  readonly readUnprivileged: boolean;
  readonly writeUnprivileged: boolean;
  readonly Rd: number;
  /** Source address (copies) or value (sets). */
  readonly Rs: number;
  /** Number of bytes. */
  readonly Rn: number;
  /** The bits of the instruction that a MOPS exception reports (ISS.options). */
  readonly options: number;
}

/** What one load or store of SIMD structures moves. Elements lie one after another in memory. */
export interface StructureTransfer {
  /** The first register; the others follow it, v0 after v31. */
  readonly Rt: number;
  /** 1 to 4. */
  readonly registers: number;
  /** True: an element of each register in turn (structures). False: all of one register, then the next (LD1 and ST1 of several). */
  readonly interleaved: boolean;
  /** Of an element. */
  readonly bytes: 1 | 2 | 4 | 8;
  /** All lanes of registers of `width` bytes (a load clears what is above); the one lane `index`; or (loads only) one element to every lane. */
  readonly lanes: { readonly kind: 'all' | 'every'; readonly width: 8 | 16 } | { readonly kind: 'one'; readonly index: number };
}

/** The 64-byte accesses (FEAT_LS64 and what builds on it). */
export type BlockAccess = 'ld64b' | 'st64b' | 'st64bv' | 'st64bv0';

/** Synchronous exceptions that an instruction asks for itself. */
export type Raise =
  | { readonly kind: 'undefined'; readonly reason: string }
  | { readonly kind: 'svc' | 'hvc' | 'smc' | 'brk' | 'hlt'; readonly imm16: number }
  | { readonly kind: 'branch-target' | 'pac-failure'; readonly iss: number }
  | { readonly kind: 'mops'; readonly iss: number };

/** How a branch was made, which is what BTYPE is set from; 'indirect-linkage' is BR through x16 or x17. */
export type BranchKind = 'direct' | 'call' | 'indirect' | 'indirect-linkage' | 'indirect-call' | 'return';

/** Instructions that wait; `timeout` is the register operand of WFET/WFIT. */
export type WaitKind = 'wfi' | 'wfe' | 'wfit' | 'wfet';

export type BarrierKind =
  | 'dsb'
  | 'dmb'
  | 'isb'
  | 'sb'
  | 'dsb-nxs'
  | 'clrex'
  | 'ssbb'
  | 'pssbb'
  | 'csdb'
  | 'esb'
  | 'psb'
  | 'tsb'
  | 'gcsb'
  | 'dgh'
  | 'clrbhb';

/** PSTATE fields that MSR (immediate) writes. */
export type PStateField =
  | 'SPSel'
  | 'DAIFSet'
  | 'DAIFClr'
  | 'UAO'
  | 'PAN'
  | 'DIT'
  | 'SSBS'
  | 'TCO'
  | 'ALLINT'
  | 'PM'
  | 'SVCRSM'
  | 'SVCRZA'
  | 'SVCRSMZA';

export interface Operations<V> {
  // ---- values
  /** A constant, taken modulo 2^64. */
  imm(value: bigint | number): V;
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  /** High 64 bits of the 128-bit product. */
  mulHigh(a: V, b: V, signed: boolean): V;
  /** Division by zero gives zero; the most negative number by -1 gives itself. Operands are cut to 32 bits when sf=0. */
  divide(sf: number, a: V, b: V, signed: boolean): V;
  and(a: V, b: V): V;
  or(a: V, b: V): V;
  xor(a: V, b: V): V;
  not(a: V): V;
  /** Shifts take their amount modulo 64 (sf=1) or 32 (sf=0); with sf=0 the operand is cut to 32 bits first and the result is zero-extended. */
  shl(sf: number, a: V, amount: V): V;
  lshr(sf: number, a: V, amount: V): V;
  ashr(sf: number, a: V, amount: V): V;
  ror(sf: number, a: V, amount: V): V;
  /** The low `width` bits, zero-extended / sign-extended to 64. */
  zeroExtend(a: V, width: number): V;
  signExtend(a: V, width: number): V;
  /** Count of leading zeros / trailing zeros / ones in the low 32 or 64 bits. */
  clz(sf: number, a: V): V;
  ctz(sf: number, a: V): V;
  popcount(sf: number, a: V): V;
  /** Bits in reverse order within 32 or 64 bits. */
  reverseBits(sf: number, a: V): V;
  /** Bytes in reverse order within each container of `container` bits, over the low 32 or 64 bits. */
  reverseBytes(sf: number, a: V, container: 16 | 32 | 64): V;
  /** Comparisons give 0 or 1. */
  eq(a: V, b: V): V;
  lessUnsigned(a: V, b: V): V;
  lessSigned(a: V, b: V): V;
  /** `condition` is 0 or 1; both alternatives are evaluated and must not fault. */
  select(condition: V, a: V, b: V): V;
  /** Runs one of two effects; what is inside may fault. */
  when(condition: V, then: () => void, otherwise?: () => void): void;
  /** A pure function of the table `HELPERS`. */
  call(helper: string, ...args: V[]): V;

  // ---- general registers and flags
  /** X[n], 31 = zero; cut to 32 bits when sf=0 (default 1). */
  x(n: number, sf?: number): V;
  /** X[n], 31 = the current SP; cut to 32 bits when sf=0. */
  xsp(n: number, sf?: number): V;
  /** Writes X[n] (31: nothing); cut to 32 bits, upper half zero, when sf=0. */
  setX(n: number, sf: number, value: V): void;
  /** Writes X[n] (31: the current SP). */
  setXSP(n: number, sf: number, value: V): void;
  /** A base register: as xsp(n), and when n=31 with the SP alignment check where it is enabled. */
  base(n: number): V;
  flag(flag: Flag): V;
  setFlags(flags: Partial<Record<Flag, V>>): void;
  /** a + b + carry over 32 or 64 bits, setting NZCV (subtraction: b inverted and carry 1). */
  addSetFlags(sf: number, a: V, b: V, carry: V): V;
  /** N and Z from the 32- or 64-bit value, C and V cleared. */
  logicSetFlags(sf: number, a: V): void;
  /** ConditionHolds for a 4-bit condition code: 0 or 1. */
  condition(code: number): V;

  // ---- SIMD&FP registers (as 128-bit containers)
  /** Raises the access trap (CPACR_EL1, CPTR_EL2) when SIMD&FP is not enabled here. First operation of every row that touches V registers. */
  requireSimd(): void;
  /** The same for SVE (CPACR_EL1.ZEN, CPTR_EL2.ZEN) and SME (SMEN). */
  requireSve(): void;
  requireSme(): void;
  /** 64-bit half of V[n]: 0 low, 1 high. */
  v(n: number, half: 0 | 1): V;
  /** Writes all 128 bits of V[n]. */
  setV(n: number, low: V, high: V): void;

  // ---- memory
  /** Reads `bytes` ≤ 8, little- or big-endian as the regime says, zero-extended. */
  load(address: V, bytes: AccessBytes, type?: AccessType): V;
  store(address: V, bytes: AccessBytes, value: V, type?: AccessType): void;
  /** 128-bit accesses give and take two halves in address order (low half first in little-endian). */
  load128(address: V, type?: AccessType): readonly [V, V];
  store128(address: V, low: V, high: V, type?: AccessType): void;
  /** Loads and stores of SIMD structures, element by element; a load that faults has written no register. */
  loadStructures(address: V, transfer: StructureTransfer, type?: AccessType): void;
  storeStructures(address: V, transfer: StructureTransfer, type?: AccessType): void;
  /** Sets the local monitor, then loads. A pair loads 2 × bytes and gives both elements. */
  loadExclusive(address: V, bytes: AccessBytes, type?: AccessType): V;
  loadExclusivePair(address: V, bytes: 4 | 8, type?: AccessType): readonly [V, V];
  /** 0 when stored, 1 when the monitor was lost. */
  storeExclusive(address: V, bytes: AccessBytes, value: V, type?: AccessType): V;
  storeExclusivePair(address: V, bytes: 4 | 8, first: V, second: V, type?: AccessType): V;
  /** Atomic read-modify-write; gives the old value, zero-extended. */
  atomic(f: AtomicFunction, address: V, bytes: AccessBytes, operand: V, type?: AccessType): V;
  /** Stores `value` when memory equals `expected` (cut to the size); gives the old value. */
  compareAndSwap(address: V, bytes: AccessBytes, expected: V, value: V, type?: AccessType): V;
  /** The same over two elements of `bytes` each (CASP). */
  compareAndSwapPair(
    address: V,
    bytes: 4 | 8,
    expected: readonly [V, V],
    value: readonly [V, V],
    type?: AccessType,
  ): readonly [V, V];
  /** Atomic read-modify-write of 16 bytes: both halves cleared, set or swapped; gives the old halves. */
  atomicPair(f: 'clr' | 'set' | 'swp', address: V, first: V, second: V, type?: AccessType): readonly [V, V];
  /** A read-check-write atomic (FEAT_THE) of 8 or 16 bytes, which sets the flags; gives the old value. `expected` is for 'cas'. */
  checkedAtomic(
    f: 'clr' | 'set' | 'swp' | 'cas',
    address: V,
    bytes: 8 | 16,
    operand: readonly [V, V],
    expected: readonly [V, V],
    soft: boolean,
    type?: AccessType,
  ): readonly [V, V];
  /** Raises the trap of a 64-byte access (EnALS, EnASR and EnAS0 of SCTLR_ELx and HCRX_EL2) where it is not enabled. First operation of its row. */
  requireBlockAccess(form: BlockAccess): void;
  /** LD64B: eight registers from Rt on. */
  load64Bytes(address: V, rt: number): void;
  /** ST64B, ST64BV, ST64BV0: eight registers from Rt on; those with a status give it. */
  store64Bytes(address: V, rt: number, form: Exclude<BlockAccess, 'ld64b'>): V;
  /** Performs a memory copy or set instruction as far as it gets: a fault leaves its registers such that it can be resumed. */
  moveMemory(move: MemoryMove): void;
  /** PRFM and friends: never faults. */
  prefetch(address: V, operation: number): void;

  // ---- allocation tags (FEAT_MTE)
  /** Tags that may not be generated, one bit each (GCR_EL1.Exclude); all of them when tag access is disabled. */
  excludedTags(): V;
  /** Draws a tag that is not in `exclude` (0 when none is left or tag access is disabled) and steps the generator (RGSR_EL1). */
  randomTag(exclude: V): V;
  /** The allocation tag of the granule at an address (checked as a load there); 0 where there are no tags. */
  loadTag(address: V): V;
  /** Sets the tag of one or two granules (checked as a store there), zeroing them as well when asked. */
  storeTag(address: V, tag: V, granules: 1 | 2, zero: boolean): void;
  /** LDGM: the tags of the block at base register `rn`, each at its place in the result. UNDEFINED at EL0, as are STGM and STZGM. */
  loadTagBlock(rn: number): V;
  /** STGM: the tags of a block; STZGM (`zero`): one tag for a DC ZVA block, which is zeroed. */
  storeTagBlock(rn: number, tags: V, zero: boolean): void;

  // ---- pointers (FEAT_PAuth, FEAT_CPA). The arithmetic is in helpers; these read the keys and controls. Without the feature, or with the
  // key disabled, a pointer comes back as it was.
  /** Inserts an authentication code; `second` is the other modifier of FEAT_PAuth_LR. */
  addPac(key: PacKey, pointer: V, modifier: V, second?: V): V;
  /** Authenticates: the plain pointer, or a fault (FEAT_FPAC) or a pointer that faults. `combined`: as part of a load, branch or return. */
  authenticate(key: PacKey, pointer: V, modifier: V, combined: boolean, second?: V): V;
  /** Removes the authentication code of an instruction or data address. */
  stripPac(pointer: V, data: boolean): V;
  /** PACGA: a 32-bit code in the high half. */
  genericPac(value: V, modifier: V): V;
  /** PointerCheck (FEAT_CPA): `result` of arithmetic on `base`, poisoned when it left the range and checking is enabled. */
  checkPointer(result: V, base: V): V;

  // ---- control
  /** Address of this instruction. */
  pc(): V;
  branch(target: V, kind: BranchKind): void;
  raise(exception: Raise): void;
  /** ERET; with a key, after authenticating ELR with it and SP (before HCR_EL2.NV is looked at, as the manual orders them). */
  exceptionReturn(key?: 'IA' | 'IB'): void;
  wait(kind: WaitKind, timeout?: V, register?: number): void;
  /** An event to all CPUs (SEV) or to this one (SEVL). */
  sendEvent(local: boolean): void;
  /** YIELD. */
  yield(): void;
  barrier(kind: BarrierKind, option: number): void;

  // ---- system
  /** MRS: encoding packed op0<<14 | op1<<11 | CRn<<7 | CRm<<3 | op2; `rt` goes into the syndrome of a trap. */
  readSystem(encoding: number, rt: number): V;
  /** MSR (register). */
  writeSystem(encoding: number, value: V, rt: number): void;
  /** SYS / SYSL (AT, DC, IC, TLBI, …). */
  system(encoding: number, value: V, rt: number): void;
  systemResult(encoding: number, rt: number): V;
  /** MRRS, MSRR and SYSP: 128-bit moves, low half first. */
  readSystemPair(encoding: number, rt: number): readonly [V, V];
  writeSystemPair(encoding: number, low: V, high: V, rt: number): void;
  systemPair(encoding: number, low: V, high: V, rt: number): void;
  /** MSR (immediate). */
  writePState(field: PStateField, imm4: number): void;
}
