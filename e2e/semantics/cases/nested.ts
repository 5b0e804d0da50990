// Nested virtualization: what a hypervisor at EL1 meets that takes itself for one at EL2.
import { group } from '../notation.ts';
import { executed, read, written } from './trapped.ts';

export const NV = group(
  'FEAT_NV',
  'HCR_EL2.NV=1 x5=0x1230',
  `
  # D8.11.2: EL2 registers from EL1 are trapped to EL2, where without NV they are UNDEFINED
  mrs x5, hcr_el2 | | ${read('3 4 1 1 0')}
  mrs x5, hcr_el2 | HCR_EL2.NV=0 | undefined to=1
  mrs x5, hcr_el2 | el=0 | undefined to=1
  mrs x5, hcr_el2 | ID_AA64MMFR2_EL1.NV=0 | undefined to=1
  msr vttbr_el2, x5 | | ${written('3 4 2 1 0')}
  mrs x5, sctlr_el2 | | ${read('3 4 1 0 0')}
  msr tcr_el2, x5 | | ${written('3 4 2 0 2')}
  mrs x5, spsr_el2 | | ${read('3 4 4 0 0')}
  msr elr_el2, x5 | | ${written('3 4 4 0 1')}
  mrs x5, esr_el2 | | ${read('3 4 5 2 0')}
  msr far_el2, x5 | | ${written('3 4 6 0 0')}
  mrs x5, hpfar_el2 | | ${read('3 4 6 0 4')}
  msr vbar_el2, x5 | | ${written('3 4 12 0 0')}
  mrs x5, sp_el1 | | ${read('3 4 4 1 0')}
  msr cptr_el2, x5 | | ${written('3 4 1 1 2')}
  mrs x5, mdcr_el2 | | ${read('3 4 1 1 1')}
  msr cnthctl_el2, x5 | | ${written('3 4 14 1 0')}
  mrs x5, ich_hcr_el2 | | ${read('3 4 12 11 0')}
  msr hfgrtr_el2, x5 | | ${written('3 4 1 1 4')}
  mrs x5, vncr_el2 | | ${read('3 4 2 2 0')}
  # ... and so are the _EL12 and _EL02 names
  mrs x5, sctlr_el12 | | ${read('3 5 1 0 0')}
  msr cpacr_el12, x5 | | ${written('3 5 1 0 2')}
  mrs x5, ttbr0_el12 | | ${read('3 5 2 0 0')}
  msr spsr_el12, x5 | | ${written('3 5 4 0 0')}
  mrs x5, vbar_el12 | | ${read('3 5 12 0 0')}
  mrs x5, cntkctl_el12 | | ${read('3 5 14 1 0')}
  msr cntp_cval_el02, x5 | | ${written('3 5 14 2 2')}
  mrs x5, cntv_ctl_el02 | | ${read('3 5 14 3 1')}
  # Registers of EL1 stay
  mrs x5, vbar_el1 | | x5=0x40090000
  msr tpidr_el1, x5 | | TPIDR_EL1=0x1230
  # D8.11.2: TLB maintenance and address translation of EL2
  tlbi alle2 | | ${executed('1 4 8 7 0')}
  tlbi vae2is, x5 | | ${written('1 4 8 3 1')}
  tlbi alle1 | | ${executed('1 4 8 7 4')}
  tlbi vmalls12e1is | | ${executed('1 4 8 3 6')}
  tlbi ipas2e1, x5 | | ${written('1 4 8 4 1')}
  tlbi alle2 | HCR_EL2.NV=0 | undefined to=1
  at s1e2r, x5 | | ${written('1 4 7 8 0')}
  at s1e2w, x5 | | ${written('1 4 7 8 1')}
  at s12e1r, x5 | | ${written('1 4 7 8 4')}
  at s12e0w, x5 | | ${written('1 4 7 8 7')}
  # HCR_EL2.AT: address translation of EL1 and EL0, whatever NV is
  at s1e1r, x5 | HCR_EL2.AT=1 | ${written('1 0 7 8 0')}
  at s1e1w, x5 | HCR_EL2.AT=1 | ${written('1 0 7 8 1')}
  at s1e0r, x5 | HCR_EL2.AT=1 HCR_EL2.NV=0 | ${written('1 0 7 8 2')}
  at s1e0w, x5 | HCR_EL2.AT=1 | ${written('1 0 7 8 3')}
  at s1e1rp, x5 | HCR_EL2.AT=1 | ${written('1 0 7 9 0')}
  at s1e1wp, x5 | HCR_EL2.AT=1 | ${written('1 0 7 9 1')}
  at s1e1r, x5 | HCR_EL2.AT=1 ID_AA64MMFR2_EL1.NV=0 | PAR_EL1.F=0
  # D24.2.40 ISS encoding for an exception from ERET, ERETAA or ERETAB instruction
  eret | | to=2 ec=0x1a iss=0 at=0
  eretaa | | to=2 ec=0x1a iss=2 at=0
  eretab | | to=2 ec=0x1a iss=3 at=0
  eret | el=0 | undefined to=1
  # J1.1.3 CheckForERetTrap comes before the authentication, and before HCR_EL2.API
  eretaa | SCTLR_EL1.EnIA=1 HCR_EL2.API=1 | to=2 ec=0x1a iss=2 at=0
  eretaa | SCTLR_EL1.EnIA=1 | to=2 ec=0x1a iss=2 at=0
  eretaa | HCR_EL2.NV=0 SCTLR_EL1.EnIA=1 | to=2 ec=0x09 iss=0 at=0
  # C5.2.1 CurrentEL: EL2, to who is trapped
  mrs x5, currentel | | x5=8
  mrs x5, currentel | HCR_EL2.NV=0 | x5=4
  mrs x5, currentel | ID_AA64MMFR2_EL1.NV=0 | x5=4
  mrs x5, currentel | el=0 | undefined to=1
  # D8.11.2: an exception from EL1 to EL1 seems to come from EL2
  svc #1 | | to=1 ec=0x15 iss=1 SPSR_EL1.M=9
  svc #1 | HCR_EL2.NV1=1 | to=1 ec=0x15 iss=1 SPSR_EL1.M=5
  svc #1 | HCR_EL2.NV=0 | to=1 ec=0x15 iss=1 SPSR_EL1.M=5
  svc #1 | el=0 | to=1 ec=0x15 iss=1 SPSR_EL1.M=0
  hvc #1 | | to=2 ec=0x16 iss=1 SPSR_EL2.M=5
  # HCR_EL2.NV1: the registers that EL2 has of its own when E2H is 0
  mrs x5, vbar_el1 | HCR_EL2.NV1=1 | ${read('3 0 12 0 0')}
  msr elr_el1, x5 | HCR_EL2.NV1=1 | ${written('3 0 4 0 1')}
  mrs x5, spsr_el1 | HCR_EL2.NV1=1 | ${read('3 0 4 0 0')}
  mrs x5, vbar_el1 | HCR_EL2.NV=0 HCR_EL2.NV1=1 | x5=0x40090000
  mrs x5, vbar_el12 | HCR_EL2.NV1=1 | ${read('3 5 12 0 0')}
`,
);

