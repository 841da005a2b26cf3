import { sql, type Transaction } from 'kysely';
import { timeOfMinutes } from '../calendar/time.ts';
import type { Database } from '../database/schema.ts';
import type { WeeklyPeriod } from '../shop/rules.ts';
import type { PlannedBarber, PlannedBooking, PlannedService } from './plan.ts';

type Trx = Transaction<Database>;

/** Rows a statement: a session ends statements that take longer than 15 s, and one of these takes about 0.3 s. */
const BOOKINGS_AT_ONCE = 5_000;

interface NewShop {
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
  readonly slotMinutes: number;
  readonly horizonDays: number;
}

/** Answers with the shop's id. */
export async function insertShop(trx: Trx, shop: NewShop, hours: readonly WeeklyPeriod[]): Promise<number> {
  const { slug, name, timezone, slotMinutes: slot_minutes, horizonDays: horizon_days } = shop;
  const { id } = await trx
    .insertInto('shop')
    .values({ slug, name, timezone, slot_minutes, horizon_days })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('opening_hours')
    .values(hours.map(({ weekday, opens, closes }) => ({ shop_id: id, weekday, ...times(opens, closes) })))
    .execute();
  return id;
}

/** Answers with the id of each service by its name. */
export async function insertServices(
  trx: Trx,
  shopId: number,
  services: readonly PlannedService[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await trx
    .insertInto('service')
    .values(
      services.map(({ name, duration, bufferAfter, price }) => ({
        shop_id: shopId,
        name,
        duration_minutes: duration,
        buffer_after_minutes: bufferAfter,
        price_amount: price,
      })),
    )
    .returning(['id', 'name'])
    .execute();
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** Barbers with their hours, who all offer every service; answers with the id of each by name. */
export async function insertBarbers(
  trx: Trx,
  shopId: number,
  barbers: readonly PlannedBarber[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: number; name: string }>`
    insert into barber (shop_id, name)
    select ${shopId}, name from unnest(${barbers.map(({ name }) => name)}::text[])
      with ordinality as planned (name, position)
    order by position
    returning id, name`.execute(trx);
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  const each = <T>(rowsOf: (barber: PlannedBarber) => readonly T[]): string =>
    JSON.stringify(
      barbers.flatMap((barber) => rowsOf(barber).map((row) => ({ barber_id: ids.get(barber.name), ...row }))),
    );

  await sql`
    insert into weekly_hours (shop_id, barber_id, weekday, opens, closes)
    select ${shopId}, barber_id, weekday, opens, closes
    from json_to_recordset(${each(({ weeklyHours }) =>
      weeklyHours.map(({ weekday, opens, closes }) => ({ weekday, ...times(opens, closes) })),
    )}::json) as planned (barber_id int, weekday int, opens time, closes time)`.execute(trx);
  await sql`
    insert into date_override (shop_id, barber_id, date, opens, closes)
    select ${shopId}, barber_id, date, opens, closes
    from json_to_recordset(${each(({ overrides }) =>
      overrides.flatMap(({ date, periods }) =>
        periods.length === 0 ? [{ date }] : periods.map((p) => ({ date, ...times(p.opens, p.closes) })),
      ),
    )}::json) as planned (barber_id int, date date, opens time, closes time)`.execute(trx);
  await sql`
    insert into time_off (shop_id, barber_id, during)
    select ${shopId}, barber_id, tsrange("from", "to")
    from json_to_recordset(${each(({ timeOff }) => timeOff)}::json)
      as planned (barber_id int, "from" timestamp, "to" timestamp)`.execute(trx);
  await sql`
    insert into barber_service (shop_id, barber_id, service_id)
    select shop_id, barber.id, service.id from barber join service using (shop_id)
    where shop_id = ${shopId}`.execute(trx);
  return ids;
}

export interface NewBooking extends PlannedBooking {
  readonly barberId: number;
  readonly serviceId: number;
}

/** Confirmed bookings of guests, in a few statements. */
export async function insertBookings(
  trx: Trx,
  shopId: number,
  bookings: readonly NewBooking[],
): Promise<void> {
  for (let first = 0; first < bookings.length; first += BOOKINGS_AT_ONCE) {
    const rows = bookings
      .slice(first, first + BOOKINGS_AT_ONCE)
      .map(({ barberId, serviceId, startsAt, guest }) => ({
        barber_id: barberId,
        service_id: serviceId,
        starts_at: startsAt / 1000,
        ...guest,
      }));
    await sql`
      insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
        price_amount, currency, guest_name, guest_email, guest_phone)
      select shop.id, barber_id, service_id, service.name, 'confirmed', begins, ends,
        tstzrange(begins, ends + make_interval(mins => buffer_after_minutes)),
        price_amount, currency, planned.name, email, phone
      from json_to_recordset(${JSON.stringify(rows)}::json) as planned
          (barber_id int, service_id int, starts_at float8, name text, email text, phone text)
        join service on service.id = service_id
        join shop on shop.id = ${shopId},
        to_timestamp(starts_at) as begins,
        lateral (select begins + make_interval(mins => duration_minutes) as ends) as service_time`.execute(
      trx,
    );
  }
}

function times(opens: number, closes: number): { opens: string; closes: string } {
  return { opens: timeOfMinutes(opens), closes: timeOfMinutes(closes) };
}
