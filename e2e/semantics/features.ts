// What the processor `max` announces, feature by feature: what it is in a few words, where it is implemented, and one case that holds on `max` and
// comes to something else once the ID register fields say that the feature is absent. A feature of which software sees nothing, or that this
// machine always has, says so in place of the case. Below, what is absent, by reason. Owns the words; which features there are is #arch/features'.

import type { Case, Group } from './notation.ts';
import { group } from './notation.ts';

export interface Shown {
  readonly feature: string;
  readonly words: string;
  /** A file or folder under src/. */
  readonly where: string;
  /** The case, on `max`; undefined when `unseen` says why there can be none. */
  readonly case: Case | undefined;
  /** Why taking the feature away would show nothing. */
  readonly unseen: string | undefined;
}

const KEY =
  'HCR_EL2.API=1 HCR_EL2.APK=1 SCTLR_EL1.EnIA=1 APIAKeyHi_EL1=0x0123456789abcdef APIAKeyLo_EL1=0xfedcba9876543210 x1=0x1122334455667788';
const TAGS = 'mmu TCO=0 HCR_EL2.ATA=1 SCTLR_EL1.ATA=1 TCR_EL1.TBI0=1';
const STAGE2 = 'HCR_EL2.VM=1 VTTBR_EL2=D VTCR_EL2=0x80020059';
const NO_SPECULATION = 'nothing is executed ahead';
const IN_ORDER = 'accesses are made one after the other';

