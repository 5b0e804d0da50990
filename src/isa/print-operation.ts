// The operation of an instruction as text for people: the row's `exec` run over strings. A value is the text of an expression, an effect is
// a line. Knows no instruction.
import { encodingName } from '#arch/sysreg';
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
} from './operations.ts';
import type { Decoded } from './row.ts';

const CONDITIONS = [
  'Z',
  '!Z',
  'C',
  '!C',
  'N',
  '!N',
  'V',
  '!V',
  'C && !Z',
  '!C || Z',
  'N == V',
  'N != V',
  '!Z && N == V',
  'Z || N != V',
  'true',
  'true',
] as const;

/** An operand: in parentheses when it is an expression of several words that is not wrapped already. */
function operand(text: string): string {
  return / /.test(text) && !/^[\w!]+[([][^()[\]]*[)\]]$/.test(text) ? `(${text})` : text;
}

function number(value: bigint | number): string {
  const signed = BigInt.asIntN(64, BigInt(value));
  if (signed > -0x10000n && signed < 1024n) return String(signed);
  return `0x${BigInt.asUintN(64, signed).toString(16)}`;
}

/** What an access is beyond its size, as words after it. */
/** `V[0].4S, V[1].4S`, or with a lane `V[0].S[1]`. */
function structureRegisters({ Rt, registers, bytes, lanes }: StructureTransfer): string {
  const letter = { 1: 'B', 2: 'H', 4: 'S', 8: 'D' }[bytes];
  const part = lanes.kind === 'one' ? `${letter}[${lanes.index}]` : `${lanes.width / bytes}${letter}`;
  return Array.from({ length: registers }, (_, i) => `V[${(Rt + i) & 31}].${part}`).join(', ');
}

/** `Mem[X[0], 32]` and how its elements are dealt out. */
function structureMemory(
  address: string,
  { registers, interleaved, bytes, lanes }: StructureTransfer,
  type: AccessType | undefined,
): string {
  const total = registers * (lanes.kind === 'all' ? lanes.width : bytes);
  const memory = `Mem[${address}, ${total}${remarks(type)}]`;
  if (lanes.kind === 'every') return `Replicate(${memory})`;
  return interleaved && registers > 1 && lanes.kind === 'all' ? `Interleaved(${memory})` : memory;
}

function remarks(type: AccessType | undefined): string {
  if (!type) return '';
  const words = [type.ordered ? 'ordered' : '', type.unprivileged ? 'as EL0' : ''].filter((word) => word !== '');
  return words.map((word) => `, ${word}`).join('');
}

class Printer implements Operations<string> {
  readonly lines: string[] = [];
  private indent = '';

  private line(text: string): void {
    this.lines.push(this.indent + text);
  }

  private binary(a: string, operator: string, b: string): string {
    return `${operand(a)} ${operator} ${operand(b)}`;
  }

  private w(sf: number): string {
    return sf ? '' : '<31:0>';
  }

