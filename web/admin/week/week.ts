import type { WeekPeriod } from '../wire.ts';

/** As time inputs have it, `HH:MM`; one that closes at or before it opens ends on the following day. */
export interface Period {
  readonly opens: string;
  readonly closes: string;
}

/** The periods of Monday, of Tuesday, … of Sunday. */
export type Week = readonly (readonly Period[])[];

/** 1 = Monday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const USUAL: Period = { opens: '09:00', closes: '17:00' };
export const DAY_MINUTES = 1_440;

export function weekOf(periods: readonly WeekPeriod[]): Week {
  return WEEKDAYS.map((weekday) => shownPeriods(periods.filter((period) => period.weekday === weekday)));
}

/** In the order of the days, as faults count them. */
export function wireWeek(week: Week): WeekPeriod[] {
  return week.flatMap((day, i) => writtenPeriods(day).map((period) => ({ weekday: i + 1, ...period })));
}

/** A time input has no 24:00; the 00:00 of the following day is the same. */
export function shownPeriods(periods: readonly Period[]): readonly Period[] {
  return periods.map(({ opens, closes }) => ({ opens, closes: closes === '24:00' ? '00:00' : closes }));
}

/** The inverse: as from 00:00 to 00:00 would be nothing, the whole day ends at 24:00. */
export function writtenPeriods(periods: readonly Period[]): readonly Period[] {
  return periods.map(({ opens, closes }) => ({ opens, closes: closes === '00:00' ? '24:00' : closes }));
}

export function withDay(week: Week, day: number, periods: readonly Period[]): Week {
  return week.map((before, i) => (i === day ? periods : before));
}

/** What a day opens with: like the nearest day before that is open. */
export function usualPeriods(week: Week, day: number): readonly Period[] {
  const before = [...week.slice(day + 1), ...week.slice(0, day)].findLast((periods) => periods.length > 0);
  return before ?? [USUAL];
}

/** One more, after the last: an hour's break, and four hours or what is left of the day. */
export function withAnother(periods: readonly Period[]): readonly Period[] {
  const last = periods.at(-1);
  if (last === undefined) return [USUAL];
  const end = endOf(last);
  if (end === undefined || end + 60 >= DAY_MINUTES) return [...periods, { opens: '', closes: '' }];
  return [...periods, { opens: timeOf(end + 60), closes: timeOf(Math.min(end + 300, DAY_MINUTES)) }];
}

export type PeriodFault = 'missing' | 'same' | 'overlap';

/** What is wrong with each period of a day; undefined for what is not. */
export function faultsOfDay(periods: readonly Period[]): readonly (PeriodFault | undefined)[] {
  return periods.map((period, i) => {
    const [from, to] = [startOf(period), endOf(period)];
    if (from === undefined || to === undefined) return 'missing';
    if (from === to) return 'same';
    const overlaps = periods.slice(0, i).some((earlier) => {
      const [start, end] = [startOf(earlier), endOf(earlier)];
      return start !== undefined && end !== undefined && from < end && start < to;
    });
    return overlaps ? 'overlap' : undefined;
  });
}

export function isSound(week: Week): boolean {
  return week.every((day) => faultsOfDay(day).every((fault) => fault === undefined));
}

/** Minutes of work; what is not filled in counts nothing. */
export function minutesOf(periods: readonly Period[]): number {
  return periods.reduce((sum, period) => sum + (endOf(period) ?? 0) - (startOf(period) ?? 0), 0);
}

export function endsNextDay(period: Period): boolean {
  return (endOf(period) ?? 0) > DAY_MINUTES;
}

/** Minutes from midnight; undefined where one of the times is missing. */
export function startOf({ opens, closes }: Period): number | undefined {
  return opens === '' || closes === '' ? undefined : minutesOfTime(opens);
}

export function endOf(period: Period): number | undefined {
  const start = startOf(period);
  if (start === undefined) return undefined;
  const end = minutesOfTime(period.closes);
  // A mistake, and no work; but from midnight to midnight is a whole day.
  if (end === start && start !== 0) return end;
  return end <= start ? end + DAY_MINUTES : end;
}

function minutesOfTime(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function timeOf(minutes: number): string {
  const ofDay = minutes % DAY_MINUTES;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
