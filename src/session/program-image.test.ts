// Programs that come as files: ELF and flat images on real machines, and files that are broken or mean harm.
import { describe, expect, test } from 'vitest';
import { assemble } from '#asm';
import { assert } from '#base';
import { writeElf } from '#formats';
import { DEFAULT_BOARD, type ProgramImage, type Project } from '#project';
import { readImage } from './program-image.ts';
import { need, session } from './session.fixture.ts';

const SOURCE = `
        .global _start
_start: adr x1, text
        ldr x2, =0x09000000
1:      ldrb w3, [x1], #1
        cbz w3, done
        strb w3, [x2]
        b 1b
done:   ldr w0, =0x84000008
        hvc #0
        b .
text:   .asciz "from a file\\n"
`;

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function built(base = 0x4008_0000n) {
  const assembly = assemble(SOURCE, { base });
  assert(assembly.image, 'it assembles');
  return { elf: writeElf({ ...assembly, image: assembly.image }), flat: assembly.image };
}

const elf = (bytes: Uint8Array): ProgramImage => ({ format: 'elf', bytes: base64(bytes), load: '0x0' });
const flat = (bytes: Uint8Array, load = '0x40080000'): ProgramImage => ({ format: 'flat', bytes: base64(bytes), load });

describe('a program from a file', () => {
  test.each([
    ['ELF', elf(built(0x4010_0000n).elf), 0x4010_0000n],
    ['flat', flat(built().flat), 0x4008_0000n],
  ] as const)('%s: runs, with a listing that has its lines, breakpoints and names', (_, image, entry) => {
    const s = session('', { name: 'a.elf', image });
    expect(s.last().registers.values[34]).toBe(entry);
    const { listing } = need(s.api.readImage('a.elf', image));
    const lines = listing.split('\n');
    expect(lines[0]).toBe(`// a.elf: entry 0x${entry.toString(16)}. A listing of its code; the program is the file.`);
    const line = lines.findIndex((text) => /strb +w3, \[x2\]/.test(text)) + 1;
    expect(line).toBeGreaterThan(1);
    expect(need(s.api.setBreakpoints([line])).lines).toEqual([line]);
    s.run();
    expect(s.last()).toMatchObject({ status: { kind: 'paused', why: 'breakpoint' }, line });
    need(s.api.setBreakpoints([]));
    s.run();
    expect(s.last().status).toMatchObject({ kind: 'ended', reason: 'shutdown' });
    if (image.format === 'elf') expect(listing).toContain('\n_start:\n');
  });

  test('room between headers and code is one line of the listing, however much it is', () => {
    const room = assemble('_start: nop\n .space 65536\n.global end\nend: .word 0, 0, 0, 0, 0, 0, 0, 0, 0\n b .', {
      base: 0x4008_0000n,
    });
    assert(room.image, 'it assembles');
    const read = readImage('r', elf(writeElf({ ...room, image: room.image })));
    assert(read.ok, 'it is read');
    const lines = read.value.listing.split('\n');
    expect(lines).toContain('        // 16384 words of 0');
    expect(lines.length).toBeLessThan(12);
    expect(read.value.lines.at(-1)?.address).toBe(0x4009_0028n);
  });

  test('names may hold anything: none breaks out of its line', () => {
    const read = readImage('a\n// b: entry 0x0', elf(built().elf));
    assert(read.ok, 'it is read');
    expect(read.value.listing.split('\n')[0]).toMatch(/^\/\/ a\?\/\/ b/);
  });

  test('it cannot be given away again, but a text can: as ELF that reads back to the same bytes, and flat', () => {
    const s = session(SOURCE);
    const project: Project = {
      version: 1,
      name: 'x.s',
      source: SOURCE,
      board: DEFAULT_BOARD,
      config: {},
      rules: [],
      breakpoints: [],
    };
    expect(need(s.api.exportProgram(project, 'elf'))).toEqual(built().elf);
    expect(need(s.api.exportProgram(project, 'flat'))).toEqual(built().flat);
    expect(s.api.exportProgram({ ...project, source: 'mov x0' }, 'elf')).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^x\.s has errors, so there is nothing to give: line 1: /) },
    });
    expect(s.api.exportProgram({ ...project, image: elf(built().elf) }, 'elf').ok).toBe(false);
  });
});

