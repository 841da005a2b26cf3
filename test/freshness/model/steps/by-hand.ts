import fc from 'fast-check';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { dateOf, instantOf, wallOf } from '../calendar.ts';
import { command, picked } from '../commands.ts';
import { overlapsAnother } from '../decisions.ts';
import { keepsItsTime } from '../shop.ts';
import { asking, targetOf } from './wishes.ts';

const BY_HAND = { by: undefined };
const OVERLAPS = '23P01';

const insertBooking = command({
  name: 'insert a booking by hand',
  parameters: fc.record({ asking, barber: fc.nat(20) }),
  async run(shop, { database }, { asking, barber }) {
    const { service: name, at } = targetOf(shop, asking);
    const { id: barberId } = picked(shop.barbers, barber);
    const { id: serviceId, duration, before, after } = picked(shop.services, asking.service);
    const taken = { barberId, start: at, duration, before, after, made: shop.made + 1 };
    const booking = { ...taken, service: name, status: 'confirmed', notes: null, version: 1 } as const;
    const written = sql<{ id: number }>`
      insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
        price_amount, currency)
      select ${shop.id}, ${barberId}, ${serviceId}, ${name}, 'confirmed', t,
        t + make_interval(mins => ${duration}),
        tstzrange(t - make_interval(mins => ${before}), t + make_interval(mins => ${duration + after})), 3000, 'USD'
      from (select ${instantOf(shop.calendar, at)}::timestamptz as t) as start
      returning id`.execute(database.db);
    if (overlapsAnother(shop, booking, false)) {
      await expect(written).rejects.toMatchObject({ code: OVERLAPS });
      return BY_HAND;
    }
    const { rows } = await written;
    shop.made += 1;
    shop.bookings.push({ ...booking, id: rows[0]?.id ?? 0 });
    return BY_HAND;
  },
});

const deleteBooking = command({
  name: 'delete a booking by hand',
  parameters: fc.nat(100),
  isPossible: ({ bookings }) => bookings.length > 0,
  async run(shop, { database }, pick) {
    const { id } = picked(shop.bookings, pick);
    await sql`delete from booking where id = ${id}`.execute(database.db);
    shop.bookings = shop.bookings.filter((booking) => booking.id !== id);
    return BY_HAND;
  },
});

/** All of a barber's bookings at once, in one statement. */
const cancelAll = command({
  name: 'cancel all of a barber by hand',
  parameters: fc.nat(20),
  isPossible: ({ bookings }) => bookings.some(keepsItsTime),
  async run(shop, { database }, pick) {
    const { id } = picked(shop.barbers, pick);
    await sql`update booking set status = 'cancelled' where barber_id = ${id} and status <> 'held'`.execute(
      database.db,
    );
    shop.bookings = shop.bookings.map((booking) =>
      booking.barberId === id ? { ...booking, status: 'cancelled' } : booking,
    );
    return BY_HAND;
  },
});

const closeByHand = command({
  name: 'close by hand',
  parameters: fc.nat(20),
  async run(shop, { database }, day) {
    const date = picked(shop.calendar.dates, day);
    const [from, to] = [wallOf(date), wallOf(date) + 1440];
    const { rows } = await sql<{ id: number }>`
      insert into closure (shop_id, during) values (${shop.id}, tsrange(${date}::date, ${dateOf(to)}::date))
      returning id`.execute(database.db);
    shop.closures.push({ id: rows[0]?.id ?? 0, from, to });
    return BY_HAND;
  },
});

/** In one transaction: hours that go, time off that goes, and a barber who is back. */
const tidyByHand = command({
  name: 'tidy a barber by hand',
  parameters: fc.record({ barber: fc.nat(20), weekday: fc.integer({ min: 1, max: 7 }) }),
  async run(shop, { database }, { barber: pick, weekday }) {
    const barber = picked(shop.barbers, pick);
    await database.db.transaction().execute(async (trx) => {
      await sql`delete from weekly_hours where barber_id = ${barber.id} and weekday = ${weekday}`.execute(
        trx,
      );
      await sql`delete from time_off where barber_id = ${barber.id}`.execute(trx);
      await sql`delete from date_override where barber_id = ${barber.id}`.execute(trx);
      await sql`update barber set active = true where id = ${barber.id}`.execute(trx);
    });
    barber.week = barber.week.map((periods, day) => (day === weekday ? [] : periods));
    barber.timeOff = [];
    barber.overrides.clear();
    barber.active = true;
    return BY_HAND;
  },
});

export const stepsByHand = [insertBooking, deleteBooking, cancelAll, closeByHand, tidyByHand];
