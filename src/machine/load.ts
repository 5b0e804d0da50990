// What every board does at reset with what it is given: image into memory, registers as configured, and the words for memory that is not to be had.

import { err, hex, ok, parseInteger, type Result } from '#base';
import type { Processor } from '#cpu';
import { writeRegister } from './registers.ts';
import type { LoadImage } from './types.ts';

/** Puts the image's parts into memory; what comes back sets the configured registers. `highest`: the highest level that code may run at. */
export function loadImage(
  image: LoadImage,
  write: (address: bigint, bytes: Uint8Array) => boolean,
  highest: 1 | 2,
): Result<{ registers(cpu: Processor, values: Readonly<Record<string, string>>): Result<void, string> }, string> {
  for (const { address, bytes } of image.parts) {
    if (!write(address, bytes))
      return err(`the program does not fit: ${hex(address)} to ${hex(address + BigInt(bytes.length))} is not all memory`);
  }
  return ok({
    registers(cpu, values) {
      for (const [name, text] of Object.entries(values)) {
        const value = parseInteger(text);
        const done = value === undefined ? err(`${text} is not a number`) : writeRegister(cpu, name, value, highest);
        if (!done.ok) return err(`registers: ${done.error}`);
      }
      return ok(undefined);
    },
  });
}

/** Why the host gave no memory. */
export function reasonNoMemory(error: unknown, bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MiB of memory are not to be had here${error instanceof Error ? ` (${error.message})` : ''}`;
}
