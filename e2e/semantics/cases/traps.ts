// Trap controls that QEMU 7.2 lacks: fine-grained traps of both generations, enhanced virtualization traps, waits, IMPLEMENTATION DEFINED
// space, debug and performance monitors, and the registers that HCRX_EL2 enables.
import { group } from '../notation.ts';
import { executed, read, written } from './trapped.ts';

export const FGT = group(
  'FEAT_FGT',
  'x5=0x1230',
  `
  # D24.2.72 HFGRTR_EL2: reads of EL1, one bit a register
  mrs x5, afsr0_el1 | HFGRTR_EL2.AFSR0_EL1=1 | ${read('3 0 5 1 0')}
  mrs x5, amair_el1 | HFGRTR_EL2.AMAIR_EL1=1 | ${read('3 0 10 3 0')}
  mrs x5, apdakeyhi_el1 | HCR_EL2.APK=1 HFGRTR_EL2.APDAKey=1 | ${read('3 0 2 2 1')}
  mrs x5, apgakeylo_el1 | HCR_EL2.APK=1 HFGRTR_EL2.APGAKey=1 | ${read('3 0 2 3 0')}
  mrs x5, ccsidr_el1 | HFGRTR_EL2.CCSIDR_EL1=1 | ${read('3 1 0 0 0')}
  mrs x5, clidr_el1 | HFGRTR_EL2.CLIDR_EL1=1 | ${read('3 1 0 0 1')}
  mrs x5, contextidr_el1 | HFGRTR_EL2.CONTEXTIDR_EL1=1 | ${read('3 0 13 0 1')}
  mrs x5, cpacr_el1 | HFGRTR_EL2.CPACR_EL1=1 | ${read('3 0 1 0 2')}
  mrs x5, csselr_el1 | HFGRTR_EL2.CSSELR_EL1=1 | ${read('3 2 0 0 0')}
  mrs x5, ctr_el0 | HFGRTR_EL2.CTR_EL0=1 | ${read('3 3 0 0 1')}
  mrs x5, dczid_el0 | HFGRTR_EL2.DCZID_EL0=1 | ${read('3 3 0 0 7')}
  mrs x5, esr_el1 | HFGRTR_EL2.ESR_EL1=1 | ${read('3 0 5 2 0')}
  mrs x5, far_el1 | HFGRTR_EL2.FAR_EL1=1 | ${read('3 0 6 0 0')}
  mrs x5, isr_el1 | HFGRTR_EL2.ISR_EL1=1 | ${read('3 0 12 1 0')}
  mrs x5, mair_el1 | HFGRTR_EL2.MAIR_EL1=1 | ${read('3 0 10 2 0')}
  mrs x5, midr_el1 | HFGRTR_EL2.MIDR_EL1=1 | ${read('3 0 0 0 0')}
  mrs x5, mpidr_el1 | HFGRTR_EL2.MPIDR_EL1=1 | ${read('3 0 0 0 5')}
  mrs x5, par_el1 | HFGRTR_EL2.PAR_EL1=1 | ${read('3 0 7 4 0')}
  mrs x5, revidr_el1 | HFGRTR_EL2.REVIDR_EL1=1 | ${read('3 0 0 0 6')}
  mrs x5, sctlr_el1 | HFGRTR_EL2.SCTLR_EL1=1 | ${read('3 0 1 0 0')}
  mrs x5, tcr_el1 | HFGRTR_EL2.TCR_EL1=1 | ${read('3 0 2 0 2')}
  mrs x5, tpidr_el1 | HFGRTR_EL2.TPIDR_EL1=1 | ${read('3 0 13 0 4')}
  mrs x5, ttbr1_el1 | HFGRTR_EL2.TTBR1_EL1=1 | ${read('3 0 2 0 1')}
  mrs x5, vbar_el1 | HFGRTR_EL2.VBAR_EL1=1 | ${read('3 0 12 0 0')}
  mrs x5, scxtnum_el1 | HCR_EL2.EnSCXT=1 HFGRTR_EL2.SCXTNUM_EL1=1 | ${read('3 0 13 0 7')}
  # ... and of EL0, where EL1 lets it
  mrs x5, tpidr_el0 | el=0 HFGRTR_EL2.TPIDR_EL0=1 | ${read('3 3 13 0 2')}
  mrs x5, tpidrro_el0 | el=0 HFGRTR_EL2.TPIDRRO_EL0=1 | ${read('3 3 13 0 3')}
  mrs x5, ctr_el0 | el=0 SCTLR_EL1.UCT=1 HFGRTR_EL2.CTR_EL0=1 | ${read('3 3 0 0 1')}
  mrs x5, ctr_el0 | el=0 SCTLR_EL1.UCT=0 HFGRTR_EL2.CTR_EL0=1 | ${read('3 3 0 0 1', 1)}
  # A bit for reads leaves writes alone, and one for writes reads
  msr tpidr_el1, x5 | HFGRTR_EL2.TPIDR_EL1=1 | TPIDR_EL1=0x1230
  mrs x5, tpidr_el1 | HFGWTR_EL2.TPIDR_EL1=1 TPIDR_EL1=7 | x5=7
  # Not from EL2, not from EL0 under a host, not without the feature
  mrs x5, tpidr_el1 | el=2 HFGRTR_EL2.TPIDR_EL1=1 TPIDR_EL1=7 | x5=7
  mrs x5, tpidr_el0 | el=0 HCR_EL2.E2H=1 HCR_EL2.TGE=1 HFGRTR_EL2.TPIDR_EL0=1 TPIDR_EL0=7 | x5=7
  mrs x5, tpidr_el1 | HFGRTR_EL2.TPIDR_EL1=1 TPIDR_EL1=7 ID_AA64MMFR0_EL1.FGT=0 | x5=7
  # D24.2.74 HFGWTR_EL2: writes
  msr sctlr_el1, x5 | HFGWTR_EL2.SCTLR_EL1=1 | ${written('3 0 1 0 0')}
  msr ttbr0_el1, x5 | HFGWTR_EL2.TTBR0_EL1=1 | ${written('3 0 2 0 0')}
  msr tcr_el1, x5 | HFGWTR_EL2.TCR_EL1=1 | ${written('3 0 2 0 2')}
  msr vbar_el1, x5 | HFGWTR_EL2.VBAR_EL1=1 | ${written('3 0 12 0 0')}
  msr esr_el1, x5 | HFGWTR_EL2.ESR_EL1=1 | ${written('3 0 5 2 0')}
  msr far_el1, x5 | HFGWTR_EL2.FAR_EL1=1 | ${written('3 0 6 0 0')}
  msr par_el1, x5 | HFGWTR_EL2.PAR_EL1=1 | ${written('3 0 7 4 0')}
  msr csselr_el1, x5 | HFGWTR_EL2.CSSELR_EL1=1 | ${written('3 2 0 0 0')}
  msr apiakeylo_el1, x5 | HCR_EL2.APK=1 HFGWTR_EL2.APIAKey=1 | ${written('3 0 2 1 0')}
  msr tpidr_el0, x5 | el=0 HFGWTR_EL2.TPIDR_EL0=1 | ${written('3 3 13 0 2')}
  # D24.2.70 HFGITR_EL2: instructions
  svc #0x1234 | HFGITR_EL2.SVC_EL1=1 | to=2 ec=0x15 iss=0x1234 at=0
  svc #0x1234 | el=0 HFGITR_EL2.SVC_EL0=1 | to=2 ec=0x15 iss=0x1234 at=0
  svc #0x1234 | el=0 HFGITR_EL2.SVC_EL1=1 | to=1 ec=0x15 iss=0x1234 at=4
  eret | HFGITR_EL2.ERET=1 | to=2 ec=0x1a iss=0 at=0
  eretab | HFGITR_EL2.ERET=1 | to=2 ec=0x1a iss=3 at=0
  eret | HFGITR_EL2.ERET=1 ID_AA64MMFR2_EL1.NV=0 | to=2 ec=0x1a iss=0 at=0
  dc ivac, x5 | HFGITR_EL2.DCIVAC=1 | ${written('1 0 7 6 1')}
  dc isw, x5 | HFGITR_EL2.DCISW=1 | ${written('1 0 7 6 2')}
  dc csw, x5 | HFGITR_EL2.DCCSW=1 | ${written('1 0 7 10 2')}
  dc cisw, x5 | HFGITR_EL2.DCCISW=1 | ${written('1 0 7 14 2')}
  dc zva, x5 | HFGITR_EL2.DCZVA=1 | ${written('1 3 7 4 1')}
  dc civac, x5 | HFGITR_EL2.DCCIVAC=1 | ${written('1 3 7 14 1')}
  dc cvau, x5 | HFGITR_EL2.DCCVAU=1 | ${written('1 3 7 11 1')}
  dc cvap, x5 | HFGITR_EL2.DCCVAP=1 | ${written('1 3 7 12 1')}
  dc cvac, x5 | el=0 SCTLR_EL1.UCI=1 HFGITR_EL2.DCCVAC=1 | ${written('1 3 7 10 1')}
  dc cvac, x5 | el=0 SCTLR_EL1.UCI=0 HFGITR_EL2.DCCVAC=1 | ${written('1 3 7 10 1', 1)}
  ic iallu | HFGITR_EL2.ICIALLU=1 | ${executed('1 0 7 5 0')}
  ic ialluis | HFGITR_EL2.ICIALLUIS=1 | ${executed('1 0 7 1 0')}
  ic ivau, x5 | HFGITR_EL2.ICIVAU=1 | ${written('1 3 7 5 1')}
  at s1e1r, x5 | HFGITR_EL2.ATS1E1R=1 | ${written('1 0 7 8 0')}
  at s1e0w, x5 | HFGITR_EL2.ATS1E0W=1 | ${written('1 0 7 8 3')}
  tlbi vmalle1 | HFGITR_EL2.TLBIVMALLE1=1 | ${executed('1 0 8 7 0')}
  tlbi vae1, x5 | HFGITR_EL2.TLBIVAE1=1 | ${written('1 0 8 7 1')}
  tlbi aside1is, x5 | HFGITR_EL2.TLBIASIDE1IS=1 | ${written('1 0 8 3 2')}
  tlbi vaae1os, x5 | HFGITR_EL2.TLBIVAAE1OS=1 | ${written('1 0 8 1 3')}
  tlbi rvae1, x5 | HFGITR_EL2.TLBIRVAE1=1 | ${written('1 0 8 6 1')}
  cfp rctx, x5 | HFGITR_EL2.CFPRCTX=1 | ${written('1 3 7 3 4')}
  dvp rctx, x5 | HFGITR_EL2.DVPRCTX=1 | ${written('1 3 7 3 5')}
  cpp rctx, x5 | HFGITR_EL2.CPPRCTX=1 | ${written('1 3 7 3 7')}
  # C5.5: the nXS forms follow the same bits, unless HCRX_EL2.FGTnXS lets them off
  tlbi vae1nxs, x5 | HFGITR_EL2.TLBIVAE1=1 | ${written('1 0 9 7 1')}
  tlbi vae1nxs, x5 | HFGITR_EL2.TLBIVAE1=1 HCRX_EL2.FGTnXS=1 |
  # D24.2.64 HDFGRTR_EL2 and D24.2.66 HDFGWTR_EL2: debug and performance monitors
  mrs x5, mdscr_el1 | HDFGRTR_EL2.MDSCR_EL1=1 | ${read('2 0 0 2 2')}
  msr mdscr_el1, x5 | HDFGWTR_EL2.MDSCR_EL1=1 | ${written('2 0 0 2 2')}
  mrs x5, dbgbvr2_el1 | HDFGRTR_EL2.DBGBVRn_EL1=1 | ${read('2 0 0 2 4')}
  msr dbgbcr1_el1, x5 | HDFGWTR_EL2.DBGBCRn_EL1=1 | ${written('2 0 0 1 5')}
  msr dbgwvr3_el1, x5 | HDFGWTR_EL2.DBGWVRn_EL1=1 | ${written('2 0 0 3 6')}
  mrs x5, dbgwcr0_el1 | HDFGRTR_EL2.DBGWCRn_EL1=1 | ${read('2 0 0 0 7')}
  mrs x5, oslsr_el1 | HDFGRTR_EL2.OSLSR_EL1=1 | ${read('2 0 1 1 4')}
  msr oslar_el1, x5 | HDFGWTR_EL2.OSLAR_EL1=1 | ${written('2 0 1 0 4')}
  mrs x5, dbgprcr_el1 | HDFGRTR_EL2.DBGPRCR_EL1=1 | ${read('2 0 1 4 4')}
  mrs x5, dbgclaimset_el1 | HDFGRTR_EL2.DBGCLAIM=1 | ${read('2 0 7 8 6')}
  mrs x5, dbgauthstatus_el1 | HDFGRTR_EL2.DBGAUTHSTATUS_EL1=1 | ${read('2 0 7 14 6')}
  mrs x5, pmccntr_el0 | HDFGRTR_EL2.PMCCNTR_EL0=1 | ${read('3 3 9 13 0')}
  msr pmcr_el0, x5 | HDFGWTR_EL2.PMCR_EL0=1 | ${written('3 3 9 12 0')}
  mrs x5, pmcr_el0 | HDFGWTR_EL2.PMCR_EL0=1 PMCR_EL0=0 | x5=0x41013040
  msr pmswinc_el0, x5 | HDFGWTR_EL2.PMSWINC_EL0=1 | ${written('3 3 9 12 4')}
  mrs x5, pmevcntr1_el0 | HDFGRTR_EL2.PMEVCNTRn_EL0=1 | ${read('3 3 14 8 1')}
  mrs x5, pmceid0_el0 | HDFGRTR_EL2.PMCEIDn_EL0=1 | ${read('3 3 9 12 6')}
  msr pmcntenset_el0, x5 | el=0 PMUSERENR_EL0.EN=1 HDFGWTR_EL2.PMCNTEN=1 | ${written('3 3 9 12 1')}
  msr pmcntenset_el0, x5 | el=0 PMUSERENR_EL0.EN=0 HDFGWTR_EL2.PMCNTEN=1 | ${written('3 3 9 12 1', 1)}
`,
);