// FEATURE: words: where: program | given | expected          or   FEATURE: words: where: - why it shows nothing
const TABLE = `
FEAT_FP: floating-point registers, what moves, loads and stores them; arithmetic is not modelled: isa/a64: ldr d0, [x0] | x0=D [D]=seq*8 | v0=0x0706050403020100
FEAT_AdvSIMD: vector registers, what moves, loads and stores them; arithmetic is not modelled: isa/a64: ld1 {v0.16b}, [x0] | x0=D [D]=seq*16 | v0=0x0f0e0d0c0b0a09080706050403020100
FEAT_GICv3: system registers of the GIC CPU interface: devices/gic: mrs x5, icc_sre_el1 | | x5=7
FEAT_GICv3_NMI: GICD_INMIR<n>, GICR_INMIR0, ICC_NMIAR1_EL1, ICH_LR<n>_EL2.NMI: devices/gic: mrs x5, icc_nmiar1_el1 | | x5=0
FEAT_RAS: ESB, error records (none), VSESR_EL2, HCR_EL2.TEA: cpu/exceptions/interrupts.ts: mrs x5, erridr_el1 | | x5=0
FEAT_DIT: PSTATE.DIT; every instruction takes one step of time: cpu/registers: mrs x5, dit | | x5=0
FEAT_CSV2: branch predictions of one context do not steer another: cpu: - ${NO_SPECULATION}
FEAT_CSV2_2: SCXTNUM_ELx: arch/sysreg/tables: mrs x5, scxtnum_el1 | HCR_EL2.EnSCXT=1 SCXTNUM_EL1=7 | x5=7
FEAT_CSV2_3: branch history neither: cpu: - ${NO_SPECULATION}
FEAT_CSV3: data loaded speculatively under a fault is not used: cpu: - ${NO_SPECULATION}
FEAT_BTI: PSTATE.BTYPE, guarded pages, Branch Target exceptions: cpu/engine/reference: adr x0, 1f ; blr x0 ; 1: brk #1 | | x0=C+8 x30=C+8 to=1 ec=0x3c iss=1 SPSR_EL1.BTYPE=2
FEAT_SSBS: PSTATE.SSBS, SCTLR_ELx.DSSBS: cpu/exceptions/entry.ts: svc #1 | SCTLR_EL1.DSSBS=1 | to=1 ec=0x15 iss=1 SSBS=0x1000
FEAT_SSBS2: MRS and MSR of SSBS: cpu/registers: mrs x5, ssbs | | x5=0
FEAT_MTE: instructions on tags in registers: isa/a64: subp x0, x1, x2 | x1=D+16 x2=D | x0=16
FEAT_MTE2: allocation tags in memory, tag checks: cpu/memory/tags.ts: ldg x0, [x1] | ${TAGS} x0=0 x1=T <T>=5 | x0=0x0500000000000000
FEAT_MTE3: asymmetric tag check faults: cpu/memory/tag-check.ts: ldr x0, [x1] | ${TAGS} SCTLR_EL1.TCF=3 x1=T+0x300000000000000 | to=1 ec=0x25 iss=0x11 far=T+0x300000000000000
FEAT_MTE_ASYNC: tag check faults noted in TFSR_ELx: cpu/memory/tag-check.ts: ldr x0, [x1] | ${TAGS} SCTLR_EL1.TCF=2 x1=T+0x300000000000000 | x0=0 TFSR_EL1=1
FEAT_MTE_STORE_ONLY: SCTLR_ELx.TCSO, TCSO0: cpu/memory/tag-check.ts: ldr x0, [x1] | ${TAGS} SCTLR_EL1.TCF=1 SCTLR_EL1.TCSO=1 x1=T+0x300000000000000 | x0=0
FEAT_MTE_TAGGED_FAR: bits 63:60 of FAR_ELx after a tag check fault: cpu/exceptions/aborts.ts: - without it they are UNKNOWN, and are the address's here too
FEAT_NMI: IRQs and FIQs with Superpriority, PSTATE.ALLINT: cpu/exceptions/interrupts.ts: nop | irq nmi SCTLR_EL1.NMI=1 DAIF=0x80 | to=1 vector=0x280 at=0
FEAT_FPMR: FPMR and what traps it; the formats it is for are absent: arch/sysreg/tables: mrs x5, fpmr | HCRX_EL2.EnFPM=1 | x5=0
FEAT_Debugv8p1: debug with FEAT_VHE: cpu/debug: - it comes and goes with FEAT_VHE
FEAT_Debugv8p2: debug of Armv8.2: cpu/debug: - it concerns an external debugger, and there is none
FEAT_Debugv8p4: debug of Armv8.4: cpu/debug: - it concerns Secure state and an external debugger, and there is neither
FEAT_PMUv3: performance monitors, six counters and the cycle counter: cpu/pmu: mrs x5, pmselr_el0 | PMSELR_EL0=3 | x5=3
FEAT_PMUv3p1: events of 16 bits, MDCR_EL2.HPMD: cpu/pmu: - it is there whenever counters are
FEAT_PMUv3p4: PMMIR_EL1: cpu/pmu: mrs x5, pmmir_el1 | | x5=0
FEAT_PMUv3p5: event counters of 64 bits: cpu/pmu: msr pmevcntr0_el0, x5 | x5=0x100000007 | PMEVCNTR0_EL0=0x100000007
FEAT_CRC32: CRC32B to CRC32CX: isa/a64: crc32b w0, w1, w2 | x1=0 x2=0 | x0=0
FEAT_LSE: atomics: cpu/memory/access.ts: ldadd x0, x2, [x1] | x0=1 x1=D | x2=0 [D]=01
FEAT_LSE128: atomics of 128 bits: cpu/memory/access.ts: swpp x0, x1, [x2] | x0=7 x1=8 x2=D | x0=0 x1=0 [D]=07000000000000000800000000000000
FEAT_FlagM: CFINV, RMIF, SETF8, SETF16: isa/a64: cfinv | nzcv=0 | nzcv=2
FEAT_FlagM2: AXFLAG, XAFLAG: isa/a64: axflag | nzcv=0b0011 | nzcv=0b0100
FEAT_TLBIOS: TLB maintenance, Outer Shareable: arch/sysreg/tables: tlbi vmalle1os | |
FEAT_TLBIRANGE: TLB maintenance by range: arch/sysreg/tables: tlbi rvae1, x5 | |
FEAT_RNG: RNDR, RNDRRS; the numbers are a function of the instruction count: cpu/registers/effects.ts: mrs x5, rndr ; mov x5, #0 | nzcv=15 | x5=0 nzcv=0
FEAT_DPB: DC CVAP: cpu/registers/operations.ts: dc cvap, x1 | x1=D |
FEAT_DPB2: DC CVADP: cpu/registers/operations.ts: dc cvadp, x1 | x1=D |
FEAT_PAuth: pointer authentication: cpu/pointer-authentication.ts: pacia x0, x1 | ${KEY} x0=0xffff800040101234 | x0=0x57d7800040101234
FEAT_PAuth2: codes combined by exclusive OR: isa/algorithms: pacia x0, x1 | ${KEY} x0=0xffff800040101234 | x0=0x57d7800040101234
FEAT_FPAC: PAC Fail exceptions: cpu/pointer-authentication.ts: autia x0, x1 | ${KEY} x0=0x5a6a000040101235 | to=1 ec=0x1c iss=0 at=0
FEAT_FPACCOMBINE: ... of instructions that authenticate and do more: cpu/pointer-authentication.ts: braa x0, x1 | ${KEY} x0=0x5a6a000040101235 | to=1 ec=0x1c iss=0 at=0
FEAT_PACQARMA5: the cipher: isa/algorithms: pacia x0, x1 | ${KEY} x0=0x40101234 | x0=0x5a6a000040101234
FEAT_CONSTPACFIELD: bit 55 tells the halves apart: cpu/pointer-authentication.ts: pacia x0, x1 | ${KEY} x0=0x8000000040101234 | x0=0xda6a000040101234
FEAT_LRCPC: LDAPR: isa/a64: ldapr x0, [x1] | x1=D [D]=seq*8 | x0=0x0706050403020100
FEAT_LRCPC2: LDAPUR, STLUR: isa/a64: ldapur x0, [x1, #8] | x1=D [D+8]=seq*8 | x0=0x0706050403020100
FEAT_LRCPC3: ordered pairs, write-back: isa/a64: ldapr x0, [x1], #8 | x1=D [D]=seq*8 | x0=0x0706050403020100 x1=D+8
FEAT_SB: SB: isa/a64: sb | |
FEAT_SPECRES: CFP, CPP, DVP RCTX: arch/sysreg/tables: cfp rctx, x5 | |
FEAT_SPECRES2: COSP RCTX: arch/sysreg/tables: cosp rctx, x5 | |
FEAT_DGH: DGH: isa/a64: - without it the hint is a NOP, and it does nothing here
FEAT_XS: the XS attribute of memory, DSB nXS, TLBI nXS: mmu/attributes.ts: at s1e1r, x1 | mmu MAIR_EL1=0xf00040ff x1=NC | PAR_EL1=0x4000000040101b00
FEAT_LS64: LD64B, ST64B, for RAM that is not cacheable: cpu/memory/blocks.ts: ld64b x0, [x8] | mmu HCRX_EL2.EnALS=1 x8=NC [NC]=11*64 | x0=0x1111111111111111 x1=0x1111111111111111 x2=0x1111111111111111 x3=0x1111111111111111 x4=0x1111111111111111 x5=0x1111111111111111 x6=0x1111111111111111 x7=0x1111111111111111
FEAT_LS64_V: ST64BV, to which no location answers with a status: cpu/memory/blocks.ts: st64bv x20, x0, [x8] | mmu HCRX_EL2.EnASR=1 x8=NC | x20=-1
FEAT_LS64_ACCDATA: ST64BV0, ACCDATA_EL1: arch/sysreg/tables: mrs x5, accdata_el1 | el=2 ACCDATA_EL1=7 | x5=7
FEAT_WFxT: WFIT, WFET: cpu/wait.ts: wfit x0 | x0=100 | waits=1600
FEAT_MOPS: memory copy and set: isa/algorithms: cpyfp [x0]!, [x1]!, x2! ; cpyfm [x0]!, [x1]!, x2! ; cpyfe [x0]!, [x1]!, x2! | HCRX_EL2.MSCEn=1 x0=D x1=D+0x100 x2=16 [D+0x100]=seq*16 | x0=D+16 x1=D+0x110 x2=0 nzcv=0 [D]=seq*16
FEAT_HBC: BC.cond: isa/a64: bc.ne 1f ; mov x9, #1 ; 1: nop | nzcv=4 | x9=1
FEAT_CLRBHB: CLRBHB: isa/a64: - without it the hint is a NOP, and there is no branch history
FEAT_PRFMSLC: PRFM to a system level cache: isa/a64: - without it the target is reserved, and the prefetch does nothing in any case
FEAT_PCDPHINT: STSHH: isa/a64: - without it the hint is a NOP, and it does nothing here
FEAT_RPRFM: RPRFM: isa/a64: - without it the hint is a NOP, and it does nothing here
FEAT_CSSC: ABS, CNT, CTZ, SMAX and the like: isa/a64: cnt x0, x1 | x1=7 | x0=3
FEAT_CMPBR: compare and branch: isa/a64: cbgt x0, x1, 1f ; mov x9, #1 ; 1: nop | x0=1 x1=1 | x9=1
FEAT_ATS1A: AT S1E1A, AT S1E2A: cpu/registers/operations.ts: at s1e1a, x1 | el=2 mmu x1=AF0 | PAR_EL1=0x817
FEAT_CPA: ADDPT, SUBPT, MADDPT, MSUBPT: isa/a64: addpt x0, x1, x2 | x1=1 x2=2 | x0=3
FEAT_LSUI: exclusives, atomics and pairs as EL0 could make them: cpu/memory/access.ts: ldtadd x0, x2, [x1] | mmu x0=1 x1=D | x2=0 [D]=01
FEAT_LPA: physical addresses of 52 bits: mmu: ldr x0, [x1] | x1=0x4000000000000 | to=1 ec=0x25 iss=0x10 far=0x4000000000000 at=0
FEAT_LPA2: 52 bits with granules of 4 and 16 KiB: mmu: nop | mmu TCR_EL1.DS=1 | to=1 ec=0x21 iss=0x03 far=C at=0
FEAT_MixedEnd: SCTLR_ELx.EE: cpu/memory/access.ts: ldr w0, [x1] | SCTLR_EL1.EE=1 x1=D [D]=seq*4 | x0=0x00010203
FEAT_MixedEndEL0: SCTLR_EL1.E0E: cpu/memory/access.ts: ldr w0, [x1] | el=0 SCTLR_EL1.E0E=1 x1=D [D]=seq*4 | x0=0x00010203
FEAT_ExS: SCTLR_ELx.EIS, EOS: arch/sysreg/tables: - what changes takes effect at once, so that nothing is left for an entry or a return to synchronize
FEAT_FGT: fine-grained traps: trap: mrs x5, tpidr_el1 | HFGRTR_EL2.TPIDR_EL1=1 | to=2 ec=0x18 iss=0x3834a1 at=0
FEAT_FGT2: their second generation: arch/sysreg/tables/hypervisor.ts: mrs x5, hfgrtr2_el2 | el=2 HFGRTR2_EL2=1 | x5=1
FEAT_ECV: CNTVCTSS_EL0, CNTPCTSS_EL0, traps of the virtual timer: cpu/timers.ts: mrs x5, cntvctss_el0 ; mov x5, #0 | | x5=0
FEAT_ECV_POFF: CNTPOFF_EL2: cpu/timers.ts: mrs x5, cntpct_el0 | CNTHCTL_EL2=0x1001 CNTPOFF_EL2=1 | x5=-1
FEAT_HAFDBS: access flag and dirty state set by hardware: mmu/translate.ts: ldr x0, [x1] | mmu TCR_EL1.HA=1 x1=AF0 | x0=0
FEAT_VMID16: VMIDs of 16 bits: cpu/debug/units.ts: - what VTCR_EL2.VS says is heeded by every processor here
FEAT_VHE: EL2&0, redirected names, CONTEXTIDR_EL2: trap, cpu, mmu: mrs x5, sctlr_el12 | el=2 HCR_EL2.E2H=1 SCTLR_EL1=0x30d00800 | x5=0x30d00800
FEAT_HPDS: hierarchical permissions switched off: mmu/translate.ts: str x0, [x1] | mmu [0x40200008]=0310204000000040 TCR_EL1.HPD0=1 x0=1 x1=D | [D]=0100000000000000
FEAT_HPDS2: bits of descriptors for hardware's own use: mmu: - the hardware makes no use of them
FEAT_LOR: LORegions; ordering needs none: arch/sysreg/tables: mrs x5, lorc_el1 | | x5=0
FEAT_PAN: PSTATE.PAN: mmu/translate.ts: mrs x5, pan | | x5=0
FEAT_PAN2: AT S1E1RP, AT S1E1WP: cpu/registers/operations.ts: at s1e1rp, x1 | mmu x1=D PAN=0x400000 | PAR_EL1=0x81f
FEAT_PAN3: SCTLR_ELx.EPAN: mmu/translate.ts: ldr x0, [x1] | mmu PAN=0x400000 SCTLR_EL1.EPAN=1 x1=KERN | to=1 ec=0x25 iss=0x0f far=KERN at=0
FEAT_XNX: stage 2 execute-never for EL1 or EL0 alone: mmu/translate.ts: nop | ${STAGE2} [D+8]=fd07004000002000 | to=2 ec=0x20 iss=0x0d far=C at=0
FEAT_TWED: traps of WFE and WFET that wait for an event: cpu/wait.ts: wfe | HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 | waits=257
FEAT_ETS2: walks are ordered after what comes before them: mmu: - ${IN_ORDER}
FEAT_ETS3: ... and before what a fault comes from: mmu: - ${IN_ORDER}
FEAT_HCX: HCRX_EL2: trap: mrs x5, hcrx_el2 | el=2 | x5=0
FEAT_nTLBPA: no translation is kept by the address of its descriptor: cpu/memory/tlb-entries.ts: - entries of the TLB are found by virtual address alone
FEAT_TIDCP1: SCTLR_ELx.TIDCP: trap: mrs x5, s3_0_c15_c0_0 | el=0 SCTLR_EL1.TIDCP=1 | to=1 ec=0x18 iss=0x303ca1 at=0
FEAT_CMOW: SCTLR_ELx.CMOW, HCRX_EL2.CMOW: mmu/translate.ts: dc civac, x1 | mmu el=0 SCTLR_EL1.UCI=1 SCTLR_EL1.CMOW=1 x1=RO | to=1 ec=0x24 iss=0x14f far=RO at=0
FEAT_ECBHB: branch history from before an exception is of no use after it: cpu: - ${NO_SPECULATION}
FEAT_TTCNP: translations shared by processors: mmu: - each processor keeps its own, which the architecture allows
FEAT_UAO: PSTATE.UAO: cpu/core.ts: mrs x5, uao | | x5=0
FEAT_IESB: error synchronization at exception entry and return: cpu/exceptions: - errors are synchronized at any instruction
FEAT_LVA: virtual addresses of 52 bits: mmu/controls.ts: nop | mmu TCR_EL1.T0SZ=12 TCR_EL1.TG0=1 | to=1 ec=0x21 iss=0x05 far=C at=0
FEAT_NV: a hypervisor at EL1 that takes itself for one at EL2: trap, cpu: mrs x5, currentel | HCR_EL2.NV=1 | x5=8
FEAT_NV2: ... and whose registers are in memory: cpu/memory/redirected.ts: mrs x5, hcr_el2 | HCR_EL2.NV=1 HCR_EL2.NV2=1 VNCR_EL2=D [D+0x78]=seq*8 | x5=0x0706050403020100
FEAT_TTST: small translation tables: mmu/controls.ts: at s1e1r, x1 | el=2 mmu TCR_EL1.T0SZ=40 TTBR0_EL1=D x1=0 | PAR_EL1=0x80d
FEAT_LSE2: unaligned atomics and ordered accesses within 16 bytes: cpu/memory/access.ts: ldadd x0, x2, [x1] | mmu x0=1 x1=D+3 | x2=0 [D+3]=01
FEAT_IDST: ID registers trap from EL0: trap/system-access.ts: mrs x5, id_aa64pfr0_el1 | el=0 | to=1 ec=0x18 iss=0x3000a9 at=0
FEAT_S2FWB: stage 2 forces write-back: mmu/attributes.ts: at s12e1r, x1 | el=2 mmu ${STAGE2} HCR_EL2.FWB=1 x1=NC [D+8]=d907004000000000 | PAR_EL1.ATTR=0xff
FEAT_TTL: levels as hints to TLB maintenance: cpu/memory/tlb-invalidate.ts: - what is dropped is found without the hint
FEAT_BBML1: changing the size of blocks: mmu: - an entry of the TLB is a page with its own walk: none conflicts with another
FEAT_BBML2: ... without faults: mmu: - an entry of the TLB is a page with its own walk: none conflicts with another
FEAT_EVT: HCR_EL2.{TTLBIS, TTLBOS, TOCU, TICAB, TID4}: trap: ic ialluis | HCR_EL2.TICAB=1 | to=2 ec=0x18 iss=0x101fe2 at=0
FEAT_E0PD: TCR_ELx.E0PDn: mmu/translate.ts: nop | mmu el=0 TCR_EL1.E0PD0=1 | to=1 ec=0x20 iss=0x04 far=C at=0
FEAT_TCR2: TCR2_ELx, whose fields belong to features that are absent: arch/sysreg/tables/memory.ts: mrs x5, tcr2_el1 | HCRX_EL2.TCR2En=1 | x5=0
FEAT_SCTLR2: SCTLR2_ELx, whose fields belong to features that are absent: arch/sysreg/tables/control.ts: mrs x5, sctlr2_el1 | HCRX_EL2.SCTLR2En=1 | x5=0
FEAT_E2H0: HCR_EL2.E2H may be 0: cpu, mmu, trap: - every processor here lets it
`;

