// The Branch Record Buffer Extension.
// The notation is that of ../notation.ts.
export const BRBE = `
BRBINF<n>_EL1 n=0-31   2 1 8 n[3:0] n[4]:00 ro EL1  @FEAT_BRBE
  "Branch record: information"
  46 CCU  45:32 CC  13:8 TYPE  7:6 EL  5 MPRED  1:0 VALID
  r 1>2 HDFGRTR_EL2.nBRBDATA=0
BRBSRC<n>_EL1 n=0-31   2 1 8 n[3:0] n[4]:01 ro EL1  @FEAT_BRBE
  "Branch record: source address"
  63:0 ADDRESS
  r 1>2 HDFGRTR_EL2.nBRBDATA=0
BRBTGT<n>_EL1 n=0-31   2 1 8 n[3:0] n[4]:10 ro EL1  @FEAT_BRBE
  "Branch record: target address"
  63:0 ADDRESS
  r 1>2 HDFGRTR_EL2.nBRBDATA=0
BRBCR_EL1              2 1 9 0 0     rw EL1  @FEAT_BRBE  vncr 0x8e0
  "Branch records: control"
  23 EXCEPTION  22 ERTN  9 FZPSS@FEAT_PMUv3_SS  8 FZP@FEAT_PMUv3  6:5 TS  4 MPRED  3 CC  1 E1BRE=0  0 E0BRE=0
  at 2 BRBCR_EL2 (E2H=1)
  rw 1>2 HDFGxTR_EL2.nBRBCTL=0
BRBFCR_EL1             2 1 9 0 1     rw EL1  @FEAT_BRBE
  "Branch records: filter and bank"
  29:28 BANK  22 CONDDIR  21 DIRCALL  20 INDCALL  19 RTN  18 INDIRECT  17 DIRECT  16 EnI  7 PAUSED  6 LASTFAILED
  rw 1>2 HDFGxTR_EL2.nBRBCTL=0
BRBTS_EL1              2 1 9 0 2     rw EL1  @FEAT_BRBE
  "Branch records: timestamp of the freeze"
  63:0 TS
  rw 1>2 HDFGxTR_EL2.nBRBDATA=0
BRBINFINJ_EL1          2 1 9 1 0     rw EL1  @FEAT_BRBE
  "Branch record to inject: information"
  46 CCU  45:32 CC  17 LASTFAILED  16 T  13:8 TYPE  7:6 EL  5 MPRED  1:0 VALID
  rw 1>2 HDFGxTR_EL2.nBRBDATA=0
BRBSRCINJ_EL1          2 1 9 1 1     rw EL1  @FEAT_BRBE
  "Branch record to inject: source address"
  63:0 ADDRESS
  rw 1>2 HDFGxTR_EL2.nBRBDATA=0
BRBTGTINJ_EL1          2 1 9 1 2     rw EL1  @FEAT_BRBE
  "Branch record to inject: target address"
  63:0 ADDRESS
  rw 1>2 HDFGxTR_EL2.nBRBDATA=0
BRBIDR0_EL1            2 1 9 2 0     ro EL1  @FEAT_BRBE
  "Branch records: what is implemented"
  15:12 CC  11:8 FORMAT  7:0 NUMREC
  r 1>2 HDFGRTR_EL2.nBRBIDR=0
BRBCR_EL2              2 4 9 0 0     rw EL2  @FEAT_BRBE
  "Branch records: control"
  23 EXCEPTION  22 ERTN  9 FZPSS@FEAT_PMUv3_SS  8 FZP@FEAT_PMUv3  6:5 TS  4 MPRED  3 CC  1 E2BRE=0  0 E0HBRE=0
  rw 1>2 HCR_EL2.NV=1
BRBCR_EL12             2 5 9 0 0     rw EL2  @FEAT_BRBE  of BRBCR_EL1  vncr 0x8e0
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
`;
