import type { BarberDay, Busy } from '../../../calendar/barber-day.ts';
import type { Interval } from '../../../calendar/interval.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';

const DAY_MS = 86_400_000;

/**
 * Writes a barber-day in some 45 bytes where JSON takes 400: dates as days since 1970, each interval as the distance
 * from the one before and its length, a hold with the instant at which it lapses, counted from the day's first. False
 * where the value is anything else than a barber-day in whole minutes: nothing was written then.
 */
export function writeDay(value: unknown, out: ByteWriter): boolean {
  if (!isCompactDay(value)) return false;
  const { barberId, date, startsAt, minutes, working, timeOff, busy } = value;
  const midnight = Date.parse(date);
  out.count(barberId);
  out.signed(midnight / DAY_MS);
  out.signed(startsAt - midnight);
  out.count(minutes);
  for (const intervals of [working, timeOff, busy]) {
    out.count(intervals.length);
    let last = 0;
    for (const [start, end, lapsesAt] of intervals as readonly Busy[]) {
      out.signed(start - last);
      // The last bit says whether a hold's instant follows.
      out.count(2 * (end - start) + (lapsesAt === undefined ? 0 : 1));
      if (lapsesAt !== undefined) out.signed(lapsesAt - startsAt);
      last = end;
    }
  }
  return true;
}

/** Reads what `writeDay` wrote. */
export function readDay(bytes: ByteReader): BarberDay {
  const barberId = bytes.count();
  const midnight = bytes.signed() * DAY_MS;
  const date = new Date(midnight).toISOString().slice(0, 10);
  const startsAt = midnight + bytes.signed();
  const minutes = bytes.count();
  const working = readIntervals(bytes, startsAt) as Interval[];
  const timeOff = readIntervals(bytes, startsAt) as Interval[];
  const busy = readIntervals(bytes, startsAt);
  return { barberId, date, startsAt, minutes, working, timeOff, busy };
}

function readIntervals(bytes: ByteReader, startsAt: number): Busy[] {
  const intervals: Busy[] = [];
  let last = 0;
  for (let left = bytes.count(); left > 0; left--) {
    const start = last + bytes.signed();
    const length = bytes.count();
    last = start + Math.floor(length / 2);
    intervals.push(length % 2 === 0 ? [start, last] : [start, last, startsAt + bytes.signed()]);
  }
  return intervals;
}

function isCompactDay(value: unknown): value is BarberDay {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.keys(value).length !== 7) return false;
  const { barberId, date, startsAt, minutes, working, timeOff, busy }: Partial<BarberDay> = value;
  return (
    isCount(barberId) &&
    isDate(date) &&
    Number.isSafeInteger(startsAt) &&
    isCount(minutes) &&
    [working, timeOff, busy].every((part) => Array.isArray(part) && part.every(isInterval))
  );
}

function isInterval(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) return false;
  return value.every(Number.isSafeInteger) && value[1] >= value[0];
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}
