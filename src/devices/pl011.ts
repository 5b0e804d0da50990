// Arm PrimeCell UART (PL011, TRM DDI 0183) with 16-byte FIFOs, as QEMU's virt board has it: every register, receive FIFO fed from outside,
// transmitted bytes handed out at once, interrupts, loopback. Time on the wire is not modelled: a byte is sent the moment it is written, so the
// transmit FIFO is always empty. Two things follow QEMU and not the TRM, because bare-metal code relies on them: bytes are sent whether or not
// UARTEN and TXE are set, and the receive interrupt comes with the first byte instead of at the level in UARTIFLS.
import { type Bytes, bits32, layout } from '#base';
import type { Device, DeviceOutputs, DeviceType } from './device.ts';
import { identificationBytes, PRIMECELL_SIZE, type WordRegister, wordAccesses } from './primecell.ts';

export interface Pl011Outputs extends DeviceOutputs {
  /** A byte left on the line. */
  transmit(byte: number): void;
}

export interface Pl011 extends Device {
  /** A byte arrives on the line. False when the FIFO is full: the byte is lost and the overrun bits are set. */
  receive(byte: number): boolean;
  /** Bytes that can be received before an overrun. */
  readonly space: number;
}

const FIFO_DEPTH = 16;

const STATE = layout({
  cr: 'u32',
  lcr_h: 'u32',
  ibrd: 'u32',
  fbrd: 'u32',
  ilpr: 'u32',
  ifls: 'u32',
  imsc: 'u32',
  ris: 'u32',
  dmacr: 'u32',
  rsr: 'u32',
  modem: 'u32',
  irq: 'u8',
  overrun: 'u8',
  head: 'u8',
  count: 'u8',
  fifo: `u16[${FIFO_DEPTH}]`,
});

/** UARTFR. */
const FR = {
  CTS: 1 << 0,
  DSR: 1 << 1,
  DCD: 1 << 2,
  BUSY: 1 << 3,
  RXFE: 1 << 4,
  TXFF: 1 << 5,
  RXFF: 1 << 6,
  TXFE: 1 << 7,
  RI: 1 << 8,
};
/** UARTCR. */
const CR = { UARTEN: 1 << 0, LBE: 1 << 7, TXE: 1 << 8, RXE: 1 << 9, DTR: 1 << 10, RTS: 1 << 11, OUT1: 1 << 12, OUT2: 1 << 13 };
/** UARTIMSC, UARTRIS, UARTMIS, UARTICR. */
const INT = {
  RI: 1 << 0,
  CTS: 1 << 1,
  DCD: 1 << 2,
  DSR: 1 << 3,
  RX: 1 << 4,
  TX: 1 << 5,
  RT: 1 << 6,
  FE: 1 << 7,
  PE: 1 << 8,
  BE: 1 << 9,
  OE: 1 << 10,
};
/** Error bits of a received byte: UARTDR[11:8], UARTRSR[3:0]. */
const ERROR_OE = 1 << 3;
const LCR_FEN = 1 << 4;
const LCR_BRK = 1 << 0;

const INT_FIELDS = [
  { name: 'OE', msb: 10, lsb: 10, doc: 'Overrun error.' },
  { name: 'BE', msb: 9, lsb: 9, doc: 'Break error.' },
  { name: 'PE', msb: 8, lsb: 8, doc: 'Parity error.' },
  { name: 'FE', msb: 7, lsb: 7, doc: 'Framing error.' },
  { name: 'RT', msb: 6, lsb: 6, doc: 'Receive timeout: bytes wait in the FIFO.' },
  { name: 'TX', msb: 5, lsb: 5, doc: 'Transmit: there is room in the FIFO.' },
  { name: 'RX', msb: 4, lsb: 4, doc: 'Receive: a byte has come.' },
  { name: 'DSR', msb: 3, lsb: 3, doc: 'nUARTDSR changed.' },
  { name: 'DCD', msb: 2, lsb: 2, doc: 'nUARTDCD changed.' },
  { name: 'CTS', msb: 1, lsb: 1, doc: 'nUARTCTS changed.' },
  { name: 'RI', msb: 0, lsb: 0, doc: 'nUARTRI changed.' },
] as const;