export const FGT2 = group(
  'FEAT_FGT2',
  'x5=0x1230',
  `
  # D24.2: the registers themselves: of EL2, UNDEFINED without the feature
  mrs x5, hfgrtr2_el2 | el=2 HFGRTR2_EL2=1 | x5=1
  mrs x5, hfgrtr2_el2 | | undefined to=1
  mrs x5, hfgrtr2_el2 | el=2 ID_AA64MMFR0_EL1.FGT=1 | undefined to=2
  mrs x5, hdfgwtr2_el2 | HCR_EL2.NV=1 | ${read('3 4 3 1 1')}
  msr hfgitr2_el2, x5 | HCR_EL2.NV=1 HCR_EL2.NV2=1 VNCR_EL2=D | [D+0x310]=3012000000000000
  msr hfgwtr2_el2, x5 | HCR_EL2.NV=1 HCR_EL2.NV2=1 VNCR_EL2=D | [D+0x2c8]=3012000000000000
  # Bits with an n: 0 traps, once the register is there
  mrs x5, rcwsmask_el1 | ID_AA64PFR1_EL1.THE=1 ID_AA64ISAR0_EL1.Atomic=3 HCRX_EL2=-1 | ${read('3 0 13 0 3')}
  mrs x5, rcwsmask_el1 | ID_AA64PFR1_EL1.THE=1 HCRX_EL2=-1 HFGRTR2_EL2.nRCWSMASK_EL1=1 RCWSMASK_EL1=0 HFGRTR_EL2.nRCWMASK_EL1=1 | x5=0
  msr pmuacr_el1, x5 | ID_AA64DFR0_EL1.PMUVer=9 | ${written('3 0 9 14 4')}
  msr pmuacr_el1, x5 | ID_AA64DFR0_EL1.PMUVer=9 ID_AA64MMFR0_EL1.FGT=1 |
  msr pmuacr_el1, x5 | | undefined to=1
  mrs x5, pfar_el1 | ID_AA64PFR1_EL1.PFAR=1 | ${read('3 0 6 0 5')}
  mrs x5, pfar_el1 | ID_AA64PFR1_EL1.PFAR=1 HFGRTR2_EL2.nPFAR_EL1=1 PFAR_EL1=0x77 | x5=0x77
`,
);

