// Interrupts with Superpriority (FEAT_NMI): which of them PSTATE.I, F, ALLINT and SP hold back at which level, physical and virtual; what pends by
// ISR_EL1; ALLINT through exceptions and their returns; who may write it.
import { group } from '../notation.ts';
import { executed, read, written } from './trapped.ts';

// Values of DAIF and ALLINT.
const I = 'DAIF=0x80';
const F = 'DAIF=0x40';
const OPEN = 'DAIF=0';
const ALL = 'ALLINT=0x2000';
const NMI1 = 'SCTLR_EL1.NMI=1';
const NMI2 = 'SCTLR_EL2.NMI=1';
const HOST = 'HCR_EL2.E2H=1 HCR_EL2.TGE=1';
const IRQ_AT_EL1 = 'to=1 vector=0x280 at=0';
const IRQ_FROM_EL0 = 'to=1 vector=0x480 at=0';
const TO_EL2 = 'to=2 vector=0x480 at=0';
const IRQ_AT_EL2 = 'to=2 vector=0x280 at=0';

export const SUPERPRIORITY = group(
  'Superpriority',
  '',
  `
  # D1.4.6.4.1, R_MHWBP: an IRQ that targets the level it comes to, SCTLR_ELx.NMI = 0
  nop | irq ${OPEN} | ${IRQ_AT_EL1}
  nop | irq nmi ${OPEN} ${ALL} | ${IRQ_AT_EL1}
  nop | irq nmi ${I} |
  nop | irq nmi ${OPEN} SCTLR_EL1.SPINTMASK=1 | ${IRQ_AT_EL1}
  # ... SCTLR_ELx.NMI = 1
  nop | irq ${OPEN} ${NMI1} | ${IRQ_AT_EL1}
  nop | irq nmi ${OPEN} ${NMI1} | ${IRQ_AT_EL1}
  nop | irq ${OPEN} ${NMI1} ${ALL} |
  nop | irq nmi ${OPEN} ${NMI1} ${ALL} |
  nop | irq ${I} ${NMI1} |
  nop | irq nmi ${I} ${NMI1} | ${IRQ_AT_EL1}
  nop | irq nmi ${I} ${NMI1} ${ALL} |
  # R_XZPDT, AllIntMask: PSTATE.SP where SPINTMASK says so
  nop | irq nmi ${OPEN} ${NMI1} SCTLR_EL1.SPINTMASK=1 |
  nop | irq ${OPEN} ${NMI1} SCTLR_EL1.SPINTMASK=1 |
  nop | irq nmi ${I} ${NMI1} SCTLR_EL1.SPINTMASK=1 SPSel=0 | to=1 vector=0x080 at=0
  nop | irq ${I} ${NMI1} SCTLR_EL1.SPINTMASK=1 SPSel=0 |
  nop | irq nmi ${I} ${NMI1} SCTLR_EL1.SPINTMASK=1 SPSel=0 ${ALL} |
  msr spsel, #0 ; nop | irq nmi ${I} ${NMI1} SCTLR_EL1.SPINTMASK=1 | to=1 vector=0x080 at=4 sp=D+0x800
  msr allint, #0 ; nop | irq nmi ${I} ${NMI1} ${ALL} | to=1 vector=0x280 at=4 SPSR_EL1.ALLINT=0 ALLINT=0x2000
  msr sctlr_el1, x5 ; nop | irq nmi ${I} x5=0x2000000030d00800 | to=1 vector=0x280 at=4
  # R_GFXKY: FIQs
  nop | fiq ${OPEN} ${NMI1} | to=1 vector=0x300 at=0
  nop | fiq ${OPEN} ${NMI1} ${ALL} |
  nop | fiq ${F} ${NMI1} |
  nop | fiq ${OPEN} ${ALL} | to=1 vector=0x300 at=0
  # ... an SError is not an interrupt that ALLINT masks
  nop | serror ${OPEN} ${NMI1} ${ALL} | to=1 ec=0x2f iss=0 vector=0x380 at=0
  nop | serror DAIF=0x100 ${NMI1} |
  # R_HPRYN: a target above the current level, EL1 above EL0
  nop | el=0 irq ${OPEN} ${NMI1} ${ALL} | ${IRQ_FROM_EL0}
  nop | el=0 irq ${I} ${NMI1} |
  nop | el=0 irq nmi ${I} ${NMI1} | ${IRQ_FROM_EL0}
  nop | el=0 irq nmi ${I} ${NMI1} ${ALL} | ${IRQ_FROM_EL0}
  nop | el=0 irq nmi ${I} ${NMI1} SCTLR_EL1.SPINTMASK=1 | ${IRQ_FROM_EL0}
  nop | el=0 irq nmi ${I} |
  nop | el=0 irq nmi ${I} ${NMI2} |
  # ... EL2 above EL0 of its host
  nop | el=0 ${HOST} irq ${I} ${NMI2} |
  nop | el=0 ${HOST} irq nmi ${I} ${NMI2} ${ALL} | ${TO_EL2}
  nop | el=0 ${HOST} irq nmi ${I} ${NMI1} |
  # ... EL2 above another's: nothing masks it (I_BXXWT)
  nop | HCR_EL2.IMO=1 irq ${I} ${NMI1} ${ALL} | ${TO_EL2}
  nop | HCR_EL2.IMO=1 irq nmi ${I} ${NMI1} ${NMI2} ${ALL} SCTLR_EL1.SPINTMASK=1 | ${TO_EL2}
  nop | el=0 HCR_EL2.TGE=1 irq ${I} ${ALL} ${NMI2} | ${TO_EL2}
  # Table D1-21: at EL2
  nop | el=2 HCR_EL2.IMO=1 irq nmi ${I} ${NMI2} | ${IRQ_AT_EL2}
  nop | el=2 HCR_EL2.IMO=1 irq nmi ${I} ${NMI1} |
  nop | el=2 HCR_EL2.IMO=1 irq ${OPEN} ${NMI2} ${ALL} |
  nop | el=2 HCR_EL2.IMO=1 irq nmi ${OPEN} ${NMI2} SCTLR_EL2.SPINTMASK=1 |
  nop | el=2 HCR_EL2.IMO=1 irq ${OPEN} ${NMI1} ${ALL} SCTLR_EL1.SPINTMASK=1 | ${IRQ_AT_EL2}
  nop | el=2 HCR_EL2.TGE=1 irq nmi ${I} ${NMI2} | ${IRQ_AT_EL2}
  nop | el=2 irq nmi ${OPEN} ${NMI2} |
  # D8.13.1, R_HGWKR: at EL2 of a host
  nop | el=2 ${HOST} irq nmi ${I} ${NMI2} | ${IRQ_AT_EL2}
  nop | el=2 ${HOST} irq nmi ${OPEN} ${NMI2} ${ALL} |
  # D1.7.2.1, R_NLVGY: what is masked ends a wait all the same
  wfi | irq nmi ${I} ${NMI1} ${ALL} |
  wfi | irq ${OPEN} ${NMI1} ${ALL} |
  wfi | HCR_EL2.IMO=1 HCR_EL2.VI=1 HCRX_EL2.VINMI=1 ${I} ${NMI1} ${ALL} |
  # A2.2, FEAT_NMI: a processor without it knows no Superpriority
  nop | ID_AA64PFR1_EL1.NMI=0 irq nmi ${I} SCTLR_EL1=0x2000000000000000 |
`,
);

