import { addDays } from '../../calendar/time.ts';
import { type AvailabilitySource, newRead, type ShopSource } from '../source.ts';
import { datesOf } from './keys.ts';

export interface WarmUp {
  readonly shopId: number;
  /** Default: all who are active. */
  readonly barberIds?: readonly number[];
  /** First and last date at the shop, both included. */
  readonly from: string;
  readonly to: string;
}

export interface WarmUpStats {
  readonly days: number;
  readonly barbers: number;
  /** Barber-days that were loaded. */
  readonly cached: number;
  readonly alreadyFresh: number;
  /** Barber-days that could not be loaded. */
  readonly errors: number;
  readonly durationMs: number;
}

/** Days that are loaded at a time: a warm-up must not keep a reader waiting for long. */
const STEP_DAYS = 7;

/** Reads a range through the cache, a week at a time, so that it lies there afterwards. */
export function createWarmUp(
  cached: AvailabilitySource & Pick<ShopSource, 'rules'>,
  monotonic: () => number,
) {
  return async function warm({ shopId, barberIds, from, to }: WarmUp): Promise<WarmUpStats> {
    const began = monotonic();
    const days = datesOf(from, to).length;
    const barbers = barberIds ?? (await activeBarbers(shopId));
    let [loaded, alreadyFresh, errors] = [0, 0, 0];
    for (let first = from; first <= to && barbers.length > 0; first = addDays(first, STEP_DAYS)) {
      const last = addDays(first, STEP_DAYS - 1);
      const query = { shopId, barberIds: barbers, from: first, to: last < to ? last : to };
      const read = newRead({ warming: true });
      try {
        await cached.load(query, read);
        loaded += read.misses + read.bypassed;
        alreadyFresh += read.hits;
        if (read.degraded) errors += barbers.length * datesOf(query.from, query.to).length;
      } catch {
        errors += barbers.length * datesOf(query.from, query.to).length;
      }
    }
    return {
      days,
      barbers: barbers.length,
      cached: loaded,
      alreadyFresh,
      errors,
      durationMs: monotonic() - began,
    };
  };

  async function activeBarbers(shopId: number): Promise<readonly number[]> {
    const loaded = await cached.rules(shopId);
    return (loaded?.value.barbers ?? []).filter(({ active }) => active).map(({ id }) => id);
  }
}
