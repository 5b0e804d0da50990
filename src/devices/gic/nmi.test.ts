// Non-maskable interrupts of a GIC that has them (FEAT_GICv3_NMI), in the notation of sequences.ts: `nmi` and `vnmi` are told besides `irq` and
// `virq`. Sections are those of the GIC architecture specification, IHI 0069H.
import { expect, test } from 'vitest';
import { ownBytes } from '#base';
import { board } from './board.fixture.ts';
import { GIC_STATE_SIZE } from './index.ts';
import { SETUP, type Sequence } from './sequences.ts';

/** ICC_AP1R0_EL1.NMI, ICC_RPR_EL1.NMI, ICH_AP1R0_EL2.NMI. */
const NMI = 1n << 63n;
const hex = (value: bigint): string => `0x${value.toString(16)}`;

/** A guest's interface: both groups on, all priorities let through, EL1's accesses virtual. */
const GUEST = `
  HCR_EL2 = 0x18
  ICH_VMCR_EL2 = 0xf8000003
  ICH_HCR_EL2 = 1
`;
/** A list register: pending, group 1, with its priority, NMI or not. */
const lr = (vintid: number, priority: number, nmi = false): string =>
  hex((1n << 62n) | (1n << 60n) | (nmi ? 1n << 59n : 0n) | (BigInt(priority) << 48n) | BigInt(vintid));

