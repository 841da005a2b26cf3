import type { Transaction } from 'kysely';
import { createPostgresSource } from '../availability/postgres/postgres-source.ts';
import type { AvailabilitySource, Loaded } from '../availability/source.ts';
import { loadTimelines } from '../availability/timelines.ts';
import type { BarberDay, Timeline } from '../calendar/barber-day.ts';
import {
  type BookingRules,
  type BookingWindow,
  isOnGrid,
  type Reason,
  reasonAgainst,
  type ServiceTime,
} from '../calendar/slots.ts';
import { dateAt } from '../calendar/time.ts';
import type { Database } from '../database/schema.ts';
import type { Fault } from '../outcome.ts';
import type { ShopRules } from '../shop/rules.ts';
import type { Candidate } from './request.ts';

/**
 * What speaks against each of these barbers taking a booking at the instant: undefined for who is free. Read
 * straight from Postgres, which leaves out the holds that lapsed: those it gives stand, whatever our clock says.
 */
export async function objections(
  postgres: Pick<AvailabilitySource, 'load'>,
  rules: ShopRules,
  candidates: readonly Candidate[],
  instant: number,
  window: BookingWindow,
): Promise<(Objection | undefined)[]> {
  const date = dateAt(rules.timezone, instant);
  const [first] = candidates;
  if (first === undefined) return [];
  const query = {
    shopId: rules.id,
    barberIds: candidates.map(({ barber }) => barber.id),
    from: date,
    to: date,
  };
  const load: AvailabilitySource['load'] = async (days) => (await postgres.load(days)).map(withStandingHolds);
  const rows = await loadTimelines({ load }, query, first.time);
  return candidates.map(({ time }, i) => {
    const timeline = rows[i]?.[0];
    return timeline === undefined ? 'outside' : objectionTo(timeline, instant, time, rules, window);
  });
}

/** The objection to one barber as the transaction sees it, with one of its bookings left out of account. */
export async function objectionWithin(
  trx: Transaction<Database>,
  rules: ShopRules,
  candidate: Candidate,
  instant: number,
  window: BookingWindow,
  withoutBooking = 0,
): Promise<Objection | undefined> {
  const source = createPostgresSource(trx);
  const load: AvailabilitySource['load'] = (query) => source.loadWithout(withoutBooking, query);
  const [objection] = await objections({ load }, rules, [candidate], instant, window);
  return objection;
}

/** Why a time cannot be booked; off the grid and outside working time are no slots at all. */
export type Objection = Reason | 'outside' | 'off_grid';

/** In the order in which they count; the last is the nearest to being bookable. */
const RANK: readonly Objection[] = [
  'past',
  'notice',
  'too_far_ahead',
  'outside',
  'off_grid',
  'too_long',
  'time_off',
  'booked',
  'buffer',
];

/** What speaks against a service starting at this instant; undefined when it can be booked. */
export function objectionTo(
  timeline: Timeline,
  instant: number,
  service: ServiceTime,
  rules: BookingRules,
  window: BookingWindow,
): Objection | undefined {
  const start = (instant - timeline.startsAt) / 60_000;
  const reason = reasonAgainst(timeline, start, service, window);
  if (reason === 'past' || reason === 'notice' || reason === 'too_far_ahead') return reason;
  const place = isOnGrid(timeline, start, rules.slotMinutes);
  if (place === 'outside') return 'outside';
  return place === 'off' ? 'off_grid' : reason;
}

/** For any barber: the objection to the barber who is nearest to free. */
export function nearestObjection(objections: readonly Objection[]): Objection {
  return RANK.findLast((objection) => objections.includes(objection)) ?? 'outside';
}

export const SLOT_TAKEN: Fault = {
  code: 'slot_taken',
  field: 'time',
  detail: 'That slot is not free. Choose another one.',
};

/** An objection as the fault with which a booking is refused. */
export function faultOf(objection: Objection, { slotMinutes, horizonDays }: BookingRules): Fault {
  switch (objection) {
    case 'past':
      return { code: 'notice_too_short', field: 'time', detail: 'That time has passed. Choose a later one.' };
    case 'notice':
      return {
        code: 'notice_too_short',
        field: 'time',
        detail: 'That is too soon: the shop asks for more notice. Choose a later time.',
      };
    case 'too_far_ahead':
      return {
        code: 'too_far_ahead',
        field: 'date',
        detail: `Bookings are taken up to ${horizonDays} days ahead. Choose an earlier date.`,
      };
    case 'outside':
      return {
        code: 'outside_hours',
        field: 'time',
        detail: 'Nobody who offers this works at that time. Choose one of the available slots.',
      };
    case 'too_long':
      return {
        code: 'outside_hours',
        field: 'time',
        detail: 'The service would run into a break or past the end of work. Choose an earlier time.',
      };
    case 'off_grid':
      return {
        code: 'validation_failed',
        field: 'time',
        detail: `Slots start every ${slotMinutes} minutes from opening. Choose one of the available slots.`,
      };
    case 'time_off':
    case 'booked':
    case 'buffer':
      return SLOT_TAKEN;
  }
}

function withStandingHolds(loaded: Loaded<BarberDay>): Loaded<BarberDay> {
  return {
    ...loaded,
    value: { ...loaded.value, busy: loaded.value.busy.map(([start, end]) => [start, end]) },
  };
}
