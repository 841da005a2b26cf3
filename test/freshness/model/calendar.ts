/**
 * The days of a run as a list of minutes, each with what the shop's clock shows at it. Offsets come from Temporal;
 * nothing of src/calendar is used.
 */
import { Temporal } from 'temporal-polyfill';

const DAY = 1440;
/** Days known on both sides of those that are compared: shifts, services and buffers reach over midnight. */
const MARGIN = 2;

/** Positions are minutes from `origin`. Wall minutes count from 1970-01-01T00:00 on the shop's clock. */
export interface Calendar {
  readonly zone: string;
  /** The dates that are compared. */
  readonly dates: readonly string[];
  /** Epoch minutes of position 0. */
  readonly origin: number;
  readonly length: number;
  /** Wall minute at each position, and the least and greatest of them. */
  readonly wall: readonly number[];
  readonly firstWall: number;
  readonly lastWall: number;
  /** All dates that come up, and the one before, whose night may reach into them. */
  readonly around: readonly string[];
  /** Positions of the first minute of a compared date and of the next date; 0 is the first. */
  frame(day: number): readonly [from: number, to: number];
}

export function createCalendar(zone: string, first: string, days: number): Calendar {
  const start = Temporal.PlainDate.from(first);
  const startOf = (day: number) => {
    const midnight = start.add({ days: day }).toZonedDateTime(zone);
    return midnight.epochMilliseconds / 60_000;
  };
  const origin = startOf(-MARGIN);
  const length = startOf(days + MARGIN) - origin;
  const wall: number[] = [];
  let offset = 0;
  for (let at = 0; at < length; at++) {
    // No clock changes within a quarter of an hour.
    if ((origin + at) % 15 === 0 || at === 0) offset = offsetAt(zone, origin + at);
    wall[at] = origin + at + offset;
  }
  const datesFrom = (day: number, count: number) =>
    Array.from({ length: count }, (_, n) => start.add({ days: day + n }).toString());
  const frames = Array.from(
    { length: days },
    (_, day) => [startOf(day) - origin, startOf(day + 1) - origin] as const,
  );
  return {
    zone,
    dates: datesFrom(0, days),
    origin,
    length,
    wall,
    firstWall: Math.min(...wall),
    lastWall: Math.max(...wall),
    around: datesFrom(-MARGIN - 1, days + 2 * MARGIN + 1),
    frame: (day) => frames[day] ?? [length, length],
  };
}

function offsetAt(zone: string, minute: number): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(
    zone,
  );
  return offsetNanoseconds / 60e9;
}

/** RFC 3339 of a position, in UTC. */
export function instantOf({ origin }: Calendar, at: number): string {
  return new Date((origin + at) * 60_000).toISOString();
}

/** Position of an RFC 3339 instant. */
export function positionOf({ origin }: Calendar, instant: string): number {
  return Date.parse(instant) / 60_000 - origin;
}

/** 'HH:MM' of a wall minute. */
export function timeOf(wall: number): string {
  return new Date(wall * 60_000).toISOString().slice(11, 16);
}

/** 'YYYY-MM-DD' of a wall minute. */
export function dateOf(wall: number): string {
  return new Date(wall * 60_000).toISOString().slice(0, 10);
}

/** Wall minute at which a date begins. */
export function wallOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 60_000;
}

/** ISO weekday of a date. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** 'HH:MM', or '24:00', of a minute of a day or the next. */
export function wallTime(minute: number): string {
  return minute === DAY ? '24:00' : timeOf(minute % DAY);
}

/** The date and time at a position as somebody in a zone writes it, unless that names an earlier instant. */
export function writtenIn(zone: string, calendar: Calendar, at: number) {
  const there = Temporal.Instant.from(instantOf(calendar, at)).toZonedDateTimeISO(zone);
  const plain = there.toPlainDateTime();
  const first = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (!first.equals(there)) return undefined;
  return { date: plain.toPlainDate().toString(), time: plain.toPlainTime().toString().slice(0, 5) };
}

/** The date at a zone now, and how far it is from midnight there: a run must not see the date change. */
export function todayIn(zone: string): { readonly date: string; readonly isSteady: boolean } {
  const now = Temporal.Now.zonedDateTimeISO(zone);
  return { date: now.toPlainDate().toString(), isSteady: now.hour >= 1 && now.hour < 22 };
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

export function daysBetween(from: string, to: string): number {
  return (wallOf(to) - wallOf(from)) / DAY;
}

/** The date of the zone's next clock change that is at least three days ahead. */
export function nextClockChange(zone: string): string {
  const soon = Temporal.Now.zonedDateTimeISO(zone).add({ days: 3 });
  const change = soon.getTimeZoneTransition('next');
  if (change === null) throw new Error(`Clocks in ${zone} do not change`);
  // Clocks that go back over midnight end the date before.
  return change.subtract({ minutes: 1 }).toPlainDate().toString();
}
