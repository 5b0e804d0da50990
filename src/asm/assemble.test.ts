// What assemble says of a program besides its bytes, and lines that stand alone.
import { expect, test } from 'vitest';
import { assemble, assembleLine } from './assemble.ts';
import { disassembleRegion } from './disassemble.ts';

const BASE = 0x4008_0000n;

test('entry, symbols, sections and lines', () => {
  const source = ` .text
first: nop
 .global _start
 .type _start, %function
_start:
 .rept 2
 nop
 .endr
 .macro two
 nop
 nop
 .endm
 two
 ldr x0, =0x123456789
 .data
v: .word 1
 .equ N, -1
 .bss
 .balign 16
room: .skip 32
`;
  const { entry, symbols, sections, lines, diagnostics } = assemble(source, { base: BASE });
  expect(diagnostics).toEqual([]);
  expect(entry).toBe(BASE + 4n);
  expect(symbols.get('_start')).toEqual({
    name: '_start',
    value: BASE + 4n,
    kind: 'address',
    section: '.text',
    binding: 'global',
    type: 'function',
    line: 5,
    column: 1,
  });
  expect(symbols.get('N')).toMatchObject({ value: 0xffff_ffff_ffff_ffffn, kind: 'number', section: undefined });
  expect(sections).toEqual([
    { name: '.text', address: BASE, size: 32, contents: true, code: true, writable: false },
    { name: '.data', address: BASE + 32n, size: 4, contents: true, code: false, writable: true },
    { name: '.bss', address: BASE + 48n, size: 32, contents: false, code: false, writable: true },
  ]);
  expect(lines.map((l) => `${l.line} ${l.address - BASE} ${l.size} ${l.kind}`)).toEqual([
    '2 0 4 instruction',
    '7 4 4 instruction',
    '7 8 4 instruction',
    '13 12 4 instruction',
    '13 16 4 instruction',
    '14 20 4 instruction',
    '14 24 8 data',
    '16 32 4 data',
    '20 48 32 data',
  ]);
});

test('an address may be a plain number where the distance is not what one means', () => {
  // ADRP names a page; branches count from here, as GNU as has it.
  expect(wordOf(' adrp x0, 0x09000000')).toBe('90e47c00');
  expect(wordOf(' adrp x0, uart\n .equ uart, 0x09000000')).toBe('90e47c00');
  expect(wordOf(' b 8')).toBe('14000002');
});

/** The first word of the image. */
function wordOf(source: string): string {
  const { image, diagnostics } = assemble(source, { base: BASE });
  expect(diagnostics).toEqual([]);
  return new DataView((image as Uint8Array).buffer).getUint32(0, true).toString(16).padStart(8, '0');
}

test('lines that stand alone', () => {
  expect(assembleLine(' ADD X0, x1, #0x10 // c')).toEqual({ word: 0x91004020 });
  expect(assembleLine('b.eq .+4')).toEqual({ word: 0x54000020 });
  // What only a linker applies is left undone, as in an object file.
  expect(assembleLine('add x0, x0, :lo12:0x123')).toEqual({ word: 0x91000000 });
  expect(assembleLine('movz x0, #:abs_g0:0x1234')).toEqual({ word: 0xd2824680 });
  expect(assembleLine('b 1f')).toEqual({ error: 'there is no label 1 after this' });
  expect(assembleLine('')).toEqual({ error: 'there is no instruction' });
  expect(assembleLine('nop; nop')).toEqual({ error: 'this is more than one instruction' });
});

test('a region of memory as instructions, with names and targets', () => {
  const source = '_start: cbz x0, end\n b _start\n adr x1, end\n .word 0x18f0a\nend: ret';
  const { image, symbols } = assemble(source, { base: BASE });
  const names = new Map([...symbols.values()].map((s) => [s.value, s.name]));
  const lines = disassembleRegion(image as Uint8Array, BASE, { symbolAt: (address) => names.get(address) });
  expect(lines.map((l) => `${l.label ?? ''}: ${l.text} > ${l.target === undefined ? '' : l.target - BASE}`)).toEqual([
    '_start: cbz\tx0, 0x40080010 <end> > 16',
    ': b\t0x40080000 <_start> > 0',
    ': adr\tx1, 0x40080010 <end> > 16',
    ': .inst\t0x00018f0a ; undefined > ',
    'end: ret > ',
  ]);
});