type Row = WordRegister<Uart>;

/** Peripheral and cell identification, part 0x011, designer 0x41, revision 1 (16-byte FIFOs). */
const ID_BYTES = [0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1];

const ROWS: readonly Row[] = [
  {
    name: 'UARTDR',
    offset: 0x000,
    access: 'RW',
    doc: 'Write: the byte is sent. Read: the oldest received byte with its error bits; 0 when there is none.',
    fields: [
      { name: 'OE', msb: 11, lsb: 11, doc: 'Overrun: a byte came while the FIFO was full.' },
      { name: 'BE', msb: 10, lsb: 10, doc: 'Break.' },
      { name: 'PE', msb: 9, lsb: 9, doc: 'Parity error.' },
      { name: 'FE', msb: 8, lsb: 8, doc: 'Framing error.' },
      { name: 'DATA', msb: 7, lsb: 0, doc: 'The byte.' },
    ],
    read: (u) => u.pop(),
    write: (u, value) => u.send(value),
  },
  {
    name: 'UARTRSR/UARTECR',
    offset: 0x004,
    access: 'RW',
    doc: 'Error bits of the byte that was read last; a write of anything clears them.',
    read: (u) => u.s.rsr,
    write: (u) => {
      u.s.rsr = 0;
    },
  },
  {
    name: 'UARTFR',
    offset: 0x018,
    access: 'RO',
    doc: 'Flags.',
    fields: [
      { name: 'RI', msb: 8, lsb: 8, doc: 'Ring indicator.' },
      { name: 'TXFE', msb: 7, lsb: 7, doc: 'Transmit FIFO empty: always 1 here.' },
      { name: 'RXFF', msb: 6, lsb: 6, doc: 'Receive FIFO full.' },
      { name: 'TXFF', msb: 5, lsb: 5, doc: 'Transmit FIFO full: always 0 here.' },
      { name: 'RXFE', msb: 4, lsb: 4, doc: 'Receive FIFO empty.' },
      { name: 'BUSY', msb: 3, lsb: 3, doc: 'Sending: always 0 here.' },
      { name: 'DCD', msb: 2, lsb: 2, doc: 'Data carrier detect.' },
      { name: 'DSR', msb: 1, lsb: 1, doc: 'Data set ready.' },
      { name: 'CTS', msb: 0, lsb: 0, doc: 'Clear to send.' },
    ],
    read: (u) => u.flags(),
  },
  plain('UARTILPR', 0x020, 'ilpr', 0xff, 'IrDA low-power divisor; stored, no infrared here.'),
  plain('UARTIBRD', 0x024, 'ibrd', 0xffff, 'Baud rate divisor, integer part; stored, bytes take no time here.'),
  plain('UARTFBRD', 0x028, 'fbrd', 0x3f, 'Baud rate divisor, fraction in 1/64; stored.'),
  {
    name: 'UARTLCR_H',
    offset: 0x02c,
    access: 'RW',
    doc: 'Line control. Turning FEN off or on empties the receive FIFO.',
    fields: [
      { name: 'SPS', msb: 7, lsb: 7, doc: 'Stick parity.' },
      { name: 'WLEN', msb: 6, lsb: 5, doc: 'Word length, 5 + WLEN bits.' },
      { name: 'FEN', msb: 4, lsb: 4, doc: 'FIFOs of 16 bytes; 0: of one byte.' },
      { name: 'STP2', msb: 3, lsb: 3, doc: 'Two stop bits.' },
      { name: 'EPS', msb: 2, lsb: 2, doc: 'Even parity.' },
      { name: 'PEN', msb: 1, lsb: 1, doc: 'Parity enable.' },
      { name: 'BRK', msb: 0, lsb: 0, doc: 'Send break.' },
    ],
    read: (u) => u.s.lcr_h,
    write: (u, value) => u.setLineControl(value & 0xff),
  },
  {
    name: 'UARTCR',
    offset: 0x030,
    access: 'RW',
    doc: 'Control.',
    fields: [
      { name: 'CTSEn', msb: 15, lsb: 15, doc: 'CTS flow control.' },
      { name: 'RTSEn', msb: 14, lsb: 14, doc: 'RTS flow control.' },
      { name: 'Out2', msb: 13, lsb: 13, doc: 'Modem output 2.' },
      { name: 'Out1', msb: 12, lsb: 12, doc: 'Modem output 1.' },
      { name: 'RTS', msb: 11, lsb: 11, doc: 'Request to send.' },
      { name: 'DTR', msb: 10, lsb: 10, doc: 'Data terminal ready.' },
      { name: 'RXE', msb: 9, lsb: 9, doc: 'Receive enable.' },
      { name: 'TXE', msb: 8, lsb: 8, doc: 'Transmit enable; bytes are sent without it too, as by QEMU.' },
      { name: 'LBE', msb: 7, lsb: 7, doc: 'Loopback: what is sent is received.' },
      { name: 'SIRLP', msb: 2, lsb: 2, doc: 'IrDA low power.' },
      { name: 'SIREN', msb: 1, lsb: 1, doc: 'IrDA enable.' },
      { name: 'UARTEN', msb: 0, lsb: 0, doc: 'UART enable.' },
    ],
    read: (u) => u.s.cr,
    write: (u, value) => u.setControl(value & 0xff87),
  },
  plain('UARTIFLS', 0x034, 'ifls', 0x3f, 'FIFO levels for interrupts; stored, the receive interrupt comes with the first byte.'),
  {
    name: 'UARTIMSC',
    offset: 0x038,
    access: 'RW',
    doc: 'Interrupt mask: 1 lets the interrupt through.',
    fields: INT_FIELDS,
    read: (u) => u.s.imsc,
    write: (u, value) => {
      u.s.imsc = value & 0x7ff;
      u.update();
    },
  },
  { name: 'UARTRIS', offset: 0x03c, access: 'RO', doc: 'Raw interrupt status.', fields: INT_FIELDS, read: (u) => u.s.ris },
  {
    name: 'UARTMIS',
    offset: 0x040,
    access: 'RO',
    doc: 'Masked interrupt status.',
    fields: INT_FIELDS,
    read: (u) => u.s.ris & u.s.imsc,
  },
  {
    name: 'UARTICR',
    offset: 0x044,
    access: 'WO',
    doc: 'Interrupt clear: 1 clears.',
    fields: INT_FIELDS,
    write: (u, value) => {
      u.s.ris &= ~value;
      u.update();
    },
  },
  plain('UARTDMACR', 0x048, 'dmacr', 0x7, 'DMA control; stored, there is no DMA controller.'),
  ...identificationBytes<Uart>('UART', ID_BYTES),
];

