import { expect, test } from 'vitest';
import { layout, ownBytes, subBytes } from './index.ts';

const SAMPLE = layout({ flag: 'u8', pad: 'u8[6]', reason: 'u32', last: 'u8', wide: 'u64', list: 'u16[3]' });

test('members stand at their natural alignment', () => {
  expect(SAMPLE.members.map((m) => [m.name, m.offset])).toEqual([
    ['flag', 0],
    ['pad', 1],
    ['reason', 8],
    ['last', 12],
    ['wide', 16],
    ['list', 24],
  ]);
  expect(SAMPLE.size).toBe(32);
});

test('a union member starts where it is told', () => {
  const member = layout({ a: 'u8', b: 'u64' }, 32);
  expect(member.members.map((m) => m.offset)).toEqual([32, 40]);
  expect(member.size).toBe(16);
});

test('accessors read and write little-endian bytes, modulo the width', () => {
  const bytes = ownBytes(SAMPLE.size);
  const sample = SAMPLE.attach(bytes);
  sample.reason = 0x1_2345_6789;
  sample.wide = -1n;
  sample.list.set(2, 0xabcd);
  expect(sample.reason).toBe(0x2345_6789);
  expect(sample.wide).toBe(0xffff_ffff_ffff_ffffn);
  expect([24, 25, 26, 27, 28, 29].map((at) => bytes.view.getUint8(at))).toEqual([0, 0, 0, 0, 0xcd, 0xab]);
  expect(() => sample.list.get(3)).toThrow('list[3]');
});

test('a part follows bytes that move', () => {
  let view = new DataView(new ArrayBuffer(16));
  const part = subBytes(
    {
      get view() {
        return view;
      },
    },
    8,
    8,
  );
  view = new DataView(new ArrayBuffer(32));
  view.setUint8(8, 7);
  expect(part.view.getUint8(0)).toBe(7);
});
