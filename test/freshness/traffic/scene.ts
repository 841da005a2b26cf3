import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { addDays, dateAt, datesFrom } from '../../../src/calendar/time.ts';
import { openDatabase } from '../../../src/database/connection.ts';
import { migrate } from '../../../src/database/migrate.ts';
import type { Database } from '../../../src/database/schema.ts';
import { type RunningServer, serve, signUp } from '../../cli/freshchair.ts';
import { freePort } from '../../support/ports.ts';
import { startProxy, type Proxy as TcpProxy } from '../../support/proxy.ts';
import type { Watcher } from '../../support/proxy-passage.ts';
import { createShop, type TestShop } from '../../support/shop.ts';
import { until } from '../../support/waiting.ts';
import type { Seat } from './booker.ts';
import { type Client, createClient } from './client.ts';
import type { Random, Shelf } from './readers.ts';
import { type Report, summary } from './tally.ts';
import { startTraffic, type Traffic, type TrafficOptions } from './traffic.ts';

/** A server process of the built program, behind proxies of its own. */
export interface SceneServer {
  process: RunningServer;
  /** Starts another process with the same settings. */
  start(): Promise<RunningServer>;
  readonly client: Client;
  readonly postgres: TcpProxy;
  /** Where there is one Redis; a Sentinel group or a Cluster is reached directly. */
  readonly redis: TcpProxy | undefined;
}

export interface SceneOptions {
  /** The database of all servers. */
  readonly databaseUrl: string;
  /** `redis://` goes through a proxy for each server; every other URL is taken as it is. Of one server where it is a function. */
  readonly redisUrl?: string | ((server: number) => string);
  /** Without proxies before Redis, which are slow while this process is busy; default with. */
  readonly redisDirectly?: boolean;
  readonly servers?: number;
  /** Sees what a server and Postgres say to each other, from the first connection on. */
  readonly watch?: (server: number) => ReturnType<Watcher>;
  readonly env?: Readonly<Record<string, string>>;
  /** From 0 to 1; default `Math.random`. */
  readonly random?: Random;
  readonly shelf?: { readonly days: number; readonly barbers: readonly string[] };
}

export interface Scene {
  readonly servers: readonly SceneServer[];
  readonly shop: TestShop;
  readonly shelf: Shelf;
  /** All slots of the shelf. */
  readonly seats: readonly Seat[];
  readonly db: Kysely<Database>;
  /** The header of an administrator's requests. */
  readonly admin: { readonly authorization: string };
  /** Traffic while `fault` lasts, a while before it and a while after it. Prints a line. */
  during(name: string, fault: (traffic: Traffic) => Promise<void>, options?: TrafficOptions): Promise<Report>;
  startTraffic(options?: TrafficOptions): Traffic;
  /** Kills the process, and starts another one in its place, with nothing in its memory. */
  restart(server: number): Promise<void>;
  /** Resolves once `/health` of the server says this of its cache. */
  cacheIs(state: 'healthy' | 'unavailable', server: number): Promise<void>;
  close(): Promise<void>;
}

const TIMEZONE = 'America/New_York';
/** Cold code and empty caches are slow, which is no fault; nothing is judged while that lasts. */
const WARM_UP_MS = 1_500;
/** What traffic has before a fault, so that caches are full, and after it, so that what it left behind is seen. */
const BEFORE_MS = 1_000;
const AFTER_MS = 1_500;
const ACCOUNTS = 2;
const ADMIN = { email: 'boss@example.com', password: 'correct horse' };

