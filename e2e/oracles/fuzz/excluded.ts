// What is left out of the comparison, and why: the one table. A rule is asked for by its name where programs are made up or results are looked
// at; `--include RULE` switches it off, so that what it hides can be seen again. Nothing else is left out anywhere.
import type { Taken } from './results.ts';

/**
 * `qemu`: QEMU 7.2 is not as the Arm ARM says. `free`: the architecture leaves it open, and both are right. `absent`: what the model
 * `qemu-7.2-max` may be without. `time`: it depends on time or chance.
 */
type Rule = { readonly kind: 'qemu' | 'free' | 'absent' | 'time'; readonly text: string };

export const RULES = {
  // Instructions
  wfe: { kind: 'qemu', text: 'WFE is YIELD: TWE and nTWE never trap' },
  'wfi-while-stepping': { kind: 'qemu', text: 'WFI under software step completes without its trap' },
  'step-masked': { kind: 'qemu', text: 'an instruction that sets PSTATE.D is still followed by the step exception' },
  'wfi-virtual-interrupt': {
    kind: 'qemu',
    text: 'WFI is not trapped while HCR_EL2.VI, VF or VSE is set, also where nothing routes it',
  },
  'smc-firmware': {
    kind: 'free',
    text: 'an SMC that nobody traps is a call of PSCI, which each board answers with its own version',
  },
  'xpac-without-keys': { kind: 'qemu', text: 'XPACI and XPACD do nothing while no key is enabled' },
  'tbi-halves': { kind: 'qemu', text: 'PAC* and AUT* take TBI from the half of bit 55 alone; right is either half (AddPAC)' },
  'store-exclusive-alignment': {
    kind: 'free',
    text: 'an unaligned store exclusive without the monitor fails or faults (AArch64.ExclusiveMonitorsPass)',
  },
  'ldapr-alignment': { kind: 'qemu', text: 'alignment is not checked for LDAPR, LDAPUR and STLUR' },
  // Memory
  'device-alignment': { kind: 'qemu', text: 'unaligned accesses to Device memory do not fault, also with the MMU off' },
  'dc-zva-device': { kind: 'qemu', text: 'DC ZVA to Device memory does not fault' },
  'hole-alignment': {
    kind: 'qemu',
    text: 'an unaligned access to an address with nothing behind it is taken apart, which shows in FAR',
  },
  'pc-alignment': {
    kind: 'qemu',
    text: 'a branch to a misaligned unmapped address gives the instruction abort, not the PC alignment fault',
  },
  'cache-aborts': { kind: 'qemu', text: 'cache maintenance by VA never aborts; DC CVAP and CVADP are loads, which PAN forbids' },
  'at-ptw': { kind: 'qemu', text: 'AT minds HCR_EL2.PTW while stage 2 is off' },
  'par-attributes': {
    kind: 'qemu',
    text: 'PAR_EL1 does not say outer shareable for Device and Non-cacheable memory, and AT does not mind SCTLR_EL1.C',
  },
  // Exceptions
  'dit-on-entry': { kind: 'qemu', text: 'PSTATE.DIT is cleared when an exception is taken; it stays as it is' },
  'pan-of-illegal-return': {
    kind: 'qemu',
    text: 'an illegal exception return leaves PSTATE.PAN; it is taken from SPSR (SetPSTATEFromPSR)',
  },
  'btype-in-spsr': {
    kind: 'free',
    text: 'SPSR.BTYPE is only said for exceptions that come before a branch target or from BRK (AArch64.TakeException)',
  },
  'two-interrupts': {
    kind: 'free',
    text: 'which of two pending asynchronous exceptions comes first is IMPLEMENTATION DEFINED, and whether one comes before a step',
  },
  'unknown-far': {
    kind: 'free',
    text: 'FAR is UNKNOWN after exceptions that do not define it; QEMU zeroes it at breakpoints and steps',
  },
  'unknown-hpfar': {
    kind: 'free',
    text: 'HPFAR_EL2 is UNKNOWN after external aborts and after permission faults but those of stage 1 walks',
  },
  // System registers
  tidcp: { kind: 'qemu', text: 'HCR_EL2.TIDCP is not modelled: S3_x_C11 and C15 are UNDEFINED' },
  tea: { kind: 'qemu', text: 'HCR_EL2.TEA is ignored' },
  tpmcr: { kind: 'qemu', text: 'MDCR_EL2.TPMCR is ignored' },
  tdcc: { kind: 'qemu', text: 'MDSCR_EL1.TDCC is ignored' },
  'user-counters': { kind: 'qemu', text: 'EL0 accesses to event counters that PMUSERENR_EL0 allows pass MDCR_EL2.TPM' },
  'host-uma': {
    kind: 'qemu',
    text: 'with HCR_EL2.{E2H,TGE} = {1,1} MSR DAIFSet at EL0 minds bit 9 of SCTLR_EL2, which is reserved',
  },
  'user-count': {
    kind: 'qemu',
    text: 'with HCR_EL2.E2H = 0 CNTHCTL_EL2.EL1PCEN, not EL1PCTEN, decides about CNTPCT_EL0 at EL0',
  },
  tscxt: {
    kind: 'qemu',
    text: 'SCTLR_EL2.TSCXT traps SCXTNUM_ELx of EL1; with HCR_EL2.{E2H,TGE} = {1,1} SCXTNUM_EL0 is always trapped',
  },
  'unprivileged-watched': {
    kind: 'qemu',
    text: 'LDTR and STTR at EL1 are privileged to a watchpoint when stage 2 is on',
  },
  'unaligned-watched': {
    kind: 'qemu',
    text: 'an unaligned store to a watched page that does not leave it hits every watchpoint between the start of the page and its end',
  },
  'vector-watched': {
    kind: 'qemu',
    text: 'a store of 16 bytes has stored the first half when a watchpoint takes the second',
  },
  'step-switched': {
    kind: 'free',
    text: 'whether an instruction that is stepped and itself turns stepping off is still followed by the exception: nothing has synchronized it',
  },
  mdccint: { kind: 'qemu', text: 'reading MDCCINT_EL1 leaves the register as it was' },
  'debug-channel': { kind: 'qemu', text: 'OSDTR*, OSECCR, DBGCLAIM*, DBGAUTHSTATUS, DBGDTR* and DBGPRCR are absent' },
  'error-records': { kind: 'free', text: 'there are no error records, and ERRSELR and ERX* may be absent' },
  ccsidr2: { kind: 'free', text: 'CCSIDR2_EL1 without FEAT_CCIDX may be absent' },
  'implementation-defined': { kind: 'free', text: 'what AFSR, AMAIR and ACTLR hold' },
  'reserved-bits': { kind: 'free', text: 'what a bit without meaning reads as after it was written' },
  aarch32: { kind: 'absent', text: 'AArch32: its ID registers, PMCR_EL0.LC' },
  sve: { kind: 'absent', text: 'SVE and SME: their registers, ID fields and instructions' },
  counts: { kind: 'time', text: 'counters, timers and random numbers' },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof RULES;

const included = new Set<RuleName>();

/** Switches rules off. Throws on a name that is none. */
export function include(names: readonly string[]): void {
  for (const name of names) {
    if (!Object.hasOwn(RULES, name)) throw new Error(`there is no rule '${name}': ${Object.keys(RULES).join(', ')}`);
    included.add(name as RuleName);
  }
}

/** Whether the rule holds. */
export function excludes(name: RuleName): boolean {
  return !included.has(name);
}

type Registers = readonly (readonly [RuleName, RegExp])[];

/** Registers and system instructions that are not touched at all. */
const UNTOUCHED: Registers = [
  ['tidcp', /^S[13]_\d_C1[15]_/],
  ['debug-channel', /^(OSDTRRX|OSDTRTX|OSECCR|DBGCLAIMSET|DBGCLAIMCLR|DBGAUTHSTATUS|DBGPRCR)_EL1$|^DBGDTR/],
  ['error-records', /^ERRSELR_EL1$|^ERX/],
  ['ccsidr2', /^CCSIDR2_EL1$/],
  ['sve', /^(ZCR|SMCR|SMPRI|SMPRIMAP)_EL|^SMIDR_EL1$|^SVCR$|^TPIDR2_EL0$/],
];

/** Registers whose value does not count; who takes the access does. */
const VALUES: Registers = [
  ['counts', /^CNT(P|V)CT(SS)?_EL0$|_[TC]VAL_EL0$|^RNDR(RS)?$/],
  ['aarch32', /^ID_(PFR|DFR|AFR|MMFR|ISAR)\d_EL1$|^MVFR\d_EL1$|^PMCR_EL0$/],
  ['implementation-defined', /^(AFSR[01]|AMAIR|ACTLR)_EL1$/],
  ['mdccint', /^MDCCINT_EL1$/],
  // Nothing without LORegions.
  ['reserved-bits', /^LOR(SA|EA|N|C)_EL1$/],
  // Compared after AT where it can be.
  ['par-attributes', /^PAR_EL1$/],
  ['sve', /^ID_AA64(PFR[01]|ZFR0|SMFR0)_EL1$/],
];

/** Whether a register or system instruction of this name is not to be used. */
export function isUntouched(name: string): boolean {
  return UNTOUCHED.some(([rule, names]) => excludes(rule) && names.test(name));
}

/** Whether what a read of the register gives is not to be used. */
export function hasFreeValue(name: string): boolean {
  return VALUES.some(([rule, names]) => excludes(rule) && names.test(name));
}

/** Name of the first part of two exceptions that counts and differs. */
export function alike(a: Taken, b: Taken): string | undefined {
  if (a.vector !== b.vector) return 'vector';
  if (a.esr !== b.esr) return 'ESR';
  if (a.elr !== b.elr) return 'ELR';
  if (state(a.spsr, a) !== state(b.spsr, b)) return 'SPSR';
  const defined = definedBy(a);
  if (defined.far && a.far !== b.far) return 'FAR';
  if (defined.hpfar && a.hpfar !== b.hpfar) return 'HPFAR';
  if ((a.pstate ^ b.pstate) & ~(excludes('dit-on-entry') ? DIT : 0n)) return 'PSTATE';
  return a.digest === b.digest ? undefined : 'X0 to X30';
}

const DIT = 1n << 24n;
const BTYPE = 3n << 10n;

/** What counts of SPSR. */
function state(spsr: bigint, { vector, esr }: Taken): bigint {
  const ec = Number(esr >> 26n) & 0x3f;
  const isSaid = (vector & 3) !== 0 || [0x0d, 0x0e, 0x20, 0x21, 0x22, 0x30, 0x31, 0x32, 0x33, 0x3c].includes(ec);
  const isStep = ec === 0x32 || ec === 0x33;
  // A step in EL1's vector sees the DIT that was left there.
  return spsr & ~(excludes('btype-in-spsr') && !isSaid ? BTYPE : 0n) & ~(excludes('dit-on-entry') && isStep ? DIT : 0n);
}

/** Bits of a register at a program's end that do not count. */
export function freeBits(name: string): bigint {
  if (name.startsWith('spsr')) return excludes('btype-in-spsr') ? BTYPE : 0n;
  // It is in the log where an exception defines it.
  if (name === 'far_el1') return excludes('unknown-far') ? ~0n : 0n;
  return hasFreeValue(name.toUpperCase()) ? ~0n : 0n;
}

/** Which address registers an exception defines. */
function definedBy({ vector, esr }: Taken): { readonly far: boolean; readonly hpfar: boolean } {
  const ec = Number(esr >> 26n) & 0x3f;
  const isSynchronous = (vector & 3) === 0;
  const isAbort = isSynchronous && (ec === 0x20 || ec === 0x21 || ec === 0x24 || ec === 0x25);
  const status = Number(esr & 0x3fn);
  const isExternal = (status & 0x30) === 0x10;
  const isPermission = (status & 0x3c) === 0x0c;
  const isWalk = (esr & (1n << 7n)) !== 0n;
  const isFarNotValid = status === 0x10 && (esr & (1n << 10n)) !== 0n;
  const far = (isAbort && !isFarNotValid) || (isSynchronous && (ec === 0x22 || ec === 0x34 || ec === 0x35));
  const hpfar = isAbort && vector < 16 && !isExternal && (!isPermission || isWalk);
  return { far: far || !excludes('unknown-far'), hpfar: hpfar || !excludes('unknown-hpfar') };
}
