// What the view of system registers works out of what it is told: a value being edited by hand, field by field, and the texts of positions.
import { bits64, insert64 } from '#base';
import type { FieldView, RegisterLine } from '#client';

/** `63:60`, or `4` for one bit. */
export function position({ msb, lsb }: Pick<FieldView, 'msb' | 'lsb'>): string {
  return msb === lsb ? `${msb}` : `${msb}:${lsb}`;
}

/** `value` with a field set. */
export function withField(value: bigint, { msb, lsb }: Pick<FieldView, 'msb' | 'lsb'>, field: bigint): bigint {
  return insert64(value, msb, lsb, field);
}

/** The fields as they would be with another value: what a value means is known where the field says it of each. */
export function drafted(fields: readonly FieldView[], value: bigint): readonly FieldView[] {
  return fields.map((field) => {
    const next = bits64(value, field.msb, field.lsb);
    if (next === field.value) return field;
    return { ...field, value: next, meaning: field.values.find((v) => v.value === next)?.text ?? '' };
  });
}

/** Fields that a draft changes, with the value before. */
export function draftChanges(
  fields: readonly FieldView[],
  draft: bigint,
): readonly { readonly name: string; readonly before: bigint; readonly after: bigint; readonly width: number }[] {
  return fields.flatMap(({ name, msb, lsb, value, absent }) => {
    const after = bits64(draft, msb, lsb);
    return absent === '' && after !== value ? [{ name, before: value, after, width: msb - lsb + 1 }] : [];
  });
}

/** The line of a register in the list, or -1. */
export function lineOf(lines: readonly RegisterLine[], name: string | undefined): number {
  return lines.findIndex((line) => line.kind === 'register' && line.name === name);
}

/** The registers among the lines in sight. */
export function namesInSight(lines: readonly RegisterLine[], first: number, count: number): readonly string[] {
  return lines.slice(first, first + count).flatMap((line) => (line.kind === 'register' && line.absent === '' ? [line.name] : []));
}
