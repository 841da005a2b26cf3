import type { Kysely } from 'kysely';
import { type AvailabilitySource, newRead, type ShopSource } from '../availability/source.ts';
import { addDays, dateAt } from '../calendar/time.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/schema.ts';
import type { ShopRules } from '../shop/rules.ts';
import { selectShopsInDemand } from './demand/queries.ts';
import { type Forecasts, HOUR, type ShopForecast } from './forecast/shop-forecast.ts';
import { type Box, barbersOfALoad, chooseBox } from './forecast/worth.ts';

export interface WarmAhead {
  /** Warms what is worth it in the next minutes, of all shops, when it is time for that. */
  run(signal: AbortSignal): Promise<void>;
  /** What would be warmed next of a shop, and when (epoch ms); undefined where nothing is worth it. */
  next(rules: ShopRules): Promise<NextWarmUp | undefined>;
}

export interface NextWarmUp extends Box {
  readonly at: number;
}

const MINUTE = 60_000;
const LONGEST_ROUND = 15;
/** Entries live up to a tenth shorter than they may. */
const SHORTEST_LIFE = 0.9;
/** From the tick until everything is loaded (ms). */
const SLACK_MS = 15_000;

/** Minutes between two rounds: nothing that was warmed in one may lapse before the next. */
export function minutesOfRound(lifetimeMs: number): number {
  const minutes = Math.floor((SHORTEST_LIFE * lifetimeMs - SLACK_MS) / MINUTE);
  return Math.min(Math.max(1, minutes), LONGEST_ROUND);
}

/** What is worth warming in a round that begins at `at` (epoch ms). */
export function planRound(
  forecast: ShopForecast,
  rules: Pick<ShopRules, 'barbers' | 'horizonDays'>,
  lifetimeMs: number,
  at: number,
): Box | undefined {
  const roundMs = minutesOfRound(lifetimeMs) * MINUTE;
  const hour = Math.floor((at + roundMs / 2 - forecast.until) / HOUR);
  return chooseBox({
    barberIds: rules.barbers.filter(({ active }) => active).map(({ id }) => id),
    horizonDays: rules.horizonDays + 1,
    shares: forecast.shares,
    readsPerHour: forecast.predicted[hour] ?? 0,
    lifetimeMs,
    forMs: Math.min(roundMs, SHORTEST_LIFE * lifetimeMs),
  });
}

/** Loads ahead of predicted demand, in as few calls of the source as what is missing can be had in. */
export function createWarmAhead(options: {
  readonly db: Kysely<Database>;
  readonly source: AvailabilitySource & Pick<ShopSource, 'rules'>;
  readonly forecasts: Forecasts;
  readonly clock: Clock;
  /** How long a barber-day lives at present (ms). */
  readonly lifetimeMs: () => number;
}): WarmAhead {
  const { db, source, forecasts, clock, lifetimeMs } = options;

  async function warm(shopId: number): Promise<void> {
    const rules = (await source.rules(shopId, newRead({ warming: true })))?.value;
    if (rules === undefined) return;
    const now = clock.now();
    const box = planRound(await forecasts.of(rules), rules, lifetimeMs(), now);
    if (box !== undefined) await loadBox(source, rules, box, now, lifetimeMs());
  }

  return {
    async run(signal) {
      const now = clock.now();
      if (Math.floor(now / MINUTE) % minutesOfRound(lifetimeMs()) !== 0) return;
      for (const shopId of await selectShopsInDemand(db, now)) {
        if (signal.aborted) return;
        await warm(shopId);
      }
    },
    async next(rules) {
      const roundMs = minutesOfRound(lifetimeMs()) * MINUTE;
      const at = (Math.floor(clock.now() / roundMs) + 1) * roundMs;
      const box = planRound(await forecasts.of(rules), rules, lifetimeMs(), at);
      return box && { ...box, at };
    },
  };
}

/** Has a box lie in the cache until the next round. */
export async function loadBox(
  source: AvailabilitySource,
  { id: shopId, timezone }: Pick<ShopRules, 'id' | 'timezone'>,
  { barberIds, daysAhead, days }: Box,
  now: number,
  lifetimeMs: number,
): Promise<void> {
  const from = addDays(dateAt(timezone, now), daysAhead);
  const until = now + minutesOfRound(lifetimeMs) * MINUTE + SLACK_MS + (1 - SHORTEST_LIFE) * lifetimeMs;
  const to = addDays(from, days - 1);
  const lastingUntil = Math.min(until, now + lifetimeMs);
  for (let first = 0; first < barberIds.length; first += barbersOfALoad(days)) {
    const some = barberIds.slice(first, first + barbersOfALoad(days));
    await source.load({ shopId, barberIds: some, from, to }, newRead({ warming: true, lastingUntil }));
  }
}
