// Names of what the processor itself looks at: the storage slots of control registers and the bits of PSTATE, both read off the register
// tables. Knows nothing of values.
import { bit } from '#arch/field';
import { storageIndex, sysreg } from '#arch/sysreg';
import { assert } from '#base';

/** The storage slots of registers, by name. */
function slots<const Names extends string>(names: readonly Names[]): Readonly<Record<Names, number>> {
  return Object.fromEntries(
    names.map((name) => {
      const slot = storageIndex(sysreg(name));
      assert(slot !== undefined, `${name} has no storage`);
      return [name, slot];
    }),
  ) as Record<Names, number>;
}

export const SLOT = slots([
  'SP_EL0',
  'SP_EL1',
  'ELR_EL1',
  'ELR_EL2',
  'SPSR_EL1',
  'SPSR_EL2',
  'ESR_EL1',
  'ESR_EL2',
  'FAR_EL1',
  'FAR_EL2',
  'HPFAR_EL2',
  'VBAR_EL1',
  'VBAR_EL2',
  'SCTLR_EL1',
  'SCTLR_EL2',
  'TCR_EL1',
  'TCR_EL2',
  'TTBR0_EL1',
  'TTBR1_EL1',
  'TTBR0_EL2',
  'TTBR1_EL2',
  'MAIR_EL1',
  'MAIR_EL2',
  'HCR_EL2',
  'HCRX_EL2',
  'VTCR_EL2',
  'VTTBR_EL2',
  'VNCR_EL2',
  'MDCR_EL2',
  'MDSCR_EL1',
  'VSESR_EL2',
  'VDISR_EL2',
  'DISR_EL1',
  'PAR_EL1',
  'CPACR_EL1',
  'CPTR_EL2',
  'OSLSR_EL1',
  'OSDLR_EL1',
  'DBGPRCR_EL1',
  'CONTEXTIDR_EL1',
  'CONTEXTIDR_EL2',
  'CSSELR_EL1',
  'MIDR_EL1',
  'MPIDR_EL1',
  'VPIDR_EL2',
  'VMPIDR_EL2',
  'DCZID_EL0',
  'APIAKeyLo_EL1',
  'APIAKeyHi_EL1',
  'APIBKeyLo_EL1',
  'APIBKeyHi_EL1',
  'APDAKeyLo_EL1',
  'APDAKeyHi_EL1',
  'APDBKeyLo_EL1',
  'APDBKeyHi_EL1',
  'APGAKeyLo_EL1',
  'APGAKeyHi_EL1',
  'PMCR_EL0',
  'PMCNTENSET_EL0',
  'PMINTENSET_EL1',
  'PMOVSSET_EL0',
  'PMSELR_EL0',
  'PMCCNTR_EL0',
  'PMCCFILTR_EL0',
  'GCR_EL1',
  'RGSR_EL1',
  'TFSR_EL1',
  'TFSRE0_EL1',
  'TFSR_EL2',
  'RCWMASK_EL1',
  'RCWSMASK_EL1',
  'TCR2_EL1',
  'TCR2_EL2',
  'CNTFRQ_EL0',
  'CNTVOFF_EL2',
  'CNTKCTL_EL1',
  'CNTHCTL_EL2',
  'CNTP_CTL_EL0',
  'CNTP_CVAL_EL0',
  'CNTV_CTL_EL0',
  'CNTV_CVAL_EL0',
  'CNTHP_CTL_EL2',
  'CNTHP_CVAL_EL2',
  'CNTHV_CTL_EL2',
  'CNTHV_CVAL_EL2',
]);

function pstate<const Names extends string>(names: readonly Names[]): Readonly<Record<Names, number>> {
  return Object.fromEntries(names.map((name) => [name, Number(bit('SPSR_EL2', name)) >>> 0])) as Record<Names, number>;
}

/** Fields of PSTATE in the layout of SPSR_ELx, as unsigned 32-bit masks in place; `M` is EL, nRW and SP together. */
export const PSTATE = pstate([
  'N',
  'Z',
  'C',
  'V',
  'TCO',
  'DIT',
  'UAO',
  'PAN',
  'SS',
  'IL',
  'ALLINT',
  'SSBS',
  'BTYPE',
  'D',
  'A',
  'I',
  'F',
  'M',
]);
/** Bit positions within M (Arm ARM C5.2.19): nRW, EL and SP. */
export const NRW = 0x10;
export const EL_SHIFT = 2;
export const NZCV = (PSTATE.N | PSTATE.Z | PSTATE.C | PSTATE.V) >>> 0;
export const DAIF = (PSTATE.D | PSTATE.A | PSTATE.I | PSTATE.F) >>> 0;
/** BTYPE's lowest bit. */
export const BTYPE_SHIFT = 31 - Math.clz32(PSTATE.BTYPE & -PSTATE.BTYPE);