export const NV1 = group(
  'FEAT_NV: translation with NV1',
  'mmu HCR_EL2.NV=1 HCR_EL2.NV1=1 [D]=0102030405060708',
  `
  # D8.11.2: PAN is 0 for accesses, whatever PSTATE.PAN is
  ldr x5, [x1] | x1=D PAN=0x400000 | x5=0x0807060504030201
  ldr x5, [x1] | x1=D PAN=0x400000 HCR_EL2.NV1=0 | to=1 ec=0x25 iss=0x0f far=D at=0
  # LDTR and STTR act as LDR and STR
  ldtr x5, [x1] | x1=KERN [KERN]=0102030405060708 | x5=0x0807060504030201
  ldtr x5, [x1] | x1=KERN HCR_EL2.NV1=0 | to=1 ec=0x25 iss=0x0f far=KERN at=0
  # AArch64.IsUnprivAccessPriv: at EL1, that is; the host at EL2 accesses as its EL0
  ldtr x5, [x1] | el=2 HCR_EL2.E2H=1 HCR_EL2.TGE=1 mmu2 x1=KERN | to=2 ec=0x25 iss=0x0f far=KERN at=0
  sttr x6, [x1] | x1=KERN x6=0x55 | [KERN]=5500000000000000
`,
);

export const NV2 = group(
  'FEAT_NV2',
  'HCR_EL2.NV=1 HCR_EL2.NV2=1 VNCR_EL2=D x5=0x1230',
  `
  # D8.11.3, Table of redirected registers: 8 bytes at VNCR_EL2.BADDR and the register's offset
  mrs x5, vttbr_el2 | [D+0x20]=0102030405060708 | x5=0x0807060504030201
  msr vtcr_el2, x5 | | [D+0x40]=3012000000000000
  msr vmpidr_el2, x5 | | [D+0x50]=3012000000000000
  msr cntvoff_el2, x5 | | [D+0x60]=3012000000000000
  mrs x5, hcr_el2 | [D+0x78]=0102030405060708 | x5=0x0807060504030201
  msr hstr_el2, x5 | | [D+0x80]=3012000000000000
  msr vpidr_el2, x5 | | [D+0x88]=3012000000000000
  mrs x5, tpidr_el2 | [D+0x90]=ff*8 | x5=-1
  msr hcrx_el2, x5 | | [D+0xa0]=3012000000000000
  msr vncr_el2, x5 | | [D+0xb0]=3012000000000000
  msr hfgrtr_el2, x5 | | [D+0x1b8]=3012000000000000
  msr hfgwtr_el2, x5 | | [D+0x1c0]=3012000000000000
  msr hfgitr_el2, x5 | | [D+0x1c8]=3012000000000000
  mrs x5, hdfgrtr_el2 | [D+0x1d0]=ff*8 | x5=-1
  msr hdfgwtr_el2, x5 | | [D+0x1d8]=3012000000000000
  msr sp_el1, x5 | | [D+0x240]=3012000000000000
  mrs x5, ich_lr1_el2 | [D+0x408]=ff*8 | x5=-1
  msr ich_hcr_el2, x5 | | [D+0x4c0]=3012000000000000
  # NV1 = 0: the _EL12 and _EL02 names too
  mrs x5, sctlr_el12 | [D+0x110]=ff*8 | x5=-1
  msr cpacr_el12, x5 | | [D+0x100]=3012000000000000
  msr ttbr0_el12, x5 | | [D+0x200]=3012000000000000
  msr far_el12, x5 | | [D+0x220]=3012000000000000
  msr elr_el12, x5 | | [D+0x230]=3012000000000000
  mrs x5, vbar_el12 | [D+0x250]=ff*8 | x5=-1
  mrs x5, cntv_ctl_el02 | [D+0x170]=ff*8 | x5=-1
  msr cntp_cval_el02, x5 | | [D+0x178]=3012000000000000
  # ... unless CNTHCTL_EL2 wants those of the timers
  mrs x5, cntv_ctl_el02 | CNTHCTL_EL2.EL1NVVCT=1 | ${read('3 5 14 3 1')}
  msr cntp_cval_el02, x5 | CNTHCTL_EL2.EL1NVPCT=1 | ${written('3 5 14 2 2')}
  # ... and the EL1 names are the registers
  mrs x5, vbar_el1 | [D+0x250]=ff*8 | x5=0x40090000
  # NV1 = 1: the EL1 names are redirected, and the _EL12 names trapped
  msr ttbr0_el1, x5 | HCR_EL2.NV1=1 | [D+0x200]=3012000000000000
  mrs x5, vbar_el1 | HCR_EL2.NV1=1 [D+0x250]=ff*8 | x5=-1
  msr spsr_el1, x5 | HCR_EL2.NV1=1 | [D+0x160]=3012000000000000
  mrs x5, sctlr_el12 | HCR_EL2.NV1=1 | ${read('3 5 1 0 0')}
  mrs x5, cntv_ctl_el02 | HCR_EL2.NV1=1 | ${read('3 5 14 3 1')}
  # Registers of EL1 without such a name are redirected either way
  msr mdscr_el1, x5 | | [D+0x158]=3012000000000000
  mrs x5, actlr_el1 | [D+0x118]=ff*8 | x5=-1
  # D8.11.3: four registers of EL2 are those of EL1
  msr esr_el2, x5 | | ESR_EL1=0x1230
  mrs x5, far_el2 | FAR_EL1=0x77 | x5=0x77
  msr elr_el2, x5 | | ELR_EL1=0x1230
  mrs x5, spsr_el2 | SPSR_EL1=0x3c5 | x5=0x3c5
  # What is not redirected is trapped
  mrs x5, sctlr_el2 | | ${read('3 4 1 0 0')}
  msr tcr_el2, x5 | | ${written('3 4 2 0 2')}
  mrs x5, hpfar_el2 | | ${read('3 4 6 0 4')}
  mrs x5, cptr_el2 | | ${read('3 4 1 1 2')}
  tlbi vae2, x5 | | ${written('1 4 8 7 1')}
  at s1e2r, x5 | | ${written('1 4 7 8 0')}
  eret | | to=2 ec=0x1a iss=0 at=0
  mrs x5, currentel | | x5=8
  # Without NV there is no NV2; without FEAT_NV2 the bit is nothing
  mrs x5, hcr_el2 | HCR_EL2.NV=0 | undefined to=1
  mrs x5, hcr_el2 | ID_AA64MMFR2_EL1.NV=1 | ${read('3 4 1 1 0')}
  # An exception from EL1 to EL1 seems to come from EL2, also with NV1
  svc #1 | | to=1 ec=0x15 iss=1 SPSR_EL1.M=9
  svc #1 | HCR_EL2.NV1=1 | to=1 ec=0x15 iss=1 SPSR_EL1.M=9
  # Data of EL2, in its byte order
  mrs x5, hcr_el2 | SCTLR_EL2.EE=1 [D+0x78]=0102030405060708 | x5=0x0102030405060708
  msr vtcr_el2, x5 | SCTLR_EL2.EE=1 | [D+0x40]=0000000000001230
  msr vtcr_el2, x5 | SCTLR_EL1.EE=1 | [D+0x40]=3012000000000000
  # D8.11.3, D24.2.40: faults are those of EL2, as if it had made the access: EC 0x25, VNCR, no ISV
  mrs x5, hcr_el2 | VNCR_EL2=0x50000000 | to=2 ec=0x25 iss=0x2010 far=0x50000078 at=0
  msr vtcr_el2, x5 | VNCR_EL2=0x50000000 | to=2 ec=0x25 iss=0x2050 far=0x50000040 at=0
  # ... through the translation of EL2: here a table of zeros, from level 1
  mrs x5, hcr_el2 | SCTLR_EL2.M=1 TCR_EL2.T0SZ=25 TTBR0_EL2=D+0x1000 | to=2 ec=0x25 iss=0x2005 far=D+0x78 at=0
  msr vtcr_el2, x5 | SCTLR_EL2.M=1 TCR_EL2.T0SZ=25 TTBR0_EL2=D+0x1000 | to=2 ec=0x25 iss=0x2045 far=D+0x40 at=0
  mrs x5, hcr_el2 | SCTLR_EL2.M=1 TCR_EL2.T0SZ=25 TTBR0_EL2=D+0x1000 [D+0x1008]=c106004000000000 [D+0x78]=ff*8 | x5=-1
  # D2.9, J1.1.3 AArch64.WatchpointException: a watchpoint on the page is one of EL2 (HMC, SSC), and its exception says so, and VNCR, in ESR_EL2
  mrs x5, hcr_el2 | MDCR_EL2.TDE=1 MDSCR_EL1=0xa000 OSLAR_EL1=0 DBGWVR0_EL1=D+0x78 DBGWCR0_EL1=0x3ffb | to=2 ec=0x35 iss=0x2022 far=D+0x78 at=0
  msr hcr_el2, x5 | MDCR_EL2.TDE=1 MDSCR_EL1=0xa000 OSLAR_EL1=0 DBGWVR0_EL1=D+0x78 DBGWCR0_EL1=0x3ffb | to=2 ec=0x35 iss=0x2062 far=D+0x78 at=0
  mrs x5, hcr_el2 | MDCR_EL2.TDE=1 MDSCR_EL1=0xa000 OSLAR_EL1=0 DBGWVR0_EL1=D+0x78 DBGWCR0_EL1=0x1ffb [D+0x78]=07 | x5=7
  # J1.1.3 AArch64.CheckDebug: as debug exceptions of EL2 that nothing masks, so only by MDSCR_EL1.KDE, and not where they would go to EL1
  mrs x5, hcr_el2 | MDCR_EL2.TDE=1 MDSCR_EL1=0x8000 OSLAR_EL1=0 DBGWVR0_EL1=D+0x78 DBGWCR0_EL1=0x3ffb [D+0x78]=07 | x5=7
  mrs x5, hcr_el2 | DAIF=0 MDSCR_EL1=0xa000 OSLAR_EL1=0 DBGWVR0_EL1=D+0x78 DBGWCR0_EL1=0x3ffb [D+0x78]=07 | x5=7
  # ... and not through that of EL1
  mrs x5, hcr_el2 | mmu VNCR_EL2=GONE [GONE+0x78]=ff*8 | x5=-1
  msr vtcr_el2, x5 | mmu s2 VNCR_EL2=S2RO | [S2RO+0x40]=3012000000000000
`,
);
