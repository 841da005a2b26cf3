import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { VersionChange } from '../../../src/availability/versions.ts';
import { openDatabase } from '../../../src/database/connection.ts';
import { book } from '../../freshness/instances.ts';
import { type Proxy as PostgresProxy, startProxy } from '../../support/proxy.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { until } from '../../support/waiting.ts';
import { type Watched, watch } from '../scene.ts';

let database: TestDatabase;
let shop: TestShop;
/** Before the feed alone. */
let proxy: PostgresProxy;
let watched: Watched;
let booked = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  shop = await createShop(database.db, { barbers: ['Ana', 'Ben', 'Cem', 'Dan', 'Eve'] });
  proxy = await startProxy(database.connectionString);
  watched = await watch({ database, feedConnection: proxy.connectionString });
});
afterEach(async () => {
  await watched.close();
  await proxy.close();
});

const nextMinute = () => 540 + 30 * (booked++ % 16);

/** Somebody else books, and this instance comes to know of it. */
async function bookElsewhere(db = database.db): Promise<void> {
  const applied = seen();
  await book(db, shop, nextMinute());
  await applied;
}

function seen(matches: (change: VersionChange) => boolean = ({ day }) => day !== ''): Promise<void> {
  return new Promise((resolve) => {
    const stop = watched.bookings.source.onChange((changes) => {
      if (!changes.some(matches)) return;
      stop();
      resolve();
    });
  });
}

/** A lag is counted when the poll after the notification has confirmed it. */
const polled = () => watched.bookings.parts.feed.poll();

describe('feed', () => {
  test('is healthy while changes are heard of, and critical while Postgres cannot be asked for them', async () => {
    const healthy = await watched.metric('feed');
    expect(healthy).toMatchObject({ status: 'healthy', threshold: 1_000 });
    expect(healthy.message).toBe('Following the changes of others, by NOTIFY and by polls.');
    await proxy.refuse();
    const critical = await watched.becomes('feed', 'critical');
    expect(critical.recommendation).toContain('DATABASE_URL');
    expect(await watched.metric('availability')).toMatchObject({ status: 'critical' });
    await proxy.listen();
    await watched.becomes('feed', 'healthy');
    expect(await watched.metric('availability')).toMatchObject({ status: 'warning' });
  });

  test('warns while only the connection that listens is gone', async () => {
    proxy.isolate((opening) => !opening.includes('freshchair listen'));
    const warning = await watched.becomes('feed', 'warning');
    expect(warning.message).toMatch(/^The connection that listens for NOTIFY is lost, .* polls alone/);
    proxy.isolate(undefined);
    await watched.becomes('feed', 'healthy');
  });

  test('warns where there are changes and no notifications, until there is one again', async () => {
    const url = new URL(database.connectionString);
    url.searchParams.set('options', '-c freshchair.notify=off');
    const silent = openDatabase(url.href);
    try {
      await bookElsewhere(silent.db);
      expect((await watched.metric('feed')).status).toBe('healthy');
      await bookElsewhere(silent.db);
      const warning = await watched.metric('feed');
      expect(warning).toMatchObject({ status: 'warning' });
      expect(warning.message).toMatch(/^NOTIFY does not arrive/);
      expect(warning.recommendation).toContain('freshchair.notify');
    } finally {
      await silent.close();
    }
    await bookElsewhere();
    await watched.becomes('feed', 'healthy');
  });
});

describe('invalidation_lag_ms', () => {
  test('is unknown before anybody else changed anything, and does not count what this instance changed', async () => {
    expect(await watched.metric('invalidation_lag_ms')).toMatchObject({ status: 'unknown', value: null });
    // One after the other: the notifications of all but the last have arrived when it is polled.
    for (const barberId of shop.barberIds) await watched.bookings.invalidateCacheForBarber({ barberId });
    await polled();
    expect(await watched.metric('invalidation_lag_ms')).toMatchObject({ status: 'unknown', value: null });
    await bookElsewhere();
    await polled();
    const { status, value, message } = await watched.metric('invalidation_lag_ms');
    expect(status).toBe('healthy');
    expect(value).toBeLessThan(300);
    expect(message).toMatch(/^99 % of \d changes? of others were known here within /);
    watched.passMinutes(1);
    await watched.metric('feed');
    watched.passMinutes(5);
    expect(await watched.metric('invalidation_lag_ms')).toMatchObject({ status: 'unknown', value: null });
  });

  test('warns where news takes longer than a poll should', async () => {
    proxy.delay(900);
    await bookElsewhere();
    await polled();
    const { value, status } = await watched.metric('invalidation_lag_ms');
    expect([status, value]).toEqual(['warning', expect.closeTo(600, -3)]);
    expect(value).toBeGreaterThanOrEqual(300);
  });

  test('is critical where it takes longer than a second', async () => {
    proxy.freeze();
    const began = performance.now();
    const applied = seen();
    await book(database.db, shop, nextMinute());
    await until(() => performance.now() - began > 1_200);
    proxy.thaw();
    await applied;
    await polled();
    const { status, value } = await watched.metric('invalidation_lag_ms');
    expect(status).toBe('critical');
    expect(value).toBeGreaterThanOrEqual(1_000);
  });

  test('does not take a long transaction for a slow feed', async () => {
    const applied = seen();
    await database.db.transaction().execute(async (tx) => {
      await tx.updateTable('barber').set({ name: 'Bea' }).where('shop_id', '=', shop.id).execute();
      await sql`insert into closure (shop_id, during) values (${shop.id}, '[2026-12-01,2026-12-02)')`.execute(
        tx,
      );
      const began = performance.now();
      await until(() => performance.now() - began > 1_100);
    });
    void applied.catch(() => {});
    await until(async () => {
      await polled();
      return (await watched.metric('invalidation_lag_ms')).value !== null;
    });
    expect((await watched.metric('invalidation_lag_ms')).value).toBeLessThan(1_000);
  });
});
