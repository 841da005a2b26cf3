import { clip, type Interval, intersect, normalise, shift, subtract } from './interval.ts';
import { addDays, daysBetween, type LocalDay, minutesOfTime, timeOfMinutes } from './time.ts';

const DAY_MINUTES = 1440;

/** Wall minutes of the day, half-open; `closes` above 1440 (at most 2880) is past midnight. */
export interface Period {
  readonly opens: number;
  readonly closes: number;
}

/** Local date-times 'YYYY-MM-DDTHH:MM', half-open. */
export interface LocalRange {
  readonly from: string;
  readonly to: string;
}

/** What decides a barber's working time, by date. */
export interface DayRules {
  /** The barber's hours: the date's override, or else the weekly hours. */
  hoursOn(date: string): readonly Period[];
  /** The shop's opening hours. */
  openingOn(date: string): readonly Period[];
  readonly closures: readonly LocalRange[];
}

/**
 * The day's working time in elapsed minutes: every instant whose local date-time lies within the hours and
 * the opening hours, and not within a closure. Shifts that began on an earlier date are included.
 */
export function workingTime(day: LocalDay, rules: DayRules): Interval[] {
  if (day.minutes === 0) return [];
  const hours = wallPeriods(day, (date) => rules.hoursOn(date));
  if (hours.length === 0) return [];
  const opening = wallPeriods(day, (date) => rules.openingOn(date));
  return elapsedOf(day, subtract(intersect(hours, opening), wallRanges(day.date, rules.closures)));
}

/** The parts of local date-time ranges (time off) that fall into the day, in elapsed minutes. */
export function timeOffWithin(day: LocalDay, ranges: readonly LocalRange[]): Interval[] {
  return elapsedOf(day, wallRanges(day.date, ranges));
}

/**
 * Wall minutes relative to 00:00 of the day's date (sorted, disjoint) as elapsed minutes of the day. What
 * clocks skip contributes nothing, what they show twice counts twice.
 */
export function elapsedOf(day: LocalDay, wallIntervals: readonly Interval[]): Interval[] {
  const parts = day.segments.flatMap(({ from, to, wallFrom }) =>
    shift(clip(wallIntervals, [wallFrom, wallFrom + to - from]), from - wallFrom),
  );
  return day.segments.length > 1 ? normalise(parts) : parts;
}

/**
 * From the first opening to the last closing, in wall time, of the shop's periods that begin on the date,
 * closures taken out; null on a closed day. '24:00' is midnight, '02:00' as an end is past midnight.
 */
export function openingHours(day: LocalDay, rules: DayRules): { start: string; end: string } | null {
  if (day.minutes === 0) return null;
  const periods = normalise(rules.openingOn(day.date).map(({ opens, closes }) => [opens, closes]));
  const open = subtract(periods, wallRanges(day.date, rules.closures));
  const [first, last] = [open[0], open.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { start: timeWithin(first[0]), end: timeWithin(last[1]) };
}

function timeWithin(wall: number): string {
  return timeOfMinutes(wall > DAY_MINUTES ? wall - DAY_MINUTES : wall);
}

function wallPeriods(day: LocalDay, periodsOn: (date: string) => readonly Period[]): Interval[] {
  // Two dates back matters only where clocks went back over midnight, so that the frame shows its end again.
  const earliest = day.segments.some(({ wallFrom }) => wallFrom < 0) ? -2 : -1;
  const walls: Interval[] = [];
  for (let back = earliest; back <= 0; back++) {
    for (const { opens, closes } of periodsOn(back === 0 ? day.date : addDays(day.date, back))) {
      walls.push([opens + back * DAY_MINUTES, closes + back * DAY_MINUTES]);
    }
  }
  return normalise(walls);
}

function wallRanges(date: string, ranges: readonly LocalRange[]): Interval[] {
  return normalise(ranges.map(({ from, to }) => [wallMinute(date, from), wallMinute(date, to)]));
}

function wallMinute(date: string, local: string): number {
  return daysBetween(date, local.slice(0, 10)) * DAY_MINUTES + minutesOfTime(local.slice(11));
}
