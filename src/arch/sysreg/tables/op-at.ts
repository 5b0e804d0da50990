// AT: address translation instructions.
// The notation is that of ../notation.ts.
export const AT_OPERATIONS = `
AT S1E1R           1 0 7 8 0   EL1  Xt: VA
  "Translates as a read of EL1"
  x 1>2 HCR_EL2.AT=1; HFGITR_EL2.ATS1E1R=1
AT S1E1W           1 0 7 8 1   EL1  Xt: VA
  "Translates as a write of EL1"
  x 1>2 HCR_EL2.AT=1; HFGITR_EL2.ATS1E1W=1
AT S1E0R           1 0 7 8 2   EL1  Xt: VA
  "Translates as a read of EL0"
  x 1>2 HCR_EL2.AT=1; HFGITR_EL2.ATS1E0R=1
AT S1E0W           1 0 7 8 3   EL1  Xt: VA
  "Translates as a write of EL0"
  x 1>2 HCR_EL2.AT=1; HFGITR_EL2.ATS1E0W=1
AT S1E1RP          1 0 7 9 0   EL1  @FEAT_PAN2  Xt: VA
  "Translates as a read of EL1, with PSTATE.PAN"
  x 1>2 HCR_EL2.AT=1; HFGITR_EL2.ATS1E1RP=1
AT S1E1WP          1 0 7 9 1   EL1  @FEAT_PAN2  Xt: VA
  "Translates as a write of EL1, with PSTATE.PAN"
  x 1>2 HCR_EL2.AT=1; HFGITR_EL2.ATS1E1WP=1
AT S1E1A           1 0 7 9 2   EL1  @FEAT_ATS1A  Xt: VA
  "Translates for EL1 without permission checks"
  x 1>2 HCR_EL2.AT=1; HFGITR_EL2.ATS1E1A=1
AT S1E2R           1 4 7 8 0   EL2  Xt: VA
  "Translates as a read of EL2"
  x 1>2 HCR_EL2.NV=1
AT S1E2W           1 4 7 8 1   EL2  Xt: VA
  "Translates as a write of EL2"
  x 1>2 HCR_EL2.NV=1
AT S12E1R          1 4 7 8 4   EL2  Xt: VA
  "Translates as a read of EL1, both stages"
  x 1>2 HCR_EL2.NV=1
AT S12E1W          1 4 7 8 5   EL2  Xt: VA
  "Translates as a write of EL1, both stages"
  x 1>2 HCR_EL2.NV=1
AT S12E0R          1 4 7 8 6   EL2  Xt: VA
  "Translates as a read of EL0, both stages"
  x 1>2 HCR_EL2.NV=1
AT S12E0W          1 4 7 8 7   EL2  Xt: VA
  "Translates as a write of EL0, both stages"
  x 1>2 HCR_EL2.NV=1
AT S1E2A           1 4 7 9 2   EL2  @FEAT_ATS1A  Xt: VA
  "Translates for EL2 without permission checks"
  x 1>2 HCR_EL2.NV=1
AT S1E3R           1 6 7 8 0   EL3  Xt: VA
  "Translates as a read of EL3"
AT S1E3W           1 6 7 8 1   EL3  Xt: VA
  "Translates as a write of EL3"
AT S1E3A           1 6 7 9 2   EL3  @FEAT_ATS1A  Xt: VA
  "Translates for EL3 without permission checks"
`;
