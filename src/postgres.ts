import type { Config } from './config.ts';
import { type DatabaseConnection, openDatabase } from './database/connection.ts';
import { startEmbeddedPostgres } from './database/embedded.ts';
import type { Logger } from './log.ts';

export interface Postgres extends DatabaseConnection {
  readonly connectionString: string;
  /** The folder of the data, where the Postgres is our own. */
  readonly home: string | undefined;
}

/** The Postgres of DATABASE_URL, or one of our own, which is started here and stopped by `close`. */
export async function openPostgres(config: Config, log: Logger): Promise<Postgres> {
  const embedded =
    config.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ dataDir: config.DATA_DIR, log })
      : undefined;
  const connectionString = embedded?.connectionString ?? config.DATABASE_URL ?? '';
  const onError = (err: Error) => log.warn({ err }, 'A connection to Postgres was lost');
  const { pool, db, close } = openDatabase(connectionString, { onError });
  return {
    connectionString,
    home: embedded?.home,
    pool,
    db,
    close: () => close().finally(() => embedded?.close()),
  };
}