export const EVT = group(
  'FEAT_EVT',
  'x5=0x1230',
  `
  # D24.2.57 HCR_EL2.TTLBIS: maintenance broadcast to the Inner Shareable domain
  tlbi vmalle1is | HCR_EL2.TTLBIS=1 | ${executed('1 0 8 3 0')}
  tlbi vae1is, x5 | HCR_EL2.TTLBIS=1 | ${written('1 0 8 3 1')}
  tlbi aside1is, x5 | HCR_EL2.TTLBIS=1 | ${written('1 0 8 3 2')}
  tlbi vaae1is, x5 | HCR_EL2.TTLBIS=1 | ${written('1 0 8 3 3')}
  tlbi vale1is, x5 | HCR_EL2.TTLBIS=1 | ${written('1 0 8 3 5')}
  tlbi vaale1is, x5 | HCR_EL2.TTLBIS=1 | ${written('1 0 8 3 7')}
  tlbi rvae1is, x5 | HCR_EL2.TTLBIS=1 | ${written('1 0 8 2 1')}
  tlbi rvaale1is, x5 | HCR_EL2.TTLBIS=1 | ${written('1 0 8 2 7')}
  tlbi vae1, x5 | HCR_EL2.TTLBIS=1 |
  tlbi vae1os, x5 | HCR_EL2.TTLBIS=1 |
  tlbi vae1is, x5 | HCR_EL2.TTLBIS=1 el=2 |
  tlbi vae1is, x5 | HCR_EL2.TTLBIS=1 ID_AA64MMFR2_EL1.EVT=0 |
  # HCR_EL2.TTLBOS: to the Outer Shareable domain
  tlbi vmalle1os | HCR_EL2.TTLBOS=1 | ${executed('1 0 8 1 0')}
  tlbi vae1os, x5 | HCR_EL2.TTLBOS=1 | ${written('1 0 8 1 1')}
  tlbi aside1os, x5 | HCR_EL2.TTLBOS=1 | ${written('1 0 8 1 2')}
  tlbi rvae1os, x5 | HCR_EL2.TTLBOS=1 | ${written('1 0 8 5 1')}
  tlbi vmalle1is | HCR_EL2.TTLBOS=1 |
  # HCR_EL2.TOCU: cache maintenance to the Point of Unification
  ic iallu | HCR_EL2.TOCU=1 | ${executed('1 0 7 5 0')}
  ic ivau, x5 | HCR_EL2.TOCU=1 | ${written('1 3 7 5 1')}
  dc cvau, x5 | HCR_EL2.TOCU=1 | ${written('1 3 7 11 1')}
  ic ialluis | HCR_EL2.TOCU=1 |
  dc cvau, x5 | el=0 SCTLR_EL1.UCI=1 HCR_EL2.TOCU=1 | ${written('1 3 7 11 1')}
  dc cvau, x5 | el=0 SCTLR_EL1.UCI=0 HCR_EL2.TOCU=1 | ${written('1 3 7 11 1', 1)}
  # HCR_EL2.TICAB: IC IALLUIS
  ic ialluis | HCR_EL2.TICAB=1 | ${executed('1 0 7 1 0')}
  ic iallu | HCR_EL2.TICAB=1 |
  # HCR_EL2.TID4: what describes the caches
  mrs x5, ccsidr_el1 | HCR_EL2.TID4=1 | ${read('3 1 0 0 0')}
  mrs x5, clidr_el1 | HCR_EL2.TID4=1 | ${read('3 1 0 0 1')}
  mrs x5, csselr_el1 | HCR_EL2.TID4=1 | ${read('3 2 0 0 0')}
  msr csselr_el1, x5 | HCR_EL2.TID4=1 | ${written('3 2 0 0 0')}
  mrs x5, ctr_el0 | HCR_EL2.TID4=1 | x5=0x8444c004
  mrs x5, ccsidr_el1 | HCR_EL2.TID4=1 ID_AA64MMFR2_EL1.EVT=0 | x5=0x701fe00a
`,
);

