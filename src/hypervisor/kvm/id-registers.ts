// ID registers of a VM (arch/arm64/kvm/sys_regs.c with the feature table of arch/arm64/kernel/cpufeature.c): for every field the rule by which a
// value counts as safe and whether userspace may write it at all, the limit that follows from host and VM, and the verdict on a value that
// userspace wants to set, with its reason. Knows nothing of how values reach here, and nothing of what a feature does.
import { type FieldRange, fieldRange } from '#arch/field';
import { encodingName, fieldsOf, isIdBlock, packEncoding, registerByEncoding, sysreg, unpackEncoding } from '#arch/sysreg';
import { assert, bits64, hex, insert64 } from '#base';
import { VCPU_FEATURES } from './constants.ts';
import type { Vm } from './context.ts';
import type { Errno } from './errno.ts';

/** What makes a value of a field safe beside the limit itself: lower, higher, or one constant. `none`: nothing, the limit only. */
export type SafeRule =
  | { readonly kind: 'lower' | 'higher' | 'higher-or-zero' | 'none' }
  | { readonly kind: 'exact'; readonly value: bigint };

export interface IdField {
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
  readonly signed: boolean;
  readonly rule: SafeRule;
  readonly writable: boolean;
}

export interface IdRegister {
  readonly name: string;
  readonly encoding: number;
  /**
   * `feature`: sanitised fields. `aa32`: the same, and nothing at all on a host without AArch32. `raz`: reads 0 (unallocated or hidden).
   * `implementation`: MIDR_EL1 and its kin, writable only after KVM_CAP_ARM_WRITABLE_IMP_ID_REGS.
   */
  readonly kind: 'feature' | 'aa32' | 'raz' | 'implementation';
  readonly fields: readonly IdField[];
  /** Bits that userspace may write. */
  readonly mask: bigint;
}

// The notation: a field name alone is unsigned, lower is safe, writable. `-` in front: not writable. `~` behind: signed. `!`: no safe rule, so
// only the limit passes. `^` higher is safe, `^0` higher or zero, `=n` exactly n. `[msb:lsb]` places a field that the register tables lack.
// `*` stands for every field of the register.
const TABLE = `
ID_AA64PFR0_EL1   CSV3 CSV2 RME! DIT -AMU -MPAM SEL2 -SVE RAS GIC -AdvSIMD~ -FP~ EL3 EL2 EL1 EL0
ID_AA64PFR1_EL1   -PFAR! DF2 -MTEX! -THE! -GCS -MTE_frac~ -NMI! CSV2_frac! -RNDR_trap! -SME -MPAM_frac RAS_frac -MTE SSBS BT
ID_AA64PFR2_EL1   FPMR -UINJ! GCIE[15:12] MTEFAR MTESTOREONLY -MTEPERM!
ID_AA64ZFR0_EL1   F64MM F32MM F16MM I8MM SM4 SHA3 B16B16 BF16 BitPerm EltPerm AES SVEver
ID_AA64FPFR0_EL1  F8CVT=0 F8FMA=0 F8DP4=0 F8DP2=0 F8MM8=0 F8MM4=0 F8E4M3=0 F8E5M2=0
ID_AA64DFR0_EL1   -HPMN0! -ExtTrcBuff! -BRBE! -MTPMU! -TraceBuffer! -TraceFilt! DoubleLock~ -PMSVer -CTX_CMPs -SEBEP! WRPs -PMSS! -BRPs PMUVer~ -TraceVer! DebugVer
ID_AA64DFR1_EL1
ID_AA64ISAR0_EL1  RNDR TLB TS FHM DP SM4 SM3 SHA3 RDM -TME! Atomic CRC32 SHA2 SHA1 AES
ID_AA64ISAR1_EL1  LS64 XS I8MM DGH BF16 SPECRES SB FRINTTS -GPI -GPA LRCPC FCMA JSCVT -API=0 -APA=0 DPB
ID_AA64ISAR2_EL1  ATS1A! LUT CSSC RPRFM PCDPHINT! PRFMSLC! SYSINSTR_128! SYSREG_128! CLRBHB PAC_frac! BC MOPS -APA3=0 -GPA3 RPRES WFxT
ID_AA64ISAR3_EL1  FPRCVT LSUI -OCCMO! LSFE -PACM! -TLBIW! FAMINMAX -CPA!
ID_AA64MMFR0_EL1  ECV FGT ExS TGran4_2=1 TGran64_2=1 TGran16_2=1 TGran4~ TGran64~ TGran16 BigEndEL0 SNSMem BigEnd -ASIDBits PARange
ID_AA64MMFR1_EL1  ECBHB CMOW! TIDCP1 nTLBPA! AFP HCX ETS TWED -XNX SpecSEI^ PAN LO HPDS -VH -VMIDBits HAFDBS
ID_AA64MMFR2_EL1  E0PD -EVT BBM TTL -FWB -IDS AT ST -NV -CCIDX VARange IESB LSM UAO CnP
ID_AA64MMFR3_EL1  -Spec_FPACC! -ADERR! -SDERR! -ANERR! -SNERR! -D128_2! -D128! -MEC! -AIE! -S2POE! S1POE -S2PIE! S1PIE SCTLRX TCRX
ID_AA64MMFR4_EL1  -E2H0~ NV_frac
CTR_EL0           -RES1[31:31]=1 DIC IDC -CWG^0 -ERG^0 DminLine L1Ip=2 IminLine
`;

