import { type AvailabilitySource, newRead, type ShopSource, type Watchful } from '../availability/source.ts';
import { lapsesIn, loadTimelines } from '../availability/timelines.ts';
import { bookingWindow } from '../calendar/slots.ts';
import { addDays, dateAt, datesFrom, daysBetween } from '../calendar/time.ts';
import type { Clock } from '../clock.ts';
import { type Fault, NO_SHOP, type Outcome, type Refusal, refusalOf, refuse } from '../outcome.ts';
import type { ShopRules } from '../shop/rules.ts';
import { checkAvailability } from './batch.ts';
import { type LiveHold, withoutHold } from './holds.ts';
import {
  businessHours,
  candidatesOf,
  type Found,
  firstFree,
  nextSlot,
  type Search,
  summary,
  type Timelines,
} from './offer.ts';
import { repeatable, reportOf } from './read-report.ts';
import { type Candidate, checkDate, checkRange, findService, zoneFor } from './request.ts';
import { listSlots } from './slot-list.ts';
import type * as t from './types/availability.ts';

/** How many days the search for the next free slot reads at a time: most find it in the first few. */
const SEARCH_STEPS = [1, 6, 14, 28, 56];

type Source = AvailabilitySource & ShopSource & Partial<Watchful>;

/** Finds the live hold of a token; a plain read does without it where Postgres cannot be reached. */
export type FindHold = (token: string | undefined, exact: boolean) => Promise<LiveHold | undefined>;

