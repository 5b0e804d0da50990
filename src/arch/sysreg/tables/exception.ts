// Exception reporting: syndromes, fault addresses, vector bases, pending interrupts, context ids, reset.
// The notation is that of ../notation.ts.
export const EXCEPTION = `
AFSR0_EL1              3 0 5 1 0     rw EL1  vncr 0x128
  "IMPLEMENTATION DEFINED fault status"
  63:0 IMPDEF
  at 2 AFSR0_EL2 (E2H=1)
  r 1>2 HCR_EL2.TRVM=1; HFGRTR_EL2.AFSR0_EL1=1
  w 1>2 HCR_EL2.TVM=1; HFGWTR_EL2.AFSR0_EL1=1
AFSR1_EL1              3 0 5 1 1     rw EL1  vncr 0x130
  "IMPLEMENTATION DEFINED fault status"
  63:0 IMPDEF
  at 2 AFSR1_EL2 (E2H=1)
  r 1>2 HCR_EL2.TRVM=1; HFGRTR_EL2.AFSR1_EL1=1
  w 1>2 HCR_EL2.TVM=1; HFGWTR_EL2.AFSR1_EL1=1
ESR_EL1                3 0 5 2 0     rw EL1  vncr 0x138
  "Exception syndrome: why the exception was taken"
  55:32 ISS2  31:26 EC  25 IL  24:0 ISS
  at 2 ESR_EL2 (E2H=1)
  r 1>2 HCR_EL2.TRVM=1; HFGRTR_EL2.ESR_EL1=1
  w 1>2 HCR_EL2.TVM=1; HFGWTR_EL2.ESR_EL1=1
FAR_EL1                3 0 6 0 0     rw EL1  vncr 0x220
  "Fault address"
  63:0 VA
  at 2 FAR_EL2 (E2H=1)
  r 1>2 HCR_EL2.TRVM=1; HFGRTR_EL2.FAR_EL1=1
  w 1>2 HCR_EL2.TVM=1; HFGWTR_EL2.FAR_EL1=1
VBAR_EL1               3 0 12 0 0    rw EL1  vncr 0x250
  "Base of the exception vectors"
  63:11 VBA
  at 2 VBAR_EL2 (E2H=1)
  rw 1>2 HCR_EL2.NV=1 (NV1=1, NV2=0); HFGxTR_EL2.VBAR_EL1=1
RVBAR_EL1              3 0 12 0 1    ro EL1  @!EL2
  "Address of the first instruction after reset"
  63:0 ResetAddress
RMR_EL1                3 0 12 0 2    rw EL1  @!EL2
  "Warm reset request"
  1 RR=0  0 AA64=1
ISR_EL1                3 0 12 1 0    ro EL1
  "Pending interrupts and SErrors"
  10 IS@FEAT_NMI  9 FS@FEAT_NMI  8 A  7 I  6 F
  r 1>2 HFGRTR_EL2.ISR_EL1=1
CONTEXTIDR_EL1         3 0 13 0 1    rw EL1  vncr 0x108
  "Context id: for software, debug and trace"
  31:0 PROCID
  at 2 CONTEXTIDR_EL2 (E2H=1)
  r 1>2 HCR_EL2.TRVM=1; HFGRTR_EL2.CONTEXTIDR_EL1=1
  w 1>2 HCR_EL2.TVM=1; HFGWTR_EL2.CONTEXTIDR_EL1=1
IFSR32_EL2             3 4 5 0 1     rw EL2  @FEAT_AA32EL1
  "AArch32 instruction fault status, for EL2 to see"
  16 FnV  12 ExT  10+3:0 FS  9 LPAE  5:0 STATUS~LPAE
  rw 1>2 HCR_EL2.NV=1
AFSR0_EL2              3 4 5 1 0     rw EL2
  "IMPLEMENTATION DEFINED fault status"
  63:0 IMPDEF
  rw 1>2 HCR_EL2.NV=1
AFSR1_EL2              3 4 5 1 1     rw EL2
  "IMPLEMENTATION DEFINED fault status"
  63:0 IMPDEF
  rw 1>2 HCR_EL2.NV=1
ESR_EL2                3 4 5 2 0     rw EL2
  "Exception syndrome: why the exception was taken"
  55:32 ISS2  31:26 EC  25 IL  24:0 ISS
  at 1 ESR_EL1 (NV=1, NV2=1)
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
FAR_EL2                3 4 6 0 0     rw EL2
  "Fault address"
  63:0 VA
  at 1 FAR_EL1 (NV=1, NV2=1)
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
VBAR_EL2               3 4 12 0 0    rw EL2
  "Base of the exception vectors"
  63:11 VBA
  rw 1>2 HCR_EL2.NV=1
RVBAR_EL2              3 4 12 0 1    ro EL2  @!EL3
  "Address of the first instruction after reset"
  63:0 ResetAddress
  r 1>2 HCR_EL2.NV=1
RMR_EL2                3 4 12 0 2    rw EL2  @!EL3
  "Warm reset request"
  1 RR=0  0 AA64=1
  rw 1>2 HCR_EL2.NV=1
CONTEXTIDR_EL2         3 4 13 0 1    rw EL2  @FEAT_Debugv8p1
  "Context id: for software, debug and trace"
  31:0 PROCID
  rw 1>2 HCR_EL2.NV=1
AFSR0_EL12             3 5 5 1 0     rw EL2  of AFSR0_EL1  vncr 0x128
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
AFSR1_EL12             3 5 5 1 1     rw EL2  of AFSR1_EL1  vncr 0x130
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
ESR_EL12               3 5 5 2 0     rw EL2  of ESR_EL1  vncr 0x138
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
FAR_EL12               3 5 6 0 0     rw EL2  of FAR_EL1  vncr 0x220
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
VBAR_EL12              3 5 12 0 0    rw EL2  of VBAR_EL1  vncr 0x250
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
CONTEXTIDR_EL12        3 5 13 0 1    rw EL2  of CONTEXTIDR_EL1  vncr 0x108
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
`;
