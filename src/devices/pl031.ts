// Arm PrimeCell real-time clock (PL031, TRM DDI 0224), as QEMU's virt board has it: seconds since an epoch, a match register, an interrupt. Time is
// the machine's virtual time, given from outside; nothing here advances by itself. The counter runs from power-on (RTCCR reads 1).
import { type Bytes, layout } from '#base';
import type { DeviceOutputs, DeviceType, TimedDevice } from './device.ts';
import { identificationBytes, PRIMECELL_SIZE, type WordRegister, wordAccesses } from './primecell.ts';

export interface Pl031Surroundings extends DeviceOutputs {
  /** Virtual time in nanoseconds since power-on. */
  now(): bigint;
  /** What the counter showed at power-on: seconds since 1970 modulo 2^32. */
  readonly epoch: number;
}

const STATE = layout({
  /** Virtual time at which the counter meets RTCMR; valid while armed. */
  due: 'u64',
  /** The counter is this plus the whole seconds of virtual time. */
  offset: 'u32',
  mr: 'u32',
  lr: 'u32',
  imsc: 'u8',
  ris: 'u8',
  /** RTCMR or RTCLR was written since the last match. */
  armed: 'u8',
  irq: 'u8',
});

const SECOND = 1_000_000_000n;

const ROWS: readonly WordRegister<Clock>[] = [
  { name: 'RTCDR', offset: 0x00, access: 'RO', doc: 'The counter: seconds.', read: (c) => c.counter() },
  {
    name: 'RTCMR',
    offset: 0x04,
    access: 'RW',
    doc: 'Match: the interrupt is raised when the counter becomes equal.',
    read: (c) => c.s.mr,
    write: (c, value) => {
      c.s.mr = value;
      c.arm();
    },
  },
  {
    name: 'RTCLR',
    offset: 0x08,
    access: 'RW',
    doc: 'Load: sets the counter.',
    read: (c) => c.s.lr,
    write: (c, value) => c.load(value),
  },
  { name: 'RTCCR', offset: 0x0c, access: 'RW', doc: 'Control: the counter runs; writes do nothing.', read: () => 1 },
  {
    name: 'RTCIMSC',
    offset: 0x10,
    access: 'RW',
    doc: 'Interrupt mask: 1 lets the interrupt through.',
    read: (c) => c.s.imsc,
    write: (c, value) => {
      c.s.imsc = value & 1;
      c.update();
    },
  },
  { name: 'RTCRIS', offset: 0x14, access: 'RO', doc: 'Raw interrupt status.', read: (c) => c.s.ris },
  { name: 'RTCMIS', offset: 0x18, access: 'RO', doc: 'Masked interrupt status.', read: (c) => c.s.ris & c.s.imsc },
  {
    name: 'RTCICR',
    offset: 0x1c,
    access: 'WO',
    doc: 'Interrupt clear: 1 clears.',
    write: (c, value) => {
      c.s.ris &= ~value;
      c.update();
    },
  },
  ...identificationBytes<Clock>('RTC', [0x31, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1]),
];

const BY_OFFSET: ReadonlyMap<number, WordRegister<Clock>> = new Map(ROWS.map((row) => [row.offset, row]));

class Clock {
  readonly s: ReturnType<typeof STATE.attach>;
  readonly surroundings: Pl031Surroundings;

  constructor(bytes: Bytes, surroundings: Pl031Surroundings) {
    this.s = STATE.attach(bytes);
    this.surroundings = surroundings;
  }

  reset(): void {
    const { s } = this;
    for (const name of ['mr', 'lr', 'imsc', 'ris', 'armed'] as const) s[name] = 0;
    s.due = 0n;
    s.offset = this.surroundings.epoch;
    this.update();
  }

  /** Whole seconds of virtual time. */
  seconds(): bigint {
    return this.surroundings.now() / SECOND;
  }

  counter(): number {
    return Number(BigInt.asUintN(32, this.seconds() + BigInt(this.s.offset)));
  }

  load(value: number): void {
    this.s.lr = value;
    this.s.offset = Number(BigInt.asUintN(32, BigInt(value) - this.seconds()));
    this.arm();
  }

  /** Finds when the counter will meet the match register: now if it does already, at the latest after it has wrapped. */
  arm(): void {
    const { s } = this;
    const ahead = BigInt.asUintN(32, BigInt(s.mr) - BigInt(this.counter()));
    s.due = (this.seconds() + ahead) * SECOND;
    s.armed = 1;
    this.advance();
  }

  advance(): void {
    const { s } = this;
    if (s.armed === 0 || this.surroundings.now() < s.due) return;
    s.armed = 0;
    s.ris = 1;
    this.update();
  }

  update(): void {
    const level = (this.s.ris & this.s.imsc) === 0 ? 0 : 1;
    if (level === this.s.irq) return;
    this.s.irq = level;
    this.surroundings.irq(level);
  }
}

/** The PL031. */
export const PL031: DeviceType<TimedDevice, Pl031Surroundings> = {
  type: 'pl031',
  stateSize: STATE.size,
  make(state, surroundings) {
    const clock = new Clock(state, surroundings);
    return {
      type: 'pl031',
      title: 'PL031 real-time clock',
      size: PRIMECELL_SIZE,
      registers: ROWS,
      ...wordAccesses('PL031', clock, (offset) => {
        // What is due has happened before the guest looks.
        clock.advance();
        return BY_OFFSET.get(offset);
      }),
      reset: () => clock.reset(),
      nextEvent: () => (clock.s.armed ? clock.s.due : undefined),
      advance: () => clock.advance(),
    };
  },
};
