// Fine-grained UNDEF (arch/arm64/kvm/config.c): which fine-grained trap bits KVM turns into UNDEFINED instructions because the VM's ID registers do
// not announce the feature behind them. Computed once, when a VM runs for the first time. Bits of the base architecture are never among them.
import { type FeatureSet, featuresOfRegisters } from '#arch/features';
import { fieldRange } from '#arch/field';
import {
  type Direction,
  fieldsNamed,
  SYSREGS,
  SYSTEM_OPERATIONS,
  type Sysreg,
  type SystemOperation,
  sysreg,
  trapsOf,
} from '#arch/sysreg';
import { assert } from '#base';
import type { Vm } from './context.ts';
import { idRegister } from './id-registers.ts';

export interface FguGroup {
  readonly name: string;
  /** The trap registers that are programmed from this group's mask; the first names the bits. */
  readonly registers: readonly string[];
  /** The host feature that has these registers, beyond FEAT_FGT. */
  readonly feature?: string;
  /** The feature (or one of several, `A|B`) that a bit needs, and the bits that need it. */
  readonly bits: string;
}

/** The groups, in the order of the VM's fgu masks. */
export const FGU_GROUPS: readonly FguGroup[] = [
  {
    name: 'HFGRTR_GROUP',
    registers: ['HFGRTR_EL2', 'HFGWTR_EL2'],
    bits: `
      FEAT_AIE            nAMAIR2_EL1 nMAIR2_EL1
      FEAT_S2POE          nS2POR_EL1
      FEAT_S1POE          nPOR_EL1 nPOR_EL0
      FEAT_S1PIE          nPIR_EL1 nPIRE0_EL1
      FEAT_THE            nRCWMASK_EL1
      FEAT_SME            nTPIDR2_EL0 nSMPRI_EL1
      FEAT_GCS            nGCS_EL1 nGCS_EL0
      ST64BV0             nACCDATA_EL1
      FEAT_RAS            ERXADDR_EL1 ERXMISCn_EL1 ERXSTATUS_EL1 ERXCTLR_EL1 ERXFR_EL1 ERRSELR_EL1 ERRIDR_EL1
      FEAT_RASv1p1        ERXPFGCDN_EL1 ERXPFGCTL_EL1 ERXPFGF_EL1
      FEAT_GICv3          ICC_IGRPENn_EL1
      FEAT_CSV2_2|FEAT_CSV2_1p2  SCXTNUM_EL0 SCXTNUM_EL1
      FEAT_LOR            LORSA_EL1 LORN_EL1 LORID_EL1 LOREA_EL1 LORC_EL1
      FEAT_PAuth          APIBKey APIAKey APGAKey APDBKey APDAKey`,
  },
  {
    name: 'HFGITR_GROUP',
    registers: ['HFGITR_EL2'],
    bits: `
      FEAT_SPEv1p5        PSBCSYNC
      FEAT_ATS1A          ATS1E1A
      FEAT_SPECRES2       COSPRCTX
      FEAT_GCS            nGCSEPP nGCSSTR_EL1 nGCSPUSHM_EL1
      FEAT_BRBE           nBRBIALL nBRBINJ
      FEAT_SPECRES        CPPRCTX DVPRCTX CFPRCTX
      FEAT_TLBIRANGE      TLBIRVAALE1 TLBIRVALE1 TLBIRVAAE1 TLBIRVAE1 TLBIRVAALE1IS TLBIRVALE1IS TLBIRVAAE1IS TLBIRVAE1IS
      FEAT_TLBIRANGE      TLBIRVAALE1OS TLBIRVALE1OS TLBIRVAAE1OS TLBIRVAE1OS
      FEAT_TLBIOS         TLBIVAALE1OS TLBIVALE1OS TLBIVAAE1OS TLBIASIDE1OS TLBIVAE1OS TLBIVMALLE1OS
      FEAT_PAN2           ATS1E1WP ATS1E1RP
      FEAT_DPB2           DCCVADP`,
  },
  {
    name: 'HDFGRTR_GROUP',
    registers: ['HDFGRTR_EL2', 'HDFGWTR_EL2'],
    bits: `
      FEAT_SPE            PMBIDR_EL1 nPMSNEVFR_EL1 PMSLATFR_EL1 PMSIRR_EL1 PMSIDR_EL1 PMSICR_EL1 PMSFCR_EL1 PMSEVFR_EL1 PMSCR_EL1 PMBSR_EL1 PMBPTR_EL1 PMBLIMITR_EL1
      FEAT_BRBE           nBRBDATA nBRBCTL nBRBIDR
      FEAT_PMUv3          PMCEIDn_EL0 PMUSERENR_EL0 PMMIR_EL1 PMCR_EL0 PMSWINC_EL0 PMSELR_EL0 PMOVS PMINTEN PMCNTEN PMCCNTR_EL0 PMCCFILTR_EL0 PMEVTYPERn_EL0 PMEVCNTRn_EL0
      FEAT_TRBE           TRBTRG_EL1 TRBSR_EL1 TRBPTR_EL1 TRBMAR_EL1 TRBLIMITR_EL1 TRBIDR_EL1 TRBBASER_EL1
      FEAT_TRF            TRFCR_EL1
      trace               TRCVICTLR TRCSTATR TRCSSCSRn TRCSEQSTR TRCPRGCTLR TRCOSLSR TRCOSLAR TRCIMSPECn TRCID TRCCNTVRn TRCCLAIM TRCAUXCTLR TRCAUTHSTATUS TRC`,
  },
  {
    name: 'HAFGRTR_GROUP',
    registers: ['HAFGRTR_EL2'],
    feature: 'FEAT_AMUv1',
    bits: `
      FEAT_AMUv1          AMCNTEN0 AMEVCNTR00_EL0 AMEVCNTR01_EL0 AMEVCNTR02_EL0 AMEVCNTR03_EL0 AMCNTEN1
      FEAT_AMUv1          ${Array.from({ length: 16 }, (_, n) => `AMEVCNTR1${n}_EL0 AMEVTYPER1${n}_EL0`).join(' ')}`,
  },
  {
    name: 'HFGRTR2_GROUP',
    registers: ['HFGRTR2_EL2', 'HFGWTR2_EL2'],
    feature: 'FEAT_FGT2',
    bits: `
      FEAT_PFAR           nPFAR_EL1
      FEAT_RASv2          nERXGSR_EL1
      FEAT_THE            nRCWSMASK_EL1
      FEAT_SRMASK         nACTLRALIAS_EL1 nACTLRMASK_EL1 nCPACRALIAS_EL1 nCPACRMASK_EL1 nSCTLRALIAS_EL1 nSCTLRMASK_EL1
      FEAT_SRMASK         nSCTLR2ALIAS_EL1 nSCTLR2MASK_EL1 nTCRALIAS_EL1 nTCRMASK_EL1 nTCR2ALIAS_EL1 nTCR2MASK_EL1`,
  },
  {
    name: 'HFGITR2_GROUP',
    registers: ['HFGITR2_EL2'],
    feature: 'FEAT_FGT2',
    bits: `
      FEAT_PoPS           nDCCIVAPS
      FEAT_TRBEv1p1       TSBCSYNC`,
  },
  {
    name: 'HDFGRTR2_GROUP',
    registers: ['HDFGRTR2_EL2', 'HDFGWTR2_EL2'],
    feature: 'FEAT_FGT2',
    bits: `
      FEAT_Debugv8p9      nMDSELR_EL1
      FEAT_STEP2          nMDSTEPOP_EL1
      FEAT_PMUv3p9        nPMUACR_EL1 nPMZR_EL0
      FEAT_PMUv3_ICNTR    nPMICNTR_EL0 nPMICFILTR_EL0
      FEAT_PMUv3_SS       nPMSSCR_EL1 nPMSSDATA
      FEAT_EBEP|FEAT_PMUv3_SS  nPMECR_EL1
      FEAT_SEBEP          nPMIAR_EL1
      FEAT_SPE_FDS        nPMSDSFR_EL1
      FEAT_SPE_nVM        nPMBMAR_EL1
      FEAT_ITE            nTRCITECR_EL1
      FEAT_TRBE_MPAM      nTRBMPAM_EL1
      FEAT_SPMU           nSPMDEVAFF_EL1 nSPMID nSPMSCR_EL1 nSPMACCESSR_EL1 nSPMCR_EL0 nSPMOVS nSPMINTEN nSPMCNTEN nSPMSELR_EL0 nSPMEVTYPERn_EL0 nSPMEVCNTRn_EL0`,
  },
];