const AARCH32_TABLE = `
ID_PFR0_EL1   RAS! DIT AMU! CSV2 State3 State2 State1 State0
ID_PFR1_EL1   GIC Virt_frac Sec_frac GenTimer Virtualization MProgMod Security ProgMod
ID_DFR0_EL1   TraceFilt! PerfMon~ MProfDbg MMapTrc CopTrc MMapDbg CopSDbg CopDbg
ID_MMFR0_EL1  InnerShr~ FCSE AuxReg TCM ShareLvl OuterShr~ PMSA VMSA
ID_MMFR1_EL1  *
ID_MMFR2_EL1  *
ID_MMFR3_EL1  *
ID_ISAR0_EL1  Divide Debug Coproc CmpBranch BitField BitCount Swap
ID_ISAR1_EL1  *
ID_ISAR2_EL1  *
ID_ISAR3_EL1  *
ID_ISAR4_EL1  SWP_frac PSR_M SynchPrim_frac Barrier SMC Writeback WithShifts Unpriv
ID_ISAR5_EL1  VCMA! RDM CRC32 SHA2 SHA1 AES SEVL
ID_MMFR4_EL1  EVT CCIDX LSM HPDS CnP XNX AC2 SpecSEI^
ID_ISAR6_EL1  I8MM BF16 SPECRES SB FHM DP JSCVT
MVFR0_EL1     *
MVFR1_EL1     *
MVFR2_EL1     FPMisc SIMDMisc
ID_PFR2_EL1   RAS_frac! SSBS CSV3
ID_MMFR5_EL1  nTLBPA! ETS
`;

/** Registers of the ID block that the architecture has and KVM hides, or does not know yet. */
const HIDDEN = ['ID_AFR0_EL1', 'ID_DFR1_EL1', 'ID_AA64SMFR0_EL1', 'ID_AA64AFR0_EL1', 'ID_AA64AFR1_EL1', 'ID_AA64DFR2_EL1'];

/** The implementation's own names, with the bits that can be set once they are writable. */
const IMPLEMENTATION: readonly (readonly [name: string, mask: bigint])[] = [
  ['MIDR_EL1', 0xffff_ffffn],
  ['REVIDR_EL1', 0xffff_ffff_ffff_ffffn],
  ['AIDR_EL1', 0xffff_ffff_ffff_ffffn],
];

