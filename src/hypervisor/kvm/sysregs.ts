// System registers as KVM emulates and saves them (arch/arm64/kvm/sys_regs.c, sys_reg_descs): what a trapped access does, where userspace's copy
// is, and what it holds after a reset. A row that is missing is a register that KVM does not know. ID registers have their own file and join here.
import { operationByName, type SystemOperation, sysreg } from '#arch/sysreg';
import { assert, ok } from '#base';
import { step, type Vcpu, type Vm } from './context.ts';
import { handleOslar, setGuestOwnership } from './debug.ts';
import { fails, type KvmResult } from './errno.ts';
import {
  CLIDR_WRITABLE,
  hasFeature,
  ID_REGISTERS,
  type IdRegister,
  idRegister,
  isFeatureIdSpace,
  setIdRegister,
} from './id-registers.ts';
import { injectUndefined } from './inject.ts';
import { PMU_ROWS } from './pmu.ts';
import { DEBUG_OWNER } from './state.ts';
import { type Access, type SysRegRow, UNKNOWN } from './sysreg-row.ts';
import { TIMER_REGISTERS, timerGet, timerSet } from './timer.ts';

const OSLSR_OSLM_IMPLEMENTED = 1n << 3n;
const OSLSR_OSLK = 1n << 1n;
const SCTLR_M_C = 0b101n;
const HCR_TVM = 1n << 26n;
const CSSELR_MAX = 14;

/** Registers that hold the last value written, in the processor. */
function plain(reset: bigint, visible?: (vm: Vm) => boolean): Partial<SysRegRow> {
  return { reset, stored: true, ...(visible && { visible }) };
}

function undef(vcpu: Vcpu, { name }: SysRegRow): boolean {
  injectUndefined(vcpu, `KVM gives no guest ${name}`);
  return false;
}

function razWi(vcpu: Vcpu, row: SysRegRow, access: Access): boolean {
  if (!access.isWrite) access.value = 0n;
  step(vcpu, 'trap_raz_wi', access.isWrite ? `${row.name}: the write is ignored` : `${row.name} reads as zero`);
  return true;
}

function writeToReadOnly(vcpu: Vcpu, name: string): boolean {
  injectUndefined(vcpu, `a write to ${name}, which is read-only`);
  return false;
}

function readFromWriteOnly(vcpu: Vcpu, name: string): boolean {
  injectUndefined(vcpu, `a read of ${name}, which is write-only`);
  return false;
}

function readWrite(vcpu: Vcpu, { name }: SysRegRow, access: Access): boolean {
  if (access.isWrite) vcpu.cpu.writeRegister(name, access.value);
  else access.value = vcpu.cpu.readRegister(name);
  return true;
}

/** access_vm_reg: the memory controls, trapped by TVM until the guest has MMU and caches on (then KVM cleans caches, which hold nothing here). */
function vmRegister(vcpu: Vcpu, row: SysRegRow, access: Access): boolean {
  readWrite(vcpu, row, access);
  if (access.isWrite && (vcpu.cpu.readRegister('SCTLR_EL1') & SCTLR_M_C) === SCTLR_M_C) {
    vcpu.state.hcr_el2 &= ~HCR_TVM;
    vcpu.cpu.writeRegister('HCR_EL2', vcpu.state.hcr_el2);
    step(vcpu, 'kvm_toggle_cache', 'MMU and caches are on: HCR_EL2.TVM is cleared');
  }
  return true;
}

const has =
  (register: string, field: string, minimum: number) =>
  (vm: Vm): boolean =>
    hasFeature(vm, register, field, minimum);
const ptrauth = (vm: Vm): boolean => vm.hasPtrauth;
const mte = (vm: Vm): boolean => vm.state.mte_enabled !== 0;

/** MDSCR_EL1 and MDCCINT_EL1: kept in the record while hardware holds what a debugger wants. */
const MDSCR: Partial<SysRegRow> = {
  reset: 0n,
  access(vcpu, _row, access) {
    if (access.isWrite) vcpu.state.mdscr_el1 = access.value;
    else access.value = vcpu.state.mdscr_el1;
    setGuestOwnership(vcpu);
    return true;
  },
  get: (vcpu) => ok(vcpu.state.mdscr_el1),
  set(vcpu, _row, value) {
    vcpu.state.mdscr_el1 = value;
    return ok(undefined);
  },
};

