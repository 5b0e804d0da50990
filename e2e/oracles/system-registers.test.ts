// The names and encodings of the system register tables against GNU as: every name that binutils knows must assemble to our encoding.
import { expect, test } from 'vitest';
import { SYSREGS, SYSTEM_OPERATIONS, unpackEncoding } from '#arch/sysreg';
import { assemble } from './binutils.ts';

test('names that GNU as knows have the same encoding, and system instructions take Xt where it says so', () => {
  const cases = [
    ...SYSREGS.flatMap((row) => [
      ...(row.access === 'wo' ? [] : [{ text: `mrs x0, ${row.name}`, row }]),
      ...(row.access === 'ro' ? [] : [{ text: `msr ${row.writeName ?? row.name}, x0`, row }]),
    ]),
    ...SYSTEM_OPERATIONS.map((row) => ({ text: row.operand === 'none' ? row.name : `${row.name}, x0`, row })),
  ];
  const first = assemble(cases.map(({ text }) => text).join('\n'));
  const unknown = new Set(first.ok ? [] : first.errors.map(({ line }) => line - 1));
  const known = cases.filter((_, i) => !unknown.has(i));
  const second = assemble(known.map(({ text }) => text).join('\n'));
  if (!second.ok) throw new Error(JSON.stringify(second.errors[0]));
  const view = new DataView(second.bytes.buffer, second.bytes.byteOffset);
  const wrong = known.filter(({ row }, i) => {
    const word = view.getUint32(4 * i, true);
    return ((word >>> 5) & 0xffff) !== row.encoding;
  });
  expect(wrong.map(({ text, row }) => `${text}: ${JSON.stringify(unpackEncoding(row.encoding))}`)).toEqual([]);
  // What binutils 2.40 does not know is newer than it; a wrong name of ours would lower this number.
  expect(known.length).toBeGreaterThanOrEqual(1674);
});
