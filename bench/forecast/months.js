import { addDays, dateAt, instantsOf, isoWeekday } from '../../dist/calendar/time.js';
import { createRandom } from '../../dist/seed/random.js';

/** Clocks go back on the last Sunday of October, at the end of the second week that is measured. */
export const TIMEZONE = 'Europe/Berlin';
export const FIRST_DATE = '2026-09-07';
const DAYS = 63;
/** The five weeks before are learnt from. */
export const MEASURED_FROM = addDays(FIRST_DATE, 35);
export const MEASURED_DAYS = 28;
/** A holiday while the season is learnt, and one while it is measured. */
const HOLIDAYS = new Set([addDays(FIRST_DATE, 26), addDays(FIRST_DATE, 54)]);
/** Three days of a campaign, and the week after it. */
const CAMPAIGN = {
  from: addDays(FIRST_DATE, 43),
  to: addDays(FIRST_DATE, 45),
  until: addDays(FIRST_DATE, 52),
};

export const BARBERS = 10;
export const HORIZON_DAYS = 60;

/** Visits of a day by its weekday, from Monday: against each other. */
const WEEK = [0.7, 0.8, 0.9, 1.1, 1.5, 1.3, 0.7];
/** Visits of an hour: at lunch, and in the evening. */
const DAY = [1, 0.5, 0.2, 0.1, 0.1, 0.2, 1, 3, 5, 6, 6, 7, 9, 8, 6, 5, 6, 7, 9, 10, 9, 7, 4, 2];
const DAY_TOTAL = DAY.reduce((sum, part) => sum + part, 0);
const HOUR = 3_600_000;
/** From one look at the page to the next. */
const LOOK_MS = 20_000;

/**
 * What readers do in nine weeks, in order: `read` of a range of days, of one barber or all, and `book`, which changes a
 * day. The same seed makes the same months.
 */
export function* visitsOf(seed, visitsPerDay) {
  const random = createRandom(seed);
  for (let day = 0; day < DAYS; day++) {
    const date = addDays(FIRST_DATE, day);
    const events = [];
    for (let hour = 0; hour < 24; hour++)
      for (const begins of instantsOf(TIMEZONE, date, `${String(hour).padStart(2, '0')}:00`)) {
        const mean = (visitsPerDay * factorOf(date) * (DAY[hour] ?? 0)) / DAY_TOTAL;
        for (let n = poisson(mean, random); n > 0; n--)
          events.push(...visit(begins + random.share() * HOUR, random));
      }
    yield* events.sort((a, b) => a.at - b.at);
  }
}

function factorOf(date) {
  const usual = WEEK[isoWeekday(date) - 1];
  if (HOLIDAYS.has(date)) return 0.15 * usual;
  if (date >= CAMPAIGN.from && date <= CAMPAIGN.to) return 3 * usual;
  return date > CAMPAIGN.to && date <= CAMPAIGN.until ? 1.5 * usual : usual;
}

/** Somebody looks at a month or a day, at a few days more, and may book one. */
function* visit(begin, random) {
  const today = dateAt(TIMEZONE, begin);
  // Regulars have their barber, and some barbers have more of them.
  const barber = random.share() < 0.6 ? Math.floor(BARBERS * random.share() ** 1.5) + 1 : undefined;
  let at = begin;
  if (random.share() < 0.5) {
    yield { what: 'read', at, barber, from: today, to: addDays(today, 30) };
    at += LOOK_MS;
  }
  let date = today;
  for (let looks = 1 + Math.floor(3 * random.share()); looks > 0; looks--) {
    date = addDays(today, Math.min(HORIZON_DAYS, Math.floor(-4 * Math.log(1 - random.share()))));
    yield { what: 'read', at, barber, from: date, to: date };
    at += LOOK_MS;
  }
  if (random.share() < 0.25)
    yield { what: 'book', at, barber: barber ?? 1 + Math.floor(BARBERS * random.share()), date };
}

/** Knuth's, which is good enough for a few dozen an hour. */
function poisson(mean, random) {
  const limit = Math.exp(-mean);
  let [n, product] = [0, random.share()];
  while (product > limit) {
    n += 1;
    product *= random.share();
  }
  return n;
}
