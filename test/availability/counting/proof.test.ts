import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CachedSource, createCachedSource } from '../../../src/availability/cached-source.ts';
import { type ChangeFeed, createChangeFeed } from '../../../src/availability/feed/change-feed.ts';
import { createPostgresSource } from '../../../src/availability/postgres/postgres-source.ts';
import { newRead } from '../../../src/availability/source.ts';
import { createMemoryStore } from '../../../src/availability/store/memory-store.ts';
import { createRedisStore } from '../../../src/availability/store/redis/redis-store.ts';
import { addDays } from '../../../src/calendar/time.ts';
import { systemClock } from '../../../src/clock.ts';
import { type DatabaseConnection, openDatabase } from '../../../src/database/connection.ts';
import { wireCacheStats } from '../../../src/http/wire/cache/stats.ts';
import { openRedis, type RedisConnection } from '../../../src/redis/redis.ts';
import { book, DATE } from '../../freshness/instances.ts';
import { startProxy, type Proxy as Way } from '../../support/proxy.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { createRedisWatcher, createTextCounter, type Look } from './wire.ts';

const silent = { info() {}, warn() {} };
/** In the statements for barber-days, and for a shop's rules. */
const [DAYS_TEXT, RULES_TEXT] = ['as occupied', "'horizonDays', horizon_days"];
const DAYS = Array.from({ length: 6 }, (_, i) => addDays(DATE, i));
/** Few, so that values have to make room. */
const MAX_ENTRIES = 11;
const OPERATIONS = 500;
const TTL_MS = 250;

let database: TestDatabase;
let server: RedisServer;
let [toPostgres, toRedis]: Way[] = [];
let pool: DatabaseConnection;
let redis: RedisConnection;
let raw: Redis;
let feed: ChangeFeed;
let source: CachedSource;
let shop: TestShop;

const looks: Look[] = [];
const statements = createTextCounter([DAYS_TEXT, RULES_TEXT]);
/** What the test itself asked for. */
const asked = { days: 0, rules: 0 };
/** Of the looks of a kind: keys, values that may be used, and what is no value. */
const seen = { days: counts(), rules: counts() };

beforeAll(async () => {
  [database, server] = await Promise.all([createTestDatabase(), startRedisServer()]);
  shop = await createShop(database.db, { barbers: ['Ana', 'Ben'] });
  toPostgres = await startProxy(database.connectionString);
  toRedis = await startProxy(server.url);
  toPostgres.watch(statements.watcher);
  toRedis.watch(createRedisWatcher((look) => looks.push(look)));
  raw = new Redis(server.url);
  pool = openDatabase(toPostgres.connectionString, { max: 4 });
  redis = openRedis({ url: toRedis.connectionString, log: silent, deadlineMs: 10_000 });
  feed = createChangeFeed({ connectionString: database.connectionString, clock: systemClock, log: silent });
  source = createCachedSource({
    source: createPostgresSource(pool.db),
    store: createMemoryStore({ maxEntries: MAX_ENTRIES, clock: systemClock }),
    shared: createRedisStore({ redis, history: feed.history }),
    feed,
    db: pool.db,
    // So short that they expire while the test runs; and none outlives in Redis the age at which it may be used.
    ttl: { days: TTL_MS / 1_000, schedules: 1, rules: TTL_MS / 1_000 },
    random: () => 0,
    clock: systemClock,
  });
  await Promise.all([feed.start(), redis.tried()]);
});

afterAll(async () => {
  source.close();
  await feed.close();
  await redis.close();
  await pool.close();
  raw.disconnect();
  await Promise.all([toPostgres, toRedis].map((proxy) => proxy?.close()));
  await Promise.all([database.close(), server.stop()]);
});

type Operation =
  | { readonly kind: 'days'; readonly from: number; readonly length: number; readonly barbers: number }
  | { readonly kind: 'rules' | 'warm' | 'flush' | 'change' }
  | { readonly kind: 'lose' | 'garble' | 'book'; readonly nth: number };

