// Tagged memory (FEAT_MTE2, FEAT_MTE3, FEAT_MTE_ASYNC): what is checked, what a failed check does, and what the tag instructions keep.
import { group } from '../notation.ts';

const ENABLED = 'HCR_EL2.ATA=1 SCTLR_EL1.ATA=1 SCTLR_EL1.ATA0=1 SCTLR_EL1.UCI=1 SCTLR_EL1.DZE=1 TCR_EL1.TBI0=1 TCO=0';
const SYNCHRONOUS = `mmu ${ENABLED} SCTLR_EL1.TCF=1 SCTLR_EL1.TCF0=1`;

export const TAG_CHECKS = group(
  'Tag checks',
  SYNCHRONOUS,
  `
  # J1.1.3 AArch64.CheckTag: the tag of the address and that of its granule
  ldr x0, [x1] | x1=T3 <T>=3 [T]=seq*8 | x0=0x0706050403020100
  ldr x0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 iss2=0 far=T3 at=0
  ldr x0, [x1] | x1=T <T>=4 | to=1 ec=0x25 iss=0x11 far=T
  str x0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x51 iss2=0 far=T3 at=0
  str x0, [x1] | x1=T3 x0=0x11 <T>=3 | [T]=11
  ldrb w0, [x1, #15] | x1=T3 <T>=34 [T+15]=77 | x0=0x77
  ldrb w0, [x1, #16] | x1=T3 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+16
  ldrsh x0, [x1, #18] | x1=T3 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+18
  # Only Tagged memory is checked (MemTag_AllocationTagged)
  ldr x0, [x1] | x1=D+0x0300000000000000 <D>=4 [D]=01 | x0=1
  str x0, [x1] | x1=NC+0x0300000000000000 <NC>=4 x0=1 | [NC]=0100000000000000
  ldr x0, [x1] | x1=DEV+0x0300000000000000 <DEV>=4 | x0=0
  # Without FEAT_MTE2 MAIR_EL1 0xF0 is not Tagged
  ldr x0, [x1] | ID_AA64PFR1_EL1.MTE=1 x1=T3 <T>=4 | x0=0
  # J1.1.3 Mem: an unaligned access is checked in each granule, and the lowest byte that fails is reported
  ldr x0, [x1] | x1=T3+12 <T>=33 [T+12]=seq*8 | x0=0x0706050403020100
  ldr x0, [x1] | x1=T3+12 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+16
  ldr x0, [x1] | x1=T3+12 <T>=43 | to=1 ec=0x25 iss=0x11 far=T3+12
  str x0, [x1] | x1=T3+12 <T>=34 | to=1 ec=0x25 iss=0x51 far=T3+16
  ldr x0, [x1] | x1=T3+0xffc <T+0xff0>=34 | to=1 ec=0x25 iss=0x11 far=T3+0x1000
  str x0, [x1] | x1=T3+0xffc <T+0xff0>=34 | to=1 ec=0x25 iss=0x51 far=T3+0x1000
  str x0, [x1] | x1=T3+0xffc <T+0xff0>=33 x0=-1 | [T+0xffc]=ff*8
  # C6.2 LDP, STP: of a pair each element is an access (what of a store came before is stored, CONSTRAINED UNPREDICTABLE)
  ldp x0, x2, [x1] | x1=T3+8 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+16
  ldp x0, x2, [x1], #16 | x1=T3+8 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+16
  stp x0, x2, [x1] | x1=T3+8 <T>=43 | to=1 ec=0x25 iss=0x51 far=T3+8
  stp x0, x2, [x1] | x1=T3+8 x0=1 <T>=34 | to=1 ec=0x25 iss=0x51 far=T3+16 [T+8]=01
  # C6.2 LDXR, STXR, LDXP, STXP
  ldxr x0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  ldxp x0, x2, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  ldaxr x0, [x1] ; stlxr w2, x3, [x4] | x1=T3 x4=T <T>=3 | to=1 ec=0x25 iss=0x51 far=T at=4 x0=0
  # A store whose monitor is open touches no memory (AArch64.ExclusiveMonitorsPass)
  stxr w2, x3, [x1] | x1=T3 <T>=4 | x2=1
  # J1.1.3 MemAtomic: the fault of an atomic is that of its read
  ldadd x0, x2, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  swpal x0, x2, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  stclr x0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  cas x0, x2, [x1] | x1=T3 x0=1 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  casp x2, x3, x4, x5, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  ldadd x0, x2, [x1] | x1=T3 x0=1 <T>=3 [T]=07 | x2=7 [T]=08
  # Ordered accesses
  ldar x0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  ldapr x0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  stlr x0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x51 far=T3
  stilp x0, x2, [x1, #-16]! | x1=T3+16 <T>=4 | to=1 ec=0x25 iss=0x51 far=T3
  # C7.2: SIMD&FP registers and structures
  ldr q0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  ldr q0, [x1] | x1=T3+8 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+16
  str b0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x51 far=T3
  ldp d0, d1, [x1] | x1=T3+8 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+16
  ld1 {v0.4s, v1.4s}, [x1] | x1=T3 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+16
  ld2r {v0.8h, v1.8h}, [x1] | x1=T3+14 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+16
  # C6.2: through SP without writeback an immediate offset is not checked (tagchecked is n != 31)
  ldr x0, [sp] | sp=T <T>=4 | x0=0
  ldur x0, [sp, #8] | sp=T <T>=4 | x0=0
  str x0, [sp, #8] | sp=T x0=1 <T>=4 | [T+8]=01
  ldp x0, x2, [sp] | sp=T <T>=4 | x0=0 x2=0
  ldr q0, [sp] | sp=T <T>=4 | v0=0
  ld1 {v0.16b}, [sp] | sp=T <T>=4 | v0=0
  ldar x0, [sp] | sp=T <T>=4 | x0=0
  ldiapp x0, x2, [sp] | sp=T <T>=4 | x0=0 x2=0
  ldxr x0, [sp] ; stxr w2, xzr, [sp] | sp=T <T>=4 | x0=0 x2=0
  ldadd x0, x2, [sp] | sp=T x0=5 <T>=4 | x2=0 [T]=05
  cas x0, x2, [sp] | sp=T x0=0 x2=6 <T>=4 | x0=0 [T]=06
  swpp x0, x2, [sp] | sp=T x0=5 x2=6 <T>=4 | x0=0 x2=0 [T]=05000000000000000600000000000000
  ldtr x0, [sp] | sp=T <T>=4 | x0=0
  # With writeback, or with an index, it is
  ldr x0, [sp, #8]! | sp=T <T>=4 | to=1 ec=0x25 iss=0x11 far=T+8
  ldr x0, [sp], #16 | sp=T <T>=4 | to=1 ec=0x25 iss=0x11 far=T
  ldr x0, [sp, x2] | sp=T x2=8 <T>=4 | to=1 ec=0x25 iss=0x11 far=T+8
  stp x0, x2, [sp, #-16]! | sp=T+16 <T>=4 | to=1 ec=0x25 iss=0x51 far=T
  ld1 {v0.16b}, [sp], #16 | sp=T <T>=4 | to=1 ec=0x25 iss=0x11 far=T
  ldiapp x0, x2, [sp], #16 | sp=T <T>=4 | to=1 ec=0x25 iss=0x11 far=T
  # PRFM never faults
  prfm pldl1keep, [x1] | x1=T3 <T>=4 |
  # C6.2 LD64B: a place that takes 64 bytes is never Tagged
  ld64b x2, [x1] | ID_AA64ISAR1_EL1.LS64=1 HCRX_EL2.EnALS=1 x1=T3 <T>=4 | to=1 ec=0x25 iss=0x35 far=T3
`,
);

