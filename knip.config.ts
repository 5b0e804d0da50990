// Dead code: files, exports and packages that nothing reaches from the programs and the tests.
import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'src/worker/main.ts',
    'src/cli/main.ts',
    // Found by import.meta.glob.
    'src/cli/{asm,disasm,esr,run,vmm,bench}.ts',
    'e2e/*/main.ts',
    'e2e/bench/page.ts',
    'e2e/oracles/*/main.ts',
    'e2e/bench/*.ts',
  ],
  project: ['src/**/*.{ts,tsx,css}', 'e2e/**/*.{ts,mjs}', '*.config.ts'],
  ignoreExportsUsedInFile: { type: true, interface: true },
  // An entry also names the types that its functions' signatures are made of.
  ignoreIssues: { 'src/**/index.ts': ['types'] },
  ignoreBinaries: ['apt-get'],
  // What a style sheet takes from packages (fonts), as imports.
  compilers: {
    css: (text: string) =>
      [...text.matchAll(/url\("?(@[^")]+)"?\)|@import\s+"([^"]+)"/g)]
        .map(([, url, sheet]) => `import '${url ?? sheet}';`)
        .join('\n'),
  },
};

export default config;
