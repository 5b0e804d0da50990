// The layout of a bit field drawing: which cells and boxes stand in which row of 32. Pure; knows nothing of any register.
import { bits64 } from '#base';

/** What a field belongs to: four groupings by ground colour, or `res` for bits that mean nothing (no ground). */
export type BitGroup = 1 | 2 | 3 | 4 | 'res';

/** One named run of bits, msb and lsb inclusive. `fixed` bits are dashed: they cannot be changed here. `meaning` is the tooltip. */
export interface BitFieldItem {
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
  readonly group?: BitGroup | undefined;
  readonly fixed?: boolean | undefined;
  readonly meaning?: string | undefined;
}

/** A box in one row: a field, or the part of it that lies in this row. Columns count from 1, as CSS grid lines do. */
export interface BitBox {
  readonly item: BitFieldItem;
  readonly named: boolean;
  readonly msb: number;
  readonly lsb: number;
  readonly from: number;
  readonly to: number;
}

/** Bits of a row, and of one where cells would be too small to be read or hit. */
const ROW = 32;
const SHORT_ROW = 16;
const LEAST_CELL = { read: 11, hit: 16 } as const;

/** One row of bits, the highest first. */
export interface BitRow {
  readonly msb: number;
  readonly lsb: number;
  readonly boxes: readonly BitBox[];
}

/**
 * Cuts `width` bits (a multiple of `perRow`, or less than that) with their `items` into rows. Bits that no item covers become unnamed
 * boxes; an item across two rows is cut, and named in both.
 */
export function layOutBits(items: readonly BitFieldItem[], width: number, perRow = ROW): BitRow[] {
  const sorted = items.toSorted((a, b) => b.msb - a.msb);
  const rows: BitRow[] = [];
  for (let msb = width - 1; msb >= 0; msb -= perRow) {
    const lsb = Math.max(0, msb - perRow + 1);
    const boxes: BitBox[] = [];
    let next = msb;
    const push = (item: BitFieldItem, named: boolean, high: number, low: number) => {
      boxes.push({ item, named, msb: high, lsb: low, from: msb - high + 1, to: msb - low + 2 });
      next = low - 1;
    };
    for (const item of sorted) {
      const high = Math.min(item.msb, msb);
      const low = Math.max(item.lsb, lsb);
      if (high < low || high > next) continue;
      if (high < next) push({ name: '', msb: next, lsb: high + 1, group: 'res' }, false, next, high + 1);
      push(item, true, high, low);
    }
    if (next >= lsb) push({ name: '', msb: next, lsb, group: 'res' }, false, next, lsb);
    rows.push({ msb, lsb, boxes });
  }
  return rows;
}

/** Fields as they are told (`group` 0: reserved; `absent`: why they are not there, '' when they are) as items to draw. */
export function bitItems(
  fields: readonly {
    readonly name: string;
    readonly msb: number;
    readonly lsb: number;
    readonly group: 0 | 1 | 2 | 3 | 4;
    readonly absent: string;
    readonly meaning: string;
  }[],
): BitFieldItem[] {
  return fields.map(({ name, msb, lsb, group, absent, meaning }) => ({
    name,
    msb,
    lsb,
    group: group === 0 ? 'res' : group,
    fixed: absent !== '',
    meaning: absent || meaning,
  }));
}

/** The value of an item inside the whole register's `value`. */
export function itemValue(value: bigint, item: BitFieldItem): bigint {
  return bits64(value, item.msb, item.lsb);
}

/** The item that holds `bit`, if one does. */
export function itemAt(items: readonly BitFieldItem[], bit: number): BitFieldItem | undefined {
  return items.find((item) => item.lsb <= bit && bit <= item.msb);
}

/** How many bits stand in a row that is `available` px wide, cells being there to be read or to be hit. */
export function bitsPerRow(available: number, width: number, cells: keyof typeof LEAST_CELL): number {
  return available < LEAST_CELL[cells] * Math.min(ROW, width) && width > SHORT_ROW ? SHORT_ROW : ROW;
}

/** The bit that an arrow key leads to: left is the next higher bit, up and down change rows, Home and End go to the row's ends. */
export function moveBit(key: string, bit: number, width: number, perRow = ROW): number | undefined {
  const rowLow = bit - (bit % perRow);
  const moved =
    key === 'ArrowLeft'
      ? bit + 1
      : key === 'ArrowRight'
        ? bit - 1
        : key === 'ArrowUp'
          ? bit + perRow
          : key === 'ArrowDown'
            ? bit - perRow
            : key === 'Home'
              ? Math.min(width - 1, rowLow + perRow - 1)
              : key === 'End'
                ? rowLow
                : undefined;
  return moved === undefined || moved < 0 || moved >= width ? undefined : moved;
}

/**
 * Whether a name must be set upright: it does not fit across `cells` cells of `cellWidth` px at 6.6 px a letter, or it is one of a
 * row of narrow single bits, which would run into one another.
 */
export function nameStands(name: string, cells: number, cellWidth: number): boolean {
  return name.length * 6.6 > cells * cellWidth + 1 || (cells === 1 && cellWidth < 20);
}

/** The bit positions msb, msb-1, … lsb. */
export function bitsDown(msb: number, lsb: number): number[] {
  return Array.from({ length: msb - lsb + 1 }, (_, index) => msb - index);
}
