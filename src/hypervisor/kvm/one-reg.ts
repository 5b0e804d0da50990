// KVM_GET_ONE_REG, KVM_SET_ONE_REG and KVM_GET_REG_LIST: the kernel's 64-bit register ids, their names, and where each register is
// (arch/arm64/kvm/guest.c, include/uapi/asm/kvm.h). Knows nothing of what a register means.
import { encodingName, parseGenericName, registerByName } from '#arch/sysreg';
import { ok } from '#base';
import type { Vcpu } from './context.ts';
import { fails, type KvmResult } from './errno.ts';
import { FW_REGISTERS, type FwRegister, fwRegisterById, getFwRegister, setFwRegister } from './fw-regs.ts';
import { isFeatureIdSpace } from './id-registers.ts';
import { getSve, SVE_IDS, setSve } from './sve.ts';
import { ccsidr, getSysReg, isUserVisible, isVisible, SYS_REGS, setCcsidr, setSysReg } from './sysregs.ts';
import { TIMER_IDS, timerGet, timerRegister, timerSet } from './timer.ts';

// An id: 63:56 architecture, 55:52 log2 of the bytes, 31:16 kind, 15:0 by kind.
const ARM64 = 0x60n << 56n;
const SIZE_SHIFT = 52n;
const SIZE_MASK = 0xfn << SIZE_SHIFT;
const KIND_MASK = 0x0fff_0000n;
/** Between the kind and the architecture: no register has one of these. */
const STRAY = 0xf000_0000n;
const U32 = 2n << SIZE_SHIFT;
const U64 = 3n << SIZE_SHIFT;
const U128 = 4n << SIZE_SHIFT;
const KIND = {
  core: 0x0010_0000n,
  demux: 0x0011_0000n,
  sysreg: 0x0013_0000n,
  fw: 0x0014_0000n,
  sve: 0x0015_0000n,
  fwBitmap: 0x0016_0000n,
};
const DEMUX_ID_CCSIDR = 0n;
const CSSELR_MAX = 14n;

/** struct kvm_regs in words of 32 bits: user_pt_regs, sp_el1, elr_el1, spsr[5], padding to 16 bytes, fp_regs. */
const CORE = { x: 0, sp: 62, pc: 64, pstate: 66, spEl1: 68, elrEl1: 70, spsr: 72, v: 84, fpsr: 212, fpcr: 213, words: 216 };
const SPSR_NAMES = ['spsr_el1', 'spsr_abt', 'spsr_und', 'spsr_irq', 'spsr_fiq'] as const;
const SPSR_REGISTERS = ['SPSR_EL1', 'SPSR_abt', 'SPSR_und', 'SPSR_irq', 'SPSR_fiq'] as const;

interface CoreRegister {
  readonly name: string;
  readonly offset: number;
  readonly size: bigint;
  get(vcpu: Vcpu): bigint;
  set(vcpu: Vcpu, value: bigint): KvmResult;
}

function core(
  name: string,
  offset: number,
  size: bigint,
  get: (vcpu: Vcpu) => bigint,
  set: (vcpu: Vcpu, value: bigint) => void,
): CoreRegister {
  return {
    name,
    offset,
    size,
    get,
    set(vcpu, value) {
      set(vcpu, value);
      return ok(undefined);
    },
  };
}

const CORE_REGISTERS: readonly CoreRegister[] = [
  ...Array.from({ length: 31 }, (_, n) =>
    core(
      `x${n}`,
      CORE.x + 2 * n,
      U64,
      (vcpu) => vcpu.cpu.x(n),
      (vcpu, value) => vcpu.cpu.setX(n, value),
    ),
  ),
  core(
    'sp',
    CORE.sp,
    U64,
    (vcpu) => vcpu.cpu.sp(0),
    (vcpu, value) => vcpu.cpu.setSp(0, value),
  ),
  core(
    'pc',
    CORE.pc,
    U64,
    (vcpu) => vcpu.cpu.pc,
    (vcpu, value) => {
      vcpu.cpu.pc = value;
    },
  ),
  { name: 'pstate', offset: CORE.pstate, size: U64, get: (vcpu) => vcpu.cpu.pstate, set: setPstate },
  core(
    'sp_el1',
    CORE.spEl1,
    U64,
    (vcpu) => vcpu.cpu.sp(1),
    (vcpu, value) => vcpu.cpu.setSp(1, value),
  ),
  register('elr_el1', CORE.elrEl1, U64, 'ELR_EL1'),
  ...SPSR_NAMES.map((name, i) => register(name, CORE.spsr + 2 * i, U64, SPSR_REGISTERS[i] as string)),
  ...Array.from({ length: 32 }, (_, n) =>
    core(
      `v${n}`,
      CORE.v + 4 * n,
      U128,
      (vcpu) => vcpu.cpu.v(n, 0) | (vcpu.cpu.v(n, 1) << 64n),
      (vcpu, value) => {
        vcpu.cpu.setV(n, 0, BigInt.asUintN(64, value));
        vcpu.cpu.setV(n, 1, value >> 64n);
      },
    ),
  ),
  register('fpsr', CORE.fpsr, U32, 'FPSR'),
  register('fpcr', CORE.fpcr, U32, 'FPCR'),
];

