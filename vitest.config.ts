// The tests that run in Node: beside the code (src), and e2e/ but for the browser's (Playwright) and the conformance sets (npm run conformance).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['src/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'], testTimeout: 60_000 },
});
