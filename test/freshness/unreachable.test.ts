import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AvailabilityUnreachable } from '../../src/availability/reading/unreachable.ts';
import { newRead } from '../../src/availability/source.ts';
import type { Database } from '../../src/database/schema.ts';
import { type Proxy as PostgresProxy, startProxy } from '../support/proxy.ts';
import { createShop, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { book, type Instance, startInstance } from './instances.ts';

let database: TestDatabase;
let db: Kysely<Database>;
let shop: TestShop;
let proxy: PostgresProxy;
let one: Instance;

beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
  shop = await createShop(db);
  proxy = await startProxy(database.connectionString);
  one = await startInstance(proxy.connectionString, { feed: { answerMs: 300 } });
});

afterEach(async () => {
  await one.close();
  await proxy.close();
  await database.close();
});

describe.each([
  ['refuses', () => proxy.refuse(), () => proxy.listen()],
  [
    'hangs',
    async () => proxy.mute(),
    // Bytes that vanished leave connections without sense behind: they go, as they would at a restart.
    async () => {
      proxy.unmute();
      proxy.cut();
    },
  ],
])('while Postgres %s,', (how, fail, recover) => {
  async function lose(): Promise<void> {
    const lost = one.turns(false);
    await fail();
    await lost;
  }

  test('plain reads are answered from the cache, marked, and as of a moment that stands still', async () => {
    await one.busy(shop);
    await one.feed.poll();
    await lose();
    const seen = one.feed.asOf();
    await book(db, shop, 600);
    const [first, second] = [newRead(), newRead()];
    expect(await one.busy(shop, first)).toEqual([]);
    expect(await one.busy(shop, second)).toEqual([]);
    for (const read of [first, second]) expect(read).toMatchObject({ degraded: true, asOf: seen });
    await recover();
  });

  test('strong reads fail, whatever is cached', async () => {
    await one.busy(shop);
    await lose();
    const failing = one.busy(shop, newRead({ exact: true }));
    if (how === 'hangs') proxy.cut();
    await expect(failing).rejects.toThrow(AvailabilityUnreachable);
    await recover();
  });

  test('what is not cached fails', async () => {
    await one.busy(shop);
    await lose();
    const failing = one.source.load({
      shopId: shop.id,
      barberIds: shop.barberIds,
      from: '2026-11-24',
      to: '2026-11-24',
    });
    if (how === 'hangs') proxy.cut();
    await expect(failing).rejects.toThrow(AvailabilityUnreachable);
    await recover();
  });

  test('nothing is forgotten, and all is well again when it is back', async () => {
    await one.busy(shop);
    await lose();
    await book(db, shop, 600);
    expect(await one.busy(shop)).toEqual([]);
    const found = one.turns(true);
    await recover();
    await found;
    const read = newRead();
    expect(await one.busy(shop, read)).toEqual([[600, 630]]);
    expect(read).toMatchObject({ degraded: false, misses: 1 });
  });
});
