import type { Metric, Status } from './metric.ts';

/** How the cache is at this moment. */
export interface CurrentHealth {
  readonly overallStatus: Status;
  /** RFC 3339. */
  readonly timestamp: string;
  /** How long it took to find out. */
  readonly durationMs: number;
  /** Which process looked. */
  readonly instance: string;
  readonly metrics: readonly Metric[];
  readonly summary: string;
  /** What to do, the most pressing first. */
  readonly recommendations: readonly string[];
}
