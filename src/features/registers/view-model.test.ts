import { describe, expect, it } from 'vitest';
import { currentSp, laneTexts, modeName, pstateParts, registerText, vectorValue } from './view-model.ts';

describe('register texts', () => {
  it('shows decimal signed, binary in bytes and text with dots', () => {
    expect(registerText(0xffff_ffff_ffff_fff6n, 'dec')).toBe('-10');
    expect(registerText(0x12an, 'bin')).toBe('1_00101010');
    expect(registerText(0n, 'bin')).toBe('0');
    expect(registerText(0x4142_0043n, 'ascii')).toBe('····AB·C');
  });
  it('shows the lower half as a number of its own', () => {
    expect(registerText(0xffff_fff6n, 'dec', 32)).toBe('-10');
    expect(registerText(0x4142_0043n, 'ascii', 32)).toBe('AB·C');
  });
  it('cuts a vector register into lanes, the highest first', () => {
    const value = vectorValue([0n, 0n, 0x4048_f5c3_c2f6_e979n, 0xbff0_0000_0000_0000n], 1);
    expect(laneTexts(value, 'd', 'hex')).toEqual(['bff0000000000000', '4048f5c3c2f6e979']);
    expect(laneTexts(value, 's', 'dec')).toEqual(['-1074790400', '0', '1078523331', '-1024005767']);
    expect(laneTexts(value, 'd', 'float')).toEqual(['-1', '49.92003666931391']);
    expect(laneTexts(value, 's', 'float')[2]).toBe('3.1400001');
    expect(laneTexts(value, 'b', 'float').slice(0, 2)).toEqual(['bf', 'f0']);
  });
  it('reads half precision to its edges', () => {
    const halves = [0x3c00n, 0x8000n, 0x7bffn, 0x0001n, 0x7c00n, 0xfc00n, 0x7e00n, 0x3555n];
    const value = halves.reduce((all, half) => (all << 16n) | half, 0n);
    expect(laneTexts(value, 'h', 'float')).toEqual(['1', '-0', '65504', '5.9605e-8', 'Infinity', '-Infinity', 'NaN', '0.33325']);
  });
  it('reads PSTATE', () => {
    expect(modeName(0x3c5n)).toBe('EL1h');
    expect(modeName(0x3c0n)).toBe('EL0t');
    expect(currentSp(0x3c4n)).toBe('sp_el0');
    expect(currentSp(0x3c9n)).toBe('sp_el2');
    expect(pstateParts(0x2000_03c5n).map((p) => `${p.name}${p.value}`)).toEqual(['N0', 'Z0', 'C1', 'V0', 'D1', 'A1', 'I1', 'F1']);
  });
});
