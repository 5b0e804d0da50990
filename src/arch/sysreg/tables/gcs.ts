// The Guarded Control Stack.
// The notation is that of ../notation.ts.
export const GCS = `
GCSCR_EL1              3 0 2 5 0     rw EL1  @FEAT_GCS  vncr 0x8d0
  "Guarded control stack: control"
  9 STREn=0  8 PUSHMEn=0  6 EXLOCKEN=0  5 RVCHKEN  0 PCRSEL=0
  at 2 GCSCR_EL2 (E2H=1)
  rw 1>2 HFGxTR_EL2.nGCS_EL1=0
GCSPR_EL1              3 0 2 5 1     rw EL1  @FEAT_GCS  vncr 0x8c0
  "Guarded control stack: pointer"
  63:3 PTR[63:3]
  at 2 GCSPR_EL2 (E2H=1)
  rw 1>2 HFGxTR_EL2.nGCS_EL1=0
GCSCRE0_EL1            3 0 2 5 2     rw EL1  @FEAT_GCS
  "Guarded control stack: control of EL0"
  10 nTR=0  9 STREn=0  8 PUSHMEn=0  5 RVCHKEN  0 PCRSEL=0
  rw 1>2 HFGxTR_EL2.nGCS_EL0=0
GCSPR_EL0              3 3 2 5 1     rw EL0/EL1  @FEAT_GCS
  "Guarded control stack: pointer"
  63:3 PTR[63:3]
  r 0>h GCSCRE0_EL1.nTR=0; g1>2 HFGRTR_EL2.nGCS_EL0=0
  w 1>2 HFGWTR_EL2.nGCS_EL0=0
GCSCR_EL2              3 4 2 5 0     rw EL2  @FEAT_GCS
  "Guarded control stack: control"
  9 STREn=0  8 PUSHMEn=0  6 EXLOCKEN=0  5 RVCHKEN  0 PCRSEL=0
  rw 1>2 HCR_EL2.NV=1
GCSPR_EL2              3 4 2 5 1     rw EL2  @FEAT_GCS
  "Guarded control stack: pointer"
  63:3 PTR[63:3]
  rw 1>2 HCR_EL2.NV=1
GCSCR_EL12             3 5 2 5 0     rw EL2  @FEAT_GCS  of GCSCR_EL1  vncr 0x8d0
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
GCSPR_EL12             3 5 2 5 1     rw EL2  @FEAT_GCS  of GCSPR_EL1  vncr 0x8c0
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
`;
