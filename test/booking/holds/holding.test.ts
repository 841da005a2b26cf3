import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Hold } from '../../../src/booking/types/bookings.ts';
import { addDays } from '../../../src/calendar/time.ts';
import { aRealDay, lapse, useScene } from '../scene.ts';
import { codesOf, resultOf, services } from '../services.ts';

describe.each(services)('holding a slot (%s)', (_name, open) => {
  const scene = useScene(open, aRealDay());
  const { day } = scene;

  const release = ({ holdToken }: Hold) => scene.service.releaseHold({ holdToken });

  test('answers with a token, until when, with whom and when; only a hash of the token is stored', async () => {
    const shop = await scene.shop({ settings: { hold_minutes: 17 } });
    const hold = resultOf(await scene.hold(shop, '10:00', { visitor: 'somebody' }));
    expect(hold).toEqual({
      holdToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: expect.any(String),
      barberId: shop.barberIds[0],
      start: expect.stringContaining(`${day}T10:00:00-0`),
    });
    const { rows } = await sql<{ text: string; intime: boolean }>`
      select booking::text as text, lapses_at = ${hold.expiresAt}::timestamptz
        and lapses_at - interval '17 minutes' between date_trunc('milliseconds', created_at) and clock_timestamp()
        as intime
      from booking where shop_id = ${shop.id}`.execute(scene.database.db);
    expect(rows).toMatchObject([{ intime: true }]);
    expect(rows[0]?.text).not.toContain(hold.holdToken);
    expect(rows[0]?.text).not.toContain(Buffer.from(hold.holdToken).toString('hex'));
  });

  test('makes it booked to others, and free to whoever shows the token', async () => {
    const shop = await scene.shop({ barbers: ['Ana', 'Ben'] });
    const [barberId = 0] = shop.barberIds;
    const { holdToken } = resultOf(await scene.hold(shop, '10:00', { barberId }));
    for (const exact of [true, false]) {
      const one = { shop: shop.slug, targetDate: day, barberId, includeNextAvailable: false, exact };
      const tenOf = async (token?: string) => {
        const options = { ...one, holdToken: token };
        const { slots } = resultOf(await scene.service.getAvailableSlotsWithBarberAvailability(options));
        return slots.find(({ time }) => time === '10:00');
      };
      expect(await tenOf()).toMatchObject({ available: false, reason: 'booked' });
      expect(await tenOf(holdToken)).toMatchObject({ available: true, barberIds: [barberId] });
      expect(await tenOf('another')).toMatchObject({ available: false, reason: 'booked' });
      const any = { shop: shop.slug, targetDate: day, includeNextAvailable: false, exact };
      const barbersAt = async (token?: string) => {
        const { slots } = resultOf(await scene.service.getAvailableSlots({ ...any, holdToken: token }));
        return slots.find(({ time }) => time === '10:00')?.barberIds;
      };
      expect(await barbersAt()).toEqual([shop.barberIds[1]]);
      expect(await barbersAt(holdToken)).toEqual(shop.barberIds);
    }
  });

  test('counts for the month, for the next free slot and for many at once alike', async () => {
    const shop = await scene.shop();
    const hold = resultOf(await scene.hold(shop, '09:00'));
    const look = async (holdToken?: string) => {
      const options = { shop: shop.slug, service: 'Haircut', holdToken, exact: true };
      const { days } = resultOf(await scene.service.getAvailableDays({ ...options, from: day, to: day }));
      const next = resultOf(await scene.service.getNextAvailableSlot({ ...options, from: day }));
      const items = [{ service: 'Haircut', start: hold.start }];
      const batch = resultOf(await scene.service.checkAvailability({ ...options, items }));
      return [days[0]?.freeSlots, days[0]?.firstFree, next.nextAvailable?.time, batch.results[0]];
    };
    expect(await look()).toEqual([15, '09:30', '09:30', { available: false, reason: 'booked' }]);
    expect(await look(hold.holdToken)).toEqual([16, '09:00', '09:00', { available: true }]);
  });

  test('keeps the time around it free too, and its holder may shift within', async () => {
    const shop = await scene.shop({ settings: { slot_minutes: 15 }, services: { Haircut: [30, 15, 15] } });
    const { holdToken } = resultOf(await scene.hold(shop, '12:00'));
    const around = ['11:00', '11:15', '11:45', '12:00', '12:15', '12:45', '13:00'];
    const at = async (token?: string) => {
      const slots = await scene.slots(shop, { exact: true, ...(token && { holdToken: token }) });
      return around.map((time) => slots[time]);
    };
    expect(await at()).toEqual(['free', 'buffer', 'booked', 'booked', 'booked', 'buffer', 'free']);
    expect(await at(holdToken)).toEqual(around.map(() => 'free'));
  });

  test('of 30 visitors at once one wins, the others are told that it is taken', async () => {
    const shop = await scene.shop();
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => scene.hold(shop, '10:00')));
    expect(outcomes.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
    expect(outcomes.flatMap(codesOf)).toEqual(Array(29).fill('slot_taken'));
  });

  test('is refused as a booking is, with every fault at once', async () => {
    const shop = await scene.shop({ settings: { horizon_days: 20 } });
    expect(codesOf(await scene.hold(shop, '07:00'))).toEqual(['outside_hours']);
    expect(codesOf(await scene.hold(shop, '10:07'))).toEqual(['validation_failed']);
    expect(codesOf(await scene.hold(shop, '10:00', { bookingDate: addDays(day, 60) }))).toEqual([
      'too_far_ahead',
    ]);
    const bad = { bookingDate: '2027-02-30', service: 'Perm', userTimezone: 'Mars/Base', barberId: 999_999 };
    expect(codesOf(await scene.hold(shop, '10:00', bad)).sort()).toEqual([
      'not_found',
      'unknown_service',
      'unknown_timezone',
      'validation_failed',
    ]);
    expect(codesOf(await scene.hold({ ...shop, slug: 'nowhere' }, '10:00'))).toEqual(['not_found']);
  });

  test('a third one is refused until one is booked, released or has run out', async () => {
    const shop = await scene.shop();
    const visitor = 'keen';
    const hold = (time: string) => scene.hold(shop, time, { visitor });
    const first = resultOf(await hold('10:00'));
    const second = resultOf(await hold('11:00'));
    const refused = await hold('12:00');
    expect(refused).toMatchObject({ kind: 'refused', faults: [{ code: 'rate_limited' }] });
    const wait = refused.kind === 'refused' ? (refused.faults[0].retryAfter ?? 0) : 0;
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(300);
    expect(resultOf(await scene.hold(shop, '12:00'))).toMatchObject({ barberId: first.barberId });

    resultOf(await release(first));
    const third = resultOf(await hold('13:00'));
    expect(codesOf(await hold('14:00'))).toEqual(['rate_limited']);
    await lapse(scene.database, second);
    resultOf(await hold('14:00'));
    expect(codesOf(await hold('15:00'))).toEqual(['rate_limited']);
    const { holdToken } = third;
    const wish = scene.wish(shop, await scene.user(), '13:00');
    resultOf(await scene.service.createBooking({ ...wish, holdToken }));
    resultOf(await hold('15:00'));
  });

  test('of many requests at once, each for another barber, one visitor gets two', async () => {
    const shop = await scene.shop({ barbers: ['Ana', 'Ben', 'Cem', 'Dan', 'Eve', 'Flo'] });
    const outcomes = await Promise.all(
      shop.barberIds.map((barberId) => scene.hold(shop, '10:00', { visitor: 'greedy', barberId })),
    );
    expect(outcomes.filter(({ kind }) => kind === 'ok')).toHaveLength(2);
    expect(outcomes.flatMap(codesOf)).toEqual(Array(4).fill('rate_limited'));
  });

  test('released, it is free at once; what is gone cannot be released', async () => {
    const shop = await scene.shop();
    const hold = resultOf(await scene.hold(shop, '10:00'));
    expect((await scene.slots(shop))['10:00']).toBe('booked');
    expect(await release(hold)).toEqual({ kind: 'ok', value: null });
    expect((await scene.slots(shop))['10:00']).toBe('free');
    expect(codesOf(await release(hold))).toEqual(['not_found']);
    const lapsed = resultOf(await scene.hold(shop, '11:00'));
    await lapse(scene.database, lapsed);
    expect(codesOf(await release(lapsed))).toEqual(['not_found']);
  });

  test('those that ran out more than an hour ago are deleted in passing', async () => {
    const shop = await scene.shop();
    for (const time of ['09:00', '10:00', '11:00']) resultOf(await scene.hold(shop, time));
    const ageBy = (minutes: number, time: string) =>
      sql`
      update booking set lapses_at = clock_timestamp() - ${minutes} * interval '1 minute'
      where shop_id = ${shop.id}
        and starts_at at time zone 'America/New_York' = ${`${day} ${time}`}::timestamp`.execute(
        scene.database.db,
      );
    await ageBy(61, '09:00');
    await ageBy(59, '10:00');
    resultOf(await scene.hold(shop, '12:00'));
    const { rows } = await sql<{ time: string }>`
      select to_char(starts_at at time zone 'America/New_York', 'HH24:MI') as time
      from booking where shop_id = ${shop.id} order by starts_at`.execute(scene.database.db);
    expect(rows.map(({ time }) => time)).toEqual(['10:00', '11:00', '12:00']);
  });

  test('is no booking: nobody finds it by its number, and it has no history', async () => {
    const shop = await scene.shop();
    const userId = await scene.user();
    resultOf(await scene.hold(shop, '10:00', { visitor: `user:${userId}` }));
    const { id: bookingId } = await scene.database.db
      .selectFrom('booking')
      .select('id')
      .where('shop_id', '=', shop.id)
      .executeTakeFirstOrThrow();
    expect(codesOf(await scene.service.getBookingById({ bookingId, userId }))).toEqual(['not_found']);
    const history = scene.database.db.selectFrom('booking_history').selectAll();
    expect(await history.where('booking_id', '=', bookingId).execute()).toEqual([]);
  });
});
