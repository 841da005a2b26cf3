import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Histogram,
  highest,
  quantile,
  since,
  sum,
} from '../../../src/availability/counting/histogram.ts';

const BOUNDS = [1, 2, 5, 10, 50, 100];
const measurements = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 200 });

function histogramOf(values: readonly number[]): Histogram {
  const counts = Array.from({ length: BOUNDS.length + 1 }, () => 0);
  for (const value of values) {
    const range = BOUNDS.findIndex((bound) => value <= bound);
    counts[range] = (counts[range] ?? 0) + 1;
  }
  return { bounds: BOUNDS, counts };
}

/** The bounds between which the value lies. */
function rangeOf(value: number): [number, number] {
  const range = BOUNDS.findIndex((bound) => value <= bound);
  return [BOUNDS[range - 1] ?? 0, BOUNDS[range] ?? Number.POSITIVE_INFINITY];
}

test('a quantile lies in the range of the measurement that it is', () => {
  fc.assert(
    fc.property(measurements, fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1), (values, share) => {
      const sorted = [...values].sort((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
      const [low, high] = rangeOf(exact);
      const estimate = quantile(histogramOf(values), share) ?? Number.NaN;
      expect(estimate).toBeGreaterThanOrEqual(low);
      expect(estimate).toBeLessThanOrEqual(high);
    }),
  );
});

test('nothing that was measured is above the highest', () => {
  fc.assert(
    fc.property(measurements, (values) => {
      expect(Math.max(...values)).toBeLessThanOrEqual(highest(histogramOf(values)) ?? Number.NaN);
    }),
  );
});

test('what was counted before and since is what was counted altogether', () => {
  fc.assert(
    fc.property(measurements, measurements, (before, after) => {
      const [first, all] = [histogramOf(before).counts, histogramOf([...before, ...after]).counts];
      expect(since(all, first)).toEqual(histogramOf(after).counts);
      expect(sum(first, histogramOf(after).counts)).toEqual(all);
    }),
  );
});

test('of nothing there is no quantile and no highest; above the last bound it is that bound', () => {
  expect(quantile({ bounds: [1, 2], counts: [0, 0, 0] }, 0.5)).toBeUndefined();
  expect(highest({ bounds: [1, 2], counts: [0, 0, 0] })).toBeUndefined();
  expect(quantile({ bounds: [1, 2], counts: [0, 0, 9] }, 0.5)).toBe(2);
  expect(highest({ bounds: [1, 2], counts: [0, 0, 9] })).toBe(Number.POSITIVE_INFINITY);
});
