// The distributor of a GICv3 (IHI 0069, chapter 12, GICD_*): SPIs, their routes, and the groups as a whole. Affinity routing is always on, there is one Security
// state, and there are no LPIs, no message-based SPIs and no extended ranges; registers for those read as zero.
import type { Device } from '../device.ts';
import { type Bank, bankRows, resetBank } from './banks.ts';
import { type FrameRow, frame } from './frame.ts';
import { identification } from './identification.ts';
import { updateOutputs } from './outputs.ts';
import { FIRST_SPI, GICD_CTLR, type Gic, spiWord } from './state.ts';

const DISTRIBUTOR_SIZE = 0x1_0000;

const CTLR_FIXED = GICD_CTLR.ARE | GICD_CTLR.DS;
const CTLR_KEPT = GICD_CTLR.EnableGrp0 | GICD_CTLR.EnableGrp1;

/** GICD_TYPER, without ITLinesNumber. */
const TYPER = { NMI: 1 << 9, IDbits: 0xf << 19, A3V: 1 << 24, No1N: 1 << 25 } as const;

/** GICD_IROUTER<n>: Aff3, Aff2.Aff1.Aff0; Interrupt_Routing_Mode where 1 of N is supported. */
const ROUTE_AFFINITY = 0xff_00ff_ffffn;
const ROUTE_MODE = 1n << 31n;

/** The distributor as a device. */
export function distributor(gic: Gic): Device {
  const { spis, oneOfN, iidr, nmi } = gic.parameters;
  const { s } = gic;
  const bank: Bank = { prefix: 'GICD', base: 0, first: 1, count: spis / 32, word: (n) => spiWord(n - 1), fixedEdges: 0 };
  const rows: readonly FrameRow[] = [
    {
      name: 'GICD_CTLR',
      offset: 0x0,
      bytes: 4,
      widths: [4],
      access: 'RW',
      doc: 'Distributor control.',
      fields: [
        { name: 'DS', msb: 6, lsb: 6, doc: 'One Security state: always 1 here.' },
        { name: 'ARE', msb: 4, lsb: 4, doc: 'Affinity routing: always 1 here.' },
        { name: 'EnableGrp1', msb: 1, lsb: 1, doc: 'Forward interrupts of group 1.' },
        { name: 'EnableGrp0', msb: 0, lsb: 0, doc: 'Forward interrupts of group 0.' },
      ],
      read: () => CTLR_FIXED | s.GICD_CTLR.get(0),
      write: (_, value) => s.GICD_CTLR.set(0, Number(value) & CTLR_KEPT),
    },
    {
      name: 'GICD_TYPER',
      offset: 0x4,
      bytes: 4,
      widths: [4],
      access: 'RO',
      doc: 'What this GIC supports.',
      fields: [
        { name: 'No1N', msb: 25, lsb: 25, doc: '1: an SPI goes to the CPU that its route names, never to any of several.' },
        { name: 'A3V', msb: 24, lsb: 24, doc: 'Affinity level 3 may be nonzero.' },
        { name: 'IDbits', msb: 23, lsb: 19, doc: 'Bits of an INTID, minus 1.' },
        { name: 'LPIS', msb: 17, lsb: 17, doc: 'LPIs: none here.' },
        { name: 'NMI', msb: 9, lsb: 9, doc: 'Interrupts can be non-maskable.' },
        { name: 'ITLinesNumber', msb: 4, lsb: 0, doc: 'SPIs are INTIDs 32 to 32 × (ITLinesNumber + 1) − 1.' },
      ],
      read: () => (oneOfN ? 0 : TYPER.No1N) | TYPER.A3V | TYPER.IDbits | (nmi ? TYPER.NMI : 0) | (spis / 32),
    },
    { name: 'GICD_IIDR', offset: 0x8, bytes: 4, widths: [4], access: 'RO', doc: 'Implementer and revision.', read: () => iidr },
    ...bankRows(gic, bank),
    {
      name: 'GICD_IROUTER<n>',
      offset: 0x6000,
      first: FIRST_SPI,
      count: spis,
      bytes: 8,
      widths: [4, 8],
      access: 'RW',
      doc: 'The CPU that an SPI goes to.',
      fields: [
        { name: 'Aff3', msb: 39, lsb: 32, doc: 'Affinity level 3.' },
        { name: 'Interrupt_Routing_Mode', msb: 31, lsb: 31, doc: '1: any CPU may take it, where GICD_TYPER.No1N is 0.' },
        { name: 'Aff2', msb: 23, lsb: 16, doc: 'Affinity level 2.' },
        { name: 'Aff1', msb: 15, lsb: 8, doc: 'Affinity level 1.' },
        { name: 'Aff0', msb: 7, lsb: 0, doc: 'Affinity level 0.' },
      ],
      read: (n) => s.route.get(n - FIRST_SPI),
      write: (n, value) => s.route.set(n - FIRST_SPI, value & (oneOfN ? ROUTE_AFFINITY | ROUTE_MODE : ROUTE_AFFINITY)),
    },
    ...identification('GICD', 0xffd0, 0x92),
  ];
  return frame({
    type: 'arm-gicv3',
    title: 'GICv3 distributor',
    size: DISTRIBUTOR_SIZE,
    rows,
    written: () => updateOutputs(gic),
    reset() {
      s.GICD_CTLR.set(0, 0);
      resetBank(gic, bank);
      for (let spi = 0; spi < spis; spi += 1) s.route.set(spi, 0n);
      updateOutputs(gic);
    },
  });
}
