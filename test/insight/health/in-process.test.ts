import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CacheOptions } from '../../../src/booking/service.ts';
import { createCacheMonitoringService } from '../../../src/insight/monitoring.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { type Watched, type WatchedOptions, watch } from '../scene.ts';

let database: TestDatabase;
let shop: TestShop;
let watched: Watched;

beforeAll(async () => {
  database = await createTestDatabase();
  shop = await createShop(database.db);
});
afterEach(() => watched.close());
afterAll(() => database.close());

async function start(cache: CacheOptions = {}, options: Partial<WatchedOptions> = {}): Promise<void> {
  watched = await watch({ database, cache, ...options });
}

test('without Redis a check leaves out what concerns it, and says so', async () => {
  await start();
  await watched.isWell();
  const { overallStatus, metrics, summary } = await watched.monitoring.getCurrentHealth();
  expect(overallStatus).toBe('healthy');
  expect(metrics.map(({ name }) => name)).toEqual([
    'availability',
    'response_time_ms',
    'memory_usage_mb',
    'hit_rate',
    'invalidation_lag_ms',
    'feed',
    'drift',
  ]);
  expect(summary).toMatch(/REDIS_URL is not set/);
});

test('memory_usage_mb warns when the cache in the process is full, and names what keeps it small', async () => {
  await start({ maxEntries: 50 });
  await watched.readDays(shop, 30);
  expect(await watched.metric('memory_usage_mb')).toMatchObject({ status: 'healthy' });
  await watched.readDays(shop, 60);
  const warning = await watched.metric('memory_usage_mb');
  expect(warning.status).toBe('warning');
  expect(warning.value).toBeGreaterThanOrEqual(0.95 * (warning.threshold ?? 0));
  expect(warning.recommendation).toContain('maxEntries');
});

test('a clock of this machine that is wrong is of no account: time is what Postgres says', async () => {
  await start();
  const { bookings } = watched;
  const now = () => bookings.source.now() - 20 * 60_000;
  const monitoring = createCacheMonitoringService({
    bookings: { ...bookings, source: { ...bookings.source, now } },
    drift: () => ({ found24h: 0, lastFoundAt: null, lastAuditAt: now(), audited: 5 }),
  });
  const { timestamp, metrics } = await monitoring.getCurrentHealth();
  await monitoring.close();
  expect(metrics).toContainEqual(expect.objectContaining({ name: 'drift', status: 'healthy' }));
  expect(Math.abs(Date.parse(timestamp) - now())).toBeLessThan(60_000);
});

test('response_time_ms is that of hits, where somebody measures them', async () => {
  let counts = [0, 0, 0];
  const bounds = [0.01, 0.1];
  const latency = () => [{ kind: 'days' as const, hit: { bounds, counts }, miss: { bounds, counts } }];
  await start({}, { latency });
  expect(await watched.metric('response_time_ms')).toMatchObject({ status: 'unknown', value: null });
  counts = [100, 2, 0];
  expect(await watched.metric('response_time_ms')).toMatchObject({ status: 'healthy', value: 0.01 });
});

test('utilization tells how much of its threshold each metric has reached', async () => {
  await start({ maxEntries: 50 });
  await watched.readDays(shop, 25);
  const { metrics } = await watched.monitoring.getUtilization();
  expect(metrics.find(({ name }) => name === 'memory_usage_mb')).toMatchObject({
    limit: 'most',
    utilizationPercent: expect.closeTo(50, -1),
    status: 'healthy',
  });
  expect(metrics.find(({ name }) => name === 'availability')).toMatchObject({
    limit: 'least',
    utilizationPercent: 100.1,
  });
  expect(metrics.find(({ name }) => name === 'drift')).toMatchObject({ utilizationPercent: null });
});
