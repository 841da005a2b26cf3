import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { Overloaded } from '../../database/errors.ts';
import type { AvailabilitySource, MaybePromise, ShopSource } from '../source.ts';

export interface LoadLimit {
  /** Loads at a time: the pool's ten connections are also for bookings and strong reads. */
  readonly atOnce: number;
  /** Loads that wait for their turn. A load of one day takes 2 ms: the last of 1,000 waits a third of a second. */
  readonly waiting: number;
}

export const LOAD_LIMIT: LoadLimit = { atOnce: 6, waiting: 1_000 };

/** The source, of which only so much is asked at a time. Rejects with `Overloaded` where too many wait already. */
export function limitLoads(
  source: AvailabilitySource & ShopSource,
  { atOnce, waiting }: LoadLimit,
): AvailabilitySource & ShopSource {
  const turns = bulkhead(atOnce, waiting);

  async function inTurn<T>(load: () => MaybePromise<T>): Promise<T> {
    try {
      return await turns.execute(load);
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? new Overloaded({ cause: error }) : error;
    }
  }

  return {
    load: (query, read) => inTurn(() => source.load(query, read)),
    find: (slug) => inTurn(() => source.find(slug)),
    rules: (shopId, read) => inTurn(() => source.rules(shopId, read)),
    schedules: (shopId, barberIds, read) => inTurn(() => source.schedules(shopId, barberIds, read)),
  };
}
