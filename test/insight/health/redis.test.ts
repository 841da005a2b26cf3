import { connect, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Proxy as RedisProxy, startProxy } from '../../support/proxy.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { until } from '../../support/waiting.ts';
import { METRICS, type Watched, watch } from '../scene.ts';

const MB = 2 ** 20;

let database: TestDatabase;
let shop: TestShop;
let server: RedisServer;
let proxy: RedisProxy;
/** Past the proxy. */
let admin: Redis;
let watched: Watched;

beforeAll(async () => {
  database = await createTestDatabase();
  shop = await createShop(database.db);
});
afterAll(() => database.close());

beforeEach(async () => {
  server = await startRedisServer();
  proxy = await startProxy(server.url);
  admin = new Redis(server.url);
  admin.on('error', () => {});
  watched = await watch({ database, cache: { redisUrl: proxy.connectionString } });
});
afterEach(async () => {
  await watched.close();
  admin.disconnect();
  await proxy.close();
  await server.stop();
});

/** What INFO says under this name. */
async function said(name: string): Promise<number> {
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(await admin.info())?.[1]);
}

test('all is well with a Redis that is well, and a check is quick', async () => {
  await watched.isWell();
  const durations: number[] = [];
  // The best of five: what a busy machine adds is not the check's.
  for (let n = 0; n < 5; n++) durations.push((await watched.monitoring.getCurrentHealth()).durationMs);
  expect(Math.min(...durations)).toBeLessThan(50);
  const { overallStatus, metrics, summary, recommendations, instance } =
    await watched.monitoring.getCurrentHealth();
  expect({ overallStatus, recommendations, instance }).toEqual({
    overallStatus: 'healthy',
    recommendations: [],
    instance: 'one',
  });
  expect(summary).toMatch(/^All is well with the cache; not known: /);
  expect(metrics.map(({ name }) => name)).toEqual(METRICS);
});

test('many who ask at once are one check', async () => {
  const asked = await Promise.all(Array.from({ length: 50 }, () => watched.monitoring.getCurrentHealth()));
  expect(new Set(asked).size).toBe(1);
});

describe('availability', () => {
  test('is critical at once when Redis is gone, says what to do, and warns until it has been back for five minutes', async () => {
    await server.kill();
    await until(() => !watched.bookings.cache.isAvailable());
    const { overallStatus, durationMs, recommendations, metrics } =
      await watched.monitoring.getCurrentHealth();
    expect(overallStatus).toBe('critical');
    expect(durationMs).toBeLessThan(50);
    expect(recommendations[0]).toMatch(/^See that Redis runs/);
    expect(metrics.find(({ name }) => name === 'cache_operations')).toMatchObject({
      value: 0,
      status: 'critical',
    });
    expect(metrics.find(({ name }) => name === 'memory_usage_mb')).toMatchObject({
      value: null,
      status: 'unknown',
    });
    await server.restart();
    await until(() => watched.bookings.cache.isAvailable());
    const { value, status } = await watched.metric('availability');
    expect(status).toBe('warning');
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(100);
    watched.passMinutes(1);
    await watched.metric('availability');
    watched.passMinutes(5);
    expect(await watched.metric('availability')).toMatchObject({ value: 100, status: 'healthy' });
  });
});

describe('response_time_ms', () => {
  test('warns where Redis takes longer than anybody waits, and is critical above a tenth of a second', async () => {
    expect((await watched.becomes('response_time_ms', 'healthy')).value).toBeLessThan(50);
    proxy.delay(60);
    const warning = await watched.becomes('response_time_ms', 'warning');
    expect(warning.value).toBeGreaterThanOrEqual(50);
    expect(warning.recommendation).toContain('SLOWLOG');
    // Measured to the end, though it was given up.
    await until(async () =>
      /^Redis answers in [5-9]\d ms/.test((await watched.metric('response_time_ms')).message),
    );
    proxy.delay(150);
    expect((await watched.becomes('response_time_ms', 'critical')).value).toBeGreaterThanOrEqual(100);
  });

  test('grows while Redis hangs, over its reconnections', async () => {
    server.pause();
    await watched.becomes('response_time_ms', 'critical');
    await until(async () => ((await watched.metric('response_time_ms')).value ?? 0) > 1_500);
    expect((await watched.metric('response_time_ms')).message).toMatch(/^Redis has not answered for /);
    server.resume();
    await watched.becomes('response_time_ms', 'healthy');
  });
});

describe('memory_usage_mb', () => {
  /** Fills Redis up to this part of the 8 MB that it may use. */
  async function fill(part: number): Promise<void> {
    const piece = Buffer.alloc(40_000);
    for (let n = await admin.dbsize(); (await said('used_memory')) < part * 8 * MB; n++)
      await admin.set(`filler ${n}`, piece);
    await admin.config('SET', 'maxmemory', 8 * MB);
  }

  test('warns and is critical where Redis will refuse to write, and names the command', async () => {
    await fill(0.85);
    const warning = await watched.becomes('memory_usage_mb', 'warning');
    expect(warning.threshold).toBe(8);
    expect(warning.recommendation).toContain('CONFIG SET maxmemory-policy allkeys-lru');
    await fill(0.96);
    await watched.becomes('memory_usage_mb', 'critical');
  });

  test('only warns where Redis makes room by itself', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await fill(0.96);
    const { value, recommendation } = await watched.becomes('memory_usage_mb', 'warning');
    expect(value).toBeGreaterThan(0.95 * 8);
    expect(recommendation).toMatch(/^Redis makes room by itself/);
  });

  test('goes by 512 MB where Redis has no limit', async () => {
    expect(await watched.becomes('memory_usage_mb', 'healthy')).toMatchObject({ threshold: 512 });
  });
});

