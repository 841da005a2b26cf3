import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openRedis, type RedisConnection } from '../../src/redis/redis.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { createShop } from '../support/shop.ts';
import { startTestServer, type TestServer } from './server.ts';

const HOLDS = 30;
const METRICS_TOKEN = 'a-token-of-the-tests';

let redisServer: RedisServer;
let connections: RedisConnection[];
/** Two servers on one Redis. */
let servers: TestServer[];

beforeAll(async () => {
  redisServer = await startRedisServer();
});
afterAll(() => redisServer.stop());

beforeEach(async () => {
  connections = [];
  servers = [];
  for (let i = 0; i < 2; i++) {
    const redis = openRedis({ url: redisServer.url, log: { info() {}, warn() {} }, deadlineMs: 10_000 });
    await redis.tried();
    connections.push(redis);
    const server = await startTestServer({
      rateLimit: true,
      trustProxy: '127.0.0.1',
      redis,
      metricsToken: METRICS_TOKEN,
    });
    await createShop(server.database.db);
    servers.push(server);
  }
});
afterEach(async () => {
  for (const one of [...servers, ...connections]) await one.close();
  await redisServer.restart();
});

async function holds(server: TestServer | undefined, from: string, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) {
    const body = { nonsense: true };
    const headers = { 'x-forwarded-for': from };
    const answer = await server?.send('POST', '/api/v2/bookings/hold', { body, headers });
    statuses.push(answer?.statusCode ?? 0);
  }
  return statuses;
}

test('a visitor has one count on all servers, and others have their own', async () => {
  const [one, two] = servers;
  expect(await holds(one, '192.0.2.1', 20)).not.toContain(429);
  expect(await holds(two, '192.0.2.1', HOLDS - 20)).not.toContain(429);
  expect(await holds(one, '192.0.2.1', 1)).toEqual([429]);
  expect(await holds(two, '192.0.2.1', 1)).toEqual([429]);
  expect(await holds(two, '192.0.2.2', 1)).toEqual([400]);
});

test('one Prometheus may scrape many servers: each counts its own scrapes', async () => {
  const scrape = (server: TestServer | undefined) =>
    server?.send('GET', '/metrics', { token: METRICS_TOKEN }).then(({ statusCode }) => statusCode);
  const [one, two] = servers;
  for (let i = 0; i < 60; i++) expect(await scrape(one)).toBe(200);
  expect(await scrape(one)).toBe(429);
  expect(await scrape(two)).toBe(200);
});

test('a count ends with its minute', async () => {
  const [one] = servers;
  await holds(one, '192.0.2.1', HOLDS + 1);
  const [left = 0] = await inRedis((client, keys) => client.pttl(keys[0] ?? ''));
  expect(left).toBeGreaterThan(50_000);
  expect(left).toBeLessThanOrEqual(60_000);
  await inRedis((client, keys) => client.pexpire(keys[0] ?? '', 0));
  expect(await holds(one, '192.0.2.1', 1)).toEqual([400]);
});

test('no address can be read in Redis', async () => {
  await holds(servers[0], '192.0.2.1', 1);
  const [keys] = await inRedis(async (_client, found) => found);
  expect(keys).toHaveLength(1);
  expect(JSON.stringify(keys)).not.toContain('192.0.2');
});

test('without Redis each server counts by itself, and nobody is let in without a limit', async () => {
  const [one, two] = servers;
  await redisServer.kill();
  for (const server of [one, two]) {
    const statuses = await holds(server, '192.0.2.1', HOLDS + 1);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(statuses.at(-1)).toBe(429);
  }
});

type Client = Parameters<Parameters<RedisConnection['run']>[0]>[0];

async function inRedis<T>(ask: (client: Client, limits: string[]) => Promise<T>): Promise<T[]> {
  const [redis] = connections;
  if (redis === undefined) return [];
  return [await redis.run(async (client) => ask(client, await client.keys('fc:{limit:*')))];
}