function parseTable(text: string, kind: 'feature' | 'aa32'): IdRegister[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [name, ...tokens] = line.trim().split(/\s+/) as [string, ...string[]];
      const row = sysreg(name);
      const fields = tokens.flatMap((token) =>
        token === '*' ? fieldsOf(row).map((field) => parseField(name, field.name)) : [parseField(name, token)],
      );
      const mask = kind === 'aa32' ? 0xffff_ffffn : fields.filter((f) => f.writable).reduce((m, f) => m | maskOf(f), 0n);
      return { name, encoding: row.encoding, kind, fields, mask };
    });
}

function parseField(register: string, token: string): IdField {
  const match = /^(-?)(\w+)(?:\[(\d+):(\d+)\])?(~?)(!|\^0|\^|=\d+)?$/.exec(token);
  assert(match, `field '${token}' of ${register}`);
  const [, fixed, name, msb, lsb, signed, rule] = match as unknown as [
    string,
    string,
    string,
    string?,
    string?,
    string?,
    string?,
  ];
  const place: Pick<FieldRange, 'msb' | 'lsb'> =
    msb === undefined ? fieldRange(register, name) : { msb: Number(msb), lsb: Number(lsb) };
  return { name, msb: place.msb, lsb: place.lsb, signed: signed === '~', rule: parseRule(rule), writable: fixed !== '-' };
}

function parseRule(text: string | undefined): SafeRule {
  if (text === undefined) return { kind: 'lower' };
  if (text === '!') return { kind: 'none' };
  if (text === '^') return { kind: 'higher' };
  if (text === '^0') return { kind: 'higher-or-zero' };
  return { kind: 'exact', value: BigInt(text.slice(1)) };
}

function maskOf(field: IdField): bigint {
  return ((1n << BigInt(field.msb - field.lsb + 1)) - 1n) << BigInt(field.lsb);
}

/** Every ID register that KVM keeps per VM, in order of encoding; unallocated slots of the block are there as RAZ. */
export const ID_REGISTERS: readonly IdRegister[] = (() => {
  const named = [...parseTable(TABLE, 'feature'), ...parseTable(AARCH32_TABLE, 'aa32')];
  const implementation = IMPLEMENTATION.map(
    ([name, mask]): IdRegister => ({ name, encoding: sysreg(name).encoding, kind: 'implementation', fields: [], mask }),
  );
  const known = new Set(named.map((row) => row.encoding));
  const raz: IdRegister[] = [];
  for (let crm = 1; crm <= 7; crm++) {
    for (let op2 = 0; op2 < 8; op2++) {
      const encoding = packEncoding(3, 0, 0, crm, op2);
      const name = registerByEncoding(encoding)?.name ?? encodingName(encoding);
      if (!known.has(encoding)) raz.push({ name, encoding, kind: 'raz', fields: [], mask: 0n });
    }
  }
  // A register that the architecture has gained and this table has not would be hidden without a word; only those named here may be.
  for (const row of raz) assert(!registerByEncoding(row.encoding) || HIDDEN.includes(row.name), `${row.name} has no row`);
  return [...named, ...implementation, ...raz].sort((a, b) => a.encoding - b.encoding);
})();

const BY_ENCODING: ReadonlyMap<number, IdRegister> = new Map(ID_REGISTERS.map((row) => [row.encoding, row]));
const SLOT: ReadonlyMap<number, number> = new Map(ID_REGISTERS.map((row, i) => [row.encoding, i]));

/** The row of an ID register that KVM keeps per VM (is_vm_ftr_id_reg). */
export function idRegisterRow(encoding: number): IdRegister | undefined {
  return BY_ENCODING.get(encoding);
}

/** The value that the VM has, by name or encoding; 0 for one that KVM does not keep. */
export function idRegister(vm: Vm, register: string | number): bigint {
  const slot = SLOT.get(typeof register === 'string' ? sysreg(register).encoding : register);
  return slot === undefined ? 0n : vm.state.id_regs.get(slot);
}

function store(vm: Vm, row: IdRegister, value: bigint): void {
  vm.state.id_regs.set(SLOT.get(row.encoding) as number, value);
}

