/** Rounds of loads, each of which keeps warm until the next what is worth it. */
import { type AvailabilitySource, newRead } from '../availability/source.ts';
import { addDays, dateAt } from '../calendar/time.ts';
import { activeBarberIds, type ShopRules } from '../shop/rules.ts';
import { HOUR, MINUTE } from '../timing.ts';
import type { ShopForecast } from './forecast/shop-forecast.ts';
import { type Box, barbersOfALoad, chooseBox } from './forecast/worth.ts';

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
    barberIds: activeBarberIds(rules),
    horizonDays: rules.horizonDays + 1,
    shares: forecast.shares,
    readsPerHour: forecast.predicted[hour] ?? 0,
    lifetimeMs,
    forMs: Math.min(roundMs, SHORTEST_LIFE * lifetimeMs),
  });
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
