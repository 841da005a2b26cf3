import type { Kysely } from 'kysely';
import { dateAt, isoWeekday, wallMinutesAt } from '../../calendar/time.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/schema.ts';
import { HOUR } from '../../timing.ts';
import { type HourOfReads, type Share, selectHours, selectShares } from '../demand/queries.ts';
import { type Accuracy, backtest } from './accuracy.ts';
import { HOURS_OF_WEEK, predictReads, type ReadHistory } from './forecast.ts';

/** What is known and expected of the reads of a shop. */
export interface ShopForecast {
  /** Reads by the hour: the first begins at `since` (epoch ms), the last ends at `until`, where predictions begin. */
  readonly reads: readonly number[];
  readonly since: number;
  readonly until: number;
  /** Reads of the hours from `until` on. */
  readonly predicted: readonly number[];
  readonly accuracy: Accuracy;
  readonly shares: readonly Share[];
  readonly timezone: string;
}

/** Hours that are predicted: two days from any moment of the hour in which a forecast is used. */
const PREDICTED_HOURS = 50;
/** Instances write what they counted of an hour up to this much later (ms). */
const SETTLED_AFTER = 60_000;

/** 0 (Monday, 00:00) to 167, as the shop's clocks show it. */
export function hourOfWeekAt(timezone: string, instant: number): number {
  const day = isoWeekday(dateAt(timezone, instant)) - 1;
  return day * 24 + Math.floor(wallMinutesAt(timezone, instant) / 60);
}

/** The forecast as of `now` (epoch ms), from the hours that were counted. */
export function forecastFrom(
  hours: readonly HourOfReads[],
  shares: readonly Share[],
  timezone: string,
  now: number,
): ShopForecast {
  const until = Math.floor((now - SETTLED_AFTER) / HOUR) * HOUR;
  const since = Math.min(hours[0]?.at ?? until, until);
  const reads = new Array<number>((until - since) / HOUR).fill(0);
  for (const { at, reads: count } of hours) if (at < until) reads[(at - since) / HOUR] = count;
  const history: ReadHistory = {
    reads,
    hourOfWeek: (index) => hourOfWeekAt(timezone, since + index * HOUR),
  };
  return {
    reads,
    since,
    until,
    predicted: predictReads(history, PREDICTED_HOURS),
    accuracy: backtest(history),
    shares,
    timezone,
  };
}

/** Mean reads of every hour of the week, by `hourOfWeekAt`, as they were counted. */
export function usualWeek({ reads, since, timezone }: ShopForecast): readonly number[] {
  const sums = new Array<number>(HOURS_OF_WEEK).fill(0);
  const seen = new Array<number>(HOURS_OF_WEEK).fill(0);
  for (const [index, count] of reads.entries()) {
    const hour = hourOfWeekAt(timezone, since + index * HOUR);
    sums[hour] = (sums[hour] ?? 0) + count;
    seen[hour] = (seen[hour] ?? 0) + 1;
  }
  return sums.map((sum, hour) => sum / Math.max(1, seen[hour] ?? 0));
}

export interface Forecasts {
  /** The present forecast of a shop. It is made once an hour, which takes milliseconds. */
  of(shop: { readonly id: number; readonly timezone: string }): Promise<ShopForecast>;
}

export function createForecasts(db: Kysely<Database>, clock: Clock): Forecasts {
  const made = new Map<number, ShopForecast>();
  return {
    async of({ id, timezone }) {
      const now = clock.now();
      const known = made.get(id);
      const isPresent = known !== undefined && now - SETTLED_AFTER < known.until + HOUR;
      if (isPresent && known.timezone === timezone) return known;
      const [hours, shares] = await Promise.all([selectHours(db, id, now), selectShares(db, id, now)]);
      const forecast = forecastFrom(hours, shares, timezone, now);
      made.set(id, forecast);
      return forecast;
    },
  };
}
