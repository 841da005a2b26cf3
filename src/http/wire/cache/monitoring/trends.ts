import { type Static, Type } from 'typebox';
import type { TrendPoint } from '../../../../insight/trends/trend.ts';
import type { Trends } from '../../../../insight/trends/trends.ts';
import { ShopSlug } from '../../common.ts';
import { Instant, MissesByCause, NumberOrNull, wireCauses } from '../figures.ts';
import { StatusText } from '../health.ts';

const PercentilesSchema = Type.Object({ p50: NumberOrNull, p99: NumberOrNull });

export const TrendsQuery = Type.Object(
  {
    shop: Type.Optional(ShopSlug),
    hours: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 168, default: 24, description: 'How far back; a week at most' }),
    ),
  },
  { additionalProperties: false },
);

const PointSchema = Type.Object({
  at: Type.String({ format: 'date-time', description: 'When it begins' }),
  checks: Type.Integer(),
  status: StatusText,
  hit_rate: NumberOrNull,
  hits: Type.Integer(),
  misses: Type.Integer(),
  misses_by_cause: MissesByCause,
  loads: Type.Integer(),
  response_time_ms: NumberOrNull,
  hit_ms: PercentilesSchema,
  miss_ms: PercentilesSchema,
  memory_mb: NumberOrNull,
  connected_clients: NumberOrNull,
  error_rate: NumberOrNull,
  invalidation_lag_ms: NumberOrNull,
});

const LatestCheck = Type.Object({
  timestamp: Instant,
  instance: Type.String(),
  status: StatusText,
  response_time_ms: NumberOrNull,
  metrics: Type.Record(Type.String(), Type.Object({ value: NumberOrNull, status: StatusText })),
});

export const TrendsAnswer = Type.Object(
  {
    period_hours: Type.Integer(),
    total_checks: Type.Integer({ description: 'One a minute and server' }),
    status_distribution: Type.Object({
      healthy: Type.Integer(),
      warning: Type.Integer(),
      critical: Type.Integer(),
      unknown: Type.Integer(),
    }),
    average_response_time_ms: NumberOrNull,
    uptime_percentage: Type.Union([Type.Number(), Type.Null()], {
      description: 'The part of the time in which the cache could be used',
    }),
    latest_check: Type.Union([LatestCheck, Type.Null()]),
    instances: Type.Array(Type.String()),
    resolution_minutes: Type.Integer({ description: 'How long a point is' }),
    points: Type.Array(PointSchema, { description: 'Where nobody looked there is none' }),
  },
  { description: 'How the cache has been, on all servers together' },
);

export function wireTrends(trends: Trends): Static<typeof TrendsAnswer> {
  const { latestCheck } = trends;
  return {
    period_hours: trends.periodHours,
    total_checks: trends.totalChecks,
    status_distribution: { ...trends.statusDistribution },
    average_response_time_ms: trends.averageResponseTimeMs,
    uptime_percentage: trends.uptimePercentage,
    latest_check: latestCheck && {
      timestamp: latestCheck.at.toISOString(),
      instance: latestCheck.instance,
      status: latestCheck.status,
      response_time_ms: latestCheck.responseTimeMs,
      metrics: { ...latestCheck.metrics },
    },
    instances: [...trends.instances],
    resolution_minutes: trends.resolutionMinutes,
    points: trends.points.map(wirePoint),
  };
}

function wirePoint(point: TrendPoint): Static<typeof PointSchema> {
  const { at, checks, status, hits, misses, loads, hitMs, missMs } = point;
  return {
    at,
    checks,
    status,
    hit_rate: point.hitRate,
    hits,
    misses,
    misses_by_cause: wireCauses(point.missesByCause),
    loads,
    response_time_ms: point.responseTimeMs,
    hit_ms: { ...hitMs },
    miss_ms: { ...missMs },
    memory_mb: point.memoryMb,
    connected_clients: point.connectedClients,
    error_rate: point.errorRate,
    invalidation_lag_ms: point.invalidationLagMs,
  };
}
