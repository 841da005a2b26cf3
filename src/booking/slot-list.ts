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

/** What a list was made of, and the list itself if it was asked for more than once. */
interface Listed {
  readonly search: Search;
  readonly day: readonly Timeline[];
  readonly next: number | undefined;
  /** It stays as it is up to this instant. */
  readonly until: number;
  slots?: readonly t.Slot[];
}

/** By the first candidate's timeline: what was last made of it. */
const listed = new WeakMap<Timeline, Listed>();

/**
 * Every slot of the day's grid, free for somebody or with the reason of the barber nearest to free. Whoever asks again
 * while it would be the same gets the very same list; only then is it frozen, which takes as long as making it.
 */
export function listSlots(
  search: Search,
  day: readonly Timeline[],
  next: Found | undefined,
): readonly t.Slot[] {
  const [first] = day;
  if (first === undefined) return [];
  const before = listed.get(first);
  if (before !== undefined && isSame(before, search, day, next)) {
    before.slots ??= frozen(makeList(search, day, first.startsAt, next));
    return before.slots;
  }
  listed.set(first, { search, day, next: next?.instant, until: changesAt(search, day) });
  return makeList(search, day, first.startsAt, next);
}

function frozen(slots: readonly t.Slot[]): readonly t.Slot[] {
  for (const slot of slots) {
    Object.freeze(slot.barberIds);
    Object.freeze(slot);
  }
  return Object.freeze(slots);
}

function isSame(made: Listed, search: Search, day: readonly Timeline[], next: Found | undefined): boolean {
  const { rules, zone, window, candidates } = made.search;
  return (
    search.rules === rules &&
    search.zone === zone &&
    search.window.now >= window.now &&
    search.window.now < made.until &&
    next?.instant === made.next &&
    day.length === made.day.length &&
    day.every((timeline, i) => timeline === made.day[i]) &&
    search.candidates.every(({ barber, service }, i) => {
      const other = candidates[i];
      return barber === other?.barber && service === other.service;
    })
  );
}

/** Slots begin, and booking windows open and close, on whole minutes; holds lapse at any instant. */
function changesAt({ window: { now } }: Search, day: readonly Timeline[]): number {
  let until = Math.ceil(now / 60_000) * 60_000;
  for (const { busy } of day) {
    for (const [, , lapsesAt] of busy) {
      if (lapsesAt !== undefined && lapsesAt > now) until = Math.min(until, lapsesAt);
    }
  }
  return until;
}

function makeList(
  { candidates, rules, window, zone }: Search,
  day: readonly Timeline[],
  startsAt: number,
  next: Found | undefined,
): t.Slot[] {
  const { slotMinutes } = rules;
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
