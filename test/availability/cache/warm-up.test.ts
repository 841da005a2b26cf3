import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WarmUpProgress } from '../../../src/availability/cache/warm-up.ts';
import { type CachedSource, createCachedSource } from '../../../src/availability/cached-source.ts';
import { createPostgresSource } from '../../../src/availability/postgres/postgres-source.ts';
import type { DayQuery } from '../../../src/availability/source.ts';
import { createMemoryStore } from '../../../src/availability/store/memory-store.ts';
import type { Store } from '../../../src/availability/store/store.ts';
import { addDays, datesFrom } from '../../../src/calendar/time.ts';
import { systemClock } from '../../../src/clock.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { createGate, createManualFeed, type ManualFeed } from '../world.ts';

const FROM = '2026-11-23';

let database: TestDatabase;
/** Of fifty barbers. */
let shop: TestShop;
let feed: ManualFeed;
/** What was asked of Postgres. */
let queries: DayQuery[];
let held: () => Promise<void> | undefined;
let failing: Error | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  shop = await createShop(database.db, { barbers: Array.from({ length: 50 }, (_, i) => `Barber ${i}`) });
});
afterAll(() => database.close());

beforeEach(() => {
  feed = createManualFeed(systemClock);
  queries = [];
  held = () => undefined;
  failing = undefined;
});

function open(shared?: Store): CachedSource {
  const source = createPostgresSource(database.db);
  return createCachedSource({
    source: {
      ...source,
      async load(query, read) {
        queries.push(query);
        await held();
        if (failing !== undefined) throw failing;
        return source.load(query, read);
      },
    },
    store: createMemoryStore({ maxEntries: 10_000, clock: systemClock }),
    ...(shared && { shared }),
    feed,
    db: database.db,
    ttl: { days: 300, schedules: 300, rules: 300 },
    clock: systemClock,
  });
}

/** A store between processes that answers as Redis does: later. */
function createLateStore(): Store & { stored: number; claimed: number } {
  const store = createMemoryStore({ maxEntries: 10_000, clock: systemClock });
  const later = () => new Promise((resolve) => setImmediate(resolve));
  const late: Store & { stored: number; claimed: number } = {
    ...store,
    stored: 0,
    claimed: 0,
    claim(keys, owner, ttlMs) {
      late.claimed += keys.length;
      return store.claim(keys, owner, ttlMs);
    },
    async putMany(entries) {
      for (let turn = 0; turn < 5; turn++) await later();
      late.stored += entries.length;
      return store.putMany(entries);
    },
  };
  return late;
}

/** So many barbers, so many days. */
function range(barbers: number, days: number): DayQuery {
  return {
    shopId: shop.id,
    barberIds: shop.barberIds.slice(0, barbers),
    from: FROM,
    to: addDays(FROM, days - 1),
  };
}