export const VIRTUAL_SUPERPRIORITY = group(
  'virtual Superpriority',
  'HCR_EL2.IMO=1 HCR_EL2.FMO=1',
  `
  # D1.4.6.4.2, R_SNLJH: a virtual IRQ, SCTLR_EL1.NMI = 0
  nop | HCR_EL2.VI=1 HCRX_EL2.VINMI=1 ${OPEN} ${ALL} | ${IRQ_AT_EL1}
  nop | HCR_EL2.VI=1 HCRX_EL2.VINMI=1 ${I} |
  nop | HCR_EL2.VI=1 HCRX_EL2.VINMI=1 ${I} ${NMI2} |
  # ... SCTLR_EL1.NMI = 1
  nop | HCR_EL2.VI=1 ${OPEN} ${NMI1} | ${IRQ_AT_EL1}
  nop | HCR_EL2.VI=1 HCRX_EL2.VINMI=1 ${OPEN} ${NMI1} ${ALL} |
  nop | HCR_EL2.VI=1 ${OPEN} ${NMI1} ${ALL} |
  nop | HCR_EL2.VI=1 ${I} ${NMI1} |
  nop | HCR_EL2.VI=1 HCRX_EL2.VINMI=1 ${I} ${NMI1} | ${IRQ_AT_EL1}
  nop | HCR_EL2.VI=1 HCRX_EL2.VINMI=1 ${OPEN} ${NMI1} SCTLR_EL1.SPINTMASK=1 |
  nop | el=0 HCR_EL2.VI=1 ${OPEN} ${NMI1} ${ALL} | ${IRQ_FROM_EL0}
  nop | el=0 HCR_EL2.VI=1 ${I} ${NMI1} |
  nop | el=0 HCR_EL2.VI=1 HCRX_EL2.VINMI=1 ${I} ${NMI1} ${ALL} | ${IRQ_FROM_EL0}
  # R_XSPSG: a virtual FIQ
  nop | HCR_EL2.VF=1 HCRX_EL2.VFNMI=1 ${F} | 
  nop | HCR_EL2.VF=1 HCRX_EL2.VFNMI=1 ${F} ${NMI1} | to=1 vector=0x300 at=0
  nop | HCR_EL2.VF=1 HCRX_EL2.VINMI=1 ${F} ${NMI1} |
  nop | HCR_EL2.VF=1 HCRX_EL2.VFNMI=1 ${OPEN} ${NMI1} ${ALL} |
  nop | el=0 HCR_EL2.VF=1 HCRX_EL2.VFNMI=1 ${F} ${NMI1} | to=1 vector=0x500 at=0
  # D24.2.63 HCRX_EL2.VINMI: of no effect while HCR_EL2.VI is 0
  nop | HCRX_EL2.VINMI=1 HCRX_EL2.VFNMI=1 ${OPEN} ${NMI1} |
  nop | virq HCRX_EL2.VINMI=1 ${I} ${NMI1} |
  # R_NVFXB: one that an interrupt controller signals
  nop | virq vnmi ${I} ${NMI1} | ${IRQ_AT_EL1}
  nop | virq vnmi ${I} |
  nop | virq vnmi ${OPEN} ${NMI1} ${ALL} |
  # ... a virtual SError
  nop | HCR_EL2.AMO=1 HCR_EL2.VSE=1 ${OPEN} ${NMI1} ${ALL} | to=1 ec=0x2f iss=0 vector=0x380 at=0
  # R_GYGBD: at EL2 there are none
  nop | el=2 HCR_EL2.VI=1 HCRX_EL2.VINMI=1 ${OPEN} ${NMI1} ${NMI2} |
`,
);