export const WAITS = group(
  'WFI and WFE traps',
  '',
  `
  # D1.6, D24.2.40 ISS of WFx: TI 0 and 1, no register
  wfi | HCR_EL2.TWI=1 | to=2 ec=0x01 iss=0x1e00000 at=0
  wfe | HCR_EL2.TWE=1 | to=2 ec=0x01 iss=0x1e00001 at=0
  wfi | HCR_EL2.TWE=1 | waits=0
  # SCTLR_EL1 first, for EL0
  wfi | el=0 SCTLR_EL1.nTWI=0 HCR_EL2.TWI=1 | to=1 ec=0x01 iss=0x1e00000 at=0
  wfi | el=0 SCTLR_EL1.nTWI=1 HCR_EL2.TWI=1 | to=2 ec=0x01 iss=0x1e00000 at=0
  wfe | el=0 SCTLR_EL1.nTWE=0 | to=1 ec=0x01 iss=0x1e00001 at=0
  # A host's EL0 asks SCTLR_EL2, and HCR_EL2.TWI is not for it
  wfi | el=0 HCR_EL2.E2H=1 HCR_EL2.TGE=1 SCTLR_EL2.nTWI=0 | to=2 ec=0x01 iss=0x1e00000 at=0
  wfi | el=0 HCR_EL2.E2H=1 HCR_EL2.TGE=1 SCTLR_EL2.nTWI=1 HCR_EL2.TWI=1 | waits=0
  # No trap where it would not wait
  sevl ; wfe | HCR_EL2.TWE=1 |
  wfi | HCR_EL2.TWI=1 HCR_EL2.IMO=1 HCR_EL2.VI=1 DAIF=0x80 |
`,
);

