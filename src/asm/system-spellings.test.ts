// System instructions and operands that can be written in more than one way, and what newer names assemble to.
import { expect, test } from 'vitest';
import { hexDigits } from '#base';
import { assembleLine } from './assemble.ts';
import { disassemble } from './disassemble.ts';

/** The word of a line in hex, or the reason why there is none. */
function word(line: string): string {
  const result = assembleLine(line);
  return 'word' in result ? hexDigits(result.word, 8) : result.error;
}

test('the flags of a conditional comparison as letters, capital where set', () => {
  for (let flags = 0; flags < 16; flags += 1) {
    const letters = [...'nzcv'].map((l, i) => ((flags >> (3 - i)) & 1 ? l.toUpperCase() : l)).join('');
    expect(word(`ccmp x3, x4, ${letters}, ne`)).toBe(word(`ccmp x3, x4, #${flags}, ne`));
    expect(word(`ccmn w3, #7, ${letters}, ne`)).toBe(word(`ccmn w3, #7, #${flags}, ne`));
  }
  // In this order, without #, and not where the flags are a mask.
  for (const line of ['ccmp x3, x4, zncv, ne', 'ccmp x3, x4, #nzcv, ne', 'rmif x3, #1, nzcv'])
    expect(word(line)).toMatch(/not defined/);
});

test('TLBIP takes the operations of TLBI that name an address', () => {
  const names = ['vae1', 'vaale1osnxs', 'rvae2is', 'ipas2e1nxs', 'ripas2le1os'];
  for (const name of names) {
    const plain = Number.parseInt(word(`tlbi ${name}, x6`), 16);
    const pair = (plain | (1 << 22)) >>> 0;
    expect(word(`tlbip ${name}, x6, x7`)).toBe(hexDigits(pair, 8));
    expect(disassemble(pair)).toBe(`tlbip\t${name}, x6, x7`);
  }
  for (const name of ['vmalle1', 'aside1', 'alle2is', 'paall', 'rpaos']) expect(word(`tlbip ${name}, x6, x7`)).toMatch(/TLBIP/);
});

test('the second register of a pair may go without saying', () => {
  expect(word('tlbip vae1, x6')).toBe(word('tlbip vae1, x6, x7'));
  expect(word('sysp #6, c9, c7, #5, x2')).toBe(word('sysp #6, c9, c7, #5, x2, x3'));
  expect(word('tlbip vae1, xzr')).toBe(word('tlbip vae1, xzr, xzr'));
  expect(word('tlbip vae1')).toMatch(/pair/);
  expect(word('tlbip vae1, x6, x8')).toBe('expected x7, not x8');
  expect(word('tlbip vae1, x5')).toMatch(/even/);
});

test('granule protection is invalidated with XS only', () => {
  for (const name of ['paall', 'paallos', 'rpaos', 'rpalos']) {
    const operand = name.startsWith('r') ? ', x1' : '';
    expect(word(`tlbi ${name}${operand}`)).toMatch(/^d50e8/);
    expect(word(`tlbi ${name}nxs${operand}`)).toMatch(/operation of TLBI/);
  }
});

test('instructions that are SYS and SYSL: the Guarded Control Stack, APAS, TRCIT', () => {
  const pairs = [
    ['gcspushx', 'sys #0, c7, c7, #4'],
    ['gcspopcx', 'sys #0, c7, c7, #5'],
    ['gcspopx', 'sys #0, c7, c7, #6'],
    ['gcspushm x9', 'sys #3, c7, c7, #0, x9'],
    ['gcsss1 x9', 'sys #3, c7, c7, #2, x9'],
    ['apas x9', 'sys #6, c7, c0, #0, x9'],
    ['trcit x9', 'sys #3, c7, c2, #7, x9'],
    ['gcspopm', 'sysl xzr, #3, c7, c7, #1'],
    ['gcspopm x9', 'sysl x9, #3, c7, c7, #1'],
    ['gcsss2 x9', 'sysl x9, #3, c7, c7, #3'],
  ] as const;
  for (const [name, general] of pairs) expect(word(name)).toBe(word(general));
});

test('names and offsets that may be written otherwise', () => {
  expect(word('clearbhb')).toBe(word('clrbhb'));
  expect(word('ldap1 {v3.d}[1], [sp, #0]')).toBe(word('ldap1 {v3.d}[1], [sp]'));
  expect(word('stl1 {v3.d}[0], [x15, 0]')).toBe(word('stl1 {v3.d}[0], [x15]'));
});
