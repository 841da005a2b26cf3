import { type AvailabilitySource, newRead, type Read, type ShopSource } from '../availability/source.ts';
import { loadTimelines } from '../availability/timelines.ts';
import type { Timeline } from '../calendar/barber-day.ts';
import { subtract } from '../calendar/interval.ts';
import {
  type BookingWindow,
  bookableStarts,
  bookingWindow,
  daySlots,
  nearestReason,
  type Reason,
} from '../calendar/slots.ts';
import {
  addDays,
  dateAt,
  datesFrom,
  daysBetween,
  formatInstant,
  localDay,
  wallTimeAt,
} from '../calendar/time.ts';
import { openingHours } from '../calendar/working-time.ts';
import type { Clock } from '../clock.ts';
import { dayRules } from '../shop/hours.ts';
import type { ShopRules } from '../shop/rules.ts';
import {
  type Candidate,
  candidatesFor,
  checkDate,
  findService,
  NO_SHOP,
  refusalOf,
  refuse,
  zoneFor,
} from './request.ts';
import type * as t from './types.ts';

/** The longest range of days that one request may ask for. */
const MAX_DAYS = 62;
/** How many days the search for the next free slot reads at a time: most find it in the first few. */
const SEARCH_STEPS = [1, 6, 14, 28, 56];

type Source = AvailabilitySource & ShopSource;

/** A request whose inputs are good: what to look for, and when it may start. */
interface Search {
  readonly rules: ShopRules;
  readonly candidates: readonly Candidate[];
  readonly zone: string;
  readonly window: BookingWindow;
  readonly read: Read;
}

