import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createChangeFeed } from '../../src/availability/feed/change-feed.ts';
import { newRead } from '../../src/availability/source.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { Database } from '../../src/database/schema.ts';
import { createLogger } from '../../src/log.ts';
import { type Proxy as PostgresProxy, startProxy } from '../support/proxy.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import {
  book,
  type Instance,
  type InstanceOptions,
  NO_POLLS,
  startInstance,
  terminate,
} from './instances.ts';

let database: TestDatabase;
let db: Kysely<Database>;
let shop: TestShop;
let proxy: PostgresProxy;
let one: Instance | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
  shop = await createShop(db);
  proxy = await startProxy(database.connectionString);
});

afterEach(async () => {
  await one?.close();
  one = undefined;
  await proxy.close();
  await database.close();
});

async function start(options: InstanceOptions = {}): Promise<Instance> {
  one = await startInstance(database.connectionString, options);
  return one;
}

describe('when the connection that listens is lost', () => {
  test('polls carry on', async () => {
    const instance = await start();
    await instance.busy(shop);
    const applied = instance.applied();
    expect(await terminate(db, 'freshchair listen')).toBe(1);
    await book(db, shop, 600);
    await applied;
    expect(instance.feed.isFollowing()).toBe(true);
    expect(await instance.busy(shop)).toEqual([[600, 630]]);
  });

  test('it comes back by itself, and what was not notified is polled for at once', async () => {
    const instance = await start({ feed: NO_POLLS });
    const applied = instance.applied();
    const again = instance.logs(/^Notified of changes again/);
    await terminate(db, 'freshchair listen');
    await book(db, shop, 600);
    await applied;
    await again;
    const next = instance.applied();
    await book(db, shop, 700);
    await next;
    expect(instance.messages.filter((message) => /^Not notified/.test(message))).toHaveLength(1);
  });
});

describe('when the connection that polls is lost', () => {
  test('it comes back by itself', async () => {
    const instance = await start({ feed: { listen: false } });
    await instance.busy(shop);
    const applied = instance.applied();
    expect(await terminate(db, 'freshchair poll')).toBe(1);
    await book(db, shop, 600);
    await applied;
    expect(instance.feed.isFollowing()).toBe(true);
    expect(await instance.busy(shop)).toEqual([[600, 630]]);
  });
});

describe('when Postgres crashed', () => {
  test('a change whose transaction id was given out before is seen all the same', async () => {
    const instance = await start({ feed: { ...NO_POLLS, listen: false } });
    const [barberId = 0] = shop.barberIds;
    instance.source.applied(await book(db, shop, 600));
    await instance.feed.poll();
    // What the snapshot of the last poll takes for seen long ago.
    await sql`update availability_version
      set version = version + 1, changed_by = '3', changed_at = clock_timestamp()
      where shop_id = ${shop.id} and barber_id = ${barberId} and day = '2026-11-23'`.execute(db);
    await instance.feed.poll();
    expect(instance.feed.known.of(shop.id, barberId, '2026-11-23').day).toBe(1);
    await terminate(db, 'freshchair poll');
    // The first one may still go out on the connection that is lost.
    await instance.feed.poll().catch(() => instance.feed.poll());
    expect(instance.feed.known.of(shop.id, barberId, '2026-11-23').day).toBe(2);
    expect(instance.messages).not.toContainEqual(expect.stringContaining('another database'));
  });
});

