import { FOLLOWING_LIMIT } from '../../../availability/versions.ts';
import type { Period } from '../../counters.ts';
import { type Metric, metric, told } from '../metric.ts';

const ABOUT = { name: 'feed', unit: 'ms', threshold: FOLLOWING_LIMIT, limit: 'most' } as const;
/** One poll may have been there just before the notification that it would have got. */
const UNHEARD = 2;

/** How this server learns what others change: since when the last poll is, and whether NOTIFY arrives. */
export function feed({ to }: Period, { isFollowing }: { isFollowing: boolean }): Metric {
  const { sincePollMs, listening, unheardPolls } = to.feed;
  const value = sincePollMs ?? null;
  if (!isFollowing)
    return metric(ABOUT, {
      value,
      status: 'critical',
      message:
        value === null
          ? 'This server has not reached Postgres yet to see what others change; it reads past its cache.'
          : `The last poll of Postgres that succeeded was ${told(value)} ms ago: this server does not see what others change, and reads past its cache.`,
      recommendation:
        'See that Postgres runs, that DATABASE_URL leads to its primary, and that max_connections leaves two for each server.',
    });
  const polling = 'so the changes of others are seen by polls alone, within 250 ms instead of at once';
  if (listening === 'off')
    return metric(ABOUT, { value, status: 'warning', message: `NOTIFY is not listened to, ${polling}.` });
  if (listening === 'lost')
    return metric(ABOUT, {
      value,
      status: 'warning',
      message: `The connection that listens for NOTIFY is lost, ${polling}.`,
      recommendation:
        'See that max_connections leaves two for each server, and that nothing ends idle connections (idle_session_timeout); it comes back by itself.',
    });
  if (unheardPolls >= UNHEARD)
    return metric(ABOUT, {
      value,
      status: 'warning',
      message: `NOTIFY does not arrive, ${polling}.`,
      recommendation:
        'Let DATABASE_URL lead past a pooler that shares connections between transactions (PgBouncer), or see that freshchair.notify is not off: ALTER DATABASE … RESET freshchair.notify.',
    });
  const message = 'Following the changes of others, by NOTIFY and by polls.';
  return metric(ABOUT, { value, status: 'healthy', message });
}
