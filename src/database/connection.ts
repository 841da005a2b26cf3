import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { columnTypes } from './column-types.ts';
import type { Database } from './schema.ts';

export interface DatabaseOptions {
  /** Most connections at once; default 10. */
  readonly max?: number;
  /** What `pg_stat_activity` shows; default `freshchair`. */
  readonly applicationName?: string;
  /** How long a statement may run; default 15 s. */
  readonly statementLimitMs?: number;
  /** Told of connections that break, idle or in use; they are replaced, so nothing has to be done. */
  readonly onError?: (error: Error) => void;
}

export interface DatabaseConnection {
  readonly pool: pg.Pool;
  readonly db: Kysely<Database>;
  /** Waits for clients that are checked out, then ends all connections. */
  close(): Promise<void>;
}

const CONNECT_LIMIT_MS = 3_000;
/** For a connection of the pool to become free: a crowd after one slot is served in turn, not sent away. */
const QUEUE_LIMIT_MS = 15_000;
const STATEMENT_LIMIT_MS = 15_000;
/** What the client waits beyond the server's limit, for a Postgres that does not even say that it gave up. */
const SILENCE_LIMIT_MS = 5_000;
const IDLE_TRANSACTION_LIMIT_MS = 30_000;

/** The pool has one limit for waiting and for connecting; a Postgres that cannot be reached is known sooner. */
class PromptClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super({
      ...(typeof config === 'string' ? { connectionString: config } : config),
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
    });
  }
}

/**
 * Opens a pool and Kysely on it; connects when first used. Values read through either are parsed by
 * `columnTypes`. A query rejects when Postgres is not reached within 3 s, has not
 * answered within 15 s, or when no connection became free for as long.
 */
export function openDatabase(connectionString: string, options: DatabaseOptions = {}): DatabaseConnection {
  const { max = 10, applicationName = 'freshchair', onError = () => {} } = options;
  const { statementLimitMs = STATEMENT_LIMIT_MS } = options;
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    types: columnTypes,
    keepAlive: true,
    connectionTimeoutMillis: QUEUE_LIMIT_MS,
    Client: PromptClient,
    query_timeout: statementLimitMs + SILENCE_LIMIT_MS,
    onConnect: async (client) => {
      // The pool listens to idle clients only: without this a connection cut while in use would end the process.
      client.on('error', onError);
      // Not as start-up parameters, which PgBouncer refuses.
      await client.query(
        `set statement_timeout = ${statementLimitMs};
         set idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_LIMIT_MS};
         set timezone = 'UTC';
         set datestyle = 'ISO'`,
      );
    },
  });
  pool.on('error', onError);
  pool.on('release', (_error, client) => {
    // Given back after its query got no answer: the connection is dead, and would keep whoever is next waiting too.
    // pg has no public word for "busy"; end() cuts off a connection with a query under way.
    if (Reflect.get(client, '_activeQuery')) client.end().catch(onError);
  });
  let ended: Promise<void> | undefined;
  return {
    pool,
    db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }),
    close: () => {
      ended ??= pool.end();
      return ended;
    },
  };
}