const NMI_SEQUENCES: readonly Sequence[] = [
  {
    name: 'the distributor says that there are NMIs',
    section: 'GICD_TYPER.NMI',
    text: 'GICD_TYPER -> 0x03780208',
  },
  {
    name: 'the property is kept for SPIs, PPIs and SGIs',
    section: 'GICD_INMIR<n>, GICR_INMIR0',
    text: `
      GICD_INMIR1 = 0x80000081
      GICD_INMIR1 -> 0x80000081
      GICD_IGROUPR8 = 0xffffffff
      GICD_INMIR8 = 0xffffffff
      GICD_INMIR8 -> 0xffffffff
      GICR_INMIR0 = 0x08000003
      GICR_INMIR0 -> 0x08000003
      cpu1 GICR_INMIR0 -> 0
      GICD_INMIR1 = 0
      GICD_INMIR1 -> 0
    `,
  },
  {
    name: 'an interrupt of group 0 has it not',
    section: 'GICD_INMIR<n>',
    text: `
      GICR_IGROUPR0 = 0xfbffffff
      GICR_INMIR0 = 0xffffffff
      GICR_INMIR0 -> 0xfbffffff
      GICR_IPRIORITYR6 = 0x00a00000
      line 26 = 1 ; fiq
      ICC_PMR_EL1 = 0xa0 ; -
    `,
  },
  {
    name: 'an NMI is an IRQ with Superpriority',
    section: '4.6.3',
    text: `
      GICR_INMIR0 = 0x04000000
      line 26 = 1 ; irq nmi
      line 26 = 0 ; -
      line 27 = 1 ; irq
      line 26 = 1 ; irq nmi
      GICR_INMIR0 = 0 ; irq
    `,
  },
  {
    name: 'with SCTLR_ELx.NMI ICC_IAR1_EL1 leaves it to ICC_NMIAR1_EL1',
    section: '2.2.1, INTID 1022',
    text: `
      GICR_INMIR0 = 0x04000000
      SCTLR_ELx.NMI = 1
      line 26 = 1 ; irq nmi
      ICC_IAR1_EL1 -> 1022 ; irq nmi
      GICR_ISACTIVER0 -> 0
      ICC_NMIAR1_EL1 -> 26 ; -
      GICR_ISACTIVER0 -> 0x04000000
      ICC_NMIAR1_EL1 -> 1023
      ICC_IAR1_EL1 -> 1023
      line 26 = 0
      ICC_EOIR1_EL1 = 26 ; -
      GICR_ISACTIVER0 -> 0
    `,
  },
  {
    name: 'without SCTLR_ELx.NMI either takes it',
    section: 'ICC_IAR1_EL1',
    text: `
      GICR_INMIR0 = 0x04000000
      line 26 = 1 ; irq nmi
      ICC_IAR1_EL1 -> 26 ; -
      ICC_AP1R0_EL1 -> ${hex(NMI)}
      ICC_EOIR1_EL1 = 26 ; irq nmi
      ICC_NMIAR1_EL1 -> 26 ; -
    `,
  },
  {
    name: 'ICC_NMIAR1_EL1 takes nothing else',
    section: 'ICC_NMIAR1_EL1',
    text: `
      SCTLR_ELx.NMI = 1
      line 26 = 1 ; irq
      ICC_NMIAR1_EL1 -> 1023 ; irq
      ICC_IAR1_EL1 -> 26 ; -
    `,
  },
  {
    name: 'nor ICC_IAR0_EL1 an NMI',
    section: 'ICC_IAR0_EL1',
    text: `
      GICR_INMIR0 = 0x04000000
      line 26 = 1
      ICC_IAR0_EL1 -> 1023 ; irq nmi
      ICC_HPPIR0_EL1 -> 1023
    `,
  },
  {
    name: 'ICC_HPPIR1_EL1 names an NMI like any other',
    section: 'ICC_HPPIR1_EL1',
    text: `
      GICR_INMIR0 = 0x04000000
      SCTLR_ELx.NMI = 1
      line 26 = 1
      ICC_HPPIR1_EL1 -> 26 ; irq nmi
    `,
  },
  {
    name: 'it goes before every priority, 0 too, whatever its own says',
    section: '4.8, priority of an NMI',
    text: `
      GICR_IPRIORITYR6 = 0xf0ff0000
      GICR_INMIR0 = 0x08000000
      line 26 = 1 ; -
      GICR_IPRIORITYR6 = 0xf0000000 ; irq
      line 27 = 1 ; irq nmi
      GICR_IPRIORITYR6 -> 0xf0000000
      ICC_NMIAR1_EL1 -> 27
    `,
  },
  {
    name: 'before one of group 0 and priority 0',
    section: '4.8, priority of an NMI',
    text: `
      GICR_IGROUPR0 = 0xfbffffff
      GICR_INMIR0 = 0x08000000
      line 26 = 1 ; fiq
      line 27 = 1 ; irq nmi
      ICC_IAR0_EL1 -> 1023
      ICC_NMIAR1_EL1 -> 27
    `,
  },
  {
    name: 'of NMIs the lowest INTID goes first',
    section: '4.8',
    text: `
      GICD_INMIR1 = 0x80
      GICR_INMIR0 = 0x08000020
      line 39 = 1
      line 27 = 1
      ICC_SGI1R_EL1 = 0x05000001
      ICC_NMIAR1_EL1 -> 5
      ICC_EOIR1_EL1 = 5
      ICC_NMIAR1_EL1 -> 27
      line 27 = 0
      ICC_EOIR1_EL1 = 27
      ICC_NMIAR1_EL1 -> 39
    `,
  },
  {
    name: 'the priority mask stops no NMI in one Security state',
    section: '4.8, priority masking',
    text: `
      GICR_INMIR0 = 0x04000000
      ICC_PMR_EL1 = 0
      line 27 = 1 ; -
      line 26 = 1 ; irq nmi
      ICC_NMIAR1_EL1 -> 26
    `,
  },
  {
    name: 'a group that is off stops it',
    section: '4.7',
    text: `
      GICR_INMIR0 = 0x04000000
      line 26 = 1 ; irq nmi
      ICC_IGRPEN1_EL1 = 0 ; -
      ICC_NMIAR1_EL1 -> 1023
      ICC_IGRPEN1_EL1 = 1
      GICD_CTLR = 1 ; -
      GICD_CTLR = 3 ; irq nmi
      GICR_ICENABLER0 = 0x04000000 ; -
    `,
  },
  {
    name: 'it preempts priority 0 of its own group',
    section: '4.8, preemption',
    text: `
      GICR_INMIR0 = 0x08000000
      line 26 = 1
      ICC_IAR1_EL1 -> 26 ; -
      ICC_RPR_EL1 -> 0
      line 27 = 1 ; irq nmi
      ICC_NMIAR1_EL1 -> 27 ; -
      ICC_RPR_EL1 -> ${hex(NMI)}
      ICC_AP1R0_EL1 -> ${hex(NMI | 1n)}
      line 27 = 0
      ICC_EOIR1_EL1 = 27
      ICC_RPR_EL1 -> 0
      ICC_AP1R0_EL1 -> 1
    `,
  },
  {
    name: 'it preempts priority 0 of group 0, whose end must wait',
    section: '4.8, preemption; ICC_EOIR0_EL1',
    text: `
      GICR_IGROUPR0 = 0xfbffffff
      GICR_INMIR0 = 0x08000000
      line 26 = 1
      ICC_IAR0_EL1 -> 26
      line 27 = 1 ; irq nmi
      ICC_NMIAR1_EL1 -> 27 ; -
      ICC_EOIR0_EL1 = 26
      ICC_AP0R0_EL1 -> 1
      line 27 = 0
      ICC_EOIR1_EL1 = 27
      ICC_AP1R0_EL1 -> 0
      line 26 = 0
      ICC_EOIR0_EL1 = 26
      ICC_AP0R0_EL1 -> 0
    `,
  },
  {
    name: 'nothing preempts an NMI, another neither',
    section: '4.8, preemption',
    text: `
      GICR_INMIR0 = 0x0c000000
      line 27 = 1
      ICC_NMIAR1_EL1 -> 27 ; -
      line 26 = 1 ; -
      line 30 = 1 ; -
      line 27 = 0
      ICC_EOIR1_EL1 = 27 ; irq nmi
      ICC_NMIAR1_EL1 -> 26 ; -
      line 26 = 0
      ICC_EOIR1_EL1 = 26 ; irq
    `,
  },
  {
    name: 'the running priority says that it is that of an NMI',
    section: 'ICC_RPR_EL1.NMI',
    text: `
      GICR_INMIR0 = 0x04000000
      GICR_IPRIORITYR6 = 0x00a00000
      ICC_RPR_EL1 -> 0xff
      line 26 = 1
      ICC_NMIAR1_EL1 -> 26
      ICC_RPR_EL1 -> ${hex(NMI)}
      ICC_AP0R0_EL1 -> 0
      line 26 = 0
      ICC_EOIR1_EL1 = 26
      ICC_RPR_EL1 -> 0xff
    `,
  },
  {
    name: 'EOImode: the priority drops first, deactivation follows',
    section: '4.1, priority drop and deactivation',
    text: `
      GICR_INMIR0 = 0x04000000
      ICC_CTLR_EL1 = 2
      line 26 = 1
      ICC_NMIAR1_EL1 -> 26
      line 26 = 0
      ICC_EOIR1_EL1 = 26
      ICC_AP1R0_EL1 -> 0
      GICR_ISACTIVER0 -> 0x04000000
      ICC_DIR_EL1 = 26
      GICR_ISACTIVER0 -> 0
    `,
  },
  {
    name: 'active priorities are saved and restored with the NMI',
    section: 'ICC_AP1R<n>_EL1.NMI',
    text: `
      ICC_AP1R0_EL1 = ${hex(NMI | 0x10n)}
      ICC_AP1R0_EL1 -> ${hex(NMI | 0x10n)}
      ICC_RPR_EL1 -> ${hex(NMI)}
      ICC_AP0R0_EL1 = ${hex(NMI)}
      ICC_AP0R0_EL1 -> 0
      line 26 = 1 ; -
      ICC_AP1R0_EL1 = 0 ; irq
    `,
  },
  {
    name: 'an SGI of group 1 as an NMI of another CPU',
    section: '4.4',
    text: `
      cpu1 GICR_INMIR0 = 0x8
      ICC_SGI1R_EL1 = 0x03000002 ; -
      cpu1 ICC_HPPIR1_EL1 -> 3 ; irq nmi
      cpu1 ICC_NMIAR1_EL1 -> 3 ; -
    `,
  },
  {
    name: 'a list register makes a virtual interrupt an NMI',
    section: 'ICH_LR<n>_EL2.NMI',
    text: `
      ${GUEST}
      ICH_LR0_EL2 = ${lr(40, 0xa0, true)} ; virq vnmi
      ICH_LR0_EL2 -> ${lr(40, 0xa0, true)}
      el1 ICC_HPPIR1_EL1 -> 40
      SCTLR_ELx.NMI = 1
      el1 ICC_IAR1_EL1 -> 1022 ; virq vnmi
      el1 ICC_NMIAR1_EL1 -> 40 ; -
      ICH_LR0_EL2 -> ${hex((2n << 62n) | (BigInt(lr(40, 0xa0, true)) & ~(3n << 62n)))}
      ICH_AP1R0_EL2 -> ${hex(NMI)}
      el1 ICC_EOIR1_EL1 = 40 ; -
      ICH_AP1R0_EL2 -> 0
      ICH_ELRSR_EL2 -> 0xf
    `,
  },
  {
    name: 'without SCTLR_EL1.NMI ICV_IAR1_EL1 takes it',
    section: 'ICV_IAR1_EL1',
    text: `
      ${GUEST}
      ICH_LR0_EL2 = ${lr(40, 0, true)} ; virq vnmi
      el1 ICC_IAR1_EL1 -> 40 ; -
      el1 ICC_AP1R0_EL1 -> ${hex(NMI)}
    `,
  },
  {
    name: 'ICV_NMIAR1_EL1 takes nothing else',
    section: 'ICV_NMIAR1_EL1',
    text: `
      ${GUEST}
      ICH_LR0_EL2 = ${lr(40, 0)} ; virq
      el1 ICC_NMIAR1_EL1 -> 1023 ; virq
      el1 ICC_IAR1_EL1 -> 40 ; -
    `,
  },
  {
    name: 'a virtual NMI goes before every priority, whatever its own says',
    section: 'ICH_LR<n>_EL2.Priority',
    text: `
      ${GUEST}
      ICH_LR0_EL2 = ${lr(40, 0)} ; virq
      ICH_LR2_EL2 = ${lr(41, 0xf0, true)} ; virq vnmi
      el1 ICC_HPPIR1_EL1 -> 41
      el1 ICC_NMIAR1_EL1 -> 41 ; -
      el1 ICC_RPR_EL1 -> ${hex(NMI)}
    `,
  },
  {
    name: 'the virtual priority mask stops no virtual NMI',
    section: 'ICV_PMR_EL1',
    text: `
      ${GUEST}
      el1 ICC_PMR_EL1 = 0
      ICH_LR0_EL2 = ${lr(40, 0)} ; -
      ICH_LR1_EL2 = ${lr(41, 0xf8, true)} ; virq vnmi
    `,
  },
  {
    name: 'a virtual NMI preempts priority 0 and is not preempted',
    section: '4.8, preemption',
    text: `
      ${GUEST}
      ICH_LR0_EL2 = ${lr(40, 0)} ; virq
      el1 ICC_IAR1_EL1 -> 40 ; -
      ICH_LR1_EL2 = ${lr(41, 0, true)} ; virq vnmi
      el1 ICC_NMIAR1_EL1 -> 41 ; -
      el1 ICC_AP1R0_EL1 -> ${hex(NMI | 1n)}
      ICH_LR2_EL2 = ${lr(42, 0, true)} ; -
      el1 ICC_EOIR1_EL1 = 41 ; virq vnmi
      ICH_LR1_EL2 -> ${hex(BigInt(lr(41, 0, true)) & ~(3n << 62n))}
      el1 ICC_RPR_EL1 -> 0
    `,
  },
  {
    name: 'a virtual interrupt of group 0 is no NMI',
    section: 'ICH_LR<n>_EL2.NMI',
    text: `
      ${GUEST}
      ICH_LR0_EL2 = ${hex(BigInt(lr(40, 0xa0, true)) & ~(1n << 60n))} ; vfiq
      el1 ICC_NMIAR1_EL1 -> 1023
      el1 ICC_PMR_EL1 = 0xa0 ; -
      el1 ICC_PMR_EL1 = 0xf8
      el1 ICC_IAR0_EL1 -> 40 ; -
      ICH_AP1R0_EL2 -> 0
    `,
  },
  {
    name: 'a virtual NMI of a physical interrupt deactivates it',
    section: 'ICH_LR<n>_EL2.HW',
    text: `
      ${GUEST}
      line 26 = 1
      ICC_IAR1_EL1 -> 26
      line 26 = 0
      ICC_EOIR1_EL1 = 26
      GICR_ISACTIVER0 = 0x04000000
      ICH_LR0_EL2 = ${hex(BigInt(lr(26, 0, true)) | (1n << 61n) | (26n << 32n))} ; virq vnmi
      el1 ICC_NMIAR1_EL1 -> 26
      el1 ICC_EOIR1_EL1 = 26
      GICR_ISACTIVER0 -> 0
    `,
  },
  {
    name: 'the end of an interrupt that is no NMI leaves the NMI that waits for its own',
    section: 'ICV_EOIR1_EL1',
    text: `
      ${GUEST}
      ICH_LR0_EL2 = ${lr(40, 0xa0)}
      el1 ICC_IAR1_EL1 -> 40
      ICH_LR1_EL2 = ${lr(41, 0, true)}
      el1 ICC_NMIAR1_EL1 -> 41
      el1 ICC_EOIR1_EL1 = 40
      ICH_AP1R0_EL2 -> 0x00100000
      ICH_LR0_EL2 -> ${hex((2n << 62n) | (BigInt(lr(40, 0xa0)) & ~(3n << 62n)))}
    `,
  },
  {
    name: 'virtual active priorities are saved and restored with the NMI',
    section: 'ICH_AP1R<n>_EL2.NMI',
    text: `
      ${GUEST}
      ICH_AP1R0_EL2 = ${hex(NMI)}
      ICH_AP1R0_EL2 -> ${hex(NMI)}
      el1 ICC_RPR_EL1 -> ${hex(NMI)}
      ICH_LR0_EL2 = ${lr(40, 0)} ; -
      el1 ICC_AP1R0_EL1 = 0 ; virq
      ICH_AP1R0_EL2 -> 0
      ICC_AP1R0_EL1 -> 0
    `,
  },
];

