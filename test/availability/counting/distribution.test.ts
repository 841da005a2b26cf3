import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  added,
  BOUNDS,
  type Distribution,
  scaled,
  summaryOf,
} from '../../../src/availability/counting/distribution.ts';
import { timeSaved } from '../../../src/availability/counting/report.ts';
import { createReadTimes, SAMPLE_EVERY } from '../../../src/availability/counting/times.ts';

/** Milliseconds, from what a hit takes to ten seconds, as likely in each power of ten. */
const duration = fc.double({ min: -4, max: 4, noNaN: true }).map((power) => 10 ** power);

async function distributionOf(durations: readonly number[]): Promise<Distribution> {
  const times = createReadTimes();
  for (const ms of durations) times.observe('days', 'miss', ms);
  return (await times.read()).days.miss;
}

test('a percentile lies in the same bucket as what really is there', async () => {
  const percentile = fc.constantFrom(['p50', 0.5] as const, ['p95', 0.95] as const, ['p99', 0.99] as const);
  await fc.assert(
    fc.asyncProperty(fc.array(duration, { minLength: 1 }), percentile, async (durations, [name, share]) => {
      const told = summaryOf(await distributionOf(durations))[name] ?? Number.NaN;
      const sorted = durations.toSorted((a, b) => a - b);
      const real = sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
      const upper = 1_000 * (BOUNDS.find((bound) => real <= bound * 1_000) ?? Number.NaN);
      const lower = 1_000 * (BOUNDS.findLast((bound) => bound * 1_000 < upper) ?? 0);
      expect(told).toBeGreaterThanOrEqual(lower);
      expect(told).toBeLessThanOrEqual(upper * 1.000_001);
    }),
  );
});

test('distributions add up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(duration), fc.array(duration), async (first, then) => {
      const [one, two, both] = [
        await distributionOf(first),
        await distributionOf(then),
        await distributionOf([...first, ...then]),
      ];
      expect(added(one, two).counts).toEqual(both.counts);
      expect(both.count).toBe(first.length + then.length);
      expect(summaryOf(both).mean ?? 0).toBeCloseTo(
        [...first, ...then].reduce((sum, ms) => sum + ms, 0) / (both.count || 1),
        6,
      );
    }),
  );
});

test('nothing has no percentiles, and what takes longer than ten seconds counts as ten', async () => {
  expect(summaryOf(await distributionOf([]))).toEqual({
    count: 0,
    mean: null,
    p50: null,
    p95: null,
    p99: null,
  });
  expect(summaryOf(await distributionOf([60_000]))).toMatchObject({ count: 1, mean: 60_000, p50: 10_000 });
});

test('a read out of the process that was timed stands for all that were not', async () => {
  const times = createReadTimes();
  times.observe('days', 'process', 0.001);
  expect((await times.read()).days.process.count).toBe(SAMPLE_EVERY);
  expect((await times.read()).rules.process.count).toBe(0);
});

test('time is saved by every read that did not have to load, and by none before something was loaded', async () => {
  const times = createReadTimes();
  times.observe('days', 'process', 0.5);
  times.observe('days', 'shared', 2);
  expect(timeSaved({ atOnce: 100 }, (await times.read()).days)).toBe(0);
  times.observe('days', 'miss', 10);
  times.observe('days', 'miss', 20);
  expect(timeSaved({ atOnce: 100 }, (await times.read()).days)).toBeCloseTo(100 * 14.5 + 13);
});

test('a scaled distribution has the same percentiles', async () => {
  const one = await distributionOf([1, 2, 3, 500]);
  const [before, after] = [summaryOf(one), summaryOf(scaled(one, 7))];
  expect(after.count).toBe(28);
  for (const name of ['mean', 'p50', 'p95', 'p99'] as const)
    expect(after[name]).toBeCloseTo(before[name] ?? Number.NaN);
});