function debugRegister(list: 'guest_dbgbcr' | 'guest_dbgbvr' | 'guest_dbgwcr' | 'guest_dbgwvr', n: number): Partial<SysRegRow> {
  return {
    reset: 0n,
    access(vcpu, _row, access) {
      if (access.isWrite) vcpu.state[list].set(n, access.value);
      else access.value = vcpu.state[list].get(n);
      setGuestOwnership(vcpu);
      return true;
    },
    get: (vcpu) => ok(vcpu.state[list].get(n)),
    set(vcpu, _row, value) {
      vcpu.state[list].set(n, value);
      return ok(undefined);
    },
  };
}

const RAS_V1P1 = new Set(['ERXPFGCDN_EL1', 'ERXPFGCTL_EL1', 'ERXPFGF_EL1', 'ERXMISC2_EL1', 'ERXMISC3_EL1']);

function ras(vcpu: Vcpu, row: SysRegRow, access: Access): boolean {
  const { vm } = vcpu;
  const v1p1 =
    hasFeature(vm, 'ID_AA64PFR0_EL1', 'RAS', 2) ||
    (has('ID_AA64PFR0_EL1', 'RAS', 1)(vm) && has('ID_AA64PFR1_EL1', 'RAS_frac', 1)(vm));
  if (RAS_V1P1.has(row.name) ? !v1p1 : !hasFeature(vm, 'ID_AA64PFR0_EL1', 'RAS', 1)) {
    injectUndefined(vcpu, `${row.name}: the VM's ID registers announce no such RAS extension`);
    return false;
  }
  return razWi(vcpu, row, access);
}

function lor(vcpu: Vcpu, row: SysRegRow, access: Access): boolean {
  if (!hasFeature(vcpu.vm, 'ID_AA64MMFR1_EL1', 'LO', 1)) {
    injectUndefined(vcpu, `${row.name}: the VM has no limited ordering regions`);
    return false;
  }
  if (access.isWrite && row.name === 'LORID_EL1') return writeToReadOnly(vcpu, row.name);
  return razWi(vcpu, row, access);
}

/** SGIs, and ICC_DIR_EL1: answered where there is an in-kernel GICv3. */
function gic(vcpu: Vcpu, row: SysRegRow, access: Access): boolean {
  if (!vcpu.vm.hasGicV3) {
    injectUndefined(vcpu, `${row.name}: the VM has no in-kernel GICv3`);
    return false;
  }
  if (!access.isWrite) return readFromWriteOnly(vcpu, row.name);
  step(vcpu, 'access_gic_sgi', vcpu.vm.vgic.sendSgi(vcpu, row.name, access.value));
  return true;
}

function gicSre(vcpu: Vcpu, row: SysRegRow, access: Access): boolean {
  if (!vcpu.vm.hasGicV3) {
    injectUndefined(vcpu, `${row.name}: the VM has no in-kernel GICv3`);
    return false;
  }
  // SRE, DFB and DIB read 1: the system register interface cannot be turned off.
  if (!access.isWrite) access.value = 0b111n;
  return true;
}

/** CCSIDR_EL1 of a level: made up from the smallest line that CTR_EL0 names, one set and one way, so that set/way loops are short. */
export function ccsidr(vcpu: Vcpu, csselr: number): bigint {
  const own = vcpu.state.ccsidr.get(csselr);
  if (vcpu.state.ccsidr_set) return own;
  return lineSize(vcpu.vm, csselr);
}

function lineSize(vm: Vm, csselr: number): bigint {
  const ctr = vm.hostRegister('CTR_EL0');
  const words = (csselr & 1 ? ctr : ctr >> 16n) & 0xfn;
  return words - 2n;
}

/** demux_c15_set. */
export function setCcsidr(vcpu: Vcpu, csselr: number, value: bigint): KvmResult {
  if (csselr >= CSSELR_MAX) return fails('ENOENT');
  if (value >> 32n || (value & 7n) < lineSize(vcpu.vm, csselr)) return fails('EINVAL');
  if (!vcpu.state.ccsidr_set) {
    if (value === ccsidr(vcpu, csselr)) return ok(undefined);
    for (let i = 0; i < CSSELR_MAX; i++) vcpu.state.ccsidr.set(i, ccsidr(vcpu, i));
    vcpu.state.ccsidr_set = 1;
  }
  vcpu.state.ccsidr.set(csselr, value);
  return ok(undefined);
}

