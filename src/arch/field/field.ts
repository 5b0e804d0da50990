// Fields of system registers for code that tests and sets them: positions come from the register tables, asked for once when a module
// loads, so that no bit number is typed a second time. Knows nothing of what a field means. A field that no table has is a bug.

import { fieldsNamed, sysreg } from '#arch/sysreg';
import { assert } from '#base';

/** Where a contiguous field lies. */
export interface FieldRange {
  readonly register: string;
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
  /** In place. */
  readonly mask: bigint;
}

/** The place of a field; `layout` names the alternative one where a register has several. */
export function fieldRange(register: string, name: string, layout = ''): FieldRange {
  const fields = fieldsNamed(sysreg(register), name);
  const field = fields.find((f) => f.layout === layout) ?? (layout === '' ? fields[0] : undefined);
  assert(
    field !== undefined && field.parts.length === 1,
    `field ${register}.${name}${layout === '' ? '' : ` in layout ${layout}`}`,
  );
  const { msb, lsb } = field.parts[0] as { msb: number; lsb: number };
  return { register, name, msb, lsb, mask: ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb) };
}

/** The mask of one field, in place. */
export function bit(register: string, name: string, layout = ''): bigint {
  return fieldRange(register, name, layout).mask;
}

/** Masks of several fields of a register, in place, by name. */
export function bits<const Names extends string>(
  register: string,
  names: readonly Names[],
  layout = '',
): Readonly<Record<Names, bigint>> {
  return Object.fromEntries(names.map((name) => [name, bit(register, name, layout)])) as Record<Names, bigint>;
}

/** The value of a field, shifted down. */
export function getField(value: bigint, field: FieldRange): bigint {
  return (value & field.mask) >> BigInt(field.lsb);
}

/** The same as a number; the field has at most 53 bits. */
export function getFieldNumber(value: bigint, field: FieldRange): number {
  return Number((value & field.mask) >> BigInt(field.lsb));
}

/** `value` with the field set to `to`, cut to its width. */
export function setField(value: bigint, field: FieldRange, to: bigint | number): bigint {
  return (value & ~field.mask) | ((BigInt(to) << BigInt(field.lsb)) & field.mask);
}
