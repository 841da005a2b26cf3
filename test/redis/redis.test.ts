import { createServer, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRedis, type RedisConnection, RedisUnavailable } from '../../src/redis/redis.ts';
import { NoAnswer } from '../../src/timing.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

let server: RedisServer;
let redis: RedisConnection;
let messages: string[];
let heard: () => void;

beforeEach(async () => {
  server = await startRedisServer();
  open(server.url);
});

afterEach(async () => {
  await redis.close();
  await server.stop();
});

function open(url: string): void {
  messages = [];
  heard = () => {};
  const hear = (_context: unknown, message?: string) => {
    messages.push(message ?? String(_context));
    heard();
  };
  redis = openRedis({ url, log: { info: hear, warn: hear } });
}

/** Resolves once this many messages were logged. */
async function logged(count: number): Promise<void> {
  while (messages.length < count) {
    await new Promise<void>((resolve) => {
      heard = resolve;
    });
  }
}

const ping = () => redis.run((client) => client.ping());
const [FIRST, LOST, AGAIN] = [
  'Caching in Redis',
  expect.stringMatching(/^Redis cannot be used/),
  'Caching in Redis again',
];

describe('a connection to Redis', () => {
  test('is known to be good once it was tried', async () => {
    expect(redis.isAvailable()).toBe(false);
    await redis.tried();
    expect(redis.isAvailable()).toBe(true);
    expect(await ping()).toBe('PONG');
    expect(messages).toEqual([FIRST]);
  });

  test('runs scripts, which Redis may forget in between', async () => {
    await redis.tried();
    const script = redis.script('return {KEYS[1], ARGV[1]}');
    expect(await script(['key'], [7])).toEqual(['key', '7']);
    await redis.run((client) => client.script('FLUSH'));
    expect(await script(['key'], [8])).toEqual(['key', '8']);
  });

  test('tells what Redis says, and goes on', async () => {
    await redis.tried();
    for (let i = 0; i < 2; i++) {
      await expect(redis.run((client) => client.call('NONSENSE'))).rejects.toThrow('unknown command');
    }
    expect(await ping()).toBe('PONG');
    expect(redis.isAvailable()).toBe(true);
  });

  test('is said to be bad, once, where there is no Redis at the start, and is good when there is one', async () => {
    await redis.close();
    await server.kill();
    open(server.url);
    await redis.tried();
    expect(redis.isAvailable()).toBe(false);
    await expect(ping()).rejects.toThrow(RedisUnavailable);
    await server.restart();
    await logged(2);
    expect(messages).toEqual([LOST, AGAIN]);
    expect(await ping()).toBe('PONG');
  });

  test('comes back by itself after Redis was killed, and what was under way has failed', async () => {
    await redis.tried();
    server.pause();
    const underWay = expect(ping()).rejects.toThrow();
    await server.kill();
    await underWay;
    await logged(2);
    expect(redis.isAvailable()).toBe(false);
    await server.restart();
    await logged(3);
    expect(redis.isAvailable()).toBe(true);
    expect(messages).toEqual([FIRST, LOST, AGAIN]);
  });
});

describe('a Redis that hangs', () => {
  test('is given up after 50 ms, and after three times is not asked any more', async () => {
    await redis.tried();
    server.pause();
    const began = performance.now();
    for (let i = 0; i < 3; i++) await expect(ping()).rejects.toThrow(NoAnswer);
    await expect(ping()).rejects.toThrow(RedisUnavailable);
    // Three deadlines, and what a busy machine adds.
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(redis.isAvailable()).toBe(false);
    server.resume();
    await logged(3);
    expect(await ping()).toBe('PONG');
    expect(messages).toEqual([FIRST, LOST, AGAIN]);
  });

  test('is noticed though nobody asks it', async () => {
    await redis.tried();
    server.pause();
    await logged(2);
    expect(messages).toEqual([FIRST, LOST]);
    server.resume();
    await logged(3);
  });

  test('does not execute later what was asked while it was known to hang', async () => {
    await redis.tried();
    server.pause();
    await logged(2);
    await expect(redis.run((client) => client.set('late', '1'))).rejects.toThrow(RedisUnavailable);
    server.resume();
    await logged(3);
    expect(await redis.run((client) => client.get('late'))).toBeNull();
  });
});

describe('a Redis that refuses writes', () => {
  test.each([
    ['as a replica', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
    ['for want of memory', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
    [
      'for want of replicas',
      ['CONFIG', 'SET', 'min-replicas-to-write', '1'],
      ['CONFIG', 'SET', 'min-replicas-to-write', '0'],
    ],
  ])('is not available: %s', async (_why, [refuse = '', ...refuseArgs], [accept = '', ...acceptArgs]) => {
    await redis.tried();
    await redis.run((client) => client.call(refuse, refuseArgs));
    await logged(2);
    expect(redis.isAvailable()).toBe(false);
    // Ours leaves a replica again and again.
    const admin = new Redis(server.url);
    await admin.call(accept, acceptArgs);
    admin.disconnect();
    await logged(3);
    expect(redis.isAvailable()).toBe(true);
    expect(messages).toEqual([FIRST, LOST, AGAIN]);
  });
});

describe('a Redis that is well for the heartbeat and not for readers', () => {
  const fail = () => redis.run((client) => client.call('NONSENSE')).catch(() => {});

  test('is left alone for longer each time, so that the log does not fill', async () => {
    await redis.tried();
    const pauses: number[] = [];
    for (let outage = 1; outage <= 3; outage++) {
      while (redis.isAvailable()) await fail();
      const began = performance.now();
      await logged(2 * outage + 1);
      pauses.push(performance.now() - began);
    }
    const [, second = 0, third = 0] = pauses;
    expect(second).toBeGreaterThanOrEqual(1_000);
    expect(third).toBeGreaterThanOrEqual(2_000);
    expect(messages).toEqual([FIRST, LOST, AGAIN, LOST, AGAIN, LOST, AGAIN]);
  });
});

test('a number of a database that there is not is an error, not database 0', async () => {
  await redis.close();
  open(`${server.url}/99`);
  await redis.tried();
  expect(redis.isAvailable()).toBe(false);
  await expect(ping()).rejects.toThrow(RedisUnavailable);
});

test('a connection on which nothing is answered for a second is given up for another', async () => {
  await redis.close();
  const ended: boolean[] = [];
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => ended.push(true));
    socket.resume();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  open(`redis://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
  await redis.tried();
  expect(redis.isAvailable()).toBe(false);
  while (sockets.size < 2) await new Promise(setImmediate);
  expect(ended).toEqual([true]);
  await redis.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
});