export const TAG_CHECK_CONTROLS = group(
  'What decides whether tags are checked',
  SYNCHRONOUS,
  `
  # J1.1.3 AArch64.AccessIsTagChecked: PSTATE.TCO
  ldr x0, [x1] | x1=T3 <T>=4 TCO=0x2000000 | x0=0
  msr tco, #1 ; str x0, [x1] ; msr tco, #0 | x1=T3 x0=1 <T>=4 | [T]=01
  msr tco, #1 ; ldr x0, [x1] ; msr tco, #0 ; ldr x0, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3 at=12 x0=0
  # AArch64.TakeException: TCO is set
  svc #0 | | to=1 ec=0x15 iss=0 TCO=0x2000000
  # EffectiveTBI: an address without an ignored top byte has no tag
  ldr x0, [x1] | x1=T <T>=4 TCR_EL1.TBI0=0 | x0=0
  # EffectiveTCMA: bits 59:55 all 0, or all 1
  ldr x0, [x1] | x1=T <T>=4 TCR_EL1.TCMA0=1 | x0=0
  ldr x0, [x1] | x1=T3 <T>=4 TCR_EL1.TCMA0=1 | to=1 ec=0x25 iss=0x11 far=T3
  ldr x0, [x1] | x1=T+0x0f00000000000000 <T>=4 TCR_EL1.TCMA0=1 | to=1 ec=0x25 iss=0x11 far=T+0x0f00000000000000
  ldr x0, [x1] | x1=T <T>=4 TCR_EL1.TCMA1=1 | to=1 ec=0x25 iss=0x11 far=T
  ldr x0, [x1] | x1=0xffffff8040109000 TTBR1_EL1=0x40200000 TCR_EL1.EPD1=0 TCR_EL1.TBI1=1 <T>=4 | to=1 ec=0x25 iss=0x11 far=0xffffff8040109000
  ldr x0, [x1] | x1=0xffffff8040109000 TTBR1_EL1=0x40200000 TCR_EL1.EPD1=0 TCR_EL1.TBI1=1 TCR_EL1.TCMA1=1 <T>=4 | x0=0
  ldr x0, [x1] | x1=0xf3ffff8040109000 TTBR1_EL1=0x40200000 TCR_EL1.EPD1=0 TCR_EL1.TBI1=1 TCR_EL1.TCMA1=1 <T>=4 | to=1 ec=0x25 iss=0x11 far=0xf3ffff8040109000
  ldr x0, [x1] | x1=0xffffff8040109000 TTBR1_EL1=0x40200000 TCR_EL1.EPD1=0 TCR_EL1.TBI1=0 <T>=4 | x0=0
  # AArch64.AllocationTagAccessIsEnabled
  ldr x0, [x1] | x1=T3 <T>=4 HCR_EL2.ATA=0 | x0=0
  ldr x0, [x1] | x1=T3 <T>=4 SCTLR_EL1.ATA=0 | x0=0
  ldr x0, [x1] | x1=T3 <T>=4 SCTLR_EL1.ATA0=0 | to=1 ec=0x25 iss=0x11 far=T3
  ldr x0, [x1] | el=0 x1=T3 <T>=4 SCTLR_EL1.ATA0=0 | x0=0
  ldr x0, [x1] | el=0 x1=T3 <T>=4 HCR_EL2.ATA=0 | x0=0
  # AArch64.EffectiveTCF: TCF for EL1, TCF0 for EL0
  ldr x0, [x1] | x1=T3 <T>=4 SCTLR_EL1.TCF=0 | x0=0 TFSR_EL1=0
  ldr x0, [x1] | el=0 x1=T3 <T>=4 SCTLR_EL1.TCF=0 | to=1 ec=0x24 iss=0x11 far=T3
  str x0, [x1] | el=0 x1=T3 <T>=4 | to=1 ec=0x24 iss=0x51 far=T3
  ldr x0, [x1] | el=0 x1=T3 <T>=4 SCTLR_EL1.TCF0=0 | x0=0 TFSRE0_EL1=0
  # LDTR and STTR are EL0's, unless PSTATE.UAO is 1
  ldtr x0, [x1] | x1=T3 <T>=4 SCTLR_EL1.TCF=0 | to=1 ec=0x25 iss=0x11 far=T3
  sttr x0, [x1] | x1=T3 <T>=4 SCTLR_EL1.TCF=0 | to=1 ec=0x25 iss=0x51 far=T3
  ldtr x0, [x1] | x1=T3 <T>=4 SCTLR_EL1.TCF0=0 | x0=0
  ldtr x0, [x1] | x1=T3 <T>=4 SCTLR_EL1.ATA0=0 | x0=0
  ldtr x0, [x1] | x1=T3 <T>=4 SCTLR_EL1.TCF0=0 UAO=0x800000 | to=1 ec=0x25 iss=0x11 far=T3
  # Stage 2: Tagged stays so where both stages are write-back (S2MemTagType)
  ldr x0, [x1] | s2 x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  # S1TreatAsNormalNC: without SCTLR_EL1.C nothing is Tagged
  ldr x0, [x1] | x1=T3 <T>=4 SCTLR_EL1.C=0 | x0=0
  # J1.1.4 AArch64.TranslateAddress comes before the check: alignment, permission
  ldr x0, [x1] | x1=T3+1 <T>=4 SCTLR_EL1.A=1 | to=1 ec=0x25 iss=0x21 far=T3+1
  str x0, [x1] | x1=TRO+0x0300000000000000 <TRO>=4 | to=1 ec=0x25 iss=0x4f far=TRO+0x0300000000000000
  ldr x0, [x1] | x1=TRO+0x0300000000000000 <TRO>=4 | to=1 ec=0x25 iss=0x11 far=TRO+0x0300000000000000
  # ... of both the read and the write of an atomic (MemAtomic)
  ldadd x0, x2, [x1] | x1=TRO+0x0300000000000000 <TRO>=4 | to=1 ec=0x25 iss=0x4f far=TRO+0x0300000000000000
  cas x0, x2, [x1] | x1=TRO+0x0300000000000000 <TRO>=4 | to=1 ec=0x25 iss=0x4f far=TRO+0x0300000000000000
  swp x0, x2, [x1] | x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  # and AArch64.CheckDebug: a watchpoint
  ldr x0, [x1] | x1=T3 <T>=4 DBGWVR0_EL1=T DBGWCR0_EL1=0x1ffb MDSCR_EL1=0xa000 OSLAR_EL1=0 DAIF=0 | to=1 ec=0x35 iss=0x22 far=T3
  ldadd x0, x2, [x1] | x1=TRO DBGWVR0_EL1=TRO DBGWCR0_EL1=0x1feb MDSCR_EL1=0xa000 OSLAR_EL1=0 DAIF=0 | to=1 ec=0x25 iss=0x4f far=TRO
  ldadd x0, x2, [x1] | x1=T3 <T>=4 DBGWVR0_EL1=T DBGWCR0_EL1=0x1feb MDSCR_EL1=0xa000 OSLAR_EL1=0 DAIF=0 | to=1 ec=0x35 iss=0x22 far=T3
  swp x0, x2, [x1] | x1=T3 <T>=4 DBGWVR0_EL1=T DBGWCR0_EL1=0x1ff3 MDSCR_EL1=0xa000 OSLAR_EL1=0 DAIF=0 | to=1 ec=0x35 iss=0x62 far=T3
  # J1.1.4 EncodePARAttrs: PAR_EL1.ATTR of Tagged memory
  at s1e1r, x1 | x1=T3 | PAR_EL1=0xf000000040109b80
  at s12e1r, x1 | s2 el=2 x1=T3 | PAR_EL1=0xf000000040109b80
`,
);