/** kvm_has_feat: the VM's field is at least `minimum`, compared as signed where the field is signed. */
export function hasFeature(vm: Vm, register: string, field: string, minimum: number): boolean {
  const row = BY_ENCODING.get(sysreg(register).encoding);
  const place = row?.fields.find((f) => f.name === field);
  assert(row && place, `${register}.${field} has no row`);
  return fieldValue(place, idRegister(vm, row.encoding)) >= BigInt(minimum);
}

/** A field of a value, as the number that the feature table compares. */
function fieldValue(field: IdField, value: bigint): bigint {
  const bits = bits64(value, field.msb, field.lsb);
  return field.signed ? BigInt.asIntN(field.msb - field.lsb + 1, bits) : bits;
}

/** read_sanitised_ftr_reg: the host's value cut to fields that the feature table knows. */
export function sanitisedHost(vm: Vm, encoding: number): bigint {
  const row = BY_ENCODING.get(encoding);
  const host = vm.host.idRegister(encoding);
  if (!row || row.kind === 'implementation') return host;
  return row.fields
    .filter((f) => f.rule.kind !== 'none')
    .reduce((value, f) => value | (f.name === 'RES1' ? maskOf(f) : host & maskOf(f)), 0n);
}

/** A field of the sanitised host value, unsigned. */
export function hostField(vm: Vm, register: string, field: string): number {
  const { encoding } = sysreg(register);
  const { msb, lsb } = fieldRange(register, field);
  return Number(bits64(sanitisedHost(vm, encoding), msb, lsb));
}

/** The largest PMU version that KVM gives a guest: PMUv3 for Armv8.5. */
const PMUV3P5 = 6n;
const DEBUG_V8P8 = 10n;

/** kvm_read_sanitised_id_reg: the value that a VM starts with, and the limit of what userspace may set. */
export function idRegisterLimit(vm: Vm, row: IdRegister): bigint {
  if (isRaz(vm, row)) return 0n;
  let value = sanitisedHost(vm, row.encoding);
  const set = (name: string, to: bigint | number): void => {
    const f = row.fields.find((field) => field.name === name);
    assert(f, `${row.name}.${name} has no row`);
    value = insert64(value, f.msb, f.lsb, BigInt(to));
  };
  const get = (name: string): bigint => {
    const f = row.fields.find((field) => field.name === name) as IdField;
    return bits64(value, f.msb, f.lsb);
  };
  const clear = (...names: string[]): void => {
    for (const name of names) set(name, 0n);
  };
  const keep = (...names: string[]): void => {
    clear(...row.fields.map((f) => f.name).filter((name) => !names.includes(name)));
  };
  const has = (feature: keyof typeof VCPU_FEATURES): boolean => (vm.state.vcpu_features & (1 << VCPU_FEATURES[feature])) !== 0;
  switch (row.name) {
    case 'ID_AA64PFR0_EL1':
      if (!has('sve')) clear('SVE');
      // A host that is not affected says so with 1, whatever its own field holds.
      if (get('CSV2') >= 1n) set('CSV2', 1);
      if (get('CSV3') >= 1n) set('CSV3', 1);
      if (get('GIC') >= 1n) set('GIC', 1);
      clear('AMU', 'MPAM');
      break;
    case 'ID_AA64PFR1_EL1':
      if (!vm.state.mte_enabled) clear('MTE', 'MTE_frac');
      if (!(get('RAS_frac') >= 1n && hostField(vm, 'ID_AA64PFR0_EL1', 'RAS') === 1)) clear('RAS_frac');
      clear('SME', 'RNDR_trap', 'NMI', 'GCS', 'THE', 'MTEX', 'PFAR', 'MPAM_frac');
      break;
    case 'ID_AA64PFR2_EL1':
      if (vm.state.mte_enabled) keep('FPMR', 'MTEFAR', 'MTESTOREONLY');
      else keep('FPMR');
      break;
    case 'ID_AA64DFR0_EL1':
      if (get('DebugVer') > DEBUG_V8P8) set('DebugVer', DEBUG_V8P8);
      set('PMUVer', has('pmu_v3') ? pmuVersion(vm) : 0n);
      clear('PMSVer', 'BRBE');
      break;
    case 'ID_DFR0_EL1':
      // PMUv3 is 1 in PMUVer and 3 in PerfMon; later versions have the same number in both.
      set('PerfMon', has('pmu_v3') ? (pmuVersion(vm) === 1n ? 3n : pmuVersion(vm)) : 0n);
      if (get('CopDbg') > DEBUG_V8P8) set('CopDbg', DEBUG_V8P8);
      break;
    case 'ID_AA64ISAR1_EL1':
      if (!has('ptrauth_address')) clear('APA', 'API', 'GPA', 'GPI');
      break;
    case 'ID_AA64ISAR2_EL1':
      if (!has('ptrauth_address')) clear('APA3', 'GPA3');
      break;
    case 'ID_AA64ISAR3_EL1':
      keep('FPRCVT', 'LSFE', 'FAMINMAX', 'LSUI');
      break;
    case 'ID_AA64MMFR2_EL1':
      clear('CCIDX', 'NV');
      break;
    case 'ID_AA64MMFR3_EL1':
      keep('TCRX', 'SCTLRX', 'S1POE', 'S1PIE');
      break;
    case 'ID_MMFR4_EL1':
      clear('CCIDX');
      break;
  }
  return value;
}

