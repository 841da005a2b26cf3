import { quantile, sum } from './histogram.ts';

/** In seconds, 1, 2 and 5 of each power of ten from 0.1 µs to 10 s: the same everywhere, so that they can be added up. */
export const BOUNDS: readonly number[] = [-7, -6, -5, -4, -3, -2, -1, 0]
  .flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))
  .concat(10);

/** How long many things took: how many of them fell between two of the bounds, and all of them together. */
export interface Distribution {
  /** Up to each of `BOUNDS`, and beyond the last. */
  readonly counts: readonly number[];
  /** Milliseconds. */
  readonly sum: number;
  readonly count: number;
}

/** Milliseconds; null where there was nothing. */
export interface Summary {
  readonly count: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export function noDistribution(): Distribution {
  return { counts: new Array<number>(BOUNDS.length + 1).fill(0), sum: 0, count: 0 };
}

export function scaled({ counts, sum, count }: Distribution, by: number): Distribution {
  return { counts: counts.map((one) => one * by), sum: sum * by, count: count * by };
}

export function added(...all: readonly Distribution[]): Distribution {
  return all.reduce(
    (a, b) => ({
      counts: sum(a.counts, b.counts),
      sum: a.sum + b.sum,
      count: a.count + b.count,
    }),
    noDistribution(),
  );
}

export function summaryOf(distribution: Distribution): Summary {
  const { counts, count, sum } = distribution;
  const percentile = (share: number) => {
    const seconds = quantile({ bounds: BOUNDS, counts }, share);
    return seconds === undefined ? null : 1_000 * seconds;
  };
  return {
    count,
    mean: count === 0 ? null : sum / count,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
  };
}
