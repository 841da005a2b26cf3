import { counted, levelBelow, type Metric, metric, told } from '../../metric.ts';

/** A sample of our keys in Redis. */
export interface ExpirySample {
  readonly keys: number;
  /** Keys that never go. */
  readonly eternal: number;
  /** Keys that stay for longer than anything of ours ever should. */
  readonly late: number;
  /** One of either, to look at. */
  readonly example: string | undefined;
}

const ABOUT = { name: 'expiration_health', unit: '%', threshold: 100, limit: 'least' } as const;
const LEVELS = { warning: 100, critical: 50 };

/** Whether our keys go by themselves, and in time: otherwise Redis only ever grows. */
export function expirationHealth({ keys, eternal, late, example }: ExpirySample): Metric {
  if (keys === 0)
    return metric(ABOUT, { value: null, status: 'unknown', message: 'No key of ours was met in Redis.' });
  const value = (100 * (keys - eternal - late)) / keys;
  const status = levelBelow(value, LEVELS);
  const sample = `of a sample of ${counted(keys, 'key')}`;
  if (status === 'healthy')
    return metric(ABOUT, { value, status, message: `Every one ${sample} goes by itself, in time.` });
  const which = [eternal > 0 && `${eternal} never go`, late > 0 && `${late} stay for more than a day`];
  return metric(ABOUT, {
    value,
    status,
    message: `${told(value)} % ${sample} go by themselves, in time: ${which.filter(Boolean).join(', ')}, such as ${example ?? '?'}.`,
    recommendation:
      'Nothing of ours is written without an expiry: look for a program that PERSISTs or copies keys. DEL such a key, it is loaded anew; CONFIG SET maxmemory-policy allkeys-lru removes those that nobody reads.',
  });
}
