// Registers of EL3 and the Secure physical timer. EL3 is absent here, so every access to them is UNDEFINED; the rows say what they would be.
// The notation is that of ../notation.ts.
export const EL3 = `
SPMACCESSR_EL3         2 6 9 13 3    rw EL3  @FEAT_SPMU
  "System PMU: which may be used from lower levels"
  63:0 P<31:0>
SPMROOTCR_EL3          2 6 9 14 7    rw EL3  @FEAT_RME&FEAT_SPMU
  "System PMU: control of EL3"
  63:32 IMPDEF  3 NAO  1 RLO  0 RTO
SCTLR_EL3              3 6 1 0 0     rw EL3
  "System control: MMU, caches, alignment, what EL0 may do"
  62 SPINTMASK@FEAT_NMI  61 NMI  59 TCSO  53 TME  51 TMT  44 DSSBS  43 ATA@FEAT_MTE2  41:40 TCF  37 ITFSB@FEAT_MTE_ASYNC  36 BT@FEAT_BTI
  31 EnIA@FEAT_PAuth  30 EnIB@FEAT_PAuth  27 EnDA@FEAT_PAuth  25 EE@FEAT_MixedEnd  22 EIS@FEAT_ExS  21 IESB@FEAT_IESB  19 WXN
  13 EnDB@FEAT_PAuth  12 I  11 EOS@FEAT_ExS  6 nAA@FEAT_LSE2  3 SA  2 C  1 A  0 M
ACTLR_EL3              3 6 1 0 1     rw EL3
  "IMPLEMENTATION DEFINED control of this level"
  63:0 IMPDEF
SCTLR2_EL3             3 6 1 0 3     rw EL3  @FEAT_SCTLR2
  "System control, continued"
  11 CPTM@FEAT_CPA2  9 CPTA@FEAT_CPA2  7 EnPACM@FEAT_PAuth_LR  4 EnANERR@FEAT_ANERR  3 EnADERR@FEAT_ADERR  1 EMEC@FEAT_MEC
SCR_EL3                3 6 1 1 0     rw EL3
  "Secure configuration: routing and traps of EL3"
  62 NSE@FEAT_RME  61 HACDBSEn@FEAT_HACDBS  60 HDBSSEn@FEAT_HDBSS  59 FGTEn2@FEAT_FGT2  58 EnDSE@FEAT_E3DSE  57 DSE@FEAT_E3DSE
  55 EnIDCP128@FEAT_SYSREG128  54 SRMASKEn@FEAT_SRMASK  53 PFAREn@FEAT_PFAR  52 TWERR@FEAT_RASv2  51 TMEA@FEAT_DoubleFault2
  50 EnFPM@FEAT_FPMR  49 MECEn@FEAT_MEC  48 GPF@FEAT_RME  47 D128En@FEAT_D128  46 AIEn@FEAT_AIE
  45 PIEn@FEAT_S1PIE|FEAT_S2PIE|FEAT_S1POE|FEAT_S2POE  44 SCTLR2En@FEAT_SCTLR2  43 TCR2En@FEAT_TCR2  42 RCWMASKEn@FEAT_THE  41 EnTP2@FEAT_SME
  40 TRNDR=0@FEAT_RNG_TRAP  39 GCSEn@FEAT_GCS  38 HXEn  37 ADEn  36 EnAS0  35 AMVOFFEN@FEAT_AMUv1p1  34 TME  33:30 TWEDEL@FEAT_TWED
  29 TWEDEn@FEAT_TWED  28 ECVEn@FEAT_ECV_POFF  27 FGTEn@FEAT_FGT  26 ATA@FEAT_MTE2  25 EnSCXT@FEAT_CSV2_2|FEAT_CSV2_1p2
  23 TID5@FEAT_IDTE3&FEAT_MTE2  22 TID3@FEAT_IDTE3  21 FIEN@FEAT_RASv1p1  20 NMEA=0@FEAT_DoubleFault  19 EASE=0@FEAT_DoubleFault
  18 EEL2@FEAT_SEL2  17 API@FEAT_PAuth  16 APK@FEAT_PAuth  15 TERR@FEAT_RAS  14 TLOR@FEAT_LOR  13 TWE  12 TWI  11 ST  10 RW@FEAT_AA32EL1
  9 SIF  8 HCE  7 SMD  3 EA  2 FIQ  1 IRQ  0 NS@FEAT_RME
SDER32_EL3             3 6 1 1 1     rw EL3  @FEAT_AA32EL1
  "AArch32 secure debug enable"
  1 SUNIDEN  0 SUIDEN
CPTR_EL3               3 6 1 1 2     rw EL3
  "Traps of SIMD and floating point, SVE, SME, trace and activity monitors"
  31 TCPAC@FEAT_AMUv1  30 TAM  20 TTA@FEAT_TRC_SR  12 ESM@FEAT_SME  10 TFP  8 EZ@FEAT_SVE
FGWTE3_EL3             3 6 1 1 5     rw EL3  @FEAT_FGWTE3
  "Fine-grained write traps of EL3"
  22 GPCBW_EL3=0  21 VBAR_EL3=0  20 TTBR0_EL3=0  19 TPIDR_EL3=0  18 TCR_EL3=0  17 SPMROOTCR_EL3=0@FEAT_RME&FEAT_SPMU
  16 SCTLR2_EL3=0@FEAT_SCTLR2  15 SCTLR_EL3=0  14 PIR_EL3=0@FEAT_S1PIE  13 MPAM3_EL3=0@FEAT_MPAMv0p1|FEAT_MPAMv1p0  12 MECID_RL_A_EL3
  11 MDCR_EL3=0  10 MAIR2_EL3=0@FEAT_AIE  9 MAIR_EL3=0  8 GPTBR_EL3=0@FEAT_RME  7 GPCCR_EL3=0@FEAT_RME  6 GCSPR_EL3=0@FEAT_GCS  5 GCSCR_EL3
  4 AMAIR2_EL3=0@FEAT_AIE  3 AMAIR_EL3=0  2 AFSR1_EL3=0  1 AFSR0_EL3=0  0 ACTLR_EL3=0
ZCR_EL3                3 6 1 2 0     rw EL3  @FEAT_SVE
  "SVE vector length"
  3:0 LEN
SMCR_EL3               3 6 1 2 6     rw EL3  @FEAT_SME
  "SME: vector length and access"
  31 FA64@FEAT_SME_FA64  30 EZT0@FEAT_SME2  3:0 LEN
MDCR_EL3               3 6 1 3 1     rw EL3
  "Debug and performance monitors: control and traps of EL2"
  55 EnPMS4@FEAT_SPE_nVM  54:53 TRBEE@FEAT_TRBE_EXC  52:51 PMSEE@FEAT_SPE_EXC  50 EnSTEPOP  49:48 ETBAD=0@FEAT_TRBE_EXT  47 EnITE@FEAT_ITE
  46:45 EPMSSAD=0@FEAT_PMUv3_SS  44 EnPMSS@FEAT_PMUv3_SS  43 EBWE=0@FEAT_Debugv8p9  42 EnPMS3@FEAT_SPE_FDS  41:40 PMEE@FEAT_EBEP
  39 EnTB2@FEAT_TRBE_MPAM  38 E3BREC=0@FEAT_BRBEv1p1  37 E3BREW=0@FEAT_BRBEv1p1  36 EnPMSN@FEAT_SPE_FnE  35 MPMX=0@FEAT_PMUv3p7
  34 MCCD=0@FEAT_PMUv3p7  33:32 SBRBE  31:30 PMSSE  28 MTPME=1@FEAT_MTPMU  27 TDCC@FEAT_FGT  26 NSTBE@FEAT_TRBE&FEAT_RME
  25:24 NSTB@FEAT_TRBE&FEAT_RME  23 SCCD=0@FEAT_PMUv3p5  22 ETAD=0@FEAT_RME&FEAT_TRC_EXT&FEAT_TRBE  21 EPMAD=0@FEAT_RME&FEAT_PMUv3_EXT
  20 EDAD=0@FEAT_RME  19 TTRF@FEAT_TRF  18 STE  17 SPME  16 SDD  15:14 SPD32@FEAT_AA32EL1  13:12 NSPB@FEAT_SPE&FEAT_RME
  11 NSPBE@FEAT_SPE&FEAT_RME  10 TDOSA@FEAT_DoubleLock  9 TDA  7 EnPM2  6 TPM@FEAT_PMUv3  4 EDADE=0@FEAT_RME
  3 ETADE=0@FEAT_RME&FEAT_TRC_EXT&FEAT_TRBE  2 EPMADE=0@FEAT_RME&FEAT_PMUv3_EXT  0 RLTE=0@FEAT_RME&FEAT_TRF
TTBR0_EL3              3 6 2 0 0     rw EL3
  "Base of the translation tables of the lower address range"
  55:5 BADDR  2:1 SKL  0 CnP@!FEAT_D128|TCR_EL3.D128=0
TCR_EL3                3 6 2 0 2     rw EL3
  "Translation control: sizes, granules, attributes of walks"
  43 DisCH0@FEAT_D128&TCR_EL3.D128=1  42 HAFT@FEAT_HAFT  41 PTTWI  38 D128  37 AIE@FEAT_AIE  36 POE  35 PIE@FEAT_S1PIE  34 PnCH@FEAT_THE
  33 MTX@FEAT_MTE_NO_ADDRESS_TAGS|FEAT_MTE_CANONICAL_TAGS  32 DS@FEAT_LPA2&(!FEAT_D128|TCR_EL3.D128=0)  30 TCMA@FEAT_MTE2  29 TBID@FEAT_PAuth
  28 HWU62  27:25 HWU<61:59>@FEAT_HPDS2  24 HPD@FEAT_HPDS  22 HD@FEAT_HAFDBS  21 HA@FEAT_HAFDBS  20 TBI  18:16 PS  15:14 TG0  13:12 SH0
  11:10 ORGN0  9:8 IRGN0  5:0 T0SZ
GPTBR_EL3              3 6 2 1 4     rw EL3  @FEAT_RME
  "Granule protection table: base"
  43:40 BADDR[43:40]@FEAT_RME_GPC3  39:0 BADDR
GPCBW_EL3              3 6 2 1 5     rw EL3  @FEAT_RME_GPC3
  "Granule protection checks: bypass windows"
  39:37 BWSIZE  36:32 BWSTRIDE  25:0 BWADDR
GPCCR_EL3              3 6 2 1 6     rw EL3  @FEAT_RME
  "Granule protection checks: control"
  29 GPCBW@FEAT_RME_GPC3  28 NA7  27 NA6@FEAT_RME_GDI  26 NSP@FEAT_RME_GDI  25 SA@FEAT_RME_GDI  24 APPSAA@FEAT_RME_GPC2  23:20 L0GPTSZ
  19 NSO@FEAT_RME_GPC2  18 TBGPCD=0@FEAT_TRBE_EXT  17 GPCP  16 GPC=0  15:14 PGS  13:12 SH  11:10 ORGN  9:8 IRGN  7 SPAD@FEAT_RME_GPC2
  6 NSPAD@FEAT_RME_GPC2  5 RLPAD@FEAT_RME_GPC2  3 PPS3@FEAT_RME_GPC3  2:0 PPS@FEAT_RME_GPC3
GCSCR_EL3              3 6 2 5 0     rw EL3  @FEAT_GCS
  "Guarded control stack: control"
  9 STREn=0  8 PUSHMEn=0  6 EXLOCKEN=0  5 RVCHKEN  0 PCRSEL=0
GCSPR_EL3              3 6 2 5 1     rw EL3  @FEAT_GCS
  "Guarded control stack: pointer"
  63:3 PTR[63:3]
SPSR_EL3               3 6 4 0 0     rw EL3
  "Saved PSTATE"
  36 UINJ@FEAT_UINJ  35 PACM@FEAT_PAuth_LR  34 EXLOCK@FEAT_GCS  33 PPEND@FEAT_SEBEP  32 PM@FEAT_EBEP  31 N  30 Z  29 C  28 V  25 TCO@FEAT_MTE
  24 DIT@FEAT_DIT  23 UAO@FEAT_UAO  22 PAN@FEAT_PAN  21 SS  20 IL  13 ALLINT@FEAT_NMI  12 SSBS@FEAT_SSBS  11:10 BTYPE@FEAT_BTI  9 D  8 A  7 I
  6 F  4:0 M{0 EL0t|4 EL1t|5 EL1h|8 EL2t|9 EL2h|16 AArch32 User}
ELR_EL3                3 6 4 0 1     rw EL3
  "Exception return address"
  63:0 ADDR
SP_EL2                 3 6 4 1 0     rw EL3
  "Stack pointer"
  63:0 StackPointer
AFSR0_EL3              3 6 5 1 0     rw EL3
  "IMPLEMENTATION DEFINED fault status"
  63:0 IMPDEF
AFSR1_EL3              3 6 5 1 1     rw EL3
  "IMPLEMENTATION DEFINED fault status"
  63:0 IMPDEF
ESR_EL3                3 6 5 2 0     rw EL3
  "Exception syndrome: why the exception was taken"
  55:32 ISS2  31:26 EC  25 IL  24:0 ISS
VSESR_EL3              3 6 5 2 3     rw EL3  @FEAT_E3DSE
  "Syndrome of the virtual SError"
  24 IDS  23:0 ISS
TFSR_EL3               3 6 5 6 0     rw EL3  @FEAT_MTE_ASYNC
  "Tag check faults that were not taken"
  0 TF0@FEAT_MTE_ASYNC
FAR_EL3                3 6 6 0 0     rw EL3
  "Fault address"
  63:0 VA
MFAR_EL3               3 6 6 0 5     rw EL3  @FEAT_PFAR&FEAT_RME
  "Physical fault address"
  63 NS  62 NSE  61 NSE2@FEAT_RME_GDI  55:52 FPA[55:52]@FEAT_D128  51:48 FPA[51:48]@FEAT_LPA  47:12 FPA
  55:52 PA[55:52]~external@FEAT_D128  51:48 PA[51:48]~external@FEAT_LPA  47:0 PA~external
PMBSR_EL3              3 6 9 10 3    rw EL3  @FEAT_SPE_EXC
  "Profiling buffer: status"
  55:32 MSS2  31:26 EC  19 DL  18 EA  17 S  16 COLL  15:0 MSS
TRBSR_EL3              3 6 9 11 3    rw EL3  @FEAT_TRBE_EXC
  "Trace buffer: status"
  55:32 MSS2  31:26 EC  23 DAT  22 IRQ  21 TRG  20 WRAP  18 EA  17 S  15:0 MSS
MAIR2_EL3              3 6 10 1 1    rw EL3  @FEAT_AIE
  "Memory attributes that descriptors select, second half"
  63:0 Attr<7:0>
MAIR_EL3               3 6 10 2 0    rw EL3
  "Memory attributes that descriptors select"
  63:0 Attr<7:0>
PIR_EL3                3 6 10 2 3    rw EL3  @FEAT_S1PIE
  "Indirect permissions: what each index means for privileged accesses"
  63:0 Perm<15:0>
POR_EL3                3 6 10 2 4    rw EL3  @FEAT_S1POE
  "Permission overlays: what each index allows"
  63:0 Perm<15:0>
AMAIR_EL3              3 6 10 3 0    rw EL3
  "IMPLEMENTATION DEFINED memory attributes"
  63:0 IMPDEF
AMAIR2_EL3             3 6 10 3 1    rw EL3  @FEAT_AIE
  "IMPLEMENTATION DEFINED memory attributes, second half"
  63:0 IMPDEF
MPAM3_EL3              3 6 10 5 0    rw EL3  @FEAT_MPAM
  "Resource partition of EL3, and traps"
  63 MPAMEN=0  62 TRAPLOWER=1  61 SDEFLT@(FEAT_MPAMv0p1|FEAT_MPAMv1p1)&MPAMIDR_EL1.HAS_SDEFLT=1  60 FORCE_NS
  57 ALTSP_HEN@FEAT_RME&MPAMIDR_EL1.HAS_ALTSP=1  56 ALTSP_HFC@FEAT_RME&MPAMIDR_EL1.HAS_ALTSP=1  55 ALTSP_EL3@FEAT_RME&MPAMIDR_EL1.HAS_ALTSP=1
  52 RT_ALTSP_NS@FEAT_RME&MPAMIDR_EL1.HAS_ALTSP=1  47:40 PMG_D  39:32 PMG_I  31:16 PARTID_D  15:0 PARTID_I
MPAMBW3_EL3            3 6 10 5 4    rw EL3  @FEAT_MPAM_PE_BW_CTRL
  "Bandwidth limit of EL3, and traps"
  63 HW_SCALE_ENABLE  62 ENABLED  61 HARDLIM  49 nTRAPLOWER  31:0 MAX
MECID_RL_A_EL3         3 6 10 10 1   rw EL3  @FEAT_MEC
  "Memory encryption context of Realm accesses"
  15:0 MECID
VBAR_EL3               3 6 12 0 0    rw EL3
  "Base of the exception vectors"
  63:11 VBA
RVBAR_EL3              3 6 12 0 1    ro EL3
  "Address of the first instruction after reset"
  63:0 ResetAddress
RMR_EL3                3 6 12 0 2    rw EL3
  "Warm reset request"
  1 RR=0  0 AA64=1
VDISR_EL3              3 6 12 1 1    rw EL3  @FEAT_E3DSE
  "Virtual SErrors that ESB deferred"
  31 A  24 IDS  23:0 ISS
ICC_CTLR_EL3           3 6 12 12 4   rw EL3  @FEAT_GICv3
  "CPU interface: control and what is implemented"
  19 ExtRange  18 RSS  17 nDS  15 A3V  14 SEIS  13:11 IDbits  10:8 PRIbits  6 PMHE  5 RM  4 EOImode_EL1NS  3 EOImode_EL1S  2 EOImode_EL3
  1 CBPR_EL1NS  0 CBPR_EL1S
ICC_SRE_EL3            3 6 12 12 5   rw EL3  @FEAT_GICv3
  "Use of system registers for the CPU interface"
  3 Enable  2 DIB  1 DFB  0 SRE
ICC_IGRPEN1_EL3        3 6 12 12 7   rw EL3  @FEAT_GICv3
  "Enables group 1"
  1 EnableGrp1S  0 EnableGrp1NS
TPIDR_EL3              3 6 13 0 2    rw EL3
  "For software: thread or CPU pointer"
  63:0 ThreadID
SCXTNUM_EL3            3 6 13 0 7    rw EL3  @FEAT_CSV2_2|FEAT_CSV2_1p2
  "Software context number, a key of speculation"
  63:0 SCXTNUM
CNTPS_TVAL_EL1         3 7 14 2 0    rw EL1  @EL3
  "Secure physical timer: time left"
  31:0 TimerValue
  rw 12>u Secure=0
CNTPS_CTL_EL1          3 7 14 2 1    rw EL1  @EL3
  "Secure physical timer: control"
  2 ISTATUS  1 IMASK  0 ENABLE
  rw 12>u Secure=0
CNTPS_CVAL_EL1         3 7 14 2 2    rw EL1  @EL3
  "Secure physical timer: compare value"
  63:0 CompareValue
  rw 12>u Secure=0
`;
