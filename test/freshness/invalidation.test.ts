import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Invalidation } from '../../src/availability/cache/invalidation.ts';
import { type CachedBookingService, createCachedBookingService } from '../../src/booking/cached.ts';
import { addDays } from '../../src/calendar/time.ts';
import { freePort } from '../support/ports.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

// What can be booked is counted from Postgres's clock, so these days are real ones.
const TODAY = new Date().toISOString().slice(0, 10);
const TOMORROW = addDays(TODAY, 1);

let database: TestDatabase;
let redis: RedisServer;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
});
afterAll(async () => {
  await redis.stop();
  await database.close();
});

describe.each(['a Redis', 'a Redis that is gone'])('two servers with %s', (which) => {
  let here: CachedBookingService;
  let there: CachedBookingService;

  beforeAll(async () => {
    const url = which === 'a Redis' ? redis.url : `redis://127.0.0.1:${await freePort()}`;
    const open = async () => {
      const { connectionString: databaseUrl, db } = database;
      const service = createCachedBookingService({ databaseUrl, db, cache: { redisUrl: url } });
      await service.following();
      return service;
    };
    [here, there] = [await open(), await open()];
    expect(here.cache.isAvailable()).toBe(which === 'a Redis');
  });
  afterAll(() => Promise.all([here.close(), there.close()]));

  const reads = (service: CachedBookingService, { id, barberIds: [first = 0, second = 0] }: TestShop) => ({
    rules: () => service.source.rules(id),
    'hours of the first': () => service.source.schedules(id, [first]),
    'hours of the second': () => service.source.schedules(id, [second]),
    'today of the first': () =>
      service.source.load({ shopId: id, barberIds: [first], from: TODAY, to: TODAY }),
    'tomorrow of the first': () =>
      service.source.load({ shopId: id, barberIds: [first], from: TOMORROW, to: TOMORROW }),
    'today of the second': () =>
      service.source.load({ shopId: id, barberIds: [second], from: TODAY, to: TODAY }),
  });

  /** What is not answered from the process any more; it is again, afterwards. */
  async function gone(service: CachedBookingService, shop: TestShop): Promise<string[]> {
    const started = Object.entries(reads(service, shop)).map(([name, read]) => ({ name, reading: read() }));
    await Promise.all(started.map(({ reading }) => reading));
    return started.filter(({ reading }) => reading instanceof Promise).map(({ name }) => name);
  }

  test.each<[string, (shop: TestShop) => Invalidation, string[]]>([
    [
      'a barber',
      ({ id, barberIds }) => ({ shopId: id, barberIds: barberIds.slice(0, 1) }),
      ['hours of the first', 'today of the first', 'tomorrow of the first'],
    ],
    [
      'dates',
      ({ id }) => ({ shopId: id, from: TODAY, to: TODAY }),
      ['today of the first', 'today of the second'],
    ],
    [
      'all slots',
      ({ id }) => ({ shopId: id, only: 'days' }),
      ['rules', 'today of the first', 'tomorrow of the first', 'today of the second'],
    ],
    [
      'settings',
      ({ id }) => ({ shopId: id, only: 'settings' }),
      [
        'rules',
        'hours of the first',
        'hours of the second',
        'today of the first',
        'tomorrow of the first',
        'today of the second',
      ],
    ],
  ])('invalidate %s on both', async (_, what, expected) => {
    const shop = await createShop(database.db, { barbers: ['Ana', 'Ben'] });
    for (const service of [here, there]) {
      for (const read of Object.values(reads(service, shop))) await read();
      expect(await gone(service, shop)).toEqual([]);
    }
    const heard = new Promise<void>((resolve) => {
      const stop = there.source.onChange((changes) => {
        if (!changes.some(({ shopId }) => shopId === shop.id)) return;
        stop();
        resolve();
      });
    });
    expect(await here.source.invalidate(what(shop))).toBeGreaterThan(0);
    expect(await gone(here, shop)).toEqual(expected);
    await heard;
    expect(await gone(there, shop)).toEqual(expected);
  });
});
