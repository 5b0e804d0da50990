// What is not compared, each with its reason: instructions that are not generated, and parts of results that are not looked at. Nothing else is
// left out anywhere.
import type { Taken } from './results.ts';

export const EXCLUDED_LINES: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /^wfe\b/, reason: 'QEMU executes WFE as YIELD: TWE and nTWE never trap' },
];

type Registers = { readonly names: RegExp; readonly reason: string };

/** Registers and system instructions that are not touched at all. */
const UNCOMPARABLE: readonly Registers[] = [
  { names: /^IMPLEMENTATION DEFINED$/, reason: 'QEMU does not model HCR_EL2.TIDCP: S3_x_C11 and C15 are UNDEFINED there' },
  {
    names: /^(OSDTRRX|OSDTRTX|OSECCR|DBGCLAIMSET|DBGCLAIMCLR|DBGAUTHSTATUS|DBGPRCR)_EL1$|^DBGDTR/,
    reason: 'QEMU has no such registers',
  },
  { names: /^ERRSELR_EL1$|^ERX|^CCSIDR2_EL1$/, reason: 'QEMU has no such registers, and may: there are no error records' },
  { names: /^(ZCR|SMCR|SMPRI|SMPRIMAP)_EL|^SMIDR_EL1$|^SVCR$|^TPIDR2_EL0$/, reason: 'SVE and SME may be absent' },
];

/** Registers whose value cannot be the same: what takes the access can. */
const VALUES: readonly Registers[] = [
  { names: /^CNT(P|V)CT(SS)?_EL0$|_TVAL_EL0$|^RNDR(RS)?$/, reason: 'time and chance' },
  { names: /^ID_(PFR|DFR|AFR|MMFR|ISAR)\d_EL1$|^MVFR\d_EL1$/, reason: 'AArch32 may be absent' },
  { names: /^(AFSR[01]|AMAIR|ACTLR)_EL1$/, reason: 'IMPLEMENTATION DEFINED contents: zero in QEMU' },
  { names: /^MDCCINT_EL1$/, reason: 'QEMU leaves the register as it was' },
  { names: /^PAR_EL1$/, reason: 'attributes: compared after AT where they can be' },
  { names: /^ID_AA64(PFR[01]|ZFR0|SMFR0)_EL1$/, reason: 'SVE, SME and AArch32 may be absent' },
];

export function isUncomparable(name: string): boolean {
  return UNCOMPARABLE.some(({ names }) => names.test(name));
}

export function hasUncomparableValue(name: string): boolean {
  return VALUES.some(({ names }) => names.test(name));
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
  // QEMU clears PSTATE.DIT when an exception is taken; it stays as it is (Arm ARM D1.4.2).
  if ((a.pstate ^ b.pstate) & ~DIT) return 'PSTATE';
  return a.digest === b.digest ? undefined : 'X0 to X30';
}

const DIT = 1n << 24n;
const BTYPE = 3n << 10n;

/** SPSR.BTYPE is only said for exceptions that can be the first thing at a branch target (AArch64.TakeException, shared pseudocode). */
function state(spsr: bigint, { vector, esr }: Taken): bigint {
  const ec = Number(esr >> 26n) & 0x3f;
  const said = (vector & 3) !== 0 || [0x0d, 0x0e, 0x20, 0x21, 0x22, 0x30, 0x31, 0x32, 0x33, 0x3c].includes(ec);
  // A step in EL1's vector sees the DIT that QEMU cleared.
  return spsr & ~(said ? 0n : BTYPE) & ~(ec === 0x32 || ec === 0x33 ? DIT : 0n);
}

/** Bits of a register at a program's end that do not count. */
export function uncomparableBits(name: string): bigint {
  // SPSR: whatever exception was the last one.
  if (name.startsWith('spsr')) return BTYPE;
  // FAR_EL1 is in the log where an exception defines it, and UNKNOWN after breakpoints and steps.
  if (name === 'far_el1') return ~0n;
  return hasUncomparableValue(name.toUpperCase()) ? ~0n : 0n;
}

/** Which address registers an exception defines: elsewhere they are UNKNOWN. */
function definedBy({ vector, esr }: Taken): { readonly far: boolean; readonly hpfar: boolean } {
  const none = { far: false, hpfar: false };
  if ((vector & 3) !== 0) return none;
  const ec = Number(esr >> 26n) & 0x3f;
  const abort = ec === 0x20 || ec === 0x21 || ec === 0x24 || ec === 0x25;
  if (!abort) return { ...none, far: ec === 0x22 || ec === 0x34 || ec === 0x35 };
  const status = Number(esr & 0x3fn);
  const external = (status & 0x30) === 0x10;
  const farNotValid = status === 0x10 && (esr & (1n << 10n)) !== 0n;
  return { far: !farNotValid, hpfar: vector < 16 && !external };
}
