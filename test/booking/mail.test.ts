import { sql } from 'kysely';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { MailContent } from '../../src/mail/mail.ts';
import type { TestShop } from '../support/shop.ts';
import { createStaff, mailsOf, useScene } from './scene.ts';
import { codesOf, resultOf, services } from './services.ts';

describe.each(services)('what the client is told by mail (%s)', (_name, open) => {
  const scene = useScene(open);

  /** What waits to be sent, in order; each must be what the mailer can write. */
  async function told(shop: TestShop) {
    const mails = await mailsOf(scene.database, shop);
    return mails.map(({ template, recipient, data }) => {
      expect(Value.Errors(MailContent, { template, data })).toEqual([]);
      return { template, recipient, data };
    });
  }
  const templates = async (shop: TestShop) => (await told(shop)).map(({ template }) => template);
  const guest = { name: 'Ada', email: 'ada@example.com' };
  const asGuest = async (shop: TestShop, time: string, more = {}) => {
    const { userId: _, ...wish } = scene.wish(shop, 0, time);
    return scene.service.createGuestBooking({ ...wish, ...guest, ...more });
  };

  test('an account hears of its booking, of a move and of its end', async () => {
    const shop = await scene.shop();
    const userId = await scene.user();
    const booking = await scene.book(shop, userId, '10:00');
    const ref = { bookingId: booking.id, userId };
    resultOf(await scene.service.updateBooking({ ...ref, updateData: { bookingTime: '11:00' } }));
    resultOf(await scene.service.cancelBooking(ref));
    const { name, email } = await scene.database.db
      .selectFrom('user')
      .select(['name', 'email'])
      .where('id', '=', userId)
      .executeTakeFirstOrThrow();
    const data = {
      clientName: name,
      bookingId: booking.id,
      version: 1,
      shopName: shop.slug,
      timezone: 'America/New_York',
      barberName: 'Ana',
      service: 'Haircut',
      start: booking.start,
      end: booking.end,
      price: { amount: 3000, currency: 'USD' },
      hasAccount: true,
    };
    const moved = { start: '2026-03-02T11:00:00-05:00', end: '2026-03-02T11:30:00-05:00' };
    expect(await told(shop)).toEqual([
      { template: 'booking_confirmed', recipient: email, data },
      {
        template: 'booking_changed',
        recipient: email,
        data: { ...data, ...moved, version: 2, previousStart: booking.start },
      },
      { template: 'booking_cancelled', recipient: email, data: { ...data, ...moved, version: 3 } },
    ]);
  });

  test('a guest gets the token with the confirmation, and never again', async () => {
    const shop = await scene.shop();
    const { id: bookingId, manageToken } = resultOf(await asGuest(shop, '10:00'));
    const ref = { bookingId, manageToken };
    resultOf(await scene.service.updateBooking({ ...ref, updateData: { bookingTime: '11:00' } }));
    resultOf(await scene.service.cancelBooking(ref));
    const mails = await told(shop);
    expect(mails.map(({ recipient }) => recipient)).toEqual(Array(3).fill(guest.email));
    expect(mails[0]?.data).toMatchObject({ clientName: 'Ada', manageToken });
    expect(JSON.stringify(mails.slice(1))).not.toContain(manageToken);
  });

  test('what staff books or changes is told to whoever can be reached', async () => {
    const shop = await scene.shop({ barbers: ['Ana', 'Ben'] });
    const as = await createStaff(scene.database, 'admin', shop);
    const { userId: _, ...wish } = scene.wish(shop, 0, '10:00');
    const book = async (bookingTime: string, contact = {}) =>
      resultOf(await scene.service.createStaffBooking({ ...wish, bookingTime, as, ...contact }));
    for (const { id: bookingId } of [
      await book('09:00'),
      await book('10:00', { name: 'Ada', phone: '555' }),
    ]) {
      const ref = { bookingId, userId: as.userId };
      resultOf(await scene.service.updateBooking({ ...ref, updateData: { bookingDate: '2026-03-03' } }));
      resultOf(await scene.service.cancelBooking(ref));
    }
    expect(await told(shop)).toEqual([]);
    const { id: bookingId } = await book('11:00', guest);
    const [, ben] = shop.barberIds;
    resultOf(
      await scene.service.updateBooking({ bookingId, userId: as.userId, updateData: { barberId: ben } }),
    );
    expect(await told(shop)).toMatchObject([
      { template: 'booking_confirmed', recipient: guest.email, data: { barberName: 'Ana' } },
      { template: 'booking_changed', recipient: guest.email, data: { barberName: 'Ben' } },
    ]);
  });

  test('nobody is bothered with notes, with a move to where it is, or with having been there', async () => {
    const shop = await scene.shop();
    const userId = await scene.user();
    const { id: bookingId } = await scene.book(shop, userId, '10:00');
    const ref = { bookingId, userId };
    const change = async (updateData: object) =>
      resultOf(await scene.service.updateBooking({ ...ref, updateData }));
    await change({ notes: 'beard' });
    await change({
      bookingTime: '10:00',
      service: 'Haircut',
      barberId: shop.barberIds[0],
      notes: 'no beard',
    });
    const as = await createStaff(scene.database, 'admin', shop);
    for (const say of [scene.service.completeBooking, scene.service.markNoShow])
      resultOf(await say({ bookingId, userId: as.userId }));
    expect(await templates(shop)).toEqual(['booking_confirmed']);
  });

  test('a hold tells nobody', async () => {
    const shop = await scene.shop();
    resultOf(await scene.hold(shop, '10:00'));
    expect(await told(shop)).toEqual([]);
  });

  test('what is refused tells nobody', async () => {
    const shop = await scene.shop({ settings: { cancellation_notice_minutes: 48 * 60 } });
    const userId = await scene.user();
    const { id: bookingId } = await scene.book(shop, userId, '10:00');
    const refused = [
      await asGuest(shop, '10:00'),
      await asGuest(shop, '11:00', { phone: ' ' }),
      await asGuest(shop, '11:00', { holdToken: 'gone' }),
      await scene.service.cancelBooking({ bookingId, userId }),
      await scene.service.updateBooking({ bookingId, userId, updateData: { bookingTime: '12:00' } }),
      await scene.service.cancelBooking({ bookingId, userId: await scene.user() }),
    ];
    expect(refused.map(codesOf)).toEqual([
      ['slot_taken'],
      ['validation_failed'],
      ['validation_failed'],
      ['too_late_to_cancel'],
      ['too_late_to_cancel'],
      ['not_found'],
    ]);
    expect(await templates(shop)).toEqual(['booking_confirmed']);
  });

  test('booking and mail are written in one transaction, or neither is', async () => {
    const shop = await scene.shop();
    const { id } = resultOf(await asGuest(shop, '10:00'));
    const { rows } = await sql`
      select from booking join mail_outbox as mail on mail.xmin = booking.xmin
      where booking.id = ${id} and mail.shop_id = ${shop.id}`.execute(scene.database.db);
    expect(rows).toHaveLength(1);
    const inTransaction = async () => {
      throw new Error('Something else in the transaction fails');
    };
    await expect(asGuest(shop, '11:00', { inTransaction })).rejects.toThrow('Something else');
    const { userId: _, ...wish } = scene.wish(shop, 0, '12:00');
    const as = await createStaff(scene.database, 'admin', shop);
    await expect(scene.service.createStaffBooking({ ...wish, ...guest, as, inTransaction })).rejects.toThrow(
      'Something else',
    );
    await expect(
      scene.service.cancelBooking({ bookingId: id, userId: as.userId, inTransaction }),
    ).rejects.toThrow('Something else');
    expect(await templates(shop)).toEqual(['booking_confirmed']);
    expect(await scene.slots(shop)).toMatchObject({ '10:00': 'booked', '11:00': 'free', '12:00': 'free' });
  });
});
