import { type Calendar, wallOf, weekdayOf } from './calendar.ts';

/** Wall minutes of the day; what closes after 1440 does so on the next day. */
export interface Period {
  readonly opens: number;
  readonly closes: number;
}

/** Periods by ISO weekday; position 0 is unused. */
export type Week = readonly (readonly Period[])[];

/** Half-open, in wall minutes since 1970. */
export interface Range {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/** Minutes. */
export interface ServiceTime {
  readonly duration: number;
  readonly before: number;
  readonly after: number;
}

export interface Service extends ServiceTime {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
}

export interface Barber {
  readonly id: number;
  active: boolean;
  week: Week;
  readonly overrides: Map<string, readonly Period[]>;
  timeOff: Range[];
  /** Durations by name of the service; null is the service's own. */
  offers: Map<string, number | null>;
}

/** A stretch of a barber's time: of a booking or of a hold. */
export interface Taken extends ServiceTime {
  readonly barberId: number;
  /** Position in the calendar. */
  readonly start: number;
  /** The order in which they were made. */
  readonly made: number;
}

export type Client = 'ada' | 'ben';

export interface Booking extends Taken {
  readonly id: number;
  readonly service: string;
  readonly status: 'confirmed' | 'completed' | 'cancelled' | 'no_show';
  /** Whose it is; a guest shows the token. */
  readonly client?: Client;
  readonly manageToken?: string;
  readonly notes: string | null;
  readonly version: number;
}

export interface Hold extends Taken {
  readonly token: string;
  readonly service: string;
  readonly visitor: Client;
  readonly lapsed: boolean;
}

export const POLICIES = ['fewest_minutes', 'round_robin', 'usual_barber'] as const;

/** A shop as its rows say, and nothing else. */
export interface Shop {
  readonly calendar: Calendar;
  /** The date at which the run began. */
  readonly today: string;
  /** Whether the compared days are less than a month ahead: no notice reaches further. */
  readonly isNear: boolean;
  /** Hours to choose from; none go on round the clock. */
  readonly shifts: readonly (readonly Period[])[];
  readonly id: number;
  readonly slug: string;
  slotMinutes: number;
  /** Whether the notice is longer than all of the compared days are away. */
  noticed: boolean;
  /** Whether clients are too late to cancel on all of the compared days. */
  cancellationNoticed: boolean;
  /** Which compared day is the last that can be booked; 0 is the first. */
  lastDay: number;
  policy: (typeof POLICIES)[number];
  openingHours: Week;
  closures: Range[];
  services: Service[];
  readonly barbers: Barber[];
  bookings: Booking[];
  holds: Hold[];
  /** How many bookings and holds were ever made. */
  made: number;
  /** How many commands have run. */
  steps: number;
}

/** Whether the barber works at each position of the calendar. */
export function working({ calendar, openingHours, closures }: Shop, barber: Barber): boolean[] {
  const dates = calendar.around;
  const hours = marked(calendar, dates, (date) => barber.overrides.get(date) ?? onWeekday(barber.week, date));
  const opening = marked(calendar, dates, (date) => onWeekday(openingHours, date));
  const closed = within(calendar, closures);
  return hours.map((isOn, at) => isOn && opening[at] === true && closed[at] !== true);
}

/** Whether a position is in the barber's time off. */
export function away({ calendar }: Shop, { timeOff }: Barber): boolean[] {
  return within(calendar, timeOff);
}

/** Whether a position is taken by what counts, at each position. */
export function busy({ calendar, bookings, holds }: Shop, barberId: number, except?: Taken): boolean[] {
  const minutes = Array.from({ length: calendar.length }, () => false);
  for (const taken of [...bookings.filter(keepsItsTime), ...holds.filter(isLive)]) {
    if (taken.barberId !== barberId || taken === except) continue;
    const [from, to] = occupied(taken);
    for (let at = from; at < to; at++) minutes[at] = true;
  }
  return minutes;
}

export function keepsItsTime({ status }: Booking): boolean {
  return status === 'confirmed' || status === 'completed';
}

export function isLive({ lapsed }: Hold): boolean {
  return !lapsed;
}

/** Positions, buffers included. */
function occupied({ start, duration, before, after }: Taken): readonly [from: number, to: number] {
  return [start - before, start + duration + after];
}

export function meet(a: Taken, b: Taken): boolean {
  const [from, to] = occupied(a);
  const [otherFrom, otherTo] = occupied(b);
  return a.barberId === b.barberId && from < otherTo && otherFrom < to;
}

/** The compared day on which a position lies. */
export function dayAt({ calendar }: Shop, at: number): number {
  return calendar.dates.findIndex((_, day) => {
    const [from, to] = calendar.frame(day);
    return from <= at && at < to;
  });
}

/** Whether the clock shows a time of one of the ranges, at each position. */
export function within(calendar: Calendar, ranges: readonly Pick<Range, 'from' | 'to'>[]): boolean[] {
  const { wall, firstWall, lastWall } = calendar;
  const shown = Array.from({ length: lastWall - firstWall + 1 }, () => false);
  for (const { from, to } of ranges)
    for (let minute = Math.max(from, firstWall); minute < to && minute <= lastWall; minute++)
      shown[minute - firstWall] = true;
  return wall.map((minute) => shown[minute - firstWall] === true);
}

function marked(
  calendar: Calendar,
  dates: readonly string[],
  periodsOn: (date: string) => readonly Period[],
): boolean[] {
  const ranges = dates.flatMap((date) =>
    periodsOn(date).map(({ opens, closes }) => ({ from: wallOf(date) + opens, to: wallOf(date) + closes })),
  );
  return within(calendar, ranges);
}

function onWeekday(week: Week, date: string): readonly Period[] {
  return week[weekdayOf(date)] ?? [];
}