export const TIDCP = group(
  'FEAT_TIDCP1 and HCR_EL2.TIDCP',
  'x5=0x1230',
  `
  # D24.2.57 HCR_EL2.TIDCP: IMPLEMENTATION DEFINED registers and instructions, from EL1
  mrs x5, s3_0_c15_c0_0 | HCR_EL2.TIDCP=1 | ${read('3 0 15 0 0')}
  msr s3_7_c11_c13_5, x5 | HCR_EL2.TIDCP=1 | ${written('3 7 11 13 5')}
  mrs x5, s3_3_c15_c2_1 | HCR_EL2.TIDCP=1 | ${read('3 3 15 2 1')}
  sys #0, c11, c0, #0, x5 | HCR_EL2.TIDCP=1 | ${written('1 0 11 0 0')}
  sys #7, c15, c15, #7, x5 | HCR_EL2.TIDCP=1 | ${written('1 7 15 15 7')}
  sysl x5, #3, c15, c4, #1 | HCR_EL2.TIDCP=1 | ${read('1 3 15 4 1')}
  mrs x5, s3_0_c15_c0_0 | | undefined to=1
  mrs x5, s3_0_c15_c0_0 | el=2 HCR_EL2.TIDCP=1 | undefined to=2
  # SCTLR_EL1.TIDCP: from EL0
  mrs x5, s3_0_c15_c0_0 | el=0 SCTLR_EL1.TIDCP=1 | ${read('3 0 15 0 0', 1)}
  sys #0, c11, c0, #0, x5 | el=0 SCTLR_EL1.TIDCP=1 | ${written('1 0 11 0 0', 1)}
  mrs x5, s3_0_c15_c0_0 | SCTLR_EL1.TIDCP=1 | undefined to=1
  mrs x5, s3_0_c15_c0_0 | el=0 | undefined to=1
  mrs x5, s3_0_c15_c0_0 | el=0 SCTLR_EL1.TIDCP=1 ID_AA64MMFR1_EL1.TIDCP1=0 | undefined to=1
  # SCTLR_EL2.TIDCP: from a host's EL0
  mrs x5, s3_0_c15_c0_0 | el=0 HCR_EL2.E2H=1 HCR_EL2.TGE=1 SCTLR_EL2.TIDCP=1 | ${read('3 0 15 0 0')}
  mrs x5, s3_0_c15_c0_0 | el=0 HCR_EL2.E2H=1 HCR_EL2.TGE=1 SCTLR_EL1.TIDCP=1 | undefined to=2
`,
);

