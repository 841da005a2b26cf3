import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RedisServer, startRedisServer } from './redis-server.ts';

let server: RedisServer;
let client: Redis;

beforeEach(async () => {
  server = await startRedisServer();
  client = new Redis(server.url, { retryStrategy: () => 20 });
  client.on('error', () => {});
});

afterEach(async () => {
  client.disconnect();
  await server.stop();
});

test('a Redis that is restarted has forgotten what was not saved, and is found where it was', async () => {
  await client.set('kept', '1');
  await client.save();
  await client.set('lost', '1');
  const { pid } = server;
  await server.restart();
  expect(server.pid).not.toBe(pid);
  expect(await client.mget('kept', 'lost')).toEqual(['1', null]);
});

test('a Redis that is paused answers when it is resumed', async () => {
  await client.ping();
  server.pause();
  const answer = client.ping();
  await expect(Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 50))])).resolves.toBe(
    undefined,
  );
  server.resume();
  expect(await answer).toBe('PONG');
});
