// How the two stages make a location's attributes, as `type attr`; Tagged memory foremost.
import { expect, test } from 'vitest';
import { combineStages, type MemoryAttributes, NORMAL_TAGGED, NORMAL_WRITE_BACK, stage1Attributes } from './attributes.ts';

const text = ({ device, tagged, outer, inner, attr }: MemoryAttributes): string =>
  `${device ? 'device' : tagged ? 'tagged' : `normal ${outer}${inner}`} ${attr.toString(16)}`;

const INNER = 3;

test.each([
  [0xf0, true, 'tagged f0'],
  [0xf0, false, 'normal 22 f0'],
  [0xff, true, 'normal 22 ff'],
  [0x44, true, 'normal 00 44'],
  [0x04, true, 'device 4'],
])('MAIR_ELx byte 0x%s with FEAT_MTE2 %s: %s', (byte, tags, expected) => {
  expect(text(stage1Attributes(byte, INNER, tags))).toBe(expected);
});

// Arm ARM J1.1.4, S2CombineS1MemAttrs, AArch64.S2ApplyFWBMemAttrs, S2MemTagType.
test.each([
  ['write-back', 0b1111, false, 'tagged f0'],
  ['outer write-through', 0b1011, false, 'normal 12 bf'],
  ['non-cacheable', 0b0101, false, 'normal 00 44'],
  ['Device', 0b0001, false, 'device 4'],
  ['write-back by force', 0b0110, true, 'tagged f0'],
  ['as stage 1 has it', 0b0111, true, 'tagged f0'],
  ['non-cacheable by force', 0b0101, true, 'normal 00 44'],
  ['Device by force', 0b0001, true, 'device 4'],
])('Tagged of stage 1, stage 2 %s: MemAttr %s, FWB %s: %s', (_, memAttr, fwb, expected) => {
  expect(text(combineStages(stage1Attributes(0xf0, INNER, true), memAttr, INNER, fwb))).toBe(expected);
  expect(text(combineStages(NORMAL_TAGGED, memAttr, INNER, fwb))).toBe(expected);
});

test('what is not Tagged in stage 1 is not with stage 2', () => {
  for (const [memAttr, fwb] of [
    [0b1111, false],
    [0b0110, true],
    [0b0111, true],
  ] as const) {
    expect(combineStages(NORMAL_WRITE_BACK, memAttr, INNER, fwb).tagged).toBe(false);
    expect(combineStages(stage1Attributes(0xf0, INNER, false), memAttr, INNER, fwb).tagged).toBe(false);
  }
});

// Arm ARM J1.1.4, S2CombineS1AttrHints: 0x77 is write-back transient, 0xee allocates on reads alone, 0x33 is write-through transient.
test.each([
  [0x77, 0b1111, false, 'normal 22 77'],
  [0xee, 0b1111, false, 'normal 22 ee'],
  [0x77, 0b1010, false, 'normal 11 33'],
  [0xee, 0b1011, false, 'normal 12 ae'],
  [0x33, 0b1111, false, 'normal 11 33'],
  [0x4e, 0b0110, true, 'normal 22 fe'],
  [0x04, 0b0110, true, 'normal 22 ff'],
  [0xee, 0b0110, true, 'normal 22 ee'],
])('hints are those of stage 1: MAIR_ELx byte %s, MemAttr %s, FWB %s: %s', (byte, memAttr, fwb, expected) => {
  expect(text(combineStages(stage1Attributes(byte, INNER, true), memAttr, INNER, fwb))).toBe(expected);
});
