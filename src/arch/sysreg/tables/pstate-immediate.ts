// MSR (immediate): the PSTATE fields that have one, their encodings (CRm holds the immediate, or the part of it that is written), the lowest
// Exception level and the traps (Arm ARM DDI 0487, C6.2 MSR (immediate)). The notation is that of ../notation.ts.
export const PSTATE_IMMEDIATE = `
UAO      0 0 4 0 3  EL1  @FEAT_UAO
PAN      0 0 4 0 4  EL1  @FEAT_PAN
SPSel    0 0 4 0 5  EL1
ALLINT   0 1 4 0 0  EL1  @FEAT_NMI
  x 1>2 HCRX_EL2.TALLINT=1
PM       0 1 4 2 0  EL1  @FEAT_EBEP
SSBS     0 3 4 0 1  EL0  @FEAT_SSBS2
DIT      0 3 4 0 2  EL0  @FEAT_DIT
SVCRSM   0 3 4 2 3  EL0  @FEAT_SME
  x 0>h:0x1d CPACR_EL1.SMEN!=11 | CPTR_EL2.SMEN!=11; 0>2:0x1d CPTR_EL2.SMEN=x0 (E2H=1); 1>1:0x1d CPACR_EL1.SMEN=x0
  x 012>2:0x1d CPTR_EL2.TSM=1 (E2H=0); 12>2:0x1d CPTR_EL2.SMEN=x0 (E2H=1)
SVCRZA   0 3 4 4 3  EL0  @FEAT_SME
  x 0>h:0x1d CPACR_EL1.SMEN!=11 | CPTR_EL2.SMEN!=11; 0>2:0x1d CPTR_EL2.SMEN=x0 (E2H=1); 1>1:0x1d CPACR_EL1.SMEN=x0
  x 012>2:0x1d CPTR_EL2.TSM=1 (E2H=0); 12>2:0x1d CPTR_EL2.SMEN=x0 (E2H=1)
SVCRSMZA 0 3 4 6 3  EL0  @FEAT_SME
  x 0>h:0x1d CPACR_EL1.SMEN!=11 | CPTR_EL2.SMEN!=11; 0>2:0x1d CPTR_EL2.SMEN=x0 (E2H=1); 1>1:0x1d CPACR_EL1.SMEN=x0
  x 012>2:0x1d CPTR_EL2.TSM=1 (E2H=0); 12>2:0x1d CPTR_EL2.SMEN=x0 (E2H=1)
TCO      0 3 4 0 4  EL0  @FEAT_MTE
DAIFSet  0 3 4 0 6  EL0
  x 0>2 HCR_EL2.E2H=1 (TGE=1); 0>h SCTLR_EL1.UMA=0
DAIFClr  0 3 4 0 7  EL0
  x 0>2 HCR_EL2.E2H=1 (TGE=1); 0>h SCTLR_EL1.UMA=0
`;
