import { publicReason } from '../../../redis/reason.ts';
import type { ShareOfTime } from '../../../timing.ts';
import type { Period } from '../../counters.ts';
import { type Metric, metric, told } from '../metric.ts';
import { adviceOnRefusal } from './redis/refusal.ts';

/** A third of a second of five minutes is a busy moment. */
const ABOUT = { name: 'availability', unit: '%', threshold: 99.9, limit: 'least' } as const;

/** The part of the last minutes in which the cache could be used. */
export function availability(period: Period, now: { isAvailable: boolean; isFollowing: boolean }): Metric {
  const value = usableShare(period);
  if (!now.isFollowing || !now.isAvailable)
    return metric(ABOUT, { value, status: 'critical', ...causeOf(period, now) });
  if (value >= ABOUT.threshold)
    return metric(ABOUT, { value, status: 'healthy', message: 'The cache could be used all the time.' });
  return metric(ABOUT, {
    value,
    status: 'warning',
    message: `The cache could not be used for ${told(100 - value)} % of the last minutes, but it can be now.`,
    recommendation: 'The log says when it could not, and why; GET /api/v2/cache/monitoring/trends how often.',
  });
}

/** In per cent of the time since both Redis and the feed were first tried. */
export function usableShare({ from, to }: Period): number {
  const redis = to.redis && shareOf(to.redis.available, from.redis?.available);
  const feed = shareOf(to.feed.followed, from.feed.followed);
  return Math.min(redis ?? 100, feed ?? 100);
}

function causeOf({ to }: Period, now: { isAvailable: boolean; isFollowing: boolean }) {
  if (!now.isFollowing)
    return {
      message:
        'The cache cannot be used: this server does not see what others change, and reads from Postgres.',
      recommendation:
        'See that Postgres answers at DATABASE_URL, and has connections to spare: the change feed needs two of its own for each server.',
    };
  const { reason } = to.redis ?? {};
  return {
    message: `Redis cannot be used${reason === undefined ? '' : ` (${publicReason(reason)})`}: what is not in this process comes from Postgres.`,
    recommendation: adviceOnRefusal(reason),
  };
}

/** Per cent of the time between two moments; undefined where none has passed. */
function shareOf(to: ShareOfTime, from: ShareOfTime | undefined): number | undefined {
  const ofMs = to.ofMs - (from?.ofMs ?? 0);
  return ofMs <= 0 ? undefined : (100 * (to.ms - (from?.ms ?? 0))) / ofMs;
}
