// The physical offset of FEAT_ECV_POFF, event streams, the delayed traps of FEAT_TWED, and FEAT_ExS. Time is counted instructions: the counts are
// 0 in the first sixteen.
import { group } from '../notation.ts';

/** CNTHCTL_EL2.ECV, and everything let through, in the layouts for E2H 0 and 1. */
const ECV = 'CNTHCTL_EL2=0x1003';
const ECV_E2H = 'HCR_EL2.E2H=1 CNTHCTL_EL2=0x1f03';

export const ECV_POFF = group(
  'FEAT_ECV_POFF',
  'CNTKCTL_EL1=0x303',
  `
  # D12.2.1.2, D24.10.19 CNTPCT_EL0: EL1 and EL0 read the count less CNTPOFF_EL2
  mrs x5, cntpct_el0 | ${ECV} CNTPOFF_EL2=1 | x5=-1
  mrs x5, cntpct_el0 | ${ECV} CNTPOFF_EL2=-100 | x5=100
  mrs x5, cntpct_el0 | ${ECV} el=0 CNTPOFF_EL2=1 | x5=-1
  mrs x5, cntpct_el0 | ${ECV_E2H} CNTPOFF_EL2=1 | x5=-1
  mrs x5, cntpct_el0 | ${ECV_E2H} el=0 CNTPOFF_EL2=1 | x5=-1
  # D24.10.20 CNTPCTSS_EL0
  mrs x5, cntpctss_el0 | ${ECV} CNTPOFF_EL2=16 | x5=-16
  mrs x5, cntpctss_el0 | ${ECV} el=0 CNTPOFF_EL2=16 | x5=-16
  # ... not EL2, nor the EL0 of a host there
  mrs x5, cntpct_el0 | ${ECV} el=2 CNTPOFF_EL2=1 | x5=0
  mrs x5, cntpctss_el0 | ${ECV_E2H} el=2 CNTPOFF_EL2=1 | x5=0
  mrs x5, cntpct_el0 | ${ECV_E2H} HCR_EL2.TGE=1 el=0 CNTPOFF_EL2=1 | x5=0
  # TGE without E2H makes no host (pseudocode of CNTPCT_EL0: ELIsInHost)
  mrs x5, cntpct_el0 | ${ECV} HCR_EL2.TGE=1 el=0 CNTPOFF_EL2=1 | x5=-1
  # ... nor where CNTHCTL_EL2.ECV is 0, or the feature is absent
  mrs x5, cntpct_el0 | CNTHCTL_EL2=3 CNTPOFF_EL2=1 | x5=0
  mrs x5, cntpct_el0 | ${ECV} ID_AA64MMFR0_EL1.ECV=1 | x5=0
  # ... and not the virtual count
  mrs x5, cntvct_el0 | ${ECV} CNTPOFF_EL2=1 | x5=0
  mrs x5, cntvct_el0 | ${ECV} CNTPOFF_EL2=1 CNTVOFF_EL2=-7 | x5=7
  # Traps come first, whatever ECV says (D24.10.2 EL1PCTEN)
  mrs x5, cntpct_el0 | CNTHCTL_EL2=0x1000 | to=2 ec=0x18 iss=0x32f8a1 at=0
  mrs x5, cntp_tval_el0 | CNTHCTL_EL2=0x1001 | to=2 ec=0x18 iss=0x30f8a5 at=0
  # D12.2.4.2, D24.10.18 CNTP_TVAL_EL0: from EL1 and EL0 by the count with the offset
  mrs x5, cntp_tval_el0 | ${ECV} CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=-50 | x5=50
  mrs x5, cntp_tval_el0 | ${ECV} el=0 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=-50 | x5=50
  mrs x5, cntp_tval_el0 | ${ECV} CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=-101 | x5=0xffffffff
  msr cntp_tval_el0, x5 | ${ECV} x5=10 CNTPOFF_EL2=-50 | CNTP_CVAL_EL0=60
  msr cntp_tval_el0, x5 | ${ECV} x5=0xffffffff CNTPOFF_EL2=-50 | CNTP_CVAL_EL0=49
  msr cntp_tval_el0, x5 | ${ECV} el=0 x5=10 CNTPOFF_EL2=20 | CNTP_CVAL_EL0=-10
  msr cntp_tval_el0, x5 | ${ECV_E2H} x5=10 CNTPOFF_EL2=-50 | CNTP_CVAL_EL0=60
  # ... and from EL2 without it, by either name
  mrs x5, cntp_tval_el0 | ${ECV} el=2 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=-50 | x5=100
  msr cntp_tval_el0, x5 | ${ECV} el=2 x5=10 CNTPOFF_EL2=-50 | CNTP_CVAL_EL0=10
  mrs x5, cntp_tval_el02 | ${ECV_E2H} el=2 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=-50 | x5=100
  msr cntp_tval_el02, x5 | ${ECV_E2H} el=2 x5=10 CNTPOFF_EL2=-50 | CNTP_CVAL_EL0=10
  # The EL2 physical timer has no offset, whatever it is called
  mrs x5, cntp_tval_el0 | ${ECV_E2H} el=2 CNTHP_CTL_EL2=1 CNTHP_CVAL_EL2=7 CNTPOFF_EL2=-50 | x5=7
  msr cnthp_tval_el2, x5 | ${ECV} el=2 x5=10 CNTPOFF_EL2=-50 | CNTHP_CVAL_EL2=10
  # D12.2.4.1, AArch64.CheckTimerConditions: the condition of the EL1 physical timer, whoever looks
  mrs x5, cntp_ctl_el0 | ${ECV} CNTP_CTL_EL0=1 CNTP_CVAL_EL0=50 CNTPOFF_EL2=-50 | x5=5
  mrs x5, cntp_ctl_el0 | ${ECV} CNTP_CTL_EL0=1 CNTP_CVAL_EL0=51 CNTPOFF_EL2=-50 | x5=1
  mrs x5, cntp_ctl_el0 | ${ECV} CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=50 | x5=5
  mrs x5, cntp_ctl_el0 | ${ECV} CNTP_CTL_EL0=3 CNTP_CVAL_EL0=50 CNTPOFF_EL2=-50 | x5=7
  mrs x5, cntp_ctl_el0 | ${ECV} el=2 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=50 CNTPOFF_EL2=-50 | x5=5
  mrs x5, cntp_ctl_el02 | ${ECV_E2H} el=2 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=50 CNTPOFF_EL2=-50 | x5=5
  mrs x5, cntp_ctl_el02 | ${ECV_E2H} HCR_EL2.TGE=1 el=2 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=50 CNTPOFF_EL2=-50 | x5=1
  mrs x5, cntp_ctl_el0 | CNTHCTL_EL2=3 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=50 CNTPOFF_EL2=-50 | x5=1
  mrs x5, cntv_ctl_el0 | ${ECV} CNTV_CTL_EL0=1 CNTV_CVAL_EL0=50 CNTPOFF_EL2=-50 | x5=1
  mrs x5, cnthp_ctl_el2 | ${ECV} el=2 CNTHP_CTL_EL2=1 CNTHP_CVAL_EL2=50 CNTPOFF_EL2=-50 | x5=1
  # ... and when it comes
  wfi | ${ECV} CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=-50 | waits=800
  wfi | ${ECV_E2H} HCR_EL2.TGE=1 el=2 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=-50 | waits=1600
  # Writing any of what decides it counts from there on
  msr cntpoff_el2, x5 ; wfi | ${ECV} el=2 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 x5=-50 | waits=800 CNTPOFF_EL2=-50
  msr cnthctl_el2, x5 ; wfi | el=2 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=-50 x5=0x1003 | waits=800 CNTHCTL_EL2=0x1003
  msr hcr_el2, x5 ; wfi | ${ECV_E2H} el=2 CNTP_CTL_EL0=1 CNTP_CVAL_EL0=100 CNTPOFF_EL2=-50 x5=0x488000000 | waits=1600 HCR_EL2=0x488000000
  # D24.10.21 CNTPOFF_EL2: of EL2 alone
  mrs x5, cntpoff_el2 | el=2 CNTPOFF_EL2=0x123456789abcdef0 | x5=0x123456789abcdef0
  msr cntpoff_el2, x5 | el=2 x5=-3 | CNTPOFF_EL2=-3
  mrs x5, cntpoff_el2 | | undefined to=1
  mrs x5, cntpoff_el2 | el=0 | undefined to=1
  mrs x5, cntpoff_el2 | el=2 ID_AA64MMFR0_EL1.ECV=1 | undefined to=2
  mrs x5, cntpoff_el2 | HCR_EL2.NV=1 | to=2 ec=0x18 iss=0x3d38a1 at=0
  msr cntpoff_el2, x5 | HCR_EL2.NV=1 | to=2 ec=0x18 iss=0x3d38a0 at=0
  # ... and in memory at 0x1a8 for a guest hypervisor with FEAT_NV2
  mrs x5, cntpoff_el2 | HCR_EL2.NV=1 HCR_EL2.NV2=1 VNCR_EL2=D [D+0x1a8]=seq*8 | x5=0x0706050403020100
  msr cntpoff_el2, x5 | HCR_EL2.NV=1 HCR_EL2.NV2=1 VNCR_EL2=D x5=0x77 CNTPOFF_EL2=0 | [D+0x1a8]=7700000000000000
  # J1.3.3 TestEventCNTP: the stream of CNTHCTL_EL2 counts with the offset too
  wfe | CNTHCTL_EL2=0x1007 | waits=16
  wfe | CNTHCTL_EL2=0x1007 CNTPOFF_EL2=1 | waits=32
  wfe | CNTHCTL_EL2=0x1047 CNTPOFF_EL2=-8 | waits=128
  wfe | CNTHCTL_EL2=0x0047 CNTPOFF_EL2=-8 | waits=256
  # TestEventCNTV: that of CNTKCTL_EL1 does not reach a host's EL0 and EL2
  wfe | HCR_EL2.E2H=1 el=2 CNTKCTL_EL1=4 | waits=16
  wfe | HCR_EL2.E2H=1 HCR_EL2.TGE=1 el=2 CNTKCTL_EL1=4 | waits=0
  wfe | HCR_EL2.E2H=1 HCR_EL2.TGE=1 el=2 CNTKCTL_EL1=4 CNTHCTL_EL2=4 | waits=16
`,
);

