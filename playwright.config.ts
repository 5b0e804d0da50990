// Browser tests: the built app, served by `vite preview`, in the system's Chromium. No browser is downloaded.
import { defineConfig } from '@playwright/test';
import { program } from './e2e/setup/programs.ts';

// A port of its own for each run, kept for the worker processes, which read this file too: several runs may go on side by side.
process.env.TRAPSCOPE_PORT ??= String(20_000 + Math.floor(Math.random() * 10_000));
const baseURL = `http://127.0.0.1:${process.env.TRAPSCOPE_PORT}/`;

/** No sandbox as root, where Chromium has none; no traffic of the browser's own. */
const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: 'e2e/browser',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  // A busy machine is slow, not wrong: patience, and a second try, which the summary tells.
  expect: { timeout: 15_000 },
  retries: 1,
  globalTimeout: 15 * 60_000,
  reporter: 'list',
  use: {
    baseURL,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: program('chromium'), args: CHROMIUM_FLAGS },
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${process.env.TRAPSCOPE_PORT} --strictPort`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
