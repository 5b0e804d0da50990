// The Activity Monitors Extension.
// The notation is that of ../notation.ts.
export const AMU = `
AMCR_EL0               3 3 13 2 0    rw EL0  @FEAT_AMUv1
  "Activity monitors: control"
  17 CG1RZ@FEAT_AMUv1p1  10 HDBG
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1
AMCFGR_EL0             3 3 13 2 1    ro EL0  @FEAT_AMUv1
  "Activity monitors: how many and how wide"
  31:28 NCG  24 HDBG  13:8 SIZE  7:0 N
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1
AMCGCR_EL0             3 3 13 2 2    ro EL0  @FEAT_AMUv1
  "Activity monitors: counters in each group"
  15:8 CG1NC  7:0 CG0NC
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1
AMUSERENR_EL0          3 3 13 2 3    rw EL0/EL1  @FEAT_AMUv1
  "Lets EL0 read the activity monitors"
  0 EN
  r 01>2 CPTR_EL2.TAM=1
  w 1>2 CPTR_EL2.TAM=1
AMCNTENCLR0_EL0        3 3 13 2 4    rw EL0  @FEAT_AMUv1
  "Activity monitors: stops counters of group 0"
  3:0 P<3:0>
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1; g1>2 HAFGRTR_EL2.AMCNTEN0=1
AMCNTENSET0_EL0        3 3 13 2 5    rw EL0  @FEAT_AMUv1
  "Activity monitors: starts counters of group 0"
  3:0 P<3:0>
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1; g1>2 HAFGRTR_EL2.AMCNTEN0=1
AMCG1IDR_EL0           3 3 13 2 6    ro EL0  @FEAT_AMUv1p1
  "Activity monitors: which counters of group 1 there are"
  31:26 AMEVCNTOFF<115:110>_EL2  25:16 AMEVCNTOFF<19:10>_EL2  15:10 AMEVCNTR<115:110>_EL0  9:0 AMEVCNTR<19:10>_EL0
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1
AMCNTENCLR1_EL0        3 3 13 3 0    rw EL0  @FEAT_AMUv1
  "Activity monitors: stops counters of group 1"
  15:0 P<15:0>
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1; g1>2 HAFGRTR_EL2.AMCNTEN1=1
AMCNTENSET1_EL0        3 3 13 3 1    rw EL0  @FEAT_AMUv1
  "Activity monitors: starts counters of group 1"
  15:0 P<15:0>
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1; g1>2 HAFGRTR_EL2.AMCNTEN1=1
AMEVCNTR0<n>_EL0 n=0-3 3 3 13 4 0:n[1:0] rw EL0  @FEAT_AMUv1
  "Activity monitor counter of group 0: architected event"
  63:0 ACNT
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1; g1>2 HAFGRTR_EL2.AMEVCNTR0<n>_EL0=1
AMEVTYPER0<n>_EL0 n=0-3 3 3 13 6 0:n[1:0] ro EL0  @FEAT_AMUv1
  "Which event a counter of group 0 counts"
  15:0 evtCount
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1
AMEVCNTR1<n>_EL0 n=0-15 3 3 13 110:n[3] n[2:0] rw EL0  @FEAT_AMUv1
  "Activity monitor counter of group 1: auxiliary event"
  63:0 ACNT
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1; g1>2 HAFGRTR_EL2.AMEVCNTR1<n>_EL0=1
AMEVTYPER1<n>_EL0 n=0-15 3 3 13 111:n[3] n[2:0] rw EL0  @FEAT_AMUv1
  "Which event a counter of group 1 counts"
  15:0 evtCount
  r 0>h AMUSERENR_EL0.EN=0; 01>2 CPTR_EL2.TAM=1; g1>2 HAFGRTR_EL2.AMEVTYPER1<n>_EL0=1
AMEVCNTVOFF0<n>_EL2 n=0-15 3 4 13 100:n[3] n[2:0] rw EL2  @FEAT_AMUv1p1  vncr 0xa00
  "What EL2 subtracts from a counter of group 0 for EL1 and EL0"
  63:0 VOffset
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
AMEVCNTVOFF1<n>_EL2 n=0-15 3 4 13 101:n[3] n[2:0] rw EL2  @FEAT_AMUv1p1  vncr 0xa80
  "What EL2 subtracts from a counter of group 1 for EL1 and EL0"
  63:0 VOffset
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
`;
