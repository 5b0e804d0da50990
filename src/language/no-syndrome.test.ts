import { describe, expect, test } from 'vitest';
import { openDocument } from './document.ts';
import { noSyndromeHints } from './no-syndrome.ts';

const BASE = 0x4008_0000n;

/** The hints of a program whose lines are given, as `line what @address -> fix`. */
function check(source: string, expected: readonly string[], met: readonly number[] = []): void {
  const hints = noSyndromeHints(openDocument(source, { base: BASE }), { isDevice: (a) => a < 0x4000_0000n, met: new Set(met) });
  expect(
    hints.map(({ range, what, address, fix }) => {
      const at = address === undefined ? '' : ` @${address.toString(16)}`;
      return `${range.line} ${what}${at} -> ${fix?.text.replace(/\s*\n\s*/g, ' ; ').replace(/ +/g, ' ') ?? 'none'}`;
    }),
  ).toEqual(expected);
}

const DEVICE = '_start: mov x1, #0x0b000000\n mov x7, sp\n';

describe('accesses of devices without a syndrome', () => {
  test.each([
    ['str w0, [x1], #4', 'write-back', 'str w0, [x1] ; add x1, x1, #4'],
    ['str x0, [x1, #8]!', 'write-back', 'str x0, [x1, #8] ; add x1, x1, #8'],
    ['ldrb w0, [x1], #-1', 'write-back', 'ldrb w0, [x1] ; sub x1, x1, #1'],
    ['ldrsh x0, [x1], #2', 'write-back', 'ldrsh x0, [x1] ; add x1, x1, #2'],
    ['ldrsw x0, [x1, #4]!', 'write-back', 'ldrsw x0, [x1, #4] ; add x1, x1, #4'],
    ['ldp w2, w3, [x1]', 'a pair', 'ldr w2, [x1] ; ldr w3, [x1, #4]'],
    ['ldp x2, x3, [x1, #16]!', 'write-back', 'ldr x2, [x1, #16] ; ldr x3, [x1, #24] ; add x1, x1, #16'],
    ['ldpsw x2, x3, [x1]', 'a pair', 'ldrsw x2, [x1] ; ldrsw x3, [x1, #4]'],
    ['stp wzr, w3, [x1]', 'a pair', 'str wzr, [x1] ; str w3, [x1, #4]'],
    ['ldxr w0, [x1]', 'exclusive', 'none'],
    ['swp w0, w2, [x1]', 'atomic', 'none'],
    ['ldr s0, [x1]', 'SIMD', 'none'],
    ['ld1 {v0.4s}, [x1]', 'SIMD', 'none'],
    // The base is loaded over before the second half could be read.
    ['ldp x1, x2, [x1]', 'a pair', 'none'],
  ])('%s', (line, what, fix) => {
    check(`${DEVICE} .arch armv8.1-a\n ${line}\n`, [
      `4 ${what} @b000000 -> ${fix}`.replace(
        '@b000000',
        line.includes('#8]') ? '@b000008' : line.includes('#4]!') ? '@b000004' : line.includes('#16]') ? '@b000010' : '@b000000',
      ),
    ]);
  });

  test('those with a syndrome, and those of memory, get none', () => {
    check(`${DEVICE} ldr w0, [x1, #4]\n strb w0, [x1, x2]\n stlr w0, [x1]\n stp x0, x2, [sp, #-16]!\n ldr x0, [x7], #8\n`, []);
  });
});

describe('how far an address is known', () => {
  test('through arithmetic, literals, branches that agree, and calls', () => {
    check('_start: ldr x1, =0x09000000\n b.eq 1f\n add x1, x1, #8\n b 2f\n1: add x1, x1, #8\n2: str w0, [x1], #4\n', [
      '6 write-back @9000008 -> str w0, [x1] ; add x1, x1, #4',
    ]);
    check('_start: mov x19, #0x0b000000\n bl f\n ldp w0, w1, [x19]\n b .\nf: str w0, [x19], #4\n ret\n', [
      '3 a pair @b000000 -> ldr w0, [x19] ; ldr w1, [x19, #4]',
      '5 write-back @b000000 -> str w0, [x19] ; add x19, x19, #4',
    ]);
  });
  test('not where paths disagree or a loop moves it, but a run knows', () => {
    const loop = '_start: mov x1, #0x0b000000\n1: str w0, [x1], #4\n cbnz x0, 1b\n';
    check(loop, []);
    check(loop, ['2 write-back -> str w0, [x1] ; add x1, x1, #4'], [2]);
    check('_start: b.eq 1f\n mov x1, #0x0b000000\n1: str w0, [x1], #4\n', []);
  });
  test('indentation and columns of the text are kept', () => {
    const [hint] = noSyndromeHints(
      openDocument('_start: mov     x1, #0x0b000000\n        ldp     w2, w3, [x1]    // both\n', { base: BASE }),
      {
        isDevice: () => true,
        met: new Set(),
      },
    );
    expect(hint?.fix?.text).toBe('ldr     w2, [x1]\n        ldr     w3, [x1, #4]');
    expect(hint?.range).toEqual({ line: 2, column: 9, endColumn: 29 });
    expect(hint?.message).toContain('No syndrome (a pair) for the device at 0xb000000');
  });
});
