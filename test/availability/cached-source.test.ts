import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CachedSource, createCachedSource } from '../../src/availability/cached-source.ts';
import { createPostgresSource } from '../../src/availability/postgres/postgres-source.ts';
import { type DayQuery, newRead } from '../../src/availability/source.ts';
import { createMemoryStore } from '../../src/availability/store/memory-store.ts';
import { systemClock } from '../../src/clock.ts';
import type { Database } from '../../src/database/schema.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { createManualFeed, type ManualFeed } from './world.ts';

let database: TestDatabase;
let db: Kysely<Database>;
let shop: TestShop;
let feed: ManualFeed;
let cached: CachedSource;
/** Calls of the source below. */
let calls: string[];
let queries: DayQuery[];
let failing: Error | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});

afterAll(() => database.close());

beforeEach(async () => {
  shop = await createShop(db, { barbers: ['Ana', 'Ben', 'Cem'], settings: { horizon_days: 10 } });
  feed = createManualFeed(systemClock);
  calls = [];
  queries = [];
  failing = undefined;
  cached = create();
});

function create(ttl = { days: 300, schedules: 3_600, rules: 86_400 }): CachedSource {
  const source = createPostgresSource(db);
  return createCachedSource({
    source: {
      async load(query, read) {
        calls.push('load');
        queries.push(query);
        if (failing !== undefined) throw failing;
        return source.load(query, read);
      },
      find(slug) {
        calls.push('find');
        return source.find(slug);
      },
      rules(shopId, read) {
        calls.push('rules');
        return source.rules(shopId, read);
      },
      schedules(shopId, barberIds, read) {
        calls.push('schedules');
        return source.schedules(shopId, barberIds, read);
      },
    },
    store: createMemoryStore({ maxEntries: 10_000, clock: systemClock }),
    feed,
    db,
    ttl,
    clock: systemClock,
  });
}

function days(from: string, to = from, barberIds = shop.barberIds): DayQuery {
  return { shopId: shop.id, barberIds, from, to };
}

