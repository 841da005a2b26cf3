import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRead } from '../../src/availability/source.ts';
import type { Database } from '../../src/database/schema.ts';
import { createGate } from '../availability/world.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { book, DATE, type Instance, type InstanceOptions, NO_POLLS, startInstance } from './instances.ts';

let database: TestDatabase;
/** Somebody who types SQL. */
let db: Kysely<Database>;
let shop: TestShop;
let instances: Instance[];

beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
  shop = await createShop(db, { barbers: ['Ana', 'Ben'] });
  instances = [];
});

afterEach(async () => {
  await Promise.all(instances.map(({ close }) => close()));
  await database.close();
});

async function start(options?: InstanceOptions): Promise<Instance> {
  const instance = await startInstance(database.connectionString, options);
  instances.push(instance);
  return instance;
}

/** Loads that have looked, and answer only when the gate is opened. */
interface Delay {
  readonly options: InstanceOptions;
  /** Holds up the next loads; resolves when one has looked. */
  hold(): Promise<void>;
  /** Lets all of them go on, and holds up no more. */
  open(): void;
}

function createDelay(): Delay {
  let gate: { held: () => Promise<void>; open: () => void } | undefined;
  let looked = () => {};
  return {
    options: {
      wrap: (source) => ({
        ...source,
        async load(query, read) {
          const days = await source.load(query, read);
          looked();
          await gate?.held();
          return days;
        },
      }),
    },
    hold() {
      gate = createGate();
      return new Promise((resolve) => {
        looked = resolve;
      });
    },
    open() {
      gate?.open();
      gate = undefined;
    },
  };
}

describe('what somebody else changes', () => {
  test('is seen by NOTIFY alone', async () => {
    const one = await start({ feed: NO_POLLS });
    expect(await one.busy(shop)).toEqual([]);
    const applied = one.applied();
    await book(db, shop, 600);
    expect(await applied).toMatchObject({ shopId: shop.id, barberId: shop.barberIds[0], day: DATE });
    expect(await one.busy(shop)).toEqual([[600, 630]]);
  });

  test('is seen by NOTIFY whatever the date style of who wrote it', async () => {
    const one = await start({ feed: NO_POLLS });
    const applied = one.applied();
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query("set datestyle = 'German'");
    await client.query(
      `insert into availability_version (shop_id, barber_id, day, version) values ($1, $2, '-infinity', 1)
       on conflict do nothing`,
      [shop.id, shop.barberIds[0]],
    );
    await client.query(
      "select bump_availability(array[row($1::int, $2::int, '23.11.2026')::availability_key])",
      [shop.id, shop.barberIds[0]],
    );
    await client.end();
    expect(await applied).toMatchObject({ day: DATE });
    expect(one.messages).not.toContainEqual(expect.stringContaining('makes no sense'));
  });

  test('is seen by the next poll where nothing is notified', async () => {
    const one = await start({ feed: NO_POLLS });
    expect(await one.busy(shop)).toEqual([]);

    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    const notified: unknown[] = [];
    client.on('notification', (notification) => notified.push(notification));
    await client.query('listen freshchair_availability');
    await client.query("set freshchair.notify = 'off'");
    const applied = one.applied();
    await client.query(
      `insert into time_off (shop_id, barber_id, during) values (${shop.id}, ${shop.barberIds[0]},
         '[${DATE} 10:00,${DATE} 11:00)')`,
    );
    await one.feed.poll();
    expect(await applied).toMatchObject({ shopId: shop.id, barberId: shop.barberIds[0] });
    await client.query('select 1');
    await client.end();
    expect(notified).toEqual([]);
    const [day] = await one.source.load({ shopId: shop.id, barberIds: shop.barberIds, from: DATE, to: DATE });
    expect(day?.value.timeOff).toEqual([[600, 660]]);
  });

  test('is seen by a poll where an instance does not listen', async () => {
    const one = await start({ feed: { listen: false } });
    await one.busy(shop);
    const applied = one.applied();
    await book(db, shop, 600);
    await applied;
    expect(await one.busy(shop)).toEqual([[600, 630]]);
  });

  test('is seen when it was too much for a notification', async () => {
    const one = await start({ feed: { ...NO_POLLS, monotonic: () => performance.now() } });
    const applied = one.applied(({ day }) => day === '2026-12-31');
    await sql`select bump_availability(array(
      select row(${shop.id}, ${shop.barberIds[0]}, d)::availability_key
      from generate_series('2026-01-01'::date, '2026-12-31', '1 day') as d))`.execute(db);
    await applied;
    expect(one.source.stats().knownVersions).toBeGreaterThanOrEqual(365);
  });

  test('is asked for with a poll when a notification makes no sense', async () => {
    const one = await start({ feed: NO_POLLS });
    const applied = one.applied();
    await db.transaction().execute(async (tx) => {
      await sql`set local freshchair.notify = 'off'`.execute(tx);
      await sql`select bump_availability(array[row(${shop.id}, 0, '-infinity')::availability_key])`.execute(
        tx,
      );
    });
    await sql`select pg_notify('freshchair_availability', '[[1, "x"')`.execute(db);
    expect(await applied).toMatchObject({ shopId: shop.id, barberId: 0, day: '' });
    expect(one.messages).toContainEqual(expect.stringContaining('makes no sense'));
  });

  test.each([
    [
      'a closure',
      () => sql`insert into closure (shop_id, during) values (${shop.id}, '[2026-11-23,2026-11-24)')`,
    ],
    ['hours of a barber', () => sql`delete from weekly_hours where barber_id = ${shop.barberIds[0]}`],
    [
      'an override',
      () => sql`insert into date_override (shop_id, barber_id, date)
      values (${shop.id}, ${shop.barberIds[0]}, '2026-11-23')`,
    ],
    ['the opening hours', () => sql`delete from opening_hours where shop_id = ${shop.id}`],
  ])('typed by hand, %s too', async (_, statement) => {
    const one = await start();
    const query = { shopId: shop.id, barberIds: shop.barberIds, from: DATE, to: DATE };
    expect((await one.source.load(query))[0]?.value.working).toEqual([[540, 1020]]);
    const applied = one.applied();
    await statement().execute(db);
    await applied;
    expect((await one.source.load(query))[0]?.value.working).toEqual([]);
  });

  test('in the rules is seen in them', async () => {
    const one = await start();
    expect((await one.source.rules(shop.id))?.value.slotMinutes).toBe(30);
    const [before] = await one.source.schedules(shop.id, shop.barberIds);
    expect(before?.value.weeklyHours).toHaveLength(7);
    const applied = one.applied(({ barberId }) => barberId !== 0);
    await sql`update shop set slot_minutes = 15 where id = ${shop.id}`.execute(db);
    await sql`delete from weekly_hours where barber_id = ${shop.barberIds[0]} and weekday = 1`.execute(db);
    await applied;
    expect((await one.source.rules(shop.id))?.value.slotMinutes).toBe(15);
    const [after] = await one.source.schedules(shop.id, shop.barberIds);
    expect(after?.value.weeklyHours).toHaveLength(6);
  });
});

