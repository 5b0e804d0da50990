// Rules between fields of ID registers that the architecture has and KVM leaves to userspace: a VM that breaks one is a machine that cannot exist,
// and KVM lets it run. Advice for whoever sets registers; nothing is refused because of it.
import { fieldRange } from '#arch/field';
import { bits64 } from '#base';
import type { Vm } from './context.ts';
import { idRegister } from './id-registers.ts';

/** Reads a field of the VM's ID registers: `ID_AA64ISAR0_EL1.SHA2`, unsigned. */
type Read = (field: string) => number;

interface AdviceRule {
  readonly fields: readonly string[];
  /** What the architecture says, as one sentence. */
  readonly doc: string;
  holds(read: Read): boolean;
}

export interface IdAdvice {
  readonly fields: readonly { readonly name: string; readonly value: number }[];
  readonly doc: string;
}

function rule(fields: string, doc: string, holds: (...values: number[]) => boolean): AdviceRule {
  const names = fields.split(' ');
  return { fields: names, doc, holds: (read) => holds(...names.map(read)) };
}

/** Signed fields: 15 is -1. */
const ABSENT = 15;

// Arm ARM DDI 0487, D24.2, at the fields named.
const RULES: readonly AdviceRule[] = [
  rule('ID_AA64PFR0_EL1.FP ID_AA64PFR0_EL1.AdvSIMD', 'FP and AdvSIMD have the same value.', (fp, simd) => fp === simd),
  rule('ID_AA64ISAR0_EL1.SHA1 ID_AA64ISAR0_EL1.SHA2', 'SHA1 and SHA2 are implemented together.', (a, b) => a > 0 === b > 0),
  rule('ID_AA64ISAR0_EL1.SHA2 ID_AA64ISAR0_EL1.SHA3', 'SHA2 = 2 (SHA512) comes with SHA3, and SHA3 with SHA512.', (sha2, sha3) =>
    sha2 === 2 ? sha3 > 0 : sha3 === 0,
  ),
  rule('ID_AA64ISAR0_EL1.SM3 ID_AA64ISAR0_EL1.SM4', 'SM3 and SM4 are implemented together.', (a, b) => a === b),
  rule(
    'ID_AA64PFR0_EL1.AdvSIMD ID_AA64ISAR0_EL1.AES ID_AA64ISAR0_EL1.SHA1',
    'AES and SHA need Advanced SIMD.',
    (simd, aes, sha) => simd !== ABSENT || (aes === 0 && sha === 0),
  ),
  rule(
    'ID_AA64PFR0_EL1.SVE ID_AA64PFR0_EL1.FP',
    'SVE needs half-precision floating point (FP = 1).',
    (sve, fp) => sve === 0 || fp === 1,
  ),
  rule(
    'ID_AA64ISAR1_EL1.APA ID_AA64ISAR1_EL1.API ID_AA64ISAR2_EL1.APA3',
    'One algorithm authenticates addresses: at most one of APA, API and APA3 is not 0.',
    (...all) => all.filter((value) => value > 0).length <= 1,
  ),
  rule(
    'ID_AA64ISAR1_EL1.GPA ID_AA64ISAR1_EL1.GPI ID_AA64ISAR2_EL1.GPA3',
    'One algorithm makes generic codes: at most one of GPA, GPI and GPA3 is not 0.',
    (...all) => all.filter((value) => value > 0).length <= 1,
  ),
  rule(
    'ID_AA64PFR0_EL1.RAS ID_AA64PFR1_EL1.RAS_frac',
    'RAS_frac counts only where RAS = 1.',
    (ras, frac) => frac === 0 || ras === 1,
  ),
  rule(
    'ID_AA64PFR0_EL1.CSV2 ID_AA64PFR1_EL1.CSV2_frac',
    'CSV2_frac counts only where CSV2 = 1.',
    (csv2, frac) => frac === 0 || csv2 === 1,
  ),
  rule(
    'ID_AA64DFR0_EL1.PMUVer ID_DFR0_EL1.PerfMon',
    'PMUVer and PerfMon name the same PMU (PMUv3 is 1 in the one and 3 in the other; 0 in both without a PMU or AArch32).',
    (aa64, aa32) => aa32 === 0 || aa32 === (aa64 === 1 ? 3 : aa64),
  ),
  rule(
    'ID_AA64MMFR0_EL1.PARange ID_AA64MMFR0_EL1.TGran4 ID_AA64MMFR0_EL1.TGran16 ID_AA64MMFR2_EL1.VARange',
    '52-bit physical addresses need a granule that reaches them: 64 KiB with VARange 1, or LPA2.',
    (pa, g4, g16, va) => pa < 6 || va >= 1 || g4 === 1 || g16 === 2,
  ),
  rule(
    'ID_AA64MMFR1_EL1.PAN ID_AA64MMFR2_EL1.UAO',
    'UAO came with PAN2: a processor with UAO has PAN.',
    (pan, uao) => uao === 0 || pan > 0,
  ),
  rule(
    'ID_AA64ISAR0_EL1.Atomic ID_AA64ISAR1_EL1.LS64',
    'LS64 comes after LSE: a processor with LS64 has Atomic.',
    (lse, ls64) => ls64 === 0 || lse >= 2,
  ),
  rule(
    'ID_AA64ISAR1_EL1.BF16 ID_AA64PFR0_EL1.AdvSIMD',
    'BF16 needs Advanced SIMD.',
    (bf16, simd) => bf16 === 0 || simd !== ABSENT,
  ),
];

/** The rules that the VM's ID registers break now. */
export function idAdvice(vm: Vm): readonly IdAdvice[] {
  const read: Read = (name) => {
    const [register, field] = name.split('.') as [string, string];
    const { msb, lsb } = fieldRange(register, field);
    return Number(bits64(idRegister(vm, register), msb, lsb));
  };
  return RULES.filter((r) => !r.holds(read)).map(({ fields, doc }) => ({
    doc,
    fields: fields.map((name) => ({ name, value: read(name) })),
  }));
}