function pmuVersion(vm: Vm): bigint {
  const host = BigInt(hostField(vm, 'ID_AA64DFR0_EL1', 'PMUVer'));
  return host > PMUV3P5 ? PMUV3P5 : host;
}

/** sysreg_visible_as_raz. */
function isRaz(vm: Vm, row: IdRegister): boolean {
  if (row.kind === 'raz') return true;
  if (row.kind === 'aa32') return !vm.hostHasAArch32;
  return row.name === 'ID_AA64ZFR0_EL1' && !(vm.state.vcpu_features & (1 << VCPU_FEATURES.sve));
}

/** kvm_reset_id_regs: once per VM, at its first KVM_ARM_VCPU_INIT. */
export function resetIdRegisters(vm: Vm): void {
  for (const row of ID_REGISTERS) store(vm, row, idRegisterLimit(vm, row));
}

/** The verdict on a write, for userspace and for people. */
export type IdVerdict =
  | { readonly ok: true; readonly value: bigint; readonly note?: string }
  | { readonly ok: false; readonly errno: Errno; readonly reason: string; readonly field?: string };

/** Sets an ID register as KVM_SET_ONE_REG does. The verdict tells what is stored, or why nothing is. */
export function setIdRegister(vm: Vm, row: IdRegister, value: bigint): IdVerdict {
  const verdict = judgeIdRegister(vm, row, value);
  if (verdict.ok && !isFrozen(vm)) store(vm, row, verdict.value);
  return verdict;
}

/** True when ID registers no longer change: the VM has run, or, by the first-write policy, another register has been written. */
function isFrozen(vm: Vm): boolean {
  return vm.state.has_ran_once !== 0 || vm.state.id_frozen !== 0;
}

/** Why ID registers no longer change; undefined while they do. */
export function frozenReason(vm: Vm): string | undefined {
  if (vm.state.has_ran_once) return 'the VM has run: ID registers are frozen';
  return vm.state.id_frozen ? 'a register outside the ID space has been written: frozen by the first-write policy' : undefined;
}

