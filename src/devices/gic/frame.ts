// A memory-mapped frame of a GIC as rows of registers. Owns the rule for accesses: a register answers in the widths that its row lists; everything
// else that is aligned reads as zero and ignores writes (IHI 0069, chapter 12, on access sizes). Knows no register.
import { err, ok, type Result } from '#base';
import type { Device, DeviceRegister, Refused } from '../device.ts';

/** Registers of one kind: `<n>` in the name stands for their numbers, from `first` on. */
export interface FrameRow {
  readonly name: string;
  /** Of the register with number 0. */
  readonly offset: number;
  readonly first?: number;
  readonly count?: number;
  /** Bytes of each register, and the widths in which it answers. */
  readonly bytes: 4 | 8;
  readonly widths: readonly number[];
  readonly access: DeviceRegister['access'];
  readonly doc: string;
  readonly fields?: DeviceRegister['fields'];
  read?(n: number): number | bigint;
  /** For narrower accesses the rest is what `read` gives. */
  write?(n: number, value: bigint): void;
}

interface Place {
  readonly row: FrameRow;
  readonly n: number;
  readonly offset: number;
}

export interface FrameOptions {
  readonly type: string;
  readonly title: string;
  readonly size: number;
  readonly rows: readonly FrameRow[];
  /** Called after each write that a register took. */
  written(): void;
  reset(): void;
}

export function frame({ type, title, size, rows, written, reset }: FrameOptions): Device {
  const places = rows.flatMap((row) =>
    Array.from({ length: row.count ?? 1 }, (_, i): Place => {
      const n = (row.first ?? 0) + i;
      return { row, n, offset: row.offset + n * row.bytes };
    }),
  );
  // A register of 8 bytes is found by either half.
  const byOffset = new Map(
    places.flatMap((place) =>
      Array.from({ length: place.row.bytes / 4 }, (_, half): [number, Place] => [place.offset + 4 * half, place]),
    ),
  );
  const find = (offset: number, bytes: number): Place | undefined => {
    const place = byOffset.get(offset & ~3);
    return place?.row.widths.includes(bytes) ? place : undefined;
  };
  return {
    type,
    title,
    size,
    registers: places.map(({ row, n, offset }) => ({
      name: row.name.replace('<n>', String(n)),
      offset,
      access: row.access,
      doc: row.doc,
      ...(row.fields && { fields: row.fields }),
    })),
    read(offset, bytes): Result<bigint, Refused> {
      const refused = misaligned(title, offset, bytes);
      if (refused) return err(refused);
      const place = find(offset, bytes);
      if (place === undefined) return ok(0n);
      return ok(BigInt.asUintN(8 * bytes, contents(place) >> BigInt(8 * (offset - place.offset))));
    },
    write(offset, bytes, value): Result<void, Refused> {
      const refused = misaligned(title, offset, bytes);
      if (refused) return err(refused);
      const place = find(offset, bytes);
      if (place?.row.write === undefined) return ok(undefined);
      const shift = BigInt(8 * (offset - place.offset));
      const mask = ((1n << BigInt(8 * bytes)) - 1n) << shift;
      const rest = bytes === place.row.bytes ? 0n : contents(place) & ~mask;
      place.row.write(place.n, rest | ((value << shift) & mask));
      written();
      return ok(undefined);
    },
    reset,
  };
}

function contents({ row, n }: Place): bigint {
  return BigInt.asUintN(8 * row.bytes, BigInt(row.read?.(n) ?? 0));
}

function misaligned(title: string, offset: number, bytes: number): Refused | undefined {
  if (offset % bytes === 0) return undefined;
  return {
    kind: 'alignment',
    message: `${title}: offset 0x${offset.toString(16)} is not a multiple of the ${bytes} bytes accessed`,
  };
}