describe('when the database is made anew in the same cluster, everything cached is forgotten', () => {
  test('where it was dropped and created', async () => {
    const other = await createTestDatabase();
    const name = new URL(other.connectionString).pathname.slice(1);
    const before = await createShop(other.db);
    await book(other.db, before, 600);
    one = await startInstance(other.connectionString);
    expect(await one.busy(before)).toEqual([[600, 630]]);
    const reset = resetOf(one);
    await sql`drop database ${sql.id(name)} with (force)`.execute(db);
    await sql`create database ${sql.id(name)} template ${sql.id(inject('templateDatabase'))}`.execute(db);
    const after = await createShop(other.db, { slug: before.slug });
    expect(after.id).toBe(before.id);
    await book(other.db, after, 900);
    await reset;
    await one.feed.poll();
    expect(await one.busy(after)).toEqual([[900, 930]]);
    await one.close();
    one = undefined;
    await other.close();
  });

  test('where only its tables were, while the connection of the feed stays open', async () => {
    const other = await createTestDatabase();
    const before = await createShop(other.db);
    await book(other.db, before, 600);
    one = await startInstance(other.connectionString, { feed: { ...NO_POLLS, listen: false } });
    expect(await one.busy(before)).toEqual([[600, 630]]);
    const reset = resetOf(one);
    await sql`drop schema public cascade`.execute(other.db);
    await sql`create schema public`.execute(other.db);
    await migrate(other.connectionString);
    const after = await createShop(other.db, { slug: before.slug });
    expect(after.id).toBe(before.id);
    await book(other.db, after, 900);
    expect(await one.busy(before)).toEqual([[600, 630]]);
    await one.feed.poll();
    await reset;
    expect(await one.busy(after)).toEqual([[900, 930]]);
    expect(await one.source.find(after.slug)).toBe(after.id);
    await one.close();
    one = undefined;
    await other.close();
  });

  const resetOf = ({ feed }: Instance) =>
    new Promise<void>((resolve) => {
      feed.onReset(resolve);
    });
});

describe('when the feed is cut while Postgres answers others', () => {
  test('the instance reads past its cache after a second, and trusts it again afterwards', async () => {
    const instance = await start({ feedConnection: proxy.connectionString });
    await instance.busy(shop);
    const lost = instance.turns(false);
    await proxy.refuse();
    await lost;
    await book(db, shop, 600);
    const past = newRead();
    expect(await instance.busy(shop, past)).toEqual([[600, 630]]);
    expect(past).toMatchObject({ hits: 0, bypassed: 1, degraded: false });
    const found = instance.turns(true);
    await proxy.listen();
    await found;
    const trusted = newRead();
    expect(await instance.busy(shop, trusted)).toEqual([[600, 630]]);
    expect(trusted).toMatchObject({ hits: 1, bypassed: 0 });
    expect(instance.messages.filter((message) => /^Lost sight/.test(message))).toHaveLength(1);
  });

  test('the same where it just hangs: the connections are given up and rebuilt', async () => {
    const instance = await start({ feedConnection: proxy.connectionString, feed: { answerMs: 300 } });
    await instance.busy(shop);
    const lost = instance.turns(false);
    proxy.mute();
    await lost;
    await book(db, shop, 600);
    expect(await instance.busy(shop)).toEqual([[600, 630]]);
    const found = instance.turns(true);
    proxy.unmute();
    await found;
    const read = newRead();
    expect(await instance.busy(shop, read)).toEqual([[600, 630]]);
    expect(read.hits).toBe(1);
    // Nothing that was committed in between is missing.
    expect(instance.feed.known.of(shop.id, shop.barberIds[0] ?? 0, '2026-11-23').day).toBe(1);
  });

  test('a poll that has not answered for a second counts as lost, by the monotonic clock', async () => {
    let now = 0;
    const instance = await start({
      feedConnection: proxy.connectionString,
      feed: { monotonic: () => now, pollMs: 3_600_000, listen: false },
    });
    now = 999;
    expect(instance.feed.isFollowing()).toBe(true);
    now = 1_000;
    expect(instance.feed.isFollowing()).toBe(false);
    await instance.feed.poll();
    expect(instance.feed.isFollowing()).toBe(true);
  });

  test("following begins with a poll's beginning, not with its end", async () => {
    let now = 0;
    const instance = await start({
      feed: { monotonic: () => now, pollMs: 3_600_000, listen: false },
    });
    const locked = await db.connection().execute(async (connection) => {
      await sql`begin`.execute(connection);
      await sql`lock table availability_version in access exclusive mode`.execute(connection);
      const poll = instance.feed.poll();
      // The poll waits for the lock; its beginning was at 0.
      while ((await waitingPolls(db)) === 0);
      now = 600;
      await sql`commit`.execute(connection);
      await poll;
      return true;
    });
    expect(locked).toBe(true);
    now = 999;
    expect(instance.feed.isFollowing()).toBe(true);
    now = 1_000;
    expect(instance.feed.isFollowing()).toBe(false);
  });
});

