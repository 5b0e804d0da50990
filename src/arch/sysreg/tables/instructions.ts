// Instructions that are no register accesses and that controls take all the same. The notation is that of ../notation.ts; a row is a name for
// the group, the lowest Exception level at which it can execute, and the traps. What an instruction does on its own account (an SVC that is
// not trapped) is not here. IMPLEMENTATION DEFINED is the space of registers and instructions with CRn 11 or 15; that HCR_EL2.TIDCP
// leaves EL0 alone is a choice the architecture allows, and without a control all of it is UNDEFINED here. SMC is UNDEFINED without EL3 unless HCR_EL2.TSC takes it (Arm ARM DDI 0487, D24.2, HCR_EL2.TSC).
export const INSTRUCTIONS = `
WFI     EL0
  x 0>h:0x01 SCTLR_EL1.nTWI=0 | SCTLR_EL2.nTWI=0; g1>2:0x01 HCR_EL2.TWI=1
WFE     EL0
  x 0>h:0x01 SCTLR_EL1.nTWE=0 | SCTLR_EL2.nTWE=0; g1>2:0x01 HCR_EL2.TWE=1
WFIT    EL0  @FEAT_WFxT
  x 0>h:0x01 SCTLR_EL1.nTWI=0 | SCTLR_EL2.nTWI=0; g1>2:0x01 HCR_EL2.TWI=1
WFET    EL0  @FEAT_WFxT
  x 0>h:0x01 SCTLR_EL1.nTWE=0 | SCTLR_EL2.nTWE=0; g1>2:0x01 HCR_EL2.TWE=1
SVC     EL0
  x g>2:0x15 HFGITR_EL2.SVC_EL0=1; 1>2:0x15 HFGITR_EL2.SVC_EL1=1
HVC     EL1  @EL2
  x 12>u HCR_EL2.HCD=1
SMC     EL3
  x 1>2:0x17 HCR_EL2.TSC=1
BRK     EL0
  x 01>2:0x3c HCR_EL2.TGE=1; MDCR_EL2.TDE=1
ERET    EL1
  x 1>2:0x1a HCR_EL2.NV=1; HFGITR_EL2.ERET=1
PAC     EL0  @FEAT_PAuth
  x g1>2:0x09 HCR_EL2.API=0
SVE     EL0  @FEAT_SVE
  x 0>h:0x19 CPACR_EL1.ZEN!=11 | CPTR_EL2.ZEN!=11; 0>u CPACR_EL1.FPEN!=11 (E2H=0, TGE=1); 0>1:0x07 CPACR_EL1.FPEN!=11 (TGE=0)
  x 0>2:0x07 CPTR_EL2.FPEN!=11 (E2H=1, TGE=1); 1>1:0x19 CPACR_EL1.ZEN=x0; 1>1:0x07 CPACR_EL1.FPEN=x0
  x 012>2:0x19 CPTR_EL2.TZ=1 (E2H=0); 012>2:0x07 CPTR_EL2.TFP=1 (E2H=0)
  x 012>2:0x19 CPTR_EL2.ZEN=x0 (E2H=1); 012>2:0x07 CPTR_EL2.FPEN=x0 (E2H=1)
LD64B   EL0  @FEAT_LS64
  x 0>h:0x0a SCTLR_EL1.EnALS=0 | SCTLR_EL2.EnALS=0; g1>2:0x0a HCRX_EL2.EnALS=0
ST64BV  EL0  @FEAT_LS64_V
  x 0>h:0x0a SCTLR_EL1.EnASR=0 | SCTLR_EL2.EnASR=0; g1>2:0x0a HCRX_EL2.EnASR=0
ST64BV0 EL0  @FEAT_LS64_ACCDATA
  x 0>h:0x0a SCTLR_EL1.EnAS0=0 | SCTLR_EL2.EnAS0=0; g1>2:0x0a HCRX_EL2.EnAS0=0
IMPLEMENTATION DEFINED  EL3
  x 0>h SCTLR_EL1.TIDCP=1 | SCTLR_EL2.TIDCP=1; 1>2 HCR_EL2.TIDCP=1
IMPDEF EL0  EL3
  x 0>h SCTLR_EL1.TIDCP=1 | SCTLR_EL2.TIDCP=1; g1>2 HCR_EL2.TIDCP=1
MOPS    EL0  @FEAT_MOPS
  x g1>u HCRX_EL2.MSCEn=0; 0>u SCTLR_EL1.MSCEn=0 (EL0host=0); SCTLR_EL2.MSCEn=0 (EL0host=1)
PSB     EL0  @FEAT_SPE
  x g1>2:0x0a HFGITR_EL2.PSBCSYNC=1
TSB     EL0  @FEAT_TRF
  x g1>2:0x0a HFGITR2_EL2.TSBCSYNC=1
`;
