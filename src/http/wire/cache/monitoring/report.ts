import { type Static, Type } from 'typebox';
import type { CacheReport } from '../../../../insight/monitoring.ts';
import { AdviceAnswer } from '../advice.ts';
import { Instant } from '../figures.ts';
import { CacheHealthAnswer, wireHealth } from '../health.ts';
import { CacheStatsAnswer } from '../stats.ts';
import { KeysAnswer, wireKeys } from './keys.ts';
import { TrendsAnswer, wireTrends } from './trends.ts';
import { UtilizationMetric, wireUtilization } from './utilization.ts';

export const ReportAnswer = Type.Object(
  {
    timestamp: Instant,
    health: CacheHealthAnswer,
    stats: CacheStatsAnswer,
    trends: Type.Union([TrendsAnswer, Type.Null()], {
      description: 'Of the last 24 hours; null while Postgres cannot be reached',
    }),
    utilization: Type.Array(UtilizationMetric),
    keys: KeysAnswer,
    advice: AdviceAnswer,
  },
  { description: 'Everything in one document' },
);

export function wireReport(
  report: CacheReport,
  rest: Pick<Static<typeof ReportAnswer>, 'stats' | 'advice'>,
): Static<typeof ReportAnswer> {
  const { timestamp, health, trends, utilization, keys } = report;
  return {
    timestamp,
    health: wireHealth(health),
    trends: trends && wireTrends(trends),
    utilization: wireUtilization(utilization),
    keys: wireKeys(timestamp, keys),
    ...rest,
  };
}