test('connected_clients warns from 80 on, and is critical from 100 on', async () => {
  const sockets: Socket[] = [];
  const openUntil = async (count: number) => {
    while ((await said('connected_clients')) < count) {
      const socket = connect(server.port, '127.0.0.1');
      sockets.push(socket);
      await new Promise((resolve) => socket.once('connect', resolve));
    }
  };
  expect(await watched.becomes('connected_clients', 'healthy')).toMatchObject({ threshold: 100 });
  await openUntil(80);
  expect((await watched.becomes('connected_clients', 'warning')).value).toBeGreaterThanOrEqual(80);
  await openUntil(100);
  const critical = await watched.becomes('connected_clients', 'critical');
  expect(critical.recommendation).toContain('CLIENT LIST');
  for (const socket of sockets) socket.destroy();
});

test('hit_rate is unknown at first, critical while everything is read for the first time, and better when it is read again', async () => {
  expect(await watched.metric('hit_rate')).toMatchObject({ status: 'unknown' });
  await watched.readDays(shop, 150);
  const critical = await watched.metric('hit_rate');
  expect(critical).toMatchObject({ status: 'critical' });
  expect(critical.value).toBeLessThan(10);
  expect(critical.recommendation).toMatch(/^Warm the cache/);
  await watched.readDays(shop, 150);
  const warning = await watched.metric('hit_rate');
  expect(warning.status).toBe('warning');
  expect(Math.abs((warning.value ?? 0) - 50)).toBeLessThan(10);
  for (let again = 0; again < 4; again++) await watched.readDays(shop, 150);
  expect(await watched.metric('hit_rate')).toMatchObject({ status: 'healthy' });
  watched.passMinutes(1);
  await watched.metric('hit_rate');
  watched.passMinutes(5);
  expect(await watched.metric('hit_rate')).toMatchObject({ status: 'unknown' });
});

describe('cache_operations', () => {
  test('warns where Redis refuses to write, and tells that from a Redis that is gone', async () => {
    expect(await watched.becomes('cache_operations', 'healthy')).toMatchObject({ value: 100 });
    await admin.config('SET', 'maxmemory', 1);
    const warning = await watched.becomes('cache_operations', 'warning');
    expect(warning.message).toMatch(/^Redis refuses to write: OOM/);
    expect(warning.recommendation).toContain('maxmemory-policy allkeys-lru');
    await until(() => !watched.bookings.cache.isAvailable());
    await watched.becomes('cache_operations', 'warning');
    const { recommendation } = await watched.metric('availability');
    expect(recommendation).toMatch(/^Redis is full/);
    server.pause();
    expect(await watched.metric('cache_operations')).toMatchObject({ value: 0, status: 'critical' });
    server.resume();
  });

  test('leaves no key behind', async () => {
    await watched.metric('cache_operations');
    expect(await admin.exists('fc:{probe:one}')).toBe(0);
  });
});

test('expiration_health warns of keys that never go, and is critical where most do not', async () => {
  const days = async () => (await admin.keys('fc:*day*')).filter((key) => !key.endsWith(':claim'));
  let read = 0;
  // A Redis that is slow for a moment is not written to: then others are.
  await until(async () => {
    read += 20;
    await watched.readDays(shop, read);
    return (await days()).length >= 20;
  });
  await until(async () => (await watched.metric('expiration_health')).value === 100);
  const keys = await days();
  await admin.persist(keys[0] ?? '');
  const warning = await watched.becomes('expiration_health', 'warning');
  expect(warning.message).toContain(keys[0]);
  for (const key of keys.slice(1, 10)) await admin.persist(key);
  for (const key of keys.slice(10)) await admin.pexpire(key, 10 * 86_400_000);
  const critical = await watched.becomes('expiration_health', 'critical');
  expect(critical.message).toContain(`10 never go, ${keys.length - 10} stay for more than a day`);
});

test('error_rate warns from one per cent on, and is critical from five on, by what went wrong', async () => {
  const { redis } = watched.bookings.parts;
  const ask = async (commands: number, isSense: (n: number) => boolean) => {
    for (let n = 0; n < commands; n++)
      await redis?.run((client) => (isSense(n) ? client.ping() : client.call('NONSENSE'))).catch(() => {});
  };
  await until(async () => {
    watched.monitoring.start();
    await ask(200, () => true);
    return (await watched.metric('error_rate')).value === 0;
  });
  await ask(100, (n) => n % 20 !== 0);
  const warning = await watched.metric('error_rate');
  expect(warning.status).toBe('warning');
  expect(warning.message).toContain('5 were refused');
  await ask(100, (n) => n % 2 !== 0);
  expect((await watched.metric('error_rate')).status).toBe('critical');
  expect(watched.bookings.cache.isAvailable()).toBe(true);
});
