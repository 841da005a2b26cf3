import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { bookingService, cachedBookingService, cacheMonitoringService } from '../src/index.ts';
import { createShop } from './support/shop.ts';
import { createTestDatabase, type TestDatabase } from './support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createShop(database.db);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => database.close());

test('without DATABASE_URL the services can be imported, and say what is missing when they are used', () => {
  vi.stubEnv('DATABASE_URL', '');
  expect(() => bookingService.getAvailableSlots({ targetDate: '2026-03-02' })).toThrow('Set DATABASE_URL');
});

test('both are ready-made from the environment and answer alike, and the cache is watched', async () => {
  vi.stubEnv('DATABASE_URL', database.connectionString);
  const look = { targetDate: '2026-03-02', includeNextAvailable: false };
  const [plain, cached] = [
    await bookingService.getAvailableSlots(look),
    await cachedBookingService.getAvailableSlots(look),
  ];
  const slots = (outcome: typeof plain) => (outcome.kind === 'ok' ? outcome.value.slots : outcome);
  expect(slots(plain)).toHaveLength(16);
  expect(slots(cached)).toEqual(slots(plain));
  expect(cachedBookingService.cache.isAvailable()).toBe(true);
  await cachedBookingService.following();
  const { metrics, recommendations } = await cacheMonitoringService.getCurrentHealth();
  expect(metrics.find(({ name }) => name === 'feed')).toMatchObject({ status: 'healthy' });
  expect(recommendations).toEqual([]);
  expect(await cacheMonitoringService.recordCheck()).toBe(true);
  expect(await cacheMonitoringService.getTrends({ hours: 1 })).toMatchObject({ totalChecks: 1 });
  await cacheMonitoringService.close();
  await Promise.all([bookingService.close(), cachedBookingService.close()]);
});
