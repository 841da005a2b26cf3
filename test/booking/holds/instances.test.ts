import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CachedBookingService, createCachedBookingService } from '../../../src/booking/cached.ts';
import type { Hold } from '../../../src/booking/types/bookings.ts';
import type { Clock } from '../../../src/clock.ts';
import { clockAt, createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { aRealDay } from '../scene.ts';
import { codesOf, resultOf } from '../services.ts';

const { now: NOW, day: DAY } = aRealDay();

describe('a hold and two instances', () => {
  const clock = clockAt(NOW);
  let database: TestDatabase;
  /** Both look at a clock that the tests set. */
  let [here, there]: CachedBookingService[] = [];
  /** Both follow Postgres's clock. */
  let following: readonly CachedBookingService[];

  const openService = async (clock?: Clock) => {
    const { connectionString: databaseUrl, db } = database;
    const service = createCachedBookingService({ databaseUrl, db, ...(clock && { clock }) });
    await service.following();
    return service;
  };

  beforeAll(async () => {
    database = await createTestDatabase({ max: 20 });
    here = await openService(clock);
    there = await openService(clock);
    following = [await openService(), await openService()];
  });
  afterAll(async () => {
    await Promise.all([here, there, ...following].map((service) => service?.close()));
    await database.close();
  });

  const both = () => {
    if (here === undefined || there === undefined) throw new Error('Both are open while tests run');
    return [here, there] as const;
  };
  let visitors = 0;
  const hold = (service: CachedBookingService, { slug: shop }: TestShop) => {
    const visitor = `visitor ${++visitors}`;
    const wish = { shop, visitor, service: 'Haircut', bookingDate: DAY, bookingTime: '10:00' };
    return service.holdSlot(wish);
  };
  async function reasonAtTen(service: CachedBookingService, shop: TestShop, look = {}): Promise<string> {
    const options = { shop: shop.slug, targetDate: DAY, includeNextAvailable: false, ...look };
    const { slots } = resultOf(await service.getAvailableSlots(options));
    return slots.find(({ time }) => time === '10:00')?.reason ?? 'free';
  }
  /** Everything that could tell an instance of a change. */
  const versions = async ({ id }: TestShop) =>
    database.db.selectFrom('availability_version').selectAll().where('shop_id', '=', id).execute();

  test('of 40 visitors at both at once one wins, the others are told that it is taken', async () => {
    const shop = await createShop(database.db);
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, i) => hold(both()[i % 2 ? 1 : 0], shop)),
    );
    expect(outcomes.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
    expect(outcomes.flatMap(codesOf)).toEqual(Array(39).fill('slot_taken'));
    for (const service of both()) expect(await reasonAtTen(service, shop, { exact: true })).toBe('booked');
  });

  test('of many at once for any of three barbers three win, each another one', async () => {
    const shop = await createShop(database.db, { barbers: ['Ana', 'Ben', 'Cem'] });
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => hold(both()[i % 2 ? 1 : 0], shop)),
    );
    const won = outcomes.flatMap((outcome) => (outcome.kind === 'ok' ? [outcome.value.barberId] : []));
    expect(won.sort()).toEqual(shop.barberIds);
  });

  test('it is free to its holder on either, from the first plain read on', async () => {
    const shop = await createShop(database.db);
    for (const service of both()) expect(await reasonAtTen(service, shop)).toBe('free');
    const { holdToken } = resultOf(await hold(both()[0], shop));
    for (const service of both()) {
      expect(await reasonAtTen(service, shop, { holdToken })).toBe('free');
      expect(await reasonAtTen(service, shop, { exact: true })).toBe('booked');
      expect(await reasonAtTen(service, shop)).toBe('booked');
      expect(await reasonAtTen(service, shop, { holdToken })).toBe('free');
    }
  });

  test('what one holds the holder books or releases at the other', async () => {
    const shop = await createShop(database.db);
    const [first, second] = both();
    const held = resultOf(await hold(first, shop));
    resultOf(await second.releaseHold(held));
    const again = resultOf(await hold(second, shop));
    const guest = { name: 'Ada', email: 'ada@example.com', holdToken: again.holdToken };
    const wish = { shop: shop.slug, service: 'Haircut', bookingDate: DAY, bookingTime: '10:00', ...guest };
    expect(resultOf(await first.createGuestBooking(wish))).toMatchObject({ time: '10:00' });
  });

  test('it frees its slot at the very instant at which it lapses, without a message', async () => {
    const shop = await createShop(database.db);
    const [first] = both();
    const { expiresAt } = resultOf(await hold(first, shop));
    for (const service of both()) await reasonAtTen(service, shop, { exact: true });
    const before = await versions(shop);
    clock.set(new Date(Date.parse(expiresAt) - 1).toISOString());
    for (const service of both()) expect(await reasonAtTen(service, shop)).toBe('booked');
    clock.set(expiresAt);
    for (const service of both()) expect(await reasonAtTen(service, shop)).toBe('free');
    clock.set(NOW);
    expect(await versions(shop)).toEqual(before);
  });

  test('by the clock of Postgres neither frees it early, and both do', async () => {
    const shop = await createShop(database.db);
    const [first, second] = following;
    if (first === undefined || second === undefined) throw new Error('Both are open while tests run');
    const lapsesAt = await lapseSoon(resultOf(await hold(first, shop)));
    for (const service of following) await reasonAtTen(service, shop, { exact: true });
    const before = await versions(shop);
    for (const service of following) {
      // Reads one after the other, each between two looks at Postgres's clock, for five seconds at most.
      for (let reason = '', at = 0; reason !== 'free'; ) {
        expect(at).toBeLessThan(lapsesAt + 5_000);
        reason = await reasonAtTen(service, shop);
        at = await postgresNow();
        if (reason === 'free') expect(at).toBeGreaterThanOrEqual(lapsesAt);
      }
    }
    expect(await versions(shop)).toEqual(before);
  });

  async function lapseSoon({ holdToken }: Hold): Promise<number> {
    expect(holdToken).not.toBe('');
    const { rows } = await sql<{ at: number }>`
      update booking set lapses_at = date_trunc('milliseconds', clock_timestamp() + interval '400 ms')
      where status = 'held' and hold_token_hash = sha256(${holdToken}::text::bytea)
      returning (extract(epoch from lapses_at) * 1000)::float8 as at`.execute(database.db);
    return rows[0]?.at ?? Number.NaN;
  }

  async function postgresNow(): Promise<number> {
    const { rows } = await sql<{ at: number }>`
      select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`.execute(database.db);
    return rows[0]?.at ?? Number.NaN;
  }
});
