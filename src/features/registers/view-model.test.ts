import { describe, expect, it } from 'vitest';
import { currentSp, modeName, pstateParts, registerText } from './view-model.ts';

describe('register texts', () => {
  it('shows decimal signed, binary in bytes and text with dots', () => {
    expect(registerText(0xffff_ffff_ffff_fff6n, 'dec')).toBe('-10');
    expect(registerText(0x12an, 'bin')).toBe('1_00101010');
    expect(registerText(0n, 'bin')).toBe('0');
    expect(registerText(0x4142_0043n, 'ascii')).toBe('····AB·C');
  });
  it('reads PSTATE', () => {
    expect(modeName(0x3c5n)).toBe('EL1h');
    expect(modeName(0x3c0n)).toBe('EL0t');
    expect(currentSp(0x3c4n)).toBe('sp_el0');
    expect(currentSp(0x3c9n)).toBe('sp_el2');
    expect(pstateParts(0x2000_03c5n).map((p) => `${p.name}${p.value}`)).toEqual(['N0', 'Z0', 'C1', 'V0', 'D1', 'A1', 'I1', 'F1']);
  });
});