const BY_OFFSET: ReadonlyMap<number, Row> = new Map(ROWS.map((row) => [row.offset, row]));

type PlainState = 'ilpr' | 'ibrd' | 'fbrd' | 'ifls' | 'dmacr';

/** A register that only stores the bits in `mask`. */
function plain(name: string, offset: number, state: PlainState, mask: number, doc: string): Row {
  return {
    name,
    offset,
    access: 'RW',
    doc,
    read: (u) => u.s[state],
    write: (u, value) => {
      u.s[state] = value & mask;
    },
  };
}

class Uart {
  readonly s: ReturnType<typeof STATE.attach>;
  readonly outputs: Pl011Outputs;

  constructor(bytes: Bytes, outputs: Pl011Outputs) {
    this.s = STATE.attach(bytes);
    this.outputs = outputs;
  }

  get depth(): number {
    return this.s.lcr_h & LCR_FEN ? FIFO_DEPTH : 1;
  }

  reset(): void {
    const { s } = this;
    s.cr = CR.TXE | CR.RXE;
    s.ifls = 0x12;
    for (const name of ['lcr_h', 'ibrd', 'fbrd', 'ilpr', 'imsc', 'ris', 'dmacr', 'rsr', 'modem', 'irq', 'overrun'] as const)
      s[name] = 0;
    this.empty();
  }

