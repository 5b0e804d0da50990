// DC and IC: cache maintenance by address and by set/way.
// The notation is that of ../notation.ts.
export const CACHE_OPERATIONS = `
DC IVAC            1 0 7 6 1   EL1  Xt: VA
  "Invalidates data by address, to coherency"
  x 1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCIVAC=1
DC ISW             1 0 7 6 2   EL1  Xt: set/way
  "Invalidates data by set and way"
  x 1>2 HCR_EL2.TSW=1; HFGITR_EL2.DCISW=1
DC IGVAC           1 0 7 6 3   EL1  @FEAT_MTE2  Xt: VA
  "Invalidates tags by address, to coherency"
  x 1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCIVAC=1
DC IGSW            1 0 7 6 4   EL1  @FEAT_MTE2  Xt: set/way
  "Invalidates tags by set and way"
  x 1>2 HCR_EL2.TSW=1; HFGITR_EL2.DCISW=1
DC IGDVAC          1 0 7 6 5   EL1  @FEAT_MTE2  Xt: VA
  "Invalidates tags and data by address, to coherency"
  x 1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCIVAC=1
DC IGDSW           1 0 7 6 6   EL1  @FEAT_MTE2  Xt: set/way
  "Invalidates tags and data by set and way"
  x 1>2 HCR_EL2.TSW=1; HFGITR_EL2.DCISW=1
DC CSW             1 0 7 10 2  EL1  Xt: set/way
  "Cleans data by set and way"
  x 1>2 HCR_EL2.TSW=1; HFGITR_EL2.DCCSW=1
DC CGSW            1 0 7 10 4  EL1  @FEAT_MTE2  Xt: set/way
  "Cleans tags by set and way"
  x 1>2 HCR_EL2.TSW=1; HFGITR_EL2.DCCSW=1
DC CGDSW           1 0 7 10 6  EL1  @FEAT_MTE2  Xt: set/way
  "Cleans tags and data by set and way"
  x 1>2 HCR_EL2.TSW=1; HFGITR_EL2.DCCSW=1
DC CISW            1 0 7 14 2  EL1  Xt: set/way
  "Cleans and invalidates data by set and way"
  x 1>2 HCR_EL2.TSW=1; HFGITR_EL2.DCCISW=1
DC CIGSW           1 0 7 14 4  EL1  @FEAT_MTE2  Xt: set/way
  "Cleans and invalidates tags by set and way"
  x 1>2 HCR_EL2.TSW=1; HFGITR_EL2.DCCISW=1
DC CIGDSW          1 0 7 14 6  EL1  @FEAT_MTE2  Xt: set/way
  "Cleans and invalidates tags and data by set and way"
  x 1>2 HCR_EL2.TSW=1; HFGITR_EL2.DCCISW=1
DC CIVAPS          1 0 7 15 1  EL1  @FEAT_PoPS  Xt: VA
  "Cleans and invalidates data by address, to physical storage"
  x 1>2 HCR_EL2.TPCP=1; HFGITR2_EL2.nDCCIVAPS=0
DC CIGDVAPS        1 0 7 15 5  EL1  @FEAT_MTE2&FEAT_PoPS  Xt: VA
  "Cleans and invalidates tags and data by address, to physical storage"
  x 1>2 HCR_EL2.TPCP=1; HFGITR2_EL2.nDCCIVAPS=0
DC ZVA             1 3 7 4 1   EL0  Xt: VA
  "Zeroes a block of memory"
  x 0>h SCTLR_EL1.DZE=0 | SCTLR_EL2.DZE=0; g1>2 HCR_EL2.TDZ=1; HFGITR_EL2.DCZVA=1
DC GVA             1 3 7 4 3   EL0  @FEAT_MTE  Xt: VA
  "Writes the tags of a block"
  x 0>h SCTLR_EL1.DZE=0 | SCTLR_EL2.DZE=0; g1>2 HCR_EL2.TDZ=1; HFGITR_EL2.DCZVA=1
DC GZVA            1 3 7 4 4   EL0  @FEAT_MTE  Xt: VA
  "Zeroes a block and writes its tags"
  x 0>h SCTLR_EL1.DZE=0 | SCTLR_EL2.DZE=0; g1>2 HCR_EL2.TDZ=1; HFGITR_EL2.DCZVA=1
DC CVAC            1 3 7 10 1  EL0  Xt: VA
  "Cleans data by address, to coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVAC=1
DC CGVAC           1 3 7 10 3  EL0  @FEAT_MTE  Xt: VA
  "Cleans tags by address, to coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVAC=1
DC CGDVAC          1 3 7 10 5  EL0  @FEAT_MTE  Xt: VA
  "Cleans tags and data by address, to coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVAC=1
DC CVAOC           1 3 7 11 0  EL0  @FEAT_OCCMO  Xt: VA
  "Cleans data by address, to outer coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVAC=1
DC CVAU            1 3 7 11 1  EL0  Xt: VA
  "Cleans data by address, to unification"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPU=1; HCR_EL2.TOCU=1; HFGITR_EL2.DCCVAU=1
DC CGDVAOC         1 3 7 11 7  EL0  @FEAT_MTE2&FEAT_OCCMO  Xt: VA
  "Cleans tags and data by address, to outer coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVAC=1
DC CVAP            1 3 7 12 1  EL0  @FEAT_DPB  Xt: VA
  "Cleans data by address, to persistence"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVAP=1
DC CGVAP           1 3 7 12 3  EL0  @FEAT_MTE  Xt: VA
  "Cleans tags by address, to persistence"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVAP=1
DC CGDVAP          1 3 7 12 5  EL0  @FEAT_MTE  Xt: VA
  "Cleans tags and data by address, to persistence"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVAP=1
DC CVADP           1 3 7 13 1  EL0  @FEAT_DPB2  Xt: VA
  "Cleans data by address, to deep persistence"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVADP=1
DC CGVADP          1 3 7 13 3  EL0  @FEAT_DPB2&FEAT_MTE  Xt: VA
  "Cleans tags by address, to deep persistence"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVADP=1
DC CGDVADP         1 3 7 13 5  EL0  @FEAT_DPB2&FEAT_MTE  Xt: VA
  "Cleans tags and data by address, to deep persistence"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCVADP=1
DC CIVAC           1 3 7 14 1  EL0  Xt: VA
  "Cleans and invalidates data by address, to coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCIVAC=1
DC CIGVAC          1 3 7 14 3  EL0  @FEAT_MTE  Xt: VA
  "Cleans and invalidates tags by address, to coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCIVAC=1
DC CIGDVAC         1 3 7 14 5  EL0  @FEAT_MTE  Xt: VA
  "Cleans and invalidates tags and data by address, to coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCIVAC=1
DC CIVAOC          1 3 7 15 0  EL0  @FEAT_OCCMO  Xt: VA
  "Cleans and invalidates data by address, to outer coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCIVAC=1
DC CIGDVAOC        1 3 7 15 7  EL0  @FEAT_OCCMO&FEAT_MTE  Xt: VA
  "Cleans and invalidates tags and data by address, to outer coherency"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPCP=1; HFGITR_EL2.DCCIVAC=1
DC CIPAE           1 4 7 14 0  EL2  @FEAT_MEC  Xt: PA
  "Cleans and invalidates data by physical address, to the encryption point"
  x 2>u Realm=0
DC CIGDPAE         1 4 7 14 7  EL2  @FEAT_MEC&FEAT_MTE2  Xt: PA
  "Cleans and invalidates tags and data by physical address, to the encryption point"
  x 2>u Realm=0
DC CIPAPA          1 6 7 14 1  EL3  @FEAT_RME  Xt: PA
  "Cleans and invalidates data by physical address, to physical aliasing"
DC CIGDPAPA        1 6 7 14 5  EL3  @FEAT_RME&FEAT_MTE2  Xt: PA
  "Cleans and invalidates tags and data by physical address, to physical aliasing"
IC IALLUIS         1 0 7 1 0   EL1  Xt: none
  "Invalidates all instruction caches, inner shareable"
  x 1>2 HCR_EL2.TPU=1; HCR_EL2.TICAB=1; HFGITR_EL2.ICIALLUIS=1
IC IALLU           1 0 7 5 0   EL1  Xt: none
  "Invalidates all instruction caches of this PE"
  x 1>2 HCR_EL2.TPU=1; HCR_EL2.TOCU=1; HFGITR_EL2.ICIALLU=1
IC IVAU            1 3 7 5 1   EL0  Xt: VA
  "Invalidates instructions by address, to unification"
  x 0>h SCTLR_EL1.UCI=0 | SCTLR_EL2.UCI=0; g1>2 HCR_EL2.TPU=1; HCR_EL2.TOCU=1; HFGITR_EL2.ICIVAU=1
`;