describe('the cached source', () => {
  test('answers what the source answers, in the order of barbers and dates asked for', async () => {
    const [ana = 0, ben = 0] = shop.barberIds;
    const query = days('2026-11-23', '2026-11-29', [ben, ana]);
    const plain = await createPostgresSource(db).load(query);
    const first = await cached.load(query);
    expect(first.map(({ value }) => value)).toEqual(plain.map(({ value }) => value));
    expect(first.map(({ versions }) => versions)).toEqual(plain.map(({ versions }) => versions));
    const second = cached.load(query);
    expect(second).toBeInstanceOf(Array);
    expect(second).toEqual(first);
  });

  test('loads a range of days of many barbers in one call, and then only the corner that is missing', async () => {
    const [ana = 0, ben = 0] = shop.barberIds;
    await cached.load(days('2026-11-23', '2026-11-29', [ana]));
    await cached.load(days('2026-11-23', '2026-11-29', [ana, ben]));
    await cached.load(days('2026-11-20', '2026-11-29', [ana, ben]));
    expect(queries.map(({ barberIds, from, to }) => [barberIds, from, to])).toEqual([
      [[ana], '2026-11-23', '2026-11-29'],
      [[ben], '2026-11-23', '2026-11-29'],
      [[ana, ben], '2026-11-20', '2026-11-22'],
    ]);
    expect(cached.stats().days).toMatchObject({ loads: 3, process: { hits: 7 + 14 } });
  });

  test('nobody at all costs nothing', async () => {
    expect(await cached.load(days('2026-11-23', '2026-11-23', []))).toEqual([]);
    expect(await cached.schedules(shop.id, [])).toEqual([]);
    expect(calls).toEqual([]);
  });

  test('knows nothing of a shop that does not exist', async () => {
    expect(await cached.rules(0)).toBeUndefined();
    expect(await cached.load({ ...days('2026-11-23'), shopId: 0 })).toEqual([]);
    expect(await cached.schedules(0, [1])).toEqual([]);
  });

  test('refuses what is no date', async () => {
    await expect((async () => cached.load(days('2026-11-31')))()).rejects.toThrow(RangeError);
  });

  test('keeps rules and schedules, and answers at once', async () => {
    const rules = await cached.rules(shop.id);
    const schedules = await cached.schedules(shop.id, shop.barberIds);
    expect(cached.rules(shop.id)).toBe(rules);
    expect(cached.schedules(shop.id, shop.barberIds)).toEqual(schedules);
    expect(schedules.map(({ value }) => value.barberId)).toEqual(shop.barberIds);
    expect(calls).toEqual(['rules', 'schedules']);
    expect(Object.isFrozen(rules?.value.barbers[0]?.offers)).toBe(true);
  });

  test("a shop's rules do not make barbers' schedules too old", async () => {
    await cached.schedules(shop.id, shop.barberIds);
    cached.applied([{ shopId: shop.id, barberId: 0, day: '', version: 1_000 }]);
    expect(cached.schedules(shop.id, shop.barberIds)).toBeInstanceOf(Array);
  });

  test('leaves out strangers', async () => {
    const known = await cached.schedules(shop.id, [0, ...shop.barberIds]);
    expect(known.map(({ value }) => value.barberId)).toEqual(shop.barberIds);
  });

  test('remembers which shop a slug means, and forgets that there is none', async () => {
    expect(await cached.find(shop.slug)).toBe(shop.id);
    expect(cached.find(shop.slug)).toBe(shop.id);
    const first = await cached.find();
    expect(cached.find()).toBe(first);
    expect(await cached.find('nowhere')).toBeUndefined();
    const late = await createShop(db, { slug: 'nowhere' });
    expect(await cached.find('nowhere')).toBe(late.id);
    expect(calls).toEqual(['find', 'find', 'find', 'find']);
    await sql`delete from barber_service where shop_id = ${late.id}`.execute(db);
    await sql`delete from shop where id = ${late.id}`.execute(db);
  });

  test('asks once for a slug that many want at the same time', async () => {
    const found = await Promise.all(Array.from({ length: 50 }, async () => cached.find(shop.slug)));
    expect(new Set(found)).toEqual(new Set([shop.id]));
    expect(calls).toEqual(['find']);
  });

  test('another database is another start', async () => {
    await cached.find(shop.slug);
    await cached.load(days('2026-11-23'));
    feed.reset();
    expect(cached.stats().entries).toBe(0);
    await cached.find(shop.slug);
    await cached.load(days('2026-11-23'));
    expect(calls).toEqual(['find', 'load', 'find', 'load']);
  });

  test('is available as long as there is no store but its own', () => {
    expect(cached.isAvailable()).toBe(true);
  });

  test('no lifetime is longer than a day', async () => {
    cached = create({ days: 1e9, schedules: 1e9, rules: 1e9 });
    const loaded = await cached.rules(shop.id);
    expect(loaded).toBeDefined();
    const late = createManualFeed({ now: () => systemClock.now() + 24 * 3_600_000 + 1_000 });
    feed.followedNow = late.followedNow;
    feed.now = late.now;
    await cached.rules(shop.id);
    expect(calls).toEqual(['rules', 'rules']);
  });
});

