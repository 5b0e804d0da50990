// Identification registers: what the processor is and which features it announces (Arm ARM DDI 0487, D24.2).
// The notation is that of ../notation.ts.
export const ID = `
MIDR_EL1               3 0 0 0 0     ro EL1
  "Main id: implementer, part and revision"
  31:24 Implementer{65 Arm|66 Broadcom|67 Cavium|68 DEC|70 Fujitsu|73 Infineon|77 Motorola/Freescale|78 NVIDIA|80 APM|81 Qualcomm|86 Marvell|105 Intel|192 Ampere}
  23:20 Variant  19:16 Architecture{1 v4|2 v4T|3 v5|4 v5T|5 v5TE|6 v5TEJ|7 v6|15 the ID registers tell}  15:4 PartNum  3:0 Revision
  at 1 VPIDR_EL2
  r 1>2 HFGRTR_EL2.MIDR_EL1=1
MPIDR_EL1              3 0 0 0 5     ro EL1
  "Which processing element this is: affinity"
  39:32 Aff3  31 RES1  30 U{0 multiprocessor}  24 MT{0 PEs of one Aff0 group do not share a core|1 PEs of one Aff0 group share a core}
  23:0 Aff<2:0>
  at 1 VMPIDR_EL2
  r 1>2 HFGRTR_EL2.MPIDR_EL1=1
REVIDR_EL1             3 0 0 0 6     ro EL1
  "Revision beyond MIDR_EL1"
  63:0 IMPDEF
  r 1>2 HCR_EL2.TID1=1; HFGRTR_EL2.REVIDR_EL1=1
ID_PFR0_EL1            3 0 0 1 0     ro EL1
  "AArch32: processor features"
  31:28 RAS  27:24 DIT{0 timing may depend on data}  23:20 AMU  19:16 CSV2  15:0 State<3:0>
  r 1>2 HCR_EL2.TID3=1
ID_PFR1_EL1            3 0 0 1 1     ro EL1
  "AArch32: processor features, continued"
  31:28 GIC{1 CPU interface of GICv3 or GICv4.0 in system registers|3 CPU interface of GICv4.1 in system registers}  27:24 Virt_frac
  23:20 Sec_frac  19:16 GenTimer
  15:12 Virtualization  11:8 MProgMod  7:4 Security  3:0 ProgMod
  r 1>2 HCR_EL2.TID3=1
ID_DFR0_EL1            3 0 0 1 2     ro EL1
  "AArch32: debug features"
  31:28 TraceFilt  27:24 PerfMon{15 IMPLEMENTATION DEFINED}  23:20 MProfDbg  19:16 MMapTrc  15:12 CopTrc  11:8 MMapDbg  7:4 CopSDbg
  3:0 CopDbg
  r 1>2 HCR_EL2.TID3=1
ID_AFR0_EL1            3 0 0 1 3     ro EL1
  "AArch32: IMPLEMENTATION DEFINED features"
  15:12 IMPDEF
  r 1>2 HCR_EL2.TID3=1
ID_MMFR0_EL1           3 0 0 1 4     ro EL1
  "AArch32: memory model features"
  31:28 InnerShr  27:24 FCSE  23:20 AuxReg  19:16 TCM{1 IMPLEMENTATION DEFINED}  15:12 ShareLvl  11:8 OuterShr
  7:4 PMSA{1 IMPLEMENTATION DEFINED}  3:0 VMSA{1 IMPLEMENTATION DEFINED}
  r 1>2 HCR_EL2.TID3=1
ID_MMFR1_EL1           3 0 0 1 5     ro EL1
  "AArch32: memory model features, continued"
  31:28 BPred  27:24 L1TstCln  23:20 L1Uni  19:16 L1Hvd  15:12 L1UniSW  11:8 L1HvdSW  7:4 L1UniVA  3:0 L1HvdVA
  r 1>2 HCR_EL2.TID3=1
ID_MMFR2_EL1           3 0 0 1 6     ro EL1
  "AArch32: memory model features, continued"
  31:28 HWAccFlg  27:24 WFIStall  23:20 MemBarr  19:16 UniTLB  15:12 HvdTLB  11:8 L1HvdRng  7:4 L1HvdBG  3:0 L1HvdFG
  r 1>2 HCR_EL2.TID3=1
ID_MMFR3_EL1           3 0 0 1 7     ro EL1
  "AArch32: memory model features, continued"
  31:28 Supersec  27:24 CMemSz{0 4GB|1 64GB|2 1TB}  23:20 CohWalk  19:16 PAN  15:12 MaintBcst  11:8 BPMaint  7:4 CMaintSW  3:0 CMaintVA
  r 1>2 HCR_EL2.TID3=1
ID_ISAR0_EL1           3 0 0 2 0     ro EL1
  "AArch32: instructions"
  27:24 Divide  23:20 Debug  19:16 Coproc  15:12 CmpBranch  11:8 BitField  7:4 BitCount  3:0 Swap
  r 1>2 HCR_EL2.TID3=1
ID_ISAR1_EL1           3 0 0 2 1     ro EL1
  "AArch32: instructions, continued"
  31:28 Jazelle  27:24 Interwork  23:20 Immediate  19:16 IfThen  15:12 Extend  11:8 Except_AR  7:4 Except  3:0 Endian
  r 1>2 HCR_EL2.TID3=1
ID_ISAR2_EL1           3 0 0 2 2     ro EL1
  "AArch32: instructions, continued"
  31:28 Reversal  27:24 PSR_AR  23:20 MultU  19:16 MultS  15:12 Mult  11:8 MultiAccessInt  7:4 MemHint  3:0 LoadStore
  r 1>2 HCR_EL2.TID3=1
ID_ISAR3_EL1           3 0 0 2 3     ro EL1
  "AArch32: instructions, continued"
  31:28 T32EE  27:24 TrueNOP  23:20 T32Copy  19:16 TabBranch  15:12 SynchPrim  11:8 SVC  7:4 SIMD  3:0 Saturate
  r 1>2 HCR_EL2.TID3=1
ID_ISAR4_EL1           3 0 0 2 4     ro EL1
  "AArch32: instructions, continued"
  31:28 SWP_frac  27:24 PSR_M  23:20 SynchPrim_frac  19:16 Barrier  15:12 SMC  11:8 Writeback  7:4 WithShifts  3:0 Unpriv
  r 1>2 HCR_EL2.TID3=1
ID_ISAR5_EL1           3 0 0 2 5     ro EL1
  "AArch32: instructions, continued"
  31:28 VCMA  27:24 RDM  19:16 CRC32  15:12 SHA2  11:8 SHA1  7:4 AES  3:0 SEVL
  r 1>2 HCR_EL2.TID3=1
ID_MMFR4_EL1           3 0 0 2 6     ro EL1
  "AArch32: memory model features, continued"
  31:28 EVT  27:24 CCIDX  23:20 LSM  19:16 HPDS{2 also bits for hardware’s own use}  15:12 CnP  11:8 XNX  7:4 AC2
  3:0 SpecSEI@FEAT_RAS{0 a speculative read raises no SError}
  r 1>2 HCR_EL2.TID3=1
ID_ISAR6_EL1           3 0 0 2 7     ro EL1
  "AArch32: instructions, continued"
  31:28 CLRBHB  27:24 I8MM  23:20 BF16  19:16 SPECRES  15:12 SB  11:8 FHM  7:4 DP  3:0 JSCVT
  r 1>2 HCR_EL2.TID3=1
MVFR0_EL1              3 0 0 3 0     ro EL1
  "AArch32: SIMD and floating point"
  31:28 FPRound  27:24 FPShVec  23:20 FPSqrt  19:16 FPDivide  15:12 FPTrap  11:8 FPDP  7:4 FPSP  3:0 SIMDReg
  r 1>2 HCR_EL2.TID3=1
MVFR1_EL1              3 0 0 3 1     ro EL1
  "AArch32: SIMD and floating point, continued"
  31:28 SIMDFMAC  27:24 FPHP  23:20 SIMDHP  19:16 SIMDSP  15:12 SIMDInt  11:8 SIMDLS  7:4 FPDNaN  3:0 FPFtZ
  r 1>2 HCR_EL2.TID3=1
MVFR2_EL1              3 0 0 3 2     ro EL1
  "AArch32: SIMD and floating point, continued"
  7:4 FPMisc  3:0 SIMDMisc
  r 1>2 HCR_EL2.TID3=1
ID_PFR2_EL1            3 0 0 3 4     ro EL1
  "AArch32: processor features, continued"
  11:8 RAS_frac  7:4 SSBS{0 no SSB control}  3:0 CSV3
  r 1>2 HCR_EL2.TID3=1
ID_DFR1_EL1            3 0 0 3 5     ro EL1
  "AArch32: debug features, continued"
  7:4 HPMN0{0 HPMN may not be 0}  3:0 MTPMU
  r 1>2 HCR_EL2.TID3=1
ID_MMFR5_EL1           3 0 0 3 6     ro EL1
  "AArch32: memory model features, continued"
  7:4 nTLBPA{0 cached walks may miss later writes}  3:0 ETS
  r 1>2 HCR_EL2.TID3=1
ID_AA64PFR0_EL1        3 0 0 4 0     ro EL1
  "Processor features: Exception levels, SIMD, GIC, RAS"
  63:60 CSV3  59:56 CSV2  55:52 RME  51:48 DIT{0 timing may depend on data}  47:44 AMU
  43:40 MPAM{0 version 0.x|1 version 1.x}  39:36 SEL2  35:32 SVE  31:28 RAS
  27:24 GIC{1 CPU interface of GICv3 or GICv4.0 in system registers|3 CPU interface of GICv4.1 in system registers}
  23:20 AdvSIMD{0 vectors; half precision is only converted}  19:16 FP{0 scalars; half precision is only converted}  15:0 EL<3:0>
  r 1>2 HCR_EL2.TID3=1
ID_AA64PFR1_EL1        3 0 0 4 1     ro EL1
  "Processor features, continued"
  63:60 PFAR  59:56 DF2  55:52 MTEX  51:48 THE  47:44 GCS  43:40 MTE_frac  39:36 NMI  35:32 CSV2_frac  31:28 RNDR_trap  27:24 SME
  19:16 MPAM_frac{0 version x.0|1 version x.1}  15:12 RAS_frac  11:8 MTE  7:4 SSBS{0 no SSB control}  3:0 BT
  r 1>2 HCR_EL2.TID3=1
ID_AA64PFR2_EL1        3 0 0 4 2     ro EL1
  "Processor features, continued"
  35:32 FPMR  19:16 UINJ  11:8 MTEFAR{0 a Tag Check Fault leaves FAR bits 63:60 UNKNOWN}  7:4 MTESTOREONLY  3:0 MTEPERM
  r 1>2 HCR_EL2.TID3=1
ID_AA64ZFR0_EL1        3 0 0 4 4     ro EL1
  "SVE features"
  59:56 F64MM  55:52 F32MM  51:48 F16MM  47:44 I8MM  43:40 SM4  35:32 SHA3  27:24 B16B16  23:20 BF16  19:16 BitPerm
  15:12 EltPerm  7:4 AES  3:0 SVEver{0 SVE (v1)|1 SVE2|2 SVE2.1|3 SVE2.2}
  r 1>2 HCR_EL2.TID3=1
ID_AA64SMFR0_EL1       3 0 0 4 5     ro EL1
  "SME features"
  63 FA64{0 in Streaming mode not every A64 instruction}  60 LUTv2  59:56 SMEver{3 SME2.2}  55:52 I16I64  48 F64F64  47:44 I16I32  43 B16B16
  42 F16F16  41 F8F16  40 F8F32  39:36 I8I32  35 F16F32  34 B16F32  33 BI32I32  32 F32F32
  30 SF8FMA  29 SF8DP4  28 SF8DP2  25 SBitPerm  24 AES  23 SFEXPA  16 STMOP  0 SMOP4
  r 1>2 HCR_EL2.TID3=1
ID_AA64FPFR0_EL1       3 0 0 4 7     ro EL1
  "Features of the 8-bit floating-point formats"
  31 F8CVT  30 F8FMA  29 F8DP4  28 F8DP2  27 F8MM8  26 F8MM4  1 F8E4M3  0 F8E5M2
  r 1>2 HCR_EL2.TID3=1
ID_AA64DFR0_EL1        3 0 0 5 0     ro EL1
  "Debug features"
  63:60 HPMN0{0 HPMN may not be 0}  59:56 ExtTrcBuff  55:52 BRBE  51:48 MTPMU  47:44 TraceBuffer  43:40 TraceFilt
  39:36 DoubleLock  35:32 PMSVer  31:28 CTX_CMPs  27:24 SEBEP  23:20 WRPs  19:16 PMSS  15:12 BRPs{15 sixteen, or as many as DFR1.BRPs says}
  11:8 PMUVer{15 IMPLEMENTATION DEFINED}  7:4 TraceVer  3:0 DebugVer{6 Armv8.0 debug}
  r 1>2 HCR_EL2.TID3=1
ID_AA64DFR1_EL1        3 0 0 5 1     ro EL1
  "Debug features, continued"
  63:56 ABL_CMPs  55:52 DPFZS  51:48 EBEP  47:44 ITE  43:40 ABLE  39:36 PMICNTR  35:32 SPMU  31:24 CTX_CMPs{0 use DFR0.CTX_CMPs}
  23:16 WRPs{0 use DFR0.WRPs}  15:8 BRPs{0 use DFR0.BRPs}  7:0 SYSPMUID
  r 1>2 HCR_EL2.TID3=1
ID_AA64DFR2_EL1        3 0 0 5 2     ro EL1
  "Debug features, continued"
  27:24 TRBE_EXC  23:20 SPE_nVM  19:16 SPE_EXC  7:4 BWE  3:0 STEP
  r 1>2 HCR_EL2.TID3=1
ID_AA64AFR0_EL1        3 0 0 5 4     ro EL1
  "IMPLEMENTATION DEFINED features"
  31:28 IMPDEF  7:4 IMPDEF  3:0 IMPDEF
  r 1>2 HCR_EL2.TID3=1
ID_AA64AFR1_EL1        3 0 0 5 5     ro EL1
  "IMPLEMENTATION DEFINED features"
  r 1>2 HCR_EL2.TID3=1
ID_AA64ISAR0_EL1       3 0 0 6 0     ro EL1
  "Instructions"
  63:60 RNDR  59:56 TLB  55:52 TS  51:48 FHM  47:44 DP  43:40 SM4  39:36 SM3  35:32 SHA3  31:28 RDM  27:24 TME  23:20 Atomic  19:16 CRC32
  15:12 SHA2  11:8 SHA1  7:4 AES
  r 1>2 HCR_EL2.TID3=1
ID_AA64ISAR1_EL1       3 0 0 6 1     ro EL1
  "Instructions, continued"
  63:60 LS64  59:56 XS  55:52 I8MM  51:48 DGH  47:44 BF16  43:40 SPECRES  39:36 SB  35:32 FRINTTS  31:28 GPI{1 IMPLEMENTATION DEFINED}
  27:24 GPA  23:20 LRCPC  19:16 FCMA  15:12 JSCVT
  11:8 API{1 FEAT_PAuth|2 FEAT_EPAC|3 FEAT_PAuth2|4 FEAT_FPAC|5 FEAT_FPACCOMBINE|6 FEAT_PAuth_LR}
  7:4 APA{1 FEAT_PAuth|2 FEAT_EPAC|3 FEAT_PAuth2|4 FEAT_FPAC|5 FEAT_FPACCOMBINE|6 FEAT_PAuth_LR}  3:0 DPB
  r 1>2 HCR_EL2.TID3=1
ID_AA64ISAR2_EL1       3 0 0 6 2     ro EL1
  "Instructions, continued"
  63:60 ATS1A  59:56 LUT  55:52 CSSC  51:48 RPRFM  47:44 PCDPHINT  43:40 PRFMSLC{0 PRFM cannot name the system level cache}
  39:36 SYSINSTR_128
  35:32 SYSREG_128  31:28 CLRBHB  27:24 PAC_frac{0 bit 55 or bit 63 chooses the half, by TBI}  23:20 BC  19:16 MOPS  15:12 APA3
  11:8 GPA3
  7:4 RPRES{0 with FPCR.AH estimates have 8 bits}  3:0 WFxT
  r 1>2 HCR_EL2.TID3=1
ID_AA64ISAR3_EL1       3 0 0 6 3     ro EL1
  "Instructions, continued"
  31:28 FPRCVT  27:24 LSUI  23:20 OCCMO  19:16 LSFE  15:12 PACM  11:8 TLBIW  7:4 FAMINMAX  3:0 CPA
  r 1>2 HCR_EL2.TID3=1
ID_AA64MMFR0_EL1       3 0 0 7 0     ro EL1
  "Memory model features"
  63:60 ECV  59:56 FGT  47:44 ExS{0 every exception entry and return synchronizes context}
  43:40 TGran4_2{0 as TGran4|1 none|2 4 KiB|3 4 KiB, 52-bit addresses}
  39:36 TGran64_2{0 as TGran64|1 none|2 64 KiB}
  35:32 TGran16_2{0 as TGran16|1 none|2 16 KiB|3 16 KiB, 52-bit addresses}
  31:28 TGran4{0 4KB supported|1 4KB + 52-bit|15 4KB unsupported}  27:24 TGran64{0 64KB supported|15 64KB unsupported}
  23:20 TGran16{0 16KB unsupported|1 16KB supported|2 16KB + 52-bit}  19:16 BigEndEL0
  15:12 SNSMem{0 one memory for Secure and Non-secure|1 Secure and Non-secure memory apart}  11:8 BigEnd  7:4 ASIDBits{0 8 bits|2 16 bits}
  3:0 PARange{0 32 bits, 4GB|1 36 bits, 64GB|2 40 bits, 1TB|3 42 bits, 4TB|4 44 bits, 16TB|5 48 bits, 256TB|6 52 bits, 4PB}
  r 1>2 HCR_EL2.TID3=1
ID_AA64MMFR1_EL1       3 0 0 7 1     ro EL1
  "Memory model features, continued"
  63:60 ECBHB  59:56 CMOW  55:52 TIDCP1  51:48 nTLBPA{0 cached walks may miss later writes}  47:44 AFP  43:40 HCX  39:36 ETS  35:32 TWED
  31:28 XNX  27:24 SpecSEI{0 a speculative read raises no SError}  23:20 PAN  19:16 LO  15:12 HPDS  11:8 VH  7:4 VMIDBits{0 8 bits}
  3:0 HAFDBS{1 hardware sets the Access flag|2 ... and the dirty state}
  r 1>2 HCR_EL2.TID3=1
ID_AA64MMFR2_EL1       3 0 0 7 2     ro EL1
  "Memory model features, continued"
  63:60 E0PD  59:56 EVT  55:52 BBM{0 break-before-make required}  51:48 TTL{0 no hint of a level in TLBI}  43:40 FWB
  39:36 IDS{0 EL0 takes UNDEFINED, EC 0|2 ... and EL3 can trap them}  35:32 AT  31:28 ST{0 max TxSZ 39}  27:24 NV  23:20 CCIDX
  19:16 VARange{0 48-bit VA}  15:12 IESB  11:8 LSM  7:4 UAO  3:0 CnP
  r 1>2 HCR_EL2.TID3=1
ID_AA64MMFR3_EL1       3 0 0 7 3     ro EL1
  "Memory model features, continued"
  63:60 Spec_FPACC  59:56 ADERR{1 a load from Device memory: SError}  55:52 SDERR{1 a load from Device memory: a Data Abort}
  47:44 ANERR{1 a load from Normal memory: SError}
  43:40 SNERR{1 a load from Normal memory: a Data Abort}  39:36 D128_2  35:32 D128  31:28 MEC  27:24 AIE  23:20 S2POE  19:16 S1POE
  15:12 S2PIE  11:8 S1PIE
  7:4 SCTLRX  3:0 TCRX
  r 1>2 HCR_EL2.TID3=1
ID_AA64MMFR4_EL1       3 0 0 7 4     ro EL1
  "Memory model features, continued"
  47:44 SRMASK  39:36 E3DSE  31:28 RMEGDI{0 no GPI values for granular data isolation}  27:24 E2H0  23:20 NV_frac  19:16 FGWTE3
  15:12 HACDBS  11:8 ASID2
  7:4 EIESB  3:0 PoPS
  r 1>2 HCR_EL2.TID3=1
CCSIDR_EL1             3 1 0 0 0     ro EL1
  "Geometry of the cache that CSSELR_EL1 selects"
  55:32 NumSets~CCIDX  23:3 Associativity~CCIDX  27:13 NumSets  12:3 Associativity  2:0 LineSize
  r 1>2 HCR_EL2.TID2=1; HCR_EL2.TID4=1; HFGRTR_EL2.CCSIDR_EL1=1
CLIDR_EL1              3 1 0 0 1     ro EL1
  "Which caches there are, and the points of coherency and unification"
  32:30 ICB{1 L1|2 L2|3 L3|4 L4|5 L5|6 L6|7 L7}  29:27 LoUU  26:24 LoC  23:21 LoUIS
  46:33 Ttype<7:1>  20:0 Ctype<7:1>
  r 1>2 HCR_EL2.TID2=1; HCR_EL2.TID4=1; HFGRTR_EL2.CLIDR_EL1=1
CCSIDR2_EL1            3 1 0 0 2     ro EL1  @FEAT_CCIDX
  "Geometry of the selected cache: number of sets"
  23:0 NumSets
  r 1>2 HCR_EL2.TID2=1; HCR_EL2.TID4=1
SMIDR_EL1              3 1 0 0 6     ro EL1  @FEAT_SME
  "SME: streaming unit"
  59:56 NSMC@FEAT_SME2p2&SMIDR_EL1.SMPS=1  55:52 HIP  51:32 Affinity2
  31:24 Implementer{65 Arm|66 Broadcom|67 Cavium|68 DEC|70 Fujitsu|73 Infineon|77 Motorola/Freescale|78 NVIDIA|80 APM|81 Qualcomm|86 Marvell|105 Intel|192 Ampere}
  23:16 Revision  15 SMPS  14:13 SH  11:0 Affinity
  r 1>2 HCR_EL2.TID1=1
AIDR_EL1               3 1 0 0 7     ro EL1
  "IMPLEMENTATION DEFINED identification"
  63:0 IMPDEF
  r 1>2 HCR_EL2.TID1=1; HFGRTR_EL2.AIDR_EL1=1
CSSELR_EL1             3 2 0 0 0     rw EL1
  "Selects the cache that CCSIDR_EL1 describes"
  4 TnD@FEAT_MTE2  3:1 Level  0 InD
  rw 1>2 HCR_EL2.TID2=1; HCR_EL2.TID4=1; HFGxTR_EL2.CSSELR_EL1=1
CTR_EL0                3 3 0 0 1     ro EL0
  "Cache type: line sizes, what maintenance is needed"
  37:32 TminLine@FEAT_MTE2  31 RES1  29 DIC{0 new code needs IC IVAU|1 new code needs no IC IVAU}
  28 IDC{0 new code needs DC CVAU|1 new code needs no DC CVAU}  27:24 CWG  23:20 ERG  19:16 DminLine
  15:14 L1Ip{0 VPIPT, withdrawn|1 AIVIVT, withdrawn|2 VIPT|3 PIPT}  3:0 IminLine
  r 0>h SCTLR_EL1.UCT=0 | SCTLR_EL2.UCT=0; g1>2 HCR_EL2.TID2=1; HFGRTR_EL2.CTR_EL0=1
DCZID_EL0              3 3 0 0 7     ro EL0
  "DC ZVA: block size, and whether it is allowed"
  4 DZP{0 DC ZVA works|1 DC ZVA is not to be used}  3:0 BS
  r g1>2 HFGRTR_EL2.DCZID_EL0=1
VPIDR_EL2              3 4 0 0 0     rw EL2  vncr 0x88
  "What EL1 reads as MIDR_EL1"
  31:24 Implementer  23:20 Variant  19:16 Architecture  15:4 PartNum  3:0 Revision
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
VMPIDR_EL2             3 4 0 0 5     rw EL2  vncr 0x50
  "What EL1 reads as MPIDR_EL1"
  39:32 Aff3  31 RES1  30 U  24 MT  23:0 Aff<2:0>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
`;
