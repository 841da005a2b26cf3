import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../../src/database/migrate.ts';
import { type Proxy as PostgresProxy, startProxy } from '../../support/proxy.ts';
import { createShop, everyDay } from '../../support/shop.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { book, DATE, NO_POLLS } from '../instances.ts';
import { useStreams } from './streaming.ts';

const scene = useStreams();
const { start } = scene;

const bump = (shopId: number, barberId: number, day: string) =>
  sql`select bump_availability(array[row(${shopId}, ${barberId}, ${day})::availability_key])`.execute(
    scene.db,
  );

describe('a change on one instance', () => {
  test.each([
    ['by NOTIFY alone', { feed: NO_POLLS }],
    ['by a poll', { feed: { listen: false } }],
  ])('reaches a stream on another %s, and whoever asks then is shown it there', async (_how, options) => {
    const [one, two] = [await start(), await start(options)];
    expect(await two.busy(scene.shop)).toEqual([]);
    const stream = await two.listen({ target_date: DATE, barber_id: scene.ana });
    one.source.applied(await book(one.db, scene.shop, 600));
    const { as_of, ...event } = await stream.next();
    expect(event).toEqual({ date: DATE, barber_id: scene.ana });
    expect(Date.parse(as_of)).toBeLessThanOrEqual(two.feed.now());
    expect(await two.busy(scene.shop)).toEqual([[600, 630]]);
  });

  test('reaches a stream there too, and so does what is typed by hand', async () => {
    const one = await start();
    const stream = await one.listen();
    one.source.applied(await book(one.db, scene.shop, 600));
    expect(await stream.next()).toMatchObject({ date: DATE, barber_id: scene.ana });
    await sql`delete from booking`.execute(scene.db);
    expect(await stream.next()).toMatchObject({ date: DATE, barber_id: scene.ana });
    expect(await one.busy(scene.shop)).toEqual([]);
  });
});

describe('a stream tells', () => {
  test('neither of another day, nor of another barber, nor of another shop', async () => {
    const other = await createShop(scene.db);
    const one = await start();
    const streams = [
      await one.listen({ target_date: DATE, barber_id: scene.ana }),
      await one.listen({ target_date: DATE }),
      await one.listen({ barber_id: scene.ana }),
      await one.listen({ shop: scene.shop.slug }),
    ];
    const nextDay = '2026-11-24';
    await bump(other.id, other.barberIds[0] ?? 0, DATE);
    await bump(scene.shop.id, scene.ben, nextDay);
    await bump(scene.shop.id, scene.ana, nextDay);
    await bump(scene.shop.id, scene.ben, DATE);
    await bump(scene.shop.id, scene.ana, DATE);
    const last = { date: DATE, barber_id: scene.ana };
    const told = await Promise.all(
      streams.map(async ({ next }) => {
        const events: string[] = [];
        for (;;) {
          const { date, barber_id } = await next();
          if (date === last.date && barber_id === last.barber_id) return events;
          events.push(`${date} ${barber_id === scene.ana ? 'Ana' : 'Ben'}`);
        }
      }),
    );
    expect(told).toEqual([
      [],
      [`${DATE} Ben`],
      [`${nextDay} Ana`],
      [`${nextDay} Ben`, `${nextDay} Ana`, `${DATE} Ben`],
    ]);
  });

  test('of a closure whatever was asked for, in its own words', async () => {
    const one = await start();
    const streams = [
      await one.listen({ target_date: DATE, barber_id: scene.ana }),
      await one.listen({ target_date: DATE }),
      await one.listen({ barber_id: scene.ben }),
      await one.listen(),
    ];
    await sql`insert into closure (shop_id, during) values (${scene.shop.id}, '[2026-12-24,2026-12-27)')`.execute(
      scene.db,
    );
    expect(await Promise.all(streams.map(({ next }) => next()))).toMatchObject([
      { date: DATE, barber_id: scene.ana },
      { date: DATE, barber_id: null },
      { date: null, barber_id: scene.ben },
      { date: null, barber_id: null },
    ]);
  });

  test('of a barber’s hours whatever the day, and nobody who asked for another barber', async () => {
    const one = await start();
    const [day, all, others] = [
      await one.listen({ target_date: DATE }),
      await one.listen(),
      await one.listen({ barber_id: scene.ben }),
    ];
    await sql`delete from weekly_hours where barber_id = ${scene.ana} and weekday = 7`.execute(scene.db);
    expect(await day.next()).toMatchObject({ date: DATE, barber_id: scene.ana });
    expect(await all.next()).toMatchObject({ date: null, barber_id: scene.ana });
    await bump(scene.shop.id, scene.ben, DATE);
    expect(await others.next()).toMatchObject({ date: DATE, barber_id: scene.ben });
  });

  test('of the day after where work goes on over midnight, and not where it does not', async () => {
    const night = await createShop(scene.db, { hours: everyDay('18:00', '04:00') });
    const one = await start();
    const [late, early] = [
      await one.listen({ shop: night.slug, target_date: DATE }),
      await one.listen({ shop: scene.shop.slug, target_date: DATE }),
    ];
    await one.source.load({ shopId: scene.shop.id, barberIds: scene.shop.barberIds, from: DATE, to: DATE });
    await book(scene.db, night, 24 * 60 + 120);
    expect(await late.next()).toMatchObject({ date: DATE, barber_id: night.barberIds[0] });
    await book(scene.db, scene.shop, 24 * 60 + 600);
    await bump(scene.shop.id, scene.ben, DATE);
    expect(await early.next()).toMatchObject({ date: DATE, barber_id: scene.ben });
  });
});

describe('when an instance has lost sight of the changes', () => {
  let proxy: PostgresProxy;

  beforeEach(async () => {
    proxy = await startProxy(scene.database.connectionString);
  });
  afterEach(() => proxy.close());

  test('every stream is told to ask again as soon as it sees them again', async () => {
    const one = await start({ feedConnection: proxy.connectionString });
    const [day, all] = [await one.listen({ target_date: DATE, barber_id: scene.ben }), await one.listen()];
    const lost = one.turns(false);
    await proxy.refuse();
    await lost;
    const found = one.turns(true);
    await proxy.listen();
    expect(await day.next()).toMatchObject({ date: DATE, barber_id: scene.ben });
    expect(await all.next()).toMatchObject({ date: null, barber_id: null });
    await found;
  });

  test('and the database turned out to be another one, too', async () => {
    const other = await createTestDatabase();
    scene.closeAfter(other.close);
    const before = await createShop(other.db);
    const one = await start({ feed: { ...NO_POLLS, listen: false } }, other.connectionString);
    const stream = await one.listen({ target_date: DATE });
    await sql`drop schema public cascade`.execute(other.db);
    await sql`create schema public`.execute(other.db);
    await migrate(other.connectionString);
    const after = await createShop(other.db, { slug: before.slug });
    await book(other.db, after, 900);
    await one.feed.poll();
    expect(await stream.next()).toMatchObject({ date: DATE });
    while (!one.feed.isFollowing()) await one.feed.poll();
    expect(await one.busy(after)).toEqual([[900, 930]]);
  });
});
