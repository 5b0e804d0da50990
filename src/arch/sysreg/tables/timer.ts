// The Generic Timer (Arm ARM DDI 0487, D24.9).
// The notation is that of ../notation.ts.
export const TIMER = `
CNTKCTL_EL1            3 0 14 1 0    rw EL1
  "Timer control of EL1: access of EL0, event stream"
  19 CNTPMASK@FEAT_RME&FEAT_NV2p1  18 CNTVMASK  17 EVNTIS@FEAT_ECV  16 EL1NVVCT@FEAT_ECV&FEAT_NV2p1  15 EL1NVPCT@FEAT_ECV&FEAT_NV2p1
  14 EL1TVCT@FEAT_ECV&FEAT_NV2p1  13 EL1TVT@FEAT_ECV&FEAT_NV2p1  12 ECV@FEAT_ECV&FEAT_NV2p1  11 EL1PTEN@FEAT_NV2p1  10 EL1PCTEN@FEAT_NV2p1
  9 EL0PTEN  8 EL0VTEN  7:4 EVNTI  3 EVNTDIR  2 EVNTEN  1 EL0VCTEN  0 EL0PCTEN
  at 2 CNTHCTL_EL2 (E2H=1)
CNTFRQ_EL0             3 3 14 0 0    rw EL0/EL2
  "Frequency of the system counter, as firmware states it"
  31:0 ClockFreq
  r 0>h CNTKCTL_EL1.EL0PCTEN=0 & CNTKCTL_EL1.EL0VCTEN=0 | CNTHCTL_EL2.EL0PCTEN=0 & CNTHCTL_EL2.EL0VCTEN=0
CNTPCT_EL0             3 3 14 0 1    ro EL0
  "Physical count"
  63:0 PhysicalCount
  r 0>h CNTKCTL_EL1.EL0PCTEN=0 | CNTHCTL_EL2.EL0PCTEN=0; 0>2 CNTHCTL_EL2.EL1PCTEN=0 (E2H=0); CNTHCTL_EL2.EL1PCTEN=0 (E2H=1, TGE=0)
  r 1>2 CNTHCTL_EL2.EL1PCTEN=0
CNTVCT_EL0             3 3 14 0 2    ro EL0
  "Virtual count"
  63:0 VirtualCount
  r 0>h CNTKCTL_EL1.EL0VCTEN=0 | CNTHCTL_EL2.EL0VCTEN=0; g1>2 CNTHCTL_EL2.EL1TVCT=1
CNTPCTSS_EL0           3 3 14 0 5    ro EL0  @FEAT_ECV
  "Physical count, read in program order"
  63:0 SSPhysicalCount
  r 0>h CNTKCTL_EL1.EL0PCTEN=0 | CNTHCTL_EL2.EL0PCTEN=0; 0>2 CNTHCTL_EL2.EL1PCTEN=0 (E2H=0); CNTHCTL_EL2.EL1PCTEN=0 (E2H=1, TGE=0)
  r 1>2 CNTHCTL_EL2.EL1PCTEN=0
CNTVCTSS_EL0           3 3 14 0 6    ro EL0  @FEAT_ECV
  "Virtual count, read in program order"
  63:0 SSVirtualCount
  r 0>h CNTKCTL_EL1.EL0VCTEN=0 | CNTHCTL_EL2.EL0VCTEN=0; g1>2 CNTHCTL_EL2.EL1TVCT=1
CNTP_TVAL_EL0          3 3 14 2 0    rw EL0
  "EL1 physical timer: time left"
  31:0 TimerValue
  at 2 CNTHP_TVAL_EL2 (E2H=1)
  at 0 CNTHP_TVAL_EL2 (E2H=1, TGE=1)
  rw 0>h CNTKCTL_EL1.EL0PTEN=0 | CNTHCTL_EL2.EL0PTEN=0; 01>2 CNTHCTL_EL2.EL1PCEN=0 (E2H=0); 0>2 CNTHCTL_EL2.EL1PTEN=0 (E2H=1, TGE=0)
  rw 1>2 CNTHCTL_EL2.EL1PTEN=0 (E2H=1)
CNTP_CTL_EL0           3 3 14 2 1    rw EL0  vncr 0x180
  "EL1 physical timer: control"
  2 ISTATUS  1 IMASK  0 ENABLE
  at 2 CNTHP_CTL_EL2 (E2H=1)
  at 0 CNTHP_CTL_EL2 (E2H=1, TGE=1)
  rw 0>h CNTKCTL_EL1.EL0PTEN=0 | CNTHCTL_EL2.EL0PTEN=0; 01>2 CNTHCTL_EL2.EL1PCEN=0 (E2H=0); 0>2 CNTHCTL_EL2.EL1PTEN=0 (E2H=1, TGE=0)
  rw 1>2 CNTHCTL_EL2.EL1PTEN=0 (E2H=1)
CNTP_CVAL_EL0          3 3 14 2 2    rw EL0  vncr 0x178
  "EL1 physical timer: compare value"
  63:0 CompareValue
  at 2 CNTHP_CVAL_EL2 (E2H=1)
  at 0 CNTHP_CVAL_EL2 (E2H=1, TGE=1)
  rw 0>h CNTKCTL_EL1.EL0PTEN=0 | CNTHCTL_EL2.EL0PTEN=0; 01>2 CNTHCTL_EL2.EL1PCEN=0 (E2H=0); 0>2 CNTHCTL_EL2.EL1PTEN=0 (E2H=1, TGE=0)
  rw 1>2 CNTHCTL_EL2.EL1PTEN=0 (E2H=1)
CNTV_TVAL_EL0          3 3 14 3 0    rw EL0
  "EL1 virtual timer: time left"
  31:0 TimerValue
  at 2 CNTHV_TVAL_EL2 (E2H=1)
  at 0 CNTHV_TVAL_EL2 (E2H=1, TGE=1)
  rw 0>h CNTKCTL_EL1.EL0VTEN=0 | CNTHCTL_EL2.EL0VTEN=0; g1>2 CNTHCTL_EL2.EL1TVT=1
CNTV_CTL_EL0           3 3 14 3 1    rw EL0  vncr 0x170
  "EL1 virtual timer: control"
  2 ISTATUS  1 IMASK  0 ENABLE
  at 2 CNTHV_CTL_EL2 (E2H=1)
  at 0 CNTHV_CTL_EL2 (E2H=1, TGE=1)
  rw 0>h CNTKCTL_EL1.EL0VTEN=0 | CNTHCTL_EL2.EL0VTEN=0; g1>2 CNTHCTL_EL2.EL1TVT=1
CNTV_CVAL_EL0          3 3 14 3 2    rw EL0  vncr 0x168
  "EL1 virtual timer: compare value"
  63:0 CompareValue
  at 2 CNTHV_CVAL_EL2 (E2H=1)
  at 0 CNTHV_CVAL_EL2 (E2H=1, TGE=1)
  rw 0>h CNTKCTL_EL1.EL0VTEN=0 | CNTHCTL_EL2.EL0VTEN=0; g1>2 CNTHCTL_EL2.EL1TVT=1
CNTVOFF_EL2            3 4 14 0 3    rw EL2  vncr 0x60
  "What EL2 subtracts from the physical count to make the virtual one"
  63:0 VOffset
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
CNTPOFF_EL2            3 4 14 0 6    rw EL2  @FEAT_ECV_POFF  vncr 0x1a8
  "What EL2 subtracts from the physical count for EL1 and EL0"
  63:0 PO
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
CNTHCTL_EL2            3 4 14 1 0    rw EL2
  "Timer control of EL2: access of lower levels, event stream"
  19 CNTPMASK  18 CNTVMASK@FEAT_RME  17 EVNTIS@FEAT_ECV  16 EL1NVVCT@FEAT_ECV  15 EL1NVPCT@FEAT_ECV  14 EL1TVCT@FEAT_ECV  13 EL1TVT@FEAT_ECV
  12 ECV@FEAT_ECV_POFF  11 EL1PTEN@E2H=1  10 EL1PCTEN@E2H=1  9 EL0PTEN@E2H=1  8 EL0VTEN@E2H=1  7:4 EVNTI  3 EVNTDIR  2 EVNTEN
  1 EL0VCTEN@E2H=1  1 EL1PCEN@E2H=0  0 EL0PCTEN@E2H=1  0 EL1PCTEN@E2H=0
  rw 1>2 HCR_EL2.NV=1
CNTHP_TVAL_EL2         3 4 14 2 0    rw EL2
  "EL2 physical timer: time left"
  31:0 TimerValue
  rw 1>2 HCR_EL2.NV=1
CNTHP_CTL_EL2          3 4 14 2 1    rw EL2
  "EL2 physical timer: control"
  2 ISTATUS  1 IMASK  0 ENABLE
  rw 1>2 HCR_EL2.NV=1
CNTHP_CVAL_EL2         3 4 14 2 2    rw EL2
  "EL2 physical timer: compare value"
  63:0 CompareValue
  rw 1>2 HCR_EL2.NV=1
CNTHV_TVAL_EL2         3 4 14 3 0    rw EL2  @FEAT_VHE
  "EL2 virtual timer: time left"
  31:0 TimerValue
  rw 1>2 HCR_EL2.NV=1
CNTHV_CTL_EL2          3 4 14 3 1    rw EL2  @FEAT_VHE
  "EL2 virtual timer: control"
  2 ISTATUS  1 IMASK  0 ENABLE
  rw 1>2 HCR_EL2.NV=1
CNTHV_CVAL_EL2         3 4 14 3 2    rw EL2  @FEAT_VHE
  "EL2 virtual timer: compare value"
  63:0 CompareValue
  rw 1>2 HCR_EL2.NV=1
CNTHVS_TVAL_EL2        3 4 14 4 0    rw EL2  @FEAT_SEL2&FEAT_VHE
  "Secure EL2 virtual timer: time left"
  31:0 TimerValue
  rw 12>u Secure=0; 1>2 HCR_EL2.NV=1
CNTHVS_CTL_EL2         3 4 14 4 1    rw EL2  @FEAT_SEL2&FEAT_VHE
  "Secure EL2 virtual timer: control"
  2 ISTATUS  1 IMASK  0 ENABLE
  rw 12>u Secure=0; 1>2 HCR_EL2.NV=1
CNTHVS_CVAL_EL2        3 4 14 4 2    rw EL2  @FEAT_SEL2&FEAT_VHE
  "Secure EL2 virtual timer: compare value"
  63:0 CompareValue
  rw 12>u Secure=0; 1>2 HCR_EL2.NV=1
CNTHPS_TVAL_EL2        3 4 14 5 0    rw EL2  @FEAT_SEL2
  "Secure EL2 physical timer: time left"
  31:0 TimerValue
  rw 12>u Secure=0; 1>2 HCR_EL2.NV=1
CNTHPS_CTL_EL2         3 4 14 5 1    rw EL2  @FEAT_SEL2
  "Secure EL2 physical timer: control"
  2 ISTATUS  1 IMASK  0 ENABLE
  rw 12>u Secure=0; 1>2 HCR_EL2.NV=1
CNTHPS_CVAL_EL2        3 4 14 5 2    rw EL2  @FEAT_SEL2
  "Secure EL2 physical timer: compare value"
  63:0 CompareValue
  rw 12>u Secure=0; 1>2 HCR_EL2.NV=1
CNTKCTL_EL12           3 5 14 1 0    rw EL2  of CNTKCTL_EL1
  rw 1>2 HCR_EL2.NV=1; 2>u E2H=0
CNTP_TVAL_EL02         3 5 14 2 0    rw EL2  of CNTP_TVAL_EL0
  rw 1>2 HCR_EL2.NV=1; 2>u E2H=0
CNTP_CTL_EL02          3 5 14 2 1    rw EL2  of CNTP_CTL_EL0  vncr 0x180
  rw 1>2 CNTHCTL_EL2.EL1NVPCT=1 (NV1=0, NV2=1, NV=1); HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
CNTP_CVAL_EL02         3 5 14 2 2    rw EL2  of CNTP_CVAL_EL0  vncr 0x178
  rw 1>2 CNTHCTL_EL2.EL1NVPCT=1 (NV1=0, NV2=1, NV=1); HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
CNTV_TVAL_EL02         3 5 14 3 0    rw EL2  of CNTV_TVAL_EL0
  rw 1>2 HCR_EL2.NV=1; 2>u E2H=0
CNTV_CTL_EL02          3 5 14 3 1    rw EL2  of CNTV_CTL_EL0  vncr 0x170
  rw 1>2 CNTHCTL_EL2.EL1NVVCT=1 (NV1=0, NV2=1, NV=1); HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
CNTV_CVAL_EL02         3 5 14 3 2    rw EL2  of CNTV_CVAL_EL0  vncr 0x168
  rw 1>2 CNTHCTL_EL2.EL1NVVCT=1 (NV1=0, NV2=1, NV=1); HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
`;
