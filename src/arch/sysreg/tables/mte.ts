// The Memory Tagging Extension.
// The notation is that of ../notation.ts.
export const MTE = `
RGSR_EL1               3 0 1 0 5     rw EL1  @FEAT_MTE2
  "Tag generation: seed"
  23:8 SEED  3:0 TAG
  rw 1>2 HCR_EL2.ATA=0
GCR_EL1                3 0 1 0 6     rw EL1  @FEAT_MTE2
  "Tag generation: which tags IRG leaves out"
  16 RRND  15:0 Exclude
  rw 1>2 HCR_EL2.ATA=0
TFSR_EL1               3 0 5 6 0     rw EL1  @FEAT_MTE_ASYNC  vncr 0x190
  "Tag check faults that were not taken"
  1 TF1  0 TF0
  at 2 TFSR_EL2 (E2H=1)
  rw 1>2 HCR_EL2.NV=1 (NV1=1, NV2=0); HCR_EL2.ATA=0
TFSRE0_EL1             3 0 5 6 1     rw EL1  @FEAT_MTE_ASYNC
  "Tag check faults of EL0 that were not taken"
  1 TF1  0 TF0
  rw 1>2 HCR_EL2.ATA=0
GMID_EL1               3 1 0 0 4     ro EL1  @FEAT_MTE2
  "Tag block size of LDGM and STGM"
  3:0 BS
  r 1>2 HCR_EL2.TID5=1
TCO                    3 3 4 2 7     rw EL0  @FEAT_MTE  pstate
  "PSTATE.TCO: tag checks off"
  25 TCO
TFSR_EL2               3 4 5 6 0     rw EL2  @FEAT_MTE_ASYNC
  "Tag check faults that were not taken"
  1 TF1  0 TF0
  at 1 TFSR_EL1 (NV=1, NV2=1)
  rw 1>2 HCR_EL2.ATA=0 (NV2=1, NV=1); HCR_EL2.NV=1 (NV2=0)
TFSR_EL12              3 5 5 6 0     rw EL2  @FEAT_MTE_ASYNC  of TFSR_EL1  vncr 0x190
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
`;
