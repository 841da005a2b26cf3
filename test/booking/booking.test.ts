import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BookingService } from '../../src/booking/types/service.ts';
import { clockAt, createShop, createUser, everyDay } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { codesOf, resultOf, services } from './services.ts';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';

describe.each(services)('the %s booking service', (_name, open) => {
  const clock = clockAt('2026-03-01T17:00:00Z');
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

  const slotAt = async (shop: string, time: string, targetDate = MONDAY, name = 'Haircut') => {
    const { slots } = resultOf(await service.getAvailableSlots({ shop, targetDate, service: name }));
    return slots.find((slot) => slot.time === time);
  };

  describe('reading', () => {
    test('lists every slot of the grid, with who is free', async () => {
      const { slug, barberIds } = await createShop(database.db, { barbers: ['Ana', 'Ben'] });
      const answer = resultOf(
        await service.getAvailableSlots({ shop: slug, targetDate: MONDAY, service: 'Haircut' }),
      );
      expect(answer).toMatchObject({
        date: MONDAY,
        timezone: 'America/New_York',
        userTimezone: 'America/New_York',
        businessHours: { start: '09:00', end: '17:00' },
        slotDurationMinutes: 30,
        nextAvailable: {
          date: MONDAY,
          time: '09:00',
          datetime: '2026-03-02T09:00:00-05:00',
          barberId: barberIds[0],
        },
      });
      expect(answer.slots).toHaveLength(16);
      expect(answer.slots[0]).toEqual({
        time: '09:00',
        start: '2026-03-02T09:00:00-05:00',
        available: true,
        isNextAvailable: true,
        barberIds,
      });
    });

    test('names the barber only when asked for one', async () => {
      const { slug, barberIds } = await createShop(database.db);
      const barberId = barberIds[0] ?? 0;
      const options = { shop: slug, targetDate: MONDAY };
      const one = resultOf(await service.getAvailableSlotsWithBarberAvailability({ ...options, barberId }));
      expect(one).toMatchObject({ barberId, barberName: 'Ana' });
      expect(resultOf(await service.getAvailableSlots(options))).not.toHaveProperty('barberId');
    });

    test('shows times in the zone of the user and keeps the date of the shop', async () => {
      const { slug } = await createShop(database.db);
      const answer = resultOf(
        await service.getAvailableSlots({ shop: slug, targetDate: MONDAY, userTimezone: 'Asia/Tokyo' }),
      );
      expect(answer.slots[0]).toMatchObject({ time: '23:00', start: '2026-03-02T23:00:00+09:00' });
      expect(answer.slots.at(-1)).toMatchObject({ start: '2026-03-03T06:30:00+09:00' });
    });

    test('asks for the length of a slot where no service is named', async () => {
      const { slug } = await createShop(database.db, { settings: { slot_minutes: 20 } });
      const answer = resultOf(await service.getAvailableSlots({ shop: slug, targetDate: MONDAY }));
      expect(answer.slotDurationMinutes).toBe(20);
      expect(answer.slots).toHaveLength(24);
    });

    test('a closed day has no hours and no slots, and the next free slot is on another day', async () => {
      const { slug, id } = await createShop(database.db);
      await database.db
        .insertInto('closure')
        .values({ shop_id: id, during: `[${MONDAY} 00:00, ${TUESDAY} 00:00)` })
        .execute();
      const answer = resultOf(await service.getAvailableSlots({ shop: slug, targetDate: MONDAY }));
      expect(answer).toMatchObject({ businessHours: null, slots: [], nextAvailable: { date: TUESDAY } });
    });

    test('says how many slots of each day are free, and when the first is', async () => {
      const { slug } = await createShop(database.db, {
        hours: [{ weekday: 2, opens: '10:00', closes: '12:00' }],
      });
      const { days } = resultOf(await service.getAvailableDays({ shop: slug, from: MONDAY, to: TUESDAY }));
      expect(days).toEqual([
        { date: MONDAY, freeSlots: 0, firstFree: null, open: false },
        { date: TUESDAY, freeSlots: 4, firstFree: '10:00', open: true },
      ]);
    });

    test('finds the next free slot weeks ahead, and none past the horizon', async () => {
      const { slug, id, barberIds } = await createShop(database.db, { settings: { horizon_days: 40 } });
      const off = (to: string) => ({
        shop_id: id,
        barber_id: barberIds[0] ?? 0,
        during: `[2026-03-01, ${to})`,
      });
      await database.db.insertInto('time_off').values(off('2026-04-05')).execute();
      const options = { shop: slug, exact: true };
      expect(resultOf(await service.getNextAvailableSlot(options)).nextAvailable).toMatchObject({
        date: '2026-04-05',
      });
      await database.db.insertInto('time_off').values(off('2026-04-11')).execute();
      expect(resultOf(await service.getNextAvailableSlot(options)).nextAvailable).toBeNull();
    });

    test('names every fault of a request at once', async () => {
      const { slug } = await createShop(database.db);
      const bad = { shop: slug, targetDate: '2026-02-30', service: 'Perm', userTimezone: 'Mars/Base' };
      const codes = codesOf(await service.getAvailableSlots(bad));
      expect(codes).toEqual(['validation_failed', 'unknown_service', 'unknown_timezone']);
      expect(codesOf(await service.getAvailableSlots({ shop: 'nowhere', targetDate: MONDAY }))).toEqual([
        'not_found',
      ]);
      const nobody = { shop: slug, targetDate: MONDAY, barberId: 999_999 };
      expect(codesOf(await service.getAvailableSlotsWithBarberAvailability(nobody))).toEqual(['not_found']);
      const long = { shop: slug, from: '2026-03-01', to: '2026-05-02' };
      expect(codesOf(await service.getAvailableDays(long))).toEqual(['validation_failed']);
    });
  });

  describe('booking', () => {
    test('takes the slot from everybody', async () => {
      const { slug } = await createShop(database.db);
      const [ana, ben] = [await createUser(database.db), await createUser(database.db)];
      const wish = { shop: slug, service: 'haircut', bookingDate: MONDAY, bookingTime: '10:00' };
      const booking = resultOf(await service.createBooking({ ...wish, userId: ana, notes: 'short' }));
      expect(booking).toMatchObject({
        status: 'confirmed',
        barberName: 'Ana',
        service: 'Haircut',
        start: '2026-03-02T10:00:00-05:00',
        end: '2026-03-02T10:30:00-05:00',
        date: MONDAY,
        time: '10:00',
        timezone: 'America/New_York',
        durationMinutes: 30,
        price: { amount: 3000, currency: 'USD' },
        notes: 'short',
        version: 1,
      });
      expect(await slotAt(slug, '10:00')).toMatchObject({ available: false, reason: 'booked' });
      expect(codesOf(await service.createBooking({ ...wish, userId: ben }))).toEqual(['slot_taken']);
    });

    test('reads date and time in the zone that is given', async () => {
      const { slug } = await createShop(database.db);
      const userId = await createUser(database.db);
      const when = { bookingDate: MONDAY, bookingTime: '16:00', userTimezone: 'Europe/Paris' };
      const booking = resultOf(
        await service.createBooking({ shop: slug, userId, service: 'Haircut', ...when }),
      );
      expect(booking).toMatchObject({ date: MONDAY, time: '10:00' });
    });

    test('keeps the buffers of the service free of other bookings', async () => {
      const { slug } = await createShop(database.db, {
        settings: { slot_minutes: 15 },
        services: { Colour: [30, 15, 15] },
      });
      const userId = await createUser(database.db);
      const wish = { shop: slug, userId, service: 'Colour', bookingDate: MONDAY, bookingTime: '12:00' };
      resultOf(await service.createBooking(wish));
      const reasonAt = async (time: string) => (await slotAt(slug, time, MONDAY, 'Colour'))?.reason;
      expect(await reasonAt('11:00')).toBeUndefined();
      expect(await reasonAt('11:15')).toBe('buffer');
      expect(await reasonAt('11:30')).toBe('booked');
      expect(await reasonAt('12:45')).toBe('buffer');
      expect(await reasonAt('13:00')).toBeUndefined();
      expect(await reasonAt('16:45')).toBe('too_long');
      expect(codesOf(await service.createBooking({ ...wish, bookingTime: '12:45' }))).toEqual(['slot_taken']);
      expect(await service.createBooking({ ...wish, bookingTime: '16:30' })).toMatchObject({ kind: 'ok' });
    });

    test('refuses with the code that says what is wrong', async () => {
      const { slug } = await createShop(database.db, {
        settings: { horizon_days: 30, notice_minutes: 24 * 60 },
      });
      const userId = await createUser(database.db);
      const book = async (bookingDate: string, bookingTime: string, more = {}) =>
        codesOf(
          await service.createBooking({
            shop: slug,
            userId,
            service: 'Haircut',
            bookingDate,
            bookingTime,
            ...more,
          }),
        );
      expect(await book(TUESDAY, '08:00')).toEqual(['outside_hours']);
      expect(await book(TUESDAY, '16:45')).toEqual(['validation_failed']);
      expect(await book(TUESDAY, '10:07')).toEqual(['validation_failed']);
      expect(await book(MONDAY, '09:00')).toEqual(['notice_too_short']);
      expect(await book('2026-02-20', '09:00')).toEqual(['notice_too_short']);
      expect(await book('2026-04-01', '09:00')).toEqual(['too_far_ahead']);
      expect(await book('2026-03-08', '02:30')).toEqual(['nonexistent_local_time']);
      expect(await book(TUESDAY, '10:00', { notes: 'x'.repeat(2001) })).toEqual(['validation_failed']);
      expect(await book(TUESDAY, '10:00', { service: 'Perm', userTimezone: 'Moon' })).toEqual([
        'unknown_service',
        'unknown_timezone',
      ]);
      expect(await book('2026-02-30', '25:00')).toEqual(['validation_failed', 'validation_failed']);
    });

    test('a service that the barber does not offer is refused', async () => {
      const { slug, barberIds, serviceIds } = await createShop(database.db, {
        barbers: ['Ana', 'Ben'],
        services: { Haircut: [30], Shave: [30] },
      });
      const [ana = 0, ben = 0] = barberIds;
      await database.db
        .deleteFrom('barber_service')
        .where('barber_id', '=', ana)
        .where('service_id', '=', serviceIds.Shave ?? 0)
        .execute();
      const wish = {
        shop: slug,
        userId: await createUser(database.db),
        service: 'Shave',
        bookingDate: MONDAY,
        bookingTime: '10:00',
      };
      expect(codesOf(await service.createBooking({ ...wish, barberId: ana }))).toEqual(['unknown_service']);
      expect(resultOf(await service.createBooking(wish)).barberId).toBe(ben);
    });
  });

  describe('of a local time that clocks show twice', () => {
    test('both are offered with their offsets, and the second is named by its instant', async () => {
      clock.set('2026-10-31T12:00:00Z');
      const { slug } = await createShop(database.db, { hours: everyDay('00:00', '06:00') });
      const userId = await createUser(database.db);
      const answer = resultOf(await service.getAvailableSlots({ shop: slug, targetDate: '2026-11-01' }));
      expect(answer.slots.filter(({ time }) => time === '01:30').map(({ start }) => start)).toEqual([
        '2026-11-01T01:30:00-04:00',
        '2026-11-01T01:30:00-05:00',
      ]);
      const book = (when: object) =>
        service.createBooking({ shop: slug, userId, service: 'Haircut', ...when });
      const second = resultOf(await book({ start: '2026-11-01T01:30:00-05:00' }));
      expect(second.start).toBe('2026-11-01T01:30:00-05:00');
      const first = resultOf(await book({ bookingDate: '2026-11-01', bookingTime: '01:30' }));
      expect(first.start).toBe('2026-11-01T01:30:00-04:00');
      clock.set('2026-03-01T17:00:00Z');
    });
  });

  describe('changing', () => {
    const booked = async (plan = {}) => {
      const shop = await createShop(database.db, plan);
      const userId = await createUser(database.db);
      const wish = { shop: shop.slug, userId, service: 'Haircut', bookingDate: MONDAY, bookingTime: '10:00' };
      const booking = resultOf(await service.createBooking(wish));
      return { ...shop, userId, bookingId: booking.id };
    };

    test('moves a booking, frees the old slot and takes the new one', async () => {
      const { slug, userId, bookingId } = await booked();
      const moved = resultOf(
        await service.updateBooking({ bookingId, userId, updateData: { bookingTime: '11:00' } }),
      );
      expect(moved).toMatchObject({ time: '11:00', date: MONDAY, version: 2 });
      expect(await slotAt(slug, '10:00')).toMatchObject({ available: true });
      expect(await slotAt(slug, '11:00')).toMatchObject({ available: false });
      const again = resultOf(await service.rescheduleBooking({ bookingId, userId, bookingDate: TUESDAY }));
      expect(again).toMatchObject({ time: '11:00', date: TUESDAY, version: 3 });
    });

    test('stays where it is when it is moved to where it is, also in the second of two equal hours', async () => {
      clock.set('2026-10-31T12:00:00Z');
      const { slug } = await createShop(database.db, { hours: everyDay('00:00', '06:00') });
      const userId = await createUser(database.db);
      const start = '2026-11-01T01:30:00-05:00';
      const { id: bookingId } = resultOf(
        await service.createBooking({ shop: slug, userId, service: 'Haircut', start }),
      );
      const same = { bookingDate: '2026-11-01', bookingTime: '01:30' };
      expect(resultOf(await service.updateBooking({ bookingId, userId, updateData: same })).start).toBe(
        start,
      );
      clock.set('2026-03-01T17:00:00Z');
    });

    test('changes nothing where nothing is asked for, and refuses a zone that does not exist', async () => {
      const { userId, bookingId } = await booked();
      const change = (updateData: object, shop?: string) =>
        service.updateBooking({ bookingId, userId, shop, updateData });
      expect(resultOf(await change({ notes: null }))).toMatchObject({ version: 1 });
      expect(codesOf(await change({ userTimezone: 'Mars/Base' }))).toEqual(['unknown_timezone']);
      expect(codesOf(await change({ notes: 'x' }, 'elsewhere'))).toEqual(['not_found']);
    });

    test('does not stand in its own way', async () => {
      const { userId, bookingId } = await booked({ settings: { slot_minutes: 15 } });
      const moved = await service.updateBooking({ bookingId, userId, updateData: { bookingTime: '10:15' } });
      expect(resultOf(moved).time).toBe('10:15');
    });

    test('refuses to move onto another booking and leaves everything as it was', async () => {
      const { slug, userId, bookingId } = await booked();
      resultOf(
        await service.createBooking({
          shop: slug,
          userId,
          service: 'Haircut',
          bookingDate: MONDAY,
          bookingTime: '11:00',
        }),
      );
      const outcome = await service.updateBooking({
        bookingId,
        userId,
        updateData: { bookingTime: '11:00' },
      });
      expect(codesOf(outcome)).toEqual(['slot_taken']);
      expect(resultOf(await service.getBookingById({ bookingId, userId }))).toMatchObject({
        time: '10:00',
        version: 1,
      });
    });

    test('goes to another barber or service with their time and price', async () => {
      const { userId, bookingId, barberIds } = await booked({
        barbers: ['Ana', 'Ben'],
        services: { Haircut: [30], Shave: [60] },
      });
      const barberId = barberIds[1] ?? 0;
      const moved = resultOf(
        await service.updateBooking({ bookingId, userId, updateData: { barberId, service: 'Shave' } }),
      );
      expect(moved).toMatchObject({
        barberId,
        barberName: 'Ben',
        service: 'Shave',
        durationMinutes: 60,
        time: '10:00',
      });
    });

    test('only the version that was read may be changed, where one is named', async () => {
      const { userId, bookingId } = await booked();
      const change = { bookingId, userId, updateData: { notes: 'beard too' } };
      expect(resultOf(await service.updateBooking({ ...change, ifVersion: 1 }))).toMatchObject({
        version: 2,
      });
      expect(codesOf(await service.updateBooking({ ...change, ifVersion: 1 }))).toEqual(['version_conflict']);
    });

    test('cancels once, which frees the slot', async () => {
      const { slug, userId, bookingId } = await booked();
      expect(resultOf(await service.cancelBooking({ bookingId, userId })).status).toBe('cancelled');
      expect(await slotAt(slug, '10:00')).toMatchObject({ available: true });
      expect(codesOf(await service.cancelBooking({ bookingId, userId }))).toEqual(['already_cancelled']);
      const change = { bookingId, userId, updateData: { bookingTime: '11:00' } };
      expect(codesOf(await service.updateBooking(change))).toEqual(['already_cancelled']);
    });

    test('neither cancels nor moves within the notice of the shop', async () => {
      const { userId, bookingId } = await booked({ settings: { cancellation_notice_minutes: 120 } });
      clock.set('2026-03-02T13:01:00Z');
      expect(codesOf(await service.cancelBooking({ bookingId, userId }))).toEqual(['too_late_to_cancel']);
      const move = { bookingId, userId, updateData: { bookingTime: '16:00' } };
      expect(codesOf(await service.updateBooking(move))).toEqual(['too_late_to_cancel']);
      clock.set('2026-03-02T13:00:00Z');
      expect(await service.cancelBooking({ bookingId, userId })).toMatchObject({ kind: 'ok' });
      clock.set('2026-03-01T17:00:00Z');
    });

    test("somebody else's booking is not there", async () => {
      const { bookingId } = await booked();
      const ref = { bookingId, userId: await createUser(database.db) };
      expect(codesOf(await service.getBookingById(ref))).toEqual(['not_found']);
      expect(codesOf(await service.cancelBooking(ref))).toEqual(['not_found']);
      expect(codesOf(await service.updateBooking({ ...ref, updateData: { notes: 'mine' } }))).toEqual([
        'not_found',
      ]);
      expect(codesOf(await service.getBookingHistory(ref))).toEqual(['not_found']);
    });

    test('remembers who changed what', async () => {
      const { userId, bookingId } = await booked();
      await service.updateBooking({ bookingId, userId, updateData: { bookingTime: '11:00' } });
      await service.cancelBooking({ bookingId, userId });
      const history = resultOf(await service.getBookingHistory({ bookingId, userId }));
      expect(history.map(({ actor }) => actor)).toEqual(Array(3).fill({ role: 'client', userId }));
      expect(Object.keys(history[1]?.changes ?? {}).sort()).toEqual(['end', 'start']);
      expect(history[2]?.changes).toEqual({ status: ['confirmed', 'cancelled'] });
    });

    test('lists the bookings of a client page by page, the newest first', async () => {
      const { slug, userId, bookingId } = await booked();
      for (const bookingTime of ['11:00', '12:00']) {
        resultOf(
          await service.createBooking({
            shop: slug,
            userId,
            service: 'Haircut',
            bookingDate: MONDAY,
            bookingTime,
          }),
        );
      }
      await service.cancelBooking({ bookingId, userId });
      const first = await service.getUserBookings({ userId, limit: 2 });
      expect(first.items.map(({ time }) => time)).toEqual(['12:00', '11:00']);
      const rest = await service.getUserBookings({ userId, limit: 2, cursor: first.nextCursor ?? 0 });
      expect(rest).toMatchObject({ items: [{ id: bookingId }], nextCursor: null });
      expect((await service.getUserBookings({ userId, shop: slug })).items).toHaveLength(3);
      expect((await service.getUserBookings({ userId, shop: 'elsewhere' })).items).toEqual([]);
      const cancelled = await service.getUserBookings({ userId, status: 'cancelled' });
      expect(cancelled.items.map(({ id }) => id)).toEqual([bookingId]);
    });
  });
});
