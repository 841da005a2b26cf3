import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Proxy as TcpProxy } from '../../support/proxy.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { openScene, type Scene } from '../traffic/scene.ts';
import { spread } from '../traffic/tally.ts';
import { startUncached, type Uncached } from '../traffic/uncached.ts';
import { expectExact, expectQuick } from '../traffic/verdict.ts';

const [WRITER, READER] = [0, 1];
const A_WHILE_MS = 2_000;
/** Reads that meet the beginning wait for some deadlines; so long a fault has fewer of them than one in a hundred. */
const LONGER_MS = 5_000;

let database: TestDatabase;
let redis: RedisServer;
let scene: Scene;
let uncached: Uncached;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
  scene = await openScene({ databaseUrl: database.connectionString, redisUrl: redis.url });
  uncached = await startUncached(database.connectionString, scene.shelf);
});

afterAll(async () => {
  await uncached.close();
  await scene.close();
  await Promise.all([redis.stop(), database.close()]);
});

const wayOf = (server: number): TcpProxy => {
  const way = scene.servers[server]?.redis;
  if (way === undefined) throw new RangeError(`There is no server ${server}`);
  return way;
};
const both = () => [wayOf(WRITER), wayOf(READER)];
const allAre = (state: 'healthy' | 'unavailable') =>
  Promise.all([WRITER, READER].map((server) => scene.cacheIs(state, server)));

/** The fault for a time; everybody is to be well again by himself. */
async function suffer(name: string, begin: () => unknown, lastsMs: number, end: () => unknown) {
  const bookOn = name.startsWith('the writer') || name.startsWith('the reader') ? [WRITER] : undefined;
  const fault = async () => {
    const measuring = uncached.measure();
    await begin();
    await sleep(lastsMs);
    await end();
    withoutCache = await measuring.stop();
    await allAre('healthy');
  };
  let withoutCache = { p50: 0, p99: 0, longest: 0 };
  const report = await scene.during(name, fault, { ...(bookOn && { bookOn }) });
  console.info(`${name}: without a cache reads take ${spread(withoutCache)}`);
  expectExact(report);
  expectQuick(report, withoutCache);
}

describe('Nobody is offered what is taken, and reads stay quick, while', () => {
  test('the writer is cut off from Redis for 15 s', () =>
    suffer(
      'the writer is cut off for 15 s',
      async () => {
        await wayOf(WRITER).refuse();
        await scene.cacheIs('unavailable', WRITER);
        await scene.cacheIs('healthy', READER);
      },
      15_000,
      () => wayOf(WRITER).listen(),
    ));

  test('a reader is cut off from Redis', () =>
    suffer(
      'the reader is cut off',
      async () => {
        await wayOf(READER).refuse();
        await scene.cacheIs('unavailable', READER);
      },
      A_WHILE_MS,
      () => wayOf(READER).listen(),
    ));

  test('everybody is cut off from Redis', () =>
    suffer(
      'everybody is cut off',
      async () => {
        await Promise.all(both().map((way) => way.refuse()));
        await allAre('unavailable');
      },
      A_WHILE_MS,
      () => Promise.all(both().map((way) => way.listen())),
    ));

  test('all connections to Redis are half open for 10 s', () =>
    suffer(
      'half open for 10 s',
      async () => {
        for (const way of both()) way.mute();
        await allAre('unavailable');
      },
      10_000,
      () => {
        for (const way of both()) way.unmute();
      },
    ));

  test('Redis hears everything, and its answers are lost', () =>
    suffer(
      'answers are lost',
      async () => {
        for (const way of both()) way.mute('answers');
        await allAre('unavailable');
      },
      LONGER_MS,
      () => {
        for (const way of both()) way.unmute();
      },
    ));

  test('commands wait on the way to Redis, and are executed late', () =>
    suffer(
      'commands wait',
      () => {
        for (const way of both()) way.freeze();
      },
      LONGER_MS,
      () => {
        for (const way of both()) way.thaw();
      },
    ));

  test('Redis is 200 ms slower', () =>
    suffer(
      '200 ms slower',
      async () => {
        for (const way of both()) way.delay(200);
        await allAre('unavailable');
      },
      LONGER_MS,
      () => {
        for (const way of both()) way.delay(0);
      },
    ));

  test('Redis stands still for 10 s (SIGSTOP)', () =>
    suffer(
      'stands still for 10 s',
      async () => {
        redis.pause();
        await allAre('unavailable');
      },
      10_000,
      () => redis.resume(),
    ));
});

test('an answer says whether there is a cache, and /health that it does without', async () => {
  await Promise.all(both().map((way) => way.refuse()));
  await allAre('unavailable');
  const { client } = scene.servers[WRITER] ?? {};
  const slots = await client?.get(`/api/v2/bookings/available-slots?target_date=${scene.shelf.dates[0]}`);
  expect(slots?.headers['x-cache-status']).toBe('unavailable');
  expect((await client?.get('/health'))?.body).toMatchObject({ status: 'degraded' });
  await Promise.all(both().map((way) => way.listen()));
  await allAre('healthy');
  expect((await client?.get('/health'))?.body).toMatchObject({ status: 'healthy' });
});
