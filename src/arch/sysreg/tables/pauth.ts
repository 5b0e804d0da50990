// Pointer authentication keys.
// The notation is that of ../notation.ts.
export const PAUTH = `
APIAKeyLo_EL1          3 0 2 1 0     rw EL1  @FEAT_PAuth
  "Pointer authentication key A for instructions, low half"
  63:0 APIAKeyLo
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APIAKey=1
APIAKeyHi_EL1          3 0 2 1 1     rw EL1  @FEAT_PAuth
  "Pointer authentication key A for instructions, high half"
  63:0 APIAKeyHi
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APIAKey=1
APIBKeyLo_EL1          3 0 2 1 2     rw EL1  @FEAT_PAuth
  "Pointer authentication key B for instructions, low half"
  63:0 APIBKeyLo
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APIBKey=1
APIBKeyHi_EL1          3 0 2 1 3     rw EL1  @FEAT_PAuth
  "Pointer authentication key B for instructions, high half"
  63:0 APIBKeyHi
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APIBKey=1
APDAKeyLo_EL1          3 0 2 2 0     rw EL1  @FEAT_PAuth
  "Pointer authentication key A for data, low half"
  63:0 APDAKeyLo
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APDAKey=1
APDAKeyHi_EL1          3 0 2 2 1     rw EL1  @FEAT_PAuth
  "Pointer authentication key A for data, high half"
  63:0 APDAKeyHi
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APDAKey=1
APDBKeyLo_EL1          3 0 2 2 2     rw EL1  @FEAT_PAuth
  "Pointer authentication key B for data, low half"
  63:0 APDBKeyLo
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APDBKey=1
APDBKeyHi_EL1          3 0 2 2 3     rw EL1  @FEAT_PAuth
  "Pointer authentication key B for data, high half"
  63:0 APDBKeyHi
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APDBKey=1
APGAKeyLo_EL1          3 0 2 3 0     rw EL1  @FEAT_PAuth
  "Pointer authentication key of PACGA, low half"
  63:0 APGAKeyLo
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APGAKey=1
APGAKeyHi_EL1          3 0 2 3 1     rw EL1  @FEAT_PAuth
  "Pointer authentication key of PACGA, high half"
  63:0 APGAKeyHi
  rw 1>2 HCR_EL2.APK=0; HFGxTR_EL2.APGAKey=1
`;