/** A bit, found in whichever register of its group has it: some are RES0 in the one for reads or the one for writes. */
interface FguBit {
  readonly group: number;
  readonly mask: bigint;
  readonly features: readonly string[];
  readonly name: string;
}

const BITS: readonly FguBit[] = FGU_GROUPS.flatMap((group, index) =>
  group.bits
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [features, ...names] = line.trim().split(/\s+/) as [string, ...string[]];
      return names.map((name) => ({ group: index, mask: maskOf(group, name), features: features.split('|'), name }));
    }),
);

function maskOf(group: FguGroup, name: string): bigint {
  const register = group.registers.find((r) => fieldsNamed(sysreg(r), name).length > 0);
  assert(register !== undefined, `no bit ${name} in ${group.name}`);
  return fieldRange(register, name).mask;
}

/** Features that the VM's ID registers announce. */
function vmFeatures(vm: Vm): FeatureSet {
  return featuresOfRegisters((register) => idRegister(vm, register));
}

/**
 * kvm_calculate_traps: the masks of all groups. KVM never gives a VM trace registers, whatever its ID registers say, nor ST64BV0 (HCRX_EL2.EnAS0
 * stays 0): ACCDATA_EL1, which it does not switch, stays undef_access with it.
 */
export function calculateFgu(vm: Vm): void {
  const features = vmFeatures(vm);
  for (let i = 0; i < FGU_GROUPS.length; i++) vm.state.fgu.set(i, 0n);
  for (const bit of BITS) {
    if (!bit.features.some((feature) => features.has(feature)))
      vm.state.fgu.set(bit.group, vm.state.fgu.get(bit.group) | bit.mask);
  }
}

