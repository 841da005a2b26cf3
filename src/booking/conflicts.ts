import { type Kysely, sql } from 'kysely';
import { createPostgresSource } from '../availability/postgres/postgres-source.ts';
import { loadTimelines } from '../availability/timelines.ts';
import type { Timeline } from '../calendar/barber-day.ts';
import { engulfs } from '../calendar/interval.ts';
import { dateAt } from '../calendar/time.ts';
import type { LocalRange } from '../calendar/working-time.ts';
import type { Database } from '../database/schema.ts';
import { activeBarberIds } from '../shop/rules.ts';
import { selectStaffBookings } from './queries.ts';
import type { StaffBooking } from './types/bookings.ts';

export interface Affected {
  readonly shopId: number;
  /** Without them all of the shop's. */
  readonly barberIds?: readonly number[] | undefined;
}

/** The confirmed bookings whose service time meets a range of local date-times: a closure's, or time off's. */
export async function bookingsWithin(
  db: Kysely<Database>,
  { shopId, barberIds, range }: Affected & { readonly range: LocalRange },
): Promise<StaffBooking[]> {
  const { rows } = await sql<{ id: number }>`
    select booking.id from booking join shop on shop.id = booking.shop_id
    where booking.shop_id = ${shopId} and booking.status = 'confirmed'
      and (${barberIds ?? null}::integer[] is null or booking.barber_id = any (${barberIds ?? null}))
      -- A day wide of the range for the index; which instants it is, the shop's zone says.
      and booking.starts_at between (${range.from}::timestamp at time zone 'UTC') - interval '2 days'
        and (${range.to}::timestamp at time zone 'UTC') + interval '2 days'
      and booking.starts_at at time zone shop.timezone < ${range.to}::timestamp
      and booking.ends_at at time zone shop.timezone > ${range.from}::timestamp`.execute(db);
  return selectStaffBookings(
    db,
    rows.map(({ id }) => id),
  );
}

interface Upcoming {
  readonly id: number;
  readonly barberId: number;
  readonly startsAt: number;
  readonly endsAt: number;
}

/**
 * The confirmed bookings from `now` (epoch ms) on that do not lie within their barber's working time, as the
 * shop's rules and the barber's hours are now: after a change of these, those that nobody will be there for.
 */
export async function bookingsOutsideWork(
  db: Kysely<Database>,
  { shopId, barberIds }: Affected,
  now: number,
): Promise<StaffBooking[]> {
  const source = createPostgresSource(db);
  const rules = (await source.rules(shopId))?.value;
  const upcoming = await selectUpcoming(db, shopId, barberIds, now);
  const [first] = upcoming;
  const last = upcoming.at(-1);
  if (rules === undefined || first === undefined || last === undefined) return [];
  const chairs = [...new Set(upcoming.map(({ barberId }) => barberId))];
  const from = dateAt(rules.timezone, first.startsAt);
  const to = dateAt(rules.timezone, last.startsAt);
  const buffers = { bufferBefore: 0, bufferAfter: 0 };
  const rows = await loadTimelines(source, { shopId, barberIds: chairs, from, to }, buffers);
  const working = new Set(activeBarberIds(rules));
  const days = new Map(
    rows.flatMap((row, i) => row.map((day) => [`${chairs[i]} ${day.date}`, day] as const)),
  );
  const outside = upcoming.filter((booking) => {
    const day = days.get(`${booking.barberId} ${dateAt(rules.timezone, booking.startsAt)}`);
    return !working.has(booking.barberId) || day === undefined || !isWithinWork(day, booking);
  });
  return selectStaffBookings(
    db,
    outside.map(({ id }) => id),
  );
}

function isWithinWork({ startsAt, working }: Timeline, booking: Upcoming): boolean {
  const minute = (instant: number) => (instant - startsAt) / 60_000;
  return engulfs(working, [minute(booking.startsAt), minute(booking.endsAt)]);
}

async function selectUpcoming(
  db: Kysely<Database>,
  shopId: number,
  barberIds: readonly number[] | undefined,
  now: number,
): Promise<readonly Upcoming[]> {
  const { rows } = await sql<Upcoming>`
    select id, barber_id as "barberId",
      (extract(epoch from starts_at) * 1000)::float8 as "startsAt",
      (extract(epoch from ends_at) * 1000)::float8 as "endsAt"
    from booking
    where shop_id = ${shopId} and status = 'confirmed' and starts_at >= ${new Date(now)}
      and (${barberIds ?? null}::integer[] is null or barber_id = any (${barberIds ?? null}))
    order by starts_at`.execute(db);
  return rows;
}
