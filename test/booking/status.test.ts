import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { BookingRef } from '../../src/booking/types/bookings.ts';
import type { ShopPlan } from '../support/shop.ts';
import { createStaff, useScene } from './scene.ts';
import { codesOf, resultOf, services } from './services.ts';

describe.each(services)('whether a client was there (%s)', (_name, open) => {
  const scene = useScene(open);

  async function booked(plan: ShopPlan = { barbers: ['Ana', 'Ben'] }) {
    const shop = await scene.shop(plan);
    const userId = await scene.user();
    const [ana = 0, ben = 0] = shop.barberIds;
    const { id: bookingId } = await scene.book(shop, userId, '10:00', ana);
    const [admin, barber] = [
      await createStaff(scene.database, 'admin', shop),
      await createStaff(scene.database, 'barber', shop, ana),
    ];
    return { shop, userId, bookingId, admin, barber, ben };
  }
  const complete = (ref: BookingRef) => scene.service.completeBooking(ref);
  const noShow = (ref: BookingRef) => scene.service.markNoShow(ref);
  const both = [
    ['completed', complete],
    ['no_show', noShow],
  ] as const;

  test.each(both)('staff says that it is %s, and the history who', async (status, say) => {
    for (const role of ['admin', 'barber'] as const) {
      const { bookingId, [role]: staff } = await booked();
      const ref = { bookingId, userId: staff.userId };
      expect(resultOf(await say(ref))).toMatchObject({ status, version: 2 });
      const history = resultOf(await scene.service.getBookingHistory(ref));
      expect(history.at(-1)).toMatchObject({ actor: staff, changes: { status: ['confirmed', status] } });
    }
  });

  test.each(both)(
    'neither client nor guest can say that it is %s; to strangers there is none',
    async (_s, say) => {
      const { shop, bookingId, userId, ben } = await booked();
      expect(codesOf(await say({ bookingId, userId }))).toEqual(['forbidden']);
      const { userId: _, ...wish } = scene.wish(shop, 0, '11:00');
      const guest = resultOf(
        await scene.service.createGuestBooking({ ...wish, name: 'Ada', email: 'ada@example.com' }),
      );
      expect(codesOf(await say({ bookingId: guest.id, manageToken: guest.manageToken }))).toEqual([
        'forbidden',
      ]);
      const elsewhere = await createStaff(scene.database, 'admin', await scene.shop());
      const colleague = await createStaff(scene.database, 'barber', shop, ben);
      for (const stranger of [await scene.user(), elsewhere.userId, colleague.userId, undefined])
        expect(codesOf(await say({ bookingId, userId: stranger }))).toEqual(['not_found']);
      expect(resultOf(await scene.service.getBookingById({ bookingId, userId }))).toMatchObject({
        status: 'confirmed',
        version: 1,
      });
    },
  );

  test.each(both)('saying %s again changes nothing', async (status, say) => {
    const { bookingId, admin } = await booked();
    const ref = { bookingId, userId: admin.userId };
    resultOf(await say(ref));
    expect(resultOf(await say(ref))).toMatchObject({ status, version: 2 });
    expect(resultOf(await scene.service.getBookingHistory(ref))).toHaveLength(2);
  });

  test('a no-show frees its time; completed keeps it', async () => {
    const { shop, bookingId, admin } = await booked({ barbers: ['Ana'] });
    const ref = { bookingId, userId: admin.userId };
    resultOf(await complete(ref));
    expect((await scene.slots(shop))['10:00']).toBe('booked');
    resultOf(await noShow(ref));
    expect((await scene.slots(shop))['10:00']).toBe('free');
    expect(resultOf(await complete(ref))).toMatchObject({ status: 'completed', version: 4 });
    expect((await scene.slots(shop))['10:00']).toBe('booked');
  });

  test('a correction meets whoever has the time meanwhile, but not a hold that ran out', async () => {
    const { shop, bookingId, admin } = await booked({ barbers: ['Ana'] });
    const ref = { bookingId, userId: admin.userId };
    resultOf(await noShow(ref));
    const holdUntil = (when: string) =>
      sql`insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
          lapses_at, price_amount, currency)
        select shop_id, barber_id, service_id, service_name, 'held', starts_at, ends_at, occupied,
          clock_timestamp() + ${when}::interval, 0, 'USD'
        from booking where id = ${bookingId}`.execute(scene.database.db);
    await holdUntil('5 minutes');
    expect(codesOf(await complete(ref))).toEqual(['slot_taken']);
    await sql`update booking set lapses_at = clock_timestamp() - interval '1 s'
      where shop_id = ${shop.id} and status = 'held'`.execute(scene.database.db);
    resultOf(await complete(ref));
    resultOf(await noShow(ref));
    await scene.book(shop, await scene.user(), '10:00');
    expect(codesOf(await complete(ref))).toEqual(['slot_taken']);
    expect(resultOf(await scene.service.getBookingById(ref))).toMatchObject({
      status: 'no_show',
      version: 4,
    });
  });

  test('what is cancelled stays cancelled, and what is over can neither move nor be cancelled', async () => {
    const { bookingId, userId, admin } = await booked();
    resultOf(await complete({ bookingId, userId: admin.userId }));
    for (const who of [userId, admin.userId]) {
      const ref = { bookingId, userId: who };
      expect(codesOf(await scene.service.cancelBooking(ref))).toEqual(['too_late_to_cancel']);
      const change = { ...ref, updateData: { bookingTime: '12:00' } };
      expect(codesOf(await scene.service.updateBooking(change))).toEqual(['too_late_to_cancel']);
    }
    const other = await booked();
    const ref = { bookingId: other.bookingId, userId: other.admin.userId };
    resultOf(await scene.service.cancelBooking(ref));
    for (const [, say] of both) expect(codesOf(await say(ref))).toEqual(['already_cancelled']);
  });

  test('after the cancellation notice staff moves and cancels, the client does not', async () => {
    const settings = { cancellation_notice_minutes: 48 * 60, horizon_days: 10 };
    const { bookingId, userId, admin, barber } = await booked({ settings });
    const own = { bookingId, userId };
    const move = (bookingDate: string) => ({ updateData: { bookingDate } });
    expect(codesOf(await scene.service.cancelBooking(own))).toEqual(['too_late_to_cancel']);
    expect(codesOf(await scene.service.updateBooking({ ...own, ...move('2026-03-05') }))).toEqual([
      'too_late_to_cancel',
    ]);
    const byBarber = { bookingId, userId: barber.userId };
    // Past the horizon, and then to a day that is over.
    for (const date of ['2026-04-01', '2026-02-27'])
      expect(resultOf(await scene.service.updateBooking({ ...byBarber, ...move(date) }))).toMatchObject({
        date,
      });
    expect(resultOf(await scene.service.cancelBooking({ bookingId, userId: admin.userId }))).toMatchObject({
      status: 'cancelled',
    });
    const history = resultOf(await scene.service.getBookingHistory(own));
    expect(history.map(({ actor }) => actor.role)).toEqual(['client', 'barber', 'barber', 'admin']);
  });

  test('a barber moves bookings within the own chair, an administrator to any', async () => {
    const { bookingId, admin, barber, ben } = await booked();
    const to = { updateData: { barberId: ben } };
    const refused = await scene.service.updateBooking({ bookingId, userId: barber.userId, ...to });
    expect(refused).toMatchObject({ faults: [{ code: 'forbidden', field: 'barberId' }] });
    const moved = await scene.service.updateBooking({ bookingId, userId: admin.userId, ...to });
    expect(resultOf(moved)).toMatchObject({ barberId: ben, version: 2 });
    expect(codesOf(await scene.service.getBookingById({ bookingId, userId: barber.userId }))).toEqual([
      'not_found',
    ]);
  });

  test('staff is held to overlaps and to the version that it names', async () => {
    const { shop, bookingId, admin } = await booked();
    await scene.book(shop, await scene.user(), '12:00', shop.barberIds[0]);
    const change = { bookingId, userId: admin.userId, updateData: { bookingTime: '12:00' } };
    expect(codesOf(await scene.service.updateBooking(change))).toEqual(['slot_taken']);
    expect(codesOf(await scene.service.updateBooking({ ...change, ifVersion: 7 }))).toEqual([
      'version_conflict',
    ]);
  });
});
