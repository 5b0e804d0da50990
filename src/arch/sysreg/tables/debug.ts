// Self-hosted and external debug (Arm ARM DDI 0487, D24.3).
// The notation is that of ../notation.ts.
export const DEBUG = `
OSDTRRX_EL1            2 0 0 0 2     rw EL1
  "Debug channel, to save and restore: receive"
  31:0 DTRRX
  rw 1>2 MDCR_EL2.TDCC=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
DBGBVR<n>_EL1 n=0-15   2 0 0 n 4     rw EL1
  "Breakpoint: address or context"
  63:57 RESS[14:8]  56:53 VA[56:53]@FEAT_LVA3  52:49 VA[52:49]@FEAT_LVA  48:2 VA[48:2]
  31:0 ContextID~context  39:32 VMID[7:0]~vmid  47:40 VMID[15:8]~vmid  63:32 ContextID2~context2
  rw 1>2 HDFGxTR_EL2.DBGBVRn_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
DBGBCR<n>_EL1 n=0-15   2 0 0 n 5     rw EL1
  "Breakpoint: control"
  31:30 LBNX@FEAT_Debugv8p9  28:24 MASK@FEAT_BWE  23:20 BT  19:16 LBN  15:14 SSC  13 HMC  8:5 BAS  3 BT2@FEAT_ABLE  2:1 PMC  0 E
  rw 1>2 HDFGxTR_EL2.DBGBCRn_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
DBGWVR<n>_EL1 n=0-15   2 0 0 n 6     rw EL1
  "Watchpoint: address"
  63:57 RESS[14:8]  56:53 VA[56:53]@FEAT_LVA3  52:49 VA[52:49]@FEAT_LVA  48:2 VA[48:2]
  rw 1>2 HDFGxTR_EL2.DBGWVRn_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
DBGWCR<n>_EL1 n=0-15   2 0 0 n 7     rw EL1
  "Watchpoint: control"
  31:30 LBNX@FEAT_Debugv8p9  28:24 MASK  22 WT2@FEAT_BWE2  20 WT  19:16 LBN  15:14 SSC  13 HMC  12:5 BAS  4:3 LSC  2:1 PAC  0 E
  rw 1>2 HDFGxTR_EL2.DBGWCRn_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
MDCCINT_EL1            2 0 0 2 0     rw EL1
  "Debug channel: interrupts"
  30 RX=0  29 TX=0
  rw 1>2 MDCR_EL2.TDCC=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
MDSCR_EL1              2 0 0 2 2     rw EL1  vncr 0x158
  "Debug: control"
  50 EnSTEPOP@FEAT_STEP2  35 EHBWE=0@FEAT_Debugv8p9  34 EnSPM@FEAT_SPMU  33 TTA=0@FEAT_TRBE_EXT|FEAT_ETEv1p3  32 EMBWE@FEAT_Debugv8p9
  31 TFO=0@FEAT_TRF  30 RXfull=0  29 TXfull=0  27 RXO=0  26 TXU=0  23:22 INTdis=0  21 TDA=0  19 SC2=0@FEAT_PCSRv8&FEAT_VHE&!FEAT_PCSRv8p2
  15 MDE  14 HDE=0  13 KDE  12 TDCC  6 ERR=0  0 SS
  rw 1>2 HDFGxTR_EL2.MDSCR_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
OSDTRTX_EL1            2 0 0 3 2     rw EL1
  "Debug channel, to save and restore: transmit"
  31:0 DTRTX
  rw 1>2 MDCR_EL2.TDCC=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
MDSELR_EL1             2 0 0 4 2     rw EL1  @FEAT_Debugv8p9
  "Selects a bank of breakpoints and watchpoints"
  5:4 BANK
  rw 1>2 HDFGxTR2_EL2.nMDSELR_EL1=0; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
MDSTEPOP_EL1           2 0 0 5 2     rw EL1  @FEAT_STEP2
  "The instruction that software step executes instead"
  31:0 OPCODE
  rw 1>2 HDFGxTR2_EL2.nMDSTEPOP_EL1=0; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
OSECCR_EL1             2 0 0 6 2     rw EL1
  "External debug exception catch, to save and restore"
  31:0 EDECCR=0
  rw 1>2 HDFGxTR_EL2.OSECCR_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
MDRAR_EL1              2 0 1 0 0     ro EL1
  "Address of the debug ROM table"
  55:12 ROMADDR  1:0 Valid
  r 1>2 MDCR_EL2.TDE=1; MDCR_EL2.TDRA=1
OSLAR_EL1              2 0 1 0 4     wo EL1
  "OS lock: sets and clears it"
  0 OSLK
  w 1>2 HDFGWTR_EL2.OSLAR_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDOSA=1
OSLSR_EL1              2 0 1 1 4     ro EL1
  "OS lock: status"
  3+0 OSLM  2 nTT  1 OSLK=1
  r 1>2 HDFGRTR_EL2.OSLSR_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDOSA=1
OSDLR_EL1              2 0 1 3 4     rw EL1
  "OS double lock"
  0 DLK=0@FEAT_DoubleLock
  rw 1>2 HDFGxTR_EL2.OSDLR_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDOSA=1
DBGPRCR_EL1            2 0 1 4 4     rw EL1
  "Debug: keep the core powered"
  0 CORENPDRQ@FEAT_DoPD
  rw 1>2 HDFGxTR_EL2.DBGPRCR_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDOSA=1
DBGCLAIMSET_EL1        2 0 7 8 6     rw EL1
  "Debug claim tags: reads which there are and sets"
  7:0 CLAIM<7:0>
  rw 1>2 HDFGxTR_EL2.DBGCLAIM=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
DBGCLAIMCLR_EL1        2 0 7 9 6     rw EL1
  "Debug claim tags: reads and clears"
  7:0 CLAIM<7:0>=0
  rw 1>2 HDFGxTR_EL2.DBGCLAIM=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
DBGAUTHSTATUS_EL1      2 0 7 14 6    ro EL1
  "Which kinds of debug are allowed"
  27:26 RTNID  25:24 RTID  15:14 RLNID  13:12 RLID  7:6 SNID@FEAT_Debugv8p4  5:4 SID  3:2 NSNID@FEAT_Debugv8p4  1:0 NSID
  r 1>2 HDFGRTR_EL2.DBGAUTHSTATUS_EL1=1; MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
MDCCSR_EL0             2 3 0 1 0     ro EL0
  "Debug channel: status"
  30 RXfull  29 TXfull
  r 0>h MDSCR_EL1.TDCC=1; 01>2 MDCR_EL2.TDCC=1; 0>2 HCR_EL2.TGE=1; 01>2 MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
DBGDTR_EL0             2 3 0 4 0     rw EL0
  "Debug channel: 64 bits in one access"
  63:32 HighWord  31:0 LowWord
  rw 0>h MDSCR_EL1.TDCC=1; 01>2 MDCR_EL2.TDCC=1; 0>2 HCR_EL2.TGE=1; 01>2 MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
DBGDTRRX_EL0/DBGDTRTX_EL0 2 3 0 5 0     rw EL0
  "Debug channel: reads what the debugger sent, writes what it shall get"
  31:0 DTRRX
  rw 0>h MDSCR_EL1.TDCC=1; 01>2 MDCR_EL2.TDCC=1; 0>2 HCR_EL2.TGE=1; 01>2 MDCR_EL2.TDE=1; MDCR_EL2.TDA=1
DBGVCR32_EL2           2 4 0 7 0     rw EL2  @FEAT_AA32EL1
  "AArch32 vector catch, for EL2 to see"
  31 NSF  30 NSI  28 NSD  27 NSP  26 NSS  25 NSU  7 SF  6 SI  4 SD  3 SP  2 SS  1 SU
  rw 1>2 HCR_EL2.NV=1
DSPSR_EL0              3 3 4 5 0     rw EL0
  "Debug state: saved PSTATE"
  36 UINJ@FEAT_UINJ  35 PACM@FEAT_PAuth_LR  34 EXLOCK@FEAT_GCS  33 PPEND@FEAT_SEBEP  32 PM@FEAT_EBEP  31 N  30 Z  29 C  28 V  25 TCO@FEAT_MTE
  24 DIT@FEAT_DIT  23 UAO@FEAT_UAO  22 PAN@FEAT_PAN  21 SS  20 IL  13 ALLINT@FEAT_NMI  12 SSBS@FEAT_SSBS  11:10 BTYPE@FEAT_BTI  9 D  8 A  7 I
  6 F  4:0 M{0 EL0t|4 EL1t|5 EL1h|8 EL2t|9 EL2h|16 AArch32 User}
  rw 012>u Debug=0
DLR_EL0                3 3 4 5 1     rw EL0
  "Debug state: where to resume"
  63:0 ADDR
  rw 012>u Debug=0
MDCR_EL2               3 4 1 1 1     rw EL2
  "Debug and performance monitors: control and traps of EL2"
  50 EnSTEPOP@FEAT_STEP2  43 EBWE@FEAT_Debugv8p9  41:40 PMEE@FEAT_EBEP  36 HPMFZS@FEAT_SPEv1p2  31:30 PMSSE@FEAT_PMUv3_SS
  29 HPMFZO@FEAT_PMUv3p7  28 MTPME=1@FEAT_MTPMU  27 TDCC@FEAT_FGT  26 HLP@FEAT_PMUv3p5  25:24 E2TB@FEAT_TRBE  23 HCCD=0@FEAT_PMUv3p5
  19 TTRF@FEAT_TRF  17 HPMD=0@FEAT_PMUv3p1  15 EnSPM@FEAT_SPMU  14 TPMS@FEAT_SPE  13:12 E2PB@FEAT_SPE  11 TDRA  10 TDOSA  9 TDA  8 TDE
  7 HPME@FEAT_PMUv3  6 TPM@FEAT_PMUv3  5 TPMCR@FEAT_PMUv3  4:0 HPMN@FEAT_PMUv3
  rw 1>2 HCR_EL2.NV=1
SDER32_EL2             3 4 1 3 1     rw EL2  @FEAT_SEL2&FEAT_AA32EL1
  "AArch32 secure debug enable"
  1 SUNIDEN  0 SUIDEN@EL3
  rw 12>u Secure=0; 1>2 HCR_EL2.NV=1
`;
