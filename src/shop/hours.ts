import { isoWeekday } from '../calendar/time.ts';
import type { DayRules, Period } from '../calendar/working-time.ts';
import type { BarberSchedule, ShopRules, WeeklyPeriod } from './rules.ts';

type Opening = Pick<ShopRules, 'openingHours' | 'closures'>;
type Hours = Pick<BarberSchedule, 'weeklyHours' | 'overrides'>;

/** The rules that decide a barber's day: an override replaces the weekly hours of its date. */
export function dayRules(shop: Opening, barber: Hours): DayRules {
  const overrides = new Map(barber.overrides.map(({ date, periods }) => [date, periods]));
  const weekly = byWeekday(barber.weeklyHours);
  const opening = byWeekday(shop.openingHours);
  return {
    hoursOn: (date) => overrides.get(date) ?? weekly[isoWeekday(date)] ?? [],
    openingOn: (date) => opening[isoWeekday(date)] ?? [],
    closures: shop.closures,
  };
}

function byWeekday(periods: readonly WeeklyPeriod[]): readonly (readonly Period[])[] {
  const days: Period[][] = Array.from({ length: 8 }, () => []);
  for (const period of periods) days[period.weekday]?.push(period);
  return days;
}
