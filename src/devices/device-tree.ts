// The device tree of a board: what is on it and nothing else, in the nodes and properties that QEMU's `virt` uses, so that software which finds
// its devices there finds them here. The same board gives the same bytes: no seeds. Bindings: Documentation/devicetree/bindings in Linux.
import { BOARD, type BoardRange, PPI } from './board.ts';
import { cells64, encodeFdt, type FdtNode, type FdtProperty } from './fdt.ts';
import { affinityOf } from './gic/index.ts';

export interface BoardDescription {
  readonly cpus: number;
  /** Bytes of RAM. */
  readonly memory: number;
  /** Devices that are on the board. Without `gic` no interrupt is described. */
  readonly devices: readonly ('gic' | 'pl011' | 'pl031' | 'pl061')[];
  /** Numbers of the virtio-mmio transports that are on. */
  readonly virtio?: readonly number[];
  /** A flash image is given. */
  readonly flash?: boolean;
  /** How PSCI is called; undefined: there is none. */
  readonly psci?: 'hvc' | 'smc';
  /** EL2 is the guest's: its timer and the GIC's maintenance interrupt are there. */
  readonly el2: boolean;
  /** CPUs have a PMU. */
  readonly pmu: boolean;
  /** `compatible` of the CPUs (`arm,armv8`: a model of no particular one). */
  readonly cpu?: string;
  readonly bootargs?: string;
  /** First byte and the one after the last. */
  readonly initrd?: { readonly start: bigint; readonly end: bigint };
}

const PHANDLE = { clock: 0x8000, gic: 0x8001, gpio: 0x8002 } as const;
/** Interrupt specifiers of a GICv3: kind, number, trigger. */
const SPI = 0;
const PPI_KIND = 1;
const EDGE = 1;
const LEVEL = 4;
/** What feeds the PrimeCells; it paces nothing here. */
const CLOCK_HZ = 24_000_000;

/** The blob. It takes a few KiB; `virt` has it at the start of RAM. */
export function deviceTree(board: BoardDescription): Uint8Array {
  return encodeFdt(deviceTreeOf(board));
}

