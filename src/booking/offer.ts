import type { Read } from '../availability/source.ts';
import type { Timeline } from '../calendar/barber-day.ts';
import { subtract } from '../calendar/interval.ts';
import {
  type BookingWindow,
  bookableStarts,
  daySlots,
  nearestReason,
  type Reason,
} from '../calendar/slots.ts';
import { formatInstant, wallTimeAt } from '../calendar/time.ts';
import type { ShopRules } from '../shop/rules.ts';
import type { LiveHold } from './holds.ts';
import type { Candidate } from './request.ts';
import type * as t from './types/availability.ts';

/** A request whose inputs are good: what to look for, and when it may start. */
export interface Search {
  readonly rules: ShopRules;
  readonly candidates: readonly Candidate[];
  readonly zone: string;
  readonly window: BookingWindow;
  readonly read: Read;
  /** Of whoever asks: it counts as free. */
  readonly hold: LiveHold | undefined;
}

/** The first free slot of a search. */
export interface Found {
  readonly instant: number;
  readonly barberId: number;
}

/** The earliest free slot in these timelines, one list a candidate; of several barbers the first. */
export function firstFree(
  { candidates, rules, window }: Search,
  rows: readonly Timeline[][],
): Found | undefined {
  let found: Found | undefined;
  for (const [i, row] of rows.entries()) {
    const candidate = candidates[i];
    if (candidate === undefined) continue;
    for (const timeline of row) {
      if (found !== undefined && timeline.startsAt > found.instant) break;
      const [start] = bookableStarts(timeline, rules.slotMinutes, candidate.time, window);
      if (start === undefined) continue;
      const instant = timeline.startsAt + start * 60_000;
      if (found === undefined || instant < found.instant) found = { instant, barberId: candidate.barber.id };
      break;
    }
  }
  return found;
}

/** Every slot of the day's grid, free for somebody or with the reason of the barber nearest to free. */
export function listSlots(
  { candidates, rules, window, zone }: Search,
  day: readonly Timeline[],
  next: Found | undefined,
): t.Slot[] {
  const byStart = new Map<number, { free: number[]; reasons: Reason[] }>();
  for (const [i, timeline] of day.entries()) {
    const candidate = candidates[i];
    if (candidate === undefined) continue;
    for (const { start, reason } of daySlots(timeline, rules.slotMinutes, candidate.time, window)) {
      const slot = byStart.get(start) ?? { free: [], reasons: [] };
      byStart.set(start, slot);
      if (reason === undefined) slot.free.push(candidate.barber.id);
      else slot.reasons.push(reason);
    }
  }
  const startsAt = day[0]?.startsAt ?? 0;
  return [...byStart]
    .sort(([a], [b]) => a - b)
    .map(([minute, { free, reasons }]) => {
      const instant = startsAt + minute * 60_000;
      const start = formatInstant(instant, zone);
      const available = free.length > 0;
      const isNextAvailable = available && instant === next?.instant;
      const reason = available ? undefined : nearestReason(reasons);
      return {
        time: start.slice(11, 16),
        start,
        available,
        isNextAvailable,
        ...(available && { barberIds: free }),
        ...(reason && { reason }),
      };
    });
}

/** What a month view shows of a day, given each candidate's timeline. */
export function summary(
  { candidates, rules, window }: Search,
  date: string,
  day: readonly (Timeline | undefined)[],
): t.AvailableDay {
  const free = new Set<number>();
  let open = false;
  let startsAt = 0;
  for (const [i, timeline] of day.entries()) {
    const candidate = candidates[i];
    if (candidate === undefined || timeline === undefined) continue;
    startsAt = timeline.startsAt;
    open ||= subtract(timeline.working, timeline.timeOff).some(
      ([from, to]) => from < timeline.minutes && to > 0,
    );
    for (const start of bookableStarts(timeline, rules.slotMinutes, candidate.time, window)) free.add(start);
  }
  const firstFree =
    free.size === 0 ? null : wallTimeAt(rules.timezone, startsAt + Math.min(...free) * 60_000);
  return { date, freeSlots: free.size, firstFree, open };
}

export function nextSlot({ instant, barberId }: Found, zone: string): t.NextSlot {
  const datetime = formatInstant(instant, zone);
  return { date: datetime.slice(0, 10), time: datetime.slice(11, 16), datetime, barberId };
}