/**
 * The features of which one must be announced to a VM for KVM to leave this bit of a fine-grained trap register alone; none for a bit that
 * it never makes trap, undefined for a register that it does not program.
 */
export function fineGrainedFeatures(register: string, field: string): readonly string[] | undefined {
  const group = FGU_GROUPS.findIndex((g) => g.registers.includes(register));
  if (group < 0 || fieldsNamed(sysreg(register), field).length === 0) return undefined;
  const { mask } = fieldRange(register, field);
  return BITS.find((bit) => bit.group === group && bit.mask === mask)?.features ?? [];
}

/** An instruction that is UNDEFINED in a VM because its ID registers do not announce the feature behind it. */
export interface UndefinedAccess {
  readonly name: string;
  readonly direction: Direction;
  /** The feature, or those of which one would do. */
  readonly features: readonly string[];
  /** The bit that makes it trap. */
  readonly register: string;
  readonly field: string;
}

/** An access, and the bits of which each could make it UNDEFINED, in the order in which they are asked. */
interface Guarded {
  readonly name: string;
  readonly direction: Direction;
  readonly bits: readonly { readonly bit: FguBit; readonly register: string; readonly field: string }[];
}

let guarded: readonly Guarded[] | undefined;

/** Every access that a fine-grained trap bit with a feature behind it takes; found once. */
function guardedAccesses(): readonly Guarded[] {
  guarded ??= [...SYSREGS, ...SYSTEM_OPERATIONS].flatMap((row) =>
    directionsOf(row).flatMap((direction): Guarded[] => {
      const bits = trapFields(row, direction).flatMap(({ register, field }) => {
        const group = FGU_GROUPS.findIndex((g) => g.registers.includes(register));
        if (group < 0) return [];
        const { mask } = fieldRange(register, field);
        const bit = BITS.find((b) => b.group === group && b.mask === mask);
        return bit ? [{ bit, register, field }] : [];
      });
      return bits.length > 0 ? [{ name: row.name, direction, bits }] : [];
    }),
  );
  return guarded;
}

/** What a VM with these ID registers finds UNDEFINED through fine-grained traps; a host without FEAT_FGT cannot keep it from its guests. */
export function undefinedAccesses(vm: Vm): readonly UndefinedAccess[] {
  if (!vm.hostFeature('FEAT_FGT')) return [];
  const announced = vmFeatures(vm);
  const missing = new Set(BITS.filter(({ features }) => !features.some((feature) => announced.has(feature))));
  return guardedAccesses().flatMap(({ name, direction, bits }) => {
    const found = bits.find(({ bit }) => missing.has(bit));
    return found ? [{ name, direction, features: found.bit.features, register: found.register, field: found.field }] : [];
  });
}

function directionsOf(row: Sysreg | SystemOperation): readonly Direction[] {
  if (row.kind === 'operation') return ['execute'];
  return row.access === 'rw' ? ['read', 'write'] : [row.access === 'ro' ? 'read' : 'write'];
}

/** The fields of EL2's registers that decide whether an access traps there. */
function trapFields(
  row: Sysreg | SystemOperation,
  direction: Direction,
): { readonly register: string; readonly field: string }[] {
  return trapsOf(row, direction)
    .filter((rule) => rule.to === 2)
    .flatMap((rule) => rule.condition.deciding.flatMap((term) => (term.kind === 'field' ? [term.ref] : [])));
}

/** The feature whose absence makes this access UNDEFINED for the VM; undefined when none does. */
export function undefinedFor(vm: Vm, row: Sysreg | SystemOperation, direction: Direction): string | undefined {
  for (const { register, field } of trapFields(row, direction)) {
    const group = FGU_GROUPS.findIndex((g) => g.registers.includes(register));
    if (group < 0) continue;
    const { mask } = fieldRange(register, field);
    if (vm.state.fgu.get(group) & mask) {
      return BITS.find((bit) => bit.group === group && bit.mask === mask)?.features.join(' or ') ?? register;
    }
  }
  return undefined;
}
