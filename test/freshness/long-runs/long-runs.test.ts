import fc from 'fast-check';
import { test } from 'vitest';
import { createRun } from './run.ts';
import { step } from './steps.ts';

/** More of them, by hand: MODEL_RUNS=20000 npx vitest run test/freshness/long-runs */
const RUNS = Number(process.env.MODEL_RUNS ?? 600);

/**
 * What a read may not fall behind is fixed when it is asked: the instance's own acknowledged writes and what it
 * has heard of; for a strong read, and while it does not follow, everything.
 */
test('no read is behind what its instance had to know when it was asked', async () => {
  const runs = fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
    const run = createRun();
    for (const step of steps) await run.perform(step);
    await run.end();
  });
  await fc.assert(runs, { numRuns: RUNS });
}, 1_200_000);