/** The same as nodes. */
export function deviceTreeOf(board: BoardDescription): FdtNode {
  const has = (device: BoardDescription['devices'][number]): boolean => board.devices.includes(device);
  const gic = has('gic');
  const interrupts = (...specifiers: readonly number[]): Readonly<Record<string, FdtProperty>> =>
    gic ? { interrupts: specifiers } : {};
  const ppi = (intid: number): readonly number[] => [PPI_KIND, intid - 16, LEVEL];
  const primecell = (type: string, { base, size, spi = 0 }: BoardRange, clocks: readonly string[]): FdtNode => ({
    name: `${type}@${base.toString(16)}`,
    properties: {
      compatible: [`arm,${type}`, 'arm,primecell'],
      reg: cells64(base, size),
      ...interrupts(SPI, spi, LEVEL),
      clocks: clocks.map(() => PHANDLE.clock),
      'clock-names': clocks,
    },
  });
  const uart = primecell('pl011', BOARD.pl011, ['uartclk', 'apb_pclk']);
  const gpio = primecell('pl061', BOARD.pl061, ['apb_pclk']);
  return {
    name: '',
    properties: {
      compatible: 'linux,dummy-virt',
      model: 'linux,dummy-virt',
      '#address-cells': [2],
      '#size-cells': [2],
      ...(gic && { 'interrupt-parent': [PHANDLE.gic] }),
    },
    children: [
      { name: 'chosen', properties: chosen(board, has('pl011') ? uart.name : undefined) },
      {
        name: `memory@${BOARD.ram.base.toString(16)}`,
        properties: { device_type: 'memory', reg: cells64(BOARD.ram.base, board.memory) },
      },
      cpus(board),
      ...given(board.psci, (method) => ({
        name: 'psci',
        properties: { compatible: ['arm,psci-1.0', 'arm,psci-0.2'], method },
      })),
      ...given(gic, () => interruptController(board)),
      ...given(gic, () => ({
        name: 'timer',
        properties: {
          compatible: ['arm,armv8-timer', 'arm,armv7-timer'],
          // Secure physical (the binding's first; there is no Secure state), physical, virtual, hypervisor.
          interrupts: [29, PPI.physicalTimer, PPI.virtualTimer, ...(board.el2 ? [PPI.hypervisorTimer] : [])].flatMap(ppi),
          'always-on': true,
        },
      })),
      ...given(board.pmu, () => ({ name: 'pmu', properties: { compatible: 'arm,armv8-pmuv3', ...interrupts(...ppi(PPI.pmu)) } })),
      {
        name: 'apb-pclk',
        properties: {
          compatible: 'fixed-clock',
          '#clock-cells': [0],
          'clock-frequency': [CLOCK_HZ],
          'clock-output-names': 'clk24mhz',
          phandle: [PHANDLE.clock],
        },
      },
      ...given(has('pl011'), () => uart),
      ...given(has('pl031'), () => primecell('pl031', BOARD.pl031, ['apb_pclk'])),
      ...given(has('pl061'), () => ({
        ...gpio,
        properties: {
          ...gpio.properties,
          'gpio-controller': true,
          '#gpio-cells': [2],
          'interrupt-controller': true,
          '#interrupt-cells': [2],
          '#address-cells': [0],
          phandle: [PHANDLE.gpio],
        },
      })),
      ...given(board.flash, () => ({
        name: `flash@${BOARD.flash.base.toString(16)}`,
        properties: { compatible: 'mtd-rom', reg: cells64(BOARD.flash.base, BOARD.flash.size), 'bank-width': [4] },
      })),
      ...[...(board.virtio ?? [])]
        .sort((a, b) => a - b)
        .map((n): FdtNode => {
          const base = BOARD.virtio.base + BigInt(n) * BOARD.virtio.size;
          return {
            name: `virtio_mmio@${base.toString(16)}`,
            properties: {
              compatible: 'virtio,mmio',
              reg: cells64(base, BOARD.virtio.size),
              ...interrupts(SPI, BOARD.virtio.spi + n, EDGE),
              'dma-coherent': true,
            },
          };
        }),
    ],
  };
}

/** A node, if there is reason for one. */
function given<T>(reason: T | false | undefined, node: (reason: T) => FdtNode): readonly FdtNode[] {
  return reason === undefined || reason === false ? [] : [node(reason)];
}

function chosen({ bootargs, initrd }: BoardDescription, uart: string | undefined): FdtNode['properties'] {
  return {
    ...(bootargs !== undefined && { bootargs }),
    ...(uart !== undefined && { 'stdout-path': `/${uart}` }),
    ...(initrd && { 'linux,initrd-start': cells64(initrd.start), 'linux,initrd-end': cells64(initrd.end) }),
  };
}

function cpus({ cpus: count, cpu = 'arm,armv8', psci }: BoardDescription): FdtNode {
  return {
    name: 'cpus',
    properties: { '#address-cells': [1], '#size-cells': [0] },
    children: Array.from({ length: count }, (_, n): FdtNode => {
      const affinity = affinityOf(n);
      return {
        name: `cpu@${affinity.toString(16)}`,
        properties: {
          device_type: 'cpu',
          compatible: cpu,
          reg: [affinity],
          ...(psci && { 'enable-method': 'psci' }),
        },
      };
    }),
  };
}

function interruptController({ cpus: count, el2 }: BoardDescription): FdtNode {
  const { distributor, redistributors } = BOARD;
  return {
    name: `intc@${distributor.base.toString(16)}`,
    properties: {
      compatible: 'arm,gic-v3',
      'interrupt-controller': true,
      '#interrupt-cells': [3],
      '#address-cells': [0],
      reg: cells64(distributor.base, distributor.size, redistributors.base, redistributors.size * BigInt(count)),
      '#redistributor-regions': [1],
      ...(el2 && { interrupts: [PPI_KIND, PPI.maintenance - 16, LEVEL] }),
      phandle: [PHANDLE.gic],
    },
  };
}
