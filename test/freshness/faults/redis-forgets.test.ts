import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../support/ports.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import { expectExact } from '../traffic/verdict.ts';
import { keepDoing, PLANTS, plant, rob } from './planting.ts';

const A_WHILE_MS = 2_000;

let database: TestDatabase;
let redis: RedisServer;
/** Somebody at the console of Redis. */
let console_: Redis;
let scene: Scene;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  console_ = new Redis(redis.url, { retryStrategy: () => 50 });
  console_.on('error', () => {});
  scene = await openScene({ databaseUrl: database.connectionString, redisUrl: redis.url });
});

afterAll(async () => {
  await scene.close();
  console_.disconnect();
  await Promise.all([redis.stop(), database.close()]);
});

const allAre = (state: 'healthy' | 'unavailable') =>
  Promise.all(scene.servers.map((_, server) => scene.cacheIs(state, server)));

/** The fault while others book; everybody is to be well again by himself. */
async function suffer(name: string, fault: () => Promise<unknown>): Promise<void> {
  const report = await scene.during(name, async () => {
    await fault();
    await allAre('healthy');
  });
  expectExact(report);
}

describe('Nobody is offered what is taken when Redis', () => {
  test('is killed and comes back empty', () =>
    suffer('comes back empty', async () => {
      await redis.kill();
      await allAre('unavailable');
      await redis.restart();
      await sleep(A_WHILE_MS);
      expect(await console_.dbsize()).toBeGreaterThan(0);
    }));

  // The soak brings back snapshots that are minutes old: to versions, seconds and minutes are the same.
  test('comes back from an old snapshot, also where a new server finds it', async () => {
    await suffer('an old snapshot', async () => {
      await console_.save();
      await sleep(2 * A_WHILE_MS);
      await redis.restart();
      await sleep(A_WHILE_MS);
    });
    await redis.restart();
    await scene.restart(1);
    await suffer('an old snapshot, and a new server', () => sleep(A_WHILE_MS));
  });

  test('is flushed again and again', () =>
    suffer('FLUSHALL', () => keepDoing(A_WHILE_MS, () => console_.flushall())));

  test('throws all clients off again and again', () =>
    suffer('CLIENT KILL', () =>
      keepDoing(A_WHILE_MS, () => console_.call('client', 'kill', 'type', 'normal', 'skipme', 'yes'), 200),
    ));

  test('evicts values to make room for others', () =>
    suffer('eviction', async () => {
      const used = Number(/used_memory:(\d+)/.exec(await console_.info('memory'))?.[1]);
      await console_.config('SET', 'maxmemory-policy', 'allkeys-random');
      await console_.config('SET', 'maxmemory', used);
      await sleep(A_WHILE_MS);
      const evicted = /evicted_keys:(\d+)/.exec(await console_.info('stats'))?.[1];
      await console_.config('SET', 'maxmemory', 0);
      expect(Number(evicted)).toBeGreaterThan(0);
    }));

  test('refuses every write, because it is full', () =>
    suffer('OOM', async () => {
      await console_.config('SET', 'maxmemory-policy', 'noeviction');
      await console_.config('SET', 'maxmemory', 1);
      await expect(console_.set('x', 1)).rejects.toThrow('OOM');
      await allAre('unavailable');
      await sleep(A_WHILE_MS);
      await console_.config('SET', 'maxmemory', 0);
    }));

  test('refuses every write, because it became the replica of somebody who is gone', () =>
    suffer('READONLY', async () => {
      await console_.replicaof('127.0.0.1', await freePort());
      await expect(console_.set('x', 1)).rejects.toThrow('READONLY');
      await allAre('unavailable');
      await sleep(A_WHILE_MS);
      await console_.replicaof('NO', 'ONE');
    }));

  // The last but the plants: its folder does not come back.
  test('refuses every write, because its disk fails', () =>
    suffer('disk error', async () => {
      await rm(redis.dir, { recursive: true });
      await console_.config('SET', 'save', '3600 1');
      await console_.bgsave();
      await expect.poll(() => console_.set('x', 1).catch(String)).toContain('MISCONF');
      await allAre('unavailable');
      await sleep(A_WHILE_MS);
      await console_.config('SET', 'save', '');
    }));
});

describe('Nobody believes', () => {
  test.each(Object.entries(PLANTS))('%s, planted in Redis again and again', async (name, choose) => {
    // Another shop on the same days, so that there are values of others.
    const { slug } = await createShop(scene.db);
    for (const date of scene.shelf.dates)
      await scene.servers[0]?.client.get(
        `/api/v2/bookings/available-slots?shop=${slug}&target_date=${date}&service=Haircut`,
      );
    let loot = await rob(console_);
    let planted = 0;
    await suffer(name, () =>
      keepDoing(A_WHILE_MS, async () => {
        loot = await rob(console_, loot);
        planted += await plant(console_, loot, choose);
      }),
    );
    expect(planted).toBeGreaterThan(100);
  });
});
