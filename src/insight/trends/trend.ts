import { quantile } from '../../availability/counting/histogram.ts';
import { MISS_CAUSES, type Misses, noMisses } from '../../availability/counting/stats.ts';
import { rounded, type Status } from '../health/metric.ts';
import { hitRate } from '../reads.ts';
import { type Counts, type GaugeName, type HistogramName, histogramOf } from './counts.ts';

export interface Percentiles {
  readonly p50: number | null;
  readonly p99: number | null;
}

/** A stretch of time, of all instances together. Rates are in per cent; what was not measured is null. */
export interface TrendPoint {
  /** When it begins, RFC 3339. */
  readonly at: string;
  readonly checks: number;
  /** The worst of them. */
  readonly status: Status;
  readonly hitRate: number | null;
  readonly hits: number;
  readonly misses: number;
  readonly missesByCause: Readonly<Misses>;
  readonly loads: number;
  readonly responseTimeMs: number | null;
  readonly hitMs: Percentiles;
  readonly missMs: Percentiles;
  readonly memoryMb: number | null;
  readonly connectedClients: number | null;
  readonly errorRate: number | null;
  readonly invalidationLagMs: number | null;
}

/** A stretch as it is stored: how many checks, and what they add up to. */
export interface Stretch {
  readonly at: Date;
  readonly checks: number;
  readonly counts: Counts;
}

export const STATUSES = ['healthy', 'warning', 'critical', 'unknown'] as const satisfies readonly Status[];

export function pointOf({ at, checks, counts }: Stretch): TrendPoint {
  const { hits = 0, misses = 0, loads = 0, commands = 0, failures = 0 } = counts;
  const found = ['critical', 'warning', 'healthy'].find((status) => (counts[`status.${status}`] ?? 0) > 0);
  return {
    at: at.toISOString(),
    checks,
    status: STATUSES.find((status) => status === found) ?? 'unknown',
    hitRate: orNull(hitRate({ hits, misses })),
    hits,
    misses,
    missesByCause: causesOf(counts),
    loads,
    responseTimeMs: meanOf(counts, 'response_time_ms'),
    hitMs: percentilesOf(counts, 'hit_ms'),
    missMs: percentilesOf(counts, 'miss_ms'),
    memoryMb: meanOf(counts, 'memory_usage_mb'),
    connectedClients: meanOf(counts, 'connected_clients'),
    errorRate: commands === 0 ? null : rounded((100 * failures) / commands),
    invalidationLagMs: percentilesOf(counts, 'lag_ms').p99,
  };
}

/** All of it as one, for what is said of the whole period. */
export function added(stretches: readonly Stretch[]): Counts {
  const sums: Record<string, number> = {};
  for (const { counts } of stretches)
    for (const [name, value] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + value;
  return sums;
}

/** Of what is measured once a check; null where it never was. */
export function meanOf(counts: Counts, name: GaugeName): number | null {
  const times = counts[`${name}.n`] ?? 0;
  return times === 0 ? null : rounded((counts[name] ?? 0) / times);
}

/** The part of the time in which the cache could be used, in per cent. */
export function uptimeOf({ up_ms: up = 0, of_ms: of = 0 }: Counts): number | null {
  return of === 0 ? null : rounded((100 * up) / of);
}

function percentilesOf(counts: Counts, name: HistogramName): Percentiles {
  const histogram = histogramOf(counts, name);
  return { p50: orNull(quantile(histogram, 0.5)), p99: orNull(quantile(histogram, 0.99)) };
}

function causesOf(counts: Counts): Misses {
  const causes = noMisses();
  for (const cause of MISS_CAUSES) causes[cause] = counts[`cause.${cause}`] ?? 0;
  return causes;
}

/** To a thousandth: hits take less than a hundredth of a millisecond. */
function orNull(value: number | null | undefined): number | null {
  return value === undefined || value === null ? null : Math.round(value * 1_000) / 1_000;
}
