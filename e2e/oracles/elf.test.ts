// The ELF files that are written here, to GNU binutils: sections, symbols, code told from data, and the flat image that objcopy makes of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assemble } from '#asm';
import { writeElf } from '#formats';
import { type Program, program } from '../setup/programs.ts';

const SOURCE = `
  .global _start
  .type _start, %function
_start: ldr x0, =0x1122334455667788
  b .
  .ltorg
  .weak after
after: nop
  .data
  .balign 8
value: .quad 42
  .bss
  .balign 16
room: .skip 64
`;

function withFile<T>(action: (file: string, run: (name: Program, ...args: readonly string[]) => string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-elf-'));
  try {
    const { image, ...rest } = assemble(SOURCE, { base: 0x4008_0000n });
    const file = join(folder, 'a.elf');
    writeFileSync(file, writeElf({ ...rest, image: image as Uint8Array }));
    return action(file, (name, ...args) => {
      const { status, stdout, stderr } = spawnSync(program(name), args, { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      return stdout;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('objdump reads headers, symbols and code', () => {
  withFile((file, run) => {
    const all = run('aarch64-linux-gnu-objdump', '-x', file);
    expect(all).toContain('file format elf64-littleaarch64');
    expect(all).toContain('start address 0x0000000040080000');
    const rows = all.replace(/\s+/g, ' ');
    expect(rows).toMatch(
      /LOAD off 0x\w+ vaddr 0x0000000040080000 paddr 0x0000000040080000 align 2\*\*12 filesz 0x\w+ memsz 0x\w+ flags r-x/,
    );
    expect(rows).toMatch(/ \.data 00000008 \w+ \w+ \w+ 2\*\*\d+ CONTENTS, ALLOC, LOAD, DATA/);
    expect(rows).toMatch(/ \.bss 00000040 \w+ \w+ \w+ 2\*\*\d+ ALLOC/);
    expect(all).toMatch(/0000000040080000 g {5}F \.text\s+0000000000000000 _start/);
    expect(all).toMatch(/ w +\.text\s+0000000000000000 after/);
    expect(all).toMatch(/ l +\.bss\s+0000000000000000 room/);
    const code = run('aarch64-linux-gnu-objdump', '-d', file).replace(/[ \t]+/g, ' ');
    expect(code).toContain('b 40080004 <_start+0x4>');
    expect(code).toContain('.word 0x55667788');
    expect(code).toContain('nop');
  });
});

test('objcopy makes the flat image of it', () => {
  withFile((file, run) => {
    const flat = `${file}.bin`;
    run('aarch64-linux-gnu-objcopy', '-O', 'binary', file, flat);
    expect([...readFileSync(flat)]).toEqual([...(assemble(SOURCE, { base: 0x4008_0000n }).image as Uint8Array)]);
  });
});
