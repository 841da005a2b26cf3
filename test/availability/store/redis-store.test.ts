import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Loaded } from '../../../src/availability/source.ts';
import { createRedisStore } from '../../../src/availability/store/redis/redis-store.ts';
import { isNewer } from '../../../src/availability/store/store.ts';
import type { BarberDay } from '../../../src/calendar/barber-day.ts';
import { openRedis, type RedisConnection } from '../../../src/redis/redis.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { describeStore, plain } from './store-contract.ts';

let server: RedisServer;
let redis: RedisConnection;
/** Somebody else who is on the same Redis. */
let raw: Redis;

beforeAll(async () => {
  server = await startRedisServer();
  // What is tested is what the store does, however busy the machine is.
  redis = openRedis({ url: server.url, log: { info() {}, warn() {} }, deadlineMs: 10_000 });
  await redis.tried();
  raw = new Redis(server.url);
});

afterAll(async () => {
  raw.disconnect();
  await redis.close();
  await server.stop();
});

beforeEach(async () => {
  await raw.flushall();
});

function createStore(history: string | undefined = 'one') {
  return createRedisStore({ redis, history: () => history });
}

/** Redis tells no other time than its own: what lapses within the time is made to lapse so much earlier. */
async function pass(ms: number): Promise<void> {
  for (const key of await raw.keys('fc:*')) {
    const left = await raw.pttl(key);
    if (left > ms) await raw.pexpire(key, left - ms);
    else if (left >= 0) await raw.del(key);
  }
}

describeStore('the store in Redis', () => ({ store: createStore(), pass }));

const KEY = 'fc:{shop:7}:day:42:2026-11-23';
const OTHER = 'fc:{shop:8}:day:42:2026-11-23';

const DAY: BarberDay = {
  barberId: 42,
  date: '2026-11-23',
  startsAt: Date.parse('2026-11-23T00:00:00-05:00'),
  minutes: 1_440,
  working: [
    [540, 780],
    [810, 1_140],
  ],
  timeOff: [],
  // 60 % of the working time.
  busy: Array.from({ length: 10 }, (_, i) => [540 + 58 * i, 574 + 58 * i] as const),
};

function loaded(value: unknown = DAY, day = 3): Loaded<unknown> {
  return { value, versions: { shop: 17, barber: 5, day }, loadedAt: Date.parse('2026-11-22T15:04:05.123Z') };
}

const put = (value: Loaded<unknown>, key = KEY) =>
  createStore().putMany([{ key, loaded: value, ttlMs: 300_000 }]);

describe('what is stored in Redis', () => {
  test('takes at most 200 bytes for a day of a barber that is 60 % booked, versions included', async () => {
    await put(loaded());
    expect(await raw.memory('USAGE', KEY)).toBeLessThanOrEqual(200);
  });

  test('lapses by itself', async () => {
    await put(loaded());
    expect(await raw.pttl(KEY)).toBeGreaterThan(299_000);
    expect(await raw.pttl(KEY)).toBeLessThanOrEqual(300_000);
  });

  test.each([
    ['nothing', ''],
    ['a text', 'garbage'],
    ['JSON of another program', JSON.stringify({ value: DAY, versions: { shop: 99, barber: 99, day: 99 } })],
    ['zeros', Buffer.alloc(100)],
    ['random bytes behind our format number', Buffer.concat([Buffer.from([1]), Buffer.alloc(99, 0x5a)])],
  ])('cannot be read where somebody planted %s, and is replaced', async (_what, planted) => {
    await raw.set(KEY, planted);
    expect(await createStore().getMany([KEY])).toEqual(['undecodable']);
    expect(await put(loaded())).toBe(1);
    expect(plain(await createStore().getMany([KEY]))).toEqual([loaded()]);
  });

  test('is not there where another type of value is, and replaces it', async () => {
    await raw.rpush(KEY, 'a', 'b');
    expect(plain(await createStore().getMany([KEY]))).toEqual([undefined]);
    expect(await put(loaded())).toBe(1);
    expect(plain(await createStore().getMany([KEY]))).toEqual([loaded()]);
  });

  test("cannot be read where it is another key's", async () => {
    await put(loaded(), OTHER);
    await raw.copy(OTHER, KEY);
    expect(plain(await createStore().getMany([KEY, OTHER]))).toEqual(['undecodable', loaded()]);
  });

  test("is loaded anew under a key where another key's newer value lay, as soon as somebody has looked", async () => {
    await put(loaded(DAY, 9), OTHER);
    await raw.copy(OTHER, KEY);
    const store = createStore();
    expect(await store.getMany([KEY])).toEqual(['undecodable']);
    expect(await store.putMany([{ key: KEY, loaded: loaded(DAY, 1), ttlMs: 60_000 }])).toBe(1);
    expect(plain(await store.getMany([KEY]))).toEqual([loaded(DAY, 1)]);
  });

  test('cannot be read where one byte of it was changed or is missing', async () => {
    await put(loaded());
    const bytes = (await raw.getBuffer(KEY)) ?? Buffer.of();
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ 1;
      await raw.set(KEY, changed);
      expect(await createStore().getMany([KEY]), `byte ${i}`).toEqual(['undecodable']);
      await raw.set(KEY, bytes.subarray(0, i));
      expect(await createStore().getMany([KEY]), `${i} bytes`).toEqual(['undecodable']);
    }
  });

  test('is not there for servers that follow another history, whose older values replace it', async () => {
    await put(loaded(DAY, 9));
    const other = createStore('two');
    expect(plain(await other.getMany([KEY]))).toEqual([undefined]);
    expect(await other.putMany([{ key: KEY, loaded: loaded(DAY, 1), ttlMs: 1_000 }])).toBe(1);
    expect(plain(await other.getMany([KEY]))).toEqual([loaded(DAY, 1)]);
    expect(plain(await createStore().getMany([KEY]))).toEqual([undefined]);
  });

  test('is neither read nor written before the history is known', async () => {
    const early = createRedisStore({ redis, history: () => undefined });
    await expect(early.getMany([KEY])).rejects.toThrow('not known yet');
    await expect(early.putMany([{ key: KEY, loaded: loaded(), ttlMs: 1_000 }])).rejects.toThrow('not known');
    expect(await raw.exists(KEY)).toBe(0);
  });
});

