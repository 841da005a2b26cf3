import { type Static, Type } from 'typebox';
import type { CurrentHealth } from '../../../insight/health/current.ts';
import type { Metric } from '../../../insight/health/metric.ts';
import { Instant, NumberOrNull, rounded } from './figures.ts';

export const StatusText = Type.Enum(['healthy', 'warning', 'critical', 'unknown']);

const MetricSchema = Type.Object({
  name: Type.String(),
  value: Type.Union([Type.Number(), Type.Null()], { description: 'Null where it could not be measured' }),
  unit: Type.String({ description: '%, ms or MB; empty for a number of things' }),
  status: StatusText,
  threshold: NumberOrNull,
  limit: Type.Enum(['most', 'least'], {
    description: 'Whether the value should stay below the threshold, or reach it',
  }),
  message: Type.String({ description: 'A sentence' }),
});

export const CacheHealthAnswer = Type.Object(
  {
    status: StatusText,
    timestamp: Instant,
    duration_ms: Type.Number({ description: 'How long it took to find out' }),
    instance: Type.String({ description: 'Which server looked' }),
    metrics: Type.Array(MetricSchema),
    summary: Type.String(),
    recommendations: Type.Array(Type.String(), { description: 'What to do, the most pressing first' }),
  },
  { description: 'The cache as this server sees it now; the status is the worst of its metrics' },
);

export function wireHealth(health: CurrentHealth): Static<typeof CacheHealthAnswer> {
  const {
    overallStatus: status,
    timestamp,
    durationMs,
    instance,
    metrics,
    summary,
    recommendations,
  } = health;
  return {
    status,
    timestamp,
    duration_ms: rounded(durationMs),
    instance,
    metrics: metrics.map(wireMetric),
    summary,
    recommendations: [...recommendations],
  };
}

function wireMetric({ name, value, unit, status, threshold, limit, message }: Metric) {
  return { name, value, unit, status, threshold, limit, message };
}