function register(name: string, offset: number, size: bigint, sysreg: string): CoreRegister {
  return core(
    name,
    offset,
    size,
    (vcpu) => vcpu.cpu.readRegister(sysreg),
    (vcpu, value) => vcpu.cpu.writeRegister(sysreg, value),
  );
}

/** set_core_reg: the mode must be one that this vCPU can have. */
function setPstate(vcpu: Vcpu, value: bigint): KvmResult {
  const mode = value & 0x1fn;
  // EL0t, EL1t, EL1h; EL2 needs nesting, AArch32 a host that has it.
  if (mode !== 0b00000n && mode !== 0b00100n && mode !== 0b00101n) return fails('EINVAL');
  vcpu.cpu.pstate = value;
  return ok(undefined);
}

const CORE_BY_OFFSET: ReadonlyMap<number, CoreRegister> = new Map(CORE_REGISTERS.map((r) => [r.offset, r]));

function coreId(row: CoreRegister): bigint {
  return ARM64 | row.size | KIND.core | BigInt(row.offset);
}

/** The id of a system register: ARM64_SYS_REG(op0, op1, CRn, CRm, op2). */
export function sysRegId(encoding: number): bigint {
  return ARM64 | U64 | KIND.sysreg | BigInt(encoding);
}

/**
 * The id that a name means: core registers (`x0`, `pc`, `v3`, `spsr_abt`), KVM's constants, system registers by the Arm ARM's name or
 * generic spelling in any case, or the id itself in hex. Undefined for a name that no table has.
 */
export function registerId(name: string): bigint | undefined {
  const lower = name.toLowerCase();
  if (/^0x[0-9a-f]+$/.test(lower)) return BigInt(lower);
  const row = CORE_REGISTERS.find((r) => r.name === lower);
  if (row) return coreId(row);
  const timer = Object.entries(TIMER_IDS).find(([id]) => id.toLowerCase() === lower);
  if (timer) return sysRegId(timer[1].encoding);
  const fw = FW_REGISTERS.find((r) => r.name.toLowerCase() === lower);
  if (fw) return fw.id;
  const generic = parseGenericName(lower);
  const encoding = generic ?? registerByName(name.toUpperCase())?.encoding ?? registerByName(name)?.encoding ?? anyCase(lower);
  return encoding === undefined ? undefined : sysRegId(encoding);
}

function anyCase(lower: string): number | undefined {
  return SYS_REGS.find((row) => row.name.toLowerCase() === lower)?.encoding;
}

/** A name for an id, for people: the inverse of registerId; hex for an id that has none. */
export function registerIdName(id: bigint): string {
  const kind = id & KIND_MASK;
  if (kind === KIND.core) return CORE_BY_OFFSET.get(Number(id & 0xffffn))?.name ?? `0x${id.toString(16)}`;
  if (kind === KIND.sysreg) return encodingName(Number(id & 0xffffn));
  if (kind === KIND.demux) return `CCSIDR[${id & 0xffn}]`;
  return fwRegisterById(id)?.name ?? `0x${id.toString(16)}`;
}

type Place =
  | { readonly kind: 'core'; readonly row: CoreRegister }
  | { readonly kind: 'fw'; readonly row: FwRegister }
  | { readonly kind: 'timer'; readonly register: string }
  | { readonly kind: 'sysreg'; readonly encoding: number }
  | { readonly kind: 'ccsidr'; readonly csselr: number }
  | { readonly kind: 'sve'; readonly id: bigint };

