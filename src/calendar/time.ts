import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  dateOfDayNumber,
  dayNumber,
  isDate,
  minutesOfTime,
  timeOfMinutes,
  twoDigits,
} from './dates.ts';

export {
  addDays,
  datesFrom,
  daysBetween,
  isDate,
  isoWeekday,
  isTime,
  minutesOfTime,
  timeOfMinutes,
} from './dates.ts';

const MINUTE = 60_000;
const DAY_MINUTES = 1440;

/** A stretch of a day with one offset from UTC. */
export interface Segment {
  /** Elapsed minutes since the day's first instant, half-open. */
  readonly from: number;
  readonly to: number;
  /** What the clock on the wall shows at `from`, in minutes relative to 00:00 of the date. */
  readonly wallFrom: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

/** The frame of one calendar date in one zone: from its first instant to the first instant of the next date. */
export interface LocalDay {
  readonly zone: string;
  readonly date: string;
  /** Epoch milliseconds of the first instant; a whole minute. */
  readonly startsAt: number;
  /** Elapsed length: 1440, 1380 or 1500 when clocks change, 0 for a date that the zone skipped. */
  readonly minutes: number;
  readonly segments: readonly Segment[];
}

/** Enough for a month in 270 zones at once. */
const days = new LRUCache<string, LocalDay>({ max: 8192 });
/** Slots are rendered in order, so the last frame of a zone answers nearly every call: 3 times as fast. */
const lastFrames = new LRUCache<string, LocalDay>({ max: 1024 });
const knownZones = new LRUCache<string, boolean>({ max: 1024 });
/** Keeps offsets ('+02:00') and whole date-times, which Temporal also takes for a zone, from passing as names. */
const ZONE_NAME = /^[A-Za-z][\w+-]*(?:\/[A-Za-z][\w+-]*)*$/;

/** Whether the text is the name of a time zone, spelt as in the IANA database: 'Europe/Paris', 'UTC'. */
export function isTimeZone(zone: string): boolean {
  if (zone.length > 64 || !ZONE_NAME.test(zone)) return false;
  let known = knownZones.get(zone);
  if (known === undefined) {
    try {
      known = new Temporal.ZonedDateTime(0n, zone).timeZoneId === zone;
    } catch {
      known = false;
    }
    knownZones.set(zone, known);
  }
  return known;
}

// Offsets had seconds before standard time (the last in 1972, Monrovia): frames are rounded to the minute there.
function minuteOf(moment: Temporal.ZonedDateTime): number {
  return Math.round(moment.epochMilliseconds / MINUTE);
}

function offsetMinutes(moment: Temporal.ZonedDateTime): number {
  return -Math.round(-moment.offsetNanoseconds / 60e9);
}

function startOfDay(zone: string, day: number): Temporal.ZonedDateTime {
  return Temporal.PlainDate.from(dateOfDayNumber(day)).toZonedDateTime(zone);
}

function measureDay(zone: string, day: number): LocalDay {
  if (!isTimeZone(zone)) throw new RangeError(`zone: ${JSON.stringify(zone)} is not a known time zone`);
  const first = startOfDay(zone, day);
  const beyond = startOfDay(zone, day + 1);
  const [start, end] = [minuteOf(first), minuteOf(beyond)];
  const segments: Segment[] = [];
  let moment: Temporal.ZonedDateTime | null = first;
  while (moment !== null && minuteOf(moment) < end) {
    const from = minuteOf(moment);
    const offset = offsetMinutes(moment);
    const wallFrom = from + offset - day * DAY_MINUTES;
    // Equal offsets spare the search, which samples three years of a zone that never changes its clocks.
    moment =
      moment.offsetNanoseconds === beyond.offsetNanoseconds ? null : moment.getTimeZoneTransition('next');
    const to = moment === null ? end : Math.min(end, minuteOf(moment));
    if (from < to) segments.push(Object.freeze({ from: from - start, to: to - start, wallFrom, offset }));
  }
  return Object.freeze({
    zone,
    date: dateOfDayNumber(day),
    startsAt: start * MINUTE,
    minutes: end - start,
    segments: Object.freeze(segments),
  });
}

function dayOfNumber(zone: string, day: number): LocalDay {
  const key = `${zone} ${day}`;
  let known = days.get(key);
  if (known === undefined) {
    known = measureDay(zone, day);
    days.set(key, known);
  }
  return known;
}

/** The frame of a date in a zone. Cached; throws RangeError for an unknown zone or an invalid date. */
export function localDay(zone: string, date: string): LocalDay {
  return dayOfNumber(zone, dayNumber(date));
}

/** The frame that contains the instant: a step or two from the date in UTC, as no offset exceeds a day. */
function frameAt(zone: string, instant: number): LocalDay {
  const last = lastFrames.get(zone);
  if (last !== undefined && instant >= last.startsAt && instant < endOf(last)) return last;
  if (!Number.isFinite(instant)) throw new RangeError(`instant: ${instant} is not an instant`);
  let number = Math.floor(instant / (DAY_MINUTES * MINUTE));
  let day = dayOfNumber(zone, number);
  while (instant < day.startsAt) day = dayOfNumber(zone, --number);
  while (instant >= endOf(day)) day = dayOfNumber(zone, ++number);
  lastFrames.set(zone, day);
  return day;
}

function endOf(day: LocalDay): number {
  return day.startsAt + day.minutes * MINUTE;
}

interface WallClock {
  /** Minutes relative to 00:00 of the frame's date; negative where clocks went back over midnight. */
  readonly wall: number;
  readonly offset: number;
}

function wallClock(day: LocalDay, instant: number): WallClock {
  const elapsed = Math.floor((instant - day.startsAt) / MINUTE);
  for (const { from, to, wallFrom, offset } of day.segments) {
    if (elapsed < to) return { wall: wallFrom + elapsed - from, offset };
  }
  throw new RangeError(`instant: ${instant} is not within ${day.date} in ${day.zone}`);
}

/** The date of the day frame that contains the instant. */
export function dateAt(zone: string, instant: number): string {
  return frameAt(zone, instant).date;
}

/** Every instant at which the zone's clocks show this date and time: none, one, or two (the earlier first). */
export function instantsOf(zone: string, date: string, time: string): readonly number[] {
  const number = dayNumber(date);
  const minute = minutesOfTime(time);
  const found: number[] = [];
  // Clocks that go back over midnight repeat the end of a date within the next date's frame.
  for (const [day, wall] of [
    [dayOfNumber(zone, number), minute],
    [dayOfNumber(zone, number + 1), minute - DAY_MINUTES],
  ] as const) {
    for (const { from, to, wallFrom } of day.segments) {
      const elapsed = from + wall - wallFrom;
      if (elapsed >= from && elapsed < to) found.push(day.startsAt + elapsed * MINUTE);
    }
  }
  return found;
}

/** Minute of the day (0 to 1439) that the zone's clocks show. */
export function wallMinutesAt(zone: string, instant: number): number {
  const { wall } = wallClock(frameAt(zone, instant), instant);
  return wall < 0 ? wall + DAY_MINUTES : wall;
}

/** 'HH:MM' that the zone's clocks show. */
export function wallTimeAt(zone: string, instant: number): string {
  return timeOfMinutes(wallMinutesAt(zone, instant));
}

/** RFC 3339 with the zone's offset, to the second: '2026-11-23T09:00:00-05:00'. */
export function formatInstant(instant: number, zone: string): string {
  const day = frameAt(zone, instant);
  const { wall, offset } = wallClock(day, instant);
  const date = wall < 0 ? addDays(day.date, -1) : day.date;
  const time = clock(wall < 0 ? wall + DAY_MINUTES : wall);
  const second = twoDigits(Math.floor(instant / 1000) - Math.floor(instant / MINUTE) * 60);
  return `${date}T${time}:${second}${offset < 0 ? '-' : '+'}${clock(Math.abs(offset))}`;
}

function clock(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

const RFC_3339 =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d+)?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;

/**
 * Epoch milliseconds of an RFC 3339 date-time with offset, in the years that isDate takes; what is finer
 * than a millisecond is cut off. Undefined for anything else, a leap second (:60) included.
 */
export function parseInstant(text: string): number | undefined {
  const match = RFC_3339.exec(text);
  if (match === null) return undefined;
  const [, date = '', hour, minute, second, fraction = '.', sign, offsetHour = '0', offsetMinute = '0'] =
    match;
  if (!isDate(date)) return undefined;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1);
  const minutes = dayNumber(date) * DAY_MINUTES + Number(hour) * 60 + Number(minute) - offset;
  return minutes * MINUTE + Number(second) * 1000 + Number(fraction.slice(1, 4).padEnd(3, '0'));
}
