// The two builds. Without flags: the web app into dist/. With `--ssr src/cli/main.ts`: the command, one self-contained file, into
// dist-cli/trapscope.js. Also owns the Content-Security-Policy and the licence texts that go out with the app.
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/** WebAssembly is compiled (hot guest code); Monaco and xterm write style elements; everything comes from the own origin. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

/** The policy in the built page, first in its head. The development server is left without: it puts scripts into the page. */
const policyInPage: Plugin = {
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

/** What the licences ask to accompany the app; the bundled packages' own texts are written by build.license. */
const licences: Plugin = {
  name: 'licences',
  apply: 'build',
  generateBundle() {
    const texts = {
      'licences/LICENSE.txt': 'LICENSE',
      'licences/NOTICE.txt': 'NOTICE',
      'licences/monaco-editor.txt': 'node_modules/monaco-editor/ThirdPartyNotices.txt',
      'licences/ibm-plex-mono.txt': 'node_modules/@fontsource/ibm-plex-mono/LICENSE',
      'licences/ibm-plex-sans.txt': 'node_modules/@fontsource/ibm-plex-sans/LICENSE',
    };
    for (const [fileName, path] of Object.entries(texts)) this.emitFile({ type: 'asset', fileName, source: readFileSync(path) });
  },
};

const app: UserConfig = {
  // Relative, so that the built app works under any path of any static host.
  base: './',
  plugins: [react(), policyInPage, licences],
  build: {
    outDir: 'dist',
    target: 'es2023',
    // The policy has no data: but for images; a font or style in a data: URL would be refused.
    assetsInlineLimit: 0,
    license: { fileName: 'licences/packages.md' },
  },
  // No module of the core does anything by being imported: what a worker does not use stays out of it.
  worker: { format: 'es', rolldownOptions: { treeshake: { moduleSideEffects: false } } },
  preview: { headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY } },
};

const command: UserConfig = {
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    outDir: 'dist-cli',
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'trapscope.js', codeSplitting: false, banner: '#!/usr/bin/env node' } },
  },
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? command : app));