async function connectionsOfFeeds(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from pg_stat_activity
    where datname = current_database() and application_name in ('freshchair poll', 'freshchair listen')`.execute(
    db,
  );
  return rows[0]?.open ?? 0;
}

async function waitingPolls(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and application_name = 'freshchair poll' and wait_event_type = 'Lock'`.execute(
    db,
  );
  return rows[0]?.waiting ?? 0;
}

describe('a feed', () => {
  test('that is asked for a poll by many at once polls once for all of them', async () => {
    const instance = await start({ feed: { ...NO_POLLS, listen: false } });
    const before = instance.feed.asOf();
    await book(db, shop, 600);
    await Promise.all(Array.from({ length: 100 }, () => instance.feed.poll()));
    expect(instance.feed.known.of(shop.id, shop.barberIds[0] ?? 0, '2026-11-23').day).toBe(1);
    expect(instance.feed.asOf()).toBeGreaterThanOrEqual(before);
  });

  test('tells the time of Postgres, and is never ahead of it', async () => {
    const instance = await start();
    for (let i = 0; i < 20; i++) {
      const estimate = instance.feed.now();
      const { rows } = await sql<{ at: number }>`
        select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`.execute(db);
      const at = rows[0]?.at ?? Number.NaN;
      expect(estimate).toBeLessThanOrEqual(at);
      expect(instance.feed.now()).toBeGreaterThan(at - 1_000);
      await instance.feed.poll();
    }
  });

  test('that cannot reach Postgres at first starts when it can', async () => {
    await proxy.refuse();
    const starting = start({ feedConnection: proxy.connectionString });
    await proxy.listen();
    expect((await starting).feed.isFollowing()).toBe(true);
  });

  test('that cannot start says so, once', async () => {
    await proxy.refuse();
    const warnings: string[] = [];
    let warn = () => {};
    const warned = new Promise<void>((resolve) => {
      warn = resolve;
    });
    const feed = createChangeFeed({
      connectionString: proxy.connectionString,
      clock: { now: () => 0 },
      log: {
        info: () => {},
        warn: (...[, message]: unknown[]) => {
          warnings.push(String(message));
          warn();
        },
      },
      listen: false,
    });
    const starting = feed.start();
    await warned;
    await expect(feed.poll()).rejects.toThrow();
    await expect(feed.poll()).rejects.toThrow();
    await proxy.listen();
    await starting;
    expect(warnings).toEqual([expect.stringMatching(/^Cannot follow/)]);
    await feed.close();
  });

  test('that is closed while it starts says so', async () => {
    await proxy.refuse();
    const feed = createChangeFeed({
      connectionString: proxy.connectionString,
      clock: { now: () => 0 },
      log: createLogger('silent'),
    });
    const outcome = expect(feed.start()).rejects.toThrow('closed');
    await feed.close();
    await outcome;
    await expect(feed.poll()).rejects.toThrow('closed');
    await proxy.listen();
  });

  test('leaves no connection behind when it is closed', async () => {
    const instance = await start();
    expect(await connectionsOfFeeds(db)).toBe(2);
    await instance.close();
    one = undefined;
    // The server notices a moment later.
    while ((await connectionsOfFeeds(db)) > 0);
  });

  test('does not fail because a listener does', async () => {
    const instance = await start();
    const stop = instance.feed.onChange(() => {
      throw new Error('listener');
    });
    const applied = instance.applied();
    await book(db, shop, 600);
    await applied;
    stop();
    expect(instance.feed.isFollowing()).toBe(true);
    expect(instance.messages).toContainEqual(expect.stringMatching(/^A listener/));
  });
});
