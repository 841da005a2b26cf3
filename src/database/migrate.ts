import pg from 'pg';
import { MigrationError } from './migration-error.ts';
import { type Migration, readMigrations } from './migration-files.ts';

export interface MigrateOptions {
  /** A folder of `0001_name.sql` files; default: Freshchair's own. */
  readonly directory?: string;
}

/** Any number; the same for all versions of Freshchair, so that they wait for each other. */
const MIGRATION_LOCK = 5_713_960;
const OLDEST_SUPPORTED = 15;
const CONNECT_LIMIT_MS = 5_000;

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

/**
 * Applies the migrations that the database lacks, each in its own transaction under an advisory lock, so that any
 * number of processes may do this at once. Answers with the names of those applied by this call.
 *
 * @throws MigrationError when Postgres is older than 15, the database knows migrations that this code does not, an
 *   applied file was changed, or a statement fails (that migration is then undone)
 */
export async function migrate(
  connectionString: string,
  options: MigrateOptions = {},
): Promise<readonly string[]> {
  const migrations = await readMigrations(options.directory);
  const done: string[] = [];
  // Not from a pool: a migration takes as long as it takes, and a pool's queries must not.
  const client = new pg.Client({
    connectionString,
    application_name: 'freshchair migrate',
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
  });
  // A lost connection is reported by the query that it interrupts.
  client.on('error', () => {});
  try {
    await client.connect();
    const version = await client.query<{ number: number }>(
      `select current_setting('server_version_num')::int as number`,
    );
    requireSupportedVersion(version.rows[0]?.number ?? 0);
    for (let name = await applyNext(client, migrations); name; name = await applyNext(client, migrations)) {
      done.push(name);
    }
    return done;
  } finally {
    await client.end();
  }
}

/** @param versionNumber Postgres's `server_version_num`: 180004 is 18.4 */
export function requireSupportedVersion(versionNumber: number): void {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= OLDEST_SUPPORTED) return;
  throw new MigrationError(
    'postgres_too_old',
    `Freshchair needs PostgreSQL ${OLDEST_SUPPORTED} or newer; this server is PostgreSQL ${major}.`,
  );
}

/** The lock is the transaction's, not the session's: that also holds behind a transaction pooler. */
async function applyNext(client: pg.Client, migrations: readonly Migration[]): Promise<string | undefined> {
  await client.query('begin');
  // Waiting for another process and rewriting a large table may both exceed a limit set on the role.
  await client.query('set local statement_timeout = 0');
  await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  const [next] = pendingMigrations(migrations, await readApplied(client));
  if (next) {
    await apply(client, next);
    await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [
      next.name,
      next.checksum,
    ]);
  }
  await client.query('commit');
  return next?.name;
}

async function readApplied(client: pg.Client): Promise<readonly Applied[]> {
  const table = await client.query<{ missing: boolean }>(
    `select to_regclass('schema_migration') is null as missing`,
  );
  if (table.rows[0]?.missing) {
    await client.query(
      `create table schema_migration (
         name text primary key,
         checksum text not null,
         applied_at timestamptz not null default now()
       )`,
    );
  }
  const applied = await client.query<Applied>('select name, checksum from schema_migration order by name');
  return applied.rows;
}

/**
 * The migrations that a database lacks, in order.
 *
 * @throws MigrationError when it has others than these
 */
export function pendingMigrations(
  migrations: readonly Migration[],
  applied: readonly Applied[],
): readonly Migration[] {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of applied) {
    const migration = byName.get(name);
    if (!migration) {
      throw new MigrationError(
        'database_newer',
        `The database was migrated by a newer Freshchair (it has "${name}"): start that version, or restore an older database.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new MigrationError(
        'changed',
        `The migration "${name}" was changed after it was applied here: undo the change and write a new migration instead.`,
      );
    }
    byName.delete(name);
  }
  const pending = migrations.filter(({ name }) => byName.has(name));
  const [next] = pending;
  const last = applied.at(-1);
  if (next && last && next.name < last.name) {
    throw new MigrationError(
      'out_of_order',
      `The migration "${next.name}" was never applied here although "${last.name}" was: give it a higher number.`,
    );
  }
  return pending;
}

async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  try {
    await client.query(sql);
  } catch (cause) {
    const position = cause instanceof pg.DatabaseError ? Number(cause.position ?? 0) : 0;
    const line = position > 0 ? ` at line ${sql.slice(0, position).split('\n').length}` : '';
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError('failed', `The migration "${name}" failed${line} and was undone: ${reason}.`, {
      cause,
    });
  }
}
