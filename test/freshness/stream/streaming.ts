import { stringify } from 'node:querystring';
import Fastify, { type FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach } from 'vitest';
import type { Database } from '../../../src/database/schema.ts';
import { addErrorHandler } from '../../../src/http/plugins/errors.ts';
import { streamRoutes } from '../../../src/http/routes/stream.ts';
import { type Admission, createAdmission } from '../../../src/http/stream/admission.ts';
import { createStreamHub, type StreamHub } from '../../../src/http/stream/hub.ts';
import { createValidatorCompiler } from '../../../src/http/validation.ts';
import { ProblemSchema } from '../../../src/http/wire/common.ts';
import { type EventStream, openStream } from '../../http/event-stream.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { type Instance, type InstanceOptions, startInstance } from '../instances.ts';

/** An instance that serves live streams. */
export interface Streaming extends Instance {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly hub: StreamHub;
  readonly admission: Admission;
  /** Rejects when the stream is refused. */
  listen(query?: Record<string, string | number>): Promise<EventStream>;
}

async function startStreaming(connectionString: string, options: InstanceOptions = {}): Promise<Streaming> {
  const instance = await startInstance(connectionString, options);
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
  return {
    ...instance,
    app,
    url,
    hub,
    admission,
    async listen(query = {}) {
      const stream = await openStream(`${url}/stream?${stringify(query)}`);
      if (stream.status !== 200) throw new Error(`The stream was refused with ${stream.status}`);
      return stream;
    },
    async close() {
      await app.close();
      await instance.close();
    },
  };
}

/** A database and its shop, for each of the tests of the file. */
export interface StreamScene {
  readonly database: TestDatabase;
  /** Of somebody who types SQL. */
  readonly db: Kysely<Database>;
  readonly shop: TestShop;
  readonly ana: number;
  readonly ben: number;
  /** What a test opened itself, the last one first. */
  closeAfter(close: () => Promise<unknown>): void;
  /** An instance, closed after the test. */
  start(options?: InstanceOptions, connectionString?: string): Promise<Streaming>;
}

export function useStreams(): StreamScene {
  let opened: { readonly database: TestDatabase; readonly shop: TestShop } | undefined;
  let closers: (() => Promise<unknown>)[] = [];
  const scene = () => {
    if (opened === undefined) throw new Error('A scene is open while tests run');
    return opened;
  };
  beforeEach(async () => {
    const database = await createTestDatabase();
    closers = [database.close];
    opened = { database, shop: await createShop(database.db, { barbers: ['Ana', 'Ben'] }) };
  });
  afterEach(async () => {
    for (const close of closers.reverse()) await close();
  });
  return {
    get database() {
      return scene().database;
    },
    get db() {
      return scene().database.db;
    },
    get shop() {
      return scene().shop;
    },
    get ana() {
      return scene().shop.barberIds[0] ?? 0;
    },
    get ben() {
      return scene().shop.barberIds[1] ?? 0;
    },
    closeAfter: (close) => void closers.push(close),
    async start(options, connectionString = scene().database.connectionString) {
      const streaming = await startStreaming(connectionString, options);
      closers.push(streaming.close);
      return streaming;
    },
  };
}

/** A hold of the first barber's on tomorrow's date at the shop, at noon; answers with that date. */
export async function hold(db: Kysely<Database>, shop: TestShop, lapsesInMs: number): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    with slot as (
      select (date_trunc('day', now() at time zone 'America/New_York') + interval '36 hours')
        at time zone 'America/New_York' as t
    )
    insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
      lapses_at, price_amount, currency)
    select ${shop.id}, ${shop.barberIds[0]}, ${shop.serviceIds.Haircut}, 'Haircut', 'held', t, t + interval '30 minutes',
      tstzrange(t, t + interval '30 minutes'), clock_timestamp() + ${lapsesInMs} * interval '1 millisecond',
      3000, 'USD'
    from slot
    returning to_char(starts_at at time zone 'America/New_York', 'YYYY-MM-DD') as day`.execute(db);
  return rows[0]?.day ?? '';
}