export const MDCR = group(
  'MDCR_EL2: debug communication, PMCR_EL0',
  'x5=0x1230',
  `
  # D24.3.18 MDCR_EL2.TPMCR: PMCR_EL0 alone
  mrs x5, pmcr_el0 | MDCR_EL2.TPMCR=1 | ${read('3 3 9 12 0')}
  msr pmcr_el0, x5 | MDCR_EL2.TPMCR=1 | ${written('3 3 9 12 0')}
  mrs x5, pmcr_el0 | el=0 PMUSERENR_EL0.EN=1 MDCR_EL2.TPMCR=1 | ${read('3 3 9 12 0')}
  mrs x5, pmcr_el0 | el=0 PMUSERENR_EL0.EN=0 MDCR_EL2.TPMCR=1 | ${read('3 3 9 12 0', 1)}
  mrs x5, pmselr_el0 | MDCR_EL2.TPMCR=1 PMSELR_EL0=3 | x5=3
  # MDCR_EL2.TDCC: the debug communication channel
  mrs x5, mdccsr_el0 | MDCR_EL2.TDCC=1 | ${read('2 3 0 1 0')}
  mrs x5, dbgdtr_el0 | MDCR_EL2.TDCC=1 | ${read('2 3 0 4 0')}
  msr dbgdtrtx_el0, x5 | MDCR_EL2.TDCC=1 | ${written('2 3 0 5 0')}
  mrs x5, mdccint_el1 | MDCR_EL2.TDCC=1 | ${read('2 0 0 2 0')}
  msr osdtrrx_el1, x5 | MDCR_EL2.TDCC=1 | ${written('2 0 0 0 2')}
  mrs x5, mdccsr_el0 | el=0 MDCR_EL2.TDCC=1 | ${read('2 3 0 1 0')}
  mrs x5, mdccsr_el0 | el=0 MDSCR_EL1.TDCC=1 MDCR_EL2.TDCC=1 | ${read('2 3 0 1 0', 1)}
  mrs x5, mdscr_el1 | MDCR_EL2.TDCC=1 MDSCR_EL1=0 | x5=0
  mrs x5, mdccint_el1 | MDCR_EL2.TDCC=1 ID_AA64MMFR0_EL1.FGT=0 MDCCINT_EL1=0 | x5=0
  # MDCR_EL2.TDE takes software breakpoints, and TDA's registers
  brk #7 | MDCR_EL2.TDE=1 | to=2 ec=0x3c iss=7 at=0
  brk #7 | | to=1 ec=0x3c iss=7 at=0
  mrs x5, dbgbcr0_el1 | MDCR_EL2.TDE=1 | ${read('2 0 0 0 5')}
`,
);

