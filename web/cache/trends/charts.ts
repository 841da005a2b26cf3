import type { Chart, Line } from '../chart/chart.ts';
import type { MissCause, Status, TrendPoint, Trends } from '../wire.ts';
import { type Stretches, stretchesOf } from './stretches.ts';
import { type Say, summaries } from './summaries.ts';

/** A colour each, the ones that one should look at far apart. */
const CAUSES: Readonly<Record<MissCause, `--${string}`>> = {
  cold: '--data-3',
  expired: '--data-2',
  too_old: '--data-1',
  evicted: '--data-4',
  undecodable: '--data-5',
  not_following: '--data-6',
  away: '--data-7',
};
const LEVELS: readonly Status[] = ['unknown', 'healthy', 'warning', 'critical'];
const STATES = { unknown: '--data-7', healthy: '--good', warning: '--warn', critical: '--bad' } as const;
/** Not nothing: somebody looked. */
const LOWEST_LEVEL = 0.3;

/** All charts of the trends. `now` in epoch ms: the right end, unless something is measured after it. */
export function trendCharts(trends: Trends, now: number, say: Say): Chart[] {
  const { words, states, figures } = say;
  const stretches = stretchesOf(trends);
  const { times } = stretches;
  const end = Math.max(now / 1_000, (times.at(-1) ?? 0) + trends.resolution_minutes * 60);
  const told = summaries(trends, say);
  const all = { times, range: [end - trends.period_hours * 3_600, end], group: 'trends' } as const;
  const line = lineOf(stretches);
  const { latencyLines: latency } = words;
  return [
    {
      ...all,
      id: 'hit-rate',
      title: words.hitRate,
      summary: told.hitRate,
      scale: 'percent',
      write: figures.percent,
      lines: [line(words.hitRate, '--data-1', 'area', (point) => point.hit_rate)],
    },
    {
      ...all,
      id: 'latency',
      title: words.latency,
      summary: told.latency,
      scale: 'log',
      write: figures.milliseconds,
      lines: [
        line(latency.hit50, '--data-1', 'line', (point) => positive(point.hit_ms.p50)),
        line(latency.hit99, '--data-1', 'dashed', (point) => positive(point.hit_ms.p99)),
        line(latency.miss50, '--data-2', 'line', (point) => positive(point.miss_ms.p50)),
        line(latency.miss99, '--data-2', 'dashed', (point) => positive(point.miss_ms.p99)),
      ],
    },
    {
      ...all,
      id: 'misses',
      title: words.misses,
      summary: told.misses,
      scale: 'stacked',
      write: figures.count,
      lines: causes().map((cause) =>
        line(words.causes[cause], CAUSES[cause], 'bars', (point) => point.misses_by_cause[cause]),
      ),
    },
    {
      ...all,
      id: 'memory',
      title: words.memory,
      summary: told.memory,
      scale: 'zero',
      write: (value) => figures.measured(value, 'MB'),
      lines: [line(words.memory, '--data-5', 'area', (point) => point.memory_mb)],
    },
    {
      ...all,
      id: 'lag',
      title: words.lag,
      summary: told.lag,
      scale: 'zero',
      write: figures.milliseconds,
      lines: [line(words.lagLine, '--data-4', 'line', (point) => point.invalidation_lag_ms)],
    },
    {
      ...all,
      id: 'checks',
      title: words.checks,
      summary: told.checks,
      scale: 'levels',
      write: (level) => states[LEVELS[Math.round(level)] ?? 'unknown'],
      lines: LEVELS.map((status, i) =>
        line(states[status], STATES[status], 'bars', (point) =>
          point.status === status ? Math.max(LOWEST_LEVEL, i) : null,
        ),
      ),
    },
  ];
}

/** In the order in which the bars stand on each other. */
function causes(): MissCause[] {
  return Object.keys(CAUSES).filter((name): name is MissCause => name in CAUSES);
}

function lineOf({ points }: Stretches) {
  return (
    label: string,
    colour: Line['colour'],
    shape: Line['shape'],
    pick: (point: TrendPoint) => number | null,
  ): Line => ({ label, colour, shape, values: points.map((point) => (point ? pick(point) : null)) });
}

/** A logarithm has no place for zero. */
function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}
