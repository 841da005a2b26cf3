import { type Kysely, sql } from 'kysely';
import { type CachedSource, createCachedSource } from '../../src/availability/cached-source.ts';
import {
  type ChangeFeed,
  type ChangeFeedOptions,
  createChangeFeed,
} from '../../src/availability/feed/change-feed.ts';
import { createPostgresSource } from '../../src/availability/postgres/postgres-source.ts';
import {
  type AvailabilitySource,
  newRead,
  type Read,
  type ShopSource,
} from '../../src/availability/source.ts';
import { createMemoryStore } from '../../src/availability/store/memory-store.ts';
import type { VersionChange } from '../../src/availability/versions.ts';
import { systemClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/database/connection.ts';
import type { Database } from '../../src/database/schema.ts';
import { createLogger } from '../../src/log.ts';
import type { TestShop } from '../support/shop.ts';

export const DATE = '2026-11-23';
/** An hour between two polls: whatever is seen before is seen by NOTIFY. */
export const NO_POLLS = { pollMs: 3_600_000, monotonic: () => 0 };

/** A process: its connections, its feed, its cache. */
export interface Instance {
  readonly db: Kysely<Database>;
  readonly feed: ChangeFeed;
  readonly source: CachedSource;
  /** Calls of the source for barber-days so far. */
  readonly loads: () => number;
  /** Statements and transactions of the pool so far. */
  readonly statements: () => number;
  /** Messages of the log. */
  readonly messages: readonly string[];
  /** Resolves when such a message is logged. */
  logs(pattern: RegExp): Promise<void>;
  /** Occupied minutes of the date, as a plain read has them; notes into `read`. */
  busy(shop: TestShop, read?: Read): Promise<readonly (readonly number[])[]>;
  /** Resolves with the first change applied from now on to which `matches` agrees. */
  applied(matches?: (change: VersionChange) => boolean): Promise<VersionChange>;
  /** Resolves when following begins, or ends. */
  turns(following: boolean): Promise<void>;
  close(): Promise<void>;
}

export interface InstanceOptions {
  readonly feed?: Partial<ChangeFeedOptions>;
  /** Where the feed connects, if elsewhere. */
  readonly feedConnection?: string;
  readonly wrap?: (source: AvailabilitySource & ShopSource) => AvailabilitySource & ShopSource;
}

export async function startInstance(
  connectionString: string,
  options: InstanceOptions = {},
): Promise<Instance> {
  const { wrap = (source) => source, feedConnection = connectionString } = options;
  const connection = openDatabase(connectionString, { max: 4, applicationName: 'freshchair instance' });
  const { db } = connection;
  const messages: string[] = [];
  let statements = 0;
  connection.pool.on('acquire', () => {
    statements += 1;
  });
  const readers = new Set<(message: string) => void>();
  const turns = new Set<(following: boolean) => void>();
  const feed = createChangeFeed({
    connectionString: feedConnection,
    clock: systemClock,
    log: createLogger('info', {
      write(line) {
        const { msg } = JSON.parse(line);
        messages.push(msg);
        for (const reader of readers) reader(msg);
      },
    }),
    onFollowing: (following) => {
      for (const turn of turns) turn(following);
    },
    ...options.feed,
  });
  const store = createMemoryStore({ maxEntries: 10_000, clock: systemClock });
  const source = createCachedSource({
    source: wrap(createPostgresSource(db)),
    store,
    feed,
    db,
    ttl: { days: 300, schedules: 3_600, rules: 86_400 },
    clock: systemClock,
  });
  await feed.start();

  return {
    db,
    feed,
    source,
    messages,
    logs: (pattern) =>
      new Promise((resolve) => {
        const reader = (message: string) => {
          if (!pattern.test(message)) return;
          readers.delete(reader);
          resolve();
        };
        readers.add(reader);
      }),
    loads: () => source.stats().days.loads,
    statements: () => statements,
    async busy({ id, barberIds }, read = newRead()) {
      const days = await source.load({ shopId: id, barberIds, from: DATE, to: DATE }, read);
      return days.flatMap(({ value }) => value.busy.map(([from, to]) => [from, to]));
    },
    applied: (matches = () => true) =>
      new Promise((resolve) => {
        const stop = feed.onChange((changes) => {
          const found = changes.find(matches);
          if (found === undefined) return;
          stop();
          resolve(found);
        });
      }),
    turns: (following) =>
      new Promise((resolve) => {
        const turn = (now: boolean) => {
          if (now !== following) return;
          turns.delete(turn);
          resolve();
        };
        turns.add(turn);
      }),
    async close() {
      source.close();
      await feed.close();
      await connection.close();
    },
  };
}

/** A booking typed by hand, of half an hour from the minute of DATE in New York; answers with its versions. */
export async function book(db: Kysely<Database>, shop: TestShop, minute: number): Promise<VersionChange[]> {
  return db.transaction().execute(async (tx) => {
    const from = sql`${DATE}::date::timestamp at time zone 'America/New_York' + ${minute} * interval '1 minute'`;
    await sql`
      insert into booking (shop_id, barber_id, service_id, service_name, status, starts_at, ends_at, occupied,
        price_amount, currency)
      select ${shop.id}, ${shop.barberIds[0]}, ${shop.serviceIds.Haircut}, 'Haircut', 'confirmed', t,
        t + interval '30 minutes', tstzrange(t, t + interval '30 minutes'), 3000, 'USD'
      from (select ${from} as t) as start`.execute(tx);
    const { rows } = await sql<{ shopId: number; barberId: number; day: string; version: number }>`
      select shop_id as "shopId", barber_id as "barberId", to_char(day, 'YYYY-MM-DD') as day, version
      from availability_version where changed_by = pg_current_xact_id()`.execute(tx);
    return rows;
  });
}

/** Ends the server's side of a connection, by its application name; resolves to how many there were. */
export async function terminate(db: Kysely<Database>, applicationName: string): Promise<number> {
  const { rows } = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = ${applicationName}`.execute(db);
  return rows.length;
}
