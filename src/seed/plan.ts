import { subtract } from '../calendar/interval.ts';
import { addDays, datesFrom, isoWeekday, localDay, minutesOfTime, timeOfMinutes } from '../calendar/time.ts';
import { timeOffWithin, workingTime } from '../calendar/working-time.ts';
import { dayRules } from '../shop/hours.ts';
import type { BarberSchedule, Service, WeeklyPeriod } from '../shop/rules.ts';
import { type BookedService, fillDay } from './fill.ts';
import { barberName, type Guest, inventGuest } from './names.ts';
import { createRandom, type Random } from './random.ts';

export interface SeedSize {
  readonly barbers: number;
  /** Days with bookings, from `from` on. */
  readonly days: number;
  /** Share of the working time that is booked, 0 to 1; what the grid cannot hold is left out (above about 0.7). */
  readonly fill: number;
  /** The same seed gives the same shop. */
  readonly seed: number;
  /** First date, at the shop. */
  readonly from: string;
}

export type PlannedService = Omit<Service, 'id' | 'bufferBefore' | 'active'>;

export interface PlannedBooking {
  /** Epoch milliseconds. */
  readonly startsAt: number;
  readonly service: PlannedService;
  readonly guest: Guest;
}

export interface PlannedBarber extends Omit<BarberSchedule, 'barberId'> {
  readonly name: string;
  readonly bookings: readonly PlannedBooking[];
}

export const TIMEZONE = 'America/New_York';
export const SLOT_MINUTES = 15;
export const SERVICES: readonly [PlannedService, ...PlannedService[]] = [
  { name: 'Haircut', duration: 30, bufferAfter: 5, price: 3000 },
  { name: 'Haircut & Beard Trim', duration: 45, bufferAfter: 5, price: 4500 },
  { name: 'Haircut & Hot Towel Shave', duration: 60, bufferAfter: 5, price: 6000 },
];

const LONGEST_SERVICE = Math.max(...SERVICES.map(({ duration }) => duration));

const [OPENS, CLOSES] = [minutesOfTime('09:00'), minutesOfTime('19:00')];
const SHORT_DAY_CLOSES = minutesOfTime('13:00');
const LUNCH_MINUTES = 45;
/** Lunches begin every quarter of an hour in between, one barber after the other. */
const [FIRST_LUNCH, LAST_LUNCH] = [minutesOfTime('11:30'), minutesOfTime('14:00')];

/** Monday to Saturday, 09:00 to 19:00. */
export const OPENING_HOURS: readonly WeeklyPeriod[] = [1, 2, 3, 4, 5, 6].map((weekday) => ({
  weekday,
  opens: OPENS,
  closes: CLOSES,
}));

/** How often a day of a barber is free, short, or interrupted for two hours. */
const [FREE_DAY, SHORT_DAY, INTERRUPTED_DAY] = [0.03, 0.02, 0.04];

/** The n-th barber of the shop (from 0), who does not depend on how many others there are. */
export function planBarber(n: number, size: SeedSize): PlannedBarber {
  const random = createRandom(size.seed, n);
  const schedule = planSchedule(n, size, random);
  return { name: barberName(n), ...schedule, bookings: planBookings(schedule, size, random) };
}

type Schedule = Omit<PlannedBarber, 'name' | 'bookings'>;

/** A lunch a day, a weekday off, and now and then a free day, a short day or two hours off. */
function planSchedule(n: number, { days, from }: SeedSize, random: Random): Schedule {
  const lunches = (LAST_LUNCH - FIRST_LUNCH) / SLOT_MINUTES + 1;
  const lunch = FIRST_LUNCH + (n % lunches) * SLOT_MINUTES;
  const dayOff = ((n + 2) % 6) + 1;
  const weeklyHours = OPENING_HOURS.filter(({ weekday }) => weekday !== dayOff).flatMap(({ weekday }) => [
    { weekday, opens: OPENS, closes: lunch },
    { weekday, opens: lunch + LUNCH_MINUTES, closes: CLOSES },
  ]);
  const overrides: { date: string; periods: { opens: number; closes: number }[] }[] = [];
  const timeOff: { from: string; to: string }[] = [];
  for (const date of datesFrom(from, addDays(from, days - 1))) {
    const kind = random.share();
    const hour = 9 + random.below(8);
    if (!weeklyHours.some(({ weekday }) => weekday === isoWeekday(date))) continue;
    if (kind < FREE_DAY) {
      overrides.push({ date, periods: [] });
    } else if (kind < FREE_DAY + SHORT_DAY) {
      overrides.push({ date, periods: [{ opens: OPENS, closes: SHORT_DAY_CLOSES }] });
    } else if (kind < FREE_DAY + SHORT_DAY + INTERRUPTED_DAY) {
      timeOff.push({
        from: `${date}T${timeOfMinutes(hour * 60)}`,
        to: `${date}T${timeOfMinutes((hour + 2) * 60)}`,
      });
    }
  }
  return { weeklyHours, overrides, timeOff };
}

function planBookings(schedule: Schedule, { days, from, fill }: SeedSize, random: Random): PlannedBooking[] {
  const rules = dayRules({ openingHours: OPENING_HOURS, closures: [] }, schedule);
  const bookings: PlannedBooking[] = [];
  // What one day missed, the next makes up for, unless it is more than any day could hold.
  let missing = 0;
  for (const date of datesFrom(from, addDays(from, days - 1))) {
    const day = localDay(TIMEZONE, date);
    const working = workingTime(day, rules);
    const timeOff = timeOffWithin(day, schedule.timeOff);
    const minutes = subtract(working, timeOff).reduce((sum, [start, end]) => sum + end - start, 0);
    const target = fill * minutes + missing;
    const filled = fillDay({ working, timeOff, target }, SERVICES, SLOT_MINUTES, random);
    missing = Math.min(target - minutesOf(filled), LONGEST_SERVICE);
    for (const { start, service } of filled) {
      bookings.push({ startsAt: day.startsAt + start * 60_000, service, guest: inventGuest(random) });
    }
  }
  return bookings;
}

function minutesOf(booked: readonly BookedService<PlannedService>[]): number {
  return booked.reduce((sum, { service }) => sum + service.duration, 0);
}
