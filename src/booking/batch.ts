import {
  type AvailabilitySource,
  newRead,
  type Read,
  rulesOfShop,
  type ShopSource,
} from '../availability/source.ts';
import { loadTimelines } from '../availability/timelines.ts';
import type { Timeline } from '../calendar/barber-day.ts';
import { type BookingWindow, bookingWindow } from '../calendar/slots.ts';
import { addDays, dateAt } from '../calendar/time.ts';
import type { Clock } from '../clock.ts';
import { type Fault, NO_SHOP, type Outcome, ok, refusalOf, refuse } from '../outcome.ts';
import type { ShopRules } from '../shop/rules.ts';
import { nearestObjection, type Objection, objectionTo } from './decision.ts';
import { type LiveHold, withoutHold } from './holds.ts';
import { reportOf } from './read-report.ts';
import { type Candidate, candidatesFor, instantOf } from './request.ts';
import type { BatchAvailability, BatchItem, BatchOptions, BatchReason } from './types/availability.ts';

const MAX_ITEMS = 100;
/** Days between two dates that are still read together: one more statement costs more than a few days too many. */
const GAP_DAYS = 7;

interface Wanted {
  readonly candidates: readonly Candidate[];
  readonly instant: number;
  readonly date: string;
}

/** Whether each of many bookings could be made, from few reads: days that lie close together are read at once. */
export async function checkAvailability(
  source: AvailabilitySource & ShopSource,
  clock: Clock,
  findHold: (token: string | undefined, exact: boolean) => Promise<LiveHold | undefined>,
  { shop, items, exact = false, holdToken }: BatchOptions,
): Promise<Outcome<BatchAvailability>> {
  const read = newRead({ exact });
  const rules = await rulesOfShop(source, shop, read);
  if (rules === undefined) return refuse(NO_SHOP);
  const faults: Fault[] = [];
  if (items.length > MAX_ITEMS) {
    const detail = `At most ${MAX_ITEMS} items may be asked for at once.`;
    faults.push({ code: 'validation_failed', field: 'items', detail });
  }
  const wanted = items.slice(0, MAX_ITEMS).map((item, i) => wantedBy(rules, item, i, faults));
  const refusal = refusalOf(faults);
  if (refusal !== undefined) return refusal;
  const hold = await findHold(holdToken, exact);
  const window = bookingWindow(rules, clock.now());
  const days = await readDays(source, rules, wanted.filter(isWithin(window)), hold, read);
  const results = wanted.map(({ candidates, instant, date }) => {
    const objections = candidates.map(({ barber, time }) => {
      const day = days.get(`${barber.id} ${date}`) ?? noDay(date, instant);
      return objectionTo(day, instant, time, rules, window);
    });
    const known = objections.filter((objection) => objection !== undefined);
    const available = known.length < objections.length;
    return available ? { available } : { available, reason: reasonOf(nearestObjection(known)) };
  });
  return ok({ results, read: reportOf(read) });
}

function wantedBy(rules: ShopRules, item: BatchItem, index: number, faults: Fault[]): Wanted {
  const own: Fault[] = [];
  const candidates = candidatesFor(rules, item.service, item.barberId, own);
  const instant = instantOf(rules, { start: item.start }, own) ?? 0;
  for (const fault of own) faults.push({ ...fault, field: `items/${index}/${fault.field ?? ''}` });
  return { candidates, instant, date: dateAt(rules.timezone, instant) };
}

/** What lies outside the window is refused for that, whatever the day looks like. */
function isWithin({ earliest, latest }: BookingWindow) {
  return ({ instant }: Wanted) => instant >= earliest && instant < latest;
}

async function readDays(
  source: AvailabilitySource,
  { id: shopId }: ShopRules,
  wanted: readonly Wanted[],
  hold: LiveHold | undefined,
  read: Read,
): Promise<ReadonlyMap<string, Timeline>> {
  const candidates = wanted.flatMap((one) => one.candidates);
  const barberIds = [...new Set(candidates.map(({ barber }) => barber.id))];
  const buffers = {
    bufferBefore: Math.max(0, ...candidates.map(({ time }) => time.bufferBefore)),
    bufferAfter: Math.max(0, ...candidates.map(({ time }) => time.bufferAfter)),
  };
  const days = new Map<string, Timeline>();
  if (barberIds.length === 0) return days;
  for (const range of rangesOf(wanted.map(({ date }) => date))) {
    const rows = await loadTimelines(source, { shopId, barberIds, ...range }, buffers, read);
    for (const [i, row] of rows.entries()) {
      const barberId = barberIds[i] ?? 0;
      for (const day of row) {
        const own = hold?.barberId === barberId ? withoutHold(day, hold) : day;
        days.set(`${barberId} ${day.date}`, own);
      }
    }
  }
  return days;
}

function rangesOf(dates: readonly string[]): { from: string; to: string }[] {
  const ranges: { from: string; to: string }[] = [];
  for (const date of [...new Set(dates)].sort()) {
    const last = ranges.at(-1);
    if (last !== undefined && date <= addDays(last.to, GAP_DAYS)) last.to = date;
    else ranges.push({ from: date, to: date });
  }
  return ranges;
}

function noDay(date: string, startsAt: number): Timeline {
  return { date, startsAt, minutes: 0, working: [], timeOff: [], busy: [] };
}

function reasonOf(objection: Objection): BatchReason {
  if (objection === 'outside') return 'outside_hours';
  return objection === 'off_grid' ? 'unaligned' : objection;
}
