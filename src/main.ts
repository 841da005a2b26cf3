import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { type Accounts, createAccounts } from './auth/accounts.ts';
import { ensureAdministrator, firstAdministrator, type NewAdministrator } from './auth/administrator.ts';
import { keptSecret } from './auth/secret.ts';
import { createCommit } from './availability/commit.ts';
import { createCachedBookingService } from './booking/cached.ts';
import { systemClock } from './clock.ts';
import { type Config, mailboxOf } from './config.ts';
import { migrate } from './database/migrate.ts';
import type { Database } from './database/schema.ts';
import { buildApp } from './http/app.ts';
import { instanceName } from './instance.ts';
import type { Logger } from './log.ts';
import { createMailer, type Mailer } from './mail/mailer.ts';
import { createSmtpTransport } from './mail/smtp.ts';
import { createLogTransport, type Mailbox } from './mail/transport.ts';
import { createWatchers, openOperations } from './operations.ts';
import { openPostgres } from './postgres.ts';
import { openRedis } from './redis/redis.ts';
import { ensureFirstShop } from './seed/first-shop.ts';
import { ownVersion } from './version.ts';

export interface Server {
  /** Where it listens. */
  readonly url: string;
  /** The folder of the embedded Postgres's data; undefined with DATABASE_URL. */
  readonly home: string | undefined;
  /** The first administrator: with the password where it was made up just now. */
  readonly administrator: NewAdministrator;
  /** Lets requests finish for at most 10 s, then closes everything that was opened, in reverse order. */
  close(): Promise<void>;
}

const DRAIN_LIMIT_MS = 10_000;
/** Beside the built program, where the build puts them. */
const PAGES = fileURLToPath(new URL('./web/', import.meta.url));

/** Who may sign in, in a migrated database. */
export async function openAccounts(config: Config, db: Kysely<Database>, log: Logger): Promise<Accounts> {
  return createAccounts({
    db,
    secret: await keptSecret(db, 'accounts'),
    publicUrl: config.PUBLIC_URL,
    rateLimit: config.RATE_LIMIT === 'on',
    log,
  });
}

function senderOf({ MAIL_FROM }: Config): Mailbox {
  return mailboxOf(MAIL_FROM) ?? { name: '', address: MAIL_FROM };
}

function openMailer(config: Config, db: Kysely<Database>, log: Logger): Mailer {
  const { SMTP_URL: url, PUBLIC_URL: publicUrl } = config;
  const transport = url === undefined ? createLogTransport(log) : createSmtpTransport({ url });
  return createMailer({ db, transport, from: senderOf(config), publicUrl, clock: systemClock, log });
}

/**
 * Starts the server: Postgres, migrations, a first shop and a first administrator where there are none, and HTTP.
 * When a step fails, what was opened is closed again before it rejects.
 */
export async function startServer(config: Config, { log }: { readonly log: Logger }): Promise<Server> {
  const opened = createStack();
  try {
    const { connectionString, home, db, close } = await openPostgres(config, log);
    opened.push(close);
    const applied = await migrate(connectionString);
    if (applied.length > 0) log.info({ applied }, 'Migrated the database');
    await ensureFirstShop({ db, clock: systemClock, demo: config.SEED_DEMO });
    const accounts = await openAccounts(config, db, log);
    const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = config;
    const made = await ensureAdministrator({ db, accounts, email, password });
    const administrator = made ?? { email: (await firstAdministrator(db)) ?? email };

    const mailer = openMailer(config, db, log);
    opened.push(mailer.close);
    const redis = config.REDIS_URL === undefined ? undefined : openRedis({ url: config.REDIS_URL, log });
    if (redis !== undefined) opened.push(redis.close);
    const watchers = createWatchers();
    const bookings = createCachedBookingService({
      databaseUrl: connectionString,
      db,
      log,
      cache: {
        availableSlotsTtl: config.CACHE_AVAILABLE_SLOTS_TTL,
        barberAvailabilityTtl: config.CACHE_BARBER_AVAILABILITY_TTL,
        businessHoursTtl: config.CACHE_BUSINESS_HOURS_TTL,
        redis,
        watchers: watchers.all,
      },
    });
    opened.push(bookings.close);
    const instance = instanceName(config.PORT);
    const operations = openOperations({ connectionString, db, bookings, watchers, instance, log });
    opened.push(operations.close);
    const app = await buildApp({
      bookings,
      shops: bookings.source,
      cache: operations,
      changes: bookings.source,
      accounts,
      db,
      commit: createCommit(db, bookings.source.applied),
      clock: systemClock,
      log,
      cacheAvailable: bookings.cache.isAvailable,
      visitorKey: await keptSecret(db, 'visitors'),
      redis,
      metrics: { token: config.METRICS_TOKEN, ofProcess: true },
      pages: PAGES,
      mailFrom: senderOf(config),
      version: ownVersion(),
      rateLimit: config.RATE_LIMIT === 'on',
      publicUrl: config.PUBLIC_URL,
      trustProxy: config.TRUST_PROXY,
    });
    opened.push(() => drain(app));
    // It compiles the routes, which takes so long that sight of the changes is lost meanwhile.
    await app.ready();
    await bookings.following();
    const url = await app.listen({ host: config.HOST, port: config.PORT });
    mailer.start();
    operations.start();
    return { url, home, administrator, close: opened.close };
  } catch (error) {
    await opened.close().catch((err: unknown) => log.warn({ err }, 'Could not close everything again'));
    throw error;
  }
}

async function drain(app: FastifyInstance): Promise<void> {
  const limit = setTimeout(() => app.server.closeAllConnections(), DRAIN_LIMIT_MS).unref();
  await app.close().finally(() => clearTimeout(limit));
}

type Close = () => void | Promise<void>;

/** Everything that was opened; a second `close` waits for the first. One that fails does not keep the others open. */
function createStack(): { push(close: Close): void; close(): Promise<void> } {
  const closers: Close[] = [];
  const closeAll = async () => {
    const errors: unknown[] = [];
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  };
  let closing: Promise<void> | undefined;
  return {
    push: (close) => closers.push(close),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}