describe('between two instances', () => {
  test('a write is known to its own instance before it is answered, and to the other in a moment', async () => {
    const [one, two] = [await start(), await start()];
    expect(await one.busy(shop)).toEqual([]);
    expect(await two.busy(shop)).toEqual([]);
    const heard = two.applied();
    one.source.applied(await book(one.db, shop, 600));
    expect(await one.busy(shop)).toEqual([[600, 630]]);
    await heard;
    expect(await two.busy(shop)).toEqual([[600, 630]]);
  });

  test('a slow load that meets a write hides it from nobody: not where it was made, and not elsewhere', async () => {
    const delay = createDelay();
    const one = await start(delay.options);
    const two = await start();
    for (const [n, writer] of [one, two].entries()) {
      const looked = delay.hold();
      const slow = one.busy(shop);
      await looked;
      const heard = (writer === one ? two : one).applied();
      writer.source.applied(await book(writer.db, shop, 600 + 60 * n));
      await heard;
      const after = one.busy(shop);
      delay.open();
      expect(await after).toHaveLength(n + 1);
      expect(await slow).toHaveLength(n + 1);
      expect(await one.busy(shop)).toHaveLength(n + 1);
      expect(await two.busy(shop)).toHaveLength(n + 1);
      // The next round begins cold.
      await one.source.invalidate({ shopId: shop.id });
    }
  });

  test('an instance that starts later knows what changed before', async () => {
    await start();
    await book(db, shop, 600);
    const late = await start();
    expect(late.feed.known.of(shop.id, shop.barberIds[0] ?? 0, DATE).day).toBe(1);
  });

  test('a transaction that stays open for long is not missed when it ends at last', async () => {
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query('begin');
    await client.query(`delete from weekly_hours where barber_id = ${shop.barberIds[1]}`);
    const one = await start({ feed: { listen: false } });
    await book(db, shop, 600);
    await one.feed.poll();
    await book(db, shop, 700);
    await one.feed.poll();
    const applied = one.applied(({ barberId }) => barberId === shop.barberIds[1]);
    await client.query('commit');
    await client.end();
    await applied;
  });
});

