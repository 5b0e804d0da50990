import { expect, test } from 'vitest';
import { FAULT_STATUSES, faultStatus, faultStatusCode } from './index.ts';

test('every code stands once and is found by its kind and level', () => {
  expect(new Set(FAULT_STATUSES.map(({ code }) => code)).size).toBe(FAULT_STATUSES.length);
  for (const status of FAULT_STATUSES) {
    expect(faultStatusCode(status.kind, status.level)).toBe(status.code);
    expect(faultStatus(status.code)).toBe(status);
  }
});

test.each([
  ['translation', 0, 0x04],
  ['translation', 3, 0x07],
  ['translation', -1, 0x2b],
  ['address-size', 0, 0x00],
  ['address-size', -1, 0x29],
  ['access-flag', 1, 0x09],
  ['permission', 2, 0x0e],
  ['external', undefined, 0x10],
  ['external-on-walk', 3, 0x17],
  ['granule-protection-on-walk', -2, 0x22],
  ['alignment', undefined, 0x21],
  ['tlb-conflict', undefined, 0x30],
] as const)('%s at level %s is %s', (kind, level, code) => {
  expect(faultStatusCode(kind, level)).toBe(code);
});

test('a code may be reserved, and a fault may have no code', () => {
  expect(faultStatus(0x25)?.kind).toBe('granule-protection-on-walk');
  expect(faultStatus(0x19)).toBeUndefined();
  expect(() => faultStatusCode('translation')).toThrow('no fault status code');
  expect(() => faultStatusCode('access-flag', -1)).toThrow('no fault status code');
});