export const TAG_CHECK_FAULTS = group(
  'What a failed tag check does',
  `mmu ${ENABLED}`,
  `
  # J1.1.3 AArch64.ReportTagCheckFault: TFSR_EL1.TF0 for the lower range, TF1 for the upper, and the access is made
  ldr x0, [x1] | SCTLR_EL1.TCF=2 x1=T3 <T>=4 [T]=09 | x0=9 TFSR_EL1=1 TFSRE0_EL1=0
  str x0, [x1] | SCTLR_EL1.TCF=2 x1=T3 <T>=4 x0=9 | [T]=09 TFSR_EL1=1
  ldr x0, [x1] | SCTLR_EL1.TCF=2 x1=T3 <T>=3 | x0=0 TFSR_EL1=0
  ldr x0, [x1] | SCTLR_EL1.TCF=2 x1=0xf3ffff8040109000 TTBR1_EL1=0x40200000 TCR_EL1.EPD1=0 TCR_EL1.TBI1=1 <T>=4 | x0=0 TFSR_EL1=2
  ldr x0, [x1] | SCTLR_EL1.TCF=2 TFSR_EL1=2 x1=T3 <T>=4 | x0=0 TFSR_EL1=3
  ldadd x0, x2, [x1] | SCTLR_EL1.TCF=2 x0=1 x1=T3 <T>=4 | x2=0 [T]=01 TFSR_EL1=1
  stp x0, x2, [x1] | SCTLR_EL1.TCF=2 x0=1 x2=2 x1=T3 <T>=4 | [T]=01000000000000000200000000000000 TFSR_EL1=1
  ldr x0, [x1] | SCTLR_EL1.TCF=2 x1=T3 <T>=4 TCO=0x2000000 | x0=0 TFSR_EL1=0
  # of EL0's accesses TFSRE0_EL1, LDTR's too
  ldr x0, [x1] | el=0 SCTLR_EL1.TCF0=2 x1=T3 <T>=4 | x0=0 TFSRE0_EL1=1 TFSR_EL1=0
  ldtr x0, [x1] | SCTLR_EL1.TCF0=2 x1=T3 <T>=4 | x0=0 TFSRE0_EL1=1 TFSR_EL1=0
  # FEAT_MTE3 (asymmetric): reads at once, writes noted; an atomic counts as a read
  ldr x0, [x1] | SCTLR_EL1.TCF=3 x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3 TFSR_EL1=0
  str x0, [x1] | SCTLR_EL1.TCF=3 x0=1 x1=T3 <T>=4 | [T]=01 TFSR_EL1=1
  swp x0, x2, [x1] | SCTLR_EL1.TCF=3 x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3 TFSR_EL1=0
  ldr x0, [x1] | el=0 SCTLR_EL1.TCF0=3 x1=T3 <T>=4 | to=1 ec=0x24 iss=0x11 far=T3 TFSRE0_EL1=0
  str x0, [x1] | el=0 SCTLR_EL1.TCF0=3 x0=1 x1=T3 <T>=4 | [T]=01 TFSRE0_EL1=1
  # Reserved values of TCF do nothing (CONSTRAINED UNPREDICTABLE): 3 without FEAT_MTE3, 2 without FEAT_MTE_ASYNC
  ldr x0, [x1] | ID_AA64PFR1_EL1.MTE=2 SCTLR_EL1.TCF=3 x1=T3 <T>=4 | x0=0 TFSR_EL1=0
  ldr x0, [x1] | ID_AA64PFR1_EL1.MTE=2 ID_AA64PFR1_EL1.MTE_frac=15 SCTLR_EL1.TCF=2 x1=T3 <T>=4 | x0=0
  # AArch64.StoreOnlyTagCheckingEnabled (FEAT_MTE_STORE_ONLY): loads are not checked, atomics are when they store
  ldr x0, [x1] | SCTLR_EL1.TCF=1 SCTLR_EL1.TCSO=1 x1=T3 <T>=4 | x0=0
  str x0, [x1] | SCTLR_EL1.TCF=1 SCTLR_EL1.TCSO=1 x1=T3 <T>=4 | to=1 ec=0x25 iss=0x51 far=T3
  ldadd x0, x2, [x1] | SCTLR_EL1.TCF=1 SCTLR_EL1.TCSO=1 x1=T3 <T>=4 | to=1 ec=0x25 iss=0x51 far=T3
  swp x0, x2, [x1] | SCTLR_EL1.TCF=3 SCTLR_EL1.TCSO=1 x0=1 x1=T3 <T>=4 | x2=0 [T]=01 TFSR_EL1=1
  dc zva, x1 | SCTLR_EL1.TCF=1 SCTLR_EL1.TCSO=1 x1=T3 <T>=4 | to=1 ec=0x25 iss=0x51 far=T3
  ldr x0, [x1] | el=0 SCTLR_EL1.TCF0=1 SCTLR_EL1.TCSO0=1 x1=T3 <T>=4 | x0=0
  ldtr x0, [x1] | SCTLR_EL1.TCF0=1 SCTLR_EL1.TCSO0=1 x1=T3 <T>=4 | x0=0
  ldr x0, [x1] | SCTLR_EL1.TCF=1 SCTLR_EL1.TCSO0=1 x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  ldr x0, [x1] | ID_AA64PFR2_EL1.MTESTOREONLY=0 SCTLR_EL1.TCF=1 SCTLR_EL1.TCSO=1 x1=T3 <T>=4 | to=1 ec=0x25 iss=0x11 far=T3
  # EL2: TCR_EL2.TBI and TCMA, SCTLR_EL2, TFSR_EL2; HCR_EL2.ATA is not asked
  ldr x0, [x1] | el=2 mmu2 HCR_EL2.ATA=0 SCTLR_EL2.ATA=1 SCTLR_EL2.TCF=1 TCR_EL2.TBI=1 x1=T3 <T>=4 | to=2 ec=0x25 iss=0x11 far=T3
  str x0, [x1] | el=2 mmu2 SCTLR_EL2.ATA=1 SCTLR_EL2.TCF=2 TCR_EL2.TBI=1 x0=1 x1=T3 <T>=4 | [T]=01 TFSR_EL2=1 TFSR_EL1=0
  ldr x0, [x1] | el=2 mmu2 SCTLR_EL2.ATA=1 SCTLR_EL2.TCF=1 TCR_EL2.TBI=1 TCR_EL2.TCMA=1 x1=T <T>=4 | x0=0
  ldr x0, [x1] | el=2 mmu2 SCTLR_EL2.ATA=0 SCTLR_EL2.TCF=1 TCR_EL2.TBI=1 x1=T3 <T>=4 | x0=0
  # EL2&0: EL0 of a host has SCTLR_EL2.ATA0 and TCF0
  ldr x0, [x1] | HCR_EL2.E2H=1 HCR_EL2.TGE=1 el=0 mmu2 HCR_EL2.ATA=0 SCTLR_EL2.ATA0=1 SCTLR_EL2.TCF0=1 TCR_EL2.TBI0=1 x1=T3 <T>=4 | to=2 ec=0x24 iss=0x11 far=T3
  # D24.2 TFSR_EL1: with E2H=1 EL2 reads its own, and EL1's as TFSR_EL12
  mrs x0, tfsr_el1 ; mrs x2, s3_5_c5_c6_0 | el=2 HCR_EL2.E2H=1 TFSR_EL1=1 TFSR_EL2=2 | x0=2 x2=1
  # HCR_EL2.ATA takes the registers, TID5 GMID_EL1
  mrs x0, gcr_el1 | HCR_EL2.ATA=0 | to=2 ec=0x18 iss=0x3c0401 at=0
  msr rgsr_el1, x0 | HCR_EL2.ATA=0 | to=2 ec=0x18 iss=0x3a0400 at=0
  mrs x0, tfsre0_el1 | HCR_EL2.ATA=0 | to=2 ec=0x18 iss=0x32140d at=0
  mrs x0, gmid_el1 | HCR_EL2.TID5=1 | to=2 ec=0x18 iss=0x384001 at=0
  mrs x0, gmid_el1 | HCR_EL2.ATA=0 | x0=6
  mrs x0, gmid_el1 | el=0 | to=1 ec=0x18 iss=0x384001
`,
);

