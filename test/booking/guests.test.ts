import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { GuestBookingOptions } from '../../src/booking/types/bookings.ts';
import { contentsOf } from '../support/contents.ts';
import type { TestShop } from '../support/shop.ts';
import { useScene } from './scene.ts';
import { codesOf, resultOf, services } from './services.ts';

describe.each(services)('guests (%s)', (_name, open) => {
  const scene = useScene(open);

  const ask = (shop: TestShop, bookingTime: string, more: Partial<GuestBookingOptions> = {}) => {
    const { userId: _, ...wish } = scene.wish(shop, 0, bookingTime);
    return scene.service.createGuestBooking({ ...wish, name: 'Ada', email: 'ada@example.com', ...more });
  };
  async function booked(more: Partial<GuestBookingOptions> = {}, settings = {}) {
    const shop = await scene.shop({ settings });
    const { id: bookingId, manageToken } = resultOf(await ask(shop, '10:00', more));
    return { shop, bookingId, manageToken };
  }

  test('book without an account, and get a token of which only the hash is kept', async () => {
    const { shop, bookingId, manageToken } = await booked({ phone: '+1 555 0100', notes: 'short' });
    expect(manageToken).toMatch(/^[\w-]{43}$/);
    const row = await scene.database.db
      .selectFrom('booking')
      .selectAll()
      .select(sql<string>`booking::text`.as('text'))
      .where('id', '=', bookingId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      status: 'confirmed',
      user_id: null,
      guest_name: 'Ada',
      guest_email: 'ada@example.com',
      guest_phone: '+1 555 0100',
      notes: 'short',
      manage_token_hash: createHash('sha256').update(manageToken).digest(),
    });
    expect(row.text).not.toContain(manageToken);
    expect((await scene.slots(shop))['10:00']).toBe('booked');
    expect(codesOf(await ask(shop, '10:00'))).toEqual(['slot_taken']);
  });

  test('see, change, move and cancel with the token; the history says that a guest did it', async () => {
    const ref = await booked();
    const { shop: _, ...own } = ref;
    expect(resultOf(await scene.service.getBookingById(own))).toMatchObject({ time: '10:00', version: 1 });
    const move = { ...own, updateData: { bookingTime: '11:00', notes: 'beard' } };
    expect(resultOf(await scene.service.updateBooking(move))).toMatchObject({ time: '11:00', version: 2 });
    const later = { ...own, bookingDate: '2026-03-03' };
    expect(resultOf(await scene.service.rescheduleBooking(later))).toMatchObject({ date: '2026-03-03' });
    expect(resultOf(await scene.service.cancelBooking(own))).toMatchObject({
      status: 'cancelled',
      version: 4,
    });
    const history = resultOf(await scene.service.getBookingHistory(own));
    expect(history.map(({ actor }) => actor)).toEqual(Array(4).fill({ role: 'guest', userId: null }));
    expect(history.map(({ changes }) => Object.keys(changes).sort())).toEqual([
      ['barber_id', 'end', 'service', 'start', 'status'],
      ['end', 'notes', 'start'],
      ['end', 'start'],
      ['status'],
    ]);
  });

  test('an account that shows the token acts as that guest', async () => {
    const { bookingId, manageToken } = await booked();
    const userId = await scene.user();
    const ref = { bookingId, userId, manageToken };
    expect(resultOf(await scene.service.cancelBooking(ref)).status).toBe('cancelled');
    const history = resultOf(await scene.service.getBookingHistory(ref));
    expect(history.at(-1)?.actor).toEqual({ role: 'guest', userId: null });
  });

  test('with a wrong token, that of another booking, or none, there is nothing to be found', async () => {
    const { bookingId, manageToken } = await booked();
    const other = await booked();
    const before = await contentsOf(scene.database.db);
    for (const ref of [
      { bookingId, manageToken: other.manageToken },
      { bookingId, manageToken: `${manageToken}A` },
      { bookingId, manageToken: '' },
      { bookingId },
      { bookingId, manageToken, shop: other.shop.slug },
    ]) {
      expect(codesOf(await scene.service.getBookingById(ref))).toEqual(['not_found']);
      expect(codesOf(await scene.service.getBookingHistory(ref))).toEqual(['not_found']);
      expect(codesOf(await scene.service.cancelBooking(ref))).toEqual(['not_found']);
      const change = { ...ref, updateData: { bookingTime: '12:00' } };
      expect(codesOf(await scene.service.updateBooking(change))).toEqual(['not_found']);
    }
    expect(await contentsOf(scene.database.db)).toEqual(before);
  });

  test('are held to the notice of the shop, and to the version they name', async () => {
    const { bookingId, manageToken } = await booked({}, { cancellation_notice_minutes: 24 * 60 });
    const ref = { bookingId, manageToken };
    const change = { ...ref, updateData: { bookingTime: '12:00' } };
    expect(codesOf(await scene.service.updateBooking({ ...change, ifVersion: 2 }))).toEqual([
      'version_conflict',
    ]);
    expect(codesOf(await scene.service.updateBooking(change))).toEqual(['too_late_to_cancel']);
    expect(codesOf(await scene.service.cancelBooking(ref))).toEqual(['too_late_to_cancel']);
  });

  test('hear of every fault at once, and nothing is written', async () => {
    const shop = await scene.shop();
    const before = await contentsOf(scene.database.db);
    const outcome = await ask(shop, '25:00', {
      name: ' ',
      email: 'ada at example',
      phone: 'x'.repeat(41),
      bookingDate: '2026-02-30',
      service: 'Perm',
      barberId: 999_999,
      notes: 'x'.repeat(2_001),
      holdToken: 'gone',
    });
    const faults =
      outcome.kind === 'refused' ? outcome.faults.map(({ field, code }) => `${field} ${code}`) : [];
    expect(faults.sort()).toEqual([
      'barberId not_found',
      'date validation_failed',
      'email validation_failed',
      'holdToken validation_failed',
      'name validation_failed',
      'notes validation_failed',
      'phone validation_failed',
      'service unknown_service',
      'time validation_failed',
    ]);
    expect(await contentsOf(scene.database.db)).toEqual(before);
  });

  test('names of all scripts stay as they are, for those who see them', async () => {
    const shop = await scene.shop();
    const names = [
      '💈 Ada 👩🏽‍🦱',
      '\u200Fمحمد بن سلمان\u200F',
      'שרה Cohen',
      '💇'.repeat(200),
      `O'Neill "100%" \\ _`,
    ];
    for (const [i, name] of names.entries())
      resultOf(await ask(shop, `${10 + i}:00`, { name, notes: name, email: 'ädä@exämple.com' }));
    const { items } = resultOf(
      await scene.service.getCalendar({ shop: shop.slug, from: scene.day, to: scene.day }),
    );
    expect(items.map(({ notes }) => notes)).toEqual(names);
    expect(items.map(({ client }) => client?.name)).toEqual(names);
    expect(items[0]?.client?.email).toBe('ädä@exämple.com');
  });
});
