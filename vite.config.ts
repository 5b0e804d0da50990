// The two builds. Without flags: the web app into dist/. With `--ssr`: the command, one self-contained file, into dist-cli/trapscope.js.
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

const app: UserConfig = {
  plugins: [react()],
  build: { outDir: 'dist', target: 'es2023' },
  worker: { format: 'es' },
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
