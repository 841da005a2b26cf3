import { defineConfig } from 'vitest/config';

/** Of `npm run soak`, which sets SOAK_MINUTES and SOAK_SEED. */
export default defineConfig({
  test: {
    include: ['test/freshness/soak/*.soak.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    testTimeout: 0,
    hookTimeout: 120_000,
    disableConsoleIntercept: true,
  },
});
