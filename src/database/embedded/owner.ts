import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isUnreachable } from '../errors.ts';
import type { Cluster } from './cluster.ts';
import { EmbeddedPostgresError, type EmbeddedPostgresLog } from './errors.ts';
import type { Postmaster } from './postmaster.ts';

/** Who uses this data: the session that has this advisory lock in the database `postgres`. */
const OWNER_LOCK = 7_233_142;
/** A killed owner's session ends within milliseconds; a live owner keeps it. */
const OWNER_WAIT_MS = 1_500;
const OWNER_NAME = 'freshchair owner, process ';
const RETRY_MS = 500;

export interface Ownership {
  /** The server as it was when the lock was taken first. */
  readonly postmaster: Postmaster;
  /** Stops watching, stops the server through `stop` if the data is still ours, and ends the session. */
  close(stop: (postmaster: Postmaster) => Promise<void>): Promise<void>;
}

interface Session {
  readonly client: pg.Client;
  readonly ended: Promise<unknown>;
  readonly postmaster: Postmaster;
}

/**
 * Takes the data for this process, by a lock in Postgres on a session of its own: it cannot outlive its holder, and
 * no pid is compared with anything. When that session is lost (the server was killed, or crashed and restarted), the
 * server is started again if need be and the lock is taken again, until `release`.
 *
 * @throws EmbeddedPostgresError `data_in_use` when another process has it
 */
export async function takeOwnership(
  cluster: Cluster,
  ensureServer: () => Promise<Postmaster>,
  log: EmbeddedPostgresLog,
): Promise<Ownership> {
  const closing = new AbortController();
  const first = await acquire(cluster, ensureServer);
  let current: Session | undefined;
  let recovery = Promise.resolve();

  const hold = (session: Session): void => {
    current = session;
    void session.ended.then(() => {
      current = undefined;
      if (!closing.signal.aborted) recovery = recover();
    });
  };
  const recover = async (): Promise<void> => {
    log.warn('The connection that watches over Postgres was lost; looking after the server.');
    while (!closing.signal.aborted) {
      try {
        const session = await acquire(cluster, ensureServer);
        hold(session);
        log.info(`Postgres is back (process ${session.postmaster.pid}).`);
        return;
      } catch (error) {
        log.warn(error instanceof Error ? error.message : String(error));
        await sleep(RETRY_MS, undefined, { signal: closing.signal, ref: false }).catch(() => {});
      }
    }
  };

  hold(first);
  return {
    postmaster: first.postmaster,
    async close(stop) {
      closing.abort();
      await recovery;
      if (!current) return;
      const { client, postmaster } = current;
      try {
        await stop(postmaster);
      } finally {
        await client.end().catch(() => {});
      }
    },
  };
}

async function acquire(cluster: Cluster, ensureServer: () => Promise<Postmaster>): Promise<Session> {
  for (let attempt = 1; ; attempt++) {
    const postmaster = await ensureServer();
    const client = new pg.Client({
      host: postmaster.socketDirectory,
      port: 5432,
      user: 'postgres',
      password: cluster.password,
      database: 'postgres',
      application_name: `${OWNER_NAME}${process.pid}`,
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => {});
    const ended = new Promise((resolve) => client.once('end', resolve));
    try {
      await client.connect();
      await lock(client, cluster);
      await ensureDatabase(client, cluster.password);
      return { client, ended, postmaster };
    } catch (cause) {
      await client.end().catch(() => {});
      if (cause instanceof EmbeddedPostgresError) throw cause;
      // The server may have been stopping (its owner just left): look again, and start it if it is gone.
      if (attempt === 20 || !isUnreachable(cause)) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new EmbeddedPostgresError('start_failed', `The embedded Postgres cannot be used: ${reason}.`, {
          cause,
        });
      }
      await sleep(100);
    }
  }
}

async function lock(client: pg.Client, { dataDir }: Cluster): Promise<void> {
  await client.query(`set lock_timeout = ${OWNER_WAIT_MS}`);
  try {
    await client.query('select pg_advisory_lock($1)', [OWNER_LOCK]);
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError) || cause.code !== '55P03') throw cause;
    const owner = await client.query<{ name: string }>(
      `select application_name as name
         from pg_stat_activity join pg_locks using (pid)
        where locktype = 'advisory' and objid = $1 and granted`,
      [OWNER_LOCK],
    );
    const pid = owner.rows[0]?.name.replace(OWNER_NAME, '') ?? 'unknown';
    throw new EmbeddedPostgresError(
      'data_in_use',
      `Another Freshchair (process ${pid}) is using the data in ${dataDir}: stop it, or choose another DATA_DIR.`,
      { cause },
    );
  }
}

/** The application's role is no superuser; it owns its database and may create others (tests do). */
async function ensureDatabase(client: pg.Client, password: string): Promise<void> {
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    `select exists (select from pg_roles where rolname = 'freshchair') as role,
            exists (select from pg_database where datname = 'freshchair') as database`,
  );
  if (!rows[0]?.role) {
    // Refused bookings are errors to Postgres; the client is told, and the log stays short and free of names.
    await client.query(
      `create role freshchair login createdb password ${client.escapeLiteral(password)};
       alter role freshchair set log_min_messages = 'log'`,
    );
  }
  if (!rows[0]?.database) await client.query('create database freshchair owner freshchair');
}
