import { addDays, dateAt, type LocalDay, localDay } from './time.ts';

/** The shop's rules that do not depend on barber or service. */
export interface BookingRules {
  readonly timezone: string;
  readonly slotMinutes: number;
  readonly noticeMinutes: number;
  /** How many days after today can be booked. */
  readonly horizonDays: number;
  /** Wall minute of the shop's day from which today can no longer be booked. */
  readonly sameDayCutoff: number | null;
}

/** Instants in epoch milliseconds: a slot must start at or after `earliest`, and before `latest`. */
export interface BookingWindow {
  readonly now: number;
  readonly earliest: number;
  readonly latest: number;
}

/** Of rules at some instant: their day, and the end of what can be booked on it. */
interface Today {
  readonly day: LocalDay;
  readonly latest: number;
}

/** By rules, which last as long as they are cached: only their day changes meanwhile. */
const lastDays = new WeakMap<BookingRules, Today>();

/** When a slot may start, seen from `now`. Throws RangeError for an unknown time zone. */
export function bookingWindow(rules: BookingRules, now: number): BookingWindow {
  const { noticeMinutes, sameDayCutoff } = rules;
  const { day, latest } = todayOf(rules, now);
  const noticed = now + noticeMinutes * 60_000;
  const cutOff = sameDayCutoff !== null && now >= firstInstantFrom(day, sameDayCutoff);
  return { now, earliest: cutOff ? Math.max(noticed, endOf(day)) : noticed, latest };
}

function todayOf(rules: BookingRules, now: number): Today {
  const last = lastDays.get(rules);
  if (last !== undefined && now >= last.day.startsAt && now < endOf(last.day)) return last;
  const day = localDay(rules.timezone, dateAt(rules.timezone, now));
  const latest = localDay(rules.timezone, addDays(day.date, rules.horizonDays + 1)).startsAt;
  const today = { day, latest };
  lastDays.set(rules, today);
  return today;
}

function endOf(day: LocalDay): number {
  return day.startsAt + day.minutes * 60_000;
}

/** Where clocks go back the cut-off stays passed, where they skip it it is passed at once. */
function firstInstantFrom(day: LocalDay, wall: number): number {
  for (const { from, to, wallFrom } of day.segments) {
    const elapsed = from + Math.max(0, wall - wallFrom);
    if (elapsed < to) return day.startsAt + elapsed * 60_000;
  }
  return day.startsAt + day.minutes * 60_000;
}
