import { LRUCache } from 'lru-cache';
import type { Timeline } from '../calendar/barber-day.ts';
import {
  bookableStarts,
  gridStarts,
  isOnGrid,
  nearestReason,
  type Reason,
  reasonAgainst,
} from '../calendar/slots.ts';
import { formatInstant } from '../calendar/time.ts';
import type { Found, Search } from './offer.ts';
import type * as t from './types/availability.ts';

/** Every slot of the day's grid, free for somebody or with the reason of the barber nearest to free. */
export function listSlots(
  { candidates, rules, window, zone }: Search,
  day: readonly Timeline[],
  next: Found | undefined,
): t.Slot[] {
  const { slotMinutes } = rules;
  const startsAt = day[0]?.startsAt ?? 0;
  const freeAt = new Map<number, number[]>();
  for (const [i, { barber, time }] of candidates.entries()) {
    const timeline = day[i];
    if (timeline === undefined) continue;
    for (const start of bookableStarts(timeline, slotMinutes, time, window)) {
      const barberIds = freeAt.get(start);
      if (barberIds === undefined) freeAt.set(start, [barber.id]);
      else barberIds.push(barber.id);
    }
  }
  const reasonAt = (minute: number) => {
    const reasons: Reason[] = [];
    for (const [i, { time }] of candidates.entries()) {
      const timeline = day[i];
      if (timeline === undefined || isOnGrid(timeline, minute, slotMinutes) !== 'on') continue;
      const reason = reasonAgainst(timeline, minute, time, window);
      if (reason !== undefined) reasons.push(reason);
    }
    return nearestReason(reasons);
  };
  const labelAt = labelsOf(zone, startsAt);
  return gridOf(day, slotMinutes).map((minute): t.Slot => {
    const { time, start } = labelAt(minute);
    const barberIds = freeAt.get(minute);
    if (barberIds !== undefined) {
      const isNextAvailable = startsAt + minute * 60_000 === next?.instant;
      return { time, start, available: true, isNextAvailable, barberIds };
    }
    const reason = reasonAt(minute);
    return reason === undefined
      ? { time, start, available: false, isNextAvailable: false }
      : { time, start, available: false, isNextAvailable: false, reason };
  });
}

/** The starts of everybody's grid, each once. */
function gridOf(day: readonly Timeline[], slotMinutes: number): number[] {
  const [first] = day;
  if (first !== undefined && day.length === 1) return gridStarts(first, slotMinutes);
  const starts = new Set<number>();
  for (const timeline of day) for (const start of gridStarts(timeline, slotMinutes)) starts.add(start);
  return [...starts].sort((a, b) => a - b);
}

type Label = Pick<t.Slot, 'time' | 'start'>;

/** What clocks show at the minutes of a day: writing it out takes a third of the time of a list. */
const labels = new LRUCache<string, Map<number, Label>>({ max: 1_000 });

function labelsOf(zone: string, startsAt: number): (minute: number) => Label {
  const key = `${startsAt} ${zone}`;
  const known = labels.get(key) ?? new Map<number, Label>();
  labels.set(key, known);
  return (minute) => {
    let label = known.get(minute);
    if (label === undefined) {
      const start = formatInstant(startsAt + minute * 60_000, zone);
      label = { time: start.slice(11, 16), start };
      known.set(minute, label);
    }
    return label;
  };
}