export const TWED = group(
  'FEAT_TWED',
  '',
  `
  # J1.1.2 WFETrapDelay: 2^(TWEDEL + 8) cycles from the end of the instruction on, each a step of time
  wfe | HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 | waits=257
  wfe | HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 HCR_EL2.TWEDEL=1 | waits=513
  wfe | HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 HCR_EL2.TWEDEL=15 | waits=8388609
  wfe | el=0 SCTLR_EL1.nTWE=1 HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 | waits=257
  # ... when it is enabled, and the feature there
  wfe | HCR_EL2.TWE=1 HCR_EL2.TWEDEL=1 | to=2 ec=0x01 iss=0x1e00001 at=0
  wfe | HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 ID_AA64MMFR1_EL1.TWED=0 | to=2 ec=0x01 iss=0x1e00001 at=0
  # ... and there is a trap at all
  wfe | HCR_EL2.TWEDEn=1 | waits=0
  wfe | el=2 HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 | waits=0
  # SCTLR_EL1.TWEDEn for EL0
  wfe | el=0 SCTLR_EL1.nTWE=0 SCTLR_EL1.TWEDEn=1 SCTLR_EL1.TWEDEL=2 | waits=1025
  wfe | SCTLR_EL1.nTWE=0 SCTLR_EL1.TWEDEn=1 | waits=0
  # D1.7 RJWKTL: a delay does not affect the priority of the traps
  wfe | el=0 SCTLR_EL1.nTWE=0 HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 | to=1 ec=0x01 iss=0x1e00001 at=0
  wfe | el=0 SCTLR_EL1.nTWE=0 SCTLR_EL1.TWEDEn=1 SCTLR_EL1.TWEDEL=3 HCR_EL2.TWE=1 | waits=2049
  wfe | el=0 SCTLR_EL1.nTWE=0 SCTLR_EL1.TWEDEn=1 SCTLR_EL1.TWEDEL=3 HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 | waits=2049
  # The EL0 of a host has SCTLR_EL2; that of TGE alone SCTLR_EL1 (IsInHost)
  wfe | el=0 HCR_EL2.E2H=1 HCR_EL2.TGE=1 SCTLR_EL2.nTWE=0 SCTLR_EL2.TWEDEn=1 SCTLR_EL2.TWEDEL=4 | waits=4097
  wfe | el=0 HCR_EL2.E2H=1 HCR_EL2.TGE=1 SCTLR_EL2.nTWE=0 SCTLR_EL1.TWEDEn=1 | to=2 ec=0x01 iss=0x1e00001 at=0
  wfe | el=0 HCR_EL2.TGE=1 SCTLR_EL1.nTWE=0 SCTLR_EL1.TWEDEn=1 | waits=257
  # J1.3.3 Hint_WFE: not where it would not wait
  sevl ; wfe | HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 |
  # WFI and WFIT have none
  wfi | HCR_EL2.TWI=1 HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 | to=2 ec=0x01 iss=0x1e00000 at=0
  wfit x5 | x5=100 HCR_EL2.TWI=1 HCR_EL2.TWEDEn=1 | to=2 ec=0x01 iss=0x1e000a6 at=0
  # Hint_WFET: what ends the wait before the delay does leaves no trap
  wfet x5 | x5=100 HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 | waits=257
  wfet x5 | x5=10 HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 | waits=160
  wfet x5 | x5=0 HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 |
  # ... as the event streams do
  wfe | HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 CNTKCTL_EL1=4 | waits=16
  wfe | HCR_EL2.TWE=1 HCR_EL2.TWEDEn=1 CNTKCTL_EL1=0x94 | waits=257
`,
);

