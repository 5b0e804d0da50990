import { expect, test } from 'vitest';
import { fieldText, groupBinary, groupHex, hexGroups, leadingZeros, numberTrouble, otherReadings, readNumber } from './number.ts';

test.each([
  [0n, undefined, '0x0'],
  [0x17n, undefined, '0x17'],
  [0xffffn, undefined, '0xffff'],
  [0xb000003n, undefined, '0x0b00_0003'],
  [0x1_0000n, undefined, '0x0001_0000'],
  [0x1_2345_6789n, undefined, '0x0000_0001_2345_6789'],
  [0xffff_ffff_ffff_fff6n, undefined, '0xffff_ffff_ffff_fff6'],
  [0x9325_8005n, 16, '0x0000_0000_9325_8005'],
  [0x2an, 2, '0x2a'],
  [0x2an, 6, '0x00_002a'],
])('groupHex %s %s', (value, digits, text) => {
  expect(groupHex(value, digits)).toBe(text);
});

test('hexGroups cuts from the right', () => {
  expect(hexGroups(0x40080c14n, 16)).toEqual(['0000', '0000', '4008', '0c14']);
  expect(hexGroups(5, 6)).toEqual(['00', '0005']);
});

test.each([
  ['0000', 3],
  ['0b00', 1],
  ['4008', 0],
  ['', 0],
])('leadingZeros of %s', (text, count) => {
  expect(leadingZeros(text)).toBe(count);
});

test('groupBinary pads and groups', () => {
  expect(groupBinary(0xf6n, 8)).toBe('1111_0110');
  expect(groupBinary(1n, 6)).toBe('00_0001');
});

test('fieldText', () => {
  expect(fieldText(1n, 1)).toBe('1');
  expect(fieldText(5n, 6)).toBe('0x05');
  expect(fieldText(0x24n, 6)).toBe('0x24');
});

test.each(['0xf6', '246', '-10', '\u221210', '0b1111_0110', ' 0xF6 ', '0o366'])('readNumber takes %s as the byte f6', (text) => {
  expect(readNumber(text, 8)).toEqual({ kind: 'value', value: 0xf6n });
});

test.each([
  ['', 8, { kind: 'empty' }],
  ['0x', 8, { kind: 'not-a-number', text: '0x' }],
  ['forty', 8, { kind: 'not-a-number', text: 'forty' }],
  ['256', 8, { kind: 'too-wide', needs: 9, width: 8 }],
  ['-129', 8, { kind: 'too-wide', needs: 9, width: 8 }],
  ['-128', 8, { kind: 'value', value: 0x80n }],
  ['-1', 1, { kind: 'value', value: 1n }],
  ['-1', 64, { kind: 'value', value: 0xffff_ffff_ffff_ffffn }],
  ['0x1_0000_0000_0000_0000', 64, { kind: 'too-wide', needs: 65, width: 64 }],
  ['0', 1, { kind: 'value', value: 0n }],
] as const)('readNumber %s in %s bits', (text, width, reading) => {
  expect(readNumber(text, width)).toEqual(reading);
});

test('numberTrouble says what fits', () => {
  expect(numberTrouble(readNumber('0x1ff', 8))).toBe('This needs 9 bits; 8 fit.');
  expect(numberTrouble(readNumber('0xff', 8))).toBeUndefined();
});

test('otherReadings', () => {
  expect(otherReadings(0xf6n, 8)).toEqual(['246', '\u221210', '1111_0110']);
  expect(otherReadings(0x7fn, 8)).toEqual(['127', '0111_1111']);
  expect(otherReadings(0x8000_0000n, 32)).toEqual(['2147483648', '\u22122147483648']);
});
