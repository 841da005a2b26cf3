import { HOUR } from '../../../timing.ts';
import type { DriftState } from '../../drift/auditor.ts';
import { counted, type Metric, metric, type Status } from '../metric.ts';

const ABOUT = { name: 'drift', unit: '', threshold: 1, limit: 'most' } as const;
const IDLE_MS = 600_000;

/** Whether anything cached was found to differ from Postgres although it passed for fresh: that must not happen. */
export function drift(state: DriftState | undefined, now: number): Metric {
  if (state === undefined)
    return metric(ABOUT, {
      value: null,
      status: 'unknown',
      message: 'Nobody compares the cache with Postgres here.',
    });
  const { found24h: value, lastFoundAt, lastAuditAt, audited } = state;
  if (value > 0 && lastFoundAt !== null) {
    const status: Status = now - lastFoundAt < HOUR ? 'critical' : 'warning';
    return metric(ABOUT, {
      value,
      status,
      message: `${counted(value, 'cached value')} differed from Postgres in the last 24 hours, last at ${new Date(lastFoundAt).toISOString()}.`,
      recommendation:
        'They were repaired. Look in the log for both values; see that nobody disabled the triggers on the tables of bookings and hours, or restored tables under a running server. POST /api/v2/cache/invalidate/all-slots makes everything new.',
    });
  }
  const idle = lastAuditAt === null ? undefined : now - lastAuditAt;
  if (idle === undefined)
    return metric(ABOUT, {
      value,
      status: 'unknown',
      message: 'Nothing has been compared with Postgres yet.',
    });
  if (idle >= IDLE_MS)
    return metric(ABOUT, {
      value,
      status: 'warning',
      message: `Nothing has been compared with Postgres for ${Math.floor(idle / 60_000)} minutes.`,
      recommendation: 'See that Postgres answers; if it does, restart this server.',
    });
  const message = `${counted(audited, 'cached value was', 'cached values were')} compared with Postgres, and none differed in the last 24 hours.`;
  return metric(ABOUT, { value, status: 'healthy', message });
}
