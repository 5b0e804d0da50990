import { expect, test } from 'vitest';
import { GUESTS } from '#guests';
import type { Project } from '#project';
import { isUntouched, putAside } from './programs.ts';

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
