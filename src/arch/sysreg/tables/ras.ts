// Reliability: error records and deferred SErrors (RAS Extension).
// The notation is that of ../notation.ts.
export const RAS = `
ERRIDR_EL1             3 0 5 3 0     ro EL1  @FEAT_RAS
  "How many error records there are"
  15:0 NUM
  r 1>2 HCR_EL2.TERR=1; HFGRTR_EL2.ERRIDR_EL1=1
ERRSELR_EL1            3 0 5 3 1     rw EL1  @FEAT_RAS
  "Selects the error record that the ERX registers show"
  15:0 SEL
  rw 1>2 HCR_EL2.TERR=1; HFGxTR_EL2.ERRSELR_EL1=1
ERXGSR_EL1             3 0 5 3 2     ro EL1  @FEAT_RASv2
  "Error records: which have something to report"
  63:0 S<63:0>
  r 1>2 HCR_EL2.TERR=1; HFGRTR2_EL2.nERXGSR_EL1=0
ERXFR_EL1              3 0 5 4 0     ro EL1  @FEAT_RAS
  "Selected error record: features"
  63:0 ERRnFR
  r 1>2 HCR_EL2.TERR=1; HFGRTR_EL2.ERXFR_EL1=1
ERXCTLR_EL1            3 0 5 4 1     rw EL1  @FEAT_RAS
  "Selected error record: control"
  63:0 ERRnCTLR
  rw 1>2 HCR_EL2.TERR=1; HFGxTR_EL2.ERXCTLR_EL1=1
ERXSTATUS_EL1          3 0 5 4 2     rw EL1  @FEAT_RAS
  "Selected error record: status"
  63:0 ERRnSTATUS
  rw 1>2 HCR_EL2.TERR=1; HFGxTR_EL2.ERXSTATUS_EL1=1
ERXADDR_EL1            3 0 5 4 3     rw EL1  @FEAT_RAS
  "Selected error record: address"
  63:0 ERRnADDR
  rw 1>2 HCR_EL2.TERR=1; HFGxTR_EL2.ERXADDR_EL1=1
ERXPFGF_EL1            3 0 5 4 4     ro EL1  @FEAT_RASv1p1
  "Selected error record: fault injection features"
  63:0 ERRnPFGF
  r 1>2 HCR_EL2.FIEN=0; HFGRTR_EL2.ERXPFGF_EL1=1
ERXPFGCTL_EL1          3 0 5 4 5     rw EL1  @FEAT_RASv1p1
  "Selected error record: fault injection control"
  63:0 ERRnPFGCTL
  rw 1>2 HCR_EL2.FIEN=0; HFGxTR_EL2.ERXPFGCTL_EL1=1
ERXPFGCDN_EL1          3 0 5 4 6     rw EL1  @FEAT_RASv1p1
  "Selected error record: fault injection countdown"
  63:0 ERRnPFGCDN
  rw 1>2 HCR_EL2.FIEN=0; HFGxTR_EL2.ERXPFGCDN_EL1=1
ERXMISC0_EL1           3 0 5 5 0     rw EL1  @FEAT_RAS
  "Selected error record: more information"
  63:0 ERRnMISC0
  rw 1>2 HCR_EL2.TERR=1; HFGxTR_EL2.ERXMISCn_EL1=1
ERXMISC1_EL1           3 0 5 5 1     rw EL1  @FEAT_RAS
  "Selected error record: more information"
  63:0 ERRnMISC1
  rw 1>2 HCR_EL2.TERR=1; HFGxTR_EL2.ERXMISCn_EL1=1
ERXMISC2_EL1           3 0 5 5 2     rw EL1  @FEAT_RASv1p1
  "Selected error record: more information"
  63:0 ERRnMISC2
  rw 1>2 HCR_EL2.TERR=1; HFGxTR_EL2.ERXMISCn_EL1=1
ERXMISC3_EL1           3 0 5 5 3     rw EL1  @FEAT_RASv1p1
  "Selected error record: more information"
  63:0 ERRnMISC3
  rw 1>2 HCR_EL2.TERR=1; HFGxTR_EL2.ERXMISCn_EL1=1
PFAR_EL1               3 0 6 0 5     rw EL1  @FEAT_PFAR  vncr 0x2d0
  "Physical fault address"
  63 NS@FEAT_RME  62 NSE@FEAT_RME  55:52 PA[55:52]@FEAT_D128  51:48 PA[51:48]@FEAT_LPA  47:0 PA
  at 2 PFAR_EL2 (E2H=1)
  rw 1>2 HFGxTR2_EL2.nPFAR_EL1=0
DISR_EL1               3 0 12 1 1    rw EL1  @FEAT_RAS
  "SErrors that ESB deferred"
  31 A  24 IDS  17:16 WU@FEAT_RASv2  12:10 AET  9 EA  7 WnRV@FEAT_RASv2  6 WnR@FEAT_RASv2  5:0 DFSC  23:0 IMPDEF~IDS=1
  at 1 VDISR_EL2 (HCR_EL2.AMO=1)
VSESR_EL2              3 4 5 2 3     rw EL2  @FEAT_RAS  vncr 0x508
  "Syndrome of the virtual SError"
  24 IDS  23:0 ISS  15:14 AET~AArch32  12 ExT~AArch32
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
PFAR_EL2               3 4 6 0 5     rw EL2  @FEAT_PFAR
  "Physical fault address"
  63 NS@FEAT_RME_GDI  62 NSE@FEAT_RME  61 NSE2@FEAT_RME_GDI  55:52 PA[55:52]@FEAT_D128  51:48 PA[51:48]@FEAT_LPA  47:0 PA
  rw 1>2 HCR_EL2.NV=1
VDISR_EL2              3 4 12 1 1    rw EL2  @FEAT_RAS  vncr 0x500
  "Virtual SErrors that ESB deferred"
  31 A  24 IDS  23:0 ISS  15:14 AET~AArch32  12 ExT~AArch32  10+3:0 FS~AArch32  9 LPAE~AArch32
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
PFAR_EL12              3 5 6 0 5     rw EL2  @FEAT_PFAR  of PFAR_EL1  vncr 0x2d0
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
`;
