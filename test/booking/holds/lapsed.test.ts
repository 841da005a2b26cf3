import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BookingService } from '../../../src/booking/types/service.ts';
import { addDays, instantsOf } from '../../../src/calendar/time.ts';
import { clockAt, createShop, createUser, type ShopPlan, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { codesOf, resultOf, services } from '../services.ts';

// Postgres deletes what has lapsed by its own clock, so these days are real ones.
const NOW = new Date().toISOString();
const DAY = addDays(NOW.slice(0, 10), 7);

describe.each(services)('holds that lapse (%s)', (name, open) => {
  const clock = clockAt(NOW);
  let database: TestDatabase;
  let service: BookingService;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await open(database, clock);
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  /** Holds half an hour with the first barber, for this many minutes from now: none left of it when negative. */
  async function hold(shop: TestShop, time: string, lapsesIn: number): Promise<number> {
    const [startsAt = Number.NaN] = instantsOf('America/New_York', DAY, time);
    const [from, to] = [new Date(startsAt), new Date(startsAt + 30 * 60_000)];
    const { id } = await database.db
      .insertInto('booking')
      .values({
        shop_id: shop.id,
        barber_id: shop.barberIds[0] ?? 0,
        service_id: shop.serviceIds.Haircut ?? 0,
        service_name: 'Haircut',
        status: 'held',
        starts_at: from,
        ends_at: to,
        occupied: sql<string>`tstzrange(${from}, ${to})`,
        lapses_at: sql<Date>`clock_timestamp() + ${lapsesIn} * interval '1 minute'`,
        price_amount: 3000,
        currency: 'USD',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  const isThere = async (id: number) =>
    (await database.db.selectFrom('booking').select('id').where('id', '=', id).execute()).length > 0;

  async function look({ slug }: TestShop, time: string, exact = true) {
    const options = { shop: slug, targetDate: DAY, service: 'Haircut', includeNextAvailable: false, exact };
    const { slots, read } = resultOf(await service.getAvailableSlots(options));
    return { slot: slots.find((slot) => slot.time === time), read };
  }

  async function shopAndWish(plan: ShopPlan = {}) {
    const shop = await createShop(database.db, plan);
    const userId = await createUser(database.db);
    return { shop, wish: { shop: shop.slug, userId, service: 'Haircut', bookingDate: DAY } };
  }

  test('a live hold is shown as booked, and nobody else can book it', async () => {
    const { shop, wish } = await shopAndWish();
    const held = await hold(shop, '10:00', 60);
    expect((await look(shop, '10:00')).slot).toMatchObject({ available: false, reason: 'booked' });
    expect(codesOf(await service.createBooking({ ...wish, bookingTime: '10:00' }))).toEqual(['slot_taken']);
    expect(await isThere(held)).toBe(true);
  });

  test('whoever does not name a barber gets another one than the one who is held', async () => {
    const { shop, wish } = await shopAndWish({ barbers: ['Ana', 'Ben'] });
    await hold(shop, '10:00', 60);
    expect(resultOf(await service.createBooking({ ...wish, bookingTime: '10:00' })).barberName).toBe('Ben');
  });

  test('a lapsed hold is offered and booked, and is gone afterwards', async () => {
    const { shop, wish } = await shopAndWish();
    const held = await hold(shop, '10:00', -1);
    expect((await look(shop, '10:00')).slot).toMatchObject({ available: true });
    resultOf(await service.createBooking({ ...wish, bookingTime: '10:00' }));
    expect(await isThere(held)).toBe(false);
    expect((await look(shop, '10:00')).slot).toMatchObject({ available: false, reason: 'booked' });
  });

  test('lapsed holds give way to the buffers of a booking too, and only those in its way go', async () => {
    const { shop, wish } = await shopAndWish({ services: { Haircut: [30, 15, 15] } });
    const inTheWay = [await hold(shop, '09:30', -1), await hold(shop, '10:30', -1)];
    const apart = await hold(shop, '12:00', -1);
    resultOf(await service.createBooking({ ...wish, bookingTime: '10:00' }));
    expect(await Promise.all(inTheWay.map(isThere))).toEqual([false, false]);
    expect(await isThere(apart)).toBe(true);
  });

  test('a hold that lapses between two reads frees its slot, though nobody says so', async () => {
    const { shop } = await shopAndWish();
    await hold(shop, '10:00', 60);
    await look(shop, '10:00');
    expect(await look(shop, '10:00', false)).toMatchObject({
      slot: { available: false, reason: 'booked' },
      read: { status: name === 'cached' ? 'hit' : 'bypass' },
    });
    clock.set(new Date(Date.parse(NOW) + 2 * 3_600_000).toISOString());
    const later = await look(shop, '10:00', false);
    clock.set(NOW);
    expect(later).toMatchObject({
      slot: { available: true },
      read: { status: name === 'cached' ? 'hit' : 'bypass' },
    });
  });

  test('a booking moves onto a lapsed hold, which is gone then, but not onto a live one', async () => {
    const { shop, wish } = await shopAndWish();
    const { userId } = wish;
    const { id: bookingId } = resultOf(await service.createBooking({ ...wish, bookingTime: '09:00' }));
    const [live, lapsed] = [await hold(shop, '10:00', 60), await hold(shop, '11:00', -1)];
    const move = (bookingTime: string) =>
      service.updateBooking({ bookingId, userId, updateData: { bookingTime } });
    expect(codesOf(await move('10:00'))).toEqual(['slot_taken']);
    expect(resultOf(await move('11:00'))).toMatchObject({ time: '11:00', version: 2 });
    expect([await isThere(live), await isThere(lapsed)]).toEqual([true, false]);
    expect((await look(shop, '09:00')).slot).toMatchObject({ available: true });
    expect((await look(shop, '11:00')).slot).toMatchObject({ available: false, reason: 'booked' });
  });
});