/** Several servers on one database, one shop in it, and nothing taken. */
export async function openScene(options: SceneOptions): Promise<Scene> {
  const { databaseUrl, servers: howMany = 2, random = Math.random } = options;
  const { days = 5, barbers = ['Ana', 'Ben', 'Cem'] } = options.shelf ?? {};
  await migrate(databaseUrl);
  const database = openDatabase(databaseUrl, { max: 2, applicationName: 'freshchair test' });
  const { db } = database;
  const settings = { notice_minutes: 0, cancellation_notice_minutes: 0 };
  const shop = await createShop(db, { timezone: TIMEZONE, barbers, settings });
  const servers = await Promise.all(Array.from({ length: howMany }, (_, n) => openServer(options, n)));
  const [first] = servers;
  if (first === undefined) throw new RangeError('A scene needs a server');
  // Not tomorrow: nothing may become too late to book while tests run.
  const from = addDays(dateAt(TIMEZONE, Date.now()), 2);
  const shelf: Shelf = { barberIds: shop.barberIds, dates: datesFrom(from, addDays(from, days - 1)) };
  const seats = await seatsOf(first.client, shelf);
  const emails = Array.from({ length: ACCOUNTS }, (_, n) => `client${n}@example.com`);
  const tokens = await Promise.all(emails.map((email) => signUp(first.client.url, email)));
  const { body } = await first.client.send('POST', '/api/auth/sign-in/email', ADMIN);
  const clients = servers.map(({ client }) => client);
  const start = (traffic?: TrafficOptions) =>
    startTraffic({ clients, shelf, seats, tokens, random }, traffic);
  const [firstDate] = shelf.dates;
  const warmingUp = start({ bookable: ({ date }) => date === firstDate });
  await sleep(WARM_UP_MS);
  await warmingUp.stop();

  return {
    servers,
    shop,
    shelf,
    seats,
    db,
    admin: { authorization: `Bearer ${body.token}` },
    startTraffic: start,
    async restart(n) {
      const server = servers[n];
      if (server === undefined) throw new RangeError(`There is no server ${n}`);
      await server.process.killTree();
      server.process = await server.start();
    },
    cacheIs: (state, server) =>
      until(async () => (await servers[server]?.client.get('/health'))?.body.services.cache === state),
    async during(name, fault, trafficOptions) {
      const traffic = start(trafficOptions);
      await sleep(BEFORE_MS);
      traffic.mark();
      try {
        await fault(traffic);
      } finally {
        traffic.unmark();
      }
      await sleep(AFTER_MS);
      const report = await traffic.stop();
      console.info(`${name}: ${summary(report)}`);
      return report;
    },
    async close() {
      await Promise.all(servers.map((server) => closeServer(server)));
      await database.close();
    },
  };
}

async function openServer(options: SceneOptions, n: number): Promise<SceneServer> {
  const { databaseUrl, redisUrl: given, redisDirectly, env, watch } = options;
  const postgres = await startProxy(databaseUrl);
  if (watch !== undefined) postgres.watch(() => watch(n));
  const redisUrl = typeof given === 'function' ? given(n) : given;
  const redis = redisUrl?.startsWith('redis://') && !redisDirectly ? await startProxy(redisUrl) : undefined;
  const port = await freePort();
  const settings = {
    PORT: String(port),
    DATABASE_URL: postgres.connectionString,
    REDIS_URL: redis?.connectionString ?? redisUrl,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'warn',
    ...env,
  };
  const start = () => serve(settings);
  const process = await start();
  return { postgres, redis, process, start, client: createClient(process.url) };
}

async function closeServer({ process, client, postgres, redis }: SceneServer): Promise<void> {
  client.close();
  await process.killTree();
  await Promise.all([postgres.close(), redis?.close()]);
}

async function seatsOf(client: Client, { barberIds, dates }: Shelf): Promise<Seat[]> {
  const seats: Seat[] = [];
  for (const date of dates) {
    for (const barberId of barberIds) {
      const path = `/api/v2/bookings/available-slots?target_date=${date}&barber_id=${barberId}&service=Haircut`;
      const { body } = await client.get(path);
      for (const { start } of body.slots) seats.push({ barberId, date, start, booking: undefined });
    }
  }
  return seats;
}