export const HCRX = group(
  'Registers that HCRX_EL2 enables',
  'x5=0',
  `
  # D24.2 TCR2_EL1: HCRX_EL2.TCR2En, HCR_EL2.TRVM and TVM, the bit of TCR_EL1 in the fine-grained traps
  mrs x5, tcr2_el1 | | ${read('3 0 2 0 3')}
  msr tcr2_el1, x5 | | ${written('3 0 2 0 3')}
  mrs x5, tcr2_el1 | HCRX_EL2.TCR2En=1 | x5=0
  mrs x5, tcr2_el1 | HCRX_EL2.TCR2En=1 HCR_EL2.TRVM=1 | ${read('3 0 2 0 3')}
  msr tcr2_el1, x5 | HCRX_EL2.TCR2En=1 HCR_EL2.TVM=1 | ${written('3 0 2 0 3')}
  mrs x5, tcr2_el1 | HCRX_EL2.TCR2En=1 HFGRTR_EL2.TCR_EL1=1 | ${read('3 0 2 0 3')}
  msr tcr2_el1, x5 | HCRX_EL2.TCR2En=1 HFGWTR_EL2.TCR_EL1=1 | ${written('3 0 2 0 3')}
  mrs x5, tcr2_el1 | el=0 HCRX_EL2.TCR2En=1 | undefined to=1
  mrs x5, tcr2_el1 | ID_AA64MMFR3_EL1.TCRX=0 | undefined to=1
  mrs x5, tcr2_el1 | el=2 | x5=0
  mrs x5, tcr2_el12 | el=2 | undefined to=2
  # D24.2 SCTLR2_EL1: HCRX_EL2.SCTLR2En
  mrs x5, sctlr2_el1 | | ${read('3 0 1 0 3')}
  msr sctlr2_el1, x5 | HCRX_EL2.SCTLR2En=1 HFGWTR_EL2.SCTLR_EL1=1 | ${written('3 0 1 0 3')}
  mrs x5, sctlr2_el1 | HCRX_EL2.SCTLR2En=1 | x5=0
  mrs x5, sctlr2_el1 | ID_AA64MMFR3_EL1.SCTLRX=0 | undefined to=1
  # C5.2 FPMR: HCRX_EL2.EnFPM, SCTLR_EL1.EnFPM for EL0, and what takes all of floating point
  mrs x5, fpmr | | ${read('3 3 4 4 2')}
  mrs x5, fpmr | HCRX_EL2.EnFPM=1 | x5=0
  mrs x5, fpmr | el=0 HCRX_EL2.EnFPM=1 | ${read('3 3 4 4 2', 1)}
  mrs x5, fpmr | el=0 SCTLR_EL1.EnFPM=1 | ${read('3 3 4 4 2')}
  msr fpmr, x5 | el=0 x5=7 SCTLR_EL1.EnFPM=1 HCRX_EL2.EnFPM=1 | FPMR=7
  mrs x5, fpmr | HCRX_EL2.EnFPM=1 CPACR_EL1.FPEN=0 | to=1 ec=0x07 iss=0x1e00000 at=0
  mrs x5, fpmr | HCRX_EL2.EnFPM=1 CPTR_EL2.TFP=1 | to=2 ec=0x07 iss=0x1e00000 at=0
  mrs x5, fpmr | ID_AA64PFR2_EL1.FPMR=0 | undefined to=1
  # C6.2 CPY*, SET*: HCRX_EL2.MSCEn for EL1 and EL0, SCTLR_EL1.MSCEn for EL0
  setp [x0]!, x1!, x2 | x0=D x1=16 | undefined to=1
  setp [x0]!, x1!, x2 | el=0 x0=D x1=16 HCRX_EL2.MSCEn=1 | undefined to=1
  setp [x0]!, x1!, x2 | ID_AA64ISAR2_EL1.MOPS=0 HCRX_EL2.MSCEn=1 | undefined to=1
`,
);
