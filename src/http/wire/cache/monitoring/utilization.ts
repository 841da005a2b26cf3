import { type Static, Type } from 'typebox';
import type { Utilization } from '../../../../insight/monitoring.ts';
import { Instant, NumberOrNull } from '../figures.ts';
import { StatusText } from '../health.ts';

export const UtilizationMetric = Type.Object({
  name: Type.String(),
  value: NumberOrNull,
  threshold: NumberOrNull,
  unit: Type.String(),
  limit: Type.Enum(['most', 'least'], {
    description: 'Whether 100 per cent is not to be passed, or to be reached',
  }),
  utilization_percent: Type.Union([Type.Number(), Type.Null()], {
    description: 'The value in per cent of the threshold',
  }),
  status: StatusText,
});
export const UtilizationAnswer = Type.Object({ timestamp: Instant, metrics: Type.Array(UtilizationMetric) });

export function wireUtilization(metrics: Utilization['metrics']): Static<typeof UtilizationMetric>[] {
  return metrics.map(({ utilizationPercent, ...rest }) => ({
    ...rest,
    utilization_percent: utilizationPercent,
  }));
}