/** reset_clidr: the fewest caches that CTR_EL0 allows. */
function resetClidr(vcpu: Vcpu): bigint {
  const ctr = vcpu.vm.hostRegister('CTR_EL0');
  const idc = (ctr >> 28n) & 1n;
  const dic = (ctr >> 29n) & 1n;
  const type = (level: bigint, kind: bigint): bigint => kind << (3n * (level - 1n));
  let clidr: bigint;
  let loc: bigint;
  if (idc) {
    loc = dic ? 1n : 2n;
    clidr = type(loc, 4n);
  } else {
    loc = 1n;
    clidr = (1n << 27n) | (1n << 21n) | type(1n, 2n);
  }
  if (!dic) clidr |= type(1n, 1n);
  clidr |= loc << 24n;
  if (vcpu.vm.state.mte_enabled) clidr |= 2n << (33n + 2n * (loc - 1n));
  return clidr;
}

function setClidr(vcpu: Vcpu, value: bigint): KvmResult {
  const loc = (value >> 24n) & 7n;
  const louis = (value >> 21n) & 7n;
  const louu = (value >> 27n) & 7n;
  const idc = loc === 0n || (louis === 0n && louu === 0n);
  const hostIdc = (vcpu.vm.hostRegister('CTR_EL0') >> 28n) & 1n;
  if (value & ~CLIDR_WRITABLE || (!hostIdc && idc)) return fails('EINVAL');
  vcpu.state.clidr_el1 = value;
  return ok(undefined);
}

/** reset_mpidr: the id spread over Aff0 (16 a cluster), Aff1 and Aff2. */
function resetMpidr(vcpu: Vcpu): bigint {
  const id = BigInt(vcpu.id);
  return (1n << 31n) | (id & 0xfn) | (((id >> 4n) & 0xffn) << 8n) | (((id >> 12n) & 0xffn) << 16n);
}

function timer(vcpu: Vcpu, row: SysRegRow, access: Access): boolean {
  if (access.isWrite) timerSet(vcpu, row.name, access.value);
  else access.value = timerGet(vcpu, row.name);
  return true;
}

function idAccess(vcpu: Vcpu, row: SysRegRow, access: Access): boolean {
  if (access.isWrite) return writeToReadOnly(vcpu, row.name);
  access.value = idRegister(vcpu.vm, row.encoding);
  step(vcpu, 'access_id_reg', `${row.name}: the VM's value`);
  return true;
}

function idRow(row: IdRegister): SysRegRow {
  return {
    name: row.name,
    encoding: row.encoding,
    access(vcpu, self, access) {
      if (row.kind !== 'implementation' || vcpu.vm.state.writable_imp_id_regs) return idAccess(vcpu, self, access);
      // Without the capability the guest reads the hardware's own value.
      if (access.isWrite) return writeToReadOnly(vcpu, row.name);
      access.value = vcpu.vm.host.idRegister(row.encoding);
      return true;
    },
    get: (vcpu) => ok(idRegister(vcpu.vm, row.encoding)),
    set(vcpu, _self, value) {
      const verdict = setIdRegister(vcpu.vm, row, value);
      return verdict.ok ? ok(undefined) : fails(verdict.errno);
    },
  };
}

type Source = readonly [names: string, row: Partial<SysRegRow>];

const VM = { access: vmRegister, stored: true } as const;
const UNDEF = { access: undef } as const;