/** What KVM_SET_ONE_REG would say to this value; changes nothing. */
export function judgeIdRegister(vm: Vm, row: IdRegister, value: bigint): IdVerdict {
  const present = idRegister(vm, row.encoding);
  const refuse = (errno: Errno, reason: string, field?: string): IdVerdict => ({
    ok: false,
    errno,
    reason,
    ...(field && { field }),
  });
  if (row.kind === 'aa32' && !vm.hostHasAArch32) {
    return { ok: true, value: present, note: 'the host has no AArch32: any value is accepted and ignored' };
  }
  if (row.kind === 'implementation') {
    if (value === present) return { ok: true, value };
    if (!vm.state.writable_imp_id_regs) return refuse('EINVAL', 'needs KVM_CAP_ARM_WRITABLE_IMP_ID_REGS');
    if (isFrozen(vm)) return refuse('EBUSY', frozenReason(vm) ?? '');
    if (value & ~row.mask) return refuse('EINVAL', `bits outside ${hex(row.mask)} cannot be set`);
    return { ok: true, value };
  }
  const special = specialRules(vm, row, value);
  if (!special.ok) return special;
  const wanted = special.value;
  if (isFrozen(vm)) return wanted === present ? special : refuse('EBUSY', frozenReason(vm) ?? '');
  if (isRaz(vm, row)) {
    return wanted === 0n ? { ok: true, value: 0n } : refuse('EINVAL', `${row.name} reads as zero here and can hold nothing else`);
  }
  const limit = idRegisterLimit(vm, row);
  let checked = 0n;
  for (const field of row.fields) {
    if (field.rule.kind === 'none' || (maskOf(field) & row.mask) !== maskOf(field)) continue;
    checked |= maskOf(field);
    const value_ = fieldValue(field, wanted);
    const most = fieldValue(field, limit);
    if (value_ !== most && safeValue(field.rule, value_, most) !== value_) {
      return refuse('EINVAL', unsafeReason(field, value_, most), field.name);
    }
  }
  if ((wanted & ~checked) !== (limit & ~checked)) {
    const field = row.fields.find((f) => !(maskOf(f) & checked) && (wanted & maskOf(f)) !== (limit & maskOf(f)));
    const what = field ? field.name : `bits ${hex((wanted ^ limit) & ~checked)}`;
    return refuse(
      'EINVAL',
      `${what} is not writable: only the host's value, ${field ? hex(bits64(limit, field.msb, field.lsb)) : 'these bits unchanged'}`,
      field?.name,
    );
  }
  return { ...special, value: wanted };
}

/** arm64_ftr_safe_value, where `value` is not the limit. */
function safeValue(rule: SafeRule, value: bigint, limit: bigint): bigint {
  if (rule.kind === 'exact') return rule.value;
  if (rule.kind === 'lower') return value < limit ? value : limit;
  if (rule.kind === 'higher-or-zero' && (value === 0n || limit === 0n)) return 0n;
  return value > limit ? value : limit;
}

function unsafeReason(field: IdField, value: bigint, limit: bigint): string {
  const { rule } = field;
  if (rule.kind === 'exact') return `${field.name} can be ${limit} or ${rule.value}, not ${value}`;
  if (rule.kind === 'lower') return `${field.name} promises more than the host has: ${value}, where ${limit} is the limit`;
  return `${field.name} must not be below ${limit}; it is ${value}`;
}

