import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CachedSource, createCachedSource } from '../../src/availability/cached-source.ts';
import { createPostgresSource } from '../../src/availability/postgres/postgres-source.ts';
import { type DayQuery, newRead } from '../../src/availability/source.ts';
import { createMemoryStore } from '../../src/availability/store/memory-store.ts';
import { addDays } from '../../src/calendar/time.ts';
import { addDemand } from '../../src/warming/demand/queries.ts';
import { createForecasts } from '../../src/warming/forecast/shop-forecast.ts';
import { minutesOfRound } from '../../src/warming/rounds.ts';
import { createWarmAhead, type WarmAhead } from '../../src/warming/warm-ahead.ts';
import { createManualFeed, type ManualFeed } from '../availability/world.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const LIFETIME = 300_000;
const MINUTE = 60_000;
/** The beginning of a round. */
const NOW = Date.parse('2026-11-23T12:00:00Z');
const TODAY = '2026-11-23';

let database: TestDatabase;
let shop: TestShop;
let feed: ManualFeed;
let source: CachedSource;
let warmAhead: WarmAhead;
let loads: DayQuery[];
let now: number;
let lifetimeMs: number;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  const { db } = database;
  now = NOW;
  lifetimeMs = LIFETIME;
  loads = [];
  shop = await createShop(db, {
    timezone: 'UTC',
    barbers: ['Ana', 'Ben', 'Cem', 'Dan', 'Eve'],
    settings: { horizon_days: 20 },
  });
  const clock = { now: () => now };
  feed = createManualFeed(clock);
  const plain = createPostgresSource(db);
  const load: typeof plain.load = async (query) => {
    loads.push(query);
    const loaded = await plain.load(query);
    // As of the time of the test.
    return loaded.map((one) => ({ ...one, loadedAt: now }));
  };
  source = createCachedSource({
    source: { ...plain, load },
    store: createMemoryStore({ maxEntries: 10_000, clock }),
    feed,
    db,
    ttl: { days: LIFETIME / 1_000, schedules: 3_600, rules: 86_400 },
    clock,
    monotonic: clock.now,
  });
  const forecasts = createForecasts(db, clock);
  warmAhead = createWarmAhead({ db, source, forecasts, clock, lifetimeMs: () => lifetimeMs });
});
afterEach(async () => {
  source.close();
  await database.pool.query('delete from demand');
});

const run = () => warmAhead.run(new AbortController().signal);

/** For two days, readers asked every hour for each of the next five days of each of these barbers, so often. */
async function ask(reads: number, barberIds = shop.barberIds): Promise<void> {
  for (let hour = 1; hour <= 48; hour++) {
    const at = NOW - hour * 60 * MINUTE;
    const today = new Date(at).toISOString().slice(0, 10);
    const asked = barberIds.flatMap((barberId) =>
      [0, 1, 2, 3, 4].map((ahead) => ({
        shopId: shop.id,
        barberId,
        from: addDays(today, ahead),
        days: 1,
        reads,
      })),
    );
    await addDemand(database.db, asked, at);
  }
}

const reading = (barberId: number, date: string) => {
  const read = newRead();
  const { id: shopId } = shop;
  return Promise.resolve(source.load({ shopId, barberIds: [barberId], from: date, to: date }, read)).then(
    () => read,
  );
};

describe('warming ahead', () => {
  test('loads in one call what will be asked for, so that nobody waits until the next round', async () => {
    await ask(10);
    await run();
    expect(loads).toMatchObject([{ from: TODAY, to: addDays(TODAY, 4) }]);
    for (now = NOW + MINUTE; now < NOW + 4 * MINUTE; now += MINUTE) {
      await run();
      for (const barberId of shop.barberIds)
        expect(await reading(barberId, addDays(TODAY, 3))).toMatchObject({ hits: 1, misses: 0 });
    }
    expect(loads).toHaveLength(1);
    expect(source.stats().days.warmed).toBe(25);
  });

  test('loads it again before it lapses, round by round', async () => {
    await ask(10);
    for (const round of [0, 1, 2, 3]) {
      now = NOW + round * 4 * MINUTE;
      await run();
      now += 4 * MINUTE - 1;
      expect(await reading(shop.barberIds[0] ?? 0, TODAY)).toMatchObject({ misses: 0 });
    }
    expect(loads).toHaveLength(4);
  });

  test('loads nothing for a shop that is hardly read, and nothing for one that never was', async () => {
    await run();
    await ask(1, shop.barberIds.slice(0, 2));
    await run();
    expect(loads).toEqual([]);
  });

  test('says beforehand what it is about to do, and when', async () => {
    await ask(10);
    const rules = (await source.rules(shop.id))?.value;
    if (rules === undefined) throw new Error('There is a shop');
    expect(await warmAhead.next(rules)).toMatchObject({
      at: NOW + 4 * MINUTE,
      days: 5,
      barberIds: shop.barberIds,
      loads: 1,
    });
  });

  test('stops between two shops when the server closes', async () => {
    await ask(10);
    await warmAhead.run(AbortSignal.abort());
    expect(loads).toEqual([]);
  });

  test('keeps to the lifetime that holds at the moment', async () => {
    await ask(10);
    lifetimeMs = 60_000;
    now = NOW + MINUTE;
    await run();
    expect(loads).toHaveLength(1);
  });
});

test.each([
  [20_000, 1],
  [60_000, 1],
  [150_000, 2],
  [300_000, 4],
  [3_600_000, 15],
  [86_400_000, 15],
])(
  'what lives for %i ms is looked after every %i minutes, so that it does not lapse in between',
  (ms, minutes) => {
    expect(minutesOfRound(ms)).toBe(minutes);
  },
);
