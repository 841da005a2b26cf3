import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src/database/connection.ts';
import { insertCheck, rollUpTrends } from '../../../src/insight/trends/queries.ts';
import { readTrends } from '../../../src/insight/trends/trends.ts';
import { startProxy } from '../../support/proxy.ts';
import { clockAt, createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { NOW, watch } from '../scene.ts';

let database: TestDatabase;
let shop: TestShop;
const clock = clockAt(NOW);
const HOUR = 3_600_000;

beforeAll(async () => {
  database = await createTestDatabase();
  shop = await createShop(database.db);
});
beforeEach(async () => {
  await database.pool.query('truncate cache_check, cache_hour');
});
afterAll(() => database.close());

const stored = async () => {
  const [{ checks }, { hours }] = (
    await Promise.all([
      database.pool.query('select count(*) as checks from cache_check'),
      database.pool.query('select count(*) as hours from cache_hour'),
    ])
  ).map(({ rows }) => rows[0]) as [{ checks: number }, { hours: number }];
  return { checks, hours };
};

async function insert(hoursAgo: number, counts: Record<string, number> = {}, instance = 'one') {
  await insertCheck(
    database.db,
    {
      at: new Date(Date.parse(NOW) - hoursAgo * HOUR),
      instance,
      status: 'healthy',
      responseTimeMs: 1,
      metrics: {},
    },
    { 'status.healthy': 1, ...counts },
  );
}

describe('a check', () => {
  test('tells what happened since the one before, and survives a restart', async () => {
    const counted = { hits: 0, misses: 0 };
    for (const instance of ['first', 'second']) {
      const watched = await watch({ database, instance });
      await watched.readDays(shop, 10);
      expect(await watched.monitoring.recordCheck()).toBe(true);
      await watched.readDays(shop, 10);
      watched.clock.set('2026-11-22T20:01:00Z');
      expect(await watched.monitoring.recordCheck()).toBe(true);
      const { hits, misses } = watched.bookings.getCacheHealth().cacheStats;
      counted.hits += hits;
      counted.misses += misses;
      await watched.close();
    }
    clock.set('2026-11-22T20:01:00Z');
    const trends = await readTrends(database.db, clock, 1);
    expect(trends).toMatchObject({
      periodHours: 1,
      totalChecks: 4,
      instances: ['first', 'second'],
      resolutionMinutes: 1,
      latestCheck: { instance: 'second', metrics: { feed: { value: expect.any(Number) } } },
    });
    expect(Object.values(trends.statusDistribution).reduce((sum, checks) => sum + checks)).toBe(4);
    expect(trends.uptimePercentage).toBeGreaterThan(0);
    const { points } = trends;
    expect(points).toMatchObject([
      { at: '2026-11-22T20:00:00.000Z', checks: 2, hits: 0, misses: 20, loads: 20, hitRate: 0 },
      { at: '2026-11-22T20:01:00.000Z', checks: 2 },
    ]);
    const sum = (of: 'hits' | 'misses') => points.reduce((total, point) => total + point[of], 0);
    expect({ hits: sum('hits'), misses: sum('misses') }).toEqual(counted);
    expect(counted.hits + counted.misses).toBe(40);
    clock.set(NOW);
  });

  test('counts each read once, also where two are asked for at the same time', async () => {
    const watched = await watch({ database });
    await watched.readDays(shop, 10);
    await Promise.all([watched.monitoring.recordCheck(), watched.monitoring.recordCheck()]);
    await watched.close();
    const { totalChecks, points } = await readTrends(database.db, clock, 1);
    expect(totalChecks).toBe(2);
    expect(points).toMatchObject([{ hits: 0, misses: 10 }]);
  });

  test('begins with the start of a server, not with what was before', async () => {
    const watched = await watch({ database });
    await watched.readDays(shop, 10);
    watched.monitoring.start();
    await watched.readDays(shop, 2);
    await watched.monitoring.recordCheck();
    await watched.close();
    const { points } = await readTrends(database.db, clock, 1);
    expect(points).toMatchObject([{ hits: 2, misses: 0 }]);
  });

  test('has percentiles of how long reads took, of all instances together', async () => {
    const bounds = [1, 2, 4, 8];
    const start = (instance: string, hit: number[]) => {
      let counts = [0, 0, 0, 0, 0];
      const latency = () => [
        { kind: 'days' as const, hit: { bounds, counts }, miss: { bounds, counts: [] } },
      ];
      return watch({ database, instance, latency }).then((watched) => {
        counts = hit;
        return watched;
      });
    };
    const quick = await start('quick', [90, 0, 0, 0, 0]);
    const slow = await start('slow', [0, 0, 0, 10, 0]);
    await quick.monitoring.recordCheck();
    await slow.monitoring.recordCheck();
    await quick.close();
    await slow.close();
    const { points } = await readTrends(database.db, clock, 1);
    expect(points).toMatchObject(
      [{ checks: 2, hitMs: { p50: 50 / 90, p99: 4 + (4 * 9) / 10 } }].map(rounded),
    );
  });

  test('that cannot be written is said once, and what it would have told is in the next one', async () => {
    const proxy = await startProxy(database.connectionString);
    const elsewhere = openDatabase(proxy.connectionString);
    const lines: string[] = [];
    const hear = (context: unknown, message?: string) => void lines.push(message ?? String(context));
    const watched = await watch({
      database: { ...database, db: elsewhere.db },
      feedConnection: database.connectionString,
      log: { info: hear, warn: hear },
    });
    await watched.readDays(shop, 10);
    await proxy.refuse();
    expect(await watched.monitoring.recordCheck()).toBe(false);
    expect(await watched.monitoring.recordCheck()).toBe(false);
    expect((await watched.monitoring.getReport()).trends).toBeNull();
    await proxy.listen();
    expect(await watched.monitoring.recordCheck()).toBe(true);
    expect(lines).toEqual([
      'The trends of the cache cannot be written for now',
      'The trends of the cache are written again',
    ]);
    const { points } = await readTrends(database.db, clock, 1);
    expect(points).toMatchObject([{ checks: 1, misses: 10 }]);
    await watched.close();
    await elsewhere.close();
    await proxy.close();
  });
});

function rounded<T extends { hitMs: { p50: number; p99: number } }>(point: T): T {
  const to = (value: number) => Math.round(value * 1_000) / 1_000;
  return { ...point, hitMs: { p50: to(point.hitMs.p50), p99: to(point.hitMs.p99) } };
}

describe('the roll-up', () => {
  test('adds up by the hour what is older than two days, and forgets it after thirty', async () => {
    await insert(1, { hits: 1 });
    await insert(47, { hits: 10 });
    await insert(60, { hits: 100 }, 'one');
    await insert(60.5, { hits: 1_000 }, 'two');
    await insert(24 * 31, { hits: 5 });
    await rollUpTrends(database.db, new Date(NOW));
    expect(await stored()).toEqual({ checks: 2, hours: 2 });
    const { points, totalChecks, instances } = await readTrends(database.db, clock, 168);
    expect(points.map(({ hits, checks }) => [hits, checks])).toEqual([
      [1_000, 1],
      [100, 1],
      [10, 1],
      [1, 1],
    ]);
    expect({ totalChecks, instances }).toEqual({ totalChecks: 4, instances: ['one', 'two'] });
  });

  test('loses nothing and counts nothing twice, run by several at once, again and again, with latecomers', async () => {
    const pools = [1, 2, 3].map(() => openDatabase(database.connectionString));
    const check = fc.record({
      hoursAgo: fc.integer({ min: 0, max: 150 }),
      hits: fc.nat(100),
      late: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(check, { minLength: 1, maxLength: 30 }), async (checks) => {
        await database.pool.query('truncate cache_check, cache_hour');
        const rollUp = () => Promise.all(pools.map(({ db }) => rollUpTrends(db, new Date(NOW))));
        for (const { hoursAgo, hits } of checks.filter(({ late }) => !late)) await insert(hoursAgo, { hits });
        await rollUp();
        for (const { hoursAgo, hits } of checks.filter(({ late }) => late)) await insert(hoursAgo, { hits });
        await rollUp();
        await rollUp();
        const { points, totalChecks } = await readTrends(database.db, clock, 168);
        const expected = new Map<string, number>();
        for (const { hoursAgo, hits } of checks) {
          const at = new Date(Date.parse(NOW) - hoursAgo * HOUR).toISOString();
          expected.set(at, (expected.get(at) ?? 0) + hits);
        }
        expect(totalChecks).toBe(checks.length);
        expect(new Map(points.map(({ at, hits }) => [at, hits]))).toEqual(expected);
        expect((await stored()).checks).toBe(checks.filter(({ hoursAgo }) => hoursAgo <= 48).length);
      }),
      { numRuns: 15 },
    );
    await Promise.all(pools.map(({ close }) => close()));
  });
});

test.each([0, 169, 1.5, Number.NaN])('%s hours are not looked back', async (hours) => {
  await expect(readTrends(database.db, clock, hours)).rejects.toThrow(RangeError);
});
