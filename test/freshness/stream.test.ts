import type { IncomingMessage } from 'node:http';
import { stringify } from 'node:querystring';
import Fastify, { type FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import type { Database } from '../../src/database/schema.ts';
import { addErrorHandler } from '../../src/http/plugins/errors.ts';
import { streamRoutes } from '../../src/http/routes/stream.ts';
import { type Admission, createAdmission } from '../../src/http/stream/admission.ts';
import { createStreamHub, type StreamHub } from '../../src/http/stream/hub.ts';
import { createValidatorCompiler } from '../../src/http/validation.ts';
import { ProblemSchema } from '../../src/http/wire/common.ts';
import { type EventStream, openStream } from '../http/event-stream.ts';
import { type Proxy as PostgresProxy, startProxy } from '../support/proxy.ts';
import { createShop, everyDay, type TestShop } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { book, DATE, type Instance, type InstanceOptions, NO_POLLS, startInstance } from './instances.ts';

let database: TestDatabase;
/** Somebody who types SQL. */
let db: Kysely<Database>;
let shop: TestShop;
let ana: number;
let ben: number;
let closers: (() => Promise<unknown>)[];

beforeEach(async () => {
  closers = [];
  database = await createTestDatabase();
  db = database.db;
  shop = await createShop(db, { barbers: ['Ana', 'Ben'] });
  [ana = 0, ben = 0] = shop.barberIds;
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  await database.close();
});

/** An instance that serves live streams. */
interface Streaming extends Instance {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly hub: StreamHub;
  readonly admission: Admission;
  listen(query?: Record<string, string | number>): Promise<EventStream>;
}

async function start(options: InstanceOptions = {}, connectionString = database.connectionString) {
  const instance = await startInstance(connectionString, options);
  closers.push(instance.close);
  const { source } = instance;
  const hub = createStreamHub({ changes: source, shops: source, log: { warn: () => {} } });
  const admission = createAdmission({ total: 1_000, perVisitor: 1_000 });
  const app = Fastify();
  app.setValidatorCompiler(createValidatorCompiler());
  app.addSchema(ProblemSchema);
  app.decorateRequest('fault', null);
  addErrorHandler(app);
  app.addHook('preClose', async () => void hub.close());
  app.addHook('onClose', () => hub.close());
  await app.register(streamRoutes({ shops: source, hub, admission }, 'Availability'));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  closers.push(() => app.close());
  const streaming: Streaming = {
    ...instance,
    app,
    url,
    hub,
    admission,
    async listen(query = {}) {
      const stream = await openStream(`${url}/stream?${stringify(query)}`);
      expect(stream.status).toBe(200);
      return stream;
    },
  };
  return streaming;
}

const bump = (shopId: number, barberId: number, day: string) =>
  sql`select bump_availability(array[row(${shopId}, ${barberId}, ${day})::availability_key])`.execute(db);

describe('a change on one instance', () => {
  test.each([
    ['by NOTIFY alone', { feed: NO_POLLS }],
    ['by a poll', { feed: { listen: false } }],
  ])('reaches a stream on another %s, and whoever asks then is shown it there', async (_how, options) => {
    const [one, two] = [await start(), await start(options)];
    expect(await two.busy(shop)).toEqual([]);
    const stream = await two.listen({ target_date: DATE, barber_id: ana });
    one.source.applied(await book(one.db, shop, 600));
    const { as_of, ...event } = await stream.next();
    expect(event).toEqual({ date: DATE, barber_id: ana });
    expect(Date.parse(as_of)).toBeLessThanOrEqual(two.feed.now());
    expect(await two.busy(shop)).toEqual([[600, 630]]);
  });

  test('reaches a stream there too, and so does what is typed by hand', async () => {
    const one = await start();
    const stream = await one.listen();
    one.source.applied(await book(one.db, shop, 600));
    expect(await stream.next()).toMatchObject({ date: DATE, barber_id: ana });
    await sql`delete from booking`.execute(db);
    expect(await stream.next()).toMatchObject({ date: DATE, barber_id: ana });
    expect(await one.busy(shop)).toEqual([]);
  });
});

describe('a stream tells', () => {
  test('neither of another day, nor of another barber, nor of another shop', async () => {
    const other = await createShop(db);
    const one = await start();
    const streams = [
      await one.listen({ target_date: DATE, barber_id: ana }),
      await one.listen({ target_date: DATE }),
      await one.listen({ barber_id: ana }),
      await one.listen({ shop: shop.slug }),
    ];
    const nextDay = '2026-11-24';
    await bump(other.id, other.barberIds[0] ?? 0, DATE);
    await bump(shop.id, ben, nextDay);
    await bump(shop.id, ana, nextDay);
    await bump(shop.id, ben, DATE);
    await bump(shop.id, ana, DATE);
    const last = { date: DATE, barber_id: ana };
    const told = await Promise.all(
      streams.map(async ({ next }) => {
        const events: string[] = [];
        for (;;) {
          const { date, barber_id } = await next();
          if (date === last.date && barber_id === last.barber_id) return events;
          events.push(`${date} ${barber_id === ana ? 'Ana' : 'Ben'}`);
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
      await one.listen({ target_date: DATE, barber_id: ana }),
      await one.listen({ target_date: DATE }),
      await one.listen({ barber_id: ben }),
      await one.listen(),
    ];
    await sql`insert into closure (shop_id, during) values (${shop.id}, '[2026-12-24,2026-12-27)')`.execute(
      db,
    );
    expect(await Promise.all(streams.map(({ next }) => next()))).toMatchObject([
      { date: DATE, barber_id: ana },
      { date: DATE, barber_id: null },
      { date: null, barber_id: ben },
      { date: null, barber_id: null },
    ]);
  });

  test('of a barber’s hours whatever the day, and nobody who asked for another barber', async () => {
    const one = await start();
    const [day, all, others] = [
      await one.listen({ target_date: DATE }),
      await one.listen(),
      await one.listen({ barber_id: ben }),
    ];
    await sql`delete from weekly_hours where barber_id = ${ana} and weekday = 7`.execute(db);
    expect(await day.next()).toMatchObject({ date: DATE, barber_id: ana });
    expect(await all.next()).toMatchObject({ date: null, barber_id: ana });
    await bump(shop.id, ben, DATE);
    expect(await others.next()).toMatchObject({ date: DATE, barber_id: ben });
  });

  test('of the day after where work goes on over midnight, and not where it does not', async () => {
    const night = await createShop(db, { hours: everyDay('18:00', '04:00') });
    const one = await start();
    const [late, early] = [
      await one.listen({ shop: night.slug, target_date: DATE }),
      await one.listen({ shop: shop.slug, target_date: DATE }),
    ];
    await one.source.load({ shopId: shop.id, barberIds: shop.barberIds, from: DATE, to: DATE });
    await book(db, night, 24 * 60 + 120);
    expect(await late.next()).toMatchObject({ date: DATE, barber_id: night.barberIds[0] });
    await book(db, shop, 24 * 60 + 600);
    await bump(shop.id, ben, DATE);
    expect(await early.next()).toMatchObject({ date: DATE, barber_id: ben });
  });
});

/** A hold of Ana's on tomorrow's date at the shop, at noon; answers with that date. */
async function hold(lapsesInMs: number): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    with slot as (
      select (date_trunc('day', now() at time zone 'America/New_York') + interval '36 hours')
        at time zone 'America/New_York' as t
    )
    insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
      lapses_at, price_amount, currency)
    select ${shop.id}, ${ana}, ${shop.serviceIds.Haircut}, 'Haircut', 'held', t, t + interval '30 minutes',
      tstzrange(t, t + interval '30 minutes'), clock_timestamp() + ${lapsesInMs} * interval '1 millisecond',
      3000, 'USD'
    from slot
    returning to_char(starts_at at time zone 'America/New_York', 'YYYY-MM-DD') as day`.execute(db);
  return rows[0]?.day ?? '';
}

const lapse = async (): Promise<number> => {
  const { rows } = await sql<{ at: number }>`
    select (extract(epoch from lapses_at) * 1000)::float8 as at from booking`.execute(db);
  return rows[0]?.at ?? Number.NaN;
};

const versions = async () => (await sql`select * from availability_version`.execute(db)).rows;

describe('a hold that lapses', () => {
  test('is told at that instant on every instance, without any message', async () => {
    const [one, two] = [await start(), await start()];
    const { day } = (
      await sql<{ day: string }>`
      select to_char((now() at time zone 'America/New_York') + interval '1 day', 'YYYY-MM-DD') as day`.execute(
        db,
      )
    ).rows[0] ?? { day: '' };
    const streams = [
      await one.listen({ target_date: day }),
      await one.listen({ barber_id: ana }),
      await two.listen({ target_date: day, barber_id: ana }),
      await two.listen(),
    ];
    await hold(600);
    await Promise.all(streams.map(({ next }) => next()));
    const before = await versions();
    const events = await Promise.all(streams.map(({ next }) => next()));
    expect(await versions()).toEqual(before);
    const lapsed = await lapse();
    for (const { date, barber_id, as_of } of events) {
      expect({ date, barber_id }).toEqual({ date: day, barber_id: ana });
      expect(Date.parse(as_of)).toBeGreaterThanOrEqual(Math.floor(lapsed));
    }
    expect(Math.min(one.feed.now(), two.feed.now())).toBeGreaterThanOrEqual(lapsed);
  });

  test('is told whoever came after it was made', async () => {
    const one = await start();
    const day = await hold(1_500);
    const streams = [
      await one.listen({ target_date: day }),
      await one.listen({ barber_id: ana }),
      await one.listen(),
    ];
    for (const { next } of streams) {
      expect(await next()).toMatchObject({ date: day, barber_id: ana });
    }
    expect(one.feed.now()).toBeGreaterThanOrEqual(await lapse());
  });

  test('has no timer any more when it was given back, and none when nobody watches', async () => {
    const one = await start();
    const day = await hold(3_600_000);
    const stream = await one.listen({ target_date: day });
    while (one.hub.counts.timers === 0) await new Promise(setImmediate);
    await sql`delete from booking`.execute(db);
    await stream.next();
    while (one.hub.counts.timers > 0) await new Promise(setImmediate);

    await hold(3_600_000);
    await stream.next();
    const second = await one.listen();
    while (one.hub.counts.timers === 0) await new Promise(setImmediate);
    stream.leave();
    while (one.hub.counts.subscribers > 1) await new Promise(setImmediate);
    expect(one.hub.counts).toEqual({ subscribers: 1, topics: 1, timers: 1 });
    second.leave();
    while (one.hub.counts.subscribers > 0) await new Promise(setImmediate);
    expect(one.hub.counts).toEqual({ subscribers: 0, topics: 0, timers: 0 });
  });

  test('is seen later where Postgres did not say so at first', async () => {
    let fail = true;
    const one = await start({
      wrap: (source) => ({
        ...source,
        async load(query, read) {
          if (fail) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
          return source.load(query, read);
        },
      }),
    });
    const day = await hold(3_000);
    const stream = await one.listen({ target_date: day });
    await stream.comment();
    fail = false;
    expect(await stream.next()).toMatchObject({ date: day, barber_id: ana });
    expect(one.feed.now()).toBeGreaterThanOrEqual(await lapse());
  });
});

describe('when an instance has lost sight of the changes', () => {
  let proxy: PostgresProxy;

  beforeEach(async () => {
    proxy = await startProxy(database.connectionString);
  });
  afterEach(() => proxy.close());

  test('every stream is told to ask again as soon as it sees them again', async () => {
    const one = await start({ feedConnection: proxy.connectionString });
    const [day, all] = [await one.listen({ target_date: DATE, barber_id: ben }), await one.listen()];
    const lost = one.turns(false);
    await proxy.refuse();
    await lost;
    const found = one.turns(true);
    await proxy.listen();
    expect(await day.next()).toMatchObject({ date: DATE, barber_id: ben });
    expect(await all.next()).toMatchObject({ date: null, barber_id: null });
    await found;
  });

  test('and the database turned out to be another one, too', async () => {
    const other = await createTestDatabase();
    closers.push(other.close);
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

describe('whoever goes away', () => {
  test('leaves nothing behind, two hundred of them', async () => {
    const one = await start();
    const day = await hold(3_600_000);
    const clients = Array.from({ length: 200 }, async (_, i) => {
      const stream = await one.listen({
        ...(i % 2 === 0 && { target_date: i % 4 === 0 ? day : DATE }),
        ...(i % 3 === 0 && { barber_id: i % 2 === 0 ? ana : ben }),
      });
      // Some before the first byte, some after it.
      if (i % 5 === 0) await stream.comment();
      stream.leave();
    });
    await Promise.all(clients);
    while (one.admission.open > 0) await new Promise(setImmediate);
    expect(one.hub.counts).toEqual({ subscribers: 0, topics: 0, timers: 0 });
    const connections = await new Promise((resolve, reject) =>
      one.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
    expect(connections).toBe(0);
    expect((await one.listen()).status).toBe(200);
  });

  test('was never counted where only the head was asked for', async () => {
    const one = await start();
    const { status } = await fetch(`${one.url}/stream`, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(one.admission.open).toBe(0);
    expect(one.hub.counts.subscribers).toBe(0);
  });

  test('does so while the shop is looked up', async () => {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const one = await start({
      wrap: (source) => ({
        ...source,
        async find(slug) {
          await gate;
          return source.find(slug);
        },
      }),
    });
    const arrived = new Promise<IncomingMessage>((resolve) => {
      one.app.server.once('request', resolve);
    });
    const asked = one.listen();
    const refused = expect(asked).rejects.toThrow();
    const { socket } = await arrived;
    socket.destroy();
    await refused;
    letGo();
    const next = await one.listen();
    while (one.admission.open > 1) await new Promise(setImmediate);
    expect(one.hub.counts).toMatchObject({ subscribers: 1, topics: 1 });
    next.leave();
  });
});
