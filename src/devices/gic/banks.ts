// The registers by which software configures interrupts, 32 at a time: the same in the distributor for SPIs and in a redistributor for SGIs and
// PPIs (IHI 0069, chapter 12). Knows words, not who owns them.
import type { FrameRow } from './frame.ts';
import { nmiWord, pendingWord } from './interrupts.ts';
import type { Gic, Words } from './state.ts';

export interface Bank {
  readonly prefix: 'GICD' | 'GICR';
  /** Added to the offsets: 0x10000 for a redistributor's second page. */
  readonly base: number;
  /** Numbers of the registers of one bit an interrupt. */
  readonly first: number;
  readonly count: number;
  /** The word of the state behind register n. */
  word(n: number): number;
  /** Bits of a word whose interrupts are edge-triggered for good. */
  readonly fixedEdges: number;
}

const NMI_DOC = 'Non-maskable property of each interrupt of group 1: 1 makes it an NMI, more urgent than any priority.';

/** The rows of a bank. */
export function bankRows(gic: Gic, { prefix, base, first, count, word, fixedEdges }: Bank): readonly FrameRow[] {
  const { s, parameters } = gic;
  const bitmap = (
    name: string,
    offset: number,
    doc: string,
    read: (word: number) => number,
    write: (word: number, value: number) => void,
  ): FrameRow => ({
    name: `${prefix}_${name}<n>`,
    offset: base + offset,
    first,
    count,
    bytes: 4,
    widths: [4],
    access: 'RW',
    doc,
    read: (n) => read(word(n)),
    write: (n, value) => write(word(n), Number(value)),
  });
  /** A pair: writing 1 to a bit of the one sets it, of the other clears it. */
  const pair = (
    set: string,
    clear: string,
    offset: number,
    words: Words,
    read: (word: number) => number,
    what: string,
  ): readonly FrameRow[] => [
    bitmap(set, offset, `Set ${what}: 1 sets.`, read, (w, value) => words.set(w, words.get(w) | value)),
    bitmap(clear, offset + 0x80, `Clear ${what}: 1 clears.`, read, (w, value) => words.set(w, words.get(w) & ~value)),
  ];
  const plain = (words: Words) => (w: number) => words.get(w);
  return [
    bitmap('IGROUPR', 0x080, 'Group of each interrupt: 0 is signalled as FIQ, 1 as IRQ.', plain(s.group), (w, value) =>
      s.group.set(w, value),
    ),
    ...pair('ISENABLER', 'ICENABLER', 0x100, s.enabled, plain(s.enabled), 'enable'),
    // The latch; a level-sensitive interrupt whose line is high reads as pending besides.
    ...pair('ISPENDR', 'ICPENDR', 0x200, s.pending, (w) => pendingWord(gic, w), 'pending'),
    ...pair('ISACTIVER', 'ICACTIVER', 0x300, s.active, plain(s.active), 'active'),
    {
      name: `${prefix}_IPRIORITYR<n>`,
      offset: base + 0x400,
      first: 8 * first,
      count: 8 * count,
      bytes: 4,
      widths: [1, 4],
      access: 'RW',
      doc: 'Priority of four interrupts, a byte each; lower is more urgent.',
      read: (n) => {
        const at = 32 * word(n >>> 3) + 4 * (n & 7);
        return [0, 1, 2, 3].reduce((all, i) => all | (s.priority.get(at + i) << (8 * i)), 0);
      },
      write: (n, value) => {
        const at = 32 * word(n >>> 3) + 4 * (n & 7);
        for (const i of [0, 1, 2, 3]) s.priority.set(at + i, Number((value >> BigInt(8 * i)) & 0xffn));
      },
    },
    {
      name: `${prefix}_ICFGR<n>`,
      offset: base + 0xc00,
      first: 2 * first,
      count: 2 * count,
      bytes: 4,
      widths: [4],
      access: 'RW',
      doc: 'Two bits for each of 16 interrupts: 0 level-sensitive, 2 edge-triggered.',
      read: (n) => spread(s.edge.get(word(n >>> 1)) >>> (16 * (n & 1))),
      write: (n, value) => {
        const w = word(n >>> 1);
        const shift = 16 * (n & 1);
        const rest = s.edge.get(w) & ~(0xffff << shift);
        s.edge.set(w, rest | (gathered(Number(value)) << shift) | fixedEdges);
      },
    },
    ...(parameters.nmi
      ? [
          bitmap(
            'INMIR',
            0xf80,
            NMI_DOC,
            (w) => nmiWord(gic, w),
            (w, value) => s.nmi.set(w, value),
          ),
        ]
      : []),
  ];
}

/** The low 16 bits, each at bit 1 of a pair. */
function spread(bits: number): number {
  let word = 0;
  for (let i = 0; i < 16; i += 1) word |= ((bits >>> i) & 1) << (2 * i + 1);
  return word >>> 0;
}

/** Bit 1 of each pair. */
function gathered(word: number): number {
  let bits = 0;
  for (let i = 0; i < 16; i += 1) bits |= ((word >>> (2 * i + 1)) & 1) << i;
  return bits;
}

/** Power-on values of the words of a bank: nothing enabled, pending or active, all in group 0 with priority 0. Lines keep their level. */
export function resetBank(gic: Gic, { first, count, word, fixedEdges }: Bank): void {
  const { s } = gic;
  for (let n = first; n < first + count; n += 1) {
    const w = word(n);
    for (const words of [s.group, s.enabled, s.pending, s.active, s.nmi]) words.set(w, 0);
    s.edge.set(w, fixedEdges);
    for (let i = 0; i < 32; i += 1) s.priority.set(32 * w + i, 0);
  }
}
