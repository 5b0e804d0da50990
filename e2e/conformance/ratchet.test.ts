import { expect, test } from 'vitest';
import type { Outcome } from './outcome.ts';
import { judge, type NotYet, ranges, rewrite } from './ratchet.ts';

/** `a+ a- b.`: group a passes, fails; group b skipped. Ids are positions. */
function outcomes(text: string): readonly Outcome[] {
  return text.split(' ').map((word, at) => ({
    group: word.slice(0, 1),
    id: `${at}`,
    ...(word.endsWith('-') ? { failure: 'wrong' } : word.endsWith('.') ? { skipped: 'not judged' } : {}),
  }));
}

/** Seen, listed as `group cases`, and the verdict as text. */
function check(seen: string, listed: readonly string[], expected: string): void {
  const list: NotYet[] = listed.map((row) => ({
    group: row.split(' ')[0] ?? '',
    cases: row.split(' ')[1] ?? '',
    count: '',
    reason: 'breadth',
  }));
  const { passed, skipped, notYet, regressions, stale } = judge(outcomes(seen), list);
  expect(
    [`${passed} ${skipped} ${notYet}`, ...regressions.map(({ group, id }) => `${group} ${id}: regression`), ...stale].join('; '),
  ).toBe(expected);
}

test('what is listed may fail, and nothing else', () => {
  check('a+ a- b+ b.', ['a 1'], '2 1 1');
  check('a+ a- b+ b.', [], '2 1 0; a 1: regression');
  check('a- a- b-', ['a 0', 'b all'], '0 0 2; a 1: regression');
});

test('what is listed must fail', () => {
  check('a+ a-', ['a all'], '0 0 1; a 0: is on the list and passes');
  check('a. a-', ['a all'], '0 1 1; a 0: is on the list and is skipped');
  // One mended and one broken leave the count as it was and are seen all the same.
  check('a+ a- a-', ['a 0-1'], '0 0 1; a 2: regression; a 0: is on the list and passes');
  check('a-', ['a 0,5'], '0 0 1; a: has no case 5');
  check('a+', ['b all'], '1 0 0; b: no such group');
});

test('a rewritten list is true, keeps its reasons and wants one for a new group', () => {
  const seen = outcomes('a- a- b+ b- c+ b- b- b+');
  const list = rewrite(seen, [{ group: 'a', cases: '0', count: '', reason: 'old' }], 'new');
  expect(list).toEqual([
    { group: 'a', count: '2 of 2', cases: 'all', reason: 'old' },
    { group: 'b', count: '3 of 5', cases: '1-3', reason: 'new' },
  ]);
  expect(judge(seen, list)).toMatchObject({ passed: 3, notYet: 5, regressions: [], stale: [] });
  expect(() => rewrite(seen, [], undefined)).toThrow('a is new on the list: give a reason');
});

test('ranges', () => expect(ranges([0, 1, 2, 5, 7, 8])).toBe('0-2,5,7-8'));