const SOURCES: readonly Source[] = [
  ...Array.from({ length: 16 }, (_, n): Source[] => [
    [`DBGBVR${n}_EL1`, debugRegister('guest_dbgbvr', n)],
    [`DBGBCR${n}_EL1`, debugRegister('guest_dbgbcr', n)],
    [`DBGWVR${n}_EL1`, debugRegister('guest_dbgwvr', n)],
    [`DBGWCR${n}_EL1`, debugRegister('guest_dbgwcr', n)],
  ]).flat(),
  ['MDSCR_EL1', MDSCR],
  [
    'MDCCINT_EL1',
    {
      ...plain(0n),
      access(vcpu, row, access) {
        readWrite(vcpu, row, access);
        setGuestOwnership(vcpu);
        return true;
      },
    },
  ],
  ['MDRAR_EL1 OSDLR_EL1 DBGPRCR_EL1 DBGCLAIMSET_EL1 DBGCLAIMCLR_EL1 MDCCSR_EL0 DBGDTR_EL0 DBGDTRRX_EL0', { access: razWi }],
  [
    'OSLAR_EL1',
    {
      access(vcpu, row, access) {
        if (!access.isWrite) return readFromWriteOnly(vcpu, row.name);
        handleOslar(vcpu, access.value);
        step(vcpu, 'kvm_debug_handle_oslar', `the OS lock is ${access.value & 1n ? 'set' : 'clear'}`);
        return true;
      },
    },
  ],
  [
    'OSLSR_EL1',
    {
      reset: OSLSR_OSLM_IMPLEMENTED,
      access(vcpu, row, access) {
        if (access.isWrite) return writeToReadOnly(vcpu, row.name);
        access.value = vcpu.state.oslsr_el1;
        return true;
      },
      get: (vcpu) => ok(vcpu.state.oslsr_el1),
      set(vcpu, _row, value) {
        if ((value ^ OSLSR_OSLM_IMPLEMENTED) & ~OSLSR_OSLK) return fails('EINVAL');
        vcpu.state.oslsr_el1 = value;
        return ok(undefined);
      },
    },
  ],
  [
    'DBGAUTHSTATUS_EL1',
    {
      access(vcpu, row, access) {
        if (!access.isWrite) access.value = vcpu.cpu.readRegister(row.name);
        return true;
      },
    },
  ],
  ['DBGVCR32_EL2', { ...plain(0n), ...UNDEF }],
  [
    'MPIDR_EL1',
    {
      reset: resetMpidr,
      get: (vcpu) => ok(vcpu.cpu.readRegister('VMPIDR_EL2')),
      set(vcpu, _row, value) {
        vcpu.cpu.writeRegister('VMPIDR_EL2', value);
        return ok(undefined);
      },
    },
  ],
  ['SCTLR_EL1', { ...VM, reset: 0x00c5_0078n }],
  [
    'ACTLR_EL1',
    {
      stored: true,
      reset: (vcpu) => vcpu.cpu.readRegister('ACTLR_EL1'),
      access(vcpu, row, access) {
        if (access.isWrite) step(vcpu, 'access_actlr', 'the write is ignored');
        else access.value = vcpu.cpu.readRegister(row.name);
        return true;
      },
    },
  ],
  ['CPACR_EL1', plain(0n)],
  ['SCTLR2_EL1', { ...VM, reset: 0n, visible: has('ID_AA64MMFR3_EL1', 'SCTLRX', 1) }],
  ['RGSR_EL1 GCR_EL1 TFSR_EL1 TFSRE0_EL1', { ...plain(UNKNOWN, mte), ...UNDEF }],
  ['ZCR_EL1', plain(0n, (vm) => vm.hasSve)],
  ['TRFCR_EL1 SMPRI_EL1 SMCR_EL1', UNDEF],
  ['TTBR0_EL1 TTBR1_EL1 AFSR0_EL1 AFSR1_EL1 ESR_EL1 FAR_EL1 MAIR_EL1', { ...VM, reset: UNKNOWN }],
  ['TCR_EL1 CONTEXTIDR_EL1', { ...VM, reset: 0n }],
  ['TCR2_EL1', { ...VM, reset: 0n, visible: has('ID_AA64MMFR3_EL1', 'TCRX', 1) }],
  [
    'APIAKeyLo_EL1 APIAKeyHi_EL1 APIBKeyLo_EL1 APIBKeyHi_EL1 APDAKeyLo_EL1 APDAKeyHi_EL1 APDBKeyLo_EL1 APDBKeyHi_EL1 APGAKeyLo_EL1 APGAKeyHi_EL1',
    { ...plain(UNKNOWN, ptrauth), ...UNDEF },
  ],
  ['SPSR_EL1 ELR_EL1', { access: readWrite }],
  ['ICC_PMR_EL1', UNDEF],
  [
    'ERRIDR_EL1 ERRSELR_EL1 ERXFR_EL1 ERXCTLR_EL1 ERXSTATUS_EL1 ERXADDR_EL1 ERXPFGF_EL1 ERXPFGCTL_EL1 ERXPFGCDN_EL1 ERXMISC0_EL1 ERXMISC1_EL1 ERXMISC2_EL1 ERXMISC3_EL1',
    { access: ras },
  ],
  ['PAR_EL1 TPIDR_EL1 TPIDR_EL0 TPIDRRO_EL0', plain(UNKNOWN)],
  [
    'PMSCR_EL1 PMSNEVFR_EL1 PMSICR_EL1 PMSIRR_EL1 PMSFCR_EL1 PMSEVFR_EL1 PMSLATFR_EL1 PMSIDR_EL1 PMBLIMITR_EL1 PMBPTR_EL1 PMBSR_EL1 PMSDSFR_EL1',
    UNDEF,
  ],
  ['PMMIR_EL1', { access: razWi }],
  ['PIRE0_EL1 PIR_EL1', plain(UNKNOWN, has('ID_AA64MMFR3_EL1', 'S1PIE', 1))],
  ['POR_EL1 POR_EL0', plain(UNKNOWN, has('ID_AA64MMFR3_EL1', 'S1POE', 1))],
  ['AMAIR_EL1', { ...VM, reset: (vcpu) => vcpu.cpu.readRegister('AMAIR_EL1') }],
  ['LORSA_EL1 LOREA_EL1 LORN_EL1 LORC_EL1 LORID_EL1', { access: lor }],
  ['MPAMIDR_EL1 MPAM1_EL1 MPAM0_EL1 MPAMSM_EL1', UNDEF],
  ['VBAR_EL1', { ...plain(0n), access: readWrite }],
  ['DISR_EL1 CNTKCTL_EL1', plain(0n)],
  [
    'ICC_IAR0_EL1 ICC_EOIR0_EL1 ICC_HPPIR0_EL1 ICC_BPR0_EL1 ICC_AP0R0_EL1 ICC_AP0R1_EL1 ICC_AP0R2_EL1 ICC_AP0R3_EL1 ICC_AP1R0_EL1 ICC_AP1R1_EL1 ICC_AP1R2_EL1 ICC_AP1R3_EL1 ICC_RPR_EL1 ICC_IAR1_EL1 ICC_EOIR1_EL1 ICC_HPPIR1_EL1 ICC_BPR1_EL1 ICC_CTLR_EL1 ICC_IGRPEN0_EL1 ICC_IGRPEN1_EL1',
    UNDEF,
  ],
  ['ICC_DIR_EL1 ICC_SGI1R_EL1 ICC_ASGI1R_EL1 ICC_SGI0R_EL1', { access: gic }],
  ['ICC_SRE_EL1', { access: gicSre }],
  ['ACCDATA_EL1 SCXTNUM_EL1 TPIDR2_EL0 SCXTNUM_EL0', UNDEF],
  [
    'CCSIDR_EL1',
    {
      access(vcpu, row, access) {
        if (access.isWrite) return writeToReadOnly(vcpu, row.name);
        const csselr = Number(vcpu.state.csselr_el1 & 0xfn);
        if (csselr < CSSELR_MAX) access.value = ccsidr(vcpu, csselr);
        return true;
      },
    },
  ],
  [
    'CLIDR_EL1',
    {
      reset: resetClidr,
      onReset(vcpu, value) {
        vcpu.state.clidr_el1 = value;
      },
      access(vcpu, row, access) {
        if (access.isWrite) return writeToReadOnly(vcpu, row.name);
        access.value = vcpu.state.clidr_el1;
        return true;
      },
      get: (vcpu) => ok(vcpu.state.clidr_el1),
      set: (vcpu, _row, value) => setClidr(vcpu, value),
    },
  ],
  [
    'CSSELR_EL1',
    {
      reset: UNKNOWN,
      access(vcpu, _row, access) {
        if (access.isWrite) vcpu.state.csselr_el1 = access.value;
        else access.value = vcpu.state.csselr_el1;
        return true;
      },
      get: (vcpu) => ok(vcpu.state.csselr_el1),
      set(vcpu, _row, value) {
        vcpu.state.csselr_el1 = value;
        return ok(undefined);
      },
    },
  ],
  ['SVCR', { ...plain(0n, has('ID_AA64PFR1_EL1', 'SME', 1)), ...UNDEF }],
  ['FPMR', { ...plain(0n, has('ID_AA64PFR2_EL1', 'FPMR', 1)), ...UNDEF }],
  [
    `AMCR_EL0 AMCFGR_EL0 AMCGCR_EL0 AMUSERENR_EL0 AMCNTENCLR0_EL0 AMCNTENSET0_EL0 AMCNTENCLR1_EL0 AMCNTENSET1_EL0 ${[0, 1, 2, 3]
      .map((n) => `AMEVCNTR0${n}_EL0 AMEVTYPER0${n}_EL0`)
      .join(' ')} ${Array.from({ length: 16 }, (_, n) => `AMEVCNTR1${n}_EL0 AMEVTYPER1${n}_EL0`).join(' ')}`,
    UNDEF,
  ],
  [TIMER_REGISTERS.join(' '), { access: timer }],
  ['DACR32_EL2 IFSR32_EL2', { ...plain(UNKNOWN), ...UNDEF }],
  ['FPEXC32_EL2', { ...plain(0x700n), ...UNDEF }],
];

