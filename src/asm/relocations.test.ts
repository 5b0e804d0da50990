// Operators that take 16 bits of an address or a distance: the words are those of GNU as and ld for the same text at the same address.
import { expect, test } from 'vitest';
import { assemble } from './index.ts';

function words(text: string, base: bigint): string[] {
  const { image, diagnostics } = assemble(text, { base });
  expect(diagnostics).toEqual([]);
  const view = new DataView((image as Uint8Array).buffer);
  return Array.from({ length: view.byteLength / 4 }, (_, n) =>
    view
      .getUint32(4 * n, true)
      .toString(16)
      .padStart(8, '0'),
  );
}

test('MOVZ and MOVN by the sign of the value', () => {
  const text = `
    back: nop
    movz x0, #:prel_g0:target
    movk x0, #:prel_g0_nc:target
    movn x0, #:prel_g0:target
    movz x0, #:prel_g0:back
    movn x0, #:prel_g0:back
    movz x1, #:prel_g1:back
    movk x1, #:prel_g0_nc:back
    movz x1, #:prel_g2:back
    movz x1, #:prel_g3:back
    movn x1, #:prel_g3:back
    movz x0, #:abs_g0_s:target
    movn x0, #:abs_g0_s:target
    movz x0, #:abs_g0_s:-5
    movz x0, #:abs_g1_s:-5
    movz x0, #:abs_g1_s:0x12345678
    movn x0, #:abs_g0:target
    movz x0, #:abs_g1_nc:target
    movz x0, #:prel_g1_nc:back
    movz w0, #:prel_g0:back
    movn w0, #:abs_g0_s:-5
    movn x0, #:abs_g2_s:-0x123456789abc
    target: nop`;
  expect(words(text, 0x1000n).join(' ')).toBe(
    'd503201f d2800a80 f2800a00 d2800980 928001e0 92800260 92a00001 f29ffc81 92c00001 92e00001 92e00001 ' +
      'd2820b00 d2820b00 92800080 92a00000 d2a24680 92820b00 d2a00000 d2bfffe0 12800960 12800080 92c24680 d503201f',
  );
});

test('what an operator cannot do', () => {
  const error = (line: string): string | undefined => assemble(`b: ${line}`, { base: 0n }).diagnostics[0]?.message;
  expect(error('movk x0, #:prel_g0:b')).toBe(':prel_g0: goes with movz or movn, which it chooses by the sign');
  expect(error('movz x0, #:abs_g0_s:65536')).toBe('the value does not fit in :abs_g0_s:');
  expect(error('movz x0, #:abs_g0_s:-65537')).toBe('the value does not fit in :abs_g0_s:');
  expect(error('movz x0, #:abs_g0_s:-65536')).toBeUndefined();
  expect(error('movz x0, #:abs_g0:65536')).toBe('the value does not fit in :abs_g0:');
  expect(error('movz w0, #:prel_g2:b')).toBe(':prel_g2: needs an X register');
  expect(error('movz x0, #:prel_g3_nc:b')).toBe('there is no relocation operator :prel_g3_nc:');
});
