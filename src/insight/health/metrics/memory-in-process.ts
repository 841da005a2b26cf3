import { counted, grouped, type Metric, metric, told } from '../metric.ts';

/** What a barber's day takes in the process, with its key and its place in the map; other values are rarer. */
export const BYTES_IN_PROCESS = 2_048;
const MB = 2 ** 20;
/** Beyond, the least recently read values make room, which is what a bound is for: never critical. */
const WARNING = 95;

/** How much memory the cache in this process takes, about, of what it may. */
export function memoryInProcess(entries: number, maxEntries: number): Metric {
  const share = (100 * entries) / maxEntries;
  const value = (entries * BYTES_IN_PROCESS) / MB;
  const about = {
    name: 'memory_usage_mb',
    unit: 'MB',
    threshold: (maxEntries * BYTES_IN_PROCESS) / MB,
    limit: 'most',
  } as const;
  const isFull = share >= WARNING;
  return metric(about, {
    value,
    status: isFull ? 'warning' : 'healthy',
    message: `${counted(entries, 'value')} in this process, about ${told(value)} MB; ${grouped(maxEntries)} are kept at most.`,
    ...(isFull && {
      recommendation:
        'What was read least makes room. Raise maxEntries (createCachedBookingService), or set REDIS_URL, if hit_rate suffers.',
    }),
  });
}
