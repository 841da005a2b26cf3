import type { Kysely } from 'kysely';
import { addDays, dateAt } from '../../calendar/time.ts';
import type { Database } from '../../database/schema.ts';
import type { ShopRules } from '../../shop/rules.ts';
import type { CacheContext } from '../loading/kind.ts';
import type { ShopSource } from '../source.ts';
import { datesOf, dayKey, rulesKey, scheduleKey } from './keys.ts';
import { bumpVersions } from './version-queries.ts';

/**
 * A whole shop; barbers, with all their days; or, with dates (both included), days: of these barbers, or of all.
 * A range without one of its ends reaches to the end of what can be booked.
 */
export interface Invalidation {
  readonly shopId: number;
  readonly barberIds?: readonly number[];
  readonly from?: string;
  readonly to?: string;
}

/**
 * Counts up the versions in Postgres, so that no instance uses what was loaded before, and drops the keys,
 * enumerated from the shop's barbers and its horizon. Resolves to how many of them were there.
 */
export function createInvalidation(
  source: Pick<ShopSource, 'rules'>,
  db: Kysely<Database>,
  { store, shared, feed }: CacheContext,
) {
  return async function invalidate({ shopId, barberIds, from, to }: Invalidation): Promise<number> {
    const loaded = await source.rules(shopId);
    if (loaded === undefined) return 0;
    const horizon = horizonOf(loaded.value, feed.now());
    const barbers = barberIds ?? loaded.value.barbers.map(({ id }) => id);
    const range = { from: from ?? horizon.from, to: to ?? horizon.to };
    const hasRange = from !== undefined || to !== undefined;
    const scope = {
      shopId,
      barberIds: hasRange ? barbers : (barberIds ?? []),
      days: hasRange ? range : undefined,
    };
    if (barberIds?.length === 0 || (hasRange && barbers.length === 0)) return 0;
    feed.learn(await bumpVersions(db, scope));

    const dates = datesOf(range.from, range.to);
    const keys = barbers.flatMap((barberId) => dates.map((date) => dayKey(shopId, barberId, date)));
    if (!hasRange) keys.push(...barbers.map((barberId) => scheduleKey(shopId, barberId)));
    if (!hasRange && barberIds === undefined) keys.push(rulesKey(shopId));
    const here = store.drop(keys);
    const there = (await shared?.drop(keys)) ?? 0;
    return Math.max(here, there);
  };
}

/** What may be cached of a shop's days: those that can be booked, and the neighbours that are read with them. */
function horizonOf({ timezone, horizonDays }: ShopRules, now: number): { from: string; to: string } {
  const today = dateAt(timezone, now);
  return { from: addDays(today, -1), to: addDays(today, horizonDays + 1) };
}
