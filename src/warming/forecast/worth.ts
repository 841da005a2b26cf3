/**
 * What is worth warming. Pure: no I/O, no clock.
 *
 * A barber-day that readers ask for at a rate r, and that lives for L once it is loaded, is missing for one read in
 * 1 + rL: the one that loads it, then r·L that do not. A question for several of them misses as often as the one among
 * them that is asked for least: whenever that one is there, so are the others, which were read with it. So the reads
 * that a question will miss are known from the rates alone, and what is saved by keeping some days warm is what the
 * questions about them would miss.
 */
import { HOUR } from '../../timing.ts';
import type { Share } from '../demand/queries.ts';

/** Days to be kept warm, of all these barbers. */
export interface Box {
  /** From the shop's today. */
  readonly daysAhead: number;
  readonly days: number;
  readonly barberIds: readonly number[];
  /** Reads in the time to be warmed for that would have to wait for a load. */
  readonly saved: number;
  /** Calls of the source that it takes. */
  readonly loads: number;
}

export interface Wish {
  /** Who can be booked. */
  readonly barberIds: readonly number[];
  /** Days ahead that can be booked, today included. */
  readonly horizonDays: number;
  readonly shares: readonly Share[];
  /** Predicted reads an hour, of the whole shop. */
  readonly readsPerHour: number;
  /** How long a barber-day lives (ms). */
  readonly lifetimeMs: number;
  /** What is warmed is kept warm for this long (ms) by one round of loads. */
  readonly forMs: number;
}

/** Barber-days in one load at most: they take Postgres 20 ms, and readers who join the load wait for all. */
const MOST_OF_A_LOAD = 1_000;
/**
 * Part of a call that a barber-day more in a load is worth avoiding: it takes Postgres 20 µs, a hundredth of a call, but
 * nobody waits for it.
 */
const PRICE_OF_A_DAY = 0.001;
/**
 * What is warmed has to save so many times what it costs: a forecast may be wrong, and bookings take days out of the cache
 * before their time. At 1.1 a quiet shop loads more than it saves (`npm run bench:forecast`).
 */
const MARGIN = 1.3;

/** The days from today on that are worth most, or none where nothing is worth its loads. */
export function chooseBox(wish: Wish): Box | undefined {
  const { barberIds, horizonDays, readsPerHour, forMs } = wish;
  if (barberIds.length === 0 || !(readsPerHour > 0) || !(forMs > 0)) return undefined;
  const missed = missedFrom(wish);
  let [best, bestGain] = [undefined as Box | undefined, 0];
  let saved = 0;
  for (let days = 1; days <= horizonDays; days++) {
    // Only what ends within the box is spared a load.
    saved += (missed[days - 1] ?? 0) * (forMs / HOUR);
    const loads = Math.ceil(barberIds.length / barbersOfALoad(days));
    const gain = saved - MARGIN * loads - PRICE_OF_A_DAY * days * barberIds.length;
    if (gain <= bestGain) continue;
    bestGain = gain;
    best = { daysAhead: 0, days, barberIds, saved, loads };
  }
  return best;
}

/** Of whom so many days can be had in one load. */
export function barbersOfALoad(days: number): number {
  return Math.max(1, Math.floor(MOST_OF_A_LOAD / days));
}

/** Reads an hour that will miss, by the last day that they ask for. */
function missedFrom({ barberIds, horizonDays, shares, readsPerHour, lifetimeMs }: Wish): number[] {
  const missed = new Array<number>(horizonDays).fill(0);
  const rates = ratesOf(barberIds, horizonDays, shares);
  for (const question of shares) {
    const [from, to] = [question.daysAhead, question.daysAhead + question.days];
    // Days of the past are not kept warm, nor what cannot be booked yet.
    if (from < 0 || to > horizonDays) continue;
    const asked = question.barberId === 0 ? barberIds : [question.barberId];
    let rarest = Number.POSITIVE_INFINITY;
    for (const barberId of asked)
      for (let day = from; day < to; day++)
        rarest = Math.min(rarest, rates.get(barberId)?.[day] ?? Number.POSITIVE_INFINITY);
    if (rarest === Number.POSITIVE_INFINITY) continue;
    const rate = question.share * readsPerHour;
    missed[to - 1] = (missed[to - 1] ?? 0) + rate / (1 + (rarest * readsPerHour * lifetimeMs) / HOUR);
  }
  return missed;
}

/** Which part of all reads includes the day, by barber and day ahead. */
function ratesOf(
  barberIds: readonly number[],
  horizonDays: number,
  shares: readonly Share[],
): ReadonlyMap<number, Float64Array> {
  const rates = new Map(barberIds.map((id) => [id, new Float64Array(horizonDays)]));
  for (const { barberId, daysAhead, days, share } of shares) {
    for (const id of barberId === 0 ? barberIds : [barberId]) {
      const ofBarber = rates.get(id);
      if (ofBarber === undefined) continue;
      for (let day = Math.max(0, daysAhead); day < Math.min(daysAhead + days, horizonDays); day++)
        ofBarber[day] = (ofBarber[day] ?? 0) + share;
    }
  }
  return rates;
}
