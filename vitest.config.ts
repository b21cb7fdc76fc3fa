import { defineConfig } from 'vitest/config';

/** Unit, property and integration tests on Node 24. What needs the packaged window is in vitest.e2e.config.ts. */
export default defineConfig({
  test: {
    include: ['{shared,electron,renderer}/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'node_modules/**', 'out/**', 'dist/**', '.cache/**'],
    environment: 'node',
    // Opening a real file derives keys: seconds on a busy machine, before every test of a depot.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
  },
});
