import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from 'vitest';
import { type CachedBookingService, createCachedBookingService } from '../../src/booking/cached.ts';
import { createBookingService } from '../../src/booking/service.ts';
import { addDays } from '../../src/calendar/time.ts';
import { type TrackOptions, trackCachePerformance } from '../../src/insight/track.ts';
import { resultOf } from '../booking/services.ts';
import { createShop, createUser } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const DAY = addDays(new Date().toISOString().slice(0, 10), 7);

let lines: object[];
let now: number;
let options: TrackOptions;

beforeEach(() => {
  lines = [];
  now = 0;
  const log = {
    info: (line: object) => void lines.push(line),
    warn: (line: object) => void lines.push(line),
  };
  options = { log: log as TrackOptions['log'], monotonic: () => now };
});

describe('a tracked function', () => {
  test('keeps its this, its arguments and its result', async () => {
    const counter = {
      count: 40,
      add: trackCachePerformance(function add(this: { count: number }, more: number) {
        this.count += more;
        return this.count;
      }, options),
    };
    expect(counter.add(2)).toBe(42);
    expect(lines).toEqual([{ method: 'add', ms: 0, cache: 'none', hits: 0, misses: 0, bypassed: 0 }]);
  });

  test('keeps its type', () => {
    const later = trackCachePerformance(async (id: number, name: string) => ({ id, name }), options);
    expectTypeOf(later).parameters.toEqualTypeOf<[id: number, name: string]>();
    expectTypeOf(later).returns.resolves.toEqualTypeOf<{ id: number; name: string }>();
  });

  test('is timed until its answer is there, and the line is written before the caller goes on', async () => {
    let answer = (_: string) => {};
    const slow = trackCachePerformance(() => new Promise<string>((resolve) => (answer = resolve)), {
      ...options,
      name: 'slow',
    });
    const waiting = slow();
    now = 12.3456;
    expect(lines).toEqual([]);
    answer('done');
    expect(await waiting).toBe('done');
    expect(lines).toMatchObject([{ method: 'slow', ms: 12.346, cache: 'none' }]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new RangeError('no');
      },
    ],
    [
      'rejects',
      async () => {
        throw new RangeError('no');
      },
    ],
  ])('%s its own error, which is logged with its time', async (_, fail: () => unknown) => {
    await expect((async () => trackCachePerformance(fail, options)())()).rejects.toThrow(RangeError);
    expect(lines).toMatchObject([{ ms: 0, err: new RangeError('no') }]);
  });

  test('is believed what its answer says of itself', async () => {
    for (const read of [{ status: 'hit' }, { status: 'miss' }, { status: 'bypass' }, { status: 'warm' }])
      await trackCachePerformance(async () => ({ kind: 'ok', value: { read } }), options)();
    expect(lines).toMatchObject([
      { cache: 'hit' },
      { cache: 'miss' },
      { cache: 'bypass' },
      { cache: 'none' },
    ]);
  });
});

describe('a tracked method of a service', () => {
  let database: TestDatabase;
  let service: CachedBookingService;

  beforeAll(async () => {
    database = await createTestDatabase();
    const { connectionString: databaseUrl, db } = database;
    service = createCachedBookingService({ databaseUrl, db });
    await service.following();
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  test('is a miss first and a hit then, and past a cache where there is none', async () => {
    const { slug: shop } = await createShop(database.db);
    const { connectionString: databaseUrl, db } = database;
    const plain = createBookingService({ databaseUrl, db });
    for (const { getAvailableSlots } of [service, service, plain])
      resultOf(await trackCachePerformance(getAvailableSlots, options)({ shop, targetDate: DAY }));
    expect(lines).toMatchObject([
      { cache: 'miss', misses: expect.any(Number) },
      { cache: 'hit', misses: 0, bypassed: 0 },
      { cache: 'bypass', hits: 0 },
    ]);
  });

  test('that reports nothing is judged by what it read, calls at the same time each by their own', async () => {
    const [one, two] = [await createShop(database.db), await createShop(database.db)];
    const read = trackCachePerformance(
      (shopId: number) => Promise.resolve(service.source.rules(shopId)),
      options,
    );
    await read(one.id);
    await Promise.all([read(one.id), read(two.id), read(one.id)]);
    expect(lines).toMatchObject([{ cache: 'miss' }, { cache: 'hit' }, { cache: 'hit' }, { cache: 'miss' }]);
  });

  test('that books is no hit: it is decided in Postgres', async () => {
    const { slug: shop } = await createShop(database.db);
    const userId = await createUser(database.db);
    const wish = { shop, userId, service: 'Haircut', bookingDate: DAY, bookingTime: '10:00' };
    resultOf(await trackCachePerformance(service.createBooking, options)(wish));
    expect(lines).toMatchObject([{ cache: 'none' }]);
  });
});