/** Where an id leads, with the kernel's checks of the id itself. */
function locate(vcpu: Vcpu, id: bigint): KvmResult<Place> {
  if ((id & ~SIZE_MASK) >> 32n !== ARM64 >> 32n) return fails('EINVAL');
  if (id & STRAY) return fails('ENOENT');
  const kind = id & KIND_MASK;
  const low = Number(id & 0xffffn);
  const size = id & SIZE_MASK;
  if (kind === KIND.core) {
    // Bytes and halfwords are no word at all, and then no register has their size.
    const words = Math.floor(2 ** (Number(size >> SIZE_SHIFT) - 2));
    if (low >= CORE.words || low + words >= CORE.words) return fails('ENOENT');
    const row = CORE_BY_OFFSET.get(low);
    if (!row || row.size !== size || (vcpu.vm.hasSve && row.size === U128)) return fails('EINVAL');
    return ok({ kind: 'core', row });
  }
  if (kind === KIND.fw || kind === KIND.fwBitmap) {
    const row = fwRegisterById(id);
    return row ? ok({ kind: 'fw', row }) : fails('ENOENT');
  }
  if (kind === KIND.sve) return ok({ kind: 'sve', id });
  if (kind === KIND.demux) {
    if (size !== U32 || BigInt(low) >> 8n !== DEMUX_ID_CCSIDR || BigInt(low) >= CSSELR_MAX) return fails('ENOENT');
    return ok({ kind: 'ccsidr', csselr: low });
  }
  if (size !== U64) return fails('ENOENT');
  const timer = kind === KIND.sysreg ? timerRegister(low) : undefined;
  return ok(timer ? { kind: 'timer', register: timer } : { kind: 'sysreg', encoding: low });
}

/** KVM_GET_ONE_REG of an initialised vCPU. */
export function getOneReg(vcpu: Vcpu, id: bigint): KvmResult<bigint> {
  const place = locate(vcpu, id);
  if (!place.ok) return place;
  switch (place.value.kind) {
    case 'core':
      return ok(place.value.row.get(vcpu));
    case 'fw':
      return ok(getFwRegister(vcpu, place.value.row));
    case 'timer':
      return ok(timerGet(vcpu, place.value.register));
    case 'sysreg':
      return getSysReg(vcpu, place.value.encoding);
    case 'ccsidr':
      return ok(ccsidr(vcpu, place.value.csselr));
    case 'sve':
      return getSve(vcpu, place.value.id);
  }
}

/** KVM_SET_ONE_REG of an initialised vCPU. The value is cut to the register's size. */
export function setOneReg(vcpu: Vcpu, id: bigint, value: bigint): KvmResult {
  const place = locate(vcpu, id);
  if (!place.ok) return place;
  const cut = BigInt.asUintN(8 << Number((id & SIZE_MASK) >> SIZE_SHIFT), value);
  const done = set(vcpu, place.value, cut);
  const space = place.value.kind === 'sysreg' && isFeatureIdSpace(place.value.encoding);
  // The proposal: the first write to a register outside the ID space freezes the ID registers.
  if (done.ok && !space && vcpu.vm.policy.id_freeze === 'first-write') vcpu.vm.state.id_frozen = 1;
  return done;
}

function set(vcpu: Vcpu, place: Place, value: bigint): KvmResult {
  switch (place.kind) {
    case 'core':
      return place.row.set(vcpu, value);
    case 'fw':
      return setFwRegister(vcpu, place.row, value);
    case 'timer':
      timerSet(vcpu, place.register, value);
      return ok(undefined);
    case 'sysreg':
      return setSysReg(vcpu, place.encoding, value);
    case 'ccsidr':
      return setCcsidr(vcpu, place.csselr, value);
    case 'sve':
      return setSve(vcpu, place.id, value);
  }
}

/** The ids of every register, in the kernel's order: core, SVE, firmware, timers, system registers, CCSIDR. */
export function registerList(vcpu: Vcpu): readonly bigint[] {
  const timers = Object.values(TIMER_IDS).map((id) => sysRegId(id.encoding));
  return [
    ...CORE_REGISTERS.filter((r) => !(vcpu.vm.hasSve && r.size === U128)).map(coreId),
    ...(vcpu.vm.hasSve ? SVE_IDS : []),
    ...FW_REGISTERS.map((r) => r.id),
    ...timers,
    ...SYS_REGS.filter((row) => isUserVisible(row) && isVisible(vcpu.vm, row) && timerRegister(row.encoding) === undefined).map(
      (row) => sysRegId(row.encoding),
    ),
    ...Array.from({ length: Number(CSSELR_MAX) }, (_, n) => ARM64 | U32 | KIND.demux | (DEMUX_ID_CCSIDR << 8n) | BigInt(n)),
  ];
}
