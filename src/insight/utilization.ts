import type { Metric, Status } from './health/metric.ts';
import { rounded } from './health/metric.ts';

/** How much of what it may a metric takes or, where there should be at least so much, gives. */
export interface MetricUtilization extends Pick<Metric, 'name' | 'value' | 'threshold' | 'unit' | 'limit'> {
  /** The value in per cent of the threshold; null where one of them is not known. */
  readonly utilizationPercent: number | null;
  readonly status: Status;
}

export function utilizationOf({ name, value, threshold, unit, limit, status }: Metric): MetricUtilization {
  const isKnown = value !== null && threshold !== null && threshold > 0;
  const utilizationPercent = isKnown ? rounded((100 * value) / threshold) : null;
  return { name, value, threshold, unit, limit, utilizationPercent, status };
}