describe('files that are none', () => {
  const { elf: good, flat: code } = built();
  const told = (image: ProgramImage): string => {
    const read = readImage('x', image);
    return read.ok ? 'read' : read.error;
  };
  test.each([
    ['empty', elf(new Uint8Array(0)), 'x is empty'],
    ['no base64', { format: 'elf', bytes: '%%%%', load: '0x0' } as const, 'x: what was kept of it is no base64'],
    ['text', elf(Buffer.from('mov x0, #1\n')), 'x: not an ELF file'],
    ['cut off', elf(good.subarray(0, 100)), 'x: the program headers lie outside the file'],
    ['an ELF file as flat', flat(good), 'x is an ELF file, not a flat image'],
    ['at an odd address', flat(code, '0x40080002'), 'x cannot be loaded at 0x40080002: instructions lie at multiples of 4'],
    ['at no address', flat(code, 'there'), 'there is no address to load x at'],
  ])('%s', (_, image, message) => {
    expect(told(image)).toContain(message);
  });

  test('outside the board’s memory: said, and the machine before stays', () => {
    const s = session('_start: b .');
    const project: Project = {
      version: 1,
      name: 'far.bin',
      source: '',
      image: flat(code, '0xfffffffffffffffc'),
      board: DEFAULT_BOARD,
      config: {},
      rules: [],
      breakpoints: [],
    };
    expect(s.api.load(project)).toMatchObject({ ok: false, error: { message: expect.stringContaining('does not fit') } });
    s.run('step');
    expect(s.last().status.kind).toBe('paused');
  });

  test('every file cut at any place, and with any of its bytes changed, is read or refused', () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed % below;
    };
    for (let n = 0; n < 400; n += 1) {
      const bytes = good.slice(0, n % 2 ? good.length : random(good.length + 1));
      for (let k = random(6); k >= 0 && bytes.length > 0; k -= 1) bytes[random(Math.min(bytes.length, 400))] = random(256);
      expect(typeof told(elf(bytes))).toBe('string');
    }
  });

  test('headers that would have it read the same bytes over and over are read within the limit of a test', () => {
    // 4 MiB; 50,000 program headers, each for the whole file; and as many sections that call themselves symbol tables.
    const bytes = new Uint8Array(4 << 20);
    bytes.set(good.subarray(0, 64));
    const view = new DataView(bytes.buffer);
    view.setBigUint64(32, 64n, true);
    view.setUint16(54, 56, true);
    view.setUint16(56, 50_000, true);
    for (let i = 0; i < 50_000; i += 1) {
      const at = 64 + 56 * i;
      view.setUint32(at, 1, true);
      view.setBigUint64(at + 32, BigInt(bytes.length), true);
      view.setBigUint64(at + 40, BigInt(bytes.length), true);
    }
    expect(told(elf(bytes))).toBe('x: its segments overlap: together they hold more than the file does');
    view.setUint16(56, 1, true);
    view.setBigUint64(40, 64n, true);
    view.setUint16(58, 64, true);
    view.setUint16(60, 50_000, true);
    for (let i = 0; i < 50_000; i += 1) {
      const at = 64 + 64 * i;
      view.setUint32(at + 4, 2, true);
      view.setBigUint64(at + 24, 0n, true);
      view.setBigUint64(at + 32, BigInt(bytes.length), true);
    }
    told(elf(bytes));
  });
});

describe('boards', () => {
  const board = (change: object) => {
    const s = session('_start: b .');
    const project: Project = {
      version: 1,
      name: 'b.s',
      source: '_start: b .',
      board: { ...DEFAULT_BOARD, ...change },
      config: {},
      rules: [],
      breakpoints: [],
    };
    const reply = s.api.load(project);
    return reply.ok ? 'made' : reply.error.message;
  };
  test.each([
    [{ cpus: 8 }, 'made'],
    [{ hypervisor: 'none', el: 2 }, 'made'],
    [{ cpu: 'cortex-a72' }, 'made'],
    [{ cpus: 9 }, '9 CPUs: 1 to 8 are to be had'],
    [{ cpus: 1e9 }, '1000000000 CPUs: 1 to 8 are to be had'],
    [{ cpus: 'many' }, 'many CPUs: 1 to 8 are to be had'],
    [{ memory: -1 }, '-1 bytes of memory are none to be had'],
    [{ memory: 2 ** 45 }, 'MiB of memory are not to be had here'],
    [{ el: 2 }, 'EL2 is the hypervisor itself'],
    [{ hypervisor: 'rmm' }, 'no realm monitor yet'],
    [{ hypervisor: 'xen' }, "there is no hypervisor 'xen'"],
    [{ cpu: 'z80' }, "there is no CPU model 'z80'"],
  ])('%j: %s', (change, says) => {
    expect(board(change)).toContain(says);
  });

  test('KVM’s switches rest while there is no KVM', () => {
    const config = { capabilities: ['KVM_CAP_ARM_NISV_TO_USER'], registers: { x3: '0x7' } };
    const s = session('_start: b .', { config, board: { ...DEFAULT_BOARD, hypervisor: 'none', el: 2 } });
    expect(s.last().registers.values[3]).toBe(7n);
    expect(need(s.api.boardChoices()).cpus).toContain('cortex-a72');
  });
});
