// Operand kinds that are plain numbers. Messages name the permitted range.
import type { OperandKind } from '../syntax.ts';

/** An unsigned immediate of `width` bits, scaled by `scale`, printed in decimal. */
function unsignedKind(width: number, scale = 1): OperandKind {
  const limit = (2 ** width - 1) * scale;
  const doc = scale === 1 ? `0 to ${limit}` : `a multiple of ${scale} from 0 to ${limit}`;
  return {
    doc,
    shown: '#<imm>',
    parse(cursor, fields, [field]) {
      const at = cursor.peek();
      const value = cursor.expression();
      if (!value) return { message: 'expected an immediate' };
      if (!value.known) return fields.set(field as string, 0) ? undefined : { message: 'conflicting value', at };
      if (value.value < 0n || value.value > BigInt(limit) || value.value % BigInt(scale) !== 0n) return { message: `immediate ${value.value} does not fit: ${doc}`, at };
      return fields.set(field as string, Number(value.value) / scale) ? undefined : { message: 'conflicting value', at };
    },
    print: (fields, [field]) => `#${(fields[field as string] as number) * scale}`,
  };
}

/** `, lsl #12` or `, lsl #0`, or nothing. */
const lsl12: OperandKind = {
  doc: 'lsl #12, lsl #0 or nothing',
  shown: '{, lsl #0|#12}',
  optional: true,
  parse(cursor, fields, [field]) {
    const start = cursor.save();
    if (!cursor.accept(',') || !cursor.accept('lsl')) {
      cursor.restore(start);
      fields.set(field as string, 0);
      return undefined;
    }
    const at = cursor.peek();
    const value = cursor.expression();
    if (!value || (value.value !== 0n && value.value !== 12n)) return { message: 'the shift is lsl #0 or lsl #12', at };
    fields.set(field as string, value.value === 12n ? 1 : 0);
    return undefined;
  },
  print: (fields, [field]) => (fields[field as string] ? ', lsl #12' : ''),
};

export const immediateKinds = {
  Uimm12: unsignedKind(12),
  Uimm16: unsignedKind(16),
  Lsl12: lsl12,
} as const satisfies Record<string, OperandKind>;
