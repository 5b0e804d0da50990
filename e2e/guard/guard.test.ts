// The guard over the real tree, and the proof that it fires: trees with one planted violation each, for every tool that holds the house's
// rules (the import table, the compiler's environments, Biome).
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, describe as group, test } from 'vitest';
import { describe, guard } from './guard.ts';
import { RULES } from './import-rules.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const planted: string[] = [];
afterAll(() => {
  for (const folder of planted) rmSync(folder, { recursive: true });
});

/** A tree of its own with these files and the project's package.json. */
function plant(sources: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-guard-'));
  planted.push(folder);
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test('the source keeps to the import table', () => {
  expect(guard(ROOT).map(describe)).toEqual([]);
});

test('the import table and the entries in package.json name the same folders', () => {
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { imports: Record<string, string> };
  const entries = Object.keys(imports).map((name) => name.slice(1).replace('/*', ''));
  // The programs are at the top: nothing imports them.
  expect([...entries, 'app', 'cli', 'worker'].sort()).toEqual(Object.keys(RULES).sort());
});

test('the import table has no cycle', () => {
  const below = (folder: string, seen: readonly string[]): readonly string[] =>
    seen.includes(folder)
      ? [folder]
      : [...(RULES[folder]?.folders ?? []), ...(RULES[folder]?.types ?? [])].flatMap((next) => below(next, [...seen, folder]));
  expect(Object.keys(RULES).flatMap((folder) => below(folder, []))).toEqual([]);
});

group('a planted violation is reported', () => {
  /** One file; the expected report, or nothing. */
  function check(path: string, text: string, expected: string | undefined): void {
    expect(guard(plant({ [path]: text })).map(describe)).toEqual(expected === undefined ? [] : [expected]);
  }

  test.each<[string, string, string | undefined]>([
    ['src/trap/a.ts', "import { bits64 } from '#base';", undefined],
    ['src/trap/a.ts', "import { run } from '#cpu';", "src/trap/a.ts:1: trap may not import '#cpu' [folder]"],
    ['src/trap/a.ts', "\nimport type { Cpu } from '#cpu';", "src/trap/a.ts:2: trap may not import '#cpu' [folder]"],
    ['src/trap/a.ts', "export { run } from '#cpu';", "src/trap/a.ts:1: trap may not import '#cpu' [folder]"],
    ['src/trap/a.ts', "const later = import('#cpu');", "src/trap/a.ts:1: trap may not import '#cpu' [folder]"],
    ['src/trap/a.ts', "const later = import('#' + name);", "src/trap/a.ts:1: trap may not import '(computed)' [package]"],
    ['src/trap/a.ts', "type Cpu = import('#cpu').Cpu;", "src/trap/a.ts:1: trap may not import '#cpu' [folder]"],
    ['src/trap/a.ts', "import { readFileSync } from 'node:fs';", "src/trap/a.ts:1: trap may not import 'node:fs' [package]"],
    ['src/trap/a.ts', "import react from 'react';", "src/trap/a.ts:1: trap may not import 'react' [package]"],
    [
      'src/trap/a.ts',
      "import { trap } from '#trap';",
      "src/trap/a.ts:1: '#trap' is this folder's own entry: import the file itself [private]",
    ],
    [
      'src/cpu/a.ts',
      "import { x } from '#isa/a64';",
      "src/cpu/a.ts:1: '#isa/a64' is not an entry: package.json names those [private]",
    ],
    [
      'src/cpu/a.ts',
      "import { x } from '../trap/route.ts';",
      "src/cpu/a.ts:1: '../trap/route.ts' leaves src/cpu: other folders are reached through their # entry [private]",
    ],
    ['src/cpu/a.ts', "import './engine/reference.ts';", undefined],
    ['src/cpu/a.ts', "import { x } from '#arch/syndrome';", undefined],
    ['src/cpu/a.ts', "import { x } from '#arch';", "src/cpu/a.ts:1: '#arch' is not an entry: package.json names those [private]"],
    [
      'src/cpu/a.ts',
      "import { x } from '#arch/syndrome/iss';",
      "src/cpu/a.ts:1: '#arch/syndrome/iss' is not an entry: package.json names those [private]",
    ],
    [
      'src/arch/syndrome/a.ts',
      "import { x } from '../sysreg/x.ts';",
      "src/arch/syndrome/a.ts:1: '../sysreg/x.ts' leaves src/arch/syndrome: other folders are reached through their # entry [private]",
    ],
    ['src/arch/syndrome/a.ts', "import { x } from '#arch/sysreg';", undefined],
    [
      'src/features/exit-log/a.tsx',
      "import { x } from '#features/registers';",
      'src/features/exit-log/a.tsx:1: a feature never imports a feature [folder]',
    ],
    [
      'src/features/exit-log/a.tsx',
      "import { x } from '../registers/x.ts';",
      "src/features/exit-log/a.tsx:1: '../registers/x.ts' leaves src/features/exit-log: other folders are reached through their # entry [private]",
    ],
    [
      'src/features/exit-log/a.tsx',
      "import { x } from '#machine';",
      "src/features/exit-log/a.tsx:1: features may not import '#machine' [folder]",
    ],
    ['src/app/a.tsx', "const Log = lazy(() => import('#features/exit-log'));", undefined],
    ['src/protocol/a.ts', "import type { Program } from '#project';", undefined],
    [
      'src/protocol/a.ts',
      "import { type Program } from '#project';",
      "src/protocol/a.ts:1: protocol may import only types from '#project' [type-only]",
    ],
    ['src/ui/a.tsx', "import { x } from '#arch/sysreg';", "src/ui/a.tsx:1: ui may not import '#arch/sysreg' [folder]"],
    ['src/client/a.ts', "new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });", undefined],
    [
      'src/client/a.ts',
      "new URL('../worker/inside.ts', import.meta.url);",
      "src/client/a.ts:1: '../worker/inside.ts' leaves src/client: other folders are reached through their # entry [private]",
    ],
    ['src/cli/a.ts', "import { version } from '../../package.json' with { type: 'json' };", undefined],
    [
      'src/cpu/a.test.ts',
      "import { assemble } from '#asm';\nimport { test } from 'vitest';\nimport { readFileSync } from 'node:fs';",
      undefined,
    ],
    [
      'src/cpu/a.test.ts',
      "import { assemble } from '../asm/assemble.ts';",
      "src/cpu/a.test.ts:1: '../asm/assemble.ts' leaves src/cpu: other folders are reached through their # entry [private]",
    ],
    ['src/cpu/utils/a.ts', '', "src/cpu/utils/a.ts: a folder called 'utils' has no rule for what belongs in it [nameless]"],
    ['src/guests/a.ts', "import text from '../../guests/hello.s?raw';", undefined],
    ['src/cpu/Big/a.ts', '', "src/cpu/Big/a.ts: the folder 'Big' is not in kebab-case [name]"],
    ['src/ui/BitField.tsx', '', "src/ui/BitField.tsx: 'BitField' is not in kebab-case [name]"],
    ['src/extras/a.ts', '', "src/extras/a.ts: no row in import-rules.ts says what 'extras' may import [unknown-folder]"],
    ['src/a.ts', '', 'src/a.ts: no row in import-rules.ts says what src itself may import [unknown-folder]'],
  ])('%s: %s', check);

  test('a file that does not parse', () => {
    expect(guard(plant({ 'src/cpu/a.ts': 'import {' })).map(({ file, kind }) => `${file} ${kind}`)).toEqual([
      'src/cpu/a.ts syntax',
    ]);
  });
});

/** Runs one of the project's tools in `folder`; its output, whatever its status. */
function tool(name: string, args: readonly string[], folder: string): string {
  try {
    return execFileSync(join(ROOT, 'node_modules/.bin', name), args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

group('environments are held by the compiler', () => {
  /** Compiles one file under the project's own configuration of its environment; the names that it may not use. */
  function check(config: string, path: string, text: string, expected: readonly string[]): void {
    const folder = plant({ [path]: text });
    copyFileSync(join(ROOT, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
    const { references: _, ...own } = JSON.parse(readFileSync(join(ROOT, config), 'utf8')) as Record<string, unknown>;
    writeFileSync(join(folder, config), JSON.stringify(own));
    mkdirSync(join(folder, 'src/base'), { recursive: true });
    copyFileSync(join(ROOT, 'src/base/runtime.d.ts'), join(folder, 'src/base/runtime.d.ts'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const output = tool(
      'tsc',
      ['-p', config, '--noEmit', '--emitDeclarationOnly', 'false', '--composite', 'false', '--incremental', 'false'],
      folder,
    );
    const refused = output
      .split('\n')
      .filter((line) => line.includes('error'))
      .map(
        (line) =>
          /^\S+\(\d+,\d+\): error TS2(?:304|584|591|580|868|503): Cannot find (?:name|namespace) '(\w+)'/.exec(line)?.[1] ?? line,
      );
    expect(refused).toEqual(expected);
  }

  const uses = (names: readonly string[]) => `export const used: unknown[] = [${names.join(', ')}];\n`;
  const beyond = [
    'document',
    'window',
    'process',
    'Buffer',
    'setTimeout',
    'console',
    'performance',
    'fetch',
    'Worker',
    'navigator',
  ];

  test('core: no environment at all', () => check('tsconfig.core.json', 'src/trap/a.ts', uses(beyond), beyond));
  test('core: WebAssembly and text coding as declared in base', () => {
    const text = `
      const memory = new WebAssembly.Memory({ initial: 1 });
      const instance = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(8)), { host: { memory, read: (at: bigint) => at } });
      export const used = [memory.buffer.byteLength, instance.exports, new TextDecoder().decode(new TextEncoder().encode('x'))];\n`;
    check('tsconfig.core.json', 'src/cpu/a.ts', text, []);
  });
  test('worker: no document', () =>
    check('tsconfig.worker.json', 'src/worker/a.ts', uses(['document', 'process', 'postMessage']), ['document', 'process']));
  test('app: no Node', () =>
    check('tsconfig.app.json', 'src/app/a.ts', uses(['process', 'Buffer', 'document']), ['process', 'Buffer']));
});

group('what Biome holds', () => {
  const config = readFileSync(join(ROOT, 'biome.json'), 'utf8');

  /** The rules that fire on these files. */
  function check(sources: Readonly<Record<string, string>>, expected: readonly string[]): void {
    const { vcs: _, ...own } = JSON.parse(config) as Record<string, unknown>;
    const folder = plant({ ...sources, 'biome.json': JSON.stringify({ ...own, $schema: undefined }) });
    const output = tool('biome', ['lint', '--reporter=json', 'src'], folder);
    const { diagnostics } = JSON.parse(output.split('\n', 1)[0] ?? '') as { diagnostics: { category: string }[] };
    expect([...new Set(diagnostics.map(({ category }) => category))].sort()).toEqual(expected);
  }

  test('cycles, also through # entries', () =>
    check(
      {
        'src/trap/index.ts': "import { b } from '#mmu';\nexport const a = () => b;\n",
        'src/mmu/index.ts': "export { b } from './b.ts';\n",
        'src/mmu/b.ts': "import { a } from '#trap';\nexport const b = () => a;\n",
      },
      ['lint/suspicious/noImportCycles'],
    ));
  test('export *', () =>
    check({ 'src/trap/a.ts': "export * from './b.ts';\n", 'src/trap/b.ts': 'export const b = 1;\n' }, [
      'lint/performance/noReExportAll',
    ]));
  test('default exports', () => check({ 'src/trap/a.ts': 'export default 1;\n' }, ['lint/style/noDefaultExport']));
  test('file names', () => check({ 'src/trap/BadName.ts': 'export const a = 1;\n' }, ['lint/style/useFilenamingConvention']));
  test('a clean file', () => check({ 'src/trap/a.ts': 'export const a = 1;\n' }, []));
});
