import { expect, test } from 'vitest';
import { type AssembleResult, assemble } from '#asm';
import { readElf, writeElf } from './index.ts';

const SOURCE = `
  .global _start
_start: adr x0, message
  ldr x1, =0x1122334455667788
  b .
  .ltorg
.Lhidden:
after: nop
  .equ SIZE, 64
  .section .rodata
message: .asciz "hello"
  .data
  .balign 16
value: .quad 42
  .bss
room: .skip SIZE
  .weak maybe
maybe:
`;

function program(source: string, base = 0x4008_0000n): AssembleResult & { readonly image: Uint8Array } {
  const result = assemble(source, { base });
  expect(result.diagnostics).toEqual([]);
  return { ...result, image: result.image as Uint8Array };
}

function read(bytes: Uint8Array) {
  const result = readElf(bytes);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

test('what is written is read again: entry, segments, symbols', () => {
  const written = program(SOURCE);
  const { entry, segments, symbols } = read(writeElf(written));
  expect(entry).toBe(0x4008_0000n);
  const loaded = new Uint8Array(0x1000);
  for (const { address, bytes, memorySize } of segments) {
    expect(BigInt(bytes.length)).toBeLessThanOrEqual(memorySize);
    loaded.set(bytes, Number(address - written.base));
  }
  expect([...loaded.subarray(0, written.image.length)]).toEqual([...written.image]);
  const last = segments.at(-1);
  expect((last?.address ?? 0n) + (last?.memorySize ?? 0n)).toBe((symbols.get('room') ?? 0n) + 64n);
  expect([...symbols.keys()].sort()).toEqual(['SIZE', '_start', 'after', 'maybe', 'message', 'room', 'value']);
  for (const [name, value] of symbols) expect(value).toBe(written.symbols.get(name)?.value);
});

test('sections of other permissions are other segments', () => {
  expect(read(writeElf(program(SOURCE))).segments).toHaveLength(3);
  expect(read(writeElf(program('nop\n .section .text.more,"ax"\n nop'))).segments).toHaveLength(1);
});

test('offsets have their addresses’ place in a page, wherever the program lies', () => {
  for (const base of [0n, 0x1ffcn, 0xffff_8000_0000_0ffcn]) {
    const bytes = writeElf(program('nop\n .data\n .quad 1', base));
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < view.getUint16(56, true); i += 1) {
      const at = 64 + 56 * i;
      expect(view.getBigUint64(at + 8, true) & 0xfffn).toBe(view.getBigUint64(at + 16, true) & 0xfffn);
    }
    expect(read(bytes).segments[0]?.address).toBe(base);
  }
});
