import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CachedBookingService, createCachedBookingService } from '../../src/booking/cached.ts';
import { readAgain } from '../../src/booking/read-report.ts';
import { addDays } from '../../src/calendar/time.ts';
import { createShop, createUser } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { resultOf } from './services.ts';

// Invalidation enumerates the days that can be booked as of Postgres's clock, so these days are real ones.
const TODAY = new Date().toISOString().slice(0, 10);
const DAY = addDays(TODAY, 7);
const NEXT_DAY = addDays(TODAY, 8);

describe('two cached booking services on one Postgres', () => {
  let database: TestDatabase;
  let here: CachedBookingService;
  let there: CachedBookingService;

  const openService = async () => {
    const { connectionString: databaseUrl, db } = database;
    const service = createCachedBookingService({ databaseUrl, db });
    await service.following();
    return service;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    [here, there] = [await openService(), await openService()];
  });
  afterAll(async () => {
    await Promise.all([here.close(), there.close()]);
    await database.close();
  });

  const freeAt = async (service: CachedBookingService, shop: string, time: string, exact = false) => {
    const answer = resultOf(await service.getAvailableSlots({ shop, targetDate: DAY, exact }));
    return { free: answer.slots.find((slot) => slot.time === time)?.available, read: answer.read };
  };

  test('answer a second read from memory, without a statement', async () => {
    const { slug } = await createShop(database.db);
    expect((await freeAt(here, slug, '10:00')).read.status).toBe('miss');
    const before = here.source.stats().days.loads;
    expect((await freeAt(here, slug, '10:00')).read).toMatchObject({ status: 'hit', verified: false });
    expect(here.source.stats().days.loads).toBe(before);
  });

  test('count an answer that is given once more as hits of the kinds that it was made of', async () => {
    const { slug: shop, barberIds } = await createShop(database.db, { barbers: ['Ana', 'Ben'] });
    const options = { shop, targetDate: DAY, includeNextAvailable: false };
    await here.getAvailableSlots(options);
    const { read } = resultOf(await here.getAvailableSlots(options));
    const { days, rules } = here.source.stats();
    await here.getAvailableSlots(options);
    const { days: daysOfOne } = here.source.stats();
    expect(readAgain(read)).toMatchObject({ status: 'hit' });
    const after = here.source.stats();
    const perAnswer = daysOfOne.process.hits - days.process.hits;
    expect(perAnswer).toBeGreaterThanOrEqual(barberIds.length);
    expect(after.days.process.hits - daysOfOne.process.hits).toBe(perAnswer);
    expect(after.rules.process.hits - rules.process.hits).toBe(2);
  });

  test('know of a booking: the one that made it at once, the other by an exact read at once', async () => {
    const { slug } = await createShop(database.db);
    const userId = await createUser(database.db);
    for (const service of [here, there])
      expect(await freeAt(service, slug, '10:00')).toMatchObject({ free: true });
    const wish = { shop: slug, userId, service: 'Haircut', bookingDate: DAY, bookingTime: '10:00' };
    resultOf(await here.createBooking(wish));
    expect((await freeAt(here, slug, '10:00')).free).toBe(false);
    expect((await freeAt(there, slug, '10:00', true)).free).toBe(false);
  });

  test('the other sees a booking in plain reads as soon as its feed has it, and keeps what did not change', async () => {
    const { slug, id, barberIds } = await createShop(database.db);
    const userId = await createUser(database.db);
    resultOf(await there.getAvailableDays({ shop: slug, from: DAY, to: NEXT_DAY }));
    const arrived = new Promise<void>((resolve) => {
      const stop = there.source.onChange((changes) => {
        if (!changes.some(({ shopId, day }) => shopId === id && day === DAY)) return;
        stop();
        resolve();
      });
    });
    const wish = { shop: slug, userId, service: 'Haircut', bookingDate: DAY, bookingTime: '10:00' };
    resultOf(await here.createBooking(wish));
    await arrived;
    expect(await freeAt(there, slug, '10:00')).toMatchObject({ free: false, read: { status: 'miss' } });
    const nextDay = {
      shop: slug,
      targetDate: NEXT_DAY,
      barberId: barberIds[0] ?? 0,
      includeNextAvailable: false,
    };
    expect(resultOf(await there.getAvailableSlotsWithBarberAvailability(nextDay)).read.status).toBe('hit');
  });

  test('warm up what is missing, once', async () => {
    const { slug } = await createShop(database.db, { barbers: ['Ana', 'Ben'] });
    const range = { shop: slug, startDate: DAY, endDate: addDays(DAY, 9) };
    expect(await here.warmUpCacheForDateRange(range)).toMatchObject({
      days: 10,
      barbers: 2,
      cached: 20,
      alreadyFresh: 0,
      errors: 0,
    });
    expect(await here.warmUpCacheForDateRange(range)).toMatchObject({ cached: 0, alreadyFresh: 20 });
    expect((await freeAt(here, slug, '10:00')).read.status).toBe('hit');
  });

  test('what is invalidated is loaded again, on both', async () => {
    const { slug, barberIds } = await createShop(database.db, { barbers: ['Ana', 'Ben'] });
    const [barberId = 0] = barberIds;
    const options = { shop: slug, targetDate: DAY, includeNextAvailable: false };
    const statusOf = async (service: CachedBookingService, exact = false) =>
      resultOf(await service.getAvailableSlotsWithBarberAvailability({ ...options, barberId, exact })).read
        .status;
    for (const service of [here, there]) {
      await statusOf(service);
      expect(await statusOf(service)).toBe('hit');
    }
    expect((await here.invalidateCacheForBarber({ barberId })).invalidatedKeys).toBeGreaterThan(0);
    expect(await statusOf(here)).toBe('miss');
    expect(await statusOf(there, true)).toBe('miss');
    const range = { shop: slug, startDate: DAY, endDate: DAY };
    expect((await here.invalidateCacheForDateRange(range)).invalidatedKeys).toBe(1);
    expect(await statusOf(here)).toBe('miss');
  });

  test('a warm-up tells how far it is', async () => {
    const { slug } = await createShop(database.db, { barbers: ['Ana', 'Ben', 'Cem', 'Dan'] });
    const told: number[][] = [];
    const stats = await here.warmUpCacheForDateRange({
      shop: slug,
      startDate: DAY,
      endDate: addDays(DAY, 89),
      onProgress: ({ done, total, cached }) => told.push([done, total, cached]),
    });
    expect(told).toEqual([
      [0, 360, 0],
      [270, 360, 270],
      [360, 360, 360],
    ]);
    expect(stats).toMatchObject({ days: 90, barbers: 4, cached: 360 });
  });

  test('what does not exist or cannot be is refused, with everything that is wrong', async () => {
    const { slug, barberIds } = await createShop(database.db);
    const stranger = (await createShop(database.db)).barberIds[0] ?? 0;
    const range = { shop: slug, startDate: DAY, endDate: NEXT_DAY };
    await expect(
      here.warmUpCacheForDateRange({
        ...range,
        endDate: addDays(DAY, -1),
        barberIds: [...barberIds, stranger],
      }),
    ).rejects.toThrow(
      new RangeError(
        `endDate: The range ends on ${addDays(DAY, -1)}, before it begins on ${DAY}. Swap the two dates. ` +
          `barberIds/1: No barber of this shop has the id ${stranger}.`,
      ),
    );
    for (const refused of [
      () => here.warmUpCacheForDateRange({ ...range, shop: 'nowhere' }),
      () => here.warmUpCacheForDateRange({ ...range, startDate: 'today' }),
      () => here.invalidateCacheForDateRange({ ...range, shop: 'nowhere' }),
      () => here.invalidateCacheForDateRange({ ...range, endDate: addDays(DAY, 90) }),
      () => here.invalidateCacheForBarber({ barberId: 999_999 }),
    ])
      await expect(refused()).rejects.toThrow(RangeError);
  });

  test('say how they are', async () => {
    expect(here.cache.isAvailable()).toBe(true);
    const health = here.getCacheHealth();
    expect(health).toMatchObject({ cacheAvailable: true, following: true });
    expect(health.cacheStats.hitRate).toBeGreaterThan(0);
    expect(health.cacheStats.hitRate).toBeLessThan(100);
  });
});
