import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCachedBookingService } from '../../../src/booking/cached.ts';
import { addDays } from '../../../src/calendar/time.ts';
import { wireCacheStats } from '../../../src/http/wire/cache/stats.ts';
import { openRedis, type RedisConnection } from '../../../src/redis/redis.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { appoint } from '../staff.ts';

const DAY = addDays(new Date().toISOString().slice(0, 10), 7);
const NO_LATENCY = { count: 0, mean: null, p50: null, p95: null, p99: null };

let redisServer: RedisServer;
let redis: RedisConnection;
let server: TestServer;
let shop: TestShop;
let token: string;

beforeAll(async () => {
  redisServer = await startRedisServer();
  redis = openRedis({ url: redisServer.url, log: { info() {}, warn() {} } });
  server = await startTestServer({ redis });
  await server.cached.following();
  token = await appoint(server, { role: 'admin' });
});
afterAll(async () => {
  await server.close();
  await redis.close();
  await redisServer.stop();
});
beforeEach(async () => {
  shop = await createShop(server.database.db, { barbers: ['Ana', 'Ben'] });
});

const stats = async () => (await server.send('GET', '/api/v2/cache/stats', { token })).json();

test('before the first read no rate is known and nothing took any time', async () => {
  const answer = await stats();
  expect(answer).toMatchObject({
    cache_available: true,
    instance: 'test',
    timestamp: new Date(server.clock.now()).toISOString(),
    cache_stats: { hit_rate: null, hits: 0, misses: 0, time_saved_ms: 0 },
    latency_ms: { hit: NO_LATENCY, miss: NO_LATENCY },
    tiers: { process: { hit_rate: null, entries: 0, bytes: null }, redis: { hit_rate: null, entries: null } },
    kinds: { days: { lifetime_seconds: 300 }, schedules: { lifetime_seconds: 3600 } },
  });
  expect(answer.uptime_seconds).toBeGreaterThanOrEqual(0);
});

test('reads are counted by tier and kind, in values and per cent, with how long they took', async () => {
  const { source, getAvailableSlots } = server.cached;
  const slots = { shop: shop.slug, targetDate: DAY, includeNextAvailable: false };
  for (let i = 0; i < 4; i++) await getAvailableSlots(slots);
  const { kinds, cache_stats, tiers, latency_ms } = await stats();
  const { hits, misses } = kinds.days.tiers.process;
  // Two barbers, once missed and three times found, and the neighbouring days where they are read too.
  expect(kinds.days).toMatchObject({
    hit_rate: 75,
    loads: 1,
    loaded: misses,
    misses_by_cause: { cold: misses },
  });
  expect(hits).toBe(3 * misses);
  expect(kinds.rules).toMatchObject({ hits: 3, misses: 1, hit_rate: 75 });
  expect(kinds.days.tiers.redis).toMatchObject({ hits: 0, misses, hit_rate: 0 });
  expect(cache_stats).toMatchObject({ hits: hits + 3, misses: misses + 1, hit_rate: 75 });
  expect(tiers.process.hits).toBe(cache_stats.hits);
  expect(latency_ms.miss.count).toBe(2);
  expect(latency_ms.miss.p50).toBeGreaterThan(0);
  expect(latency_ms.miss.p99).toBeGreaterThanOrEqual(latency_ms.miss.p50);
  expect(cache_stats.time_saved_ms).toBeGreaterThan(0);
  expect(kinds.days.entries).toBe(source.stats().entries - kinds.rules.entries);
  expect(kinds.days.bytes / kinds.days.entries).toBeGreaterThan(300);
  expect(kinds.days.tiers.redis.average_bytes).toBeGreaterThan(20);
});

test('what a second server finds in Redis is a hit there, and its time one of a hit', async () => {
  await server.cached.warmUpCacheForDateRange({ shop: shop.slug, startDate: DAY, endDate: DAY });
  const { connectionString: databaseUrl, db } = server.database;
  const second = createCachedBookingService({ databaseUrl, db, cache: { redis } });
  try {
    await second.following();
    const { source } = second;
    await source.load({ shopId: shop.id, barberIds: shop.barberIds, from: DAY, to: DAY });
    const { kinds } = wireCacheStats(source.stats(), await source.times.read(), true);
    expect(kinds.days).toMatchObject({ hit_rate: 100, hits: 2, misses: 0, loads: 0 });
    expect(kinds.days.tiers).toMatchObject({ process: { hit_rate: 0, misses: 2 }, redis: { hit_rate: 100 } });
    expect(kinds.days.latency_ms).toMatchObject({ hit: { count: 1 }, miss: { count: 0 } });
  } finally {
    await second.close();
  }
});

test('of in-process hits one in 1,021 is timed, and stands for all of them', async () => {
  const read = () =>
    server.cached.source.load({ shopId: shop.id, barberIds: shop.barberIds, from: DAY, to: DAY });
  await read();
  const before = (await stats()).kinds.days.latency_ms.hit.count;
  for (let i = 0; i < 10 * 1_021; i++) void read();
  const { hit } = (await stats()).kinds.days.latency_ms;
  expect(hit.count - before).toBe(10 * 1_021);
  expect(hit.p50).toBeLessThan(1);
});
