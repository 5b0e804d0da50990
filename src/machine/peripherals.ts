// The board's devices over the machine's memory, the same on either board: UART, clock, GPIO. Where their interrupts go and who reaches their
// registers is the board's.
import { type Bytes, subBytes } from '#base';
import type { MachineMemory } from '#cpu';
import { BOARD, type BoardRangeName, PL011, PL031, PL061, type Pl011, type Placed, type TimedDevice } from '#devices';

/** The device ranges that this machine has. */
type Peripheral = Extract<BoardRangeName, 'pl011' | 'pl031' | 'pl061'>;

export interface Peripherals {
  readonly placed: readonly Placed[];
  readonly uart: Pl011;
  /** Devices that something happens to as time passes. */
  readonly timed: readonly TimedDevice[];
}

/** Makes the devices at power-on; `irq` gets each one's line as an SPI number. */
export function makePeripherals(
  memory: MachineMemory,
  surroundings: { readonly console: (byte: number) => void; readonly irq: (spi: number, level: 0 | 1) => void },
): Peripherals {
  const state = (size: number): Bytes => subBytes(bytesOf(memory), memory.reserve(size), size);
  const irq = (name: Peripheral) => (level: 0 | 1) => surroundings.irq(BOARD[name].spi, level);
  const uart = PL011.make(state(PL011.stateSize), { irq: irq('pl011'), transmit: surroundings.console });
  // A run must not depend on the day it is made: the clock starts at 0.
  const clock = PL031.make(state(PL031.stateSize), { irq: irq('pl031'), now: () => memory.clock, epoch: 0 });
  const gpio = PL061.make(state(PL061.stateSize), { irq: irq('pl061'), pins: () => undefined });
  const placed: readonly Placed[] = [
    { base: BOARD.pl011.base, device: uart },
    { base: BOARD.pl031.base, device: clock },
    { base: BOARD.pl061.base, device: gpio },
  ];
  for (const { device } of placed) device.reset();
  return { placed, uart, timed: [clock] };
}

/** A machine's memory as bytes that may move. */
export function bytesOf(memory: MachineMemory): Bytes {
  return {
    get view() {
      return memory.view;
    },
  };
}

/** The moment (virtual ns) at which the first of these devices has something to do; undefined: none ever will. */
export function nextEvent(devices: readonly TimedDevice[]): bigint | undefined {
  let first: bigint | undefined;
  for (const device of devices) {
    const at = device.nextEvent();
    if (at !== undefined && (first === undefined || at < first)) first = at;
  }
  return first;
}
