// Memory System Resource Partitioning and Monitoring.
// The notation is that of ../notation.ts.
export const MPAM = `
MPAMIDR_EL1            3 0 10 4 4    ro EL1  @FEAT_MPAM
  "Resource partitioning: what is implemented"
  61 HAS_SDEFLT  60 HAS_FORCE_NS  59 SP4  58 HAS_TIDR  57 HAS_ALTSP  56 HAS_BW_CTRL  39:32 PMG_MAX  20:18 VPMR_MAX@MPAMIDR_EL1.HAS_HCR=1
  17 HAS_HCR  15:0 PARTID_MAX
  r 1>2 MPAMIDR_EL1.HAS_HCR=1 & MPAMHCR_EL2.TRAP_MPAMIDR_EL1=1; MPAMIDR_EL1.HAS_TIDR=1 & MPAM2_EL2.TIDR=1
MPAMBWIDR_EL1          3 0 10 4 5    ro EL1  @FEAT_MPAM_PE_BW_CTRL
  "Bandwidth control: what is implemented"
  63 HAS_HW_SCALE  31:30 MAX_LIM  5:0 BWA_WD
  r 1>2 MPAMBW2_EL2.nTRAP_MPAMBWIDR_EL1=0
MPAM1_EL1              3 0 10 5 0    rw EL1  @FEAT_MPAM  vncr 0x900
  "Resource partition of EL1"
  63 MPAMEN=0  60 FORCED_NS@FEAT_MPAMv0p1  54 ALTSP_FRCD  47:40 PMG_D  39:32 PMG_I  31:16 PARTID_D  15:0 PARTID_I
  at 2 MPAM2_EL2 (E2H=1)
  rw 1>2 MPAM2_EL2.TRAPMPAM1EL1=1
MPAM0_EL1              3 0 10 5 1    rw EL1  @FEAT_MPAM
  "Resource partition of EL0"
  47:40 PMG_D  39:32 PMG_I  31:16 PARTID_D  15:0 PARTID_I
  rw 1>2 MPAM2_EL2.TRAPMPAM0EL1=1
MPAMSM_EL1             3 0 10 5 3    rw EL1  @FEAT_MPAM&FEAT_SME
  "Resource partition of streaming mode"
  47:40 PMG_D  31:16 PARTID_D
  rw 1>2 MPAM2_EL2.EnMPAMSM=0
MPAMBW1_EL1            3 0 10 5 4    rw EL1  @FEAT_MPAM_PE_BW_CTRL  vncr 0x908
  "Bandwidth limit of EL1"
  63 HW_SCALE_ENABLE  62 ENABLED  61 HARDLIM  31:0 MAX
  at 2 MPAMBW2_EL2 (E2H=1)
  rw 1>2 MPAMBW2_EL2.nTRAP_MPAMBW1_EL1=0
MPAMBW0_EL1            3 0 10 5 5    rw EL1  @FEAT_MPAM_PE_BW_CTRL
  "Bandwidth limit of EL0"
  63 HW_SCALE_ENABLE  62 ENABLED  61 HARDLIM  31:0 MAX
  rw 1>2 MPAMBW2_EL2.nTRAP_MPAMBW0_EL1=0
MPAMBWSM_EL1           3 0 10 5 7    rw EL1  @FEAT_MPAM_PE_BW_CTRL&FEAT_SME
  "Bandwidth limit of streaming mode"
  63 HW_SCALE_ENABLE  62 ENABLED  61 HARDLIM  31:0 MAX
  rw 1>2 MPAMBW2_EL2.nTRAP_MPAMBWSM_EL1=0
MPAMHCR_EL2            3 4 10 4 0    rw EL2  @FEAT_MPAM  vncr 0x930
  "Virtual resource partitions: control"
  31 TRAP_MPAMIDR_EL1  8 GSTAPP_PLK@FEAT_MPAMv0p1|FEAT_MPAMv1p0  1 EL1_VPMEN@FEAT_MPAMv0p1|FEAT_MPAMv1p0
  0 EL0_VPMEN@FEAT_MPAMv0p1|FEAT_MPAMv1p0
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAMVPMV_EL2           3 4 10 4 1    rw EL2  @FEAT_MPAMv0p1|FEAT_MPAMv1p0  vncr 0x938
  "Virtual resource partitions that are valid"
  31:0 VPM_V<31:0>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAM2_EL2              3 4 10 5 0    rw EL2  @FEAT_MPAM
  "Resource partition of EL2, and traps"
  63 MPAMEN=0  58 TIDR@(FEAT_MPAMv0p1|FEAT_MPAMv1p1)&MPAMIDR_EL1.HAS_TIDR=1  56 ALTSP_HFC@FEAT_RME&MPAMIDR_EL1.HAS_ALTSP=1
  55 ALTSP_EL2@FEAT_RME&MPAMIDR_EL1.HAS_ALTSP=1  54 ALTSP_FRCD@FEAT_RME&MPAMIDR_EL1.HAS_ALTSP=1  50 EnMPAMSM@FEAT_SME  49 TRAPMPAM0EL1
  48 TRAPMPAM1EL1  47:40 PMG_D  39:32 PMG_I  31:16 PARTID_D  15:0 PARTID_I
  rw 1>2 HCR_EL2.NV=1
MPAMBW2_EL2            3 4 10 5 4    rw EL2  @FEAT_MPAM_PE_BW_CTRL
  "Bandwidth limit of EL2, and traps"
  63 HW_SCALE_ENABLE  62 ENABLED  61 HARDLIM  52 nTRAP_MPAMBWIDR_EL1  51 nTRAP_MPAMBW0_EL1  50 nTRAP_MPAMBW1_EL1
  49 nTRAP_MPAMBWSM_EL1@FEAT_SME  31:0 MAX
  rw 1>2 HCR_EL2.NV=1
MPAMBWCAP_EL2          3 4 10 5 6    rw EL2  @FEAT_MPAM_PE_BW_CTRL  vncr 0x910
  "Bandwidth cap of lower levels"
  63 HW_SCALE_ENABLE  62 ENABLED  31:0 CAP
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAMVPM0_EL2           3 4 10 6 0    rw EL2  @FEAT_MPAMv0p1|FEAT_MPAMv1p0  vncr 0x940
  "Virtual resource partitions 0 to 3"
  63:0 PhyPARTID<3:0>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAMVPM1_EL2           3 4 10 6 1    rw EL2  @FEAT_MPAMv0p1|FEAT_MPAMv1p0  vncr 0x948
  "Virtual resource partitions 4 to 7"
  63:0 PhyPARTID<7:4>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAMVPM2_EL2           3 4 10 6 2    rw EL2  @FEAT_MPAMv0p1|FEAT_MPAMv1p0  vncr 0x950
  "Virtual resource partitions 8 to 11"
  63:0 PhyPARTID<11:8>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAMVPM3_EL2           3 4 10 6 3    rw EL2  @FEAT_MPAMv0p1|FEAT_MPAMv1p0  vncr 0x958
  "Virtual resource partitions 12 to 15"
  63:0 PhyPARTID<15:12>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAMVPM4_EL2           3 4 10 6 4    rw EL2  @FEAT_MPAMv0p1|FEAT_MPAMv1p0  vncr 0x960
  "Virtual resource partitions 16 to 19"
  63:0 PhyPARTID<19:16>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAMVPM5_EL2           3 4 10 6 5    rw EL2  @FEAT_MPAMv0p1|FEAT_MPAMv1p0  vncr 0x968
  "Virtual resource partitions 20 to 23"
  63:0 PhyPARTID<23:20>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAMVPM6_EL2           3 4 10 6 6    rw EL2  @FEAT_MPAMv0p1|FEAT_MPAMv1p0  vncr 0x970
  "Virtual resource partitions 24 to 27"
  63:0 PhyPARTID<27:24>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAMVPM7_EL2           3 4 10 6 7    rw EL2  @FEAT_MPAMv0p1|FEAT_MPAMv1p0  vncr 0x978
  "Virtual resource partitions 28 to 31"
  63:0 PhyPARTID<31:28>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
MPAM1_EL12             3 5 10 5 0    rw EL2  @FEAT_MPAM  of MPAM1_EL1  vncr 0x900
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
MPAMBW1_EL12           3 5 10 5 4    rw EL2  @FEAT_MPAM_PE_BW_CTRL  of MPAMBW1_EL1  vncr 0x908
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
`;
