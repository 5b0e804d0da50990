import { expect, test } from 'vitest';
import { memoryFiles } from './memory-files.ts';

const R = 0;
const RW = 2;
const W = 5;
const A = 8;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const opened = (files: ReturnType<typeof memoryFiles>, name: string, mode: number): number => {
  const handle = files.open(name, mode);
  if (handle === undefined) throw new Error(`${name} does not open`);
  return handle;
};
const contents = (files: ReturnType<typeof memoryFiles>) =>
  files.list().map(({ name, bytes: held }) => [name, new TextDecoder().decode(held)]);

test('what is written is read back, from where the handle stands', () => {
  const files = memoryFiles();
  expect(files.open('log', R)).toBeUndefined();
  const out = opened(files, 'log', W);
  expect(files.write(out, bytes('hello'))).toBe(true);
  expect(files.read(out, 1)).toBeUndefined();
  const back = opened(files, 'log', R);
  expect(files.write(back, bytes('no'))).toBe(false);
  expect(files.seek(back, 3)).toBe(true);
  expect(files.read(back, 10)).toEqual(bytes('lo'));
  expect(files.read(back, 10)).toEqual(bytes(''));
  expect(files.length(back)).toBe(5);
  expect(files.close(back)).toBe(true);
  expect(files.close(back)).toBe(false);
  expect(contents(files)).toEqual([['log', 'hello']]);
});

test('append, update and truncate as fopen has them; a gap is zeros', () => {
  const files = memoryFiles();
  files.write(opened(files, 'f', W), bytes('abcd'));
  const more = opened(files, 'f', A);
  files.seek(more, 0);
  files.write(more, bytes('ef'));
  const update = opened(files, 'f', RW);
  files.write(update, bytes('X'));
  expect(contents(files)).toEqual([['f', 'Xbcdef']]);
  files.seek(update, 8);
  files.write(update, bytes('!'));
  expect(contents(files)).toEqual([['f', 'Xbcdef\0\0!']]);
  opened(files, 'f', W);
  expect(contents(files)).toEqual([['f', '']]);
  // What was there before the file was emptied does not come back with a gap.
  const again = opened(files, 'f', RW);
  files.seek(again, 2);
  files.write(again, bytes('?'));
  expect(contents(files)).toEqual([['f', '\0\0?']]);
});

test('a hostile guest gets no more than there is', () => {
  const files = memoryFiles();
  expect(files.open('', W)).toBeUndefined();
  expect(files.open('x', 12)).toBeUndefined();
  expect(files.open('x', -1)).toBeUndefined();
  const handle = opened(files, 'x', W);
  expect(files.seek(handle, Number.NaN)).toBe(false);
  expect(files.seek(handle, 2 ** 40)).toBe(true);
  expect(files.write(handle, bytes('far'))).toBe(false);
  expect(files.length(handle)).toBe(0);
  for (let n = 0; n < 100; n += 1) files.open(`f${n}`, W);
  expect(files.list()).toHaveLength(64);
  expect(files.read(99_999, 4)).toBeUndefined();
  expect(files.length(99_999)).toBeUndefined();
});