/** Every register that KVM knows, in order of encoding. */
export const SYS_REGS: readonly SysRegRow[] = (() => {
  const rows = new Map<number, SysRegRow>();
  const add = (row: SysRegRow): void => {
    assert(!rows.has(row.encoding), `two rows for ${row.name}`);
    rows.set(row.encoding, row);
  };
  for (const row of ID_REGISTERS) add(idRow(row));
  for (const [names, row] of SOURCES) for (const name of names.split(' ')) add({ ...row, name, encoding: sysreg(name).encoding });
  for (const row of PMU_ROWS) add(row);
  return [...rows.values()].sort((a, b) => a.encoding - b.encoding);
})();

const BY_ENCODING: ReadonlyMap<number, SysRegRow> = new Map(SYS_REGS.map((row) => [row.encoding, row]));

export function findSysReg(encoding: number): SysRegRow | undefined {
  return BY_ENCODING.get(encoding);
}

/** System instructions that KVM emulates for a VM that is not nested (sys_insn_descs). */
const OPERATIONS: ReadonlyMap<number, SystemOperation> = new Map(
  ['DC ISW', 'DC IGSW', 'DC IGDSW', 'DC CSW', 'DC CGSW', 'DC CGDSW', 'DC CISW', 'DC CIGSW', 'DC CIGDSW'].map((name) => {
    const row = operationByName(name);
    assert(row, name);
    return [row.encoding, row];
  }),
);

