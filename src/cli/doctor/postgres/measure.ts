import type pg from 'pg';
import type { Migration } from '../../../database/migration-files.ts';

/** What a Postgres says of itself, and how long it took to say it. */
export interface PostgresFacts {
  /** 180004 is 18.4. */
  readonly versionNumber: number;
  readonly inRecovery: boolean;
  readonly readOnly: boolean;
  readonly encoding: string;
  readonly fsync: boolean;
  readonly extension: 'installed' | 'available' | 'missing';
  /** On the database, and on the schema that tables are made in. */
  readonly mayCreate: { readonly inDatabase: boolean; readonly inSchema: boolean };
  /** Tables of ours that this role may not read or change. */
  readonly closedTables: readonly string[];
  /** Triggers that count versions and were turned off; `replica` turns off all of them for the role. */
  readonly disabledTriggers: readonly string[];
  readonly triggersPassedBy: boolean;
  /** Whether changes are notified of: `freshchair.notify`. */
  readonly notifies: boolean;
  /** Undefined where this database was never migrated. */
  readonly applied: readonly Pick<Migration, 'name' | 'checksum'>[] | undefined;
  /** Under the limits of server, database and role. */
  readonly freeConnections: number;
  /** How far its clock is ahead of ours (ms). */
  readonly clockAheadMs: number;
  /** Median of a statement that does nothing. */
  readonly latencyMs: number;
}

const ROUNDS = 20;

export async function measurePostgres(client: pg.Client): Promise<PostgresFacts> {
  const latencies: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    await client.query('select');
    latencies.push(performance.now() - began);
  }
  const latencyMs = latencies.sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
  return {
    ...(await selectSelf(client)),
    freeConnections: await selectFreeConnections(client),
    applied: await selectApplied(client),
    closedTables: await selectClosedTables(client),
    disabledTriggers: await selectDisabledTriggers(client),
    clockAheadMs: await measureClock(client),
    latencyMs,
  };
}

type Self = Pick<
  PostgresFacts,
  | 'versionNumber'
  | 'inRecovery'
  | 'readOnly'
  | 'encoding'
  | 'fsync'
  | 'extension'
  | 'mayCreate'
  | 'triggersPassedBy'
  | 'notifies'
>;

async function selectSelf(client: pg.Client): Promise<Self> {
  return onlyRow(
    await client.query<Self>(`
      select current_setting('server_version_num')::int as "versionNumber",
        pg_is_in_recovery() as "inRecovery",
        current_setting('transaction_read_only')::bool as "readOnly",
        current_setting('server_encoding') as encoding,
        current_setting('fsync')::bool as fsync,
        case when exists (select from pg_extension where extname = 'btree_gist') then 'installed'
          when exists (select from pg_available_extensions where name = 'btree_gist') then 'available'
          else 'missing' end as extension,
        json_build_object(
          'inDatabase', has_database_privilege(current_database(), 'create'),
          'inSchema', coalesce(has_schema_privilege(current_schema(), 'create'), false)) as "mayCreate",
        current_setting('session_replication_role') = 'replica' as "triggersPassedBy",
        coalesce(nullif(current_setting('freshchair.notify', true), ''), 'on') <> 'off' as notifies`),
  );
}

/** What is reserved for superusers is not for us. What others do is not shown to everybody, only that they are there. */
async function selectFreeConnections(client: pg.Client): Promise<number> {
  const { free } = onlyRow(
    await client.query<{ free: number }>(`
      with connected as (
        select datname, usename from pg_stat_activity
        where datid is not null and coalesce(backend_type, 'client backend') = 'client backend')
      select least(
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
          - (select count(*) from connected),
        (select datconnlimit - (select count(*) from connected where datname = current_database())
          from pg_database where datname = current_database() and datconnlimit >= 0),
        (select rolconnlimit - (select count(*) from connected where usename = current_user)
          from pg_roles where rolname = current_user and rolconnlimit >= 0))::int as free`),
  );
  return Math.max(0, free);
}

async function selectApplied(client: pg.Client): Promise<PostgresFacts['applied']> {
  const { exists } = onlyRow(
    await client.query<{ exists: boolean }>(
      `select coalesce(has_table_privilege(to_regclass('schema_migration'), 'select'), false) as exists`,
    ),
  );
  if (!exists) return undefined;
  const { rows } = await client.query<Pick<Migration, 'name' | 'checksum'>>(
    'select name, checksum from schema_migration order by name',
  );
  return rows;
}

async function selectClosedTables(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
    where relnamespace = to_regnamespace(current_schema()) and relkind in ('r', 'p')
      and (select to_regclass('schema_migration')) is not null
      and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
        and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete'))
    order by name`);
  return rows.map(({ name }) => name);
}

async function selectDisabledTriggers(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select pg_class.relname || '.' || tgname as name
    from pg_trigger join pg_class on pg_class.oid = tgrelid
    where relnamespace = to_regnamespace(current_schema()) and not tgisinternal and tgenabled in ('D', 'R')
    order by name`);
  return rows.map(({ name }) => name);
}

/** Against the middle of the way there and back. */
async function measureClock(client: pg.Client): Promise<number> {
  const before = Date.now();
  const { ms } = onlyRow(
    await client.query<{ ms: number }>(`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`),
  );
  return ms - (before + Date.now()) / 2;
}

function onlyRow<T extends pg.QueryResultRow>({ rows }: pg.QueryResult<T>): T {
  const [row] = rows;
  if (row === undefined) throw new Error('A statement that always has a row had none');
  return row;
}
