import { activeBarberIds, type BarberSchedule, type ShopRules } from '../../shop/rules.ts';
import { newRead } from '../source.ts';
import type { VersionedCache } from '../versioned-cache.ts';
import type { ScheduleQuery } from './kinds.ts';

export interface PreloadStats {
  /** Services of the shop; they lie with its settings, opening hours and closures, as one value. */
  readonly services: number;
  /** Those who are active: the hours of each are a value. */
  readonly barbers: number;
  /** Values that were loaded. */
  readonly cached: number;
  readonly alreadyFresh: number;
  readonly durationMs: number;
}

type Cache<Q, T> = Pick<VersionedCache<Q, T>, 'readMany' | 'stored'>;

/** Reads what changes slowly through the cache: a shop's rules, and its barbers' hours. Rejects as a read does. */
export function createPreload(
  rules: Cache<{ readonly shopId: number }, ShopRules>,
  schedules: Cache<ScheduleQuery, BarberSchedule>,
  monotonic: () => number,
) {
  return async function preload(shopId: number): Promise<PreloadStats> {
    const began = monotonic();
    const read = newRead({ warming: true });
    const [shop] = await rules.readMany({ shopId }, read);
    const barberIds = shop === undefined ? [] : activeBarberIds(shop.value);
    await schedules.readMany({ shopId, barberIds }, read);
    await Promise.all([rules.stored(), schedules.stored()]);
    return {
      services: shop?.value.services.length ?? 0,
      barbers: barberIds.length,
      cached: read.misses + read.bypassed,
      alreadyFresh: read.hits,
      durationMs: monotonic() - began,
    };
  };
}
