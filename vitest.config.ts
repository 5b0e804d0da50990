import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['src/**/*.test.{ts,tsx}', 'e2e/conformance/**/*.test.ts', 'e2e/guard/**/*.test.ts'], testTimeout: 60_000 },
});
