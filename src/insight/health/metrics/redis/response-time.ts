import { quantile } from '../../../../availability/counting/histogram.ts';
import { hitsIn, type Period } from '../../../counters.ts';
import { levelAbove, type Metric, metric, told } from '../../metric.ts';
import { adviceOnRefusal } from './refusal.ts';

const ABOUT = { name: 'response_time_ms', unit: 'ms', threshold: 100, limit: 'most' } as const;
/** After 50 ms nobody waits any longer, and loads from Postgres. */
const LEVELS = { warning: 50, critical: 100 };

/** How long Redis takes to answer, also where it is not waited for any more; without Redis, how long a hit takes. */
export function responseTime(period: Period): Metric | undefined {
  const { redis } = period.to;
  if (redis === undefined) return ofHits(period);
  const { roundTripMs, silentMs } = redis;
  if (roundTripMs === undefined && silentMs === undefined)
    return metric(ABOUT, {
      value: null,
      status: 'critical',
      message: 'Redis has not answered yet.',
      recommendation: adviceOnRefusal(),
    });
  const value = Math.max(roundTripMs ?? 0, silentMs ?? 0);
  const status = levelAbove(value, LEVELS);
  const isSilent = silentMs !== undefined && silentMs === value;
  return metric(ABOUT, {
    value,
    status,
    message:
      isSilent && status !== 'healthy'
        ? `Redis has not answered for ${told(value)} ms.`
        : `Redis answers in ${told(value)} ms.`,
    ...(status !== 'healthy' && {
      recommendation:
        'Look for what keeps Redis busy (SLOWLOG GET 10, LATENCY LATEST, another program’s KEYS or a save to a slow disk), and for the network between; it belongs near the servers.',
    }),
  });
}

function ofHits(period: Period): Metric {
  const value = quantile(hitsIn(period), 0.5);
  if (value === undefined)
    return metric(ABOUT, {
      value: null,
      status: 'unknown',
      message: 'Nothing was read in the last minutes.',
    });
  const message = `The process answers from its own memory in ${told(value)} ms.`;
  return metric(ABOUT, { value, status: levelAbove(value, LEVELS), message });
}
