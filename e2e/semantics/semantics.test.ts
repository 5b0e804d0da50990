// What QEMU 7.2 lacks, held to the manual's pseudocode case by case on the reference engine.
import { describe, expect, test } from 'vitest';
import * as cases from './cases/index.ts';
import { differences } from './machine.ts';
import type { Group } from './notation.ts';

const groups: readonly Group[] = Object.values(cases);

for (const group of groups) {
  describe(group.title, () => {
    for (const one of group.cases) {
      test(`${one.section}: ${one.text}`, () => {
        expect(differences(group, one)).toEqual([]);
      });
    }
  });
}

test('each case says something that no other says', () => {
  const texts = groups.flatMap((group) => group.cases.map(({ text }) => `${group.title}: ${text}`));
  expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
  expect(texts.length).toBeGreaterThan(750);
});

test('a case that does not hold is seen', () => {
  const [group] = groups as [Group];
  const broken = (expected: Group['cases'][number]['expected'], program = 'nop'): readonly string[] =>
    differences({ ...group, prefix: '' }, { section: '', text: '', program, given: [], expected });
  expect(broken([])).toEqual([]);
  expect(broken([{ kind: 'value', name: 'x3', value: 1n }])).toHaveLength(1);
  expect(broken([], 'mov x3, #1')).toHaveLength(1);
  expect(broken([], 'cmp xzr, xzr')).toHaveLength(1);
  expect(broken([], 'str x3, [sp]')).toHaveLength(1);
  expect(broken([], 'svc #0')).toHaveLength(1);
  expect(broken([{ kind: 'flag', name: 'undefined' }])).toHaveLength(1);
  expect(broken([{ kind: 'value', name: 'ec', value: 1n }], 'svc #0')).toHaveLength(1);
});
