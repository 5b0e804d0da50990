import { expect, test } from 'vitest';
import { countPlaywright, countVitest } from './suites.ts';

test('vitest: what did not run has failed', () => {
  const report = (passed: number, total: number, broken: number) => ({
    numPassedTests: passed,
    numTotalTests: total,
    testResults: Array.from({ length: broken }, () => ({ status: 'failed', assertionResults: [] })),
  });
  expect(countVitest(report(5, 5, 0))).toEqual({ passed: 5, failed: 0 });
  expect(countVitest(report(4, 6, 0))).toEqual({ passed: 4, failed: 2 });
  expect(countVitest(report(4, 4, 1))).toEqual({ passed: 4, failed: 1 });
});

test('playwright: what was skipped has failed, what passed on its second try is told apart', () => {
  const report = (stats: object, errors: unknown[] = []) => ({
    stats: { expected: 3, unexpected: 0, skipped: 0, flaky: 0, ...stats },
    errors,
  });
  expect(countPlaywright(report({}))).toEqual({ passed: 3, failed: 0 });
  expect(countPlaywright(report({ unexpected: 1, skipped: 2, flaky: 4 }))).toEqual({ passed: 7, failed: 3, again: 4 });
  expect(countPlaywright(report({}, ['no server']))).toEqual({ passed: 3, failed: 1 });
});
