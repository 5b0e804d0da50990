// The fuzzer finds what it is for: QEMU agrees with itself, a QEMU that executes ORR for EOR is found out and the EOR named; and the built
// command agrees with QEMU on a fixed part of each mode.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compare, withPair } from './campaign.ts';
import { type Engine, QEMU, trapscope } from './engines.ts';
import { generate } from './generate.ts';
import { PROGRAM_SIZE, PROGRAMS } from './layout.ts';
import { minimise } from './minimise.ts';
import { linesOf, type Program } from './program.ts';
import { generateTraps } from './traps.ts';

type Generate = (seed: number, index: number) => Program;

function programs(make: Generate, seed: number, count: number): readonly Program[] {
  return Array.from({ length: count }, (_, index) => make(seed, index));
}

function differences(engines: readonly [Engine, Engine], some: readonly Program[]): readonly string[] {
  return withPair(engines, (pair) =>
    compare(some, pair).flatMap(({ program, difference }) =>
      difference === undefined ? [] : [`seed ${program.seed}, program ${program.index}: ${difference}`],
    ),
  );
}

/** QEMU with every EOR of shifted registers in the programs changed to ORR. */
const BROKEN: Engine = {
  name: 'broken QEMU',
  run: (elf, folder) => {
    const bytes = readFileSync(elf);
    // Guest code alone, the first half of each slot: the harness has an EOR of its own, and any data can look like one.
    const headers = Array.from({ length: bytes.readUInt16LE(56) }, (_, n) => Number(bytes.readBigUInt64LE(32)) + n * 56);
    const header = headers.find((one) => bytes.readBigUInt64LE(one + 16) === BigInt(PROGRAMS));
    if (header === undefined) throw new Error('the image has no segment of programs');
    const [start, size] = [bytes.readBigUInt64LE(header + 8), bytes.readBigUInt64LE(header + 32)].map(Number) as [number, number];
    for (let at = start; at + 4 <= start + size; at += 4) {
      if ((at - start) % PROGRAM_SIZE >= PROGRAM_SIZE / 2) continue;
      const word = bytes.readUInt32LE(at);
      if ((word & 0x7f20_0000) >>> 0 === 0x4a00_0000 && (word & 31) < 26) bytes.writeUInt32LE((word ^ 0x6000_0000) >>> 0, at);
    }
    const broken = join(folder, 'broken.elf');
    writeFileSync(broken, bytes);
    return QEMU.run(broken, folder);
  },
};

test('QEMU agrees with itself', () => {
  const again = { ...QEMU, name: 'QEMU again' };
  expect(differences([QEMU, again], programs(generate, 11, 64))).toEqual([]);
  expect(differences([QEMU, again], programs(generateTraps, 11, 64))).toEqual([]);
});

test('a wrong instruction is found and named', () => {
  withPair([QEMU, BROKEN], (pair) => {
    const some = programs((seed, index) => generate(seed, index, ['logical', 'arithmetic', 'values', 'skip', 'loop']), 12, 64);
    const found = compare(some, pair).find(({ difference }) => difference !== undefined);
    if (found === undefined) throw new Error('no program noticed');
    const { program, difference } = minimise(found.program, pair);
    expect(linesOf(program.units).join('\n')).toMatch(/^eor [xw]\d+/m);
    expect(linesOf(program.units).length).toBeLessThan(12);
    expect(difference).toContain('broken QEMU');
  });
});

test('programs: the built command agrees with QEMU', () => {
  expect(differences([QEMU, trapscope()], programs(generate, 1, 256))).toEqual([]);
});

test('traps: the built command agrees with QEMU', () => {
  expect(differences([QEMU, trapscope()], programs(generateTraps, 1, 256))).toEqual([]);
});