export const TAG_INSTRUCTIONS = group(
  'Tags in memory',
  SYNCHRONOUS,
  `
  # C6.2 LDG, STG: the granule, whatever tag the address has; these are not checked
  ldg x0, [x1] | x0=0x00000000000000ff x1=T3+8 <T>=a | x0=0x0a000000000000ff
  ldg x0, [x1, #16] | x0=0 x1=T <T>=0b | x0=0x0b00000000000000
  stg x0, [x1] | x0=0x0500000000000000 x1=T3 <T>=a | <T>=5
  stg x0, [x1, #-16] | x0=0xf500000000000000 x1=T+32 | <T+16>=5
  stg x0, [x1], #16 | x0=0x0500000000000000 x1=T3 | x1=T3+16 <T>=5
  stg sp, [sp, #16]! | sp=T3 | sp=T3+16 <T+16>=3
  st2g x0, [x1] | x0=0x0700000000000000 x1=T+0xff0 | <T+0xff0>=77
  stzg x0, [x1] | x0=0x0700000000000000 x1=T+16 [T]=ff*48 <T>=111 | <T+16>=7 [T+16]=00*16
  stz2g x0, [x1], #32 | x0=0x0700000000000000 x1=T+16 [T]=ff*64 <T>=1111 | x1=T+48 <T+16>=77 [T+16]=00*32
  stgp x2, x3, [x1] | x1=T3 x2=1 x3=2 <T>=a | <T>=3 [T]=01000000000000000200000000000000
  stgp x2, x3, [x1], #32 | x1=T3 x2=1 x3=2 <T>=a | x1=T3+32 <T>=3 [T]=01000000000000000200000000000000
  # J1.1.3 AArch64.MemTag: a tag that may not be accessed, or is of memory that is not Tagged, is 0, and is not stored
  ldg x0, [x1] | x0=0x0100000000000000 x1=T <T>=a HCR_EL2.ATA=0 | x0=0
  ldg x0, [x1] | x0=0x0100000000000000 x1=T <T>=a SCTLR_EL1.ATA=0 | x0=0
  ldg x0, [x1] | x0=0x0100000000000000 x1=D <D>=a | x0=0
  ldg x0, [x1] | x0=0x0100000000000000 x1=DEV <DEV>=a | x0=0
  ldg x0, [x1] | x0=0x0100000000000000 x1=T <T>=a ID_AA64PFR1_EL1.MTE=1 | x0=0
  ldg x0, [x1] | el=0 x0=0 x1=T <T>=a | x0=0x0a00000000000000
  ldg x0, [x1] | el=0 x0=0x0100000000000000 x1=T <T>=a SCTLR_EL1.ATA0=0 | x0=0
  stg x0, [x1] | x1=T <T>=a HCR_EL2.ATA=0 |
  stzg x0, [x1] | x1=T [T]=ff*32 <T>=a SCTLR_EL1.ATA=0 | [T]=00*16
  stg x0, [x1] | x1=D |
  stg x0, [x1] | x1=NC |
  stg x0, [x1] | x0=0x0500000000000000 x1=T TCO=0x2000000 | <T>=5
  # Tags are stored to a multiple of 16, where a store may be made
  stg x0, [x1] | x1=T3+8 | to=1 ec=0x25 iss=0x61 far=T3+8
  stg x0, [x1] | x1=TRO | to=1 ec=0x25 iss=0x4f far=TRO
  st2g x0, [x1], #32 | x1=TRO-16 | to=1 ec=0x25 iss=0x4f far=TRO
  stzg x0, [x1] | x1=TRO | to=1 ec=0x25 iss=0x4f far=TRO
  ldg x0, [x1] | x1=GONE | to=1 ec=0x25 iss=0x07 far=GONE
  stg x0, [x1] | s2 x1=S2RO | to=2 ec=0x24 iss=0x4f far=S2RO
  # D2.10: a granule whose tag is stored is watched as 16 bytes
  stg x0, [x1] | x1=T DBGWVR0_EL1=T+8 DBGWCR0_EL1=0x1ffb MDSCR_EL1=0xa000 OSLAR_EL1=0 DAIF=0 | to=1 ec=0x35 iss=0x62 far=T+8
  # C6.2 LDGM, STGM: the tags of 256 bytes (GMID_EL1.BS is 6), the lowest granule lowest
  ldgm x0, [x1] | x1=T3+0x128 <T+0x100>=0123456789abcdef | x0=0xfedcba9876543210
  stgm x0, [x1] | x0=0xfedcba9876543210 x1=T+0x1f8 | <T+0x100>=0123456789abcdef
  ldgm x0, [x1] | GMID_EL1.BS=4 x1=T+0x40 <T>=0123456789abcdef | x0=0x76540000
  stgm x0, [x1] | x0=-1 x1=T HCR_EL2.ATA=0 |
  stgm x0, [x1] | x0=-1 x1=TRO | to=1 ec=0x25 iss=0x4f far=TRO
  ldgm x0, [x1] | el=0 x1=T | undefined
  # C6.2 STZGM: a DC ZVA block of 64 bytes
  stzgm x0, [x1] | x0=0x2a x1=T3+100 [T]=ff*256 <T>=1*16 | <T+64>=aaaa [T+64]=00*64
  stzgm x0, [x1] | el=0 x1=T | undefined
  # C5.3 DC GVA, DC GZVA: the tag of the address to the block
  dc gva, x1 | x1=T3+100 [T]=ff*256 <T>=1*16 | <T+64>=3333
  dc gzva, x1 | x1=T3+100 [T]=ff*256 <T>=1*16 | <T+64>=3333 [T+64]=00*64
  dc gva, x1 | x1=D+0x0300000000000000 |
  dc gzva, x1 | x1=D+0x0300000000000000 [D]=ff*128 | [D]=00*64
  dc gzva, x1 | x1=T3 [T]=ff*64 HCR_EL2.ATA=0 | [T]=00*64
  dc gva, x1 | x1=DEV+4 | to=1 ec=0x25 iss=0x61 far=DEV+4
  dc gzva, x1 | x1=TRO+4 | to=1 ec=0x25 iss=0x4f far=TRO+4
  dc gva, x1 | el=0 x1=T3 | <T>=3333
  dc gva, x1 | el=0 SCTLR_EL1.DZE=0 x1=T3 | to=1 ec=0x18 iss=0x16dc28
  dc gva, x1 | HCR_EL2.TDZ=1 x1=T3 | to=2 ec=0x18 iss=0x16dc28
  dc gzva, x1 | HCR_EL2.TDZ=1 x1=T3 | to=2 ec=0x18 iss=0x18dc28
  # J1.1.3 AArch64.DataMemZero: DC ZVA is checked, and the lowest granule that fails is reported (IMPLEMENTATION DEFINED)
  dc zva, x1 | x1=T3+4 <T>=3333 [T]=ff*64 | [T]=00*64
  dc zva, x1 | x1=T3+4 <T>=3343 [T]=ff*64 | to=1 ec=0x25 iss=0x51 far=T3+32
  dc zva, x1 | x1=T3+4 <T>=3343 [T]=ff*64 SCTLR_EL1.TCF=2 | [T]=00*64 TFSR_EL1=1
  # Cache maintenance of tags: no check; traps as that of data
  dc cigvac, x1 | x1=T3 <T>=4 |
  dc cgdvap, x1 | x1=T3 <T>=4 |
  dc igvac, x1 | x1=TRO | to=1 ec=0x25 iss=0x14f far=TRO
  dc igvac, x1 | HCR_EL2.TPCP=1 x1=T | to=2 ec=0x18 iss=0x161c2c
  dc cgsw, x1 | HCR_EL2.TSW=1 x1=0 | to=2 ec=0x18 iss=0x181c34
  dc cigvac, x1 | el=0 SCTLR_EL1.UCI=0 x1=T | to=1 ec=0x18 iss=0x16dc3c
  dc cigdvac, x1 | el=0 HFGITR_EL2.DCCIVAC=1 x1=T | to=2 ec=0x18 iss=0x1adc3c
`,
);