  // ---- values
  imm(value: bigint | number): string {
    return number(value);
  }
  add(a: string, b: string): string {
    if (b === '0') return a;
    if (a === '0') return b;
    // A constant on a constant: SP - 16 and 8 more is SP - 8.
    const offset = /^([A-Z]+(?:\[\d+\])?) ([+-]) (\d+)$/.exec(a);
    if (offset && /^-?\d+$/.test(b)) {
      return this.add(offset[1] as string, String(Number(b) + (offset[2] === '-' ? -1 : 1) * Number(offset[3])));
    }
    return /^-\d+$/.test(b) ? this.binary(a, '-', b.slice(1)) : this.binary(a, '+', b);
  }
  sub(a: string, b: string): string {
    if (b === '0') return a;
    return a === '0' ? `-${operand(b)}` : this.binary(a, '-', b);
  }
  mul(a: string, b: string): string {
    return this.binary(a, '*', b);
  }
  mulHigh(a: string, b: string, signed: boolean): string {
    return `${signed ? 'SignedHigh' : 'UnsignedHigh'}(${this.binary(a, '*', b)})`;
  }
  divide(_sf: number, a: string, b: string, signed: boolean): string {
    return `${signed ? 'SignedDivide' : 'UnsignedDivide'}(${a}, ${b})`;
  }
  and(a: string, b: string): string {
    return a === '0' || b === '0' ? '0' : this.binary(a, 'AND', b);
  }
  or(a: string, b: string): string {
    if (a === '0') return b;
    return b === '0' ? a : this.binary(a, 'OR', b);
  }
  xor(a: string, b: string): string {
    if (b === '1' && /^!?[NZCV]$/.test(a)) return a.startsWith('!') ? a.slice(1) : `!${a}`;
    return this.binary(a, 'EOR', b);
  }
  not(a: string): string {
    return `NOT ${operand(a)}`;
  }
  shl(sf: number, a: string, amount: string): string {
    return amount === '0' ? a : this.binary(a + (/^[XW]\[/.test(a) ? '' : this.w(sf)), '<<', amount);
  }
  lshr(_sf: number, a: string, amount: string): string {
    return amount === '0' ? a : this.binary(a, '>>', amount);
  }
  ashr(_sf: number, a: string, amount: string): string {
    return amount === '0' ? a : this.binary(a, '>>>', amount);
  }
  ror(_sf: number, a: string, amount: string): string {
    return `ROR(${a}, ${amount})`;
  }
  zeroExtend(a: string, width: number): string {
    return `${operand(a)}<${width - 1}:0>`;
  }
  signExtend(a: string, width: number): string {
    return `SignExtend(${operand(a)}<${width - 1}:0>)`;
  }
  clz(_sf: number, a: string): string {
    return `CountLeadingZeros(${a})`;
  }
  ctz(_sf: number, a: string): string {
    return `CountTrailingZeros(${a})`;
  }
  popcount(_sf: number, a: string): string {
    return `CountOnes(${a})`;
  }
  reverseBits(_sf: number, a: string): string {
    return `ReverseBits(${a})`;
  }
  reverseBytes(_sf: number, a: string, container: 16 | 32 | 64): string {
    return `ReverseBytes(${a}, ${container})`;
  }
  eq(a: string, b: string): string {
    return this.binary(a, '==', b);
  }
  lessUnsigned(a: string, b: string): string {
    return `UInt(${a}) < UInt(${b})`;
  }
  lessSigned(a: string, b: string): string {
    return `SInt(${a}) < SInt(${b})`;
  }
  select(condition: string, a: string, b: string): string {
    return `if ${condition} then ${a} else ${b}`;
  }
  when(condition: string, then: () => void, otherwise?: () => void): void {
    const inner = (effect: () => void): void => {
      const outer = this.indent;
      this.indent += '  ';
      effect();
      this.indent = outer;
    };
    this.line(`if ${condition} then`);
    inner(then);
    if (!otherwise) return;
    this.line('else');
    inner(otherwise);
  }
  call(helper: string, ...args: string[]): string {
    return `${helper}(${args.join(', ')})`;
  }

  // ---- general registers and flags
  x(n: number, sf = 1): string {
    return n === 31 ? '0' : `${sf ? 'X' : 'W'}[${n}]`;
  }
  xsp(n: number, sf = 1): string {
    return n === 31 ? (sf ? 'SP' : 'WSP') : this.x(n, sf);
  }
  setX(n: number, sf: number, value: string): void {
    if (n !== 31) this.line(`${this.x(n, sf)} = ${value}`);
  }
  setXSP(n: number, sf: number, value: string): void {
    this.line(`${this.xsp(n, sf)} = ${value}`);
  }
  base(n: number): string {
    return this.xsp(n);
  }
  flag(flag: Flag): string {
    return flag;
  }
  setFlags(flags: Partial<Record<Flag, string>>): void {
    const set = (['N', 'Z', 'C', 'V'] as const).filter((flag) => flags[flag] !== undefined);
    if (set.length > 0) this.line(`${set.join(', ')} = ${set.map((flag) => flags[flag]).join(', ')}`);
  }
  addSetFlags(_sf: number, a: string, b: string, carry: string): string {
    const inverted = /^NOT (.*)$/.exec(b)?.[1];
    const text =
      carry === '0'
        ? this.add(a, b)
        : carry === '1' && inverted !== undefined
          ? this.binary(a, '-', inverted.replace(/^\((.*)\)$/, '$1'))
          : `${this.binary(a, '+', b)} + ${carry}`;
    this.line(`N, Z, C, V = FlagsOf(${text})`);
    return text;
  }
  logicSetFlags(_sf: number, a: string): void {
    this.line(`N, Z, C, V = FlagsOf(${a}), C and V clear`);
  }
  condition(code: number): string {
    return CONDITIONS[code] as string;
  }

  // ---- SIMD&FP registers
  requireSimd(): void {
    this.line('CheckFPAdvSIMDEnabled()');
  }
  requireSve(): void {
    this.line('CheckSVEEnabled()');
  }
  requireSme(): void {
    this.line('CheckSMEEnabled()');
  }
  v(n: number, half: 0 | 1): string {
    return `V[${n}]<${half ? '127:64' : '63:0'}>`;
  }
  setV(n: number, low: string, high: string): void {
    this.line(high === '0' ? `V[${n}] = ${low}` : `V[${n}] = ${operand(high)} : ${operand(low)}`);
  }

  // ---- memory
  load(address: string, bytes: AccessBytes, type?: AccessType): string {
    return `Mem[${address}, ${bytes}${remarks(type)}]`;
  }
  store(address: string, bytes: AccessBytes, value: string, type?: AccessType): void {
    this.line(`Mem[${address}, ${bytes}${remarks(type)}] = ${value}`);
  }
  load128(address: string, type?: AccessType): readonly [string, string] {
    return [this.load(address, 8, type), this.load(this.add(address, '8'), 8, type)];
  }
  store128(address: string, low: string, high: string, type?: AccessType): void {
    this.line(`Mem[${address}, 16${remarks(type)}] = ${operand(high)} : ${operand(low)}`);
  }
  loadStructures(address: string, transfer: StructureTransfer, type?: AccessType): void {
    this.line(`${structureRegisters(transfer)} = ${structureMemory(address, transfer, type)}`);
  }
  storeStructures(address: string, transfer: StructureTransfer, type?: AccessType): void {
    this.line(`${structureMemory(address, transfer, type)} = ${structureRegisters(transfer)}`);
  }
  loadExclusive(address: string, bytes: AccessBytes, type?: AccessType): string {
    this.line(`SetExclusiveMonitors(${address}, ${bytes})`);
    return this.load(address, bytes, type);
  }
  loadExclusivePair(address: string, bytes: 4 | 8, type?: AccessType): readonly [string, string] {
    this.line(`SetExclusiveMonitors(${address}, ${bytes * 2})`);
    return [this.load(address, bytes, type), this.load(this.add(address, String(bytes)), bytes, type)];
  }
  storeExclusive(address: string, bytes: AccessBytes, value: string, type?: AccessType): string {
    this.line(`status = if ExclusiveMonitorsPass(${address}, ${bytes}) then 0 else 1`);
    this.line(`if status == 0 then Mem[${address}, ${bytes}${remarks(type)}] = ${value}`);
    return 'status';
  }
  storeExclusivePair(address: string, bytes: 4 | 8, first: string, second: string, type?: AccessType): string {
    this.line(`status = if ExclusiveMonitorsPass(${address}, ${bytes * 2}) then 0 else 1`);
    this.line(`if status == 0 then Mem[${address}, ${bytes * 2}${remarks(type)}] = ${operand(second)} : ${operand(first)}`);
    return 'status';
  }
  atomic(f: AtomicFunction, address: string, bytes: AccessBytes, value: string, type?: AccessType): string {
    this.line(`old = MemAtomic(${f}, ${address}, ${bytes}, ${value}${remarks(type)})`);
    return 'old';
  }
  atomicPair(
    f: 'clr' | 'set' | 'swp',
    address: string,
    first: string,
    second: string,
    type?: AccessType,
  ): readonly [string, string] {
    this.line(`old = MemAtomic(${f}, ${address}, 16, ${operand(second)} : ${operand(first)}${remarks(type)})`);
    return ['old<63:0>', 'old<127:64>'];
  }
  checkedAtomic(
    f: 'clr' | 'set' | 'swp' | 'cas',
    address: string,
    bytes: 8 | 16,
    value: readonly [string, string],
    expected: readonly [string, string],
    soft: boolean,
    type?: AccessType,
  ): readonly [string, string] {
    const wide = (pair: readonly [string, string]): string =>
      bytes === 16 ? `${operand(pair[1])} : ${operand(pair[0])}` : pair[0];
    const compared = f === 'cas' ? `${wide(expected)}, ` : '';
    this.line(
      `old, N, Z, C, V = MemAtomicRCW(${f}, ${address}, ${bytes}, ${compared}${wide(value)}${soft ? ', soft' : ''}${remarks(type)})`,
    );
    return ['old<63:0>', 'old<127:64>'];
  }
  compareAndSwap(address: string, bytes: AccessBytes, expected: string, value: string, type?: AccessType): string {
    this.line(`old = MemAtomicCompareAndSwap(${address}, ${bytes}, ${expected}, ${value}${remarks(type)})`);
    return 'old';
  }
  compareAndSwapPair(
    address: string,
    bytes: 4 | 8,
    expected: readonly [string, string],
    value: readonly [string, string],
    type?: AccessType,
  ): readonly [string, string] {
    const pair = ([first, second]: readonly [string, string]): string => `${operand(second)} : ${operand(first)}`;
    this.line(`old = MemAtomicCompareAndSwap(${address}, ${bytes * 2}, ${pair(expected)}, ${pair(value)}${remarks(type)})`);
    const bits = bytes * 8;
    return [`old<${bits - 1}:0>`, `old<${bits * 2 - 1}:${bits}>`];
  }
  requireBlockAccess(form: BlockAccess): void {
    this.line(`Check${form === 'ld64b' || form === 'st64b' ? 'LDST64B' : form.toUpperCase()}Enabled()`);
  }
  load64Bytes(address: string, rt: number): void {
    this.line(`X[${rt}] to X[${rt + 7}] = Mem[${address}, 64]`);
  }
  store64Bytes(address: string, rt: number, form: Exclude<BlockAccess, 'ld64b'>): string {
    const data = `X[${rt}] to X[${rt + 7}]${form === 'st64bv0' ? ' with ACCDATA_EL1 in the low word' : ''}`;
    if (form === 'st64b') this.line(`Mem[${address}, 64] = ${data}`);
    else this.line(`status = MemStore64BWithRet(${address}, ${data})`);
    return 'status';
  }
  moveMemory(move: MemoryMove): void {
    const stage = ['prologue', 'main part', 'epilogue'][move.stage];
    const copy = move.kind === 'copy' || move.kind === 'copy-forward';
    const from = copy ? `from [X[${move.Rs}]]` : move.kind === 'set-tags-only' ? 'tags' : `with ${this.x(move.Rs, 0)}<7:0>`;
    this.line(`${copy ? 'MemCopy' : 'MemSet'}(${stage}: [X[${move.Rd}]] ${from}, X[${move.Rn}] bytes)`);
  }
  prefetch(address: string, operation: number): void {
    this.line(`Prefetch(${address}, ${operation})`);
  }

  // ---- tags and pointers
  excludedTags(): string {
    return 'GCR_EL1.Exclude';
  }
  randomTag(exclude: string): string {
    return `RandomTag(except ${exclude})`;
  }
  loadTag(address: string): string {
    return `MemTag[${address}]`;
  }
  storeTag(address: string, tag: string, granules: 1 | 2, zero: boolean): void {
    this.line(`MemTag[${address}, ${granules * 16}] = ${tag}`);
    if (zero) this.line(`Mem[${address}, ${granules * 16}] = 0`);
  }
  loadTagBlock(rn: number): string {
    return `MemTags[${this.base(rn)}]`;
  }
  storeTagBlock(rn: number, tags: string, zero: boolean): void {
    const address = this.base(rn);
    this.line(`MemTags[${address}] = ${zero ? `${tags}<3:0>, each` : tags}`);
    if (zero) this.line(`Mem[${address}, DC ZVA block] = 0`);
  }
  addPac(key: PacKey, pointer: string, modifier: string, second?: string): string {
    return `AddPAC${key}(${[pointer, modifier, ...(second === undefined ? [] : [second])].join(', ')})`;
  }
  authenticate(key: PacKey, pointer: string, modifier: string, _combined: boolean, second?: string): string {
    return `Auth${key}(${[pointer, modifier, ...(second === undefined ? [] : [second])].join(', ')})`;
  }
  stripPac(pointer: string, data: boolean): string {
    return `Strip(${pointer}, ${data ? 'data' : 'instruction'})`;
  }
  genericPac(value: string, modifier: string): string {
    return `ComputePAC(${value}, ${modifier}, APGAKey) AND 0xffffffff00000000`;
  }
  checkPointer(result: string, base: string): string {
    return `PointerCheck(${result}, ${base})`;
  }

  // ---- control
  pc(): string {
    return 'PC';
  }
  branch(target: string, _kind: BranchKind): void {
    this.line(`PC = ${target}`);
  }
  raise(exception: Raise): void {
    switch (exception.kind) {
      case 'undefined':
        this.line('Undefined()');
        break;
      case 'branch-target':
      case 'pac-failure':
      case 'mops':
        this.line(`Raise(${exception.kind})`);
        break;
      default:
        this.line(`Raise(${exception.kind.toUpperCase()}, ${exception.imm16})`);
    }
  }
  exceptionReturn(key?: 'IA' | 'IB'): void {
    this.line(key === undefined ? 'PC, PSTATE = ELR, SPSR' : `PC, PSTATE = Auth${key}(ELR, SP), SPSR`);
  }
  wait(kind: WaitKind, timeout?: string): void {
    const what = kind.startsWith('wfe') ? 'WaitForEvent' : 'WaitForInterrupt';
    this.line(`${what}(${timeout === undefined ? '' : `until CNTVCT_EL0 >= ${timeout}`})`);
  }
  sendEvent(local: boolean): void {
    this.line(local ? 'EventRegisterSet()' : 'SendEvent()');
  }
  yield(): void {
    this.line('Hint_Yield()');
  }
  barrier(kind: BarrierKind, option: number): void {
    this.line(`${kind.toUpperCase()}(${option})`);
  }

  // ---- system
  private readonly registers: (encoding: number, direction: 'read' | 'write') => string;
  constructor(registers: (encoding: number, direction: 'read' | 'write') => string) {
    this.registers = registers;
  }
  readSystem(encoding: number): string {
    return this.registers(encoding, 'read');
  }
  writeSystem(encoding: number, value: string): void {
    this.line(`${this.registers(encoding, 'write')} = ${value}`);
  }
  system(encoding: number, value: string): void {
    this.line(`${this.registers(encoding, 'write')}(${value})`);
  }
  systemResult(encoding: number): string {
    return `${this.registers(encoding, 'read')}()`;
  }
  readSystemPair(encoding: number): readonly [string, string] {
    const name = this.registers(encoding, 'read');
    return [`${name}<63:0>`, `${name}<127:64>`];
  }
  writeSystemPair(encoding: number, low: string, high: string): void {
    this.line(`${this.registers(encoding, 'write')} = ${operand(high)} : ${operand(low)}`);
  }
  systemPair(encoding: number, low: string, high: string): void {
    this.line(`${this.registers(encoding, 'write')}(${operand(high)} : ${operand(low)})`);
  }
  writePState(field: PStateField, imm4: number): void {
    this.line(`PSTATE.${field} = ${imm4}`);
  }
}

/** The operation of an instruction, line by line (`X[0] = X[1] + 16`); empty for one that does nothing or is not modelled. */
export function operationText({ row, fields }: Pick<Decoded, 'row' | 'fields'>): readonly string[] {
  const printer = new Printer(encodingName);
  row.exec?.(printer, fields);
  return printer.lines;
}
