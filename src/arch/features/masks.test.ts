import { expect, test } from 'vitest';
import { registerMasks, resetBits } from '#arch/features';
import { sysreg } from '#arch/sysreg';

const hex = (value: bigint): string => value.toString(16);

test('bits of absent features are RES0, or RES1 where the row says so', () => {
  const none = registerMasks(sysreg('SCTLR_EL1'), new Set());
  // Armv8.0: SED, ITD, EOS, TSCXT, EIS, SPAN, nTLSMD and LSMAOE have no field.
  expect(hex(none.res1)).toBe('30d00980');
  expect(hex(none.present)).toBe('40dd21f');
  const pan = registerMasks(sysreg('SCTLR_EL1'), new Set(['FEAT_PAN']));
  expect(hex(pan.present ^ none.present)).toBe('800000');
  expect(hex(pan.res1 ^ none.res1)).toBe('800000');
});

test('CPTR_EL2 in both layouts', () => {
  const row = sysreg('CPTR_EL2');
  expect(hex(registerMasks(row, new Set(), 0).res1)).toBe('33ff');
  expect(hex(registerMasks(row, new Set(['FEAT_SVE', 'FEAT_SME']), 0).res1)).toBe('22ff');
  expect(hex(registerMasks(row, new Set(['FEAT_SVE', 'FEAT_TRC_SR']), 1).present)).toBe('90330000');
  expect(hex(registerMasks(row, new Set(['FEAT_SVE', 'FEAT_TRC_SR'])).present)).toBe('90330500');
});

test('layouts of their own count with their feature', () => {
  const ccsidr = sysreg('CCSIDR_EL1');
  expect(hex(registerMasks(ccsidr, new Set()).present)).toBe('fffffff');
  expect(hex(registerMasks(ccsidr, new Set(['FEAT_CCIDX'])).present)).toBe('ffffff0fffffff');
  expect(registerMasks(sysreg('TTBR0_EL1'), new Set()).present < 1n << 64n).toBe(true);
});

test('reset values that the architecture gives', () => {
  expect(resetBits(sysreg('DAIF'))).toEqual({ value: 0x3c0n, known: 0x3c0n });
  expect(resetBits(sysreg('SPSel'))).toEqual({ value: 1n, known: 1n });
  expect(resetBits(sysreg('TTBR0_EL1')).known).toBe(0n);
  // HPMD and HCCD let the counters count at EL2; MTPME lets them count events of other threads.
  expect(resetBits(sysreg('MDCR_EL2'))).toEqual({ value: 1n << 28n, known: (1n << 28n) | (1n << 23n) | (1n << 17n) });
});
