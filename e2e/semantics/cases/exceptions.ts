// Exceptions, debug and pointer authentication where QEMU 7.2 is silent or chooses otherwise: where vectors lead, what is watched besides loads
// and stores, the order of checks on one instruction, and what hints are on a processor without their feature.
import { group } from '../notation.ts';
import { read } from './trapped.ts';

/** Watchpoint 0 at an address, for stores of EL1 (LSC 10) and everything else on. */
const watched = (at: string, control = '0x1ff7'): string =>
  `DAIF=0 MDSCR_EL1=0xa000 OSLAR_EL1=0 DBGWVR0_EL1=${at} DBGWCR0_EL1=${control}`;

export const VECTORS = group(
  'Tags in VBAR_ELx',
  '',
  `
  # J1.1.3 BranchTo: a tag that branches ignore does not get into PC
  svc #1 | VBAR_EL1=0x5500000040090000 TCR_EL1.TBI0=1 | to=1 ec=0x15 iss=1 at=4 pc=0x40090200
  svc #1 | VBAR_EL1=0x5500000040090000 TCR_EL1.TBI0=1 el=0 | to=1 ec=0x15 iss=1 at=4 pc=0x40090400
  hvc #1 | VBAR_EL2=0x5500000040091000 TCR_EL2.TBI=1 | to=2 ec=0x16 iss=1 at=4 pc=0x40091400
  # ... the controls being those of the level that takes it
  hvc #1 | VBAR_EL2=0x5500000040091000 TCR_EL1.TBI0=1 | to=2 ec=0x16 iss=1 at=4 pc=0x5500000040091400
  # ... and with TBID tags are for data alone
  svc #1 | VBAR_EL1=0x5500000040090000 TCR_EL1.TBI0=1 TCR_EL1.TBID0=1 | to=1 ec=0x15 iss=1 at=4 pc=0x5500000040090200
  svc #1 | VBAR_EL1=0x0080000040090000 TCR_EL1.TBI1=1 | to=1 ec=0x15 iss=1 at=4 pc=0xff80000040090200
`,
);

export const WATCHED = group(
  'Watchpoints on maintenance',
  '',
  `
  # J1.1.3 AArch64.DC, AArch64.WatchpointMatch: DC IVAC is a store of its block; FaultSyndrome: CM and WnR; FAR is what was given
  dc ivac, x1 | x1=D+5 ${watched('D')} | to=1 ec=0x35 iss=0x162 far=D+5 at=0
  dc ivac, x1 | x1=D+5 ${watched('D+0x38')} | to=1 ec=0x35 iss=0x162 far=D+5 at=0
  dc ivac, x1 | x1=D+5 ${watched('D+0x40')} |
  dc igvac, x1 | x1=D+5 ${watched('D')} | to=1 ec=0x35 iss=0x162 far=D+5 at=0
  dc igdvac, x1 | x1=D+5 ${watched('D')} | to=1 ec=0x35 iss=0x162 far=D+5 at=0
  # ... no load
  dc ivac, x1 | x1=D+5 ${watched('D', '0x1fef')} |
  # ... and what cleans is not watched
  dc civac, x1 | x1=D+5 ${watched('D', '0x1fff')} |
  dc cvac, x1 | x1=D+5 ${watched('D', '0x1fff')} |
  # D1.3.5: an abort of translation comes first
  dc ivac, x1 | mmu x1=RO+5 ${watched('RO')} | to=1 ec=0x25 iss=0x14f far=RO+5 at=0
`,
);

