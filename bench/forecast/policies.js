import { newRead } from '../../dist/availability/source.js';
import { addDays, dateAt, daysBetween } from '../../dist/calendar/time.js';
import { createRandom } from '../../dist/seed/random.js';
import { createDemandCounter } from '../../dist/warming/demand/counter.js';
import { forecastFrom } from '../../dist/warming/forecast/shop-forecast.js';
import { loadBox, minutesOfRound, planRound } from '../../dist/warming/warm-ahead.js';
import { FIRST_DATE, LEARNING_DAYS, TIMEZONE, visitsOf } from './months.js';
import { barberIds, openShop, rules, SHOP } from './shop.js';

const [MINUTE, HOUR] = [60_000, 3_600_000];
const MEASURED_FROM = addDays(FIRST_DATE, LEARNING_DAYS);
const HALF_LIFE_DAYS = 7;

/** What one policy does over the months: reads that waited for a load, and what was loaded, while it is measured. */
export async function run(policy, { seed, visitsPerDay, ttl }) {
  const clock = { at: Date.parse(`${FIRST_DATE}T00:00:00Z`), now: () => clock.at };
  const counter = createDemandCounter();
  const shop = openShop({ clock, random: createRandom(seed, 2), ttl, watchers: [counter.watch] });
  const act = policy({ shop, clock, counter, lifetimeMs: ttl * 1_000 });
  const figures = { reads: 0, cold: 0, warmUps: 0 };
  let measured = false;
  let nextMinute = clock.at;
  for (const event of visitsOf(seed, visitsPerDay)) {
    for (; nextMinute <= event.at; nextMinute += MINUTE) {
      clock.at = nextMinute;
      const before = shop.loads.calls;
      await act(nextMinute);
      if (measured) figures.warmUps += shop.loads.calls - before;
    }
    clock.at = event.at;
    if (!measured && dateAt(TIMEZONE, clock.at) >= MEASURED_FROM) {
      measured = true;
      shop.loads.calls = 0;
      shop.loads.values = 0;
    }
    if (event.what === 'book') shop.book(event.barber, event.date);
    else {
      const read = newRead();
      const asked = event.barber === undefined ? barberIds : [event.barber];
      await shop.source.load({ shopId: SHOP, barberIds: asked, from: event.from, to: event.to }, read);
      if (!measured) continue;
      figures.reads += 1;
      if (read.misses > 0) figures.cold += 1;
    }
  }
  shop.source.close();
  return { ...figures, calls: shop.loads.calls, values: shop.loads.values };
}

export const none = () => async () => {};

/** At three in the morning, so many days from today on. */
export const nightly =
  (days) =>
  ({ shop, clock }) =>
  async (minute) => {
    const today = dateAt(TIMEZONE, minute);
    if (
      dateAt(TIMEZONE, minute - 3 * HOUR) !== today ||
      dateAt(TIMEZONE, minute - 3 * HOUR - MINUTE) === today
    )
      return;
    await shop.source.warm({ shopId: SHOP, barberIds, from: today, to: addDays(today, days - 1) });
  };

/** As the server does it, but for Postgres: what was counted lies in memory. */
export const forecast = ({ shop, clock, counter, lifetimeMs }) => {
  const asked = [];
  let made;
  let hour = -1;
  return async (minute) => {
    if (minute % HOUR === 0) {
      const at = minute - HOUR;
      const today = dateAt(TIMEZONE, minute - 1);
      for (const { barberId, from, days, reads } of counter.take())
        asked.push({ at, barberId, daysAhead: daysBetween(today, from), days, reads });
    }
    // Until there is something to predict from, nothing is warmed; and nothing is measured.
    if (dateAt(TIMEZONE, minute) < addDays(MEASURED_FROM, -1)) return;
    if ((minute / MINUTE) % minutesOfRound(lifetimeMs) !== 0) return;
    if (Math.floor((minute - MINUTE) / HOUR) !== hour) {
      hour = Math.floor((minute - MINUTE) / HOUR);
      made = forecastFrom(hoursOf(asked), sharesOf(asked, minute), TIMEZONE, minute);
    }
    const box = planRound(made, rules, lifetimeMs, clock.now());
    if (box !== undefined) await loadBox(shop.source, rules, box, clock.now(), lifetimeMs);
  };
};

function hoursOf(asked) {
  const hours = new Map();
  for (const { at, reads } of asked) hours.set(at, (hours.get(at) ?? 0) + reads);
  return [...hours].map(([at, reads]) => ({ at, reads }));
}

function sharesOf(asked, now) {
  const parts = new Map();
  let total = 0;
  for (const { at, barberId, daysAhead, days, reads } of asked) {
    const key = `${barberId} ${daysAhead} ${days}`;
    const weight = reads * 0.5 ** ((now - at) / (24 * HOUR) / HALF_LIFE_DAYS);
    const part = parts.get(key) ?? { barberId, daysAhead, days, share: 0 };
    part.share += weight;
    total += weight;
    parts.set(key, part);
  }
  return [...parts.values()].map((part) => ({ ...part, share: part.share / total }));
}
