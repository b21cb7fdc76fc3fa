import { defineConfig } from 'vitest/config';

/** Tests that drive the packaged window: one after another, since each starts a whole program on one display. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: 'tests/e2e/support/folders.ts',
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