describe('a warm-up', () => {
  test('of 50 barbers for 30 days takes a handful of statements', async () => {
    const cached = open();
    await cached.preload(shop.id);
    let statements = 0;
    const count = () => {
      statements += 1;
    };
    database.pool.on('acquire', count);
    const stats = await cached.warm({ shopId: shop.id, from: FROM, to: addDays(FROM, 29) });
    database.pool.off('acquire', count);
    expect(stats).toMatchObject({ days: 30, barbers: 50, cached: 1_500, alreadyFresh: 0, errors: 0 });
    expect(statements).toBe(5);
    expect(cached.load(range(50, 30))).toBeInstanceOf(Array);
  });

  test('loads what is missing, and asks for nobody and no end of the range that is complete', async () => {
    const [barbers, days] = [5, 20];
    const { barberIds, to } = range(barbers, days);
    const dates = datesFrom(FROM, to);
    const part = fc.record({
      barberIds: fc.subarray([...barberIds], { minLength: 1 }),
      ends: fc.tuple(fc.nat(days - 1), fc.nat(days - 1)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
        const cached = open();
        const there = new Set<string>();
        for (const { barberIds: some, ends } of parts) {
          const [from = '', last = ''] = [dates[Math.min(...ends)], dates[Math.max(...ends)]];
          await cached.load({ shopId: shop.id, barberIds: some, from, to: last });
          for (const id of some) for (const date of datesFrom(from, last)) there.add(`${id} ${date}`);
        }
        const isMissing = (id: number, date: string) => !there.has(`${id} ${date}`);
        queries = [];
        const told: WarmUpProgress[] = [];
        const stats = await cached.warm({
          ...range(barbers, days),
          onProgress: (progress) => told.push(progress),
        });
        const total = barbers * days;
        expect(stats).toMatchObject({ cached: total - there.size, alreadyFresh: there.size, errors: 0 });
        expect(told.at(-1)).toMatchObject({ done: total, total });
        for (const query of queries) {
          const asked = datesFrom(query.from, query.to);
          for (const id of query.barberIds) expect(asked.some((date) => isMissing(id, date))).toBe(true);
          for (const end of [query.from, query.to])
            expect(query.barberIds.some((id) => isMissing(id, end))).toBe(true);
        }
        // All of it is there now.
        expect(cached.load(range(barbers, days))).toBeInstanceOf(Array);
        cached.close();
      }),
      { numRuns: 40 },
    );
  });

  test('does not load what another process has put into the shared store', async () => {
    const store = createLateStore();
    await open(store).warm(range(4, 30));
    queries = [];
    const stats = await open(store).warm(range(5, 30));
    expect(stats).toMatchObject({ cached: 30, alreadyFresh: 120 });
    expect(queries.map(({ barberIds }) => barberIds)).toEqual([[shop.barberIds[4]]]);
  });

  test('is over when everything lies in the shared store', async () => {
    const store = createLateStore();
    await open(store).warm(range(20, 30));
    expect(store.stored).toBe(600);
  });

  test('claims nothing there, so that no other process waits for it', async () => {
    const store = createLateStore();
    await open(store).warm(range(2, 2));
    expect(store.claimed).toBe(0);
    await open(store).load(range(3, 2));
    expect(store.claimed).toBe(2);
  });

  test('leaves Postgres to readers, however many warm-ups there are', async () => {
    const cached = open();
    const gate = createGate();
    held = gate.held;
    const warming = [0, 10, 20, 30, 40].map((first) =>
      cached.warm({ ...range(50, 30), barberIds: shop.barberIds.slice(first, first + 10) }),
    );
    while (queries.length === 0) await new Promise((resolve) => setImmediate(resolve));
    // Six may load at a time: this one is asked for while the warm-ups wait for each other.
    held = () => undefined;
    const read = await cached.load({ ...range(1, 1), from: '2027-01-04', to: '2027-01-04' });
    expect(read).toHaveLength(1);
    expect(queries).toHaveLength(2);
    gate.open();
    for (const stats of await Promise.all(warming)) expect(stats).toMatchObject({ cached: 300, errors: 0 });
  });

  test('counts a day that many ask for once', async () => {
    const cached = open();
    const all = await Promise.all([1, 2, 3].map(() => cached.warm(range(10, 30))));
    expect(all.map((stats) => stats.cached)).toEqual([300, 0, 0]);
    expect(queries).toHaveLength(1);
    expect(
      await cached.warm({ ...range(1, 1), barberIds: [...shop.barberIds, ...shop.barberIds] }),
    ).toMatchObject({
      barbers: 50,
    });
  });

  test('ends before the next chunk when it is told to, with the reason', async () => {
    const cached = open();
    const stop = new AbortController();
    const warming = cached.warm({
      ...range(50, 30),
      signal: stop.signal,
      onProgress: ({ done }) => done >= 600 && stop.abort(new Error('enough')),
    });
    await expect(warming).rejects.toThrow('enough');
    expect(queries).toHaveLength(2);
  });

  test('counts what could not be loaded, but not what is there', async () => {
    const cached = open();
    await cached.warm(range(4, 30));
    failing = Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    const stats = await cached.warm(range(15, 30));
    expect(stats).toMatchObject({ barbers: 15, cached: 0, alreadyFresh: 120, errors: 330 });
  });

  test('loads everything while the changes of others are not seen, for nothing can be trusted then', async () => {
    const cached = open();
    await cached.warm(range(2, 2));
    feed.following = false;
    expect(await cached.warm(range(2, 2))).toMatchObject({ cached: 4, alreadyFresh: 0, errors: 0 });
  });

  test('is of no reader: neither a hit nor a miss', async () => {
    const cached = open();
    await cached.warm(range(2, 2));
    await cached.warm(range(2, 2));
    const { process, warmed } = cached.stats().days;
    expect(process.hits + Object.values(process.misses).reduce((sum, n) => sum + n)).toBe(0);
    expect(warmed).toBe(4);
  });

  test('takes the barbers who are active, or those who are named', async () => {
    const { id, barberIds } = await createShop(database.db, { barbers: ['Ana', 'Ben'] });
    const [ana = 0] = barberIds;
    await database.db.updateTable('barber').set({ active: false }).where('id', '=', ana).execute();
    const cached = open();
    const day = { shopId: id, from: FROM, to: FROM };
    expect(await cached.warm(day)).toMatchObject({ barbers: 1, cached: 1 });
    expect(await cached.warm({ ...day, barberIds })).toMatchObject({
      barbers: 2,
      cached: 1,
      alreadyFresh: 1,
    });
  });
});