/** The reading half of the booking service: which slots are free, over any source. */
export function createAvailabilityReader(source: Source, clock: Clock) {
  async function prepare(
    options: t.ReadOptions & { barberId?: number | undefined },
    faults: t.Fault[],
  ): Promise<Search | t.Refusal> {
    const read = newRead(options.exact);
    const shopId = await source.find(options.shop);
    const loaded = shopId === undefined ? undefined : await source.rules(shopId, read);
    if (loaded === undefined) return refuse(NO_SHOP, ...faults);
    const rules = loaded.value;
    const candidates = candidatesFor(rules, options.service, options.barberId, faults);
    const zone = zoneFor(rules, options.userTimezone, faults);
    return refusalOf(faults) ?? { rules, candidates, zone, window: bookingWindow(rules, clock.now()), read };
  }

  function timelines(search: Search, from: string, to: string): Promise<Timeline[][]> {
    const { rules, candidates, read } = search;
    const barberIds = candidates.map(({ barber }) => barber.id);
    const buffers = candidates[0]?.time ?? { bufferBefore: 0, bufferAfter: 0 };
    if (barberIds.length === 0) return Promise.resolve([]);
    return loadTimelines(source, { shopId: rules.id, barberIds, from, to }, buffers, read);
  }

  async function slots(
    options: t.SlotsOptions & { barberId?: number },
  ): Promise<t.Outcome<t.AvailableSlots>> {
    const { targetDate, includeNextAvailable = true, barberId } = options;
    const faults: t.Fault[] = [];
    checkDate(targetDate, 'date', faults);
    const search = await prepare(options, faults);
    if ('kind' in search) return search;
    const { rules, candidates, zone } = search;
    const day = await timelines(search, targetDate, targetDate);
    const next = includeNextAvailable ? await findNext(search, targetDate) : undefined;
    const only = barberId === undefined ? undefined : candidates[0];
    const value: t.AvailableSlots = {
      date: targetDate,
      timezone: rules.timezone,
      userTimezone: zone,
      ...(only && { barberId: only.barber.id, barberName: only.barber.name }),
      businessHours: openingHours(
        localDay(rules.timezone, targetDate),
        dayRules(rules, { weeklyHours: [], overrides: [] }),
      ),
      slotDurationMinutes: slotDuration(rules, options.service, only),
      slots: listSlots(search, day.flat(), next),
      ...(includeNextAvailable && { nextAvailable: next ? nextSlot(next, zone) : null }),
      read: report(search.read),
    };
    return { kind: 'ok', value };
  }

  /** The first free slot from a date on, up to the booking horizon. */
  async function findNext(search: Search, from: string): Promise<Found | undefined> {
    const { rules, window } = search;
    const { timezone } = rules;
    const today = dateAt(timezone, window.now);
    const last = addDays(today, rules.horizonDays);
    let first = from > today ? from : today;
    for (let step = 0; first <= last; step++) {
      const days = SEARCH_STEPS[Math.min(step, SEARCH_STEPS.length - 1)] ?? 1;
      const end = addDays(first, Math.min(days - 1, daysBetween(first, last)));
      const found = firstFree(search, await timelines(search, first, end));
      if (found !== undefined) return found;
      first = addDays(end, 1);
    }
    return undefined;
  }

  return {
    getAvailableSlots: (options: t.SlotsOptions) => slots(withoutBarber(options)),
    getAvailableSlotsWithBarberAvailability: (options: t.BarberSlotsOptions) => slots(options),

    async getAvailableDays(options: t.DaysOptions): Promise<t.Outcome<t.AvailableDays>> {
      const { from, to } = options;
      const faults: t.Fault[] = [];
      const good = [checkDate(from, 'from', faults), checkDate(to, 'to', faults)];
      if (good.every(Boolean) && (to < from || daysBetween(from, to) >= MAX_DAYS)) {
        const detail = `"to" must be on or after "from", and at most ${MAX_DAYS} days may be asked for at once.`;
        faults.push({ code: 'validation_failed', field: 'to', detail });
      }
      const search = await prepare(options, faults);
      if ('kind' in search) return search;
      const rows = await timelines(search, from, to);
      const days = datesFrom(from, to).map((date, i) =>
        summary(
          search,
          date,
          rows.map((row) => row[i]),
        ),
      );
      return { kind: 'ok', value: { days, read: report(search.read) } };
    },

    async getNextAvailableSlot(options: t.NextSlotOptions): Promise<t.Outcome<t.NextAvailable>> {
      const faults: t.Fault[] = [];
      if (options.from !== undefined) checkDate(options.from, 'from', faults);
      const search = await prepare(options, faults);
      if ('kind' in search) return search;
      const found = await findNext(search, options.from ?? dateAt(search.rules.timezone, search.window.now));
      const nextAvailable = found ? nextSlot(found, search.zone) : null;
      return { kind: 'ok', value: { nextAvailable, read: report(search.read) } };
    },
  };
}

/** JavaScript callers may pass one: any barber is meant all the same. */
function withoutBarber({
  shop,
  service,
  userTimezone,
  exact,
  targetDate,
  includeNextAvailable,
}: t.SlotsOptions) {
  return { shop, service, userTimezone, exact, targetDate, includeNextAvailable };
}

interface Found {
  readonly instant: number;
  readonly barberId: number;
}

function firstFree({ candidates, rules, window }: Search, rows: readonly Timeline[][]): Found | undefined {
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
function listSlots(
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

function summary(
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

function nextSlot({ instant, barberId }: Found, zone: string): t.NextSlot {
  const datetime = formatInstant(instant, zone);
  return { date: datetime.slice(0, 10), time: datetime.slice(11, 16), datetime, barberId };
}

/** Minutes: as the one barber takes for it, else the service's own; without a service the slot length. */
function slotDuration(rules: ShopRules, service: string | undefined, only: Candidate | undefined): number {
  if (service === undefined) return rules.slotMinutes;
  return only?.time.duration ?? findService(rules, service)?.duration ?? rules.slotMinutes;
}

function report({ exact, asOf, hits, misses, bypassed, degraded }: Read): t.ReadReport {
  const status = misses > 0 ? 'miss' : bypassed > 0 ? 'bypass' : hits > 0 ? 'hit' : 'bypass';
  return { status, verified: exact && status === 'hit', degraded, asOf };
}