test('what is newer is decided in Redis as it is anywhere', async () => {
  const version = fc.nat({ max: 3 });
  const some = fc.record({
    value: fc.constant(null),
    versions: fc.record({ shop: version, barber: version, day: version }),
    loadedAt: fc.integer({ min: 1_000, max: 1_002 }),
  });
  await fc.assert(
    fc.asyncProperty(some, some, async (first, second) => {
      await raw.del(KEY);
      await put(first);
      expect(await put(second)).toBe(isNewer(second, first) ? 1 : 0);
      expect(plain(await createStore().getMany([KEY]))).toEqual([isNewer(second, first) ? second : first]);
    }),
    { numRuns: 300 },
  );
});

describe('a call of the store in Redis', () => {
  const keys = Array.from({ length: 2_500 }, (_, i) => `fc:{shop:7}:day:${i}:2026-11-23`);

  async function commandsOf(call: () => unknown): Promise<string[]> {
    const seen: string[] = [];
    const monitor = await raw.duplicate().monitor();
    monitor.on('monitor', (_time: string, [name = '', ...args]: string[], source: string) => {
      if (source !== 'lua' && !args.some((arg) => arg.includes('heartbeat'))) seen.push(name.toLowerCase());
    });
    await call();
    // What is seen after it was not forgotten before it.
    const last = new Promise((resolve) =>
      monitor.on('monitor', (_time, [name]) => name === 'echo' && resolve(0)),
    );
    await raw.echo('done');
    await last;
    monitor.disconnect();
    return seen.filter((name) => name !== 'echo');
  }

  test('reads any number of days in one command', async () => {
    const store = createStore();
    await store.putMany(keys.map((key) => ({ key, loaded: loaded(), ttlMs: 60_000 })));
    expect(
      await commandsOf(async () => {
        const found = await store.getMany(keys);
        expect(found.filter((one) => typeof one === 'object')).toHaveLength(2_500);
      }),
    ).toEqual(['mget']);
  });

  test('writes, claims, gives back and drops a thousand in one command', async () => {
    const store = createStore();
    const thousand = keys.slice(0, 1_000);
    await store.putMany([]);
    const entries = thousand.map((key) => ({ key, loaded: loaded(), ttlMs: 60_000 }));
    expect(await commandsOf(() => store.putMany(entries))).toHaveLength(1);
    expect(await commandsOf(() => store.claim(thousand, 'one', 2_000))).toHaveLength(1);
    expect(await commandsOf(() => store.release(thousand, 'one'))).toHaveLength(1);
    expect(await commandsOf(() => store.drop(thousand))).toEqual(['unlink']);
  });

  test('that writes more than a thousand counts all of them', async () => {
    const store = createStore();
    const entries = keys.map((key) => ({ key, loaded: loaded(), ttlMs: 60_000 }));
    expect(await store.putMany(entries)).toBe(2_500);
    expect(await store.putMany(entries)).toBe(0);
    expect((await store.claim(keys, 'one', 2_000)).filter(Boolean)).toHaveLength(2_500);
    expect((await store.claim(keys, 'two', 2_000)).filter(Boolean)).toHaveLength(0);
    await store.release(keys, 'one');
    expect((await store.claim(keys, 'two', 2_000)).filter(Boolean)).toHaveLength(2_500);
    expect(await store.drop(keys)).toBe(2_500);
  });
});
