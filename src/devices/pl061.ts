// Arm PrimeCell GPIO (PL061, TRM DDI 0190), as QEMU's virt board has it: eight pins, each an output (a lamp on screen) or an input (a switch), and
// one interrupt. Level-sensitive interrupts follow the pins as the TRM says; QEMU keeps them until GPIOIC. Alternate functions are stored: no
// hardware drives the pins.
import { type Bytes, layout } from '#base';
import type { Device, DeviceOutputs, DeviceType } from './device.ts';
import { identificationBytes, PRIMECELL_SIZE, type WordRegister, wordAccesses } from './primecell.ts';

export interface Pl061Outputs extends DeviceOutputs {
  /** What the pins show changed: bit n of `driven` says that pin n is an output, bit n of `levels` its level. */
  pins(levels: number, driven: number): void;
}

export interface Pl061 extends Device {
  /** Sets the level that comes from outside on pin 0 to 7; the guest sees it while the pin is an input. */
  setInput(pin: number, level: 0 | 1): void;
  /** Levels from outside. */
  readonly inputs: number;
  /** Pins that are outputs. */
  readonly driven: number;
  /** Levels of those. */
  readonly outputs: number;
}

const STATE = layout({
  /** Levels from outside. */
  inputs: 'u8',
  /** What was last written to each pin while it was an output. */
  data: 'u8',
  dir: 'u8',
  is: 'u8',
  ibe: 'u8',
  iev: 'u8',
  ie: 'u8',
  /** Edges seen and not cleared. */
  edges: 'u8',
  afsel: 'u8',
  irq: 'u8',
});

/** GPIODATA takes the first KiB: address bits 9:2 are a mask of the pins that an access concerns. */
const DATA_END = 0x400;

function plain(name: string, offset: number, key: 'is' | 'ibe' | 'iev' | 'ie' | 'afsel', doc: string): WordRegister<Gpio> {
  return {
    name,
    offset,
    access: 'RW',
    doc,
    read: (g) => g.s[key],
    write: (g, value) => {
      g.s[key] = value & 0xff;
      g.update();
    },
  };
}

const ROWS: readonly WordRegister<Gpio>[] = [
  {
    name: 'GPIODATA',
    offset: 0x3fc,
    access: 'RW',
    doc: 'Levels of the pins. At 4 × mask from the start of the device only the pins in the mask are read or written; here, all.',
    read: (g) => g.levels(),
    write: (g, value) => g.drive(0xff, value),
  },
  {
    name: 'GPIODIR',
    offset: 0x400,
    access: 'RW',
    doc: 'Direction of each pin: 1 output.',
    read: (g) => g.s.dir,
    write: (g, value) => g.setDirection(value & 0xff),
  },
  plain('GPIOIS', 0x404, 'is', 'Interrupt sense of each pin: 1 level, 0 edge.'),
  plain('GPIOIBE', 0x408, 'ibe', 'Interrupt on both edges.'),
  plain('GPIOIEV', 0x40c, 'iev', 'Interrupt event: 1 rising edge or high level, 0 falling or low.'),
  plain('GPIOIE', 0x410, 'ie', 'Interrupt mask: 1 lets the interrupt through.'),
  { name: 'GPIORIS', offset: 0x414, access: 'RO', doc: 'Raw interrupt status.', read: (g) => g.status() },
  { name: 'GPIOMIS', offset: 0x418, access: 'RO', doc: 'Masked interrupt status.', read: (g) => g.status() & g.s.ie },
  {
    name: 'GPIOIC',
    offset: 0x41c,
    access: 'WO',
    doc: 'Interrupt clear: 1 forgets the edge; a level stays for as long as the pin has it.',
    write: (g, value) => {
      g.s.edges &= ~value;
      g.update();
    },
  },
  plain('GPIOAFSEL', 0x420, 'afsel', 'Alternate function; stored, no hardware drives the pins.'),
  ...identificationBytes<Gpio>('GPIO', [0x61, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1]),
];

const BY_OFFSET: ReadonlyMap<number, WordRegister<Gpio>> = new Map(ROWS.map((row) => [row.offset, row]));

class Gpio {
  readonly s: ReturnType<typeof STATE.attach>;
  readonly out: Pl061Outputs;

  constructor(bytes: Bytes, out: Pl061Outputs) {
    this.s = STATE.attach(bytes);
    this.out = out;
  }

  /** Switches stay as they stand. */
  reset(): void {
    this.setPins(0, 0);
    for (const name of ['is', 'ibe', 'iev', 'ie', 'edges', 'afsel'] as const) this.s[name] = 0;
    this.update();
  }

  levels(): number {
    const { dir, data, inputs } = this.s;
    return (data & dir) | (inputs & ~dir & 0xff);
  }

  /** Writes to pins that are inputs are lost. */
  drive(mask: number, value: number): void {
    const { dir, data } = this.s;
    const to = mask & dir;
    this.setPins((data & ~to) | (value & to), dir);
    this.update();
  }

  setDirection(dir: number): void {
    this.setPins(this.s.data, dir);
    this.update();
  }

  setPins(data: number, dir: number): void {
    const { s } = this;
    const changed = ((s.data & s.dir) ^ (data & dir)) | (s.dir ^ dir);
    s.data = data;
    s.dir = dir;
    if (changed) this.out.pins(data & dir, dir);
  }

  setInput(pin: number, level: 0 | 1): void {
    const { s } = this;
    const mask = 1 << pin;
    const old = s.inputs;
    s.inputs = level ? old | mask : old & ~mask;
    const isEdge = s.inputs !== old && !(s.dir & mask) && !(s.is & mask);
    if (isEdge && (s.ibe & mask || ((s.iev & mask) !== 0) === (level === 1))) s.edges |= mask;
    this.update();
  }

  /** GPIORIS: edges that were seen, levels that are there. */
  status(): number {
    const { edges, is, iev } = this.s;
    return (edges & ~is) | (is & ~(this.levels() ^ iev) & 0xff);
  }

  update(): void {
    const level = (this.status() & this.s.ie) === 0 ? 0 : 1;
    if (level === this.s.irq) return;
    this.s.irq = level;
    this.out.irq(level);
  }
}

/** The PL061. */
export const PL061: DeviceType<Pl061, Pl061Outputs> = {
  type: 'pl061',
  stateSize: STATE.size,
  make(state, outputs) {
    const gpio = new Gpio(state, outputs);
    const masked = (mask: number): Pick<WordRegister<Gpio>, 'read' | 'write'> => ({
      read: (g) => g.levels() & mask,
      write: (g, value) => g.drive(mask, value),
    });
    return {
      type: 'pl061',
      title: 'PL061 GPIO',
      size: PRIMECELL_SIZE,
      registers: ROWS,
      ...wordAccesses('PL061', gpio, (offset) => (offset < DATA_END ? masked(offset >>> 2) : BY_OFFSET.get(offset))),
      reset: () => gpio.reset(),
      setInput: (pin, level) => gpio.setInput(pin, level),
      get inputs() {
        return gpio.s.inputs;
      },
      get driven() {
        return gpio.s.dir;
      },
      get outputs() {
        return gpio.s.data & gpio.s.dir;
      },
    };
  },
};
