// System instructions of other extensions: prediction restriction, branch records, trace, physical address state.
// The notation is that of ../notation.ts.
export const OTHER_OPERATIONS = `
APAS               1 6 7 0 0   EL3  @FEAT_RME_GPC3  Xt: Xt
  "Associates a physical address space"
BRB IALL           1 1 7 2 4   EL1  @FEAT_BRBE  Xt: none
  "Invalidates all branch records"
  x 1>2 HFGITR_EL2.nBRBIALL=0
BRB INJ            1 1 7 2 5   EL1  @FEAT_BRBE  Xt: none
  "Injects a branch record"
  x 1>2 HFGITR_EL2.nBRBINJ=0
CFP RCTX           1 3 7 3 4   EL0  @FEAT_SPECRES  Xt: context
  "Restricts control flow prediction by context"
  x 0>h SCTLR_EL1.EnRCTX=0 | SCTLR_EL2.EnRCTX=0; 1>2 HCR_EL2.NV=1; g1>2 HFGITR_EL2.CFPRCTX=1
COSP RCTX          1 3 7 3 6   EL0  @FEAT_SPECRES2  Xt: context
  "Restricts other speculation by context"
  x 0>h SCTLR_EL1.EnRCTX=0 | SCTLR_EL2.EnRCTX=0; 1>2 HCR_EL2.NV=1; g1>2 HFGITR_EL2.COSPRCTX=1
CPP RCTX           1 3 7 3 7   EL0  @FEAT_SPECRES  Xt: context
  "Restricts cache prefetch prediction by context"
  x 0>h SCTLR_EL1.EnRCTX=0 | SCTLR_EL2.EnRCTX=0; 1>2 HCR_EL2.NV=1; g1>2 HFGITR_EL2.CPPRCTX=1
DVP RCTX           1 3 7 3 5   EL0  @FEAT_SPECRES  Xt: context
  "Restricts data value prediction by context"
  x 0>h SCTLR_EL1.EnRCTX=0 | SCTLR_EL2.EnRCTX=0; 1>2 HCR_EL2.NV=1; g1>2 HFGITR_EL2.DVPRCTX=1
TRCIT              1 3 7 2 7   EL0  @FEAT_ITE  Xt: value
  "Writes a value into the trace"
`;
