import { publicReason } from '../../../../redis/reason.ts';
import { type Metric, metric } from '../../metric.ts';
import { adviceOnRefusal } from './refusal.ts';

/** How a key of our own was written, read and deleted: undefined where that worked, else what went wrong. */
export interface Operations {
  readonly write: string | undefined;
  readonly read: string | undefined;
  readonly delete: string | undefined;
}

const ABOUT = { name: 'cache_operations', unit: '%', threshold: 100, limit: 'least' } as const;

/** Whether Redis can be written, read and deleted from just now. */
export function cacheOperations(operations: Operations): Metric {
  const all = Object.entries(operations);
  const failed = all.filter(([, reason]) => reason !== undefined);
  const value = (100 * (all.length - failed.length)) / all.length;
  const [first] = failed;
  if (first === undefined)
    return metric(ABOUT, { value, status: 'healthy', message: 'Redis was written, read and deleted from.' });
  const reason = first[1] ?? '';
  const isAll = failed.length === all.length;
  return metric(ABOUT, {
    value,
    status: isAll ? 'critical' : 'warning',
    message: `${isAll ? 'Redis can neither be written, read nor deleted from' : `Redis refuses to ${failed.map(([what]) => what).join(' and to ')}`}: ${publicReason(reason)}`,
    recommendation: adviceOnRefusal(reason),
  });
}
