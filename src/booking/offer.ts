import type { Read } from '../availability/source.ts';
import type { Timeline } from '../calendar/barber-day.ts';
import { subtract } from '../calendar/interval.ts';
import { type BookingWindow, bookableStarts } from '../calendar/slots.ts';
import { formatInstant, localDay, wallTimeAt } from '../calendar/time.ts';
import { openingHours } from '../calendar/working-time.ts';
import type { Fault } from '../outcome.ts';
import { dayRules } from '../shop/hours.ts';
import type { ShopRules } from '../shop/rules.ts';
import type { LiveHold } from './holds.ts';
import { type Candidate, candidatesFor } from './request.ts';
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
  /** Of what is read, where the source sees what changes. */
  readonly epoch: number | undefined;
  /** Up to this instant the same timelines make the same answer. */
  until: number;
}

/** The first free slot of a search. */
export interface Found {
  readonly instant: number;
  readonly barberId: number;
}

/** One list a candidate. */
export type Timelines = readonly (readonly Timeline[])[];

/** The earliest free slot in these timelines; of several barbers the first. */
export function firstFree({ candidates, rules, window }: Search, rows: Timelines): Found | undefined {
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

/** What is shown of a date: each is worked out once as long as the rules stay the same. */
const hoursOf = new WeakMap<ShopRules, Map<string, t.AvailableSlots['businessHours']>>();
const MAX_DATES = 400;

/** The shop's opening hours on a date. */
export function businessHours(rules: ShopRules, date: string): t.AvailableSlots['businessHours'] {
  let dates = hoursOf.get(rules);
  if (dates === undefined || dates.size >= MAX_DATES) {
    dates = new Map();
    hoursOf.set(rules, dates);
  }
  let hours = dates.get(date);
  if (hours === undefined) {
    const day = localDay(rules.timezone, date);
    hours = Object.freeze(openingHours(day, dayRules(rules, { weeklyHours: [], overrides: [] })));
    dates.set(date, hours);
  }
  return hours;
}

/** Who can be asked for what, by the names in the request. */
const askedBefore = new WeakMap<ShopRules, Map<string, readonly Candidate[]>>();
const MAX_ASKED = 500;

/** As `candidatesFor`: looked up once as long as the rules stay the same, where nothing is wrong with the names. */
export function candidatesOf(
  rules: ShopRules,
  service: string | undefined,
  barberId: number | undefined,
  faults: Fault[],
): readonly Candidate[] {
  const key = `${barberId ?? ''} ${service === undefined ? '' : `=${service}`}`;
  let asked = askedBefore.get(rules);
  const known = asked?.get(key);
  if (known !== undefined) return known;
  const own: Fault[] = [];
  const candidates = candidatesFor(rules, service, barberId, own);
  faults.push(...own);
  if (own.length > 0) return candidates;
  if (asked === undefined || asked.size >= MAX_ASKED) {
    asked = new Map();
    askedBefore.set(rules, asked);
  }
  asked.set(key, candidates);
  return candidates;
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