export const POINTERS = group(
  'Pointer authentication in order',
  '',
  `
  # C6.2 LDRAA: the pointer is authenticated before the alignment of SP is asked for
  ldraa x0, [sp] | sp=D+8 SCTLR_EL1.SA=1 SCTLR_EL1.EnDA=1 HCR_EL2.API=1 | to=1 ec=0x1c iss=2 at=0
  ldraa x0, [sp] | sp=D+8 SCTLR_EL1.SA=1 SCTLR_EL1.EnDA=1 HCR_EL2.API=0 | to=2 ec=0x09 iss=0 at=0
  ldrab x0, [sp, #8]! | sp=D+8 SCTLR_EL1.SA=1 SCTLR_EL1.EnDB=1 HCR_EL2.API=1 | to=1 ec=0x1c iss=3 at=0
  ldraa x0, [sp] | sp=D+8 SCTLR_EL1.SA=1 | to=1 ec=0x26 iss=0 at=0
  # C6.2 ERETAA: the trap of ERET, then that of pointer authentication, then the code
  eretaa | HCR_EL2.NV=1 SCTLR_EL1.EnIA=1 HCR_EL2.API=0 | to=2 ec=0x1a iss=2 at=0
  eretaa | SCTLR_EL1.EnIA=1 HCR_EL2.API=0 | to=2 ec=0x09 iss=0 at=0
  eretaa | SCTLR_EL1.EnIA=1 HCR_EL2.API=1 ELR_EL1=0x12340000 | to=1 ec=0x1c iss=0 at=0
  eretaa | el=0 | undefined to=1
`,
);

export const HINTS = group(
  'Pointer authentication hints without FEAT_PAuth',
  'ID_AA64ISAR1_EL1.APA=0 ID_AA64ISAR1_EL1.GPA=0 SCTLR_EL1.EnIA=1 SCTLR_EL1.EnIB=1 HCR_EL2.API=1',
  `
  # C6.2 PACIA, AUTIA, XPAC: in the space of hints they are NOPs without the feature
  paciasp | |
  pacibz | |
  pacia1716 | |
  autiasp | x30=0xff00000000004000 |
  autib1716 | x17=0xff00000000004000 |
  xpaclri | x30=0xff00000000004000 |
  # ... the others are UNDEFINED
  pacia x0, x1 | | undefined to=1
  xpaci x0 | | undefined to=1
`,
);

export const RAO = group(
  'Fields that are fixed without AArch32',
  'el=2',
  `
  # D24.2 HCR_EL2.RW: RAO/WI where EL1 has no AArch32
  msr hcr_el2, xzr ; mrs x5, hcr_el2 | | x5=0x80000000 HCR_EL2=0x80000000
  msr hcr_el2, x5 ; mrs x6, hcr_el2 | x5=0x08000000 | x6=0x88000000 HCR_EL2=0x88000000
  # D24.2 RMR_EL2.AA64: RAO/WI where EL2 has no AArch32
  msr rmr_el2, xzr ; mrs x5, rmr_el2 | | x5=1 RMR_EL2=1
`,
);

export const SELECTED = group(
  'Event counters that are not there',
  'MDCR_EL2.HPMN=6',
  `
  # D24.5 PMXEVCNTR_EL0, PMXEVTYPER_EL0: with FEAT_FGT the counter that PMSELR_EL0 selects is there or the access is UNDEFINED, before any trap
  mrs x5, pmxevcntr_el0 | PMSELR_EL0=5 PMEVCNTR5_EL0=7 | x5=7
  mrs x5, pmxevcntr_el0 | PMSELR_EL0=6 | undefined to=1
  msr pmxevcntr_el0, x5 | PMSELR_EL0=6 MDCR_EL2.TPM=1 | undefined to=1
  mrs x5, pmxevcntr_el0 | el=0 PMSELR_EL0=30 | undefined to=1
  mrs x5, pmxevcntr_el0 | el=2 PMSELR_EL0=31 | undefined to=2
  mrs x5, pmxevtyper_el0 | PMSELR_EL0=6 | undefined to=1
  msr pmxevtyper_el0, x5 | el=2 PMSELR_EL0=30 | undefined to=2
  mrs x5, pmxevtyper_el0 | PMSELR_EL0=31 PMCCFILTR_EL0=0x40000000 | x5=0x40000000
  # ... the others trap as they do
  mrs x5, pmxevcntr_el0 | PMSELR_EL0=5 MDCR_EL2.HPMN=5 | ${read('3 3 9 13 2')}
  mrs x5, pmxevcntr_el0 | el=0 PMSELR_EL0=5 | ${read('3 3 9 13 2', 1)}
  # ... and without FEAT_FGT there is nothing to read
  mrs x5, pmxevcntr_el0 | el=2 PMSELR_EL0=6 ID_AA64MMFR0_EL1.FGT=0 | x5=0
`,
);