/** The reading half of the booking service: which slots are free, over any source. */
export function createAvailabilityReader(source: Source, clock: Clock, findHold: FindHold) {
  async function prepare(
    options: t.ReadOptions & { barberId?: number | undefined },
    faults: Fault[],
  ): Promise<Search | Refusal> {
    const read = newRead({ exact: options.exact });
    const shopId = await source.find(options.shop);
    const epoch = shopId === undefined ? undefined : source.epoch?.(shopId);
    const loaded = shopId === undefined ? undefined : await source.rules(shopId, read);
    if (loaded === undefined) return refuse(NO_SHOP, ...faults);
    const rules = loaded.value;
    const candidates = candidatesOf(rules, options.service, options.barberId, faults);
    const zone = zoneFor(rules, options.userTimezone, faults);
    const refusal = refusalOf(faults);
    if (refusal !== undefined) return refusal;
    const hold = options.holdToken === undefined ? undefined : await findHold(options.holdToken, read.exact);
    const window = bookingWindow(rules, clock.now());
    return { rules, candidates, zone, window, read, hold, epoch, until: endOfMinute(window.now) };
  }

  async function timelines(search: Search, from: string, to: string): Promise<Timelines> {
    const { rules, candidates, read, hold } = search;
    const barberIds = candidates.map(({ barber }) => barber.id);
    const buffers = candidates[0]?.time ?? { bufferBefore: 0, bufferAfter: 0 };
    if (barberIds.length === 0) return [];
    const rows = await loadTimelines(source, { shopId: rules.id, barberIds, from, to }, buffers, read);
    for (const instant of lapsesIn(rows)) {
      if (instant > search.window.now) search.until = Math.min(search.until, instant);
    }
    if (hold === undefined) return rows;
    return rows.map((row, i) =>
      barberIds[i] === hold.barberId ? row.map((day) => withoutHold(day, hold)) : row,
    );
  }

  async function slots(options: t.SlotsOptions & { barberId?: number }): Promise<Outcome<t.AvailableSlots>> {
    const { targetDate, includeNextAvailable = true, barberId } = options;
    const faults: Fault[] = [];
    checkDate(targetDate, 'date', faults);
    const search = await prepare(options, faults);
    if ('kind' in search) return search;
    const { rules, candidates, zone } = search;
    const day = await timelines(search, targetDate, targetDate);
    const next = includeNextAvailable ? await findNext(search, targetDate, day) : undefined;
    const only = barberId === undefined ? undefined : candidates[0];
    const value: t.AvailableSlots = {
      date: targetDate,
      timezone: rules.timezone,
      userTimezone: zone,
      ...(only && { barberId: only.barber.id, barberName: only.barber.name }),
      businessHours: businessHours(rules, targetDate),
      slotDurationMinutes: slotDuration(rules, options.service, only),
      slots: listSlots(search, day.flat(), next),
      ...(includeNextAvailable && { nextAvailable: next ? nextSlot(next, zone) : null }),
      read: report(search, options.shop),
    };
    return { kind: 'ok', value };
  }

  /** The first free slot from a date on, up to the booking horizon; `read` are the timelines of that date. */
  async function findNext(search: Search, from: string, read?: Timelines): Promise<Found | undefined> {
    const { rules, window } = search;
    const { timezone } = rules;
    const today = dateAt(timezone, window.now);
    const last = addDays(today, rules.horizonDays);
    let first = from > today ? from : today;
    for (let step = 0; first <= last; step++) {
      const days = SEARCH_STEPS[Math.min(step, SEARCH_STEPS.length - 1)] ?? 1;
      const end = addDays(first, Math.min(days - 1, daysBetween(first, last)));
      const isRead = read !== undefined && first === from && end === from;
      const found = firstFree(search, isRead ? read : await timelines(search, first, end));
      if (found !== undefined) return found;
      first = addDays(end, 1);
    }
    return undefined;
  }

  /** Whether the slug is known to mean this shop; if it has to be looked up, nobody waits for that. */
  function isFound(shop: string | undefined, id: number): boolean {
    const found = source.find(shop);
    if (found instanceof Promise) found.catch(() => {});
    return found === id;
  }

  /** Of an answer that came out of the cache whole, it can be told whether it still is the answer. */
  function report(search: Search, shop: string | undefined): t.ReadReport {
    const { rules, read, hold, epoch, until, window } = search;
    const first = reportOf(read);
    const isPlain = first.status === 'hit' && !read.exact && !read.degraded && hold === undefined;
    if (!isPlain || epoch === undefined) return first;
    return repeatable(first, () => {
      const now = clock.now();
      if (now < window.now || now >= until) return undefined;
      const asOf = source.exactAgain?.(rules.id, epoch, read);
      if (asOf === undefined || !isFound(shop, rules.id)) return undefined;
      return { status: 'hit', verified: false, degraded: false, asOf };
    });
  }

  return {
    getAvailableSlots: (options: t.SlotsOptions) => slots(withoutBarber(options)),
    getAvailableSlotsWithBarberAvailability: (options: t.BarberSlotsOptions) => slots(options),

    async getAvailableDays(options: t.DaysOptions): Promise<Outcome<t.AvailableDays>> {
      const { from, to } = options;
      const faults: Fault[] = [];
      checkRange(from, to, faults);
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
      return { kind: 'ok', value: { days, read: report(search, options.shop) } };
    },

    checkAvailability: (options: t.BatchOptions) => checkAvailability(source, clock, findHold, options),

    async getNextAvailableSlot(options: t.NextSlotOptions): Promise<Outcome<t.NextAvailable>> {
      const faults: Fault[] = [];
      if (options.from !== undefined) checkDate(options.from, 'from', faults);
      const search = await prepare(options, faults);
      if ('kind' in search) return search;
      const found = await findNext(search, options.from ?? dateAt(search.rules.timezone, search.window.now));
      const nextAvailable = found ? nextSlot(found, search.zone) : null;
      return { kind: 'ok', value: { nextAvailable, read: report(search, options.shop) } };
    },
  };
}

/** Slots begin, and booking windows open and close, on whole minutes. */
function endOfMinute(now: number): number {
  return Math.ceil(now / 60_000) * 60_000;
}

/** JavaScript callers may pass one: any barber is meant all the same. */
function withoutBarber({
  shop,
  service,
  userTimezone,
  exact,
  holdToken,
  targetDate,
  includeNextAvailable,
}: t.SlotsOptions) {
  return { shop, service, userTimezone, exact, holdToken, targetDate, includeNextAvailable };
}

/** Minutes: as the one barber takes for it, else the service's own; without a service the slot length. */
function slotDuration(rules: ShopRules, service: string | undefined, only: Candidate | undefined): number {
  if (service === undefined) return rules.slotMinutes;
  return only?.time.duration ?? findService(rules, service)?.duration ?? rules.slotMinutes;
}
