import { expect, test } from 'vitest';
import { asm } from './asm.ts';
import { disasm } from './disasm.ts';
import { dispatch } from './dispatch.ts';
import { memoryIo } from './memory-io.ts';

/** Runs a command line; `a.s` holds the source. Status, stdout, stderr, and the Io for files. */
async function run(commandLine: string, source: string | Uint8Array = '', stdin = '') {
  const io = memoryIo({ stdin, files: { 'a.s': source } });
  const loaders = { asm: async () => asm, disasm: async () => disasm };
  const status = await dispatch(commandLine.split(' '), io, loaders);
  return { status, ...io.written, files: io.files };
}

test('the answer as JSON', async () => {
  const source = ' .global _start\n nop\n_start: mov x0, #N // n\n .equ N, 5\n.Lhidden: .byte 1, 2\n .bss\n .skip 8\nend:\n';
  const { status, stdout } = await run('asm a.s --base 0x1000 --json', source);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ok: true,
    base: '0x1000',
    entry: '0x1004',
    image: '1f2003d5a00080d20102',
    symbols: { _start: '0x1004', N: '0x5', end: '0x1012' },
    sections: [
      { name: '.text', address: '0x1000', size: 10 },
      { name: '.bss', address: '0x100a', size: 8 },
    ],
    lines: [
      { line: 2, address: '0x1000', bytes: '1f2003d5' },
      { line: 3, address: '0x1004', bytes: 'a00080d2' },
      { line: 5, address: '0x1008', bytes: '0102' },
      { line: 7, address: '0x100a', bytes: '0000000000000000' },
    ],
    diagnostics: [],
  });
});

test('mistakes: status 1, all on standard error, and no image', async () => {
  const { status, stdout, stderr } = await run('asm a.s --json', ' nop\n frob\n mov x0, zork\n');
  expect([status, stderr]).toEqual([1, 'a.s:2:2: error: there is no instruction frob\na.s:3:10: error: zork is not defined\n']);
  const answer = JSON.parse(stdout);
  expect([answer.ok, 'image' in answer]).toEqual([false, false]);
  expect(answer.diagnostics[0]).toEqual({
    line: 2,
    column: 2,
    endColumn: 6,
    severity: 'error',
    code: 'unknown-mnemonic',
    message: 'there is no instruction frob',
  });
});

test('the image goes to a file or to standard output, the source may come from standard input', async () => {
  const { status, stdout, files } = await run('asm a.s -o out.bin', ' .ascii "hi"');
  expect([status, stdout, new TextDecoder().decode(files.get('out.bin'))]).toEqual([0, '', 'hi']);
  expect((await run('asm -', '', ' .ascii "ho"')).stdout).toBe('ho');
});

test('one instruction a line', async () => {
  const lines = 'nop\nADD x0, x1, #1\nfrob\n\nnop; nop\n.inst 0xd503201f\nadd x0, x0, :lo12:0x123\n';
  expect(await run('asm --lines -', '', lines)).toMatchObject({
    status: 0,
    stdout:
      'd503201f\n91000420\nerror: there is no instruction frob\nerror: there is no instruction\nerror: this is more than one instruction\nd503201f\n91000000\n',
  });
});

test('words to text', async () => {
  expect(await run('disasm --words -', '', 'd503201f\n910003bf\n54000040\n00018f0a\n00200091\n')).toMatchObject({
    status: 0,
    stdout: 'nop\nmov\tsp, x29\nb.eq\t0x8\n.inst\t0x00018f0a ; undefined\n.inst\t0x00200091 ; NYI\n',
  });
  expect((await run('disasm --words - --no-aliases', '', '910003bf\n')).stdout).toBe('add\tsp, x29, #0x0\n');
  expect(await run('disasm --words -', '', 'd503201f\nzz\n')).toMatchObject({
    status: 1,
    stderr: '-:2:1: error: expected a word of 8 hex digits\n',
  });
});

test('an image to text', async () => {
  const bytes = new Uint8Array([0x1f, 0x20, 0x03, 0xd5, 0xff, 0xff, 0xff, 0x17, 1]);
  expect((await run('disasm --base 0x40080000 a.s', bytes)).stdout).toBe(
    '40080000:\td503201f \tnop\n40080004:\t17ffffff \tb\t0x40080000\n40080008:\t01 \t.byte\t0x01\n',
  );
});

test('wrong usage', async () => {
  for (const line of ['asm', 'asm a.s b.s', 'asm a.s --base x', 'asm --lines - --json', 'disasm', 'disasm --words - --base 0']) {
    expect((await run(line)).status).toBe(2);
  }
});
