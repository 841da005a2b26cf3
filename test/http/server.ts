import { fileURLToPath } from 'node:url';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { type Accounts, createAccounts } from '../../src/auth/accounts.ts';
import { keptSecret } from '../../src/auth/secret.ts';
import { createCommit } from '../../src/availability/commit.ts';
import { createPostgresSource } from '../../src/availability/postgres/postgres-source.ts';
import { type CachedBookingService, createCachedBookingService } from '../../src/booking/cached.ts';
import { bookingServiceOver } from '../../src/booking/service.ts';
import type { BookingMethods } from '../../src/booking/types/service.ts';
import { openDatabase } from '../../src/database/connection.ts';
import { buildApp } from '../../src/http/app.ts';
import type { CacheMonitoringService } from '../../src/insight/monitoring.ts';
import { createLogger } from '../../src/log.ts';
import { createWatchers, openOperations } from '../../src/operations.ts';
import type { RedisConnection } from '../../src/redis/redis.ts';
import { clockAt } from '../support/shop.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { createOwnChanges } from './changes.ts';
import { injectStream } from './event-stream.ts';
import { createPromiseKeeper } from './promise.ts';

/** Sunday evening in New York; the shops of the tests are open every day. */
export const NOW = '2026-11-22T20:00:00-05:00';
export const PASSWORD = 'correct horse';
/** `npm test` builds them before. */
export const BUILT_PAGES = fileURLToPath(new URL('../../dist/web/', import.meta.url));

export interface TestServerOptions {
  /** Instead of the database of the test. */
  readonly connectionString?: string;
  readonly publicUrl?: string;
  readonly trustProxy?: string;
  readonly rateLimit?: boolean;
  readonly cacheAvailable?: () => boolean;
  readonly redis?: RedisConnection;
  readonly metricsToken?: string;
  /** Stands between the routes and the real service. */
  readonly wrap?: (bookings: BookingMethods) => BookingMethods;
}

export interface TestServer {
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
  readonly accounts: Accounts;
  /** The cache that its administrators look after; the routes read past it. */
  readonly cached: CachedBookingService;
  readonly monitoring: CacheMonitoringService;
  readonly clock: ReturnType<typeof clockAt>;
  /** Resolves when the cache that is administered follows changes. */
  readonly following: () => Promise<void>;
  /** Every line of the log so far. */
  readonly logged: () => Record<string, unknown>[];
  /** Signs somebody new up, and answers with the token. */
  signUp(email?: string): Promise<string>;
  /** A request as a program sends it; fails where the answer is not what the OpenAPI document promises. */
  send(method: InjectOptions['method'], url: string, extra?: Extra): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

export interface Extra {
  readonly token?: string;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
}

let people = 0;

/** The whole server but for its socket, on a database of its own. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const secret = await keptSecret(database.db, 'accounts');
  const elsewhere =
    options.connectionString === undefined ? undefined : openDatabase(options.connectionString);
  const { db } = elsewhere ?? database;
  const clock = clockAt(NOW);
  const lines: string[] = [];
  const log = createLogger('debug', { write: (line) => void lines.push(line) });
  const { publicUrl, trustProxy, rateLimit = false, cacheAvailable = () => true } = options;
  const accounts = createAccounts({
    db,
    secret,
    publicUrl,
    rateLimit,
    log,
  });
  const source = createPostgresSource(db);
  const changes = createOwnChanges(source, clock);
  const bookings = bookingServiceOver({ db, source, clock, onChanges: changes.tell });
  const watchers = createWatchers(clock);
  const cached = createCachedBookingService({
    databaseUrl: options.connectionString ?? database.connectionString,
    db,
    clock,
    cache: { redis: options.redis, watchers: watchers.all },
  });
  const connectionString = options.connectionString ?? database.connectionString;
  const cache = openOperations({
    connectionString,
    db,
    bookings: cached,
    watchers,
    instance: 'test',
    log,
    clock,
  });
  const app = await buildApp({
    bookings: options.wrap?.(bookings) ?? bookings,
    shops: source,
    cache,
    changes,
    accounts,
    db,
    commit: createCommit(db, changes.tell),
    clock,
    log,
    cacheAvailable,
    visitorKey: 'a key of the tests',
    redis: options.redis,
    metrics: { token: options.metricsToken },
    mailFrom: { name: 'Freshchair', address: 'bookings@example.com' },
    pages: BUILT_PAGES,
    version: '1.2.3',
    rateLimit,
    publicUrl,
    trustProxy,
  });

  const keepPromises = createPromiseKeeper(app);
  const send: TestServer['send'] = async (method = 'GET', url, { token, body, headers } = {}) => {
    const request = {
      method,
      url,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { payload: body }),
    };
    const isStream = method === 'GET' && /\/stream\/?(\?|$)/.test(url);
    const answer = await (isStream ? injectStream(app, request) : app.inject(request));
    keepPromises(method, url, answer);
    return answer;
  };

  return {
    app,
    database,
    accounts,
    cached,
    monitoring: cache.monitoring,
    clock,
    following: cached.following,
    logged: () => lines.map((line) => JSON.parse(line)),
    send,
    async signUp(email = `person-${++people}@example.com`) {
      const body = { name: 'Ada', email, password: PASSWORD };
      const answer = await send('POST', '/api/auth/sign-up/email', { body });
      return answer.json().token;
    },
    async close() {
      await app.close();
      await cache.close();
      await cached.close();
      await elsewhere?.close();
      await database.close();
    },
  };
}