describe('which shop a slug means', () => {
  /** A shop that nobody works for can be deleted. */
  const addShop = async (slug: string) => (await createShop(db, { slug, barbers: [] })).id;
  const polled = () => Promise.all(instances.map(({ feed }) => feed.poll()));
  const found = (slug?: string) => Promise.all(instances.map(async ({ source }) => source.find(slug)));

  beforeEach(async () => {
    await start({ feed: NO_POLLS });
    await start({ feed: { ...NO_POLLS, listen: false } });
  });

  test('is seen on every instance when the shop was deleted and created again', async () => {
    const before = await addShop('corner');
    await polled();
    expect(await found('corner')).toEqual([before, before]);
    await sql`delete from shop where id = ${before}`.execute(db);
    const after = await addShop('corner');
    await polled();
    expect(await found('corner')).toEqual([after, after]);
  });

  test('is seen when the slug went to another shop', async () => {
    const [before, after] = [await addShop('old-town'), await addShop('harbour')];
    await polled();
    expect(await found('old-town')).toEqual([before, before]);
    await sql`update shop set slug = 'moved' where id = ${before}`.execute(db);
    await sql`update shop set slug = 'old-town' where id = ${after}`.execute(db);
    await polled();
    expect(await found('old-town')).toEqual([after, after]);
    expect(await found('moved')).toEqual([before, before]);
  });

  test('is seen when the first shop is no more', async () => {
    await sql`truncate shop cascade`.execute(db);
    const [first, second] = [await addShop('first'), await addShop('second')];
    await polled();
    expect(await found()).toEqual([first, first]);
    await sql`delete from shop where id = ${first}`.execute(db);
    await polled();
    expect(await found()).toEqual([second, second]);
  });

  test('is asked anew after a shop was not there, whether or not the change has arrived', async () => {
    const before = await addShop('corner');
    await polled();
    await found('corner');
    await db.transaction().execute(async (tx) => {
      await sql`set local freshchair.notify = 'off'`.execute(tx);
      await sql`delete from shop where id = ${before}`.execute(tx);
    });
    const after = await addShop('corner');
    const [, two] = instances;
    expect(await two?.source.find('corner')).toBe(before);
    expect(await two?.source.rules(before, newRead({ exact: true }))).toBeUndefined();
    expect(await two?.source.find('corner')).toBe(after);
  });
});

describe('a strong read', () => {
  test('is exact without any feed, in one statement', async () => {
    const one = await start({ feed: { pollMs: 3_600_000, listen: false, monotonic: () => 0 } });
    await one.busy(shop);
    const before = one.statements();
    const read = newRead({ exact: true });
    expect(await one.busy(shop, read)).toEqual([]);
    expect(read).toMatchObject({ hits: 2, misses: 0 });
    expect(one.statements() - before).toBe(1);
    await book(db, shop, 600);
    const again = newRead({ exact: true });
    expect(await one.busy(shop, again)).toEqual([[600, 630]]);
    expect(again).toMatchObject({ hits: 1, misses: 1 });
    // And the next plain read does not fall back behind it.
    expect(await one.busy(shop)).toEqual([[600, 630]]);
  });

  test('covers rules and schedules', async () => {
    const one = await start({ feed: { pollMs: 3_600_000, listen: false, monotonic: () => 0 } });
    await one.source.rules(shop.id);
    await one.source.schedules(shop.id, shop.barberIds);
    await sql`update shop set slot_minutes = 15 where id = ${shop.id}`.execute(db);
    await sql`delete from weekly_hours where barber_id = ${shop.barberIds[0]}`.execute(db);
    expect((await one.source.rules(shop.id, newRead({ exact: true })))?.value.slotMinutes).toBe(15);
    const [schedule] = await one.source.schedules(shop.id, shop.barberIds, newRead({ exact: true }));
    expect(schedule?.value.weeklyHours).toEqual([]);
    const read = newRead({ exact: true });
    await one.source.rules(shop.id, read);
    await one.source.schedules(shop.id, shop.barberIds, read);
    expect(read).toMatchObject({ hits: 3, misses: 0 });
  });

  test('says as of when it is exact', async () => {
    const one = await start({ feed: { pollMs: 3_600_000, listen: false, monotonic: () => 0 } });
    await one.busy(shop);
    const { rows } = await sql<{
      at: number;
    }>`select floor(extract(epoch from now()) * 1000)::float8 as at`.execute(db);
    const read = newRead({ exact: true });
    await one.busy(shop, read);
    expect(read.asOf).toBeGreaterThanOrEqual(rows[0]?.at ?? Number.NaN);
  });
});

test('200 who come at once to a cold cache cost one load', async () => {
  const one = await start();
  const answers = await Promise.all(Array.from({ length: 200 }, () => one.busy(shop)));
  expect(answers).toHaveLength(200);
  expect(one.loads()).toBe(1);
});
