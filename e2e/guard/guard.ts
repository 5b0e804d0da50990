// Holds a tree of sources to import-rules.ts: reads every import of every file under src/ and reports what the table does not allow,
// together with names that break the house's naming. Cycles, default exports and `export *` are Biome's; environments are the compiler's.
// Knows files and import specifiers only, nothing of what the code does.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'vite';
import { CROSSINGS, NAMELESS, RULES, type Rule, SPLIT, TESTS } from './import-rules.ts';

export type Violation = {
  /** Path from the root, with `/`. */
  readonly file: string;
  /** Counted from 1; 0 where the file's own name is at fault. */
  readonly line: number;
  readonly kind: 'folder' | 'type-only' | 'package' | 'private' | 'nameless' | 'name' | 'unknown-folder' | 'syntax';
  readonly message: string;
};

type Import = { readonly specifier: string; readonly typeOnly: boolean; readonly offset: number };

/** Every violation under `root`/src, in the order of the files. */
export function guard(root: string): readonly Violation[] {
  const entries: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports;
  const names = new Set(Object.keys(entries as Record<string, string>));
  const violations: Violation[] = [];
  for (const file of files(root, 'src')) {
    violations.push(...nameViolations(file));
    if (/\.(ts|tsx)$/.test(file)) violations.push(...importViolations(root, file, names));
  }
  return violations;
}

/** Reads like a compiler's message: `src/a/b.ts:3: …`. */
export function describe({ file, line, kind, message }: Violation): string {
  return `${file}${line > 0 ? `:${line}` : ''}: ${message} [${kind}]`;
}

function files(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? files(root, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));
}

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function nameViolations(file: string): readonly Violation[] {
  const parts = file.split('/');
  const stem = parts.pop()?.split('.', 1)[0] ?? '';
  const found: Violation[] = [];
  const at = { file, line: 0 };
  for (const part of parts) {
    if (!KEBAB.test(part)) found.push({ ...at, kind: 'name', message: `the folder '${part}' is not in kebab-case` });
    if (NAMELESS.includes(part))
      found.push({ ...at, kind: 'nameless', message: `a folder called '${part}' has no rule for what belongs in it` });
  }
  if (!KEBAB.test(stem)) found.push({ ...at, kind: 'name', message: `'${stem}' is not in kebab-case` });
  const folder = parts[1];
  if (folder === undefined || !Object.hasOwn(RULES, folder)) {
    found.push({
      ...at,
      kind: 'unknown-folder',
      message: `no row in import-rules.ts says what ${folder === undefined ? 'src itself' : `'${folder}'`} may import`,
    });
  }
  return found;
}

function importViolations(root: string, file: string, names: ReadonlySet<string>): readonly Violation[] {
  const source = readFileSync(join(root, file), 'utf8');
  const parsed = parseSync(file, source);
  const broken = parsed.errors[0];
  if (broken !== undefined) return [{ file, line: 0, kind: 'syntax', message: broken.message }];
  const imports: Import[] = [];
  collect(parsed.program, imports);
  return imports.flatMap((found) => {
    const violation = judge(file, found, names);
    return violation === undefined ? [] : [{ file, line: source.slice(0, found.offset).split('\n').length, ...violation }];
  });
}

/** Whatever names another module: imports, exports from, import(), type imports, `new URL('./…', import.meta.url)`. */
function collect(node: unknown, into: Import[]): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, into);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, source, importKind, exportKind, callee, arguments: args, start } = node as Record<string, unknown>;
  const text = literal(source);
  if (text !== undefined) {
    // `import { type A }` does not count: under verbatimModuleSyntax it still loads the module.
    const typeOnly = importKind === 'type' || exportKind === 'type' || type === 'TSImportType';
    into.push({ specifier: text, typeOnly, offset: Number(start) });
  } else if (type === 'ImportExpression') {
    into.push({ specifier: '(computed)', typeOnly: false, offset: Number(start) });
  } else if (type === 'NewExpression' && identifier(callee) === 'URL' && Array.isArray(args) && args.length === 2) {
    const path = literal(args[0]);
    if (path?.startsWith('.')) into.push({ specifier: path, typeOnly: false, offset: Number(start) });
  }
  for (const child of Object.values(node)) collect(child, into);
}

function literal(node: unknown): string | undefined {
  const { type, value } = (node ?? {}) as Record<string, unknown>;
  return type === 'Literal' && typeof value === 'string' ? value : undefined;
}

function identifier(node: unknown): unknown {
  return (node as Record<string, unknown> | undefined)?.name;
}

function judge(
  file: string,
  { specifier, typeOnly }: Import,
  names: ReadonlySet<string>,
): Pick<Violation, 'kind' | 'message'> | undefined {
  const folder = folderOf(file);
  // A fixture is set up for tests as a test is, and tests of other folders may stand on it.
  const testing = /\.(test|bench|fixture)\.tsx?$/.test(file);
  const rule: Rule | undefined = testing ? TESTS : RULES[folder];
  if (rule === undefined) return undefined;
  const path = specifier.replace(/\?.*$/, '');

  if (path.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(file), path));
    if (unitOf(target) === unitOf(file) || (testing && (target.endsWith('.fixture.ts') || target.startsWith('guests/'))))
      return undefined;
    if (CROSSINGS.some(({ from, to }) => file.startsWith(from) && (to.endsWith('/') ? target.startsWith(to) : target === to)))
      return undefined;
    return { kind: 'private', message: `'${specifier}' leaves ${unitOf(file)}: other folders are reached through their # entry` };
  }
  if (path.startsWith('#')) {
    const [target = '', ...rest] = path.slice(1).split('/');
    const entry = SPLIT.includes(target) ? rest.length === 1 && names.has(`#${target}/*`) : rest.length === 0 && names.has(path);
    if (!entry) return { kind: 'private', message: `'${specifier}' is not an entry: package.json names those` };
    if (target === folder) {
      if (!SPLIT.includes(folder))
        return { kind: 'private', message: `'${specifier}' is this folder's own entry: import the file itself` };
      return folder === 'features' && rule !== TESTS
        ? { kind: 'folder', message: 'a feature never imports a feature' }
        : undefined;
    }
    if (rule.folders.includes(target)) return undefined;
    if (!rule.types.includes(target)) return { kind: 'folder', message: `${folder} may not import '${specifier}'` };
    return typeOnly ? undefined : { kind: 'type-only', message: `${folder} may import only types from '${specifier}'` };
  }
  const name = path.startsWith('node:') ? 'node:' : path.split('/', path.startsWith('@') ? 2 : 1).join('/');
  return rule.packages.includes(name) ? undefined : { kind: 'package', message: `${folder} may not import '${specifier}'` };
}

function folderOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** What relative imports stay within: a folder of src/, or a subfolder of one that is split. */
function unitOf(file: string): string {
  const parts = file.split('/');
  return parts.slice(0, SPLIT.includes(folderOf(file)) && parts.length > 3 ? 3 : 2).join('/');
}
