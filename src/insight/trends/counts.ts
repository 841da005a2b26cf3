import type { Histogram } from '../../availability/counting/histogram.ts';
import { MISS_CAUSES } from '../../availability/counting/stats.ts';
import { type Counters, hitsIn, lagsIn, missesIn, type Period } from '../counters.ts';
import type { CurrentHealth } from '../health/current.ts';
import { usableShare } from '../health/metrics/availability.ts';
import { allReads, readsSince } from '../reads.ts';

/**
 * What a check adds to the trends, by name. Everything is a sum, a mean being two of them and a histogram one for each
 * of its ranges: so checks of several instances, of before and after a restart, or of an hour are simply added up.
 */
export type Counts = Readonly<Record<string, number>>;

export const HISTOGRAMS = ['hit_ms', 'miss_ms', 'lag_ms'] as const;
export type HistogramName = (typeof HISTOGRAMS)[number];
/** What is measured once a check. */
export const GAUGES = ['response_time_ms', 'memory_usage_mb', 'connected_clients'] as const;
export type GaugeName = (typeof GAUGES)[number];

/** All that happened in a period, and how it was at the end. Zeros are left out. */
export function countsOf(period: Period, health: Pick<CurrentHealth, 'overallStatus' | 'metrics'>): Counts {
  const { from, to } = period;
  const reads = readsSince(allReads(to.reads), allReads(from.reads));
  const ofMs = to.at - from.at;
  const counts: Record<string, number> = {
    [`status.${health.overallStatus}`]: 1,
    hits: reads.hits,
    misses: reads.misses,
    loads: reads.loads,
    of_ms: ofMs,
    up_ms: (ofMs * usableShare(period)) / 100,
    commands: (to.redis?.commands ?? 0) - (from.redis?.commands ?? 0),
    failures: failuresOf(to) - failuresOf(from),
  };
  for (const cause of MISS_CAUSES) counts[`cause.${cause}`] = reads.causes[cause];
  for (const name of GAUGES) {
    const value = health.metrics.find((one) => one.name === name)?.value;
    if (value === undefined || value === null) continue;
    counts[name] = value;
    counts[`${name}.n`] = 1;
  }
  for (const name of HISTOGRAMS) {
    const histogram = HISTOGRAM[name](period);
    histogram.counts.forEach((count, i) => {
      counts[`${name}.${histogram.bounds[i - 1] ?? 0}-${histogram.bounds[i] ?? Number.POSITIVE_INFINITY}`] =
        count;
    });
  }
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0));
}

/** A histogram as it was taken apart; the ranges in which nothing was are made up between the others. */
export function histogramOf(counts: Counts, name: HistogramName): Histogram {
  const ranges = Object.entries(counts)
    .filter(([key]) => key.startsWith(`${name}.`))
    .map(([key, count]) => ({
      range: key
        .slice(name.length + 1)
        .split('-')
        .map(Number),
      count,
    }))
    .map(({ range: [from = 0, to = 0], count }) => ({ from, to, count }))
    .sort((a, b) => a.from - b.from);
  const bounds: number[] = [];
  const inRanges: number[] = [];
  for (const { from, to, count } of ranges) {
    if (from > (bounds.at(-1) ?? 0)) {
      bounds.push(from);
      inRanges.push(0);
    }
    if (Number.isFinite(to)) bounds.push(to);
    inRanges.push(count);
  }
  return { bounds, counts: inRanges };
}

const HISTOGRAM: Readonly<Record<HistogramName, (period: Period) => Histogram>> = {
  hit_ms: hitsIn,
  miss_ms: missesIn,
  lag_ms: lagsIn,
};

function failuresOf({ redis }: Counters): number {
  return redis === undefined ? 0 : Object.values(redis.failures).reduce((sum, count) => sum + count, 0);
}