export const TAGS_OF_MOVES = group(
  'Tags and memory copies and sets',
  `${SYNCHRONOUS} HCRX_EL2.MSCEn=1`,
  `
  # C6.2 CPYFM: each read and each write is checked
  cpyfm [x0]!, [x1]!, x2! | x0=T3+32 x1=D+16 x2=-16 nzcv=0 [D]=seq*16 <T>=03 | x2=0 [T+16]=seq*16
  cpyfm [x0]!, [x1]!, x2! | x0=D+32 x1=T3+32 x2=-32 nzcv=0 <T>=34 | to=1 ec=0x25 iss=0x11 far=T3+16 x2=-16
  cpyfm [x0]!, [x1]!, x2! | x0=T3+32 x1=D+32 x2=-32 nzcv=0 [D]=seq*32 <T>=34 | to=1 ec=0x25 iss=0x51 far=T3+16 x2=-16 [T]=seq*16
  cpyfmrt [x0]!, [x1]!, x2! | x0=D+16 x1=T3+16 x2=-16 nzcv=0 <T>=4 SCTLR_EL1.TCF=0 | to=1 ec=0x25 iss=0x11 far=T3
  cpyfmwt [x0]!, [x1]!, x2! | x0=D+16 x1=T3+16 x2=-16 nzcv=0 <T>=4 SCTLR_EL1.TCF=0 [T]=seq*16 | x2=0 [D]=seq*16
  # C6.2 SETM
  setm [x0]!, x1!, x2 | x0=T3+16 x1=-16 x2=0x11 nzcv=0 <T>=3 | x1=0 [T]=11*16
  setm [x0]!, x1!, x2 | x0=T3+32 x1=-32 x2=0x11 nzcv=0 <T>=34 | to=1 ec=0x25 iss=0x51 far=T3+16 x1=-16 [T]=11*16
  # C6.2 SETGM: the tag of the address to each granule, unchecked
  setgm [x0]!, x1!, x2 | x0=T3+48 x1=-48 x2=0x11 nzcv=0 <T>=0456 | x1=0 [T]=11*48 <T>=333
  setgm [x0]!, x1!, x2 | x0=T3+16 x1=-16 x2=0x11 nzcv=0 SCTLR_EL1.ATA=0 | x1=0 [T]=11*16
  setgm [x0]!, x1!, x2 | x0=D+16 x1=-16 x2=0x11 nzcv=0 | x1=0 [D]=11*16
  setgmt [x0]!, x1!, x2 | x0=T3+16 x1=-16 x2=0x11 nzcv=0 SCTLR_EL1.ATA0=0 | x1=0 [T]=11*16
  setgmt [x0]!, x1!, x2 | x0=T3+16 x1=-16 x2=0x11 nzcv=0 SCTLR_EL1.ATA=0 | x1=0 [T]=11*16 <T>=3
  setgm [x0]!, x1!, x2 | x0=TRO+16 x1=-32 x2=0x11 nzcv=0 <T2+0xff0>=4 | to=1 ec=0x25 iss=0x4f far=TRO x1=-16 [T2+0xff0]=11*16 <T2+0xff0>=0
`,
);

export const STAGE1_OFF_TAGGED = group(
  'Tagged memory without stage 1',
  `s2 ${ENABLED} SCTLR_EL1.TCF=1 HCR_EL2.DC=1`,
  `
  # J1.1.4 AArch64.S1DisabledOutput: with HCR_EL2.DC, DCT makes it Tagged
  ldr x0, [x1] | HCR_EL2.DCT=1 x1=D+0x0300000000000000 <D>=4 | to=1 ec=0x25 iss=0x11 far=D+0x0300000000000000
  ldr x0, [x1] | x1=D+0x0300000000000000 <D>=4 | x0=0
  stg x0, [x1] | HCR_EL2.DCT=1 x0=0x0500000000000000 x1=D | <D>=5
  at s1e1r, x1 | HCR_EL2.DCT=1 x1=D | PAR_EL1=0xf000000040100a00
`,
);
