import { addDays, dateAt, daysBetween, wallTimeAt } from '../../dist/calendar/time.js';
import { forecastFrom } from '../../dist/warming/forecast/shop-forecast.js';
import { loadBox, minutesOfRound, planRound } from '../../dist/warming/rounds.js';
import { MEASURED_FROM, TIMEZONE } from './months.js';
import { barberIds, rules, SHOP } from './shop.js';

const [MINUTE, HOUR] = [60_000, 3_600_000];
/** As `selectShares` has it: after seven days a read counts half. */
const HOURLY_DECAY = 0.5 ** (1 / (24 * 7));

/** What is done at the beginning of every minute. */
export const none = () => async () => {};

/** At three in the morning, so many days from today on. */
export const nightly =
  (days) =>
  ({ shop }) =>
  async (minute) => {
    if (wallTimeAt(TIMEZONE, minute) !== '03:00') return;
    const from = dateAt(TIMEZONE, minute);
    await shop.source.warm({ shopId: SHOP, barberIds, from, to: addDays(from, days - 1) });
  };

/** As the server does it, but that what was counted lies in memory. */
export const forecast = ({ shop, counter, lifetimeMs, accuracies }) => {
  const hours = [];
  const parts = new Map();
  let made;

  function count(minute) {
    const today = dateAt(TIMEZONE, minute - 1);
    for (const part of parts.values()) part.weight *= HOURLY_DECAY;
    let all = 0;
    for (const { barberId, from, days, reads } of counter.take()) {
      const daysAhead = daysBetween(today, from);
      const key = `${barberId} ${daysAhead} ${days}`;
      const part = parts.get(key) ?? { barberId, daysAhead, days, weight: 0 };
      part.weight += reads;
      parts.set(key, part);
      all += reads;
    }
    hours.push({ at: minute - HOUR, reads: all });
  }

  function predict(minute) {
    const total = [...parts.values()].reduce((sum, { weight }) => sum + weight, 0);
    const shares = [...parts.values()].map(({ weight, ...of }) => ({ ...of, share: weight / total }));
    made = forecastFrom(hours, shares, TIMEZONE, minute + MINUTE);
    if (accuracies && wallTimeAt(TIMEZONE, minute) === '00:00') accuracies.push(made.accuracy);
  }

  return async (minute) => {
    if (minute % HOUR === 0) count(minute);
    // Before that, nothing is measured.
    if (dateAt(TIMEZONE, minute) < MEASURED_FROM) return;
    if (minute % HOUR === 0 || made === undefined) predict(minute);
    if ((minute / MINUTE) % minutesOfRound(lifetimeMs) !== 0) return;
    const box = planRound(made, rules, lifetimeMs, minute);
    if (box !== undefined) await loadBox(shop.source, rules, box, minute, lifetimeMs);
  };
};
