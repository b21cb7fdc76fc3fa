import { defineConfig } from 'vitest/config';

/** Unit, property and integration tests on Node 24. What needs the packaged window is in vitest.e2e.config.ts. */
export default defineConfig({
  test: {
    include: ['{shared,electron,renderer}/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'node_modules/**', 'out/**', 'dist/**', '.cache/**'],
    environment: 'node',
    testTimeout: 30_000,
    passWithNoTests: true,
  },
});
