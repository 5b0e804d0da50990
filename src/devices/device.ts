// What a memory-mapped device is to the bus and to userspace: a range, reads and writes by offset, state in bytes of the machine's memory, an
// interrupt line. Knows no device and nothing of who forwards the accesses.
import type { Bytes, Result } from '#base';

/** Why a device does not answer an access. */
export interface Refused {
  readonly kind: 'width' | 'alignment';
  /** One sentence for people. */
  readonly message: string;
}

/** What a device may do to the world around it. Both are called while an access or `receive` is being handled. */
export interface DeviceOutputs {
  /** The interrupt line's level changed. */
  irq(level: 0 | 1): void;
}

export interface Device {
  /** QEMU's type name, `pl011`. */
  readonly type: string;
  readonly title: string;
  /** Bytes of address space. */
  readonly size: number;
  /** Registers by offset, for views. */
  readonly registers: readonly DeviceRegister[];
  read(offset: number, bytes: number): Result<bigint, Refused>;
  write(offset: number, bytes: number, value: bigint): Result<void, Refused>;
  /** Power-on state. */
  reset(): void;
}

/** A device that does something when virtual time has come. */
export interface TimedDevice extends Device {
  /** Virtual time, in nanoseconds since power-on, of the next thing to happen; undefined: nothing will. */
  nextEvent(): bigint | undefined;
  /** Does what is due by now. */
  advance(): void;
}

export interface DeviceRegister {
  readonly name: string;
  readonly offset: number;
  readonly access: 'RO' | 'WO' | 'RW';
  readonly doc: string;
  readonly fields?: readonly { readonly name: string; readonly msb: number; readonly lsb: number; readonly doc: string }[];
}

/** Makes a device over its state bytes. `bytes` is kept and holds all of the device's state. */
export interface DeviceType<Made extends Device, Outputs extends DeviceOutputs> {
  readonly type: string;
  /** Bytes of state. */
  readonly stateSize: number;
  make(state: Bytes, outputs: Outputs): Made;
}
