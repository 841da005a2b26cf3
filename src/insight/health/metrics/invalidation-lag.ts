import { highest, quantile, total } from '../../../availability/counting/histogram.ts';
import { lagsIn, type Period } from '../../counters.ts';
import { counted, levelAbove, type Metric, metric, told } from '../metric.ts';

const ABOUT = { name: 'invalidation_lag_ms', unit: 'ms', threshold: 1_000, limit: 'most' } as const;
/** By polls alone it is 250 ms at most; after a second reads go past the cache. */
const LEVELS = { warning: 300, critical: 1_000 };

/** How long the changes of others took in the last minutes, from their commit until this server knew of them. */
export function invalidationLag(period: Period): Metric {
  const lags = lagsIn(period);
  const changes = total(lags);
  const value = quantile(lags, 0.99);
  const longest = highest(lags);
  if (value === undefined || longest === undefined)
    return metric(ABOUT, {
      value: null,
      status: 'unknown',
      message: 'Nobody else changed anything in the last minutes.',
    });
  const status = levelAbove(value, LEVELS);
  const atMost = Number.isFinite(longest) ? `${told(longest)} ms at most` : 'more than a minute';
  return metric(ABOUT, {
    value,
    status,
    message: `99 % of ${counted(changes, 'change')} of others were known here within ${told(value)} ms, the slowest after ${atMost}.`,
    ...(status !== 'healthy' && {
      recommendation:
        'See that Postgres and this server are not short of CPU, that the network between them is quick, and that no long transaction writes bookings; then see the metric feed.',
    }),
  });
}
