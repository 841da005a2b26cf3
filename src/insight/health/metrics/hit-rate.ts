import { variableOf } from '../../../availability/cache/lifetime-settings.ts';
import type { MissCause } from '../../../availability/counting/stats.ts';
import { KIND_NAMES, type KindName } from '../../../availability/loading/watcher.ts';
import type { Period } from '../../counters.ts';
import { allReads, leadingCause, hitRate as rateOf, readsSince } from '../../reads.ts';
import { counted, levelBelow, type Metric, metric, told } from '../metric.ts';

const ABOUT = { name: 'hit_rate', unit: '%', threshold: 70, limit: 'least' } as const;
const LEVELS = { warning: 70, critical: 35 };
/** A rate of fewer values says nothing. */
const FEWEST = 100;

/** The part of the values read in the last minutes that was cached. */
export function hitRate({ from, to }: Period): Metric {
  const reads = readsSince(allReads(to.reads), allReads(from.reads));
  const values = reads.hits + reads.misses;
  const value = rateOf(reads);
  if (value === null || values < FEWEST) {
    const message = `${counted(values, 'value was', 'values were')} read in the last minutes, too few to judge by.`;
    return metric(ABOUT, { value, status: 'unknown', message });
  }
  const status = levelBelow(value, LEVELS);
  const cause = leadingCause(reads.causes);
  const why =
    cause === undefined || status === 'healthy' ? '' : ` Most others were missed because ${WHY[cause]}.`;
  return metric(ABOUT, {
    value,
    status,
    message: `${told(value)} % of ${counted(values, 'value')} read in the last minutes were cached.${why}`,
    recommendation:
      status === 'healthy' || cause === undefined ? undefined : adviceOn(cause, kindOf(cause, { from, to })),
  });
}

const WHY: Readonly<Record<MissCause, string>> = {
  cold: 'they had not been read before',
  expired: 'their lifetime was over',
  tooOld: 'something had changed since they were loaded',
  evicted: 'they had to make room',
  undecodable: 'what lay in Redis could not be read',
  notFollowing: 'this server did not see what others change',
  away: 'Redis did not answer',
};

function adviceOn(cause: MissCause, kind: KindName): string {
  switch (cause) {
    case 'cold':
      return 'Warm the cache before the busy hours: POST /api/v2/cache/warm-up?days_ahead=7, or freshchair cache warm.';
    case 'expired':
      return `Raise ${variableOf(kind)}: a lifetime only bounds memory, nothing becomes stale by a longer one.`;
    case 'tooOld':
      return 'Much is being booked or changed, and nothing is wrong with that. Look for a program that invalidates (POST /api/v2/cache/invalidate/…) more than it has to.';
    case 'evicted':
      return 'Keep more: raise maxmemory in Redis, or maxEntries where the cache is in the process.';
    case 'undecodable':
      return 'Run the same version of Freshchair on all servers, and keep other programs off the keys fc:* in this Redis.';
    case 'notFollowing':
      return 'Mend the change feed first: see the metric feed.';
    case 'away':
      return 'Mend Redis first: see the metrics availability and error_rate.';
  }
}

/** The kind of data that misses most for this cause. */
function kindOf(cause: MissCause, { from, to }: Period): KindName {
  const misses = (kind: KindName) => to.reads[kind].causes[cause] - from.reads[kind].causes[cause];
  return KIND_NAMES.reduce((most, kind) => (misses(kind) > misses(most) ? kind : most));
}
