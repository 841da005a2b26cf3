import type { trendWords } from '../../words/cache/trends.ts';
import type { Figures } from '../frame/figures.ts';
import type { MissCause, Status, TrendPoint, Trends } from '../wire.ts';
import { extreme } from './stretches.ts';

/** What a sentence is made with. */
export interface Say {
  readonly words: (typeof trendWords)['en'];
  readonly states: Readonly<Record<Status, string>>;
  readonly figures: Figures;
  /** An instant, in RFC 3339, as people say it. */
  readonly when: (at: string) => string;
}

/** What each chart shows, in a sentence. */
export function summaries(trends: Trends, say: Say) {
  return {
    hitRate: ofHitRate(trends, say),
    latency: ofLatency(trends, say),
    misses: ofMisses(trends, say),
    memory: ofMemory(trends, say),
    lag: ofLag(trends, say),
    checks: ofChecks(trends, say),
  };
}

function ofHitRate({ points }: Trends, { words, figures, when }: Say): string {
  const hits = sum(points, (point) => point.hits);
  const all = hits + sum(points, (point) => point.misses);
  const lowest = extreme(points, (point) => point.hit_rate, 'least');
  if (lowest === undefined || all === 0) return words.nothing;
  const mean = figures.percent((100 * hits) / all);
  return words.hitRateSummary(mean, figures.percent(lowest.value), when(lowest.at));
}

function ofLatency({ points }: Trends, { words, figures, when }: Say): string {
  const slowest = extreme(points, ({ hit_ms, miss_ms }) => miss_ms.p99 ?? hit_ms.p99, 'most');
  if (slowest === undefined) return words.nothing;
  const last = (pick: (point: TrendPoint) => number | null) =>
    points.map(pick).findLast((each) => each !== null) ?? null;
  const [hit, miss] = [last(({ hit_ms }) => hit_ms.p50), last(({ miss_ms }) => miss_ms.p50)];
  const { latencySummary } = words;
  return [
    hit !== null && latencySummary.hits(figures.milliseconds(hit)),
    miss !== null && latencySummary.misses(figures.milliseconds(miss)),
    latencySummary.slowest(figures.milliseconds(slowest.value), when(slowest.at)),
  ]
    .filter(Boolean)
    .join(' ');
}

function ofMisses({ points }: Trends, { words, figures }: Say): string {
  if (points.length === 0) return words.nothing;
  const totals = new Map<MissCause, number>();
  for (const { misses_by_cause } of points)
    for (const cause of causesOf(misses_by_cause))
      totals.set(cause, (totals.get(cause) ?? 0) + misses_by_cause[cause]);
  const all = [...totals.values()].reduce((total, count) => total + count, 0);
  const [first] = [...totals].sort(([, a], [, b]) => b - a);
  if (first === undefined || all === 0) return words.noMisses;
  const [cause, count] = first;
  return words.missesSummary(figures.count(all), words.causes[cause], figures.percent((100 * count) / all));
}

function causesOf(misses: TrendPoint['misses_by_cause']): MissCause[] {
  return Object.keys(misses).filter((name): name is MissCause => name in misses);
}

function ofMemory({ points }: Trends, { words, figures, when }: Say): string {
  const most = extreme(points, (point) => point.memory_mb, 'most');
  const last = points.findLast((point) => point.memory_mb !== null)?.memory_mb ?? null;
  if (most === undefined || last === null) return words.nothing;
  const mega = (value: number) => figures.measured(value, 'MB');
  return words.memorySummary(mega(last), mega(most.value), when(most.at));
}

function ofLag({ points }: Trends, { words, figures, when }: Say): string {
  const most = extreme(points, (point) => point.invalidation_lag_ms, 'most');
  if (most === undefined) return points.length === 0 ? words.nothing : words.noLag;
  return words.lagSummary(figures.milliseconds(most.value), when(most.at));
}

function ofChecks({ total_checks, status_distribution, uptime_percentage }: Trends, say: Say): string {
  const { words, figures } = say;
  if (total_checks === 0) return words.nothing;
  const rest = (['warning', 'critical', 'unknown'] as const)
    .filter((status) => status_distribution[status] > 0)
    .map((status) => words.checksRest[status](figures.count(status_distribution[status])));
  const besides = rest.length === 0 ? '' : `; ${rest.join(', ')}`;
  const { healthy } = status_distribution;
  const uptime = uptime_percentage === null ? '' : words.uptime(figures.percent(uptime_percentage));
  return `${words.checksSummary(figures.count(healthy), figures.count(total_checks), besides)}${uptime}`;
}

function sum(points: readonly TrendPoint[], pick: (point: TrendPoint) => number): number {
  return points.reduce((total, point) => total + pick(point), 0);
}
