import { expect, test } from 'vitest';
import { GUESTS } from '#guests';
import type { Project } from '#project';
import { formatOf, isUntouched, putAside } from './programs.ts';

const [first] = GUESTS;
const edited: Project = { ...first.project, source: `${first.project.source}\n        nop\n` };

test('a gallery program and an empty one may be replaced, an edited one may not', () => {
  const ruled: Project = { ...first.project, rules: [{ on: 'nisv', do: 'skip' }] };
  const stopped: Project = { ...first.project, breakpoints: [3] };
  const projects = [first.project, stopped, { ...first.project, source: ' \n' }, edited, ruled];
  expect(projects.map(isUntouched)).toEqual([true, true, true, false, false]);
});

test('put aside: newest first, no copies, not without end', () => {
  expect(putAside([first.project, edited], edited)).toEqual([edited, first.project]);
  const many = Array.from({ length: 30 }, (_, n) => ({ ...edited, source: `// ${n}` }));
  expect(putAside(many, edited)).toHaveLength(20);
});

test.each([
  ['7f454c46020101', 'elf'],
  ['2f2f206120636f6d6d656e740a', 'text'],
  ['efbbbf6e6f70', 'text'],
  // A letter of two bytes that the head of the file cuts in half.
  ['6e6f7020c3', 'text'],
  ['1f2003d500000094', 'flat'],
  ['ffffffff', 'flat'],
  ['', 'text'],
])('a file that begins with %s is %s', (hex, format) => {
  expect(formatOf(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))).toBe(format);
});
