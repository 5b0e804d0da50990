// What a GICv3 does, as short sequences of register accesses with what must come of them. The unit tests play them on the model, the oracle's test
// on QEMU, so the numbers are not this model's own opinion. Sections are those of the GIC architecture specification, IHI 0069.
//
// A line:  [cpu1] [el1] NAME = value     a write
//          [cpu1] [el1] NAME -> value    a read and what it gives
//          [cpu1] line INTID = 0 or 1    an input changes: PPI 26, 27 or 30, or SPI 39
// then, after a semicolon, what the CPU is told from then on: irq fiq virq vfiq, or `-` for nothing. Without it nothing is said about that.
// NAME is a system register or a register of the distributor or of the CPU's redistributor. HCR_EL2 decides what el1 means; SCTLR_ELx.NMI is
// that of the level that accesses.

export interface Sequence {
  readonly name: string;
  /** Where the specification says so. */
  readonly section: string;
  readonly text: string;
  /** Why QEMU 7.2 does otherwise. */
  readonly notQemu?: string;
}

/** Both groups on, all priorities let through, the interrupts that the sequences use in group 1 and enabled. */
export const SETUP = `
  GICD_CTLR = 3
  GICD_IGROUPR1 = 0xffffffff
  GICD_ISENABLER1 = 0xffffffff
  GICR_WAKER = 0
  GICR_IGROUPR0 = 0xffffffff
  GICR_ISENABLER0 = 0xffffffff
  ICC_PMR_EL1 = 0xf8
  ICC_IGRPEN0_EL1 = 1
  ICC_IGRPEN1_EL1 = 1
  cpu1 GICR_WAKER = 0
  cpu1 GICR_IGROUPR0 = 0xffffffff
  cpu1 GICR_ISENABLER0 = 0xffffffff
  cpu1 ICC_PMR_EL1 = 0xf8
  cpu1 ICC_IGRPEN0_EL1 = 1
  cpu1 ICC_IGRPEN1_EL1 = 1
`;

