import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dayKey } from '../../../src/availability/cache/keys.ts';
import type { Loaded } from '../../../src/availability/source.ts';
import type { BarberDay, Busy } from '../../../src/calendar/barber-day.ts';
import { pruneFinds } from '../../../src/insight/drift/finds.ts';
import { book, DATE } from '../../freshness/instances.ts';
import { type RedisServer, startRedisServer } from '../../support/redis-server.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { until } from '../../support/waiting.ts';
import { type Audited, openForger, startAudited } from './audited.ts';

let database: TestDatabase;
let redis: RedisServer;
let shop: TestShop;
let one: Audited;
let two: Audited;

beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedisServer()]);
});
afterAll(async () => {
  await database.close();
  await redis.stop();
});

beforeEach(async () => {
  await database.pool.query('truncate cache_drift');
  shop = await createShop(database.db);
  [one, two] = await Promise.all([startAudited(database, redis.url), startAudited(database, redis.url)]);
});
afterEach(() => Promise.all([one.close(), two.close()]));

const barber = () => shop.barberIds[0] ?? 0;

async function busy({ bookings }: Audited): Promise<readonly Busy[]> {
  const [day] = await bookings.source.load({
    shopId: shop.id,
    barberIds: shop.barberIds,
    from: DATE,
    to: DATE,
  });
  return day?.value.busy ?? [];
}

/** As if the trigger that should tell of it were not there. */
async function untold(trigger: string, table: string, write: () => Promise<unknown>): Promise<void> {
  await database.pool.query(`alter table ${table} disable trigger ${trigger}`);
  await write();
  await database.pool.query(`alter table ${table} enable trigger ${trigger}`);
}

describe('a change that no version tells of', () => {
  test('of a day is found, told with both values, recorded, and repaired on every instance', async () => {
    expect([await busy(one), await busy(two)]).toEqual([[], []]);
    await untold('booking_inserted', 'booking', () => book(database.db, shop, 600));
    expect([await busy(one), await busy(two)]).toEqual([[], []]);

    await one.auditAtLeast(1);
    const key = dayKey(shop.id, barber(), DATE);
    expect(one.told).toEqual([
      {
        at: expect.any(Number),
        tier: 'process',
        key,
        cached: expect.objectContaining({ value: expect.objectContaining({ busy: [] }) }),
        actual: expect.objectContaining({ value: expect.objectContaining({ busy: [[600, 630]] }) }),
      },
    ]);
    expect(await busy(one)).toEqual([[600, 630]]);
    await until(async () => (await busy(two)).length === 1);

    expect(one.driftState()).toMatchObject({ found24h: 1, lastFoundAt: one.told[0]?.at });
    expect(two.driftState()).toMatchObject({ found24h: 0, lastFoundAt: null });
    await two.audit();
    expect(two.driftState()).toMatchObject({ found24h: 1, lastFoundAt: expect.any(Number) });
    expect(two.told).toEqual([]);
    const { rows } = await database.pool.query('select key, tier, cached, actual from cache_drift');
    const json = (value: unknown) => JSON.parse(JSON.stringify(value));
    expect(rows).toEqual([
      { key, tier: 'process', cached: json(one.told[0]?.cached), actual: json(one.told[0]?.actual) },
    ]);
  });

  test('is found once: the repaired value is what Postgres says', async () => {
    await busy(one);
    await untold('booking_inserted', 'booking', () => book(database.db, shop, 600));
    await one.auditAtLeast(1);
    await busy(one);
    await one.auditAtLeast(4);
    expect(one.told).toHaveLength(1);
  });

  test('of a barber’s hours is found', async () => {
    const hours = async () => {
      const [found] = await one.bookings.source.schedules(shop.id, shop.barberIds);
      return found?.value.weeklyHours.length;
    };
    expect(await hours()).toBe(7);
    await untold('weekly_hours_deleted', 'weekly_hours', () =>
      database.pool.query('delete from weekly_hours where barber_id = $1 and weekday = 7', [barber()]),
    );
    expect(await hours()).toBe(7);
    await one.auditAtLeast(1);
    expect(one.told.map(({ key }) => key)).toEqual([`fc:{shop:${shop.id}}:schedule:${barber()}`]);
    expect(await hours()).toBe(6);
  });

  test('of a shop’s settings is found, and the barbers’ names are not told', async () => {
    const rules = async () => (await one.bookings.source.rules(shop.id))?.value;
    expect(await rules()).toMatchObject({ slotMinutes: 30 });
    await untold('shop_updated', 'shop', () =>
      database.pool.query('update shop set slot_minutes = 10 where id = $1', [shop.id]),
    );
    await one.auditAtLeast(1);
    expect(one.told.map(({ key }) => key)).toEqual([`fc:{shop:${shop.id}}:rules`]);
    expect(JSON.stringify(one.told)).not.toContain('Ana');
    expect(await rules()).toMatchObject({ slotMinutes: 10 });
  });
});

describe('a value in Redis that nobody loaded', () => {
  async function forge(change: (loaded: Loaded<BarberDay>) => Loaded<BarberDay>): Promise<void> {
    const [loaded] = await one.bookings.source.load({
      shopId: shop.id,
      barberIds: shop.barberIds,
      from: DATE,
      to: DATE,
    });
    if (loaded === undefined) throw new Error('The day is there');
    const { store, close } = await openForger(redis.url, one.bookings);
    const forged = { ...change(loaded), loadedAt: loaded.loadedAt + 1 };
    const key = dayKey(shop.id, barber(), DATE);
    await until(async () => (await store.putMany([{ key, loaded: forged, ttlMs: 60_000 }])) === 1);
    await close();
  }

  test('of the right versions is found there, while the process has the right one', async () => {
    await forge((loaded) => ({ ...loaded, value: { ...loaded.value, busy: [[600, 630]] } }));
    expect(await busy(one)).toEqual([]);
    expect(await busy(two)).toEqual([[600, 630]]);
    await one.auditAtLeast(1);
    expect(one.told.map(({ tier }) => tier)).toEqual(['redis']);
    await until(async () => (await busy(two)).length === 0);
  });

  test('of versions that Postgres never had is found, and does not stand in the way of new ones', async () => {
    await forge((loaded) => ({ ...loaded, versions: { ...loaded.versions, day: 1_000 } }));
    await busy(two);
    await one.auditAtLeast(1);
    expect(one.told).toHaveLength(1);
    const bumped = await book(database.db, shop, 600);
    expect(bumped[0]?.version).toBeGreaterThan(1_000);
    await until(async () => (await busy(two)).length === 1);
    expect(two.bookings.source.stats().days.shared.superseded).toBe(0);
  });
});

test('finds are kept for 30 days', async () => {
  await sql`insert into cache_drift (at, instance, tier, key, cached)
    values (now() - interval '31 days', 'i', 'redis', 'old', '{}'), (now() - interval '29 days', 'i', 'redis', 'kept', '{}')`.execute(
    database.db,
  );
  await pruneFinds(database.db);
  const { rows } = await database.pool.query('select key from cache_drift');
  expect(rows).toEqual([{ key: 'kept' }]);
  await one.audit();
  expect(one.driftState().found24h).toBe(0);
});
