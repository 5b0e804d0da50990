// What is shipped may be shipped: every package that goes into the app has a licence that an Apache-2.0 app may contain, and NOTICE names it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const FITTING = ['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'OFL-1.1', '(MPL-2.0 OR Apache-2.0)'];

type Lock = {
  readonly packages: Readonly<
    Record<
      string,
      { readonly dev?: boolean; readonly license?: string; readonly dependencies?: Readonly<Record<string, string>> }
    >
  >;
};

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as Lock;

/** Packages of the lock file that are not for development alone, without those whose licence fits. */
function unfit(lock: Lock['packages']): readonly string[] {
  return Object.entries(lock)
    .filter(([path, { dev, license = 'none' }]) => path !== '' && dev !== true && !FITTING.includes(license))
    .map(([path, { license = 'none' }]) => `${path.replace(/^.*node_modules\//, '')}: ${license}`);
}

test('licences fit', () => {
  expect(unfit(packages)).toEqual([]);
  expect(
    unfit({ '': {}, 'node_modules/a': { license: 'GPL-3.0' }, 'node_modules/b': {}, 'node_modules/c': { dev: true } }),
  ).toEqual(['a: GPL-3.0', 'b: none']);
});

test('NOTICE names what is shipped', () => {
  const notice = read('NOTICE');
  const shipped = Object.keys(packages['']?.dependencies ?? {});
  expect(shipped.length).toBeGreaterThan(0);
  expect(shipped.filter((name) => !notice.includes(name))).toEqual([]);
});
