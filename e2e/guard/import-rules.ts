// Who may import whom: the arrows of docs/ARCHITECTURE.md, one row per folder of src/. Whatever a row does not name is refused.
// Owns the table and nothing else; guard.ts holds the source to it.

export type Rule = {
  /** Folders of src/ that may be imported, through their `#name` entry. */
  readonly folders: readonly string[];
  /** Folders of which only types may be imported. */
  readonly types: readonly string[];
  /** npm packages (`node:` stands for Node's own modules). */
  readonly packages: readonly string[];
};

function may(folders: string, extra: { types?: string; packages?: string } = {}): Rule {
  return { folders: words(folders), types: words(extra.types), packages: words(extra.packages) };
}

function words(text = ''): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}

export const RULES: Readonly<Record<string, Rule>> = {
  base: may(''),
  arch: may('base'),
  isa: may('arch base'),
  asm: may('isa arch base'),
  language: may('asm isa arch base'),
  trap: may('arch base'),
  mmu: may('arch base'),
  cpu: may('isa trap mmu arch base'),
  devices: may('arch base'),
  hypervisor: may('cpu trap mmu devices isa arch base'),
  vmm: may('hypervisor isa mmu devices arch base'),
  project: may('arch base', { packages: 'jsonc-parser' }),
  machine: may('vmm hypervisor cpu devices trap mmu asm isa project arch base'),
  formats: may('isa arch base'),
  protocol: may('', { types: 'project arch base' }),
  session: may('machine vmm hypervisor cpu asm language formats isa arch project protocol base'),
  worker: may('session protocol', { packages: 'comlink' }),
  client: may('protocol project arch base', { packages: 'comlink react zustand' }),
  guests: may('project'),
  features: may('client ui guests project arch base', {
    packages: 'react react-dom monaco-editor @xterm/xterm @xterm/addon-fit',
  }),
  ui: may('base', { packages: 'react react-dom @fontsource/ibm-plex-mono @fontsource/ibm-plex-sans' }),
  app: may('features client ui guests project base', { packages: 'react react-dom dockview-react' }),
  cli: may('machine vmm hypervisor asm isa formats project guests arch base', { packages: 'node: jsonc-parser' }),
};

/** Tests beside the code are set up with whatever makes the shortest test, always through the public entries; Monaco for its own grammar engine. */
export const TESTS: Rule = may(Object.keys(RULES).join(' '), { packages: 'node: vitest monaco-editor' });

/** Folders whose subfolders are units of their own, with an entry each: `#arch/syndrome`. */
export const SPLIT: readonly string[] = ['arch', 'features'];

/** The only relative paths that may leave a folder, a path ending in `/` with all below it: what they reach is started or read as text, not imported as code. */
export const CROSSINGS: readonly { readonly from: string; readonly to: string }[] = [
  { from: 'src/client/', to: 'src/worker/main.ts' },
  { from: 'src/client/', to: 'src/worker/language.ts' },
  { from: 'src/client/', to: 'src/worker/language.ts' },
  { from: 'src/cli/', to: 'package.json' },
  { from: 'src/cli/', to: 'guests/' },
  { from: 'src/guests/', to: 'guests/' },
];

/** A folder of such a name has no rule for what belongs in it. */
export const NAMELESS: readonly string[] = ['shared', 'utils', 'util', 'common', 'helpers', 'helper', 'misc', 'lib'];
