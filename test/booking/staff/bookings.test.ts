import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { instantsOf } from '../../../src/calendar/time.ts';
import { contentsOf } from '../../support/contents.ts';
import type { TestShop } from '../../support/shop.ts';
import { createStaff, type StaffAccount, useScene } from '../scene.ts';
import { codesOf, resultOf, services } from '../services.ts';

describe.each(services)('bookings by staff (%s)', (_name, open) => {
  const scene = useScene(open);

  async function opened(plan = {}): Promise<{ shop: TestShop; admin: StaffAccount }> {
    const shop = await scene.shop(plan);
    return { shop, admin: await createStaff(scene.database, 'admin', shop) };
  }
  const ask = (shop: TestShop, as: StaffAccount, bookingTime: string, more = {}) => {
    const { userId: _, ...wish } = scene.wish(shop, 0, bookingTime);
    return scene.service.createStaffBooking({ ...wish, as, ...more });
  };

  test('for somebody with a name, for whoever walked in, and for a client with an account', async () => {
    const { shop, admin } = await opened();
    const contact = { name: 'Ada', email: 'ada@example.com', phone: '555 0100' };
    expect(resultOf(await ask(shop, admin, '09:00', contact))).toMatchObject({
      status: 'confirmed',
      time: '09:00',
      client: { userId: null, ...contact },
    });
    expect(resultOf(await ask(shop, admin, '10:00'))).toMatchObject({ time: '10:00', client: null });
    const clientId = await scene.user();
    await scene.book(shop, clientId, '11:00');
    const booking = resultOf(await ask(shop, admin, '12:00', { clientId, notes: 'by phone' }));
    expect(booking.client).toMatchObject({ userId: clientId, phone: null });
    const { items } = await scene.service.getUserBookings({ userId: clientId });
    expect(items.map(({ time, notes }) => [time, notes])).toEqual([
      ['12:00', 'by phone'],
      ['11:00', null],
    ]);
    // It is the client's own now.
    resultOf(await scene.service.cancelBooking({ bookingId: booking.id, userId: clientId }));
  });

  test('the history says which of the staff it was', async () => {
    const { shop, admin } = await opened();
    const barber = await createStaff(scene.database, 'barber', shop, shop.barberIds[0]);
    for (const [as, time] of [
      [admin, '09:00'],
      [barber, '10:00'],
    ] as const) {
      const { id: bookingId } = resultOf(await ask(shop, as, time));
      const history = resultOf(await scene.service.getBookingHistory({ bookingId, userId: admin.userId }));
      expect(history.map(({ actor }) => actor)).toEqual([as]);
    }
  });

  test('need neither notice nor horizon, and may be in the past', async () => {
    const settings = { notice_minutes: 1440, horizon_days: 7, same_day_cutoff: '08:00' };
    const { shop, admin } = await opened({ settings });
    const client = await scene.user();
    for (const [bookingDate, code] of [
      ['2026-02-27', 'notice_too_short'],
      ['2026-03-01', 'notice_too_short'],
      ['2026-03-20', 'too_far_ahead'],
    ]) {
      const wish = { ...scene.wish(shop, client, '14:00'), bookingDate: bookingDate ?? '' };
      expect(codesOf(await scene.service.createBooking(wish))).toEqual([code]);
      expect(resultOf(await ask(shop, admin, '14:00', { bookingDate }))).toMatchObject({ date: bookingDate });
    }
  });

  test('a slip of the year is refused all the same', async () => {
    const { shop, admin } = await opened();
    const codes = async (bookingDate: string) => codesOf(await ask(shop, admin, '10:00', { bookingDate }));
    expect(await codes('2062-03-02')).toEqual(['too_far_ahead']);
    expect(await codes('2016-03-02')).toEqual(['notice_too_short']);
  });

  test('keep to working hours, time off and the grid', async () => {
    const { shop, admin } = await opened();
    const off = { shop_id: shop.id, barber_id: shop.barberIds[0] ?? 0 };
    await scene.database.db
      .insertInto('time_off')
      .values({ ...off, during: `[${scene.day} 12:00, ${scene.day} 13:00)` })
      .execute();
    const codes = async (time: string) => codesOf(await ask(shop, admin, time));
    expect(await codes('18:00')).toEqual(['outside_hours']);
    expect(await codes('10:10')).toEqual(['validation_failed']);
    expect(await codes('12:00')).toEqual(['slot_taken']);
  });

  test('never overlap: neither a booking, nor its buffers, nor what somebody holds', async () => {
    const { shop, admin } = await opened({
      settings: { slot_minutes: 15 },
      services: { Haircut: [30, 0, 15] },
    });
    await scene.book(shop, await scene.user(), '10:00');
    const codes = async (time: string) => codesOf(await ask(shop, admin, time));
    expect(await codes('10:00')).toEqual(['slot_taken']);
    expect(await codes('10:30')).toEqual(['slot_taken']);
    expect(await codes('09:30')).toEqual(['slot_taken']);
    resultOf(await ask(shop, admin, '10:45'));
    await hold(shop, '14:00', 5);
    await hold(shop, '15:00', -5);
    expect(await codes('14:00')).toEqual(['slot_taken']);
    resultOf(await ask(shop, admin, '15:00'));
  });

  async function hold({ id, barberIds, serviceIds }: TestShop, time: string, minutes: number) {
    const [from = 0] = instantsOf('America/New_York', scene.day, time);
    await sql`
      insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
        lapses_at, price_amount, currency)
      select ${id}, ${barberIds[0]}, ${serviceIds.Haircut}, 'Haircut', 'held', t, t + interval '30 minutes',
        tstzrange(t, t + interval '30 minutes'), clock_timestamp() + ${minutes} * interval '1 minute', 0, 'USD'
      from (select ${new Date(from)}::timestamptz as t) as start`.execute(scene.database.db);
  }

  test('of many at once with clients, for one slot, one wins', async () => {
    const { shop, admin } = await opened();
    const userId = await scene.user();
    const outcomes = await Promise.all([
      ...Array.from({ length: 5 }, () => ask(shop, admin, '10:00')),
      ...Array.from({ length: 5 }, () => scene.service.createBooking(scene.wish(shop, userId, '10:00'))),
    ]);
    expect(outcomes.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
    expect(outcomes.flatMap(codesOf)).toEqual(Array(9).fill('slot_taken'));
  });

  test('whose account it is must be a client of this shop: strangers are as good as none', async () => {
    const { shop, admin } = await opened();
    const elsewhere = await scene.shop();
    const client = await scene.user();
    await scene.book(elsewhere, client, '10:00');
    const holder = await scene.user();
    resultOf(await scene.hold(shop, '16:00', { visitor: `user:${holder}` }));
    const before = await contentsOf(scene.database.db);
    const answers = [];
    for (const clientId of [client, holder, await scene.user(), 2_147_483_647])
      answers.push(await ask(shop, admin, '10:00', { clientId }));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ faults: [{ code: 'not_found', field: 'clientId' }] });
    const { user: _, ...rest } = await contentsOf(scene.database.db);
    expect(before).toMatchObject(rest);
  });

  test('a barber books for the accounts that booked with him, an administrator for all of the shop', async () => {
    const { shop, admin } = await opened({ barbers: ['Ana', 'Ben'] });
    const [own = 0, other = 0] = shop.barberIds;
    const client = await scene.user();
    await scene.book(shop, client, '10:00', own);
    const barber: StaffAccount = { role: 'barber', userId: admin.userId };
    const forChair = (barberId: number) => ask(shop, barber, '12:00', { clientId: client, barberId });
    expect(codesOf(await forChair(other))).toEqual(['not_found']);
    resultOf(await forChair(own));
    resultOf(await ask(shop, admin, '14:00', { clientId: client, barberId: other }));
  });

  test('hear of every fault of the contact and the rest at once', async () => {
    const { shop, admin } = await opened();
    const fields = async (more: object) => {
      const outcome = await ask(shop, admin, '10:00', more);
      return outcome.kind === 'refused' ? outcome.faults.map(({ field }) => field).sort() : [];
    };
    expect(await fields({ clientId: 1, name: 'Ada' })).toEqual(['clientId']);
    expect(await fields({ email: 'ada@example.com' })).toEqual(['name']);
    expect(await fields({ phone: '555' })).toEqual(['name']);
    expect(await fields({ name: '\u0007', email: '@', phone: ' ', service: 'Perm' })).toEqual([
      'email',
      'name',
      'phone',
      'service',
    ]);
  });
});
