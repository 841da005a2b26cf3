import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAccounts } from '../../src/auth/accounts.ts';
import { keptSecret } from '../../src/auth/secret.ts';
import { createCommit } from '../../src/availability/commit.ts';
import { createCachedBookingService } from '../../src/booking/cached.ts';
import { openDatabase } from '../../src/database/connection.ts';
import { buildApp } from '../../src/http/app.ts';
import { createLogger } from '../../src/log.ts';
import { createWatchers, openOperations } from '../../src/operations.ts';
import { clockAt, createShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { NOW, PASSWORD } from './server.ts';

// Crowds of 200 take seconds, on a busy machine many.
vi.setConfig({ testTimeout: 120_000 });

const DATE = '2026-11-24';
const CLIENTS = 200;

interface RunningApp {
  /** Where its bookings are, on a port of 127.0.0.1. */
  readonly url: string;
  close(): Promise<void>;
}

describe('a crowd at two servers on one Postgres', () => {
  let database: TestDatabase;
  let apps: readonly RunningApp[];
  let token: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    apps = [await startApp(database), await startApp(database)];
    token = await signUp(apps[0]);
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await database.close();
  });

  /** How often each answer came: its status, and its code where it is a problem. */
  async function crowd(shop: string, time: string, barberId?: number): Promise<Record<string, number>> {
    const wish = { shop, date: DATE, time, service: 'Haircut', barber_id: barberId };
    const request = {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    };
    const answers = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, i) => {
        const answer = await fetch(`${apps[i % 2]?.url}/create`, request);
        const body = await bodyOf(answer);
        return `${answer.status} ${body.code ?? body.status}`;
      }),
    );
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
    return counts;
  }

  /** The slot at 10:00, as each of the servers lists it. */
  function slotEverywhere(shop: string, time: string, headers: Record<string, string> = {}) {
    return Promise.all(
      apps.map(async ({ url }) => {
        const query = new URLSearchParams({ shop, target_date: DATE, service: 'Haircut' });
        const body = await bodyOf(await fetch(`${url}/available-slots?${query}`, { headers }));
        return body.slots.find((slot: { time: string }) => slot.time === time);
      }),
    );
  }

  const FREE = { available: true };
  const TAKEN = { available: false, reason: 'booked' };
  const STRONG = { 'cache-control': 'no-cache' };

  test('one of 200 gets the slot of one barber, and 199 are told that it is taken', async () => {
    const { slug, barberIds } = await createShop(database.db, { barbers: ['Ana'] });
    expect(await slotEverywhere(slug, '10:00')).toMatchObject([FREE, FREE]);
    expect(await crowd(slug, '10:00', barberIds[0])).toEqual({ '201 confirmed': 1, '409 slot_taken': 199 });
    expect(await slotEverywhere(slug, '10:00', STRONG)).toMatchObject([TAKEN, TAKEN]);
    expect(await slotEverywhere(slug, '10:30', STRONG)).toMatchObject([FREE, FREE]);
  });

  test('three of 200 get the slot of any of three barbers, each another one', async () => {
    const { slug, id, barberIds } = await createShop(database.db, { barbers: ['Ana', 'Ben', 'Cem'] });
    expect(await slotEverywhere(slug, '10:00')).toMatchObject([{ barber_ids: barberIds }, FREE]);
    expect(await crowd(slug, '10:00')).toEqual({ '201 confirmed': 3, '409 slot_taken': 197 });
    expect(await slotEverywhere(slug, '10:00', STRONG)).toMatchObject([TAKEN, TAKEN]);
    const booked = await database.db
      .selectFrom('booking')
      .select('barber_id')
      .where('shop_id', '=', id)
      .orderBy('barber_id')
      .execute();
    expect(booked.map(({ barber_id }) => barber_id)).toEqual(barberIds);
  });
});

/** A server as `serve` builds it: a pool, a cache and a change feed of its own. */
async function startApp({ connectionString }: TestDatabase): Promise<RunningApp> {
  const { db, close } = openDatabase(connectionString);
  const clock = clockAt(NOW);
  const bookings = createCachedBookingService({ databaseUrl: connectionString, db, clock });
  await bookings.following();
  const log = createLogger('fatal', { write: () => {} });
  const secret = await keptSecret(db, 'accounts');
  const watchers = createWatchers(clock);
  const cache = openOperations({ connectionString, db, bookings, watchers, instance: 'test', log, clock });
  const app = await buildApp({
    bookings,
    shops: bookings.source,
    cache,
    changes: bookings.source,
    accounts: createAccounts({ db, secret, rateLimit: false, log }),
    db,
    mailFrom: { name: '', address: 'bookings@example.com' },
    commit: createCommit(db, bookings.source.applied),
    clock,
    log,
    cacheAvailable: bookings.cache.isAvailable,
    visitorKey: 'a key of the tests',
    version: '1.2.3',
    rateLimit: false,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url: `${url}/api/v2/bookings`,
    async close() {
      await app.close();
      await cache.close();
      await bookings.close();
      await close();
    },
  };
}

/** The account is known to both servers: they share the database. */
async function signUp(app: RunningApp | undefined): Promise<string> {
  const answer = await fetch(new URL('/api/auth/sign-up/email', app?.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', password: PASSWORD }),
  });
  return (await bodyOf(answer)).token;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever JSON the server sends
async function bodyOf(answer: Response): Promise<any> {
  return JSON.parse(await answer.text());
}
