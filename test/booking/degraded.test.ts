import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CachedBookingService, createCachedBookingService } from '../../src/booking/cached.ts';
import { isUnreachable } from '../../src/database/errors.ts';
import { type Proxy as PostgresProxy, startProxy } from '../support/proxy.ts';
import { clockAt, createShop, createUser } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { resultOf } from './services.ts';

const MONDAY = '2026-03-02';

let database: TestDatabase;
let proxy: PostgresProxy;
let service: CachedBookingService;
let shop: string;

beforeEach(async () => {
  database = await createTestDatabase();
  // Before the service opens: what it hears of afterwards would make it look again.
  ({ slug: shop } = await createShop(database.db));
  proxy = await startProxy(database.connectionString);
  service = createCachedBookingService({
    databaseUrl: proxy.connectionString,
    clock: clockAt('2026-03-01T17:00:00Z'),
  });
  await service.following();
});
afterEach(async () => {
  await service.close();
  await proxy.close();
  await database.close();
});

test('without Postgres what is cached is answered and marked, as of a moment that stands still; all else fails', async () => {
  const userId = await createUser(database.db);
  const look = { shop, targetDate: MONDAY, includeNextAvailable: false };
  const wish = { shop, userId, service: 'Haircut', bookingDate: MONDAY, bookingTime: '10:00' };
  const before = resultOf(await service.getAvailableSlots(look));

  await proxy.refuse();
  let first = resultOf(await service.getAvailableSlots(look));
  // For up to a second it may still trust its cache.
  while (!first.read.degraded) first = resultOf(await service.getAvailableSlots(look));
  expect(first.read).toMatchObject({ status: 'hit', verified: false, degraded: true });
  expect(first.slots).toEqual(before.slots);
  expect(resultOf(await service.getAvailableSlots(look)).read.asOf).toBe(first.read.asOf);

  const others = [
    () => service.getAvailableSlots({ ...look, exact: true }),
    () => service.getAvailableSlots({ ...look, targetDate: '2026-03-04' }),
    () => service.createBooking(wish),
  ];
  for (const attempt of others) await expect(attempt()).rejects.toSatisfy(isUnreachable);

  await proxy.listen();
  const again = () => service.createBooking(wish).catch(() => undefined);
  await expect.poll(again, { timeout: 20_000 }).toMatchObject({ kind: 'ok' });
});
