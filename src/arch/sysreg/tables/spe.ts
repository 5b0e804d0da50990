// The Statistical Profiling Extension.
// The notation is that of ../notation.ts.
export const SPE = `
PMSCR_EL1              3 0 9 9 0     rw EL1  @FEAT_SPE  vncr 0x828
  "Statistical profiling: control"
  11 EnVM@FEAT_SPE_nVM&FEAT_NV  10 KE@FEAT_SPE_EXC  9:8 EE@FEAT_SPE_EXC  7:6 PCT@EL2  5 TS  4 PA  3 CX  1 E1SPE  0 E0SPE
  at 2 PMSCR_EL2 (E2H=1)
  rw 1>2 HDFGxTR_EL2.PMSCR_EL1=1; MDCR_EL2.TPMS=1
PMSNEVFR_EL1           3 0 9 9 1     rw EL1  @FEAT_SPE_FnE  vncr 0x850
  "Statistical profiling: filter by events that must not be"
  63 E[63]  62:48 E[<62:48>]  31:8 E[<31:8>]  7 E[7]  6 E[6]@FEAT_SPE_FnE  5:1 E[<5:1>]
  rw 1>2 HDFGxTR_EL2.nPMSNEVFR_EL1=0; MDCR_EL2.TPMS=1
PMSICR_EL1             3 0 9 9 2     rw EL1  @FEAT_SPE  vncr 0x838
  "Statistical profiling: interval counter"
  63:56 ECOUNT@FEAT_SPE_ERnd  31:0 COUNT
  rw 1>2 HDFGxTR_EL2.PMSICR_EL1=1; MDCR_EL2.TPMS=1
PMSIRR_EL1             3 0 9 9 3     rw EL1  @FEAT_SPE  vncr 0x840
  "Statistical profiling: interval"
  31:8 INTERVAL  0 RND
  rw 1>2 HDFGxTR_EL2.PMSIRR_EL1=1; MDCR_EL2.TPMS=1
PMSFCR_EL1             3 0 9 9 4     rw EL1  @FEAT_SPE
  "Statistical profiling: filter control"
  52 SIMDm@FEAT_SPE_EFT  51 FPm@FEAT_SPE_EFT  50 STm@FEAT_SPE_EFT  49 LDm@FEAT_SPE_EFT  48 Bm@FEAT_SPE_EFT  20 SIMD@FEAT_SPE_EFT
  19 FP@FEAT_SPE_EFT  18 ST  17 LD  16 B  4 FDS@FEAT_SPE_FDS  3 FnE@FEAT_SPE_FnE  2 FL  1 FT  0 FE
  rw 1>2 HDFGxTR_EL2.PMSFCR_EL1=1; MDCR_EL2.TPMS=1
PMSEVFR_EL1            3 0 9 9 5     rw EL1  @FEAT_SPE  vncr 0x830
  "Statistical profiling: filter by event"
  63 E[63]  62:48 E[<62:48>]  31:12 E[<31:12>]  11 E[11]@FEAT_SPEv1p1  10:8 E[<10:8>]  7 E[7]  6 E[6]@FEAT_SPE_FnE  5:1 E[<5:1>]
  rw 1>2 HDFGxTR_EL2.PMSEVFR_EL1=1; MDCR_EL2.TPMS=1
PMSLATFR_EL1           3 0 9 9 6     rw EL1  @FEAT_SPE  vncr 0x848
  "Statistical profiling: filter by latency"
  15:0 MINLAT
  rw 1>2 HDFGxTR_EL2.PMSLATFR_EL1=1; MDCR_EL2.TPMS=1
PMSIDR_EL1             3 0 9 9 7     ro EL1  @FEAT_SPE
  "Statistical profiling: what is implemented"
  32 SME  31:28 ALTCLK{15 IMPLEMENTATION DEFINED form}  27 FPF  26 EFT  25 CRR  24 PBT  23:20 Format  19:16 CountSize
  15:12 MaxSize{4 16 bytes|5 32 bytes|6 64 bytes|7 128 bytes|8 256 bytes|9 512 bytes|10 1KB|11 2KB}  11:8 Interval  7 FDS@FEAT_SPEv1p4  6 FnE
  5 ERnd  4 LDS  3 ArchInst  2 FL  1 FT  0 FE
  r 1>2 HDFGRTR_EL2.PMSIDR_EL1=1; MDCR_EL2.TPMS=1
PMBLIMITR_EL1          3 0 9 10 0    rw EL1  @FEAT_SPE  vncr 0x800
  "Profiling buffer: limit and enable"
  63:12 LIMIT  7 nVM@FEAT_SPE_nVM  5 PMFZ@FEAT_SPEv1p2  2:1 FM  0 E
  rw 1>2 HDFGxTR_EL2.PMBLIMITR_EL1=1; MDCR_EL2.E2PB=x0
PMBPTR_EL1             3 0 9 10 1    rw EL1  @FEAT_SPE  vncr 0x810
  "Profiling buffer: write position"
  63:0 PTR
  rw 1>2 HDFGxTR_EL2.PMBPTR_EL1=1; MDCR_EL2.E2PB=x0
PMBSR_EL1              3 0 9 10 3    rw EL1  @FEAT_SPE  vncr 0x820
  "Profiling buffer: status"
  55:32 MSS2  31:26 EC  19 DL  18 EA  17 S  16 COLL  15:0 MSS
  at 2 PMBSR_EL2 (E2H=1)
  rw 1>2 HDFGxTR_EL2.PMBSR_EL1=1; MDCR_EL2.E2PB=x0
PMSDSFR_EL1            3 0 9 10 4    rw EL1  @FEAT_SPE_FDS  vncr 0x858
  "Statistical profiling: filter by data source"
  63:0 S<63:0>
  rw 1>2 HDFGxTR2_EL2.nPMSDSFR_EL1=0; MDCR_EL2.TPMS=1
PMBMAR_EL1             3 0 9 10 5    rw EL1  @FEAT_SPE_nVM
  "Profiling buffer: memory attributes"
  9:8 SH  7:0 Attr
  rw 1>2 HDFGxTR2_EL2.nPMBMAR_EL1=0; MDCR_EL2.E2PB=x0
PMBIDR_EL1             3 0 9 10 7    ro EL1  @FEAT_SPE
  "Profiling buffer: what is implemented"
  47:32 MaxBuffSize  11:8 EA  7:6 AddrMode@FEAT_SPE_nVM  5 F  4 P
  3:0 Align{4 16 bytes|5 32 bytes|6 64 bytes|7 128 bytes|8 256 bytes|9 512 bytes|10 1KB|11 2KB}
  r 1>2 HDFGRTR_EL2.PMBIDR_EL1=1
PMSCR_EL2              3 4 9 9 0     rw EL2  @FEAT_SPE
  "Statistical profiling: control"
  11 EnVM  10 KE  9:8 EE@FEAT_SPE_EXC  7:6 PCT  5 TS  4 PA  3 CX  1 E2SPE  0 E0HSPE
  rw 1>2 HCR_EL2.NV=1
PMBSR_EL2              3 4 9 10 3    rw EL2  @FEAT_SPE_EXC
  "Profiling buffer: status"
  55:32 MSS2  31:26 EC  19 DL  18 EA  17 S  16 COLL  15:0 MSS
  rw 1>2 HCR_EL2.NV=1
PMSCR_EL12             3 5 9 9 0     rw EL2  @FEAT_SPE  of PMSCR_EL1  vncr 0x828
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
PMBSR_EL12             3 5 9 10 3    rw EL2  @FEAT_SPE_EXC  of PMBSR_EL1  vncr 0x820
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
`;