  empty(): void {
    this.s.head = 0;
    this.s.count = 0;
    for (let i = 0; i < FIFO_DEPTH; i++) this.s.fifo.set(i, 0);
  }

  flags(): number {
    const { s } = this;
    return FR.TXFE | (s.count === 0 ? FR.RXFE : 0) | (s.count >= this.depth ? FR.RXFF : 0) | s.modem;
  }

  /** UARTDR read: takes the oldest entry; an empty FIFO gives 0 (the TRM leaves the value open). */
  pop(): number {
    const { s } = this;
    let entry = 0;
    if (s.count > 0) {
      entry = s.fifo.get(s.head);
      s.fifo.set(s.head, 0);
      s.head = (s.head + 1) % FIFO_DEPTH;
      s.count -= 1;
    }
    if (s.count === 0) s.ris &= ~(INT.RX | INT.RT);
    const errors = bits32(entry, 10, 8) | (s.overrun ? ERROR_OE : 0);
    s.rsr = errors;
    this.update();
    return (errors << 8) | (entry & 0xff);
  }

  /** UARTDR write. */
  send(value: number): void {
    const { s } = this;
    const byte = value & 0xff;
    if (s.cr & CR.LBE) this.put(byte);
    else this.outputs.transmit(byte);
    s.ris |= INT.TX;
    this.update();
  }

  /** `entry` is a byte with error bits 10:8. */
  put(entry: number): boolean {
    const { s } = this;
    const room = s.count < this.depth;
    if (room) {
      s.fifo.set((s.head + s.count) % FIFO_DEPTH, entry);
      s.count += 1;
      s.overrun = 0;
      s.ris |= INT.RX | INT.RT;
    } else {
      s.overrun = 1;
      s.ris |= INT.OE;
    }
    this.update();
    return room;
  }

  setLineControl(value: number): void {
    const { s } = this;
    const changed = s.lcr_h ^ value;
    s.lcr_h = value;
    if (changed & LCR_FEN) {
      this.empty();
      s.ris &= ~(INT.RX | INT.RT);
    }
    // A break that starts in loopback comes back as a zero byte with the break error.
    if (changed & value & LCR_BRK && s.cr & CR.LBE) {
      this.put(1 << 10);
      s.ris |= INT.BE;
    }
    this.update();
  }

  setControl(value: number): void {
    const { s } = this;
    s.cr = value;
    // In loopback the modem outputs come back as inputs (TRM, UARTCR.LBE).
    const modem =
      value & CR.LBE
        ? (value & CR.RTS ? FR.CTS : 0) |
          (value & CR.DTR ? FR.DSR : 0) |
          (value & CR.OUT1 ? FR.DCD : 0) |
          (value & CR.OUT2 ? FR.RI : 0)
        : 0;
    const changed = s.modem ^ modem;
    s.modem = modem;
    for (const line of ['CTS', 'DSR', 'DCD', 'RI'] as const) if (changed & FR[line]) s.ris |= INT[line];
    this.update();
  }

  update(): void {
    const level = (this.s.ris & this.s.imsc) === 0 ? 0 : 1;
    if (level === this.s.irq) return;
    this.s.irq = level;
    this.outputs.irq(level);
  }
}

function make(state: Bytes, outputs: Pl011Outputs): Pl011 {
  const uart = new Uart(state, outputs);
  return {
    type: 'pl011',
    title: 'PL011 UART',
    size: PRIMECELL_SIZE,
    registers: ROWS,
    ...wordAccesses('PL011', uart, (offset) => BY_OFFSET.get(offset)),
    reset: () => uart.reset(),
    receive: (byte) => uart.put(byte & 0xff),
    get space() {
      return uart.depth - uart.s.count;
    },
  };
}

/** The PL011. */
export const PL011: DeviceType<Pl011, Pl011Outputs> = {
  type: 'pl011',
  stateSize: STATE.size,
  make,
};