/** access_dcsw: set/way maintenance, after which memory controls are watched until the caches are on again. Undefined: no such row. */
export function setWayOperation(vcpu: Vcpu, encoding: number): 'done' | 'undefined' | undefined {
  const row = OPERATIONS.get(encoding);
  if (!row) return undefined;
  if (row.name.includes('G') && !vcpu.vm.state.mte_enabled) return 'undefined';
  if (!vcpu.vm.hostFeature('FEAT_S2FWB')) {
    vcpu.state.hcr_el2 |= HCR_TVM;
    vcpu.cpu.writeRegister('HCR_EL2', vcpu.state.hcr_el2);
    step(vcpu, 'kvm_set_way_flush', 'HCR_EL2.TVM is set until MMU and caches are on');
  }
  return 'done';
}

/** Whether the VM has the register at all (sysreg_hidden says no). */
export function isVisible(vm: Vm, row: SysRegRow): boolean {
  return row.visible?.(vm) ?? true;
}

/** Registers that userspace can read and write: those that KVM saves, or that have an accessor of their own. */
export function isUserVisible(row: SysRegRow): boolean {
  return row.stored === true || row.get !== undefined;
}

/** kvm_sys_reg_get_user. */
export function getSysReg(vcpu: Vcpu, encoding: number): KvmResult<bigint> {
  const row = BY_ENCODING.get(encoding);
  if (!row || !isUserVisible(row) || !isVisible(vcpu.vm, row)) return fails('ENOENT');
  return row.get ? row.get(vcpu, row) : ok(vcpu.cpu.readRegister(row.name));
}

/** kvm_sys_reg_set_user. */
export function setSysReg(vcpu: Vcpu, encoding: number, value: bigint): KvmResult {
  const row = BY_ENCODING.get(encoding);
  if (!row || !isUserVisible(row) || !isVisible(vcpu.vm, row)) return fails('ENOENT');
  if (row.set) return row.set(vcpu, row, value);
  assert(row.stored, `${row.name} cannot be written`);
  vcpu.cpu.writeRegister(row.name, value);
  return ok(undefined);
}

/** kvm_reset_sys_regs. ID registers that each vCPU has of its own (MPIDR_EL1, CLIDR_EL1) keep what userspace gave them (reset_vcpu_ftr_id_reg). */
export function resetSysRegs(vcpu: Vcpu): void {
  const again = vcpu.state.initialized !== 0;
  for (const row of SYS_REGS) {
    if (row.reset === undefined || (again && isFeatureIdSpace(row.encoding))) continue;
    const value = typeof row.reset === 'function' ? row.reset(vcpu) : row.reset;
    if (row.onReset) row.onReset(vcpu, value);
    else if (row.stored) vcpu.cpu.writeRegister(row.name, value);
    else row.set?.(vcpu, row, value);
  }
  vcpu.state.oslsr_el1 = OSLSR_OSLM_IMPLEMENTED;
  vcpu.state.debug_owner = DEBUG_OWNER.free;
}
