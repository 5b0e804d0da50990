import { expect, test } from 'vitest';
import { fuzzyMatch, fuzzySort } from './fuzzy.ts';

const commands = [
  'Run',
  'Pause',
  'Step',
  'Step over',
  'Step out',
  'Reset',
  'Theme: dark',
  'Go to view: Registers',
  'Run to the next exit',
];

test.each([
  ['so', 'Step out'],
  ['stov', 'Step over'],
  ['out', 'Step out'],
  ['regi', 'Go to view: Registers'],
  ['next', 'Run to the next exit'],
  ['dark', 'Theme: dark'],
  ['RUN', 'Run'],
  ['rne', 'Run to the next exit'],
])('%s finds %s first', (query, first) => {
  expect(fuzzySort(query, commands, (text) => text)[0]?.item).toBe(first);
});

test('letters must come in order', () => {
  expect(fuzzyMatch('nur', 'Run')).toBeUndefined();
  expect(fuzzySort('zzz', commands, (text) => text)).toEqual([]);
});

test('an empty query keeps everything in its order', () => {
  expect(fuzzySort(' ', commands, (text) => text).map((entry) => entry.item)).toEqual(commands);
});

test('positions are those of the best placement', () => {
  expect(fuzzyMatch('so', 'Step over')?.at).toEqual([0, 5]);
  expect(fuzzyMatch('step', 'Step out')?.at).toEqual([0, 1, 2, 3]);
});

test('letters strewn over a long text are no find', () => {
  expect(fuzzyMatch('pause', 'Open example: A store without syndrome: refused')).toBeUndefined();
});

test('what is behind gives way to what matches as well, not to what matches less', () => {
  const behind = (text: string) => text === 'Step' || text === 'Pause';
  expect(fuzzySort('step', commands, (text) => text, behind).map((entry) => entry.item)).toEqual([
    'Step out',
    'Step over',
    'Step',
  ]);
  expect(fuzzySort('pause', commands, (text) => text, behind)[0]?.item).toBe('Pause');
});
