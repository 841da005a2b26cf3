import type { Kysely } from 'kysely';
import { addDays, dateAt } from '../../calendar/time.ts';
import type { Database } from '../../database/schema.ts';
import type { ShopRules } from '../../shop/rules.ts';
import type { CacheContext } from '../loading/kind.ts';
import type { ShopSource } from '../source.ts';
import { datesOf, dayKey, rulesKey, scheduleKey } from './keys.ts';
import { bumpVersions, type VersionScope } from './version-queries.ts';

/**
 * A whole shop, or only its days, or only its settings with its barbers' hours; barbers, with all their days; or, with
 * dates (both included), days: of these barbers, or of all. A range without one of its ends reaches to the end of what
 * can be booked.
 */
export interface Invalidation {
  readonly shopId: number;
  /** Of a whole shop. */
  readonly only?: 'days' | 'settings';
  readonly barberIds?: readonly number[];
  readonly from?: string;
  readonly to?: string;
}

/** What is to be counted up, and which keys are to go. */
interface Plan {
  readonly versions: VersionScope;
  readonly keys: readonly string[];
}

/** A shop's own version. */
const SHOP = 0;
/** Days that are counted up one by one, in about 12 ms; for more of them their barbers' versions stand, one row each. */
const MOST_DAYS = 1_000;

/**
 * Counts up the versions in Postgres, so that no instance uses what was loaded before, and drops the keys,
 * enumerated from the shop's barbers and its horizon. Resolves to how many of them were there.
 */
export function createInvalidation(
  source: Pick<ShopSource, 'rules'>,
  db: Kysely<Database>,
  { store, shared, feed }: CacheContext,
) {
  return async function invalidate(what: Invalidation): Promise<number> {
    const loaded = await source.rules(what.shopId);
    const plan = loaded && planOf(what, loaded.value, feed.now());
    if (plan === undefined) return 0;
    feed.learn(await bumpVersions(db, plan.versions));
    const here = store.drop(plan.keys);
    const there = (await shared?.drop(plan.keys)) ?? 0;
    return Math.max(here, there);
  };
}

/** Undefined where there is nothing to do. */
function planOf(what: Invalidation, rules: ShopRules, now: number): Plan | undefined {
  const { shopId, only, barberIds, from, to } = what;
  const horizon = horizonOf(rules, now);
  const hasRange = from !== undefined || to !== undefined;
  const range = { from: from ?? horizon.from, to: to ?? horizon.to };
  const barbers = barberIds ?? rules.barbers.map(({ id }) => id);
  if (barbers.length === 0 && (hasRange || barberIds !== undefined)) return undefined;

  const dates = datesOf(range.from, range.to);
  const days = barbers.flatMap((barberId) => dates.map((date) => dayKey(shopId, barberId, date)));
  const schedules = barbers.map((barberId) => scheduleKey(shopId, barberId));
  if (hasRange) {
    const each = days.length <= MOST_DAYS ? range : undefined;
    return { versions: { shopId, barberIds: barbers, days: each }, keys: days };
  }
  if (barberIds !== undefined) return { versions: { shopId, barberIds }, keys: [...days, ...schedules] };
  // The shop's one row stands for all of its days: thousands would have to be counted up otherwise.
  if (only === 'days') return { versions: { shopId, barberIds: [SHOP] }, keys: days };
  const settings = [rulesKey(shopId), ...schedules];
  // Hours depend on their barber's version alone.
  const versions = { shopId, barberIds: [SHOP, ...barbers] };
  return { versions, keys: only === 'settings' ? settings : [...settings, ...days] };
}

/** What may be cached of a shop's days: those that can be booked, and the neighbours that are read with them. */
function horizonOf({ timezone, horizonDays }: ShopRules, now: number): { from: string; to: string } {
  const today = dateAt(timezone, now);
  return { from: addDays(today, -1), to: addDays(today, horizonDays + 1) };
}
