// The identification registers that close each frame of a GIC (IHI 0069, chapter 12; CoreSight's layout): Arm as designer, the part of QEMU's GIC.
import type { FrameRow } from './frame.ts';

/** PIDR4 to PIDR7, PIDR0 to PIDR3, CIDR0 to CIDR3 in the order of their addresses. PIDR2.ArchRev is 3. */
export function identification(prefix: string, offset: number, part: number): readonly FrameRow[] {
  const values = [0x44, 0, 0, 0, part, 0xb4, 0x3b, 0, 0x0d, 0xf0, 0x05, 0xb1];
  return values.map((value, i) => ({
    name: i < 8 ? `${prefix}_PIDR${(i + 4) % 8}` : `${prefix}_CIDR${i - 8}`,
    offset: offset + 4 * i,
    bytes: 4,
    widths: [4],
    access: 'RO',
    doc: 'Identification.',
    read: () => value,
  }));
}