export const SEQUENCES: readonly Sequence[] = [
  {
    name: 'a level-sensitive SPI: pending with its line, active and pending while taken, pending again after the end',
    section: '4.1.2',
    text: `
      line 39 = 1 ; irq
      GICD_ISPENDR1 -> 0x80
      GICD_ICPENDR1 = 0x80 ; irq
      ICC_HPPIR1_EL1 -> 39
      ICC_IAR1_EL1 -> 39 ; -
      GICD_ISPENDR1 -> 0x80
      GICD_ISACTIVER1 -> 0x80
      ICC_IAR1_EL1 -> 1023
      ICC_EOIR1_EL1 = 39 ; irq
      GICD_ISACTIVER1 -> 0
      line 39 = 0 ; -
      GICD_ISPENDR1 -> 0
      ICC_IAR1_EL1 -> 1023
    `,
  },
  {
    name: 'an edge-triggered interrupt pends until it is taken, and again when it comes while active',
    section: '4.1.2',
    text: `
      GICR_ICFGR1 = 0x00a00000 ; -
      line 26 = 1 ; irq
      line 26 = 0 ; irq
      ICC_IAR1_EL1 -> 26 ; -
      GICR_ISPENDR0 -> 0
      line 26 = 1 ; -
      GICR_ISPENDR0 -> 0x04000000
      ICC_EOIR1_EL1 = 26 ; irq
      GICR_ICPENDR0 = 0x04000000 ; -
      GICR_ISPENDR0 -> 0
    `,
  },
  {
    name: 'pending set by software is a latch of its own',
    section: 'GICD_ISPENDR<n>',
    text: `
      GICD_ISPENDR1 = 0x80 ; irq
      line 39 = 1
      line 39 = 0 ; irq
      ICC_IAR1_EL1 -> 39
      GICD_ISPENDR1 -> 0
      ICC_EOIR1_EL1 = 39 ; -
      GICD_ISACTIVER1 = 0x80
      GICD_ISPENDR1 = 0x80 ; -
      GICD_ICACTIVER1 = 0x80 ; irq
    `,
  },
  {
    name: 'the priority mask lets through what is more urgent, not what is equal',
    section: '4.8, priority masking',
    text: `
      GICR_IPRIORITYR6 = 0x00a00000
      line 26 = 1 ; irq
      ICC_PMR_EL1 = 0xa0 ; -
      ICC_IAR1_EL1 -> 1023
      ICC_HPPIR1_EL1 -> 26
      ICC_PMR_EL1 = 0xa8 ; irq
      ICC_PMR_EL1 = 0xaf
      ICC_PMR_EL1 -> 0xa8
    `,
  },
  {
    name: 'preemption, running priority, active priorities',
    section: '4.8, preemption',
    text: `
      GICR_IPRIORITYR0 = 0x80a0c0e0
      GICR_IPRIORITYR1 = 0x000000a8
      ICC_SGI1R_EL1 = 0x02000001
      ICC_RPR_EL1 -> 0xff
      ICC_IAR1_EL1 -> 2 ; -
      ICC_RPR_EL1 -> 0xa0
      ICC_AP1R0_EL1 -> 0x00100000
      ICC_SGI1R_EL1 = 0x04000001 ; -
      ICC_SGI1R_EL1 = 0x03000001 ; irq
      ICC_IAR1_EL1 -> 3 ; -
      ICC_RPR_EL1 -> 0x80
      ICC_AP1R0_EL1 -> 0x00110000
      ICC_EOIR1_EL1 = 3 ; -
      ICC_RPR_EL1 -> 0xa0
      ICC_EOIR1_EL1 = 2 ; irq
      ICC_IAR1_EL1 -> 4
      ICC_EOIR1_EL1 = 4
      ICC_RPR_EL1 -> 0xff
      ICC_AP1R0_EL1 -> 0
    `,
  },
  {
    name: 'the binary point takes subpriority out of preemption, not out of the order',
    section: '4.8, priority grouping',
    text: `
      ICC_BPR1_EL1 = 0
      ICC_BPR1_EL1 -> 3
      ICC_BPR0_EL1 = 0
      ICC_BPR0_EL1 -> 2
      ICC_BPR1_EL1 = 6
      GICR_IPRIORITYR0 = 0x40587080
      ICC_SGI1R_EL1 = 0x01000001 ; irq
      ICC_IAR1_EL1 -> 1 ; -
      ICC_RPR_EL1 -> 0x40
      ICC_SGI1R_EL1 = 0x02000001 ; -
      ICC_SGI1R_EL1 = 0x03000001 ; -
      ICC_EOIR1_EL1 = 1 ; irq
      ICC_IAR1_EL1 -> 3
      ICC_EOIR1_EL1 = 3
      ICC_IAR1_EL1 -> 2
    `,
  },
  {
    name: 'a common binary point',
    section: '4.8, priority grouping',
    text: `
      ICC_BPR0_EL1 = 5
      ICC_BPR1_EL1 = 3
      ICC_CTLR_EL1 = 1
      ICC_CTLR_EL1 -> 0x8c01
      ICC_BPR1_EL1 -> 6
      ICC_BPR1_EL1 = 4
      GICR_IPRIORITYR0 = 0x0000c8f0
      ICC_SGI1R_EL1 = 0x01000001
      ICC_IAR1_EL1 -> 1
      ICC_RPR_EL1 -> 0xc0
      ICC_CTLR_EL1 = 0
      ICC_BPR1_EL1 -> 3
    `,
  },
  {
    name: 'of equals the lowest INTID goes first',
    section: '4.8',
    text: `
      GICD_ISPENDR1 = 0x6
      ICC_SGI1R_EL1 = 0x05000001
      ICC_IAR1_EL1 -> 5
      ICC_EOIR1_EL1 = 5
      ICC_IAR1_EL1 -> 33
      ICC_EOIR1_EL1 = 33
      ICC_IAR1_EL1 -> 34
    `,
  },
  {
    name: 'EOImode: priority drop and deactivation apart',
    section: '4.1, priority drop and deactivation',
    text: `
      ICC_CTLR_EL1 = 2
      line 26 = 1 ; irq
      ICC_IAR1_EL1 -> 26
      ICC_EOIR1_EL1 = 26 ; -
      ICC_RPR_EL1 -> 0xff
      GICR_ISACTIVER0 -> 0x04000000
      ICC_DIR_EL1 = 26 ; irq
      GICR_ISACTIVER0 -> 0
      ICC_CTLR_EL1 = 0
      ICC_IAR1_EL1 -> 26
      ICC_DIR_EL1 = 26
      GICR_ISACTIVER0 -> 0x04000000
    `,
  },
  {
    name: 'group 0 is told as FIQ and taken by its own registers',
    section: '4.6.2',
    text: `
      GICR_IGROUPR0 = 0xfbffffff
      GICR_IPRIORITYR6 = 0x00800000
      line 26 = 1 ; fiq
      ICC_IAR1_EL1 -> 1023
      ICC_HPPIR1_EL1 -> 1023
      ICC_HPPIR0_EL1 -> 26
      ICC_IAR0_EL1 -> 26 ; -
      ICC_AP0R0_EL1 -> 0x00010000
      ICC_AP1R0_EL1 -> 0
      ICC_EOIR1_EL1 = 26
      ICC_RPR_EL1 -> 0x80
      ICC_EOIR0_EL1 = 26 ; fiq
      GICD_CTLR = 2 ; -
      GICD_CTLR = 1 ; fiq
      ICC_IGRPEN0_EL1 = 0 ; -
    `,
  },
  {
    name: 'a group that the CPU interface has off hides nothing of the other group',
    section: '4.7',
    notQemu: 'it chooses the most urgent interrupt first and then finds its group off',
    text: `
      GICR_IGROUPR0 = 0xfbffffff
      GICR_IPRIORITYR6 = 0x80000000
      ICC_IGRPEN0_EL1 = 0
      line 26 = 1 ; -
      line 27 = 1 ; irq
      ICC_IAR1_EL1 -> 27
    `,
  },
  {
    name: 'priority 0xff is a priority',
    section: '4.8',
    notQemu: 'it uses 0xff for "none"',
    text: `
      GICR_IPRIORITYR6 = 0x00ff0000
      line 26 = 1 ; -
      ICC_HPPIR1_EL1 -> 26
    `,
  },
  {
    name: 'SGIs by target list, and to all others',
    section: '4.4, ICC_SGI1R_EL1',
    text: `
      ICC_SGI1R_EL1 = 0x03000002 ; -
      cpu1 GICR_ISPENDR0 -> 8 ; irq
      cpu1 ICC_IAR1_EL1 -> 3 ; -
      cpu1 ICC_EOIR1_EL1 = 3
      cpu1 ICC_SGI1R_EL1 = 0x10007000000 ; -
      ICC_IAR1_EL1 -> 7
      ICC_EOIR1_EL1 = 7
      ICC_SGI1R_EL1 = 0x01010003 ; -
      ICC_SGI1R_EL1 = 0x00000003 ; irq
      ICC_IAR1_EL1 -> 0
      cpu1 ICC_IAR1_EL1 -> 0
      GICR_IGROUPR0 = 0xfffffffe
      ICC_SGI0R_EL1 = 0x01000001 ; -
      ICC_EOIR1_EL1 = 0
      ICC_SGI0R_EL1 = 0x00000001 ; fiq
    `,
  },
  {
    name: 'in one Security state ICC_SGI1R_EL1 reaches SGIs of either group, ICC_ASGI1R_EL1 those of group 0',
    section: '4.4 and KVM’s access_gic_sgi',
    notQemu: 'ICC_SGI1R_EL1 does not reach group 0',
    text: `
      GICR_IGROUPR0 = 0xfffffffd
      ICC_ASGI1R_EL1 = 0x02000001 ; -
      ICC_SGI1R_EL1 = 0x01000001 ; fiq
      ICC_IAR0_EL1 -> 1
      ICC_EOIR0_EL1 = 1
      ICC_ASGI1R_EL1 = 0x01000001 ; fiq
    `,
  },
  {
    name: 'an SPI goes to the CPU that its route names',
    section: '2.3',
    text: `
      GICD_IROUTER39 = 1
      line 39 = 1 ; -
      cpu1 ICC_HPPIR1_EL1 -> 39 ; irq
      GICD_IROUTER39 = 0 ; irq
      cpu1 ICC_HPPIR1_EL1 -> 1023 ; -
      GICD_IROUTER39 = 0x100 ; -
      GICD_IROUTER39 -> 0x100
      cpu1 ICC_HPPIR1_EL1 -> 1023 ; -
    `,
  },
  {
    name: 'registers of SGIs and PPIs are not in the distributor, and both have their fixed bits',
    section: 'GICD_CTLR, GICR_ICFGR0, GICR_WAKER, ICC_SRE_EL1',
    text: `
      GICD_CTLR = 0xffffffff
      GICD_CTLR -> 0x53
      GICD_CTLR = 0
      GICD_CTLR -> 0x50
      GICR_ICFGR0 = 0
      GICR_ICFGR0 -> 0xaaaaaaaa
      GICR_ICFGR1 = 0xffffffff
      GICR_ICFGR1 -> 0xaaaaaaaa
      GICD_ICFGR2 = 0xffffffff
      GICD_ICFGR2 -> 0xaaaaaaaa
      GICR_WAKER = 0xffffffff
      GICR_WAKER -> 6
      GICR_WAKER = 0
      GICR_WAKER -> 0
      GICD_IIDR -> 0x43b
      GICD_PIDR2 -> 0x3b
      GICR_PIDR2 -> 0x3b
      GICR_PIDR0 -> 0x93
      GICD_CIDR3 -> 0xb1
      ICC_SRE_EL1 = 0
      ICC_SRE_EL1 -> 7
      ICC_SRE_EL2 = 0
      ICC_SRE_EL2 -> 0xf
      ICC_CTLR_EL1 = 0xffffffff
      ICC_CTLR_EL1 -> 0x8c03
    `,
  },
  {
    name: 'what this GIC has: 256 SPIs, no LPIs',
    section: 'GICD_TYPER, GICR_TYPER',
    notQemu: 'it announces LPIs although it has no ITS, and one block of SPIs less than there are',
    text: `
      GICD_TYPER -> 0x03780008
      GICR_TYPER -> 0
      cpu1 GICR_TYPER -> 0x100000110
    `,
  },
  {
    name: 'a virtual interrupt: pending in a list register, taken, ended, empty',
    section: 'chapter 6, list registers',
    text: `
      HCR_EL2 = 0x80000018
      ICH_HCR_EL2 = 1
      ICH_VMCR_EL2 = 0xf0000002
      ICH_VMCR_EL2 -> 0xf04c000a
      ICH_ELRSR_EL2 -> 0xf
      ICH_LR1_EL2 = 0x50a0000000000021 ; virq
      ICH_ELRSR_EL2 -> 0xd
      el1 ICC_HPPIR1_EL1 -> 33
      el1 ICC_IAR0_EL1 -> 1023
      el1 ICC_IAR1_EL1 -> 33 ; -
      ICH_LR1_EL2 -> 0x90a0000000000021
      ICH_AP1R0_EL2 -> 0x00100000
      el1 ICC_RPR_EL1 -> 0xa0
      el1 ICC_EOIR1_EL1 = 33
      ICH_LR1_EL2 -> 0x10a0000000000021
      el1 ICC_RPR_EL1 -> 0xff
      ICH_ELRSR_EL2 -> 0xf
      ICC_RPR_EL1 -> 0xff
    `,
  },
  {
    name: 'pending and active in one list register: told of again only after the end',
    section: 'chapter 6, list registers',
    text: `
      HCR_EL2 = 0x80000018
      ICH_HCR_EL2 = 1
      ICH_VMCR_EL2 = 0xf0000002
      ICH_LR0_EL2 = 0x50a0000000000021 ; virq
      el1 ICC_IAR1_EL1 -> 33 ; -
      ICH_LR0_EL2 = 0xd0a0000000000021 ; -
      el1 ICC_EOIR1_EL1 = 33 ; virq
      ICH_LR0_EL2 -> 0x50a0000000000021
    `,
  },
  {
    name: 'virtual group 0 is a virtual FIQ; priorities, mask and preemption are the guest’s own',
    section: 'chapter 6, ICV_PMR_EL1, ICV_IGRPEN1_EL1',
    text: `
      HCR_EL2 = 0x80000018
      ICH_HCR_EL2 = 1
      ICH_VMCR_EL2 = 0xf0000003
      ICH_LR0_EL2 = 0x50a0000000000021 ; virq
      ICH_LR1_EL2 = 0x4080000000000022 ; vfiq
      el1 ICC_IAR1_EL1 -> 1023
      el1 ICC_PMR_EL1 = 0x80 ; -
      el1 ICC_PMR_EL1 -> 0x80
      el1 ICC_PMR_EL1 = 0xff ; vfiq
      ICH_VMCR_EL2 -> 0xf84c000b
      ICC_PMR_EL1 -> 0xf8
      el1 ICC_IAR0_EL1 -> 34 ; -
      ICH_AP0R0_EL2 -> 0x00010000
      el1 ICC_EOIR0_EL1 = 34 ; virq
      el1 ICC_IGRPEN1_EL1 = 0 ; -
      el1 ICC_HPPIR1_EL1 -> 1023
      ICH_VMCR_EL2 -> 0xf84c0009
      el1 ICC_IGRPEN1_EL1 = 1 ; virq
      ICH_HCR_EL2 = 0 ; -
      el1 ICC_HPPIR1_EL1 -> 33
      el1 ICC_IAR1_EL1 -> 1023
    `,
  },
  {
    name: 'the guest’s EOImode; an INTID in no list register counts',
    section: 'ICV_DIR_EL1, ICH_HCR_EL2.EOIcount',
    text: `
      HCR_EL2 = 0x80000018
      ICH_HCR_EL2 = 1
      ICH_VMCR_EL2 = 0xf0000002
      el1 ICC_CTLR_EL1 = 2
      el1 ICC_CTLR_EL1 -> 0x8c02
      ICH_VMCR_EL2 -> 0xf04c020a
      ICH_LR0_EL2 = 0x50a0000000000021 ; virq
      el1 ICC_IAR1_EL1 -> 33
      el1 ICC_EOIR1_EL1 = 33
      ICH_LR0_EL2 -> 0x90a0000000000021
      el1 ICC_DIR_EL1 = 34
      ICH_HCR_EL2 -> 0x08000001
      el1 ICC_DIR_EL1 = 33
      ICH_LR0_EL2 -> 0x10a0000000000021
      el1 ICC_CTLR_EL1 = 0
      el1 ICC_EOIR1_EL1 = 40
      ICH_HCR_EL2 -> 0x08000001
      ICH_AP1R0_EL2 = 0x00100000
      el1 ICC_EOIR1_EL1 = 40
      ICH_HCR_EL2 -> 0x10000001
      ICH_AP1R0_EL2 -> 0
    `,
  },
  {
    name: 'with EOImode the count is for ICV_DIR_EL1 alone',
    section: 'ICH_HCR_EL2.EOIcount',
    notQemu: 'ICV_EOIR counts too',
    text: `
      HCR_EL2 = 0x80000018
      ICH_HCR_EL2 = 1
      ICH_VMCR_EL2 = 0xf0000202
      ICH_AP1R0_EL2 = 0x00100000
      el1 ICC_EOIR1_EL1 = 40
      ICH_AP1R0_EL2 -> 0
      ICH_HCR_EL2 -> 1
    `,
  },
  {
    name: 'a list register tied to a physical interrupt deactivates it',
    section: 'ICH_LR<n>_EL2.HW',
    text: `
      HCR_EL2 = 0x80000018
      ICC_CTLR_EL1 = 2
      line 27 = 1 ; irq
      ICC_IAR1_EL1 -> 27 ; -
      ICC_EOIR1_EL1 = 27
      ICH_HCR_EL2 = 1
      ICH_VMCR_EL2 = 0xf0000002
      ICH_LR0_EL2 = 0x70a0001b0000001b ; virq
      el1 ICC_IAR1_EL1 -> 27 ; -
      GICR_ISACTIVER0 -> 0x08000000
      line 27 = 0
      el1 ICC_EOIR1_EL1 = 27 ; -
      GICR_ISACTIVER0 -> 0
      ICH_LR0_EL2 -> 0x30a0001b0000001b
      ICH_ELRSR_EL2 -> 0xf
    `,
  },
  {
    name: 'maintenance: end of interrupt, underflow, no pending, count, groups',
    section: 'chapter 6, maintenance interrupts',
    text: `
      HCR_EL2 = 0x80000018
      ICH_VMCR_EL2 = 0xf0000002
      ICH_HCR_EL2 = 1 ; -
      ICH_LR0_EL2 = 0x50a0020000000021 ; virq
      el1 ICC_IAR1_EL1 -> 33 ; -
      el1 ICC_EOIR1_EL1 = 33 ; irq
      ICH_EISR_EL2 -> 1
      ICH_ELRSR_EL2 -> 0xe
      ICH_MISR_EL2 -> 1
      ICC_HPPIR1_EL1 -> 25
      ICH_LR0_EL2 = 0 ; -
      ICH_HCR_EL2 = 3 ; irq
      ICH_MISR_EL2 -> 2
      ICH_LR0_EL2 = 0x90a0000000000021 ; irq
      ICH_LR1_EL2 = 0x90a0000000000022 ; -
      ICH_HCR_EL2 = 9 ; irq
      ICH_MISR_EL2 -> 8
      ICH_LR2_EL2 = 0x50b0000000000023 ; virq
      ICH_HCR_EL2 = 0x08000005 ; irq virq
      ICH_MISR_EL2 -> 4
      ICH_HCR_EL2 = 0x5 ; virq
      ICH_HCR_EL2 = 0x51
      ICH_MISR_EL2 -> 0x40
      ICH_VMCR_EL2 = 0xf0000001
      ICH_MISR_EL2 -> 0x10
      ICH_HCR_EL2 = 0x81
      ICH_MISR_EL2 -> 0x80
      ICH_HCR_EL2 = 0x80 ; -
      ICH_MISR_EL2 -> 0x80
    `,
  },
  {
    name: 'maintenance when group 0 is off',
    section: 'ICH_MISR_EL2.VGrp0D',
    notQemu: 'it looks at VENG1 for VGrp0D',
    text: `
      ICH_VMCR_EL2 = 0xf0000001
      ICH_HCR_EL2 = 0x21 ; -
      ICH_MISR_EL2 -> 0
      ICH_VMCR_EL2 = 0xf0000002 ; irq
      ICH_MISR_EL2 -> 0x20
    `,
  },
  {
    name: 'each register is virtual by its own bit: FMO for group 0, IMO for group 1, either for those of both',
    section: 'chapter 6, accesses to ICC_* from EL1',
    text: `
      ICH_VMCR_EL2 = 0xa0000000
      HCR_EL2 = 0x80000010
      el1 ICC_PMR_EL1 -> 0xa0
      el1 ICC_IGRPEN0_EL1 -> 1
      el1 ICC_IGRPEN1_EL1 -> 0
      HCR_EL2 = 0x80000008
      el1 ICC_PMR_EL1 -> 0xa0
      el1 ICC_IGRPEN0_EL1 -> 0
      el1 ICC_IGRPEN1_EL1 -> 1
      HCR_EL2 = 0x80000000
      el1 ICC_PMR_EL1 -> 0xf8
      el1 ICC_IGRPEN0_EL1 -> 1
      HCR_EL2 = 0x80000018
      ICC_PMR_EL1 -> 0xf8
    `,
  },
  {
    name: 'fixed and kept bits of the hypervisor’s registers',
    section: 'ICH_VTR_EL2, ICH_HCR_EL2, ICH_VMCR_EL2',
    text: `
      ICH_VTR_EL2 -> 0x90b80003
      ICH_HCR_EL2 = 0xffffffff
      ICH_HCR_EL2 -> 0xf8007cff
      ICH_HCR_EL2 = 0
      ICH_VMCR_EL2 = 0
      ICH_VMCR_EL2 -> 0x004c0008
      ICH_VMCR_EL2 = 0xf8ffffff
      ICH_VMCR_EL2 -> 0xf8fc021b
    `,
  },
  {
    name: 'bits that a list register does not have',
    section: 'ICH_LR<n>_EL2, ICH_VMCR_EL2.VPMR',
    notQemu: 'it keeps RES0 bits of list registers and unimplemented bits of VPMR',
    text: `
      ICH_LR0_EL2 = 0xffffffffffffffff
      ICH_LR0_EL2 -> 0xf0f81fff00ffffff
      ICH_VMCR_EL2 = 0xffffffff
      ICH_VMCR_EL2 -> 0xf8fc021b
    `,
  },
];

/** One line, read. */
export interface SequenceLine {
  readonly cpu: number;
  readonly el: 1 | 2;
  readonly name: string;
  readonly access: 'read' | 'write' | 'line';
  /** What is written, or what a read must give. */
  readonly value: bigint;
  /** What the CPU is told afterwards. */
  readonly told: readonly string[] | undefined;
  readonly text: string;
}

/** Reads the lines of a text; throws on one that is none. */
export function readSequence(text: string): readonly SequenceLine[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter(Boolean).map((line): SequenceLine => {
    const match = /^(?:cpu(\d) )?(el1 )?(line )?([\w.]+) (=|->) (\w+)(?: ; ([a-z ]+|-))?$/.exec(line);
    if (match === null) throw new Error(`not a line of a sequence: ${line}`);
    const [, cpu = '0', el1, input, name = '', arrow, value = '', told] = match;
    return {
      cpu: Number(cpu),
      el: el1 === undefined ? 2 : 1,
      name,
      access: input ? 'line' : arrow === '=' ? 'write' : 'read',
      value: BigInt(value),
      told: told === undefined ? undefined : told === '-' ? [] : told.split(' '),
      text: line,
    };
  });
}