export const INTERRUPT_STATUS = group(
  'ISR_EL1',
  'DAIF=0x3c0',
  `
  # D24.2.118 ISR_EL1: what pends, and of it what has Superpriority, masked or not, SCTLR_ELx.NMI or not
  mrs x5, isr_el1 | irq | x5=0x80
  mrs x5, isr_el1 | irq nmi | x5=0x480
  mrs x5, isr_el1 | nmi | x5=0
  mrs x5, isr_el1 | fiq nmi | x5=0x40
  mrs x5, isr_el1 | irq nmi fiq serror ${NMI1} ${ALL} | x5=0x5c0
  mrs x5, isr_el1 | el=2 irq nmi | x5=0x480
  # ... virtual ones at EL1 where EL2 has taken the physical ones
  mrs x5, isr_el1 | HCR_EL2.IMO=1 HCR_EL2.VI=1 HCRX_EL2.VINMI=1 | x5=0x480
  mrs x5, isr_el1 | HCR_EL2.IMO=1 HCR_EL2.VI=1 HCRX_EL2.VFNMI=1 | x5=0x80
  mrs x5, isr_el1 | HCR_EL2.IMO=1 HCRX_EL2.VINMI=1 | x5=0
  mrs x5, isr_el1 | HCR_EL2.VI=1 HCRX_EL2.VINMI=1 | x5=0
  mrs x5, isr_el1 | HCR_EL2.FMO=1 HCR_EL2.VF=1 HCRX_EL2.VFNMI=1 | x5=0x240
  mrs x5, isr_el1 | HCR_EL2.IMO=1 virq vnmi | x5=0x480
  mrs x5, isr_el1 | HCR_EL2.IMO=1 virq | x5=0x80
  mrs x5, isr_el1 | el=2 HCR_EL2.IMO=1 HCR_EL2.VI=1 HCRX_EL2.VINMI=1 | x5=0
  mrs x5, isr_el1 | ID_AA64PFR1_EL1.NMI=0 irq nmi | x5=0x80
`,
);