export const EXS = group(
  'FEAT_ExS',
  '',
  `
  # D24.2 SCTLR_EL1.EIS (bit 22) and EOS (bit 11) hold what is written, and so do those of SCTLR_EL2
  bic x6, x5, #0x400000 ; bic x6, x6, #0x800 ; msr sctlr_el1, x6 ; mrs x7, sctlr_el1 | x5=0x30d00800 | x6=0x30900000 x7=0x30900000 SCTLR_EL1.EIS=0 SCTLR_EL1.EOS=0
  msr sctlr_el1, x5 ; mrs x7, sctlr_el1 | x5=0x30d00800 | x7=0x30d00800 SCTLR_EL1.EIS=1 SCTLR_EL1.EOS=1
  bic x6, x5, #0x400000 ; bic x6, x6, #0x800 ; msr sctlr_el2, x6 ; mrs x7, sctlr_el2 | el=2 x5=0x30c50830 | x6=0x30850030 x7=0x30850030 SCTLR_EL2.EIS=0 SCTLR_EL2.EOS=0
  # D1.4 RBBSRF: an entry without context synchronization gives ESR_ELx and the others all the same
  svc #7 | SCTLR_EL1.EIS=0 | to=1 ec=0x15 iss=7 at=4
  # D1.4: nor is anything left undone by a return without it
  eret ; mov x9, #1 | SCTLR_EL1.EOS=0 ELR_EL1=C+8 SPSR_EL1=5 |
`,
);