describe('invalidation', () => {
  async function fill() {
    await cached.rules(shop.id);
    await cached.schedules(shop.id, shop.barberIds);
    const today = new Date(systemClock.now()).toISOString().slice(0, 10);
    const { rows } = await sql<{ day: string }>`
      select to_char(d, 'YYYY-MM-DD') as day
      from generate_series(${today}::date, ${today}::date + 5, '1 day') as d`.execute(db);
    const dates = rows.map(({ day }) => day);
    await cached.load(days(dates[0] ?? '', dates.at(-1)));
    calls.length = 0;
    return dates;
  }

  const again = async (dates: readonly string[]) => {
    await cached.rules(shop.id);
    await cached.schedules(shop.id, shop.barberIds);
    await cached.load(days(dates[0] ?? '', dates.at(-1)));
    return [...calls].sort();
  };

  test('of a shop drops everything of it: rules, schedules and days up to the horizon', async () => {
    const dates = await fill();
    expect(await cached.invalidate({ shopId: shop.id })).toBe(1 + 3 + 3 * dates.length);
    expect(cached.stats().entries).toBe(0);
    expect(await again(dates)).toEqual(['load', 'rules', 'schedules']);
  });

  test("of a barber drops his schedule and days, and nobody else's", async () => {
    const dates = await fill();
    const [ana = 0] = shop.barberIds;
    expect(await cached.invalidate({ shopId: shop.id, barberIds: [ana] })).toBe(1 + dates.length);
    expect(await again(dates)).toEqual(['load', 'schedules']);
    expect(queries.at(-1)?.barberIds).toEqual([ana]);
  });

  test('of days drops these days, of all barbers or of some', async () => {
    const dates = await fill();
    const [first = '', second = ''] = dates;
    expect(await cached.invalidate({ shopId: shop.id, from: first, to: second })).toBe(6);
    expect(await again(dates)).toEqual(['load']);
    expect(queries.at(-1)).toMatchObject({ from: first, to: second });
    const [ana = 0] = shop.barberIds;
    expect(await cached.invalidate({ shopId: shop.id, barberIds: [ana], from: second, to: second })).toBe(1);
  });

  test('of more than a thousand days counts up a row for each barber, and not for each day', async () => {
    const barbers = Array.from({ length: 12 }, (_, i) => `Barber ${i}`);
    const { id, barberIds } = await createShop(db, { barbers, settings: { horizon_days: 90 } });
    const all = { shopId: id, barberIds, from: '2026-11-23', to: '2026-11-24' };
    const rows = async () =>
      (await sql`select from availability_version where shop_id = ${id}`.execute(db)).rows.length;
    const before = await rows();
    await cached.load(all);
    expect(await cached.invalidate({ shopId: id, from: '2026-11-23', to: '2027-02-20' })).toBe(24);
    expect(await rows()).toBe(before);
    calls = [];
    await cached.load(all);
    expect(calls).toEqual(['load']);
  });

  test('of all days leaves hours where they are', async () => {
    const dates = await fill();
    expect(await cached.invalidate({ shopId: shop.id, only: 'days' })).toBe(3 * dates.length);
    // The shop's version counts for its rules, too.
    expect(await again(dates)).toEqual(['load', 'rules']);
  });

  test('of the settings takes rules and hours, and makes days too old', async () => {
    const dates = await fill();
    expect(await cached.invalidate({ shopId: shop.id, only: 'settings' })).toBe(1 + 3);
    expect(await again(dates)).toEqual(['load', 'rules', 'schedules']);
  });

  test('of nobody, or of a shop that does not exist, drops nothing', async () => {
    await fill();
    expect(await cached.invalidate({ shopId: shop.id, barberIds: [] })).toBe(0);
    expect(await cached.invalidate({ shopId: 0 })).toBe(0);
  });

  test('holds on every instance, because the versions in Postgres count up', async () => {
    const dates = await fill();
    const elsewhere = create();
    await elsewhere.load(days(dates[0] ?? ''));
    await cached.invalidate({ shopId: shop.id, from: dates[0] ?? '', to: dates[0] ?? '' });
    const read = newRead({ exact: true });
    await elsewhere.load(days(dates[0] ?? ''), read);
    expect(read).toMatchObject({ hits: 0, misses: 3 });
  });

  test('reaches what was loaded before and comes back after', async () => {
    const dates = await fill();
    const [old] = await cached.load(days(dates[0] ?? ''));
    await cached.invalidate({ shopId: shop.id });
    expect(feed.known.of(shop.id, 0, '').shop).toBeGreaterThan(old?.versions.shop ?? Number.NaN);
  });
});

describe('what changes slowly', () => {
  test('is loaded ahead where it is missing, and then not asked for by any reader', async () => {
    const [ana = 0] = shop.barberIds;
    await cached.schedules(shop.id, [ana]);
    expect(await cached.preload(shop.id)).toMatchObject({
      services: 1,
      barbers: 3,
      cached: 3,
      alreadyFresh: 1,
    });
    expect(cached.rules(shop.id)).not.toBeInstanceOf(Promise);
    expect(cached.schedules(shop.id, shop.barberIds)).not.toBeInstanceOf(Promise);
    expect(await cached.preload(shop.id)).toMatchObject({ cached: 0, alreadyFresh: 4 });
  });
});
