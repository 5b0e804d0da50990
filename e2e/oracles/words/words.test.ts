import { expect, test } from 'vitest';
import { cpuModel, createMemory, createProcessor, type ExceptionRecord } from '#cpu';
import { check, noCounts, randomWords } from './random-words.ts';

test('random words at random levels with random state are no internal errors', () => {
  const counts = noCounts();
  expect(randomWords(11, 0, 40, counts)).toEqual([]);
  expect(counts.words).toBe(20_000);
  expect(counts.executed).toBeGreaterThan(12_000);
  expect(Object.keys(counts.worlds)).toHaveLength(6);
}, 20_000);

test('a state that no processor can be in is seen', () => {
  const memory = createMemory({ cpus: 1, regions: [] });
  const model = cpuModel('max');
  if (model === undefined) throw new Error('no model');
  const p = createProcessor({ memory, index: 0, model, el2: 'guest' });
  const svc = {
    from: 0,
    to: 1,
    kind: 'sync',
    esr: 0x5600_0000n,
    vector: 0n,
    cause: [{ doc: 'a reason' }],
  } as unknown as ExceptionRecord;
  p.reset({ el: 1, pc: 0n });
  check(p, [svc], 1, 1);
  const bad: readonly Partial<ExceptionRecord>[] = [{ from: 2 }, { cause: [] }, { esr: 7n }, { vector: 0x10n }];
  for (const part of bad) expect(() => check(p, [{ ...svc, ...part }], 1, 1)).toThrow();
  expect(() => check(p, [], 1, 2)).toThrow();
  for (const state of [0x1n, 0x10n, 0xcn]) {
    p.pstate = state;
    expect(() => check(p, [], 1, 1)).toThrow();
  }
});
