import { expect, test } from 'vitest';
import { isolated, type Line, stacked } from '../../../web/cache/chart/chart.ts';
import { sharesOf } from '../../../web/cache/demand/day-shares.ts';
import { levelOf } from '../../../web/cache/demand/week.ts';
import { extreme, stretchesOf } from '../../../web/cache/trends/stretches.ts';
import type { TrendPoint, Trends } from '../../../web/cache/wire.ts';

const point = (minute: number, hitRate: number | null = 90): TrendPoint => ({
  at: new Date(Date.UTC(2026, 10, 22, 20, minute)).toISOString(),
  checks: 1,
  status: 'healthy',
  hit_rate: hitRate,
  hits: 9,
  misses: 1,
  misses_by_cause: { cold: 1, expired: 0, too_old: 0, evicted: 0, undecodable: 0, not_following: 0, away: 0 },
  loads: 1,
  response_time_ms: 1,
  hit_ms: { p50: 1, p99: 1 },
  miss_ms: { p50: 1, p99: 1 },
  memory_mb: 1,
  connected_clients: 1,
  error_rate: 0,
  invalidation_lag_ms: null,
});
const trends = (points: TrendPoint[]): Trends => ({
  period_hours: 1,
  total_checks: points.length,
  status_distribution: { healthy: points.length, warning: 0, critical: 0, unknown: 0 },
  average_response_time_ms: 1,
  uptime_percentage: 100,
  latest_check: null,
  instances: ['one'],
  resolution_minutes: 1,
  points,
});
const bars = (...values: (number | null)[]): Line => ({
  label: '',
  colour: '--data-1',
  shape: 'bars',
  values,
});

test('where nobody looked for two points or more there is a gap, and a check that is late makes none', () => {
  const { points, times } = stretchesOf(trends([point(0), point(2), point(6)]));
  expect(points.map((each) => each?.at.slice(14, 16))).toEqual(['00', '02', undefined, '06']);
  expect(times.map((at) => (at / 60) % 60)).toEqual([0, 2, 3, 6]);
});

test('stacked bars stand on those before them, and nothing stands where nothing is', () => {
  expect(stacked([bars(1, null, 3), bars(10, null, 0), bars(5, null, 2)])).toEqual([
    [1, null, 3],
    [11, null, 3],
    [16, null, 5],
  ]);
});

test('a value between gaps is a dot, because no line goes through it', () => {
  expect(isolated([1, null, 2, 3, null, 4])).toEqual([0, 5]);
});

test('the worst of a period is told with its time, whatever is not known left out', () => {
  const points = [point(0, 95), point(1, null), point(2, 40), point(3, 40)];
  expect(extreme(points, (each) => each.hit_rate, 'least')).toEqual({ value: 40, at: point(2).at });
  expect(extreme(points, (each) => each.hit_rate, 'most')).toEqual({ value: 95, at: point(0).at });
  expect(extreme(points, (each) => each.invalidation_lag_ms, 'most')).toBeUndefined();
});

test('days ahead are added up as people speak of them', () => {
  const shares = sharesOf([
    { days_ahead: -3, share: 0.1 },
    { days_ahead: 0, share: 0.3 },
    { days_ahead: 2, share: 0.2 },
    { days_ahead: 6, share: 0.1 },
    { days_ahead: 30, share: 0.2 },
    { days_ahead: 31, share: 0.1 },
  ]);
  expect(shares.get('week')).toBeCloseTo(0.3);
  expect([...shares.keys()]).toEqual(['past', 'today', 'week', 'month', 'later']);
});

test('the busiest hour has the strongest colour, and only hours without a read have none', () => {
  expect([0, 0.1, 50, 100].map((reads) => levelOf(reads, 100))).toEqual([0, 1, 3, 5]);
  expect(levelOf(0, 0)).toBe(0);
});
