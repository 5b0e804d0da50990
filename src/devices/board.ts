// The board's address map and interrupt numbers, laid out as QEMU's `virt`: one table for whoever places devices, routes exits, describes the board
// to its guest or draws it. Knows no device.
import { MAINTENANCE, MAX_CPUS } from './gic/index.ts';

/** Who answers an access. */
export type Answers =
  /** Memory at stage 2; `flash` is read-only to the guest. */
  | 'memory'
  /** The interrupt controller: in the hypervisor's model, or a device on bare metal. */
  | 'gic'
  /** A device of userspace. */
  | 'device'
  /** Nobody: the person at the screen is the device. */
  | 'person';

export interface BoardRange {
  readonly title: string;
  /** Intermediate physical address. */
  readonly base: bigint;
  /** Bytes; of one where there are several. */
  readonly size: bigint;
  /** How many follow each other, `size` apart. */
  readonly count: number;
  readonly answers: Answers;
  /** The SPI of the first, counted from 0 (INTID − 32); those that follow have the next. */
  readonly spi?: number;
}

/** Everything that has a place. RAM and redistributors are as large as they can be; `boardMap` cuts them to a configuration. */
export const BOARD = {
  flash: { title: 'Flash', base: 0x0000_0000n, size: 0x0800_0000n, count: 1, answers: 'memory' },
  distributor: { title: 'GICv3 distributor', base: 0x0800_0000n, size: 0x1_0000n, count: 1, answers: 'gic' },
  redistributors: { title: 'GICv3 redistributors', base: 0x080a_0000n, size: 0x2_0000n, count: MAX_CPUS, answers: 'gic' },
  pl011: { title: 'PL011 UART', base: 0x0900_0000n, size: 0x1000n, count: 1, answers: 'device', spi: 1 },
  pl031: { title: 'PL031 real-time clock', base: 0x0901_0000n, size: 0x1000n, count: 1, answers: 'device', spi: 2 },
  pl061: { title: 'PL061 GPIO', base: 0x0903_0000n, size: 0x1000n, count: 1, answers: 'device', spi: 7 },
  virtio: { title: 'virtio-mmio', base: 0x0a00_0000n, size: 0x200n, count: 32, answers: 'device', spi: 16 },
  person: { title: 'Nobody’s land', base: 0x0b00_0000n, size: 0x0100_0000n, count: 1, answers: 'person' },
  ram: { title: 'RAM', base: 0x4000_0000n, size: 0x4000_0000n, count: 1, answers: 'memory' },
} as const satisfies Readonly<Record<string, BoardRange>>;

export type BoardRangeName = keyof typeof BOARD;

/** Interrupts of each CPU by INTID. */
export const PPI = {
  /** PMU overflow. */
  pmu: 23,
  /** GIC maintenance. */
  maintenance: MAINTENANCE,
  /** CNTHP. */
  hypervisorTimer: 26,
  /** CNTV. */
  virtualTimer: 27,
  /** CNTP. */
  physicalTimer: 30,
} as const;

/** The INTID of an SPI. */
export function spiIntid(spi: number): number {
  return 32 + spi;
}

/** What a map depends on. */
export interface BoardSize {
  readonly cpus: number;
  /** Bytes of RAM. */
  readonly memory: number;
  /** A flash image is given; without one nothing is there. */
  readonly flash: boolean;
}

/** The ranges of a configured board in the order of their addresses. What lies in none is unmapped. */
export function boardMap({ cpus, memory, flash }: BoardSize): readonly (BoardRange & { readonly name: BoardRangeName })[] {
  return (Object.entries(BOARD) as [BoardRangeName, BoardRange][])
    .filter(([name]) => name !== 'flash' || flash)
    .map(([name, range]) => ({
      name,
      ...range,
      ...(name === 'redistributors' && { count: cpus }),
      ...(name === 'ram' && { size: BigInt(memory) }),
    }));
}

/** The range that an address lies in. */
export function rangeAt(map: readonly BoardRange[], address: bigint): BoardRange | undefined {
  return map.find(({ base, size, count }) => address >= base && address < base + size * BigInt(count));
}
