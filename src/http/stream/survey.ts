import type { AvailabilitySource, Loaded, ShopSource } from '../../availability/source.ts';
import { type BarberDay, reachesBack, reachesForward } from '../../calendar/barber-day.ts';
import { addDays, dateAt } from '../../calendar/time.ts';
import { activeBarberIds, type ShopRules } from '../../shop/rules.ts';
import type { Topic } from './topic.ts';

/** How many days of a whole horizon are read at a time. */
const STEP_DAYS = 31;

/** A part of what a topic depends on, as it was just read. */
export interface Surveyed {
  /** The dates on which it depends; undefined where on any. */
  readonly dates: readonly string[] | undefined;
  readonly days: readonly Loaded<BarberDay>[];
}

/** The topic's date and its neighbours: what it may depend on. Undefined where it has no date. */
export function datesAround({ date }: Topic): readonly string[] | undefined {
  return date === undefined ? undefined : [addDays(date, -1), date, addDays(date, 1)];
}

/**
 * Reads every day on which a topic depends, part by part. To the day itself belong those of its neighbours to
 * which work or a buffer reaches over midnight; without a date it is every day that can be booked.
 */
export async function* survey(
  topic: Topic,
  source: AvailabilitySource & Pick<ShopSource, 'rules'>,
  now: () => number,
): AsyncGenerator<Surveyed> {
  const { shopId, date } = topic;
  const rules = (await source.rules(shopId))?.value;
  const barberIds = rules === undefined ? [] : barbersOf(topic, rules);
  if (rules === undefined || barberIds.length === 0) return;
  if (date === undefined) {
    const first = dateAt(rules.timezone, now());
    for (let n = 0; n <= rules.horizonDays; n += STEP_DAYS) {
      const [from, to] = [addDays(first, n), addDays(first, Math.min(n + STEP_DAYS - 1, rules.horizonDays))];
      yield { dates: undefined, days: await source.load({ shopId, barberIds, from, to }) };
    }
    return;
  }
  const days = await source.load({ shopId, barberIds, from: date, to: date });
  const dates = datesMet(date, days, rules);
  const [from = date, to = date] = [dates[0], dates.at(-1)];
  yield { dates, days: dates.length === 1 ? days : await source.load({ shopId, barberIds, from, to }) };
}

function barbersOf({ barberId }: Topic, rules: ShopRules): number[] {
  return barberId === undefined ? activeBarberIds(rules) : [barberId];
}

function datesMet(date: string, days: readonly Loaded<BarberDay>[], { services }: ShopRules): string[] {
  const before = Math.max(0, ...services.map(({ bufferBefore }) => bufferBefore));
  const after = Math.max(0, ...services.map(({ bufferAfter }) => bufferAfter));
  return [
    ...(days.some(({ value }) => reachesBack(value, before)) ? [addDays(date, -1)] : []),
    date,
    ...(days.some(({ value }) => reachesForward(value, after)) ? [addDays(date, 1)] : []),
  ];
}
