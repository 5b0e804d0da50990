// The board's address map: which device answers which intermediate physical address. Knows nothing of the devices' registers or of exits.
import { assert } from '#base';
import type { Device } from './device.ts';

export interface Placed {
  readonly base: bigint;
  readonly device: Device;
}

export interface Bus {
  readonly devices: readonly Placed[];
  /** The device whose range holds the whole access, with the offset in it. */
  find(address: bigint, bytes: number): { readonly placed: Placed; readonly offset: number } | undefined;
}

/** A bus of devices that do not overlap. */
export function makeBus(devices: readonly Placed[]): Bus {
  const sorted = [...devices].sort((a, b) => (a.base < b.base ? -1 : 1));
  sorted.forEach((placed, i) => {
    const next = sorted[i + 1];
    assert(
      next === undefined || placed.base + BigInt(placed.device.size) <= next.base,
      `${placed.device.type} overlaps ${next?.device.type}`,
    );
  });
  return {
    devices: sorted,
    find(address, bytes) {
      const placed = sorted.find((p) => address >= p.base && address + BigInt(bytes) <= p.base + BigInt(p.device.size));
      return placed && { placed, offset: Number(address - placed.base) };
    },
  };
}
