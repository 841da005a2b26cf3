import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // Test files wait for Postgres more than they compute: one more than the two cores of a small machine.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Nothing may keep a finished run alive.
    teardownTimeout: 10_000,
  },
});