/** What is absent, by reason. */
export const ABSENT: readonly { readonly reason: string; readonly features: string }[] = [
  {
    reason: 'AArch32 is absent: no code of 32 bits is decoded.',
    features: 'FEAT_AA32 FEAT_AA32EL0 FEAT_AA32EL1 FEAT_LSMAOC',
  },
  {
    reason: 'EL3 is absent, and with it Secure, Root and Realm state: firmware is modelled outside the processor.',
    features:
      'EL3 FEAT_SEL2 FEAT_RME FEAT_RME_GPC2 FEAT_RME_GPC3 FEAT_RME_GDI FEAT_MEC FEAT_DoubleFault FEAT_E3DSE FEAT_FGWTE3 FEAT_RNG_TRAP FEAT_IDTE3',
  },
  {
    reason: 'Arithmetic of floating point and Advanced SIMD is not modelled yet.',
    features:
      'FEAT_FP16 FEAT_FHM FEAT_RDM FEAT_DotProd FEAT_JSCVT FEAT_FCMA FEAT_FRINTTS FEAT_BF16 FEAT_EBF16 FEAT_I8MM FEAT_RPRES FEAT_AFP FEAT_FAMINMAX FEAT_LUT FEAT_FPRCVT FEAT_LSFE FEAT_FP8 FEAT_FP8FMA FEAT_FP8DOT2 FEAT_FP8DOT4 FEAT_F8F16MM FEAT_F8F32MM FEAT_AES FEAT_PMULL FEAT_SHA1 FEAT_SHA256 FEAT_SHA512 FEAT_SHA3 FEAT_SM3 FEAT_SM4',
  },
  {
    reason: 'Scalable vectors and matrices are not modelled.',
    features:
      'FEAT_SVE FEAT_SVE2 FEAT_SVE2p1 FEAT_SVE2p2 FEAT_SME FEAT_SME2 FEAT_SME_FA64 FEAT_SME2p1 FEAT_SME2p2 FEAT_PMUv3_SME',
  },
  {
    reason: 'Trace, profiling and branch records are not modelled; nor is an external debugger.',
    features:
      'FEAT_TRC_SR FEAT_TRC_EXT FEAT_ETEv1p3 FEAT_TRF FEAT_TRBE FEAT_TRBEv1p1 FEAT_TRBE_EXT FEAT_TRBE_EXC FEAT_TRBE_MPAM FEAT_BRBE FEAT_BRBEv1p1 FEAT_ITE FEAT_SPE FEAT_SPEv1p1 FEAT_SPEv1p2 FEAT_SPEv1p3 FEAT_SPEv1p4 FEAT_SPEv1p5 FEAT_SPE_EFT FEAT_SPE_FDS FEAT_SPE_FnE FEAT_SPE_ERnd FEAT_SPE_nVM FEAT_SPE_EXC FEAT_SPE_DPFZS FEAT_PCSRv8 FEAT_PCSRv8p2 FEAT_DoPD FEAT_DoubleLock',
  },
  {
    reason: 'The counters are those of PMUv3 for Armv8.5; later parts of performance monitoring are not modelled.',
    features:
      'FEAT_PMUv3p7 FEAT_PMUv3p8 FEAT_PMUv3p9 FEAT_PMUv3_SS FEAT_PMUv3_ICNTR FEAT_PMUv3_TH FEAT_PMUv3_TH2 FEAT_PMUv3_EDGE FEAT_PMUv3_EXT FEAT_HPMN0 FEAT_SEBEP FEAT_EBEP FEAT_SPMU FEAT_SPMU2 FEAT_MTPMU FEAT_AMUv1 FEAT_AMUv1p1',
  },
  {
    reason: 'Debug is that of Armv8.4; later breakpoints and steps are not modelled.',
    features: 'FEAT_Debugv8p8 FEAT_Debugv8p9 FEAT_ABLE FEAT_BWE FEAT_BWE2 FEAT_STEP2',
  },
  {
    reason: 'Memory system partitioning does nothing where there is no cache to divide.',
    features: 'FEAT_MPAM FEAT_MPAMv0p1 FEAT_MPAMv1p0 FEAT_MPAMv1p1 FEAT_MPAM_PE_BW_CTRL',
  },
  {
    reason:
      'Descriptors are those of 64 bits with direct permissions: no indirection, overlays, 128 bits, nor lists kept by hardware.',
    features:
      'FEAT_S1PIE FEAT_S2PIE FEAT_S1POE FEAT_S2POE FEAT_S1POE2 FEAT_AIE FEAT_D128 FEAT_SYSREG128 FEAT_SYSINSTR128 FEAT_HAFT FEAT_HDBSS FEAT_HACDBS FEAT_ASID2 FEAT_LVA3 FEAT_TLBIW',
  },
  {
    reason: 'Read-check-write is modelled; the protection of descriptors that belongs to it is not.',
    features: 'FEAT_THE',
  },
  {
    reason: 'The instructions that sign with PC are modelled; PSTATE.PACM is not.',
    features: 'FEAT_PAuth_LR',
  },
  {
    reason: 'Another choice is announced, of which a processor has one.',
    features: 'FEAT_EPAC FEAT_PACIMP FEAT_PACQARMA3 FEAT_CSV2_1p1 FEAT_CSV2_1p2 FEAT_CCIDX',
  },
  {
    reason: 'Errors are reported as External aborts and SErrors without records or addresses.',
    features: 'FEAT_RASv1p1 FEAT_RASv2 FEAT_DoubleFault2 FEAT_PFAR FEAT_ANERR FEAT_ADERR FEAT_SpecSEI FEAT_UINJ FEAT_TEV',
  },
  {
    reason: 'The GIC brings no LPIs, and so gives guests no virtual LPIs and SGIs by itself.',
    features: 'FEAT_GICv4p1',
  },
  {
    reason: 'Further parts of memory tagging are not modelled.',
    features: 'FEAT_MTE_CANONICAL_TAGS FEAT_MTE_NO_ADDRESS_TAGS FEAT_MTE_PERM',
  },
  {
    reason: 'Not modelled yet.',
    features: 'FEAT_GCS FEAT_CHK FEAT_CPA2 FEAT_TME FEAT_MOPS_GO FEAT_LSCP FEAT_OCCMO FEAT_PoPS FEAT_SRMASK',
  },
  {
    reason: 'What announces it says also that HCR_EL2.NV needs NV2, and here each works by itself.',
    features: 'FEAT_NV2p1',
  },
  {
    reason: 'Hints that no ID register field announces; they do nothing here.',
    features: 'FEAT_HF_hints',
  },
];

export const SHOWN: readonly Shown[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [feature, words, where, ...rest] = line.split(': ') as [string, string, string, ...string[]];
    const text = rest.join(': ');
    const unseen = text.startsWith('- ') ? text.slice(2) : undefined;
    return {
      feature,
      words,
      where,
      unseen,
      case: unseen === undefined ? group(feature, '', `# ${feature}\n${text}`).cases[0] : undefined,
    };
  });

/** One feature's case as a group of its own. */
export function groupOf(shown: Shown, given: Group['given'] = []): Group {
  return { title: shown.feature, prefix: '', given, cases: shown.case === undefined ? [] : [shown.case] };
}