test.each(NMI_SEQUENCES)('$name ($section)', ({ text }) => {
  const { gic, run } = board({ nmi: true });
  gic.reset();
  run(SETUP + text);
});

test('any of several CPUs: an NMI goes to one that is busy with priority 0', () => {
  const { gic, run } = board({ nmi: true, oneOfN: true });
  gic.reset();
  run(`${SETUP}
    GICD_INMIR1 = 0x100
    GICD_IROUTER39 = 0x80000000
    GICD_IROUTER40 = 0x80000000
    line 39 = 1
    ICC_IAR1_EL1 -> 39 ; -
    line 40 = 1 ; irq nmi
  `);
});

test('without NMIs none of it is there', () => {
  const { gic, run } = board();
  gic.reset();
  expect(gic.distributor.registers.some(({ name }) => name.startsWith('GICD_INMIR'))).toBe(false);
  expect(gic.redistributors[0]?.registers.some(({ name }) => name === 'GICR_INMIR0')).toBe(false);
  expect(gic.cpuInterfaces[0]?.registers.has('ICC_NMIAR1_EL1')).toBe(false);
  for (const address of [0xf84, 0x1_0f80]) {
    const device = address === 0xf84 ? gic.distributor : gic.redistributors[0];
    device?.write(address, 4, 0xffff_ffffn);
    expect(device?.read(address, 4)).toEqual({ ok: true, value: 0n });
  }
  run(`${SETUP}
    GICD_TYPER -> 0x03780008
    ICC_AP1R0_EL1 = ${hex(NMI)}
    ICC_AP1R0_EL1 -> 0
    ICH_AP1R0_EL2 = ${hex(NMI)}
    ICH_AP1R0_EL2 -> 0
    HCR_EL2 = 0x18
    ICH_LR0_EL2 = ${lr(40, 0, true)}
    ICH_LR0_EL2 -> ${lr(40, 0)}
  `);
});

test('a reset takes the property and what is active back, and all of it lies in the bytes', () => {
  const state = ownBytes(GIC_STATE_SIZE);
  const first = board({ nmi: true }, state);
  first.gic.reset();
  first.run(`${SETUP} GICD_INMIR1 = 0x80\n line 39 = 1 ; irq nmi\n ICC_NMIAR1_EL1 -> 39`);
  expect(first.gic.interrupt(39, 0)).toMatchObject({ nmi: true, active: true });
  const second = board({ nmi: true }, state);
  second.run(`GICD_INMIR1 -> 0x80\n ICC_RPR_EL1 -> ${hex(NMI)}\n ICC_EOIR1_EL1 = 39 ; irq nmi`);
  second.run('ICC_NMIAR1_EL1 -> 39');
  second.gic.reset();
  second.run('GICD_INMIR1 -> 0\n ICC_AP1R0_EL1 -> 0\n ICC_RPR_EL1 -> 0xff');
  expect(second.gic.interrupt(39, 0).nmi).toBe(false);
});
