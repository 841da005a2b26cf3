import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { KeySummary } from '../../../src/insight/keys/summary.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { until } from '../../support/waiting.ts';
import { type Watched, watch } from '../scene.ts';

let database: TestDatabase;
let shop: TestShop;
let server: RedisServer;
let admin: Redis;
let watched: Watched;

beforeAll(async () => {
  database = await createTestDatabase();
  shop = await createShop(database.db);
  server = await startRedisServer();
  admin = new Redis(server.url);
  admin.on('error', () => {});
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
  await database.close();
});
beforeEach(() => admin.flushall());
afterEach(() => watched.close());

const of = ({ kinds }: KeySummary, kind: string) => kinds.find((one) => one.kind === kind);

describe('in Redis', () => {
  beforeEach(async () => {
    watched = await watch({ database, cache: { redisUrl: server.url, availableSlotsTtl: 120 } });
  });

  test('counts and weighs our keys of each kind, and nobody else’s', async () => {
    const keys = async () => (await admin.keys('fc:{shop*')).filter((key) => !key.endsWith(':claim'));
    let read = 0;
    // A Redis that is slow for a moment is not written to: then others are.
    await until(async () => {
      read += 30;
      await watched.readDays(shop, read);
      return (await keys()).length >= 30 && (await admin.keys('*:claim')).length === 0;
    });
    const days = (await keys()).length;
    for (let n = 0; n < 40; n++) await admin.set(`session:${n}`, 'of another program');
    const summary = await watched.monitoring.getKeySummary();
    expect(summary).toMatchObject({ place: 'redis', estimated: false });
    expect(of(summary, 'day')).toMatchObject({
      keys: days,
      lifetimeSeconds: 120,
      pattern: 'fc:{shop:<shop>}:day:<barber>:<date>',
    });
    const [first = ''] = await keys();
    expect(of(summary, 'day')?.averageBytes).toBe(await admin.memory('USAGE', first));
    expect(of(summary, 'heartbeat')).toMatchObject({ keys: 1 });
    expect(summary.totalKeys).toBe(days + 1);
    expect(summary.totalBytes).toBe(summary.kinds.reduce((sum, { bytes }) => sum + bytes, 0));
  });

  test('estimates where there are too many to count, in a bounded number of slices, without KEYS', async () => {
    const pipeline = admin.pipeline();
    for (let n = 0; n < 30_000; n++)
      pipeline.set(`fc:{shop:${n % 50}}:day:${n}:2026-11-23`, 'x'.repeat(100), 'EX', 300);
    for (let n = 0; n < 10_000; n++) pipeline.set(`fc:{limit:${n}}`, '1', 'EX', 60);
    await pipeline.exec();
    await admin.config('RESETSTAT');
    const summary = await watched.monitoring.getKeySummary();
    const commands = await admin.info('commandstats');
    expect(commands).not.toMatch(/^cmdstat_keys:/m);
    expect(Number(/^cmdstat_scan:calls=(\d+)/m.exec(commands)?.[1])).toBeLessThanOrEqual(20);
    expect(summary.estimated).toBe(true);
    expect(of(summary, 'day')?.keys).toBeGreaterThan(25_000);
    expect(of(summary, 'day')?.keys).toBeLessThan(35_000);
    expect(of(summary, 'limit')?.keys).toBeGreaterThan(7_500);
    expect(summary.totalKeys).toBeLessThan(45_000);
  });

  test('falls back on the process while Redis does not answer', async () => {
    await watched.readDays(shop, 5);
    server.pause();
    const summary = await watched.monitoring.getKeySummary();
    server.resume();
    expect(summary).toMatchObject({ place: 'process', estimated: true });
    expect(of(summary, 'day')).toMatchObject({ keys: 5 });
  });
});

test('in the process alone it counts what lies there', async () => {
  watched = await watch({ database });
  await watched.readDays(shop, 12);
  await watched.bookings.source.rules(shop.id);
  const summary = await watched.monitoring.getKeySummary();
  expect(summary).toMatchObject({ place: 'process', estimated: true, totalKeys: 13 });
  expect(summary.kinds.map(({ kind, keys }) => [kind, keys])).toEqual([
    ['day', 12],
    ['schedule', 0],
    ['rules', 1],
  ]);
  expect(of(summary, 'day')?.bytes).toBe(12 * 2_048);
});
