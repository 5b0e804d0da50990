// What Arm's PrimeCell peripherals have in common: 32-bit registers at word addresses, and eight identification bytes at the end of their 4 KiB.
// Owns the access rule; knows no register.
import { err, ok, type Result } from '#base';
import type { Device, DeviceRegister, Refused } from './device.ts';

/** A register of a unit that keeps its state in `Unit`. An absent direction reads as zero or ignores the write. */
export interface WordRegister<Unit> extends DeviceRegister {
  read?(unit: Unit): number;
  /** `value` is unsigned, cut to the width of the access. */
  write?(unit: Unit, value: number): void;
}

/** Bytes of address space. */
export const PRIMECELL_SIZE = 0x1000;

/**
 * Reads and writes by offset. An access of 1, 2 or 4 bytes lies inside one register; writes start at its first byte. `find` is given word
 * offsets; where it finds nothing, reads give 0 and writes do nothing.
 */
export function wordAccesses<Unit>(
  name: string,
  unit: Unit,
  find: (offset: number) => Pick<WordRegister<Unit>, 'read' | 'write'> | undefined,
): Pick<Device, 'read' | 'write'> {
  const check = (offset: number, bytes: number, write: boolean): Refused | undefined => {
    if (bytes > 4)
      return { kind: 'width', message: `the ${name} has 32-bit registers; an access of ${bytes} bytes is not answered` };
    if ((offset & 3) + bytes > 4 || (write && (offset & 3) !== 0))
      return {
        kind: 'alignment',
        message: `the ${name}'s registers are word-aligned; offset 0x${offset.toString(16)} is inside one`,
      };
    return undefined;
  };
  return {
    read(offset, bytes): Result<bigint, Refused> {
      const refused = check(offset, bytes, false);
      if (refused) return err(refused);
      const value = find(offset & ~3)?.read?.(unit) ?? 0;
      return ok(BigInt.asUintN(8 * bytes, BigInt(value >>> 0) >> BigInt(8 * (offset & 3))));
    },
    write(offset, bytes, value): Result<void, Refused> {
      const refused = check(offset, bytes, true);
      if (refused) return err(refused);
      find(offset)?.write?.(unit, Number(BigInt.asUintN(8 * bytes, value)));
      return ok(undefined);
    },
  };
}

/** PeriphID0 to 3 and PCellID0 to 3 under a unit's prefix, one byte a word from 0xfe0. */
export function identificationBytes<Unit>(prefix: string, bytes: readonly number[]): readonly WordRegister<Unit>[] {
  return bytes.map((byte, i) => ({
    name: i < 4 ? `${prefix}PeriphID${i}` : `${prefix}PCellID${i - 4}`,
    offset: 0xfe0 + 4 * i,
    access: 'RO',
    doc: 'Identification.',
    read: () => byte,
  }));
}
