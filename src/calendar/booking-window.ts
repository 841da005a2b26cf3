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

/** When a slot may start, seen from `now`. Throws RangeError for an unknown time zone. */
export function bookingWindow(rules: BookingRules, now: number): BookingWindow {
  const { timezone, noticeMinutes, horizonDays, sameDayCutoff } = rules;
  const today = localDay(timezone, dateAt(timezone, now));
  const tomorrow = today.startsAt + today.minutes * 60_000;
  const noticed = now + noticeMinutes * 60_000;
  const cutOff = sameDayCutoff !== null && now >= firstInstantFrom(today, sameDayCutoff);
  return {
    now,
    earliest: cutOff ? Math.max(noticed, tomorrow) : noticed,
    latest: localDay(timezone, addDays(today.date, horizonDays + 1)).startsAt,
  };
}

/** Where clocks go back the cut-off stays passed, where they skip it it is passed at once. */
function firstInstantFrom(day: LocalDay, wall: number): number {
  for (const { from, to, wallFrom } of day.segments) {
    const elapsed = from + Math.max(0, wall - wallFrom);
    if (elapsed < to) return day.startsAt + elapsed * 60_000;
  }
  return day.startsAt + day.minutes * 60_000;
}
