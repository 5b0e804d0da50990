// Special-purpose registers: views of PSTATE, saved PSTATE and return addresses, stack pointers, floating-point control (Arm ARM DDI 0487, C5.2).
// The notation is that of ../notation.ts.
export const PSTATE = `
SPSR_EL1               3 0 4 0 0     rw EL1  vncr 0x160
  "Saved PSTATE"
  36 UINJ@FEAT_UINJ  35 PACM@FEAT_PAuth_LR  34 EXLOCK@FEAT_GCS  33 PPEND@FEAT_SEBEP  32 PM@FEAT_EBEP  31 N  30 Z  29 C  28 V  25 TCO@FEAT_MTE
  24 DIT@FEAT_DIT  23 UAO@FEAT_UAO  22 PAN@FEAT_PAN  21 SS  20 IL  13 ALLINT@FEAT_NMI  12 SSBS@FEAT_SSBS  11:10 BTYPE@FEAT_BTI  9 D  8 A  7 I
  6 F  4:0 M{0 EL0t|4 EL1t|5 EL1h|8 EL2t|9 EL2h|16 AArch32 User}  27 Q~AArch32  26:25+15:10 IT~AArch32  24 DIT~AArch32  23 SSBS~AArch32
  19:16 GE~AArch32  9 E~AArch32  5 T~AArch32
  at 2 SPSR_EL2 (E2H=1)
  rw 1>2 HCR_EL2.NV=1 (NV1=1, NV2=0)
ELR_EL1                3 0 4 0 1     rw EL1  vncr 0x230
  "Exception return address"
  63:0 ADDR
  at 2 ELR_EL2 (E2H=1)
  rw 1>2 HCR_EL2.NV=1 (NV1=1, NV2=0)
SP_EL0                 3 0 4 1 0     rw EL1
  "Stack pointer"
  63:0 StackPointer
  rw 12>u PSTATE.SP=0
SPSel                  3 0 4 2 0     rw EL1  pstate
  "PSTATE.SP: which stack pointer is in use"
  0 SP=1
CurrentEL              3 0 4 2 2     ro EL1  pstate
  "The Exception level"
  3:2 EL
PAN                    3 0 4 2 3     rw EL1  @FEAT_PAN  pstate
  "PSTATE.PAN: privileged access never"
  22 PAN
UAO                    3 0 4 2 4     rw EL1  @FEAT_UAO  pstate
  "PSTATE.UAO: unprivileged loads and stores act as ordinary ones"
  23 UAO
ALLINT                 3 0 4 3 0     rw EL1  @FEAT_NMI  pstate
  "PSTATE.ALLINT: all interrupts masked"
  13 ALLINT
  w 1>2 HCRX_EL2.TALLINT=1
NZCV                   3 3 4 2 0     rw EL0  pstate
  "PSTATE.N, Z, C, V: condition flags"
  31 N  30 Z  29 C  28 V
DAIF                   3 3 4 2 1     rw EL0  pstate
  "PSTATE.D, A, I, F: exception masks"
  9 D=1  8 A=1  7 I=1  6 F=1
  rw 0>2 HCR_EL2.E2H=1 (TGE=1); 0>h SCTLR_EL1.UMA=0
SVCR                   3 3 4 2 2     rw EL0  @FEAT_SME
  "PSTATE.SM, ZA: streaming mode and ZA storage"
  1 ZA  0 SM
  rw 0>h:0x1d CPACR_EL1.SMEN!=11 | CPTR_EL2.SMEN!=11; 0>2:0x1d CPTR_EL2.SMEN=x0 (E2H=1); 1>1:0x1d CPACR_EL1.SMEN=x0
  rw 012>2:0x1d CPTR_EL2.TSM=1 (E2H=0); 12>2:0x1d CPTR_EL2.SMEN=x0 (E2H=1)
DIT                    3 3 4 2 5     rw EL0  @FEAT_DIT  pstate
  "PSTATE.DIT: timing independent of data"
  24 DIT=0
SSBS                   3 3 4 2 6     rw EL0  @FEAT_SSBS2  pstate
  "PSTATE.SSBS: speculative store bypass is safe"
  12 SSBS
FPCR                   3 3 4 4 0     rw EL0
  "Floating-point control"
  26 AHP  25 DN  24 FZ  23:22 RMode  21:20 Stride  19 FZ16@FEAT_FP16  18:16 Len  15 IDE  13 EBF@FEAT_EBF16  12 IXE  11 UFE  10 OFE  9 DZE
  8 IOE  2 NEP@FEAT_AFP  1 AH@FEAT_AFP  0 FIZ@FEAT_AFP
  rw 0>u CPACR_EL1.FPEN!=11 (E2H=0, TGE=1); 0>1:0x07 CPACR_EL1.FPEN!=11 (TGE=0); 0>2:0x07 CPTR_EL2.FPEN!=11 (E2H=1, TGE=1)
  rw 0>2:0x07 CPTR_EL2.FPEN=x0 (E2H=1); 1>1:0x07 CPACR_EL1.FPEN=x0; 012>2:0x07 CPTR_EL2.TFP=1 (E2H=0); 12>2:0x07 CPTR_EL2.FPEN=x0 (E2H=1)
FPSR                   3 3 4 4 1     rw EL0
  "Floating-point status"
  31 N@FEAT_AA32&FEAT_FP  30 Z@FEAT_AA32&FEAT_FP  29 C  28 V  27 QC  7 IDC  4 IXC  3 UFC  2 OFC  1 DZC  0 IOC
  rw 0>u CPACR_EL1.FPEN!=11 (E2H=0, TGE=1); 0>1:0x07 CPACR_EL1.FPEN!=11 (TGE=0); 0>2:0x07 CPTR_EL2.FPEN!=11 (E2H=1, TGE=1)
  rw 0>2:0x07 CPTR_EL2.FPEN=x0 (E2H=1); 1>1:0x07 CPACR_EL1.FPEN=x0; 012>2:0x07 CPTR_EL2.TFP=1 (E2H=0); 12>2:0x07 CPTR_EL2.FPEN=x0 (E2H=1)
FPMR                   3 3 4 4 2     rw EL0  @FEAT_FPMR
  "Floating-point modes of the 8-bit formats"
  37:32 LSCALE2  31:24 NSCALE  22:16 LSCALE  15 OSC  14 OSM  8:6 F8D  5:3 F8S2  2:0 F8S1
  rw 0>h SCTLR_EL1.EnFPM=0 | SCTLR_EL2.EnFPM=0; g1>2 HCRX_EL2.EnFPM=0; 0>u CPACR_EL1.FPEN!=11 (E2H=0, TGE=1)
  rw 0>1:0x07 CPACR_EL1.FPEN!=11 (TGE=0); 0>2:0x07 CPTR_EL2.FPEN!=11 (E2H=1, TGE=1); CPTR_EL2.FPEN=x0 (E2H=1); 1>1:0x07 CPACR_EL1.FPEN=x0
  rw 012>2:0x07 CPTR_EL2.TFP=1 (E2H=0); 12>2:0x07 CPTR_EL2.FPEN=x0 (E2H=1)
SPSR_EL2               3 4 4 0 0     rw EL2
  "Saved PSTATE"
  36 UINJ@FEAT_UINJ  35 PACM@FEAT_PAuth_LR  34 EXLOCK@FEAT_GCS  33 PPEND@FEAT_SEBEP  32 PM@FEAT_EBEP  31 N  30 Z  29 C  28 V  25 TCO@FEAT_MTE
  24 DIT@FEAT_DIT  23 UAO@FEAT_UAO  22 PAN@FEAT_PAN  21 SS  20 IL  13 ALLINT@FEAT_NMI  12 SSBS@FEAT_SSBS  11:10 BTYPE@FEAT_BTI  9 D  8 A  7 I
  6 F  4:0 M{0 EL0t|4 EL1t|5 EL1h|8 EL2t|9 EL2h|16 AArch32 User}  27 Q~AArch32  26:25+15:10 IT~AArch32  24 DIT~AArch32  23 SSBS~AArch32
  19:16 GE~AArch32  9 E~AArch32  5 T~AArch32
  at 1 SPSR_EL1 (NV=1, NV2=1)
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
ELR_EL2                3 4 4 0 1     rw EL2
  "Exception return address"
  63:0 ADDR
  at 1 ELR_EL1 (NV=1, NV2=1)
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
SP_EL1                 3 4 4 1 0     rw EL2  vncr 0x240
  "Stack pointer"
  63:0 StackPointer
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
SPSR_irq               3 4 4 3 0     rw EL2
  "AArch32 IRQ mode saved PSTATE, for EL2 to see"
  31 N  30 Z  29 C  28 V  27 Q  24 J  23 SSBS@FEAT_SSBS  22 PAN@FEAT_PAN  21 DIT@FEAT_DIT  20 IL  19:16 GE  15:10+26:25 IT  9 E  8 A  7 I  6 F
  5 T  4:0 M[4:0]
  rw 1>2 HCR_EL2.NV=1
SPSR_abt               3 4 4 3 1     rw EL2
  "AArch32 Abort mode saved PSTATE, for EL2 to see"
  31 N  30 Z  29 C  28 V  27 Q  24 J  23 SSBS@FEAT_SSBS  22 PAN@FEAT_PAN  21 DIT@FEAT_DIT  20 IL  19:16 GE  15:10+26:25 IT  9 E  8 A  7 I  6 F
  5 T  4:0 M[4:0]
  rw 1>2 HCR_EL2.NV=1
SPSR_und               3 4 4 3 2     rw EL2
  "AArch32 Undefined mode saved PSTATE, for EL2 to see"
  31 N  30 Z  29 C  28 V  27 Q  24 J  23 SSBS@FEAT_SSBS  22 PAN@FEAT_PAN  21 DIT@FEAT_DIT  20 IL  19:16 GE  15:10+26:25 IT  9 E  8 A  7 I  6 F
  5 T  4:0 M[4:0]
  rw 1>2 HCR_EL2.NV=1
SPSR_fiq               3 4 4 3 3     rw EL2
  "AArch32 FIQ mode saved PSTATE, for EL2 to see"
  31 N  30 Z  29 C  28 V  27 Q  24 J  23 SSBS@FEAT_SSBS  22 PAN@FEAT_PAN  21 DIT@FEAT_DIT  20 IL  19:16 GE  15:10+26:25 IT  9 E  8 A  7 I  6 F
  5 T  4:0 M[4:0]
  rw 1>2 HCR_EL2.NV=1
SPSR_EL12              3 5 4 0 0     rw EL2  of SPSR_EL1  vncr 0x160
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
ELR_EL12               3 5 4 0 1     rw EL2  of ELR_EL1  vncr 0x230
  rw 1>2 HCR_EL2.NV=1 (NV2=0); HCR_EL2.NV=1 (NV1=1); 2>u E2H=0
`;
