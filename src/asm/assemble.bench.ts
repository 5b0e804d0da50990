// npx vitest bench src/asm
import { bench, describe } from 'vitest';
import { assemble, assembleLine } from './assemble.ts';

const BODY = [
  'mov x1, #5',
  'add x1, x2, #16 // comment',
  'ldr x3, [x4, #8]',
  'b.ne loop',
  'ldp x29, x30, [sp], #16',
  'mrs x0, sctlr_el1',
  'orr x0, x0, #0xff00',
  'subs x3, x3, x4, lsl #3',
  'cbz x5, 1f',
  '.word 1, 2, 3',
];
const SOURCE = `loop:\n${Array.from({ length: 2000 }, (_, i) => ` ${BODY[i % BODY.length]}`).join('\n')}\n1: ret\n`;

describe('assemble', () => {
  bench('2,000 lines', () => void assemble(SOURCE, { base: 0x4008_0000n }));
  bench('one line', () => void assembleLine('ldr x0, [x1, #8]'));
});
