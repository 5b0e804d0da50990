// How the two stages make a location's attributes, as `type attr`; Tagged memory foremost.
import { expect, test } from 'vitest';
import {
  combineStages,
  type MemoryAttributes,
  NORMAL_TAGGED,
  NORMAL_WRITE_BACK,
  nonCacheable,
  parAttributes,
  type Stage2Declaration,
  stage1Attributes,
} from './attributes.ts';

const text = ({ device, tagged, outer, inner, attr }: MemoryAttributes): string =>
  `${device ? 'device' : tagged ? 'tagged' : `normal ${outer}${inner}`} ${attr.toString(16)}`;

const INNER = 3;
const ALL = { mte2: true, xs: true };
const NO_XS = { mte2: true, xs: false };
const NONE = { mte2: false, xs: false };

const stage2 = (memAttr: number, forceWriteBack: boolean): Stage2Declaration => ({
  memAttr,
  shareability: INNER,
  fnxs: false,
  forceWriteBack,
  uncached: false,
});

test.each([
  [0xf0, true, 'tagged f0'],
  [0xf0, false, 'normal 22 f0'],
  [0xff, true, 'normal 22 ff'],
  [0x44, true, 'normal 00 44'],
  [0x04, true, 'device 4'],
])('MAIR_ELx byte 0x%s with FEAT_MTE2 %s: %s', (byte, tags, expected) => {
  expect(text(stage1Attributes(byte, INNER, { mte2: tags, xs: true }))).toBe(expected);
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
  expect(text(combineStages(stage1Attributes(0xf0, INNER, NO_XS), stage2(memAttr, fwb), NO_XS))).toBe(expected);
  expect(text(combineStages(NORMAL_TAGGED, stage2(memAttr, fwb), NO_XS))).toBe(expected);
});

test('what is not Tagged in stage 1 is not with stage 2', () => {
  for (const [memAttr, fwb] of [
    [0b1111, false],
    [0b0110, true],
    [0b0111, true],
  ] as const) {
    expect(combineStages(NORMAL_WRITE_BACK, stage2(memAttr, fwb), ALL).tagged).toBe(false);
    expect(combineStages(stage1Attributes(0xf0, INNER, NONE), stage2(memAttr, fwb), NONE).tagged).toBe(false);
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
  expect(text(combineStages(stage1Attributes(byte, INNER, ALL), stage2(memAttr, fwb), ALL))).toBe(expected);
});

// Arm ARM D24.2.102 MAIR_EL1, J1.1.4 S1DecodeMemAttrs and EncodePARAttrs: 0x40, 0xa0 and the lowest bit of Device memory stand for XS 0.
test.each([
  [0x05, 'device 4 05', 'device 0 00'],
  [0x0d, 'device c 0d', 'device 0 00'],
  [0x03, 'device 0 00', 'device 0 00'],
  [0x40, 'normal 00 44 40', 'device 0 00'],
  [0xa0, 'normal 11 aa a0', 'device 0 00'],
  [0x44, 'normal 00 44 44', 'normal 00 44 44'],
  [0xff, 'normal 22 ff ff', 'normal 22 ff ff'],
])('MAIR_ELx byte %s with and without FEAT_XS', (byte, withXs, without) => {
  const shown = (a: MemoryAttributes): string => `${text(a)} ${parAttributes(a).toString(16).padStart(2, '0')}`;
  expect(shown(stage1Attributes(byte, INNER, ALL))).toBe(withXs);
  expect(shown(stage1Attributes(byte, INNER, NO_XS))).toBe(without);
});

// S2CombineS1MemAttrs, AArch64.S2ApplyFWBMemAttrs: write-back memory has XS 0, and keeps it where it becomes something else; FnXS makes it 0.
test.each([
  ['write-back made non-cacheable', 0xff, 0b0101, {}, 0x40],
  ['non-cacheable stays so', 0x44, 0b1111, {}, 0x44],
  ['... with FnXS', 0x44, 0b1111, { fnxs: true }, 0x40],
  ['Device with FnXS', 0x04, 0b1111, { fnxs: true }, 0x05],
  ['write-back made Device', 0xff, 0b0001, {}, 0x05],
  ['forced write-back, then made non-cacheable', 0x44, 0b0110, { forceWriteBack: true, uncached: true }, 0x40],
  ['as stage 1 has it, then made non-cacheable', 0x44, 0b0111, { forceWriteBack: true, uncached: true }, 0x44],
  ['Device is not made non-cacheable', 0x04, 0b0111, { forceWriteBack: true, uncached: true }, 0x04],
  ['write-back made non-cacheable by a control', 0xff, 0b1111, { uncached: true }, 0x40],
])('XS of both stages: %s', (_, byte, memAttr, more, expected) => {
  const declaration = { ...stage2(memAttr, false), ...more };
  const attributes = combineStages(stage1Attributes(byte, INNER, ALL), declaration, ALL);
  expect(parAttributes(attributes)).toBe(expected);
  const isDevice = expected < 0x10;
  const shownWithout = parAttributes(combineStages(stage1Attributes(byte, INNER, NO_XS), declaration, NO_XS));
  expect(shownWithout).toBe(isDevice ? expected & ~1 : 0x44);
});

test('without FEAT_XS nothing shows it', () => {
  expect(parAttributes(nonCacheable(stage1Attributes(0xff, INNER, ALL)))).toBe(0x40);
  expect(parAttributes(nonCacheable(stage1Attributes(0xff, INNER, NO_XS)))).toBe(0x44);
});

test('what stage 1 declares, with the shareability of both stages, where FEAT_S2FWB leaves it', () => {
  const notShared = stage1Attributes(0xff, 0, ALL);
  expect(combineStages(notShared, stage2(0b0111, true), ALL).shareability).toBe(INNER);
});
