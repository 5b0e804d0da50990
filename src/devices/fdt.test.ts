import { expect, test } from 'vitest';
import { cells64, encodeFdt } from './fdt.ts';

test('the bytes of a small tree (Devicetree Specification v0.4, 5.2 to 5.6)', () => {
  const blob = encodeFdt({
    name: '',
    properties: { 'a-b': [1, 0xffff_ffff] },
    children: [{ name: 'n@0', properties: { on: true, text: ['x', 'yz'], 'a-b': new Uint8Array([7]) } }],
  });
  const words = (from: number, to: number) => {
    const view = new DataView(blob.buffer);
    return Array.from({ length: (to - from) / 4 }, (_, i) => view.getUint32(from + 4 * i));
  };
  const structure = words(56, 152);
  expect(words(0, 40)).toEqual([0xd00dfeed, 168, 56, 152, 40, 17, 16, 0, 12, 96]);
  expect(words(40, 56)).toEqual([0, 0, 0, 0]);
  expect(structure).toEqual([
    ...[1, 0],
    ...[3, 8, 0, 1, 0xffff_ffff],
    ...[1, 0x6e403000],
    ...[3, 0, 4],
    ...[3, 5, 7, 0x7800797a, 0],
    ...[3, 1, 0, 0x07000000],
    ...[2, 2, 9],
  ]);
  expect(new TextDecoder().decode(blob.subarray(152, 164))).toBe('a-b\0on\0text\0');
  expect(cells64(0x1_0000_0002n, 3)).toEqual([1, 2, 0, 3]);
});
