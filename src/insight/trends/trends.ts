import type { Kysely } from 'kysely';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/schema.ts';
import { HOUR } from '../../timing.ts';
import type { Status } from '../health/metric.ts';
import { type StoredCheck, selectLatestCheck, selectStretches } from './queries.ts';
import { added, meanOf, pointOf, STATUSES, type TrendPoint, uptimeOf } from './trend.ts';

/** How the cache has been, on all instances together. */
export interface Trends {
  readonly periodHours: number;
  readonly totalChecks: number;
  readonly statusDistribution: Readonly<Record<Status, number>>;
  readonly averageResponseTimeMs: number | null;
  /** The part of the time in which the cache could be used. */
  readonly uptimePercentage: number | null;
  readonly latestCheck: StoredCheck | null;
  readonly instances: readonly string[];
  readonly resolutionMinutes: number;
  /** In order; stretches in which nobody looked are left out. */
  readonly points: readonly TrendPoint[];
}

const LONGEST_HOURS = 168;
/** What is older than two days is kept by the hour, and 300 points are enough for a picture. */
const MINUTE_HOURS = 48;
const MOST_POINTS = 300;
const RESOLUTIONS = [1, 2, 5, 10, 15, 30] as const;

/** The last 1 to 168 hours, out of Postgres, in two statements. Throws RangeError for another number of hours. */
export async function readTrends(db: Kysely<Database>, clock: Clock, hours = 24): Promise<Trends> {
  if (!Number.isInteger(hours) || hours < 1 || hours > LONGEST_HOURS)
    throw new RangeError(`hours: a whole number from 1 to ${LONGEST_HOURS}`);
  const to = new Date(clock.now());
  const from = new Date(to.getTime() - hours * HOUR);
  const minutes = resolutionOf(hours);
  const [stretches, latestCheck] = await Promise.all([
    selectStretches(db, { from, to, minutes }),
    selectLatestCheck(db),
  ]);
  const all = added(stretches);
  return {
    periodHours: hours,
    totalChecks: stretches.reduce((sum, { checks }) => sum + checks, 0),
    statusDistribution: distributionOf(all),
    averageResponseTimeMs: meanOf(all, 'response_time_ms'),
    uptimePercentage: uptimeOf(all),
    latestCheck: latestCheck ?? null,
    instances: [...new Set(stretches.flatMap(({ instances }) => instances))].sort(),
    resolutionMinutes: minutes,
    points: stretches.map(pointOf),
  };
}

/** Minutes of a point. */
export function resolutionOf(hours: number): number {
  if (hours > MINUTE_HOURS) return 60;
  return RESOLUTIONS.find((minutes) => (hours * 60) / minutes <= MOST_POINTS) ?? 60;
}

function distributionOf(counts: Readonly<Record<string, number>>): Record<Status, number> {
  const distribution = { healthy: 0, warning: 0, critical: 0, unknown: 0 };
  for (const status of STATUSES) distribution[status] = counts[`status.${status}`] ?? 0;
  return distribution;
}
