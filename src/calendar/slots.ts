import type { Busy, Timeline } from './barber-day.ts';
import type { BookingWindow } from './booking-window.ts';
import { engulfs, overlaps } from './interval.ts';

export { type BookingRules, type BookingWindow, bookingWindow } from './booking-window.ts';

/** Why a slot cannot be booked: the first that applies counts, and the last is the nearest to free. */
const REASONS = ['past', 'notice', 'too_far_ahead', 'too_long', 'time_off', 'booked', 'buffer'] as const;

export type Reason = (typeof REASONS)[number];

/** Minutes; the buffers keep other bookings away, and may reach out of working time. */
export interface ServiceTime {
  readonly duration: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
}

/** A slot of the grid: `start` in minutes of the day, `reason` when it cannot be booked. */
export interface Slot {
  readonly start: number;
  readonly reason?: Reason;
}

/** The starts of the day's slots, free or not: every `slotMinutes` elapsed minutes from each opening. */
export function gridStarts(timeline: Timeline, slotMinutes: number): number[] {
  const starts: number[] = [];
  for (const [from, to] of timeline.working) {
    const end = Math.min(to, timeline.minutes);
    for (let start = firstFrom(from, slotMinutes, 0); start < end; start += slotMinutes) starts.push(start);
  }
  return starts;
}

/** Why a service cannot start at this minute; undefined when it can. The grid is not asked. */
export function reasonAgainst(
  timeline: Timeline,
  start: number,
  service: ServiceTime,
  window: BookingWindow,
): Reason | undefined {
  const instant = timeline.startsAt + start * 60_000;
  if (instant < window.now) return 'past';
  if (instant < window.earliest) return 'notice';
  if (instant >= window.latest) return 'too_far_ahead';
  const end = start + service.duration;
  if (!engulfs(timeline.working, [start, end])) return 'too_long';
  if (overlaps(timeline.timeOff, [start, end])) return 'time_off';
  const { busy } = timeline;
  if (isBusy(busy, start, end, window.now)) return 'booked';
  if (isBusy(busy, start - service.bufferBefore, end + service.bufferAfter, window.now)) return 'buffer';
  return undefined;
}

/** The day's grid with the reason against each slot that is not free. */
export function daySlots(
  timeline: Timeline,
  slotMinutes: number,
  service: ServiceTime,
  window: BookingWindow,
): Slot[] {
  return gridStarts(timeline, slotMinutes).map((start) => {
    const reason = reasonAgainst(timeline, start, service, window);
    return reason === undefined ? { start } : { start, reason };
  });
}

/**
 * The starts of the day's free slots: gridStarts without those that have a reasonAgainst them, found in one
 * walk along working time, time off and bookings that leaps over whatever is in the way.
 */
export function bookableStarts(
  timeline: Timeline,
  slotMinutes: number,
  service: ServiceTime,
  window: BookingWindow,
): number[] {
  const { duration, bufferBefore, bufferAfter } = service;
  const { startsAt, minutes, working, timeOff, busy, longestFree = duration } = timeline;
  if (longestFree < duration) return [];
  const earliest = Math.max(0, (Math.max(window.now, window.earliest) - startsAt) / 60_000);
  const latest = Math.min(minutes, (window.latest - startsAt) / 60_000);
  const starts: number[] = [];
  let b = 0;
  let t = 0;
  for (const [from, to] of working) {
    let start = firstFrom(from, slotMinutes, earliest);
    while (start < latest && start + duration <= to) {
      // Sorted by start: the first that ends late enough decides, whatever follows it begins later.
      let taken = busy[b];
      while (taken !== undefined && (taken[1] <= start - bufferBefore || hasLapsed(taken, window.now))) {
        taken = busy[++b];
      }
      let off = timeOff[t];
      while (off !== undefined && off[1] <= start) off = timeOff[++t];
      if (taken !== undefined && taken[0] < start + duration + bufferAfter) {
        start = firstFrom(from, slotMinutes, taken[1] + bufferBefore);
      } else if (off !== undefined && off[0] < start + duration) {
        start = firstFrom(from, slotMinutes, off[1]);
      } else {
        starts.push(start);
        start += slotMinutes;
      }
    }
  }
  return starts;
}

/** Whether a minute of the day is the start of a slot; 'outside' is not in the day's working time at all. */
export function isOnGrid(timeline: Timeline, start: number, slotMinutes: number): 'on' | 'off' | 'outside' {
  if (start < 0 || start >= timeline.minutes) return 'outside';
  const opening = timeline.working.find(([from, to]) => from <= start && start < to)?.[0];
  if (opening === undefined) return 'outside';
  return firstFrom(opening, slotMinutes, start) === start ? 'on' : 'off';
}

/** The reason of the barber who is nearest to free, for "any barber"; undefined when nobody was asked. */
export function nearestReason(reasons: Iterable<Reason>): Reason | undefined {
  let nearest = -1;
  for (const reason of reasons) nearest = Math.max(nearest, REASONS.indexOf(reason));
  return REASONS[nearest];
}

/** The first start of the grid that runs from `opening` which is neither before it nor before `minute`. */
function firstFrom(opening: number, slotMinutes: number, minute: number): number {
  if (!(slotMinutes >= 1)) throw new RangeError(`slotMinutes: ${slotMinutes} is not a slot length`);
  return minute <= opening ? opening : opening + Math.ceil((minute - opening) / slotMinutes) * slotMinutes;
}

function hasLapsed(taken: Busy, now: number): boolean {
  return taken[2] !== undefined && taken[2] <= now;
}

function isBusy(busy: readonly Busy[], start: number, end: number, now: number): boolean {
  for (const taken of busy) {
    if (taken[0] >= end) return false;
    if (taken[1] > start && !hasLapsed(taken, now)) return true;
  }
  return false;
}
