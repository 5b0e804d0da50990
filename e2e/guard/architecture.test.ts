// docs/ARCHITECTURE.md says the truth about the code map: its arrows are the guard's table, and a folder is there unless it is marked as not yet there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RULES } from './import-rules.ts';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

type Row = { readonly folder: string; readonly missing: boolean; readonly arrow: string };

/** The rows of the map: a name at the start of a line, the arrow at its end or at the end of a line that goes on. */
function codeMap(page: string): readonly Row[] {
  const block = /## Code map[\s\S]*?```\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  return block
    .split(/\n(?=\w)/)
    .map((row) => /^(\w+)( ○)?[\s\S]*->(.*)$/m.exec(row) ?? [])
    .map(([, folder = '', mark, arrow = '']) => ({ folder, missing: mark !== undefined, arrow: arrow.trim() }));
}

/** Git keeps no empty folder, an editor does. */
function isThere(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0;
}

test('the code map', () => {
  const rows = codeMap(readFileSync(path('docs/ARCHITECTURE.md'), 'utf8'));
  const table = Object.entries(RULES).map(([folder, { folders, types }]) => {
    return {
      folder,
      missing: !isThere(path(`src/${folder}`)),
      arrow: types.length > 0 ? `types of ${types.join(' ')}` : folders.join(' '),
    };
  });
  expect(rows).toEqual(table);
});

test('a map that is wrong is seen', () => {
  expect(codeMap('## Code map\n```\na     one,\n      two  -> b c\nb ○   x  ->\n```\n')).toEqual([
    { folder: 'a', missing: false, arrow: 'b c' },
    { folder: 'b', missing: true, arrow: '' },
  ]);
});
