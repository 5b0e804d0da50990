// The redistributor of one CPU (IHI 0069, chapter 12, GICR_*): its SGIs and PPIs, in two pages of 64 KiB. No LPIs; registers for them read as zero.
// GICR_WAKER is kept and shown, but a CPU that software never wakes gets its interrupts all the same, as on QEMU's virt, where programs
// leave the handshake out; software that follows the chapter on power management cannot tell, as it turns the CPU interface off first.
import type { Device } from '../device.ts';
import { type Bank, bankRows, resetBank } from './banks.ts';
import { type FrameRow, frame } from './frame.ts';
import { identification } from './identification.ts';
import { updateOutputs } from './outputs.ts';
import type { Gic } from './state.ts';

/** Bytes of a redistributor: they follow each other, a CPU each. */
const REDISTRIBUTOR_SIZE = 0x2_0000;

const WAKER = { ProcessorSleep: 1 << 1, ChildrenAsleep: 1 << 2 } as const;
/** SGIs are edge-triggered. */
const SGIS = 0xffff;

/** A CPU's redistributor as a device. */
export function redistributor(gic: Gic, cpu: number): Device {
  const { affinity, cpus, iidr } = gic.parameters;
  const { s } = gic;
  const bank: Bank = { prefix: 'GICR', base: 0x1_0000, first: 0, count: 1, word: () => cpu, fixedEdges: SGIS };
  const rows: readonly FrameRow[] = [
    {
      name: 'GICR_CTLR',
      offset: 0x0,
      bytes: 4,
      widths: [4],
      access: 'RO',
      doc: 'Control of LPIs: there are none.',
      read: () => 0,
    },
    { name: 'GICR_IIDR', offset: 0x4, bytes: 4, widths: [4], access: 'RO', doc: 'Implementer and revision.', read: () => iidr },
    {
      name: 'GICR_TYPER',
      offset: 0x8,
      bytes: 8,
      widths: [4, 8],
      access: 'RO',
      doc: 'Whose redistributor this is.',
      fields: [
        { name: 'Affinity_Value', msb: 63, lsb: 32, doc: 'Aff3.Aff2.Aff1.Aff0 of the CPU.' },
        { name: 'Processor_Number', msb: 23, lsb: 8, doc: 'Number of the CPU.' },
        { name: 'Last', msb: 4, lsb: 4, doc: 'No redistributor follows this one.' },
        { name: 'PLPIS', msb: 0, lsb: 0, doc: 'Physical LPIs: none here.' },
      ],
      read: () => (BigInt(affinity(cpu)) << 32n) | BigInt((cpu << 8) | (cpu === cpus - 1 ? 1 << 4 : 0)),
    },
    {
      name: 'GICR_WAKER',
      offset: 0x14,
      bytes: 4,
      widths: [4],
      access: 'RW',
      doc: 'Power management handshake.',
      fields: [
        { name: 'ChildrenAsleep', msb: 2, lsb: 2, doc: 'The interface to the CPU is quiet; follows ProcessorSleep at once.' },
        {
          name: 'ProcessorSleep',
          msb: 1,
          lsb: 1,
          doc: 'Software says that the CPU sleeps. Kept; interrupts are forwarded all the same.',
        },
      ],
      read: () => s.GICR_WAKER.get(cpu),
      write: (_, value) =>
        s.GICR_WAKER.set(cpu, Number(value) & WAKER.ProcessorSleep ? WAKER.ProcessorSleep | WAKER.ChildrenAsleep : 0),
    },
    ...bankRows(gic, bank),
    ...identification('GICR', 0xffd0, 0x93),
  ];
  return frame({
    type: 'arm-gicv3-redist',
    title: `GICv3 redistributor of CPU ${cpu}`,
    size: REDISTRIBUTOR_SIZE,
    rows,
    written: () => updateOutputs(gic),
    reset() {
      s.GICR_WAKER.set(cpu, WAKER.ProcessorSleep | WAKER.ChildrenAsleep);
      resetBank(gic, bank);
      updateOutputs(gic);
    },
  });
}