const nth = fc.nat(11);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.record({
      kind: fc.constant('days' as const),
      from: fc.nat(DAYS.length - 1),
      length: fc.integer({ min: 1, max: 3 }),
      barbers: fc.integer({ min: 1, max: 2 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('rules' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('warm', 'flush', 'change' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('lose', 'garble', 'book' as const), nth }) },
);

async function perform(operation: Operation): Promise<void> {
  switch (operation.kind) {
    case 'days': {
      const [from = DATE, to = from] = [DAYS[operation.from], DAYS[operation.from + operation.length - 1]];
      const barberIds = shop.barberIds.slice(0, operation.barbers);
      const days = await source.load({ shopId: shop.id, barberIds, from, to }, newRead());
      asked.days += days.length;
      return;
    }
    case 'rules':
      await source.rules(shop.id, newRead());
      asked.rules += 1;
      return;
    case 'warm': {
      // Those of a warm-up, whose looks and loads go over the wire too, count for nobody.
      const before = looks.length;
      await source.warm({ shopId: shop.id, barberIds: shop.barberIds, from: DATE, to: addDays(DATE, 2) });
      looks.splice(before);
      return;
    }
    case 'flush':
      await raw.flushall();
      return;
    case 'lose':
      await raw.del(keyOf(operation.nth));
      return;
    case 'garble':
      await raw.set(keyOf(operation.nth), `garbage ${operation.nth}`);
      return;
    case 'change':
      await database.db.updateTable('shop').set({ name: 'Another' }).where('id', '=', shop.id).execute();
      await feed.poll();
      return;
    case 'book':
      await book(database.db, shop, 540 + 30 * bookings++).then(source.applied);
  }
}

let bookings = 0;

function keyOf(n: number): string {
  return `fc:{shop:${shop.id}}:day:${shop.barberIds[n % 2]}:${DAYS[n % DAYS.length]}`;
}

/** The sum of the versions on which the value under a key depends, as Postgres has them now. */
async function truthOf(key: string): Promise<number> {
  const [, , , , barber = '0', day = '-infinity'] = key.split(':');
  const { rows } = await sql<{ sum: number }>`
    select coalesce(sum(version), 0)::float8 as sum from availability_version
    where shop_id = ${shop.id} and (barber_id, day) in (
      (0, '-infinity'::date), (${barber}::integer, '-infinity'), (${barber}::integer, ${day}::date))`.execute(
    database.db,
  );
  return rows[0]?.sum ?? 0;
}

/** Judges what came over the wire since the last time: nothing has changed since. */
async function judgeLooks(): Promise<void> {
  for (const { keys, found, at } of looks.splice(0)) {
    for (const [i, key] of keys.entries()) {
      const value = found[i];
      const of = seen[key.endsWith(':rules') ? 'rules' : 'days'];
      of.keys += 1;
      if (value?.[0] !== 1) of.garbage += value ? 1 : 0;
      // From byte 9 on the sum of the versions that it was made from, from 17 on the time of the load.
      else if (value.readDoubleBE(9) === (await truthOf(key)) && at - value.readUIntBE(17, 6) < TTL_MS)
        of.usable += 1;
    }
  }
}

function counts() {
  return { keys: 0, usable: 0, garbage: 0 };
}

/** Whether days were missed for every reason that there is while Redis and the feed are well. */
function sawEverything(): boolean {
  const { process, shared } = source.stats().days;
  const { cold, expired, tooOld, evicted } = process.misses;
  const there = shared.misses;
  return [
    cold,
    expired,
    tooOld,
    evicted,
    there.expired,
    there.tooOld,
    there.evicted,
    there.undecodable,
  ].every((count) => count > 0);
}

test('the statistics say what went over the wire to Redis and Postgres, value by value', async () => {
  const seed = randomInt(2 ** 31);
  let done = 0;
  for (let batch = 0; done < OPERATIONS || !sawEverything(); batch++) {
    for (const one of fc.sample(operation, { numRuns: 100, seed: seed + batch })) {
      await perform(one);
      await judgeLooks();
      done += 1;
    }
  }
  const { kinds, cache_stats } = wireCacheStats(source.stats(), await source.times.read(), true);
  const about = `seed ${seed}`;
  for (const kind of ['days', 'rules'] as const) {
    const { tiers, ...all } = kinds[kind];
    const { keys, usable, garbage } = seen[kind];
    expect(tiers.process.misses, about).toBe(keys);
    expect(tiers.process.hits, about).toBe(asked[kind] - keys);
    expect(tiers.redis?.hits, about).toBe(usable);
    expect(tiers.redis?.misses, about).toBe(keys - usable);
    expect(tiers.redis?.misses_by_cause.undecodable, about).toBe(garbage);
    expect(all.hits, about).toBe(asked[kind] - keys + usable);
    expect(all.loaded, about).toBe(keys - usable);
  }
  expect(kinds.days.loads, about).toBe(statements.of(DAYS_TEXT));
  expect(kinds.rules.loads, about).toBe(statements.of(RULES_TEXT));
  expect(cache_stats.hits + cache_stats.misses, about).toBe(asked.days + asked.rules);
});

test('and when Redis is gone, they say of every value that it was away', async () => {
  const before = source.stats().days;
  await toRedis?.refuse();
  await source.load({ shopId: shop.id, barberIds: shop.barberIds, from: '2027-01-01', to: '2027-01-02' });
  const { process, shared, loaded } = source.stats().days;
  expect(process.misses.cold - before.process.misses.cold).toBe(4);
  expect(shared.misses.away - before.shared.misses.away).toBe(4);
  expect(loaded - before.loaded).toBe(4);
  expect(looks).toEqual([]);
});