/** The setters of registers with rules of their own: they change or refuse a value before the feature table sees it. */
function specialRules(vm: Vm, row: IdRegister, value: bigint): IdVerdict {
  const refuse = (reason: string, field: string): IdVerdict => ({ ok: false, errno: 'EINVAL', reason, field });
  const get = (name: string, from = value): bigint => {
    const f = row.fields.find((field) => field.name === name) as IdField;
    return bits64(from, f.msb, f.lsb);
  };
  const withField = (name: string, to: bigint): bigint => {
    const f = row.fields.find((field) => field.name === name) as IdField;
    return insert64(value, f.msb, f.lsb, to);
  };
  const hardware = (name: string): bigint => get(name, sanitisedHost(vm, row.encoding));
  const ignored = (name: string): IdVerdict | undefined =>
    get(name) !== 0n && get(name) === hardware(name)
      ? { ok: true, value: withField(name, 0n), note: `${name} equals the hardware's and is ignored: older kernels showed it` }
      : undefined;
  switch (row.name) {
    case 'ID_AA64DFR0_EL1': {
      if (get('DebugVer') < 6n) return refuse('DebugVer below 6 is no Armv8 debug architecture', 'DebugVer');
      if (get('PMUVer') === 0xfn) {
        return { ok: true, value: withField('PMUVer', 0n), note: 'PMUVer 0xf (IMPLEMENTATION DEFINED) is stored as 0' };
      }
      break;
    }
    case 'ID_DFR0_EL1': {
      const perfMon = get('PerfMon') === 0xfn ? 0n : get('PerfMon');
      if (perfMon === 1n || perfMon === 2n) return refuse('PerfMon 1 and 2 are PMUs before PMUv3', 'PerfMon');
      if (get('CopDbg') < 6n) return refuse('CopDbg below 6 is no Armv8 debug architecture', 'CopDbg');
      if (get('PerfMon') === 0xfn) return { ok: true, value: withField('PerfMon', 0n), note: 'PerfMon 0xf is stored as 0' };
      break;
    }
    case 'ID_AA64PFR0_EL1': {
      const mpam = ignored('MPAM');
      for (const name of ['EL0', 'EL1']) if (get(name) === 0n) return refuse(`AArch64 at ${name} cannot be taken away`, name);
      if (mpam) return mpam;
      break;
    }
    case 'ID_AA64PFR1_EL1': {
      const mpam = ignored('MPAM_frac');
      const from = mpam?.ok ? mpam.value : value;
      if (hardware('MTE') === 2n && hardware('MTE_frac') === 0xfn && get('MTE_frac') === 0n) {
        const f = row.fields.find((field) => field.name === 'MTE_frac') as IdField;
        return {
          ok: true,
          value: insert64(from, f.msb, f.lsb, 0xfn),
          note: 'MTE_frac 0 is accepted and stays 0xf: older kernels hid it',
        };
      }
      if (mpam) return mpam;
      break;
    }
    case 'ID_AA64MMFR2_EL1': {
      const nv = ignored('NV');
      if (nv) return nv;
      break;
    }
    case 'CTR_EL0':
      if (get('L1Ip') < 2n) return refuse('L1Ip 0 and 1 are reserved', 'L1Ip');
      break;
  }
  return { ok: true, value };
}

/**
 * kvm_vgic_finalize_idregs, when the vGIC is created and at the first run: the GIC's fields say what the VM has, whatever userspace wrote. Without an
 * in-kernel irqchip (kvm_finalize_sys_regs) that is nothing.
 */
export function finalizeIdRegisters(vm: Vm): void {
  if (vm.state.has_ran_once) return;
  const gicV3 = vm.hasGicV3 ? 1n : 0n;
  for (const [name, field, to] of [
    ['ID_AA64PFR0_EL1', 'GIC', gicV3],
    ['ID_AA64PFR2_EL1', 'GCIE', 0n],
    ['ID_PFR1_EL1', 'GIC', vm.hostHasAArch32 ? gicV3 : 0n],
  ] as const) {
    const row = BY_ENCODING.get(sysreg(name).encoding) as IdRegister;
    const f = row.fields.find((entry) => entry.name === field) as IdField;
    store(vm, row, insert64(idRegister(vm, row.encoding), f.msb, f.lsb, to));
  }
}

/** KVM_ARM_GET_REG_WRITABLE_MASKS: the masks that are not 0, by the register's name. CLIDR_EL1 has its own setter and is among them. */
export function writableMasks(vm: Vm): ReadonlyMap<string, bigint> {
  const masks = new Map<string, bigint>();
  for (const row of ID_REGISTERS) {
    if (row.mask !== 0n && (row.kind !== 'aa32' || vm.hostHasAArch32)) masks.set(row.name, row.mask);
  }
  masks.set('CLIDR_EL1', CLIDR_WRITABLE);
  return masks;
}

/** CLIDR_EL1 without its RES0 bits: Ttype7 to Ttype1, ICB, LoUU, LoC, LoUIS, Ctype7 to Ctype1. */
export const CLIDR_WRITABLE = (1n << 47n) - 1n;

/** is_feature_id_reg: the space that KVM_ARM_GET_REG_WRITABLE_MASKS describes, and that the first-write policy leaves out. */
export function isFeatureIdSpace(encoding: number): boolean {
  const { op0, op1, crn, crm } = unpackEncoding(encoding);
  return isIdBlock(encoding) || (op0 === 3 && (op1 < 2 || op1 === 3) && crn === 0 && crm <= 7);
}
