import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RedisCluster, startRedisCluster } from '../../support/redis-cluster.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { until } from '../../support/waiting.ts';
import { type Watched, watch } from '../scene.ts';

let database: TestDatabase;
let shops: readonly TestShop[];
let cluster: RedisCluster;
let watched: Watched;

beforeAll(async () => {
  database = await createTestDatabase();
  // Enough that each master has some.
  shops = await Promise.all(Array.from({ length: 12 }, () => createShop(database.db)));
  cluster = await startRedisCluster();
  watched = await watch({ database, cache: { redisUrl: cluster.url } });
});
afterAll(async () => {
  await watched.close();
  await cluster.stop();
  await database.close();
});

test('of a Cluster the fullest and the busiest master count', async () => {
  await watched.becomes('memory_usage_mb', 'healthy');
  const { message } = await watched.metric('memory_usage_mb');
  expect(message).toMatch(/^The fullest of 3 masters uses /);
  const [, fuller] = cluster.nodes;
  const used = Number(/^used_memory:(\d+)/m.exec((await fuller?.client.info('memory')) ?? '')?.[1]);
  await fuller?.client.config('SET', 'maxmemory', Math.round(used / 0.9));
  const { threshold } = await watched.becomes('memory_usage_mb', 'warning');
  expect(threshold).toBeCloseTo(used / 0.9 / 2 ** 20, 1);
  await fuller?.client.config('SET', 'maxmemory', 0);
  await watched.becomes('memory_usage_mb', 'healthy');
});

test('keys are counted on every master', async () => {
  await until(() => watched.bookings.cache.isAvailable());
  const there = async () =>
    Promise.all(
      cluster.nodes.slice(0, 3).map(async ({ client }) => {
        const keys = await client.keys('fc:*:day:*');
        return keys.filter((key) => !key.endsWith(':claim')).length;
      }),
    );
  let read = 0;
  await until(async () => {
    read += 5;
    for (const shop of shops) await watched.readDays(shop, read);
    return (await there()).every((keys) => keys > 0);
  });
  const counted = await watched.monitoring.getKeySummary();
  expect(counted).toMatchObject({ place: 'redis', estimated: false });
  expect(counted.kinds.find(({ kind }) => kind === 'day')?.keys).toBe(
    (await there()).reduce((sum, keys) => sum + keys),
  );
  expect(await watched.becomes('expiration_health', 'healthy')).toMatchObject({ value: 100 });
});