export const ALLINT = group(
  'PSTATE.ALLINT',
  '',
  `
  # D1.4.2, AArch64.TakeException: the inverse of SCTLR_ELx.SPINTMASK
  svc #1 | | to=1 ec=0x15 iss=1 ALLINT=0x2000 SPSR_EL1.ALLINT=0
  svc #1 | ${ALL} SCTLR_EL1.SPINTMASK=1 | to=1 ec=0x15 iss=1 ALLINT=0 SPSR_EL1.ALLINT=1
  svc #1 | ${NMI1} | to=1 ec=0x15 iss=1 ALLINT=0x2000
  hvc #1 | SCTLR_EL1.SPINTMASK=1 | to=2 ec=0x16 iss=1 ALLINT=0x2000 SPSR_EL2.ALLINT=0
  hvc #1 | ${ALL} SCTLR_EL2.SPINTMASK=1 | to=2 ec=0x16 iss=1 ALLINT=0 SPSR_EL2.ALLINT=1
  svc #1 | ID_AA64PFR1_EL1.NMI=0 | to=1 ec=0x15 iss=1 SPSR_EL1=0x20003c5
  # D1.4.4, SetPSTATEFromPSR: a return restores it
  msr elr_el1, x5 ; eret ; nop ; nop | x5=C+12 SPSR_EL1=0x23c5 | ALLINT=0x2000
  msr elr_el1, x5 ; eret ; nop ; nop | x5=C+12 SPSR_EL1=0x3c5 ${ALL} | ALLINT=0
  msr elr_el1, x5 ; eret ; nop ; nop | x5=C+12 SPSR_EL1=0x2005 irq nmi | ALLINT=0x2000 to=1 vector=0x280 at=12
  msr elr_el1, x5 ; eret ; nop ; nop | x5=C+12 SPSR_EL1=0x2005 irq nmi ${NMI1} ${ALL} | ALLINT=0x2000
  msr elr_el1, x5 ; eret ; nop ; nop | ID_AA64PFR1_EL1.NMI=0 x5=C+12 SPSR_EL1=0x23c5 | SPSel=1
  # ... an illegal one too, with the other masks
  msr elr_el1, x5 ; eret ; nop ; nop | x5=C+12 SPSR_EL1=0x23c9 | to=1 ec=0x0e iss=0 SPSR_EL1.ALLINT=1 SPSR_EL1.IL=1
  msr elr_el1, x5 ; eret ; nop ; nop | x5=C+12 SPSR_EL1=0x3c9 ${ALL} | to=1 ec=0x0e iss=0 SPSR_EL1.ALLINT=0 SPSR_EL1.IL=1
  # C5.2.1 ALLINT
  mrs x5, allint | ${ALL} | x5=0x2000
  mrs x5, allint | el=2 | x5=0
  msr allint, x5 | x5=-1 | ALLINT=0x2000
  msr allint, x5 | x5=0xdfff ${ALL} | ALLINT=0
  msr allint, x5 | el=2 x5=0x2000 HCRX_EL2.TALLINT=1 | ALLINT=0x2000
  mrs x5, allint | el=0 | undefined to=1
  msr allint, x5 | el=0 | undefined to=1
  mrs x5, allint | ID_AA64PFR1_EL1.NMI=0 | undefined
  msr allint, x5 | ID_AA64PFR1_EL1.NMI=0 HCRX_EL2=0x40 | undefined to=1
  # C6.2, MSR (immediate)
  msr allint, #1 | | ALLINT=0x2000
  msr allint, #0 | ${ALL} | ALLINT=0
  msr allint, #1 | el=2 HCRX_EL2.TALLINT=1 | ALLINT=0x2000
  msr allint, #1 | el=0 HCRX_EL2.TALLINT=1 | undefined to=1
  msr allint, #1 | ID_AA64PFR1_EL1.NMI=0 | undefined
  .inst 0xd501421f | | undefined
  .inst 0xd501441f | | undefined
  # D24.2.63 HCRX_EL2.TALLINT: writes by EL1, but for the immediate 0
  msr allint, x5 | x5=0 HCRX_EL2.TALLINT=1 | ${written('3 0 4 3 0')}
  msr allint, #1 | HCRX_EL2.TALLINT=1 | ${executed('0 1 4 1 0')}
  msr allint, #0 | HCRX_EL2.TALLINT=1 ${ALL} | ALLINT=0
  mrs x5, allint | HCRX_EL2.TALLINT=1 ${ALL} | x5=0x2000
  # IHI 0069, ICC_NMIAR1_EL1: with the acknowledge register of group 1
  mrs x5, icc_nmiar1_el1 | ICH_HCR_EL2.TALL1=1 | ${read('3 0 12 9 5')}
  mrs x5, icc_nmiar1_el1 | ICH_HCR_EL2.TALL0=1 ICH_HCR_EL2.TC=1 | x5=0
  mrs x5, icc_nmiar1_el1 | el=2 ICH_HCR_EL2.TALL1=1 | x5=0
  mrs x5, icc_nmiar1_el1 | el=0 ICH_HCR_EL2.TALL1=1 | undefined to=1
  msr icc_nmiar1_el1, x5 | ICH_HCR_EL2.TALL1=1 | undefined to=1
  mrs x5, icc_nmiar1_el1 | ID_AA64PFR1_EL1.NMI=0 ICH_HCR_EL2.TALL1=1 | undefined to=1
`,
);
